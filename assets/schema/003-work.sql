-- A tierdesk book, version 3: alerts, the plays they start, and what is to be sent.

CREATE TABLE alert (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	kind TEXT NOT NULL,                 -- health-drop, silent ...
	opened_on INTEGER NOT NULL,         -- day
	severity TEXT NOT NULL CHECK (severity IN ('info', 'opportunity', 'warning', 'critical')),
	state TEXT NOT NULL CHECK (state IN ('open', 'snoozed', 'resolved', 'closed')),
	x REAL, y REAL,                     -- the numbers that opened it, as the kind has them
	day INTEGER,                        -- the day they are of
	snoozed_until INTEGER,              -- day: back from here
	reason TEXT,                        -- why it was snoozed
	ended_on INTEGER,                   -- day it was resolved or closed; NULL: it is not
	outcome TEXT,                       -- of a closed one
	useful INTEGER CHECK (useful IN (0, 1)), -- whether it was worth looking at
	escalated_on INTEGER,               -- day the second recipient was told
	reopened INTEGER                    -- how often it came back within its quiet time
) STRICT;
CREATE INDEX alert_key ON alert(account, opened_on);
CREATE INDEX alert_live ON alert(account) WHERE ended_on IS NULL;
CREATE INDEX alert_ended ON alert(ended_on) WHERE ended_on IS NOT NULL;

CREATE TABLE task ( -- a play that runs
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	play TEXT NOT NULL,                 -- its name
	started_on INTEGER NOT NULL,        -- day
	play_version INTEGER,
	title TEXT NOT NULL,
	alert INTEGER,                      -- alert.id that started it
	csm INTEGER REFERENCES csm(id),     -- who claimed it; NULL: the owner of the account
	step INTEGER NOT NULL,              -- the one that comes next, from 1
	next_step TEXT,                     -- what it is
	due INTEGER,                        -- day
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
	ended_on INTEGER,                   -- day; NULL: it runs
	outcome TEXT,
	reason TEXT,                        -- why it was started against a warning
	actor TEXT                          -- who started it; NULL: an alert
) STRICT;
CREATE INDEX task_key ON task(account, started_on);
CREATE INDEX task_live ON task(account) WHERE ended_on IS NULL;
CREATE INDEX task_ended ON task(ended_on) WHERE ended_on IS NOT NULL;

CREATE TABLE task_step ( -- steps that were done
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	task INTEGER NOT NULL,              -- task.id
	step INTEGER NOT NULL,              -- from 1
	title TEXT,
	done_on INTEGER NOT NULL,           -- day
	outcome TEXT,
	actor TEXT
) STRICT;
CREATE INDEX task_step_key ON task_step(account, done_on);

CREATE TABLE message ( -- the outbox
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	made_on INTEGER NOT NULL,           -- day
	kind TEXT NOT NULL CHECK (kind IN ('customer', 'notice', 'escalation')),
	recipient TEXT,                     -- an address, a name or a role
	subject TEXT NOT NULL,
	body TEXT,
	play TEXT,
	alert INTEGER,                      -- alert.id
	sent_on INTEGER,                    -- day it was handed over; NULL: not yet
	tries INTEGER,                      -- how often that failed
	failure TEXT                        -- why, the last time
) STRICT;
CREATE INDEX message_key ON message(account, made_on);
CREATE INDEX message_live ON message(account) WHERE sent_on IS NULL;
CREATE INDEX message_ended ON message(sent_on) WHERE sent_on IS NOT NULL;

-- The newest day that alerts were looked for on: a recalculation of an earlier day leaves
-- them as they are. Alerts that ended on the day ended_from or later are still of weight.
CREATE TABLE alert_day (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	day INTEGER,
	ended_from INTEGER
) STRICT;
INSERT INTO alert_day VALUES (1, NULL, NULL);

-- Alerts and tasks are mirrored too (table mirror): source 102 the alerts that are live or
-- ended from ended_from on, 103 the tasks that run. Their mirrors stay when a row changes:
-- the rows of the accounts that are listed here count instead, until they are put in.
CREATE TABLE mirror_stale (
	source INTEGER NOT NULL,
	account INTEGER NOT NULL,
	PRIMARY KEY (source, account)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER alert_insert BEFORE INSERT ON alert BEGIN
	INSERT INTO mirror_stale SELECT 102, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 102, account FROM alert t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = t.account);
END;
CREATE TRIGGER alert_update BEFORE UPDATE ON alert BEGIN
	INSERT INTO mirror_stale SELECT 102, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 102, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = OLD.account);
END;
CREATE TRIGGER alert_renumber BEFORE UPDATE ON alert WHEN NEW.id IS NOT OLD.id BEGIN
	INSERT INTO mirror_stale SELECT 102, account FROM alert t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = t.account);
END;
CREATE TRIGGER alert_delete AFTER DELETE ON alert BEGIN
	INSERT INTO mirror_stale SELECT 102, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = OLD.account);
END;

CREATE TRIGGER task_insert BEFORE INSERT ON task BEGIN
	INSERT INTO mirror_stale SELECT 103, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 103, account FROM task t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = t.account);
END;
CREATE TRIGGER task_update BEFORE UPDATE ON task BEGIN
	INSERT INTO mirror_stale SELECT 103, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 103, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = OLD.account);
END;
CREATE TRIGGER task_renumber BEFORE UPDATE ON task WHEN NEW.id IS NOT OLD.id BEGIN
	INSERT INTO mirror_stale SELECT 103, account FROM task t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = t.account);
END;
CREATE TRIGGER task_delete AFTER DELETE ON task BEGIN
	INSERT INTO mirror_stale SELECT 103, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = OLD.account);
END;

CREATE TRIGGER alert_day_update AFTER UPDATE ON alert_day
WHEN OLD.ended_from IS NULL OR NEW.ended_from IS NULL OR NEW.ended_from < OLD.ended_from BEGIN
	DELETE FROM mirror WHERE source = 102;
END;

-- What alerts read of a snapshot: health alone, of the same accounts. What is missing is
-- read from the snapshot.
CREATE TABLE snapshot_health (
	part INTEGER NOT NULL,
	day INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (part, day)
) STRICT;
DROP TRIGGER snapshot_insert;
CREATE TRIGGER snapshot_insert AFTER INSERT ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day = NEW.day;
	DELETE FROM snapshot_health WHERE part = NEW.part AND day = NEW.day;
END;
DROP TRIGGER snapshot_update;
CREATE TRIGGER snapshot_update AFTER UPDATE ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day IN (OLD.day, NEW.day);
	DELETE FROM snapshot_health WHERE part IN (OLD.part, NEW.part) AND day IN (OLD.day, NEW.day);
END;
DROP TRIGGER snapshot_delete;
CREATE TRIGGER snapshot_delete AFTER DELETE ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day = OLD.day;
	DELETE FROM snapshot_health WHERE part = OLD.part AND day = OLD.day;
END;

-- For people: what is open, worst first.
CREATE VIEW open_alerts AS
SELECT alert.id, account_id, account.name, csm.name AS csm, kind, severity, state,
	date(opened_on * 86400, 'unixepoch') AS opened_on,
	date(snoozed_until * 86400, 'unixepoch') AS snoozed_until
FROM alert JOIN account ON account.id = alert.account LEFT JOIN csm ON csm.id = account.csm
WHERE ended_on IS NULL
ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 WHEN 'info' THEN 2 ELSE 3 END,
	opened_on, alert.id;

-- The newest login of an account is the newest day with any; the packed ones held days
-- without. They are made anew.
DELETE FROM signal_latest WHERE kind = 2;
