"""A program on a pseudo-terminal: what it prints is kept since the last key, and waited for."""
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

CHOSEN = "\u25b6".encode()  # the mark of the chosen row


class Terminal:
    """80 columns, 24 rows; start is how long it took until the first screen, which shows this, or None."""

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
