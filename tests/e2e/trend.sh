#!/bin/sh
# trend: its figures against the lists of the same days and against the plain rows, the
# shape of its JSON, and what it refuses.
set -u
bin=${TIERDESK_BIN:?}
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1
passed=0
failed=0

same() { # WHAT EXPECTED GOT
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED $1: $3, not $2"
	fi
}

td() {
	"$bin" --db book.db "$@"
}

td --as-of 2026-11-20 demo --accounts 300 --no-console --quiet >out 2>&1 </dev/null || {
	cat out
	exit 1
}
td --as-of 2026-11-20 trend --weeks 26 --format csv >trend.csv
same 'points' 26 $(($(wc -l <trend.csv) - 1))
same 'the newest' 2026-11-20 "$(tail -n 1 trend.csv | cut -d, -f1)"

# Each day as the list of that day has it; the newest with the tiers as they are now.
for line in $(sed -n '2p;9p;16p;24p;27p' trend.csv); do
	day=${line%%,*}
	td --as-of "$day" list --all --format csv --columns health,tier,status >list.csv
	td --as-of "$day" list --format csv --columns health >active.csv
	same "active on $day" $(($(wc -l <active.csv) - 1)) "$(echo "$line" | cut -d, -f3)"
	same "bands on $day" "$(awk -F, 'NR > 1 && $1 + 0 >= 1 {
			n[$1 >= 75 ? "h" : $1 >= 50 ? "w" : "r"]++; sum += $1; k++ }
		END { printf "%d,%d,%d,%.1f", n["h"], n["w"], n["r"], sum / k }' active.csv)" \
		"$(echo "$line" | awk -F, '{ printf "%d,%d,%d,%.1f", $4, $5, $6, $8 }')"
done
same 'tiers today' "$(td --as-of 2026-11-20 list --format csv --columns tier |
	awk 'NR > 1 { n[$1]++ } END { printf "%d,%d,%d", n[1], n[2], n[3] }')" \
	"$(tail -n 1 trend.csv | cut -d, -f12-14)"

# Deterministic, and the same document again.
td --as-of 2026-11-20 trend --format json >a.json
td --as-of 2026-11-20 trend --format json >b.json
same 'twice the same' 0 "$(cmp a.json b.json >&2; echo $?)"
for key in as_of weeks caps points policy_version at_risk mean q1 median q3 unplaced \
	alerts_critical alerts_warning alerts_info alerts_opportunity alerts_opened \
	alerts_closed alerts_resolved \
	months nrr grr nrr_12m grr_12m lost opening_cents closing_cents kept_cents causes; do
	same "key $key" 1 "$(grep -c "\"$key\":" a.json)"
done
same 'alerts open now' \
	"$(td --as-of 2026-11-20 alerts --format csv | awk -F, 'NR > 1' | wc -l | tr -d ' ')" \
	"$(tail -n 1 trend.csv | awk -F, '{ print $18 + $19 + $20 + $21 }')"
same 'what is to come counts nowhere' "$(td --as-of 2026-08-31 trend --weeks 8 --format csv |
	tail -n 1 | cut -d, -f1)" \
	"$(td --as-of 2026-08-31 trend --weeks 8 --format csv | cut -d, -f1 | grep -v day |
		awk '$1 <= "2026-08-31"' | tail -n 1)"

# One account: its newest health is that of the list.
id=$(td --as-of 2026-11-20 list --format csv --columns id,health --limit 1 | tail -n 1)
same 'an account' "${id#*,}" "$(td --as-of 2026-11-20 trend "${id%,*}" --weeks 4 --format csv |
	tail -n 1 | cut -d, -f3)"

# Against the plain rows, where there is a client to read them.
if command -v sqlite3 >/dev/null 2>&1; then
	same 'tickets of October' "$(sqlite3 book.db "SELECT count(*) FROM ticket
		WHERE date(opened_on * 86400, 'unixepoch') LIKE '2026-10-%'")" \
		"$(td --as-of 2026-11-20 trend --weeks 13 | awk '$1 == "2026-10" { print $NF }')"
	same 'alerts opened in the last week' "$(sqlite3 book.db "SELECT count(*) FROM alert
		WHERE opened_on > (SELECT unixepoch('$(tail -n 2 trend.csv | head -n 1 |
			cut -d, -f1)') / 86400)")" "$(tail -n 1 trend.csv | cut -d, -f22)"
	same 'opening ARR of October' "$(sqlite3 book.db "SELECT sum(c.arr) FROM contract c
		JOIN account a ON a.id = c.account,
		(SELECT unixepoch('2026-09-30') / 86400 AS d)
		WHERE c.start <= d AND (c.\"end\" IS NULL OR c.\"end\" > d)
		AND (a.contract_start IS NULL OR a.contract_start <= d)
		AND (a.churned_on IS NULL OR a.churned_on > d)")" \
		"$(td --as-of 2026-11-20 trend --weeks 13 --format json | tr '{' '\n' |
			sed -n 's/.*"month":"2026-10".*"opening_cents":\([0-9]*\).*/\1/p')"
	sqlite3 book.db 'DELETE FROM snapshot_sum; UPDATE snapshot SET data = data' 2>/dev/null
	same 'without the sums that were kept' 0 "$(td --as-of 2026-11-20 trend --format json |
		cmp - a.json >&2; echo $?)"
else
	echo 'no sqlite3: the plain rows are not compared'
fi

td trend nobody >out 2>&1
same 'an account that is not there' 2 $?
td trend --weeks x >out 2>&1
same 'weeks that are none' 2 $?

# A list of today's customers, whose contracts reach back, kept nothing that is known.
printf 'account_id,name,arr\nA,Ann,1000\n' >accounts.csv
printf 'contract_id,account_id,start,end,arr\n1,A,2020-01-01,,1000\n' >contracts.csv
td2() {
	"$bin" --db today.db --as-of 2026-11-20 "$@"
}
td2 init >out 2>&1 || cat out
td2 import accounts accounts.csv --quiet >out 2>&1 || cat out
td2 import contracts contracts.csv --quiet >out 2>&1 || cat out
td2 trend --weeks 26 --format json >a.json
same 'months of survivors' 5 "$(tr '{' '\n' <a.json | grep -c '"nrr":null,.*"grr_12m":null,.*"lost":0')"
td2 trend --weeks 26 --format text >out
same 'why' 1 "$(grep -c '^NRR and GRR: .*is on record' out)"
td --as-of 2026-11-20 trend --weeks 26 --format text >out
same 'of those who left some are' 0 "$(grep -c '^NRR and GRR: ' out)"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
