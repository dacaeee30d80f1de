/*
 * Records: the kinds of rows people enter or import, as tables made from
 * record.def. A row in flight is an array of cells in the order of its fields.
 */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/day.h"
#include "core/text.h"

enum record_kind {
#define RECORD(id, name, table, identity, help) REC_##id,
#include "core/record.def"
	REC_COUNT
};

enum { REC_IMPORTABLE = REC_LOCK }; /* the kinds before it have files of their own */

enum field_type {
	FT_TEXT,
	FT_MONEY,    /* cell: int64_t cents, in the currency of its row */
	FT_DAY,      /* cell: int64_t day */
	FT_NUMBER,   /* cell: double */
	FT_COUNT,    /* cell: int64_t */
	FT_BOOL,     /* cell: int64_t 0 or 1 */
	FT_CHOICE,   /* cell: text, one of the choices */
	FT_CURRENCY, /* cell: text, three capital letters */
	FT_ACCOUNT,  /* cell: int64_t id of the account (in files: its account_id) */
	FT_CSM,      /* cell: int64_t id of the CSM (in files: the name) */
	FT_SIGNAL,   /* cell: int64_t id of the signal kind (in files: its name) */
};

enum field_flag {
	FIELD_KEY = 1,      /* part of the identity of the row */
	FIELD_REQUIRED = 2, /* a row without it is refused */
	FIELD_APART = 4,    /* not stored in the record's table (tier) */
	FIELD_SIGNED = 8,   /* an amount that may be negative */
	FIELD_ENDS = 16,    /* the day from which the row is over and done with */
	FIELD_NAME = 32,    /* a text that names, where others are for people to read */
	FIELD_SHARE = 64,   /* a number of which 1 is all: 0.4 for 40 % */
};

enum record_identity {
	REC_BY_KEY,     /* the KEY fields name a row: a second import updates it */
	REC_BY_CONTENT, /* rows have no name; the nth of several equal rows is itself
			   again */
};

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	double min, max;
	const char *choices;
	const char *help;
};

struct record {
	const char *name;  /* kind on the command line: "accounts" */
	const char *table; /* SQL table */
	enum record_identity identity;
	const struct field *fields;
	int count;
	const char *help;
};

#define RECORD_FIELDS_MAX 32
/* Highest id of a CSM that has a name in lists: more of them are no team, but another
 * column taken for theirs. */
#define RECORD_CSM_MAX 100000u

/* Index of each field within its record; record.c checks them against the table. */
enum account_field {
	F_ACCOUNT_ID,
	F_NAME,
	F_PARENT_ID,
	F_SEGMENT,
	F_INDUSTRY,
	F_REGION,
	F_CSM,
	F_ARR,
	F_CURRENCY,
	F_CONTRACT_START,
	F_RENEWAL_DATE,
	F_AUTO_RENEW,
	F_STATUS,
	F_CHURNED_ON,
	F_CHURN_REASON,
	F_GROWTH,
	F_REFERENCE,
	F_MARQUEE,
	F_ADVOCATE,
	F_PARENT_EXPANSION,
	F_COMPLEXITY,
	F_MATURITY,
	F_STAKEHOLDERS,
	F_SEATS_PURCHASED,
	F_FEATURES_AVAILABLE,
	F_ONBOARDING_STARTED,
	F_FIRST_VALUE_ON,
	F_TIER,
	F_TAGS,
	F_LANGUAGE,
	ACCOUNT_FIELDS
};
enum csm_field {
	F_CSM_NAME,
	F_CSM_EMAIL,
	F_CSM_TEAM,
	F_CSM_ROLE,
	F_CSM_CAPACITY,
	F_CSM_REGIONS,
	F_CSM_SEGMENTS,
	F_CSM_ACTIVE_FROM,
	F_CSM_ACTIVE_UNTIL,
	F_CSM_LANGUAGES,
	CSM_FIELDS
};
enum contact_field {
	F_CONTACT_ACCOUNT,
	F_CONTACT_NAME,
	F_CONTACT_EMAIL,
	F_CONTACT_ROLE,
	F_CONTACT_SINCE,
	F_CONTACT_LEFT_ON,
	CONTACT_FIELDS
};
enum signal_field {
	F_SIGNAL_ACCOUNT,
	F_SIGNAL_DATE,
	F_SIGNAL_KIND,
	F_SIGNAL_VALUE,
	SIGNAL_FIELDS
};
enum ticket_field {
	F_TICKET_ID,
	F_TICKET_ACCOUNT,
	F_TICKET_OPENED,
	F_TICKET_CLOSED,
	F_TICKET_SEVERITY,
	F_TICKET_CAUSE,
	F_TICKET_CSAT,
	TICKET_FIELDS
};
enum survey_field {
	F_SURVEY_ACCOUNT,
	F_SURVEY_DATE,
	F_SURVEY_KIND,
	F_SURVEY_SCORE,
	F_SURVEY_COMMENT,
	SURVEY_FIELDS
};
enum touch_field {
	F_TOUCH_ACCOUNT,
	F_TOUCH_DATE,
	F_TOUCH_KIND,
	F_TOUCH_TWO_WAY,
	F_TOUCH_PURPOSE,
	F_TOUCH_OUTCOME,
	F_TOUCH_MINUTES,
	F_TOUCH_ACTOR,
	TOUCH_FIELDS
};
enum contract_field {
	F_CONTRACT_ID,
	F_CONTRACT_ACCOUNT,
	F_CONTRACT_FROM,
	F_CONTRACT_UNTIL,
	F_CONTRACT_ARR,
	F_CONTRACT_CURRENCY,
	F_CONTRACT_AUTO_RENEW,
	F_CONTRACT_STATUS,
	CONTRACT_FIELDS
};
enum movement_field {
	F_MOVEMENT_ACCOUNT,
	F_MOVEMENT_DATE,
	F_MOVEMENT_KIND,
	F_MOVEMENT_DELTA,
	F_MOVEMENT_CURRENCY,
	MOVEMENT_FIELDS
};
enum fix_field {
	F_FIX_ACCOUNT,
	F_FIX_CAUSE,
	F_FIX_NOTICED,
	F_FIX_TEXT,
	F_FIX_DOCUMENTED,
	F_FIX_AUTOMATED,
	F_FIX_VERIFIED,
	F_FIX_LINK,
	F_FIX_ACTOR,
	FIX_FIELDS
};
enum lock_field {
	F_LOCK_ACCOUNT,
	F_LOCK_UNTIL,
	F_LOCK_REASON,
	F_LOCK_ACTOR,
	F_LOCK_SINCE,
	LOCK_FIELDS
};
enum note_field { F_NOTE_ACCOUNT, F_NOTE_DATE, F_NOTE_TEXT, F_NOTE_ACTOR, NOTE_FIELDS };
enum plan_field {
	F_PLAN_ACCOUNT,
	F_PLAN_GOAL,
	F_PLAN_NEXT_STEP,
	F_PLAN_NEXT_DUE,
	F_PLAN_DECISION,
	PLAN_FIELDS
};
enum milestone_field {
	F_MILESTONE_ACCOUNT,
	F_MILESTONE_TITLE,
	F_MILESTONE_DUE,
	F_MILESTONE_DONE_ON,
	MILESTONE_FIELDS
};
enum alert_field {
	F_ALERT_ACCOUNT,
	F_ALERT_KIND,
	F_ALERT_OPENED,
	F_ALERT_SEVERITY,
	F_ALERT_STATE,
	F_ALERT_X,
	F_ALERT_Y,
	F_ALERT_DAY,
	F_ALERT_UNTIL,
	F_ALERT_REASON,
	F_ALERT_ENDED,
	F_ALERT_OUTCOME,
	F_ALERT_USEFUL,
	F_ALERT_ESCALATED,
	F_ALERT_REOPENED,
	F_ALERT_SEVERITY_SINCE,
	ALERT_FIELDS
};
enum task_field {
	F_TASK_ACCOUNT,
	F_TASK_PLAY,
	F_TASK_STARTED,
	F_TASK_VERSION,
	F_TASK_TITLE,
	F_TASK_ALERT,
	F_TASK_CSM,
	F_TASK_STEP,
	F_TASK_NEXT,
	F_TASK_DUE,
	F_TASK_STATE,
	F_TASK_ENDED,
	F_TASK_OUTCOME,
	F_TASK_REASON,
	F_TASK_ACTOR,
	TASK_FIELDS
};
enum step_field {
	F_STEP_ACCOUNT,
	F_STEP_TASK,
	F_STEP_STEP,
	F_STEP_TITLE,
	F_STEP_DONE_ON,
	F_STEP_OUTCOME,
	F_STEP_ACTOR,
	STEP_FIELDS
};
enum message_field {
	F_MESSAGE_ACCOUNT,
	F_MESSAGE_MADE,
	F_MESSAGE_KIND,
	F_MESSAGE_TO,
	F_MESSAGE_SUBJECT,
	F_MESSAGE_BODY,
	F_MESSAGE_PLAY,
	F_MESSAGE_ALERT,
	F_MESSAGE_SENT,
	F_MESSAGE_TRIES,
	F_MESSAGE_FAILURE,
	F_MESSAGE_ACTOR,
	MESSAGE_FIELDS
};

enum request_field {
	F_REQUEST_ACCOUNT,
	F_REQUEST_ASKED,
	F_REQUEST_WANTED,
	F_REQUEST_BY,
	F_REQUEST_REASON,
	F_REQUEST_ACTOR,
	F_REQUEST_STATE,
	F_REQUEST_ANSWERED,
	F_REQUEST_ANSWER,
	F_REQUEST_ANSWERER,
	REQUEST_FIELDS
};

enum proposal_field {
	F_PROPOSAL_NAME,
	F_PROPOSAL_MADE,
	F_PROPOSAL_ACTOR,
	F_PROPOSAL_OPERATION,
	F_PROPOSAL_ASKED,
	F_PROPOSAL_MOVES,
	F_PROPOSAL_COST,
	F_PROPOSAL_BOUND,
	PROPOSAL_FIELDS
};

const struct record *record_of(enum record_kind kind);
/* REC_COUNT when no kind has this name. */
enum record_kind record_by_name(struct text name);
/* Index of the one field that names a row for itself, -1: it takes several, or none. */
int record_name_field(const struct record *r);
/* Field that refers to the account, or -1. */
int record_account_field(const struct record *r);
/* Field with the day from which a row is over and done with, or -1. */
int record_end_field(const struct record *r);
/* Index of the field in the record, or -1. */
int record_field(const struct record *r, struct text name);

enum cell_type { CELL_MISSING, CELL_INT, CELL_NUMBER, CELL_TEXT };
/* How rows have the values of a field. */
enum cell_type record_cell(enum field_type type);

struct cell {
	enum cell_type type;
	union {
		int64_t i;
		double n;
		struct text t; /* borrowed from whoever filled the row */
	};
};

#define CELL_OF_INT(v) ((struct cell){ .type = CELL_INT, .i = (v) })
#define CELL_OF_NUMBER(v) ((struct cell){ .type = CELL_NUMBER, .n = (v) })
#define CELL_OF_TEXT(v) ((struct cell){ .type = CELL_TEXT, .t = (v) })

/* Here for the imports: every cell of every row is compared. */
static inline bool cell_eq(struct cell a, struct cell b)
{
	if (a.type != b.type)
		return false;
	switch (a.type) {
	case CELL_INT:
		return a.i == b.i;
	case CELL_NUMBER:
		return !(a.n < b.n) && !(a.n > b.n);
	case CELL_TEXT:
		return text_eq(a.t, b.t);
	case CELL_MISSING:
		break;
	}
	return true;
}

/* What other programs wrote may be anything: a day out of range is missing (DAY_NONE), an
 * id that no row can have is 0. */
static inline int32_t cell_day(const struct cell *c)
{
	return c->type == CELL_INT && c->i >= DAY_MIN && c->i <= DAY_MAX ? (int32_t)c->i
									 : DAY_NONE;
}

static inline struct text cell_as_text(const struct cell *c)
{
	return c->type == CELL_TEXT ? c->t : (struct text){ NULL, 0 };
}

/* The same for printing: never NULL. */
static inline struct text cell_shown(const struct cell *c)
{
	return c->type == CELL_TEXT ? c->t : TEXT("");
}

static inline uint32_t cell_id(const struct cell *c)
{
	return c->type == CELL_INT && c->i > 0 && c->i <= UINT32_MAX ? (uint32_t)c->i : 0;
}

/* How often, or which one of a few: 0 for what can be neither. */
static inline int32_t cell_count(const struct cell *c)
{
	return c->type == CELL_INT && c->i >= 0 && c->i <= INT32_MAX ? (int32_t)c->i : 0;
}

/* Whether a contact is in place on a day: from `since` (missing: always) until before
 * `left_on`, as domain and RULES.md have it. */
static inline bool record_contact_there(const struct cell *c, int32_t day)
{
	const int32_t since = cell_day(&c[F_CONTACT_SINCE]),
		      left = cell_day(&c[F_CONTACT_LEFT_ON]);

	return (since == DAY_NONE || since <= day) && (left == DAY_NONE || left > day);
}

/* Whether a contract counts on a day: on that of its end no longer. */
static inline bool record_contract_runs(const struct cell *c, int32_t day)
{
	const int32_t until = cell_day(&c[F_CONTRACT_UNTIL]);

	return cell_day(&c[F_CONTRACT_FROM]) <= day && (until == DAY_NONE || until > day);
}

#endif
