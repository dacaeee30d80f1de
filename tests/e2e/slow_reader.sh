#!/bin/sh
# A pager that is looked at for long: what is piped into it does not keep others from
# writing, and comes whole when it is read on.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-03-31 --quiet "$@"
}

td demo --no-console --accounts 600 --csms 3 --months 18 >/dev/null
awk 'BEGIN { print "account_id,name"; for (i = 0; i < 900; i++)
	printf "L%d,A name that the history tells of by number %d\n", i, i }' >named.csv
td import accounts named.csv >/dev/null
account=$(td list --format csv | sed -n '2s/,.*//p')

# slow NAME VERB ...: its reader waits until somebody has written.
slow() {
	name=$1
	shift
	td "$@" >whole
	[ "$(wc -c <whole)" -gt 140000 ]
	check $? "$name: no more than a pipe and a buffer hold"
	mkfifo pipe
	td "$@" >pipe 2>"$name.err" &
	job=$!
	exec 3<pipe
	head -c 1 <&3 >first
	td note "$account" "while somebody reads $name" >/dev/null 2>note.err
	check $? "$name: nobody could write: $(cat note.err)"
	kill -0 "$job" 2>/dev/null
	check $? "$name: it did not wait for its reader"
	{ cat first && cat <&3; } >read
	exec 3<&-
	wait "$job"
	check $? "$name: $(cat "$name.err")"
	cmp -s whole read
	check $? "$name: not what a file gets"
	rm pipe
}
slow signals export signals
slow touches export touches
slow where export signals --where 'tier:1,2'
slow log log --all --format json

# Nobody reads on: no failure.
td export signals | head -n 1 >first
[ -s first ]
check $? 'the first line'

ends
