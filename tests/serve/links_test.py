#!/usr/bin/env python3
"""`kawat extract` on every page of the sample wire finds the links of links.tsv, in order.

    links_test.py TESTS-FOLDER KAWAT      the last line is 'N passed, N failed'
"""
import json
import os
import re
import subprocess
import sys


def expected(table):
    pages = {}
    with open(table, encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                page, label, title, to = line.rstrip("\n").split("\t")
                linked, dangling = pages.setdefault(page, ([], []))
                (linked if to else dangling).append((label, title, to))
    return pages


def extracted(kawat, wire, page):
    file = os.path.join(wire, re.sub(r"^https?://", "", page))
    out = subprocess.run([kawat, "extract", file, "--url", page], stdout=subprocess.PIPE,
                         check=True, timeout=20).stdout
    story = json.loads(out)
    return ([(r["label"], r["title"], r["url"]) for r in story["related"]],
            [(r["label"], r["title"], "") for r in story.get("dangling", [])])


def main():
    tests, kawat = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    wire = os.path.join(tests, "wire")
    passed = failed = 0
    for page, want in sorted(expected(os.path.join(wire, "links.tsv")).items()):
        got = extracted(kawat, wire, page)
        if got == want:
            passed += 1
            continue
        failed += 1
        print(page)
        for which, w, g in (("related", want[0], got[0]), ("dangling", want[1], got[1])):
            for row in [r for r in w if r not in g]:
                print(f"  {which}: missing {row}")
            for row in [r for r in g if r not in w]:
                print(f"  {which}: too much {row}")
            if sorted(w) == sorted(g) and w != g:
                print(f"  {which}: in another order")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
