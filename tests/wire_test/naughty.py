"""A small server that misbehaves, for hostile_test.py: 127.0.0.1 only, two origins, a log of what was asked.

Each endpoint is a function of the connection.  The larger one of the team's cases is used as well when
KAWAT_HOSTILE names its folder."""
import gzip, socket, struct, threading, time

PLACES = {}
ITEM = ("<item><title>Pasar %d buka lagi</title><link>http://127.0.0.1/pasar/%d</link>"
        "<guid isPermaLink='false'>pasar-%d</guid><description>Pedagang kembali.</description></item>")


def feed(first=1, n=2):
    return ("<?xml version='1.0'?><rss version='2.0'><channel><title>Pasar</title>"
            + "".join(ITEM % (i, i, i) for i in range(first, first + n)) + "</channel></rss>").encode()


def place(path):
    def keep(f):
        PLACES[path] = f
        return f
    return keep


class Visit:
    def __init__(self, server, sock, origin, head):
        lines = head.decode("latin-1").split("\r\n")
        self.server, self.sock, self.origin = server, sock, origin
        self.path = lines[0].split(" ")[1]
        self.headers = {k.lower(): v.strip() for k, _, v in (l.partition(":") for l in lines[1:])}

    def raw(self, data):
        self.sock.sendall(data)

    def answer(self, body=b"", status="200 OK", headers=(), length=None):
        lines = ["HTTP/1.1 " + status, "Connection: close",
                 "Content-Length: %d" % (len(body) if length is None else length)]
        lines += ["%s: %s" % h for h in headers]
        self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def other(self, path):
        return "http://127.0.0.1:%d%s" % (self.server.ports[1], path)


@place("/ok")
def ok(v):
    if v.headers.get("if-none-match") == '"1"':
        return v.answer(status="304 Not Modified", headers=[("ETag", '"1"')])
    v.answer(feed(), headers=[("ETag", '"1"'), ("Set-Cookie", "sid=1; Path=/")])


@place("/same")
def same(v):  # no validators, the same bytes each time
    v.answer(feed(100))


@place("/growing")
def growing(v):
    v.answer(feed(200, v.server.count["/growing"]))


@place("/arsip")
def archive(v):  # Atom with archives (RFC 5005): 3, then 2, 1, 0, which points to itself
    n = int(v.path.partition("?")[2] or 3)
    v.answer(b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Arsip</title><id>urn:a</id>"
             b"<updated>2025-01-01T00:00:00Z</updated><link rel='prev-archive' href='/arsip?%d'/><entry><id>urn:a:%d</id>"
             b"<title>Tahun %d</title><updated>2025-01-01T00:00:00Z</updated><link href='http://127.0.0.1/t/%d'/>"
             b"<content>Isi.</content></entry></feed>" % (max(n - 1, 0), n, n, n), headers=[("ETag", '"a"')])


@place("/gzip")
def zipped(v):
    v.answer(gzip.compress(feed()), headers=[("Content-Encoding", "gzip")])


@place("/gzip-cut")
def gzip_cut(v):
    v.answer(gzip.compress(feed(1, 50))[:-9], headers=[("Content-Encoding", "gzip")])


@place("/brotli")
def brotli(v):
    v.answer(feed(), headers=[("Content-Encoding", "br")])


@place("/short")
def short(v):
    v.answer(feed(1, 40), length=100000)


@place("/reset")
def reset(v):
    v.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@place("/once-reset")
def once_reset(v):  # the second try succeeds
    if v.server.count["/once-reset"] == 1:
        return reset(v)
    v.answer(feed(300))


@place("/hang")
def hang(v):
    time.sleep(20)


@place("/empty")
def empty(v):
    v.answer(b"")


@place("/page")
def page(v):
    v.answer(b"<!doctype html><title>Pasar</title><link rel=alternate type=application/rss+xml "
             b"title='Pasar' href=/ok><link rel=alternate type=application/rss+xml title='Komentar' href=/x>"
             b"<p>Selamat datang", headers=[("Content-Type", "text/html")])


@place("/large")
def large(v):
    v.raw(b"HTTP/1.0 200 OK\r\n\r\n" + feed(1000, 3000))  # no length, up to the end


@place("/busy")
def busy(v):
    v.answer(status="503 Busy", headers=[("Retry-After", "600")])


@place("/gone")
def gone(v):
    v.answer(status="410 Gone")


@place("/denied")
def denied(v):
    v.answer(status="403 No \x1b]52;c;eA==\x07")


@place("/moved")
def moved(v):
    v.answer(status="301 Moved", headers=[("Location", "/ok")])


@place("/away")
def away(v):
    v.answer(status="302 Found", headers=[("Location", v.other("/ok"))])


@place("/away-secret")
def away_secret(v):
    v.answer(status="302 Found",
             headers=[("Location", v.other("/ok").replace("//", "//siti:rahasia@")), ("Set-Cookie", "sid=2")])


@place("/loop")
def loop(v):
    v.answer(status="302 Found", headers=[("Location", "/loop")])


@place("/to-file")
def to_file(v):
    v.answer(status="302 Found", headers=[("Location", "file:///etc/passwd")])


@place("/robots.txt")
def robots(v):
    v.answer(b"User-agent: *\nDisallow: /tertutup\n")


@place("/tertutup")
@place("/cerita")
def story(v):
    v.answer(b"<!doctype html><html lang=id><head><title>Pasar Ambon buka lagi</title></head><body><article>"
             b"<h1>Pasar Ambon buka lagi</h1>" + b"<p>Ambon (ANTARA) - Pedagang di Pasar Mardika kembali berjualan "
             b"setelah perbaikan selesai, kata kepala pasar pada hari Senin.</p>" * 6 + b"</article></body></html>",
             headers=[("Content-Type", "text/html; charset=utf-8")])


class Server:
    def __init__(self):
        self.count, self.log, self.lock = {}, [], threading.Lock()
        self.socks = [socket.create_server(("127.0.0.1", 0), backlog=64) for _ in range(2)]
        self.ports = [s.getsockname()[1] for s in self.socks]
        for i, s in enumerate(self.socks):
            threading.Thread(target=self.serve, args=(s, i), daemon=True).start()

    def url(self, path):
        return "http://127.0.0.1:%d%s" % (self.ports[0], path)

    def serve(self, listener, origin):
        while True:
            sock, _ = listener.accept()
            threading.Thread(target=self.visit, args=(sock, origin), daemon=True).start()

    def visit(self, sock, origin):
        try:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = sock.recv(65536)
                if not piece:
                    return
                head += piece
            v = Visit(self, sock, origin, head)
            path = v.path.partition("?")[0]
            with self.lock:
                self.count[path] = self.count.get(path, 0) + 1
                self.log.append((origin, v.path, v.headers))
            PLACES.get(path, lambda w: w.answer(status="404 Not Found"))(v)
        except OSError:
            pass
        finally:
            sock.close()
