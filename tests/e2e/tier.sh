#!/bin/sh
# A tier by hand: under the caps, with a name for who goes down, and back again.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

# tiers_are TEXT: the accounts of tier 1 and 2, by id.
tiers_are() {
	found=$(td list --sort id --format json |
		python3 -c 'import json, sys
print(" ".join("%s:%s" % (r["id"], r["tier"]) for r in json.load(sys.stdin) if r["tier"] != 3))')
	if [ "$found" = "$1" ]; then
		good
	else
		failed=$((failed + 1))
		echo "FAILED: tiers are $found, not $1"
	fi
}

said() {
	if grep -qF -- "$1" err; then
		good
	else
		failed=$((failed + 1))
		echo "FAILED: \"$1\" is not in: $(head -c 300 err)"
	fi
}

td() {
	"$bin" --db book.db --as-of 2026-11-20 --actor Ann "$@"
}

# Twenty accounts: two places in tier 1, six in tier 2.
{
	echo account_id,name,arr,complexity
	for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20; do
		echo "A$i,Account $i,$((21000 - 1${i} * 10)),50"
	done
} >accounts.csv
is 0 init td init
is 0 import td import accounts accounts.csv
is 0 recalc td recalc
is 0 review td review --apply
tiers_are "A01:1 A02:1 A03:2 A04:2 A05:2 A06:2 A07:2 A08:2"

# No file gives a locked account another tier, the one it has it may.
printf 'account_id,tier\nA08,3\n' >lower.csv
printf 'account_id,tier\nA08,2\n' >same.csv
is 0 lock td lock A08 --until 2027-01-31 --reason "the new sponsor"
is 5 "a file over a lock" td import accounts lower.csv
said "1 locked account another tier"
is 0 "a file that agrees" td import accounts same.csv
is 0 "without its tiers" td import accounts lower.csv --ignore-tiers
tiers_are "A01:1 A02:1 A03:2 A04:2 A05:2 A06:2 A07:2 A08:2"
is 0 unlock td unlock A08
is 0 "a file, and no lock" td import accounts lower.csv
tiers_are "A01:1 A02:1 A03:2 A04:2 A05:2 A06:2 A07:2"
is 0 "undo" td undo
tiers_are "A01:1 A02:1 A03:2 A04:2 A05:2 A06:2 A07:2 A08:2"

is 2 "no reason" td tier A09 1
is 2 "no such tier" td tier A09 4 --reason x
is 2 "no such account" td tier Z9 1 --reason x
is 2 "the same tier" td tier A01 1 --reason x
is 5 "tier 1 is full" td tier A09 1 --reason "the board asks"
said "tier 1 is full: 2 of 2"
said "Name who goes down (demote); the weakest is A02"
is 2 "not a member" td tier A09 1 --demote A05 --reason "the board asks"
is 0 "down is free" td tier A08 3 --reason "too much for it"
tiers_are "A01:1 A02:1 A03:2 A04:2 A05:2 A06:2 A07:2"
is 0 "with a name" td tier A09 1 --demote A02 --reason "the board asks"
tiers_are "A01:1 A02:2 A03:2 A04:2 A05:2 A06:2 A07:2 A09:1"
is 0 "the one that goes down finds tier 2 full" td tier A10 1 --demote A01 --reason x
tiers_are "A02:2 A03:2 A04:2 A05:2 A06:2 A07:2 A09:1 A10:1"

is 0 lock td lock A09 --until 2027-01-01 --reason promised
is 5 "a lock holds who goes down" td tier A11 1 --demote A09 --reason x
is 5 "and who moves" td tier A09 2 --reason x
is 0 unlock td unlock A09

is 0 undo td undo
is 0 undo td undo
is 0 undo td undo
tiers_are "A01:1 A02:2 A03:2 A04:2 A05:2 A06:2 A07:2 A09:1"
is 0 undo td undo
is 0 undo td undo
tiers_are "A01:1 A02:1 A03:2 A04:2 A05:2 A06:2 A07:2 A08:2"
is 0 redo td redo
is 0 redo td redo
tiers_are "A01:1 A02:2 A03:2 A04:2 A05:2 A06:2 A07:2 A09:1"
# Requests: written down with who asks, answered by the rules, granted under the cap.
is 2 "nobody asks" td tier request A12 1 --reason x
is 2 "no reason" td tier request A12 1 --by Kim
is 2 "no such tier" td tier request A12 4 --by Kim --reason x
is 5 "there already" td tier request A12 3 --by Kim --reason x
is 0 "a request" td tier request A12 1 --by "Kim, sales" --reason "they will double"
has "its number" "request 1" out
is 0 tiers td tiers --format json
shows 'x["requests"][0]["account"] == "A12" and x["requests"][0]["state"] == "open"'
shows '"tier 1 is full" in x["requests"][0]["says"] and x["requests"][0]["goes_down"]'
shows 'all(f["remedy"] and f["text"] for f in x["findings"])'
is 0 "for people" td tiers
has "who asks" "Kim, sales wants A12" out
is 2 "no number" td tier grant x --reason ok
is 2 "no such request" td tier grant 9 --reason ok
is 2 "without a reason" td tier decline 1
is 5 "no way around the cap" td tier grant 1 --reason ok
said "tier 1 is full"
is 0 "granted" td tier grant 1 --demote A09 --reason "the board agrees"
tiers_are "A01:1 A02:2 A03:2 A04:2 A05:2 A06:2 A07:2 A12:1"
is 2 "answered before" td tier decline 1 --reason late
is 0 "one step back" td undo
tiers_are "A01:1 A02:2 A03:2 A04:2 A05:2 A06:2 A07:2 A09:1"
is 0 "declined" td tier decline 1 --reason "no room"
is 0 show td show A12
has "what became of it" "declined by Ann: no room" out
is 0 log td log
has "in the history" "decline a request for a tier" out

# What is not in order, a line each, and exit 1.
is 0 "a loud one" td tier A13 1 --demote A09 --reason "very loud on the phone"
is 1 "tiers --check" td tiers --check
has "loud" "! loud-override: 1 account" out
if grep -qv '^! ' out; then bad "--check says more than findings"; else good; fi
is 0 "taken back" td undo
td tiers --check >out 2>err
if grep -q '^! loud-override' out; then bad "loud, though taken back"; else good; fi

# Plays that the new tier does not have go on, and it is said.
is 0 "a play of tier 2" td task start A05 growth-audit --reason "they asked for it"
is 0 "out of it" td tier A05 3 --reason "they run it alone"
said "A05 is in tier 3; 2 plays go on, which are not made for tier 3;" # one was an alert's
is 0 "taken back as well" td undo
is 0 "the book is sound" td verify
is 0 log td log
ends
