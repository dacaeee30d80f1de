-- A tierdesk book, version 9: what the manager's work has to know.

-- Alerts: since when one is as severe as it is. Escalation counts from that day: a warning
-- of 40 days that became critical today is critical since today.
ALTER TABLE alert ADD COLUMN severity_since INTEGER; -- day; NULL: since it opened
INSERT INTO field VALUES ('alert', 'severity_since');
DELETE FROM row_digest WHERE kind = 'alert'; -- over the columns there were
DELETE FROM mirror WHERE source = 102;       -- likewise

DROP TRIGGER alert_history_insert;
DROP TRIGGER alert_history_inserted;
DROP TRIGGER alert_history_update;
DROP TRIGGER alert_history_renumber;
DROP TRIGGER alert_history_updated;
DROP TRIGGER alert_history_delete;
CREATE TRIGGER alert_history_insert BEFORE INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'kind' THEN t.kind
		WHEN 'opened_on' THEN t.opened_on WHEN 'severity' THEN t.severity
		WHEN 'state' THEN t.state WHEN 'x' THEN t.x WHEN 'y' THEN t.y
		WHEN 'day' THEN t.day WHEN 'snoozed_until' THEN t.snoozed_until
		WHEN 'reason' THEN t.reason WHEN 'ended_on' THEN t.ended_on
		WHEN 'outcome' THEN t.outcome WHEN 'useful' THEN t.useful
		WHEN 'escalated_on' THEN t.escalated_on WHEN 'reopened' THEN t.reopened
		WHEN 'severity_since' THEN t.severity_since END, NULL
	FROM alert t, field f WHERE f.kind = 'alert' AND t.id = NEW.id;
END;
CREATE TRIGGER alert_history_inserted AFTER INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'alert', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM alert WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'alert' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'opened_on', NULL, NEW.opened_on),
		(NEW.id, NEW.account, 'severity', NULL, NEW.severity),
		(NEW.id, NEW.account, 'state', NULL, NEW.state),
		(NEW.id, NEW.account, 'x', NULL, NEW.x),
		(NEW.id, NEW.account, 'y', NULL, NEW.y),
		(NEW.id, NEW.account, 'day', NULL, NEW.day),
		(NEW.id, NEW.account, 'snoozed_until', NULL, NEW.snoozed_until),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'ended_on', NULL, NEW.ended_on),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'useful', NULL, NEW.useful),
		(NEW.id, NEW.account, 'escalated_on', NULL, NEW.escalated_on),
		(NEW.id, NEW.account, 'reopened', NULL, NEW.reopened),
		(NEW.id, NEW.account, 'severity_since', NULL, NEW.severity_since);
	INSERT INTO outside VALUES ('alert', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER alert_history_update BEFORE UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'kind' THEN t.kind
		WHEN 'opened_on' THEN t.opened_on WHEN 'severity' THEN t.severity
		WHEN 'state' THEN t.state WHEN 'x' THEN t.x WHEN 'y' THEN t.y
		WHEN 'day' THEN t.day WHEN 'snoozed_until' THEN t.snoozed_until
		WHEN 'reason' THEN t.reason WHEN 'ended_on' THEN t.ended_on
		WHEN 'outcome' THEN t.outcome WHEN 'useful' THEN t.useful
		WHEN 'escalated_on' THEN t.escalated_on WHEN 'reopened' THEN t.reopened
		WHEN 'severity_since' THEN t.severity_since END, NULL
	FROM alert t, field f WHERE f.kind = 'alert' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER alert_history_renumber AFTER UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'alert', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM alert WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'alert' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'opened_on', OLD.opened_on, NULL),
		(OLD.id, OLD.account, 'severity', OLD.severity, NULL),
		(OLD.id, OLD.account, 'state', OLD.state, NULL),
		(OLD.id, OLD.account, 'x', OLD.x, NULL),
		(OLD.id, OLD.account, 'y', OLD.y, NULL),
		(OLD.id, OLD.account, 'day', OLD.day, NULL),
		(OLD.id, OLD.account, 'snoozed_until', OLD.snoozed_until, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'ended_on', OLD.ended_on, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'useful', OLD.useful, NULL),
		(OLD.id, OLD.account, 'escalated_on', OLD.escalated_on, NULL),
		(OLD.id, OLD.account, 'reopened', OLD.reopened, NULL),
		(OLD.id, OLD.account, 'severity_since', OLD.severity_since, NULL);
	INSERT INTO outside VALUES ('alert', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'opened_on', NULL, NEW.opened_on),
		(NEW.id, NEW.account, 'severity', NULL, NEW.severity),
		(NEW.id, NEW.account, 'state', NULL, NEW.state),
		(NEW.id, NEW.account, 'x', NULL, NEW.x),
		(NEW.id, NEW.account, 'y', NULL, NEW.y),
		(NEW.id, NEW.account, 'day', NULL, NEW.day),
		(NEW.id, NEW.account, 'snoozed_until', NULL, NEW.snoozed_until),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'ended_on', NULL, NEW.ended_on),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'useful', NULL, NEW.useful),
		(NEW.id, NEW.account, 'escalated_on', NULL, NEW.escalated_on),
		(NEW.id, NEW.account, 'reopened', NULL, NEW.reopened),
		(NEW.id, NEW.account, 'severity_since', NULL, NEW.severity_since);
	INSERT INTO outside VALUES ('alert', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER alert_history_updated AFTER UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'alert', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM alert WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'alert' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'kind', OLD.kind, NEW.kind),
		(NEW.id, NEW.account, 'opened_on', OLD.opened_on, NEW.opened_on),
		(NEW.id, NEW.account, 'severity', OLD.severity, NEW.severity),
		(NEW.id, NEW.account, 'state', OLD.state, NEW.state),
		(NEW.id, NEW.account, 'x', OLD.x, NEW.x),
		(NEW.id, NEW.account, 'y', OLD.y, NEW.y),
		(NEW.id, NEW.account, 'day', OLD.day, NEW.day),
		(NEW.id, NEW.account, 'snoozed_until', OLD.snoozed_until, NEW.snoozed_until),
		(NEW.id, NEW.account, 'reason', OLD.reason, NEW.reason),
		(NEW.id, NEW.account, 'ended_on', OLD.ended_on, NEW.ended_on),
		(NEW.id, NEW.account, 'outcome', OLD.outcome, NEW.outcome),
		(NEW.id, NEW.account, 'useful', OLD.useful, NEW.useful),
		(NEW.id, NEW.account, 'escalated_on', OLD.escalated_on, NEW.escalated_on),
		(NEW.id, NEW.account, 'reopened', OLD.reopened, NEW.reopened),
		(NEW.id, NEW.account, 'severity_since', OLD.severity_since, NEW.severity_since);
	INSERT INTO outside VALUES ('alert', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER alert_history_delete AFTER DELETE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'opened_on', OLD.opened_on, NULL),
		(OLD.id, OLD.account, 'severity', OLD.severity, NULL),
		(OLD.id, OLD.account, 'state', OLD.state, NULL),
		(OLD.id, OLD.account, 'x', OLD.x, NULL),
		(OLD.id, OLD.account, 'y', OLD.y, NULL),
		(OLD.id, OLD.account, 'day', OLD.day, NULL),
		(OLD.id, OLD.account, 'snoozed_until', OLD.snoozed_until, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'ended_on', OLD.ended_on, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'useful', OLD.useful, NULL),
		(OLD.id, OLD.account, 'escalated_on', OLD.escalated_on, NULL),
		(OLD.id, OLD.account, 'reopened', OLD.reopened, NULL),
		(OLD.id, OLD.account, 'severity_since', OLD.severity_since, NULL);
	INSERT INTO outside VALUES ('alert', OLD.id, OLD.account, 1, 0);
END;

-- Proposals of a rebalance that were kept under a name: what was asked, on which state of
-- the book, and who would have gone where. Lines, their parts with tabs between; in names
-- and ids \t, \n and \\ stand for these.
CREATE TABLE proposal (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	made_on INTEGER NOT NULL,           -- day
	actor TEXT,                         -- who kept it
	operation INTEGER NOT NULL,         -- that kept it
	asked TEXT, -- pin account_id name, share name n, added n, size tier n, set key=value, moves n, csm-moves n
	moves TEXT,                         -- account_id from to; nobody's is empty
	cost REAL NOT NULL,
	bound REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX proposal_key ON proposal(name);

INSERT INTO field VALUES
	('proposal', 'name'), ('proposal', 'made_on'), ('proposal', 'actor'),
	('proposal', 'operation'), ('proposal', 'asked'), ('proposal', 'moves'),
	('proposal', 'cost'), ('proposal', 'bound');

CREATE TRIGGER proposal_history_insert BEFORE INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, NULL, f.name, CASE f.name
		WHEN 'name' THEN t.name WHEN 'made_on' THEN t.made_on WHEN 'actor' THEN t.actor
		WHEN 'operation' THEN t.operation WHEN 'asked' THEN t.asked
		WHEN 'moves' THEN t.moves WHEN 'cost' THEN t.cost WHEN 'bound' THEN t.bound END, NULL
	FROM proposal t, field f WHERE f.kind = 'proposal' AND (t.id = NEW.id OR t.name = NEW.name);
END;
CREATE TRIGGER proposal_history_inserted AFTER INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'proposal', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM proposal WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'proposal' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NULL, 'name', NULL, NEW.name),
		(NEW.id, NULL, 'made_on', NULL, NEW.made_on),
		(NEW.id, NULL, 'actor', NULL, NEW.actor),
		(NEW.id, NULL, 'operation', NULL, NEW.operation),
		(NEW.id, NULL, 'asked', NULL, NEW.asked),
		(NEW.id, NULL, 'moves', NULL, NEW.moves),
		(NEW.id, NULL, 'cost', NULL, NEW.cost),
		(NEW.id, NULL, 'bound', NULL, NEW.bound);
	INSERT INTO outside VALUES ('proposal', NEW.id, NULL, 0, 1);
END;
CREATE TRIGGER proposal_history_update BEFORE UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, NULL, f.name, CASE f.name
		WHEN 'name' THEN t.name WHEN 'made_on' THEN t.made_on WHEN 'actor' THEN t.actor
		WHEN 'operation' THEN t.operation WHEN 'asked' THEN t.asked
		WHEN 'moves' THEN t.moves WHEN 'cost' THEN t.cost WHEN 'bound' THEN t.bound END, NULL
	FROM proposal t, field f WHERE f.kind = 'proposal' AND t.id <> OLD.id AND (t.id = NEW.id OR t.name = NEW.name);
END;
CREATE TRIGGER proposal_history_renumber AFTER UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'proposal', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM proposal WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'proposal' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, NULL, 'name', OLD.name, NULL),
		(OLD.id, NULL, 'made_on', OLD.made_on, NULL),
		(OLD.id, NULL, 'actor', OLD.actor, NULL),
		(OLD.id, NULL, 'operation', OLD.operation, NULL),
		(OLD.id, NULL, 'asked', OLD.asked, NULL),
		(OLD.id, NULL, 'moves', OLD.moves, NULL),
		(OLD.id, NULL, 'cost', OLD.cost, NULL),
		(OLD.id, NULL, 'bound', OLD.bound, NULL);
	INSERT INTO outside VALUES ('proposal', OLD.id, NULL, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NULL, 'name', NULL, NEW.name),
		(NEW.id, NULL, 'made_on', NULL, NEW.made_on),
		(NEW.id, NULL, 'actor', NULL, NEW.actor),
		(NEW.id, NULL, 'operation', NULL, NEW.operation),
		(NEW.id, NULL, 'asked', NULL, NEW.asked),
		(NEW.id, NULL, 'moves', NULL, NEW.moves),
		(NEW.id, NULL, 'cost', NULL, NEW.cost),
		(NEW.id, NULL, 'bound', NULL, NEW.bound);
	INSERT INTO outside VALUES ('proposal', NEW.id, NULL, 0, 1);
END;
CREATE TRIGGER proposal_history_updated AFTER UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'proposal', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM proposal WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'proposal' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NULL, 'name', OLD.name, NEW.name),
		(NEW.id, NULL, 'made_on', OLD.made_on, NEW.made_on),
		(NEW.id, NULL, 'actor', OLD.actor, NEW.actor),
		(NEW.id, NULL, 'operation', OLD.operation, NEW.operation),
		(NEW.id, NULL, 'asked', OLD.asked, NEW.asked),
		(NEW.id, NULL, 'moves', OLD.moves, NEW.moves),
		(NEW.id, NULL, 'cost', OLD.cost, NEW.cost),
		(NEW.id, NULL, 'bound', OLD.bound, NEW.bound);
	INSERT INTO outside VALUES ('proposal', NEW.id, NULL, 1, 1);
END;
CREATE TRIGGER proposal_history_delete AFTER DELETE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, NULL, 'name', OLD.name, NULL),
		(OLD.id, NULL, 'made_on', OLD.made_on, NULL),
		(OLD.id, NULL, 'actor', OLD.actor, NULL),
		(OLD.id, NULL, 'operation', OLD.operation, NULL),
		(OLD.id, NULL, 'asked', OLD.asked, NULL),
		(OLD.id, NULL, 'moves', OLD.moves, NULL),
		(OLD.id, NULL, 'cost', OLD.cost, NULL),
		(OLD.id, NULL, 'bound', OLD.bound, NULL);
	INSERT INTO outside VALUES ('proposal', OLD.id, NULL, 1, 0);
END;

-- Requests for a tier: who wants which account in which tier, why, and what was answered.
CREATE TABLE tier_request (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	asked_on INTEGER NOT NULL,          -- day
	wanted INTEGER NOT NULL CHECK (wanted BETWEEN 1 AND 3), -- the tier
	requester TEXT NOT NULL,            -- who wants it: "Kim, sales"
	reason TEXT NOT NULL,               -- why, in the requester's words
	actor TEXT,                         -- who wrote it down
	state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'declined')),
	answered_on INTEGER,                -- day; NULL: it is open
	answer TEXT,                        -- why it was granted or declined
	answered_by TEXT
) STRICT;
CREATE INDEX tier_request_key ON tier_request(account, asked_on);
CREATE INDEX tier_request_live ON tier_request(account) WHERE answered_on IS NULL;
CREATE INDEX tier_request_ended ON tier_request(answered_on) WHERE answered_on IS NOT NULL;

INSERT INTO field VALUES
	('tier_request', 'account'), ('tier_request', 'asked_on'), ('tier_request', 'wanted'),
	('tier_request', 'requester'), ('tier_request', 'reason'), ('tier_request', 'actor'),
	('tier_request', 'state'), ('tier_request', 'answered_on'),
	('tier_request', 'answer'), ('tier_request', 'answered_by');

CREATE TRIGGER tier_request_history_insert BEFORE INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'asked_on' THEN t.asked_on
		WHEN 'wanted' THEN t.wanted WHEN 'requester' THEN t.requester
		WHEN 'reason' THEN t.reason WHEN 'actor' THEN t.actor WHEN 'state' THEN t.state
		WHEN 'answered_on' THEN t.answered_on WHEN 'answer' THEN t.answer
		WHEN 'answered_by' THEN t.answered_by END, NULL
	FROM tier_request t, field f WHERE f.kind = 'tier_request' AND t.id = NEW.id;
END;
CREATE TRIGGER tier_request_history_inserted AFTER INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'tier_request', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM tier_request WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'tier_request' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'asked_on', NULL, NEW.asked_on),
		(NEW.id, NEW.account, 'wanted', NULL, NEW.wanted),
		(NEW.id, NEW.account, 'requester', NULL, NEW.requester),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor),
		(NEW.id, NEW.account, 'state', NULL, NEW.state),
		(NEW.id, NEW.account, 'answered_on', NULL, NEW.answered_on),
		(NEW.id, NEW.account, 'answer', NULL, NEW.answer),
		(NEW.id, NEW.account, 'answered_by', NULL, NEW.answered_by);
	INSERT INTO outside VALUES ('tier_request', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER tier_request_history_update BEFORE UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'asked_on' THEN t.asked_on
		WHEN 'wanted' THEN t.wanted WHEN 'requester' THEN t.requester
		WHEN 'reason' THEN t.reason WHEN 'actor' THEN t.actor WHEN 'state' THEN t.state
		WHEN 'answered_on' THEN t.answered_on WHEN 'answer' THEN t.answer
		WHEN 'answered_by' THEN t.answered_by END, NULL
	FROM tier_request t, field f WHERE f.kind = 'tier_request' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER tier_request_history_renumber AFTER UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'tier_request', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM tier_request WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'tier_request' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'asked_on', OLD.asked_on, NULL),
		(OLD.id, OLD.account, 'wanted', OLD.wanted, NULL),
		(OLD.id, OLD.account, 'requester', OLD.requester, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL),
		(OLD.id, OLD.account, 'state', OLD.state, NULL),
		(OLD.id, OLD.account, 'answered_on', OLD.answered_on, NULL),
		(OLD.id, OLD.account, 'answer', OLD.answer, NULL),
		(OLD.id, OLD.account, 'answered_by', OLD.answered_by, NULL);
	INSERT INTO outside VALUES ('tier_request', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'asked_on', NULL, NEW.asked_on),
		(NEW.id, NEW.account, 'wanted', NULL, NEW.wanted),
		(NEW.id, NEW.account, 'requester', NULL, NEW.requester),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor),
		(NEW.id, NEW.account, 'state', NULL, NEW.state),
		(NEW.id, NEW.account, 'answered_on', NULL, NEW.answered_on),
		(NEW.id, NEW.account, 'answer', NULL, NEW.answer),
		(NEW.id, NEW.account, 'answered_by', NULL, NEW.answered_by);
	INSERT INTO outside VALUES ('tier_request', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER tier_request_history_updated AFTER UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'tier_request', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM tier_request WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'tier_request' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'asked_on', OLD.asked_on, NEW.asked_on),
		(NEW.id, NEW.account, 'wanted', OLD.wanted, NEW.wanted),
		(NEW.id, NEW.account, 'requester', OLD.requester, NEW.requester),
		(NEW.id, NEW.account, 'reason', OLD.reason, NEW.reason),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor),
		(NEW.id, NEW.account, 'state', OLD.state, NEW.state),
		(NEW.id, NEW.account, 'answered_on', OLD.answered_on, NEW.answered_on),
		(NEW.id, NEW.account, 'answer', OLD.answer, NEW.answer),
		(NEW.id, NEW.account, 'answered_by', OLD.answered_by, NEW.answered_by);
	INSERT INTO outside VALUES ('tier_request', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER tier_request_history_delete AFTER DELETE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'asked_on', OLD.asked_on, NULL),
		(OLD.id, OLD.account, 'wanted', OLD.wanted, NULL),
		(OLD.id, OLD.account, 'requester', OLD.requester, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL),
		(OLD.id, OLD.account, 'state', OLD.state, NULL),
		(OLD.id, OLD.account, 'answered_on', OLD.answered_on, NULL),
		(OLD.id, OLD.account, 'answer', OLD.answer, NULL),
		(OLD.id, OLD.account, 'answered_by', OLD.answered_by, NULL);
	INSERT INTO outside VALUES ('tier_request', OLD.id, OLD.account, 1, 0);
END;
