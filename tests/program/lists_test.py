#!/usr/bin/env python3
"""Lists in and out: other readers' lists, the feeds file, exports, what comes back from them."""
import email.header
import json
import mailbox
import os
import stat
import subprocess
import xml.dom.minidom

from program import KAWAT, Replay, expect, play

OPML = """<?xml version="1.0"?><opml version="2.0"><body>
<outline text="Dunia"><outline text="A &amp; B" xmlUrl="https://a.example/feed"/></outline>
<outline text="C" xmlUrl="http://www.c.example/feed/"/><outline text="X" xmlUrl="exec:touch PWNED"/>
<outline text="P" xmlUrl="https://me:secret@p.example/feed"/></body></opml>"""


def write(home, name, text):
    path = os.path.join(home.path, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def feeds_file(home):
    for folder, _, names in os.walk(home.path):
        if "feeds" in names and folder.endswith("kawat"):
            return os.path.join(folder, "feeds")
    return None


def text_of(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def opml(home):
    path = write(home, "list.opml", OPML)
    got = home.json("import", path)
    assert [got["imported"], got["present"], got["skipped"]] == [3, 0, 1], got
    assert got["feeds"][0] == {"url": "https://a.example/feed", "title": "A & B", "section": "Dunia"}
    assert got["errors"] == [{"outline": 4, "about": "exec:touch%20PWNED",
                              "error": "not an http or https address"}], got["errors"]
    assert "secret" not in json.dumps(got)
    assert stat.S_IMODE(os.stat(feeds_file(home)).st_mode) == 0o600
    # again: everything is there, however it is written
    again = write(home, "again.opml", OPML.replace("http://www.c.example/feed/", "https://c.example/feed"))
    got = home.json("import", again)
    assert [got["imported"], got["present"], got["skipped"]] == [0, 3, 1], got
    out, err = expect(0)(home.run("import", "--format", "text", path))
    assert out == "imported 0  already there 3  skipped 1\n" and "outline 4" in err, (out, err)
    expect(0)(home.run("-q", "import", "--format", "text", path))
    with open(path, encoding="utf-8") as f:
        done = subprocess.run([KAWAT, "import", "-"], stdin=f, env=home.env, capture_output=True, text=True)
    assert done.returncode == 0 and json.loads(done.stdout)["present"] == 3, done


def edits(home):
    expect(0)(home.run("import", write(home, "urls", "https://a.example/ news \"~A\"\n")))
    path = feeds_file(home)
    with open(path, "w", encoding="utf-8") as f:
        f.write("# mine\n\nhttps://b.example/ \"B\"   # kept\n\n[news]\nhttps://a.example/ \"A\"\n\n[last]\n")
    expect(0)(home.run("import", write(home, "urls", "https://n.example/ news\nhttps://o.example/\n"
                                                     "https://p.example/ \"new one\" \"~P\"\n")))
    assert text_of(path) == ("# mine\n\nhttps://b.example/ \"B\"   # kept\nhttps://o.example/\n\n[news]\n"
                             "https://a.example/ \"A\"\nhttps://n.example/\n\n[last]\n\n[new one]\n"
                             "https://p.example/  \"P\"\n"), text_of(path)
    before = text_of(path)
    got = home.json("import", "--dry-run", write(home, "urls", "https://q.example/ news\n"))
    assert got["imported"] == 1 and text_of(path) == before


def refused(home):
    expect(6, "web page")(home.run("import", write(home, "a", "<html><body>x</body></html>")))
    expect(6, "feed itself")(home.run("import", write(home, "b", "<rss version='2.0'><channel/></rss>")))
    expect(6, "empty")(home.run("import", write(home, "c", "")))
    expect(6)(home.run("import", write(home, "d", "Satu kalimat saja.\n")))
    expect(2, "cannot open")(home.run("import", os.path.join(home.path, "none")))
    expect(2)(home.run("import", home.path))
    expect(2, "one file")(home.run("import", "a", "b"))
    expect(6, "no list of another reader")(home.run("import"))
    status, out, err = home.run("import", write(home, "e", "<opml><outline xmlUrl='exec:x'/></opml>"))
    assert status == 6 and json.loads(out)["skipped"] == 1 and err.count("\n") == 1, (status, out, err)
    assert feeds_file(home) is None


def other_readers(home):
    config = home.env.get("XDG_CONFIG_HOME") or os.path.join(home.path, ".config")
    os.makedirs(os.path.join(config, "newsboat"), exist_ok=True)
    write(home, os.path.join(config, "newsboat", "urls"), "https://a.example/ \"~A\"\nexec:touch x\n")
    write(home, ".sfeed/sfeedrc", 'feeds() {\n\tfeed "S" "https://s.example/"\n\tfeed "x" "$(touch x)"\n}\n')
    write(home, ".snownews/urls", "nothing of use\n")
    status, out, err = home.run("import")
    got = json.loads(out)
    assert status == 0 and [got["imported"], got["skipped"]] == [2, 2], (status, out, err)
    assert "snownews" in err and err.count("\n") == 1, err
    assert {os.path.basename(e["file"]) for e in got["errors"]} == {"urls", "sfeedrc"}


def round_trip(home):
    """What is exported and imported into an empty home is exported the same."""
    expect(0)(home.run("import", write(home, "f", "# kawat feeds\n\n[Dunia/Asia & co]\n"
                                       "https://a.example/?a=1&b=2  \"A \\\"a\\\" <b>\"  lang=id every=10m\n\n[X]\n"
                                       "https://b.example/  \"漢字\"  paused\n\n[Dunia]\nhttps://c.example/\n\n"
                                       "[Searches]\nsearch: karang lang:id   \"Laut\"\n")))
    for what in ("opml", "feeds"):
        first = os.path.join(home.path, "out." + what)
        expect(0)(home.run("export", what, "-o", first))
        assert stat.S_IMODE(os.stat(first).st_mode) == 0o600
        other = os.path.join(home.path, "other-" + what)
        expect(0)(home.run("-f", other, "import", first))
        out, _ = expect(0)(home.run("-f", other, "export", what))
        same = [line for line in text_of(first).splitlines() if "dateCreated" not in line]
        assert same == [line for line in out.splitlines() if "dateCreated" not in line], out
    doc = xml.dom.minidom.parse(os.path.join(home.path, "out.opml"))
    titles = [o.getAttribute("text") for o in doc.getElementsByTagName("outline")]
    assert titles == ["Dunia", "https://c.example/", "Asia & co", 'A "a" <b>', "X", "漢字"], titles
    out, _ = expect(0)(home.run("export", "opml", "@Dunia"))
    assert out.count("xmlUrl") == 2
    expect(2)(home.run("export", "opml", "@Nowhere"))


def passwords(home):
    expect(0)(home.run("import", write(home, "list.opml", OPML)))
    with open(feeds_file(home), "a", encoding="utf-8") as f:
        f.write("# https://old:secret@x.example/\nhttps://r.example/ proxy=http://u:secret@proxy.example:8080/\n")
    for what in ("opml", "feeds"):
        out, _ = expect(0)(home.run("export", what))
        assert "secret" not in out and "https://p.example/feed" in out, out
        out, _ = expect(0)(home.run("export", what, "--with-passwords"))
        assert "https://me:secret@p.example/feed" in out, out


def stories(home):
    kawat = Replay(home)
    expect(0)(kawat("refresh"))
    rights = "Dilarang menyalin"
    for form in ("ndjson", "mbox", "markdown", "html", "atom"):
        out, _ = expect(0)(kawat("export", "stories", "--format", form))
        assert rights in out.replace("\n", " ").replace("\\", ""), form
        part, _ = expect(0)(kawat("export", "stories", "from:NUSA", "--format", form))
        assert 0 < len(part) < len(out), form
    ndjson, _ = expect(0)(kawat("export", "stories"))
    all_of = [json.loads(line) for line in ndjson.splitlines()]
    assert len(all_of) == 61 and all_of[0]["text"] and "related" in all_of[0]
    atom, _ = expect(0)(kawat("export", "stories", "--format", "atom"))
    read = json.loads(expect(0)(home.run("parse", write(home, "x.atom", atom)))[0])
    assert read["wellformed"] and len(read["items"]) == 61
    assert {i["title"] for i in read["items"]} == {s["title"] for s in all_of}
    html, _ = expect(0)(kawat("export", "stories", "--format", "html"))
    assert html.count("<article>") == 61 and html.count("<!DOCTYPE") == 1
    expect(1, "no story")(kawat("export", "stories", "qwertyuiop"))
    expect(2, "unknown format")(kawat("export", "stories", "--format", "text"))
    expect(2, "cannot be exported")(kawat("export", "news"))
    expect(2)(kawat("export"))
    expect(2, "cannot write")(kawat("export", "stories", "-o", os.path.join(home.path, "no", "x")))


def mbox(home):
    kawat = Replay(home)
    expect(0)(kawat("refresh"))
    path = os.path.join(home.path, "stories.mbox")
    expect(0)(kawat("export", "stories", "--format", "mbox", "-o", path))
    with open(path, "rb") as f:
        raw = f.read()
    assert max(map(len, raw.split(b"\n"))) < 998
    box = mailbox.mbox(path)
    listed = {s["title"] for s in kawat.json("list", "--all", "--format", "json")}
    subjects = {str(email.header.make_header(email.header.decode_header(m["Subject"]))) for m in box}
    assert len(box) == 61 and subjects == listed
    ids = [m["Message-ID"] for m in box]
    assert len(set(ids)) == 61
    links = [r for m in box for r in (m["References"] or "").split()]
    assert sum(r in ids for r in links) > 20
    for message in box:
        assert message.get_content_charset() == "utf-8" and message["Date"].endswith("+0000")
        message.get_payload(decode=True).decode("utf-8")


def marks(home):
    kawat = Replay(home)
    expect(0)(kawat("refresh"))
    expect(1)(kawat("export", "marks"))
    expect(0)(kawat("mark", "read", "from:NUSA"))
    expect(0)(kawat("mark", "star", "kabel"))
    first, _ = expect(0)(kawat("export", "marks"))
    path = write(home, "marks", first + '{"key":"https://nowhere.example/1","read":true,"starred":true}\n')
    fresh = Replay(home, "fresh")
    expect(1, "no stories")(fresh("import", path))
    expect(0)(fresh("refresh"))
    got = json.loads(expect(0)(fresh("import", path))[0])
    n = sum(json.loads(line)[key] for line in first.splitlines() for key in ("read", "starred"))
    assert [got["imported"], got["present"], got["skipped"]] == [n, 0, 1], got
    again, _ = expect(0)(fresh("export", "marks"))
    assert again == first
    got = json.loads(expect(0)(fresh("import", path))[0])
    assert [got["imported"], got["present"]] == [0, n], got
    part, _ = expect(0)(kawat("export", "marks", "is:starred"))
    assert 0 < part.count("\n") < first.count("\n")


def many(home):
    """20,000 feeds and more than may be: bounded, told, and quick enough to be linear."""
    path = write(home, "urls", "".join(f"https://f{i}.example/ \"tag {i % 300}\" \"~F{i}\"\n" for i in range(20500)))
    got = home.json("import", path)
    assert [got["imported"], got["skipped"]] == [20000, 500] and len(got["errors"]) == 500, got["errors"][:3]
    assert len(home.json("feeds", "--format", "json")) == 20000


play(opml, edits, refused, other_readers, round_trip, passwords, stories, mbox, marks, many)
