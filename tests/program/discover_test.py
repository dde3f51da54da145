#!/usr/bin/env python3
"""The feeds behind an address: what a page offers, how one of several is chosen, the usual paths."""
import os
import subprocess

from program import KAWAT, Odd, expect, play, rss, wait_for

RSS, HTML, TEXT = "application/rss+xml", "text/html", "text/plain"


def link(href, title="", kind=RSS):
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def page(head, body="x"):
    return (200, HTML, f"<!DOCTYPE html><html><head><title>Warta</title>{head}</head><body>{body}")


def titles(home):
    return sorted(f["title"] for f in home.json("feeds", "--format", "json"))


def one(home):
    """A page that names one feed, in every way that pages do it."""
    with Odd({"/feed": (200, RSS, rss(1))}) as web:
        for n, (head, body) in enumerate((
                (link("/feed"), ""), (link("@HERE@/feed", "RSS") + link("/feed", "Atom"), ""),
                ('<base href="@HERE@/a/b/">' + link("../../feed"), ""),
                ('<link rel="alternate" href="/feed">', ""), ('<link rel="alternate" type="text/html" href="feed">', ""),
                ("", '<a href="/feed">RSS</a>'), (link("/feed") + link("/no", "Comments"), "<a href=/other.rss>x</a>"))):
            web.answers[f"/page{n}"] = page(head, body)
            out, _ = expect(0)(home.run("add", f"{web.address}/page{n}"))
            assert out == f"added  Warta Uji  {web.address}/feed  1 story\n", (n, out)
            expect(0)(home.run("remove", "Warta Uji", "--with-stories"))


def several(home):
    """Without a terminal the offers are listed on standard error, exit 2, and --pick or --all chooses."""
    with Odd({"/a": (200, RSS, rss(2, "Politik")), "/b": (200, RSS, rss(3, "Olahraga")), "/dead": page(""),
              "/page": page(link("/a", "Politik") + link("/b", "Olahraga") + link("/dead", "Mati"))}) as web:
        url = web.address + "/page"
        out, err = expect(2, "offers 3 feeds", "--pick", "--all")(home.run("add", url))
        assert out == "" and f"kawat: 2  Olahraga  {web.address}/b\n" in err, (out, err)
        expect(2, "1 to 3")(home.run("add", url, "--pick", "4"))
        expect(2, "1 to 3")(home.run("add", url, "--pick", "b"))
        out, _ = expect(0)(home.run("add", url, "--pick", "2", "--name", "Raga"))
        assert out == f"added  Raga  {web.address}/b  3 stories\n", out
        _, err = expect(2)(home.run("add", url))
        assert f"/b  (there already)" in err and err.count("already") == 1, err
        expect(2, "/b", "there already")(home.run("add", url, "--pick", "2"))
        out, _ = expect(3, "/dead", "there already")(home.run("add", url, "--all"))
        assert out.startswith("added  Politik") and out.count("\n") == 1, out
        assert titles(home) == ["Politik", "Raga"]


def known(home):
    """A feed that is subscribed says so, by its own address, behind a page, behind a redirect."""
    with Odd({"/feed": (200, RSS, rss(2)), "/page": page(link("/feed")),
              "/old": (301, TEXT, "", {"Location": "@HERE@/feed"}),
              "/new": (200, RSS, rss(1, "Baru")), "/moved": (308, TEXT, "", {"Location": "@HERE@/new"})}) as web:
        expect(0)(home.run("add", web.address + "/feed"))
        asked = len(web.asked)
        for path in ("/feed", "/page", "/old"):
            out, _ = expect(2, f"{web.address}/feed' is there already")(home.run("add", web.address + path))
            assert out == "", out
        assert "/feed" not in web.asked[asked:asked + 2], "a subscribed feed is not fetched to be refused"
        out, _ = expect(0)(home.run("add", web.address + "/moved"))
        assert f"{web.address}/new" in out, "the address that it moved to is subscribed"
        assert titles(home) == ["Baru", "Warta Uji"]
        assert expect(0)(home.run("db", "check"))[0] == "ok\n"


def terminal(home):
    """On a terminal it asks."""
    import pty
    with Odd({"/a": (200, RSS, rss(2, "Politik")), "/b": (200, RSS, rss(3, "Olahraga")),
              "/c": (200, RSS, rss(1, "Budaya")),
              "/page": page(link("/a", "Politik") + link("/b", "Olahraga") + link("/c", "Budaya"))}) as web:
        for typed, want, status in (("\n", [], 2), ("9\nx\n1,3\n", ["Budaya", "Politik"], 0),
                                    ("a\n", ["Budaya", "Olahraga", "Politik"], 3)):
            ours, theirs = pty.openpty()
            p = subprocess.Popen([KAWAT, "add", web.address + "/page"], env=home.env, stdin=theirs, stderr=theirs,
                                 stdout=subprocess.DEVNULL)
            os.close(theirs)
            os.write(ours, typed.encode())
            said = b""
            try:
                while True:
                    said += os.read(ours, 4096)
            except OSError:
                pass
            assert p.wait(30) == status, (typed, p.returncode, said)
            assert b"Olahraga" in said and b"Which?" in said, said
            os.close(ours)
            assert titles(home) == want, (typed, titles(home))


def guess(home):
    """The usual paths only when asked, one after another, as robots.txt allows, until one is found."""
    with Odd({"/": page("", "Nothing"), "/feed": page("", "A page again"), "/atom.xml": (200, RSS, rss(2)),
              "/feed.xml": (200, RSS, rss(2, "Lain")),
              "/robots.txt": (200, TEXT, "User-agent: *\nDisallow: /rss\nAllow: /rss.xml\n")}) as web:
        _, err = expect(6, "; --guess tries the usual addresses")(home.run("add", web.address + "/"))
        assert web.asked == ["/"], web.asked
        del web.asked[:]
        out, _ = expect(0)(home.run("add", "--guess", web.address + "/"))
        assert out == f"added  Warta Uji  {web.address}/atom.xml  2 stories\n", out
        assert web.asked == ["/", "/robots.txt", "/feed", "/rss.xml", "/atom.xml"], web.asked
        del web.asked[:]
        web.answers["/feed"] = (503, TEXT, "busy")
        web.answers["/other"] = page("")
        _, err = expect(6, "/other")(home.run("add", "--guess", web.address + "/other"))
        assert "--guess" not in err, err
        assert web.asked == ["/other", "/robots.txt", "/feed"], "a server that is busy is left alone"
        web.answers["/robots.txt"] = (200, TEXT, "User-agent: kawat\nDisallow: /\n")
        del web.asked[:]
        expect(6)(home.run("add", "--guess", web.address + "/other"))
        assert web.asked == ["/other", "/robots.txt"], web.asked
        assert titles(home) == ["Warta Uji"]
        assert len(home.json("list", "--all", "--format", "json")) == 2


def on_screen(home):
    """A page in the feeds file and one that is typed: the offers are rows, Enter takes one."""
    import shutil

    from scene import Screen
    if not shutil.which("tmux"):
        return "tmux is missing"
    with Odd({"/a": (200, RSS, rss(2, "Politik")), "/b": (200, RSS, rss(3, "Olahraga")), "/c": (200, RSS, rss(1, "Budaya")),
              "/page": page(link("/a", "Politik") + link("/b", "Olahraga")),
              "/other": page(link("/b", "Olahraga") + link("/c", "Budaya"))}) as web:
        home.write("feeds", f'# mine\n{web.address}/page "Laman"  # a page\n')
        screen = Screen(home, "--lang", "id")
        screen.expect("ini laman web. Ada 2 umpan ditawarkan")
        screen.keys("g", "f")
        screen.expect("Laman")
        screen.keys("j", "j")
        screen.expect("Enter memilih salah satu umpannya")
        screen.keys("Enter")
        screen.expect("Umpan laman ini")
        screen.expect("2  Olahraga")
        screen.keys("j", "Enter")
        wait_for("the line of the page", lambda: f'{web.address}/b' in open(home.config("feeds")).read())
        text = open(home.config("feeds")).read()
        assert "/page" not in text and text.startswith("# mine\n") and "# a page" in text, text
        screen.keys("a")
        screen.type(web.address + "/other")
        screen.keys("Enter")
        screen.expect("(sudah ada)")
        screen.keys("j", "Enter")
        wait_for("a line more", lambda: f'{web.address}/c  "Budaya"' in open(home.config("feeds")).read())
        screen.keys("a")
        screen.type(web.address + "/c")
        screen.keys("Enter")
        screen.expect("Umpan itu sudah ada")
        screen.keys("Q")
        assert screen.status() == "0"
        screen.close()


if __name__ == "__main__":
    play(one, several, known, terminal, guess, on_screen)
