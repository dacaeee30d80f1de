# shellcheck shell=sh
# shellcheck disable=SC2034 # bin and here are for who sources it
# What the tests of the command line begin and count with; sourced. bin is the program,
# here the folder of the test, and work one of its own, in which it stands.
set -u
bin=${TIERDESK_BIN:?}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1
passed=0
failed=0

good() {
	passed=$((passed + 1))
}

bad() {
	failed=$((failed + 1))
	echo "FAILED $*"
}

# is CODE WHAT COMMAND...: the command ends with the code; its output stays in out, err.
is() {
	want=$1 what=$2
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	if [ "$got" = "$want" ]; then
		good
	else
		bad "$what: exit $got, not $want"
		head -3 err
	fi
}

# check STATUS WHAT: it is 0; what err says is shown where it is not.
check() {
	if [ "$1" -eq 0 ]; then
		good
	else
		bad "$2"
		[ ! -s err ] || head -3 err
	fi
}

# blank WHAT FILE: there is nothing in it.
blank() {
	if [ -s "$2" ]; then
		bad "$1: $(head -3 "$2")"
	else
		good
	fi
}

# has WHAT TEXT FILE: the file holds the text.
has() {
	if grep -qF -- "$2" "$3"; then
		good
	else
		bad "$1: no $2 in"
		head -c 600 "$3"
	fi
}

# same WHAT FILE FILE
same() {
	if cmp -s "$2" "$3"; then
		good
	else
		bad "$1: $2 and $3 differ"
	fi
}

# stands WHAT FILE: the book is what it was when picture, the caller's, wrote the file.
stands() {
	picture now
	if cmp -s now "$2"; then
		good
	else
		bad "$1: the book differs from $2"
		diff now "$2" | cut -c1-200 | head -5
	fi
}

# shows EXPRESSION: true of the JSON document in out, which is called x; by(LIST, KEY): how
# many there are of each.
shows() {
	if python3 -c 'import json, sys
from collections import Counter
x = json.load(open("out"))
by = lambda rows, key: dict(Counter(r[key] for r in rows))
sys.exit(not eval(sys.argv[1]))' "$1"; then
		good
	else
		bad "not so: $1"
		head -c 400 out
	fi
}

# ends: says how many; the status of the test.
ends() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
}
