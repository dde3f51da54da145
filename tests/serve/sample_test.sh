#!/bin/sh
# The sample wire is whole, and the tests' server serves it.  Exit 77: skipped, no python3.
srcdir=${srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
exec python3 "$srcdir/tests/serve/sample_test.py" "$srcdir/tests"
