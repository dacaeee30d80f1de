#!/bin/sh
# The command line as other programs rely on it: verbs, JSON keys and exit codes, on the
# demo book and on files that are wrong.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

# keys WHAT KEY...: every key stands in out.
keys() {
	what=$1
	shift
	for key; do
		has "$what" "\"$key\":" out
	done
}

td() {
	"$bin" --db book.db --as-of 2026-11-20 "$@"
}

is 0 'version' "$bin" --version
is 0 'help' "$bin" --help
has 'help' 'usage: tierdesk' out
is 2 'unknown verb' td nonsense
is 2 'unknown option' td list --nonsense
is 2 'an argument too many' td recalc now
has 'an argument too many' 'usage: tierdesk recalc' err
for verb in import export show lock policy backup restore; do
	is 2 "$verb of nothing" td "$verb"
	has "$verb of nothing" "usage: tierdesk $verb " err
done
for words in 'import accounts' 'policy check' 'policy show x' 'policy return' 'policy history x' 'init x' \
	'backup x y' 'show x y'; do
	# shellcheck disable=SC2086
	is 2 "$words" td $words
	has "$words" 'usage: tierdesk' err
done
is 2 'lock without a day' td lock x --reason y
has 'lock without a day' '--until' err
is 0 'the mappings without a kind' td import --list-maps
is 2 'export to a name' td export accounts out.csv
is 2 'option of another verb' td list --apply
is 2 'bad day' "$bin" --db book.db --as-of 2026-02-30 list
is 2 'bad format' td list --format xml
is 2 'a form that a verb does not write' td recalc --format csv
is 3 'no book' td list
has 'no book' 'tierdesk init' err
is 3 'a book that is none' "$bin" --db "$0" list
mkdir home
is 0 'an empty TIERDESK_DB is none' env TIERDESK_DB= XDG_DATA_HOME="$work/home/data" \
	"$bin" init
is 0 'the folders were made' test -s home/data/tierdesk/book.db
is 6 'init on a full disk' sh -c "ulimit -f 1; '$bin' --db full.db init"
is 0 'init once there is room' "$bin" --db full.db init
is 3 'init does not replace a book' "$bin" --db full.db init

is 0 'demo' td demo --no-console --quiet
has 'demo' '600 active accounts, 6 CSMs, $ 24.0M ARR' out
has 'demo' 'tier 1:    60 accounts (at most 60)' out
has 'demo' 'tier 2:   180 accounts' out
has 'demo' 'tier 3:   360 accounts' out
is 3 'a demo does not replace a book' td demo --no-console
mode=$(ls -l book.db | cut -c1-10)
[ "$mode" = '-rw-------' ] && good || {
	bad "mode of the book: $mode"
}

is 0 'recalc' td recalc --format json
keys 'recalc' as_of accounts scored unknown alerts_opened alerts_resolved elapsed_ms alerts_ahead
is 0 'list' td list --format json
keys 'list' id name csm tier arr_cents health health_change_28d coverage value_cents \
	value_pct effort tier_score renewal segment region language status
cp out list.json
is 0 'list again' td list --format json
cmp -s out list.json && good || {
	failed=$((failed + 1))
	echo 'FAILED two lists differ'
}
is 0 'list as CSV' td list --format csv --columns id,arr,health --where 'tier:1' --sort -arr
[ "$(wc -l <out)" -eq 61 ] && good || {
	failed=$((failed + 1))
	echo 'FAILED tier 1 is not 60 rows'
}
for columns in '' , id, ,id nonsense -arr id,-arr "$(yes id | head -40 | paste -sd, -)"; do
	is 2 "columns '$columns'" td list --columns "$columns"
	has "columns '$columns'" '--columns' err
done
has 'columns name the fields' 'at most' err
is 0 'a list of nothing' td list --where zzz
has 'a list of nothing' "nothing matches --where 'zzz'" err
blank 'a list of nothing has no head' out
is 2 'a forgotten colon' td list --where 'renewal<60d'
has 'a forgotten colon' 'did you mean renewal:<60d?' err
is 2 'a field misspelt' td queue --csm all --where 'helth:<50'
has 'a field misspelt' 'did you mean health:?' err
is 2 'several of a name' td show Mistral
has 'several of a name' 'A-1296 Mistral College' err
is 2 'a column that is none' td list --columns arrr
has 'a column that is none' 'renewal' err
is 2 'filter with a mistake' td list --where 'helth:<50'
has 'filter with a mistake' 'helth' err
is 2 'sort with a mistake' td list --sort nonsense
is 0 'review' td review --format json
keys 'review' as_of active caps pct limit before after moves waitlist violations
is 0 'the same review again' td review --apply
has 'the same review again' ' 0 moves' out
is 0 'tiers' td tiers --format json
keys 'tiers' active tiers findings
id=$(sed 's/.*"id":"\([^"]*\)".*/\1/;q' list.json | head -1)
id=$(tr ',' '\n' <list.json | sed -n 's/.*"id":"\([^"]*\)".*/\1/p' | head -1)
is 0 'show' td show "$id" --format json
keys 'show' components name input day score weight points alerts tasks tier_history
is 0 'show as text' td show "$id"
is 2 'show nobody' td show no-such-account
is 0 'verify' td verify
is 0 'policy show' td policy show
cp out policy.ini
is 0 'policy check' td policy check policy.ini
is 0 'policy diff of the same' td policy diff policy.ini
sed 's/^usage = 25/usage = 26/' policy.ini >101.ini
is 4 'weights of 101' td policy check 101.ini
has 'weights of 101' '1 too many' err
sed 's/^usage = 25/usage = 24/' policy.ini >99.ini
is 4 'weights of 99' td policy apply 99.ini --reason test
has 'weights of 99' '1 too few' err
sed 's/^tier1_cap = 10/tier1_cap = 12/' policy.ini >12.ini
is 1 'policy diff' td policy diff 12.ini
printf '[tiers]\ntier1_cap = 1\n' >1.ini
is 1 'policy diff of a lower cap' td policy diff 1.ini
name=$(td list --where tier:1 --columns name --sort score --limit 1 --format csv | tail -1)
has 'policy diff names who moves' "${name:?}" out
is 2 'policy without a reason' td policy apply 12.ini
is 0 'policy apply' td policy apply 12.ini --reason 'two more points'
is 0 'policy history' td policy history
has 'policy history' 'two more points' out
printf '[health]\nusage = 20\nengagement = 10\n' >part.ini
is 0 'a policy file of two lines' td policy apply part.ini --reason 'more talk'
is 0 'the policy is still whole' td policy show
has 'the policy is still whole' 'usage = 20' out
has 'the policy is still whole' 'tier1_cap = 12' out
has 'the policy is still whole' 'adoption = 20' out
is 1 'policy diff names the keys' td policy diff policy.ini
has 'policy diff says who needs whom' 'CSMs needed: ' out
has 'policy diff says what alerts there would be' 'alerts: ' out
is 1 'policy diff as JSON' td policy diff policy.ini --format json
has 'policy diff as JSON' '"heads_needed":' out
has 'policy diff as JSON' '"changes":[{"section":"tiers","key":"tier1_cap","from":"12","to":"10"}' out
is 1 'policy diff of a day that can be reviewed' td policy diff policy.ini
has 'policy diff of a day that can be reviewed' 'now, after a review ' out
has 'policy diff of a day that can be reviewed' 'wait for room: ' out
td policy diff policy.ini --as-of 2020-01-01 >out 2>err
has 'policy diff of a day before the last review' 'no review of this day is possible' out
for text in 'after a review ' 'wait for room: ' 'critical '; do
	if grep -q "$text" out; then bad "of such a day it says: $text"; else good; fi
done
td policy diff policy.ini --as-of 2020-01-01 --format json >out 2>err
has 'policy diff as JSON of such a day' '"waiting":null,"falling":null' out
is 2 'a policy is no JSON' td policy show --format json
is 1 'policy diff names the keys once more' td policy diff policy.ini
has 'policy diff names the keys' '[tiers] tier1_cap: 12 -> 10' out
printf '[health.tier1]\nusage = 15\nadoption = 25\n' >tier1.ini
is 0 'policy diff of rules of one tier' td policy diff tier1.ini
has 'policy diff of rules of one tier' '[health.tier1] usage: 20 -> 15' out
[ "$(grep -c -- '->' out)" -eq 2 ] && good || {
	failed=$((failed + 1))
	echo 'FAILED more than the two keys that differ'
	head -5 out
}
is 0 'policy back' td policy apply policy.ini --reason 'as it was'
is 2 'an older policy without a reason' td policy return 2
is 2 'an older policy by name' td policy return two --reason 'as it was'
is 5 'what is in force already' td policy return 1 --reason 'as it was'
is 0 'an older policy' td policy return 2 --reason 'two more points after all'
is 0 'the older policy is in force' td policy show
has 'the older policy is in force' 'tier1_cap = 12' out
is 0 'and back' td policy return 1 --reason 'as it was'

is 0 'backup' td backup copy.db
is 2 'backup does not replace' td backup copy.db
is 5 'restore asks' td restore copy.db
is 0 'restore' td restore copy.db --yes
is 0 'list after restore' td list --format json
cmp -s out list.json && good || {
	failed=$((failed + 1))
	echo 'FAILED the restored book differs'
}

# Nothing dated later is shown.
is 0 'a day of the past' td --as-of 2026-06-15 show "$id" --format json
for later in 2026-07 2026-08 2026-09 2026-10 2026-11; do
	if grep -qE "\"(date|opened_on|since|left_on|start|day)\":\"$later" out; then
		bad "a day of the past shows $later"
	else
		good
	fi
done
is 0 'before the first review' td --as-of 2020-01-01 list --all --format json
has 'before the first review' '"tier":null' out
if grep -q '"tier":[123]' out; then
	failed=$((failed + 1))
	echo 'FAILED tiers before the first review'
else
	good
fi

# Every kind goes out and comes back without a change.
for kind in csms accounts contacts signals tickets surveys touches contracts movements; do
	is 0 "export $kind" td export "$kind" --out "$kind.csv"
	is 0 "import $kind" td import "$kind" "$kind.csv" --format json
	has "import $kind" '"inserted":0,"updated":0' out
	has "import $kind" '"rejected":0' out
done

printf 'account_id,arr\nA1,12\nA1,13\n' >twice.csv
is 4 'the same id twice' td import accounts twice.csv
has 'the same id twice' 'twice.csv:3' err
printf 'account_id,arr\nA1,twelve\n' >word.csv
is 4 'an amount that is a word' td import accounts word.csv
has 'an amount that is a word' 'word.csv:2' err
printf 'account_id,arr\nA1,twelve\nA2,12\n' >some.csv
is 0 'skip-bad' td import accounts some.csv --skip-bad --dry-run
is 4 'skip-bad, and nothing is left' td import accounts word.csv --skip-bad --errors rejected.csv
has 'skip-bad' 'twelve' rejected.csv
is 2 'errors over a file that is there' td import accounts word.csv --skip-bad --errors rejected.csv
is 4 'errors over it with --force' td import accounts word.csv --skip-bad --errors rejected.csv --force
sed -n '1p;2,7s/$/,1/p' accounts.csv | cut -d, -f1 | sed '1s/$/,status/;2,$s/$/,churned/' >leave.csv
is 0 'active accounts that leave' td import accounts leave.csv --dry-run
has 'active accounts that leave' 'warning: 6 active accounts would be active no longer' out
is 0 'active accounts that leave, for programs' td import accounts leave.csv --dry-run --format json
keys 'active accounts that leave' base active_before active_after left left_arr_cents said reasons others
sed '1p;2,$p' leave.csv >again.csv
is 0 'rows that repeat others' td import accounts again.csv --dry-run --skip-bad
has 'rows that repeat others' 'rows: an earlier row of the file has the same account_id; the first good row counts' err
printf 'name,arr\nAcme,12\n' >nameless.csv
is 4 'a file that no row is read of' td import accounts nameless.csv --skip-bad --errors none.csv
is 1 'it leaves no file of errors' test -e none.csv
is 2 'errors over the book' td import accounts word.csv --skip-bad --errors book.db
cp word.csv kept.csv
ln -s word.csv link.csv
is 2 'errors over the file that is read' td import accounts word.csv --errors word.csv
is 2 'errors over it by another name' td import accounts link.csv --errors ./word.csv
is 2 'errors over stdin' sh -c "'$bin' --db book.db import accounts - --errors word.csv <word.csv"
is 0 'it is as it was' cmp word.csv kept.csv
is 2 'an export over a file' td export accounts --out word.csv
is 2 'an export over the book' td export accounts --out book.db --force
mkfifo pipe
is 2 'an export over a pipe' td export accounts --out pipe --force
is 0 'the book is still one' td verify
: >empty.csv
is 4 'an empty file' td import accounts empty.csv
is 2 'a file that is not there' td import accounts no.csv
is 2 'a folder' td import accounts .
is 2 'no such kind' td import nonsense word.csv
# A long name is whole in every form, of whatever bytes its characters are.
long=$(awk 'BEGIN { for (i = 0; i < 400; i++) printf "xü"; }')
printf 'account_id,name\nlong,%s\n' "$long" >long.csv
is 0 'a long name' td import accounts long.csv
is 0 'a long name as CSV' td list --all --format csv --columns name --where 'id:long'
has 'a long name as CSV' "$long" out
is 0 'a long name as JSON' td list --all --format json --columns name --where 'id:long'
has 'a long name as JSON' "$long" out
printf 'account_id,tier\n' >tiers.csv
awk 'BEGIN { for (i = 0; i < 70; i++) printf "N%d,1\n", i }' >>tiers.csv
printf 'account_id,segment\nlong,x\n' >known.csv
printf 'account_id,name\nNO-1,New\n' >unknown.csv
is 4 'an account more where none is to be added' td import accounts unknown.csv --update-only
has 'which account' 'unknown.csv:2:1: account_id: "NO-1" is no account of the book' err
is 0 'one that is there' td import accounts known.csv --update-only --dry-run
is 2 'contacts that are only to be updated' td import contacts unknown.csv --update-only
is 5 'more tiers than the cap' td import accounts tiers.csv
is 0 'ignoring the tiers' td import accounts tiers.csv --ignore-tiers --dry-run
has 'ignoring the tiers' '70 inserted' out
is 0 'nothing of it stayed' td list --where 'id:N69'
if grep -q N69 out; then
	failed=$((failed + 1))
	echo 'FAILED a refused import left rows'
else
	good
fi
is 6 'a full device' sh -c "'$bin' --db book.db list >/dev/full"
is 0 'a reader that leaves' sh -c "'$bin' --db book.db list | head -1"
# The status is that of the program, not of the reader.
cat >leaves.sh <<'END'
{ "$@"; echo $? >code; } | :
exit "$(cat code)"
END
is 0 'a reader that left, JSON' sh leaves.sh "$bin" --db book.db list --format json
is 0 'a reader that left, text' sh leaves.sh "$bin" --db book.db review
is 2 'the console without a terminal' td

# A policy may not leave amounts of the book without a rate.
"$bin" --db fx.db init
printf 'account_id,arr,currency\nA1,1000,USD\n' >usd.csv
is 0 'dollars' "$bin" --db fx.db import accounts usd.csv
printf '[policy]\ncurrency = EUR\n' >eur.ini
is 4 'euros without a rate' "$bin" --db fx.db policy apply eur.ini --reason 'we moved'
has 'euros without a rate' 'USD = ...' err
is 0 'the book can be read' "$bin" --db fx.db list
printf '[policy]\ncurrency = EUR\n[fx]\nUSD = 0.9\n' >eur.ini
is 0 'euros with a rate' "$bin" --db fx.db policy apply eur.ini --reason 'we moved'
is 0 'the book can be read' "$bin" --db fx.db list

# A demo in the place of a book: that one is put aside, and comes back when none is made.
cp book.db real.db
cp book.db kept.db
# (Without --foreground, timeout gives the signal twice, and the second ends at once.)
is 130 'a demo that is interrupted' timeout --foreground --preserve-status -s INT 1 \
	"$bin" --db real.db demo --force --accounts 300000 --no-console
is 0 'the book is there still' cmp real.db kept.db
is 1 'nothing else is left' sh -c 'ls | grep -q "real.db[.-]"'
is 137 'a demo that is killed' timeout --foreground --preserve-status -s KILL 1 \
	"$bin" --db real.db demo --force --accounts 300000 --no-console
is 0 'the book is there as it was' cmp real.db kept.db
rm -f real.db.making-*
is 3 'a demo over a book' "$bin" --db real.db demo --accounts 20 --no-console
has 'a demo over a book' 'tierdesk --db demo.db demo' err
cp err refused
is 1 'no replacing of a book is offered' grep -q -e --force refused
cp book.db demo-own.db
is 3 'a demo over a demo' "$bin" --db demo-own.db demo --accounts 20 --no-console
has 'a demo over a demo' '--force makes a new one' err
is 0 'a demo in its place' "$bin" --db real.db demo --force --accounts 20 --months 1 --no-console
has 'a demo in its place' 'real.db.before-demo' err
is 0 'the book was put aside' cmp real.db.before-demo kept.db
is 0 'another demo' "$bin" --db real.db demo --force --accounts 20 --months 1 --no-console
has 'another demo' 'real.db.before-demo-2' err
is 0 'it is still there' cmp real.db.before-demo kept.db

ends
