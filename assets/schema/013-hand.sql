-- A tierdesk book, version 13: a message says who started its play by hand, as a task
-- does. What a person started no recalculation takes back.

ALTER TABLE message ADD COLUMN actor TEXT; -- NULL: an alert or a signal did
INSERT INTO field VALUES ('message', 12, 'actor');

-- What is told of its rows, as in 011-told.sql.
DROP VIEW message_fields;
CREATE VIEW message_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'made_on' THEN made_on WHEN 'kind' THEN kind
	WHEN 'recipient' THEN recipient WHEN 'subject' THEN subject WHEN 'body' THEN body
	WHEN 'play' THEN play WHEN 'alert' THEN alert WHEN 'sent_on' THEN sent_on
	WHEN 'tries' THEN tries WHEN 'failure' THEN failure
	WHEN 'actor' THEN actor END
FROM message, field WHERE record = 'message';
DROP TRIGGER message_history_updated;
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
		('failure', OLD.failure, NEW.failure), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('message', OLD.id, NEW.id);
END;
