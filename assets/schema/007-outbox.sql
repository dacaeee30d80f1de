-- A tierdesk book, version 7: a message goes out once. Who hands it over has it meanwhile,
-- and its number is not given again, so that receivers know a repeat by it.

CREATE TABLE delivery (
	message INTEGER PRIMARY KEY,        -- message.id
	actor TEXT NOT NULL,                -- who sends it
	until INTEGER NOT NULL,             -- UTC seconds: before them nobody else does
	sent_on INTEGER,                    -- day it was handed over; NULL: not as far as is known
	failure TEXT                        -- why it was not
) STRICT;

ALTER TABLE book ADD COLUMN last_message INTEGER NOT NULL DEFAULT 0; -- highest id of those that went
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
	UPDATE book SET last_message = OLD.id WHERE last_message < OLD.id;
	DELETE FROM delivery WHERE message = OLD.id;
END;

-- The operation that a review, or a move by hand, is about.
CREATE INDEX operation_subject ON operation(subject) WHERE subject IS NOT NULL;
