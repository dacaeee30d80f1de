-- A tierdesk book, version 8: what a day of the past has to know: since when a tier was
-- locked, and which review was the last one then.

ALTER TABLE tier_lock ADD COLUMN since INTEGER; -- day: first day of the lock; NULL: always
INSERT INTO field VALUES ('tier_lock', 'since');
DELETE FROM row_digest WHERE kind = 'tier_lock'; -- over the columns there were

DROP TRIGGER tier_lock_history_insert;
DROP TRIGGER tier_lock_history_inserted;
DROP TRIGGER tier_lock_history_update;
DROP TRIGGER tier_lock_history_renumber;
DROP TRIGGER tier_lock_history_updated;
DROP TRIGGER tier_lock_history_delete;
CREATE TRIGGER tier_lock_history_insert BEFORE INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'until' THEN t.until
		WHEN 'reason' THEN t.reason WHEN 'actor' THEN t.actor
		WHEN 'since' THEN t.since END, NULL
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
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor),
		(NEW.id, NEW.account, 'since', NULL, NEW.since);
	INSERT INTO outside VALUES ('tier_lock', NEW.id, NEW.account, 0, 1);
END;
CREATE TRIGGER tier_lock_history_update BEFORE UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told
	SELECT t.id, t.account, f.name, CASE f.name
		WHEN 'account' THEN t.account WHEN 'until' THEN t.until
		WHEN 'reason' THEN t.reason WHEN 'actor' THEN t.actor
		WHEN 'since' THEN t.since END, NULL
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
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL),
		(OLD.id, OLD.account, 'since', OLD.since, NULL);
	INSERT INTO outside VALUES ('tier_lock', OLD.id, OLD.account, 1, 0);
	INSERT INTO told VALUES
		(NEW.id, NEW.account, 'account', NULL, NEW.account),
		(NEW.id, NEW.account, 'until', NULL, NEW.until),
		(NEW.id, NEW.account, 'reason', NULL, NEW.reason),
		(NEW.id, NEW.account, 'actor', NULL, NEW.actor),
		(NEW.id, NEW.account, 'since', NULL, NEW.since);
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
		(NEW.id, NEW.account, 'actor', OLD.actor, NEW.actor),
		(NEW.id, NEW.account, 'since', OLD.since, NEW.since);
	INSERT INTO outside VALUES ('tier_lock', NEW.id, NEW.account, 1, 1);
END;
CREATE TRIGGER tier_lock_history_delete AFTER DELETE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told VALUES
		(OLD.id, OLD.account, 'account', OLD.account, NULL),
		(OLD.id, OLD.account, 'until', OLD.until, NULL),
		(OLD.id, OLD.account, 'reason', OLD.reason, NULL),
		(OLD.id, OLD.account, 'actor', OLD.actor, NULL),
		(OLD.id, OLD.account, 'since', OLD.since, NULL);
	INSERT INTO outside VALUES ('tier_lock', OLD.id, OLD.account, 1, 0);
END;

-- A row of review is a review, or what else moved accounts between tiers: by hand, or the
-- undoing of either. review_day is the day of the last review by then, which only reviews
-- and their undoings change; older rows that the history does not know are reviews.
ALTER TABLE review ADD COLUMN review_day INTEGER;
UPDATE review SET review_day = as_of;
UPDATE review SET review_day = (SELECT review_after
	FROM operation o JOIN operation_tiers t ON t.operation = o.id
	WHERE o.kind IN ('hand', 'review') AND o.subject = review.id)
WHERE EXISTS (SELECT 1 FROM operation o JOIN operation_tiers t ON t.operation = o.id
	WHERE o.kind IN ('hand', 'review') AND o.subject = review.id);
