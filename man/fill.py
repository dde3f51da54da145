#!/usr/bin/env python3
"""Fill the tables of a manual page from the .def files.

    fill.py --src SRCDIR PAGE       rewrite what stands between the marks
    fill.py --src SRCDIR --check PAGE   say what is stale, exit 1

A part of the page from   .\\" BEGIN name   to   .\\" END name   belongs to this script:
    options    the options of every verb        (app/verb.def)
    commands   the verbs and their options      (app/verb.def)
    keys       the key table, context by context (app/command.def)
Everything else is written by hand.  Python 3 standard library only.
"""
import argparse
import ast
import os
import re
import sys
import textwrap

CONTEXTS = [  # in the order of the page; what each is, in words
    ("GLOBAL", "Everywhere"), ("LIST", "Lists"), ("FINDING", "Finding in a view"),
    ("HEADLINES", "Headlines"), ("STORY", "Story"), ("RELATED_VIEW", "Related"),
    ("FEEDS_VIEW", "Feeds"), ("QUEUE", "Queue"), ("WELCOME", "Welcome"), ("PROMPT", "Prompts"),
]
NAMES = ("tsv", "json")  # stay as they are at the head of a sentence
ARROWS = {"←": r"\(<-", "→": r"\(->", "↑": r"\(ua", "↓": r"\(da"}


def rows(path, macro):
    """The arguments of each MACRO(...) line: strings as str, NULL as None, words as they are."""
    with open(path, encoding="utf-8") as f:
        text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
    for m in re.finditer(rf"^{macro}\((.*)\)\s*$", text, re.M):
        fields = re.findall(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^,\s]+", m.group(1))
        yield [None if f == "NULL" else ast.literal_eval(f) if f[0] in "\"'" else f
               for f in fields]


def roff(text):
    text = text.replace("\\", r"\e")
    for arrow, escape in ARROWS.items():
        text = text.replace(arrow, escape)
    return "\\&" + text if text[:1] in (".", "'") else text


def sentence(text):
    """Help text as a sentence, in lines that mandoc -Tlint does not find long."""
    text = roff(text)
    if text.split()[0] not in NAMES:
        text = text[0].upper() + text[1:]
    return "\n".join(textwrap.wrap(text + ("" if text.endswith(".") else "."), 78))


def arguments(text):
    out = []
    for token in re.findall(r"\[|\]|\||[A-Z]+(?:\.\.\.)?|[a-z]+", text):
        if token == "[":
            out.append("Oo")
        elif token == "]":
            out.append("Oc")
        elif token == "|":
            out.append("|")
        elif token[0].isupper():
            out.append("Ar " + token.replace("...", " ..."))
        else:
            out.append("Cm " + token)
    return " ".join(out)


def flag_lines(flags):
    for long, short, argument, text in flags:
        letter = f"Fl {short} , " if short not in ("0", 0) else ""
        yield f".It {letter}Fl -{long}" + (f" Ar {argument}" if argument else "")
        yield sentence(text)


def flags_of(path, verb):
    return [f[2:] for f in rows(path, "FLAG") if f[0] == verb]


def options(src):
    path = os.path.join(src, "app/verb.def")
    return [".Bl -tag -width Ds", *flag_lines(flags_of(path, "any")), ".El"]


def commands(src):
    path = os.path.join(src, "app/verb.def")
    out = [".Bl -tag -width Ds"]
    for verb, args, text in rows(path, "VERB"):
        out += [f".It Cm {verb} {arguments(args)}".rstrip(), sentence(text)]
        flags = flags_of(path, verb)
        if flags:
            out += [".Bl -tag -width Ds -compact", *flag_lines(flags), ".El"]
    return out + [".El"]


def keys(src):
    by_context = {}
    for _, context, name, bound, _, text in rows(os.path.join(src, "app/command.def"), "COMMAND"):
        by_context.setdefault(context, []).append((name, bound, text))
    unknown = set(by_context) - {c for c, _ in CONTEXTS}
    if unknown:
        sys.exit(f"fill.py: contexts without a heading: {', '.join(sorted(unknown))}")
    out = []
    for context, heading in CONTEXTS:
        if context not in by_context:
            continue
        out += [f".Ss {heading}", ".Bl -tag -width \"Alt-Backspace\" -compact"]
        for name, bound, text in by_context[context]:
            shown = " , ".join(f"Ic {key(k)}" for k in bound.split(", ")) if bound else ""
            out += [f".It {shown or 'Ic :' + name}", sentence(text)]
        out.append(".El")
    return out


def key(k):
    """One key or sequence as an argument of a macro."""
    k = roff(k)
    if re.fullmatch(r"[.,:;!?()\[\]|]", k) or (len(k) == 2 and k[0].isupper() and k[1].islower()):
        k = "\\&" + k  # a delimiter, or what looks like a macro's name
    return f'"{k}"' if " " in k else k


PARTS = {"options": options, "commands": commands, "keys": keys}


def filled(page, src):
    def part(m):
        if m.group(1) not in PARTS:
            sys.exit(f"fill.py: no table is called '{m.group(1)}'")
        return "\n".join([m.group(0).split("\n")[0], *PARTS[m.group(1)](src),
                          '.\\" END ' + m.group(1)])
    return re.sub(r'^\.\\" BEGIN (\w+)\n.*?^\.\\" END \1$', part, page, flags=re.M | re.S)


def main():
    p = argparse.ArgumentParser(description="fill the tables of a manual page")
    p.add_argument("--src", required=True)
    p.add_argument("--check", action="store_true")
    p.add_argument("page")
    a = p.parse_args()
    with open(a.page, encoding="utf-8") as f:
        old = f.read()
    new = filled(old, a.src)
    if new == old:
        return 0
    if a.check:
        print(f"{a.page}: its tables are older than the .def files\n"
              f"  try: python3 man/fill.py --src src {a.page}", file=sys.stderr)
        return 1
    with open(a.page + ".part", "w", encoding="utf-8") as f:
        f.write(new)
    os.replace(a.page + ".part", a.page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
