#!/usr/bin/env python3
"""Reading the sample wire in a terminal: headlines, stories, trails, marks, resize, the way out."""
import os
import re
import signal

from scene import KAWAT, TESTS, Screen, children, need, play, wait_for

WIRE = os.path.join(TESTS, "wire")


def open_wire(home, every_report=False, **size):
    """every_report: no row stands for the other reports of its event."""
    home.write("config", f"[headlines]\ncollapse = {'no' if every_report else 'yes'}\n")
    screen = Screen(home, "-c", home.config("config"), "--replay", WIRE, **size)
    screen.expect("unread of 61")
    return screen


def top_story(screen):
    """The headline of the story shown, without its margin."""
    return next(line.strip() for line in screen.lines()[1:] if line.strip())


def four_generations(home):
    screen = open_wire(home, every_report=True)
    screen.keys("/")
    screen.type("Kabel laut Selat Parai tersambung")
    screen.keys("Enter", "Enter")
    screen.expect("Kabel laut Selat Parai tersambung")
    seen = []
    for step in range(2, 6):
        screen.keys("Down", "Down")
        seen.append(screen.still())
        screen.keys("1")
        screen.expect(f"step {step} of {step}")
    for step in range(4, 0, -1):
        screen.keys("H")
        screen.expect(f"step {step} of 5")
        now, before = screen.still().split("\n")[1:-3], seen[step - 1].split("\n")[1:-3]
        # a link that was ○ is ● now that it was read; the lines are the same
        plain = [[re.sub("[○●]", "o", line) for line in lines] for lines in (now, before)]
        assert plain[0] == plain[1], f"step {step} came back to other lines:\n" + "\n".join(now)
    screen.keys("q", "q")
    assert screen.status() == "0"


def sane_terminal(home):
    screen = Screen(home, shell=True)
    screen.type(f"cd; stty -a > before; {KAWAT} --replay {WIRE}; stty -a > after; cmp before after && echo en''ded")
    screen.keys("Enter")
    screen.expect("unread of 61")
    screen.keys("Q")
    screen.expect("ended")
    assert screen.tmux("display-message", "-p", "#{alternate_on}").strip() == "0"
    assert screen.tmux("display-message", "-p", "#{cursor_flag}").strip() == "1"


def marks_and_undo(home):
    screen = open_wire(home)
    screen.keys("A")
    screen.expect(" 0 unread of 61")
    screen.keys("u")
    screen.expect(" 61 unread of 61")
    screen.keys("m")
    screen.expect(" 60 unread of 61")
    screen.keys("m")
    screen.expect(" 61 unread of 61")
    screen.keys("s")
    screen.expect("★")
    screen.keys("g", "s")
    screen.expect("Starred stories")


def margin(screen):
    """What stands before each row: the chosen one, the unread ones.  The rest is wire's to change."""
    return [line[:2] for line in screen.still().split("\n")[1:-3]]


def marks_before_wire(home):
    """What a key marks is shown without waiting for the process that writes it down; what that says counts."""
    screen = open_wire(home, every_report=True)
    wire = wait_for("kawat-wire", lambda: children(screen.pid()).get("kawat-wire"))
    before = margin(screen)
    assert before.count(" ▎") > 10
    os.kill(wire, signal.SIGSTOP)
    screen.keys("A")
    screen.expect(" 0 unread of 61")
    screen.gone("▎")
    screen.keys("u")
    screen.expect(" 61 unread of 61")
    assert margin(screen) == before
    screen.keys("m", "j", "s", "A")
    screen.expect(" 0 unread of 61")
    screen.keys("u")
    screen.expect(" 60 unread of 61")
    shown = margin(screen)
    os.kill(wire, signal.SIGCONT)
    screen.expect("Undone")
    screen.expect(" 60 unread of 61")
    assert margin(screen) == shown
    os.kill(wire, signal.SIGSTOP)
    screen.keys("A")
    screen.expect(" 0 unread of 61")
    os.kill(wire, signal.SIGKILL)
    screen.expect(" 60 unread of 61")
    assert margin(screen) == shown


def mark_of_what_is_being_undone(home):
    """A key acts on the row as it is shown, also while the store says otherwise."""
    screen = open_wire(home)
    wire = wait_for("kawat-wire", lambda: children(screen.pid()).get("kawat-wire"))
    screen.keys("A")
    screen.expect("61 stories marked read")
    os.kill(wire, signal.SIGSTOP)
    screen.keys("u")
    screen.expect(" 61 unread of 61")
    screen.keys("m")
    screen.expect(" 60 unread of 61")
    os.kill(wire, signal.SIGCONT)
    screen.keys("u")
    screen.expect(" 61 unread of 61")


def marks_of_events_before_wire(home):
    """A row that stands for several reports is read with all of them."""
    screen = open_wire(home)
    wire = wait_for("kawat-wire", lambda: children(screen.pid()).get("kawat-wire"))
    os.kill(wire, signal.SIGSTOP)
    before = margin(screen)
    screen.keys("A")
    screen.gone("▎")
    screen.keys("u")
    screen.expect(" 61 unread of 61")
    assert margin(screen) == before
    os.kill(wire, signal.SIGCONT)
    screen.expect("Undone")
    screen.expect(" 61 unread of 61")


def seen(screen, pattern):
    """What the pattern's group matches, once the screen shows it."""
    wait_for(pattern, lambda: re.search(pattern, screen.text()))
    return re.search(pattern, screen.text()).group(1)


def filter_of_a_search(home):
    """A and S mean what is shown: the search and its filter, whatever OR stands in either."""
    screen = open_wire(home)
    screen.keys("F")
    screen.type("kabel OR siklon")
    screen.keys("Enter")
    screen.expect(" found")
    screen.keys("f")
    screen.type("radio OR selat")
    screen.keys("Enter")
    shown = seen(screen, r"filter: (\d+) of")
    assert 0 < int(shown) < 30, screen.text()
    screen.keys("A")
    screen.expect(f" {shown} stories marked read")
    screen.keys("u", "S")
    screen.expect("kabel selat* OR siklon radio* OR siklon selat*")


def saved_searches(home):
    """Their unread stories are counted; gc chooses the first; what was typed is there at the next start."""
    with open(os.path.join(WIRE, "feeds"), encoding="utf-8") as feeds:
        home.write("feeds", feeds.read())
    home.write("config", "")
    args = ("-f", home.config("feeds"), "--replay", WIRE, "-d", os.path.join(home.path, "data"))
    screen = Screen(home, *args)
    screen.expect("unread of 61")
    screen.keys("F")
    screen.type("kabel")
    screen.keys("Enter")
    found = seen(screen, r"(\d+) found")
    screen.keys("S", "C-u")
    screen.type("Kabel saja")
    screen.keys("Enter")
    screen.expect("Kept as Kabel saja")
    screen.keys("g", "c")
    assert seen(screen, r"▶⌕ Kabel laut +([1-9]\d*)")
    assert seen(screen, r"⌕ Kabel saja +([1-9]\d*)") == found
    screen.keys("j", "A")
    seen(screen, r"▶⌕ Kabel saja +(0)\n")
    screen.keys("u")
    seen(screen, rf"▶⌕ Kabel saja +({found})\n")
    screen.keys("Q")
    assert screen.status() == "0"
    screen = Screen(home, *args)
    screen.expect("of 61")
    screen.keys("F", "Up")
    screen.expect("Search: kabel")


def sizes(home):
    screen = open_wire(home)
    for cols, rows in ((120, 40), (40, 10), (20, 4), (3, 2), (1, 1), (200, 60), (80, 24)):
        screen.resize(cols, rows)
        wait_for("the new size", lambda c=cols, r=rows: screen.tmux(
            "display-message", "-p", "#{pane_width}x#{pane_height}").strip() == f"{c}x{r}")
    screen.expect("unread of 61")
    screen.keys("Enter")
    screen.expect("NUSA ·")
    assert not screen.dead()


def workers_die(home):
    screen = open_wire(home)
    screen.still()
    for name in ("kawat-parse", "kawat-wire"):
        old = wait_for(name, lambda n=name: children(screen.pid()).get(n))
        os.kill(old, signal.SIGKILL)
        screen.expect("started again")
        wait_for(f"a new {name}", lambda n=name, o=old: children(screen.pid()).get(n, o) != o)
        screen.keys("j", "Enter")
        screen.expect("· ")
        screen.keys("q")
    screen.keys("Q")
    assert screen.status() == "0"


def signals(home):
    for number, status in ((signal.SIGTERM, "143"), (signal.SIGHUP, "129")):
        screen = open_wire(home)
        workers = list(children(screen.pid()).values())
        os.kill(screen.pid(), number)
        assert screen.status() == status, screen.status()
        wait_for("the end of the workers", lambda: not any(os.path.exists(f"/proc/{p}") for p in workers))
        screen.close()


def help_and_palette(home):
    screen = open_wire(home)
    screen.keys("?")
    screen.expect("Help: headlines")
    screen.type("star")  # typing searches, Enter runs what is found
    screen.expect("Star or unstar")
    screen.keys("Escape")
    screen.gone("Search: star")
    screen.keys("Tab")
    screen.expect("Help: story")
    screen.keys("q")
    screen.gone("Help: story")
    screen.keys(":")
    screen.type("mark-all")
    screen.expect("mark-all-read")
    screen.keys("Enter")
    screen.expect(" 0 unread of 61")
    screen.keys("g")
    screen.expect("Feeds and sections")
    screen.keys("f")
    screen.expect("4 feeds")
    screen.keys("q")
    screen.keys("W")
    screen.expect("W: no such key here. ? shows all keys")


def filter_and_search(home):
    screen = open_wire(home)
    screen.keys("f")
    screen.type("kabel")
    screen.expect("filter: 7 of 61")
    screen.keys("Escape")
    screen.expect("unread of 61")
    screen.keys("F")
    screen.type("kabel")
    screen.keys("Enter")
    screen.expect("7 found")
    screen.keys("z", "s")
    screen.expect("Order: the best first")
    screen.keys("q")
    screen.gone("7 found")


def typed_ahead(home):
    """Keys that arrive together: each finds what the one before it opened."""
    screen = open_wire(home, cols=120, rows=40)
    screen.keys("/")
    screen.type("Kabel laut Selat Parai tersambung")
    screen.tmux("send-keys", "Enter", "Enter", "Tab", "v")
    screen.expect("step 2 of 2")


def split(home):
    screen = open_wire(home, every_report=True, cols=120, rows=40)
    screen.keys("/")
    screen.type("Kabel laut Selat Parai tersambung")
    screen.keys("Enter", "Enter")
    screen.expect("Tanjung Lembar (NUSA)")
    screen.keys("Tab", "v")
    screen.expect("step 2 of 2")
    screen.expect("Selat Parai (NUSA) - Kapal perbaikan")
    assert "Tanjung Lembar (NUSA)" in screen.text()
    screen.keys("C-w", "v")
    screen.gone("step 2 of 2")
    screen.expect("step 1 of 2")


def same_event(home):
    """An event is one row, found by the words of each of its reports, opened with t."""
    screen = open_wire(home)
    screen.expect("Internet Anggrek menyala lagi")
    screen.gone("Kabel laut Selat Parai tersambung")  # as soon as they are grouped
    screen.keys("/")
    screen.type("Kabel laut Selat Parai tersambung")
    screen.keys("Enter", "t")
    screen.expect("Related › Internet Anggrek menyala lagi")
    screen.expect("Same story in other agencies")
    screen.expect("Kabel laut Selat Parai tersambung")


def mouse(home):
    screen = open_wire(home, every_report=True)
    row = next(i for i, line in enumerate(screen.still().split("\n")) if "Kabel laut Selat Parai" in line)
    screen.click(row, 30)  # one click chooses, the second opens
    wait_for("the chosen row", lambda: screen.lines()[row].startswith("▶"))
    screen.click(row, 30)
    screen.expect("Tanjung Lembar (NUSA)")
    link = next(i for i, line in enumerate(screen.lines()) if "[1]" in line)
    screen.click(link, 30)
    screen.expect("step 2 of 2")


def commands(home):
    """Save, give to a command, source, keys of the configuration."""
    home.write("config", "[programs]\nsave-directory = ~\n[keys]\nheadlines W = next-unread\n")
    screen = Screen(home, "-c", home.config("config"), "--replay", WIRE)
    screen.expect("unread of 61")
    top = screen.still().split("\n")[2]
    screen.keys("W")
    screen.gone(top)
    screen.keys("w", "C-u")
    screen.type("story.md")
    screen.keys("Enter")
    screen.expect("Saved as")
    with open(os.path.join(home.path, "story.md"), encoding="utf-8") as f:
        assert f.read().startswith("# ")
    screen.keys("|")
    screen.type("wc -l")
    screen.keys("Enter")
    screen.expect("wc: ")
    screen.keys("|")
    screen.type("false")
    screen.keys("Enter")
    screen.expect("false: exit 1")
    screen.keys("Enter")
    screen.expect("1-9 follow link")
    screen.keys("z", "v")
    screen.expect("<p>")


def suspend(home):
    screen = Screen(home, shell=True)
    screen.type(f"{KAWAT} --replay {WIRE}")
    screen.keys("Enter")
    screen.expect("unread of 61")
    screen.keys("C-z")
    screen.gone("unread of 61")
    screen.type("echo sus''pended")
    screen.keys("Enter")
    screen.expect("suspended")
    screen.type("fg")
    screen.keys("Enter")
    screen.expect("unread of 61")
    screen.keys("j", "Q")


if __name__ == "__main__":
    need("tmux")
    play(typed_ahead, four_generations, sane_terminal, marks_and_undo, marks_before_wire,
         mark_of_what_is_being_undone, marks_of_events_before_wire, filter_of_a_search, saved_searches, sizes, workers_die, signals,
         help_and_palette, filter_and_search, split, same_event, mouse, commands, suspend)
