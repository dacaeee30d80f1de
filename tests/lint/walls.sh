#!/bin/sh
# Nothing reaches upward: which room may include what.
set -eu
. "$(dirname "$0")/lib.sh"

# path pattern ; own headers (folder/ or file) ; system headers (* is any, but sqlite3,
# curses and cairo must be named). The first row whose pattern matches decides.
rules()
{
	cat <<-'END'
	^core/;core/;assert ctype errno fenv float inttypes limits math stdalign stdarg stdbool stddef stdint stdio stdlib string strings sys/types utf8proc ini
	^db/;core/ db/ config.h;* sqlite3
	^tui/term[^/]*$;core/ tui/ config.h;* curses
	^tui/;core/ tui/ config.h;*
	^report/paint[_.];core/ report/;* cairo
	^report/;core/ report/;*
	^cli/;core/ db/ tui/ report/ cli/ config.h;*
	^tests/(unit/test_db_|crash/|fuzz/fuzz_db_|bench/db_);core/ db/ tests/;* sqlite3
	^tests/(support/(scene|host_memory)|unit/test_tui_|screen/|fuzz/fuzz_tui_);core/ tui/ tests/;*
	^tests/(support/reporting|unit/test_report_);core/ report/ tests/;*
	^tests/(unit/test_cli_|bench/cli_);core/ db/ tui/ report/ cli/ tests/;* sqlite3 curses
	^tests/;core/ tests/;*
	END
}

# shellcheck disable=SC2046 # no file name here has blanks
rules | awk '
	function guarded(name) {
		if (name ~ /sqlite3/)
			return "sqlite3"
		if (name ~ /curses|^(term|panel|menu|form)$/)
			return "curses"
		if (name ~ /cairo|pango/)
			return "cairo"
		return ""
	}
	function own_allowed(row, name,   list, n, i) {
		n = split(own[row], list, / /)
		for (i = 1; i <= n; i++)
			if (list[i] == name || (list[i] ~ /\/$/ && index(name, list[i]) == 1))
				return 1
		return 0
	}
	function system_allowed(row, name,   list, n, i, guard) {
		sub(/\.h$/, "", name)
		guard = guarded(name)
		n = split(foreign[row], list, / /)
		for (i = 1; i <= n; i++)
			if (list[i] == (guard != "" ? guard : name) || (guard == "" && list[i] == "*"))
				return 1
		return 0
	}
	FILENAME == "-" {
		split($0, part, /;/)
		path[++rows] = part[1]
		own[rows] = part[2]
		foreign[rows] = part[3]
		next
	}
	/^[ \t]*#[ \t]*include/ {
		for (row = 1; row < rows && FILENAME !~ path[row]; row++)
			;
		name = $0
		if (name ~ /"/) {
			gsub(/^[^"]*"|".*$/, "", name)
			good = own_allowed(row, name)
		} else {
			gsub(/^[^<]*<|>.*$/, "", name)
			good = system_allowed(row, name)
		}
		if (!good) {
			printf "%s:%d: may not include %s\n", FILENAME, FNR, name
			bad = 1
		}
	}
	END { exit bad }
' - $(sources '*.[ch]' '*.def') || {
	echo 'FAIL: an include crosses a wall (the rules: tests/lint/walls.sh)'
	exit 1
}
