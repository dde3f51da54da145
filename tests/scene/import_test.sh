#!/bin/sh
# Importing from the screen: the welcome box, the prompt for a file.  Exit 77: skipped.
srcdir=${srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
command -v tmux >/dev/null || { echo "SKIP: tmux is missing"; exit 77; }
exec python3 "$srcdir/tests/scene/import_test.py"
