#!/bin/sh
# The floors of src/: nobody includes upward or in a circle, guests stay in their room, every header
# compiles alone, every file is in a list.  Exit 77: skipped, python3 is missing.
srcdir=${srcdir:-.}
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
exec python3 "$srcdir/tests/floors.py" "$srcdir" "$srcdir/Makefile.am" \
	${CC:-cc} -std=c11 -Wall -Wextra -include config.h -I. $GUEST_CFLAGS
