#!/bin/sh
# The short form of `make alerts-year`: four months of daily recalculations of a small demo
# open and close alerts, none twice, and few come and go.
: "${TIERDESK_SRC:?}"
# shellcheck source=tests/e2e/lib_check.sh
. "$(dirname "$0")/lib_check.sh"

is 0 'four months' sh "$TIERDESK_SRC/tests/bench/alerts_year.sh" 2026-11-29 120 120
tail -1 out >sums
# alerts, of an account, percent that came back, live twice
is 0 'alerts open' awk '{ exit !($1 > 60) }' sums
is 0 'not too many' awk '{ exit !($2 < 2) }' sums
is 0 'few come and go' awk '{ exit !($3 < 25) }' sums
is 0 'none is there twice' awk '{ exit !($4 == 0) }' sums
is 0 'some resolved' awk '{ exit !($5 > 30) }' sums

ends
