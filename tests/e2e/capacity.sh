#!/bin/sh
# Capacity: the worked example of 600 accounts and 6 CSMs, and what-ifs that change nothing.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-11-20 --actor Ann "$@"
}

# $12M in 60 accounts of tier 1, ten per CSM; $9M in 180 of tier 2, $3M in 360 of tier 3, all
# of them in the pool. One renewal is frozen, one comes a day later, one was yesterday.
awk 'BEGIN {
	print "account_id,arr,csm,tier,renewal_date,complexity"
	for (i = 0; i < 600; i++) {
		renewal = i == 0 ? "2027-01-19" : i == 1 ? "2027-01-20" : i == 2 ? "2026-11-19" : ""
		if (i < 60)
			printf "A%03d,200000,CSM %d,1,%s,90\n", i, i % 6 + 1, renewal
		else
			printf "A%03d,%d,,%d,,50\n", i, i < 240 ? 50000 : i % 6 ? 8333 : 8335,
				i < 240 ? 2 : 3
	}
}' >accounts.csv
is 0 init td init
is 0 'service of nobody' td service
blank 'service of nobody' out
has 'service of nobody' 'no accounts' err
is 0 'time of nobody' td time
blank 'time of nobody' out
has 'time of nobody' 'no touches in this time' err
is 0 import td import accounts accounts.csv

is 0 'worked example' td capacity
has 'capacity' 'tier 1: 60 accounts, $ 12.0M: 3 to 7 CSMs, target 6 with 10 and $ 2.0M each' out
has 'capacity' '! books of the target size need 9 CSMs, 6 are there: 3 are missing' out
has 'capacity' '? tier 2 with named owners needs 3 more CSMs' out
has 'capacity' 'pooled, by tech touch, the 6 there are enough' out
has 'capacity' '! tier 2: 180 accounts without an owner, $ 9.0M' out

# what the accounts got: nobody touched them
is 0 'service' td service
has 'service' '! tier 1: 60 of 60 accounts wait longer for a talk than 30 d' out
has 'service' '! tier 1: 60 of 60 accounts wait longer for a business review than 91 d; 0 held since' out
is 1 'service for cron' td service --check
is 0 'service as JSON' td service --format json
shows 'len(x) == len({(r["csm"], r["tier"]) for r in x})'
shows 'sum(r["accounts"] for r in x if r["csm"] == "all") == 600'
shows 'all(r["people_pct"] is None and not r["mix_off"] for r in x)'

is 0 'as JSON' td capacity --format json
shows '[h["min"] for h in x["heads"]] == [3, 3, 0]'
shows '[h["target"] for h in x["heads"]] == [6, 3, 0]'
shows '[h["max"] for h in x["heads"]] == [7, 4, 0]'
shows 'all(h["feasible"] and h["conflict"] is None for h in x["heads"])'
shows 'x["heads_needed"] == 9 and x["heads_present"] == 6'
shows '[(r["name"], r["active"], r["state"]) for r in x["csms"]] == [("CSM %d" % k, True, "ok") for k in range(1, 7)]'
shows 'all(r["tiers"][0] == {"tier": 1, "accounts": 10, "arr_cents": 200000000} for r in x["csms"])'
shows 'all((r["load_max"], r["load_min"]) == (0.5, 1.25) for r in x["csms"])'
shows '[r["renewals"] for r in x["csms"]] == [1, 0, 0, 0, 0, 0]'
shows 'sum(r["accounts"] for r in x["pool"]["tiers"]) == 540'
shows 'sum(t["arr_cents"] for r in x["csms"] + [x["pool"]] for t in r["tiers"]) == 24e8'

# Sizes go by the tier score, which a recalculation makes.
is 5 'sizes without scores' td capacity --t2-size 540
has 'capacity' 'tierdesk recalc' err
is 0 recalc td recalc
is 0 'as it is' td capacity --format json
cp out before.json
is 0 '540 in tier 2' td capacity --t2-size 540
has 'capacity' 'the limits of a book contradict each other: at most 80 accounts per CSM asks for 7 or more, at least $ 2.0M ARR for 6 or fewer' out
is 0 'and in JSON' td capacity --t2-size 540 --format json
shows 'not x["heads"][1]["feasible"] and "ARR" in x["heads"][1]["conflict"]'
shows '[h["accounts"] for h in x["heads"]] == [60, 540, 0]'
is 0 'as a percentage' td capacity --t1-cap 5 --format json
shows '[h["accounts"] for h in x["heads"]] == [30, 180, 390]'
is 0 'nine million' td capacity --set 'tier1_max=60, tier1_target=45'
has 'capacity' '45 accounts per CSM at $ 200k each are $ 9.0M in one book: wrong, at most $ 4.0M can be looked after' out
is 0 'tier 2 pooled' td capacity --set tier2_pooled=1
has 'capacity' '6 CSMs are needed, 6 there' out
has 'capacity' 'tier 2: 180 accounts, $ 9.0M: pooled' out
is 0 'others' td capacity --add-csm 2 --share 'CSM 1=0.5,CSM 2=0' --format json
shows 'x["heads_present"] == 6.5 and len(x["csms"]) == 8'
shows '[r["state"] for r in x["csms"]] == ["ok", "away", "ok", "ok", "ok", "ok", "under", "under"]'
shows '[r["proposed"] for r in x["csms"]] == [False] * 6 + [True] * 2'
is 0 'less room' td capacity --share 'CSM 1=0.49' --format json
shows 'x["csms"][0]["state"] == "over"'

# None of that changed anything.
is 0 'as it was' td capacity --format json
same 'a what-if changed the book' out before.json

# What can't be.
is 4 'a key that is none' td capacity --set tier9_max=1
has 'capacity' '--set:2' err
has 'capacity' 'tier9_max' err
is 4 'a target above the most' td capacity --set tier1_target=21
is 2 'no share' td capacity --share 'CSM 1'
is 2 'too much of a CSM' td capacity --share 'CSM 1=1.5'
is 4 'nobody of that name' td capacity --share 'Nobody=0.5'
is 2 'the pool' td capacity --share 'pool=0.5'
is 2 'twice the size' td capacity --t1-cap 10 --t1-size 5
is 2 'more than all' td capacity --t1-size 601
is 2 'more than all of them' td capacity --t1-cap 101

# Who leaves keeps the book until somebody takes it over.
printf 'name,capacity,active_until\nCSM 3,1,2026-11-20\nCSM 4,0.8,\nCSM 5,1,2026-11-19\n' >csms.csv
is 0 'csms' td import csms csms.csv
is 0 'who is there' td capacity --format json
shows '[r["capacity"] for r in x["csms"]] == [1, 1, 1, 0.8, 0, 1]'
shows 'x["csms"][4]["active"] is False and x["csms"][4]["state"] == "away"'
is 0 'what it says' td capacity
has 'capacity' '! CSM 5 left on' out

# Where the time goes: 60 accounts of tier 1 without a talk, but the one that had six.
awk 'BEGIN {
	print "account_id,date,kind,two_way,purpose,minutes,actor"
	for (i = 1; i <= 6; i++)
		printf "A000,2026-11-%02d,call,yes,follow-up on tickets,60,\n", i
	print "A239,2026-11-01,call,yes,training,,CSM 2"
}' >touches.csv
is 0 'touches' td import touches touches.csv
is 0 'time' td time
has 'time' '! 59 of the largest accounts by ARR had less than half of the talks of their tier' out
has 'time' '! 100 % of tier 1' out
has 'time' 'without tiers, one CSM for each 50 accounts, 600 accounts would take 12' out
has 'time' '1 of 7 touches say no minutes and count as 15' out
is 0 'time as JSON' td time --format json
shows '[r["touches"] for r in x["csms"]][:2] == [6, 1] and x["csms"][-1]["name"] is None'
shows 'x["tiers"][0]["minutes"]["support"] == 360 and x["without_minutes"] == 1'
shows '[a["account"] for a in x["costly"]] == [] and len(x["neglected"]) == 59'
is 0 'one week' td time --weeks 1 --format csv
has 'one week' 'CSM 1,0,' out
is 2 'no week' td time --weeks 0
is 2 'no week of causes' td causes --weeks 0

# Who is in no tier yet counts as tier 3, and it is said; a review that was taken back left
# nobody in one, whatever its snapshot says.
new() {
	"$bin" --db new.db --as-of 2026-11-20 --actor Ann "$@"
}
awk 'BEGIN { print "account_id,arr,csm"; for (i = 1; i <= 60; i++) printf "N%d,60000,Ann\n", i }' >new.csv
is 0 'a new book' new init
is 0 'its accounts' new import accounts new.csv
is 0 'its capacity' new capacity
has 'new' '! 60 accounts are in no tier yet and count as tier 3 here, until a review places them' out
is 0 'its review' new review --apply
is 0 'in tiers' new tiers --format json
shows '[r["accounts_per_csm"] for r in x["ratios"]] == [[0, 18]]'
is 0 'placed' new capacity
if grep -q 'in no tier yet' out; then bad 'placed, and said not to be'; else good; fi
is 0 'taken back' new undo
is 0 'in none' new tiers --format json
shows '[r["accounts_per_csm"] for r in x["ratios"]] == [[0, 0]]'

ends
