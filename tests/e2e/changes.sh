#!/bin/sh
# Changes by hand on the command line: each is one step of the history, and every step
# goes back and forth again, also in another process; the book is the same then, byte by
# byte of what list, show and export tell.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-11-20 --actor Ann "$@"
}

# picture FILE: all that the book says.
picture() {
	{
		td list --format json --all
		for id in $ids; do td show "$id" --format json; done
		for kind in accounts csms touches contacts; do td export "$kind"; done
	} >"$1"
}

is 0 'demo' td demo --no-console --quiet --accounts 60 --months 3
td list --format csv --columns id --limit 3 | sed 1d | tr -d '\r' >ids
ids=$(cat ids)
# shellcheck disable=SC2086
set -- $ids
picture p0

is 2 'a touch without a kind' td touch "$1"
has 'a touch without a kind' '--kind' err
is 4 'a kind that is a slip' td touch "$1" --kind cal
has 'what is meant' 'did you mean call?' err
is 4 'a kind that is begun' td touch "$1" --kind m
has 'what may be meant' 'did you mean mail or meeting?' err
is 4 'minutes that are none' td touch "$1" --kind call --minutes long
has 'minutes that are none' 'minutes' err
is 4 'a day that is none' td touch "$1" --kind call --date 2026-02-30
is 4 'a day to come' td touch "$1" --kind call --date 2099-01-01
has 'a day to come' 'still to come' err
is 2 'a touch of nobody' td touch no-such-account --kind call
is 0 'touch' td touch "$1" --kind call --two-way --purpose 'check in' --minutes 30
picture p1
is 0 'the touch shows' td show "$1"
has 'the touch shows' 'check in' out
is 2 'a note without a text' td note "$1"
is 4 'a blank note' td note "$1" ' '
is 0 'note' td note "$1" 'wants a second team' --date 2026-11-18
picture p2
is 2 'assign without an owner' td assign "$1"
is 4 'an owner who is nobody' td assign "$1" --to Nobody-Here
is 2 'one of them is nobody' td assign "$1" no-such-account --to pool
is 0 'assign' td assign "$1" "$2" "$3" --to pool --reason 'she left'
picture p3
is 0 'lock' td lock "$2" --until 2026-12-31 --reason board
picture p4
is 0 'unlock' td unlock "$2"
is 2 'unlock again' td unlock "$2"

is 0 'log' td log
has 'log' 'assign to the pool' out
has 'log' '3 changes (she left)' out
has 'log' 'added to notes, date: 2026-11-18, text: wants a second team' out
is 0 'log of one account' td log --account "$2"
has 'log of one account' 'lock the tier' out
grep -q 'log a touch' out && failed=$((failed + 1)) && echo 'FAILED log of one account'
is 0 'log of another person' td log --actor Bo
[ "$(wc -l <out)" -le 1 ] || { failed=$((failed + 1)) && echo 'FAILED log of Bo'; }
is 0 'log of later' td log --since 2199-01-01
[ "$(wc -l <out)" -le 1 ] || { failed=$((failed + 1)) && echo 'FAILED log of later'; }
is 2 'a day that is none' td log --since yesterday
is 0 'log as JSON' td log --format json
for key in id at actor step title reason account rows reverses reversed_by changes kind row \
	field before after; do
	has 'log as JSON' "\"$key\":" out
done
cp out log.json
command -v python3 >/dev/null && is 0 'it is JSON' python3 -c \
	"import json; assert len(json.load(open('log.json'))) == 5"

is 1 'another person has nothing to undo' "$bin" --db book.db --actor Bo undo
for state in p4 p3 p2 p1 p0; do
	is 0 "undo to $state" td undo
	has "undo to $state" 'undone: ' err
	stands "undo to $state" $state
done
is 1 'nothing to undo' td undo
for state in p1 p2 p3 p4; do
	is 0 "redo to $state" td redo
	stands "redo to $state" $state
done
is 0 'verify' td verify

is 2 'undo of a word' td undo nonsense
is 2 'undo of what never was' td undo 99999
is 2 'undo of what is undone' td undo \
	"$(td log | awk '/log a touch \(taken back\)/ { print $1; exit }')"
has 'undo of what is undone' 'was taken back already' err
is 5 'undo of a recalculation' td undo 1
has 'undo of a recalculation' 'figures repeat themselves' err
is 0 'another touch' td touch "$3" --kind mail
is 1 'no redo after a change' td redo
# somebody else assigns the same account: the older operation can't be taken back
owner=$(td export csms --raw | sed -n '2s/,.*//p')
is 0 'another owner' "$bin" --db book.db --actor Bo assign "$1" --to "$owner"
picture p5
old=$(td log --actor Ann | awk '/redo: assign to the pool/ { print $1; exit }')
is 5 'a later change stands in the way' td undo "$old"
has 'a later change stands in the way' 'Bo did "assign to' err
stands 'a later change stands in the way' p5
# who takes an account over begins with a hand-over, as the console's form has it
tasks() {
	td tasks --csm all --account "$1" 2>/dev/null | grep -c ' hand-over ' >found || :
	if [ "$(cat found)" = "$2" ]; then good; else bad "$3: $(cat found) hand-overs"; fi
}
ana=$(td export csms --raw | sed -n '3s/,.*//p')
bea=$(td export csms --raw | sed -n '4s/,.*//p')
long=$(td list --where 'tier:1' --format csv --columns id | tr -d '\r' | sed -n 2p)
picture p7
is 0 'to the pool' td assign "$long" --to pool
picture p8
tasks "$long" 0 'to the pool'
is 0 'from the pool' td assign "$long" --to "$ana"
tasks "$long" 0 'from the pool'
is 0 'undo' td undo
is 0 'from the pool with one' td assign "$long" --to "$ana" --hand-over yes
has 'from the pool with one' 'with 1 hand-over task;' err
tasks "$long" 1 'from the pool with one'
is 0 'undo with its task' td undo
stands 'undo with its task' p8
is 0 'an owner first' td assign "$long" --to "$ana" --hand-over no
is 0 'to another one without' td assign "$long" --to "$bea" --hand-over no
tasks "$long" 0 'to another one without'
is 0 'undo' td undo
is 0 'to another one' td assign "$long" --to "$bea"
has 'to another one' 'with 1 hand-over task;' err
tasks "$long" 1 'to another one'
for i in 1 2 3; do is 0 "undo $i" td undo; done
stands 'undo of hand-overs' p7
is 2 'a hand-over of neither kind' td assign "$long" --to "$ana" --hand-over maybe
has 'a hand-over of neither kind' 'yes or no' err
is 2 'nobody takes over' td assign "$long" --to pool --hand-over yes
has 'nobody takes over' 'nobody takes over' err

# all that a filter means, and any number of names, as one operation
is 2 'neither names nor a filter' td assign --to pool
is 2 'names and a filter' td assign "$1" --where tier:3 --to pool
has 'names and a filter' 'not both' err
is 2 'a filter that means nobody' td assign --where 'arr:>1e12' --to pool
picture p6
is 0 'assign by a filter' td assign --where 'arr:>0' --to pool
test "$(td list --format json | grep -c '"csm":"')" = 0 ||
	echo 'FAILED assign by a filter' "$((failed = failed + 1))"
is 0 'undo of many' td undo
stands 'undo of many' p6
many=$(i=0 && while [ $i -lt 300 ]; do echo "$1 $2" && i=$((i + 1)); done)
# shellcheck disable=SC2086 # a list of names
is 2 'a clinic is no talk with each' td touch $many --kind clinic --two-way
has 'a clinic is no talk with each' 'no talk with each' err
before=$(td export touches | grep -c ',clinic,')
is 0 '600 names, of two accounts' td touch $many --kind clinic --minutes 60
test "$(td export touches | grep -c ',clinic,')" = $((before + 2)) ||
	echo 'FAILED one touch for each account' "$((failed = failed + 1))"
is 0 'undo of two touches' td undo
stands 'undo of two touches' p6

# four at the same time: nobody's note is lost, and each has its entry
before=$("$bin" --db book.db log --format json | grep -o '"id":' | wc -l)
for who in 1 2 3 4; do
	(
		for i in 1 2 3 4 5 6 7 8 9 10; do
			"$bin" --db book.db --as-of 2026-11-20 --actor "P$who" --quiet \
				note "$2" "note $who-$i" || echo "P$who $i" >>lost
		done
	) &
done
wait
is 1 'no note was lost' test -s lost
td show "$2" >out
has 'their notes' 'notes: 4' out
"$bin" --db book.db log --format json >log.json
is 0 'forty entries' test "$(grep -o '"id":' log.json | wc -l)" -eq $((before + 40))
is 0 'verify again' td verify
# undoings that another program wrote, under a title of its own: without its rows there is
# nothing to bring back
if command -v sqlite3 >/dev/null; then
	eve() {
		"$bin" --db other.db --as-of 2026-11-20 --actor Eve "$@"
	}
	cp book.db other.db
	is 0 'note to undo' eve note "$1" 'of Eve'
	is 0 'undo of the note' eve undo
	undoing="INSERT INTO operation SELECT max(id) + 1, 0, 'Eve', 'undo', 'x', NULL, NULL,
		NULL, 1, 'sql', NULL, NULL FROM operation"
	is 0 'an undoing without rows' sqlite3 other.db "$undoing"
	is 5 'redo without rows' eve redo
	is 0 'an undoing with rows' sqlite3 other.db "$undoing; INSERT INTO operation_change
		SELECT operation + 2, seq, kind, row, account, before, after FROM operation_change
		WHERE operation = (SELECT max(id) - 2 FROM operation)"
	is 0 'redo of it' eve redo
	has 'its title' 'redone: x' err
	is 0 'show the note' eve show "$1"
	has 'the note is back' 'of Eve' out
fi
# What is done about a root cause, a state a call, and taken back.
is 2 'a fix of nothing' td fix "$1" --text x
is 2 'a fix that does nothing' td fix "$1" --cause sync
is 2 'a state that is none' td fix "$1" --cause sync --text x --state done
is 2 'a fix that nobody noticed' td fix "$1" --cause sync --state automated
is 2 'a fix of a cause that no ticket has' td fix "$1" --cause sync --text 'a patch'
has 'of which' 'has the root cause "sync": the most frequent are ' err
is 2 'a fix of a slip' td fix "$1" --cause 'How-to questoin' --text 'a page'
has 'what is meant' 'did you mean how-to question? With --new' err
is 0 'a fix of a cause that tickets have' td fix "$1" --cause 'how-to question' --text 'a page'
has 'the sentence' 'the fix at ' err
has 'the sentence' ' is in the book;' err
is 0 'undo it' td undo
is 0 'a fix' td fix "$1" --cause sync --text 'a patch' --new
is 0 'it is automated' td fix "$1" --cause sync --state automated --link 'release 7'
has 'what it is now' ' is automated as of 2026-' err
is 4 'documented after that' td fix "$1" --cause sync --state documented --date 2099-01-01
is 0 'fixes' td export fixes
has 'fixes' ',sync,2026-11-20,a patch,,2026-11-20,,release 7,Ann' out
is 0 'causes' td causes --format json
shows '[(r["fix"], r["verdict"], r["since"]) for r in x if r["cause"] == "sync"] == [("automated", "young", 0)]'
shows 'sum(r["suggested"] for r in x) == 1'
td export fixes >fixes.csv 2>err
is 0 'undo it' td undo
has 'how much, as the log counts' ', 1 change' err
is 0 'undo both' td undo
is 0 'the file' td import fixes fixes.csv
is 0 'fixes again' td export fixes
if cmp -s out fixes.csv; then good; else bad 'fixes are not what they were'; fi
is 0 'undo the file' td undo

# ---- between a change and the recalculation -------------------------------------------

# since WHAT COUNT: so many lines of the account say that something was entered since.
since() {
	found=$(td show "$long" | grep -c 'With what was entered since the last recalculation: ')
	if [ "$found" = "$2" ]; then good; else bad "$1: $found and not $2"; fi
}
td list --format csv --columns id | sed 1d | tr -d '\r' >all
while read -r long; do # the first that nobody talked to for long
	td show "$long" --format json | grep -q '"engagement","input":[0-9]*,"day":[^,]*,"score":[0-5]\{0,1\}[0-9][,.]' && break
done <all
since 'before a talk' 0
is 0 'a talk at last' td touch "$long" --kind call --two-way
since 'after it' 1
is 0 'as JSON' td show "$long" --format json
has 'as JSON' '"health_now":' out
is 0 'recalc' td recalc
since 'then' 0

chmod 400 book.db
if [ "$(id -u)" != 0 ]; then
	is 5 'a book that can only be read' td note "$1" x
fi

ends
