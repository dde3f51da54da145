#!/usr/bin/env python3
"""kawat-wire and kawat-parse against servers that misbehave, driven by `talk`, which plays desk.

    hostile_test.py BUILD_FOLDER [TEXT]    (only the cases whose name holds TEXT)

The small server of naughty.py is always used.  When KAWAT_HOSTILE names the folder of the team's hostile cases, each
endpoint of its badserver.py is a case too; else that part says that it is left out.  Ends with `N passed, N failed`."""
import json, os, re, shutil, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from naughty import Server

BUILD = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".")
ONLY = sys.argv[2] if len(sys.argv) > 2 else ""
CONFIG = os.path.join(BUILD, "config.h")
INSTRUMENTED = not os.path.exists(CONFIG) or "#define KAWAT_INSTRUMENTED" in open(CONFIG).read()
WORK = tempfile.mkdtemp(prefix="hostile-", dir=os.getcwd())
passed = failed = 0
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x80-\x9f]")


def talk(data, *args, limit=60):
    """What talk printed, as a list of lines; a crash or a hang is a line of its own."""
    command = [os.path.join(BUILD, "tests/wire_test/talk"), "--bin", os.path.join(BUILD, "src"),
               "--data", os.path.join(WORK, data), *args]
    os.makedirs(os.path.join(WORK, data), mode=0o700, exist_ok=True)
    try:
        r = subprocess.run(command, capture_output=True, timeout=limit, cwd=WORK)
    except subprocess.TimeoutExpired:
        return ["hung"]
    text = r.stdout.decode("utf-8", "surrogateescape")
    lines = text.split("\n")[:-1]
    if r.returncode or r.stderr:
        lines.append("crash %d %s" % (r.returncode, r.stderr.decode(errors="replace")[:2000]))
    if CONTROLS.search(text):
        lines.append("control bytes in " + repr(text))
    return lines


def check(name, lines, *patterns, none=()):
    """Each pattern is found in some line; those of `none`, a crash and a hang in none."""
    global passed, failed
    wrong = ["no line has " + p for p in patterns if not any(re.search(p, l) for l in lines)]
    wrong += ["a line has " + p for p in (*none, "^crash", "^hung", "^control", "ended with", "^bad ")
              if any(re.search(p, l) for l in lines)]
    if wrong:
        failed += 1
        print("FAIL %s: %s\n  %s" % (name, "; ".join(wrong), "\n  ".join(lines)))
    else:
        passed += 1
    return not wrong


def expect(name, ok, why):
    check(name, ["true" if ok else why], "^true$")


def wanted(name):
    return ONLY in name


# --- the small server ---------------------------------------------------------------------------------

def simple_cases(s):
    rows = [
        ("/ok", "feed updated 200 2 0 2"), ("/gzip", "feed updated 200 2 0 2"),
        ("/gzip-cut", "feed failed 200 0 0 0 .*only in part"), ("/brotli", "feed failed .*packed"),
        ("/short", "feed failed .*only in part"), ("/reset", "feed failed 0 "),
        ("/once-reset", "feed updated 200 2 0 2"), ("/empty", "feed failed .*empty"),
        ("/page", "feed failed .*web page.* offers .*/ok"), ("/loop", "feed failed .*10 redirects"),
        ("/to-file", "feed failed .*refused a redirect to file:"), ("/denied", "feed failed 403 .*access denied"),
        ("/gone", "feed gone 410"), ("/busy", "feed failed 503 .*busy. Next try at [0-9]"),
        ("/away", "feed failed .*refused a redirect to http://127.0.0.1:%d/ok" % s.ports[1]),
        ("/nowhere", "feed failed 404 .*not found"),
    ]
    for path, want in rows:
        if wanted(path):
            check(path, talk("simple" + path.replace("/", "-"), "refresh", s.url(path)), want, "^refreshed 1 ")


def conditional_cases(s):
    if not wanted("conditional"):
        return
    for path, status in (("/ok", 304), ("/same", 200)):
        data = "cond" + path[1:]
        check("first " + path, talk(data, "refresh", s.url(path)), "feed updated 200 2 0 2")
        check("second " + path, talk(data, "--force", "refresh", s.url(path)), "feed unchanged %d 0 0 0" % status)
    check("not due", talk("condok", "--due", "refresh", s.url("/ok")), "^refreshed 1 0 0 0 1 0: $")
    check("growing 1", talk("grow", "refresh", s.url("/growing")), "feed updated 200 1 0 1")
    check("growing 2", talk("grow", "--force", "refresh", s.url("/growing")), "feed updated 200 1 0 2")


def obeys_cases(s):
    if not wanted("obeys"):
        return
    for path, first, again in (("/busy", "feed failed 503", "feed not-due 503 .*busy"),
                               ("/gone", "feed gone 410", "feed not-due 410 .*gone")):
        s.count[path] = 0
        data = "obeys" + path[1:]
        check("obeys first " + path, talk(data, "--force", "refresh", s.url(path)), first)
        check("obeys again " + path, talk(data, "--force", "refresh", s.url(path)), again, "^refreshed 1 0 0 0 1 0")
        expect("obeys once " + path, s.count[path] == 1, "asked %d times" % s.count[path])
    for i in range(4):
        lines = talk("denied", "--force", "refresh", s.url("/denied"))
    check("obeys denied", lines, "feed not-due 403")


def moved_cases(s):
    if not wanted("moved"):
        return
    for i in range(3):
        lines = talk("moved", "--force", "refresh", s.url("/moved"))
        want = "^moved %s %s$" % (s.url("/moved"), s.url("/ok"))
        check("moved %d" % i, lines, "^feed ", *([want] if i == 2 else []), none=() if i == 2 else ("^moved",))


def privacy_cases(s):
    if not wanted("privacy"):
        return
    del s.log[:]
    url = s.url("/away-secret").replace("//", "//budi:sandi@")
    lines = talk("privacy", "--private", "refresh", url)
    check("privacy", lines, "feed updated 200", none=("rahasia",))
    talk("privacy", "--private", "--force", "refresh", url)
    first = [h for o, p, h in s.log if o == 0]
    second = [h for o, p, h in s.log if o == 1]
    expect("privacy sent at home", all("authorization" in h for h in first), "no credentials at the origin")
    expect("privacy not sent away", second and not any("authorization" in h for h in second), "credentials went away")
    expect("privacy cookies", not any("cookie" in h for o, p, h in s.log), "a cookie came back")
    expect("privacy referer", not any("referer" in h for o, p, h in s.log), "a referer was sent")
    expect("privacy agent", all(h.get("user-agent") == "kawat-test/1" for o, p, h in s.log), "another user agent")


def limits_cases(s):
    if not wanted("limits"):
        return
    check("limits size", talk("size", "--max", "100000", "refresh", s.url("/large")),
          "feed failed 200 [1-9][0-9]+ 0 .*more than 100000 bytes; the rest was left out")
    check("limits size kept", talk("size2", "refresh", s.url("/large")), "feed updated 200 3000 0 3000")
    began = time.time()
    lines = talk("time", "--timeout", "2500", "refresh", s.url("/hang"), s.url("/ok"))
    check("limits time", lines, "feed failed .*/hang: no answer", "feed updated 200 2 0 2")
    expect("limits time kept", time.time() - began < 6, "took %.1f s" % (time.time() - began))
    # Hung feeds give their place back: with one place, the last one does not wait for the others.
    began = time.time()
    lines = talk("hung", "--timeout", "8000", "--jobs", "1", "--stop", "5000", "refresh",
                 s.url("/hang?1"), s.url("/hang?2"), s.url("/ok"))
    check("limits hung", lines, "feed updated 200 2 0 2", "feed stopped .*/hang")
    expect("limits stop", time.time() - began < 7, "took %.1f s" % (time.time() - began))


def parser_cases(s):
    if not wanted("parser"):
        return
    lines = talk("lame", "--lame", "refresh", s.url("/ok"), s.url("/same"), s.url("/gzip"))
    check("parser dies", lines, "^parser gone", "^refreshed 3 ")
    lines = talk("deaf", "--deaf", "refresh", s.url("/ok"), s.url("/same"))
    check("parser deaf", lines, "^parser gone", "feed failed .*took too long", "feed updated 200 2 0 2",
          "^refreshed 2 2 0 0 0 1")


def other_cases(s):
    if wanted("probe"):
        check("probe feed", talk("probe", "probe", s.url("/ok")), "^probed 2 %s 'Pasar' offers 0: $" % s.url("/ok"))
        check("probe page", talk("probe2", "probe", s.url("/page")), "^probed 2 %s 'Pasar' offers 0: $" % s.url("/ok"))
        check("probe gone", talk("probe3", "probe", s.url("/gone")), "^probed 0 .*gone")
    if wanted("page"):
        check("page", talk("page", "page", s.url("/cerita"), s.url("/ok")), "^story (stored|shown) ")
        check("page private", talk("page", "page", s.url("/cerita")), "^story failed .*leads to this machine")
        check("page gone", talk("page", "page", s.url("/tidak-ada"), s.url("/ok")), "^story gone ")
        check("page offline", talk("page", "--offline", "page", s.url("/cerita")), "^story queued ")
        check("page robots", talk("page", "--force", "--private", "page", s.url("/tertutup")), "^story refused .*robots")
        check("page allowed", talk("page", "--force", "--private", "page", s.url("/cerita")), "^story (stored|shown) ")
    if wanted("pipe"):
        with open(os.path.join(WORK, "pipe.xml"), "wb") as f:
            from naughty import feed
            f.write(feed(900, 5))
        path = os.path.join(WORK, "pipe.xml")
        check("pipe", talk("pipe", "pipe", "pipe:pasar", path), "feed updated 0 5 0 5", "^refreshed 1 5")
        check("file", talk("file", "refresh", "file:" + path), "feed updated 0 5 0 5")
        check("file again", talk("file", "--force", "refresh", "file:" + path), "feed unchanged 0 0 0 0")
        check("file none", talk("file2", "refresh", "file:" + path + "x"), "feed failed .*no such file")
    if wanted("history"):
        check("history none", talk("arsip", "refresh", s.url("/arsip")), "feed updated 200 1 0 1")
        check("history", talk("arsip", "--force", "--history", "refresh", s.url("/arsip")), "feed updated 200 3 0 4")
        check("history again", talk("arsip", "--force", "--history", "refresh", s.url("/arsip")), "feed unchanged 200 0 0 4")
    if wanted("replay"):
        sample = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "wire")
        feeds = re.findall(r"^https://\S+", open(os.path.join(sample, "feeds")).read(), re.M)
        check("replay", talk("replay", "--replay", sample, "refresh", *feeds), "^refreshed %d [1-9]" % len(feeds),
              none=("feed failed",))
        check("replay again", talk("replay", "--replay", sample, "--force", "refresh", *feeds),
              "^refreshed %d 0 0 %d 0 0: $" % (len(feeds), len(feeds)))
    if wanted("offline"):
        check("offline", talk("off", "--offline", "refresh", s.url("/ok")), "^refreshed 0 .*offline")
        check("offline seen", talk("off", "refresh", "http://127.0.0.1:1/x"), "^offline 1", "cannot connect")
    if wanted("mark"):
        talk("mark", "refresh", s.url("/ok"))
        check("mark", talk("mark", "mark", "1"), "^marked 2: $")
    if wanted("quit"):
        check("quit", talk("quit", "--quit", "700", "refresh", s.url("/hang"), s.url("/ok")), "feed updated 200")
        check("quit whole", talk("quit", "--force", "refresh", s.url("/ok")), "feed unchanged 304")


# --- the team's server --------------------------------------------------------------------------------

OK = "feed (updated|unchanged) 200 [03] 0 3"  # the same three stories are behind most endpoints
BAD = "feed failed "
EITHER = "feed (updated|unchanged|failed) "
STATUS = {"400": "HTTP 400", "401": "access denied .401", "403": "access denied", "404": "not found",
          "418": "HTTP 418", "429": "busy. Next try at", "429-date": "busy. Next try at",
          "429-bogus": "busy. Next try at", "429-negative": "busy. Next try at", "500": "HTTP 500",
          "503": "busy. Next try at", "999": "HTTP 999", "escape": "HTTP 500"}
EXPECT = {
    "/ok.xml": OK, "/slow-drip": BAD + ".*(slow|no answer)", "/slow-headers": BAD + ".*(slow|no answer)",
    "/hang": BAD + ".*no answer", "/late": OK, "/never-ending-items": BAD + "200 [1-9].*more than 16 MB; the rest was left out",
    "/never-ending-text": BAD + ".*more than 16 MB", "/never-ending-token": BAD + ".*more than 16 MB",
    "/never-ending-headers": BAD + ".*headers", "/never-ending-1xx": BAD, "/huge-headers": EITHER,
    "/many-headers": EITHER, "/empty": BAD + ".*empty", "/no-content": "feed unchanged 204", "/partial": BAD + ".*206",
    "/reset": BAD, "/reset-mid-body": BAD, "/short-body": BAD, "/long-body": EITHER, "/negative-length": EITHER,
    "/overflow-length": BAD, "/big-length": BAD, "/two-lengths": EITHER, "/chunked-ok": OK, "/chunked-garbage": BAD,
    "/chunked-huge": BAD, "/chunked-truncated": BAD, "/gzip-ok": OK, "/gzip-bomb": BAD + ".*more than 16 MB",
    "/gzip-bomb-items": BAD + ".*more than 16 MB", "/gzip-truncated": BAD, "/gzip-badcrc": EITHER, "/gzip-lie": BAD,
    "/gzip-nested": EITHER, "/encoding-unknown": BAD, "/redirect-302": OK, "/redirect-301": OK, "/redirect-308": OK,
    "/redirect-307": OK, "/redirect-loop": BAD + ".*(loop|redirects)", "/redirect-chain?n=5": OK,
    "/redirect-chain?n=50": BAD, "/redirect-other-origin": OK, "/redirect-userinfo": EITHER,
    "/redirect-upgrade": BAD + ".*certificate", "/flap": "feed ", "/304-always": "feed (failed|unchanged) ",
    "/304-body": "feed (failed|unchanged) ", "/etag-bad": OK, "/etag-huge": OK, "/etag-lies": OK,
    "/date-future": OK, "/type-image": OK, "/type-none": OK, "/type-escape": EITHER,
    "/html": BAD + ".*web page.*/ok.xml", "/png": BAD, "/charset-header-wins": "feed (updated|unchanged) 200",
    "/charset-lies": "feed (updated|unchanged) 200", "/charset-unknown": EITHER, "/charset-translit": EITHER,
    "/guid-churn": OK, "/shrinking": "feed (updated|unchanged) 200 [02] 0 2", "/cookie": OK, "/http09": BAD, "/http10": OK,
    "/http-garbage": BAD, "/http-nostatus": EITHER, "/http-nul": EITHER, "/http-h2": BAD, "/upgrade": EITHER,
    "/canary": BAD, "/xxe": "feed ", "/beacons": "feed (updated|unchanged) 200 [01] 0 1", "/status-410": "feed gone 410",
    **{"/redirect-" + n: BAD for n in ("file", "ftp", "gopher", "data", "javascript", "dict", "smb", "empty", "junk",
                                       "control", "huge", "none")},
    **{"/status-" + n: BAD + ".*" + w for n, w in STATUS.items()},
}
UNUSED = {"/redirect-downgrade", "/redirect-chain"}  # asked for otherwise, below


def team_cases(folder):
    log, ready = os.path.join(WORK, "bad.log"), os.path.join(WORK, "bad.ready")
    bad = os.path.join(folder, "badserver.py")
    server = subprocess.Popen([sys.executable, bad, "--tls", "--log", log, "--ready", ready, "--for", "300"],
                              stdout=subprocess.DEVNULL)
    try:
        while not os.path.exists(ready):
            time.sleep(0.05)
        urls = json.load(open(ready))
        table = subprocess.run([sys.executable, bad, "--table"], capture_output=True, text=True).stdout
        ends = set(re.findall(r"^\| `(/[^`]*)` \|", table, re.M))
        expect("team: each endpoint is a case", ends <= set(EXPECT) | UNUSED, str(ends - set(EXPECT) - UNUSED))
        team_table(urls)
        team_tls(urls)
        asked = [json.loads(l) for l in open(log)]
        expect("team: no beacon", not any(r["path"].startswith("/canary?") for r in asked), "the canary was asked for")
        at_other = [r["headers"] for r in asked if r["listener"] == "other"]
        expect("team: nothing follows", at_other and not any(
            k in h for h in at_other for k in ("authorization", "cookie", "referer")), "something followed")
    finally:
        server.terminate()
        server.wait()


def team_table(urls):
    """All at once in one refresh: none may hold up another, and none may spoil another."""
    base, paths = urls["http"], [p for p in EXPECT if wanted(p)]
    began = time.time()
    lines = talk("team", "--private", "--jobs", "8", "refresh", *[base + p for p in paths], limit=120)
    check("team: refresh ends", lines, "^refreshed %d " % len(paths))
    expect("team: time", time.time() - began < 80, "took %.1f s" % (time.time() - began))
    for path in paths:
        mine = [l for l in lines if re.match(r"feed \S+ \d+ \d+ \d+ \d+ " + re.escape(base + path) + ": ", l)]
        check("team: " + path, mine or ["no answer"], EXPECT[path], none=("secret", "root:"))
    if not ONLY and not INSTRUMENTED:
        used = [int(l.split()[1]) for l in lines if l.startswith("used ")]
        expect("team: memory", used and used[0] < 64000, "used %s KB" % used)


def team_tls(urls):
    rows = [("https", (), BAD + ".*not trusted"), ("https", ("--ca", urls["cacert"]), OK),
            ("https_wronghost", ("--ca", urls["cacert"]), BAD + ".*another host"),
            ("https_expired", ("--ca", urls["cacert"]), BAD + ".*expired")]
    for i, (name, options, want) in enumerate(rows):
        if wanted(name):
            check("team: %s %d" % (name, i), talk("tls%d" % i, *options, "refresh", urls[name] + "/ok.xml"), want)
    if wanted("downgrade"):
        check("team: downgrade", talk("down", "--private", "--ca", urls["cacert"], "refresh",
              urls["https"] + "/redirect-downgrade"), BAD + ".*refused a redirect to http:")
    if wanted("https_hang"):
        began = time.time()
        check("team: https_hang", talk("tlshang", "--retries", "0", "refresh", urls["https_hang"] + "/x"), BAD)
        expect("team: https_hang time", time.time() - began < 14, "took %.1f s" % (time.time() - began))


def main():
    s = Server()
    for cases in (simple_cases, conditional_cases, obeys_cases, moved_cases, privacy_cases, limits_cases,
                  parser_cases, other_cases):
        cases(s)
    folder = os.environ.get("KAWAT_HOSTILE", "")
    if os.path.exists(os.path.join(folder, "badserver.py")):
        team_cases(folder)
    else:
        print("left out: the team's server (KAWAT_HOSTILE names no folder with badserver.py)")
    print("%d passed, %d failed" % (passed, failed))
    if not failed:
        shutil.rmtree(WORK, ignore_errors=True)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
