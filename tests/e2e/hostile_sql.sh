#!/bin/sh
# The caps of the tiers hold against any SQL that another client can send: each line
# below is typed into the stock sqlite3 shell, on a book whose tiers are full, and then
# three accounts are pushed into tier 1 and 2. Afterwards no tier may hold more than its
# cap allows, and the file must be sound. The same run on books without one of the
# triggers has to find them over: that proves that the harness sees something.
set -eu
export LC_ALL=C

schema=${TIERDESK_SRC:-$(dirname "$0")/../..}/assets/schema
command -v sqlite3 >/dev/null || {
	echo 'SKIP: no sqlite3 shell'
	exit 77
}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' 0

# 20 accounts are active: room for 2 in tier 1 (10 %) and for 6 in tier 2 (30 %).
# Accounts 21..24 have left, 25 and 26 begin later.
make_book()
{
	cat "$schema"/[0-9]*.sql | sqlite3 "$1"
	sqlite3 "$1" <<-'END'
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 26)
	INSERT INTO account(id, account_id, name, status, churned_on, contract_start)
	SELECT i, 'A-' || i, 'Account ' || i,
		CASE WHEN i IN (21, 22) THEN 'churned' END,
		CASE WHEN i IN (23, 24) THEN 19000 END,
		CASE WHEN i IN (25, 26) THEN 21000 ELSE 18000 END FROM n;
	INSERT INTO policy_version(at, author, reason, text, cap1_bp, cap2_bp)
	VALUES (1, 'a', 'r', 't', 1000, 3000);
	UPDATE book SET as_of = 20000, n_active = 20;
	UPDATE account_tier SET tier = 1 WHERE id <= 2;
	UPDATE account_tier SET tier = 2 WHERE id BETWEEN 3 AND 8;
	UPDATE account_tier SET tier = 3 WHERE id BETWEEN 9 AND 20;
	END
}

# One hostile line per line. M(a, b) stands for a list of members.
hostile()
{
	cat <<-'END'
	UPDATE account_tier SET tier = 1 WHERE id = 9
	UPDATE account_tier SET tier = 1
	UPDATE account_tier SET tier = 1 WHERE tier = 2
	UPDATE account_tier SET tier = 2 WHERE tier = 3
	UPDATE OR IGNORE account_tier SET tier = 1 WHERE id = 9
	UPDATE OR REPLACE account_tier SET tier = 1 WHERE id = 9
	UPDATE OR FAIL account_tier SET tier = 1
	UPDATE OR ROLLBACK account_tier SET tier = 1
	UPDATE account_tier SET tier = '1' WHERE id = 9
	UPDATE account_tier SET tier = 1.0 WHERE id = 9
	UPDATE account_tier SET id = 1, tier = 1 WHERE id = 9
	INSERT INTO account_tier VALUES (9, 'A-9', 'x', 1)
	DELETE FROM account_tier WHERE id = 1
	UPDATE tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	UPDATE OR IGNORE tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	UPDATE OR REPLACE tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	UPDATE tier_roster SET members = M(1, 2, 9), ceiling = 3 WHERE tier = 1
	UPDATE tier_roster SET members = M(1, 2, 9), ceiling = 3, share_bp = 2000 WHERE tier = 1
	UPDATE tier_roster SET ceiling = 99 WHERE tier = 1
	UPDATE OR IGNORE tier_roster SET ceiling = 99 WHERE tier = 1
	UPDATE tier_roster SET ceiling = NULL WHERE tier = 1
	UPDATE OR REPLACE tier_roster SET ceiling = NULL WHERE tier = 1
	UPDATE tier_roster SET ceiling = 1e9 WHERE tier = 1
	UPDATE tier_roster SET ceiling = -1 WHERE tier = 1
	UPDATE tier_roster SET share_bp = 5000 WHERE tier = 1
	UPDATE OR IGNORE tier_roster SET share_bp = 10000
	UPDATE tier_roster SET share_bp = 10000, ceiling = 99999999 WHERE tier = 1
	UPDATE tier_roster SET tier = 4 WHERE tier = 1; INSERT INTO tier_roster VALUES (1, 10000, 99, M(1, 2, 9))
	UPDATE tier_roster SET rowid = 4 WHERE tier = 1
	UPDATE tier_roster SET _rowid_ = 4 WHERE tier = 1; UPDATE tier_roster SET oid = 1 WHERE tier = 3
	UPDATE OR REPLACE tier_roster SET tier = 1 WHERE tier = 3
	UPDATE OR REPLACE tier_roster SET rowid = 1 WHERE tier = 3
	UPDATE OR REPLACE tier_roster SET rowid = 2 WHERE tier = 3
	INSERT INTO tier_roster VALUES (4, 10000, 99, M(9, 10))
	INSERT OR REPLACE INTO tier_roster VALUES (1, 10000, 99999999, M(1, 2, 9, 10))
	REPLACE INTO tier_roster VALUES (1, 1000, 3, M(1, 2, 9))
	INSERT OR IGNORE INTO tier_roster VALUES (1, 1000, 3, M(1, 2, 9))
	INSERT INTO tier_roster VALUES (1, 1, 9, M(9)) ON CONFLICT DO UPDATE SET members = M(1, 2, 9)
	INSERT INTO tier_roster VALUES (1, 1, 9, M(9)) ON CONFLICT(tier) DO UPDATE SET ceiling = 9
	DELETE FROM tier_roster WHERE tier = 1
	DELETE FROM tier_roster
	DELETE FROM tier_roster; INSERT INTO tier_roster VALUES (1, 10000, 99, M(1, 2, 9))
	UPDATE tier_roster SET members = CAST(M(1, 2, 9) AS TEXT) WHERE tier = 1
	UPDATE tier_roster SET members = zeroblob(27) WHERE tier = 1
	UPDATE tier_roster SET members = '000000010000000200000009,' WHERE tier = 1
	UPDATE tier_roster SET members = members || members WHERE tier = 1
	UPDATE tier_roster SET members = CAST(members || members AS BLOB)
	UPDATE tier_roster SET members = (SELECT members FROM tier_roster WHERE tier = 3)
	WITH m(x) AS (SELECT M(1, 2, 9)) UPDATE tier_roster SET members = (SELECT x FROM m) WHERE tier = 1
	UPDATE tier_roster SET members = M(1, 2, 9) FROM book WHERE tier = 1 RETURNING *
	UPDATE book SET n_active = 100
	UPDATE OR IGNORE book SET n_active = 100
	UPDATE OR REPLACE book SET n_active = 26
	UPDATE book SET n_active = 21
	UPDATE book SET as_of = NULL
	UPDATE book SET as_of = NULL, n_active = 1000
	UPDATE book SET as_of = 18500, n_active = 25
	UPDATE book SET as_of = 1, n_active = 26
	UPDATE book SET as_of = 20999.5
	UPDATE book SET id = 2
	UPDATE book SET rowid = 2
	INSERT INTO book VALUES (2, 20000, 20000, 1000, 0, 0)
	INSERT OR REPLACE INTO book VALUES (1, 20000, 20000, 1000, 0, 0)
	REPLACE INTO book(id, as_of, n_active, last_id) VALUES (1, 20000, 1000, 0)
	DELETE FROM book
	DELETE FROM book; INSERT INTO book VALUES (1, 20000, 20000, 1000, 0, 0)
	UPDATE book SET last_id = 0
	INSERT INTO book VALUES (1, 1, 20000, 1000, 0, 0) ON CONFLICT DO UPDATE SET n_active = 1000
	UPDATE book SET as_of = -1; UPDATE account SET status = 'churned' WHERE id > 10; UPDATE book SET as_of = 20000
	UPDATE book SET as_of = 30000; UPDATE account SET churned_on = 25000 WHERE id > 5; UPDATE book SET as_of = 20000
	UPDATE account SET id = id + 100
	UPDATE account SET rowid = 101 WHERE id = 9
	UPDATE OR REPLACE account SET id = 9 WHERE id = 10
	UPDATE OR REPLACE account SET rowid = 9 WHERE id = 10
	UPDATE OR REPLACE account SET account_id = 'A-9' WHERE id = 10
	UPDATE OR REPLACE account SET account_id = 'A-' || (id - 1) WHERE id > 10
	INSERT OR REPLACE INTO account(id, account_id, status) VALUES (9, 'A-9', 'churned')
	INSERT OR REPLACE INTO account(account_id, status) VALUES ('A-9', 'churned'), ('A-10', 'churned')
	REPLACE INTO account(id, account_id) VALUES (9, 'other')
	INSERT INTO account(account_id) VALUES ('A-9') ON CONFLICT DO UPDATE SET status = 'churned'
	DELETE FROM account WHERE id > 10
	DELETE FROM account
	UPDATE account SET status = 'churned'
	UPDATE account SET churned_on = 1
	UPDATE account SET contract_start = 30000
	UPDATE OR IGNORE account SET status = 'churned', churned_on = NULL
	INSERT INTO account(account_id, status) VALUES ('B-1', 'churned'), ('B-2', 'churned'); UPDATE book SET n_active = 22
	INSERT INTO account(account_id, contract_start) VALUES ('B-1', 30000), ('B-2', 30000); UPDATE book SET n_active = 22
	INSERT INTO policy_version VALUES (1, 1, 'a', 'r', 't', 10000, 10000)
	INSERT OR REPLACE INTO policy_version VALUES (1, 1, 'a', 'r', 't', 10000, 10000)
	REPLACE INTO policy_version VALUES (1, 1, 'a', 'r', 't', 5000, 5000)
	UPDATE policy_version SET cap1_bp = 5000
	UPDATE OR REPLACE policy_version SET cap1_bp = 10000, cap2_bp = 10000; UPDATE tier_roster SET share_bp = 10000
	DELETE FROM policy_version
	DELETE FROM policy_version; UPDATE tier_roster SET share_bp = NULL
	INSERT INTO policy_version VALUES (0, 1, 'a', 'r', 't', 5000, 5000)
	INSERT INTO policy_version VALUES (9, 1, 'a', 'r', 't', 5000, 5000)
	INSERT INTO policy_version VALUES (-1, 1, 'a', 'r', 't', 5000, 5000); UPDATE tier_roster SET share_bp = 5000
	INSERT INTO policy_version VALUES (NULL, 1, 'a', 'r', 't', 99999, 3000)
	INSERT OR IGNORE INTO policy_version VALUES (NULL, 1, 'a', 'r', 't', -1, 99999)
	UPDATE tier_cap SET places = 99
	UPDATE active_base SET n = 1000
	SAVEPOINT s; UPDATE tier_roster SET members = M(1, 2, 9) WHERE tier = 1; RELEASE s
	BEGIN; UPDATE tier_roster SET members = M() WHERE tier = 1; UPDATE tier_roster SET members = M(9, 10, 11) WHERE tier = 1; COMMIT
	BEGIN; UPDATE book SET n_active = 0; UPDATE tier_roster SET members = M(1, 2, 9) WHERE tier = 1; COMMIT
	CREATE TEMP TABLE tier_roster AS SELECT * FROM main.tier_roster; UPDATE main.tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	CREATE TEMP TABLE book(id, n_active, as_of); INSERT INTO temp.book VALUES (1, 1000, 20000); UPDATE main.tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	CREATE TEMP VIEW tier_cap AS SELECT 1 AS tier, 99 AS places, 0 AS members; UPDATE main.tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	CREATE TEMP TABLE policy_version(version, cap1_bp, cap2_bp); INSERT INTO temp.policy_version VALUES (99, 10000, 10000); UPDATE main.tier_roster SET share_bp = 10000 WHERE tier = 1
	CREATE TEMP TABLE account AS SELECT * FROM main.account; INSERT INTO temp.account SELECT * FROM temp.account; UPDATE main.book SET n_active = 40
	CREATE TEMP TRIGGER t BEFORE UPDATE ON main.tier_roster BEGIN SELECT RAISE(IGNORE); END; UPDATE tier_roster SET members = M(1, 2, 9) WHERE tier = 1
	CREATE TEMP TRIGGER t AFTER UPDATE ON main.book BEGIN UPDATE tier_roster SET members = M(1, 2, 9) WHERE tier = 1; END; UPDATE book SET n_active = 20
	END
}

# Settings a client may choose; none of them may matter.
settings='
PRAGMA ignore_check_constraints = ON;
PRAGMA ignore_check_constraints = ON; PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA defer_foreign_keys = ON;'

push='UPDATE main.account_tier SET tier = 1 WHERE id = 9;
UPDATE OR IGNORE main.account_tier SET tier = 1 WHERE id = 10;
UPDATE main.account_tier SET tier = 2 WHERE id = 11;'

# What a tier may hold: its cap of the accounts that are active, by the newest policy,
# or what it held before.
judge="
WITH base(n) AS (SELECT count(*) FROM account, book WHERE book.id = 1
	AND ifnull(contract_start <= as_of, 1)
	AND NOT (ifnull(status, '') = 'churned' AND churned_on IS NULL)
	AND NOT ifnull(churned_on <= as_of, 0)),
policy AS (SELECT cap1_bp, cap2_bp FROM policy_version ORDER BY version DESC LIMIT 1)
SELECT 'tier 1 has ' || length(members) / 9 FROM tier_roster, base, policy
WHERE tier = 1 AND length(members) / 9.0 > max(2, cap1_bp * n / 10000)
UNION ALL
SELECT 'tier 2 has ' || length(members) / 9 FROM tier_roster, base, policy
WHERE tier = 2 AND length(members) / 9.0 > max(6, cap2_bp * n / 10000)
UNION ALL
SELECT 'tiers are ' || group_concat(tier) FROM tier_roster
HAVING group_concat(tier) IS NOT '1,2,3'
UNION ALL SELECT 'the caps are counted on ' || n_active FROM book, base WHERE n_active > n
UNION ALL SELECT 'a cap beyond all of the base' FROM policy WHERE max(cap1_bp, cap2_bp) > 10000
UNION ALL SELECT 'policies were changed' WHERE (SELECT cap1_bp FROM policy_version WHERE version = 1) IS NOT 1000;
PRAGMA integrity_check;"

hostile | awk '
	{ # M(1, 2) -> the blob of these members
		while (match($0, /M\([0-9, ]*\)/)) {
			n = split(substr($0, RSTART + 2, RLENGTH - 3), id, /, */)
			blob = ""
			for (i = 1; i <= n; i++)
				blob = blob sprintf("%08d,", id[i])
			$0 = substr($0, 1, RSTART - 1) "CAST(\047" blob "\047 AS BLOB)" \
				substr($0, RSTART + RLENGTH)
		}
		print
	}' >"$tmp/lines"

# attack BOOK: every line on a copy, under every setting; prints what got through.
attack()
{
	while IFS= read -r line; do
		echo "$settings" | while IFS= read -r setting; do
			cp "$1" "$tmp/copy"
			printf '%s\n' "$setting" "$line;" "$push" |
				sqlite3 "$tmp/copy" >/dev/null 2>&1 || :
			verdict=$(sqlite3 "$tmp/copy" "$judge" 2>&1) || :
			test "$verdict" = ok ||
				echo "$line [$setting]: $verdict" | tr '\n' ' '
			rm -f "$tmp/copy"*
		done
	done <"$2"
}

make_book "$tmp/book"
lines=$(wc -l <"$tmp/lines")
through=$(attack "$tmp/book" "$tmp/lines")
if [ -n "$through" ]; then
	echo "FAIL: $through"
	exit 1
fi
echo "$lines statements under 4 settings: none got through"

# The lines that only this trigger stops, by a word in them.
for pair in 'tier_roster_change:ceiling' 'tier_roster_insert:tier_roster VALUES' \
	'tier_roster_delete:DELETE FROM tier_roster' 'book_update:UPDATE book' \
	'book_insert:book VALUES' 'policy_version_insert:policy_version VALUES' \
	'policy_version_inserted:policy_version VALUES' \
	'policy_version_update:policy_version SET' 'account_leave:account SET' \
	'account_delete:DELETE FROM account' 'account_change:OR REPLACE account' \
	'account_insert:INTO account(.*churned'; do
	trigger=${pair%%:*}
	cp "$tmp/book" "$tmp/weak"
	sqlite3 "$tmp/weak" "DROP TRIGGER $trigger"
	grep "${pair#*:}" "$tmp/lines" >"$tmp/some"
	if [ -z "$(attack "$tmp/weak" "$tmp/some")" ]; then
		echo "FAIL: without the trigger $trigger nothing got through: no teeth"
		exit 1
	fi
	echo "without $trigger: seen"
done
