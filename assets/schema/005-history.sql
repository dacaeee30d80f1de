-- A tierdesk book, version 5: the history of what other programs change, of the other
-- tables (004-history.sql says how).

-- Rows that a REPLACE pushes out are told field by field.
INSERT INTO field VALUES
	('contract', 'contract_id'), ('contract', 'account'), ('contract', 'start'),
	('contract', 'end'), ('contract', 'arr'), ('contract', 'currency'),
	('contract', 'auto_renew'), ('contract', 'status'), ('movement', 'account'),
	('movement', 'date'), ('movement', 'kind'), ('movement', 'arr_delta'),
	('movement', 'currency'), ('tier_lock', 'account'), ('tier_lock', 'until'),
	('tier_lock', 'reason'), ('tier_lock', 'actor'), ('note', 'account'), ('note', 'date'),
	('note', 'text'), ('note', 'actor'), ('plan', 'account'), ('plan', 'goal'),
	('plan', 'next_step'), ('plan', 'next_due'), ('plan', 'decision'),
	('milestone', 'account'), ('milestone', 'title'), ('milestone', 'due'),
	('milestone', 'done_on'), ('alert', 'account'), ('alert', 'kind'),
	('alert', 'opened_on'), ('alert', 'severity'), ('alert', 'state'), ('alert', 'x'),
	('alert', 'y'), ('alert', 'day'), ('alert', 'snoozed_until'), ('alert', 'reason'),
	('alert', 'ended_on'), ('alert', 'outcome'), ('alert', 'useful'),
	('alert', 'escalated_on'), ('alert', 'reopened'), ('task', 'account'), ('task', 'play'),
	('task', 'started_on'), ('task', 'play_version'), ('task', 'title'), ('task', 'alert'),
	('task', 'csm'), ('task', 'step'), ('task', 'next_step'), ('task', 'due'),
	('task', 'state'), ('task', 'ended_on'), ('task', 'outcome'), ('task', 'reason'),
	('task', 'actor'), ('task_step', 'account'), ('task_step', 'task'),
	('task_step', 'step'), ('task_step', 'title'), ('task_step', 'done_on'),
	('task_step', 'outcome'), ('task_step', 'actor'), ('message', 'account'),
	('message', 'made_on'), ('message', 'kind'), ('message', 'recipient'),
	('message', 'subject'), ('message', 'body'), ('message', 'play'), ('message', 'alert'),
	('message', 'sent_on'), ('message', 'tries'), ('message', 'failure');

CREATE TRIGGER contract_history_insert BEFORE INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'contract_id' THEN t.contract_id WHEN 'account' THEN t.account
		WHEN 'start' THEN t.start WHEN 'end' THEN t."end" WHEN 'arr' THEN t.arr
		WHEN 'currency' THEN t.currency WHEN 'auto_renew' THEN t.auto_renew
		WHEN 'status' THEN t.status END, NULL
	FROM contract t, field f WHERE f.kind = 'contract' AND (t.id = NEW.id OR t.contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_history_inserted AFTER INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'contract', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM contract WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'contract' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'contract_id', NULL, NEW.contract_id),
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'start', NULL, NEW.start),
		(NEW.id, NEW.account, 'end', NULL, NEW."end"),
		(NEW.id, NEW.account, 'arr', NULL, NEW.arr),
		(NEW.id, NEW.account, 'currency', NULL, NEW.currency),
		(NEW.id, NEW.account, 'auto_renew', NULL, NEW.auto_renew),
		(NEW.id, NEW.account, 'status', NULL, NEW.status);
	INSERT INTO outside VALUES ('contract', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER contract_history_update BEFORE UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'contract_id' THEN t.contract_id WHEN 'account' THEN t.account
		WHEN 'start' THEN t.start WHEN 'end' THEN t."end" WHEN 'arr' THEN t.arr
		WHEN 'currency' THEN t.currency WHEN 'auto_renew' THEN t.auto_renew
		WHEN 'status' THEN t.status END, NULL
	FROM contract t, field f WHERE f.kind = 'contract' AND t.id <> OLD.id AND (t.id = NEW.id OR t.contract_id = NEW.contract_id);
END;
CREATE TRIGGER contract_history_renumber AFTER UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'contract', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM contract WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'contract' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'contract_id', OLD.contract_id, NULL),
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'start', OLD.start, NULL),
		(OLD.id, OLD.account, 'end', OLD."end", NULL),
		(OLD.id, OLD.account, 'arr', OLD.arr, NULL),
		(OLD.id, OLD.account, 'currency', OLD.currency, NULL),
		(OLD.id, OLD.account, 'auto_renew', OLD.auto_renew, NULL),
		(OLD.id, OLD.account, 'status', OLD.status, NULL);
	INSERT INTO outside VALUES ('contract', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'contract_id', NULL, NEW.contract_id),
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'start', NULL, NEW.start),
		(NEW.id, NEW.account, 'end', NULL, NEW."end"),
		(NEW.id, NEW.account, 'arr', NULL, NEW.arr),
		(NEW.id, NEW.account, 'currency', NULL, NEW.currency),
		(NEW.id, NEW.account, 'auto_renew', NULL, NEW.auto_renew),
		(NEW.id, NEW.account, 'status', NULL, NEW.status);
	INSERT INTO outside VALUES ('contract', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER contract_history_updated AFTER UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'contract', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM contract WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'contract' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'contract_id', OLD.contract_id, NEW.contract_id),
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'start', OLD.start, NEW.start),
		(NEW.id, NEW.account, 'end', OLD."end", NEW."end"),
		(NEW.id, NEW.account, 'arr', OLD.arr, NEW.arr),
		(NEW.id, NEW.account, 'currency', OLD.currency, NEW.currency),
		(NEW.id, NEW.account, 'auto_renew', OLD.auto_renew, NEW.auto_renew),
		(NEW.id, NEW.account, 'status', OLD.status, NEW.status);
	INSERT INTO outside VALUES ('contract', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER contract_history_delete AFTER DELETE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'contract_id', OLD.contract_id, NULL),
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'start', OLD.start, NULL),
		(OLD.id, OLD.account, 'end', OLD."end", NULL),
		(OLD.id, OLD.account, 'arr', OLD.arr, NULL),
		(OLD.id, OLD.account, 'currency', OLD.currency, NULL),
		(OLD.id, OLD.account, 'auto_renew', OLD.auto_renew, NULL),
		(OLD.id, OLD.account, 'status', OLD.status, NULL);
	INSERT INTO outside VALUES ('contract', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER movement_history_insert BEFORE INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'kind' THEN t.kind
		WHEN 'arr_delta' THEN t.arr_delta WHEN 'currency' THEN t.currency END, NULL
	FROM movement t, field f WHERE f.kind = 'movement' AND t.id = NEW.id;
END;
CREATE TRIGGER movement_history_inserted AFTER INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'movement', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM movement WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'movement' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'arr_delta', NULL, NEW.arr_delta),
		(NEW.id, NEW.account, 'currency', NULL, NEW.currency);
	INSERT INTO outside VALUES ('movement', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER movement_history_update BEFORE UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'kind' THEN t.kind
		WHEN 'arr_delta' THEN t.arr_delta WHEN 'currency' THEN t.currency END, NULL
	FROM movement t, field f WHERE f.kind = 'movement' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER movement_history_renumber AFTER UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'movement', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM movement WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'movement' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'arr_delta', OLD.arr_delta, NULL),
		(OLD.id, OLD.account, 'currency', OLD.currency, NULL);
	INSERT INTO outside VALUES ('movement', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'arr_delta', NULL, NEW.arr_delta),
		(NEW.id, NEW.account, 'currency', NULL, NEW.currency);
	INSERT INTO outside VALUES ('movement', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER movement_history_updated AFTER UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'movement', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM movement WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'movement' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'date', OLD.date, NEW.date),
		(NEW.id, NEW.account, 'kind', OLD.kind, NEW.kind),
		(NEW.id, NEW.account, 'arr_delta', OLD.arr_delta, NEW.arr_delta),
		(NEW.id, NEW.account, 'currency', OLD.currency, NEW.currency);
	INSERT INTO outside VALUES ('movement', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER movement_history_delete AFTER DELETE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'arr_delta', OLD.arr_delta, NULL),
		(OLD.id, OLD.account, 'currency', OLD.currency, NULL);
	INSERT INTO outside VALUES ('movement', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER tier_lock_history_insert BEFORE INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'until' THEN t.until
		WHEN 'reason' THEN t.reason WHEN 'actor' THEN t.actor END, NULL
	FROM tier_lock t, field f WHERE f.kind = 'tier_lock' AND (t.id = NEW.id OR t.account = NEW.account);
END;
CREATE TRIGGER tier_lock_history_inserted AFTER INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'tier_lock', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM tier_lock WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'tier_lock' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'until', NULL, NEW.until),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('tier_lock', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER tier_lock_history_update BEFORE UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'until' THEN t.until
		WHEN 'reason' THEN t.reason WHEN 'actor' THEN t.actor END, NULL
	FROM tier_lock t, field f WHERE f.kind = 'tier_lock' AND t.id <> OLD.id AND (t.id = NEW.id OR t.account = NEW.account);
END;
CREATE TRIGGER tier_lock_history_renumber AFTER UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'tier_lock', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM tier_lock WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'tier_lock' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'until', OLD.until, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('tier_lock', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'until', NULL, NEW.until),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('tier_lock', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER tier_lock_history_updated AFTER UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'tier_lock', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM tier_lock WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'tier_lock' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'until', OLD.until, NEW.until),
		(NEW.id, NEW.account, 'reason', OLD.reason, NEW.reason),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor);
	INSERT INTO outside VALUES ('tier_lock', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER tier_lock_history_delete AFTER DELETE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'until', OLD.until, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('tier_lock', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER note_history_insert BEFORE INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'text' THEN t.text
		WHEN 'actor' THEN t.actor END, NULL
	FROM note t, field f WHERE f.kind = 'note' AND t.id = NEW.id;
END;
CREATE TRIGGER note_history_inserted AFTER INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'note', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM note WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'note' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'text', NULL, NEW.text),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('note', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER note_history_update BEFORE UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'date' THEN t.date WHEN 'text' THEN t.text
		WHEN 'actor' THEN t.actor END, NULL
	FROM note t, field f WHERE f.kind = 'note' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER note_history_renumber AFTER UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'note', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM note WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'note' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'text', OLD.text, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('note', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'date', NULL, NEW.date),
		(NEW.id, NEW.account, 'text', NULL, NEW.text),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('note', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER note_history_updated AFTER UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'note', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM note WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'note' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'date', OLD.date, NEW.date),
		(NEW.id, NEW.account, 'text', OLD.text, NEW.text),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor);
	INSERT INTO outside VALUES ('note', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER note_history_delete AFTER DELETE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'date', OLD.date, NULL),
		(OLD.id, OLD.account, 'text', OLD.text, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('note', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER plan_history_insert BEFORE INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'goal' THEN t.goal
		WHEN 'next_step' THEN t.next_step WHEN 'next_due' THEN t.next_due
		WHEN 'decision' THEN t.decision END, NULL
	FROM plan t, field f WHERE f.kind = 'plan' AND (t.id = NEW.id OR t.account = NEW.account);
END;
CREATE TRIGGER plan_history_inserted AFTER INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'plan', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM plan WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'plan' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'goal', NULL, NEW.goal),
		(NEW.id, NEW.account, 'next_step', NULL, NEW.next_step),
		(NEW.id, NEW.account, 'next_due', NULL, NEW.next_due),
		(NEW.id, NEW.account, 'decision', NULL, NEW.decision);
	INSERT INTO outside VALUES ('plan', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER plan_history_update BEFORE UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'goal' THEN t.goal
		WHEN 'next_step' THEN t.next_step WHEN 'next_due' THEN t.next_due
		WHEN 'decision' THEN t.decision END, NULL
	FROM plan t, field f WHERE f.kind = 'plan' AND t.id <> OLD.id AND (t.id = NEW.id OR t.account = NEW.account);
END;
CREATE TRIGGER plan_history_renumber AFTER UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'plan', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM plan WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'plan' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'goal', OLD.goal, NULL),
		(OLD.id, OLD.account, 'next_step', OLD.next_step, NULL),
		(OLD.id, OLD.account, 'next_due', OLD.next_due, NULL),
		(OLD.id, OLD.account, 'decision', OLD.decision, NULL);
	INSERT INTO outside VALUES ('plan', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'goal', NULL, NEW.goal),
		(NEW.id, NEW.account, 'next_step', NULL, NEW.next_step),
		(NEW.id, NEW.account, 'next_due', NULL, NEW.next_due),
		(NEW.id, NEW.account, 'decision', NULL, NEW.decision);
	INSERT INTO outside VALUES ('plan', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER plan_history_updated AFTER UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'plan', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM plan WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'plan' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'goal', OLD.goal, NEW.goal),
		(NEW.id, NEW.account, 'next_step', OLD.next_step, NEW.next_step),
		(NEW.id, NEW.account, 'next_due', OLD.next_due, NEW.next_due),
		(NEW.id, NEW.account, 'decision', OLD.decision, NEW.decision);
	INSERT INTO outside VALUES ('plan', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER plan_history_delete AFTER DELETE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'goal', OLD.goal, NULL),
		(OLD.id, OLD.account, 'next_step', OLD.next_step, NULL),
		(OLD.id, OLD.account, 'next_due', OLD.next_due, NULL),
		(OLD.id, OLD.account, 'decision', OLD.decision, NULL);
	INSERT INTO outside VALUES ('plan', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER milestone_history_insert BEFORE INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'title' THEN t.title WHEN 'due' THEN t.due
		WHEN 'done_on' THEN t.done_on END, NULL
	FROM milestone t, field f WHERE f.kind = 'milestone' AND t.id = NEW.id;
END;
CREATE TRIGGER milestone_history_inserted AFTER INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'milestone', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM milestone WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'milestone' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'title', NULL, NEW.title),
		(NEW.id, NEW.account, 'due', NULL, NEW.due),
		(NEW.id, NEW.account, 'done_on', NULL, NEW.done_on);
	INSERT INTO outside VALUES ('milestone', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER milestone_history_update BEFORE UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'title' THEN t.title WHEN 'due' THEN t.due
		WHEN 'done_on' THEN t.done_on END, NULL
	FROM milestone t, field f WHERE f.kind = 'milestone' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER milestone_history_renumber AFTER UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'milestone', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM milestone WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'milestone' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'title', OLD.title, NULL),
		(OLD.id, OLD.account, 'due', OLD.due, NULL),
		(OLD.id, OLD.account, 'done_on', OLD.done_on, NULL);
	INSERT INTO outside VALUES ('milestone', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'title', NULL, NEW.title),
		(NEW.id, NEW.account, 'due', NULL, NEW.due),
		(NEW.id, NEW.account, 'done_on', NULL, NEW.done_on);
	INSERT INTO outside VALUES ('milestone', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER milestone_history_updated AFTER UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'milestone', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM milestone WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'milestone' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'title', OLD.title, NEW.title),
		(NEW.id, NEW.account, 'due', OLD.due, NEW.due),
		(NEW.id, NEW.account, 'done_on', OLD.done_on, NEW.done_on);
	INSERT INTO outside VALUES ('milestone', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER milestone_history_delete AFTER DELETE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'title', OLD.title, NULL),
		(OLD.id, OLD.account, 'due', OLD.due, NULL),
		(OLD.id, OLD.account, 'done_on', OLD.done_on, NULL);
	INSERT INTO outside VALUES ('milestone', OLD.id, OLD.account, 1, 0);
END;

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
		WHEN 'escalated_on' THEN t.escalated_on WHEN 'reopened' THEN t.reopened END, NULL
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
		(NEW.id, NEW.account, 'reopened', NULL, NEW.reopened);
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
		WHEN 'escalated_on' THEN t.escalated_on WHEN 'reopened' THEN t.reopened END, NULL
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
		(OLD.id, OLD.account, 'reopened', OLD.reopened, NULL);
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
		(NEW.id, NEW.account, 'reopened', NULL, NEW.reopened);
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
		(NEW.id, NEW.account, 'reopened', OLD.reopened, NEW.reopened);
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
		(OLD.id, OLD.account, 'reopened', OLD.reopened, NULL);
	INSERT INTO outside VALUES ('alert', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER task_history_insert BEFORE INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'play' THEN t.play
		WHEN 'started_on' THEN t.started_on WHEN 'play_version' THEN t.play_version
		WHEN 'title' THEN t.title WHEN 'alert' THEN t.alert WHEN 'csm' THEN t.csm
		WHEN 'step' THEN t.step WHEN 'next_step' THEN t.next_step WHEN 'due' THEN t.due
		WHEN 'state' THEN t.state WHEN 'ended_on' THEN t.ended_on
		WHEN 'outcome' THEN t.outcome WHEN 'reason' THEN t.reason
		WHEN 'actor' THEN t.actor END, NULL
	FROM task t, field f WHERE f.kind = 'task' AND t.id = NEW.id;
END;
CREATE TRIGGER task_history_inserted AFTER INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM task WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'task' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'play', NULL, NEW.play),
		(NEW.id, NEW.account, 'started_on', NULL, NEW.started_on),
		(NEW.id, NEW.account, 'play_version', NULL, NEW.play_version),
		(NEW.id, NEW.account, 'title', NULL, NEW.title),
		(NEW.id, NEW.account, 'alert', NULL, NEW.alert),
		(NEW.id, NEW.account, 'csm', NULL, NEW.csm),
		(NEW.id, NEW.account, 'step', NULL, NEW.step),
		(NEW.id, NEW.account, 'next_step', NULL, NEW.next_step),
		(NEW.id, NEW.account, 'due', NULL, NEW.due),
		(NEW.id, NEW.account, 'state', NULL, NEW.state),
		(NEW.id, NEW.account, 'ended_on', NULL, NEW.ended_on),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('task', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER task_history_update BEFORE UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'play' THEN t.play
		WHEN 'started_on' THEN t.started_on WHEN 'play_version' THEN t.play_version
		WHEN 'title' THEN t.title WHEN 'alert' THEN t.alert WHEN 'csm' THEN t.csm
		WHEN 'step' THEN t.step WHEN 'next_step' THEN t.next_step WHEN 'due' THEN t.due
		WHEN 'state' THEN t.state WHEN 'ended_on' THEN t.ended_on
		WHEN 'outcome' THEN t.outcome WHEN 'reason' THEN t.reason
		WHEN 'actor' THEN t.actor END, NULL
	FROM task t, field f WHERE f.kind = 'task' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER task_history_renumber AFTER UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'task', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM task WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'task' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'play', OLD.play, NULL),
		(OLD.id, OLD.account, 'started_on', OLD.started_on, NULL),
		(OLD.id, OLD.account, 'play_version', OLD.play_version, NULL),
		(OLD.id, OLD.account, 'title', OLD.title, NULL),
		(OLD.id, OLD.account, 'alert', OLD.alert, NULL),
		(OLD.id, OLD.account, 'csm', OLD.csm, NULL),
		(OLD.id, OLD.account, 'step', OLD.step, NULL),
		(OLD.id, OLD.account, 'next_step', OLD.next_step, NULL),
		(OLD.id, OLD.account, 'due', OLD.due, NULL),
		(OLD.id, OLD.account, 'state', OLD.state, NULL),
		(OLD.id, OLD.account, 'ended_on', OLD.ended_on, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('task', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'play', NULL, NEW.play),
		(NEW.id, NEW.account, 'started_on', NULL, NEW.started_on),
		(NEW.id, NEW.account, 'play_version', NULL, NEW.play_version),
		(NEW.id, NEW.account, 'title', NULL, NEW.title),
		(NEW.id, NEW.account, 'alert', NULL, NEW.alert),
		(NEW.id, NEW.account, 'csm', NULL, NEW.csm),
		(NEW.id, NEW.account, 'step', NULL, NEW.step),
		(NEW.id, NEW.account, 'next_step', NULL, NEW.next_step),
		(NEW.id, NEW.account, 'due', NULL, NEW.due),
		(NEW.id, NEW.account, 'state', NULL, NEW.state),
		(NEW.id, NEW.account, 'ended_on', NULL, NEW.ended_on),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('task', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER task_history_updated AFTER UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'task', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM task WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'task' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'play', OLD.play, NEW.play),
		(NEW.id, NEW.account, 'started_on', OLD.started_on, NEW.started_on),
		(NEW.id, NEW.account, 'play_version', OLD.play_version, NEW.play_version),
		(NEW.id, NEW.account, 'title', OLD.title, NEW.title),
		(NEW.id, NEW.account, 'alert', OLD.alert, NEW.alert),
		(NEW.id, NEW.account, 'csm', OLD.csm, NEW.csm),
		(NEW.id, NEW.account, 'step', OLD.step, NEW.step),
		(NEW.id, NEW.account, 'next_step', OLD.next_step, NEW.next_step),
		(NEW.id, NEW.account, 'due', OLD.due, NEW.due),
		(NEW.id, NEW.account, 'state', OLD.state, NEW.state),
		(NEW.id, NEW.account, 'ended_on', OLD.ended_on, NEW.ended_on),
		(NEW.id, NEW.account, 'outcome', OLD.outcome, NEW.outcome),
		(NEW.id, NEW.account, 'reason', OLD.reason, NEW.reason),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor);
	INSERT INTO outside VALUES ('task', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER task_history_delete AFTER DELETE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'play', OLD.play, NULL),
		(OLD.id, OLD.account, 'started_on', OLD.started_on, NULL),
		(OLD.id, OLD.account, 'play_version', OLD.play_version, NULL),
		(OLD.id, OLD.account, 'title', OLD.title, NULL),
		(OLD.id, OLD.account, 'alert', OLD.alert, NULL),
		(OLD.id, OLD.account, 'csm', OLD.csm, NULL),
		(OLD.id, OLD.account, 'step', OLD.step, NULL),
		(OLD.id, OLD.account, 'next_step', OLD.next_step, NULL),
		(OLD.id, OLD.account, 'due', OLD.due, NULL),
		(OLD.id, OLD.account, 'state', OLD.state, NULL),
		(OLD.id, OLD.account, 'ended_on', OLD.ended_on, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('task', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER task_step_history_insert BEFORE INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'task' THEN t.task WHEN 'step' THEN t.step
		WHEN 'title' THEN t.title WHEN 'done_on' THEN t.done_on
		WHEN 'outcome' THEN t.outcome WHEN 'actor' THEN t.actor END, NULL
	FROM task_step t, field f WHERE f.kind = 'task_step' AND t.id = NEW.id;
END;
CREATE TRIGGER task_step_history_inserted AFTER INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task_step', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM task_step WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'task_step' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'task', NULL, NEW.task),
		(NEW.id, NEW.account, 'step', NULL, NEW.step),
		(NEW.id, NEW.account, 'title', NULL, NEW.title),
		(NEW.id, NEW.account, 'done_on', NULL, NEW.done_on),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('task_step', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER task_step_history_update BEFORE UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'task' THEN t.task WHEN 'step' THEN t.step
		WHEN 'title' THEN t.title WHEN 'done_on' THEN t.done_on
		WHEN 'outcome' THEN t.outcome WHEN 'actor' THEN t.actor END, NULL
	FROM task_step t, field f WHERE f.kind = 'task_step' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER task_step_history_renumber AFTER UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'task_step', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM task_step WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'task_step' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'task', OLD.task, NULL),
		(OLD.id, OLD.account, 'step', OLD.step, NULL),
		(OLD.id, OLD.account, 'title', OLD.title, NULL),
		(OLD.id, OLD.account, 'done_on', OLD.done_on, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('task_step', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'task', NULL, NEW.task),
		(NEW.id, NEW.account, 'step', NULL, NEW.step),
		(NEW.id, NEW.account, 'title', NULL, NEW.title),
		(NEW.id, NEW.account, 'done_on', NULL, NEW.done_on),
		(NEW.id, NEW.account, 'outcome', NULL, NEW.outcome),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('task_step', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER task_step_history_updated AFTER UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'task_step', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM task_step WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'task_step' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'task', OLD.task, NEW.task),
		(NEW.id, NEW.account, 'step', OLD.step, NEW.step),
		(NEW.id, NEW.account, 'title', OLD.title, NEW.title),
		(NEW.id, NEW.account, 'done_on', OLD.done_on, NEW.done_on),
		(NEW.id, NEW.account, 'outcome', OLD.outcome, NEW.outcome),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor);
	INSERT INTO outside VALUES ('task_step', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER task_step_history_delete AFTER DELETE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'task', OLD.task, NULL),
		(OLD.id, OLD.account, 'step', OLD.step, NULL),
		(OLD.id, OLD.account, 'title', OLD.title, NULL),
		(OLD.id, OLD.account, 'done_on', OLD.done_on, NULL),
		(OLD.id, OLD.account, 'outcome', OLD.outcome, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('task_step', OLD.id, OLD.account, 1, 0);
END;

CREATE TRIGGER message_history_insert BEFORE INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'made_on' THEN t.made_on
		WHEN 'kind' THEN t.kind WHEN 'recipient' THEN t.recipient
		WHEN 'subject' THEN t.subject WHEN 'body' THEN t.body WHEN 'play' THEN t.play
		WHEN 'alert' THEN t.alert WHEN 'sent_on' THEN t.sent_on
		WHEN 'tries' THEN t.tries WHEN 'failure' THEN t.failure END, NULL
	FROM message t, field f WHERE f.kind = 'message' AND t.id = NEW.id;
END;
CREATE TRIGGER message_history_inserted AFTER INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'message', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM message WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'message' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'made_on', NULL, NEW.made_on),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'recipient', NULL, NEW.recipient),
		(NEW.id, NEW.account, 'subject', NULL, NEW.subject),
		(NEW.id, NEW.account, 'body', NULL, NEW.body),
		(NEW.id, NEW.account, 'play', NULL, NEW.play),
		(NEW.id, NEW.account, 'alert', NULL, NEW.alert),
		(NEW.id, NEW.account, 'sent_on', NULL, NEW.sent_on),
		(NEW.id, NEW.account, 'tries', NULL, NEW.tries),
		(NEW.id, NEW.account, 'failure', NULL, NEW.failure);
	INSERT INTO outside VALUES ('message', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER message_history_update BEFORE UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'made_on' THEN t.made_on
		WHEN 'kind' THEN t.kind WHEN 'recipient' THEN t.recipient
		WHEN 'subject' THEN t.subject WHEN 'body' THEN t.body WHEN 'play' THEN t.play
		WHEN 'alert' THEN t.alert WHEN 'sent_on' THEN t.sent_on
		WHEN 'tries' THEN t.tries WHEN 'failure' THEN t.failure END, NULL
	FROM message t, field f WHERE f.kind = 'message' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER message_history_renumber AFTER UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'message', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM message WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'message' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'made_on', OLD.made_on, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'recipient', OLD.recipient, NULL),
		(OLD.id, OLD.account, 'subject', OLD.subject, NULL),
		(OLD.id, OLD.account, 'body', OLD.body, NULL),
		(OLD.id, OLD.account, 'play', OLD.play, NULL),
		(OLD.id, OLD.account, 'alert', OLD.alert, NULL),
		(OLD.id, OLD.account, 'sent_on', OLD.sent_on, NULL),
		(OLD.id, OLD.account, 'tries', OLD.tries, NULL),
		(OLD.id, OLD.account, 'failure', OLD.failure, NULL);
	INSERT INTO outside VALUES ('message', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'made_on', NULL, NEW.made_on),
		(NEW.id, NEW.account, 'kind', NULL, NEW.kind),
		(NEW.id, NEW.account, 'recipient', NULL, NEW.recipient),
		(NEW.id, NEW.account, 'subject', NULL, NEW.subject),
		(NEW.id, NEW.account, 'body', NULL, NEW.body),
		(NEW.id, NEW.account, 'play', NULL, NEW.play),
		(NEW.id, NEW.account, 'alert', NULL, NEW.alert),
		(NEW.id, NEW.account, 'sent_on', NULL, NEW.sent_on),
		(NEW.id, NEW.account, 'tries', NULL, NEW.tries),
		(NEW.id, NEW.account, 'failure', NULL, NEW.failure);
	INSERT INTO outside VALUES ('message', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER message_history_updated AFTER UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'message', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM message WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'message' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'made_on', OLD.made_on, NEW.made_on),
		(NEW.id, NEW.account, 'kind', OLD.kind, NEW.kind),
		(NEW.id, NEW.account, 'recipient', OLD.recipient, NEW.recipient),
		(NEW.id, NEW.account, 'subject', OLD.subject, NEW.subject),
		(NEW.id, NEW.account, 'body', OLD.body, NEW.body),
		(NEW.id, NEW.account, 'play', OLD.play, NEW.play),
		(NEW.id, NEW.account, 'alert', OLD.alert, NEW.alert),
		(NEW.id, NEW.account, 'sent_on', OLD.sent_on, NEW.sent_on),
		(NEW.id, NEW.account, 'tries', OLD.tries, NEW.tries),
		(NEW.id, NEW.account, 'failure', OLD.failure, NEW.failure);
	INSERT INTO outside VALUES ('message', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER message_history_delete AFTER DELETE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'made_on', OLD.made_on, NULL),
		(OLD.id, OLD.account, 'kind', OLD.kind, NULL),
		(OLD.id, OLD.account, 'recipient', OLD.recipient, NULL),
		(OLD.id, OLD.account, 'subject', OLD.subject, NULL),
		(OLD.id, OLD.account, 'body', OLD.body, NULL),
		(OLD.id, OLD.account, 'play', OLD.play, NULL),
		(OLD.id, OLD.account, 'alert', OLD.alert, NULL),
		(OLD.id, OLD.account, 'sent_on', OLD.sent_on, NULL),
		(OLD.id, OLD.account, 'tries', OLD.tries, NULL),
		(OLD.id, OLD.account, 'failure', OLD.failure, NULL);
	INSERT INTO outside VALUES ('message', OLD.id, OLD.account, 1, 0);
END;
