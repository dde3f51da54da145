#!/usr/bin/env python3
"""Make the stores that the other benches of many stories use, and what they take on disk."""
from bench import Rows
from million import SIZES, make

rows = Rows("fill")
for n in SIZES:
    said = make(n)
    ratio = said["bytes"] / said["text_bytes"]
    rows.add(f"store of {n:,}, with index", f"{said['bytes'] / n:,.0f} bytes/story",
             f"text {said['text_bytes'] / n:,.0f}: {ratio:.2f} times", "<= 2.5 times" if n > 1000 else "",
             ratio <= 2.5 if n > 1000 else None)
rows.save()
