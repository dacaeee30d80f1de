/* Mirrors: from the plain rows into a part. */
#include "db/mirror.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "core/sort.h"
#include "db/signal.h"

/* Columns of every statement: account, day, until, kind, currency, amount or score. Rows
 * of one account and day come in the order in which they were entered. */
#define NEAR(table) " FROM " table " WHERE account BETWEEN ?1 AND ?2"
#define WIDE(table) " FROM " table " NOT INDEXED WHERE account BETWEEN ?1 AND ?2"

#define TICKET "SELECT account, opened_on, NULL, 0, NULL, 0"
#define SURVEY "SELECT account, date, NULL, kind = 'csat', NULL, score"
#define SURVEY_ALSO " AND kind IN ('nps', 'csat') AND score IS NOT NULL"
#define TOUCH "SELECT account, date, NULL, 0, NULL, 0"
#define TOUCH_ALSO " AND two_way = 1"
#define CONTACT "SELECT account, since, left_on, role = 'sponsor', NULL, 0"
#define CONTACT_ALSO " AND role IN ('champion', 'sponsor')"
#define CONTRACT "SELECT account, start, \"end\", 0, currency, arr"
#define MOVEMENT                                                                         \
	"SELECT account, date, NULL, CASE kind WHEN 'new' THEN 0 WHEN 'expansion' THEN " \
	"1 WHEN 'contraction' THEN 2 WHEN 'churn' THEN 3 ELSE 4 END, currency, "         \
	"arr_delta"

struct source {
	const char *near, *wide;
	bool undated; /* rows without a day count too */
	bool scored, paid;
};

static const struct source sources[REC_COUNT] = {
	[REC_TICKET] = { TICKET NEAR("ticket") " ORDER BY id",
		TICKET WIDE("ticket") " ORDER BY id", .undated = false },
	[REC_SURVEY] = { SURVEY NEAR("survey") SURVEY_ALSO " ORDER BY account, date, id",
		SURVEY WIDE("survey") SURVEY_ALSO " ORDER BY id", .scored = true },
	[REC_TOUCH] = { TOUCH NEAR("touch") TOUCH_ALSO " ORDER BY account, date, id",
		TOUCH WIDE("touch") TOUCH_ALSO " ORDER BY id", .undated = false },
	[REC_CONTACT] = { CONTACT NEAR("contact") CONTACT_ALSO " ORDER BY id",
		CONTACT WIDE("contact") CONTACT_ALSO " ORDER BY id", .undated = true },
	[REC_CONTRACT] = { CONTRACT NEAR("contract") " ORDER BY id",
		CONTRACT WIDE("contract") " ORDER BY id", .paid = true },
	[REC_MOVEMENT] = { MOVEMENT NEAR("movement") " ORDER BY account, date, id",
		MOVEMENT WIDE("movement") " ORDER BY id", .paid = true },
};

/* ---- what the rules can use ---- */

static int32_t day_at(struct stmt *s, int column)
{
	return stmt_is_null(s, column) ? DAY_NONE : mirror_day(stmt_int(s, column));
}

static int64_t money_at(struct stmt *s, int column)
{
	return stmt_is_null(s, column) ? MONEY_NONE : mirror_money(stmt_int(s, column));
}

static double number_at(struct stmt *s, int column)
{
	if (stmt_is_null(s, column))
		return (double)NAN;
	double number = stmt_double(s, column);
	return isfinite(number) ? number : (double)NAN;
}

static enum status currency_at(
	struct db *d, struct stmt *s, int column, currency_id *out, struct err *e)
{
	*out = 0;
	return stmt_is_null(s, column) ? ST_OK
				       : mirror_currency(d, stmt_text(s, column), out, e);
}

/* ---- dated rows ---- */

static enum status room_for_one(struct mirror_rows *l, struct err *e)
{
	if (l->n < l->capacity)
		return ST_OK;
	uint32_t capacity = l->capacity < 1024 ? 1024 : l->capacity + l->capacity / 2;
	void *rows = capacity <= l->capacity
			     ? NULL
			     : realloc(l->rows, capacity * sizeof(*l->rows));
	if (rows != NULL)
		l->rows = rows;
	void *order =
		rows == NULL ? NULL : realloc(l->order, capacity * sizeof(*l->order));
	if (order == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	l->order = order;
	l->capacity = capacity;
	return ST_OK;
}

/* Appends the row the statement stands on, unless no rule could use it. */
static enum status take_row(struct db *d, const struct source *source, struct stmt *s,
	struct mirror_rows *out, struct err *e)
{
	enum status st = room_for_one(out, e);
	if (st != ST_OK)
		return st;
	struct mirror_row *row = &out->rows[out->n];
	*row = (struct mirror_row){
		.account = (uint32_t)stmt_int(s, 0),
		.day = day_at(s, 1),
		.until = day_at(s, 2),
		.kind = (uint8_t)stmt_int(s, 3),
	};
	bool usable = source->undated || row->day != DAY_NONE;
	if (source->paid) {
		row->amount = money_at(s, 5);
		usable = usable && row->amount != MONEY_NONE;
		st = currency_at(d, s, 4, &row->currency, e);
	} else if (source->scored) {
		row->score = number_at(s, 5);
		usable = usable && !isnan(row->score);
	}
	if (!usable)
		return st;
	out->order[out->n] = (struct sort_item){
		.key = (uint64_t)row->account << 32 |
		       ((uint32_t)row->day ^ UINT32_C(0x80000000)),
		.index = out->n,
	};
	out->n++;
	return st;
}

enum status mirror_read(struct db *d, enum record_kind source, uint32_t first,
	uint32_t last, bool wide, struct mirror_rows *out, struct err *e)
{
	const struct source *from = &sources[source];
	struct stmt *s;
	bool row;
	out->n = 0;
	enum status st = stmt_open(d, wide ? from->wide : from->near, &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, first);
	stmt_bind_int(s, 2, last);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row)
		if ((st = take_row(d, from, s, out, e)) != ST_OK)
			break;
	stmt_close(s);
	return st == ST_OK ? sort_items(out->order, out->n, e) : st;
}

void mirror_rows_clear(struct mirror_rows *rows)
{
	free(rows->rows);
	free(rows->order);
	*rows = (struct mirror_rows){ 0 };
}

static void fill_row(enum record_kind source, const struct mirror_row *row, uint16_t at,
	uint32_t k, struct part *p)
{
	switch (source) {
	case REC_TICKET:
		p->tickets.at[k] = at;
		p->tickets.opened[k] = row->day;
		break;
	case REC_SURVEY:
		p->surveys.at[k] = at;
		p->surveys.day[k] = row->day;
		p->surveys.is_csat[k] = row->kind;
		p->surveys.score[k] = row->score;
		break;
	case REC_TOUCH:
		p->touches.at[k] = at;
		p->touches.day[k] = row->day;
		break;
	case REC_CONTACT:
		p->contacts.at[k] = at;
		p->contacts.is_sponsor[k] = row->kind;
		p->contacts.since[k] = row->day;
		p->contacts.left[k] = row->until;
		break;
	case REC_CONTRACT:
		p->contracts.at[k] = at;
		p->contracts.start[k] = row->day;
		p->contracts.end[k] = row->until;
		p->contracts.arr[k] = row->amount;
		p->contracts.currency[k] = row->currency;
		break;
	default:
		assert(source == REC_MOVEMENT);
		p->movements.at[k] = at;
		p->movements.day[k] = row->day;
		p->movements.kind[k] = row->kind;
		p->movements.delta[k] = row->amount;
		p->movements.currency[k] = row->currency;
	}
}

enum status mirror_fill(enum record_kind source, const struct mirror_rows *rows,
	uint32_t at, uint32_t n, struct part *p, struct err *e)
{
	enum status st = mirror_room(source, p, n, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		const struct mirror_row *row = &rows->rows[rows->order[at + k].index];
		fill_row(source, row, (uint16_t)(row->account - p->first_id), k, p);
	}
	return st;
}

/* ---- accounts ---- */

static enum status take_account(
	struct db *d, struct stmt *s, struct part *p, struct err *e)
{
	uint32_t i = (uint32_t)stmt_int(s, 0) - p->first_id;
	p->flags[i] = (uint8_t)(ACC_PRESENT | stmt_int(s, 1));
	p->csm[i] = mirror_csm(stmt_int(s, 2));
	p->arr[i] = money_at(s, 3);
	p->contract_start[i] = day_at(s, 5);
	p->renewal[i] = day_at(s, 6);
	p->churned_on[i] = day_at(s, 7);
	p->onboarding[i] = day_at(s, 8);
	p->first_value[i] = day_at(s, 9);
	p->growth[i] = number_at(s, 10);
	p->complexity[i] = number_at(s, 11);
	p->maturity[i] = number_at(s, 12);
	p->stakeholders[i] = number_at(s, 13);
	p->seats_purchased[i] = number_at(s, 14);
	p->features_available[i] = number_at(s, 15);
	return currency_at(d, s, 4, &p->currency[i], e);
}

static enum status read_accounts(struct db *d, struct part *p, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT id, (status IS 'churned') * 2 + (reference IS 1) * 4 +"
		" (marquee IS 1) * 8 + (advocate IS 1) * 16 + (parent_expansion IS 1) * "
		"32,"
		" csm, arr, currency, contract_start, renewal_date, churned_on,"
		" onboarding_started, first_value_on, growth, complexity, maturity,"
		" stakeholders, seats_purchased, features_available"
		" FROM account WHERE id BETWEEN ?1 AND ?2",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, p->first_id);
	stmt_bind_int(s, 2, (int64_t)p->first_id + p->n - 1);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row)
		if ((st = take_account(d, s, p, e)) != ST_OK)
			break;
	stmt_close(s);
	return st;
}

/* ---- all of it ---- */

enum status mirror_read_rows(
	struct db *d, enum record_kind source, struct part *p, struct err *e)
{
	if (source == REC_ACCOUNT)
		return read_accounts(d, p, e);
	struct mirror_rows rows = { 0 };
	enum status st = mirror_read(
		d, source, p->first_id, p->first_id + p->n - 1, false, &rows, e);
	if (st == ST_OK)
		st = mirror_fill(source, &rows, 0, rows.n, p, e);
	mirror_rows_clear(&rows);
	return st;
}

/* The rows of one account are few; its mirrors hold those of thousands. */
enum status db_part_of_one(
	struct store *s, uint32_t account, int32_t as_of, struct part *p, struct err *e)
{
	struct db *d = db_of(s);
	uint32_t n = 0;
	assert(account > 0);
	enum status st = db_hold(s, e);
	if (st != ST_OK)
		return st;
	st = mirror_positions(d, db_part_of(account), &n, e);
	part_reset(p, account, st == ST_OK && (account - 1) % PART_ACCOUNTS < n);
	if (st == ST_OK && p->n > 0)
		st = read_accounts(d, p, e);
	for (int k = 0; st == ST_OK && p->n > 0 && k < REC_COUNT; k++)
		if (sources[k].near != NULL)
			st = mirror_read_rows(d, (enum record_kind)k, p, e);
	if (st == ST_OK && p->n > 0)
		st = signal_part(d, as_of, p, e);
	db_release(s);
	return st;
}
