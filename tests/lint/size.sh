#!/bin/sh
# Files and functions stay small. Above the aim they are listed, above the hard
# stop the test fails. Tables (*.def) and tests are only listed.
set -eu
. "$(dirname "$0")/lib.sh"

# Brace layout is fixed, so a function's body stands between a "{" and a "}"
# that are alone in the first column.
# shellcheck disable=SC2046 # no file name here has blanks
awk -v file_aim=500 -v file_stop=700 -v function_aim=60 -v function_stop=120 '
	function measure(what, lines, aim, stop,   exempt, over) {
		if (lines <= aim)
			return
		exempt = what ~ /^tests\// || what ~ /\.def$/
		over = lines > stop && !exempt
		printf "%s: %d lines (aim %d%s)\n", what, lines, aim, over ? ", STOP " stop : ""
		bad = bad || over
	}
	FNR == 1 {
		if (file != "")
			measure(file, length_, file_aim, file_stop)
		file = FILENAME
		files++
		start = 0
	}
	{ length_ = FNR }
	/^[A-Za-z_].*\(/ {
		name = $0
		sub(/\(.*/, "", name)
		sub(/.*[ *]/, "", name)
	}
	/^\{$/ { start = FNR }
	/^\}$/ && start {
		functions++
		total += FNR - start + 1
		measure(FILENAME ":" start " " name "()", FNR - start + 1, function_aim,
			function_stop)
		start = 0
	}
	END {
		measure(file, length_, file_aim, file_stop)
		printf "%d files, %d functions of %.0f lines on average\n", files, functions,
			functions ? total / functions : 0
		exit bad
	}
' $(sources '*.[ch]' '*.def') || {
	echo 'FAIL: too long: split by idea'
	exit 1
}
