#!/usr/bin/env python3
"""kawat against servers on loopback: adding feeds, refreshing, what fails, reading without them."""
import calendar
import json
import os
import time
from datetime import datetime, timedelta, timezone

from program import KAWAT, Odd, Sample, expect, play, rss, stories

NUSA = "nusa.example/rss/terkini.xml"
TEXT = "text/plain; charset=utf-8"
RSS = "application/rss+xml"


def closed_port():
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def add(home):
    with Sample() as sample:
        out, _ = expect(0)(home.run("add", f"{sample.address}/{NUSA}"))
        assert out == f"added  NUSA Terkini  {sample.address}/{NUSA}  22 stories\n", out
        expect(2, "there already")(home.run("add", f"{sample.address}/{NUSA}"))
        assert len(stories(home)) == 22
        out, _ = expect(0)(home.run("add", f"{sample.address}/tirta.example/rss.xml", "--name", "Air",
                                    "--section", "Dunia/Pasifik", "--every", "2h"))
        assert out.startswith("added  Air  "), out
        feed = home.json("feeds", "--format", "json")[1]
        assert (feed["title"], feed["section"], feed["every"]) == ("Air", "Dunia/Pasifik", 7200), feed
        expect(2, "--every")(home.run("add", f"{sample.address}/x", "--every", "often"))
    expect(2)(home.run("add"))
    expect(2, "not an address")(home.run("add", "ftp://x.example/"))
    expect(2, "not an address")(home.run("add", "file:/etc/passwd"))


def wishes(home):
    """A feed that is left alone but in one hour of the week is asked again in that hour, not before."""
    day, hour = (datetime.now(timezone.utc) + timedelta(hours=30)).strftime("%A %H").split()
    days = "".join(f"<day>{d}</day>" for d in calendar.day_name if d != day)
    hours = "".join(f"<hour>{h}</hour>" for h in range(24) if h != int(hour))
    wish = f"<skipDays>{days}</skipDays><skipHours>{hours}</skipHours>"
    with Odd({"/feed": (200, RSS, rss(3).replace("<item>", wish + "<item>", 1)),
              "/lain": (200, RSS, rss(3).replace("<item>", "<sy:updatePeriod>hourly</sy:updatePeriod><item>", 1))
              }) as web:
        for path in ("/feed", "/lain"):
            expect(0)(home.run("add", web.address + path, "--every", "10m"))
        for _ in range(2):  # as it was added, and as it is refreshed
            fed, other = home.json("feeds", "--format", "json")
            next_at = datetime.fromisoformat(fed["next_fetch"]).astimezone(timezone.utc)
            assert next_at.strftime("%A %H") == f"{day} {hour}", (fed, day, hour)
            wait = datetime.fromisoformat(other["next_fetch"]).timestamp() - time.time()
            assert 3500 < wait < 3700, other
            expect(0)(home.run("refresh", "--force"))


def repaired(home):
    """What had to be mended in a feed is told with its line."""
    faulty = rss(3).replace("Isi kabar ke-1:", "\n<b>Isi kabar ke-1:", 1).replace("hujan.", "R&D.", 1)
    with Odd({"/feed": (200, RSS, faulty)}) as web:
        home.write("feeds", f'{web.address}/feed "Kompas"\n')
        _, err = expect(0)(home.run("refresh", "--force", "--verbose"))
        assert "Kompas: repaired (stray & at line 1, unclosed <b> at line 2)\n" in err, err
        assert len(stories(home)) == 3


def add_page(home):
    link = '<link rel="alternate" type="application/rss+xml" title="%s" href="%s">'
    with Odd({"/feed": (200, RSS, rss(3)), "/other": (200, RSS, rss(2, "Lain")),
              "/page": (200, "text/html", "<!DOCTYPE html><html><head><title>Warta</title>" +
                        link % ("Warta", "/feed") + "</head><body><p>x"),
              "/several": (200, "text/html", "<html><head>" + link % ("Politik", "/feed") +
                           link % ("Olahraga", "/other") + "</head><body>x"),
              "/dead": (200, "text/html", "<html><head>" + link % ("Mati", "/none") + "</head>"),
              "/plain": (200, "text/html", "<!DOCTYPE html><html><body><p>No feed here.</p>"),
              "/text": (200, TEXT, "This is a text of no particular form.\n" * 30)}) as web:
        out, _ = expect(0)(home.run("add", web.address + "/page"))
        assert out == f"added  Warta Uji  {web.address}/feed  3 stories\n", out
        expect(2, "offers 2 feeds")(home.run("add", web.address + "/several"))
        expect(6)(home.run("add", web.address + "/plain"))
        expect(6)(home.run("add", web.address + "/text"))
        expect(4, "404")(home.run("add", web.address + "/dead"))
        expect(4, "404")(home.run("add", web.address + "/none"))
        expect(4)(home.run("--offline", "add", web.address + "/other"))
        port = closed_port()
        expect(4, f"127.0.0.1:{port}")(home.run("add", f"http://127.0.0.1:{port}/rss"))
        expect(4, "nowhere.invalid")(home.run("add", "http://nowhere.invalid/rss"))
        assert [f["title"] for f in home.json("feeds", "--format", "json")] == ["Warta Uji"]


def refresh(home):
    """A second --force is answered 304 for every feed and stores nothing; without it nothing is asked."""
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        out, _ = expect(0)(home.run("refresh"))
        assert out == "feeds 4  new 61  updated 0  unchanged 0  not due 0  failed 0\n", out
        before = stories(home)
        sample.control("reset")
        out, _ = expect(0)(home.run("refresh"))
        assert "  not due 4  " in out and sample.asked() == 0, (out, sample.asked())
        out, _ = expect(0)(home.run("refresh", "--force"))
        assert out == "feeds 4  new 0  updated 0  unchanged 4  not due 0  failed 0\n", out
        assert sample.asked(304) == 4 and sample.asked() == 4, sample.control("stats")
        assert stories(home) == before
        status, out, err = home.run("refresh", "--force", "Tirta")
        assert status == 0 and sample.asked() == 5 and out.startswith("feeds 1 "), (out, err)
        assert not expect(0)(home.run("--offline", "list"))[1]
        expect(4)(home.run("--offline", "refresh", "--force"))
        assert sample.asked() == 5


def later(home):
    """Updated, corrected and withdrawn stories: what was read becomes unread, the old text stays kept."""
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        expect(0)(home.run("refresh"))
        before = stories(home)
        cable = next(s for u, s in before.items() if "/4821/" in u)
        expect(0)(home.run("mark", "read", "from:NUSA"))
        sample.control("later")
        out, _ = expect(0)(home.run("refresh", "--force", "--format", "json"))
        total = json.loads(out)
        assert total["new"] == 2 and total["updated"] >= 1 and total["failed"] == 0, total
        after = stories(home)
        assert len(after) == len(before) + 2
        assert any("/4829/" in u for u in after) and any("/4831/" in u for u in after)
        now = next(s for s in after.values() if s["id"] == cable["id"])
        assert now["version"] > cable["version"], (cable, now)
        assert now["updated_since_read"] and now["unread"], now
        out, _ = expect(0)(home.run("refresh", "--force", "--format", "json"))
        assert json.loads(out)["updated"] == 0, out
        assert home.json("list", "is:updated", "--all", "--format", "json")
        assert {u for u in before} <= set(after), "a story that left its feed stays"
        changes_since_read(home, cable["id"], cable["version"], now["version"])


def changes_since_read(home, story, before, now):
    """`read --changes` tells the words apart, compares with what was read, and with one version alone none."""
    said = home.json("read", str(story), "--peek", "--changes", "--format", "json")
    assert (said["from"], said["to"], said["since_read"]) == (before, now, True), said
    kinds = {p["kind"] for p in said["changes"]}
    assert "same" in kinds and kinds & {"added", "changed"}, kinds
    text, _ = expect(0)(home.run("read", str(story), "--changes"))
    assert text.startswith(f"version {before} to {now}, since you read it\n"), text[:80]
    assert "{+" in text or "\n+ " in text, text
    said = home.json("read", str(story), "--peek", "--changes", "--format", "json")
    assert said["from"] == now - 1 and not said["since_read"], "read by now: the version before is compared"
    other = next(s for s in stories(home).values() if s["version"] == 1 and s["stored"])
    text, _ = expect(0)(home.run("read", str(other["id"]), "--peek", "--changes"))
    assert text == "There is one version of this story.\n", text
    expect(2, "format")(home.run("read", str(story), "--changes", "--format", "html"))


def by_pipe(home):
    with Odd({}) as web:
        home.write("feeds", f'{web.address}/rss "Jaringan"\npipe:uji "Dari pipa"\n')
        out, _ = expect(0)(home.run("refresh", "Dari pipa", "-", stdin=rss(5).encode()))
        assert out.startswith("feeds 1  new 5  "), out
        assert not web.asked
        out, _ = expect(0)(home.run("refresh", "pipe:uji", "-", stdin=rss(6).encode()))
        assert out.startswith("feeds 1  new 1  "), out
        expect(3, "Dari pipa")(home.run("refresh", "Dari pipa", "-", stdin=b"no feed at all"))
        assert len(stories(home)) == 6
        expect(2)(home.run("refresh", "Nobody", "-", stdin=b""))


def some_fail(home):
    """One failing feed among good ones: the others are stored, exit 3, one line that names it."""
    with Odd({"/a": (200, RSS, rss(3)), "/busy": (503, TEXT, "later", {"Retry-After": "3600"}),
              "/text": (200, TEXT, "Just a text.\n" * 50), "/cut": (200, RSS, rss(40, "Putus"), "cut"),
              "/torn": (200, RSS, rss(40, "Sobek").replace("uji.example/", "uji.example/s")[:9000]),
              "/denied": (403, TEXT, "no"), "/gone": (410, TEXT, "gone"),
              "/page": (200, "text/html", "<!DOCTYPE html><html><body>a page")}) as web:
        port = closed_port()
        home.write("feeds", f'{web.address}/a "Baik"\n{web.address}/busy "Sibuk"\n{web.address}/text "Teks"\n'
                            f'{web.address}/cut "Putus"\n{web.address}/denied "Tolak"\n{web.address}/torn "Sobek"\n{web.address}/gone "Pergi"\n'
                            f'{web.address}/page "Laman"\nhttp://nowhere.invalid/x "Entah"\n'
                            f'http://127.0.0.1:{port}/rss "Tutup"\n')
        out, err = expect(3)(home.run("refresh"))
        lines = dict(line[len("kawat: "):].split(": ", 1) for line in err.splitlines())
        for name, word in (("Sibuk", "busy"), ("Teks", "not a feed"), ("Tolak", "denied (403)"),
                           ("Pergi", "gone (410)"), ("Laman", "not a feed"), ("Putus", "only in part"), ("Entah", "nowhere.invalid"),
                           ("Tutup", str(port))):
            assert word in lines.get(name, ""), (name, word, err)
        assert "Baik" not in lines
        states = {f["title"]: f for f in home.json("feeds", "--format", "json")}
        assert states["Baik"]["state"] == "ok" and states["Baik"]["total"] == 3
        assert states["Pergi"]["state"] == "gone" and states["Sibuk"]["state"] == "failing"
        assert states["Sibuk"]["error"] and not states["Baik"]["error"]
        assert states["Putus"]["state"] == "failing" and states["Putus"]["total"] == 0, states["Putus"]
        kept = states["Sobek"]["total"]
        assert 0 < kept < 40, f"of a feed whose end is missing {kept} stories are kept"
        # the server is asked again only when it said so
        asked = web.asked.count("/busy")
        home.run("refresh", "--force")
        assert web.asked.count("/busy") == asked, "Retry-After is not respected"
        assert web.asked.count("/gone") == 1


def cut_heals(home):
    """A feed that was cut off is asked whole again, and is then complete."""
    with Odd({"/cut": (200, RSS, rss(40), "cut", {"ETag": '"x"'})}) as web:
        home.write("feeds", f'{web.address}/cut "Putus"\n')
        home.run("refresh")
        first = len(stories(home))
        web.answers["/cut"] = (200, RSS, rss(40))
        expect(0)(home.run("refresh", "--force"))
        assert first < 40 and len(stories(home)) == 40


def all_fail(home):
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        expect(0)(home.run("refresh"))
        before = stories(home)
        sample.control("down")
        out, err = expect(4)(home.run("refresh", "--force"))
        assert out.endswith("failed 4\n") and len(err.splitlines()) == 4, (out, err)
        assert stories(home) == before
        sample.control("up")
        out, _ = expect(0)(home.run("refresh", "--force"))
        assert out.endswith("failed 0\n"), out
        sample.stop()
        expect(4)(home.run("refresh", "--force"))
        assert stories(home) == before


def without_network(home):
    """With the server gone every stored story opens; what is not stored says what will happen."""
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        expect(0)(home.run("refresh"))
        some = [s["id"] for s in stories(home, "feed:Tirta").values() if not s["stored"]][:5]
        expect(0)(home.run("read", "--peek", *map(str, some)))
        sample.stop()
        all_of_them = stories(home).values()
        stored = [s for s in all_of_them if s["stored"]]
        assert {s["id"] for s in stored} >= set(some) and len(stored) > 20
        for story in stored:
            out, err = expect(0)(home.run("--offline", "read", "--peek", str(story["id"])))
            assert len(out) > 80 and not err, (story["url"], out, err)
        bare, summary = 0, 0
        for story in (s for s in all_of_them if not s["stored"]):
            status, out, err = home.run("--offline", "read", "--peek", str(story["id"]))
            assert "not stored" in err and "fetched when online" in err, (status, out, err)
            assert story["title"].split()[0] in out
            bare, summary = bare + (status == 4), summary + (status == 0)
            assert status in (0, 4), (status, err)
        assert summary > 0
        expect(1)(home.run("--offline", "read", f"{sample.address}/nusa.example/none"))
        status, out, err = home.run("read", "--peek", str(next(s["id"] for s in all_of_them if not s["stored"])))
        assert status in (0, 4) and err.startswith("kawat: "), (status, err)


def parse_address(home):
    """`parse URL` and `extract URL` look at an address and keep nothing."""
    latin = rss(3, "Caf\u00e9").replace('<?xml version="1.0"?>', "").encode("latin-1")
    with Odd({"/rss": (200, RSS, rss(3)), "/latin": (200, "text/xml; charset=iso-8859-1", latin),
              "/old": (302, TEXT, "", {"Location": "@HERE@/page/a"}),
              "/page/a": (200, "text/html", "<html><body><article><h1>Judul</h1>" +
                          "<p>Kapal itu tiba di pelabuhan pada Selasa pagi, kata seorang nakhoda.</p>" * 9 +
                          "</article>")}) as web:
        out, _ = expect(0)(home.run("parse", web.address + "/rss"))
        assert len(json.loads(out)["items"]) == 3
        out, _ = expect(0)(home.run("parse", web.address + "/latin"))
        assert "Caf\u00e9" in out, out[:300]
        out, _ = expect(0)(home.run("extract", web.address + "/old"))
        assert "nakhoda" in json.loads(out)["text"], out
        expect(6)(home.run("parse", web.address + "/page/a"))
        expect(4, "404", "/none")(home.run("parse", web.address + "/none"))
        expect(4)(home.run("--offline", "parse", web.address + "/rss"))
    left = [n for n in os.listdir(home.path) if not n.startswith(".cache")]
    assert not left, left


def unknown_address(home):
    with Odd({"/rss": (200, RSS, rss(2)),
              "/page": (200, "text/html", "<html><head><title>Panjang</title></head><body><article><h1>Panjang"
                        "</h1>" + "<p>Kapal itu tiba di pelabuhan pada Selasa pagi, kata seorang nakhoda.</p>" * 12 +
                        "</article>")}) as web:
        home.write("feeds", web.address + "/rss\n")
        story = home.json("read", web.address + "/page", "--format", "json")
        assert "nakhoda" in story["text"] and story["stored"], story
        asked = len(web.asked)
        expect(0)(home.run("read", web.address + "/page"))
        assert len(web.asked) == asked, "a stored page is fetched again"
        expect(4, "/none")(home.run("read", web.address + "/none"))


def remove(home):
    with Sample() as sample:
        home.write("feeds", "# my feeds\n[Nasional]\n" + sample.feeds())
        expect(0)(home.run("refresh"))
        tirta = stories(home, "feed:Tirta")
        first = next(iter(tirta.values()))
        expect(0)(home.run("mark", "star", str(first["id"])))
        out, _ = expect(0)(home.run("remove", "Tirta", "--with-stories"))
        assert out == "removed  Tirta\n"
        left = set(stories(home)) & set(tirta)
        assert left == {first["url"]}, left
        out, _ = expect(0)(home.run("remove", "Kabar Selatan"))
        assert any("kabarselatan" in u for u in stories(home)), "the stories stay"
        text = open(home.config("feeds")).read()
        assert text.startswith("# my feeds\n[Nasional]\n") and "Tirta" not in text, text
        expect(2, "Tirta")(home.run("remove", "Tirta"))
        expect(2)(home.run("remove"))


def moved(home):
    """A permanent redirect is followed, and after three fetches the feeds file says so."""
    with Odd({"/new": (200, RSS, rss(2)), "/old": (301, TEXT, "", {"Location": "@HERE@/new"})}) as web:
        home.write("feeds", f'{web.address}/old "Pindah"  # mine\n')
        said = ""
        for _ in range(4):
            status, out, err = home.run("refresh", "--force")
            assert status == 0, (out, err)
            said += err
        text = open(home.config("feeds")).read()
        assert f"{web.address}/new" in text and "/old" not in text and "# mine" in text, text
        assert "moved to" in said and said.count("\n") == 1, said
        assert len(stories(home)) == 2 and len(home.json("feeds", "--format", "json")) == 1


def hops(home):
    """Ten redirects are followed, the eleventh is one too many; a circle ends too."""
    chain = {f"/{n}": (302, TEXT, "", {"Location": f"/{n - 1}"}) for n in range(1, 12)}
    with Odd(dict(chain, **{"/0": (200, RSS, rss(1)), "/a": (301, TEXT, "", {"Location": "/b"}),
                            "/b": (301, TEXT, "", {"Location": "/a"})})) as web:
        home.write("feeds", "".join(f'{web.address}/{p} "{p}"\n' for p in ("10", "11", "a")))
        expect(0)(home.run("refresh", "10"))
        assert web.asked == [f"/{n}" for n in range(10, -1, -1)], web.asked
        expect(4, "11: more than 10 redirects")(home.run("refresh", "11"))
        assert web.asked[-1] == "/1", web.asked
        expect(4, "a: more than 10 redirects")(home.run("refresh", "a"))


def proxies(home):
    """http_proxy, no_proxy, `proxy` of the configuration and of a feed's line."""
    url = "http://warta.nowhere.invalid/rss"
    with Odd({url: (200, RSS, rss(2))}) as proxy, Odd({url: (200, RSS, rss(2))}) as other:
        def fetched(status, by=None, feed="", config="", **env):
            home.write("feeds", f'{url} "Uji" {feed}\n')
            home.write("config", config)
            home.env.update(env)
            before = {w: len(w.asked) for w in (proxy, other)}
            got, out, err = home.run("refresh", "--force")
            for name in env:
                del home.env[name]
            assert got == status, (got, out, err)
            for w in (proxy, other):
                assert (len(w.asked) > before[w]) == (w is by), (feed, config, env, w.asked, err)
            return err
        fetched(4)
        fetched(0, proxy, http_proxy=proxy.address)
        fetched(0, proxy, all_proxy=proxy.address + "/")
        fetched(0, proxy, http_proxy=proxy.host)
        fetched(4, http_proxy=proxy.address, no_proxy="elsewhere.example, nowhere.invalid")
        fetched(0, proxy, http_proxy=proxy.address, no_proxy="here.invalid")
        fetched(4, config="[refresh]\nproxy = none\n", http_proxy=proxy.address)
        fetched(0, other, config=f"[refresh]\nproxy = {other.address}\n", http_proxy=proxy.address)
        fetched(0, proxy, feed=f"proxy={proxy.address}", config=f"[refresh]\nproxy = {other.address}\n")
        fetched(4, feed="proxy=none", http_proxy=proxy.address)
        err = fetched(4, http_proxy=f"http://127.0.0.1:{closed_port()}")
        assert "proxy" in err.lower() or "127.0.0.1" in err, err


def passwords(home):
    """user= takes the password from ~/.netrc and gives it to that host alone; an address may carry its own."""
    import base64
    with Odd({"/rss": (200, RSS, rss(2))}) as web, Odd({"/rss": (200, RSS, rss(2))}) as other:
        web.answers["/away"] = (302, TEXT, "", {"Location": other.address.replace("127.0.0.1", "localhost") + "/rss"})
        with open(os.path.join(home.path, ".netrc"), "w") as f:
            f.write("machine 127.0.0.1 login anna password rahasia\nmachine 127.0.0.1 login budi password lain\n")

        def sent(feed):
            home.write("feeds", feed + "\n")
            home.run("refresh", "--force")
            return [base64.b64decode(h["Authorization"].split()[1]).decode() if "Authorization" in h else None
                    for h in web.heads + other.heads]
        def ask(feed):
            del web.heads[:], other.heads[:]
            return sent(feed)
        assert ask(f'{web.address}/rss "Uji"') == [None]
        assert ask(f'{web.address}/rss "Uji" user=anna') == ["anna:rahasia"]
        assert ask(f'{web.address}/rss "Uji" user=budi') == ["budi:lain"]
        assert ask(f'{web.address.replace("//", "//cici:p%40ss@")}/rss "Uji"') == ["cici:p@ss"]
        home.write("config", "[refresh]\nprivate-addresses = yes\n")
        assert ask(f'{web.address}/away "Uji" user=anna') == ["anna:rahasia", None]
        for name in ("list", "feeds", "doctor"):
            _, out, err = home.run(name)
            assert "rahasia" not in out + err and "p@ss" not in out + err and "p%40ss" not in out + err


def two_at_once(home):
    """Two refreshes of one store: one works, the other says so or waits; nothing is lost or doubled."""
    import subprocess
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        sample.control("slow?ms=300")
        both = [subprocess.Popen([KAWAT, "refresh", "--force"], env=home.env, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True) for _ in range(2)]
        ends = [(p.communicate(timeout=60), p.returncode) for p in both]
        codes = sorted(code for _, code in ends)
        assert codes[0] == 0 and codes[1] in (0, 5), ends
        if codes[1] == 5:
            assert any("refreshing" in err for (_, err), _ in ends), ends
        assert len(stories(home)) == 61
        assert expect(0)(home.run("db", "check"))[0] == "ok\n"


def stopped(home):
    """SIGINT and SIGTERM in the middle of a refresh: 130 and 143, what came is stored, nobody is left."""
    import signal
    import subprocess

    from program import family, wait_for
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            sample.control("hold?host=tirta.example")
            p = subprocess.Popen([KAWAT, "refresh", "--force"], env=home.env, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE, text=True)
            wait_for("a held request", lambda: sample.control("stats")["requests"].get("tirta.example/rss.xml"))
            wait_for("the other feeds", lambda: len(stories(home)) >= 49)
            workers = list(family(p.pid).values())
            begin = time.monotonic()
            p.send_signal(number)
            p.communicate(timeout=30)
            assert p.returncode == status, (p.returncode, status)
            assert time.monotonic() - begin < 5
            wait_for("the end of the workers", lambda: not any(os.path.exists(f"/proc/{w}") for w in workers))
            sample.control("up")
            sample.control("reset")
        assert len(stories(home)) == 49
        expect(0)(home.run("refresh", "--force"))
        assert len(stories(home)) == 61


def ticker(home):
    """tail prints the newest, then what comes, here by another kawat, until it is stopped."""
    import signal
    import subprocess

    from program import family, wait_for
    with Sample() as sample:
        home.write("feeds", sample.feeds())
        expect(0)(home.run("refresh"))
        lines = []
        with open(os.path.join(home.path, "tail.out"), "w+") as out:
            p = subprocess.Popen([KAWAT, "tail", "--limit", "3", "--format", "ndjson"], env=home.env,
                                 stdout=out, stderr=subprocess.PIPE, text=True)

            def printed():
                with open(out.name) as f:
                    lines[:] = [json.loads(line) for line in f if line.endswith("\n")]
                return lines
            try:
                wait_for("the newest three", lambda: len(printed()) == 3)
                assert [s["published"] for s in lines] == sorted(s["published"] for s in lines), "newest last"
                workers = list(family(p.pid).values())
                sample.control("later")
                expect(0)(home.run("refresh", "--force"))
                wait_for("what came later", lambda: len(printed()) >= 5)
                assert {s["url"].split("/")[-2] for s in lines[3:]} == {"4829", "4831"}, lines[3:]
                p.send_signal(signal.SIGINT)
                _, err = p.communicate(timeout=30)
                assert p.returncode == 130 and not err, (p.returncode, err)
                assert len({s["id"] for s in printed()}) == len(lines) == 5, "each once"
                wait_for("the end of the workers", lambda: not any(os.path.exists(f"/proc/{w}") for w in workers))
            finally:
                p.kill()
                p.communicate()
    expect(2, "ndjson")(home.run("tail", "--format", "json"))
    with open("/dev/full", "w") as full:
        p = subprocess.run([KAWAT, "tail"], env=home.env, stdout=full, stderr=subprocess.PIPE, text=True, timeout=30)
    assert p.returncode == 5 and p.stderr.count("cannot write to standard output") == 1, (p.returncode, p.stderr)


if __name__ == "__main__":
    play(add, wishes, repaired, add_page, refresh, later, by_pipe, some_fail, cut_heals, all_fail, without_network, parse_address, unknown_address,
         remove, moved, hops, proxies, passwords, two_at_once, stopped, ticker)
