#!/usr/bin/env python3
"""Feeds for the benches, the same bytes for the same numbers, and a server for them on loopback.

    feeds.py FEEDS ITEMS [LATENCY_MS]

serves /0.xml to /FEEDS-1.xml until its parent ends or closes its standard input; the first line it
prints is its address.  Answers have an ETag and come late by LATENCY_MS; a conditional request for the
same is answered 304.  One thread: what it costs is small beside any reader.
"""
import asyncio
import random
import subprocess
import sys
from email.utils import formatdate

NEWEST = 1767225600  # 1 January 2026, UTC
WORDS = ("kapal pasar hujan nelayan kota sungai jembatan sekolah guru panen harga beras menteri warga pulau "
         "gunung jalan kereta bandara pelabuhan musim angin laut hutan rumah desa kabupaten provinsi rapat "
         "anggaran proyek listrik air bersih kesehatan rumah sakit dokter perawat atlet lomba juara piala "
         "tim pelatih stadion penonton tiket konser musik film buku penulis bahasa budaya tari batik").split()
COMMON, RARE = "kapal", "lumbungwatu"


def item(feed, n, every):
    """One story: about 1.2 KB of text in three paragraphs."""
    r = random.Random(feed * 1000003 + n)
    title = " ".join(r.choices(WORDS, k=8)).capitalize()
    body = "".join("<p>" + " ".join(r.choices(WORDS, k=60)).capitalize() + ".</p>" for _ in range(3))
    if n == 7 and feed % 100 == 3:
        title += " " + RARE
    link = f"https://bench.example/{feed}/{n}"
    return (f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{formatdate(NEWEST - n * every - feed)}</pubDate>"
            f"<description><![CDATA[{body}]]></description></item>")


def feed(number, items, every=3600):
    head = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Warta {number}</title>' \
           f"<link>https://bench.example/{number}/</link>"
    return (head + "".join(item(number, n, every) for n in range(items)) + "</channel></rss>").encode()


class Feeds:
    """The server as a process of its own."""

    def __init__(self, feeds, items, latency_ms=0):
        self.process = subprocess.Popen([sys.executable, __file__, str(feeds), str(items), str(latency_ms)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        self.count = feeds

    def lines(self, first=0, quoted=True):
        return "".join(f"{self.address}/{i}.xml" + (f' "Warta {i}"' if quoted else "") + "\n"
                       for i in range(first, self.count))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


async def answer(reader, writer, bodies, latency):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split()[1]
            name = path[1:].removesuffix(".xml")
            body = bodies.get(int(name)) if name.isdigit() else None
            if latency:
                await asyncio.sleep(latency)
            tag = f'"{name}"'
            known = any(line.lower() == f'if-none-match: {tag}' for line in head)
            status = "404 Not Found" if body is None else "304 Not Modified" if known else "200 OK"
            send = b"" if body is None or known else body
            length = "" if known else f"Content-Length: {len(send)}\r\n"
            writer.write((f"HTTP/1.1 {status}\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n"
                          f"{length}\r\n").encode() + send)
            await writer.drain()
    except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve(n_feeds, items, latency):
    bodies = {i: feed(i, items) for i in range(n_feeds)}
    server = await asyncio.start_server(lambda r, w: answer(r, w, bodies, latency), "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float((sys.argv + [0])[3]) / 1000))
