#!/usr/bin/env python3
"""What does the size of the store cost?  The first window, a search and a mark of many stories, on stores
of 1,000 and 100,000 stories (or as many as the argument says); each figure with the start of a process."""
import sys
import time

from bench import CONFIG, KAWAT, Home, Run, count, load, median, save
from feeds import COMMON, RARE, Feeds

SMALL, BIG = 1000, int(sys.argv[1]) if len(sys.argv) > 1 else 100000
ITEMS, ROUNDS = 500, 9
MARKS = 10000


def fill(n):
    home = Home()
    with Feeds(max(1, n // ITEMS), min(n, ITEMS)) as server:
        home.write("feeds", server.lines())
        home.write("config", CONFIG)
        begin = time.monotonic()
        run = Run([KAWAT, "refresh", "--force"], home.env)
    assert run.status == 0 and count(home) == n, run.out
    print(f"filled {n:7}: {time.monotonic() - begin:7.2f} s, {run.cpu:.2f} s of CPU, {run.peak:.1f} MB")
    return home


def timed(home, *args):
    walls = []
    for _ in range(ROUNDS):
        run = Run([KAWAT, *args], home.env)
        assert run.status == 0 and run.out, (args, run.out)
        walls.append(run.wall)
    return median(walls) * 1000


def mark(home, n):
    """Milliseconds a thousand stories, for min(n, MARKS) of them."""
    ids = [line.split("\t")[0] for line in home.run("list", "--all", "--limit", str(min(n, MARKS)), "--format",
                                                    "tsv")[1].splitlines()]
    walls = []
    for what in ("read", "unread", "read"):
        run = Run([KAWAT, "mark", what, *ids], home.env)
        assert run.status == 0 and int(run.out) == len(ids), run.out
        walls.append(run.wall)
    return median(walls) * 1e6 / len(ids)


def main():
    homes = {n: fill(n) for n in (SMALL, BIG)}
    rows = [("first window of 50", lambda h, n: timed(h, "list", "--limit", "50")),
            ("unread of the feeds", lambda h, n: timed(h, "feeds", "--format", "tsv")),
            ("search, common word, 50", lambda h, n: timed(h, "search", COMMON, "--limit", "50")),
            ("search, three words, 50", lambda h, n: timed(h, "search", "kapal pasar hujan", "--limit", "50")),
            ("mark, a thousand", mark)]
    if BIG >= 100 * ITEMS:
        rows.append(("search, rare word", lambda h, n: timed(h, "search", RARE) if n == BIG else 0))
    print(f"median of {ROUNDS} rounds, {load()}")
    figures = {}
    for name, measure in rows:
        took = {n: measure(home, n) for n, home in homes.items()}
        figures[name] = {str(n): round(v, 3) for n, v in took.items()}
        ratio = f"{took[BIG] / took[SMALL]:6.2f} times" if took[SMALL] else ""
        print(f"{name:26}" + "".join(f"{n:8}: {v:8.2f} ms" for n, v in took.items()), ratio)
    for home in homes.values():
        home.remove()
    save("store", figures)


if __name__ == "__main__":
    main()
