#!/usr/bin/env python3
"""Pages of stories: which are fetched, how far links are followed, what the server says of them."""
import os
import signal
import sqlite3
import subprocess

from program import KAWAT, Odd, expect, play, stories, wait_for

RSS, HTML, TEXT = "application/rss+xml", "text/html", "text/plain"
WORDS = ("Kapal itu tiba di pelabuhan pada Selasa pagi dengan muatan beras dan garam, kata seorang nakhoda.",
         "Warga menunggu di dermaga sejak subuh, sebagian membawa payung karena hujan belum juga reda.",
         "Syahbandar meminta pemilik perahu kecil menunda pelayaran selama tiga hari.",
         "Petugas mencatat dua belas kapal bersandar sampai tengah hari, lebih banyak daripada biasanya.")


def page(n, links=(), canonical=""):
    """The page of a story whose read-also links lead to the stories of those numbers."""
    also = "".join(f'<p>Baca juga: <a href="/s/{k}">Kabar ke-{k} dari pelabuhan</a></p>' for k in links)
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (200, HTML, f"<!DOCTYPE html><html lang=id><head><title>Kabar ke-{n} dari pelabuhan</title>{head}</head><body>"
            f"<article><h1>Kabar ke-{n} dari pelabuhan</h1>" + "".join(f"<p>{w}</p>" for w in WORDS[:2]) + also +
            "".join(f"<p>{w} ({n})</p>" for w in WORDS[2:]) + "</article></body></html>")


def feed(*numbers):
    items = "".join(f"<item><title>Kabar ke-{n} dari pelabuhan</title><link>@HERE@/s/{n}</link><guid>{n}</guid>"
                    f"<pubDate>Tue, 24 Nov 2026 0{n % 10}:00:00 +0700</pubDate><description>Ringkas {n}.</description>"
                    "</item>" for n in numbers)
    return (200, RSS, f'<rss version="2.0"><channel><title>Uji</title><link>@HERE@/</link>{items}</channel></rss>')


def graph(edges):
    return {f"/s/{n}": page(n, links) for n, links in edges.items()}


def asked(web):
    seen, web.asked[:] = list(web.asked), []
    return seen


def ids(home):
    return {int(u.rsplit("/", 1)[1]): str(s["id"]) for u, s in stories(home).items()}


def stored(home):
    return sorted(int(u.rsplit("/", 1)[1]) for u, s in stories(home).items() if s["stored"])


def ends(status):
    """The exit status of `store`, which says on standard output what became of each page."""
    def check(result):
        assert result[0] == status and result[1] and result[2].count("\n") == result[2].count("about"), result
        return result[1:]
    return check


def begin(home, web, more="", config=""):
    home.write("feeds", f'{web.address}/feed "Uji" {more}\n')
    home.write("config", config)
    expect(0)(home.run("refresh", "--force"))


def only_what_was_asked(home):
    """A refresh fetches feeds alone; a page when it is opened or stored; never when full-text says so."""
    with Odd(dict(graph({1: [3], 2: [3], 3: []}), **{"/feed": feed(1, 2)})) as web:
        begin(home, web)
        assert asked(web) == ["/feed"]
        number = ids(home)
        expect(0)(home.run("list"))
        expect(0)(home.run("related", number[1]))
        expect(0)(home.run("search", "pelabuhan"))
        assert asked(web) == []
        expect(0)(home.run("read", number[1]))
        assert asked(web) == ["/s/1"], "what the reader opens is no robot's visit, and its links are not fetched"
        expect(0)(home.run("read", number[1]))
        expect(0)(home.run("store", number[2]))
        expect(0)(home.run("store", number[2]))
        assert asked(web) == ["/s/2"]
        home.write("config", "[store]\nfull-text = never\n")
        web.answers["/feed"] = feed(1, 2, 4)
        expect(0)(home.run("refresh", "--force"))
        status, out, err = home.run("read", ids(home)[4])
        assert asked(web) == ["/feed"], (status, out, err)


def always(home):
    """full-text = always, of the configuration or of the feed's line, asks robots.txt; --full does not."""
    robots = (200, TEXT, "User-agent: *\nDisallow: /s/2\n")
    for more, config in (("full-text=always", ""), ("", "[store]\nfull-text = always\n")):
        with Odd(dict(graph({1: [3], 2: [], 3: []}), **{"/feed": feed(1, 2), "/robots.txt": robots})) as web:
            begin(home, web, more, config)
            assert sorted(asked(web)) == ["/feed", "/robots.txt", "/s/1"], (more, config)
            assert stored(home) == [1]
            expect(0)(home.run("refresh", "--force"))
            assert asked(web) == ["/feed"]
            expect(0)(home.run("remove", "Uji", "--with-stories"))
    with Odd(dict(graph({1: [], 2: []}), **{"/feed": feed(1, 2), "/robots.txt": robots})) as web:
        begin(home, web, "full-text=never", "[store]\nfull-text = always\n")
        assert asked(web) == ["/feed"]
        expect(0)(home.run("remove", "Uji", "--with-stories"))
        home.write("feeds", f'{web.address}/feed "Uji"\n')
        home.write("config", "")
        expect(0)(home.run("refresh", "--force", "--full"))
        assert sorted(asked(web)) == ["/feed", "/s/1", "/s/2"] and stored(home) == [1, 2]


def ahead(home):
    """store-links: so many links of what is opened are fetched ahead, as robots.txt allows."""
    with Odd(dict(graph({1: [3, 4, 5], 3: [6], 4: [], 5: [], 6: []}), **{
            "/feed": feed(1), "/robots.txt": (200, TEXT, "User-agent: kawat\nDisallow: /s/3\n")})) as web:
        begin(home, web, config="[store]\nstore-links = 2\n")
        expect(0)(home.run("read", ids(home)[1]))
        expect(0)(home.run("refresh"))
        got = [p for p in asked(web) if p.startswith("/s/")]
        assert got[0] == "/s/1" and "/s/3" not in got and "/s/6" not in got and len(got) <= 2, got


def depth(home):
    """Breadth first, as deep as asked, the budget first; each page once; what is stored is walked through."""
    edges = {1: [2, 3], 2: [4, 1], 3: [4, 5], 4: [6], 5: [6], 6: [7], 7: [1]}
    with Odd(dict(graph(edges), **{"/feed": feed(1)})) as web:
        begin(home, web)
        one = ids(home)[1]
        _, err = expect(2, "--yes")(home.run("store", one, "--links"))
        assert "kawat: 5 pages, about 750 KB" in err or "5 pages, about 768" in err, err
        assert [p for p in asked(web) if p != "/feed"] == []
        out, _ = expect(0)(home.run("store", one, "--links", "--yes"))
        assert sorted(int(line.split("/")[-1]) for line in out.splitlines()) == [1, 2, 3], out
        assert stored(home) == [1, 2, 3]
        got = asked(web)
        assert got[0] == "/s/1" and sorted(got[1:]) == ["/robots.txt", "/s/2", "/s/3"], got
        # now the store knows what two steps lead to: 4 and 5
        _, err = expect(2)(home.run("store", one, "--links", "--depth", "2"))
        assert "kawat: 2 pages, about" in err, err
        assert asked(web) == []
        expect(0)(home.run("store", one, "--links", "--depth", "4", "--yes"))
        got = [p for p in asked(web) if p.startswith("/s/")]
        assert sorted(got) == ["/s/4", "/s/5", "/s/6", "/s/7"] and got[2:] == ["/s/6", "/s/7"], got
        assert stored(home) == [1, 2, 3, 4, 5, 6, 7]
        out, _ = expect(0)(home.run("store", one, "--links", "--depth", "5", "--yes"))
        assert out == "nothing to store\n" and asked(web) == []
        expect(2, "--links")(home.run("store", one, "--depth", "2"))
        expect(2, "--depth")(home.run("store", one, "--links", "--depth", "6"))


def budget(home):
    """No more pages than were shown."""
    many = list(range(10, 40))
    edges = {1: many, 2: [], **{n: [] for n in many}}
    with Odd(dict(graph(edges), **{"/feed": feed(1, 2)})) as web:
        begin(home, web)
        _, err = expect(2)(home.run("store", ids(home)[1], "--links"))
        assert "kawat: 5 pages" in err, err
        expect(0)(home.run("store", ids(home)[1], "--links", "--yes"))
        assert len([p for p in asked(web) if p.startswith("/s/")]) == 5
        _, err = expect(2)(home.run("store", ids(home)[1], "--links"))
        assert "kawat: 26 pages" in err, err
        expect(0)(home.run("store", ids(home)[1], "--links", "--yes"))
        assert len(stored(home)) == 31
        out, err = expect(0)(home.run("store", ids(home)[2]))
        assert out.endswith(f"stored  {web.address}/s/2\n") and "1 page, about" in err, (out, err)


def refused(home):
    """robots.txt keeps links out, not what was named; a broken robots.txt keeps all links out."""
    with Odd(dict(graph({1: [2, 3], 2: [], 3: []}), **{
            "/feed": feed(1), "/robots.txt": (200, TEXT, "User-agent: *\nDisallow: /s/1\nDisallow: /s/3\n")})) as web:
        begin(home, web)
        out, _ = ends(3)(home.run("store", ids(home)[1], "--links", "--yes"))
        assert stored(home) == [1, 2] and "refused" in out and "robots.txt" in out, out
        assert web.asked.count("/robots.txt") == 1 and "/s/3" not in web.asked
        web.answers["/robots.txt"] = (503, TEXT, "")
        ends(4)(home.run("store", ids(home)[1], "--links", "--yes"))
        assert "/s/3" not in web.asked


def gone(home):
    """404 and 410 mark the link and keep what is stored; other failures mark nothing."""
    with Odd(dict(graph({1: [2, 3, 4], 2: []}), **{"/feed": feed(1, 2), "/s/3": (410, TEXT, ""),
                                                   "/s/4": (500, TEXT, "")})) as web:
        begin(home, web)
        number = ids(home)
        expect(0)(home.run("store", number[1], number[2], "--yes"))
        out, _ = ends(4)(home.run("store", number[1], "--links", "--yes"))
        states = {link["url"][-1]: link["state"] for link in home.json("read", number[1], "--format", "json")["related"]}
        assert states == {"2": "stored", "3": "gone", "4": "missing"}, states
        assert "gone" in out and "failed" in out, out
        asked(web)
        ends(4)(home.run("store", number[1], "--links", "--yes"))
        assert "/s/3" not in web.asked, "what is gone is not asked for again"
        # as the screen marks it when a stored page is asked for again
        db = sqlite3.connect(os.path.join(home.path, ".local", "share", "kawat", "kawat.db"))
        db.execute(f"UPDATE story SET gone = 1 WHERE id = {number[2]}")
        db.commit()
        db.close()
        story = home.json("read", number[2], "--format", "json")
        assert story["stored"] and story["gone"] and "(2)" in story["text"], story
        out, _ = expect(0)(home.run("read", number[2]))
        assert "no more" in out and "(2)" in out, out


def redirects(home):
    """Where a page leads and what it calls itself are one story; the front page is no story."""
    with Odd({"/feed": feed(1, 2, 3), "/s/1": (301, TEXT, "", {"Location": "/long/one"}),
              "/long/one": page(1, canonical="@HERE@/canon/one"), "/s/2": (302, TEXT, "", {"Location": "/"}),
              "/": page(99, [1]), "/s/3": page(3, canonical="https://other.example/s/1")}) as web:
        begin(home, web)
        number = ids(home)
        expect(0)(home.run("read", number[1]))
        expect(0)(home.run("read", number[3]))
        for address in ("/s/1", "/long/one", "/canon/one"):
            asked(web)
            assert str(home.json("read", web.address + address, "--format", "json")["id"]) == number[1], address
            assert asked(web) == [], address
        out, _ = ends(4)(home.run("store", number[2]))
        assert "front page" in out, out
        assert sorted(str(s["id"]) for s in stories(home).values() if s["stored"]) == sorted((number[1], number[3]))
        assert expect(0)(home.run("db", "check"))[0] == "ok\n"


def busy(home):
    """A server that is busy is left alone for the rest of the command."""
    with Odd(dict({f"/s/{n}": (429, TEXT, "", {"Retry-After": "120"}) for n in range(1, 10)}, **{
            "/feed": feed(*range(1, 10))})) as web:
        begin(home, web)
        asked(web)
        out, _ = ends(4)(home.run("store", "feed:Uji", "--yes"))
        assert out.count("busy") == 9, out
        assert len(asked(web)) <= 3, "two at once for a host, and then none"


def stopped(home):
    """SIGINT in the middle of a walk: what came is stored, the same command goes on."""
    many = list(range(10, 30))
    with Odd(dict(graph({1: many, **{n: [] for n in many}}), **{"/feed": feed(1)})) as web:
        begin(home, web)
        expect(0)(home.run("store", ids(home)[1]))
        slow = threading_gate(web, 8)
        p = subprocess.Popen([KAWAT, "store", "1", "--links", "--yes"], env=home.env, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True)
        wait_for("some pages", lambda: len(stored(home)) >= 5)
        p.send_signal(signal.SIGINT)
        slow.set()
        p.communicate(timeout=30)
        assert p.returncode == 130
        before = len(stored(home))
        assert 5 <= before < 21, before
        asked(web)
        out, _ = expect(0)(home.run("store", "1", "--links", "--yes"))
        assert out.count("\n") == 21 - before and len(stored(home)) == 21
        assert len([u for u in asked(web) if u.startswith("/s/")]) == 21 - before


def threading_gate(web, n):
    """From the nth page on the server waits until the event is set."""
    import threading
    event = threading.Event()

    class Late(dict):
        def get(self, path, *more):
            if path.startswith("/s/") and len([p for p in web.asked if p.startswith("/s/")]) > n:
                event.wait(20)
            return super().get(path, *more)
    web.answers = Late(web.answers)
    return event


if __name__ == "__main__":
    play(only_what_was_asked, always, ahead, depth, budget, refused, gone, redirects, busy, stopped)
