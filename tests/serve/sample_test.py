#!/usr/bin/env python3
"""Checks of the sample wire and of serve.py.   sample_test.py TESTS-FOLDER

The wire: feeds are well-formed, tirta is really windows-1252, a page's canonical address is its
own, and every link to a story leads to a file.  The server: validators, gzip, rewriting, faults,
the later state, counts, and that it ends with its parent.
"""
import gzip
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from urllib.parse import urljoin

TESTS = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))
WIRE, LATER = os.path.join(TESTS, "wire"), os.path.join(TESTS, "wire2")
SERVE = os.path.join(TESTS, "serve", "serve.py")
FEEDS = {"nusa.example/rss/terkini.xml": 22, "kabarselatan.example/index.rdf": 12,
         "meridian.example/feeds/world.atom": 15, "tirta.example/rss.xml": 12}
STORY = re.compile(r"https?://[\w.]+\.example/(berita/\d+/|\d{4}/\d\d/\d\d/|a/\d{8}/|(en|fr)/\d{4}/)")
WAIT_S = 10


def load(path):
    with open(path, "rb") as f:
        return f.read()


def pages(root):
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            address = "https://" + os.path.relpath(path, root)
            if STORY.match(address) and not name.endswith(".http"):
                yield address, path


def text_of(path):
    return load(path).decode("windows-1252" if "/tirta.example/" in path else "utf-8")


class SampleWire(unittest.TestCase):
    def test_feeds_are_well_formed(self):
        for name, expected in FEEDS.items():
            root = ElementTree.fromstring(load(os.path.join(WIRE, name)))
            items = [e for e in root.iter() if e.tag.split("}")[-1] in ("item", "entry")]
            self.assertEqual(len(items), expected, name)
        ElementTree.fromstring(load(os.path.join(LATER, "nusa.example/rss/terkini.xml")))

    def test_tirta_is_not_utf8(self):
        with self.assertRaises(UnicodeDecodeError):
            load(os.path.join(WIRE, "tirta.example/rss.xml")).decode("utf-8")

    def test_pages_know_their_address(self):
        n = 0
        for root in (WIRE, LATER):
            for address, path in pages(root):
                if os.path.exists(path + ".http"):
                    continue
                found = re.search(r'rel="canonical" href="([^"]+)"', text_of(path))
                self.assertTrue(found and found.group(1) == address, address)
                n += 1
        self.assertGreaterEqual(n, 70)

    def test_every_link_to_a_story_leads_to_a_file(self):
        texts = [(a, text_of(p)) for root in (WIRE, LATER) for a, p in pages(root)]
        texts += [("https://" + f, text_of(os.path.join(WIRE, f))) for f in FEEDS]
        for address, text in texts:
            for href in re.findall(r'href="([^"#]+)"', text):
                target = urljoin(address, href.split("?")[0])
                if not STORY.match(target):
                    continue
                name = re.sub(r"^https?://", "", target)
                self.assertTrue(any(os.path.exists(os.path.join(root, name))
                                    for root in (WIRE, LATER)), f"{address}: {href}")


class Served(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        ready = os.path.join(self.folder.name, "ready")
        self.process = subprocess.Popen(
            [sys.executable, SERVE, "--rewrite", "--ready", ready, "--lifetime", "60"],
            stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip()
        self.assertEqual(wait_for(lambda: os.path.exists(ready) and load(ready).decode()),
                         self.base + "\n")

    def tearDown(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()

    def get(self, path, **headers):
        request = urllib.request.Request(
            self.base + path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        try:
            with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers, answer.read()

    def test_validators(self):
        feed = "/nusa.example/rss/terkini.xml"
        _, headers, _ = self.get(feed)
        self.assertEqual(self.get(feed, If_None_Match=headers["ETag"])[0], 304)
        self.assertEqual(self.get(feed, If_Modified_Since=headers["Last-Modified"])[0], 304)
        self.assertEqual(self.get(feed, If_None_Match='"another"',
                                  If_Modified_Since=headers["Last-Modified"])[0], 200)
        self.get("/-/later")
        self.assertEqual(self.get(feed, If_None_Match=headers["ETag"])[0], 200)
        self.get("/-/sooner")
        self.assertEqual(self.get(feed, If_None_Match=headers["ETag"])[0], 304)

    def test_gzip(self):
        _, headers, body = self.get("/nusa.example/rss/terkini.xml", Accept_Encoding="gzip")
        self.assertEqual(headers["Content-Encoding"], "gzip")
        self.assertIn(b"NUSA Terkini", gzip.decompress(body))

    def test_host_header_and_first_part(self):
        by_path = self.get("/tirta.example/rss.xml")[2]
        by_host = self.get("/rss.xml", Host="tirta.example")[2]
        self.assertEqual(by_path, by_host)

    def test_rewritten_links_lead_here(self):
        page = self.get("/kabarselatan.example/2026/11/23/"
                        "anak-anak-lereng-arga-belajar-di-tenda.html")[2].decode()
        self.assertNotIn("https://kabarselatan.example", page)
        link = re.search(r'tautan-baca-juga" href="([^"]+)"', page).group(1)
        self.assertEqual(self.get(link)[0], 200)

    def test_status_files(self):
        self.assertEqual(self.get("/nusa.example/berita/1544/"
                                  "radio-anggrek-rayakan-empat-puluh-tahun")[0], 410)
        self.assertEqual(self.get("/www.nusa.example/berita/4739/"
                                  "petani-vanili-sembara-tandai-polong-dengan-cap-desa")[0], 200)
        self.assertEqual(self.get("/nusa.example/..%2f..%2fserve/serve.py")[0], 404)

    def test_faults_and_counts(self):
        self.get("/-/down?host=tirta.example&status=503&retry-after=7")
        status, headers, _ = self.get("/tirta.example/rss.xml")
        self.assertEqual((status, headers["Retry-After"]), (503, "7"))
        self.assertEqual(self.get("/nusa.example/robots.txt")[0], 200)
        self.get("/-/down?host=tirta.example")
        with self.assertRaises((http.client.HTTPException, OSError)):
            self.get("/tirta.example/rss.xml")
        stats = json.loads(self.get("/-/up")[2])
        self.assertEqual(stats["requests"]["tirta.example/rss.xml"], {"503": 1, "0": 1})
        self.assertEqual(stats["total"], 3)
        self.assertEqual(self.get("/tirta.example/rss.xml")[0], 200)


class EndsWithItsParent(unittest.TestCase):
    def test_it(self):
        code = (f"import subprocess, sys; p = subprocess.Popen([sys.executable, {SERVE!r}],"
                "stdout=subprocess.PIPE, text=True); print(p.stdout.readline().strip(), p.pid)")
        said = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True,
                              check=True).stdout
        port = int(said.split()[0].rpartition(":")[2])
        self.assertTrue(wait_for(lambda: not listens(port)), "it outlived its parent")


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def wait_for(ask):
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.02)
    return None


if __name__ == "__main__":
    unittest.main()
