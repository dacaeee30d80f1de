#!/bin/sh
# The model's own tests, then a few random books through the program and the model.
# More of them: TIERDESK_BIN=... tests/model/compare.py --seeds 100
set -eu
here=$(dirname "$0")

# Nothing is written next to the sources.
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
	echo 'skipped: the model needs python3, 3.9 or newer'
	exit 77
fi
python3 "$here/selftest.py"
python3 "$here/compare.py" --first 33 --seeds 8
