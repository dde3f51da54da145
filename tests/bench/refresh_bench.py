#!/usr/bin/env python3
"""100 feeds of 50 stories, cold and warm, kawat beside newsboat (when it is on PATH), in one run.

The warm refresh is the third for both, since newsboat sends no validators in its second.  Every figure
is the median of the rounds; a ratio is kawat's divided by newsboat's of the same round.
"""
import os
import shutil
import sys

from bench import CONFIG, KAWAT, Home, Run, count, load, median, save
from feeds import Feeds

FEEDS, ITEMS = 100, 50
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3


def kawat(server):
    home = Home()
    home.write("feeds", server.lines())
    home.write("config", CONFIG)
    runs = [Run([KAWAT, "refresh", "--force"], home.env) for _ in range(3)]
    assert all(r.status == 0 for r in runs), runs[0].out
    assert count(home) == FEEDS * ITEMS
    home.remove()
    return runs[0], runs[2]


def newsboat(server):
    home = Home()
    folder = os.path.join(home.path, "newsboat")
    os.makedirs(folder)
    urls, config, cache = (os.path.join(folder, n) for n in ("urls", "config", "cache.db"))
    with open(urls, "w") as f:
        f.write(server.lines(quoted=False))
    with open(config, "w") as f:
        f.write("reload-threads 8\nsuppress-first-reload yes\n")
    command = ["newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload"]
    runs = [Run(command, home.env) for _ in range(3)]
    import sqlite3
    with sqlite3.connect(cache) as db:
        n = db.execute("SELECT count(*) FROM rss_item").fetchone()[0]
    assert n == FEEDS * ITEMS, f"newsboat stored {n}"
    home.remove()
    return runs[0], runs[2]


def main():
    programs = [kawat] + ([newsboat] if shutil.which("newsboat") else [])
    rounds = []
    with Feeds(FEEDS, ITEMS) as server:
        for _ in range(ROUNDS):
            rounds.append({p.__name__: p(server) for p in programs})
    print(f"{FEEDS} feeds x {ITEMS} stories, {ROUNDS} rounds, {load()}")
    figures = {}
    for warm, name in enumerate(("cold", "warm")):
        for program in programs:
            for what in ("wall", "cpu", "peak"):
                values = [getattr(r[program.__name__][warm], what) for r in rounds]
                ratios = [v / getattr(r["kawat"][warm], what) for v, r in zip(values, rounds)]
                figures[f"{name} {program.__name__} {what}"] = round(median(values), 4)
                unit = "MB" if what == "peak" else "s"
                more = "" if program is kawat else f"   kawat takes {1 / median(ratios):.2f} of it"
                print(f"{name}  {program.__name__:9} {what:5} {median(values):8.3f} {unit}"
                      f"  [{min(values):.3f}-{max(values):.3f}]{more}")
    first = median([r["kawat"][0].first for r in rounds])
    print(f"cold  kawat     headlines listed after {first:.3f} s")
    save("refresh", figures | {"cold kawat headlines": round(first, 4)})


if __name__ == "__main__":
    main()
