#!/usr/bin/env python3
"""Mark all of 100,000 unread stories as read on the screen, and take it back: until the rows show it."""
import time

from bench import KAWAT, Rows, median
from million import BIG, UNREAD, Big
from terminal import Terminal

ROUNDS = 3


def wait_for_unread(home, n, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        out = home.run(*home.options, "db", "stats")[1]
        if "unread" in out and int(next(x.split()[-1] for x in out.splitlines() if x.startswith("unread"))) == n:
            return True
        time.sleep(0.1)
    return False


def main():
    rows = Rows("marks")
    home = Big(BIG)
    screen = Terminal([KAWAT, *home.options], home.env)
    assert screen.start is not None
    screen.settle(0.5)
    if not wait_for_unread(home, UNREAD, 1):  # a run before this one was cut off
        screen.press(b"u", b"\x1b[")
        assert wait_for_unread(home, UNREAD, 60), "the store is not as it was filled"
        screen.settle(0.5)
    took = {b"A": [], b"u": []}
    whole = []
    for _ in range(ROUNDS):
        for key, left in ((b"A", 0), (b"u", UNREAD)):
            begin = time.monotonic()
            one = screen.press(key, b"\x1b[3;2H")  # the first row is drawn anew
            assert one is not None, key
            took[key].append(one)
            assert wait_for_unread(home, left, 120), (key, left)
            whole.append(time.monotonic() - begin)
            screen.settle(0.3)
    screen.end()
    home.remove()
    for key, what in ((b"A", f"mark all {UNREAD:,} unread as read: next paint"), (b"u", "undo of that: next paint")):
        rows.add(what, f"{median(took[key]) * 1000:.1f} ms", "", "< 16 ms", median(took[key]) < 0.016)
    rows.add("until all are marked, or unmarked", f"{median(whole):.1f} s")
    rows.save()


main()
