#!/usr/bin/env python3
"""kill -9 of each process at any moment of a refresh: the store stays whole, nobody is left behind, and
the next refresh completes."""
import os
import random
import signal
import subprocess
import time

from program import KAWAT, Odd, expect, family, play, rss, stories, wait_for

ROUNDS = int(os.environ.get("KILL_ROUNDS", "50"))
SECONDS = 40  # then it was enough
FEEDS, ITEMS = 12, 30
RSS = "application/rss+xml"


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def one_round(home, victim, delay):
    """Start a refresh, kill the victim after a while; say how the refresh ended."""
    p = subprocess.Popen([KAWAT, "refresh", "--force"], env=home.env, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
    time.sleep(delay)
    members = family(p.pid)
    if victim == "kawat":
        p.kill()
    elif victim in members:
        try:
            os.kill(members[victim], signal.SIGKILL)
        except ProcessLookupError:
            pass
    out, err = p.communicate(timeout=30)
    wait_for("the end of the workers", lambda: not any(alive(m) for m in members.values()), 10)
    return p.returncode, out, err


def killed(home):
    chance = random.Random(4)
    with Odd({f"/{i}": (200, RSS, rss(ITEMS, f"Warta {i}").replace("uji.example/", f"uji.example/{i}/")
                        .replace("<guid>u", f"<guid>{i}u")) for i in range(FEEDS)}) as web:
        home.write("feeds", "".join(f"{web.address}/{i}\n" for i in range(FEEDS)))
        home.write("config", "[refresh]\nper-host = 4\n")
        store = os.path.join(home.path, ".local", "share", "kawat")
        begin, rounds, ended = time.monotonic(), 0, {}
        took = 0.2
        while rounds < ROUNDS and time.monotonic() - begin < SECONDS:
            for name in os.listdir(store) if os.path.isdir(store) else ():
                os.unlink(os.path.join(store, name))
            victim = ("kawat", "kawat-wire", "kawat-parse")[rounds % 3]
            start = time.monotonic()
            status, out, err = one_round(home, victim, chance.uniform(0.005, took * 1.2))
            if victim == "kawat-parse" and status == 0:
                took = (took + time.monotonic() - start) / 2
            rounds += 1
            assert status in ({"kawat": (-9, 0), "kawat-wire": (0, 70), "kawat-parse": (0, 3, 70)}[victim]), \
                (victim, status, out, err)
            assert status in (0, -9) or err.startswith("kawat: "), (victim, status, err)
            ended[victim, status] = ended.get((victim, status), 0) + 1
            check = expect(0)(home.run("db", "check"))[0]
            assert check in ("ok\n", "there is no store yet\n"), check
            # no feed is half there
            for feed in home.json("feeds", "--format", "json"):
                assert feed["total"] in (0, ITEMS), feed
            expect(0)(home.run("refresh", "--force"))
            assert len(stories(home)) == FEEDS * ITEMS
        assert rounds >= min(ROUNDS, 20), f"only {rounds} rounds in {SECONDS} s"
        print(f"     {rounds} rounds:", ", ".join(f"{v} {s}: {n}" for (v, s), n in sorted(ended.items())))


if __name__ == "__main__":
    play(killed)
