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

fail=0
# shellcheck disable=SC2046 # no file name here has blanks
$clang_format --dry-run -Werror $(sources '*.[ch]') || fail=1
[ $fail = 1 ] || exit 0

if ! $clang_format --version | grep -q "version $judge\\."; then
	echo "SKIP: layout is judged by clang-format $judge, this is $($clang_format --version)"
	exit 77
fi
echo 'FAIL: run clang-format -i on the files above'
exit 1
