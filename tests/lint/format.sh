#!/bin/sh
# The layout of the C sources is what clang-format makes of them. Releases of
# clang-format disagree in details, so one of them is the judge.
set -eu
. "$(dirname "$0")/lib.sh"

judge=14

if command -v clang-format-$judge >/dev/null 2>&1; then
	clang_format=clang-format-$judge
elif command -v clang-format >/dev/null 2>&1; then
	clang_format=clang-format
else
	echo 'SKIP: clang-format is not installed'
	exit 77
fi

# shellcheck disable=SC2046 # no file name here has blanks
wrong=$($clang_format --dry-run $(sources '*.[ch]') 2>&1 |
	sed -n 's/^\([^:]*:[0-9]*\):[0-9]*: warning: .*/\1/p' | uniq)
[ -n "$wrong" ] || exit 0
echo "$wrong"

if ! $clang_format --version | grep -q "version $judge\\."; then
	echo "SKIP: layout is judged by clang-format $judge, this is $($clang_format --version)"
	exit 77
fi
echo 'FAIL: run clang-format -i on the files above'
exit 1
