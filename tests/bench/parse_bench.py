#!/usr/bin/env python3
"""Does every repair take time in proportion?  `kawat parse` of feeds with one kind of fault everywhere, at a
size and at twice that (4 and 8 MB, or as the argument says): CPU seconds of all its processes, medians, and
how they grow; 2 is linear.  Exit 1 when one grows by more than 2.5."""
import os
import resource
import statistics
import subprocess
import sys
import tempfile

from bench import KAWAT

SIZE = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 4000000
ROUNDS, MOST = 5, 2.5
HEAD = b'<?xml version="1.0" encoding="%s"?>\n<rss version="2.0"><channel><title>Uji</title>\n'
TAIL = b"</channel></rss>\n"
TEXT = b"Kapal tiba di pelabuhan saat hujan, kata seorang nakhoda. " * 4


def item(text, title=b"Kabar"):
    return b"<item><title>%s</title><description>%s</description></item>\n" % (title, text)


def feed(unit, head=HEAD % b"UTF-8", tail=TAIL, before=b""):
    """As many units as the size has room for."""
    return lambda size: before + head + unit * ((size - len(head)) // len(unit)) + tail


def flood(unit):
    """Inside one description, which is never much longer than a field may be."""
    return lambda size: HEAD % b"UTF-8" + item(unit * (500000 // len(unit))) * (size // 500000) + TAIL


def json(unit):
    return lambda size: b'{"version":"https://jsonfeed.org/version/1.1","items":[' + \
        b",".join([unit] * (size // len(unit))) + b"]}"


KINDS = {
    "well-formed": feed(item(TEXT)),
    "well-formed, CDATA": feed(item(b"<![CDATA[<p>" + TEXT + b"</p>]]>")),
    "windows-1252": feed(item(TEXT + b"caf\xe9"), HEAD % b"windows-1252"),
    "a DOCTYPE": feed(item(TEXT + b"&x;"), b'<!DOCTYPE rss [<!ENTITY x "y">]>' + (HEAD % b"UTF-8")[39:]),
    "stray &": feed(item(TEXT + b" & R&D &")),
    "stray & everywhere": flood(b"&"),
    "stray <": feed(item(TEXT + b" 2 < 3 <3 a<b ")),
    "stray < everywhere": flood(b"<"),
    "tags that begin in tags": flood(b"<a "),
    "undeclared entities": feed(item(TEXT + b"&nbsp;&mdash;&unknown;")),
    "wrong references": feed(item(TEXT + b"&#0;&#xD83D;&#xDE00;&#146;&#99999999;")),
    "one endless reference": flood(b"&#1111111111"),
    "control characters": feed(item(TEXT + b"\x01\x02\x1f")),
    "control characters everywhere": flood(b"\x01"),
    "bytes that are no UTF-8": feed(item(TEXT + "café".encode() + b"caf\xe9")),
    "unclosed <b>": feed(item(b"<b>" + TEXT)),
    "unclosed <p>": feed(item((b"<p>" + TEXT[:60]) * 4)),
    "crossed tags": feed(item(b"<b><i>" + TEXT + b"</b></i>")),
    "nesting without end": flood(b"<b>"),
    "end tags without a start": flood(b"</b>"),
    "unknown end tags": flood(b"</xyzzy>"),
    "misspelt end tags": feed(b"<item><title>Kabar</titel><description>" + TEXT + b"</descripton></item>\n"),
    "items never closed": feed(b"<item><title>Kabar</title><description>" + TEXT + b"</description>\n"),
    "titles never closed": feed(b"<item><title>Kabar<link>http://a.example/</link></item>\n"),
    "odd attributes": feed(item(b"<a href=http://a.example/x?y&z disabled>" + TEXT + b"</a>")),
    "quotes never closed": feed(item(b'<a href="x>' + TEXT + b"</a>")),
    "broken comments": feed(b"<!-- a -- b --->" + item(TEXT)),
    "one comment of dashes": flood(b"<!--" + b"-" * 400),
    "instructions without ?>": flood(b"<?x>"),
    "declarations": flood(b"<!x>"),
    "CDATA openers": flood(b"<![CDATA["),
    "brackets": flood(b"]]"),
    "many categories": feed(b"<item>" + b"".join(b"<category>c%d</category>" % i for i in range(900)) + b"</item>"),
    "many name spaces": feed(b"<item><a %s><b:c/></a></item>" % b" ".join(b'xmlns:n%d="u%d"' % (i, i)
                                                                       for i in range(120))),
    "cut": feed(item(TEXT), tail=b"<item><title>Kab"),
    "JSON Feed": json(b'{"id":"1","title":"Kabar","content_text":"' + TEXT + b'"}'),
    "JSON Feed with faults": json(b'{"id":1e999,"title":"Ka\\ud83dbar\\\'","content_text":"' + TEXT + b'\t\n",}'),
}


def cpu(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    p = subprocess.run([KAWAT, "parse", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert p.returncode == 0, p.stderr
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(folder, make):
    paths = []
    for factor in (1, 2):
        paths.append(os.path.join(folder, str(factor)))
        with open(paths[-1], "wb") as f:
            f.write(make(factor * SIZE))
    rounds = [[cpu(path) for path in paths] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*rounds)]


def main():
    steep, empty = [], None
    with tempfile.TemporaryDirectory() as folder:
        empty = measure(folder, lambda size: HEAD % b"UTF-8" + TAIL)[0]
        print(f"{'':32} {SIZE / 1e6:6.1f} MB  {2 * SIZE / 1e6:6.1f} MB   growth   ns a byte  (less {empty:.3f} s of start)")
        for name, make in KINDS.items():
            once, twice = (max(t - empty, 0.001) for t in measure(folder, make))
            print(f"{name:32} {once:7.3f} s  {twice:7.3f} s   {twice / once:6.2f}   {twice * 1e9 / 2 / SIZE:9.1f}", flush=True)
            if twice / once > MOST and twice > 0.05:
                steep.append(name)
    if steep:
        sys.exit(f"more than linear: {', '.join(steep)}")


if __name__ == "__main__":
    main()
