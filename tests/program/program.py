"""What the tests of the whole program share: a HOME, servers on loopback, and how they are played.

A test is a function that takes a Home; `play` gives each one of its own and says which failed.
KAWAT names the program, TEST_SRCDIR the tests' folder.  Python 3 standard library only.
"""
import os
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scene"))
from scene import KAWAT, TESTS, Home, Server, children, skip, wait_for  # noqa: E402,F401

WIRE = os.path.join(TESTS, "wire")
RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"


def expect(status, *said):
    """A function that checks (status, output, errors) of Home.run: the status, one clear line an error,
    and that each text of said is in the errors."""
    def check(result):
        got, out, err = result
        assert got == status, f"exit status {got} instead of {status}: {err or out[:300]}"
        for line in err.splitlines():
            assert line.startswith("kawat: "), f"not a message: {line!r}"
            assert all(c.isprintable() for c in line), f"not clean: {line!r}"
        for text in said:
            assert text in err, f"{text!r} is not said in {err!r}"
        if status not in (0, 1) and not said:
            assert err, "nothing is said"
        return out, err
    return check


class Replay:
    """A home whose requests are answered from the sample wire, without network or server."""

    def __init__(self, home, folder="data"):
        self.home = home
        self.args = ["--replay", WIRE, "-d", os.path.join(home.path, folder)]

    def __call__(self, *args, **more):
        return self.home.run(*self.args, *args, **more)

    def json(self, *args):
        return self.home.json(*self.args, *args)

    def id_of(self, part):
        found = [s for s in self.json("list", "--all", "--format", "json") if part in s["url"]]
        assert len(found) == 1, (part, found)
        return found[0]["id"]


class Odd:
    """A server that answers as it is told: {path: (status, type, body)}, with the faults of real ones."""

    def __init__(self, answers):
        self.answers, self.asked, self.heads = dict(answers), [], []
        odd = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                odd.asked.append(self.path)
                odd.heads.append(dict(self.headers.items()))
                status, kind, body, *fault = odd.answers.get(self.path, (404, "text/plain", b"no"))
                body = body if isinstance(body, bytes) else body.encode()
                body = body.replace(b"@HERE@", odd.address.encode())
                self.send_response(status)
                self.send_header("Content-Type", kind)
                for name, value in (fault[0] if fault and isinstance(fault[0], dict) else {}).items():
                    self.send_header(name, value.replace("@HERE@", odd.address))
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if fault and fault[0] == "cut":
                    body = body[:len(body) * 2 // 3]
                    self.close_connection = True
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.host = self.address[7:]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Sample:
    """The sample wire over HTTP, stopped at the end of the block or before."""

    def __enter__(self):
        self.server, self.running = Server(), True
        return self

    def __getattr__(self, name):
        return getattr(self.server, name)

    def stop(self):
        if self.running:
            self.server.stop()
        self.running = False

    def asked(self, status=None):
        """How many requests were answered (with that status), robots.txt aside."""
        seen = self.server.control("stats")["requests"]
        return sum(n for path, answers in seen.items() if not path.endswith("/robots.txt")
                   for code, n in answers.items() if status in (None, int(code)))

    def __exit__(self, *_):
        self.stop()


TEXT = ("Warga menunggu di dermaga sejak pagi, sebagian membawa payung dan keranjang untuk hasil tangkapan.",
        "Menurut nakhoda itu, pelayaran dari pulau seberang memakan waktu empat jam karena angin berbalik arah.",
        "Pasar dibuka kembali setelah hujan reda, dan harga ikan turun tipis dibandingkan dengan hari sebelumnya.",
        "Petugas pelabuhan mencatat dua belas kapal bersandar sampai tengah hari, lebih banyak daripada biasanya.",
        "Syahbandar meminta pemilik perahu kecil menunda pelayaran jauh selama tiga hari karena gelombang masih tinggi.",
        "Kapal berikutnya dijadwalkan tiba pada hari Kamis.")


def rss(n, title="Warta Uji", extra=""):
    """A feed of n stories with their full text."""
    items = "".join(
        f"<item><title>Kabar ke-{i} dari Uji</title><link>https://uji.example/{i}</link><guid>u{i}</guid>"
        f"<pubDate>Tue, 24 Nov 2026 0{i % 10}:00:00 +0700</pubDate>"
        f"<description>Isi kabar ke-{i}: kapal, pasar dan hujan.</description>{extra}<content:encoded>"
        f"&lt;p&gt;Isi kabar ke-{i}: kapal tiba di pasar saat hujan, kata seorang nakhoda.&lt;/p&gt;" +
        "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in TEXT) + "</content:encoded></item>" for i in range(n))
    return f'<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">' \
           f"<channel><title>{title}</title>" \
           f"<link>https://uji.example/</link>{items}</channel></rss>"


def stories(home, *query):
    """What is stored, by address."""
    status, out, err = home.run("list", "--all", *query, "--format", "json")
    if status == 1:
        return {}
    assert status == 0, (status, err)
    import json
    return {s["url"]: s for s in json.loads(out)}


def family(pid):
    """pid and all that it started, as far as they live."""
    found, queue = {}, [pid]
    while queue:
        one = queue.pop()
        for name, child in children(one).items():
            found[name] = child
            queue.append(child)
    return found


def play(*tests):
    """Play the tests, or those that the command line names; exit 1 when one failed."""
    names = sys.argv[1:]
    failed = 0
    for test in tests:
        if names and test.__name__ not in names:
            continue
        home, begin = Home(), time.monotonic()
        try:
            why = test(home)
            print("skip" if why else "ok  ", test.__name__, f"{time.monotonic() - begin:.2f} s", why or "")
        except Exception as error:  # one failure does not hide the others
            failed += 1
            at = traceback.extract_tb(error.__traceback__)
            at = next((f for f in reversed(at) if f.filename.endswith("_test.py")), at[-1])
            print("FAIL", test.__name__, f"line {at.lineno}:", at.line, "--", repr(error)[:1500])
        finally:
            home.remove()
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
