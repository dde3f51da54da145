"""What the benches share: homes, measured runs, medians."""
import json
import os
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scene"))
from scene import KAWAT, Home  # noqa: E402,F401

CONFIG = "[refresh]\non-start = never\ninterval = 0\njobs = 8\nper-host = 8\n" \
         "[store]\nkeep = 0\nkeep-unread = 0\nmax-size = 0\n"


def tree(pid):
    """pid and all its descendants."""
    found = [pid]
    for one in found:
        try:
            with open(f"/proc/{one}/task/{one}/children") as f:
                found.extend(map(int, f.read().split()))
        except OSError:
            pass
    return found


def pss_kb(pid):
    """Proportional memory of the tree: shared pages count once."""
    total = 0
    for one in tree(pid):
        try:
            with open(f"/proc/{one}/smaps_rollup") as f:
                total += next(int(line.split()[1]) for line in f if line.startswith("Pss:"))
        except (OSError, StopIteration):
            pass
    return total


class Run:
    """A program run to its end: wall and CPU seconds of its tree, peak PSS in MB."""

    def __init__(self, command, env, stdin=None):
        begin = time.monotonic()
        p = subprocess.Popen(command, env=env, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.peak_kb, over = 0, threading.Event()

        def watch():
            while not over.wait(0.02):
                self.peak_kb = max(self.peak_kb, pss_kb(p.pid))

        threading.Thread(target=watch, daemon=True).start()
        if stdin:
            threading.Thread(target=lambda: (p.stdin.write(stdin), p.stdin.close()), daemon=True).start()
        self.first = None  # seconds until the first output
        self.out = b""
        while piece := os.read(p.stdout.fileno(), 65536):
            self.first = self.first or time.monotonic() - begin
            self.out += piece
        _, status, usage = os.wait4(p.pid, 0)
        p.returncode = self.status = os.waitstatus_to_exitcode(status)
        p.stdout.close()
        over.set()
        self.wall = time.monotonic() - begin
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = self.peak_kb / 1024


def median(values):
    values = sorted(values)
    return values[len(values) // 2]


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def count(home):
    status, out, _ = home.run("db", "stats")
    assert status == 0, out
    return int(next(line.split()[-1] for line in out.splitlines() if line.startswith("stories ")))


def load():
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


FOLDER = os.environ.get("KAWAT_BENCH") or os.path.join(os.environ.get("TMPDIR", "/tmp"), "kawat-bench")


def save(name, figures):
    """Figures go to standard output as one line of JSON too, for comparing runs."""
    print(json.dumps({"bench": name, "load": os.getloadavg()[0], **figures}), flush=True)


def rows_of(name):
    try:
        with open(os.path.join(FOLDER, name + ".rows")) as f:
            return json.load(f)
    except OSError:
        return []


class Rows:
    """The rows of the table that a bench has seen; table_bench.py prints those of all."""

    def __init__(self, name):
        self.name, self.rows = name, []

    def add(self, what, kawat, beside="", aim="", kept=None):
        verdict = "" if kept is None else "kept" if kept else "MISSED"
        self.rows.append([what, kawat, beside, aim, verdict])
        print(f"{what:52} {kawat:>22}  {beside:32} {aim:24} {verdict}", flush=True)

    def save(self):
        os.makedirs(FOLDER, exist_ok=True)
        with open(os.path.join(FOLDER, self.name + ".rows"), "w") as f:
            json.dump({"rows": self.rows, "load": os.getloadavg()[0]}, f)
