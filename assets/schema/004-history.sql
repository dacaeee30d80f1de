-- A tierdesk book, version 4: the history of everything. What is done in one go, by
-- hand, by an import, a review, a policy or by another program, is one operation.

ALTER TABLE operation ADD COLUMN kind TEXT NOT NULL DEFAULT 'hand'
	CHECK (kind IN ('hand', 'import', 'review', 'policy', 'recalc', 'restore', 'sql'));
ALTER TABLE operation ADD COLUMN subject INTEGER; -- number of the review, the policy version
ALTER TABLE operation ADD COLUMN backup TEXT;     -- file beside the book: how it was before

DROP VIEW history;
CREATE VIEW history AS
SELECT o.id AS operation, datetime(at, 'unixepoch') AS at, actor, o.kind AS what, step, title,
	reason, c.kind, row, account_id, before, after
FROM operation o LEFT JOIN operation_change c ON c.operation = o.id
	LEFT JOIN account ON account.id = c.account;

-- What an operation made of the tiers, packed: who was where, and where they are then.
CREATE TABLE operation_tiers (
	operation INTEGER PRIMARY KEY REFERENCES operation(id) DEFERRABLE INITIALLY DEFERRED,
	review_before INTEGER,              -- book.review_day
	review_after INTEGER,
	data BLOB NOT NULL
) STRICT;
CREATE TRIGGER operation_tiers_insert BEFORE INSERT ON operation_tiers
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_tiers WHERE operation = NEW.operation) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_tiers_update BEFORE UPDATE ON operation_tiers BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_tiers_delete BEFORE DELETE ON operation_tiers BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- An account that an undone import had brought comes back under its own id.
DROP TRIGGER account_inserted;
CREATE TRIGGER account_inserted AFTER INSERT ON account BEGIN
	SELECT RAISE(ABORT, 'tierdesk: ids up to book.last_id were in use: give a higher one')
	FROM book WHERE NEW.id <= last_id AND ((SELECT own FROM writer) IS NOT 1
		OR NOT EXISTS (SELECT 1 FROM operation_change
			WHERE kind = 'account' AND row = NEW.id AND after IS NULL));
	DELETE FROM mirror WHERE source IN (0, 100, 101) AND part = ((NEW.id - 1) >> 12);
END;

-- Other programs ----------------------------------------------------------------------
-- tierdesk writes its entries itself, and says so in here for as long as its transaction
-- lasts. What anybody else changes is told by triggers, whatever their PRAGMAs say: a
-- REPLACE tells of the rows that it pushes out, too.

CREATE TABLE writer (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	own INTEGER NOT NULL,               -- 1: tierdesk is writing
	operation INTEGER NOT NULL,         -- of other programs: the newest one
	at INTEGER NOT NULL                 -- its last change, UTC seconds
) STRICT;
INSERT INTO writer VALUES (1, 0, 0, 0);
CREATE TRIGGER writer_insert BEFORE INSERT ON writer BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there is one writer');
END;
CREATE TRIGGER writer_delete BEFORE DELETE ON writer BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there is one writer');
END;
CREATE TRIGGER writer_update AFTER UPDATE ON writer WHEN NEW.id IS NOT 1 BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there is one writer');
END;

-- Fields of rows on their way into the history, and, for the rows that a REPLACE may push
-- out, what is kept from the trigger before it to the one after it.
CREATE TABLE told (
	row INTEGER NOT NULL,
	account INTEGER,
	name TEXT NOT NULL,
	was ANY,
	becomes ANY
) STRICT;
CREATE TABLE field (kind TEXT NOT NULL, name TEXT NOT NULL) STRICT; -- columns of the tables

-- Their values as JSON, without the functions for that, which trusted_schema forbids.
CREATE VIEW spelled(row, name, was, becomes) AS
WITH value(row, name, side, x) AS (
	SELECT row, name, 0, was FROM told WHERE was IS NOT becomes
	UNION ALL SELECT row, name, 1, becomes FROM told WHERE was IS NOT becomes
), text(row, name, side, x) AS (
	SELECT row, name, side, CASE typeof(x)
		WHEN 'text' THEN replace(replace(iif(instr(x, char(0)),
			substr(x, 1, instr(x, char(0)) - 1), x), '\', '\\'), '"', '\"')
		WHEN 'real' THEN CASE x WHEN 9e999 THEN '9e999' WHEN -9e999 THEN '-9e999'
			ELSE CAST(x AS TEXT) END
		ELSE ifnull(CAST(x AS TEXT), 'null') END
	FROM value
), safe(row, name, side, x) AS (
	SELECT row, name, side, iif(x GLOB '*[' || char(1) || '-' || char(31) || ']*', (
		WITH RECURSIVE c(i, y) AS (SELECT 1, x
			UNION ALL SELECT i + 1, replace(y, char(i), printf('\u%04x', i))
			FROM c WHERE i < 32)
		SELECT y FROM c WHERE i = 32), x)
	FROM text
)
SELECT t.row, t.name,
	iif(typeof(t.was) = 'text', '"' || a.x || '"', a.x),
	iif(typeof(t.becomes) = 'text', '"' || b.x || '"', b.x)
FROM told t JOIN safe a ON a.row = t.row AND a.name = t.name AND a.side = 0
	JOIN safe b ON b.row = t.row AND b.name = t.name AND b.side = 1;

-- Rows of which the history says last that they are gone.
CREATE VIEW told_gone(kind, row) AS
SELECT kind, row FROM operation_change c
WHERE after IS NULL AND NOT EXISTS (SELECT 1 FROM operation_change d
	WHERE d.kind = c.kind AND d.row = c.row
		AND (d.operation, d.seq) > (c.operation, c.seq));

-- An INSERT in here tells of the row whose fields are in told: whether it was there, and
-- whether it is. Changes that follow within two seconds are one operation.
CREATE VIEW outside(kind, row, account, was, stays) AS
SELECT kind, row, account, 0, 0 FROM operation_change WHERE 0;
CREATE TRIGGER outside_insert INSTEAD OF INSERT ON outside
WHEN EXISTS (SELECT 1 FROM told WHERE row = NEW.row AND was IS NOT becomes) BEGIN
	UPDATE writer SET operation = (SELECT coalesce(max(id), 0) + 1 FROM operation)
	WHERE at < unixepoch() - 2 OR operation IS NOT (SELECT max(id) FROM operation);
	UPDATE writer SET at = unixepoch();
	INSERT INTO operation(id, at, actor, step, title, changes, kind)
	SELECT operation, at, 'sql', 'change', 'another program: ' || CASE
		WHEN NOT NEW.was THEN 'add to ' WHEN NOT NEW.stays THEN 'remove from '
		ELSE 'change ' END || NEW.kind, 0, 'sql'
	FROM writer WHERE operation IS NOT (SELECT max(id) FROM operation);
	INSERT INTO operation_change
	SELECT operation, (SELECT coalesce(max(seq), 0) + 1 FROM operation_change c
		WHERE c.operation = writer.operation), NEW.kind, NEW.row, NEW.account,
		iif(NEW.was, (SELECT '{' || group_concat('"' || name || '":' || was) || '}'
			FROM spelled WHERE row = NEW.row), NULL),
		iif(NEW.stays, (SELECT '{' || group_concat('"' || name || '":' || becomes) || '}'
			FROM spelled WHERE row = NEW.row), NULL)
	FROM writer;
	DELETE FROM told WHERE row = NEW.row;
END;
CREATE TRIGGER outside_same INSTEAD OF INSERT ON outside
WHEN NOT EXISTS (SELECT 1 FROM told WHERE row = NEW.row AND was IS NOT becomes) BEGIN
	DELETE FROM told WHERE row = NEW.row;
END;
DROP TRIGGER operation_change_insert;
CREATE TRIGGER operation_change_insert BEFORE INSERT ON operation_change
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation AND kind <> 'sql')
	OR EXISTS (SELECT 1 FROM operation WHERE id > NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_change
		WHERE operation = NEW.operation AND seq >= NEW.seq) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- Moves between tiers: by account_tier each with where it came from, by the lists
-- themselves who left one and who came into one.
DROP TRIGGER account_tier_update;
CREATE TRIGGER account_tier_update INSTEAD OF UPDATE ON account_tier BEGIN
	SELECT RAISE(ABORT, 'tierdesk: only tier can be changed here, to 1, 2 or 3')
	WHERE NEW.id IS NOT OLD.id OR NEW.account_id IS NOT OLD.account_id
		OR NEW.name IS NOT OLD.name OR NEW.tier IS NULL OR NEW.tier NOT IN (1, 2, 3);
	UPDATE writer SET own = own + 2;
	UPDATE tier_roster
	SET members = CAST(replace(members, printf('%08d,', OLD.id), '') AS BLOB)
	WHERE tier = OLD.tier AND tier <> NEW.tier;
	UPDATE tier_roster SET members = CAST(members || printf('%08d,', OLD.id) AS BLOB)
	WHERE tier = NEW.tier AND OLD.tier IS NOT NEW.tier;
	UPDATE writer SET own = own - 2;
	DELETE FROM told;
	INSERT INTO told SELECT OLD.id, OLD.id, 'tier', OLD.tier, NEW.tier
	WHERE OLD.tier IS NOT NEW.tier AND (SELECT own FROM writer) IS NOT 1;
	INSERT INTO outside VALUES ('account', OLD.id, OLD.id, 1, 1);
END;
CREATE TRIGGER tier_roster_history AFTER UPDATE ON tier_roster
WHEN (SELECT own FROM writer) IS 0 AND NEW.members <> OLD.members BEGIN
	DELETE FROM told;
	INSERT INTO told
	WITH was(list) AS (
		SELECT '["' || replace(rtrim(CAST(OLD.members AS TEXT), ','), ',', '","') || '"]'
	), is_now(list) AS (
		SELECT '["' || replace(rtrim(CAST(NEW.members AS TEXT), ','), ',', '","') || '"]'
	), gone(id) AS (
		SELECT CAST(j.value AS INTEGER) FROM was, json_each(list) j
		EXCEPT SELECT CAST(j.value AS INTEGER) FROM is_now, json_each(list) j
	), come(id) AS (
		SELECT CAST(j.value AS INTEGER) FROM is_now, json_each(list) j
		EXCEPT SELECT CAST(j.value AS INTEGER) FROM was, json_each(list) j
	)
	SELECT id, id, 'tier', NEW.tier, NULL FROM gone WHERE id > 0
	UNION ALL SELECT id, id, 'tier', NULL, NEW.tier FROM come WHERE id > 0;
	INSERT INTO outside SELECT 'account', row, account, 1, 1 FROM told GROUP BY row;
	DELETE FROM told;
END;

-- A policy that another program sets is an operation like any other.
CREATE TRIGGER policy_version_history AFTER INSERT ON policy_version
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO operation(id, at, actor, step, title, reason, changes, kind, subject)
	SELECT (SELECT coalesce(max(id), 0) + 1 FROM operation), unixepoch(), 'sql', 'change',
		'another program: policy version ' || NEW.version, NEW.reason, 0, 'policy',
		NEW.version;
END;

-- One set of triggers for each table that people edit, the columns as they stand there.

-- Rows that a REPLACE pushes out are told field by field.
INSERT INTO field VALUES
	('csm', 'name'), ('csm', 'email'), ('csm', 'team'), ('csm', 'role'),
	('csm', 'capacity'), ('csm', 'regions'), ('csm', 'segments'), ('csm', 'active_from'),
	('csm', 'active_until'), ('contact', 'account'), ('contact', 'name'),
	('contact', 'email'), ('contact', 'role'), ('contact', 'since'), ('contact', 'left_on'),
	('ticket', 'ticket_id'), ('ticket', 'account'), ('ticket', 'opened_on'),
	('ticket', 'closed_on'), ('ticket', 'severity'), ('ticket', 'root_cause'),
	('ticket', 'csat'), ('survey', 'account'), ('survey', 'date'), ('survey', 'kind'),
	('survey', 'score'), ('survey', 'comment'), ('touch', 'account'), ('touch', 'date'),
	('touch', 'kind'), ('touch', 'two_way'), ('touch', 'purpose'), ('touch', 'outcome'),
	('touch', 'minutes'), ('touch', 'actor');

CREATE TRIGGER account_history_inserted AFTER INSERT ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.id, 'account_id', NULL, NEW.account_id),
		(NEW.id, NEW.id, 'name', NULL, NEW.name),
		(NEW.id, NEW.id, 'parent_id', NULL, NEW.parent_id),
		(NEW.id, NEW.id, 'segment', NULL, NEW.segment),
		(NEW.id, NEW.id, 'industry', NULL, NEW.industry),
		(NEW.id, NEW.id, 'region', NULL, NEW.region),
		(NEW.id, NEW.id, 'csm', NULL, NEW.csm), (NEW.id, NEW.id, 'arr', NULL, NEW.arr),
		(NEW.id, NEW.id, 'currency', NULL, NEW.currency),
		(NEW.id, NEW.id, 'contract_start', NULL, NEW.contract_start),
		(NEW.id, NEW.id, 'renewal_date', NULL, NEW.renewal_date),
		(NEW.id, NEW.id, 'auto_renew', NULL, NEW.auto_renew),
		(NEW.id, NEW.id, 'status', NULL, NEW.status),
		(NEW.id, NEW.id, 'churned_on', NULL, NEW.churned_on),
		(NEW.id, NEW.id, 'churn_reason', NULL, NEW.churn_reason),
		(NEW.id, NEW.id, 'growth', NULL, NEW.growth),
		(NEW.id, NEW.id, 'reference', NULL, NEW.reference),
		(NEW.id, NEW.id, 'marquee', NULL, NEW.marquee),
		(NEW.id, NEW.id, 'advocate', NULL, NEW.advocate),
		(NEW.id, NEW.id, 'parent_expansion', NULL, NEW.parent_expansion),
		(NEW.id, NEW.id, 'complexity', NULL, NEW.complexity),
		(NEW.id, NEW.id, 'maturity', NULL, NEW.maturity),
		(NEW.id, NEW.id, 'stakeholders', NULL, NEW.stakeholders),
		(NEW.id, NEW.id, 'seats_purchased', NULL, NEW.seats_purchased),
		(NEW.id, NEW.id, 'features_available', NULL, NEW.features_available),
		(NEW.id, NEW.id, 'onboarding_started', NULL, NEW.onboarding_started),
		(NEW.id, NEW.id, 'first_value_on', NULL, NEW.first_value_on),
		(NEW.id, NEW.id, 'tags', NULL, NEW.tags);
	INSERT INTO outside VALUES ('account', NEW.id, NEW.id, 0, 1);
END;
CREATE TRIGGER account_history_updated AFTER UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.id, 'account_id', OLD.account_id, NEW.account_id),
		(NEW.id, NEW.id, 'name', OLD.name, NEW.name),
		(NEW.id, NEW.id, 'parent_id', OLD.parent_id, NEW.parent_id),
		(NEW.id, NEW.id, 'segment', OLD.segment, NEW.segment),
		(NEW.id, NEW.id, 'industry', OLD.industry, NEW.industry),
		(NEW.id, NEW.id, 'region', OLD.region, NEW.region),
		(NEW.id, NEW.id, 'csm', OLD.csm, NEW.csm),
		(NEW.id, NEW.id, 'arr', OLD.arr, NEW.arr),
		(NEW.id, NEW.id, 'currency', OLD.currency, NEW.currency),
		(NEW.id, NEW.id, 'contract_start', OLD.contract_start, NEW.contract_start),
		(NEW.id, NEW.id, 'renewal_date', OLD.renewal_date, NEW.renewal_date),
		(NEW.id, NEW.id, 'auto_renew', OLD.auto_renew, NEW.auto_renew),
		(NEW.id, NEW.id, 'status', OLD.status, NEW.status),
		(NEW.id, NEW.id, 'churned_on', OLD.churned_on, NEW.churned_on),
		(NEW.id, NEW.id, 'churn_reason', OLD.churn_reason, NEW.churn_reason),
		(NEW.id, NEW.id, 'growth', OLD.growth, NEW.growth),
		(NEW.id, NEW.id, 'reference', OLD.reference, NEW.reference),
		(NEW.id, NEW.id, 'marquee', OLD.marquee, NEW.marquee),
		(NEW.id, NEW.id, 'advocate', OLD.advocate, NEW.advocate),
		(NEW.id, NEW.id, 'parent_expansion', OLD.parent_expansion, NEW.parent_expansion),
		(NEW.id, NEW.id, 'complexity', OLD.complexity, NEW.complexity),
		(NEW.id, NEW.id, 'maturity', OLD.maturity, NEW.maturity),
		(NEW.id, NEW.id, 'stakeholders', OLD.stakeholders, NEW.stakeholders),
		(NEW.id, NEW.id, 'seats_purchased', OLD.seats_purchased, NEW.seats_purchased),
		(NEW.id, NEW.id, 'features_available', OLD.features_available, NEW.features_available),
		(NEW.id, NEW.id, 'onboarding_started', OLD.onboarding_started, NEW.onboarding_started),
		(NEW.id, NEW.id, 'first_value_on', OLD.first_value_on, NEW.first_value_on),
		(NEW.id, NEW.id, 'tags', OLD.tags, NEW.tags);
	INSERT INTO outside VALUES ('account', NEW.id, NEW.id, 1, 1);
END;
CREATE TRIGGER account_history_delete AFTER DELETE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.id, 'account_id', OLD.account_id, NULL),
		(OLD.id, OLD.id, 'name', OLD.name, NULL),
		(OLD.id, OLD.id, 'parent_id', OLD.parent_id, NULL),
		(OLD.id, OLD.id, 'segment', OLD.segment, NULL),
		(OLD.id, OLD.id, 'industry', OLD.industry, NULL),
		(OLD.id, OLD.id, 'region', OLD.region, NULL),
		(OLD.id, OLD.id, 'csm', OLD.csm, NULL), (OLD.id, OLD.id, 'arr', OLD.arr, NULL),
		(OLD.id, OLD.id, 'currency', OLD.currency, NULL),
		(OLD.id, OLD.id, 'contract_start', OLD.contract_start, NULL),
		(OLD.id, OLD.id, 'renewal_date', OLD.renewal_date, NULL),
		(OLD.id, OLD.id, 'auto_renew', OLD.auto_renew, NULL),
		(OLD.id, OLD.id, 'status', OLD.status, NULL),
		(OLD.id, OLD.id, 'churned_on', OLD.churned_on, NULL),
		(OLD.id, OLD.id, 'churn_reason', OLD.churn_reason, NULL),
		(OLD.id, OLD.id, 'growth', OLD.growth, NULL),
		(OLD.id, OLD.id, 'reference', OLD.reference, NULL),
		(OLD.id, OLD.id, 'marquee', OLD.marquee, NULL),
		(OLD.id, OLD.id, 'advocate', OLD.advocate, NULL),
		(OLD.id, OLD.id, 'parent_expansion', OLD.parent_expansion, NULL),
		(OLD.id, OLD.id, 'complexity', OLD.complexity, NULL),
		(OLD.id, OLD.id, 'maturity', OLD.maturity, NULL),
		(OLD.id, OLD.id, 'stakeholders', OLD.stakeholders, NULL),
		(OLD.id, OLD.id, 'seats_purchased', OLD.seats_purchased, NULL),
		(OLD.id, OLD.id, 'features_available', OLD.features_available, NULL),
		(OLD.id, OLD.id, 'onboarding_started', OLD.onboarding_started, NULL),
		(OLD.id, OLD.id, 'first_value_on', OLD.first_value_on, NULL),
		(OLD.id, OLD.id, 'tags', OLD.tags, NULL);
	INSERT INTO outside VALUES ('account', OLD.id, OLD.id, 1, 0);
END;

CREATE TRIGGER csm_history_insert BEFORE INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, NULL, f.name, CASE f.name
		WHEN 'name' THEN t.name WHEN 'email' THEN t.email WHEN 'team' THEN t.team
		WHEN 'role' THEN t.role WHEN 'capacity' THEN t.capacity
		WHEN 'regions' THEN t.regions WHEN 'segments' THEN t.segments
		WHEN 'active_from' THEN t.active_from WHEN 'active_until' THEN t.active_until END, NULL
	FROM csm t, field f WHERE f.kind = 'csm' AND (t.id = NEW.id OR t.name = NEW.name);
END;
CREATE TRIGGER csm_history_inserted AFTER INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'csm', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM csm WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'csm' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NULL, 'name', NULL, NEW.name),
		(NEW.id, NULL, 'email', NULL, NEW.email),
		(NEW.id, NULL, 'team', NULL, NEW.team), (NEW.id, NULL, 'role', NULL, NEW.role),
		(NEW.id, NULL, 'capacity', NULL, NEW.capacity),
		(NEW.id, NULL, 'regions', NULL, NEW.regions),
		(NEW.id, NULL, 'segments', NULL, NEW.segments),
		(NEW.id, NULL, 'active_from', NULL, NEW.active_from),
		(NEW.id, NULL, 'active_until', NULL, NEW.active_until);
	INSERT INTO outside VALUES ('csm', NEW.id, NULL, 0, 1);
END;
CREATE TRIGGER csm_history_update BEFORE UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, NULL, f.name, CASE f.name
		WHEN 'name' THEN t.name WHEN 'email' THEN t.email WHEN 'team' THEN t.team
		WHEN 'role' THEN t.role WHEN 'capacity' THEN t.capacity
		WHEN 'regions' THEN t.regions WHEN 'segments' THEN t.segments
		WHEN 'active_from' THEN t.active_from WHEN 'active_until' THEN t.active_until END, NULL
	FROM csm t, field f WHERE f.kind = 'csm' AND t.id <> OLD.id AND (t.id = NEW.id OR t.name = NEW.name);
END;
CREATE TRIGGER csm_history_renumber AFTER UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'csm', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM csm WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'csm' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, NULL, 'name', OLD.name, NULL),
		(OLD.id, NULL, 'email', OLD.email, NULL),
		(OLD.id, NULL, 'team', OLD.team, NULL), (OLD.id, NULL, 'role', OLD.role, NULL),
		(OLD.id, NULL, 'capacity', OLD.capacity, NULL),
		(OLD.id, NULL, 'regions', OLD.regions, NULL),
		(OLD.id, NULL, 'segments', OLD.segments, NULL),
		(OLD.id, NULL, 'active_from', OLD.active_from, NULL),
		(OLD.id, NULL, 'active_until', OLD.active_until, NULL);
	INSERT INTO outside VALUES ('csm', OLD.id, NULL, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NULL, 'name', NULL, NEW.name),
		(NEW.id, NULL, 'email', NULL, NEW.email),
		(NEW.id, NULL, 'team', NULL, NEW.team), (NEW.id, NULL, 'role', NULL, NEW.role),
		(NEW.id, NULL, 'capacity', NULL, NEW.capacity),
		(NEW.id, NULL, 'regions', NULL, NEW.regions),
		(NEW.id, NULL, 'segments', NULL, NEW.segments),
		(NEW.id, NULL, 'active_from', NULL, NEW.active_from),
		(NEW.id, NULL, 'active_until', NULL, NEW.active_until);
	INSERT INTO outside VALUES ('csm', NEW.id, NULL, 0, 1);
END;
CREATE TRIGGER csm_history_updated AFTER UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'csm', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM csm WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'csm' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NULL, 'name', OLD.name, NEW.name),
		(NEW.id, NULL, 'email', OLD.email, NEW.email),
		(NEW.id, NULL, 'team', OLD.team, NEW.team),
		(NEW.id, NULL, 'role', OLD.role, NEW.role),
		(NEW.id, NULL, 'capacity', OLD.capacity, NEW.capacity),
		(NEW.id, NULL, 'regions', OLD.regions, NEW.regions),
		(NEW.id, NULL, 'segments', OLD.segments, NEW.segments),
		(NEW.id, NULL, 'active_from', OLD.active_from, NEW.active_from),
		(NEW.id, NULL, 'active_until', OLD.active_until, NEW.active_until);
	INSERT INTO outside VALUES ('csm', NEW.id, NULL, 1, 1);
END;
CREATE TRIGGER csm_history_delete AFTER DELETE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, NULL, 'name', OLD.name, NULL),
		(OLD.id, NULL, 'email', OLD.email, NULL),
		(OLD.id, NULL, 'team', OLD.team, NULL), (OLD.id, NULL, 'role', OLD.role, NULL),
		(OLD.id, NULL, 'capacity', OLD.capacity, NULL),
		(OLD.id, NULL, 'regions', OLD.regions, NULL),
		(OLD.id, NULL, 'segments', OLD.segments, NULL),
		(OLD.id, NULL, 'active_from', OLD.active_from, NULL),
		(OLD.id, NULL, 'active_until', OLD.active_until, NULL);
	INSERT INTO outside VALUES ('csm', OLD.id, NULL, 1, 0);
END;

CREATE TRIGGER contact_history_insert BEFORE INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'name' THEN t.name WHEN 'email' THEN t.email
		WHEN 'role' THEN t.role WHEN 'since' THEN t.since WHEN 'left_on' THEN t.left_on END, NULL
	FROM contact t, field f WHERE f.kind = 'contact' AND t.id = NEW.id;
END;
CREATE TRIGGER contact_history_inserted AFTER INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'contact', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM contact WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'contact' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'name', NULL, NEW.name),
		(NEW.id, NEW.account, 'email', NULL, NEW.email),
		(NEW.id, NEW.account, 'role', NULL, NEW.role),
		(NEW.id, NEW.account, 'since', NULL, NEW.since),
		(NEW.id, NEW.account, 'left_on', NULL, NEW.left_on);
	INSERT INTO outside VALUES ('contact', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER contact_history_update BEFORE UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'name' THEN t.name WHEN 'email' THEN t.email
		WHEN 'role' THEN t.role WHEN 'since' THEN t.since WHEN 'left_on' THEN t.left_on END, NULL
	FROM contact t, field f WHERE f.kind = 'contact' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER contact_history_renumber AFTER UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'contact', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM contact WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'contact' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'name', OLD.name, NULL),
		(OLD.id, OLD.account, 'email', OLD.email, NULL),
		(OLD.id, OLD.account, 'role', OLD.role, NULL),
		(OLD.id, OLD.account, 'since', OLD.since, NULL),
		(OLD.id, OLD.account, 'left_on', OLD.left_on, NULL);
	INSERT INTO outside VALUES ('contact', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'name', NULL, NEW.name),
		(NEW.id, NEW.account, 'email', NULL, NEW.email),
		(NEW.id, NEW.account, 'role', NULL, NEW.role),
		(NEW.id, NEW.account, 'since', NULL, NEW.since),
		(NEW.id, NEW.account, 'left_on', NULL, NEW.left_on);
	INSERT INTO outside VALUES ('contact', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER contact_history_updated AFTER UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'contact', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM contact WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'contact' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'name', OLD.name, NEW.name),
		(NEW.id, NEW.account, 'email', OLD.email, NEW.email),
		(NEW.id, NEW.account, 'role', OLD.role, NEW.role),
		(NEW.id, NEW.account, 'since', OLD.since, NEW.since),
		(NEW.id, NEW.account, 'left_on', OLD.left_on, NEW.left_on);
	INSERT INTO outside VALUES ('contact', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER contact_history_delete AFTER DELETE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'name', OLD.name, NULL),
		(OLD.id, OLD.account, 'email', OLD.email, NULL),
		(OLD.id, OLD.account, 'role', OLD.role, NULL),
		(OLD.id, OLD.account, 'since', OLD.since, NULL),
		(OLD.id, OLD.account, 'left_on', OLD.left_on, NULL);
	INSERT INTO outside VALUES ('contact', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER ticket_history_insert BEFORE INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'ticket_id' THEN t.ticket_id WHEN 'account' THEN t.account
		WHEN 'opened_on' THEN t.opened_on WHEN 'closed_on' THEN t.closed_on
		WHEN 'severity' THEN t.severity WHEN 'root_cause' THEN t.root_cause
		WHEN 'csat' THEN t.csat END, NULL
	FROM ticket t, field f WHERE f.kind = 'ticket' AND (t.id = NEW.id OR t.ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_history_inserted AFTER INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'ticket', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM ticket WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'ticket' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'ticket_id', NULL, NEW.ticket_id),
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'opened_on', NULL, NEW.opened_on),
		(NEW.id, NEW.account, 'closed_on', NULL, NEW.closed_on),
		(NEW.id, NEW.account, 'severity', NULL, NEW.severity),
		(NEW.id, NEW.account, 'root_cause', NULL, NEW.root_cause),
		(NEW.id, NEW.account, 'csat', NULL, NEW.csat);
	INSERT INTO outside VALUES ('ticket', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER ticket_history_update BEFORE UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'ticket_id' THEN t.ticket_id WHEN 'account' THEN t.account
		WHEN 'opened_on' THEN t.opened_on WHEN 'closed_on' THEN t.closed_on
		WHEN 'severity' THEN t.severity WHEN 'root_cause' THEN t.root_cause
		WHEN 'csat' THEN t.csat END, NULL
	FROM ticket t, field f WHERE f.kind = 'ticket' AND t.id <> OLD.id AND (t.id = NEW.id OR t.ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_history_renumber AFTER UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'ticket', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM ticket WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'ticket' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'ticket_id', OLD.ticket_id, NULL),
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'opened_on', OLD.opened_on, NULL),
		(OLD.id, OLD.account, 'closed_on', OLD.closed_on, NULL),
		(OLD.id, OLD.account, 'severity', OLD.severity, NULL),
		(OLD.id, OLD.account, 'root_cause', OLD.root_cause, NULL),
		(OLD.id, OLD.account, 'csat', OLD.csat, NULL);
	INSERT INTO outside VALUES ('ticket', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'ticket_id', NULL, NEW.ticket_id),
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'opened_on', NULL, NEW.opened_on),
		(NEW.id, NEW.account, 'closed_on', NULL, NEW.closed_on),
		(NEW.id, NEW.account, 'severity', NULL, NEW.severity),
		(NEW.id, NEW.account, 'root_cause', NULL, NEW.root_cause),
		(NEW.id, NEW.account, 'csat', NULL, NEW.csat);
	INSERT INTO outside VALUES ('ticket', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER ticket_history_updated AFTER UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'ticket', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM ticket WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'ticket' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'ticket_id', OLD.ticket_id, NEW.ticket_id),
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'opened_on', OLD.opened_on, NEW.opened_on),
		(NEW.id, NEW.account, 'closed_on', OLD.closed_on, NEW.closed_on),
		(NEW.id, NEW.account, 'severity', OLD.severity, NEW.severity),
		(NEW.id, NEW.account, 'root_cause', OLD.root_cause, NEW.root_cause),
		(NEW.id, NEW.account, 'csat', OLD.csat, NEW.csat);
	INSERT INTO outside VALUES ('ticket', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER ticket_history_delete AFTER DELETE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'ticket_id', OLD.ticket_id, NULL),
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'opened_on', OLD.opened_on, NULL),
		(OLD.id, OLD.account, 'closed_on', OLD.closed_on, NULL),
		(OLD.id, OLD.account, 'severity', OLD.severity, NULL),
		(OLD.id, OLD.account, 'root_cause', OLD.root_cause, NULL),
		(OLD.id, OLD.account, 'csat', OLD.csat, NULL);
	INSERT INTO outside VALUES ('ticket', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER survey_history_insert BEFORE INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'kind' THEN t.kind
		WHEN 'score' THEN t.score WHEN 'comment' THEN t.comment END, NULL
	FROM survey t, field f WHERE f.kind = 'survey' AND t.id = NEW.id;
END;
CREATE TRIGGER survey_history_inserted AFTER INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'survey', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM survey WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'survey' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'score', NULL, NEW.score),
		(NEW.id, NEW.account, 'comment', NULL, NEW.comment);
	INSERT INTO outside VALUES ('survey', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER survey_history_update BEFORE UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'kind' THEN t.kind
		WHEN 'score' THEN t.score WHEN 'comment' THEN t.comment END, NULL
	FROM survey t, field f WHERE f.kind = 'survey' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER survey_history_renumber AFTER UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'survey', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM survey WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'survey' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'score', OLD.score, NULL),
		(OLD.id, OLD.account, 'comment', OLD.comment, NULL);
	INSERT INTO outside VALUES ('survey', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'score', NULL, NEW.score),
		(NEW.id, NEW.account, 'comment', NULL, NEW.comment);
	INSERT INTO outside VALUES ('survey', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER survey_history_updated AFTER UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'survey', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM survey WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'survey' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'date', OLD.date, NEW.date),
		(NEW.id, NEW.account, 'kind', OLD.kind, NEW.kind),
		(NEW.id, NEW.account, 'score', OLD.score, NEW.score),
		(NEW.id, NEW.account, 'comment', OLD.comment, NEW.comment);
	INSERT INTO outside VALUES ('survey', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER survey_history_delete AFTER DELETE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'score', OLD.score, NULL),
		(OLD.id, OLD.account, 'comment', OLD.comment, NULL);
	INSERT INTO outside VALUES ('survey', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER touch_history_insert BEFORE INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'kind' THEN t.kind
		WHEN 'two_way' THEN t.two_way WHEN 'purpose' THEN t.purpose
		WHEN 'outcome' THEN t.outcome WHEN 'minutes' THEN t.minutes
		WHEN 'actor' THEN t.actor END, NULL
	FROM touch t, field f WHERE f.kind = 'touch' AND t.id = NEW.id;
END;
CREATE TRIGGER touch_history_inserted AFTER INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'touch', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM touch WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'touch' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'two_way', NULL, NEW.two_way),
		(NEW.id, NEW.account, 'purpose', NULL, NEW.purpose),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'minutes', NULL, NEW.minutes),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('touch', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER touch_history_update BEFORE UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'kind' THEN t.kind
		WHEN 'two_way' THEN t.two_way WHEN 'purpose' THEN t.purpose
		WHEN 'outcome' THEN t.outcome WHEN 'minutes' THEN t.minutes
		WHEN 'actor' THEN t.actor END, NULL
	FROM touch t, field f WHERE f.kind = 'touch' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER touch_history_renumber AFTER UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'touch', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM touch WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'touch' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'two_way', OLD.two_way, NULL),
		(OLD.id, OLD.account, 'purpose', OLD.purpose, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'minutes', OLD.minutes, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('touch', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'two_way', NULL, NEW.two_way),
		(NEW.id, NEW.account, 'purpose', NULL, NEW.purpose),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'minutes', NULL, NEW.minutes),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('touch', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER touch_history_updated AFTER UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'touch', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM touch WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'touch' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'date', OLD.date, NEW.date),
		(NEW.id, NEW.account, 'kind', OLD.kind, NEW.kind),
		(NEW.id, NEW.account, 'two_way', OLD.two_way, NEW.two_way),
		(NEW.id, NEW.account, 'purpose', OLD.purpose, NEW.purpose),
		(NEW.id, NEW.account, 'outcome', OLD.outcome, NEW.outcome),
		(NEW.id, NEW.account, 'minutes', OLD.minutes, NEW.minutes),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor);
	INSERT INTO outside VALUES ('touch', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER touch_history_delete AFTER DELETE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'two_way', OLD.two_way, NULL),
		(OLD.id, OLD.account, 'purpose', OLD.purpose, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'minutes', OLD.minutes, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('touch', OLD.id, OLD.account, 1, 0);
END;
