#!/usr/bin/env python3
"""One Markdown table of what the benches saw last."""
import os
import shutil
import subprocess

from bench import FOLDER, KAWAT, rows_of

ORDER = ["fill", "start", "search", "marks", "into", "expire", "key", "kill"]


def version(program, *args):
    if not shutil.which(program):
        return f"{program} is not installed"
    out = subprocess.run([program, *args], capture_output=True, text=True)
    return (out.stdout or out.stderr).splitlines()[0] if (out.stdout or out.stderr) else program


def main():
    print("| what | kawat | beside | aim | |\n| --- | --- | --- | --- | --- |")
    missing = []
    for name in ORDER:
        seen = rows_of(name)
        if not seen:
            missing.append(name)
            continue
        for row in seen["rows"]:
            print("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |")
        print(f"| _{name}: load average {seen['load']:.1f} on {os.cpu_count()} cores_ | | | | |")
    print()
    print("; ".join([version(KAWAT, "--version"), version("newsboat", "--version"), version("curl", "--version"),
                     "sfeed_curses " + ("is here" if shutil.which("sfeed_curses") else "is not installed"),
                     "newsraft " + ("is here, not measured" if shutil.which("newsraft") else "is not packaged")]))
    if missing:
        print("not run yet: " + ", ".join(missing) + f" (rows are kept in {FOLDER})")


main()
