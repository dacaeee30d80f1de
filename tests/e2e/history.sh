#!/bin/sh
# The history of everything on the command line: imports small and large, reviews,
# policies, another program and a restored backup are entries, and each goes back, in
# another process; what came between is not overwritten.
command -v sqlite3 >/dev/null || {
	echo 'SKIP: no sqlite3 shell'
	exit 77
}
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of "$day" --actor Ann "$@"
}

# picture FILE: all that people and reviews put into the book.
picture() {
	{
		for kind in accounts csms contacts touches contracts; do td export "$kind"; done
		td list --all --columns id,name,tier,csm --sort id --format csv
		sqlite3 book.db "SELECT tier, members FROM tier_roster;
			SELECT review_day FROM book;
			SELECT text FROM policy_version ORDER BY version DESC LIMIT 1"
	} >"$1"
}

day=2026-11-20
is 0 demo td demo --no-console --quiet --accounts 60 --months 3
is 1 'of what a demo brings nothing is taken back' td undo
id=$(td list --format csv --columns id --limit 1 | sed 1d | tr -d '\r')
picture p0
# what a recalculation made of an account, and a review
alert=$(sqlite3 book.db "SELECT account_id || ' ' || kind FROM alert JOIN account a
	ON a.id = account WHERE state = 'open' LIMIT 1")
is 0 'the story of an account' "$bin" --db book.db log --account "${alert% *}"
has 'the story of an account' "alert opened: ${alert#* }" out
has 'the story of an account' ', placement: tier score ' out
is 0 'the story as JSON' "$bin" --db book.db log --account "${alert% *}" --format json
has 'the story as JSON' ', placement: tier score ' out
others=$(grep -o '"changes":\[[^]]*\]' out | grep -c '"row":.*"row":')
[ "$others" = 0 ] && good || { failed=$((failed + 1)); echo "FAILED the story as JSON: of $others others"; }

# a small import, with a CSM that is new
printf 'account_id,name,csm,arr\n%s,Renamed,Zed,9\nN1,New,Zed,100\n' "$id" >small.csv
is 0 'small import' td import accounts small.csv
picture p1
is 0 'an import in the story' td log --account N1
has 'an import in the story' 'added to accounts, account_id: N1, name: New, csm: Zed, arr: 100.00' out
is 0 log td log
has 'small import' 'import accounts small.csv: 1 new, 1 changed' out
is 0 'undo import' td undo
stands 'undo import' p0
is 0 'redo import' td redo
stands 'redo import' p1
# a review and a policy
day=2026-12-31
is 0 review td review --apply
picture p2
printf '[review]\nhysteresis = 4\n' >policy.ini
is 0 policy td policy apply policy.ini --reason 'the board'
picture p3
is 0 log td log
has policy 'policy version 2: review.hysteresis 3 > 4' out
has review 'review of 2026-12-31: ' out
for state in p2 p1 p0; do
	is 0 "undo to $state" td undo
	stands "undo to $state" $state
done
for state in p1 p2 p3; do
	is 0 "redo to $state" td redo
	stands "redo to $state" $state
done
is 0 verify td verify
has 'what the seals do not show' 'not detectable without --anchor' out
anchor=$(sed -n 's/^history sealed up to operation [0-9]*, head //p' out)
is 0 'JSON of it' td log --format json
has 'the head' "\"seal\":\"${anchor#*:}\"" out
has 'JSON of it' '"kind":"review","step":"change"' out
has 'JSON of it' '"field":"review.hysteresis","before":"3","after":"4"' out
# a cap that sinks moves nobody, and says so
printf '[tiers]\ntier1_cap = 20\n' >wide.ini
is 0 'a wider cap' td policy apply wide.ini --reason 'more people'
wide=$(sqlite3 book.db 'SELECT max(id) FROM operation')
moved=
for account in $(td list --where 'tier:2' --sort -tier_score --columns id --limit 3 --format csv |
	sed 1d | tr -d '\r'); do
	is 0 'into tier 1' td tier "$account" 1 --reason 'a test'
	moved="$moved $(sqlite3 book.db 'SELECT max(id) FROM operation')"
done
is 0 'the story of the last one' td log --account "$account"
has 'the story of the last one' 'move to tier 1 by hand' out
has 'the story of the last one' 'tier 2 to 1 (a test)' out
is 0 'its reason' td show "$account"
has 'its reason' '2 -> 1  manual     by Ann: a test' out
is 0 'its reason as JSON' td show "$account" --format json
has 'its reason as JSON' '"by":"Ann","reason":"by Ann: a test"' out
members=$(sqlite3 book.db 'SELECT members FROM tier_cap WHERE tier = 1')
is 0 'undo the wider cap' td undo "$wide"
places=$(sqlite3 book.db 'SELECT places FROM tier_cap WHERE tier = 1')
has 'undo the wider cap' 'undone: policy version ' err
has 'undo the wider cap' "tier 1 holds $members, $((members - places)) more than its cap of $places: the next review mends it (\`tierdesk review --apply\`)" err
is 0 'redo it' td redo
[ -s err ] && ! grep -q 'more than its cap' err && good ||
	{ failed=$((failed + 1)); echo 'FAILED redo it: a cap that is kept'; }
is 0 'as JSON' td undo --format json
has 'as JSON' '"step":"undo","title":"policy version ' out
has 'as JSON' "\"over_cap\":[{\"tier\":1,\"members\":$members,\"limit\":$places,\"over\":$((members - places))}]}" out
is 0 'a lower cap' td policy apply policy.ini --reason 'again'
has 'a lower cap' 'more than its cap' err
printf 'account_id,name\n%s,Again\n' "$id" >again.csv
is 0 'an import over the cap' td import accounts again.csv
has 'an import over the cap' 'more than its cap' err
is 0 'undo it' td undo
is 0 'back from there' td undo
for n in $(echo "$moved" | tr ' ' '\n' | sort -rn); do is 0 'down again' td undo "$n"; done
stands 'back from there' p3
# a large import keeps a copy of the book
awk 'BEGIN { print "account_id,arr"; for (i = 0; i < 10001; i++) print "L" i ",1" }' >large.csv
is 0 'large import' td import accounts large.csv
copy=$(ls book.db.before-*.db | sort -V | tail -1) # a recalculation of a day to come has one, too
is 0 'its copy is for its owner alone' test "$(stat -c %a "$copy")" = 600
is 0 'undo large' td undo
has 'undo large' 'undone: import accounts large.csv: 10001 new' err
stands 'undo large' p3
is 0 'the seals go on over what was put back' td verify --anchor "$anchor"
has 'the anchor' 'goes on from the anchor' out
is 0 'redo large' td redo
is 0 'somebody changes what it brought' "$bin" --db book.db --actor Bo note L7 mine
is 5 'undo large again' td undo
has 'undo large again' 'Bo did "write a note"' err
n=$(sqlite3 book.db 'SELECT max(id) FROM operation')
is 0 'take that back' "$bin" --db book.db --actor Bo undo
is 0 'undo large now' td undo
stands 'undo large now' p3
is 0 'without a copy' td import accounts large.csv --no-backup
is 5 'there is no way back then' td undo
has 'there is no way back then' 'no copy of the book' err
for i in 1 2 3 4 5 6 7 8 9; do
	printf 'account_id,date,signal,value\nL1,2026-01-0%s,logins,3\n' "$i" >signals.csv
	is 0 'signals' td import signals signals.csv
done
is 0 'seven copies stay' test "$(ls book.db.before-*.db | wc -l)" = 7
is 0 'signals back' td undo
rm -f book.db.before-*.db
is 5 'a copy that is gone' td undo
has 'a copy that is gone' 'is gone' err
# another program
picture p4
is 0 'another program' sqlite3 book.db "UPDATE account SET name = 'By hand', arr = NULL
	WHERE account_id = '$id'; DELETE FROM contact; REPLACE INTO csm(name) VALUES ('Ann')"
is 0 log "$bin" --db book.db log
has 'another program' 'another program: change account' out
is 0 'of this account' "$bin" --db book.db log --account "$id"
has 'of this account' 'another program' out
n=$(sqlite3 book.db 'SELECT max(id) FROM operation')
is 0 'undo what it did' td undo "$n"
stands 'undo what it did' p4
is 0 verify td verify --anchor "$anchor"
is 0 'export to a file' td export accounts --out accounts.csv
has 'the head beside an export' "head $(sqlite3 book.db 'SELECT max(id) FROM operation'):" err
# an end that is cut off shows by the anchor alone, an entry that was changed by itself
cp book.db cut.db
sqlite3 book.db "SELECT sql || ';' FROM sqlite_schema WHERE name GLOB 'operation*'
	AND type = 'trigger'" >back.sql
for name in $(sqlite3 cut.db "SELECT name FROM sqlite_schema WHERE name GLOB 'operation*'
	AND type = 'trigger'"); do
	sqlite3 cut.db "DROP TRIGGER $name"
done
cp cut.db changed.db
n=${anchor%:*}
sqlite3 cut.db "DELETE FROM operation_change WHERE operation >= $n;
	DELETE FROM operation_tiers WHERE operation >= $n;
	DELETE FROM operation_seal WHERE operation >= $n;
	DELETE FROM operation WHERE id >= $n; DELETE FROM row_digest"
sqlite3 cut.db <back.sql
is 0 'cut off, without an anchor' "$bin" --db cut.db verify
has 'cut off, without an anchor' 'not detectable without --anchor' out
is 1 'cut off' "$bin" --db cut.db verify --anchor "$anchor"
has 'cut off' 'its end is gone' out
is 1 'cut off, JSON' "$bin" --db cut.db verify --anchor "$anchor" --format json
has 'cut off, JSON' '"anchor_holds":false' out
is 2 'no anchor' "$bin" --db cut.db verify --anchor x
sqlite3 changed.db "UPDATE operation SET title = 'x' WHERE id = 3"
sqlite3 changed.db <back.sql
is 1 changed "$bin" --db changed.db verify
has changed 'sound up to operation 2: operation 3 is not what was sealed' out
# figures of a day that is still to come leave the alerts alone; asked to, they take them
# along, and there is a way back
cp book.db ahead.db
ahead() {
	as_of=$1
	shift
	"$bin" --db ahead.db --as-of "$as_of" --actor Ann "$@"
}
alerts() {
	sqlite3 ahead.db 'SELECT day FROM alert_day; SELECT id, state, ended_on FROM alert;
		SELECT count(*) FROM message; SELECT count(*) FROM task'
}
today=$(date +%Y-%m-%d)
tomorrow=2199-01-10
sqlite3 ahead.db 'UPDATE alert_day SET day = 20000' # whatever the clock on the wall says
is 0 'today' ahead "$today" recalc
alerts >alerts.today
[ ! -s err ] && good || { failed=$((failed + 1)); echo "FAILED today: $(cat err)"; }
is 0 'a far day, looked at' ahead $tomorrow recalc
has 'a far day, looked at' "$tomorrow is still to come: alerts and plays stay those of $today" err
is 0 'and then today' ahead "$today" recalc
[ ! -s err ] && good || { failed=$((failed + 1)); echo "FAILED and then today: $(cat err)"; }
alerts >alerts.now
cmp -s alerts.today alerts.now && good ||
	{ failed=$((failed + 1)); echo 'FAILED a far day, looked at'; diff alerts.today alerts.now | head -5; }
is 0 'a far day' ahead $tomorrow recalc --ahead
n=$(sqlite3 ahead.db 'SELECT max(id) FROM operation')
has 'a far day' "alerts stand at $tomorrow, which is later than today: they are looked for again from then on; \`tierdesk undo $n\` takes that back" err
is 0 'the day after' ahead 2199-01-11 recalc
[ ! -s err ] && good || { failed=$((failed + 1)); echo "FAILED the day after: $(cat err)"; }
is 0 'today again' ahead "$today" recalc
has 'today again' 'alerts stand at 2199-01-11, which is later than today, and were left as they are' err
has 'today again' "undo $n\`" err
is 0 'today as JSON' ahead "$today" recalc --format json
has 'today as JSON' "\"alerts_ahead\":{\"day\":\"2199-01-11\",\"undo\":$n}" out
is 0 'it is in the history' ahead "$today" log
has 'it is in the history' "recalculated as of $tomorrow" out
is 0 'back to today' ahead "$today" undo "$n"
alerts >alerts.now
cmp -s alerts.today alerts.now && good ||
	{ failed=$((failed + 1)); echo 'FAILED back to today'; diff alerts.today alerts.now | head -5; }
is 0 'and from there' ahead "$today" recalc --format json
has 'and from there' '"alerts_ahead":null' out
is 0 'verify' ahead "$today" verify
# a backup that is put back is told in it
is 0 backup td backup kept.db
has 'the head beside a backup' 'history sealed up to operation' err
is 0 'a note' td note "$id" 'gone soon'
is 0 restore td restore kept.db --yes
is 0 log td log
has restore 'restore kept.db' out
is 5 'a restored backup stays' td undo "$(sqlite3 book.db 'SELECT max(id) FROM operation')"
has 'a restored backup stays' '.before-restore' err

ends
