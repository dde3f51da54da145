#!/usr/bin/env python3
"""Refreshes: 100 feeds x 50 into an empty store and into a million stories, the same unchanged beside
`curl -Z`, and 1,000 feeds behind 50 ms of latency; newsboat beside the first when it is installed."""
import os
import shutil
import subprocess

from bench import CONFIG, KAWAT, Home, Rows, Run, median
from feeds import Feeds
from million import BIG, Big

ROUNDS = 3
COUNT, ITEMS = 100, 50


def refresh(home, options=()):
    run = Run([KAWAT, *options, "refresh", "--force"], home.env)
    assert run.status == 0, run.out
    return run


def empty(lines, config=CONFIG):
    home = Home()
    home.write("feeds", lines)
    home.write("config", config)
    return home


def newsboat(server):
    home = Home()
    urls, config, cache = (os.path.join(home.path, x) for x in ("urls", "config", "cache.db"))
    for name, text in ((urls, server.lines(quoted=False)), (config, "reload-threads 8\nsuppress-first-reload yes\n")):
        with open(name, "w") as f:
            f.write(text)
    run = Run(["newsboat", "-u", urls, "-C", config, "-c", cache, "-x", "reload"], home.env)
    home.remove()
    return run


def curl(server, conditional, n=COUNT, parallel=8):
    """The floor: the same addresses, asked with what the server said the last time, thrown away."""
    home = Home()
    with open(os.path.join(home.path, "list"), "w") as f:
        for i in range(n):
            f.write(f'url = "{server.address}/{i}.xml"\noutput = /dev/null\nsilent\n')
            if conditional:
                f.write(f'header = "If-None-Match: \\"{i}\\""\n')
            f.write("next\n" if i < n - 1 else "")
    run = Run(["curl", "-Z", "--parallel-max", str(parallel), "-K", os.path.join(home.path, "list")], home.env)
    assert run.status == 0, run.out
    home.remove()
    return run


def cold_and_warm(rows):
    cold, warm, peer, floor, into = [], [], [], [], []
    big = Big(BIG, copy=True)
    with Feeds(COUNT, ITEMS) as server:
        for i in range(ROUNDS):
            home = empty(server.lines())
            cold.append(refresh(home))
            refresh(home)
            warm.append(refresh(home))
            home.remove()
            if shutil.which("newsboat"):
                peer.append(newsboat(server))
            if shutil.which("curl"):
                floor.append(curl(server, True))
    with Feeds(COUNT * ROUNDS, ITEMS) as server:
        for i in range(ROUNDS):
            big.write("feeds", "".join(server.lines().splitlines(True)[COUNT * i:COUNT * (i + 1)]))
            into.append(refresh(big, big.options))
    big.remove()
    first, wall = median([r.first for r in cold]), median([r.wall for r in cold])
    cpu = median([r.cpu for r in cold])
    if peer:
        theirs, their_cpu = median([r.wall for r in peer]), median([r.cpu for r in peer])
        rows.add("cold, 100 x 50: headlines listed", f"{first:.2f} s", f"newsboat {theirs:.2f}: {first / theirs:.2f} of it",
                 "<= 0.3 of newsboat", first <= 0.3 * theirs)
        rows.add("cold, 100 x 50: index complete", f"{wall:.2f} s", f"{wall / theirs:.2f} of newsboat", "<= 0.6 of newsboat",
                 wall <= 0.6 * theirs)
        rows.add("cold, 100 x 50: CPU", f"{cpu:.2f} s", f"newsboat {their_cpu:.2f}: {cpu / their_cpu:.2f} of it")
    else:
        rows.add("cold, 100 x 50: headlines, index", f"{first:.2f} s, {wall:.2f} s", "newsboat is not installed")
    into_first, into_cpu = median([r.first for r in into]), median([r.cpu for r in into])
    rows.add(f"the same into {BIG:,} stories: CPU", f"{into_cpu:.2f} s", f"{into_cpu / cpu:.2f} times that of none",
             "<= 1.5 times", into_cpu <= 1.5 * cpu)
    rows.add(f"the same into {BIG:,} stories: headlines", f"{into_first:.2f} s",
             f"{into_first / first:.2f} times that of none", "<= 1.5 times", into_first <= 1.5 * first)
    rows.add("the first of these, into a copy just made", f"{into[0].cpu:.2f} s of CPU", f"headlines {into[0].first:.2f} s")
    peak = max(r.peak for r in into)
    rows.add(f"memory while refreshing into {BIG:,}", f"{peak:.1f} MB", "", "<= 64 MB", peak <= 64)
    w = median([r.cpu for r in warm])
    if floor:
        f = median([r.cpu for r in floor])
        rows.add("warm, 100 x 304: CPU", f"{w * 1000:.0f} ms", f"curl -Z: {f * 1000:.0f} ms: {w / f:.2f} of it",
                 "<= 1.3 of curl -Z", w <= 1.3 * f)


def latency(rows):
    config = CONFIG.replace("jobs = 8", "jobs = 64").replace("per-host = 8", "per-host = 8")
    with Feeds(1000, 10, 50) as server:
        home = empty(server.lines(), config)
        run = refresh(home)
        again = refresh(home)
        home.remove()
        bound = 1000 / 8 * 0.05
        rows.add("1,000 feeds at 50 ms, 8 to one host: headlines", f"{run.first:.1f} s", f"latency alone {bound:.1f} s:"
                 f" {run.first / bound:.2f} times", "bound by latency", run.first <= 1.3 * bound)
        rows.add("the same, unchanged", f"{again.wall:.1f} s", f"{again.wall / bound:.2f} times latency")
        if shutil.which("curl"):
            floor = curl(server, False, 1000, 8)
            rows.add("the same by curl -Z --parallel-max 8", "", f"{floor.wall:.1f} s")


def memory(rows):
    with Feeds(100, 1000) as server:
        home = empty(server.lines())
        run = refresh(home)
        home.remove()
    rows.add("memory, first refresh of 100 x 1,000", f"{run.peak:.1f} MB", f"{run.wall:.1f} s, CPU {run.cpu:.1f} s",
             "<= 64 MB", run.peak <= 64)


def main():
    rows = Rows("into")
    cold_and_warm(rows)
    latency(rows)
    memory(rows)
    rows.save()


main()
