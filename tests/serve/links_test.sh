#!/bin/sh
# Every read-also link of the sample wire is found.  Exit 77: skipped, no python3.
srcdir=${srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
exec python3 "$srcdir/tests/serve/links_test.py" "$srcdir/tests" src/kawat
