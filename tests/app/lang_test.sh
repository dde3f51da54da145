#!/bin/sh
# The catalogues have every sentence of the interface and no other.  Exit 77: skipped.
srcdir=${srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
for catalogue in "$srcdir"/src/app/lang/*.po; do
	python3 "$srcdir/tests/app/lang_test.py" "$srcdir" "$catalogue" || exit 1
done
