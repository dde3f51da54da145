#!/usr/bin/env python3
"""`kawat refresh --history`: the earlier stories of a feed, in archives and pages (RFC 5005)."""
import json
import os
import signal
import sqlite3
import subprocess
import time

from program import KAWAT, Odd, expect, family, play, rss, stories, wait_for

ATOM, TEXT = "application/atom+xml", "text/plain"
FH = 'xmlns:fh="http://purl.org/syndication/history/1.0"'


def entry(n, said="Isi kabar", dated=True):
    when = f"<updated>20{n // 12:02}-{n % 12 + 1:02}-11T08:00:00Z</updated>" if dated else ""
    return f'<entry><id>tag:uji.example,2020:{n}</id><title>Kabar ke-{n}</title>{when}' \
           f'<link href="https://uji.example/{n}"/><summary>{said} {n}.</summary></entry>'


def atom(entries, links="", title="Arsip", extra=""):
    return (200, ATOM, f'<feed xmlns="http://www.w3.org/2005/Atom" {FH}><title>{title}</title><id>x:{title}</id>'
            f'<updated>2020-01-01T00:00:00Z</updated>{links}{extra}{"".join(entries)}</feed>')


def to(rel, href):
    return f'<link rel="{rel}" href="{href}"/>'


def archives(n, per=3, rel="prev-archive"):
    """The feed at /feed and n documents behind it, each with `per` stories: {path: answer}."""
    found = {}
    for i in range(n + 1):
        path = "/feed" if i == 0 else f"/old/{n - i}"
        links = to(rel, f"@HERE@/old/{n - i - 1}") if i < n else ""
        # the archive's wording of a story that the feed has too is an older one
        stale = [entry(190, "Kata lama")] if i == 1 else []
        top = [entry(190, "Kata baru")] if i == 0 else []
        found[path] = atom(top + stale + [entry(200 + per * (n - i) + k) for k in range(per)], links,
                           "Arsip" if i == 0 else f"Arsip {i}", "" if i == 0 else "<fh:archive/>")
    return found


def asked(web):
    seen, web.asked[:] = list(web.asked), []
    return seen


def archived(home):
    """Three archives: all stories once, at their dates; a second time nothing is asked for again."""
    with Odd(archives(3)) as web:
        home.write("feeds", f'{web.address}/feed "Arsip"\n')
        expect(0)(home.run("refresh"))
        assert len(stories(home)) == 4
        asked(web)
        out, err = expect(0)(home.run("refresh", "--history", "Arsip"))
        assert out == "feeds 1  new 9  updated 0  unchanged 0  not due 0  failed 0  pages 3  older 9\n", out
        assert err == "", err
        assert asked(web) == ["/feed", "/robots.txt", "/old/2", "/old/1", "/old/0"]
        all_of_them = stories(home)
        assert len(all_of_them) == 13, sorted(all_of_them)
        dates = [s["published"] for s in home.json("list", "--all", "--format", "json")]
        assert dates == sorted(dates, reverse=True) and dates[-1].startswith("2015-"), dates
        text = home.json("read", "--peek", str(all_of_them["https://uji.example/190"]["id"]), "--format", "json")["text"]
        assert "Kata baru" in text, "an archive has an older wording"
        out, err = expect(0)(home.run("refresh", "--history", "Arsip"))
        assert out.endswith("  pages 0  older 0\n"), out
        assert asked(web) == ["/feed"]
        # a new archive, made of what the feed held, is all that is asked for
        web.answers["/old/3"] = atom([entry(300)], to("prev-archive", "@HERE@/old/2"), extra="<fh:archive/>")
        web.answers["/feed"] = atom([entry(301)], to("prev-archive", "@HERE@/old/3"))
        out, _ = expect(0)(home.run("refresh", "--history", "Arsip"))
        assert " new 2 " in out and out.endswith("  pages 1  older 1\n"), out
        assert asked(web) == ["/feed", "/robots.txt", "/old/3"]
        out, _ = expect(0)(home.run("refresh", "--history", "--force", "Arsip"))
        assert out.endswith("  pages 4  older 0\n"), out
        assert expect(0)(home.run("db", "check"))[0] == "ok\n"
        # what was back-filled was not published today, and is not dropped at once either
        expect(0)(home.run("db", "expire"))
        assert len(stories(home)) == 15
        assert not {u for u in stories(home, "since:7d")}


def bounded(home):
    """--pages bounds a run, and the next one goes on."""
    with Odd(archives(5, 2)) as web:
        home.write("feeds", f'{web.address}/feed "Arsip"\n')
        for pages, left in ((2, 3), (2, 1), (2, 0)):
            out, err = expect(0)(home.run("refresh", "--history", "--pages", "2", "Arsip"))
            done = min(pages, left + 2 if left else 1)
            assert f"  pages {done}  " in out, (out, left)
            assert ("there are more" in err) == (left > 0), err
            assert len(stories(home)) == 13 - 2 * left, (len(stories(home)), left)
        old = [p for p in web.asked if p.startswith("/old/")]
        assert old == [f"/old/{i}" for i in (4, 3, 2, 1, 0)], old
        expect(2, "--pages")(home.run("refresh", "--history", "--pages", "0", "Arsip"))
        expect(2, "--history")(home.run("refresh", "--history"))
        got = home.json("refresh", "--history", "Arsip", "--format", "json")
        assert (got["pages"], got["older"]) == (0, 0), got


def paged(home):
    """rel=next, and next_url of JSON Feed; relative addresses; the end by an empty page or by the same one."""
    item = {"id": "1", "url": "https://uji.example/j1", "title": "Satu", "content_text": "Isi."}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Jason", "items": [item]}
    with Odd({"/feed": atom([entry(250)], to("next", "feed?page=2")),
              "/feed?page=2": atom([entry(249)], to("next", "feed?page=3")),
              "/feed?page=3": atom([], to("next", "feed?page=4")),
              "/same": atom([entry(240)], to("next", "/same?page=2"), "Sama"),
              "/same?page=2": atom([entry(239)], to("next", "/same?page=3"), "Sama"),
              "/same?page=3": atom([entry(239)], to("next", "/same?page=3"), "Sama"),
              "/json": (200, "application/feed+json", json.dumps(dict(feed, next_url="@HERE@/json2"))),
              "/json2": (200, "application/feed+json", json.dumps(dict(feed, items=[
                  dict(item, id="2", url="https://uji.example/j2", date_published="2019-04-05T06:07:08Z")]))),
              "/whole": atom([entry(230)], to("next", "@HERE@/never"), "Utuh", "<fh:complete/>"),
              "/none": atom([entry(229)], "", "Tiada")}) as web:
        home.write("feeds", "".join(f'{web.address}/{name} "{name}"\n' for name in ("feed", "same", "json", "whole", "none")))
        out, err = expect(0)(home.run("refresh", "--history", "feed", "same", "json", "whole", "none"))
        assert "  pages 5  older 3\n" in out, (out, err)
        assert "whole: the feed itself holds all" in err and "none: the feed names no older" in err, err
        assert len(stories(home)) == 8
        assert "/feed?page=4" not in web.asked and "/never" not in web.asked, web.asked
        asked(web)
        out, err = expect(0)(home.run("-q", "refresh", "--history", "feed", "same", "json", "whole", "none"))
        assert (out, err) == ("", "")
        assert [p for p in asked(web) if "2" in p or "3" in p or "4" in p] == []


def loops(home):
    """A circle of documents ends; so do links back to the feed."""
    with Odd({"/feed": atom([entry(250)], to("prev-archive", "/a")),
              "/a": atom([entry(249)], to("prev-archive", "/b")), "/b": atom([entry(248)], to("prev-archive", "/c")),
              "/c": atom([entry(247)], to("prev-archive", "/a")),
              "/self": atom([entry(240)], to("next", "/self")),
              "/back": atom([entry(239)], to("next", "/back2")),
              "/back2": atom([entry(238)], to("next", "/back#top"))}) as web:
        home.write("feeds", "".join(f'{web.address}/{name} "{name}"\n' for name in ("feed", "self", "back")))
        for _ in range(2):
            expect(0)(home.run("refresh", "--history", "feed", "self", "back"))
        assert sorted(p for p in web.asked if p in ("/a", "/b", "/c", "/back2")) == ["/a", "/b", "/back2", "/c"], web.asked
        assert len(stories(home)) == 7


def undated(home):
    """Archived stories without a date are no news of today, and nobody is alerted of any."""
    with Odd({"/feed": atom([entry(250), entry(251)], to("prev-archive", "/old")),
              "/old": atom([entry(n, dated=False) for n in (1, 2, 3)])}) as web:
        home.write("config", "[rules]\nalert = kabar\n")
        home.write("feeds", f'{web.address}/feed "Arsip"\n')
        expect(0)(home.run("refresh", "--history", "Arsip"))
        order = [s["url"].rsplit("/", 1)[1] for s in home.json("list", "--all", "--format", "json")]
        assert order[:2] == ["251", "250"] and set(order[2:]) == {"1", "2", "3"}, order
        db = sqlite3.connect(os.path.join(home.path, ".local", "share", "kawat", "kawat.db"))
        assert db.execute("SELECT count(*) FROM alert").fetchone() == (2,)
        db.close()
        assert all(not s["published"] for s in stories(home).values() if s["url"].rsplit("/", 1)[1] in "123")


def broken(home):
    """404, 429 with Retry-After, robots.txt, no feed: said, exit 3, what came before is kept, it goes on later."""
    answers = archives(3)
    with Odd(dict(answers)) as web:
        home.write("feeds", f'{web.address}/feed "Arsip"\n')
        for answer, said in (((404, TEXT, "no"), "not found (404)"), ((500, TEXT, "no"), "HTTP 500"),
                             ((200, "text/html", "<!DOCTYPE html><p>Not a feed"), "not a feed")):
            web.answers["/old/1"] = answer
            out, err = expect(3, "Arsip: ", said)(home.run("refresh", "--history", "Arsip"))
            assert out.startswith("feeds 1") and "failed 0" in out, out
            assert len(stories(home)) == 7, len(stories(home))
        web.answers["/robots.txt"] = (200, TEXT, "User-agent: kawat\nDisallow: /old/1\n")
        web.answers["/old/1"] = answers["/old/1"]
        asked(web)
        expect(3, "robots.txt")(home.run("refresh", "--history", "Arsip"))
        assert "/old/1" not in asked(web)
        web.answers["/robots.txt"] = (404, TEXT, "")
        web.answers["/old/1"] = (429, TEXT, "slowly", {"Retry-After": "3600"})
        expect(3, "busy (429)")(home.run("refresh", "--history", "Arsip"))
        asked(web)
        web.answers["/old/1"] = answers["/old/1"]
        out, _ = expect(0)(home.run("refresh", "--history", "--force", "Arsip"))
        assert "not due 1" in out and asked(web) == [], (out, "Retry-After is obeyed")
        db = sqlite3.connect(os.path.join(home.path, ".local", "share", "kawat", "kawat.db"))
        db.execute("UPDATE feed SET retry_after = 0")
        db.commit()
        db.close()
        out, _ = expect(0)(home.run("refresh", "--history", "Arsip"))
        assert out.endswith("  pages 2  older 6\n") and len(stories(home)) == 13, out
        assert asked(web) == ["/feed", "/robots.txt", "/old/1", "/old/0"]


def elsewhere(home):
    """The archive's address has another name of the host, where nothing may be asked: that is said, and not
    that robots.txt forbids it, which was never read."""
    with Odd({}) as web:
        other = web.address.replace("127.0.0.1", "localhost")
        web.answers["/feed"] = atom([entry(200)], to("prev-archive", other + "/old/0"))
        home.write("feeds", f'{web.address}/feed "Arsip"\n')
        _, err = expect(3, "robots.txt could not be read: refused")(home.run("refresh", "--history", "Arsip"))
        assert "asks programs not to" not in err, err
        assert asked(web) == ["/feed"]


def cut_off(home):
    """Ended in the middle, by a signal, by SIGKILL, by a server that goes away: nothing is lost or doubled."""
    answers = archives(6, 2)
    with Odd(dict(answers)) as web:
        home.write("feeds", f'{web.address}/feed "Arsip"\n')

        def begin():
            return subprocess.Popen([KAWAT, "refresh", "--history", "Arsip"], env=home.env, stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True)
        for n, number in enumerate((signal.SIGINT, signal.SIGKILL, signal.SIGKILL)):
            p = begin()
            wait_for("the next archive", lambda: f"/old/{5 - n}" in web.asked)
            victims = [p.pid] if number == signal.SIGINT else [*family(p.pid).values(), p.pid]
            for pid in victims:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
            p.communicate(timeout=30)
        web.answers["/old/2"] = (*answers["/old/2"][:3], "cut")
        expect(3)(home.run("refresh", "--history", "Arsip"))
        web.answers["/old/2"] = answers["/old/2"]
        expect(0)(home.run("refresh", "--history", "Arsip"))
        assert len(stories(home)) == 15
        got = [p for p in web.asked if p.startswith("/old/")]
        assert set(got) == {f"/old/{i}" for i in range(6)} and got[-1] == "/old/0", got
        assert got.count("/old/5") <= 2, got
        assert home.json("feeds", "--format", "json")[0]["total"] == 15
        assert expect(0)(home.run("db", "check"))[0] == "ok\n"


if __name__ == "__main__":
    play(archived, bounded, paged, loops, undated, broken, elsewhere, cut_off)
