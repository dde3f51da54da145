"""Stores of a thousand, a hundred thousand and a million stories (STORIES: another number), made once and
kept in a folder (KAWAT_BENCH, else kawat-bench in the folder for temporary files; some 10 GB with a copy)."""
import json
import os
import pty
import fcntl
import select
import shutil
import signal
import struct
import subprocess
import termios
import time

from bench import CONFIG, FOLDER, KAWAT, Home

BIG = int(os.environ.get("STORIES", "1000000"))
SIZES = [1000, BIG // 10, BIG]
UNREAD = BIG // 10
FEEDS = 100
HERE = os.environ.get("BENCH_BINARIES") or os.path.join(os.path.dirname(KAWAT), "..", "tests", "bench")
CHOSEN = "\u25b6".encode()


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


class Screen:
    """A program on a pseudo-terminal of 80x24; what it prints is kept since the last key."""

    def __init__(self, command, env, shows=CHOSEN, seconds=30):
        begin = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, dict(env, TERM="xterm-256color"))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""
        found = self.wait(shows, seconds)
        self.start = time.perf_counter() - begin if found is not None else None

    def wait(self, what, seconds):
        begin = time.perf_counter()
        while what not in self.seen:
            left = seconds - (time.perf_counter() - begin)
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                return None
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                return None
        return time.perf_counter() - begin

    def settle(self, seconds=0.3):
        """Until nothing has come for so long."""
        while select.select([self.fd], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                return

    def press(self, key, shows, seconds=10):
        self.settle(0)
        self.seen = b""
        os.write(self.fd, key)
        return self.wait(shows, seconds)

    def end(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)
