#!/bin/sh
# Whether something was changed can be told from the exit code: 7 when it was and what was
# to follow failed, 6 and 130 only when it was not.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-03-31 --actor Ann "$@"
}
state() {
	td verify --format json
}

# full CODE TEXT VERB ...: its result meets a full device. The code tells whether the book
# is another one, and the line on stderr says so.
full() {
	want=$1 text=$2
	shift 2
	state >before
	td "$@" >/dev/full 2>err
	got=$?
	[ "$got" = "$want" ]
	check $? "$* ends with $got, not $want"
	grep -qF -- "$text" err
	check $? "$*: no $text"
	state >after
	cmp -s before after
	same=$?
	[ "$want:$same" = 7:1 ] || [ "$want:$same" = 6:0 ]
	check $? "$*: exit $want, and the book differs: $same"
}

td demo --no-console --accounts 600 --csms 3 --months 2 >/dev/null 2>&1
printf 'account_id,name\nN1,The new one\n' >new.csv
full 6 "can't write the result" list
full 6 "can't write the result" review
full 6 "can't write the result" import accounts new.csv --dry-run
in_it='the change is in the book'
full 7 "$in_it" import accounts new.csv
printf 'account_id,name\nN2,Another\n' >new.csv
full 7 "$in_it" import accounts new.csv --format json
full 7 "$in_it" --as-of 2026-04-30 recalc
td policy show >rules.ini
full 7 "$in_it" policy apply rules.ini --reason 'a test'
! grep -q 'nothing was changed' err
check $? 'it says both'

# A second signal, while a reader keeps the result of what was done waiting.
mkfifo pipe
exec 3<>pipe
"$bin" --db book2.db init 2>/dev/null
awk 'BEGIN { print "account_id,name,arr"; for (i = 0; i < 900; i++)
	printf "L%d,Account of the number %d,%d\n", i, i, 1000 + i }' >many.csv
td --db book2.db import accounts many.csv >/dev/null 2>&1
td --db book2.db log --format json >before
"$bin" --db book2.db --as-of 2026-03-31 review --apply --format json >pipe 2>err &
job=$!
tries=0
while td --db book2.db log --format json | cmp -s - before && [ $tries -lt 200 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
kill -TERM $job
sleep 0.2 # two at once would be one
kill -TERM $job
( sleep 20; kill -KILL $job 2>/dev/null ) &
watch=$!
wait $job
got=$?
kill $watch
[ $got = 7 ]
check $? "ended after the change: exit $got, not 7"
grep -qF "$in_it" err
check $? 'it says that the change is there'

ends
