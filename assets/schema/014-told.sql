-- A tierdesk book, version 14: what other programs change is told in fewer words again. A
-- trigger before an update keeps what is, as those of rows that go do, and the one after it
-- takes what it became, both from the view of the fields: no trigger spells out the columns
-- of its table any more. What was and what became of a field are rows of their own.
--
-- A row that an update pushes out may fire the trigger of those that go, between the two: it
-- leaves the others in told. (The + keeps SQLite from going through all ids of a table.)

DROP TRIGGER outside_insert;
DROP TRIGGER outside_same;
DROP TRIGGER outside_renumber;
DROP TRIGGER account_tier_update;
DROP TRIGGER tier_roster_history;
DROP TRIGGER account_history_inserted;
DROP TRIGGER account_history_updated;
DROP TRIGGER account_history_delete;
DROP TRIGGER contact_history_insert;
DROP TRIGGER contact_history_inserted;
DROP TRIGGER contact_history_update;
DROP TRIGGER contact_history_updated;
DROP TRIGGER contact_history_delete;
DROP TRIGGER survey_history_insert;
DROP TRIGGER survey_history_inserted;
DROP TRIGGER survey_history_update;
DROP TRIGGER survey_history_updated;
DROP TRIGGER survey_history_delete;
DROP TRIGGER tier_lock_history_insert;
DROP TRIGGER tier_lock_history_inserted;
DROP TRIGGER tier_lock_history_update;
DROP TRIGGER tier_lock_history_updated;
DROP TRIGGER tier_lock_history_delete;
DROP TRIGGER note_history_insert;
DROP TRIGGER note_history_inserted;
DROP TRIGGER note_history_update;
DROP TRIGGER note_history_updated;
DROP TRIGGER note_history_delete;
DROP TRIGGER plan_history_insert;
DROP TRIGGER plan_history_inserted;
DROP TRIGGER plan_history_update;
DROP TRIGGER plan_history_updated;
DROP TRIGGER plan_history_delete;
DROP TRIGGER milestone_history_insert;
DROP TRIGGER milestone_history_inserted;
DROP TRIGGER milestone_history_update;
DROP TRIGGER milestone_history_updated;
DROP TRIGGER milestone_history_delete;
DROP TRIGGER alert_history_insert;
DROP TRIGGER alert_history_inserted;
DROP TRIGGER alert_history_update;
DROP TRIGGER alert_history_updated;
DROP TRIGGER alert_history_delete;
DROP TRIGGER task_history_insert;
DROP TRIGGER task_history_inserted;
DROP TRIGGER task_history_update;
DROP TRIGGER task_history_updated;
DROP TRIGGER task_history_delete;
DROP TRIGGER task_step_history_insert;
DROP TRIGGER task_step_history_inserted;
DROP TRIGGER task_step_history_update;
DROP TRIGGER task_step_history_updated;
DROP TRIGGER task_step_history_delete;
DROP TRIGGER proposal_history_insert;
DROP TRIGGER proposal_history_inserted;
DROP TRIGGER proposal_history_update;
DROP TRIGGER proposal_history_updated;
DROP TRIGGER proposal_history_delete;
DROP TRIGGER tier_request_history_insert;
DROP TRIGGER tier_request_history_inserted;
DROP TRIGGER tier_request_history_update;
DROP TRIGGER tier_request_history_updated;
DROP TRIGGER tier_request_history_delete;
DROP TRIGGER fix_history_insert;
DROP TRIGGER fix_history_inserted;
DROP TRIGGER fix_history_update;
DROP TRIGGER fix_history_updated;
DROP TRIGGER fix_history_delete;
DROP TRIGGER csm_history_insert;
DROP TRIGGER csm_history_inserted;
DROP TRIGGER csm_history_update;
DROP TRIGGER csm_history_updated;
DROP TRIGGER csm_history_delete;
DROP TRIGGER message_history_insert;
DROP TRIGGER message_history_inserted;
DROP TRIGGER message_history_update;
DROP TRIGGER message_history_updated;
DROP TRIGGER message_history_delete;
DROP TRIGGER contract_history_insert;
DROP TRIGGER contract_history_inserted;
DROP TRIGGER contract_history_update;
DROP TRIGGER contract_history_updated;
DROP TRIGGER contract_history_delete;
DROP TRIGGER movement_history_insert;
DROP TRIGGER movement_history_inserted;
DROP TRIGGER movement_history_update;
DROP TRIGGER movement_history_updated;
DROP TRIGGER movement_history_delete;
DROP TRIGGER ticket_history_insert;
DROP TRIGGER ticket_history_inserted;
DROP TRIGGER ticket_history_update;
DROP TRIGGER ticket_history_updated;
DROP TRIGGER ticket_history_delete;
DROP TRIGGER touch_history_insert;
DROP TRIGGER touch_history_inserted;
DROP TRIGGER touch_history_update;
DROP TRIGGER touch_history_updated;
DROP TRIGGER touch_history_delete;
DROP VIEW spelled;
DROP TABLE told;

CREATE TABLE told (
	row INTEGER NOT NULL,
	account INTEGER,
	name TEXT NOT NULL,
	x ANY,
	side INTEGER NOT NULL, -- 0: was, 1: becomes
	PRIMARY KEY (row, name, side)
) STRICT, WITHOUT ROWID;

-- A side that is not there is that of a row that comes or goes.
CREATE VIEW differing(row, account, name, x, side) AS
SELECT row, account, name, x, side FROM told t
WHERE x IS NOT (SELECT x FROM told o WHERE o.row = t.row AND o.name = t.name
	AND o.side <> t.side);

CREATE VIEW spelled(row, name, x, side) AS
WITH text(row, name, x, side, quote) AS (
	SELECT row, name, CASE typeof(x)
		WHEN 'text' THEN replace(replace(iif(instr(x, char(0)),
			substr(x, 1, instr(x, char(0)) - 1), x), '\', '\\'), '"', '\"')
		WHEN 'real' THEN CASE x WHEN 9e999 THEN '9e999' WHEN -9e999 THEN '-9e999'
			ELSE CAST(x AS TEXT) END
		ELSE ifnull(CAST(x AS TEXT), 'null') END, side, iif(typeof(x) = 'text', '"', '')
	FROM differing
)
SELECT row, name, quote || iif(x GLOB '*[' || char(1) || '-' || char(31) || ']*', (
	WITH RECURSIVE c(i, y) AS (SELECT 1, x
		UNION ALL SELECT i + 1, replace(y, char(i), printf('\u%04x', i))
		FROM c WHERE i < 32)
	SELECT y FROM c WHERE i = 32), x) || quote, side
FROM text;

CREATE TRIGGER outside_insert INSTEAD OF INSERT ON outside
WHEN (NEW.was = NEW.becomes) IS NOT 0 AND EXISTS (SELECT 1 FROM differing
	WHERE row = ifnull(NEW.becomes, NEW.was)) BEGIN
	UPDATE writer SET operation = (SELECT coalesce(max(id), 0) + 1 FROM operation)
	WHERE at < unixepoch() - 2 OR operation IS NOT (SELECT max(id) FROM operation)
		OR EXISTS (SELECT 1 FROM operation_seal s WHERE s.operation = writer.operation);
	UPDATE writer SET at = unixepoch();
	INSERT INTO operation(id, at, actor, step, title, changes, kind)
	SELECT operation, at, 'sql', 'change', 'another program: ' || CASE
		WHEN NEW.was IS NULL THEN 'add to ' WHEN NEW.becomes IS NULL THEN 'remove from '
		ELSE 'change ' END || NEW.kind, 0, 'sql'
	FROM writer WHERE operation IS NOT (SELECT max(id) FROM operation);
	INSERT INTO operation_change
	SELECT operation, (SELECT coalesce(max(seq), 0) + 1 FROM operation_change c
		WHERE c.operation = writer.operation), NEW.kind, ifnull(NEW.becomes, NEW.was),
		(SELECT account FROM told WHERE row = ifnull(NEW.becomes, NEW.was)
			ORDER BY side DESC LIMIT 1),
		(SELECT '{' || group_concat('"' || name || '":' || x) || '}'
			FROM spelled WHERE row = NEW.was AND side = 0),
		(SELECT '{' || group_concat('"' || name || '":' || x) || '}'
			FROM spelled WHERE row = NEW.becomes AND side = 1)
	FROM writer;
	DELETE FROM told WHERE row = ifnull(NEW.becomes, NEW.was);
END;
CREATE TRIGGER outside_same INSTEAD OF INSERT ON outside
WHEN (NEW.was = NEW.becomes) IS NOT 0 AND NOT EXISTS (SELECT 1 FROM differing
	WHERE row = ifnull(NEW.becomes, NEW.was)) BEGIN
	DELETE FROM told WHERE row = ifnull(NEW.becomes, NEW.was);
END;
CREATE TRIGGER outside_renumber INSTEAD OF INSERT ON outside
WHEN NEW.was <> NEW.becomes BEGIN
	INSERT INTO outside VALUES (NEW.kind, NEW.was, NULL), (NEW.kind, NULL, NEW.becomes);
END;

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
	INSERT INTO told SELECT OLD.id, OLD.id, 'tier', iif(side, NEW.tier, OLD.tier), side
	FROM (SELECT 0 AS side UNION ALL SELECT 1) WHERE (SELECT own FROM writer) IS NOT 1;
	INSERT INTO outside VALUES ('account', OLD.id, OLD.id);
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
	), moved(id, come) AS (
		SELECT id, 0 FROM gone UNION ALL SELECT id, 1 FROM come
	)
	SELECT id, id, 'tier', iif(side = come, NEW.tier, NULL), side
	FROM moved, (SELECT 0 AS side UNION ALL SELECT 1) WHERE id > 0;
	INSERT INTO outside SELECT 'account', row, row FROM told GROUP BY row;
	DELETE FROM told;
END;

CREATE TRIGGER account_history_inserted AFTER INSERT ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told; -- an account is never pushed out
	INSERT INTO told SELECT *, 1 FROM account_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('account', NULL, NEW.id);
END;
CREATE TRIGGER account_history_update BEFORE UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM account_fields WHERE row = OLD.id;
END;
CREATE TRIGGER account_history_updated AFTER UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO told SELECT *, 1 FROM account_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('account', OLD.id, NEW.id);
END;
CREATE TRIGGER account_history_delete BEFORE DELETE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM account_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('account', OLD.id, NULL);
END;

CREATE TRIGGER contact_history_insert BEFORE INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contact_fields WHERE row = NEW.id;
END;
CREATE TRIGGER contact_history_inserted AFTER INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'contact', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contact_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contact', NULL, NEW.id);
END;
CREATE TRIGGER contact_history_update BEFORE UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contact_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER contact_history_updated AFTER UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'contact', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contact_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contact', OLD.id, NEW.id);
END;
CREATE TRIGGER contact_history_delete BEFORE DELETE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM contact_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contact', OLD.id, NULL);
END;

CREATE TRIGGER survey_history_insert BEFORE INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM survey_fields WHERE row = NEW.id;
END;
CREATE TRIGGER survey_history_inserted AFTER INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'survey', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM survey_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('survey', NULL, NEW.id);
END;
CREATE TRIGGER survey_history_update BEFORE UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM survey_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER survey_history_updated AFTER UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'survey', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM survey_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('survey', OLD.id, NEW.id);
END;
CREATE TRIGGER survey_history_delete BEFORE DELETE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM survey_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('survey', OLD.id, NULL);
END;

CREATE TRIGGER tier_lock_history_insert BEFORE INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_lock_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account);
END;
CREATE TRIGGER tier_lock_history_inserted AFTER INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_lock_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_lock', NULL, NEW.id);
END;
CREATE TRIGGER tier_lock_history_update BEFORE UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_lock_fields
	WHERE row IN (OLD.id, NEW.id)
		OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account);
END;
CREATE TRIGGER tier_lock_history_updated AFTER UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_lock_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NEW.id);
END;
CREATE TRIGGER tier_lock_history_delete BEFORE DELETE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM tier_lock_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NULL);
END;

CREATE TRIGGER note_history_insert BEFORE INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM note_fields WHERE row = NEW.id;
END;
CREATE TRIGGER note_history_inserted AFTER INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'note', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM note_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('note', NULL, NEW.id);
END;
CREATE TRIGGER note_history_update BEFORE UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM note_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER note_history_updated AFTER UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'note', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM note_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('note', OLD.id, NEW.id);
END;
CREATE TRIGGER note_history_delete BEFORE DELETE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM note_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('note', OLD.id, NULL);
END;

CREATE TRIGGER plan_history_insert BEFORE INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM plan_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM plan WHERE account = NEW.account);
END;
CREATE TRIGGER plan_history_inserted AFTER INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM plan_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('plan', NULL, NEW.id);
END;
CREATE TRIGGER plan_history_update BEFORE UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM plan_fields
	WHERE row IN (OLD.id, NEW.id) OR row IN (SELECT id FROM plan WHERE account = NEW.account);
END;
CREATE TRIGGER plan_history_updated AFTER UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM plan_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('plan', OLD.id, NEW.id);
END;
CREATE TRIGGER plan_history_delete BEFORE DELETE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM plan_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('plan', OLD.id, NULL);
END;

CREATE TRIGGER milestone_history_insert BEFORE INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM milestone_fields WHERE row = NEW.id;
END;
CREATE TRIGGER milestone_history_inserted AFTER INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM milestone_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('milestone', NULL, NEW.id);
END;
CREATE TRIGGER milestone_history_update BEFORE UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM milestone_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER milestone_history_updated AFTER UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM milestone_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('milestone', OLD.id, NEW.id);
END;
CREATE TRIGGER milestone_history_delete BEFORE DELETE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM milestone_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('milestone', OLD.id, NULL);
END;

CREATE TRIGGER alert_history_insert BEFORE INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM alert_fields WHERE row = NEW.id;
END;
CREATE TRIGGER alert_history_inserted AFTER INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'alert', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM alert_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('alert', NULL, NEW.id);
END;
CREATE TRIGGER alert_history_update BEFORE UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM alert_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER alert_history_updated AFTER UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'alert', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM alert_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('alert', OLD.id, NEW.id);
END;
CREATE TRIGGER alert_history_delete BEFORE DELETE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM alert_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('alert', OLD.id, NULL);
END;

CREATE TRIGGER task_history_insert BEFORE INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_fields WHERE row = NEW.id;
END;
CREATE TRIGGER task_history_inserted AFTER INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task', NULL, NEW.id);
END;
CREATE TRIGGER task_history_update BEFORE UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER task_history_updated AFTER UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task', OLD.id, NEW.id);
END;
CREATE TRIGGER task_history_delete BEFORE DELETE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM task_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task', OLD.id, NULL);
END;

CREATE TRIGGER task_step_history_insert BEFORE INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_step_fields WHERE row = NEW.id;
END;
CREATE TRIGGER task_step_history_inserted AFTER INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_step_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task_step', NULL, NEW.id);
END;
CREATE TRIGGER task_step_history_update BEFORE UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_step_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER task_step_history_updated AFTER UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_step_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task_step', OLD.id, NEW.id);
END;
CREATE TRIGGER task_step_history_delete BEFORE DELETE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM task_step_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task_step', OLD.id, NULL);
END;

CREATE TRIGGER proposal_history_insert BEFORE INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM proposal_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM proposal WHERE name = NEW.name);
END;
CREATE TRIGGER proposal_history_inserted AFTER INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM proposal_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('proposal', NULL, NEW.id);
END;
CREATE TRIGGER proposal_history_update BEFORE UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM proposal_fields
	WHERE row IN (OLD.id, NEW.id) OR row IN (SELECT id FROM proposal WHERE name = NEW.name);
END;
CREATE TRIGGER proposal_history_updated AFTER UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM proposal_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('proposal', OLD.id, NEW.id);
END;
CREATE TRIGGER proposal_history_delete BEFORE DELETE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM proposal_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('proposal', OLD.id, NULL);
END;

CREATE TRIGGER tier_request_history_insert BEFORE INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_request_fields WHERE row = NEW.id;
END;
CREATE TRIGGER tier_request_history_inserted AFTER INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_request_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_request', NULL, NEW.id);
END;
CREATE TRIGGER tier_request_history_update BEFORE UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_request_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER tier_request_history_updated AFTER UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_request_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_request', OLD.id, NEW.id);
END;
CREATE TRIGGER tier_request_history_delete BEFORE DELETE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM tier_request_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_request', OLD.id, NULL);
END;

CREATE TRIGGER fix_history_insert BEFORE INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM fix_fields WHERE row = NEW.id;
END;
CREATE TRIGGER fix_history_inserted AFTER INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'fix', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM fix_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('fix', NULL, NEW.id);
END;
CREATE TRIGGER fix_history_update BEFORE UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM fix_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER fix_history_updated AFTER UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'fix', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM fix_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('fix', OLD.id, NEW.id);
END;
CREATE TRIGGER fix_history_delete BEFORE DELETE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM fix_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('fix', OLD.id, NULL);
END;

CREATE TRIGGER csm_history_insert BEFORE INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM csm_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM csm WHERE name = NEW.name);
END;
CREATE TRIGGER csm_history_inserted AFTER INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM csm_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('csm', NULL, NEW.id);
END;
CREATE TRIGGER csm_history_update BEFORE UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM csm_fields
	WHERE row IN (OLD.id, NEW.id) OR row IN (SELECT id FROM csm WHERE name = NEW.name);
END;
CREATE TRIGGER csm_history_updated AFTER UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM csm_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('csm', OLD.id, NEW.id);
END;
CREATE TRIGGER csm_history_delete BEFORE DELETE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM csm_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('csm', OLD.id, NULL);
END;

CREATE TRIGGER message_history_insert BEFORE INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM message_fields WHERE row = NEW.id;
END;
CREATE TRIGGER message_history_inserted AFTER INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'message', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM message_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('message', NULL, NEW.id);
END;
CREATE TRIGGER message_history_update BEFORE UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM message_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER message_history_updated AFTER UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'message', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM message_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('message', OLD.id, NEW.id);
END;
CREATE TRIGGER message_history_delete BEFORE DELETE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM message_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('message', OLD.id, NULL);
END;

CREATE TRIGGER contract_history_insert BEFORE INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contract_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_history_inserted AFTER INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contract_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contract', NULL, NEW.id);
END;
CREATE TRIGGER contract_history_update BEFORE UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contract_fields
	WHERE row IN (OLD.id, NEW.id)
		OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_history_updated AFTER UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contract_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contract', OLD.id, NEW.id);
END;
CREATE TRIGGER contract_history_delete BEFORE DELETE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM contract_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contract', OLD.id, NULL);
END;

CREATE TRIGGER movement_history_insert BEFORE INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM movement_fields WHERE row = NEW.id;
END;
CREATE TRIGGER movement_history_inserted AFTER INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'movement', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM movement_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('movement', NULL, NEW.id);
END;
CREATE TRIGGER movement_history_update BEFORE UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM movement_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER movement_history_updated AFTER UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'movement', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM movement_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('movement', OLD.id, NEW.id);
END;
CREATE TRIGGER movement_history_delete BEFORE DELETE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM movement_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('movement', OLD.id, NULL);
END;

CREATE TRIGGER ticket_history_insert BEFORE INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM ticket_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_history_inserted AFTER INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM ticket_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('ticket', NULL, NEW.id);
END;
CREATE TRIGGER ticket_history_update BEFORE UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM ticket_fields
	WHERE row IN (OLD.id, NEW.id)
		OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_history_updated AFTER UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM ticket_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('ticket', OLD.id, NEW.id);
END;
CREATE TRIGGER ticket_history_delete BEFORE DELETE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM ticket_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('ticket', OLD.id, NULL);
END;

CREATE TRIGGER touch_history_insert BEFORE INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM touch_fields WHERE row = NEW.id;
END;
CREATE TRIGGER touch_history_inserted AFTER INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'touch', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM touch_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('touch', NULL, NEW.id);
END;
CREATE TRIGGER touch_history_update BEFORE UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM touch_fields WHERE row IN (OLD.id, NEW.id);
END;
CREATE TRIGGER touch_history_updated AFTER UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'touch', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM touch_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('touch', OLD.id, NEW.id);
END;
CREATE TRIGGER touch_history_delete BEFORE DELETE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM touch_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('touch', OLD.id, NULL);
END;
