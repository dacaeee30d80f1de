#!/bin/sh
# Ctrl-C in the middle of a long import: it ends at once and nothing was imported.
set -u
bin=${TIERDESK_BIN:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1

td() {
	"$bin" --db book.db --quiet "$@"
}
td init
awk 'BEGIN { print "account_id,name,arr"; for (i = 0; i < 2000000; i++)
	printf "A%07d,Customer %d,%d.50\n", i, i, i % 100000 }' >many.csv
printf 'account_id,name\nfirst,The first\n' >one.csv
td import accounts one.csv >/dev/null
td export accounts >before.csv

# A background job of a script ignores SIGINT; TERM is the same flag to the program.
"$bin" --db book.db --quiet import accounts many.csv >out 2>err &
job=$!
sleep 0.7
kill -TERM "$job"
begun=$(date +%s)
wait "$job"
code=$?
took=$(($(date +%s) - begun))
td export accounts >after.csv
failed=0
[ "$code" -eq 130 ] || { failed=$((failed + 1)); echo "FAILED exit $code, not 130"; cat err; }
[ "$took" -le 5 ] || { failed=$((failed + 1)); echo "FAILED it took $took s to end"; }
cmp -s before.csv after.csv || { failed=$((failed + 1)); echo 'FAILED something was imported'; }
td verify >/dev/null || { failed=$((failed + 1)); echo 'FAILED the book is not sound'; }
[ ! -e book.db-journal ] || [ ! -s book.db-journal ] || {
	failed=$((failed + 1))
	echo 'FAILED a journal is left'
}
echo "$((5 - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
