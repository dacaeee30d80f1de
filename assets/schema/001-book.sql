-- A tierdesk book, version 1.
--
-- Days are counted from 1970-01-01: date(day * 86400, 'unixepoch') shows one, and
-- unixepoch('2026-01-31') / 86400 makes one. Amounts are cents. NULL is "not known".
-- What people entered stands in plain rows, which any SQLite client may read and
-- change; the rules that must hold whoever writes are triggers that end in
-- RAISE(ABORT, 'tierdesk: ...'). Figures that tierdesk derives stand packed in blobs.

-- The base the caps are counted on: set with the tiers, lowered when accounts leave.
CREATE TABLE book (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	review_day INTEGER,                 -- day of the last applied review
	as_of INTEGER,                      -- day n_active was counted for
	n_active INTEGER NOT NULL CHECK (n_active >= 0), -- active accounts then, less those gone since
	last_id INTEGER NOT NULL            -- highest account id ever deleted: not given again
) STRICT;
INSERT INTO book VALUES (1, NULL, NULL, 0, 0);

CREATE TABLE csm (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,                 -- as accounts refer to it
	email TEXT,
	team TEXT,
	role TEXT,
	capacity REAL,                      -- share of a full book, 0..1; NULL: 1
	regions TEXT,                       -- separated by ';'; NULL: all
	segments TEXT,                      -- separated by ';'; NULL: all
	active_from INTEGER,                -- day: first working day
	active_until INTEGER                -- day: last working day
) STRICT;
CREATE UNIQUE INDEX csm_key ON csm(name);

CREATE TABLE account (
	id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 99999999), -- never changes, never given twice
	account_id TEXT NOT NULL,           -- the user's own number or code
	name TEXT,
	parent_id TEXT,                     -- account_id of the parent company
	segment TEXT,
	industry TEXT,
	region TEXT,
	csm INTEGER REFERENCES csm(id),     -- owner; NULL: in the pool
	arr INTEGER,                        -- cents a year
	currency TEXT,                      -- of arr; NULL: the base currency
	contract_start INTEGER,             -- day: first day as a customer
	renewal_date INTEGER,               -- day of the next renewal
	auto_renew INTEGER CHECK (auto_renew IN (0, 1)),
	status TEXT CHECK (status IN ('active', 'churned')), -- NULL: active
	churned_on INTEGER,                 -- day: first day no longer a customer
	churn_reason TEXT,
	growth REAL,                        -- expected yearly growth of arr, 0.4 for 40 %
	reference INTEGER CHECK (reference IN (0, 1)),
	marquee INTEGER CHECK (marquee IN (0, 1)),
	advocate INTEGER CHECK (advocate IN (0, 1)),
	parent_expansion INTEGER CHECK (parent_expansion IN (0, 1)), -- a way into the parent company
	complexity REAL,                    -- 0..100
	maturity REAL,                      -- 0..100
	stakeholders REAL,                  -- people to keep aligned
	seats_purchased REAL,
	features_available REAL,            -- features in the plan
	onboarding_started INTEGER,         -- day
	first_value_on INTEGER,             -- day
	tags TEXT                           -- separated by ';'
) STRICT;
CREATE UNIQUE INDEX account_key ON account(account_id);

CREATE TABLE contact (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	name TEXT,
	email TEXT,
	role TEXT CHECK (role IN ('user', 'champion', 'sponsor', 'billing')),
	since INTEGER,                      -- day: in the role from here; NULL: always
	left_on INTEGER                     -- day: no longer there from here
) STRICT;
CREATE INDEX contact_key ON contact(account, name, email, role);

CREATE TABLE ticket (
	id INTEGER PRIMARY KEY,
	ticket_id TEXT NOT NULL,            -- number in the support system
	account INTEGER NOT NULL REFERENCES account(id),
	opened_on INTEGER NOT NULL,         -- day
	closed_on INTEGER,                  -- day
	severity TEXT,
	root_cause TEXT,
	csat REAL                           -- satisfaction with the answer, 1..5
) STRICT;
CREATE UNIQUE INDEX ticket_key ON ticket(ticket_id);
CREATE INDEX ticket_account ON ticket(account);
CREATE INDEX ticket_day ON ticket(opened_on);

CREATE TABLE survey (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day of the answer
	kind TEXT NOT NULL CHECK (kind IN ('nps', 'csat', 'ces', 'exit')),
	score REAL,                         -- nps 0..10, csat 1..5, ces 1..7
	comment TEXT
) STRICT;
CREATE INDEX survey_key ON survey(account, date);

CREATE TABLE touch (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day
	kind TEXT,                          -- call, mail, meeting ...
	two_way INTEGER CHECK (two_way IN (0, 1)), -- the customer answered
	purpose TEXT,
	outcome TEXT,
	minutes REAL,
	actor TEXT                          -- who of us
) STRICT;
CREATE INDEX touch_key ON touch(account, date);

CREATE TABLE contract (
	id INTEGER PRIMARY KEY,
	contract_id TEXT NOT NULL,
	account INTEGER NOT NULL REFERENCES account(id),
	start INTEGER NOT NULL,             -- day
	"end" INTEGER,                      -- day: first day no longer running; NULL: open
	arr INTEGER NOT NULL,               -- cents a year
	currency TEXT,                      -- of arr; NULL: the base currency
	auto_renew INTEGER CHECK (auto_renew IN (0, 1)),
	status TEXT                         -- in the billing system
) STRICT;
CREATE UNIQUE INDEX contract_key ON contract(contract_id);
CREATE INDEX contract_account ON contract(account);

CREATE TABLE movement (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day
	kind TEXT NOT NULL CHECK (kind IN ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
	arr_delta INTEGER NOT NULL,         -- cents a year; losses are negative
	currency TEXT                       -- of arr_delta; NULL: the base currency
) STRICT;
CREATE INDEX movement_key ON movement(account, date);

CREATE TABLE tier_lock (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	until INTEGER NOT NULL,             -- day: last day of the lock
	reason TEXT NOT NULL,
	actor TEXT                          -- who set it
) STRICT;
CREATE UNIQUE INDEX tier_lock_key ON tier_lock(account);

-- Signals: measurements of a kind, packed in blocks of neighbouring days per part. A
-- part is a run of 4096 account ids: (id - 1) >> 12.
CREATE TABLE signal_kind (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX signal_kind_key ON signal_kind(name);
INSERT INTO signal_kind VALUES -- the kinds that the rules read
	(1, 'active_days'), (2, 'logins'), (3, 'features_used'), (4, 'seats_active'),
	(5, 'tickets_90d'), (6, 'nps'), (7, 'csat'), (8, 'pulse');

CREATE TABLE signal_block (
	kind INTEGER NOT NULL REFERENCES signal_kind(id),
	part INTEGER NOT NULL,
	seq INTEGER NOT NULL,               -- order of the blocks within kind and part
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL,
	n INTEGER NOT NULL,                 -- values in it
	data BLOB NOT NULL,
	PRIMARY KEY (kind, part, seq)
) STRICT;

CREATE TABLE signal_latest ( -- the newest value of each account, from the blocks
	kind INTEGER NOT NULL,
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (kind, part)
) STRICT;

CREATE TABLE currency ( -- codes that the mirror refers to by number
	id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 255),
	code TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX currency_key ON currency(code);

-- Columns of the tables above, packed for the rules. source: 0 account, 2 contact,
-- 4 ticket, 5 survey, 6 touch, 7 contract, 8 movement. What is missing is made anew.
CREATE TABLE mirror (
	source INTEGER NOT NULL,
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (source, part)
) STRICT;

-- What a recalculation found out about every account, one row per day and part, which
-- is a run of 1024 account ids here: (id - 1) >> 10.
CREATE TABLE snapshot_day (
	day INTEGER PRIMARY KEY,
	policy_version INTEGER NOT NULL
) STRICT;
CREATE TABLE snapshot (
	day INTEGER NOT NULL REFERENCES snapshot_day(day),
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (day, part)
) STRICT;

-- The policy (weights, curves, caps) as it was applied, never changed afterwards.
CREATE TABLE policy_version (
	version INTEGER PRIMARY KEY,        -- 1, 2, 3 ...
	at INTEGER NOT NULL,                -- UTC seconds
	author TEXT NOT NULL,
	reason TEXT NOT NULL,
	text TEXT NOT NULL,                 -- the INI file
	cap1_bp INTEGER NOT NULL,           -- share of tier 1, hundredths of a percent
	cap2_bp INTEGER NOT NULL
) STRICT;

-- Who is in which tier. members: nine bytes per account, its id in eight digits and a
-- comma, so that the length is the count and the CHECK is the cap.
CREATE TABLE tier_roster (
	tier INTEGER PRIMARY KEY CHECK (tier IN (1, 2, 3)),
	share_bp INTEGER NOT NULL,          -- of the active base, hundredths of a percent
	ceiling INTEGER NOT NULL,           -- the members may not become more than these
	members BLOB NOT NULL CHECK (length(members) % 9 = 0),
	CHECK (length(members) <= 9 * ceiling)
) STRICT;
INSERT INTO tier_roster VALUES (1, 1000, 1, x''), (2, 3000, 1, x''), (3, 10000, 99999999, x'');

CREATE TABLE tier_state ( -- packed per part: tier, in it since, streaks
	part INTEGER PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;

CREATE TABLE review (
	id INTEGER PRIMARY KEY,
	as_of INTEGER NOT NULL,             -- day
	at INTEGER NOT NULL,                -- UTC seconds
	actor TEXT NOT NULL,
	policy_version INTEGER NOT NULL,
	active INTEGER NOT NULL,            -- accounts in the base
	moves INTEGER NOT NULL
) STRICT;
CREATE TABLE review_moves ( -- packed per part, in the order of the review
	review INTEGER NOT NULL REFERENCES review(id),
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (review, part)
) STRICT;

-- Views for people ----------------------------------------------------------------

CREATE VIEW tier_cap(tier, places, members) AS
SELECT tier,
	CASE WHEN share_bp >= 10000 THEN 99999999
		ELSE max(1, share_bp * n_active / 10000) END,
	length(members) / 9
FROM tier_roster, book;

-- Accounts that are active on book.as_of. One look at each: it is asked for when a review
-- is applied, and indexes for it would cost every import more.
CREATE VIEW active_base(n) AS
SELECT count(*) FROM account, book
WHERE (contract_start IS NULL OR contract_start <= as_of)
	AND CASE WHEN churned_on IS NULL THEN status IS NOT 'churned' ELSE churned_on > as_of END;

-- UPDATE account_tier SET tier = 2 WHERE account_id = 'A-17' moves an account.
CREATE VIEW account_tier(id, account_id, name, tier) AS
WITH member(id, tier) AS (
	SELECT CAST(j.value AS INTEGER), tier
	FROM tier_roster,
		json_each('["' || replace(rtrim(CAST(members AS TEXT), ','), ',', '","') || '"]') j
)
SELECT account.id, account_id, name, min(member.tier)
FROM account LEFT JOIN member ON member.id = account.id
GROUP BY account.id;

CREATE VIEW account_dates AS
SELECT account_id, name,
	date(contract_start * 86400, 'unixepoch') AS contract_start,
	date(renewal_date * 86400, 'unixepoch') AS renewal_date,
	date(churned_on * 86400, 'unixepoch') AS churned_on,
	arr / 100.0 AS arr, currency
FROM account;

-- Rules of the tiers --------------------------------------------------------------
-- They hold for any statement of any client, whatever its PRAGMAs say: no rule leans
-- on a CHECK, a foreign key, or on what a REPLACE deletes. Triggers on UPDATE name no
-- columns, since "SET rowid = ..." would slip past such a list.

CREATE TRIGGER book_insert BEFORE INSERT ON book BEGIN
	SELECT RAISE(ABORT, 'tierdesk: book has one row');
END;
CREATE TRIGGER book_delete BEFORE DELETE ON book BEGIN
	SELECT RAISE(ABORT, 'tierdesk: book has one row');
END;
CREATE TRIGGER book_update AFTER UPDATE ON book BEGIN
	SELECT RAISE(ABORT, 'tierdesk: book has one row') WHERE NEW.id IS NOT 1;
	SELECT RAISE(ABORT, 'tierdesk: last_id may only grow') WHERE NEW.last_id < OLD.last_id;
	SELECT RAISE(ABORT, 'tierdesk: n_active is more than the accounts active on as_of')
	WHERE (NEW.n_active > OLD.n_active OR NEW.as_of IS NOT OLD.as_of)
		AND NEW.n_active > 0
		AND (NEW.as_of IS NULL OR NEW.n_active > (SELECT n FROM active_base));
	-- Ceilings rise here; they fall when their roster is written next. Until then the
	-- trigger tier_roster_change counts with the lower number.
	UPDATE tier_roster SET ceiling = (SELECT max(places, members) FROM tier_cap c
		WHERE c.tier = tier_roster.tier)
	WHERE NEW.n_active > OLD.n_active AND tier < 3;
END;

CREATE TRIGGER tier_roster_insert BEFORE INSERT ON tier_roster BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there are three tiers');
END;
CREATE TRIGGER tier_roster_delete BEFORE DELETE ON tier_roster BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there are three tiers');
END;
CREATE TRIGGER tier_roster_change BEFORE UPDATE ON tier_roster BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there are three tiers') WHERE NEW.tier IS NOT OLD.tier;
	SELECT RAISE(ABORT, 'tierdesk: members takes nine bytes per account: printf(''%08d,'', id)')
	WHERE typeof(NEW.members) IS NOT 'blob' OR length(NEW.members) % 9 <> 0;
	SELECT RAISE(ABORT, 'tierdesk: share_bp follows the newest policy_version')
	WHERE NEW.share_bp IS NOT OLD.share_bp AND (NEW.tier = 3 OR NEW.share_bp IS NOT (
		SELECT CASE NEW.tier WHEN 1 THEN cap1_bp ELSE cap2_bp END
		FROM policy_version ORDER BY version DESC LIMIT 1));
	SELECT RAISE(ABORT, 'tierdesk: the tier is full: demote an account first')
	FROM tier_cap WHERE tier = OLD.tier
		AND length(NEW.members) > length(OLD.members) AND length(NEW.members) > 9 * places;
	SELECT RAISE(ABORT, 'tierdesk: the ceiling follows the cap')
	FROM tier_cap WHERE tier = OLD.tier AND NEW.ceiling IS NOT OLD.ceiling
		AND (NEW.ceiling > max(places, length(NEW.members) / 9)
			OR NEW.ceiling < length(NEW.members) / 9);
END;
-- A tier over its cap that shrinks takes its ceiling along.
CREATE TRIGGER tier_roster_update AFTER UPDATE ON tier_roster BEGIN
	UPDATE tier_roster SET ceiling = (SELECT max(places, members) FROM tier_cap
		WHERE tier = NEW.tier)
	WHERE tier = NEW.tier
		AND ceiling > (SELECT max(places, members) FROM tier_cap WHERE tier = NEW.tier);
END;

CREATE TRIGGER policy_version_insert BEFORE INSERT ON policy_version
WHEN EXISTS (SELECT 1 FROM policy_version WHERE version = NEW.version) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions are never changed');
END;
CREATE TRIGGER policy_version_inserted AFTER INSERT ON policy_version BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions count 1, 2, 3 ...')
	WHERE NEW.version IS NOT (SELECT count(*) FROM policy_version);
	SELECT RAISE(ABORT, 'tierdesk: a cap is 0..10000 hundredths of a percent')
	WHERE NOT (NEW.cap1_bp BETWEEN 0 AND 10000 AND NEW.cap2_bp BETWEEN 0 AND 10000);
	UPDATE tier_roster SET share_bp = CASE tier WHEN 1 THEN NEW.cap1_bp ELSE NEW.cap2_bp END
	WHERE tier < 3;
	UPDATE tier_roster SET ceiling = (SELECT max(places, members) FROM tier_cap c
		WHERE c.tier = tier_roster.tier)
	WHERE tier < 3;
END;
CREATE TRIGGER policy_version_update BEFORE UPDATE ON policy_version BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions are never changed');
END;
CREATE TRIGGER policy_version_delete BEFORE DELETE ON policy_version BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions are never changed');
END;

CREATE TRIGGER account_tier_update INSTEAD OF UPDATE ON account_tier BEGIN
	SELECT RAISE(ABORT, 'tierdesk: only tier can be changed here, to 1, 2 or 3')
	WHERE NEW.id IS NOT OLD.id OR NEW.account_id IS NOT OLD.account_id
		OR NEW.name IS NOT OLD.name OR NEW.tier IS NULL OR NEW.tier NOT IN (1, 2, 3);
	UPDATE tier_roster
	SET members = CAST(replace(members, printf('%08d,', OLD.id), '') AS BLOB)
	WHERE tier = OLD.tier AND tier <> NEW.tier;
	UPDATE tier_roster SET members = CAST(members || printf('%08d,', OLD.id) AS BLOB)
	WHERE tier = NEW.tier AND OLD.tier IS NOT NEW.tier;
END;

-- Accounts ------------------------------------------------------------------------

CREATE TRIGGER account_insert BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account WHERE id = NEW.id OR account_id = NEW.account_id) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: this account exists: UPDATE it');
END;
CREATE TRIGGER account_inserted AFTER INSERT ON account BEGIN
	SELECT RAISE(ABORT, 'tierdesk: ids up to book.last_id were in use: give a higher one')
	FROM book WHERE NEW.id <= last_id;
	DELETE FROM mirror WHERE source = 0 AND part = ((NEW.id - 1) >> 12);
END;
CREATE TRIGGER account_change BEFORE UPDATE ON account
WHEN NEW.id IS NOT OLD.id OR NEW.account_id IS NOT OLD.account_id BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the id of an account never changes')
	WHERE NEW.id IS NOT OLD.id;
	SELECT RAISE(ABORT, 'tierdesk: another account has this account_id')
	WHERE EXISTS (SELECT 1 FROM account WHERE account_id = NEW.account_id AND id <> OLD.id);
END;
CREATE TRIGGER account_update AFTER UPDATE ON account BEGIN
	DELETE FROM mirror WHERE source = 0 AND part = ((NEW.id - 1) >> 12);
END;
-- An account that leaves the base makes it smaller. That never fails: a tier that is
-- over its cap then can only shrink, and the next review mends it.
CREATE TRIGGER account_leave AFTER UPDATE ON account
WHEN (NEW.status IS NOT OLD.status OR NEW.churned_on IS NOT OLD.churned_on
		OR NEW.contract_start IS NOT OLD.contract_start)
	AND (SELECT n_active > 0
		AND (OLD.contract_start IS NULL OR OLD.contract_start <= as_of)
		AND CASE WHEN OLD.churned_on IS NULL THEN OLD.status IS NOT 'churned'
			ELSE OLD.churned_on > as_of END
		AND NOT ((NEW.contract_start IS NULL OR NEW.contract_start <= as_of)
			AND CASE WHEN NEW.churned_on IS NULL THEN NEW.status IS NOT 'churned'
				ELSE NEW.churned_on > as_of END)
		FROM book) BEGIN
	UPDATE book SET n_active = n_active - 1;
END;
CREATE TRIGGER account_delete AFTER DELETE ON account BEGIN
	DELETE FROM mirror WHERE source = 0 AND part = ((OLD.id - 1) >> 12);
	UPDATE book SET last_id = max(last_id, OLD.id),
		n_active = n_active - (n_active > 0
			AND (OLD.contract_start IS NULL OR OLD.contract_start <= as_of)
			AND CASE WHEN OLD.churned_on IS NULL THEN OLD.status IS NOT 'churned'
				ELSE OLD.churned_on > as_of END);
END;

-- A changed row makes the mirror of its part stale, and so does a row that a REPLACE
-- pushes out.

CREATE TRIGGER contact_insert BEFORE INSERT ON contact BEGIN
	DELETE FROM mirror WHERE source = 2 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contact WHERE id = NEW.id);
END;
CREATE TRIGGER contact_update BEFORE UPDATE ON contact BEGIN
	DELETE FROM mirror WHERE source = 2 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contact WHERE id = NEW.id);
END;
CREATE TRIGGER contact_delete AFTER DELETE ON contact BEGIN
	DELETE FROM mirror WHERE source = 2 AND part = ((OLD.account - 1) >> 12);
END;

CREATE TRIGGER ticket_insert BEFORE INSERT ON ticket BEGIN
	DELETE FROM mirror WHERE source = 4 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM ticket
		WHERE id = NEW.id OR ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_update BEFORE UPDATE ON ticket BEGIN
	DELETE FROM mirror WHERE source = 4 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM ticket
		WHERE id = NEW.id OR ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_delete AFTER DELETE ON ticket BEGIN
	DELETE FROM mirror WHERE source = 4 AND part = ((OLD.account - 1) >> 12);
END;

CREATE TRIGGER survey_insert BEFORE INSERT ON survey BEGIN
	DELETE FROM mirror WHERE source = 5 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM survey WHERE id = NEW.id);
END;
CREATE TRIGGER survey_update BEFORE UPDATE ON survey BEGIN
	DELETE FROM mirror WHERE source = 5 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM survey WHERE id = NEW.id);
END;
CREATE TRIGGER survey_delete AFTER DELETE ON survey BEGIN
	DELETE FROM mirror WHERE source = 5 AND part = ((OLD.account - 1) >> 12);
END;

CREATE TRIGGER touch_insert BEFORE INSERT ON touch BEGIN
	DELETE FROM mirror WHERE source = 6 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM touch WHERE id = NEW.id);
END;
CREATE TRIGGER touch_update BEFORE UPDATE ON touch BEGIN
	DELETE FROM mirror WHERE source = 6 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM touch WHERE id = NEW.id);
END;
CREATE TRIGGER touch_delete AFTER DELETE ON touch BEGIN
	DELETE FROM mirror WHERE source = 6 AND part = ((OLD.account - 1) >> 12);
END;

CREATE TRIGGER contract_insert BEFORE INSERT ON contract BEGIN
	DELETE FROM mirror WHERE source = 7 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contract
		WHERE id = NEW.id OR contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_update BEFORE UPDATE ON contract BEGIN
	DELETE FROM mirror WHERE source = 7 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contract
		WHERE id = NEW.id OR contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_delete AFTER DELETE ON contract BEGIN
	DELETE FROM mirror WHERE source = 7 AND part = ((OLD.account - 1) >> 12);
END;

CREATE TRIGGER movement_insert BEFORE INSERT ON movement BEGIN
	DELETE FROM mirror WHERE source = 8 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM movement WHERE id = NEW.id);
END;
CREATE TRIGGER movement_update BEFORE UPDATE ON movement BEGIN
	DELETE FROM mirror WHERE source = 8 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM movement WHERE id = NEW.id);
END;
CREATE TRIGGER movement_delete AFTER DELETE ON movement BEGIN
	DELETE FROM mirror WHERE source = 8 AND part = ((OLD.account - 1) >> 12);
END;
