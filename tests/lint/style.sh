#!/bin/sh
# Rules of the house that a pattern can check. What stands in comments and in
# string literals does not count as a call.
set -eu
. "$(dirname "$0")/lib.sh"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0

# complain TEXT: keeps the findings on stdin; any finding fails the test.
complain()
{
	sed "s|\$|   <- $1|" >>"$tmp/findings"
}

# ---- text of every source -------------------------------------------------------

texts="bootstrap configure.ac Makefile.am .ci/run
	$(sources '*.[ch]' '*.def' '*.am' '*.sh' '*.py' | grep -v '^tests/data/')
	$(find assets -name '*.am' -o -name '*.sh' -o -name '*.sql' -o -name '*.ini')"
# U+061C, U+200E/F, U+202A..E, U+2066..9: they make code read as what it is not.
bidi=$(printf '\330\234|\342\200[\216\217\252-\256]|\342\201[\246-\251]')
tab=$(printf '\t')

# shellcheck disable=SC2086 # no file name here has blanks
{
	grep -nE "$bidi" $texts /dev/null | complain 'invisible bidi control'
	grep -nE "[ $tab]\$" $texts /dev/null | complain 'trailing blank'
}

# ---- calls ----------------------------------------------------------------------

# code FILE...: "file:line:code" with comments gone and string literals emptied.
code()
{
	awk '
		FNR == 1 { comment = 0 }
		{
			line = $0
			out = ""
			while (line != "") {
				if (comment) {
					end = index(line, "*/")
					if (!end)
						break
					line = substr(line, end + 2)
					comment = 0
				} else if (match(line, /^"(\\.|[^"\\])*"/)) {
					out = out "\"\""
					line = substr(line, RLENGTH + 1)
				} else if (match(line, /^\047(\\.|[^\047\\])*\047/)) {
					out = out "0"
					line = substr(line, RLENGTH + 1)
				} else if (substr(line, 1, 2) == "/*") {
					comment = 1
					line = substr(line, 3)
				} else if (substr(line, 1, 2) == "//") {
					break
				} else {
					out = out substr(line, 1, 1)
					line = substr(line, 2)
				}
			}
			print FILENAME ":" FNR ":" out
		}' "$@" /dev/null
}

# shellcheck disable=SC2046 # no file name here has blanks
code $(sources '*.[ch]' '*.def') >"$tmp/code"

# call NAMES: findings of calls of these functions (not of members called so).
call()
{
	grep -E "^[^:]*:[0-9]*:(.*[^A-Za-z0-9_.>])?($1)[ ]*\\(" "$tmp/code"
}

call 'strtod|strtof|strtold|atof' | complain 'follows the locale: use core/'
call 'setlocale' | grep -vE '^(cli|tui|tests)/' | complain 'setlocale belongs to cli/ and tui/'
call 'time|localtime|localtime_r|gmtime|gmtime_r|gettimeofday' | grep -vE '^cli/' |
	complain 'only cli/ asks the clock: take a struct clock'
call 'clock_gettime' | grep -vE '^((cli|tui|tests)/|db/open\.c:)' |
	complain 'only cli/, the event loop and who waits for the lock measure time'
call 'fopen|open|popen|system|getenv' | grep -E '^core/' | complain 'core/ touches no files'
call 'gets|strcpy|strcat|sprintf|vsprintf|strncpy|strtok|rand|srand' | grep -v '^tests/' |
	complain 'says nothing about sizes, or hides state: use core/'
# The statement must be a literal: the emptied "" behind the handle, here or on the next line.
awk -F: '
	held != "" { print held $3; held = "" }
	/sqlite3_exec *\([^;]*$/ { held = $0; next }
	{ print }' "$tmp/code" >"$tmp/joined"
grep -E '^db/.*[^A-Za-z0-9_]sqlite3_exec *\(' "$tmp/joined" |
	grep -vE 'sqlite3_exec *\([^,]+,[[:space:]]*""' |
	complain 'sqlite3_exec takes a literal, everything else a prepared statement'

grep -E '^tui/.*[^A-Za-z0-9_]book_store *\(' "$tmp/code" |
	complain 'screens talk to core/book.h, not to the store beneath it'

# shellcheck disable=SC2046 # no file name here has blanks
grep -nE '"([^"]*[^A-Za-z"])?(Enter|Esc|Tab|Space|Backspace|PgUp|PgDn|[CM]-[a-z])([^A-Za-z-][^"]*)?"' \
	$(sources '*.c' | grep -vE '^((cli|tests)/|tui/keys(_own)?\.c$)') /dev/null |
	complain 'names a key: keys_word() says which one it is'

if [ -s "$tmp/findings" ]; then
	cat "$tmp/findings"
	echo 'FAIL: see tests/lint/style.sh for the rules'
	exit 1
fi
