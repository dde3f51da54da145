"""What the scenes share: kawat in a real terminal (tmux) against a real server on loopback.

A scene is a script that uses these; it exits 0, or 77 when a tool that it needs is missing.  Nothing
waits for luck: every wait is for something that the screen, a file or the server shows, in bounded
time.  KAWAT names the program, TEST_SRCDIR the tests' folder.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

TESTS = os.path.abspath(os.environ.get("TEST_SRCDIR") or os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KAWAT = os.path.abspath(os.environ.get("KAWAT") or os.path.join(os.path.dirname(TESTS), "src", "kawat"))
PATIENCE = float(os.environ.get("SCENE_PATIENCE", "20"))  # seconds until a wait is a failure


def skip(why):
    print("SKIP:", why)
    sys.exit(77)


def need(*tools):
    for tool in tools:
        if not shutil.which(tool):
            skip(f"{tool} is missing")


def wait_for(what, true, patience=PATIENCE):
    """Until true() is; what is said when it never was."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = true()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"never happened: {what}")


class Home:
    """An empty HOME with its own XDG folders; removed at the end."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="kawat-scene-")
        self.env = {k: v for k, v in os.environ.items()
                    if not k.startswith(("XDG_", "KAWAT_")) and k not in ("NO_COLOR", "COLORTERM", "LANGUAGE")}
        self.env.update(HOME=self.path, LC_ALL="C.UTF-8", TZ="Asia/Jakarta", TMPDIR=self.path)
        # kawat ends its workers by SIGKILL, and tests do too; a leak checker that is looking at that moment
        # complains (or waits for ever).  Leaks are the unit tests' to find.
        self.env["ASAN_OPTIONS"] = ":".join(filter(None, (self.env.get("ASAN_OPTIONS"), "detect_leaks=0")))

    def config(self, name):
        folder = os.path.join(self.path, ".config", "kawat")
        os.makedirs(folder, exist_ok=True)
        return os.path.join(folder, name)

    def write(self, name, text):
        with open(self.config(name), "w", encoding="utf-8") as f:
            f.write(text)

    def run(self, *args, stdin=None, timeout=60):
        """kawat with these arguments: (status, output, errors)."""
        done = subprocess.run([KAWAT, *args], env=self.env, input=stdin, capture_output=True, timeout=timeout)
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def json(self, *args):
        status, out, err = self.run(*args)
        assert status == 0, (args, status, err)
        return json.loads(out)

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """The sample wire over HTTP, with the control addresses of tests/serve/serve.py."""

    def __init__(self, port="0"):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(TESTS, "serve", "serve.py"), "--root", os.path.join(TESTS, "wire"),
             "--rewrite", "--port", port, "--lifetime", "300"], stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")

    def control(self, command):
        with urllib.request.urlopen(f"{self.address}/-/{command}", timeout=10) as answer:
            return json.loads(answer.read())

    def feeds(self):
        return "".join(f'{self.address}/{path}  "{name}"\n' for path, name in (
            ("nusa.example/rss/terkini.xml", "NUSA Terkini"), ("kabarselatan.example/index.rdf", "Kabar Selatan"),
            ("meridian.example/feeds/world.atom", "Meridian World"), ("tirta.example/rss.xml", "Tirta")))

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
            self.process.stdout.close()


class Screen:
    """A terminal of tmux's own server with kawat, or a shell that started it, in it."""

    def __init__(self, home, *args, cols=80, rows=24, shell=False):
        # a server that is being killed keeps its socket for a moment: each screen has its own
        self.socket = tempfile.mktemp(prefix="tmux-", dir=home.path)
        env = dict(home.env, TERM="screen-256color")
        env.pop("TMUX", None)
        command = ["sh"] if shell else [KAWAT, *args]
        subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", "new-session", "-d", "-x", str(cols), "-y",
                        str(rows), "--", *command], env=env, check=True)
        self.tmux("set-option", "-g", "remain-on-exit", "on")
        self.tmux("set-option", "-g", "escape-time", "0")

    def tmux(self, *args):
        return subprocess.run(["tmux", "-S", self.socket, *args], capture_output=True, text=True).stdout

    def text(self):
        return self.tmux("capture-pane", "-p")

    def lines(self):
        return self.text().split("\n")

    def keys(self, *keys):
        for key in keys:
            self.tmux("send-keys", key)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def click(self, row, col):
        """The left button, pressed and let go on a cell (from 0), as the terminal says it (SGR)."""
        for end in "Mm":
            self.tmux("send-keys", "-l", f"\x1b[<0;{col + 1};{row + 1}{end}")

    def expect(self, text, patience=PATIENCE):
        try:
            wait_for(text, lambda: text in self.text(), patience)
        except AssertionError:
            raise AssertionError(f"the screen never showed {text!r}; it shows:\n{self.text()}") from None

    def gone(self, text):
        try:
            wait_for(text, lambda: text not in self.text())
        except AssertionError:
            raise AssertionError(f"the screen goes on showing {text!r}:\n{self.text()}") from None

    def still(self):
        """The screen when it no longer changes."""
        last, same = self.text(), 0
        end = time.monotonic() + PATIENCE
        while same < 4 and time.monotonic() < end:
            time.sleep(0.03)
            now = self.text()
            same = same + 1 if now == last else 0
            last = now
        return last

    def resize(self, cols, rows):
        self.tmux("resize-window", "-x", str(cols), "-y", str(rows))

    def pid(self):
        return int(self.tmux("display-message", "-p", "#{pane_pid}").strip())

    def dead(self):
        return self.tmux("display-message", "-p", "#{pane_dead}").strip() == "1"

    def status(self):
        """The exit status, or the number of the signal, as text."""
        def ended():
            # tmux now and then misses the end of its child; another SIGCHLD makes it look again
            os.kill(int(self.tmux("display-message", "-p", "#{pid}")), signal.SIGCHLD)
            return self.tmux("display-message", "-p", "#{pane_dead_status} #{pane_dead_signal}").split()
        wait_for("the end of kawat", self.dead)
        return wait_for("its exit status", ended)[0]

    def close(self):
        self.tmux("kill-server")


def children(pid):
    """The processes that pid started, by name."""
    found = {}
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as f:
            for child in map(int, f.read().split()):
                with open(f"/proc/{child}/comm") as name:
                    found[name.read().strip()] = child
    except OSError:
        pass
    return found


def play(*scenes):
    """Run each scene with a HOME of its own; say which failed."""
    failed = 0
    for scene in scenes:
        home = Home()
        try:
            scene(home)
            print("ok  ", scene.__name__)
        except Exception as error:  # one scene's failure does not hide the others'
            failed += 1
            print("FAIL", scene.__name__, error)
        finally:
            for name in os.listdir(home.path):
                if name.startswith("tmux-"):
                    subprocess.run(["tmux", "-S", os.path.join(home.path, name), "kill-server"], capture_output=True)
            home.remove()
    sys.exit(1 if failed else 0)
