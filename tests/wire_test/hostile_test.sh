#!/bin/sh
# kawat-wire against servers that misbehave.  Exit 77: skipped, python3 is missing.
# KAWAT_HOSTILE may name the folder of the team's hostile cases, whose server is then used as well.
srcdir=${srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
exec python3 "$srcdir/tests/wire_test/hostile_test.py" .
