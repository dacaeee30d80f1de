#!/bin/sh
# backtest: what is planted in the demo is found, a set of data whose signals say nothing is
# no better than chance, a column that was dated back is caught, nothing later leaks in, and
# what is proposed is a policy that nobody applied.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-11-29 --actor Tester "$@"
}

is 0 'a demo' td demo --accounts 600 --no-console --quiet

# The demo: those who fade and lose their champion fall, those whom new prices drove away
# do not. Some are found, some were green.
is 1 'never backtested' td tiers --check
has 'the finding' 'health was never held against who left' out
is 0 'as text' td backtest
has 'the verdict first' 'health tells: AUC 0.' out
[ "$(head -c 12 out)" = 'health tells' ] && good || bad 'the verdict does not stand first'
for text in 'lift, the worst tenth' '90 days before' 'Brier' 'NPS' 'Green and gone' \
	'Proposed weights' 'Proposed churn curve' 'How it is counted'; do
	has 'a part of it' "$text" out
done
td tiers --check >out 2>err
if grep -q 'never held' out; then bad 'still never backtested'; else good; fi
is 0 'it is in the history' td log --all
has 'with its day' 'backtest as of 2026-11-29, 90 days' out
is 0 'the book is whole' td verify

if command -v python3 >/dev/null 2>&1; then
	is 0 'as JSON' td backtest --format json
	cp out first.json
	shows 'x["verdict"] == "tells" and x["auc"]["low"] > 0.5 and x["leaks"] == []'
	shows 'x["months"] == 16 and x["last"] == "2026-08-31" and x["horizon"] == 90'
	shows 'x["left"] == x["auc"]["accounts_left"] and x["left"] >= 30'
	shows 'sum(w["then"] for w in x["proposal"]["weights"].values()) == 100'
	shows 'x["proposal"]["weights"]["renewal"] == {"now": 5, "then": 5, "held": True}'
	shows 'all(b["left"]["n"] == 0 or b["left"]["low"] <= b["left"]["share"] <= b["left"]["high"] for b in x["bands"])'
	shows 'sum(b["left"]["n"] for b in x["bands"]) == x["brier"]["n"]'
	shows 'x["lift"]["lift"] > 2 and 0 < len(x["green"]) < x["gone"]'
	shows 'all(g["health"] >= 75 and g["day"] < g["left_on"] for g in x["green"])'
	is 0 'another horizon' td backtest --horizon 30 --format json
	shows 'x["horizon"] == 30 and x["last"] == "2026-09-30"'
	is 0 'again' td backtest --format json
	same 'twice the same' out first.json

	# On an earlier day nothing is known of what came later: as if it were not there.
	"$bin" --db book.db --as-of 2026-05-31 backtest --format json >earlier.json
	cp book.db cut.db
	if command -v sqlite3 >/dev/null 2>&1; then
		sqlite3 cut.db "DELETE FROM ticket WHERE opened_on > 20604;
			DELETE FROM survey WHERE date > 20604; DELETE FROM touch WHERE date > 20604;
			UPDATE account SET churned_on = NULL, status = 'active' WHERE churned_on > 20604;
			DELETE FROM movement WHERE date > 20604" || bad 'the later rows are not gone'
		"$bin" --db cut.db --as-of 2026-05-31 backtest --format json >cut.json
		python3 - <<-'E' && good || bad 'rows of later days change the past'
			import json
			a, b = json.load(open("earlier.json")), json.load(open("cut.json"))
			for key in ("auc", "left", "lift", "warnings", "bands", "nps", "components", "green"):
			    assert a[key] == b[key], key
		E
	else
		echo 'no sqlite3: later rows are not taken away'
	fi

	# A survey that was written when they had left, and dated back.
	"$bin" --db book.db export accounts --quiet >accounts.csv
	python3 - <<-'E'
		import csv, datetime as d
		out = open("back.csv", "w")
		print("account_id,date,kind,score", file=out)
		for r in csv.DictReader(open("accounts.csv")):
		    if r["churned_on"]:
		        day = d.date.fromisoformat(r["churned_on"])
		        for back in range(5, 100, 10):
		            print(r["account_id"], day - d.timedelta(back), "nps", 0, sep=",", file=out)
	E
	is 0 'a column that was dated back' td import surveys back.csv --quiet
	is 0 'is caught' td backtest --format json
	shows '[l["input"] for l in x["leaks"]] == ["sentiment"]'
	shows 'x["proposal"]["weights"]["sentiment"]["held"]'
	is 0 'and said' td backtest
	has 'in words' 'too good to be true:    sentiment alone tells nearly everything' out
else
	echo 'no python3: the figures are not looked at'
fi

# What is proposed is a file, and only that.
is 0 'a proposal' td backtest --propose proposed.ini
is 0 'it is a policy' td policy check proposed.ini
is 2 'it replaces nothing' td backtest --propose proposed.ini
is 0 'unless it is to' td backtest --propose proposed.ini --force
is 0 'nothing was applied' td policy history
if grep -q '^ *2 ' out; then bad 'a policy was applied'; else good; fi
is 0 'a person applies it' td policy apply proposed.ini --reason 'after the backtest'

# Too few, and what is no horizon.
"$bin" --db small.db init 2>/dev/null
is 0 'an empty book' "$bin" --db small.db backtest
has 'has no verdict' 'no verdict: 0 accounts left' out
is 5 'and proposes nothing' "$bin" --db small.db backtest --propose none.ini
[ -e none.ini ] && bad 'a file of nothing' || good
is 2 'no horizon' td backtest --horizon 0
is 2 'too long a horizon' td backtest --horizon 366
chmod 400 small.db
is 0 'a book that can only be read' "$bin" --db small.db backtest
chmod 600 small.db

# Signals that are independent of who left (synthetic; credit: River @ Rivalytics).
data=${TIERDESK_SHARED:-}/data/ravenstack/iso
if [ ! -d "$data" ] || ! command -v python3 >/dev/null 2>&1; then
	echo 'skipped: ravenstack is not here'
	ends
	exit
fi
python3 - "$data" <<'E'
import csv, sys, datetime as d
rows = lambda name: csv.DictReader(open(f"{sys.argv[1]}/ravenstack_{name}.csv", encoding="utf-8-sig"))
day = lambda t: d.date.fromisoformat(t[:10])
put = {k: csv.writer(open(k + ".csv", "w")) for k in ("accounts", "movements", "surveys", "signals")}
put["accounts"].writerow(["account_id", "name", "contract_start", "seats_purchased", "features_available"])
seen = {}
for r in rows("accounts"):
    seen[r["account_id"]] = day(r["signup_date"])
    put["accounts"].writerow([r["account_id"], r["account_name"], r["signup_date"], r["seats"], 40])
# Who left is paying again the next day, as its contracts say.
put["movements"].writerow(["account_id", "date", "kind", "arr_delta"])
for r in rows("churn_events"):
    put["movements"].writerow([r["account_id"], r["churn_date"], "churn", -1])
    put["movements"].writerow([r["account_id"], day(r["churn_date"]) + d.timedelta(1), "reactivation", 1])
put["surveys"].writerow(["account_id", "date", "kind", "score"])
for r in rows("support_tickets"):
    if r["satisfaction_score"]:
        put["surveys"].writerow([r["account_id"], r["submitted_at"][:10], "csat", r["satisfaction_score"]])
of = {r["subscription_id"]: r["account_id"] for r in rows("subscriptions")}
use = {}
for r in rows("feature_usage"):
    use.setdefault(of[r["subscription_id"]], []).append((day(r["usage_date"]), r["feature_name"]))
put["signals"].writerow(["account_id", "date", "signal", "value"])
ends = [d.date(y, m, 1) - d.timedelta(1) for y in (2023, 2024) for m in range(1, 13)]
for a, start in seen.items():
    for end in ends:
        last = [x for x in use.get(a, []) if end - d.timedelta(90) < x[0] <= end]
        if end >= start:
            put["signals"].writerow([a, end, "active_days", len({x[0] for x in last})])
            put["signals"].writerow([a, end, "features_used", len({x[1] for x in last})])
E
rs() {
	"$bin" --db raven.db --as-of 2024-12-31 "$@"
}
rs init 2>/dev/null
for kind in accounts movements surveys signals; do
	is 0 "ravenstack: $kind" rs import $kind $kind.csv --quiet --skip-bad
done
is 0 'ravenstack: tickets' rs import tickets "$data/ravenstack_support_tickets.csv" --quiet
is 0 'ravenstack' rs backtest --format json
shows 'x["verdict"] == "chance" and "no better than chance" in x["text"]'
shows 'x["left"] > 200 and x["auc"]["low"] < 0.5 < x["auc"]["high"]'
shows 'x["auc"]["high"] - x["auc"]["low"] < 0.1'
shows 'not x["proposal"]["better"]'
shows 'x["leaks"] == []'
is 0 'ravenstack as text' rs backtest
has 'no better than chance' 'no better than chance: AUC 0.' out
ends
