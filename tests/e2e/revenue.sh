#!/bin/sh
# Revenue: the worked cohort as text, JSON and CSV, both rules, groups as of the opening, and
# contradictions that are listed.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-03-31 --actor Ann "$@"
}

# {100, 50, 30, 20} became {130, 40, 0, 20}; 60 are new. $10.0M +1.8 -0.6 -0.9 likewise below.
cat >accounts.csv <<'END'
account_id,name,arr,csm,segment,churned_on,churn_reason
A,Alpha,130,Ann,SMB,,
B,Beta,40,Ann,SMB,,
C,Gamma,30,Ben,Big,2026-02-15,missing export
D,Delta,20,,Big,,
E,Epsilon,60,Ben,Big,,
END
cat >movements.csv <<'END'
account_id,date,kind,arr_delta
A,2026-02-10,expansion,30
B,2026-03-10,contraction,-10
C,2026-02-15,churn,-30
E,2026-03-01,new,60
END
is 0 init td init
is 0 accounts td import accounts accounts.csv
is 0 movements td import movements movements.csv
is 0 json td revenue --from 2026-01-31 --to 2026-03-31 --format json
shows 'list(x)[:4] == ["from", "to", "method", "groups"] and x["method"] == "snapshot"'
shows 'list(x["groups"][0])[:10] == ["key", "opening_cents", "closing_cents", "expansion_cents", "contraction_cents", "churn_cents", "nrr", "grr", "logos_open", "logos_lost"]'
shows 'list(x["groups"][0].values())[:10] == ["all", 20000, 19000, 3000, 1000, 3000, 95, 80, 4, 1]'
shows 'x["groups"][0]["logos_kept"] == 75 and x["groups"][0]["new_cents"] == 6000'
shows '(x["groups"][0]["nrr_movements"], x["groups"][0]["grr_movements"]) == (95, 80)'
shows 'x["churn_causes"] == [{"class": "product", "accounts": 1, "arr_cents": 3000, "customer_success_can_act": False, "fixes": 0, "fixes_verified": 0}]'
shows 'x["churn_outside_pct"] == 100 and "100 % of the $ 30 that churned" in x["warnings"][1]'
shows '(x["early_by"], x["early"], x["effect_arr_cents"]) == ("segment", [], None)'
shows 'x["contradictions"] == [] and x["contradictions_found"] == 0'
shows 'any("2026-01-31" in r and "2026-03-31" in r for r in x["rules"])'

# What C said when it left, and what others can learn from it.
cat >surveys.csv <<'END'
account_id,date,kind,score,comment
C,2026-02-16,exit,2,competitor: Acme
END
is 0 surveys td import surveys surveys.csv
is 0 'exit surveys' td revenue --from 2026-01-31 --to 2026-03-31 --format json
shows '{k: v for k, v in x["exit_surveys"].items() if k not in ("low", "high")} == {"left": 1, "answered": 1, "answered_pct": 100, "reason_only_there": 0, "reason_differs": 1, "causes": [{"class": "competitor", "accounts": 1, "arr_cents": 3000}], "unclear": [], "unclear_found": 0}'
is 0 insights td insights --from 2026-01-31 --to 2026-03-31 --format json
shows '[(i["for"], i["kind"], i["subject"], i["accounts"], i["arr_cents"], i["left"], i["left_arr_cents"], i["account_ids"]) for i in x] == [("sales", "competitor", "Acme", 1, 3000, 1, 3000, ["C"]), ("product", "product", "missing export", 1, 3000, 1, 3000, ["C"])]'
is 0 'insights for people' td insights --from 2026-01-31 --to 2026-03-31
has 'insights for people' '1 in exit surveys  Gamma' out
is 0 'insights as CSV' td insights --from 2026-01-31 --to 2026-03-31 --format csv
has 'insights as CSV' 'sales,competitor,Acme,1,3000,1,3000,' out

# Features are signals; of so few accounts nothing is compared.
is 0 'no feature' td features --from 2026-01-31 --to 2026-03-31
has 'no feature' 'the book has no signal named feature:NAME' out
cat >signals.csv <<'END'
account_id,date,signal,value
A,2026-01-02,feature:invite,3
B,2026-01-02,Feature:board,1
END
is 0 signals td import signals signals.csv
is 0 features td features --from 2026-01-31 --to 2026-03-31 --days 14 --format json
shows '(x["days"], x["since"], x["compared"], x["cohort"], x["without_start"]) == (14, "2026-01-02", False, 4, 4)'
shows '[(f["feature"], f["rank"], f["with"], f["lift_points"]) for f in x["features"]] == [("board", None, 0, None), ("invite", None, 0, None)]'
shows 'x["warnings"] == ["Not compared: it takes 10 accounts that left and 10 that stayed; of the 0 that can be compared 0 left and 0 stayed."]'
is 2 'no days' td features --days 0

# Whose it was at the opening, not whose it is.
is 0 'an account goes over' td assign C --to Ann
is 0 'by owner' td revenue --from 2026-01-31 --to 2026-03-31 --by csm --format json
shows '[(g["key"], g["logos_open"], g["logos_lost"]) for g in x["groups"]] in ([("pool", 1, 0), ("Ann", 2, 0), ("Ben", 1, 1)], [("pool", 1, 0), ("Ben", 1, 1), ("Ann", 2, 0)])'
shows 'x["all"]["opening_cents"] == sum(g["opening_cents"] for g in x["groups"])'
is 0 'for people' td revenue --from 2026-01-31 --to 2026-03-31 --by csm
has 'for people it is the owner' 'owner ' out
is 0 'by month' td revenue --from 2025-12-31 --to 2026-03-31 --by month --format csv
has 'csv' 'key,from,to,opening_cents,closing_cents,expansion_cents' out
has 'csv' '2026-02,2026-01-31,2026-02-28,20000,20000,3000,0,3000,100,85,4,1,75' out

is 0 'as text' td revenue --from 2026-01-31 --to 2026-03-31 --by tier
has 'text' 'How it was counted' out
has 'text' 'not placed ' out
has 'text' 'Cut days: the close of 2026-01-31 and of 2026-03-31' out
has 'text' 'Cohort: the 4 accounts with ARR at the opening' out
has 'text' "so nobody's tier of then is known" out

# $10.0M +1.8 -0.6 -0.9 by movements.
"$bin" --db ten.db init 2>err
printf 'account_id,arr,churned_on\nA,6800000,\nB,2600000,\nC,900000,2026-02-02\n' >accounts.csv
printf 'account_id,date,kind,arr_delta\nA,2026-02-01,expansion,1800000\nB,2026-02-01,contraction,-600000\nC,2026-02-02,churn,-900000\n' >movements.csv
is 0 ten "$bin" --db ten.db import accounts accounts.csv
is 0 ten "$bin" --db ten.db import movements movements.csv
is 0 ten "$bin" --db ten.db --as-of 2026-03-31 revenue --from 2026-01-31 --to 2026-03-31 --format json
shows '[x["groups"][0][k] for k in ("opening_cents", "nrr", "grr", "nrr_movements", "grr_movements")] == [910000000, 103.2967, 83.5165, 103.2967, 83.5165]'

# A contract that runs on, and one that ended, against what the record says.
printf 'contract_id,account_id,start,end,arr\n1,C,2025-01-01,,900000\n2,B,2025-01-01,2026-02-01,2600000\n' >contracts.csv
is 0 contracts "$bin" --db ten.db import contracts contracts.csv
is 0 clashes "$bin" --db ten.db --as-of 2026-03-31 revenue --from 2026-01-31 --to 2026-03-31 --format json
shows '[(c["account"], c["kind"]) for c in x["contradictions"]] == [("B", "ran-out"), ("C", "pays")]'
shows 'x["contradictions"][0]["text"] == "active, but none of its contracts runs any more: $ 2.6M counted as lost"'

# Wrong usage, and days to come.
is 2 'by what' td revenue --by colour
has 'by what' 'tier, csm, segment, region, month' err
is 2 'no day' td revenue --from 31.1.2026
is 2 'to come' td revenue --to 2026-04-01
has 'to come' 'nothing is known of 2026-04-01 yet' err
is 2 'turned round' td revenue --from 2026-03-31 --to 2026-01-31
is 0 'nobody' "$bin" --db none.db init
is 0 'an empty book' "$bin" --db none.db --as-of 2026-03-31 revenue --format json
shows 'x["groups"][0]["nrr"] is None and x["groups"][0]["opening_cents"] == 0'

# Answers of no known cause: JSON holds a thousand, and what is said of it is so.
many() {
	"$bin" --db many.db --as-of 2026-03-31 --actor Ann "$@"
}
for n in 1000 1001; do
	rm -f many.db
	awk -v n=$n 'BEGIN { print "account_id,arr,churned_on"
		for (i = 1; i <= n; i++) print "A" i ",1,2026-02-15" }' >left.csv
	awk -v n=$n 'BEGIN { print "account_id,date,kind,score,comment"
		for (i = 1; i <= n; i++) print "A" i ",2026-02-16,exit,2,hm " i }' >said.csv
	is 0 "a book of $n that left" many init
	is 0 "$n that left" many import accounts left.csv
	is 0 "$n answers" many import surveys said.csv
	is 0 "$n of no known cause" many revenue --from 2026-01-31 --to 2026-03-31
	case $n in
	1000) has 'all are there' 'and 990 more: --format json has them all' out ;;
	1001) has 'not all are there' 'and 991 more: --format json has 1000 of all 1001' out ;;
	esac
done

ends
