-- Triggers that tell the history what was done. Made by `make update-schema`: changes are steps.

-- trigger account_history_delete
CREATE TRIGGER account_history_delete BEFORE DELETE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM account_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('account', OLD.id, NULL);
END;

-- trigger account_history_inserted
CREATE TRIGGER account_history_inserted AFTER INSERT ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told; -- an account is never pushed out
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM account_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('account', NULL, NEW.id);
END;

-- trigger account_history_updated
CREATE TRIGGER account_history_updated AFTER UPDATE ON account
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told; -- an account is never pushed out
	INSERT INTO told SELECT NEW.id, NEW.id, * FROM (VALUES
		('account_id', OLD.account_id, NEW.account_id),
		('name', OLD.name, NEW.name), ('parent_id', OLD.parent_id, NEW.parent_id),
		('segment', OLD.segment, NEW.segment),
		('industry', OLD.industry, NEW.industry),
		('region', OLD.region, NEW.region), ('csm', OLD.csm, NEW.csm),
		('arr', OLD.arr, NEW.arr), ('currency', OLD.currency, NEW.currency),
		('contract_start', OLD.contract_start, NEW.contract_start),
		('renewal_date', OLD.renewal_date, NEW.renewal_date),
		('auto_renew', OLD.auto_renew, NEW.auto_renew),
		('status', OLD.status, NEW.status),
		('churned_on', OLD.churned_on, NEW.churned_on),
		('churn_reason', OLD.churn_reason, NEW.churn_reason),
		('growth', OLD.growth, NEW.growth),
		('reference', OLD.reference, NEW.reference),
		('marquee', OLD.marquee, NEW.marquee),
		('advocate', OLD.advocate, NEW.advocate),
		('parent_expansion', OLD.parent_expansion, NEW.parent_expansion),
		('complexity', OLD.complexity, NEW.complexity),
		('maturity', OLD.maturity, NEW.maturity),
		('stakeholders', OLD.stakeholders, NEW.stakeholders),
		('seats_purchased', OLD.seats_purchased, NEW.seats_purchased),
		('features_available', OLD.features_available, NEW.features_available),
		('onboarding_started', OLD.onboarding_started, NEW.onboarding_started),
		('first_value_on', OLD.first_value_on, NEW.first_value_on),
		('tags', OLD.tags, NEW.tags), ('language', OLD.language, NEW.language));
	INSERT INTO outside VALUES ('account', OLD.id, NEW.id);
END;

-- trigger alert_history_delete
CREATE TRIGGER alert_history_delete BEFORE DELETE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM alert_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('alert', OLD.id, NULL);
END;

-- trigger alert_history_insert
CREATE TRIGGER alert_history_insert BEFORE INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM alert_fields WHERE row = NEW.id;
END;

-- trigger alert_history_inserted
CREATE TRIGGER alert_history_inserted AFTER INSERT ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM alert);
	INSERT INTO outside SELECT 'alert', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM alert_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('alert', NULL, NEW.id);
END;

-- trigger alert_history_update
CREATE TRIGGER alert_history_update BEFORE UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM alert_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger alert_history_updated
CREATE TRIGGER alert_history_updated AFTER UPDATE ON alert
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM alert);
	INSERT INTO outside SELECT 'alert', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('kind', OLD.kind, NEW.kind),
		('opened_on', OLD.opened_on, NEW.opened_on),
		('severity', OLD.severity, NEW.severity), ('state', OLD.state, NEW.state),
		('x', OLD.x, NEW.x), ('y', OLD.y, NEW.y), ('day', OLD.day, NEW.day),
		('snoozed_until', OLD.snoozed_until, NEW.snoozed_until),
		('reason', OLD.reason, NEW.reason),
		('ended_on', OLD.ended_on, NEW.ended_on),
		('outcome', OLD.outcome, NEW.outcome), ('useful', OLD.useful, NEW.useful),
		('escalated_on', OLD.escalated_on, NEW.escalated_on),
		('reopened', OLD.reopened, NEW.reopened),
		('severity_since', OLD.severity_since, NEW.severity_since));
	INSERT INTO outside VALUES ('alert', OLD.id, NEW.id);
END;

-- trigger contact_history_delete
CREATE TRIGGER contact_history_delete BEFORE DELETE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contact_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contact', OLD.id, NULL);
END;

-- trigger contact_history_insert
CREATE TRIGGER contact_history_insert BEFORE INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contact_fields WHERE row = NEW.id;
END;

-- trigger contact_history_inserted
CREATE TRIGGER contact_history_inserted AFTER INSERT ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contact);
	INSERT INTO outside SELECT 'contact', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM contact_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contact', NULL, NEW.id);
END;

-- trigger contact_history_update
CREATE TRIGGER contact_history_update BEFORE UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contact_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger contact_history_updated
CREATE TRIGGER contact_history_updated AFTER UPDATE ON contact
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contact);
	INSERT INTO outside SELECT 'contact', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('name', OLD.name, NEW.name),
		('email', OLD.email, NEW.email), ('role', OLD.role, NEW.role),
		('since', OLD.since, NEW.since), ('left_on', OLD.left_on, NEW.left_on));
	INSERT INTO outside VALUES ('contact', OLD.id, NEW.id);
END;

-- trigger contract_history_delete
CREATE TRIGGER contract_history_delete BEFORE DELETE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contract_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('contract', OLD.id, NULL);
END;

-- trigger contract_history_insert
CREATE TRIGGER contract_history_insert BEFORE INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contract_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id);
END;

-- trigger contract_history_inserted
CREATE TRIGGER contract_history_inserted AFTER INSERT ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM contract_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('contract', NULL, NEW.id);
END;

-- trigger contract_history_update
CREATE TRIGGER contract_history_update BEFORE UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM contract_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM contract WHERE contract_id = NEW.contract_id));
END;

-- trigger contract_history_updated
CREATE TRIGGER contract_history_updated AFTER UPDATE ON contract
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM contract);
	INSERT INTO outside SELECT 'contract', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('contract_id', OLD.contract_id, NEW.contract_id),
		('account', OLD.account, NEW.account), ('start', OLD.start, NEW.start),
		('end', OLD."end", NEW."end"), ('arr', OLD.arr, NEW.arr),
		('currency', OLD.currency, NEW.currency),
		('auto_renew', OLD.auto_renew, NEW.auto_renew),
		('status', OLD.status, NEW.status));
	INSERT INTO outside VALUES ('contract', OLD.id, NEW.id);
END;

-- trigger csm_history_delete
CREATE TRIGGER csm_history_delete BEFORE DELETE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM csm_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('csm', OLD.id, NULL);
END;

-- trigger csm_history_insert
CREATE TRIGGER csm_history_insert BEFORE INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM csm_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM csm WHERE name = NEW.name);
END;

-- trigger csm_history_inserted
CREATE TRIGGER csm_history_inserted AFTER INSERT ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM csm_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('csm', NULL, NEW.id);
END;

-- trigger csm_history_update
CREATE TRIGGER csm_history_update BEFORE UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM csm_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM csm WHERE name = NEW.name));
END;

-- trigger csm_history_updated
CREATE TRIGGER csm_history_updated AFTER UPDATE ON csm
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM csm);
	INSERT INTO outside SELECT 'csm', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NULL, * FROM (VALUES
		('name', OLD.name, NEW.name), ('email', OLD.email, NEW.email),
		('team', OLD.team, NEW.team), ('role', OLD.role, NEW.role),
		('capacity', OLD.capacity, NEW.capacity),
		('regions', OLD.regions, NEW.regions),
		('segments', OLD.segments, NEW.segments),
		('active_from', OLD.active_from, NEW.active_from),
		('active_until', OLD.active_until, NEW.active_until),
		('languages', OLD.languages, NEW.languages));
	INSERT INTO outside VALUES ('csm', OLD.id, NEW.id);
END;

-- trigger fix_history_delete
CREATE TRIGGER fix_history_delete BEFORE DELETE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM fix_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('fix', OLD.id, NULL);
END;

-- trigger fix_history_insert
CREATE TRIGGER fix_history_insert BEFORE INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM fix_fields WHERE row = NEW.id;
END;

-- trigger fix_history_inserted
CREATE TRIGGER fix_history_inserted AFTER INSERT ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM fix);
	INSERT INTO outside SELECT 'fix', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM fix_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('fix', NULL, NEW.id);
END;

-- trigger fix_history_update
CREATE TRIGGER fix_history_update BEFORE UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM fix_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger fix_history_updated
CREATE TRIGGER fix_history_updated AFTER UPDATE ON fix
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM fix);
	INSERT INTO outside SELECT 'fix', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('cause', OLD.cause, NEW.cause),
		('noticed_on', OLD.noticed_on, NEW.noticed_on),
		('text', OLD.text, NEW.text),
		('documented_on', OLD.documented_on, NEW.documented_on),
		('automated_on', OLD.automated_on, NEW.automated_on),
		('verified_on', OLD.verified_on, NEW.verified_on),
		('link', OLD.link, NEW.link), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('fix', OLD.id, NEW.id);
END;

-- trigger message_history_delete
CREATE TRIGGER message_history_delete BEFORE DELETE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM message_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('message', OLD.id, NULL);
END;

-- trigger message_history_insert
CREATE TRIGGER message_history_insert BEFORE INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM message_fields WHERE row = NEW.id;
END;

-- trigger message_history_inserted
CREATE TRIGGER message_history_inserted AFTER INSERT ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM message);
	INSERT INTO outside SELECT 'message', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM message_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('message', NULL, NEW.id);
END;

-- trigger message_history_update
CREATE TRIGGER message_history_update BEFORE UPDATE ON message
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM message_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger message_history_updated
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

-- trigger milestone_history_delete
CREATE TRIGGER milestone_history_delete BEFORE DELETE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM milestone_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('milestone', OLD.id, NULL);
END;

-- trigger milestone_history_insert
CREATE TRIGGER milestone_history_insert BEFORE INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM milestone_fields WHERE row = NEW.id;
END;

-- trigger milestone_history_inserted
CREATE TRIGGER milestone_history_inserted AFTER INSERT ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM milestone);
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM milestone_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('milestone', NULL, NEW.id);
END;

-- trigger milestone_history_update
CREATE TRIGGER milestone_history_update BEFORE UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM milestone_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger milestone_history_updated
CREATE TRIGGER milestone_history_updated AFTER UPDATE ON milestone
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM milestone);
	INSERT INTO outside SELECT 'milestone', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('title', OLD.title, NEW.title),
		('due', OLD.due, NEW.due), ('done_on', OLD.done_on, NEW.done_on));
	INSERT INTO outside VALUES ('milestone', OLD.id, NEW.id);
END;

-- trigger movement_history_delete
CREATE TRIGGER movement_history_delete BEFORE DELETE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM movement_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('movement', OLD.id, NULL);
END;

-- trigger movement_history_insert
CREATE TRIGGER movement_history_insert BEFORE INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM movement_fields WHERE row = NEW.id;
END;

-- trigger movement_history_inserted
CREATE TRIGGER movement_history_inserted AFTER INSERT ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM movement);
	INSERT INTO outside SELECT 'movement', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM movement_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('movement', NULL, NEW.id);
END;

-- trigger movement_history_update
CREATE TRIGGER movement_history_update BEFORE UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM movement_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger movement_history_updated
CREATE TRIGGER movement_history_updated AFTER UPDATE ON movement
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM movement);
	INSERT INTO outside SELECT 'movement', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('kind', OLD.kind, NEW.kind), ('arr_delta', OLD.arr_delta, NEW.arr_delta),
		('currency', OLD.currency, NEW.currency));
	INSERT INTO outside VALUES ('movement', OLD.id, NEW.id);
END;

-- trigger note_history_delete
CREATE TRIGGER note_history_delete BEFORE DELETE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM note_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('note', OLD.id, NULL);
END;

-- trigger note_history_insert
CREATE TRIGGER note_history_insert BEFORE INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM note_fields WHERE row = NEW.id;
END;

-- trigger note_history_inserted
CREATE TRIGGER note_history_inserted AFTER INSERT ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM note);
	INSERT INTO outside SELECT 'note', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM note_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('note', NULL, NEW.id);
END;

-- trigger note_history_update
CREATE TRIGGER note_history_update BEFORE UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM note_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger note_history_updated
CREATE TRIGGER note_history_updated AFTER UPDATE ON note
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM note);
	INSERT INTO outside SELECT 'note', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('text', OLD.text, NEW.text), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('note', OLD.id, NEW.id);
END;

-- trigger plan_history_delete
CREATE TRIGGER plan_history_delete BEFORE DELETE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM plan_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('plan', OLD.id, NULL);
END;

-- trigger plan_history_insert
CREATE TRIGGER plan_history_insert BEFORE INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM plan_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM plan WHERE account = NEW.account);
END;

-- trigger plan_history_inserted
CREATE TRIGGER plan_history_inserted AFTER INSERT ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM plan_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('plan', NULL, NEW.id);
END;

-- trigger plan_history_update
CREATE TRIGGER plan_history_update BEFORE UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM plan_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM plan WHERE account = NEW.account));
END;

-- trigger plan_history_updated
CREATE TRIGGER plan_history_updated AFTER UPDATE ON plan
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM plan);
	INSERT INTO outside SELECT 'plan', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('goal', OLD.goal, NEW.goal),
		('next_step', OLD.next_step, NEW.next_step),
		('next_due', OLD.next_due, NEW.next_due),
		('decision', OLD.decision, NEW.decision));
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
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM proposal_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('proposal', OLD.id, NULL);
END;

-- trigger proposal_history_insert
CREATE TRIGGER proposal_history_insert BEFORE INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM proposal_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM proposal WHERE name = NEW.name);
END;

-- trigger proposal_history_inserted
CREATE TRIGGER proposal_history_inserted AFTER INSERT ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM proposal_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('proposal', NULL, NEW.id);
END;

-- trigger proposal_history_update
CREATE TRIGGER proposal_history_update BEFORE UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM proposal_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM proposal WHERE name = NEW.name));
END;

-- trigger proposal_history_updated
CREATE TRIGGER proposal_history_updated AFTER UPDATE ON proposal
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM proposal);
	INSERT INTO outside SELECT 'proposal', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NULL, * FROM (VALUES
		('name', OLD.name, NEW.name), ('made_on', OLD.made_on, NEW.made_on),
		('actor', OLD.actor, NEW.actor),
		('operation', OLD.operation, NEW.operation),
		('asked', OLD.asked, NEW.asked), ('moves', OLD.moves, NEW.moves),
		('cost', OLD.cost, NEW.cost), ('bound', OLD.bound, NEW.bound));
	INSERT INTO outside VALUES ('proposal', OLD.id, NEW.id);
END;

-- trigger survey_history_delete
CREATE TRIGGER survey_history_delete BEFORE DELETE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM survey_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('survey', OLD.id, NULL);
END;

-- trigger survey_history_insert
CREATE TRIGGER survey_history_insert BEFORE INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM survey_fields WHERE row = NEW.id;
END;

-- trigger survey_history_inserted
CREATE TRIGGER survey_history_inserted AFTER INSERT ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM survey);
	INSERT INTO outside SELECT 'survey', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM survey_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('survey', NULL, NEW.id);
END;

-- trigger survey_history_update
CREATE TRIGGER survey_history_update BEFORE UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM survey_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger survey_history_updated
CREATE TRIGGER survey_history_updated AFTER UPDATE ON survey
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM survey);
	INSERT INTO outside SELECT 'survey', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('kind', OLD.kind, NEW.kind), ('score', OLD.score, NEW.score),
		('comment', OLD.comment, NEW.comment));
	INSERT INTO outside VALUES ('survey', OLD.id, NEW.id);
END;

-- trigger task_history_delete
CREATE TRIGGER task_history_delete BEFORE DELETE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task', OLD.id, NULL);
END;

-- trigger task_history_insert
CREATE TRIGGER task_history_insert BEFORE INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_fields WHERE row = NEW.id;
END;

-- trigger task_history_inserted
CREATE TRIGGER task_history_inserted AFTER INSERT ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task);
	INSERT INTO outside SELECT 'task', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM task_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task', NULL, NEW.id);
END;

-- trigger task_history_update
CREATE TRIGGER task_history_update BEFORE UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger task_history_updated
CREATE TRIGGER task_history_updated AFTER UPDATE ON task
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task);
	INSERT INTO outside SELECT 'task', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('play', OLD.play, NEW.play),
		('started_on', OLD.started_on, NEW.started_on),
		('play_version', OLD.play_version, NEW.play_version),
		('title', OLD.title, NEW.title), ('alert', OLD.alert, NEW.alert),
		('csm', OLD.csm, NEW.csm), ('step', OLD.step, NEW.step),
		('next_step', OLD.next_step, NEW.next_step), ('due', OLD.due, NEW.due),
		('state', OLD.state, NEW.state), ('ended_on', OLD.ended_on, NEW.ended_on),
		('outcome', OLD.outcome, NEW.outcome), ('reason', OLD.reason, NEW.reason),
		('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('task', OLD.id, NEW.id);
END;

-- trigger task_step_history_delete
CREATE TRIGGER task_step_history_delete BEFORE DELETE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_step_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('task_step', OLD.id, NULL);
END;

-- trigger task_step_history_insert
CREATE TRIGGER task_step_history_insert BEFORE INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_step_fields WHERE row = NEW.id;
END;

-- trigger task_step_history_inserted
CREATE TRIGGER task_step_history_inserted AFTER INSERT ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task_step);
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM task_step_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('task_step', NULL, NEW.id);
END;

-- trigger task_step_history_update
CREATE TRIGGER task_step_history_update BEFORE UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM task_step_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger task_step_history_updated
CREATE TRIGGER task_step_history_updated AFTER UPDATE ON task_step
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM task_step);
	INSERT INTO outside SELECT 'task_step', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('task', OLD.task, NEW.task),
		('step', OLD.step, NEW.step), ('title', OLD.title, NEW.title),
		('done_on', OLD.done_on, NEW.done_on),
		('outcome', OLD.outcome, NEW.outcome), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('task_step', OLD.id, NEW.id);
END;

-- trigger ticket_history_delete
CREATE TRIGGER ticket_history_delete BEFORE DELETE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM ticket_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('ticket', OLD.id, NULL);
END;

-- trigger ticket_history_insert
CREATE TRIGGER ticket_history_insert BEFORE INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM ticket_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id);
END;

-- trigger ticket_history_inserted
CREATE TRIGGER ticket_history_inserted AFTER INSERT ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM ticket_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('ticket', NULL, NEW.id);
END;

-- trigger ticket_history_update
CREATE TRIGGER ticket_history_update BEFORE UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM ticket_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM ticket WHERE ticket_id = NEW.ticket_id));
END;

-- trigger ticket_history_updated
CREATE TRIGGER ticket_history_updated AFTER UPDATE ON ticket
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM ticket);
	INSERT INTO outside SELECT 'ticket', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('ticket_id', OLD.ticket_id, NEW.ticket_id),
		('account', OLD.account, NEW.account),
		('opened_on', OLD.opened_on, NEW.opened_on),
		('closed_on', OLD.closed_on, NEW.closed_on),
		('severity', OLD.severity, NEW.severity),
		('root_cause', OLD.root_cause, NEW.root_cause),
		('csat', OLD.csat, NEW.csat));
	INSERT INTO outside VALUES ('ticket', OLD.id, NEW.id);
END;

-- trigger tier_lock_history_delete
CREATE TRIGGER tier_lock_history_delete BEFORE DELETE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_lock_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NULL);
END;

-- trigger tier_lock_history_insert
CREATE TRIGGER tier_lock_history_insert BEFORE INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_lock_fields
	WHERE row = NEW.id OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account);
END;

-- trigger tier_lock_history_inserted
CREATE TRIGGER tier_lock_history_inserted AFTER INSERT ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM tier_lock_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_lock', NULL, NEW.id);
END;

-- trigger tier_lock_history_update
CREATE TRIGGER tier_lock_history_update BEFORE UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_lock_fields
	WHERE row <> OLD.id
		AND (row = NEW.id OR row IN (SELECT id FROM tier_lock WHERE account = NEW.account));
END;

-- trigger tier_lock_history_updated
CREATE TRIGGER tier_lock_history_updated AFTER UPDATE ON tier_lock
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_lock);
	INSERT INTO outside SELECT 'tier_lock', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('until', OLD.until, NEW.until),
		('reason', OLD.reason, NEW.reason), ('actor', OLD.actor, NEW.actor),
		('since', OLD.since, NEW.since));
	INSERT INTO outside VALUES ('tier_lock', OLD.id, NEW.id);
END;

-- trigger tier_request_history_delete
CREATE TRIGGER tier_request_history_delete BEFORE DELETE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_request_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('tier_request', OLD.id, NULL);
END;

-- trigger tier_request_history_insert
CREATE TRIGGER tier_request_history_insert BEFORE INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_request_fields WHERE row = NEW.id;
END;

-- trigger tier_request_history_inserted
CREATE TRIGGER tier_request_history_inserted AFTER INSERT ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_request);
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM tier_request_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('tier_request', NULL, NEW.id);
END;

-- trigger tier_request_history_update
CREATE TRIGGER tier_request_history_update BEFORE UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM tier_request_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger tier_request_history_updated
CREATE TRIGGER tier_request_history_updated AFTER UPDATE ON tier_request
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM tier_request);
	INSERT INTO outside SELECT 'tier_request', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account),
		('asked_on', OLD.asked_on, NEW.asked_on),
		('wanted', OLD.wanted, NEW.wanted),
		('requester', OLD.requester, NEW.requester),
		('reason', OLD.reason, NEW.reason), ('actor', OLD.actor, NEW.actor),
		('state', OLD.state, NEW.state),
		('answered_on', OLD.answered_on, NEW.answered_on),
		('answer', OLD.answer, NEW.answer),
		('answered_by', OLD.answered_by, NEW.answered_by));
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
	)
	SELECT id, id, 'tier', NEW.tier, NULL FROM gone WHERE id > 0
	UNION ALL SELECT id, id, 'tier', NULL, NEW.tier FROM come WHERE id > 0;
	INSERT INTO outside SELECT 'account', row, row FROM told GROUP BY row;
	DELETE FROM told;
END;

-- trigger touch_history_delete
CREATE TRIGGER touch_history_delete BEFORE DELETE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM touch_fields WHERE row = OLD.id;
	INSERT INTO outside VALUES ('touch', OLD.id, NULL);
END;

-- trigger touch_history_insert
CREATE TRIGGER touch_history_insert BEFORE INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM touch_fields WHERE row = NEW.id;
END;

-- trigger touch_history_inserted
CREATE TRIGGER touch_history_inserted AFTER INSERT ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM touch);
	INSERT INTO outside SELECT 'touch', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT row, account, name, NULL, value
	FROM touch_fields WHERE row = NEW.id;
	INSERT INTO outside VALUES ('touch', NULL, NEW.id);
END;

-- trigger touch_history_update
CREATE TRIGGER touch_history_update BEFORE UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told;
	INSERT INTO told SELECT *, NULL FROM touch_fields
	WHERE row = NEW.id AND row <> OLD.id;
END;

-- trigger touch_history_updated
CREATE TRIGGER touch_history_updated AFTER UPDATE ON touch
WHEN (SELECT own FROM writer) IS NOT 1 BEGIN
	DELETE FROM told WHERE row <> NEW.id AND row IN (SELECT id FROM touch);
	INSERT INTO outside SELECT 'touch', row, NULL FROM told GROUP BY row;
	INSERT INTO told SELECT NEW.id, NEW.account, * FROM (VALUES
		('account', OLD.account, NEW.account), ('date', OLD.date, NEW.date),
		('kind', OLD.kind, NEW.kind), ('two_way', OLD.two_way, NEW.two_way),
		('purpose', OLD.purpose, NEW.purpose),
		('outcome', OLD.outcome, NEW.outcome),
		('minutes', OLD.minutes, NEW.minutes), ('actor', OLD.actor, NEW.actor));
	INSERT INTO outside VALUES ('touch', OLD.id, NEW.id);
END;
