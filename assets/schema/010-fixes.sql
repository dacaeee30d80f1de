-- A tierdesk book, version 10: what is done about the root causes of tickets.

-- Fixes: what a person found for one account becomes what needs nobody for all of them.
-- How far one is, is its last day that has come.
CREATE TABLE fix (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id), -- where it was noticed
	cause TEXT NOT NULL,                -- the root cause, as in ticket
	noticed_on INTEGER NOT NULL,        -- day
	text TEXT NOT NULL,                 -- what is done about it
	documented_on INTEGER,              -- day; NULL: not yet
	automated_on INTEGER,               -- likewise; tickets after it should not come
	verified_on INTEGER,                -- likewise; somebody saw that they stopped
	link TEXT,                          -- the article, play or release that it became
	actor TEXT                          -- who sees it through
) STRICT;
CREATE INDEX fix_key ON fix(account, cause, noticed_on);

INSERT INTO field VALUES
	('fix', 'account'), ('fix', 'cause'), ('fix', 'noticed_on'), ('fix', 'text'),
	('fix', 'documented_on'), ('fix', 'automated_on'), ('fix', 'verified_on'),
	('fix', 'link'), ('fix', 'actor');

CREATE TRIGGER fix_history_insert BEFORE INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'cause' THEN t.cause
		WHEN 'noticed_on' THEN t.noticed_on WHEN 'text' THEN t.text
		WHEN 'documented_on' THEN t.documented_on
		WHEN 'automated_on' THEN t.automated_on
		WHEN 'verified_on' THEN t.verified_on WHEN 'link' THEN t.link
		WHEN 'actor' THEN t.actor END, NULL
	FROM fix t, field f WHERE f.kind = 'fix' AND t.id = NEW.id;
END;
CREATE TRIGGER fix_history_inserted AFTER INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'fix', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM fix WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'fix' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'cause', NULL, NEW.cause),
		(NEW.id, NEW.account, 'noticed_on', NULL, NEW.noticed_on),
		(NEW.id, NEW.account, 'text', NULL, NEW.text),
		(NEW.id, NEW.account, 'documented_on', NULL, NEW.documented_on),
		(NEW.id, NEW.account, 'automated_on', NULL, NEW.automated_on),
		(NEW.id, NEW.account, 'verified_on', NULL, NEW.verified_on),
		(NEW.id, NEW.account, 'link', NULL, NEW.link),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('fix', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER fix_history_update BEFORE UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'cause' THEN t.cause
		WHEN 'noticed_on' THEN t.noticed_on WHEN 'text' THEN t.text
		WHEN 'documented_on' THEN t.documented_on
		WHEN 'automated_on' THEN t.automated_on
		WHEN 'verified_on' THEN t.verified_on WHEN 'link' THEN t.link
		WHEN 'actor' THEN t.actor END, NULL
	FROM fix t, field f WHERE f.kind = 'fix' AND t.id <> OLD.id AND t.id = NEW.id;
END;
CREATE TRIGGER fix_history_renumber AFTER UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS NOT OLD.id BEGIN
	INSERT INTO outside SELECT 'fix', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM fix WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'fix' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'cause', OLD.cause, NULL),
		(OLD.id, OLD.account, 'noticed_on', OLD.noticed_on, NULL),
		(OLD.id, OLD.account, 'text', OLD.text, NULL),
		(OLD.id, OLD.account, 'documented_on', OLD.documented_on, NULL),
		(OLD.id, OLD.account, 'automated_on', OLD.automated_on, NULL),
		(OLD.id, OLD.account, 'verified_on', OLD.verified_on, NULL),
		(OLD.id, OLD.account, 'link', OLD.link, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('fix', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'cause', NULL, NEW.cause),
		(NEW.id, NEW.account, 'noticed_on', NULL, NEW.noticed_on),
		(NEW.id, NEW.account, 'text', NULL, NEW.text),
		(NEW.id, NEW.account, 'documented_on', NULL, NEW.documented_on),
		(NEW.id, NEW.account, 'automated_on', NULL, NEW.automated_on),
		(NEW.id, NEW.account, 'verified_on', NULL, NEW.verified_on),
		(NEW.id, NEW.account, 'link', NULL, NEW.link),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor);
	INSERT INTO outside VALUES ('fix', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER fix_history_updated AFTER UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 AND NEW.id IS OLD.id BEGIN
	INSERT INTO outside SELECT 'fix', row, account, 1, 0 FROM told
	WHERE (row = NEW.id OR NOT EXISTS (SELECT 1 FROM fix WHERE id = told.row))
		AND NOT EXISTS (SELECT 1 FROM told_gone WHERE kind = 'fix' AND row = told.row)
	GROUP BY row;
	DELETE FROM told;
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', OLD.account, NEW.account),
		(NEW.id, NEW.account, 'cause', OLD.cause, NEW.cause),
		(NEW.id, NEW.account, 'noticed_on', OLD.noticed_on, NEW.noticed_on),
		(NEW.id, NEW.account, 'text', OLD.text, NEW.text),
		(NEW.id, NEW.account, 'documented_on', OLD.documented_on, NEW.documented_on),
		(NEW.id, NEW.account, 'automated_on', OLD.automated_on, NEW.automated_on),
		(NEW.id, NEW.account, 'verified_on', OLD.verified_on, NEW.verified_on),
		(NEW.id, NEW.account, 'link', OLD.link, NEW.link),
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor);
	INSERT INTO outside VALUES ('fix', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER fix_history_delete AFTER DELETE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'cause', OLD.cause, NULL),
		(OLD.id, OLD.account, 'noticed_on', OLD.noticed_on, NULL),
		(OLD.id, OLD.account, 'text', OLD.text, NULL),
		(OLD.id, OLD.account, 'documented_on', OLD.documented_on, NULL),
		(OLD.id, OLD.account, 'automated_on', OLD.automated_on, NULL),
		(OLD.id, OLD.account, 'verified_on', OLD.verified_on, NULL),
		(OLD.id, OLD.account, 'link', OLD.link, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL);
	INSERT INTO outside VALUES ('fix', OLD.id, OLD.account, 1, 0);
END;
