#!/bin/sh
# alerts_year.sh [DAY [ACCOUNTS [DAYS]]]: a year, or so many days, of daily recalculations
# over a demo that ends on the day, with nobody acting: how many alerts open per account and
# year, and the share that came back within its quiet time. What the demo's people did and
# found is taken out first.
set -eu
bin=${TIERDESK_BIN:?}
end=${1:-2026-11-29}
accounts=${2:-600}
days=${3:-365}
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
export XDG_CONFIG_HOME="$work"
cd "$work"
"$bin" --db book.db --as-of "$end" demo --no-console --accounts "$accounts"
for table in task_step task message alert; do
	sqlite3 book.db "PRAGMA foreign_keys = OFF; DELETE FROM $table"
done
sqlite3 book.db 'UPDATE alert_day SET day = NULL, ended_from = NULL'
day=$(date -u -d "$end - $((days - 1)) days" +%F)
while [ "$day" != "$(date -u -d "$end + 1 day" +%F)" ]; do
	"$bin" --db book.db --as-of "$day" --quiet recalc >recalc.out
	day=$(date -u -d "$day + 1 day" +%F)
done
sqlite3 -header -column book.db "
	SELECT kind, count(*) AS alerts, sum(coalesce(reopened, 0) > 0) AS came_back,
		sum(coalesce(reopened, 0)) AS times FROM alert GROUP BY kind ORDER BY kind;
	SELECT count(*) AS alerts, round(count(*) * 1.0 /
			(SELECT count(*) FROM account WHERE status IS NOT 'churned'), 2) AS per_account,
		round(100.0 * sum(coalesce(reopened, 0) > 0) / count(*), 1) AS percent_back,
		(SELECT count(*) FROM (SELECT 1 FROM alert WHERE ended_on IS NULL
			GROUP BY account, kind HAVING count(*) > 1)) AS live_twice,
		sum(state = 'resolved') AS resolved FROM alert;"
