#!/usr/bin/env python3
"""The first start, the trail over a restart, the server gone and back, against a server on loopback."""
import os
import time

from scene import TESTS, Screen, Server, need, play, wait_for


def with_feeds(home, server):
    home.write("feeds", server.feeds())
    home.write("config", "[refresh]\nprivate-addresses = yes\n")


def first_run(home):
    """UX 14.1: an empty home and one key: headlines within a second."""
    server = Server()
    try:
        home.write("catalogue", "# English\n" + "".join(
            f"en\tSample\t{name}\t{server.address}/{path}\t{tick}\t\n" for name, path, tick in (
                ("NUSA Terkini", "nusa.example/rss/terkini.xml", "en id"),
                ("Meridian World", "meridian.example/feeds/world.atom", ""))))
        screen = Screen(home)
        screen.expect("1 feed chosen")
        began = time.monotonic()
        screen.keys("Enter")
        screen.expect("unread of 22")
        took = time.monotonic() - began
        print(f"     headlines after {took:.2f} s")
        assert took < 3, f"headlines after {took:.2f} s"  # a second when nothing else runs
        with open(home.config("feeds"), encoding="utf-8") as f:
            text = f.read()
        assert "NUSA Terkini" in text and "Meridian" not in text, text
        screen.keys("Q")
        assert screen.status() == "0"
    finally:
        server.stop()


def restart(home):
    """UX 14.6: four steps, back three, forward two, quit, start: the same story, the same line."""
    server = Server()
    try:
        with_feeds(home, server)
        screen = Screen(home)
        screen.expect("unread of 61")
        screen.keys("/")
        screen.type("Kabel laut Selat Parai tersambung")
        screen.keys("Enter", "Enter")
        for step in range(2, 6):
            screen.still()
            screen.keys("1")
            screen.expect(f"step {step} of {step}")
        for step in (4, 3, 2):
            screen.keys("H")
            screen.expect(f"step {step} of 5")
        for step in (3, 4):
            screen.keys("L")
            screen.expect(f"step {step} of 5")
        screen.keys("j", "j")
        before = screen.still().split("\n")[1:-3]
        screen.keys("Q")
        assert screen.status() == "0"
        screen.close()
        again = Screen(home)
        again.expect("step 4 of 5")
        now = again.still().split("\n")[1:-3]
        assert now == before, "\n".join(now)
        again.keys("H")
        again.expect("step 3 of 5")
    finally:
        server.stop()


def server_gone(home):
    """UX 14.7: every stored story opens, the others say what will happen, and arrive on return."""
    server = Server()
    port = server.address.rsplit(":", 1)[1]
    try:
        with_feeds(home, server)
        home.write("config", "[headlines]\ncollapse = no\n")
        screen = Screen(home)
        screen.expect("unread of 61")
        screen.still()
        server.stop()
        screen.keys("r")
        screen.expect("offline")
        screen.keys("/")
        screen.type("Kabel laut Selat Parai tersambung")
        screen.keys("Enter", "Enter")
        screen.expect("Tanjung Lembar (NUSA)")
        screen.keys("q", "/")
        screen.type("Internet Anggrek menyala")
        screen.keys("Enter", "Enter")
        screen.expect("It will be fetched when online")
        screen.keys("d", "g", "d")
        screen.expect("Internet Anggrek menyala")
        screen.keys("q")
        server = Server(port=port)
        screen.keys("q", "r")
        screen.expect("● Internet Anggrek menyala")
        screen.gone("offline")
        screen.keys("Enter")
        screen.gone("It will be fetched when online")
    finally:
        server.stop()


def update_while_reading(home):
    """New stories are added above, and the row that was chosen stays where it is."""
    server = Server()
    try:
        with_feeds(home, server)
        screen = Screen(home)
        screen.expect("unread of 61")
        screen.keys("j", "j", "j", "j", "j")
        chosen = next(line for line in screen.still().split("\n") if line.startswith("▶"))
        server.control("later")
        screen.keys("r")
        screen.expect("unread of 63")
        screen.expect("2 new. gg shows them")
        line = next(line for line in screen.still().split("\n") if line.startswith("▶"))
        assert line[:40] == chosen[:40], line
        screen.keys("g", "g")
        screen.gone("2 new. gg")
        screen.keys("/")
        screen.type("Koreksi")
        screen.keys("Enter", "Escape")
        screen.still()
    finally:
        server.stop()


def feeds_file_by_hand(home):
    server = Server()
    try:
        with_feeds(home, server)
        screen = Screen(home)
        screen.expect("unread of 61")
        with open(home.config("feeds"), "a", encoding="utf-8") as f:
            f.write(f'{server.address}/nusa.example/none.xml  "Another"\n')
        screen.keys("g", "f")
        screen.expect("5 feeds")
        screen.expect("Another")
    finally:
        server.stop()


HOSTILE = ("\x1b]0;owned\x07\x1b[31mred \u202eesrever\u202c \u2066iso\u2069 \u200b\ufeff bell\x07 "
           "\x9b2J c1 \u0085 nul")


def hostile_strings(home):
    """UX 14.8: a story of nothing but tricks; the terminal gets none of them."""
    title = "".join(f"&#{ord(c)};" if ord(c) > 126 else c for c in HOSTILE if ord(c) > 31)
    home.write("evil.xml", '<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>'
               f'Judul {title} akhir</title><link>https://evil.example/1</link><description>'
               f'Isi {title} akhir</description></item></channel></rss>')
    home.write("feeds", f'file:{home.config("evil.xml")}  "Evil ]0;x"\n')
    screen = Screen(home)
    screen.expect("unread of 1")
    for keys in ((), ("Enter",), ("t",), ("q", "i"), ("q", "q", "g", "f"), ("q", "g", "l")):
        screen.keys(*keys)
        text = screen.still()
        bad = [c for c in text if ord(c) < 32 and c != "\n" or 0x7f <= ord(c) < 0xa0 or
               c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"]
        assert not bad, (keys, bad)
    assert screen.tmux("display-message", "-p", "#{pane_title}").strip().startswith("kawat")


STORIES, FILES = 10000, 20


def many_marks(home):
    """UX 14.5: A on 10,000 stories, u: the marks are as before; the screen answers meanwhile."""
    lines = []
    for f in range(FILES):
        items = "".join(f"<item><title>Berita nomor {f * 500 + i}</title><link>https://banyak.example/{f}/{i}</link>"
                        f"<pubDate>Tue, 24 Nov 2026 {i % 24:02}:{i % 60:02}:00 +0700</pubDate></item>"
                        for i in range(STORIES // FILES))
        home.write(f"f{f}.xml", f'<?xml version="1.0"?><rss version="2.0"><channel><title>f{f}</title>{items}'
                   "</channel></rss>")
        lines.append(f'file:{home.config(f"f{f}.xml")}  "F{f}"\n')
    home.write("feeds", "".join(lines))
    home.run("-q", "refresh")
    screen = Screen(home)
    screen.expect("10,000 unread of 10,000")
    screen.keys("m")
    screen.expect("9,999 unread of 10,000")
    screen.keys("A")
    began = time.monotonic()
    screen.keys("j")
    screen.expect("\n▶")
    assert time.monotonic() - began < 1
    screen.expect(" 0 unread of 10,000")
    screen.keys("u")
    screen.expect("9,999 unread of 10,000")
    screen.keys("Q")
    assert screen.status() == "0"


if __name__ == "__main__":
    need("tmux")
    play(first_run, restart, server_gone, update_while_reading, feeds_file_by_hand, hostile_strings, many_marks)
