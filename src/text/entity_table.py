#!/usr/bin/env python3
"""Writes entity_table.def: the named character references of the HTML Standard (13.5).

Only needed when that list changes, which it has promised not to.  Run in this folder:
    ./entity_table.py >entity_table.def
The names come from Python's html.entities.html5, which is generated from the standard.
"""
from html.entities import html5


def main():
    print("/* Made by entity_table.py: every name, in byte order, with what it stands for.")
    print(" * ENTITY(offset of the name in all names joined, its length, name, code points) */")
    at = 0
    for name in sorted(html5, key=lambda n: n.encode()):
        points = [ord(c) for c in html5[name]] + [0]
        print(f'ENTITY({at}, {len(name)}, "{name}", 0x{points[0]:X}, 0x{points[1]:X})')
        at += len(name)


main()
