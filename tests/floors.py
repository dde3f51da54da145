#!/usr/bin/env python3
"""Prove src/FLOORS: no include upward, no circle, guests only in their room, every header alone.

    floors.py SRCDIR MAKEFILE.am [COMPILER [FLAG ...]]

The files looked at are those that the makefile lists, so that a file which is built cannot hide,
and a file under src/ that no list names is reported.  With a compiler every header is compiled
alone.  Prints each fault and exits 1 when there is one.
"""
import os
import re
import subprocess
import sys
import tempfile

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.M)


def read_floors(path):
    floors, guests = {}, {}
    for line in open(path, encoding='utf-8'):
        line = line.split('#')[0].strip()
        if line.startswith('guest '):
            header, rooms = line[len('guest '):].split('=')
            guests[header.strip()] = rooms.split()
        elif line:
            name, below = line.split(':')
            floors[name.strip()] = below.split()
    return floors, guests


def listed_files(makefile):
    return sorted(set(re.findall(r'\bsrc/[\w/.-]+\.(?:c|h|def)\b', open(makefile, encoding='utf-8').read())))


def floor_of(path):
    parts = path.split('/')
    return parts[1] if len(parts) > 2 else None


def find_circle(edges):
    state = {}

    def visit(node, trail):
        state[node] = 'open'
        for other in edges.get(node, ()):
            if state.get(other) == 'open':
                return trail[trail.index(other):] + [other] if other in trail else [node, other]
            if other not in state:
                circle = visit(other, trail + [other])
                if circle:
                    return circle
        state[node] = 'done'
        return None

    for node in sorted(edges):
        if node not in state:
            circle = visit(node, [node])
            if circle:
                return circle
    return None


def check(srcdir, makefile):
    floors, guests = read_floors(os.path.join(srcdir, 'src/FLOORS'))
    files = listed_files(makefile)
    faults, edges = [], {}
    on_disk = {os.path.relpath(os.path.join(root, name), srcdir)
               for root, _, names in os.walk(os.path.join(srcdir, 'src'))
               for name in names if name.endswith(('.c', '.h', '.def'))}
    faults += [f'{path}: no list in Makefile.am names it' for path in sorted(on_disk - set(files))]
    for path in files:
        full = os.path.join(srcdir, path)
        if not os.path.exists(full):
            faults.append(f'{path}: listed, but not there')
            continue
        floor = floor_of(path)
        for own, foreign in INCLUDE.findall(open(full, encoding='utf-8').read()):
            if own:
                target = 'src/' + own
                if not os.path.exists(os.path.join(srcdir, target)):
                    if os.path.exists(target):
                        continue  # made from another file, in the build folder
                    faults.append(f'{path}: includes "{own}", which is not there')
                    continue
                edges.setdefault(path, set()).add(target)
                other = floor_of(target)
                if other != floor and other not in floors[floor]:
                    faults.append(f'{path}: includes "{own}" of floor {other}, above or beside {floor}')
            elif foreign in guests and not any(path == room or (room.endswith('/') and path.startswith(room))
                                               for room in guests[foreign]):
                faults.append(f'{path}: includes <{foreign}>, a guest of {" ".join(guests[foreign])}')
    circle = find_circle(edges)
    if circle:
        faults.append('a circle of includes: ' + ' -> '.join(circle))
    return files, faults


def check_headers(srcdir, files, compiler):
    faults = []
    headers = [path for path in files if path.endswith('.h')]
    with tempfile.TemporaryDirectory() as folder:
        for path in headers:
            unit = os.path.join(folder, 'alone.c')
            with open(unit, 'w', encoding='utf-8') as f:
                f.write(f'#include "{path[len("src/"):]}"\n')
            done = subprocess.run(compiler + ['-fsyntax-only', '-I', os.path.join(srcdir, 'src'), unit],
                                  capture_output=True, text=True)
            if done.returncode or done.stderr:
                faults.append(f'{path}: does not compile alone: {done.stderr.splitlines()[:1]}')
    return faults


def main():
    srcdir, makefile, compiler = sys.argv[1], sys.argv[2], sys.argv[3:]
    files, faults = check(srcdir, makefile)
    if compiler:
        faults += check_headers(srcdir, files, compiler)
    for fault in faults:
        print(fault)
    print(f'{len(files)} files on {len(read_floors(os.path.join(srcdir, "src/FLOORS"))[0])} floors, {len(faults)} faults')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
