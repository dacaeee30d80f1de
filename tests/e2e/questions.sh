#!/bin/sh
# questions: each answer against the verb that tells more, of a book that knows and of one
# that knows nothing.
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

td() {
	"$bin" --db book.db --as-of 2026-11-20 --actor Ann "$@"
}

is 0 demo td demo --accounts 300 --no-console --quiet
for verb in revenue time causes backtest; do
	td $verb --format json --quiet >$verb.json || bad "$verb"
done
is 0 json td questions --format json
cp out questions.json
shows '[q["question"] for q in x["questions"]] == ["time-to-first-value", "churn-predictors", "time-on-revenue", "recurring-issue", "retention-and-tickets"]'
shows 'all(list(q) == ["question", "known", "answer", "rule", "subject", "figures", "more"] for q in x["questions"])'
shows 'x["as_of"] == "2026-11-20" and all(q["answer"].endswith(".") for q in x["questions"])'
cat >check.py <<'END'
import json
x, revenue, time, causes, backtest = (json.load(open(name + ".json")) for name in
    ("questions", "revenue", "time", "causes", "backtest"))
f = {q["question"]: q["figures"] for q in x["questions"]}
s = {q["question"]: q["subject"] for q in x["questions"]}
year = revenue["groups"][0]
assert f["time-to-first-value"]["median_days"] == year["ttv_median_days"]
assert f["time-to-first-value"]["accounts"] == year["began"]
kept = f["retention-and-tickets"]
assert (kept["grr"], kept["nrr"], kept["logos_kept_pct"]) == (
    year["grr"], year["nrr"], year["logos_kept"])
again = max(causes, key=lambda c: (c["repeated"], c["tickets"]))
assert s["recurring-issue"] == again["cause"], s
assert f["recurring-issue"]["again"] == again["repeated"]
told = [c for c in backtest["components"] if c["component"] == s["churn-predictors"]]
if told:
    assert abs(told[0]["auc"]["auc"] - f["churn-predictors"]["auc"]) < 1e-3, told
else:
    assert f["churn-predictors"]["auc"] is None
assert 0 < f["time-on-revenue"]["time_pct"] <= 100
END
is 0 'as the other verbs say' python3 check.py
is 0 again td questions --format json
same 'twice the same' questions.json out
is 0 text td questions
has 'text' 'How long until customers have first value?' out
has 'text' 'more: tierdesk backtest' out
is 2 'no CSV' td questions --format csv
is 2 'no argument' td questions 3

# Nothing is known of an empty book, and nothing is written by asking.
is 0 init "$bin" --db none.db init
cp none.db before.db
is 0 'an empty book' "$bin" --db none.db --as-of 2026-11-20 questions --format json
shows 'not any(q["known"] for q in x["questions"])'
shows 'x["questions"][3]["answer"] == "No ticket was opened." and x["questions"][3]["subject"] is None'
same 'nothing is written' none.db before.db

ends
