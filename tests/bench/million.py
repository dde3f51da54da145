"""Stores of a thousand, a hundred thousand and a million stories (STORIES: another number), made once and
kept in a folder (KAWAT_BENCH, else kawat-bench in the folder for temporary files; some 10 GB with a copy)."""
import json
import os
import shutil
import subprocess
import time

from bench import CONFIG, FOLDER, KAWAT, Home

BIG = int(os.environ.get("STORIES", "1000000"))
SIZES = [1000, BIG // 10, BIG]
UNREAD = BIG // 10
FEEDS = 100
HERE = os.environ.get("BENCH_BINARIES") or os.path.join(os.path.dirname(KAWAT), "..", "tests", "bench")


def folder(n):
    return os.path.join(FOLDER, str(n))


def made(n):
    """What `fill` said of the store, or None when there is none, or one that was not finished."""
    try:
        with open(os.path.join(folder(n), "made.json")) as f:
            return json.load(f)
    except OSError:
        return None


def make(n):
    if made(n):
        return made(n)
    shutil.rmtree(folder(n), ignore_errors=True)
    os.makedirs(folder(n))
    begin = time.monotonic()
    out = subprocess.run([os.path.join(HERE, "fill"), folder(n), str(n), str(min(n // 2, UNREAD))],
                         check=True, stdout=subprocess.PIPE).stdout
    said = json.loads(out) | {"wall": time.monotonic() - begin}
    said["bytes"] = os.path.getsize(os.path.join(folder(n), "kawat.db"))
    with open(os.path.join(folder(n), "made.json"), "w") as f:
        json.dump(said, f)
    return said


class Big(Home):
    """A home whose store is that of n stories itself, or a copy of it for who changes it for good."""

    def __init__(self, n, copy=False, config=CONFIG):
        super().__init__()
        make(n)
        self.data = os.path.join(self.path, "data")
        self.copied = copy
        if copy:
            self.data = os.path.join(FOLDER, "copy")
            shutil.rmtree(self.data, ignore_errors=True)
            os.makedirs(self.data)
            subprocess.run(["cp", "--reflink=auto", os.path.join(folder(n), "kawat.db"), self.data], check=True)
        else:
            self.data = folder(n)
        self.write("config", config)
        self.write("feeds", "".join(f'https://bench.example/{i}.xml "Warta {i}"\n' for i in range(FEEDS)))
        self.options = ["-d", self.data]

    def remove(self):
        super().remove()
        if self.copied:
            shutil.rmtree(self.data, ignore_errors=True)
