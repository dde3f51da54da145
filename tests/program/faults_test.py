#!/usr/bin/env python3
"""What goes wrong around kawat: files, disks, pipes, arguments.  One clear line each, the right exit
code, and what was stored stays as it was."""
import fcntl
import json
import os
import shutil
import sqlite3
import stat
import subprocess

from program import KAWAT, Odd, Replay, expect, play, rss, stories

RSS = "application/rss+xml"
ROOT = os.geteuid() == 0


def store_of(home):
    return os.path.join(home.path, ".local", "share", "kawat")


def filled(home, web, n=5):
    home.write("feeds", f'{web.address}/rss "Uji"\n')
    web.answers["/rss"] = (200, RSS, rss(n))
    expect(0)(home.run("refresh"))
    return stories(home)


def tree(folder):
    """Every file with its mode and content, but the log of SQLite, which readers may fold in."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            if name.endswith(("-wal", "-shm")):
                continue
            full = os.path.join(path, name)
            with open(full, "rb") as f:
                found[os.path.relpath(full, folder)] = f.read()
    return found


def private(home):
    """umask 000: files are 0600 and folders 0700 all the same."""
    with Odd({"/rss": (200, RSS, rss(3))}) as web:
        subprocess.run(["sh", "-c", 'umask 000; "$0" add "$1" && "$0" refresh --force && "$0" read last; "$0" read 1',
                        KAWAT, web.address + "/rss"], env=home.env, capture_output=True, check=True)
        assert len(stories(home)) == 3
    for path, folders, files in os.walk(home.path):
        for name in folders:
            mode = stat.S_IMODE(os.stat(os.path.join(path, name)).st_mode)
            if name == "kawat":
                assert mode == 0o700, (path, name, oct(mode))
        for name in files:
            mode = stat.S_IMODE(os.stat(os.path.join(path, name)).st_mode)
            assert mode == 0o600, (path, name, oct(mode))


def symlinks(home):
    """A store file that is a link to somebody else's file is refused, and that file stays as it was."""
    folder = store_of(home)
    os.makedirs(folder, mode=0o700)
    victim = os.path.join(home.path, "victim")
    for name in ("kawat.db", "kawat.lock", "kawat.db-wal"):
        with open(victim, "w") as f:
            f.write("mine")
        os.symlink(victim, os.path.join(folder, name))
        with Odd({"/rss": (200, RSS, rss(3))}) as web:
            home.write("feeds", web.address + "/rss\n")
            expect(5, name)(home.run("refresh"))
        with open(victim) as f:
            assert f.read() == "mine", name
        shutil.rmtree(folder)
        os.makedirs(folder, mode=0o700)


def disk_full(home):
    """No space: it says so, exits 5, and what was stored can be read."""
    if not ROOT:
        return "mounting needs root"
    disk = os.path.join(home.path, "disk")
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", disk], capture_output=True).returncode:
        return "a small disk cannot be mounted here"
    try:
        with Odd({"/rss": (200, RSS, rss(5)), "/big": (200, RSS, rss(2000, "Besar", "<category>x</category>" * 9))}) as web:
            home.write("feeds", f'{web.address}/rss "Uji"\n')
            data = ["-d", os.path.join(disk, "data")]
            expect(0)(home.run(*data, "refresh"))
            home.write("feeds", f'{web.address}/rss "Uji"\n{web.address}/big "Besar"\n')
            filler = os.open(os.path.join(disk, "filler"), os.O_WRONLY | os.O_CREAT)
            try:
                while os.write(filler, b"x" * 4096):
                    pass
            except OSError:
                os.close(filler)
            _, err = expect(5)(home.run(*data, "refresh", "--force"))
            assert "full" in err.lower() or "space" in err.lower(), err
            assert len(err.splitlines()) <= 2, err
            assert len(home.json(*data, "list", "--all", "--format", "json")) == 5
            expect(0)(home.run(*data, "read", "--peek", "1"))
            os.unlink(os.path.join(disk, "filler"))
            assert expect(0)(home.run(*data, "db", "check"))[0] == "ok\n"
            expect(0)(home.run(*data, "refresh", "--force", "Uji"))
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def read_only_disk(home):
    if not ROOT:
        return "mounting needs root"
    disk = os.path.join(home.path, "disk")
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "none", disk], capture_output=True).returncode:
        return "a disk cannot be mounted here"
    try:
        with Odd({"/rss": (200, RSS, rss(5))}) as web:
            home.write("feeds", f'{web.address}/rss "Uji"\n')
            data = ["-d", os.path.join(disk, "data")]
            expect(0)(home.run(*data, "refresh"))
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            status, out, err = home.run(*data, "list")
            assert status == 0 and out.count("\n") == 5, (status, err)
            assert "read-only" in err and err.count("\n") == 1, err
            status, out, err = home.run(*data, "read", "1")
            assert status == 0 and "Isi kabar" in out, (status, err)
            expect(5)(home.run(*data, "refresh", "--force"))
            expect(5)(home.run(*data, "mark", "read", "1"))
            expect(0)(home.run(*data, "search", "kapal"))
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def folder_in_the_way(home):
    """Folders that cannot be made or are files."""
    with Odd({"/rss": (200, RSS, rss(2))}) as web:
        home.write("feeds", web.address + "/rss\n")
        file = os.path.join(home.path, "file")
        open(file, "w").close()
        expect(5, "file")(home.run("-d", file, "refresh"))
        expect(5, "file")(home.run("-d", file + "/below", "refresh"))
        expect(1)(home.run("-d", os.path.join(home.path, "nowhere"), "mark", "read", "1"))
        assert not os.path.exists(os.path.join(home.path, "nowhere")), "asking makes no folder"


def damaged(home):
    """A store that is cut, overwritten or of a newer kawat: said, exit 5, and not touched."""
    with Odd({}) as web:
        filled(home, web)
        file = os.path.join(store_of(home), "kawat.db")
        with open(file, "rb") as f:
            good = f.read()
        for bad, word in ((good[:5000], "damaged"), (b"not a store at all " * 4000, "damaged"),
                          (good[:100] + b"\xff" * 3996 + good[4096:], "damaged")):
            with open(file, "wb") as f:
                f.write(bad)
            for verb in (["list"], ["refresh", "--force"], ["mark", "read", "1"], ["db", "check"]):
                status, out, err = home.run(*verb)
                assert status == 5 and err.startswith("kawat: "), (verb, status, out, err)
            with open(file, "rb") as f:
                assert f.read() == bad, "a damaged store was written"
        with open(file, "wb") as f:
            f.write(good)
        db = sqlite3.connect(file)
        db.execute("PRAGMA user_version = 999")
        db.commit()
        db.close()
        with open(file, "rb") as f:
            newer = f.read()
        for verb in (["list"], ["refresh", "--force"], ["mark", "read", "1"]):
            expect(5, "written by")(home.run(*verb))
        with open(file, "rb") as f:
            assert f.read() == newer


def locked(home):
    """Somebody writes for long: reading goes on; a mark waits and then says that the store is busy."""
    with Odd({}) as web:
        filled(home, web)
        db = sqlite3.connect(os.path.join(store_of(home), "kawat.db"), isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        try:
            assert len(stories(home)) == 5
            expect(0)(home.run("read", "--peek", "1"))
            expect(5, "busy")(home.run("mark", "read", "1"))
        finally:
            db.execute("ROLLBACK")
            db.close()
        assert expect(0)(home.run("mark", "read", "1"))[0] == "1\n"


def busy_store(home):
    """Somebody writes for long while feeds are due that the store does not know yet: said, exit 5."""
    with Odd({}) as web:
        filled(home, web)
        home.write("feeds", f'{web.address}/rss "Uji"\n{web.address}/new "Baru"\n')
        db = sqlite3.connect(os.path.join(store_of(home), "kawat.db"), isolation_level=None)
        db.execute("BEGIN IMMEDIATE")
        try:
            out, _ = expect(5, "busy")(home.run("refresh"))
            assert "/new" not in web.asked
        finally:
            db.execute("ROLLBACK")
            db.close()
        lock = os.open(os.path.join(store_of(home), "kawat.lock"), os.O_RDWR)
        fcntl.flock(lock, fcntl.LOCK_EX)
        expect(5, "another kawat is refreshing")(home.run("refresh"))
        os.close(lock)


def silent_worker(home):
    """A fetching process that never says a word is given up; one of another build is refused."""
    folder = os.path.join(home.path, "bin")
    os.mkdir(folder)
    for name in ("kawat", "kawat-parse"):
        shutil.copy(os.path.join(os.path.dirname(KAWAT), name), folder)
    home.write("feeds", "http://127.0.0.1:9/rss\n")
    wire = os.path.join(folder, "kawat-wire")
    with open(wire, "w") as f:
        f.write("#!/bin/sh\nexec sleep 60\n")
    os.chmod(wire, 0o755)
    done = subprocess.run([os.path.join(folder, "kawat"), "refresh"], env=home.env, capture_output=True, text=True,
                          timeout=30)
    assert done.returncode == 70 and "does not answer" in done.stderr, done


def workers_alone(home):
    """The two workers, started by somebody else than kawat, say so or end at once; none of them goes on."""
    for name in ("kawat-wire", "kawat-parse"):
        program = os.path.join(os.path.dirname(KAWAT), name)
        for descriptors in ("3<&-", "3</dev/null", "3</dev/zero"):
            done = subprocess.run(["sh", "-c", f'exec "$0" {descriptors}', program], env=home.env, timeout=20,
                                  stdin=subprocess.DEVNULL, capture_output=True)
            assert done.returncode in (0, 1, 2, 3), (name, descriptors, done)


def pipes(home):
    """A pipe that is closed early is success and silence; standard output that is not there is exit 5."""
    with Odd({}) as web:
        filled(home, web, 3000)
        for verb in (["list"], ["list", "--format", "json"], ["search", "kapal", "--limit", "3000"]):
            p = subprocess.Popen([KAWAT, *verb], env=home.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            p.stdout.read(10)
            p.stdout.close()
            err = p.stderr.read()
            assert (p.wait(20), err) == (0, b""), (verb, p.returncode, err)
            p.stderr.close()
            done = subprocess.run(["sh", "-c", '"$0" "$@" >&-', KAWAT, *verb], env=home.env, capture_output=True)
            assert done.returncode == 5 and b"standard output" in done.stderr, (verb, done)
        if os.path.exists("/dev/full"):
            with open("/dev/full", "w") as full:
                done = subprocess.run([KAWAT, "list"], env=home.env, stdout=full, stderr=subprocess.PIPE)
            assert done.returncode == 5 and done.stderr.count(b"\n") == 1, done
        done = subprocess.run(["sh", "-c", '"$0" list 2>&- >/dev/null </dev/null', KAWAT], env=home.env)
        assert done.returncode == 0
        done = subprocess.run(["sh", "-c", '"$0" refresh --force <&- >&- 2>&-', KAWAT], env=home.env)
        assert done.returncode == 5, done
        assert expect(0)(home.run("db", "check"))[0] == "ok\n"


def arguments(home):
    """Control bytes, escape sequences and bad UTF-8 in arguments never come back as they were."""
    kawat = Replay(home)
    expect(0)(kawat("refresh"))
    evil = "\x1b]0;x\x07\x1b[31m\u202ebad\x9b31m"
    raw = b"\xff\xfe\x1b[2J"
    for args in (["list", evil], ["search", evil], ["read", evil], ["related", evil], ["refresh", evil],
                 ["add", "http://" + evil], ["add", evil], ["remove", evil], ["mark", evil, "1"],
                 ["mark", "read", evil], [evil], ["--" + evil], ["list", "--limit", evil],
                 ["list", "--format", evil], ["db", evil], ["parse", evil], ["parse", "--url", evil],
                 ["feeds", "--format", evil], ["list", "is:" + evil], ["db", "backup", "/nowhere/" + evil]):
        for values in (args, [a.replace(evil, "") for a in args[:-1]] + [raw]):
            done = subprocess.run([os.fsencode(v) for v in [KAWAT, *kawat.args, *values]], env=home.env,
                                  cwd=home.path, capture_output=True, stdin=subprocess.DEVNULL, timeout=30)
            text = (done.stdout + done.stderr).decode("utf-8")
            assert all(c.isprintable() or c in "\n\t" for c in text), (values, text)
            assert 0 <= done.returncode <= 6, (values, done)
            assert done.stderr.count(b"\n") <= 2, (values, done.stderr)
    long = "x" * 100000
    for args in (["list", long], ["read", long], ["add", "http://a.example/" + long], [long]):
        status, out, err = kawat(*args)
        assert status in (1, 2, 4) and len(err) < 1100, (args[0], status, len(err))
    expect(0)(kawat("list", "--format", "%{title}\x1b[31m%{id\\n", "--limit", "1"))
    _, out, _ = kawat("list", "--format", "%{title}\x1b[31m\n", "--limit", "1")
    assert "\x1b" not in out
    expect(2)(kawat("list", "(" * 5000))


def hostile_feed(home):
    """What a feed says about itself never reaches the terminal raw either."""
    evil = "&#27;]0;owned&#7;\u202e\u200bJudul\u009b31m"
    with Odd({"/rss": (200, RSS, rss(2, evil).replace("Kabar ke", evil))}) as web:
        out, err = expect(0)(home.run("add", web.address + "/rss"))
        for args in (["list"], ["feeds"], ["read", "1"], ["list", "--all", "--format", "tsv"], ["related", "1"],
                     ["search", "uji"], ["list", "--all", "--format", "%{title}\n"],
                     ["read", "1", "--format", "markdown"], ["related", "1", "--format", "dot"]):
            text, _ = expect(0)(home.run(*args))
            out += text
        assert all(c.isprintable() or c in "\n\t" for c in out), [c for c in out if not c.isprintable()]


def config(home):
    """Warnings with file and line and the nearest name; the default is used."""
    with Odd({}) as web:
        filled(home, web)
        home.write("config", "[refresh]\ntimeout = 5s\nrefersh = 1\ninterval = soon\n[view]\ntext-widht = 60\n"
                             "[nonsense]\nx = 1\nno equals sign\n")
        status, out, err = home.run("list")
        assert status == 0 and out.count("\n") == 5
        for line, words in ((3, "refersh"), (4, "interval"), (6, 'text-width'), (8, "nonsense")):
            assert f"config:{line}" in err and words in err, (line, err)
        for line in err.splitlines():
            assert line.startswith("kawat: ") and len(line) < 200, line
        assert expect(0)(home.run("-q", "list"))[1] == ""
        mine = os.path.join(home.path, "mine")
        with open(mine, "w") as f:
            f.write("[view]\ntext-width = 40\n")
        out, err = expect(0)(home.run("-c", mine, "read", "--peek", "1"))
        assert not err
        expect(2, "none")(home.run("-c", os.path.join(home.path, "none"), "list"))
        expect(2)(home.run("-c", home.path, "list"))
        with open(mine, "wb") as f:
            f.write(b"\x00\xff\x1b" * 1000)
        status, _, err = home.run("-c", mine, "list")
        assert status in (0, 2) and "\x1b" not in err and "\x00" not in err


def feeds_file(home):
    """A bad line is skipped with its number; the others count.  -f names another file."""
    with Odd({"/rss": (200, RSS, rss(2))}) as web:
        home.write("feeds", f'# mine\n{web.address}/rss "Uji" every=soon\nhtps://x.example/ "Salah"\n[\n'
                            f'{web.address}/rss "Lagi"\n')
        status, out, err = home.run("refresh")
        assert out.startswith("feeds 1  new 2"), (out, err)
        assert "feeds:3" in err and "htps://x.example/" in err and "feeds:2" in err, err
        other = os.path.join(home.path, "other")
        with open(other, "w") as f:
            f.write(f'{web.address}/rss "Lain"\n')
        assert [f["title"] for f in home.json("-f", other, "feeds", "--format", "json")] == ["Lain"]
        out, _ = expect(0)(home.run("-f", other, "remove", "Lain"))
        with open(other) as f:
            assert f.read().strip() == ""
        os.symlink(other, home.config("feeds.link"))
        expect(2, "no feeds yet")(home.run("-f", home.config("feeds.link"), "refresh"))


def options(home):
    """KAWAT_OPTIONS come first, what is typed counts."""
    kawat = Replay(home)
    expect(0)(kawat("refresh"))
    home.env["KAWAT_OPTIONS"] = " ".join([*kawat.args, "--limit 2 --format tsv"])
    out, _ = expect(0)(home.run("list"))
    assert out.count("\n") == 2 and "\t" in out
    out, _ = expect(0)(home.run("list", "--limit", "3", "--format", "json"))
    assert len(json.loads(out)) == 3
    home.env["KAWAT_OPTIONS"] = "--nonsense"
    expect(2, "--nonsense")(home.run("list"))


def no_home(home):
    env = {k: v for k, v in home.env.items() if k != "HOME"}
    done = subprocess.run([KAWAT, "list"], env=env, capture_output=True, text=True)
    assert done.returncode == 2 and "HOME" in done.stderr, done
    done = subprocess.run([KAWAT, *Replay(home).args, "refresh"], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done
    home.env["XDG_DATA_HOME"] = "relative"
    expect(0)(home.run("db", "check"))


def temporary(home):
    """`--replay` without -d leaves nothing behind."""
    from program import WIRE
    expect(0)(home.run("--replay", WIRE, "refresh"))
    left = [n for n in os.listdir(home.path) if n.startswith("kawat")]
    assert not left, left


def colour(home):
    kawat = Replay(home)
    expect(0)(kawat("refresh"))
    for args, env in ((["list"], {}), (["--color", "never", "list"], {}), (["list"], {"NO_COLOR": "1"})):
        done = subprocess.run([KAWAT, *kawat.args, *args], env=dict(home.env, **env), capture_output=True)
        assert b"\x1b" not in done.stdout and done.returncode == 0


if __name__ == "__main__":
    play(private, symlinks, disk_full, read_only_disk, folder_in_the_way, damaged, locked, busy_store, silent_worker, workers_alone, pipes, arguments,
         hostile_feed, config, feeds_file, options, no_home, temporary, colour)
