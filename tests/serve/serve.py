#!/usr/bin/env python3
"""The tests' web server: the sample wire on 127.0.0.1.

    serve.py [--root DIR] [--later DIR] [--port 0] [--rewrite]
             [--ready FILE] [--log FILE] [--lifetime SECONDS]

A request is answered from ROOT/HOST/PATH, where HOST is the Host header when ROOT has such a
folder, else the first part of the path: http://127.0.0.1:PORT/nusa.example/rss/terkini.xml.
PATH.http gives status and headers, as for `kawat --replay`.  A path that ends in '/' is its
index.html.  Bodies have an ETag and a Last-Modified, answer conditional requests with 304, and go
out in gzip when asked.

--rewrite   addresses of the hosts under ROOT in bodies and Location headers, and addresses that
            begin with '/', become addresses of this server; then links between pages work here
--later     a folder like ROOT with what changes; it counts after /-/later (default: ROOT + "2")
--ready     the address is written there when the server listens, in one piece; it is also the
            first line of standard output
--log       one line of JSON a request: at, host, path, status, bytes, headers
--lifetime  stop after so many seconds (default 600).  It also stops when its parent dies.

Control (GET, answers JSON); HOST may be left out for all hosts:
    /-/stats                          {"requests": {"HOST/PATH": {"200": n}}, "total": n}
    /-/reset                          forget the counts, faults and the later state
    /-/later      /-/sooner           answer from the later state; from the first one again
    /-/down?host=HOST                 close the connection without an answer
    /-/down?host=HOST&status=503&retry-after=60
                                      answer with that status
    /-/slow?host=HOST&ms=200          wait before each answer
    /-/hold?host=HOST                 take requests and answer none until /-/up
    /-/up?host=HOST                   back to normal

Python 3 standard library only.
"""
import argparse
import gzip
import hashlib
import json
import os
import re
import sys
import threading
import time
from email.utils import formatdate, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

MIN_GZIP_BYTES = 200  # below, gzip makes bodies longer
HOLD_STEP_S = 0.05
TYPES = {".html": "text/html", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
         ".atom": "application/atom+xml", ".rdf": "application/rdf+xml"}


class Wire:
    """What is served and what was asked for; one lock for all of it."""

    def __init__(self, root, later, log):
        self.root, self.later_root = root, later
        self.hosts = {h for folder in (root, later) if os.path.isdir(folder)
                      for h in os.listdir(folder) if os.path.isdir(os.path.join(folder, h))}
        self.lock = threading.Lock()
        self.log = open(log, "a", encoding="utf-8", buffering=1) if log else None
        self.reset()

    def reset(self):
        with self.lock:
            self.later = False
            self.requests = {}
            self.faults = {}

    def fault(self, host):
        with self.lock:
            return self.faults.get(host) or self.faults.get("")

    def set_fault(self, host, fault):
        with self.lock:
            if fault:
                self.faults[host] = fault
            elif host:
                self.faults.pop(host, None)
            else:
                self.faults.clear()

    def count(self, host, path, status, n_bytes, headers):
        with self.lock:
            seen = self.requests.setdefault(host + path, {})
            seen[str(status)] = seen.get(str(status), 0) + 1
            if self.log:
                self.log.write(json.dumps({"at": round(time.time(), 3), "host": host,
                                           "path": path, "status": status, "bytes": n_bytes,
                                           "headers": headers}) + "\n")

    def find(self, host, path):
        """The file that answers, or None.  Also a path that only has a .http file."""
        name = unquote(path).lstrip("/")
        if not name or name.endswith("/"):
            name += "index.html"
        if ".." in name.split("/") or "\0" in name:
            return None
        for folder in ([self.later_root] if self.later else []) + [self.root]:
            file = os.path.join(folder, host, name)
            if os.path.isfile(file) or os.path.isfile(file + ".http"):
                return file
        return None

    def answer(self, file):
        """(status, reason, headers, body) of a file and its .http."""
        status, reason, headers, body = 200, "OK", {}, b""
        if os.path.isfile(file):
            with open(file, "rb") as f:
                body = f.read()
            headers["Last-Modified"] = formatdate(os.path.getmtime(file), usegmt=True)
        headers["Content-Type"] = TYPES.get(os.path.splitext(file)[1], "text/html")
        if os.path.isfile(file + ".http"):
            with open(file + ".http", encoding="utf-8") as f:
                lines = f.read().splitlines()
            code, _, reason = lines[0].partition(" ")
            status = int(code)
            for line in lines[1:]:
                name, colon, value = line.partition(":")
                if colon:
                    headers[name.strip()] = value.strip()
        return status, reason, headers, body


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave in one packet
    wire = None
    rewrite = False

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        parts = urlsplit(self.path)
        if parts.path.startswith("/-/"):
            self.control(parts.path[3:], {k: v[0] for k, v in parse_qs(parts.query).items()})
            return
        host, path = self.place(parts.path)
        if not self.troubled(host, path):
            self.serve(host, path)

    def place(self, path):
        host = self.headers.get("Host", "").split(":")[0].lower()
        if host in self.wire.hosts:
            return host, path
        host, _, rest = path.lstrip("/").partition("/")
        return host, "/" + rest

    def serve(self, host, path):
        file = self.wire.find(host, path)
        if not file:
            self.send(host, path, 404, "Not Found", {"Content-Type": "text/plain"}, b"not here\n")
            return
        status, reason, headers, body = self.wire.answer(file)
        if self.rewrite:
            body = self.rewritten(host, body)
            if "Location" in headers:
                headers["Location"] = self.rewritten(
                    host, headers["Location"].encode()).decode()
        if status == 200:
            headers["ETag"] = '"' + hashlib.sha1(body).hexdigest()[:20] + '"'
            if self.unchanged(headers):
                kept = {k: headers[k] for k in ("ETag", "Last-Modified", "Cache-Control")
                        if k in headers}
                self.send(host, path, 304, "Not Modified", kept, None)
                return
        self.send(host, path, status, reason, headers, body)

    def unchanged(self, headers):
        known = self.headers.get("If-None-Match")
        if known is not None:  # RFC 9110 13.1.3: then If-Modified-Since does not count
            return headers["ETag"] in [x.strip().removeprefix("W/") for x in known.split(",")]
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
            return parsedate_to_datetime(headers["Last-Modified"]) <= since
        except (KeyError, TypeError, ValueError):
            return False

    def rewritten(self, host, body):
        base = b"http://127.0.0.1:%d/" % self.server.server_port
        hosts = b"|".join(re.escape(h.encode()) for h in sorted(self.wire.hosts, key=len,
                                                                reverse=True))
        body = re.sub(b"(href|src|action)=([\"'])/(?!/)",
                      lambda m: m.group(1) + b"=" + m.group(2) + b"/" + host.encode() + b"/", body)
        return re.sub(b"https?://(" + hosts + b")(?![\\w.-])", lambda m: base + m.group(1), body)

    def send(self, host, path, status, reason, headers, body):
        if body is not None and len(body) > MIN_GZIP_BYTES and \
                "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            headers = dict(headers, **{"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
        self.wire.count(host, path, status, len(body or b""), dict(self.headers.items()))
        self.send_response(status, reason)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body is not None and self.command != "HEAD":
            self.wfile.write(body)

    def troubled(self, host, path):
        """Act out a fault.  True: there is nothing more to answer."""
        fault = self.wire.fault(host)
        if not fault:
            return False
        if fault["kind"] == "slow":
            time.sleep(fault["ms"] / 1000)
            return False
        if fault["kind"] == "hold":
            self.wire.count(host, path, 0, 0, dict(self.headers.items()))
            while self.wire.fault(host) == fault:
                time.sleep(HOLD_STEP_S)
            return False
        if fault.get("status"):
            headers = {"Content-Type": "text/plain"}
            if fault.get("retry-after"):
                headers["Retry-After"] = fault["retry-after"]
            self.send(host, path, fault["status"], "Fault", headers, b"on purpose\n")
            return True
        self.wire.count(host, path, 0, 0, dict(self.headers.items()))
        self.close_connection = True
        return True

    def control(self, verb, query):
        wire, host = self.wire, query.get("host", "")
        if verb == "stats":
            pass
        elif verb == "reset":
            wire.reset()
        elif verb in ("later", "sooner"):
            wire.later = verb == "later"
        elif verb == "down":
            wire.set_fault(host, {"kind": "down", "status": int(query.get("status", 0)),
                                  "retry-after": query.get("retry-after")})
        elif verb == "slow":
            wire.set_fault(host, {"kind": "slow", "ms": int(query.get("ms", 200))})
        elif verb == "hold":
            wire.set_fault(host, {"kind": "hold"})
        elif verb == "up":
            wire.set_fault(host, None)
        else:
            self.reply_json(404, {"error": "no such control"})
            return
        with wire.lock:
            total = sum(n for seen in wire.requests.values() for n in seen.values())
            state = {"requests": wire.requests, "total": total, "later": wire.later,
                     "faults": wire.faults}
            self.reply_json(200, state)

    def reply_json(self, status, value):
        body = json.dumps(value, sort_keys=True).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that went away is no news


def write_ready(file, text):
    with open(file + ".part", "w", encoding="utf-8") as f:
        f.write(text)
    os.replace(file + ".part", file)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    p = argparse.ArgumentParser(description="the sample wire on 127.0.0.1")
    p.add_argument("--root", default=os.path.join(os.path.dirname(here), "wire"))
    p.add_argument("--later")
    p.add_argument("--port", type=int, default=0)
    p.add_argument("--rewrite", action="store_true")
    p.add_argument("--ready")
    p.add_argument("--log")
    p.add_argument("--lifetime", type=float, default=600)
    a = p.parse_args()
    if not os.path.isdir(a.root):
        sys.exit(f"serve.py: no such folder: {a.root}")
    parent = os.getppid()

    Handler.wire = Wire(a.root, a.later or a.root.rstrip("/") + "2", a.log)
    Handler.rewrite = a.rewrite
    server = Server(("127.0.0.1", a.port), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(address, flush=True)
    if a.ready:
        write_ready(a.ready, address + "\n")
    end = time.monotonic() + a.lifetime
    while time.monotonic() < end and os.getppid() == parent:
        time.sleep(0.1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
