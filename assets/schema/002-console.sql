-- A tierdesk book, version 2: what people write down in the console, and the history of
-- what they change by hand.

-- What people write down ------------------------------------------------------------

CREATE TABLE note (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day
	text TEXT NOT NULL,
	actor TEXT                          -- who wrote it
) STRICT;
CREATE INDEX note_key ON note(account, date);

CREATE TABLE plan ( -- where an account is to be, and how it gets there: one for each
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	goal TEXT,
	next_step TEXT,
	next_due INTEGER,                   -- day the next step is due
	decision TEXT                       -- the last one that was made
) STRICT;
CREATE UNIQUE INDEX plan_key ON plan(account);

CREATE TABLE milestone (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	title TEXT NOT NULL,
	due INTEGER,                        -- day
	done_on INTEGER                     -- day; NULL: still to come
) STRICT;
CREATE INDEX milestone_key ON milestone(account, due, done_on);

-- The history of changes by hand ------------------------------------------------------
-- One operation is one thing that a person did, with a row for each row that it changed.
-- Undoing one is an operation of its own. Nothing in here is ever changed.

CREATE TABLE operation (
	id INTEGER PRIMARY KEY,             -- 1, 2, 3 ...
	at INTEGER NOT NULL,                -- UTC seconds
	actor TEXT NOT NULL,
	step TEXT NOT NULL CHECK (step IN ('change', 'undo', 'redo')),
	title TEXT NOT NULL,                -- what was done
	reason TEXT,
	reverses INTEGER REFERENCES operation(id), -- the operation it takes back
	account INTEGER,                    -- the one it concerns; NULL: several, or none
	changes INTEGER NOT NULL            -- rows in operation_change
) STRICT;
CREATE UNIQUE INDEX operation_reverses ON operation(reverses) WHERE reverses IS NOT NULL;
CREATE INDEX operation_actor ON operation(actor);

-- before and after are JSON objects of the columns that were touched, with the values as
-- they stand in the table; NULL: the row was not there. The operation is written last.
CREATE TABLE operation_change (
	operation INTEGER NOT NULL REFERENCES operation(id) DEFERRABLE INITIALLY DEFERRED,
	seq INTEGER NOT NULL,               -- 1, 2, 3 ... within the operation
	kind TEXT NOT NULL,                 -- name of the table
	row INTEGER NOT NULL,               -- id of the row in it
	account INTEGER,                    -- the account it belongs to
	before TEXT,
	after TEXT,
	PRIMARY KEY (operation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX operation_change_row ON operation_change(kind, row, operation);
CREATE INDEX operation_change_account ON operation_change(account, operation);

-- For people: everything, one line per row that was changed.
CREATE VIEW history AS
SELECT operation.id AS operation, datetime(at, 'unixepoch') AS at, actor, step, title, reason,
	kind, row, account_id, before, after
FROM operation JOIN operation_change ON operation = operation.id
	LEFT JOIN account ON account.id = operation_change.account;

CREATE TRIGGER operation_insert BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.id
		OR (NEW.reverses IS NOT NULL AND reverses = NEW.reverses)) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_update BEFORE UPDATE ON operation BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_delete BEFORE DELETE ON operation BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_change_insert BEFORE INSERT ON operation_change
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_change_update BEFORE UPDATE ON operation_change BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_change_delete BEFORE DELETE ON operation_change BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- What each snapshot adds up to, packed: how many accounts have each health, 0 (unknown)
-- to 100, then how many are in no tier and in tiers 1, 2 and 3. Trends read these; what
-- is missing is counted anew.
CREATE TABLE snapshot_sum (
	day INTEGER PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;
CREATE TRIGGER snapshot_insert AFTER INSERT ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day = NEW.day;
END;
CREATE TRIGGER snapshot_update AFTER UPDATE ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day IN (OLD.day, NEW.day);
END;
CREATE TRIGGER snapshot_delete AFTER DELETE ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day = OLD.day;
END;

-- Texts of accounts that lists search and sort are mirrored too (table mirror), packed
-- per part: source 100 account_id and name, 101 segment, region, industry, parent_id
-- and tags.

DROP TRIGGER account_inserted;
CREATE TRIGGER account_inserted AFTER INSERT ON account BEGIN
	SELECT RAISE(ABORT, 'tierdesk: ids up to book.last_id were in use: give a higher one')
	FROM book WHERE NEW.id <= last_id;
	DELETE FROM mirror WHERE source IN (0, 100, 101) AND part = ((NEW.id - 1) >> 12);
END;
CREATE TRIGGER account_texts AFTER UPDATE ON account
WHEN NEW.account_id IS NOT OLD.account_id OR NEW.name IS NOT OLD.name
	OR NEW.segment IS NOT OLD.segment OR NEW.region IS NOT OLD.region
	OR NEW.industry IS NOT OLD.industry OR NEW.parent_id IS NOT OLD.parent_id
	OR NEW.tags IS NOT OLD.tags BEGIN
	DELETE FROM mirror WHERE source IN (100, 101) AND part = ((NEW.id - 1) >> 12);
END;
CREATE TRIGGER account_texts_delete AFTER DELETE ON account BEGIN
	DELETE FROM mirror WHERE source IN (100, 101) AND part = ((OLD.id - 1) >> 12);
END;

-- What the first screen of the console shows, packed, so that it stands at once. It holds
-- in the file with this number (inode) while this is the count of changes in the header
-- of the file: whatever anybody commits raises that. Nothing else is known from here.
CREATE TABLE picture (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	change INTEGER NOT NULL,
	file INTEGER NOT NULL,
	accounts INTEGER NOT NULL,          -- rows of account
	data BLOB NOT NULL
) STRICT;
