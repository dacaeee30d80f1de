#!/bin/sh
# Rebalancing from the command line: the proposal, its pins and limits, a leaver, applying
# it and taking it back.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-11-20 --actor Lea "$@"
}

state() {
	for kind in accounts csms contacts touches; do
		td export "$kind"
	done
	td tasks --format json
	td alerts --format json
	td capacity --format json
}

# Ana has 22 accounts of tier 1, Ben 8, Cid 8 of the region EMEA alone; two more have no
# owner. Tier 1 may hold 60 of 600.
awk 'BEGIN {
	print "account_id,arr,csm,tier,region"
	for (i = 1; i <= 600; i++)
		printf "A%03d,%d,%s,%d,%s\n", i, i <= 40 ? 180000 : 6000,
			i <= 22 ? "Ana" : i <= 30 ? "Ben" : i <= 38 ? "Cid" : "",
			i <= 40 ? 1 : 3, i <= 20 ? "APAC" : "EMEA"
}' >accounts.csv
printf 'name,regions\nAna,\nBen,\nCid,EMEA\n' >csms.csv
is 0 init td init
is 0 csms td import csms csms.csv
is 0 import td import accounts accounts.csv
is 0 recalc td recalc
state >before

is 0 'the proposal' td rebalance --format json
shows 'by(x["moves"], "from") == {"Ana": 2, "pool": 2}'
shows 'x["violation_before"] == 0.1 and x["violation_after"] == 0'
shows 'x["unowned_before"] == 2 and x["unowned_after"] == 0'
shows 'x["bound"] <= x["cost"] and abs(x["cost"] - sum(m["cost"] for m in x["moves"])) < 1e-5'
shows 'x["optimal"] and x["obstacles"] == []'
shows '[m["reason"] for m in x["moves"] if m["from"] == "Ana"] == ["relieves Ana: 22 -> 20, tier-1 limit 20"] * 2'
shows '[x["tiers"][0]["accounts"] for x in x["before"]] == [22, 8, 8, 2]'
shows 'sum(x["tiers"][0]["accounts"] for x in x["after"]) == 40 and x["after"][0]["state"] == "ok"'
shows 'not [m for m in x["moves"] if m["to"] == "Cid" and m["account"] <= "A020"]'
cp out first.json
is 0 'once more' td rebalance --format json
if cmp -s out first.json; then good; else bad 'another proposal for the same book'; fi

is 0 'as text' td rebalance
has 'rebalance' '4 moves: 2 from ' out
has 'rebalance' 'no other way takes less' out
has 'rebalance' 'relieves Ana: 22 -> 20, tier-1 limit 20' out
has 'rebalance' 'books over their limits 1 -> 0' out
has 'rebalance' 'no owner 2 -> 0' out
is 0 'as CSV' td rebalance --format csv
has 'rebalance' 'account,name,tier,arr_cents,from,to,reason' out
if [ "$(wc -l <out)" = 5 ]; then good; else bad 'not a header and four rows'; fi

# Files of it: the moves as a table, a sheet for each new owner.
is 0 files td rebalance --out moves.csv --sheets sheets.txt
if [ "$(wc -l <moves.csv)" = 5 ]; then good; else bad 'the table has other rows'; fi
has 'rebalance' 'account,name,tier,arr_cents,from,to,reason' moves.csv
if [ "$(grep -c '^HAND-OVER' sheets.txt)" = 4 ]; then good; else bad 'not four sheets'; fi
has 'rebalance' 'from > to   Ana > ' sheets.txt
has 'rebalance' 'from > to   the pool > ' sheets.txt
has 'rebalance' 'missing     goal, next step, its due day, last decision, champion, sponsor, renewal date' sheets.txt
is 2 'a file that is there' td rebalance --out moves.csv
is 2 'the book itself' td rebalance --sheets book.db --force

is 0 'a pin' td rebalance --pin 'A001=Ben,A002=Ana' --format json
shows '[m["to"] for m in x["moves"] if m["account"] == "A001"] == ["Ben"]'
shows '[m["reason"] for m in x["moves"] if m["account"] == "A001"] == ["as you said"]'
is 0 'one move' td rebalance --moves 1 --format json
shows 'len(x["moves"]) == 1'
is 0 'two away' td rebalance --share 'Ana=0,Ben=0'
has 'rebalance' '! 20 of tier 1, $ 3.6M ARR, lose their owner and get no other' out
is 0 'a colleague more' td rebalance --add-csm 1 --format json
shows 'len(x["after"]) == 5'
is 5 'who is not there yet' td rebalance --add-csm 1 --apply
has 'rebalance' 'not in the book yet' err
is 4 'a pin to nobody' td rebalance --pin 'A001=Nobody'
is 2 'a pin of nothing' td rebalance --pin 'Z999=Ben'
is 2 'no pin' td rebalance --pin A001
is 2 'a pin to nothing' td rebalance --pin A001=
is 2 'no moves at all' td rebalance --moves 0
is 2 'another section' td rebalance --set '[rebalance],freeze_days=0'
is 2 'two files in one' td rebalance --out both --sheets both
state >after
if cmp -s before after; then good; else bad 'a proposal changed the book'; fi

is 0 'applied' td rebalance --apply --reason 'new quarter'
has 'rebalance' '4 accounts have other owners; `tierdesk undo` takes it back' err
is 0 'nothing is left to do' td rebalance --format json
shows 'x["moves"] == [] and x["optimal"] and x["cost"] == 0'
is 0 'hand-overs' td tasks --format json
shows 'by(x, "play")["hand-over"] == 4'
is 0 'the history' td log
has 'rebalance' 'rebalance: 4 accounts' out
has 'rebalance' 'new quarter' out
is 0 undo td undo
state >after
if cmp -s before after; then good; else bad 'undo left something'; fi
is 0 redo td redo
is 0 undo td undo

# Kept for another day: listed, opened on what has become of the book, dropped.
is 0 'keep it' td rebalance --pin 'A001=Ben' --moves 9 --save 'next "quarter"'
is 0 'the history' td log
has 'log' 'asked: moves 9 pin A001 Ben' out
if grep -q '<0[9A]>' out; then bad 'the log shows tabs'; else good; fi
is 0 'those that are kept' td rebalance --list --format json
shows '[(k["name"], k["moves"], k["actor"]) for k in x] == [("next \"quarter\"", 4, "Lea")]'
is 0 'open it' td rebalance --open 'next "quarter"' --format json
shows 'any("nothing was changed since" in s for s in x["since"])'
shows '("A001", "Ben") in [(m["account"], m["to"]) for m in x["moves"]]'
is 0 'a move by hand' td assign A039 --to Cid
is 0 'open it again' td rebalance --open 'next "quarter"'
has 'rebalance' '1 change of the book ago; then 4 moves' out
is 0 undo td undo
is 2 'one that is not kept' td rebalance --open summer
is 2 'keep and apply' td rebalance --save x --apply
is 0 'drop it' td rebalance --delete 'next "quarter"'
is 0 'none' td rebalance --list --format json
shows 'x == []'
is 0 undo td undo
is 0 'there again' td rebalance --list --format json
shows 'len(x) == 1'
is 0 redo td redo
is 0 'verify' td verify

# A name with a comma in it stands in quotes.
printf 'name\n"Smith, Ann"\n' >smith.csv
is 0 'Smith, Ann' td import csms smith.csv
is 0 'a pin to her' td rebalance --pin 'A001="Smith, Ann", A002 = Ben' --format json
shows '("A001", "Smith, Ann") in [(m["account"], m["to"]) for m in x["moves"]]'
is 0 'she is away' td rebalance --share '"Smith, Ann"=0' --format json
is 0 'she goes' td undo

# Who applies has it applied, whether somebody reads what it says or not.
td rebalance --apply --reason unread 2>/dev/null | :
is 0 'the history' td log
has 'rebalance' 'rebalance: 4 accounts' out
has 'rebalance' 'unread' out

# Cid leaves: with a last day noted the next proposal gives nothing back, and one undo
# takes both back.
is 0 'before' td export csms
cp out csms.before
is 2 'a day alone' td rebalance --until 2026-12-15
is 2 'nobody is away' td rebalance --apply --until 2026-12-15
is 0 'Cid goes' td rebalance --share 'Cid=0' --apply --until 2026-12-15
has 'rebalance' 'last day of Cid: 2026-12-15' err
is 0 'Cid has a last day' td csm Cid --format json
shows 'x[0]["active_until"] == "2026-12-15" and x[0]["there"]'
is 0 'and gets nothing back' td rebalance --format json
shows '[m for m in x["moves"] if m["to"] == "Cid"] == []'
shows '[r["last_day"] for r in x["before"] if r["name"] == "Cid"] == ["2026-12-15"]'
is 0 'it is said' td capacity
has 'capacity' 'Cid leaves, the last day is 2026-12-15, and has no accounts' out
is 0 undo td undo
is 0 'after' td export csms
if cmp -s out csms.before; then good; else bad 'undo left a last day'; fi
is 0 'away once' td rebalance --share 'Cid=0' --apply
has 'rebalance' 'Cid: away in this proposal alone' err
is 0 'all comes back' td rebalance --format json
shows '[m for m in x["moves"] if m["to"] == "Cid"] != []'
is 0 undo td undo
# A last day that the book has is enough, and stays.
is 0 'a last day before' td csm Cid --until 2026-12-15
is 0 'and away' td rebalance --share 'Cid=0' --apply
has 'rebalance' 'last day of Cid: 2026-12-15, as it was in the book' err
if grep -q 'in this proposal alone' err; then bad 'forgot the last day'; else good; fi
is 0 'it stays' td csm Cid --format json
shows 'x[0]["active_until"] == "2026-12-15"'
is 0 undo td undo
is 0 undo td undo

# The record of a CSM by the verb: one operation, undone like any other.
is 0 'a last day' td csm Cid --until 2026-12-15 --reason 'moves to sales'
has 'csm' 'Cid is changed; `tierdesk undo` takes it back' err
is 0 'the history' td log
has 'csm' 'edit CSM Cid' out
is 0 'none again' td csm Cid --until ''
is 0 undo td undo
is 0 'an apostrophe' td csm Cid --name "Cid O'Hara" --until 2026-12-15
has 'csm' "rebalance --share \"Cid O'Hara=0\"" err
is 0 'is understood so' td rebalance --share "Cid O'Hara=0"
is 0 undo td undo
is 0 'a comma' td csm Cid --name 'Hara, Cid' --until 2026-12-15
has 'csm' "rebalance --share '\"Hara, Cid\"=0'" err
is 0 'is understood so' td rebalance --share '"Hara, Cid"=0'
is 0 undo td undo
is 4 'nobody' td csm Cid --name Pool
is 0 'none again' td csm Cid --until ''
is 0 undo td undo
is 0 undo td undo
is 0 'a new one' td csm 'Eve Dahl' --new --from 2026-12-01 --capacity 0.5 --regions 'EMEA;APAC'
is 0 'there' td csm Eve --format json
shows 'x[0]["name"] == "Eve Dahl" and x[0]["capacity"] == 0.5 and not x[0]["there"]'
is 4 'a second one' td csm 'Eve Dahl' --new
is 4 'more than a book' td csm Eve --capacity 1.5
is 4 'no day' td csm Eve --until soon
is 4 'before the first day' td csm Eve --until 2026-11-01
is 4 'nobody' td csm Nobody --until 2026-12-15
is 4 'the pool' td csm pool --until 2026-12-15
is 2 'whose' td csm --until 2026-12-15
is 2 'who goes' td csm --remove
is 2 'goes and changes' td csm Eve --remove --capacity 0.5
is 5 'who looks after accounts stays' td csm Cid --remove
has 'csm' 'Cid looks after accounts' err
is 0 'who has none goes' td csm Eve --remove --reason 'never came'
is 4 'gone' td csm Eve
is 0 undo td undo
is 0 'there again' td csm Eve
is 0 'all of them' td csm --format csv
has 'csm' 'name,team,role,capacity,there,active_from,active_until,regions,segments,languages,email' out
is 0 undo td undo
for header in 'Last working day' 'last_day' 'End Date' 'Leaving date'; do
	printf 'Name,%s\nCid,2026-12-15\n' "$header" >csms.csv
	is 0 "$header" td import csms csms.csv
	is 0 'is taken' td csm Cid --format json
	shows 'x[0]["active_until"] == "2026-12-15"'
	is 0 undo td undo
done

# Ben leaves: the book is emptied, and what can't go is named.
is 0 lock td lock A023 --until 2026-12-31 --reason 'sponsor asked'
printf 'name,active_until\nBen,2026-11-19\n' >csms.csv
is 0 'Ben leaves' td import csms csms.csv
is 0 'his book' td rebalance --format json
shows 'by(x["moves"], "from")["Ben"] == [x["tiers"][0]["accounts"] for x in x["before"] if x["name"] == "Ben"][0] - 1'
shows '[(x["account"], x["from"]) for x in x["obstacles"] if x["from"] == "Ben"] == [("A023", "Ben")]'
is 0 'what it says' td rebalance
has 'rebalance' '! 1 account, $ 180k: locked: `tierdesk unlock` first: A023' out
has 'rebalance' 'Ben is not there any more' out

# Languages: 21 of Ana's 22 want German. Ben has most room and no German, Cid has some.
awk 'BEGIN {
	print "account_id,arr,csm,tier,Preferred Language"
	for (i = 1; i <= 600; i++)
		printf "L%03d,%d,%s,%d,%s\n", i, i <= 40 ? 180000 : 6000,
			i <= 22 ? "Ana" : i <= 30 ? "Ben" : i <= 40 ? "Cid" : "",
			i <= 40 ? 1 : 3, i <= 21 ? "German" : i == 23 ? "French" : ""
}' >accounts.csv
printf 'name,languages\nAna,\nBen,English;French\nCid,"german; English"\n' >csms.csv
td() {
	"$bin" --db words.db --as-of 2026-11-20 --actor Lea "$@"
}
is 0 init td init
is 0 csms td import csms csms.csv
is 0 import td import accounts accounts.csv
is 0 recalc td recalc
is 0 'by language' td list --where language:german --format json
shows 'len(x) == 21 and {a["language"] for a in x} == {"German"}'
is 0 'languages' td rebalance --format json
shows 'x["violation_after"] == 0 and x["optimal"] and x["obstacles"] == []'
shows '{m["to"] for m in x["moves"] if m["account"] <= "L021"} == {"Cid"}'
cp out spoken.json
is 0 'sheets' td rebalance --sheets spoken.txt
has 'rebalance' 'language    German' spoken.txt
is 5 'a word against it' td rebalance --pin L001=Ben
has 'rebalance' 'L001' err
has 'rebalance' "that CSM can't serve it" err
is 0 'Ben learns it' td csm Ben --languages ''
is 0 'is asked as well' td rebalance --format json
shows '"Ben" in {m["to"] for m in x["moves"] if m["account"] <= "L022"}'
is 0 undo td undo
is 0 'as before' td rebalance --format json
if cmp -s out spoken.json; then good; else bad 'another proposal after the undo'; fi
is 0 'nobody but Ana' td csm Cid --languages French
is 0 'stays' td rebalance
has 'rebalance' 'nobody else serves' out
is 0 undo td undo
is 0 apply td rebalance --apply --yes
is 0 'an account changes it' td export accounts
has 'export' 'language' out
is 0 undo td undo

ends
