#!/usr/bin/env python3
"""Pages of stories: several that make one story, and what a site shows in the place of one."""
import os

from program import Odd, TEXT, expect, play, rss

HTML = "text/html; charset=utf-8"


def page(title, *body, head=""):
    return (200, HTML, f"<!DOCTYPE html><html lang=id><head><title>{title}</title>{head}</head><body>"
            f"<h1>{title}</h1><article>" + "".join(body) + "</article></body></html>")


def p(*lines):
    return "".join(f"<p>{line}</p>" for line in lines)


def feed(web, *paths, says=TEXT[0]):
    items = "".join(f"<item><title>Kapal {path}</title><link>{web.address}{path}</link>"
                    f"<description>{says}</description></item>" for path in paths)
    return (200, "application/rss+xml", f'<rss version="2.0"><channel><title>Uji</title>{items}</channel></rss>')


def store(home, web, path):
    """Stores the page of a feed's story; returns what was asked for that."""
    web.answers["/feed"] = feed(web, path, says="Kapal")
    expect(0)(home.run("add", web.address + "/feed"))
    web.asked.clear()
    out, _ = expect(0)(home.run("store", web.address + path))
    assert "stored" in out, out
    return web.asked


def text_of(home, web, path):
    return home.json("read", web.address + path, "--peek", "--format", "json")["text"]


def several(home):
    """The pages of a story are fetched one after the other, joined, and said once."""
    following = '<ul class=paginationContent><li><a href="?page={0}">{0}</a></ul>'
    with Odd({"/kapal": page("Kapal", p(*TEXT[:2]), following.format(2)),
              "/kapal?page=2": page("Kapal", p(TEXT[0], TEXT[2], TEXT[3]), following.format(3)),
              "/kapal?page=3": page("Kapal", p(TEXT[4], "Editor: Damar Prakoso")),
              "/kapal?page=4": page("Lain", p("Ini tidak diminta oleh siapa pun dari halaman itu."))}) as web:
        asked = store(home, web, "/kapal")
        assert asked == ["/kapal", "/kapal?page=2", "/kapal?page=3"], asked
        text = text_of(home, web, "/kapal")
        assert text == "\n\n".join(TEXT[:5]), text


def whole(home):
    """A link to all of it on one page is preferred; what was there is not doubled."""
    links = '<a href="/kapal/2">2</a> <a href="/kapal?page=all">Semua</a>'
    with Odd({"/kapal": page("Kapal", p(*TEXT[:2]), links),
              "/kapal?page=all": page("Kapal", p(*TEXT))}) as web:
        asked = store(home, web, "/kapal")
        assert asked == ["/kapal", "/kapal?page=all"], asked
        assert text_of(home, web, "/kapal") == "\n\n".join(TEXT)


def endless(home):
    """A site that always has another page is left after ten; one that fails leaves what has come."""
    def nth(n):
        return page("Kapal", p(f"Ini bagian ke-{n} dari cerita kapal yang tidak ada ujungnya, kata nakhoda."),
                    f'<link rel=next href="/kapal?page={n + 1}">')
    with Odd({"/kapal": nth(1), **{f"/kapal?page={n}": nth(n) for n in range(2, 20)}}) as web:
        asked = store(home, web, "/kapal")
        assert len(asked) == 10, asked
        assert text_of(home, web, "/kapal").count("bagian ke-") == 10
    with Odd({"/perahu": nth(1), "/perahu?page=2": (500, HTML, "no")}) as web:
        web.answers["/perahu"] = (200, HTML, web.answers["/perahu"][2].replace("/kapal", "/perahu"))
        store(home, web, "/perahu")
        assert "bagian ke-1" in text_of(home, web, "/perahu")


def withheld(home):
    """A wall is told as such, and its text is not stored in the place of the feed's."""
    with Odd({}) as web:
        web.answers.update({
            "/feed": feed(web, "/robot", "/masuk", "/pelanggan"),
            "/robot": page("Just a moment...", p("Checking your browser before the page opens for you.")),
            "/masuk": (200, HTML, "<title>Masuk</title><form><input name=u><input type=password></form>"),
            "/pelanggan": page("Kapal", p(TEXT[1]), p("Artikel ini khusus untuk pelanggan.")),
        })
        expect(0)(home.run("add", web.address + "/feed"))
        for path in ("/robot", "/masuk", "/pelanggan"):
            status, out, err = home.run("store", web.address + path)
            assert status == 4 and "withheld" in out, (path, status, out, err)
            assert text_of(home, web, path) == TEXT[0], path
        story = home.json("read", web.address + "/robot", "--peek", "--format", "json")
        assert story["title"] == "Kapal /robot", story


def less(home):
    """A page that gives less than the feed did does not take its place."""
    with Odd({}) as web:
        whole = rss(1).replace("https://uji.example/0", web.address + "/0")
        web.answers.update({"/feed": (200, "application/rss+xml", whole), "/0": page("Kabar", p(TEXT[0]))})
        expect(0)(home.run("add", web.address + "/feed"))
        before = text_of(home, web, "/0")
        expect(0)(home.run("store", web.address + "/0"))
        assert text_of(home, web, "/0") == before


def rules(home):
    """The reader's own rules of sites say where a story is; doctor names a line that is none."""
    body = (f"<article>{p(*TEXT[:2])}</article><div class=lain>{p(TEXT[2], TEXT[3])}"
            f"<p class=promo>{TEXT[4]}</p></div>")
    home.write("sites", "[warta.example]\ntext = .lain\ndrop = .promo\n")
    file = os.path.join(home.path, "page.html")
    with open(file, "w", encoding="utf-8") as f:
        f.write(page("Kapal", body)[2])
    for url, want in (("https://www.warta.example/1", TEXT[2:4]), ("https://lain.example/1", TEXT[:4])):
        got = home.json("extract", file, "--url", url)
        assert got["text"] == "\n\n".join(want), (url, got["text"])
    assert "sites" in expect(0)(home.run("doctor"))[0]
    home.write("sites", "[warta.example]\ntext = .lain > p\n")
    out, _ = home.run("doctor")[1:]
    assert "line 2" in out and "no selector" in out, out


if __name__ == "__main__":
    play(several, whole, endless, withheld, less, rules)
