#!/usr/bin/env python3
"""Questions to a million stories: in process beside bare FTS5 with the same tokenizer, and as a program."""
import json
import os
import subprocess
import time

from bench import KAWAT, Rows, median
from million import BIG, HERE, Big

PROGRAM = [("rare word", "lumbungwatu"), ("common word", "kapal"), ("phrase", '"arus laut"'), ("prefix", "lumbung*"),
           ("Han", "\u6e2f\u53e3")]


def main():
    rows = Rows("search")
    home = Big(BIG)
    out = subprocess.run([os.path.join(HERE, "ask"), home.data], check=True, stdout=subprocess.PIPE).stdout
    for line in out.splitlines():
        x = json.loads(line)
        ratio = x["ms"] / x["bare_ms"] if x["bare_ms"] else None
        relevance = "relevance" in x["what"]
        rows.add(f"asked: {x['what']} ({x['rows']} rows)", f"{x['ms']:.2f} ms",
                 f"bare {x['bare_ms']:.2f}: {ratio:.2f} of it" if ratio else "",
                 "<= 1.3 of bare FTS5" if ratio else "< 50 ms" if relevance else "",
                 ratio <= 1.3 or x["ms"] < 0.5 if ratio else x["ms"] < 50 if relevance else None)
    for name, query in PROGRAM:
        walls = []
        for _ in range(9):
            begin = time.perf_counter()
            p = subprocess.run([KAWAT, *home.options, "search", query, "--limit", "50"], env=home.env,
                               stdout=subprocess.PIPE)
            walls.append(time.perf_counter() - begin)
            assert p.returncode == 0 and p.stdout, query
        rows.add(f"kawat search, {name}, with its start", f"{median(walls) * 1000:.1f} ms", "", "< 20 ms",
                 median(walls) < 0.02)
    home.remove()
    rows.save()


main()
