#!/bin/sh
# The manual: its tables are those of the .def files, and mandoc finds nothing to say about it.
# Exit 77: skipped, a tool is missing.
srcdir=${srcdir:-.}
for tool in python3 mandoc; do
	command -v $tool >/dev/null || {
		echo "SKIP: $tool is missing"
		exit 77
	}
done

failed=0
for page in "$srcdir"/man/*.[157]; do
	python3 "$srcdir/man/fill.py" --src "$srcdir/src" --check "$page" || failed=1
	said=$(mandoc -Tlint "$page" 2>&1)
	if [ -n "$said" ]; then
		printf '%s\n' "$said" >&2
		failed=1
	fi
done
exit $failed
