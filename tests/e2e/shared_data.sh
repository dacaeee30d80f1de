#!/bin/sh
# Public data sets against the figures their authors and others publish. Skipped where
# the data is not there.
if [ -z "${TIERDESK_SHARED:-}" ] || [ ! -d "$TIERDESK_SHARED/data/ravenstack" ]; then
	echo 'skipped: the public data sets are not here'
	exit 77
fi
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"
data=$TIERDESK_SHARED/data

# Two resaves of the same data give the same book.
for form in iso excel_resave; do
	from=$data/ravenstack/$form
	td() {
		"$bin" --db "$form.db" --as-of 2024-12-31 "$@"
	}
	td init 2>/dev/null
	td import accounts "$from/ravenstack_accounts.csv" >accounts.out 2>accounts.err || bad accounts
	td import contracts "$from/ravenstack_subscriptions.csv" --quiet >/dev/null || bad contracts
	td import tickets "$from"/ravenstack_support*_ticket*.csv --quiet >/dev/null 2>&1 ||
		td import tickets "$from"/ravenstack_supports_ticket.csv --quiet >/dev/null || bad tickets
	td recalc --quiet >/dev/null || bad recalc
	td review --apply >/dev/null || bad review
	td list --format json >"$form.json" || bad list
	has 'a churn flag without a date is told' 'churn_flag says churned for 110 accounts' accounts.err
done
if cmp -s iso.json excel_resave.json; then good; else bad 'iso and excel_resave differ'; fi
"$bin" --db iso.db --as-of 2024-12-31 tiers --format json >tiers.json
has 'ARR of 2024-12-31' '"active":500,"arr_cents":12191529600' tiers.json

# What its owner publishes of December 2024, and of the year, by contracts whose ends are
# exclusive: the ARR of the cohort at the two closes.
"$bin" --db iso.db --as-of 2024-12-31 revenue --from 2024-11-30 --to 2024-12-31 --format json >revenue.json
has 'retention of December' '"nrr":114.208,"grr":98.0737,"logos_open":474,"logos_lost":0' revenue.json
has 'money of December' '"expansion_cents":1638121200,"contraction_cents":195580800,"churn_cents":0' revenue.json
has 'the cut days' 'the close of 2024-11-30 and of 2024-12-31; what ends on a day no longer counts on it' revenue.json
"$bin" --db iso.db --as-of 2024-12-31 revenue --format csv >revenue.csv
has 'retention of 2024' 'all,2023-12-31,2024-12-31,' revenue.csv
has 'retention of 2024' ',292.2709,99.59,185,0,100,' revenue.csv

# The published monthly MRR: contracts running on the first of the month, times 12.
td() {
	"$bin" --db mit.db "$@"
}
td init 2>/dev/null
td import accounts "$data/saas_mit_1000/customers.csv" --quiet >/dev/null || bad customers
td import contracts "$data/saas_mit_1000/subscriptions.csv" --quiet >/dev/null || bad subscriptions
while IFS=, read -r month _ mrr _; do
	[ "$month" = month ] && continue
	want=$(awk -v m="$mrr" 'BEGIN { printf "%.0f", m * 1200 }')
	got=$(td --as-of "$month" --quiet list --format json |
		tr ',' '\n' | sed -n 's/"arr_cents"://p' | awk '{ s += $1 } END { printf "%.0f", s }')
	if [ "$want" = "$got" ]; then good; else bad "MRR of $month: $got, not $want"; fi
done <"$data/saas_mit_1000/monthly_mrr.csv"

# The same by the revenue of each month from its first day on: that is the cut day by which
# the published customers and amounts come out; ends of months give none of them.
td --as-of 2025-01-01 revenue --from 2023-01-01 --to 2025-01-01 --by month --format csv >months.csv
awk -F, 'NR == FNR { if (FNR > 1) { mrr[$1] = $3 * 1200; n[$1] = $2 } next }
	FNR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
	{ months++
	  if (sprintf("%.0f", mrr[$2]) != $at["opening_cents"] || n[$2] != $at["logos_open"]) print $2, "differs" }
	END { if (months != 24) print months, "months" }' \
	"$data/saas_mit_1000/monthly_mrr.csv" months.csv >differ
if [ -s differ ]; then bad "published months: $(cat differ)"; else good; fi
td --as-of 2024-12-31 revenue --format csv >year.csv
has 'a year of it' ',76.1238,76.1238,413,232,43.8257,' year.csv

ends
