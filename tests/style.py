#!/usr/bin/env python3
"""House style by clang-format (version 14, .clang-format), tables left as they stand.

    style.py [--check] FILE...

Rows of a table are set by hand so that columns can be read; clang-format has no such setting.  So
only the lines outside of declarations with an initialiser of several lines (`= {` ... `};`) and of
macros of several lines are given to it.  With --check nothing is written: each file that would change is named, and the exit code is 1.
"""
import re
import subprocess
import sys

OPENS = re.compile(r"^(\s*)\S.*=\s*\{$")


def first_line(lines, number, indent):
    """Where the declaration begins whose initialiser opens there: the struct may be named in it."""
    if lines[number].startswith(indent + "}"):
        number -= 1
        while number > 0 and not re.match(indent + r"\S", lines[number]):
            number -= 1
    return number


def last_line(lines, number, indent):
    number += 1
    while number < len(lines) - 1 and not lines[number].startswith(indent + "}"):
        number += 1
    return number


def free_ranges(lines):
    """The ranges of lines (from 1, both ends in) that may be formatted."""
    free = [True] * len(lines)
    for number, line in enumerate(lines):
        opened = OPENS.match(line)
        if opened:
            first = first_line(lines, number, opened.group(1))
            last = last_line(lines, number, opened.group(1))
            free[first : last + 1] = [False] * (last + 1 - first)
        if line.endswith("\\"):
            free[number : number + 2] = [False] * len(free[number : number + 2])
    ranges, start = [], None
    for number, is_free in enumerate(free + [False], 1):
        if is_free and start is None:
            start = number
        elif not is_free and start is not None:
            ranges.append((start, number - 1))
            start = None
    return ranges


def formatted(path, text):
    ranges = free_ranges(text.split("\n"))
    command = ["clang-format", "--style=file", "--assume-filename=" + path]
    command += ["--lines=%d:%d" % pair for pair in ranges]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def main(arguments):
    check = arguments[:1] == ["--check"]
    changed = 0
    for path in arguments[check:]:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        new = formatted(path, text)
        if new == text:
            continue
        changed += 1
        print(path)
        if not check:
            with open(path, "w", encoding="utf-8") as file:
                file.write(new)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
