/* Mirrors: a source of a part as packed columns, and back. */
#include "db/mirror.h"

#include <assert.h>

/* A mirror of a part with more rows than this is not believed. */
#define ROWS_MAX (1u << 24)

#define ACC_ALL                                                                   \
	(ACC_PRESENT | ACC_CHURNED | ACC_REFERENCE | ACC_MARQUEE | ACC_ADVOCATE | \
		ACC_PARENT_EXPANSION)

enum status mirror_room(
	enum record_kind source, struct part *p, uint32_t n, struct err *e)
{
	enum status st = ST_OK;
	uint32_t *count = &p->n;
	switch (source) {
	case REC_TICKET:
		count = &p->tickets.n;
		st = part_tickets_room(&p->tickets, n, e);
		break;
	case REC_SURVEY:
		count = &p->surveys.n;
		st = part_surveys_room(&p->surveys, n, e);
		break;
	case REC_TOUCH:
		count = &p->touches.n;
		st = part_touches_room(&p->touches, n, e);
		break;
	case REC_CONTACT:
		count = &p->contacts.n;
		st = part_contacts_room(&p->contacts, n, e);
		break;
	case REC_CONTRACT:
		count = &p->contracts.n;
		st = part_contracts_room(&p->contracts, n, e);
		break;
	default:
		assert(source == REC_MOVEMENT);
		count = &p->movements.n;
		st = part_movements_room(&p->movements, n, e);
	}
	if (st == ST_OK)
		*count = n;
	return st;
}

/* ---- columns ---- */

enum column_type {
	COLUMN_AT,     /* position in the part, ascending */
	COLUMN_DAY,    /* or DAY_NONE */
	COLUMN_NUMBER, /* any double */
	COLUMN_MONEY,  /* any amount */
	COLUMN_CSM,    /* id, 0: none */
	COLUMN_BYTE,   /* 0..most */
};

struct column {
	enum column_type type;
	void *values;
	uint8_t most;
};

#define COLUMNS_MAX 15
#define BRIEF_COLUMNS 9 /* of an account, in front */

/* The columns of a source of a part, in the order of the blob; gives how many. */
static unsigned columns_of(
	enum record_kind source, const struct part *p, struct column c[COLUMNS_MAX])
{
	unsigned n = 0;
#define ADD(column_type, array, highest) \
	(c[n++] = (struct column){       \
		 .type = COLUMN_##column_type, .values = (array), .most = (highest) })
	switch (source) {
	case REC_ACCOUNT:
		ADD(BYTE, p->flags, ACC_ALL);
		ADD(BYTE, p->currency, UINT8_MAX);
		ADD(MONEY, p->arr, 0);
		ADD(CSM, p->csm, 0);
		ADD(DAY, p->contract_start, 0);
		ADD(DAY, p->renewal, 0);
		ADD(DAY, p->churned_on, 0);
		ADD(DAY, p->onboarding, 0);
		ADD(DAY, p->first_value, 0);
		ADD(NUMBER, p->growth, 0);
		ADD(NUMBER, p->complexity, 0);
		ADD(NUMBER, p->maturity, 0);
		ADD(NUMBER, p->stakeholders, 0);
		ADD(NUMBER, p->seats_purchased, 0);
		ADD(NUMBER, p->features_available, 0);
		break;
	case REC_TICKET:
		ADD(AT, p->tickets.at, 0);
		ADD(DAY, p->tickets.opened, 0);
		break;
	case REC_SURVEY:
		ADD(AT, p->surveys.at, 0);
		ADD(DAY, p->surveys.day, 0);
		ADD(BYTE, p->surveys.is_csat, 1);
		ADD(NUMBER, p->surveys.score, 0);
		break;
	case REC_TOUCH:
		ADD(AT, p->touches.at, 0);
		ADD(DAY, p->touches.day, 0);
		break;
	case REC_CONTACT:
		ADD(AT, p->contacts.at, 0);
		ADD(BYTE, p->contacts.is_sponsor, 1);
		ADD(DAY, p->contacts.since, 0);
		ADD(DAY, p->contacts.left, 0);
		break;
	case REC_CONTRACT:
		ADD(AT, p->contracts.at, 0);
		ADD(DAY, p->contracts.start, 0);
		ADD(DAY, p->contracts.end, 0);
		ADD(MONEY, p->contracts.arr, 0);
		ADD(BYTE, p->contracts.currency, UINT8_MAX);
		break;
	default:
		assert(source == REC_MOVEMENT);
		ADD(AT, p->movements.at, 0);
		ADD(DAY, p->movements.day, 0);
		ADD(BYTE, p->movements.kind, MOVE_BACK);
		ADD(MONEY, p->movements.delta, 0);
		ADD(BYTE, p->movements.currency, UINT8_MAX);
	}
#undef ADD
	return n;
}

/* Rows of a source of a part; of accounts all positions up to the last present one. */
static uint32_t rows_of(enum record_kind source, const struct part *p)
{
	uint32_t n = p->n;
	switch (source) {
	case REC_ACCOUNT:
		while (n > 0 && !(p->flags[n - 1] & ACC_PRESENT))
			n--;
		return n;
	case REC_TICKET:
		return p->tickets.n;
	case REC_SURVEY:
		return p->surveys.n;
	case REC_TOUCH:
		return p->touches.n;
	case REC_CONTACT:
		return p->contacts.n;
	case REC_CONTRACT:
		return p->contracts.n;
	default:
		assert(source == REC_MOVEMENT);
		return p->movements.n;
	}
}

enum status mirror_encode(
	enum record_kind source, const struct part *p, struct pack *out, struct err *e)
{
	struct column c[COLUMNS_MAX];
	unsigned columns = columns_of(source, p, c);
	pack_begin(out, rows_of(source, p));
	for (unsigned i = 0; i < columns; i++)
		switch (c[i].type) {
		case COLUMN_AT:
			pack_u16(out, c[i].values);
			break;
		case COLUMN_DAY:
		case COLUMN_CSM:
			pack_i32(out, c[i].values);
			break;
		case COLUMN_NUMBER:
			pack_f64(out, c[i].values);
			break;
		case COLUMN_MONEY:
			pack_i64(out, c[i].values);
			break;
		case COLUMN_BYTE:
			pack_u8(out, c[i].values);
			break;
		}
	return pack_end(out, e);
}

/* ---- back ---- */

static bool ascending_below(const uint16_t *at, uint32_t n, uint32_t end)
{
	bool good = n == 0 || at[n - 1] < end;
	for (uint32_t i = 1; i < n; i++)
		good &= at[i - 1] <= at[i];
	return good;
}

static bool all_days(const int32_t *day, uint32_t n)
{
	bool good = true;
	for (uint32_t i = 0; i < n; i++)
		good &= (day[i] == DAY_NONE) |
			((day[i] >= DAY_MIN) & (day[i] <= DAY_MAX));
	return good;
}

static bool none_negative(const int32_t *id, uint32_t n)
{
	bool good = true;
	for (uint32_t i = 0; i < n; i++)
		good &= id[i] >= 0;
	return good;
}

static bool all_at_most(const uint8_t *v, uint32_t n, uint8_t most)
{
	bool good = true;
	for (uint32_t i = 0; i < n; i++)
		good &= v[i] <= most;
	return good;
}

/* Reads a column; what lies in it must be safe for the rules, whoever wrote it. */
static enum status get_column(const struct pack_view *v, unsigned i,
	const struct column *c, const struct part *p, struct err *e)
{
	enum status st = ST_OK;
	bool good = true;
	switch (c->type) {
	case COLUMN_AT:
		st = pack_get_u16(v, i, c->values, e);
		good = st == ST_OK && ascending_below(c->values, v->rows, p->n);
		break;
	case COLUMN_DAY:
		st = pack_get_i32(v, i, c->values, e);
		good = st == ST_OK && all_days(c->values, v->rows);
		break;
	case COLUMN_CSM:
		st = pack_get_i32(v, i, c->values, e);
		good = st == ST_OK && none_negative(c->values, v->rows);
		break;
	case COLUMN_NUMBER:
		pack_get_f64(v, i, c->values);
		break;
	case COLUMN_MONEY:
		st = pack_get_i64(v, i, c->values, e);
		break;
	case COLUMN_BYTE:
		st = pack_get_u8(v, i, c->values, e);
		good = st == ST_OK && all_at_most(c->values, v->rows, c->most);
		break;
	}
	if (st == ST_OK && !good)
		return err_set(e, ST_CORRUPT, "a mirror holds what can't be");
	return st;
}

enum status mirror_decode(enum record_kind source, const void *data, size_t n,
	struct part *p, struct err *e)
{
	struct column c[COLUMNS_MAX];
	struct pack_view v;
	unsigned columns = columns_of(source, p, c);
	enum status st = pack_open(&v, data, n, columns, e);
	if (st == ST_OK && v.rows > (source == REC_ACCOUNT ? p->n : ROWS_MAX))
		st = err_set(e, ST_CORRUPT, "a mirror has too many rows");
	if (st == ST_OK && source != REC_ACCOUNT) {
		st = mirror_room(source, p, v.rows, e);
		columns_of(source, p, c); /* the arrays may have moved */
	}
	if (source == REC_ACCOUNT && p->brief)
		columns = BRIEF_COLUMNS;
	for (unsigned i = 0; st == ST_OK && i < columns; i++)
		st = get_column(&v, i, &c[i], p, e);
	return st;
}
