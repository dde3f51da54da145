#!/usr/bin/env python3
"""From the start of the program to its first headline, by the size of the store, and memory at rest;
newsboat and sfeed_curses beside it with 100,000 stories."""
import glob
import os
import shutil
import sqlite3
import subprocess
import time

from bench import KAWAT, Home, Rows, median, pss_kb
from million import BIG, FEEDS, SIZES, Big
from terminal import Terminal

ROUNDS, PEER_STORIES, PEER_LIMIT_S = 9, BIG // 10, 120


def kawat(n):
    home = Big(n)
    walls, rest = [], 0
    for _ in range(ROUNDS):
        screen = Terminal([KAWAT, *home.options], home.env)
        assert screen.start is not None, screen.seen[-400:]
        walls.append(screen.start)
        screen.settle()
        rest = max(rest, pss_kb(screen.pid) / 1024)
        screen.end()
        time.sleep(0.05)
    home.remove()
    return median(walls), rest


def text(i):
    return f"Kapal {i} " + "pasar hujan nelayan kota sungai jembatan sekolah " * 20


def newsboat(n):
    """Its cache is filled by SQL, in the tables that it makes itself: by itself it takes minutes."""
    home = Home()
    urls, config, cache = (os.path.join(home.path, x) for x in ("urls", "config", "cache.db"))
    with open(urls, "w") as f:
        f.write("".join(f"https://bench.example/{i}.xml\n" for i in range(FEEDS)))
    with open(config, "w") as f:
        f.write("auto-reload no\n")
    command = ["newsboat", "-u", urls, "-C", config, "-c", cache]
    subprocess.run(command + ["-x", "print-unread"], env=home.env, stdout=subprocess.DEVNULL)
    with sqlite3.connect(cache) as db:
        for i in range(FEEDS):
            url = f"https://bench.example/{i}.xml"
            db.execute("INSERT OR REPLACE INTO rss_feed(rssurl, url, title) VALUES (?, ?, ?)", (url, url, f"Warta {i}"))
        db.executemany("INSERT INTO rss_item(guid, title, author, url, feedurl, pubDate, content, unread)"
                       " VALUES (?, ?, '', ?, ?, ?, ?, 1)",
                       ((f"g{i}", f"Judul {i}", f"https://bench.example/{i}", f"https://bench.example/{i % FEEDS}.xml",
                         1700000000 + i, text(i)) for i in range(n)))
    screen = Terminal(command, home.env, b"Warta 1", PEER_LIMIT_S)
    start = screen.start
    screen.end()
    home.remove()
    return start


def sfeed(n):
    home = Home()
    for f in range(FEEDS):
        with open(os.path.join(home.path, f"Warta {f}"), "w") as out:
            for i in range(f, n, FEEDS):
                out.write(f"{1700000000 + i}\tJudul {i}\thttps://bench.example/{i}\t{text(i)}\thtml\tg{i}\t\t\t\n")
    screen = Terminal(["sfeed_curses", *glob.glob(home.path + "/Warta*")], home.env, b"Judul", PEER_LIMIT_S)
    start = screen.start
    screen.end()
    home.remove()
    return start


def main():
    rows = Rows("start")
    walls = {n: kawat(n) for n in SIZES}
    for n, (wall, rest) in walls.items():
        growth = wall / walls[SIZES[0]][0]
        rows.add(f"first headline, {n:,} stories", f"{wall * 1000:.1f} ms", f"{growth:.2f} times that of 1,000",
                 "< 100 ms, <= 1.5 times", wall < 0.1 and growth <= 1.5)
        rows.add(f"memory at rest, {n:,} stories", f"{rest:.1f} MB", "", "<= 40 MB", rest <= 40)
    for name, program, measure in (("newsboat", "newsboat", newsboat), ("sfeed_curses", "sfeed_curses", sfeed)):
        if not shutil.which(program):
            rows.add(f"{name}, first screen, {PEER_STORIES:,}", "", "not installed")
            continue
        start = measure(PEER_STORIES)
        said = f"{start:.2f} s" if start else f"over {PEER_LIMIT_S} s"
        rows.add(f"{name}, first screen, {PEER_STORIES:,}", "", said + f": kawat takes"
                 f" {walls[PEER_STORIES][0] / (start or PEER_LIMIT_S):.4f} of it")
    rows.save()


main()
