#!/usr/bin/env python3
"""MB of HTML a CPU second: tokenizer, tree, and gumbo in the same run.

    html_bench.py [FOLDER]        all *.html and *.html.xz below it; or HTML_PAGES names the folder

The pages are unpacked and turned into UTF-8 beforehand.  Floor: 70 MB/s and 5 times gumbo; aim: 120
MB/s and 9 times.  HTML_BENCH names the program; configure says whether gumbo is there.
"""
import lzma
import os
import struct
import subprocess
import sys
from pathlib import Path

FLOOR, AIM, FLOOR_TIMES, AIM_TIMES = 70, 120, 5, 9
ROUNDS = "5"
PROGRAM = os.environ.get("HTML_BENCH", "tests/bench/html_bench")


def pages(folder):
    for path in sorted(Path(folder).rglob("*.html*")):
        if path.suffix == ".xz":
            yield lzma.decompress(path.read_bytes())
        elif path.suffix == ".html":
            yield path.read_bytes()


def verdict(value, floor, aim):
    return "aim" if value >= aim else "floor" if value >= floor else "BELOW"


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HTML_PAGES", "")
    if not folder:
        print("html: left out, HTML_PAGES names no folder of pages")
        return 0
    packed = bytearray()
    for page in pages(folder):
        text = page.decode("utf-8", "replace").encode()
        packed += struct.pack("<I", len(text)) + text
    said = subprocess.run([PROGRAM, ROUNDS], input=packed, stdout=subprocess.PIPE, check=True).stdout.decode()
    print(said, end="")
    speed = {line.split()[0]: float(line.split()[3]) for line in said.splitlines()[1:]}
    results = [verdict(speed["tree"], FLOOR, AIM)]
    print(f"tree: {speed['tree']:.0f} MB/s (floor {FLOOR}, aim {AIM}): {results[0]}")
    if "gumbo" in speed:
        times = speed["tree"] / speed["gumbo"]
        results.append(verdict(times, FLOOR_TIMES, AIM_TIMES))
        print(f"tree: {times:.1f} times gumbo (floor {FLOOR_TIMES}, aim {AIM_TIMES}): {results[1]}")
    else:
        print("gumbo is not here: no ratio")
    return 1 if "BELOW" in results else 0


if __name__ == "__main__":
    sys.exit(main())
