#!/bin/sh
# Run a test that is written in Python, from any build folder.  Exit 77: skipped, no python3.
command -v python3 >/dev/null || { echo "SKIP: python3 is missing"; exit 77; }
TEST_SRCDIR=$(cd "${srcdir:-.}/tests" && pwd) KAWAT=${KAWAT:-$(pwd)/src/kawat}
export TEST_SRCDIR KAWAT
exec python3 -B "$1"
