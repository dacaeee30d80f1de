-- Triggers that keep a book right. Made by `make update-schema`: changes are steps.

-- trigger account_change
CREATE TRIGGER account_change BEFORE UPDATE ON account
WHEN NEW.id IS NOT OLD.id OR NEW.account_id IS NOT OLD.account_id BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the id of an account never changes')
	WHERE NEW.id IS NOT OLD.id;
	SELECT RAISE(ABORT, 'tierdesk: another account has this account_id')
	WHERE EXISTS (SELECT 1 FROM account WHERE account_id = NEW.account_id AND id <> OLD.id);
END;

-- trigger account_delete
CREATE TRIGGER account_delete AFTER DELETE ON account BEGIN
	DELETE FROM mirror WHERE source = 0 AND part = ((OLD.id - 1) >> 12);
	UPDATE book SET last_id = max(last_id, OLD.id),
		n_active = n_active - (n_active > 0
			AND (OLD.contract_start IS NULL OR OLD.contract_start <= as_of)
			AND CASE WHEN OLD.churned_on IS NULL THEN OLD.status IS NOT 'churned'
				ELSE OLD.churned_on > as_of END);
END;

-- trigger account_insert
CREATE TRIGGER account_insert BEFORE INSERT ON account
WHEN EXISTS (SELECT 1 FROM account WHERE id = NEW.id OR account_id = NEW.account_id) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: this account exists: UPDATE it');
END;

-- trigger account_inserted
CREATE TRIGGER account_inserted AFTER INSERT ON account BEGIN
	SELECT RAISE(ABORT, 'tierdesk: ids up to book.last_id were in use: give a higher one')
	FROM book WHERE NEW.id <= last_id AND ((SELECT own FROM writer) IS NOT 1
		OR NOT EXISTS (SELECT 1 FROM operation_change
			WHERE kind = 'account' AND row = NEW.id AND after IS NULL));
	DELETE FROM mirror WHERE source IN (0, 100, 101) AND part = ((NEW.id - 1) >> 12);
END;

-- trigger account_leave
CREATE TRIGGER account_leave AFTER UPDATE ON account
WHEN (NEW.status IS NOT OLD.status OR NEW.churned_on IS NOT OLD.churned_on
		OR NEW.contract_start IS NOT OLD.contract_start)
	AND (SELECT n_active > 0
		AND (OLD.contract_start IS NULL OR OLD.contract_start <= as_of)
		AND CASE WHEN OLD.churned_on IS NULL THEN OLD.status IS NOT 'churned'
			ELSE OLD.churned_on > as_of END
		AND NOT ((NEW.contract_start IS NULL OR NEW.contract_start <= as_of)
			AND CASE WHEN NEW.churned_on IS NULL THEN NEW.status IS NOT 'churned'
				ELSE NEW.churned_on > as_of END)
		FROM book) BEGIN
	UPDATE book SET n_active = n_active - 1;
END;

-- trigger account_texts
CREATE TRIGGER account_texts AFTER UPDATE ON account
WHEN NEW.account_id IS NOT OLD.account_id OR NEW.name IS NOT OLD.name
	OR NEW.segment IS NOT OLD.segment OR NEW.region IS NOT OLD.region
	OR NEW.industry IS NOT OLD.industry OR NEW.parent_id IS NOT OLD.parent_id
	OR NEW.tags IS NOT OLD.tags OR NEW.language IS NOT OLD.language BEGIN
	DELETE FROM mirror WHERE source IN (100, 101) AND part = ((NEW.id - 1) >> 12);
END;

-- trigger account_texts_delete
CREATE TRIGGER account_texts_delete AFTER DELETE ON account BEGIN
	DELETE FROM mirror WHERE source IN (100, 101) AND part = ((OLD.id - 1) >> 12);
END;

-- trigger account_tier_update
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
	INSERT INTO told SELECT OLD.id, OLD.id, 'tier', iif(side, NEW.tier, OLD.tier), side
	FROM (SELECT 0 AS side UNION ALL SELECT 1) WHERE (SELECT own FROM writer) IS NOT 1;
	INSERT INTO outside VALUES ('account', OLD.id, OLD.id);
END;

-- trigger account_update
CREATE TRIGGER account_update AFTER UPDATE ON account BEGIN
	DELETE FROM mirror WHERE source = 0 AND part = ((NEW.id - 1) >> 12);
END;

-- trigger alert_day_update
CREATE TRIGGER alert_day_update AFTER UPDATE ON alert_day
WHEN OLD.ended_from IS NULL OR NEW.ended_from IS NULL OR NEW.ended_from < OLD.ended_from BEGIN
	DELETE FROM mirror WHERE source = 102;
END;

-- trigger alert_delete
CREATE TRIGGER alert_delete AFTER DELETE ON alert BEGIN
	INSERT INTO mirror_stale SELECT 102, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = OLD.account);
END;

-- trigger alert_insert
CREATE TRIGGER alert_insert BEFORE INSERT ON alert BEGIN
	INSERT INTO mirror_stale SELECT 102, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 102, account FROM alert t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = t.account);
END;

-- trigger alert_renumber
CREATE TRIGGER alert_renumber BEFORE UPDATE ON alert WHEN NEW.id IS NOT OLD.id BEGIN
	INSERT INTO mirror_stale SELECT 102, account FROM alert t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = t.account);
END;

-- trigger alert_update
CREATE TRIGGER alert_update BEFORE UPDATE ON alert BEGIN
	INSERT INTO mirror_stale SELECT 102, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 102, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 102 AND account = OLD.account);
END;

-- trigger book_delete
CREATE TRIGGER book_delete BEFORE DELETE ON book BEGIN
	SELECT RAISE(ABORT, 'tierdesk: book has one row');
END;

-- trigger book_insert
CREATE TRIGGER book_insert BEFORE INSERT ON book BEGIN
	SELECT RAISE(ABORT, 'tierdesk: book has one row');
END;

-- trigger book_update
CREATE TRIGGER book_update AFTER UPDATE ON book BEGIN
	SELECT RAISE(ABORT, 'tierdesk: book has one row') WHERE NEW.id IS NOT 1;
	SELECT RAISE(ABORT, 'tierdesk: last_id may only grow') WHERE NEW.last_id < OLD.last_id;
	SELECT RAISE(ABORT, 'tierdesk: n_active is more than the accounts active on as_of')
	WHERE (NEW.n_active > OLD.n_active OR NEW.as_of IS NOT OLD.as_of)
		AND NEW.n_active > 0
		AND (NEW.as_of IS NULL OR NEW.n_active > (SELECT n FROM active_base));
	-- Ceilings rise here; they fall when their roster is written next. Until then the
	-- trigger tier_roster_change counts with the lower number.
	UPDATE tier_roster SET ceiling = (SELECT max(places, members) FROM tier_cap c
		WHERE c.tier = tier_roster.tier)
	WHERE NEW.n_active > OLD.n_active AND tier < 3;
END;

-- trigger contact_delete
CREATE TRIGGER contact_delete AFTER DELETE ON contact BEGIN
	DELETE FROM mirror WHERE source = 2 AND part = ((OLD.account - 1) >> 12);
END;

-- trigger contact_insert
CREATE TRIGGER contact_insert BEFORE INSERT ON contact BEGIN
	DELETE FROM mirror WHERE source = 2 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contact WHERE id = NEW.id);
END;

-- trigger contact_update
CREATE TRIGGER contact_update BEFORE UPDATE ON contact BEGIN
	DELETE FROM mirror WHERE source = 2 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contact WHERE id = NEW.id);
END;

-- trigger contract_delete
CREATE TRIGGER contract_delete AFTER DELETE ON contract BEGIN
	DELETE FROM mirror WHERE source = 7 AND part = ((OLD.account - 1) >> 12);
END;

-- trigger contract_insert
CREATE TRIGGER contract_insert BEFORE INSERT ON contract BEGIN
	DELETE FROM mirror WHERE source = 7 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contract
		WHERE id = NEW.id OR contract_id = NEW.contract_id);
END;

-- trigger contract_update
CREATE TRIGGER contract_update BEFORE UPDATE ON contract BEGIN
	DELETE FROM mirror WHERE source = 7 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM contract
		WHERE id = NEW.id OR contract_id = NEW.contract_id);
END;

-- trigger message_gone
CREATE TRIGGER message_gone AFTER DELETE ON message BEGIN
	UPDATE book SET last_message = OLD.id WHERE last_message < OLD.id;
	DELETE FROM delivery WHERE message = OLD.id;
END;

-- trigger movement_delete
CREATE TRIGGER movement_delete AFTER DELETE ON movement BEGIN
	DELETE FROM mirror WHERE source = 8 AND part = ((OLD.account - 1) >> 12);
END;

-- trigger movement_insert
CREATE TRIGGER movement_insert BEFORE INSERT ON movement BEGIN
	DELETE FROM mirror WHERE source = 8 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM movement WHERE id = NEW.id);
END;

-- trigger movement_update
CREATE TRIGGER movement_update BEFORE UPDATE ON movement BEGIN
	DELETE FROM mirror WHERE source = 8 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM movement WHERE id = NEW.id);
END;

-- trigger operation_change_delete
CREATE TRIGGER operation_change_delete BEFORE DELETE ON operation_change BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_change_insert
CREATE TRIGGER operation_change_insert BEFORE INSERT ON operation_change
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation AND kind <> 'sql')
	OR EXISTS (SELECT 1 FROM operation WHERE id > NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_seal WHERE operation >= NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_change
		WHERE operation = NEW.operation AND seq >= NEW.seq) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_change_update
CREATE TRIGGER operation_change_update BEFORE UPDATE ON operation_change BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_delete
CREATE TRIGGER operation_delete BEFORE DELETE ON operation BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_insert
CREATE TRIGGER operation_insert BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.id
		OR (NEW.reverses IS NOT NULL AND reverses = NEW.reverses)) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_seal_delete
CREATE TRIGGER operation_seal_delete BEFORE DELETE ON operation_seal BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_seal_insert
CREATE TRIGGER operation_seal_insert BEFORE INSERT ON operation_seal
WHEN EXISTS (SELECT 1 FROM operation_seal WHERE operation >= NEW.operation) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_seal_update
CREATE TRIGGER operation_seal_update BEFORE UPDATE ON operation_seal BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_tiers_delete
CREATE TRIGGER operation_tiers_delete BEFORE DELETE ON operation_tiers BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_tiers_insert
CREATE TRIGGER operation_tiers_insert BEFORE INSERT ON operation_tiers
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation)
	OR EXISTS (SELECT 1 FROM operation_tiers WHERE operation = NEW.operation) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_tiers_update
CREATE TRIGGER operation_tiers_update BEFORE UPDATE ON operation_tiers BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger operation_update
CREATE TRIGGER operation_update BEFORE UPDATE ON operation BEGIN
	SELECT RAISE(ABORT, 'tierdesk: the history is never changed');
END;

-- trigger outside_insert
CREATE TRIGGER outside_insert INSTEAD OF INSERT ON outside
WHEN (NEW.was = NEW.becomes) IS NOT 0 AND EXISTS (SELECT 1 FROM differing
	WHERE row = ifnull(NEW.becomes, NEW.was)) BEGIN
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
		(SELECT account FROM told WHERE row = ifnull(NEW.becomes, NEW.was)
			ORDER BY side DESC LIMIT 1),
		(SELECT '{' || group_concat('"' || name || '":' || x) || '}'
			FROM spelled WHERE row = NEW.was AND side = 0),
		(SELECT '{' || group_concat('"' || name || '":' || x) || '}'
			FROM spelled WHERE row = NEW.becomes AND side = 1)
	FROM writer;
	DELETE FROM told WHERE row = ifnull(NEW.becomes, NEW.was);
END;

-- trigger outside_renumber
CREATE TRIGGER outside_renumber INSTEAD OF INSERT ON outside
WHEN NEW.was <> NEW.becomes BEGIN
	INSERT INTO outside VALUES (NEW.kind, NEW.was, NULL), (NEW.kind, NULL, NEW.becomes);
END;

-- trigger outside_same
CREATE TRIGGER outside_same INSTEAD OF INSERT ON outside
WHEN (NEW.was = NEW.becomes) IS NOT 0 AND NOT EXISTS (SELECT 1 FROM differing
	WHERE row = ifnull(NEW.becomes, NEW.was)) BEGIN
	DELETE FROM told WHERE row = ifnull(NEW.becomes, NEW.was);
END;

-- trigger policy_version_delete
CREATE TRIGGER policy_version_delete BEFORE DELETE ON policy_version BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions are never changed');
END;

-- trigger policy_version_insert
CREATE TRIGGER policy_version_insert BEFORE INSERT ON policy_version
WHEN EXISTS (SELECT 1 FROM policy_version WHERE version = NEW.version) BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions are never changed');
END;

-- trigger policy_version_inserted
CREATE TRIGGER policy_version_inserted AFTER INSERT ON policy_version BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions count 1, 2, 3 ...')
	WHERE NEW.version IS NOT (SELECT count(*) FROM policy_version);
	SELECT RAISE(ABORT, 'tierdesk: a cap is 0..10000 hundredths of a percent')
	WHERE NOT (NEW.cap1_bp BETWEEN 0 AND 10000 AND NEW.cap2_bp BETWEEN 0 AND 10000);
	UPDATE tier_roster SET share_bp = CASE tier WHEN 1 THEN NEW.cap1_bp ELSE NEW.cap2_bp END
	WHERE tier < 3;
	UPDATE tier_roster SET ceiling = (SELECT max(places, members) FROM tier_cap c
		WHERE c.tier = tier_roster.tier)
	WHERE tier < 3;
END;

-- trigger policy_version_update
CREATE TRIGGER policy_version_update BEFORE UPDATE ON policy_version BEGIN
	SELECT RAISE(ABORT, 'tierdesk: policy versions are never changed');
END;

-- trigger row_digest_told
CREATE TRIGGER row_digest_told AFTER INSERT ON operation_change BEGIN
	DELETE FROM row_digest WHERE kind = NEW.kind AND row = NEW.row;
END;

-- trigger snapshot_delete
CREATE TRIGGER snapshot_delete AFTER DELETE ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day = OLD.day;
	DELETE FROM snapshot_health WHERE part = OLD.part AND day = OLD.day;
END;

-- trigger snapshot_insert
CREATE TRIGGER snapshot_insert AFTER INSERT ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day = NEW.day;
	DELETE FROM snapshot_health WHERE part = NEW.part AND day = NEW.day;
END;

-- trigger snapshot_update
CREATE TRIGGER snapshot_update AFTER UPDATE ON snapshot BEGIN
	DELETE FROM snapshot_sum WHERE day IN (OLD.day, NEW.day);
	DELETE FROM snapshot_health WHERE part IN (OLD.part, NEW.part) AND day IN (OLD.day, NEW.day);
END;

-- trigger survey_delete
CREATE TRIGGER survey_delete AFTER DELETE ON survey BEGIN
	DELETE FROM mirror WHERE source = 5 AND part = ((OLD.account - 1) >> 12);
END;

-- trigger survey_insert
CREATE TRIGGER survey_insert BEFORE INSERT ON survey BEGIN
	DELETE FROM mirror WHERE source = 5 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM survey WHERE id = NEW.id);
END;

-- trigger survey_update
CREATE TRIGGER survey_update BEFORE UPDATE ON survey BEGIN
	DELETE FROM mirror WHERE source = 5 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM survey WHERE id = NEW.id);
END;

-- trigger task_delete
CREATE TRIGGER task_delete AFTER DELETE ON task BEGIN
	INSERT INTO mirror_stale SELECT 103, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = OLD.account);
END;

-- trigger task_insert
CREATE TRIGGER task_insert BEFORE INSERT ON task BEGIN
	INSERT INTO mirror_stale SELECT 103, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 103, account FROM task t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = t.account);
END;

-- trigger task_renumber
CREATE TRIGGER task_renumber BEFORE UPDATE ON task WHEN NEW.id IS NOT OLD.id BEGIN
	INSERT INTO mirror_stale SELECT 103, account FROM task t WHERE id = NEW.id
	AND NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = t.account);
END;

-- trigger task_update
CREATE TRIGGER task_update BEFORE UPDATE ON task BEGIN
	INSERT INTO mirror_stale SELECT 103, NEW.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = NEW.account);
	INSERT INTO mirror_stale SELECT 103, OLD.account
	WHERE NOT EXISTS (SELECT 1 FROM mirror_stale WHERE source = 103 AND account = OLD.account);
END;

-- trigger ticket_delete
CREATE TRIGGER ticket_delete AFTER DELETE ON ticket BEGIN
	DELETE FROM mirror WHERE source = 4 AND part = ((OLD.account - 1) >> 12);
END;

-- trigger ticket_insert
CREATE TRIGGER ticket_insert BEFORE INSERT ON ticket BEGIN
	DELETE FROM mirror WHERE source = 4 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM ticket
		WHERE id = NEW.id OR ticket_id = NEW.ticket_id);
END;

-- trigger ticket_update
CREATE TRIGGER ticket_update BEFORE UPDATE ON ticket BEGIN
	DELETE FROM mirror WHERE source = 4 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM ticket
		WHERE id = NEW.id OR ticket_id = NEW.ticket_id);
END;

-- trigger tier_roster_change
CREATE TRIGGER tier_roster_change BEFORE UPDATE ON tier_roster BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there are three tiers') WHERE NEW.tier IS NOT OLD.tier;
	SELECT RAISE(ABORT, 'tierdesk: members takes nine bytes per account: printf(''%08d,'', id)')
	WHERE typeof(NEW.members) IS NOT 'blob' OR length(NEW.members) % 9 <> 0;
	SELECT RAISE(ABORT, 'tierdesk: share_bp follows the newest policy_version')
	WHERE NEW.share_bp IS NOT OLD.share_bp AND (NEW.tier = 3 OR NEW.share_bp IS NOT (
		SELECT CASE NEW.tier WHEN 1 THEN cap1_bp ELSE cap2_bp END
		FROM policy_version ORDER BY version DESC LIMIT 1));
	SELECT RAISE(ABORT, 'tierdesk: the tier is full: demote an account first')
	FROM tier_cap WHERE tier = OLD.tier
		AND length(NEW.members) > length(OLD.members) AND length(NEW.members) > 9 * places;
	SELECT RAISE(ABORT, 'tierdesk: the ceiling follows the cap')
	FROM tier_cap WHERE tier = OLD.tier AND NEW.ceiling IS NOT OLD.ceiling
		AND (NEW.ceiling > max(places, length(NEW.members) / 9)
			OR NEW.ceiling < length(NEW.members) / 9);
END;

-- trigger tier_roster_delete
CREATE TRIGGER tier_roster_delete BEFORE DELETE ON tier_roster BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there are three tiers');
END;

-- trigger tier_roster_insert
CREATE TRIGGER tier_roster_insert BEFORE INSERT ON tier_roster BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there are three tiers');
END;

-- trigger tier_roster_update
CREATE TRIGGER tier_roster_update AFTER UPDATE ON tier_roster BEGIN
	UPDATE tier_roster SET ceiling = (SELECT max(places, members) FROM tier_cap
		WHERE tier = NEW.tier)
	WHERE tier = NEW.tier
		AND ceiling > (SELECT max(places, members) FROM tier_cap WHERE tier = NEW.tier);
END;

-- trigger touch_delete
CREATE TRIGGER touch_delete AFTER DELETE ON touch BEGIN
	DELETE FROM mirror WHERE source = 6 AND part = ((OLD.account - 1) >> 12);
END;

-- trigger touch_insert
CREATE TRIGGER touch_insert BEFORE INSERT ON touch BEGIN
	DELETE FROM mirror WHERE source = 6 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM touch WHERE id = NEW.id);
END;

-- trigger touch_update
CREATE TRIGGER touch_update BEFORE UPDATE ON touch BEGIN
	DELETE FROM mirror WHERE source = 6 AND part IN (SELECT (NEW.account - 1) >> 12
		UNION ALL SELECT (OLD.account - 1) >> 12
		UNION ALL SELECT (account - 1) >> 12 FROM touch WHERE id = NEW.id);
END;

-- trigger writer_delete
CREATE TRIGGER writer_delete BEFORE DELETE ON writer BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there is one writer');
END;

-- trigger writer_insert
CREATE TRIGGER writer_insert BEFORE INSERT ON writer BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there is one writer');
END;

-- trigger writer_update
CREATE TRIGGER writer_update AFTER UPDATE ON writer WHEN NEW.id IS NOT 1 BEGIN
	SELECT RAISE(ABORT, 'tierdesk: there is one writer');
END;
