#include "core/record.h"

/* The def lists the fields of all records in order; each record owns a run of them. */
#define KEY FIELD_KEY
#define REQUIRED FIELD_REQUIRED
#define APART FIELD_APART
#define SIGNED FIELD_SIGNED
#define ENDS FIELD_ENDS
#define NAME FIELD_NAME
#define SHARE FIELD_SHARE
static const struct field fields[] = {
#define FIELD(record, id, name, type, flags, min, max, choices, help) \
	{ name, type, flags, min, max, choices, help },
#include "core/record.def"
};

enum field_position {
#define FIELD(record, id, name, type, flags, min, max, choices, help) POS_##id,
#include "core/record.def"
	POS_COUNT
};

/* Where the run of each record begins and ends. */
enum run_bounds {
	BEGIN_ACCOUNT = POS_ACCOUNT_ID,
	BEGIN_CSM = POS_CSM_NAME,
	BEGIN_CONTACT = POS_CONTACT_ACCOUNT,
	BEGIN_SIGNAL = POS_SIGNAL_ACCOUNT,
	BEGIN_TICKET = POS_TICKET_ID,
	BEGIN_SURVEY = POS_SURVEY_ACCOUNT,
	BEGIN_TOUCH = POS_TOUCH_ACCOUNT,
	BEGIN_CONTRACT = POS_CONTRACT_ID,
	BEGIN_MOVEMENT = POS_MOVEMENT_ACCOUNT,
	BEGIN_FIX = POS_FIX_ACCOUNT,
	BEGIN_LOCK = POS_LOCK_ACCOUNT,
	END_ACCOUNT = BEGIN_CSM,
	END_CSM = BEGIN_CONTACT,
	END_CONTACT = BEGIN_SIGNAL,
	END_SIGNAL = BEGIN_TICKET,
	END_TICKET = BEGIN_SURVEY,
	END_SURVEY = BEGIN_TOUCH,
	END_TOUCH = BEGIN_CONTRACT,
	END_CONTRACT = BEGIN_MOVEMENT,
	END_MOVEMENT = BEGIN_FIX,
	END_FIX = BEGIN_LOCK,
	BEGIN_NOTE = POS_NOTE_ACCOUNT,
	BEGIN_PLAN = POS_PLAN_ACCOUNT,
	BEGIN_MILESTONE = POS_MILESTONE_ACCOUNT,
	END_LOCK = BEGIN_NOTE,
	END_NOTE = BEGIN_PLAN,
	END_PLAN = BEGIN_MILESTONE,
	BEGIN_ALERT = POS_ALERT_ACCOUNT,
	BEGIN_TASK = POS_TASK_ACCOUNT,
	BEGIN_STEP = POS_STEP_ACCOUNT,
	BEGIN_MESSAGE = POS_MESSAGE_ACCOUNT,
	END_MILESTONE = BEGIN_ALERT,
	END_ALERT = BEGIN_TASK,
	END_TASK = BEGIN_STEP,
	END_STEP = BEGIN_MESSAGE,
	BEGIN_REQUEST = POS_REQUEST_ACCOUNT,
	END_MESSAGE = BEGIN_REQUEST,
	BEGIN_PROPOSAL = POS_PROPOSAL_NAME,
	END_REQUEST = BEGIN_PROPOSAL,
	END_PROPOSAL = POS_COUNT,
};

_Static_assert((int)END_ACCOUNT == (int)ACCOUNT_FIELDS, "account_field and record.def");
_Static_assert((int)POS_TIER == (int)F_TIER, "account_field is out of order");
_Static_assert(END_CSM - BEGIN_CSM == (int)CSM_FIELDS, "csm_field and record.def");
_Static_assert(END_CONTACT - BEGIN_CONTACT == (int)CONTACT_FIELDS, "contact_field");
_Static_assert(END_SIGNAL - BEGIN_SIGNAL == (int)SIGNAL_FIELDS, "signal_field");
_Static_assert(END_TICKET - BEGIN_TICKET == (int)TICKET_FIELDS, "ticket_field");
_Static_assert(END_SURVEY - BEGIN_SURVEY == (int)SURVEY_FIELDS, "survey_field");
_Static_assert(END_TOUCH - BEGIN_TOUCH == (int)TOUCH_FIELDS, "touch_field");
_Static_assert(END_CONTRACT - BEGIN_CONTRACT == (int)CONTRACT_FIELDS, "contract_field");
_Static_assert(END_MOVEMENT - BEGIN_MOVEMENT == (int)MOVEMENT_FIELDS, "movement_field");
_Static_assert(END_FIX - BEGIN_FIX == (int)FIX_FIELDS, "fix_field");
_Static_assert(END_LOCK - BEGIN_LOCK == (int)LOCK_FIELDS, "lock_field");
_Static_assert(END_NOTE - BEGIN_NOTE == (int)NOTE_FIELDS, "note_field");
_Static_assert(END_PLAN - BEGIN_PLAN == (int)PLAN_FIELDS, "plan_field");
_Static_assert(
	END_MILESTONE - BEGIN_MILESTONE == (int)MILESTONE_FIELDS, "milestone_field");
_Static_assert(END_ALERT - BEGIN_ALERT == (int)ALERT_FIELDS, "alert_field");
_Static_assert(END_TASK - BEGIN_TASK == (int)TASK_FIELDS, "task_field");
_Static_assert(END_STEP - BEGIN_STEP == (int)STEP_FIELDS, "step_field");
_Static_assert(END_MESSAGE - BEGIN_MESSAGE == (int)MESSAGE_FIELDS, "message_field");
_Static_assert(END_REQUEST - BEGIN_REQUEST == (int)REQUEST_FIELDS, "request_field");
_Static_assert(END_PROPOSAL - BEGIN_PROPOSAL == (int)PROPOSAL_FIELDS, "proposal_field");

#define BY_KEY REC_BY_KEY
#define BY_CONTENT REC_BY_CONTENT
static const struct record records[REC_COUNT] = {
#define RECORD(id, name, table, identity, help) \
	{ name, table, identity, fields + BEGIN_##id, END_##id - BEGIN_##id, help },
#include "core/record.def"
};

const struct record *record_of(enum record_kind kind)
{
	return &records[kind];
}

enum record_kind record_by_name(struct text name)
{
	int kind = 0;

	while (kind < REC_COUNT && !text_ieq(text_of(records[kind].name), name))
		kind++;
	return (enum record_kind)kind;
}

int record_field(const struct record *r, struct text name)
{
	for (int i = 0; i < r->count; i++)
		if (text_ieq(text_of(r->fields[i].name), name))
			return i;
	return -1;
}

int record_name_field(const struct record *r)
{
	int found = -1;

	for (int i = 0; i < r->count; i++) {
		if (!(r->fields[i].flags & FIELD_KEY))
			continue;
		if (found >= 0)
			return -1;
		found = i;
	}
	return found;
}

int record_account_field(const struct record *r)
{
	for (int i = 0; i < r->count; i++)
		if (r->fields[i].type == FT_ACCOUNT)
			return i;
	return -1;
}

int record_end_field(const struct record *r)
{
	for (int i = 0; i < r->count; i++)
		if (r->fields[i].flags & FIELD_ENDS)
			return i;
	return -1;
}

enum cell_type record_cell(enum field_type type)
{
	switch (type) {
	case FT_TEXT:
	case FT_CHOICE:
	case FT_CURRENCY:
		return CELL_TEXT;
	case FT_NUMBER:
		return CELL_NUMBER;
	default:
		return CELL_INT;
	}
}
