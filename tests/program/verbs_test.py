#!/usr/bin/env python3
"""Every verb on the sample wire: formats, JSON keys and their types, queries, exit codes."""
import glob
import json
import os
import re
import subprocess

from program import KAWAT, RFC3339, WIRE, Replay, expect, play

TIME = re.compile(RFC3339)
STORY = {"id": int, "key": str, "url": str, "title": str, "agency": str, "place": str, "byline": str,
         "lang": str, "published": str, "updated": str, "first_seen": str, "unread": bool, "starred": bool,
         "stored": bool, "gone": bool, "updated_since_read": bool, "version": int, "feeds": list,
         "section": str, "related_count": int, "urgency": int, "rights": str}
READ = dict(STORY, text=str, html=str, links=list, related=list, dangling=list, source=str, exchange=str,
            reporter=str, translator=str, editor=str, photographer=str, copyright=str)
FEED = {"id": int, "url": str, "title": str, "section": str, "lang": str, "unread": int, "total": int,
        "last_fetch": str, "next_fetch": str, "state": str, "error": str, "every": int}
REFRESH = {"feeds": int, "new": int, "updated": int, "unchanged": int, "not_due": int, "failed": int,
           "errors": list}
CABLE = "kabel-laut-selat-parai-tersambung"


def shape(value, keys):
    for key, kind in keys.items():
        assert type(value.get(key)) is kind, f"{key} is {value.get(key)!r}, not {kind.__name__}"
    for key in ("published", "updated", "first_seen", "last_fetch", "next_fetch"):
        assert not value.get(key) or TIME.fullmatch(value[key]), (key, value[key])


def filled(home):
    kawat = Replay(home)
    out, _ = expect(0)(kawat("refresh"))
    assert out == "feeds 4  new 61  updated 0  unchanged 0  not due 0  failed 0\n", out
    return kawat


def refresh(home):
    kawat = filled(home)
    out, err = expect(0)(kawat("refresh"))
    assert out == "feeds 4  new 0  updated 0  unchanged 0  not due 4  failed 0\n" and not err
    out, _ = expect(0)(kawat("refresh", "--force", "--format", "json"))
    total = json.loads(out)
    shape(total, REFRESH)
    assert total["feeds"] == 4 and total["new"] == 0 and total["unchanged"] == 4, total
    assert expect(0)(kawat("-q", "refresh", "--force")) == ("", "")
    out, _ = expect(0)(kawat("refresh", "--force", "Tirta"))
    assert out.startswith("feeds 1 "), out
    out, _ = expect(0)(kawat("refresh", "--force", "@Dunia"))
    assert out.startswith("feeds 2 "), out
    out, _ = expect(0)(kawat("refresh", "--force", "nusa", "--jobs", "1"))
    assert out.startswith("feeds 1 "), out
    expect(2, "Nowhere")(kawat("refresh", "Nowhere"))
    expect(2, "--jobs")(kawat("refresh", "--jobs", "0"))


def feeds(home):
    kawat = filled(home)
    for feed in kawat.json("feeds", "--format", "json"):
        shape(feed, FEED)
        assert feed["state"] == "ok" and feed["unread"] == feed["total"] > 0, feed
    out, _ = expect(0)(kawat("feeds", "--format", "ndjson"))
    assert [json.loads(line)["title"] for line in out.splitlines()] == \
        ["NUSA Terkini", "Kabar Selatan", "Meridian World", "Tirta"]
    out, _ = expect(0)(kawat("feeds", "--format", "tsv", "--header"))
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0] == ["name", "section", "unread", "total", "last_fetch", "state", "url"]
    assert rows[1][:4] == ["NUSA Terkini", "Nasional", "22", "22"] and len(rows) == 5
    out, _ = expect(0)(kawat("feeds"))
    assert "NUSA Terkini" in out and "https://nusa.example/rss/terkini.xml" in out
    expect(2, "unknown format")(kawat("feeds", "--format", "html"))


def list_formats(home):
    kawat = filled(home)
    listed = kawat.json("list", "--format", "json")
    assert len(listed) == 61
    for story in listed:
        shape(story, STORY)
    times = [s["published"] for s in listed if s["published"]]
    out, _ = expect(0)(kawat("list", "--format", "ndjson", "--limit", "7"))
    assert [json.loads(line) for line in out.splitlines()] == listed[:7]
    back = kawat.json("list", "--format", "json", "--reverse")
    assert [s["id"] for s in back] == [s["id"] for s in reversed(listed)] and times
    out, _ = expect(0)(kawat("list", "--format", "tsv", "--header", "--limit", "2"))
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows[0] == ["id", "marks", "time", "agency", "title", "url"] and len(rows) == 3
    assert rows[1][0] == str(listed[0]["id"]) and rows[1][4] == listed[0]["title"]
    out, _ = expect(0)(kawat("list", "--limit", "3"))
    assert len(out.splitlines()) == 3 and listed[0]["title"] in out.splitlines()[0]
    assert "\x1b" not in out
    template = r"%{id}|%{date:%F}|%{agency}\t%{title}|%{url}|%{nothing}\n"
    out, _ = expect(0)(kawat("list", "--format", template, "--limit", "1"))
    one = listed[0]
    assert out.startswith(f"{one['id']}|2026-") and out.endswith(f"|{one['url']}|%{{nothing}}\n"), out
    assert f"{one['agency']}\t{one['title']}" in out
    expect(2, "unknown format", "ndjson")(kawat("list", "--format", "yaml"))
    expect(2, "--limit")(kawat("list", "--limit", "none"))


def queries(home):
    kawat = filled(home)

    def urls(*query):
        status, out, err = kawat("list", *query, "--format", "json")
        assert status in (0, 1), (query, status, err)
        return {s["url"]: s for s in json.loads(out)} if out else {}

    everything = urls()
    nusa = urls("from:NUSA")
    assert nusa and all(s["agency"] == "NUSA" for s in nusa.values())
    assert set(urls('feed:"Kabar Selatan"')) == {u for u in everything if "kabarselatan" in u}
    asia = urls("section:Dunia")
    assert asia and all("Dunia" in s["section"] for s in asia.values())
    assert set(urls("lang:en")) == {u for u, s in everything.items() if s["lang"].startswith("en")}
    assert all("kabel" in s["title"].lower() for s in urls("title:kabel").values())
    placed = urls("place:Wanakarta")
    assert placed and all("wanakarta" in s["place"].lower() for s in placed.values())
    assert set(urls("is:stored")) == {u for u, s in everything.items() if s["stored"]}
    assert urls("since:2026-11-24") and set(urls("since:2026-11-24")).isdisjoint(urls("until:2026-11-23"))
    assert not urls("is:starred") and not urls("is:read")
    assert set(urls("-lang:id")) == {u for u, s in everything.items() if not s["lang"].startswith("id")}
    either = urls("title:kabel OR title:siklon")
    assert set(either) == set(urls("title:kabel")) | set(urls("title:siklon"))
    phrase = urls('"Selat Parai"')
    assert phrase and set(phrase) <= set(urls("Selat Parai"))
    cable = kawat.id_of(CABLE)
    cited = urls(f"citedby:{cable}")
    assert cited and all("/4809/" in u or "/4771/" in u for u in cited), set(cited)
    target = next(s["id"] for u, s in cited.items())
    assert any(CABLE in u for u in urls(f"cites:{target}"))
    expect(1)(kawat("list", "title:tidakadakatasemacamini"))
    expect(2, "is:")(kawat("list", "is:nonsense"))
    expect(2)(kawat("list", "since:someday"))


def search(home):
    kawat = filled(home)
    hits = kawat.json("search", "kabel", "laut", "--format", "json")
    for hit in hits:
        shape(hit, dict(STORY, excerpt=str))
    assert len(hits) > 3 and any(hit["excerpt"] for hit in hits)
    exact = kawat.json("search", '"Selat Parai"', "--format", "json")
    assert exact and {h["id"] for h in exact} <= {h["id"] for h in
                                                  kawat.json("search", "Selat", "Parai", "--format", "json")}
    fewer = kawat.json("search", "kabel", "from:NUSA", "--format", "json")
    assert fewer and all(h["agency"] == "NUSA" for h in fewer)
    assert len(kawat.json("search", "kabel", "--limit", "2", "--format", "json")) == 2
    out, _ = expect(0)(kawat("search", "kabel"))
    assert re.search(r"\[[Kk]abel\]", out), out
    out, _ = expect(0)(kawat("search", "kabel", "--format", "tsv", "--header"))
    assert out.splitlines()[0].split("\t")[-1] == "excerpt"
    out, _ = expect(0)(kawat("search", "kabel", "--format", r"%{id} %{excerpt}\n"))
    assert "Kabel" in out and "%{" not in out, out
    _, err = expect(1, "did you mean", "kabel")(kawat("search", "kabell"))
    expect(1)(kawat("search", "qqqqwwwwzzzz"))
    expect(2)(kawat("search"))


def read(home):
    kawat = filled(home)
    cable = kawat.id_of(CABLE)
    story = kawat.json("read", "--peek", str(cable), "--format", "json")
    shape(story, READ)
    assert story["unread"] and story["text"] and "<p>" in story["html"]
    titles = [r["title"] for r in story["related"]]
    assert any("900 meter" in t for t in titles), titles
    for link in story["related"]:
        assert type(link["label"]) is str and link["state"] in ("stored", "missing", "gone")
        assert link["to"] is None or type(link["to"]) is int
        assert link["label"] == "Baca juga" and link["url"].startswith("https://")
    by_address = kawat.json("read", "--peek", story["url"] + "?utm_source=x", "--format", "json")
    assert by_address["id"] == cable
    out, _ = expect(0)(kawat("read", "--peek", str(cable)))
    assert "Baca juga" in out and story["title"].split()[0] in out
    narrow, _ = expect(0)(kawat("read", "--peek", str(cable), "--width", "40"))
    assert max(map(len, narrow.splitlines())) <= 40
    out, _ = expect(0)(kawat("read", "--peek", str(cable), "--format", "markdown"))
    assert out.startswith("# ") and "**Baca juga:** [" in out
    out, _ = expect(0)(kawat("read", "--peek", str(cable), "--format", "html"))
    assert out.startswith("<!DOCTYPE html>") and "<strong>Baca juga:</strong> <a href=" in out
    out, _ = expect(0)(kawat("read", "--peek", str(cable), "--related"))
    assert "Cited by" in out or "Same story" in out or "In this story" in out
    assert kawat.json("read", "--peek", str(cable), "--format", "json")["unread"]
    expect(0)(kawat("read", str(cable)))
    assert kawat.json("read", "last", "--format", "json")["id"] == cable
    assert not kawat.json("read", str(cable), "--format", "json")["unread"]
    both = kawat.json("read", "--peek", "1", "2", "--format", "json")
    assert [s["id"] for s in both] == [1, 2]
    expect(1, "99999")(kawat("read", "99999"))
    expect(2)(kawat("read"))
    expect(2, "--width")(kawat("read", "1", "--width", "3"))


def read_fetches(home):
    kawat = filled(home)
    missing = next(s for s in kawat.json("list", "--format", "json") if not s["stored"])
    story = kawat.json("read", str(missing["id"]), "--format", "json")
    assert story["stored"] and len(story["text"]) > 200, story["text"]
    unknown = "https://nusa.example/berita/3411/pos-pantau-gunung-arga-tambah-dua-belas-sensor"
    assert kawat.json("read", unknown, "--format", "json")["text"]
    expect(4, "nusa.example/berita/1")(kawat("read", "https://nusa.example/berita/1/none"))


def generations(home):
    """Backlinks over four generations: the page that nobody's feed has is found by who cites it."""
    kawat = filled(home)
    for part in ("4821/kabel-laut-selat-parai-tersambung-internet-anggrek-pulih",
                 "4809/kapal-lintang-samudra-temukan-ujung-kabel-900-meter",
                 "4788/kapal-perbaikan-kabel-bertolak-menuju-selat-parai",
                 "4107/kabel-laut-parai-mulai-beroperasi-anggrek-tersambung-serat-optik",
                 "3520/pemerintah-pilih-rute-selat-parai-untuk-kabel-laut",
                 "2214/warga-anggrek-ajukan-permohonan-jaringan-serat-optik"):
        expect(0)(kawat("read", "https://nusa.example/berita/" + part))
    last = kawat.id_of("/2214/")
    graph = kawat.json("related", str(last), "--depth", "5", "--format", "json")
    assert graph["root"] == last
    for node in graph["nodes"]:
        shape(node, STORY)
    for edge in graph["edges"]:
        assert type(edge["from"]) is int and (edge["to"] is None or type(edge["to"]) is int)
        assert edge["kind"] in ("inline", "tail", "auto", "mention", "same"), edge
        assert type(edge["label"]) is str and type(edge["title"]) is str
    by_id = {n["id"]: n["url"] for n in graph["nodes"]}
    path = ["/2214/", "/3520/", "/4107/", "/4788/", "/4809/", "/4821/"]
    for to, source in zip(path, path[1:]):
        assert any(to in by_id.get(e["to"], "") and source in by_id[e["from"]] for e in graph["edges"]), \
            f"{source} does not lead to {to}"
    shallow = kawat.json("related", str(last), "--depth", "1", "--format", "json")
    assert len(shallow["nodes"]) < len(graph["nodes"])
    tree, _ = expect(0)(kawat("related", str(last), "--depth", "5"))
    assert "←" in tree and "Selat Parai tersambung" in tree
    line, _ = expect(0)(kawat("related", str(last), "--depth", "5", "--format", "timeline"))
    assert line.splitlines()[0].split("first ")[1:] and len(line.splitlines()) == len(graph["nodes"])
    dot, _ = expect(0)(kawat("related", str(last), "--format", "dot"))
    assert dot.startswith("digraph") and dot.endswith("}\n") and f"s{last} [label=" in dot
    expect(1)(kawat("related", "99999"))
    expect(2)(kawat("related"))
    expect(2, "--depth")(kawat("related", "1", "--depth", "none"))


def marks(home):
    kawat = filled(home)
    assert expect(0)(kawat("mark", "read", "1", "2"))[0] == "2\n"
    assert expect(0)(kawat("mark", "read", "1", "2"))[0] == "0\n"
    assert expect(0)(kawat("mark", "unread", "1"))[0] == "1\n"
    assert expect(0)(kawat("mark", "star", "3"))[0] == "1\n"
    starred = kawat.json("list", "is:starred", "--format", "json")
    assert [s["id"] for s in starred] == [3]
    n = len(kawat.json("list", "from:NUSA", "is:unread", "--format", "json"))
    assert expect(0)(kawat("mark", "read", "from:NUSA"))[0] == f"{n}\n"
    assert expect(0)(kawat("mark", "unstar", "is:starred"))[0] == "1\n"
    assert not [s for s in kawat.json("list", "--format", "json") if not s["unread"]]
    assert len(kawat.json("list", "--all", "--format", "json")) == 61
    expect(2, "no mark")(kawat("mark", "burn", "1"))
    expect(2)(kawat("mark", "read"))
    expect(1)(kawat("mark", "read", "99999"))


def store_verb(home):
    kawat = filled(home)
    missing = [s for s in kawat.json("list", "--format", "json") if not s["stored"]]
    one = str(missing[0]["id"])
    out, _ = expect(0)(kawat("store", one))
    assert out.split()[:2] == [one, "stored"], out
    out, _ = expect(0)(kawat("store", one))
    assert out == "nothing to store\n"
    expect(2, "--yes")(kawat("store", "feed:Tirta"))
    status, out, err = kawat("store", "feed:Tirta", "--yes")
    assert status in (0, 3), (status, out, err)
    left = [s for s in kawat.json("list", "feed:Tirta", "--format", "json") if not s["stored"] and not s["gone"]]
    assert not left, [s["url"] for s in left]
    cable = kawat.id_of(CABLE)
    status, out, err = kawat("store", str(cable), "--links", "--depth", "2", "--yes")
    assert status in (0, 3) and out, (status, err)
    graph = kawat.json("read", "--peek", str(cable), "--format", "json")
    assert all(link["state"] != "missing" for link in graph["related"]), graph["related"]


def cluster(home):
    stories = [{"id": "a", "title": "Ferry sinks off Seruni", "text": "The ferry Bunga Laut sank off Seruni on Monday."},
               {"id": "b\u0007\u00e9", "title": "Rates rise in Halden", "lead": "The central bank of Halden raised rates."},
               {"id": "c", "title": "Seruni ferry Bunga Laut sinks", "lead": "The ferry Bunga Laut sank off Seruni."}]
    stream = "".join(json.dumps(s) + "\n" for s in stories).encode()
    out, _ = expect(0)(home.run("cluster", stdin=stream))
    told = [json.loads(line) for line in out.splitlines()]
    assert [t["id"] for t in told] == [s["id"] for s in stories], told
    assert told[0]["cluster"] == told[2]["cluster"] != told[1]["cluster"], told
    assert expect(0)(home.run("cluster", "-", stdin=stream))[0] == out
    assert expect(0)(home.run("cluster", stdin=b""))[0] == ""
    got, _ = expect(6, "line 4")(home.run("cluster", stdin=stream + b"no story\n"))
    assert got == out, "what came before a bad line is told"
    expect(6, "line 1")(home.run("cluster", stdin=b"{}"))
    expect(2, "nothing.ndjson")(home.run("cluster", "nothing.ndjson"))


def parse_and_extract(home):
    feed = open(f"{Replay(home).args[1]}/nusa.example/rss/terkini.xml", "rb").read()
    by_pipe = home.run("parse", stdin=feed)
    out, _ = expect(0)(by_pipe)
    parsed = json.loads(out)
    assert len(parsed["items"]) == 22, len(parsed["items"])
    out, _ = expect(0)(home.run("parse", "--url", "https://nusa.example/rss/terkini.xml",
                                f"{Replay(home).args[1]}/nusa.example/rss/terkini.xml"))
    assert len(json.loads(out)["items"]) == 22
    out, _ = expect(0)(home.run("parse", "-", stdin=feed))
    assert json.loads(out) == parsed
    expect(6)(home.run("parse", stdin=b"hello, this is no feed\n"))
    expect(6)(home.run("parse", stdin=b""))
    # what is no text is no feed, and a page without a story
    noise = bytes(i * i * 7 >> 5 & 255 for i in range(3000))
    expect(6, "its bytes are no text")(home.run("parse", stdin=noise))
    out, _ = expect(0)(home.run("extract", stdin=noise))
    assert json.loads(out)["text"] == "", out
    # too large: what came before the limit is kept, and what was left out is told
    out, _ = expect(0)(home.run("parse", "--max-size", "4K", stdin=feed))
    part = json.loads(out)
    assert part["items"] and part["items"] == parsed["items"][:len(part["items"])], part
    assert len(part["items"]) < 22 and not part["wellformed"], part
    assert part["repaired"][0]["what"] == "left out what is beyond 4096 bytes", part["repaired"]
    out, _ = expect(0)(home.run("parse", "--max-size", str(len(feed)), stdin=feed))
    assert json.loads(out) == parsed
    # no more than that is read of an input that never ends
    for verb in (["parse", "--max-size", "2K"], ["extract"]):
        with subprocess.Popen(["yes", "<rss>"], stdout=subprocess.PIPE) as endless:
            done = subprocess.run([KAWAT, *verb], env=home.env, stdin=endless.stdout,
                                  capture_output=True, timeout=60)
            endless.stdout.close()
        assert done.returncode == 0 and json.loads(done.stdout), (verb, done.stderr)
    expect(2, "nothing.xml")(home.run("parse", "nothing.xml"))
    expect(2, "'/'", "folder")(home.run("parse", "/"))
    expect(2, "--max-size")(home.run("parse", "--max-size", "much", stdin=feed))
    expect(2, "--url")(home.run("parse", "--url", "nowhere", stdin=feed))
    page = next(iter(sorted(glob.glob(f"{Replay(home).args[1]}/nusa.example/berita/4821/*"))))
    out, _ = expect(0)(home.run("extract", "--url", "https://nusa.example/berita/4821/x", page))
    story = json.loads(out)
    assert story["text"] and len(story["related"]) == 2, story["related"]
    out, _ = expect(0)(home.run("extract", "--format", "text", stdin=open(page, "rb").read()))
    assert "Baca juga" in out and not out.startswith("{")
    out, _ = expect(0)(home.run("extract", stdin=b""))
    assert json.loads(out)["text"] == ""
    latin = "Caf\u00e9 cr\u00e8me \u00e0 Nusa, dit l'h\u00f4te. ".encode("latin-1") * 20
    out, _ = expect(0)(home.run("extract", "--charset", "iso-8859-1", stdin=latin))
    assert "Caf\u00e9" in json.loads(out)["text"]
    expect(2, "unknown format")(home.run("extract", "--format", "pdf", stdin=b"x"))
    expect(2, "no charset")(home.run("extract", "--charset", "nosuch", stdin=b"x"))


def others(home):
    kawat = filled(home)
    out, _ = expect(0)(kawat("db", "check"))
    assert out == "ok\n", out
    out, _ = expect(0)(kawat("db", "stats"))
    assert re.search(r"^stories +61$", out, re.M), out
    expect(0)(kawat("db", "compact"))
    copy = f"{home.path}/copy.db"
    expect(0)(kawat("db", "backup", copy))
    assert open(copy, "rb").read(15) == b"SQLite format 3"
    expect(2, "copy.db")(kawat("db", "backup", copy))
    out, _ = expect(0)(kawat("db", "expire"))
    assert out == "0 stories deleted\n", out
    expect(2)(kawat("db", "burn"))
    expect(2)(kawat("db"))
    for row in json.loads(expect(0)(kawat("doctor", "--format", "json"))[0]):
        assert set(row) == {"check", "state", "says"} and row["state"] in ("ok", "note", "fail"), row
    keys = json.loads(expect(0)(home.run("keys", "--format", "json"))[0])
    assert len(keys) > 80 and any("toggle-read" in json.dumps(k) for k in keys)
    assert "toggle-read" in expect(0)(home.run("keys"))[0]
    assert "|" in expect(0)(home.run("keys", "--format", "md"))[0]
    out, _ = expect(0)(home.run("--version"))
    assert re.fullmatch(r"kawat \S+\n", out), out
    out, _ = expect(0)(home.run("--help"))
    assert "refresh" in out and "usage: kawat" in out
    for verb in ("refresh", "add", "list", "read", "parse"):
        out, _ = expect(0)(home.run(verb, "--help"))
        assert f"kawat {verb}" in out


def usage(home):
    expect(2, "no feeds yet")(home.run("refresh"))
    expect(2, "no feeds yet")(home.run("feeds"))
    expect(2, "terminal")(home.run())
    expect(2, "unknown command 'lst'")(home.run("lst"))
    expect(2, "unknown option '--al'")(home.run("list", "--al"))
    expect(2, "--limit needs a value")(home.run("list", "--limit"))
    expect(2, "--force does not go with list")(home.run("--force", "list"))
    # in the language asked for, wherever that stands
    expect(2, "perintah 'lst' tidak dikenal")(home.run("--lang", "id", "lst"))
    expect(2, "perintah 'lst' tidak dikenal")(home.run("lst", "--lang=id"))
    expect(2, "--force tidak berlaku untuk list")(home.run("--force", "list", "--lang", "id"))
    expect(2, "belum ada umpan")(home.run("--lang", "id", "refresh"))
    expect(2, "no feeds yet")(home.run("--lang", "en", "refresh"))
    expect(2, "--all takes no value")(home.run("list", "--all=yes"))
    assert expect(0)(home.run("db", "check"))[0] == "there is no store yet\n"
    expect(2, "what is 'x'? db check needs nothing more")(home.run("db", "check", "x"))
    expect(2, "what is '30d'? db expire needs nothing more")(home.run("db", "expire", "30d"))
    expect(2, "what is 'b'? db backup needs one file")(home.run("db", "backup", "a", "b"))


def brief(home):
    """The last hours as events: every format has the same ones, urgent first."""
    wire = Replay(home)
    expect(1)(wire("brief"))
    wire("refresh")
    events = wire.json("brief", "--since", "10y", "--format", "json")
    assert sum(len(e["stories"]) for e in events) == 61, len(events)
    for event in events:
        for story in event["stories"]:
            shape(story, STORY)
    urgent = [1 <= e["urgency"] <= 2 for e in events]
    assert any(urgent) and urgent == sorted(urgent, reverse=True), urgent
    lines = expect(0)(wire("brief", "--since", "10y"))[0].splitlines()
    assert len(lines) == len(events)
    for event, line in zip(events, lines):
        assert line.endswith(event["title"]) and event["stories"][0]["agency"][:8] in line, (event["title"], line)
        assert ("!" in line[:9]) == (1 <= event["urgency"] <= 2), line
    for kind, mark in (("markdown", "- **"), ("html", "<li>")):
        out = expect(0)(wire("brief", "--since", "10y", "--format", kind))[0]
        assert out.count(mark) == len(events), kind
    some = wire.json("brief", "from:NUSA", "OR", "from:Tirta", "--since", "10y", "--format", "json")
    assert {s["agency"] for e in some for s in e["stories"]} == {"NUSA", "Tirta"}
    expect(1)(wire("brief", "--since", "2030-01-01"))
    expect(2, "yesteryear")(wire("brief", "--since", "yesteryear"))


def rules(home):
    """[rules]: what arrives is muted, starred, read and told; a changed mute holds for what is stored."""
    home.write("config", """[rules]
mute = title:siklon   # in the headline alone
alert = urgency:1-2
star = "kabel laut"
read = feed:"NUSA Terkini" place:Jakarta OR title:radio
bogus = x
read =
mute = is:blue
""")
    wire = Replay(home)
    home.write("feeds", open(os.path.join(WIRE, "feeds"), encoding="utf-8").read())
    _, err = expect(0)(wire("refresh"))
    for said in ('config:6: unknown rule "bogus"', "config:7: read without a query", "config:8: unknown state 'is:blue'"):
        assert said in err, err
    assert err.count("alert: ") == 3, err

    def titles(*query):
        status, out, why = wire("list", *query, "--format", "json")
        assert status in (0, 1), why
        return {s["title"]: s for s in json.loads(out or "[]")}
    muted = titles("is:muted")
    assert muted and all("siklon" in t.lower() for t in muted), muted
    assert not any("siklon" in t.lower() for t in titles("--all")), "in no list"
    assert wire("search", "title:siklon")[0] == 1, "and no search"
    assert len(titles("is:alerted")) == 3 and all(1 <= s["urgency"] <= 2 for s in titles("is:alerted").values())
    assert titles("is:starred") and all(s["starred"] for s in titles("is:starred").values())
    assert any("Radio" in t for t in titles("is:read"))
    unread = wire.json("feeds", "--format", "json")
    assert sum(f["unread"] for f in unread) == len(titles("is:unread", "--all")), "muted stories are not counted"
    home.write("config", "[rules]\nmute = kabel\n")
    _, err = expect(0)(wire("refresh"))
    assert err == "", err
    assert any("siklon" in t.lower() for t in titles("is:unread")), "unread as it was"
    assert all("kabel" in wire("read", str(s["id"]), "--peek")[1].lower() for s in titles("is:muted").values())
    assert not any("Kabel" in t for t in titles("--all"))


if __name__ == "__main__":
    play(refresh, feeds, list_formats, queries, search, read, read_fetches, generations, marks, store_verb,
         cluster, parse_and_extract, brief, rules, others, usage)
