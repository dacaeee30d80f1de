-- A tierdesk book, version 11: what other programs change is told in fewer words. Every
-- start reads the whole schema, and most of it were the columns of each table, spelled out
-- again by each of its triggers. Now a view per table has the fields of a row, one a line.

DROP TRIGGER account_history_inserted;
DROP TRIGGER account_history_updated;
DROP TRIGGER account_history_delete;
DROP TRIGGER csm_history_insert;
DROP TRIGGER csm_history_inserted;
DROP TRIGGER csm_history_update;
DROP TRIGGER csm_history_renumber;
DROP TRIGGER csm_history_updated;
DROP TRIGGER csm_history_delete;
DROP TRIGGER contact_history_insert;
DROP TRIGGER contact_history_inserted;
DROP TRIGGER contact_history_update;
DROP TRIGGER contact_history_renumber;
DROP TRIGGER contact_history_updated;
DROP TRIGGER contact_history_delete;
DROP TRIGGER ticket_history_insert;
DROP TRIGGER ticket_history_inserted;
DROP TRIGGER ticket_history_update;
DROP TRIGGER ticket_history_renumber;
DROP TRIGGER ticket_history_updated;
DROP TRIGGER ticket_history_delete;
DROP TRIGGER survey_history_insert;
DROP TRIGGER survey_history_inserted;
DROP TRIGGER survey_history_update;
DROP TRIGGER survey_history_renumber;
DROP TRIGGER survey_history_updated;
DROP TRIGGER survey_history_delete;
DROP TRIGGER touch_history_insert;
DROP TRIGGER touch_history_inserted;
DROP TRIGGER touch_history_update;
DROP TRIGGER touch_history_renumber;
DROP TRIGGER touch_history_updated;
DROP TRIGGER touch_history_delete;
DROP TRIGGER contract_history_insert;
DROP TRIGGER contract_history_inserted;
DROP TRIGGER contract_history_update;
DROP TRIGGER contract_history_renumber;
DROP TRIGGER contract_history_updated;
DROP TRIGGER contract_history_delete;
DROP TRIGGER movement_history_insert;
DROP TRIGGER movement_history_inserted;
DROP TRIGGER movement_history_update;
DROP TRIGGER movement_history_renumber;
DROP TRIGGER movement_history_updated;
DROP TRIGGER movement_history_delete;
DROP TRIGGER note_history_insert;
DROP TRIGGER note_history_inserted;
DROP TRIGGER note_history_update;
DROP TRIGGER note_history_renumber;
DROP TRIGGER note_history_updated;
DROP TRIGGER note_history_delete;
DROP TRIGGER plan_history_insert;
DROP TRIGGER plan_history_inserted;
DROP TRIGGER plan_history_update;
DROP TRIGGER plan_history_renumber;
DROP TRIGGER plan_history_updated;
DROP TRIGGER plan_history_delete;
DROP TRIGGER milestone_history_insert;
DROP TRIGGER milestone_history_inserted;
DROP TRIGGER milestone_history_update;
DROP TRIGGER milestone_history_renumber;
DROP TRIGGER milestone_history_updated;
DROP TRIGGER milestone_history_delete;
DROP TRIGGER task_history_insert;
DROP TRIGGER task_history_inserted;
DROP TRIGGER task_history_update;
DROP TRIGGER task_history_renumber;
DROP TRIGGER task_history_updated;
DROP TRIGGER task_history_delete;
DROP TRIGGER task_step_history_insert;
DROP TRIGGER task_step_history_inserted;
DROP TRIGGER task_step_history_update;
DROP TRIGGER task_step_history_renumber;
DROP TRIGGER task_step_history_updated;
DROP TRIGGER task_step_history_delete;
DROP TRIGGER message_history_insert;
DROP TRIGGER message_history_inserted;
DROP TRIGGER message_history_update;
DROP TRIGGER message_history_renumber;
DROP TRIGGER message_history_updated;
DROP TRIGGER message_history_delete;
DROP TRIGGER tier_lock_history_insert;
DROP TRIGGER tier_lock_history_inserted;
DROP TRIGGER tier_lock_history_update;
DROP TRIGGER tier_lock_history_renumber;
DROP TRIGGER tier_lock_history_updated;
DROP TRIGGER tier_lock_history_delete;
DROP TRIGGER alert_history_insert;
DROP TRIGGER alert_history_inserted;
DROP TRIGGER alert_history_update;
DROP TRIGGER alert_history_renumber;
DROP TRIGGER alert_history_updated;
DROP TRIGGER alert_history_delete;
DROP TRIGGER proposal_history_insert;
DROP TRIGGER proposal_history_inserted;
DROP TRIGGER proposal_history_update;
DROP TRIGGER proposal_history_renumber;
DROP TRIGGER proposal_history_updated;
DROP TRIGGER proposal_history_delete;
DROP TRIGGER tier_request_history_insert;
DROP TRIGGER tier_request_history_inserted;
DROP TRIGGER tier_request_history_update;
DROP TRIGGER tier_request_history_renumber;
DROP TRIGGER tier_request_history_updated;
DROP TRIGGER tier_request_history_delete;
DROP TRIGGER fix_history_insert;
DROP TRIGGER fix_history_inserted;
DROP TRIGGER fix_history_update;
DROP TRIGGER fix_history_renumber;
DROP TRIGGER fix_history_updated;
DROP TRIGGER fix_history_delete;
DROP TRIGGER tier_roster_history;
DROP TRIGGER account_tier_update;
DROP TRIGGER outside_insert;
DROP TRIGGER outside_same;
DROP VIEW outside;
DROP VIEW told_gone;
DROP TABLE field;

-- The columns of the tables, in their order.
CREATE TABLE field (
	record TEXT NOT NULL,               -- name of the table
	place INTEGER NOT NULL,
	field TEXT NOT NULL,
	PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;
INSERT INTO field VALUES
	('csm', 1, 'name'), ('csm', 2, 'email'), ('csm', 3, 'team'), ('csm', 4, 'role'),
	('csm', 5, 'capacity'), ('csm', 6, 'regions'), ('csm', 7, 'segments'),
	('csm', 8, 'active_from'), ('csm', 9, 'active_until'), ('account', 1, 'account_id'),
	('account', 2, 'name'), ('account', 3, 'parent_id'), ('account', 4, 'segment'),
	('account', 5, 'industry'), ('account', 6, 'region'), ('account', 7, 'csm'),
	('account', 8, 'arr'), ('account', 9, 'currency'),
	('account', 10, 'contract_start'), ('account', 11, 'renewal_date'),
	('account', 12, 'auto_renew'), ('account', 13, 'status'),
	('account', 14, 'churned_on'), ('account', 15, 'churn_reason'),
	('account', 16, 'growth'), ('account', 17, 'reference'), ('account', 18, 'marquee'),
	('account', 19, 'advocate'), ('account', 20, 'parent_expansion'),
	('account', 21, 'complexity'), ('account', 22, 'maturity'),
	('account', 23, 'stakeholders'), ('account', 24, 'seats_purchased'),
	('account', 25, 'features_available'), ('account', 26, 'onboarding_started'),
	('account', 27, 'first_value_on'), ('account', 28, 'tags'),
	('contact', 1, 'account'), ('contact', 2, 'name'), ('contact', 3, 'email'),
	('contact', 4, 'role'), ('contact', 5, 'since'), ('contact', 6, 'left_on'),
	('ticket', 1, 'ticket_id'), ('ticket', 2, 'account'), ('ticket', 3, 'opened_on'),
	('ticket', 4, 'closed_on'), ('ticket', 5, 'severity'), ('ticket', 6, 'root_cause'),
	('ticket', 7, 'csat'), ('survey', 1, 'account'), ('survey', 2, 'date'),
	('survey', 3, 'kind'), ('survey', 4, 'score'), ('survey', 5, 'comment'),
	('touch', 1, 'account'), ('touch', 2, 'date'), ('touch', 3, 'kind'),
	('touch', 4, 'two_way'), ('touch', 5, 'purpose'), ('touch', 6, 'outcome'),
	('touch', 7, 'minutes'), ('touch', 8, 'actor'), ('contract', 1, 'contract_id'),
	('contract', 2, 'account'), ('contract', 3, 'start'), ('contract', 4, 'end'),
	('contract', 5, 'arr'), ('contract', 6, 'currency'), ('contract', 7, 'auto_renew'),
	('contract', 8, 'status'), ('movement', 1, 'account'), ('movement', 2, 'date'),
	('movement', 3, 'kind'), ('movement', 4, 'arr_delta'), ('movement', 5, 'currency'),
	('tier_lock', 1, 'account'), ('tier_lock', 2, 'until'), ('tier_lock', 3, 'reason'),
	('tier_lock', 4, 'actor'), ('tier_lock', 5, 'since'), ('note', 1, 'account'),
	('note', 2, 'date'), ('note', 3, 'text'), ('note', 4, 'actor'),
	('plan', 1, 'account'), ('plan', 2, 'goal'), ('plan', 3, 'next_step'),
	('plan', 4, 'next_due'), ('plan', 5, 'decision'), ('milestone', 1, 'account'),
	('milestone', 2, 'title'), ('milestone', 3, 'due'), ('milestone', 4, 'done_on'),
	('alert', 1, 'account'), ('alert', 2, 'kind'), ('alert', 3, 'opened_on'),
	('alert', 4, 'severity'), ('alert', 5, 'state'), ('alert', 6, 'x'),
	('alert', 7, 'y'), ('alert', 8, 'day'), ('alert', 9, 'snoozed_until'),
	('alert', 10, 'reason'), ('alert', 11, 'ended_on'), ('alert', 12, 'outcome'),
	('alert', 13, 'useful'), ('alert', 14, 'escalated_on'), ('alert', 15, 'reopened'),
	('alert', 16, 'severity_since'), ('task', 1, 'account'), ('task', 2, 'play'),
	('task', 3, 'started_on'), ('task', 4, 'play_version'), ('task', 5, 'title'),
	('task', 6, 'alert'), ('task', 7, 'csm'), ('task', 8, 'step'),
	('task', 9, 'next_step'), ('task', 10, 'due'), ('task', 11, 'state'),
	('task', 12, 'ended_on'), ('task', 13, 'outcome'), ('task', 14, 'reason'),
	('task', 15, 'actor'), ('task_step', 1, 'account'), ('task_step', 2, 'task'),
	('task_step', 3, 'step'), ('task_step', 4, 'title'), ('task_step', 5, 'done_on'),
	('task_step', 6, 'outcome'), ('task_step', 7, 'actor'), ('message', 1, 'account'),
	('message', 2, 'made_on'), ('message', 3, 'kind'), ('message', 4, 'recipient'),
	('message', 5, 'subject'), ('message', 6, 'body'), ('message', 7, 'play'),
	('message', 8, 'alert'), ('message', 9, 'sent_on'), ('message', 10, 'tries'),
	('message', 11, 'failure'), ('proposal', 1, 'name'), ('proposal', 2, 'made_on'),
	('proposal', 3, 'actor'), ('proposal', 4, 'operation'), ('proposal', 5, 'asked'),
	('proposal', 6, 'moves'), ('proposal', 7, 'cost'), ('proposal', 8, 'bound'),
	('tier_request', 1, 'account'), ('tier_request', 2, 'asked_on'),
	('tier_request', 3, 'wanted'), ('tier_request', 4, 'requester'),
	('tier_request', 5, 'reason'), ('tier_request', 6, 'actor'),
	('tier_request', 7, 'state'), ('tier_request', 8, 'answered_on'),
	('tier_request', 9, 'answer'), ('tier_request', 10, 'answered_by'),
	('fix', 1, 'account'), ('fix', 2, 'cause'), ('fix', 3, 'noticed_on'),
	('fix', 4, 'text'), ('fix', 5, 'documented_on'), ('fix', 6, 'automated_on'),
	('fix', 7, 'verified_on'), ('fix', 8, 'link'), ('fix', 9, 'actor');

-- An INSERT in here tells of a row whose fields are in told: the id that it had, NULL where
-- it was not there, and the one that it has. Changes that follow within two seconds are one
-- operation; what is sealed gets no more entries.
CREATE VIEW outside(kind, was, becomes) AS
SELECT kind, row, row FROM operation_change WHERE 0;
CREATE TRIGGER outside_insert INSTEAD OF INSERT ON outside
WHEN (NEW.was = NEW.becomes) IS NOT 0 AND EXISTS (SELECT 1 FROM told
	WHERE row = ifnull(NEW.becomes, NEW.was) AND was IS NOT becomes) BEGIN
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
		(SELECT account FROM told WHERE row = ifnull(NEW.becomes, NEW.was)),
		iif(NEW.was IS NULL, NULL,
			(SELECT '{' || group_concat('"' || name || '":' || was) || '}'
			FROM spelled WHERE row = ifnull(NEW.becomes, NEW.was))),
		iif(NEW.becomes IS NULL, NULL,
			(SELECT '{' || group_concat('"' || name || '":' || becomes) || '}'
			FROM spelled WHERE row = NEW.becomes))
	FROM writer;
	DELETE FROM told WHERE row = ifnull(NEW.becomes, NEW.was);
END;
CREATE TRIGGER outside_same INSTEAD OF INSERT ON outside
WHEN (NEW.was = NEW.becomes) IS NOT 0 AND NOT EXISTS (SELECT 1 FROM told
	WHERE row = ifnull(NEW.becomes, NEW.was) AND was IS NOT becomes) BEGIN
	DELETE FROM told WHERE row = ifnull(NEW.becomes, NEW.was);
END;
-- A row that changes its id is one that goes and one that comes.
CREATE TRIGGER outside_renumber INSTEAD OF INSERT ON outside
WHEN NEW.was <> NEW.becomes BEGIN
	INSERT INTO told SELECT NEW.was,
		(SELECT was FROM told WHERE row = NEW.becomes AND name = 'account'), name, was, NULL
	FROM told WHERE row = NEW.becomes;
	UPDATE told SET was = NULL WHERE row = NEW.becomes;
	INSERT INTO outside VALUES (NEW.kind, NEW.was, NULL), (NEW.kind, NULL, NEW.becomes);
END;

-- Moves between tiers, as in 004-history.sql.
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
	)
	SELECT id, id, 'tier', NEW.tier, NULL FROM gone WHERE id > 0
	UNION ALL SELECT id, id, 'tier', NULL, NEW.tier FROM come WHERE id > 0;
	INSERT INTO outside SELECT 'account', row, row FROM told GROUP BY row;
	DELETE FROM told;
END;

-- For each table that people edit: the fields of its rows, and what is told. _insert and
-- _update keep the rows that a REPLACE may push out; those that are gone after it are told
-- by _inserted and _updated. Where PRAGMA recursive_triggers has the removal tell of them,
-- it leaves none here.

CREATE VIEW csm_fields(row, account, name, value) AS
SELECT id, NULL, field, CASE field
	WHEN 'name' THEN name WHEN 'email' THEN email WHEN 'team' THEN team
	WHEN 'role' THEN role WHEN 'capacity' THEN capacity WHEN 'regions' THEN regions
	WHEN 'segments' THEN segments WHEN 'active_from' THEN active_from
	WHEN 'active_until' THEN active_until END
FROM csm, field WHERE record = 'csm';
CREATE TRIGGER csm_history_insert BEFORE INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM csm_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM csm WHERE name = NEW.name);
END;
CREATE TRIGGER csm_history_inserted AFTER INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM csm_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('csm', NULL, NEW.id);
END;
CREATE TRIGGER csm_history_update BEFORE UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM csm_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM csm WHERE name = NEW.name));
END;
CREATE TRIGGER csm_history_updated AFTER UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NULL, * FROM (VALUES
		('name', OLD.name, NEW.name), ('email', OLD.email, NEW.email),
		('team', OLD.team, NEW.team), ('role', OLD.role, NEW.role),
		('capacity', OLD.capacity, NEW.capacity),
		('regions', OLD.regions, NEW.regions),
		('segments', OLD.segments, NEW.segments),
		('active_from', OLD.active_from, NEW.active_from),
		('active_until', OLD.active_until, NEW.active_until));
	INSERT INTO outside VALUES ('csm', OLD.id, NEW.id);
END;
CREATE TRIGGER csm_history_delete BEFORE DELETE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM csm_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('csm', OLD.id, NULL);
END;

CREATE VIEW account_fields(row, account, name, value) AS
SELECT id, id, field, CASE field
	WHEN 'account_id' THEN account_id WHEN 'name' THEN name
	WHEN 'parent_id' THEN parent_id WHEN 'segment' THEN segment
	WHEN 'industry' THEN industry WHEN 'region' THEN region WHEN 'csm' THEN csm
	WHEN 'arr' THEN arr WHEN 'currency' THEN currency
	WHEN 'contract_start' THEN contract_start WHEN 'renewal_date' THEN renewal_date
	WHEN 'auto_renew' THEN auto_renew WHEN 'status' THEN status
	WHEN 'churned_on' THEN churned_on WHEN 'churn_reason' THEN churn_reason
	WHEN 'growth' THEN growth WHEN 'reference' THEN reference
	WHEN 'marquee' THEN marquee WHEN 'advocate' THEN advocate
	WHEN 'parent_expansion' THEN parent_expansion WHEN 'complexity' THEN complexity
	WHEN 'maturity' THEN maturity WHEN 'stakeholders' THEN stakeholders
	WHEN 'seats_purchased' THEN seats_purchased
	WHEN 'features_available' THEN features_available
	WHEN 'onboarding_started' THEN onboarding_started
	WHEN 'first_value_on' THEN first_value_on WHEN 'tags' THEN tags END
FROM account, field WHERE record = 'account';
CREATE TRIGGER account_history_inserted AFTER INSERT ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told; -- an account is never pushed out
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM account_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('account', NULL, NEW.id);
END;
CREATE TRIGGER account_history_updated AFTER UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told; -- an account is never pushed out
	INSERT INTO told SELECT NEW.id, NEW.id, * FROM (VALUES
		('account_id', OLD.account_id, NEW.account_id),
		('name', OLD.name, NEW.name), ('parent_id', OLD.parent_id, NEW.parent_id),
		('segment', OLD.segment, NEW.segment),
		('industry', OLD.industry, NEW.industry),
		('region', OLD.region, NEW.region), ('csm', OLD.csm, NEW.csm),
		('arr', OLD.arr, NEW.arr), ('currency', OLD.currency, NEW.currency),
		('contract_start', OLD.contract_start, NEW.contract_start),
		('renewal_date', OLD.renewal_date, NEW.renewal_date),
		('auto_renew', OLD.auto_renew, NEW.auto_renew),
		('status', OLD.status, NEW.status),
		('churned_on', OLD.churned_on, NEW.churned_on),
		('churn_reason', OLD.churn_reason, NEW.churn_reason),
		('growth', OLD.growth, NEW.growth),
		('reference', OLD.reference, NEW.reference),
		('marquee', OLD.marquee, NEW.marquee),
		('advocate', OLD.advocate, NEW.advocate),
		('parent_expansion', OLD.parent_expansion, NEW.parent_expansion),
		('complexity', OLD.complexity, NEW.complexity),
		('maturity', OLD.maturity, NEW.maturity),
		('stakeholders', OLD.stakeholders, NEW.stakeholders),
		('seats_purchased', OLD.seats_purchased, NEW.seats_purchased),
		('features_available', OLD.features_available, NEW.features_available),
		('onboarding_started', OLD.onboarding_started, NEW.onboarding_started),
		('first_value_on', OLD.first_value_on, NEW.first_value_on),
		('tags', OLD.tags, NEW.tags));
	INSERT INTO outside VALUES ('account', OLD.id, NEW.id);
END;
CREATE TRIGGER account_history_delete BEFORE DELETE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM account_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('account', OLD.id, NULL);
END;

CREATE VIEW contact_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'name' THEN name WHEN 'email' THEN email
	WHEN 'role' THEN role WHEN 'since' THEN since WHEN 'left_on' THEN left_on END
FROM contact, field WHERE record = 'contact';
CREATE TRIGGER contact_history_insert BEFORE INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contact_fields WHERE row = NEW.id;
END;
CREATE TRIGGER contact_history_inserted AFTER INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contact);
	INSERT INTO outside SELECT 'contact', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM contact_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contact', NULL, NEW.id);
END;
CREATE TRIGGER contact_history_update BEFORE UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contact_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER contact_history_updated AFTER UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contact);
	INSERT INTO outside SELECT 'contact', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('name', OLD.name, NEW.name),
		('email', OLD.email, NEW.email), ('role', OLD.role, NEW.role),
		('since', OLD.since, NEW.since), ('left_on', OLD.left_on, NEW.left_on));
	INSERT INTO outside VALUES ('contact', OLD.id, NEW.id);
END;
CREATE TRIGGER contact_history_delete BEFORE DELETE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contact_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contact', OLD.id, NULL);
END;

CREATE VIEW ticket_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'ticket_id' THEN ticket_id WHEN 'account' THEN account
	WHEN 'opened_on' THEN opened_on WHEN 'closed_on' THEN closed_on
	WHEN 'severity' THEN severity WHEN 'root_cause' THEN root_cause
	WHEN 'csat' THEN csat END
FROM ticket, field WHERE record = 'ticket';
CREATE TRIGGER ticket_history_insert BEFORE INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM ticket_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id);
END;
CREATE TRIGGER ticket_history_inserted AFTER INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM ticket_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('ticket', NULL, NEW.id);
END;
CREATE TRIGGER ticket_history_update BEFORE UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM ticket_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id));
END;
CREATE TRIGGER ticket_history_updated AFTER UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('ticket_id', OLD.ticket_id, NEW.ticket_id),
		('account', OLD.account, NEW.account),
		('opened_on', OLD.opened_on, NEW.opened_on),
		('closed_on', OLD.closed_on, NEW.closed_on),
		('severity', OLD.severity, NEW.severity),
		('root_cause', OLD.root_cause, NEW.root_cause),
		('csat', OLD.csat, NEW.csat));
	INSERT INTO outside VALUES ('ticket', OLD.id, NEW.id);
END;
CREATE TRIGGER ticket_history_delete BEFORE DELETE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM ticket_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('ticket', OLD.id, NULL);
END;

CREATE VIEW survey_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'kind' THEN kind
	WHEN 'score' THEN score WHEN 'comment' THEN comment END
FROM survey, field WHERE record = 'survey';
CREATE TRIGGER survey_history_insert BEFORE INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM survey_fields WHERE row = NEW.id;
END;
CREATE TRIGGER survey_history_inserted AFTER INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM survey);
	INSERT INTO outside SELECT 'survey', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM survey_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('survey', NULL, NEW.id);
END;
CREATE TRIGGER survey_history_update BEFORE UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM survey_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER survey_history_updated AFTER UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM survey);
	INSERT INTO outside SELECT 'survey', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('kind', OLD.kind, NEW.kind), ('score', OLD.score, NEW.score),
		('comment', OLD.comment, NEW.comment));
	INSERT INTO outside VALUES ('survey', OLD.id, NEW.id);
END;
CREATE TRIGGER survey_history_delete BEFORE DELETE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM survey_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('survey', OLD.id, NULL);
END;

CREATE VIEW touch_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'kind' THEN kind
	WHEN 'two_way' THEN two_way WHEN 'purpose' THEN purpose WHEN 'outcome' THEN outcome
	WHEN 'minutes' THEN minutes WHEN 'actor' THEN actor END
FROM touch, field WHERE record = 'touch';
CREATE TRIGGER touch_history_insert BEFORE INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM touch_fields WHERE row = NEW.id;
END;
CREATE TRIGGER touch_history_inserted AFTER INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM touch);
	INSERT INTO outside SELECT 'touch', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM touch_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('touch', NULL, NEW.id);
END;
CREATE TRIGGER touch_history_update BEFORE UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM touch_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER touch_history_updated AFTER UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM touch);
	INSERT INTO outside SELECT 'touch', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('kind', OLD.kind, NEW.kind), ('two_way', OLD.two_way, NEW.two_way),
		('purpose', OLD.purpose, NEW.purpose),
		('outcome', OLD.outcome, NEW.outcome),
		('minutes', OLD.minutes, NEW.minutes), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('touch', OLD.id, NEW.id);
END;
CREATE TRIGGER touch_history_delete BEFORE DELETE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM touch_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('touch', OLD.id, NULL);
END;

CREATE VIEW contract_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'contract_id' THEN contract_id WHEN 'account' THEN account
	WHEN 'start' THEN start WHEN 'end' THEN "end" WHEN 'arr' THEN arr
	WHEN 'currency' THEN currency WHEN 'auto_renew' THEN auto_renew
	WHEN 'status' THEN status END
FROM contract, field WHERE record = 'contract';
CREATE TRIGGER contract_history_insert BEFORE INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contract_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_history_inserted AFTER INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM contract_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contract', NULL, NEW.id);
END;
CREATE TRIGGER contract_history_update BEFORE UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contract_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id));
END;
CREATE TRIGGER contract_history_updated AFTER UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('contract_id', OLD.contract_id, NEW.contract_id),
		('account', OLD.account, NEW.account), ('start', OLD.start, NEW.start),
		('end', OLD."end", NEW."end"), ('arr', OLD.arr, NEW.arr),
		('currency', OLD.currency, NEW.currency),
		('auto_renew', OLD.auto_renew, NEW.auto_renew),
		('status', OLD.status, NEW.status));
	INSERT INTO outside VALUES ('contract', OLD.id, NEW.id);
END;
CREATE TRIGGER contract_history_delete BEFORE DELETE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contract_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contract', OLD.id, NULL);
END;

CREATE VIEW movement_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'kind' THEN kind
	WHEN 'arr_delta' THEN arr_delta WHEN 'currency' THEN currency END
FROM movement, field WHERE record = 'movement';
CREATE TRIGGER movement_history_insert BEFORE INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM movement_fields WHERE row = NEW.id;
END;
CREATE TRIGGER movement_history_inserted AFTER INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM movement);
	INSERT INTO outside SELECT 'movement', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM movement_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('movement', NULL, NEW.id);
END;
CREATE TRIGGER movement_history_update BEFORE UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM movement_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER movement_history_updated AFTER UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM movement);
	INSERT INTO outside SELECT 'movement', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('kind', OLD.kind, NEW.kind), ('arr_delta', OLD.arr_delta, NEW.arr_delta),
		('currency', OLD.currency, NEW.currency));
	INSERT INTO outside VALUES ('movement', OLD.id, NEW.id);
END;
CREATE TRIGGER movement_history_delete BEFORE DELETE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM movement_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('movement', OLD.id, NULL);
END;

CREATE VIEW tier_lock_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'until' THEN until WHEN 'reason' THEN reason
	WHEN 'actor' THEN actor WHEN 'since' THEN since END
FROM tier_lock, field WHERE record = 'tier_lock';
CREATE TRIGGER tier_lock_history_insert BEFORE INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_lock_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account);
END;
CREATE TRIGGER tier_lock_history_inserted AFTER INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM tier_lock_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_lock', NULL, NEW.id);
END;
CREATE TRIGGER tier_lock_history_update BEFORE UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_lock_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account));
END;
CREATE TRIGGER tier_lock_history_updated AFTER UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('until', OLD.until, NEW.until),
		('reason', OLD.reason, NEW.reason), ('actor', OLD.actor, NEW.actor),
		('since', OLD.since, NEW.since));
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NEW.id);
END;
CREATE TRIGGER tier_lock_history_delete BEFORE DELETE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_lock_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NULL);
END;

CREATE VIEW note_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'text' THEN text
	WHEN 'actor' THEN actor END
FROM note, field WHERE record = 'note';
CREATE TRIGGER note_history_insert BEFORE INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM note_fields WHERE row = NEW.id;
END;
CREATE TRIGGER note_history_inserted AFTER INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM note);
	INSERT INTO outside SELECT 'note', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM note_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('note', NULL, NEW.id);
END;
CREATE TRIGGER note_history_update BEFORE UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM note_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER note_history_updated AFTER UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM note);
	INSERT INTO outside SELECT 'note', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('text', OLD.text, NEW.text), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('note', OLD.id, NEW.id);
END;
CREATE TRIGGER note_history_delete BEFORE DELETE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM note_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('note', OLD.id, NULL);
END;

CREATE VIEW plan_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'goal' THEN goal WHEN 'next_step' THEN next_step
	WHEN 'next_due' THEN next_due WHEN 'decision' THEN decision END
FROM plan, field WHERE record = 'plan';
CREATE TRIGGER plan_history_insert BEFORE INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM plan_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM plan WHERE account = NEW.account);
END;
CREATE TRIGGER plan_history_inserted AFTER INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM plan_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('plan', NULL, NEW.id);
END;
CREATE TRIGGER plan_history_update BEFORE UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM plan_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM plan WHERE account = NEW.account));
END;
CREATE TRIGGER plan_history_updated AFTER UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('goal', OLD.goal, NEW.goal),
		('next_step', OLD.next_step, NEW.next_step),
		('next_due', OLD.next_due, NEW.next_due),
		('decision', OLD.decision, NEW.decision));
	INSERT INTO outside VALUES ('plan', OLD.id, NEW.id);
END;
CREATE TRIGGER plan_history_delete BEFORE DELETE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM plan_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('plan', OLD.id, NULL);
END;

CREATE VIEW milestone_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'title' THEN title WHEN 'due' THEN due
	WHEN 'done_on' THEN done_on END
FROM milestone, field WHERE record = 'milestone';
CREATE TRIGGER milestone_history_insert BEFORE INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM milestone_fields WHERE row = NEW.id;
END;
CREATE TRIGGER milestone_history_inserted AFTER INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM milestone);
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM milestone_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('milestone', NULL, NEW.id);
END;
CREATE TRIGGER milestone_history_update BEFORE UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM milestone_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER milestone_history_updated AFTER UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM milestone);
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('title', OLD.title, NEW.title),
		('due', OLD.due, NEW.due), ('done_on', OLD.done_on, NEW.done_on));
	INSERT INTO outside VALUES ('milestone', OLD.id, NEW.id);
END;
CREATE TRIGGER milestone_history_delete BEFORE DELETE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM milestone_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('milestone', OLD.id, NULL);
END;

CREATE VIEW alert_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'kind' THEN kind WHEN 'opened_on' THEN opened_on
	WHEN 'severity' THEN severity WHEN 'state' THEN state WHEN 'x' THEN x
	WHEN 'y' THEN y WHEN 'day' THEN day WHEN 'snoozed_until' THEN snoozed_until
	WHEN 'reason' THEN reason WHEN 'ended_on' THEN ended_on WHEN 'outcome' THEN outcome
	WHEN 'useful' THEN useful WHEN 'escalated_on' THEN escalated_on
	WHEN 'reopened' THEN reopened WHEN 'severity_since' THEN severity_since END
FROM alert, field WHERE record = 'alert';
CREATE TRIGGER alert_history_insert BEFORE INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM alert_fields WHERE row = NEW.id;
END;
CREATE TRIGGER alert_history_inserted AFTER INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM alert);
	INSERT INTO outside SELECT 'alert', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM alert_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('alert', NULL, NEW.id);
END;
CREATE TRIGGER alert_history_update BEFORE UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM alert_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER alert_history_updated AFTER UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM alert);
	INSERT INTO outside SELECT 'alert', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('kind', OLD.kind, NEW.kind),
		('opened_on', OLD.opened_on, NEW.opened_on),
		('severity', OLD.severity, NEW.severity), ('state', OLD.state, NEW.state),
		('x', OLD.x, NEW.x), ('y', OLD.y, NEW.y), ('day', OLD.day, NEW.day),
		('snoozed_until', OLD.snoozed_until, NEW.snoozed_until),
		('reason', OLD.reason, NEW.reason),
		('ended_on', OLD.ended_on, NEW.ended_on),
		('outcome', OLD.outcome, NEW.outcome), ('useful', OLD.useful, NEW.useful),
		('escalated_on', OLD.escalated_on, NEW.escalated_on),
		('reopened', OLD.reopened, NEW.reopened),
		('severity_since', OLD.severity_since, NEW.severity_since));
	INSERT INTO outside VALUES ('alert', OLD.id, NEW.id);
END;
CREATE TRIGGER alert_history_delete BEFORE DELETE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM alert_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('alert', OLD.id, NULL);
END;

CREATE VIEW task_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'play' THEN play WHEN 'started_on' THEN started_on
	WHEN 'play_version' THEN play_version WHEN 'title' THEN title
	WHEN 'alert' THEN alert WHEN 'csm' THEN csm WHEN 'step' THEN step
	WHEN 'next_step' THEN next_step WHEN 'due' THEN due WHEN 'state' THEN state
	WHEN 'ended_on' THEN ended_on WHEN 'outcome' THEN outcome WHEN 'reason' THEN reason
	WHEN 'actor' THEN actor END
FROM task, field WHERE record = 'task';
CREATE TRIGGER task_history_insert BEFORE INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_fields WHERE row = NEW.id;
END;
CREATE TRIGGER task_history_inserted AFTER INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task);
	INSERT INTO outside SELECT 'task', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM task_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task', NULL, NEW.id);
END;
CREATE TRIGGER task_history_update BEFORE UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER task_history_updated AFTER UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task);
	INSERT INTO outside SELECT 'task', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('play', OLD.play, NEW.play),
		('started_on', OLD.started_on, NEW.started_on),
		('play_version', OLD.play_version, NEW.play_version),
		('title', OLD.title, NEW.title), ('alert', OLD.alert, NEW.alert),
		('csm', OLD.csm, NEW.csm), ('step', OLD.step, NEW.step),
		('next_step', OLD.next_step, NEW.next_step), ('due', OLD.due, NEW.due),
		('state', OLD.state, NEW.state), ('ended_on', OLD.ended_on, NEW.ended_on),
		('outcome', OLD.outcome, NEW.outcome), ('reason', OLD.reason, NEW.reason),
		('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('task', OLD.id, NEW.id);
END;
CREATE TRIGGER task_history_delete BEFORE DELETE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task', OLD.id, NULL);
END;

CREATE VIEW task_step_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'task' THEN task WHEN 'step' THEN step
	WHEN 'title' THEN title WHEN 'done_on' THEN done_on WHEN 'outcome' THEN outcome
	WHEN 'actor' THEN actor END
FROM task_step, field WHERE record = 'task_step';
CREATE TRIGGER task_step_history_insert BEFORE INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_step_fields WHERE row = NEW.id;
END;
CREATE TRIGGER task_step_history_inserted AFTER INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task_step);
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM task_step_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task_step', NULL, NEW.id);
END;
CREATE TRIGGER task_step_history_update BEFORE UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_step_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER task_step_history_updated AFTER UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task_step);
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('task', OLD.task, NEW.task),
		('step', OLD.step, NEW.step), ('title', OLD.title, NEW.title),
		('done_on', OLD.done_on, NEW.done_on),
		('outcome', OLD.outcome, NEW.outcome), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('task_step', OLD.id, NEW.id);
END;
CREATE TRIGGER task_step_history_delete BEFORE DELETE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_step_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task_step', OLD.id, NULL);
END;

CREATE VIEW message_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'made_on' THEN made_on WHEN 'kind' THEN kind
	WHEN 'recipient' THEN recipient WHEN 'subject' THEN subject WHEN 'body' THEN body
	WHEN 'play' THEN play WHEN 'alert' THEN alert WHEN 'sent_on' THEN sent_on
	WHEN 'tries' THEN tries WHEN 'failure' THEN failure END
FROM message, field WHERE record = 'message';
CREATE TRIGGER message_history_insert BEFORE INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM message_fields WHERE row = NEW.id;
END;
CREATE TRIGGER message_history_inserted AFTER INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM message);
	INSERT INTO outside SELECT 'message', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM message_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('message', NULL, NEW.id);
END;
CREATE TRIGGER message_history_update BEFORE UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM message_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER message_history_updated AFTER UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM message);
	INSERT INTO outside SELECT 'message', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account),
		('made_on', OLD.made_on, NEW.made_on), ('kind', OLD.kind, NEW.kind),
		('recipient', OLD.recipient, NEW.recipient),
		('subject', OLD.subject, NEW.subject), ('body', OLD.body, NEW.body),
		('play', OLD.play, NEW.play), ('alert', OLD.alert, NEW.alert),
		('sent_on', OLD.sent_on, NEW.sent_on), ('tries', OLD.tries, NEW.tries),
		('failure', OLD.failure, NEW.failure));
	INSERT INTO outside VALUES ('message', OLD.id, NEW.id);
END;
CREATE TRIGGER message_history_delete BEFORE DELETE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM message_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('message', OLD.id, NULL);
END;

CREATE VIEW proposal_fields(row, account, name, value) AS
SELECT id, NULL, field, CASE field
	WHEN 'name' THEN name WHEN 'made_on' THEN made_on WHEN 'actor' THEN actor
	WHEN 'operation' THEN operation WHEN 'asked' THEN asked WHEN 'moves' THEN moves
	WHEN 'cost' THEN cost WHEN 'bound' THEN bound END
FROM proposal, field WHERE record = 'proposal';
CREATE TRIGGER proposal_history_insert BEFORE INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM proposal_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM proposal WHERE name = NEW.name);
END;
CREATE TRIGGER proposal_history_inserted AFTER INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM proposal_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('proposal', NULL, NEW.id);
END;
CREATE TRIGGER proposal_history_update BEFORE UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM proposal_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM proposal WHERE name = NEW.name));
END;
CREATE TRIGGER proposal_history_updated AFTER UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NULL, * FROM (VALUES
		('name', OLD.name, NEW.name), ('made_on', OLD.made_on, NEW.made_on),
		('actor', OLD.actor, NEW.actor),
		('operation', OLD.operation, NEW.operation),
		('asked', OLD.asked, NEW.asked), ('moves', OLD.moves, NEW.moves),
		('cost', OLD.cost, NEW.cost), ('bound', OLD.bound, NEW.bound));
	INSERT INTO outside VALUES ('proposal', OLD.id, NEW.id);
END;
CREATE TRIGGER proposal_history_delete BEFORE DELETE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM proposal_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('proposal', OLD.id, NULL);
END;

CREATE VIEW tier_request_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'asked_on' THEN asked_on WHEN 'wanted' THEN wanted
	WHEN 'requester' THEN requester WHEN 'reason' THEN reason WHEN 'actor' THEN actor
	WHEN 'state' THEN state WHEN 'answered_on' THEN answered_on
	WHEN 'answer' THEN answer WHEN 'answered_by' THEN answered_by END
FROM tier_request, field WHERE record = 'tier_request';
CREATE TRIGGER tier_request_history_insert BEFORE INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_request_fields WHERE row = NEW.id;
END;
CREATE TRIGGER tier_request_history_inserted AFTER INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_request);
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM tier_request_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_request', NULL, NEW.id);
END;
CREATE TRIGGER tier_request_history_update BEFORE UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_request_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER tier_request_history_updated AFTER UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_request);
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account),
		('asked_on', OLD.asked_on, NEW.asked_on),
		('wanted', OLD.wanted, NEW.wanted),
		('requester', OLD.requester, NEW.requester),
		('reason', OLD.reason, NEW.reason), ('actor', OLD.actor, NEW.actor),
		('state', OLD.state, NEW.state),
		('answered_on', OLD.answered_on, NEW.answered_on),
		('answer', OLD.answer, NEW.answer),
		('answered_by', OLD.answered_by, NEW.answered_by));
	INSERT INTO outside VALUES ('tier_request', OLD.id, NEW.id);
END;
CREATE TRIGGER tier_request_history_delete BEFORE DELETE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_request_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_request', OLD.id, NULL);
END;

CREATE VIEW fix_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'cause' THEN cause
	WHEN 'noticed_on' THEN noticed_on WHEN 'text' THEN text
	WHEN 'documented_on' THEN documented_on WHEN 'automated_on' THEN automated_on
	WHEN 'verified_on' THEN verified_on WHEN 'link' THEN link
	WHEN 'actor' THEN actor END
FROM fix, field WHERE record = 'fix';
CREATE TRIGGER fix_history_insert BEFORE INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM fix_fields WHERE row = NEW.id;
END;
CREATE TRIGGER fix_history_inserted AFTER INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM fix);
	INSERT INTO outside SELECT 'fix', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM fix_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('fix', NULL, NEW.id);
END;
CREATE TRIGGER fix_history_update BEFORE UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM fix_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;
CREATE TRIGGER fix_history_updated AFTER UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM fix);
	INSERT INTO outside SELECT 'fix', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('cause', OLD.cause, NEW.cause),
		('noticed_on', OLD.noticed_on, NEW.noticed_on),
		('text', OLD.text, NEW.text),
		('documented_on', OLD.documented_on, NEW.documented_on),
		('automated_on', OLD.automated_on, NEW.automated_on),
		('verified_on', OLD.verified_on, NEW.verified_on),
		('link', OLD.link, NEW.link), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('fix', OLD.id, NEW.id);
END;
CREATE TRIGGER fix_history_delete BEFORE DELETE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM fix_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('fix', OLD.id, NULL);
END;
