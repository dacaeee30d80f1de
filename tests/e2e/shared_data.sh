#!/bin/sh
# Public data sets against the figures their authors and others publish. Skipped where
# the data is not there.
set -u
bin=${TIERDESK_BIN:?}
if [ -z "${TIERDESK_SHARED:-}" ] || [ ! -d "$TIERDESK_SHARED/data/ravenstack" ]; then
	echo 'skipped: the public data sets are not here'
	exit 77
fi
data=$TIERDESK_SHARED/data
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1
passed=0
failed=0

good() {
	passed=$((passed + 1))
}
bad() {
	failed=$((failed + 1))
	echo "FAILED $*"
}
has() {
	if grep -qF -- "$2" "$3"; then good; else bad "$1: no $2"; fi
}

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

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
