-- Tables, indexes and views of a book. Made by `make update-schema`: changes are steps.

-- table account
CREATE TABLE account (
	id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 99999999), -- never changes, never given twice
	account_id TEXT NOT NULL,           -- the user's own number or code
	name TEXT,
	parent_id TEXT,                     -- account_id of the parent company
	segment TEXT,
	industry TEXT,
	region TEXT,
	csm INTEGER REFERENCES csm(id),     -- owner; NULL: in the pool
	arr INTEGER,                        -- cents a year
	currency TEXT,                      -- of arr; NULL: the base currency
	contract_start INTEGER,             -- day: first day as a customer
	renewal_date INTEGER,               -- day of the next renewal
	auto_renew INTEGER CHECK (auto_renew IN (0, 1)),
	status TEXT CHECK (status IN ('active', 'churned')), -- NULL: active
	churned_on INTEGER,                 -- day: first day no longer a customer
	churn_reason TEXT,
	growth REAL,                        -- expected yearly growth of arr, 0.4 for 40 %
	reference INTEGER CHECK (reference IN (0, 1)),
	marquee INTEGER CHECK (marquee IN (0, 1)),
	advocate INTEGER CHECK (advocate IN (0, 1)),
	parent_expansion INTEGER CHECK (parent_expansion IN (0, 1)), -- a way into the parent company
	complexity REAL,                    -- 0..100
	maturity REAL,                      -- 0..100
	stakeholders REAL,                  -- people to keep aligned
	seats_purchased REAL,
	features_available REAL,            -- features in the plan
	onboarding_started INTEGER,         -- day
	first_value_on INTEGER,             -- day
	tags TEXT                           -- separated by ';'
, language TEXT) STRICT;

-- view account_dates
CREATE VIEW account_dates AS
SELECT account_id, name,
	date(contract_start * 86400, 'unixepoch') AS contract_start,
	date(renewal_date * 86400, 'unixepoch') AS renewal_date,
	date(churned_on * 86400, 'unixepoch') AS churned_on,
	arr / 100.0 AS arr, currency
FROM account;

-- view account_fields
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

-- index account_key
CREATE UNIQUE INDEX account_key ON account(account_id);

-- view account_tier
CREATE VIEW account_tier(id, account_id, name, tier) AS
WITH member(id, tier) AS (
	SELECT CAST(j.value AS INTEGER), tier
	FROM tier_roster,
		json_each('["' || replace(rtrim(CAST(members AS TEXT), ','), ',', '","') || '"]') j
)
SELECT account.id, account_id, name, min(member.tier)
FROM account LEFT JOIN member ON member.id = account.id
GROUP BY account.id;

-- view active_base
CREATE VIEW active_base(n) AS
SELECT count(*) FROM account, book
WHERE (contract_start IS NULL OR contract_start <= as_of)
	AND CASE WHEN churned_on IS NULL THEN status IS NOT 'churned' ELSE churned_on > as_of END;

-- table alert
CREATE TABLE alert (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	kind TEXT NOT NULL,                 -- health-drop, silent ...
	opened_on INTEGER NOT NULL,         -- day
	severity TEXT NOT NULL CHECK (severity IN ('info', 'opportunity', 'warning', 'critical')),
	state TEXT NOT NULL CHECK (state IN ('open', 'snoozed', 'resolved', 'closed')),
	x REAL, y REAL,                     -- the numbers that opened it, as the kind has them
	day INTEGER,                        -- the day they are of
	snoozed_until INTEGER,              -- day: back from here
	reason TEXT,                        -- why it was snoozed
	ended_on INTEGER,                   -- day it was resolved or closed; NULL: it is not
	outcome TEXT,                       -- of a closed one
	useful INTEGER CHECK (useful IN (0, 1)), -- whether it was worth looking at
	escalated_on INTEGER,               -- day the second recipient was told
	reopened INTEGER                    -- how often it came back within its quiet time
, severity_since INTEGER) STRICT;

-- table alert_day
CREATE TABLE alert_day (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	day INTEGER,
	ended_from INTEGER
) STRICT;

-- index alert_ended
CREATE INDEX alert_ended ON alert(ended_on) WHERE ended_on IS NOT NULL;

-- view alert_fields
CREATE VIEW alert_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'kind' THEN kind WHEN 'opened_on' THEN opened_on
	WHEN 'severity' THEN severity WHEN 'state' THEN state WHEN 'x' THEN x
	WHEN 'y' THEN y WHEN 'day' THEN day WHEN 'snoozed_until' THEN snoozed_until
	WHEN 'reason' THEN reason WHEN 'ended_on' THEN ended_on WHEN 'outcome' THEN outcome
	WHEN 'useful' THEN useful WHEN 'escalated_on' THEN escalated_on
	WHEN 'reopened' THEN reopened WHEN 'severity_since' THEN severity_since END
FROM alert, field WHERE record = 'alert';

-- index alert_key
CREATE INDEX alert_key ON alert(account, opened_on);

-- index alert_live
CREATE INDEX alert_live ON alert(account) WHERE ended_on IS NULL;

-- table book
CREATE TABLE book (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	review_day INTEGER,                 -- day of the last applied review
	as_of INTEGER,                      -- day n_active was counted for
	n_active INTEGER NOT NULL CHECK (n_active >= 0), -- active accounts then, less those gone since
	last_id INTEGER NOT NULL            -- highest account id ever deleted: not given again
, last_message INTEGER NOT NULL DEFAULT 0) STRICT;

-- table contact
CREATE TABLE contact (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	name TEXT,
	email TEXT,
	role TEXT CHECK (role IN ('user', 'champion', 'sponsor', 'billing')),
	since INTEGER,                      -- day: in the role from here; NULL: always
	left_on INTEGER                     -- day: no longer there from here
) STRICT;

-- view contact_fields
CREATE VIEW contact_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'name' THEN name WHEN 'email' THEN email
	WHEN 'role' THEN role WHEN 'since' THEN since WHEN 'left_on' THEN left_on END
FROM contact, field WHERE record = 'contact';

-- index contact_key
CREATE INDEX contact_key ON contact(account, name, email, role);

-- table contract
CREATE TABLE contract (
	id INTEGER PRIMARY KEY,
	contract_id TEXT NOT NULL,
	account INTEGER NOT NULL REFERENCES account(id),
	start INTEGER NOT NULL,             -- day
	"end" INTEGER,                      -- day: first day no longer running; NULL: open
	arr INTEGER NOT NULL,               -- cents a year
	currency TEXT,                      -- of arr; NULL: the base currency
	auto_renew INTEGER CHECK (auto_renew IN (0, 1)),
	status TEXT                         -- in the billing system
) STRICT;

-- index contract_account
CREATE INDEX contract_account ON contract(account);

-- view contract_fields
CREATE VIEW contract_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'contract_id' THEN contract_id WHEN 'account' THEN account
	WHEN 'start' THEN start WHEN 'end' THEN "end" WHEN 'arr' THEN arr
	WHEN 'currency' THEN currency WHEN 'auto_renew' THEN auto_renew
	WHEN 'status' THEN status END
FROM contract, field WHERE record = 'contract';

-- index contract_key
CREATE UNIQUE INDEX contract_key ON contract(contract_id);

-- table csm
CREATE TABLE csm (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,                 -- as accounts refer to it
	email TEXT,
	team TEXT,
	role TEXT,
	capacity REAL,                      -- share of a full book, 0..1; NULL: 1
	regions TEXT,                       -- separated by ';'; NULL: all
	segments TEXT,                      -- separated by ';'; NULL: all
	active_from INTEGER,                -- day: first working day
	active_until INTEGER                -- day: last working day
, languages TEXT) STRICT;

-- view csm_fields
CREATE VIEW csm_fields(row, account, name, value) AS
SELECT id, NULL, field, CASE field
	WHEN 'name' THEN name WHEN 'email' THEN email WHEN 'team' THEN team
	WHEN 'role' THEN role WHEN 'capacity' THEN capacity WHEN 'regions' THEN regions
	WHEN 'segments' THEN segments WHEN 'active_from' THEN active_from
	WHEN 'active_until' THEN active_until
	WHEN 'languages' THEN languages END
FROM csm, field WHERE record = 'csm';

-- index csm_key
CREATE UNIQUE INDEX csm_key ON csm(name);

-- table currency
CREATE TABLE currency ( -- codes that the mirror refers to by number
	id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 255),
	code TEXT NOT NULL
) STRICT;

-- index currency_key
CREATE UNIQUE INDEX currency_key ON currency(code);

-- table delivery
CREATE TABLE delivery (
	message INTEGER PRIMARY KEY,        -- message.id
	actor TEXT NOT NULL,                -- who sends it
	until INTEGER NOT NULL,             -- UTC seconds: before them nobody else does
	sent_on INTEGER,                    -- day it was handed over; NULL: not as far as is known
	failure TEXT                        -- why it was not
) STRICT;

-- view differing
CREATE VIEW differing(row, account, name, x, side) AS
SELECT row, account, name, x, side FROM told t
WHERE x IS NOT (SELECT x FROM told o WHERE o.row = t.row AND o.name = t.name
	AND o.side <> t.side);

-- table field
CREATE TABLE field (
	record TEXT NOT NULL,               -- name of the table
	place INTEGER NOT NULL,
	field TEXT NOT NULL,
	PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;

-- table fix
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

-- view fix_fields
CREATE VIEW fix_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'cause' THEN cause
	WHEN 'noticed_on' THEN noticed_on WHEN 'text' THEN text
	WHEN 'documented_on' THEN documented_on WHEN 'automated_on' THEN automated_on
	WHEN 'verified_on' THEN verified_on WHEN 'link' THEN link
	WHEN 'actor' THEN actor END
FROM fix, field WHERE record = 'fix';

-- index fix_key
CREATE INDEX fix_key ON fix(account, cause, noticed_on);

-- view history
CREATE VIEW history AS
SELECT o.id AS operation, datetime(at, 'unixepoch') AS at, actor, o.kind AS what, step, title,
	reason, c.kind, row, account_id, before, after
FROM operation o LEFT JOIN operation_change c ON c.operation = o.id
	LEFT JOIN account ON account.id = c.account;

-- table message
CREATE TABLE message ( -- the outbox
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	made_on INTEGER NOT NULL,           -- day
	kind TEXT NOT NULL CHECK (kind IN ('customer', 'notice', 'escalation')),
	recipient TEXT,                     -- an address, a name or a role
	subject TEXT NOT NULL,
	body TEXT,
	play TEXT,
	alert INTEGER,                      -- alert.id
	sent_on INTEGER,                    -- day it was handed over; NULL: not yet
	tries INTEGER,                      -- how often that failed
	failure TEXT                        -- why, the last time
, actor TEXT) STRICT;

-- index message_ended
CREATE INDEX message_ended ON message(sent_on) WHERE sent_on IS NOT NULL;

-- view message_fields
CREATE VIEW message_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'made_on' THEN made_on WHEN 'kind' THEN kind
	WHEN 'recipient' THEN recipient WHEN 'subject' THEN subject WHEN 'body' THEN body
	WHEN 'play' THEN play WHEN 'alert' THEN alert WHEN 'sent_on' THEN sent_on
	WHEN 'tries' THEN tries WHEN 'failure' THEN failure
	WHEN 'actor' THEN actor END
FROM message, field WHERE record = 'message';

-- index message_key
CREATE INDEX message_key ON message(account, made_on);

-- index message_live
CREATE INDEX message_live ON message(account) WHERE sent_on IS NULL;

-- table milestone
CREATE TABLE milestone (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	title TEXT NOT NULL,
	due INTEGER,                        -- day
	done_on INTEGER                     -- day; NULL: still to come
) STRICT;

-- view milestone_fields
CREATE VIEW milestone_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'title' THEN title WHEN 'due' THEN due
	WHEN 'done_on' THEN done_on END
FROM milestone, field WHERE record = 'milestone';

-- index milestone_key
CREATE INDEX milestone_key ON milestone(account, due, done_on);

-- table mirror
CREATE TABLE mirror (
	source INTEGER NOT NULL,
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (source, part)
) STRICT;

-- table mirror_stale
CREATE TABLE mirror_stale (
	source INTEGER NOT NULL,
	account INTEGER NOT NULL,
	PRIMARY KEY (source, account)
) STRICT, WITHOUT ROWID;

-- table movement
CREATE TABLE movement (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day
	kind TEXT NOT NULL CHECK (kind IN ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
	arr_delta INTEGER NOT NULL,         -- cents a year; losses are negative
	currency TEXT                       -- of arr_delta; NULL: the base currency
) STRICT;

-- view movement_fields
CREATE VIEW movement_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'kind' THEN kind
	WHEN 'arr_delta' THEN arr_delta WHEN 'currency' THEN currency END
FROM movement, field WHERE record = 'movement';

-- index movement_key
CREATE INDEX movement_key ON movement(account, date);

-- table note
CREATE TABLE note (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day
	text TEXT NOT NULL,
	actor TEXT                          -- who wrote it
) STRICT;

-- view note_fields
CREATE VIEW note_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'text' THEN text
	WHEN 'actor' THEN actor END
FROM note, field WHERE record = 'note';

-- index note_key
CREATE INDEX note_key ON note(account, date);

-- view open_alerts
CREATE VIEW open_alerts AS
SELECT alert.id, account_id, account.name, csm.name AS csm, kind, severity, state,
	date(opened_on * 86400, 'unixepoch') AS opened_on,
	date(snoozed_until * 86400, 'unixepoch') AS snoozed_until
FROM alert JOIN account ON account.id = alert.account LEFT JOIN csm ON csm.id = account.csm
WHERE ended_on IS NULL
ORDER BY CASE severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 WHEN 'info' THEN 2 ELSE 3 END,
	opened_on, alert.id;

-- table operation
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
, kind TEXT NOT NULL DEFAULT 'hand'
	CHECK (kind IN ('hand', 'import', 'review', 'policy', 'recalc', 'restore', 'sql')), subject INTEGER, backup TEXT) STRICT;

-- index operation_actor
CREATE INDEX operation_actor ON operation(actor);

-- table operation_change
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

-- index operation_change_account
CREATE INDEX operation_change_account ON operation_change(account, operation);

-- index operation_change_row
CREATE INDEX operation_change_row ON operation_change(kind, row, operation);

-- index operation_reverses
CREATE UNIQUE INDEX operation_reverses ON operation(reverses) WHERE reverses IS NOT NULL;

-- table operation_seal
CREATE TABLE operation_seal (
	operation INTEGER PRIMARY KEY REFERENCES operation(id),
	how TEXT NOT NULL                   -- commit: with the operation; later: of another
		CHECK (how IN ('commit', 'later', 'upgrade')), -- program; upgrade: to version 6
	seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;

-- index operation_subject
CREATE INDEX operation_subject ON operation(subject) WHERE subject IS NOT NULL;

-- table operation_tiers
CREATE TABLE operation_tiers (
	operation INTEGER PRIMARY KEY REFERENCES operation(id) DEFERRABLE INITIALLY DEFERRED,
	review_before INTEGER,              -- book.review_day
	review_after INTEGER,
	data BLOB NOT NULL
) STRICT;

-- view outside
CREATE VIEW outside(kind, was, becomes) AS
SELECT kind, row, row FROM operation_change WHERE 0;

-- table picture
CREATE TABLE picture (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	change INTEGER NOT NULL,
	file INTEGER NOT NULL,
	accounts INTEGER NOT NULL,          -- rows of account
	data BLOB NOT NULL
) STRICT;

-- table plan
CREATE TABLE plan ( -- where an account is to be, and how it gets there: one for each
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	goal TEXT,
	next_step TEXT,
	next_due INTEGER,                   -- day the next step is due
	decision TEXT                       -- the last one that was made
) STRICT;

-- view plan_fields
CREATE VIEW plan_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'goal' THEN goal WHEN 'next_step' THEN next_step
	WHEN 'next_due' THEN next_due WHEN 'decision' THEN decision END
FROM plan, field WHERE record = 'plan';

-- index plan_key
CREATE UNIQUE INDEX plan_key ON plan(account);

-- table policy_version
CREATE TABLE policy_version (
	version INTEGER PRIMARY KEY,        -- 1, 2, 3 ...
	at INTEGER NOT NULL,                -- UTC seconds
	author TEXT NOT NULL,
	reason TEXT NOT NULL,
	text TEXT NOT NULL,                 -- the INI file
	cap1_bp INTEGER NOT NULL,           -- share of tier 1, hundredths of a percent
	cap2_bp INTEGER NOT NULL
) STRICT;

-- table proposal
CREATE TABLE proposal (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	made_on INTEGER NOT NULL,           -- day
	actor TEXT,                         -- who kept it
	operation INTEGER NOT NULL,         -- that kept it
	asked TEXT, -- pin account_id name, share name n, added n, size tier n, set key=value, moves n, csm-moves n
	moves TEXT,                         -- account_id from to; nobody's is empty
	cost REAL NOT NULL,
	bound REAL NOT NULL
) STRICT;

-- view proposal_fields
CREATE VIEW proposal_fields(row, account, name, value) AS
SELECT id, NULL, field, CASE field
	WHEN 'name' THEN name WHEN 'made_on' THEN made_on WHEN 'actor' THEN actor
	WHEN 'operation' THEN operation WHEN 'asked' THEN asked WHEN 'moves' THEN moves
	WHEN 'cost' THEN cost WHEN 'bound' THEN bound END
FROM proposal, field WHERE record = 'proposal';

-- index proposal_key
CREATE UNIQUE INDEX proposal_key ON proposal(name);

-- table review
CREATE TABLE review (
	id INTEGER PRIMARY KEY,
	as_of INTEGER NOT NULL,             -- day
	at INTEGER NOT NULL,                -- UTC seconds
	actor TEXT NOT NULL,
	policy_version INTEGER NOT NULL,
	active INTEGER NOT NULL,            -- accounts in the base
	moves INTEGER NOT NULL
, review_day INTEGER) STRICT;

-- table review_moves
CREATE TABLE review_moves ( -- packed per part, in the order of the review
	review INTEGER NOT NULL REFERENCES review(id),
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (review, part)
) STRICT;

-- table row_digest
CREATE TABLE row_digest (
	kind TEXT NOT NULL,                 -- name of the table
	row INTEGER NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;

-- table signal_block
CREATE TABLE signal_block (
	kind INTEGER NOT NULL REFERENCES signal_kind(id),
	part INTEGER NOT NULL,
	seq INTEGER NOT NULL,               -- order of the blocks within kind and part
	first_day INTEGER NOT NULL,
	last_day INTEGER NOT NULL,
	n INTEGER NOT NULL,                 -- values in it
	data BLOB NOT NULL,
	PRIMARY KEY (kind, part, seq)
) STRICT;

-- table signal_kind
CREATE TABLE signal_kind (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL
) STRICT;

-- index signal_kind_key
CREATE UNIQUE INDEX signal_kind_key ON signal_kind(name);

-- table signal_latest
CREATE TABLE signal_latest ( -- the newest value of each account, from the blocks
	kind INTEGER NOT NULL,
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (kind, part)
) STRICT;

-- table snapshot
CREATE TABLE snapshot (
	day INTEGER NOT NULL REFERENCES snapshot_day(day),
	part INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (day, part)
) STRICT;

-- table snapshot_day
CREATE TABLE snapshot_day (
	day INTEGER PRIMARY KEY,
	policy_version INTEGER NOT NULL
) STRICT;

-- table snapshot_health
CREATE TABLE snapshot_health (
	part INTEGER NOT NULL,
	day INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (part, day)
) STRICT;

-- table snapshot_sum
CREATE TABLE snapshot_sum (
	day INTEGER PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;

-- view spelled
CREATE VIEW spelled(row, name, x, side) AS
WITH text(row, name, x, side, quote) AS (
	SELECT row, name, CASE typeof(x)
		WHEN 'text' THEN replace(replace(iif(instr(x, char(0)),
			substr(x, 1, instr(x, char(0)) - 1), x), '\', '\\'), '"', '\"')
		WHEN 'real' THEN CASE x WHEN 9e999 THEN '9e999' WHEN -9e999 THEN '-9e999'
			ELSE CAST(x AS TEXT) END
		ELSE ifnull(CAST(x AS TEXT), 'null') END, side, iif(typeof(x) = 'text', '"', '')
	FROM differing
)
SELECT row, name, quote || iif(x GLOB '*[' || char(1) || '-' || char(31) || ']*', (
	WITH RECURSIVE c(i, y) AS (SELECT 1, x
		UNION ALL SELECT i + 1, replace(y, char(i), printf('\u%04x', i))
		FROM c WHERE i < 32)
	SELECT y FROM c WHERE i = 32), x) || quote, side
FROM text;

-- table survey
CREATE TABLE survey (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day of the answer
	kind TEXT NOT NULL CHECK (kind IN ('nps', 'csat', 'ces', 'exit')),
	score REAL,                         -- nps 0..10, csat 1..5, ces 1..7
	comment TEXT
) STRICT;

-- view survey_fields
CREATE VIEW survey_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'kind' THEN kind
	WHEN 'score' THEN score WHEN 'comment' THEN comment END
FROM survey, field WHERE record = 'survey';

-- index survey_key
CREATE INDEX survey_key ON survey(account, date);

-- table task
CREATE TABLE task ( -- a play that runs
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	play TEXT NOT NULL,                 -- its name
	started_on INTEGER NOT NULL,        -- day
	play_version INTEGER,
	title TEXT NOT NULL,
	alert INTEGER,                      -- alert.id that started it
	csm INTEGER REFERENCES csm(id),     -- who claimed it; NULL: the owner of the account
	step INTEGER NOT NULL,              -- the one that comes next, from 1
	next_step TEXT,                     -- what it is
	due INTEGER,                        -- day
	state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
	ended_on INTEGER,                   -- day; NULL: it runs
	outcome TEXT,
	reason TEXT,                        -- why it was started against a warning
	actor TEXT                          -- who started it; NULL: an alert
) STRICT;

-- index task_ended
CREATE INDEX task_ended ON task(ended_on) WHERE ended_on IS NOT NULL;

-- view task_fields
CREATE VIEW task_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'play' THEN play WHEN 'started_on' THEN started_on
	WHEN 'play_version' THEN play_version WHEN 'title' THEN title
	WHEN 'alert' THEN alert WHEN 'csm' THEN csm WHEN 'step' THEN step
	WHEN 'next_step' THEN next_step WHEN 'due' THEN due WHEN 'state' THEN state
	WHEN 'ended_on' THEN ended_on WHEN 'outcome' THEN outcome WHEN 'reason' THEN reason
	WHEN 'actor' THEN actor END
FROM task, field WHERE record = 'task';

-- index task_key
CREATE INDEX task_key ON task(account, started_on);

-- index task_live
CREATE INDEX task_live ON task(account) WHERE ended_on IS NULL;

-- table task_step
CREATE TABLE task_step ( -- steps that were done
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	task INTEGER NOT NULL,              -- task.id
	step INTEGER NOT NULL,              -- from 1
	title TEXT,
	done_on INTEGER NOT NULL,           -- day
	outcome TEXT,
	actor TEXT
) STRICT;

-- view task_step_fields
CREATE VIEW task_step_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'task' THEN task WHEN 'step' THEN step
	WHEN 'title' THEN title WHEN 'done_on' THEN done_on WHEN 'outcome' THEN outcome
	WHEN 'actor' THEN actor END
FROM task_step, field WHERE record = 'task_step';

-- index task_step_key
CREATE INDEX task_step_key ON task_step(account, done_on);

-- table ticket
CREATE TABLE ticket (
	id INTEGER PRIMARY KEY,
	ticket_id TEXT NOT NULL,            -- number in the support system
	account INTEGER NOT NULL REFERENCES account(id),
	opened_on INTEGER NOT NULL,         -- day
	closed_on INTEGER,                  -- day
	severity TEXT,
	root_cause TEXT,
	csat REAL                           -- satisfaction with the answer, 1..5
) STRICT;

-- index ticket_account
CREATE INDEX ticket_account ON ticket(account);

-- index ticket_day
CREATE INDEX ticket_day ON ticket(opened_on);

-- view ticket_fields
CREATE VIEW ticket_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'ticket_id' THEN ticket_id WHEN 'account' THEN account
	WHEN 'opened_on' THEN opened_on WHEN 'closed_on' THEN closed_on
	WHEN 'severity' THEN severity WHEN 'root_cause' THEN root_cause
	WHEN 'csat' THEN csat END
FROM ticket, field WHERE record = 'ticket';

-- index ticket_key
CREATE UNIQUE INDEX ticket_key ON ticket(ticket_id);

-- view tier_cap
CREATE VIEW tier_cap(tier, places, members) AS
SELECT tier,
	CASE WHEN share_bp >= 10000 THEN 99999999
		ELSE max(1, share_bp * n_active / 10000) END,
	length(members) / 9
FROM tier_roster, book;

-- table tier_lock
CREATE TABLE tier_lock (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	until INTEGER NOT NULL,             -- day: last day of the lock
	reason TEXT NOT NULL,
	actor TEXT                          -- who set it
, since INTEGER) STRICT;

-- view tier_lock_fields
CREATE VIEW tier_lock_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'until' THEN until WHEN 'reason' THEN reason
	WHEN 'actor' THEN actor WHEN 'since' THEN since END
FROM tier_lock, field WHERE record = 'tier_lock';

-- index tier_lock_key
CREATE UNIQUE INDEX tier_lock_key ON tier_lock(account);

-- table tier_request
CREATE TABLE tier_request (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	asked_on INTEGER NOT NULL,          -- day
	wanted INTEGER NOT NULL CHECK (wanted BETWEEN 1 AND 3), -- the tier
	requester TEXT NOT NULL,            -- who wants it: "Kim, sales"
	reason TEXT NOT NULL,               -- why, in the requester's words
	actor TEXT,                         -- who wrote it down
	state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'declined')),
	answered_on INTEGER,                -- day; NULL: it is open
	answer TEXT,                        -- why it was granted or declined
	answered_by TEXT
) STRICT;

-- index tier_request_ended
CREATE INDEX tier_request_ended ON tier_request(answered_on) WHERE answered_on IS NOT NULL;

-- view tier_request_fields
CREATE VIEW tier_request_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'asked_on' THEN asked_on WHEN 'wanted' THEN wanted
	WHEN 'requester' THEN requester WHEN 'reason' THEN reason WHEN 'actor' THEN actor
	WHEN 'state' THEN state WHEN 'answered_on' THEN answered_on
	WHEN 'answer' THEN answer WHEN 'answered_by' THEN answered_by END
FROM tier_request, field WHERE record = 'tier_request';

-- index tier_request_key
CREATE INDEX tier_request_key ON tier_request(account, asked_on);

-- index tier_request_live
CREATE INDEX tier_request_live ON tier_request(account) WHERE answered_on IS NULL;

-- table tier_roster
CREATE TABLE tier_roster (
	tier INTEGER PRIMARY KEY CHECK (tier IN (1, 2, 3)),
	share_bp INTEGER NOT NULL,          -- of the active base, hundredths of a percent
	ceiling INTEGER NOT NULL,           -- the members may not become more than these
	members BLOB NOT NULL CHECK (length(members) % 9 = 0),
	CHECK (length(members) <= 9 * ceiling)
) STRICT;

-- table tier_state
CREATE TABLE tier_state ( -- packed per part: tier, in it since, streaks
	part INTEGER PRIMARY KEY,
	data BLOB NOT NULL
) STRICT;

-- table told
CREATE TABLE told (
	row INTEGER NOT NULL,
	account INTEGER,
	name TEXT NOT NULL,
	x ANY,
	side INTEGER NOT NULL, -- 0: was, 1: becomes
	PRIMARY KEY (row, name, side)
) STRICT, WITHOUT ROWID;

-- table touch
CREATE TABLE touch (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account(id),
	date INTEGER NOT NULL,              -- day
	kind TEXT,                          -- call, mail, meeting ...
	two_way INTEGER CHECK (two_way IN (0, 1)), -- the customer answered
	purpose TEXT,
	outcome TEXT,
	minutes REAL,
	actor TEXT                          -- who of us
) STRICT;

-- view touch_fields
CREATE VIEW touch_fields(row, account, name, value) AS
SELECT id, account, field, CASE field
	WHEN 'account' THEN account WHEN 'date' THEN date WHEN 'kind' THEN kind
	WHEN 'two_way' THEN two_way WHEN 'purpose' THEN purpose WHEN 'outcome' THEN outcome
	WHEN 'minutes' THEN minutes WHEN 'actor' THEN actor END
FROM touch, field WHERE record = 'touch';

-- index touch_key
CREATE INDEX touch_key ON touch(account, date);

-- table writer
CREATE TABLE writer (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	own INTEGER NOT NULL,               -- 1: tierdesk is writing
	operation INTEGER NOT NULL,         -- of other programs: the newest one
	at INTEGER NOT NULL                 -- its last change, UTC seconds
) STRICT;
