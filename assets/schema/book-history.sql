-- Triggers that tell the history what was done. Made by `make update-schema`: changes are steps.

-- trigger account_history_delete
CREATE TRIGGER account_history_delete BEFORE DELETE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM account_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('account', OLD.id, NULL);
END;

-- trigger account_history_inserted
CREATE TRIGGER account_history_inserted AFTER INSERT ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told; -- an account is never pushed out
	INSERT INTO told SELECT *, 1 FROM account_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('account', NULL, NEW.id);
END;

-- trigger account_history_update
CREATE TRIGGER account_history_update BEFORE UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM account_fields WHERE row = OLD.id;
END;

-- trigger account_history_updated
CREATE TRIGGER account_history_updated AFTER UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO told SELECT *, 1 FROM account_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('account', OLD.id, NEW.id);
END;

-- trigger alert_history_delete
CREATE TRIGGER alert_history_delete BEFORE DELETE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM alert_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('alert', OLD.id, NULL);
END;

-- trigger alert_history_insert
CREATE TRIGGER alert_history_insert BEFORE INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM alert_fields WHERE row = NEW.id;
END;

-- trigger alert_history_inserted
CREATE TRIGGER alert_history_inserted AFTER INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'alert', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM alert_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('alert', NULL, NEW.id);
END;

-- trigger alert_history_update
CREATE TRIGGER alert_history_update BEFORE UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM alert_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger alert_history_updated
CREATE TRIGGER alert_history_updated AFTER UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'alert', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM alert_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('alert', OLD.id, NEW.id);
END;

-- trigger contact_history_delete
CREATE TRIGGER contact_history_delete BEFORE DELETE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM contact_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contact', OLD.id, NULL);
END;

-- trigger contact_history_insert
CREATE TRIGGER contact_history_insert BEFORE INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contact_fields WHERE row = NEW.id;
END;

-- trigger contact_history_inserted
CREATE TRIGGER contact_history_inserted AFTER INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'contact', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contact_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contact', NULL, NEW.id);
END;

-- trigger contact_history_update
CREATE TRIGGER contact_history_update BEFORE UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contact_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger contact_history_updated
CREATE TRIGGER contact_history_updated AFTER UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'contact', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contact_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contact', OLD.id, NEW.id);
END;

-- trigger contract_history_delete
CREATE TRIGGER contract_history_delete BEFORE DELETE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM contract_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contract', OLD.id, NULL);
END;

-- trigger contract_history_insert
CREATE TRIGGER contract_history_insert BEFORE INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contract_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id);
END;

-- trigger contract_history_inserted
CREATE TRIGGER contract_history_inserted AFTER INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contract_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contract', NULL, NEW.id);
END;

-- trigger contract_history_update
CREATE TRIGGER contract_history_update BEFORE UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM contract_fields
	WHERE row IN (OLD.id, NEW.id)
		OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id);
END;

-- trigger contract_history_updated
CREATE TRIGGER contract_history_updated AFTER UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM contract_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contract', OLD.id, NEW.id);
END;

-- trigger csm_history_delete
CREATE TRIGGER csm_history_delete BEFORE DELETE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM csm_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('csm', OLD.id, NULL);
END;

-- trigger csm_history_insert
CREATE TRIGGER csm_history_insert BEFORE INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM csm_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM csm WHERE name = NEW.name);
END;

-- trigger csm_history_inserted
CREATE TRIGGER csm_history_inserted AFTER INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM csm_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('csm', NULL, NEW.id);
END;

-- trigger csm_history_update
CREATE TRIGGER csm_history_update BEFORE UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM csm_fields
	WHERE row IN (OLD.id, NEW.id) OR row IN (SELECT id FROM csm WHERE name = NEW.name);
END;

-- trigger csm_history_updated
CREATE TRIGGER csm_history_updated AFTER UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM csm_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('csm', OLD.id, NEW.id);
END;

-- trigger fix_history_delete
CREATE TRIGGER fix_history_delete BEFORE DELETE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM fix_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('fix', OLD.id, NULL);
END;

-- trigger fix_history_insert
CREATE TRIGGER fix_history_insert BEFORE INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM fix_fields WHERE row = NEW.id;
END;

-- trigger fix_history_inserted
CREATE TRIGGER fix_history_inserted AFTER INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'fix', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM fix_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('fix', NULL, NEW.id);
END;

-- trigger fix_history_update
CREATE TRIGGER fix_history_update BEFORE UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM fix_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger fix_history_updated
CREATE TRIGGER fix_history_updated AFTER UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'fix', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM fix_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('fix', OLD.id, NEW.id);
END;

-- trigger message_history_delete
CREATE TRIGGER message_history_delete BEFORE DELETE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM message_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('message', OLD.id, NULL);
END;

-- trigger message_history_insert
CREATE TRIGGER message_history_insert BEFORE INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM message_fields WHERE row = NEW.id;
END;

-- trigger message_history_inserted
CREATE TRIGGER message_history_inserted AFTER INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'message', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM message_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('message', NULL, NEW.id);
END;

-- trigger message_history_update
CREATE TRIGGER message_history_update BEFORE UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM message_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger message_history_updated
CREATE TRIGGER message_history_updated AFTER UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'message', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM message_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('message', OLD.id, NEW.id);
END;

-- trigger milestone_history_delete
CREATE TRIGGER milestone_history_delete BEFORE DELETE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM milestone_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('milestone', OLD.id, NULL);
END;

-- trigger milestone_history_insert
CREATE TRIGGER milestone_history_insert BEFORE INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM milestone_fields WHERE row = NEW.id;
END;

-- trigger milestone_history_inserted
CREATE TRIGGER milestone_history_inserted AFTER INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM milestone_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('milestone', NULL, NEW.id);
END;

-- trigger milestone_history_update
CREATE TRIGGER milestone_history_update BEFORE UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM milestone_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger milestone_history_updated
CREATE TRIGGER milestone_history_updated AFTER UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM milestone_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('milestone', OLD.id, NEW.id);
END;

-- trigger movement_history_delete
CREATE TRIGGER movement_history_delete BEFORE DELETE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM movement_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('movement', OLD.id, NULL);
END;

-- trigger movement_history_insert
CREATE TRIGGER movement_history_insert BEFORE INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM movement_fields WHERE row = NEW.id;
END;

-- trigger movement_history_inserted
CREATE TRIGGER movement_history_inserted AFTER INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'movement', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM movement_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('movement', NULL, NEW.id);
END;

-- trigger movement_history_update
CREATE TRIGGER movement_history_update BEFORE UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM movement_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger movement_history_updated
CREATE TRIGGER movement_history_updated AFTER UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'movement', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM movement_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('movement', OLD.id, NEW.id);
END;

-- trigger note_history_delete
CREATE TRIGGER note_history_delete BEFORE DELETE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM note_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('note', OLD.id, NULL);
END;

-- trigger note_history_insert
CREATE TRIGGER note_history_insert BEFORE INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM note_fields WHERE row = NEW.id;
END;

-- trigger note_history_inserted
CREATE TRIGGER note_history_inserted AFTER INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'note', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM note_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('note', NULL, NEW.id);
END;

-- trigger note_history_update
CREATE TRIGGER note_history_update BEFORE UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM note_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger note_history_updated
CREATE TRIGGER note_history_updated AFTER UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'note', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM note_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('note', OLD.id, NEW.id);
END;

-- trigger plan_history_delete
CREATE TRIGGER plan_history_delete BEFORE DELETE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM plan_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('plan', OLD.id, NULL);
END;

-- trigger plan_history_insert
CREATE TRIGGER plan_history_insert BEFORE INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM plan_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM plan WHERE account = NEW.account);
END;

-- trigger plan_history_inserted
CREATE TRIGGER plan_history_inserted AFTER INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM plan_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('plan', NULL, NEW.id);
END;

-- trigger plan_history_update
CREATE TRIGGER plan_history_update BEFORE UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM plan_fields
	WHERE row IN (OLD.id, NEW.id) OR row IN (SELECT id FROM plan WHERE account = NEW.account);
END;

-- trigger plan_history_updated
CREATE TRIGGER plan_history_updated AFTER UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM plan_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('plan', OLD.id, NEW.id);
END;

-- trigger policy_version_history
CREATE TRIGGER policy_version_history AFTER INSERT ON policy_version
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO operation(id, at, actor, step, title, reason, changes, kind, subject)
	SELECT (SELECT coalesce(max(id), 0) + 1 FROM operation), unixepoch(), 'sql', 'change',
		'another program: policy version ' || NEW.version, NEW.reason, 0, 'policy',
		NEW.version;
END;

-- trigger proposal_history_delete
CREATE TRIGGER proposal_history_delete BEFORE DELETE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM proposal_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('proposal', OLD.id, NULL);
END;

-- trigger proposal_history_insert
CREATE TRIGGER proposal_history_insert BEFORE INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM proposal_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM proposal WHERE name = NEW.name);
END;

-- trigger proposal_history_inserted
CREATE TRIGGER proposal_history_inserted AFTER INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM proposal_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('proposal', NULL, NEW.id);
END;

-- trigger proposal_history_update
CREATE TRIGGER proposal_history_update BEFORE UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM proposal_fields
	WHERE row IN (OLD.id, NEW.id) OR row IN (SELECT id FROM proposal WHERE name = NEW.name);
END;

-- trigger proposal_history_updated
CREATE TRIGGER proposal_history_updated AFTER UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM proposal_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('proposal', OLD.id, NEW.id);
END;

-- trigger survey_history_delete
CREATE TRIGGER survey_history_delete BEFORE DELETE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM survey_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('survey', OLD.id, NULL);
END;

-- trigger survey_history_insert
CREATE TRIGGER survey_history_insert BEFORE INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM survey_fields WHERE row = NEW.id;
END;

-- trigger survey_history_inserted
CREATE TRIGGER survey_history_inserted AFTER INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'survey', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM survey_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('survey', NULL, NEW.id);
END;

-- trigger survey_history_update
CREATE TRIGGER survey_history_update BEFORE UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM survey_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger survey_history_updated
CREATE TRIGGER survey_history_updated AFTER UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'survey', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM survey_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('survey', OLD.id, NEW.id);
END;

-- trigger task_history_delete
CREATE TRIGGER task_history_delete BEFORE DELETE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM task_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task', OLD.id, NULL);
END;

-- trigger task_history_insert
CREATE TRIGGER task_history_insert BEFORE INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_fields WHERE row = NEW.id;
END;

-- trigger task_history_inserted
CREATE TRIGGER task_history_inserted AFTER INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task', NULL, NEW.id);
END;

-- trigger task_history_update
CREATE TRIGGER task_history_update BEFORE UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger task_history_updated
CREATE TRIGGER task_history_updated AFTER UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task', OLD.id, NEW.id);
END;

-- trigger task_step_history_delete
CREATE TRIGGER task_step_history_delete BEFORE DELETE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM task_step_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task_step', OLD.id, NULL);
END;

-- trigger task_step_history_insert
CREATE TRIGGER task_step_history_insert BEFORE INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_step_fields WHERE row = NEW.id;
END;

-- trigger task_step_history_inserted
CREATE TRIGGER task_step_history_inserted AFTER INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_step_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task_step', NULL, NEW.id);
END;

-- trigger task_step_history_update
CREATE TRIGGER task_step_history_update BEFORE UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM task_step_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger task_step_history_updated
CREATE TRIGGER task_step_history_updated AFTER UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM task_step_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task_step', OLD.id, NEW.id);
END;

-- trigger ticket_history_delete
CREATE TRIGGER ticket_history_delete BEFORE DELETE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM ticket_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('ticket', OLD.id, NULL);
END;

-- trigger ticket_history_insert
CREATE TRIGGER ticket_history_insert BEFORE INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM ticket_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id);
END;

-- trigger ticket_history_inserted
CREATE TRIGGER ticket_history_inserted AFTER INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM ticket_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('ticket', NULL, NEW.id);
END;

-- trigger ticket_history_update
CREATE TRIGGER ticket_history_update BEFORE UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM ticket_fields
	WHERE row IN (OLD.id, NEW.id)
		OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id);
END;

-- trigger ticket_history_updated
CREATE TRIGGER ticket_history_updated AFTER UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM ticket_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('ticket', OLD.id, NEW.id);
END;

-- trigger tier_lock_history_delete
CREATE TRIGGER tier_lock_history_delete BEFORE DELETE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM tier_lock_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NULL);
END;

-- trigger tier_lock_history_insert
CREATE TRIGGER tier_lock_history_insert BEFORE INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_lock_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account);
END;

-- trigger tier_lock_history_inserted
CREATE TRIGGER tier_lock_history_inserted AFTER INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_lock_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_lock', NULL, NEW.id);
END;

-- trigger tier_lock_history_update
CREATE TRIGGER tier_lock_history_update BEFORE UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_lock_fields
	WHERE row IN (OLD.id, NEW.id)
		OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account);
END;

-- trigger tier_lock_history_updated
CREATE TRIGGER tier_lock_history_updated AFTER UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND +row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_lock_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NEW.id);
END;

-- trigger tier_request_history_delete
CREATE TRIGGER tier_request_history_delete BEFORE DELETE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM tier_request_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_request', OLD.id, NULL);
END;

-- trigger tier_request_history_insert
CREATE TRIGGER tier_request_history_insert BEFORE INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_request_fields WHERE row = NEW.id;
END;

-- trigger tier_request_history_inserted
CREATE TRIGGER tier_request_history_inserted AFTER INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_request_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_request', NULL, NEW.id);
END;

-- trigger tier_request_history_update
CREATE TRIGGER tier_request_history_update BEFORE UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM tier_request_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger tier_request_history_updated
CREATE TRIGGER tier_request_history_updated AFTER UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM tier_request_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_request', OLD.id, NEW.id);
END;

-- trigger tier_roster_history
CREATE TRIGGER tier_roster_history AFTER UPDATE ON tier_roster
WHEN (SELECT own FROM writer) IS 0 AND NEW.members <> OLD.members BEGIN
	DELETE FROM told;
	INSERT INTO told
	WITH was(list) AS (
		SELECT '["' || replace(rtrim(CAST(OLD.members AS TEXT), ','), ',', '","') || '"]'
	), is_now(list) AS (
		SELECT '["' || replace(rtrim(CAST(NEW.members AS TEXT), ','), ',', '","') || '"]'
	), gone(id) AS (
		SELECT CAST(j.value AS INTEGER) FROM was, json_each(list) j
		EXCEPT SELECT CAST(j.value AS INTEGER) FROM is_now, json_each(list) j
	), come(id) AS (
		SELECT CAST(j.value AS INTEGER) FROM is_now, json_each(list) j
		EXCEPT SELECT CAST(j.value AS INTEGER) FROM was, json_each(list) j
	), moved(id, come) AS (
		SELECT id, 0 FROM gone UNION ALL SELECT id, 1 FROM come
	)
	SELECT id, id, 'tier', iif(side = come, NEW.tier, NULL), side
	FROM moved, (SELECT 0 AS side UNION ALL SELECT 1) WHERE id > 0;
	INSERT INTO outside SELECT 'account', row, row FROM told GROUP BY row;
	DELETE FROM told;
END;

-- trigger touch_history_delete
CREATE TRIGGER touch_history_delete BEFORE DELETE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row = OLD.id;
	INSERT INTO told SELECT *, 0 FROM touch_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('touch', OLD.id, NULL);
END;

-- trigger touch_history_insert
CREATE TRIGGER touch_history_insert BEFORE INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM touch_fields WHERE row = NEW.id;
END;

-- trigger touch_history_inserted
CREATE TRIGGER touch_history_inserted AFTER INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'touch', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM touch_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('touch', NULL, NEW.id);
END;

-- trigger touch_history_update
CREATE TRIGGER touch_history_update BEFORE UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, 0 FROM touch_fields WHERE row IN (OLD.id, NEW.id);
END;

-- trigger touch_history_updated
CREATE TRIGGER touch_history_updated AFTER UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	INSERT INTO outside SELECT 'touch', row, NULL FROM told
	WHERE row <> OLD.id GROUP BY row;
	INSERT INTO told SELECT *, 1 FROM touch_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('touch', OLD.id, NEW.id);
END;
