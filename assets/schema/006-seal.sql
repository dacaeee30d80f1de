-- A tierdesk book, version 6: the history is sealed. No trigger can compute a SHA-256, so
-- tierdesk does, at the beginning of its next change what other programs left, and what it
-- did itself at the end. It shows that entries were changed by whoever did not compute all
-- of the seals anew, and keeps nobody from doing just that: the newest seal, written down
-- elsewhere, is what tells (`tierdesk verify --anchor`).

-- SHA-256, in hexadecimal digits, over the seal before, how, and all rows of the operation
-- in the three tables of the history; db/seal.c says in which bytes.
CREATE TABLE operation_seal (
	operation INTEGER PRIMARY KEY REFERENCES operation(id),
	how TEXT NOT NULL                   -- commit: with the operation; later: of another
		CHECK (how IN ('commit', 'later', 'upgrade')), -- program; upgrade: to version 6
	seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;
CREATE TRIGGER operation_seal_insert BEFORE INSERT ON operation_seal
WHEN EXISTS (SELECT 1 FROM operation_seal WHERE operation >= NEW.operation) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_seal_update BEFORE UPDATE ON operation_seal BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
CREATE TRIGGER operation_seal_delete BEFORE DELETE ON operation_seal BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- What a row that the history tells of was when that was sealed: the first 16 digits of a
-- SHA-256 over its columns. It shows what a failing disk makes of rows. Gone as soon as
-- anybody changes the row.
CREATE TABLE row_digest (
	kind TEXT NOT NULL,                 -- name of the table
	row INTEGER NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER row_digest_told AFTER INSERT ON operation_change BEGIN
	DELETE FROM row_digest WHERE kind = NEW.kind AND row = NEW.row;
END;

-- What is sealed gets no more entries: changes of another program that follow are another
-- operation.
DROP TRIGGER operation_change_insert;
CREATE TRIGGER operation_change_insert BEFORE INSERT ON operation_change
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation AND kind <> 'sql')
	OR EXISTS (SELECT 1 FROM operation WHERE id > NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_seal WHERE operation >= NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_change
		WHERE operation = NEW.operation AND seq >= NEW.seq) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;
DROP TRIGGER outside_insert;
CREATE TRIGGER outside_insert INSTEAD OF INSERT ON outside
WHEN EXISTS (SELECT 1 FROM told WHERE row = NEW.row AND was IS NOT becomes) BEGIN
	UPDATE writer SET operation = (SELECT coalesce(max(id), 0) + 1 FROM operation)
	WHERE at < unixepoch() - 2 OR operation IS NOT (SELECT max(id) FROM operation)
		OR EXISTS (SELECT 1 FROM operation_seal s WHERE s.operation = writer.operation);
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
