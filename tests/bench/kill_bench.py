#!/usr/bin/env python3
"""SIGKILL to all of kawat at moments spread over a cold refresh of 100 feeds x 50; KILLS says how often.
Then the store must be sound, hold whole feeds only, and the next refresh must complete it."""
import os
import random
import signal
import subprocess
import time

from bench import CONFIG, KAWAT, Home, Rows, Run, count, tree
from feeds import Feeds

KILLS = int(os.environ.get("KILLS", "100"))
COUNT, ITEMS = 100, 50


def kill(home, after):
    p = subprocess.Popen([KAWAT, "refresh", "--force"], env=home.env, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    for one in tree(p.pid)[::-1]:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            pass
    p.wait()


def whole(home):
    """Feeds that are kept; None: one is torn, or the store is not sound."""
    status, out, _ = home.run("db", "check", timeout=120)
    if status != 0:
        return None
    totals = [x["total"] for x in home.json("feeds", "--format", "json")]
    return sum(t == ITEMS for t in totals) if all(t in (0, ITEMS) for t in totals) else None


def litter(home):
    found = []
    for folder, _, files in os.walk(home.path):
        found += [f for f in files if ".new." in f or f.endswith(("-journal", ".tmp"))]
    return found


def main():
    rows, chance = Rows("kill"), random.Random(1)
    sound = complete = clean = 0
    kept = []
    with Feeds(COUNT, ITEMS) as server:
        home = Home()
        home.write("feeds", server.lines())
        home.write("config", CONFIG)
        length = Run([KAWAT, "refresh", "--force"], home.env).wall
        home.remove()
        for _ in range(KILLS):
            home = Home()
            home.write("feeds", server.lines())
            home.write("config", CONFIG)
            kill(home, chance.uniform(0, length))
            feeds = whole(home)
            sound += feeds is not None
            kept.append(feeds or 0)
            again = Run([KAWAT, "refresh"], home.env)
            complete += again.status == 0 and count(home) == COUNT * ITEMS
            clean += not litter(home)
            home.remove()
    for what, n in (("sound, whole feeds only", sound), ("completed by the next refresh", complete),
                    ("no litter, no stale lock", clean)):
        rows.add(f"killed {KILLS} times: {what}", f"{n} of {KILLS}", f"{sum(kept) / len(kept):.0f} feeds kept on average"
                 if what.startswith("sound") else "", f"{KILLS} of {KILLS}", n == KILLS)
    rows.save()


main()
