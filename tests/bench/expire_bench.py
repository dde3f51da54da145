#!/usr/bin/env python3
"""100,000 stories of a million go: how long the store is held at a time, and what a mark waits meanwhile."""
import re
import sqlite3
import subprocess
import threading
import time

from bench import CONFIG, KAWAT, Rows, Run, percentile
from million import BIG, Big

PART = 10  # of the ten years that the stories lie in, so many days' worth of years: the oldest tenth


def watch(path, over, waits):
    """Another writer that takes its turn again and again: how long must it wait?"""
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    while not over.is_set():
        begin = time.perf_counter()
        db.execute("BEGIN IMMEDIATE")
        waits.append(time.perf_counter() - begin)
        db.execute("ROLLBACK")
        time.sleep(0.005)


def main():
    rows = Rows("expire")
    keep = int((time.time() - (1767225600 - 9 * 365 * 86400)) / 86400)
    home = Big(BIG, copy=True, config=CONFIG.replace("keep = 0\n", f"keep = {keep}d\n", 1))
    waits, over = [], threading.Event()
    watcher = threading.Thread(target=watch, args=(home.data + "/kawat.db", over, waits))
    watcher.start()
    run = Run([KAWAT, *home.options, "db", "expire"], home.env)
    over.set()
    watcher.join()
    deleted = int(re.search(rb"(\d+) stories", run.out).group(1))
    rows.add(f"db expire: {deleted:,} of {BIG:,} stories", f"{run.wall:.1f} s", f"CPU {run.cpu:.1f} s, {run.peak:.0f} MB")
    rows.add("another writer waits meanwhile: median, p99, most",
             f"{percentile(waits, .5) * 1000:.1f}, {percentile(waits, .99) * 1000:.1f}, {max(waits) * 1000:.0f} ms",
             f"{len(waits):,} turns", "p50 <= 20 ms", percentile(waits, .5) <= 0.02)
    out = subprocess.run([KAWAT, *home.options, "db", "check"], env=home.env, capture_output=True)
    rows.add("db check after it", out.stdout.decode().strip()[:40], "", "ok", out.returncode == 0)
    home.remove()
    rows.save()


main()
