-- A tierdesk book, version 12: the language of an account, and those that a CSM serves in.
-- An account without one can be served by anybody.

ALTER TABLE account ADD COLUMN language TEXT;
ALTER TABLE csm ADD COLUMN languages TEXT; -- separated by ';'; NULL: all
INSERT INTO field VALUES ('csm', 10, 'languages'), ('account', 29, 'language');

-- It is one of the texts that lists search: packed with segment, region and the others.
DELETE FROM mirror WHERE source = 101;
DROP TRIGGER account_texts;
CREATE TRIGGER account_texts AFTER UPDATE ON account
WHEN NEW.account_id IS NOT OLD.account_id OR NEW.name IS NOT OLD.name
	OR NEW.segment IS NOT OLD.segment OR NEW.region IS NOT OLD.region
	OR NEW.industry IS NOT OLD.industry OR NEW.parent_id IS NOT OLD.parent_id
	OR NEW.tags IS NOT OLD.tags OR NEW.language IS NOT OLD.language BEGIN
	DELETE FROM mirror WHERE source IN (100, 101) AND part = ((NEW.id - 1) >> 12);
END;

-- What is told of their rows, as in 011-told.sql.
DROP VIEW csm_fields;
CREATE VIEW csm_fields(row, account, name, value) AS
SELECT id, NULL, field, CASE field
	WHEN 'name' THEN name WHEN 'email' THEN email WHEN 'team' THEN team
	WHEN 'role' THEN role WHEN 'capacity' THEN capacity WHEN 'regions' THEN regions
	WHEN 'segments' THEN segments WHEN 'active_from' THEN active_from
	WHEN 'active_until' THEN active_until
	WHEN 'languages' THEN languages END
FROM csm, field WHERE record = 'csm';
DROP TRIGGER csm_history_updated;
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
DROP VIEW account_fields;
CREATE VIEW account_fields(row, account, name, value) AS
SELECT id, id, field, CASE field
	WHEN 'account_id' THEN account_id WHEN 'name' THEN name
	WHEN 'parent_id' THEN parent_id WHEN 'segment' THEN segment
	WHEN 'industry' THEN industry WHEN 'region' THEN region WHEN 'csm' THEN csm
	WHEN 'arr' THEN arr WHEN 'currency' THEN currency
	WHEN 'contract_start' THEN contract_start WHEN 'renewal_date' THEN renewal_date
	WHEN 'auto_renew' THEN auto_renew WHEN 'status' THEN status
	WHEN 'churned_on' THEN churned_on WHEN 'churn_reason' THEN churn_reason
	WHEN 'growth' THEN growth WHEN 'reference' THEN reference
	WHEN 'marquee' THEN marquee WHEN 'advocate' THEN advocate
	WHEN 'parent_expansion' THEN parent_expansion WHEN 'complexity' THEN complexity
	WHEN 'maturity' THEN maturity WHEN 'stakeholders' THEN stakeholders
	WHEN 'seats_purchased' THEN seats_purchased
	WHEN 'features_available' THEN features_available
	WHEN 'onboarding_started' THEN onboarding_started
	WHEN 'first_value_on' THEN first_value_on WHEN 'tags' THEN tags
	WHEN 'language' THEN language END
FROM account, field WHERE record = 'account';
DROP TRIGGER account_history_updated;
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
