#!/bin/sh
# The mornings of the demo are believable: whoever looks after about ten accounts of tier 1
# and their share of tier 2 finds 5 to 12 rows in the queue, the dearest first in each
# section, each with a why; on four of five such mornings, since some days are worse.
set -u
bin=${TIERDESK_BIN:?}
python3 -c '' 2>/dev/null || {
	echo 'skipped: python3 is not there'
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' 0
cd "$work" || exit 1

for day in 2026-06-15 2026-11-29 2026-12-28 2027-03-10; do
	td() {
		"$bin" --db "$day.db" --as-of "$day" "$@" 2>/dev/null
	}
	td demo --no-console >/dev/null || exit 1
	td queue --csm all --format json >"$day.queue" || exit 1
	td list --where 'tier:1' --format json >"$day.tier1" || exit 1
done
python3 - *.queue <<'END'
import collections, json, sys

good = all_of_them = bad = 0
for name in sys.argv[1:]:
    day = name[:10]
    queue = json.load(open(name))
    tier1 = collections.Counter(x["csm"] for x in json.load(open(day + ".tier1")))
    for csm, n in sorted((k, v) for k, v in tier1.items() if k):
        rows = [x for x in queue if x["csm"] == csm]
        for x in rows:
            if not x["why"]:
                print("FAILED %s %s: %s is there without a why" % (day, csm, x["id"]))
                bad += 1
        for section in {x["section"] for x in rows}:
            ranks = [x["rank_cents"] for x in rows if x["section"] == section]
            if ranks != sorted(ranks, key=lambda r: r is None or -r):
                print("FAILED %s %s: %s is not sorted by rank" % (day, csm, section))
                bad += 1
        if 9 <= n <= 11:
            all_of_them += 1
            good += 5 <= len(rows) <= 12
        print("%s %-16s %2d of tier 1: %2d rows" % (day, csm, n, len(rows)))
print("%d of %d mornings with 9 to 11 accounts of tier 1 have 5 to 12 rows" % (good, all_of_them))
sys.exit(bad > 0 or all_of_them < 4 or good * 5 < all_of_them * 4)
END
