/* The sheet of a CSM. */
#include "report/sheets.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/capacity_text.h"
#include "core/convert.h"
#include "core/money.h"
#include "core/touch_class.h"
#include "report/board_internal.h"

enum {
	ROWS_MOST = 40,
	ALL_MOST = 150,
	RENEWAL_DAYS = 90,
	TOUCH_DAYS = 30,
	FALL = 10,
	LISTED_MOST = 2000,
	NAME_MOST = 200
};

struct sheet {
	struct book *b;
	struct doc *d;
	uint32_t csm;
	const char *currency;
	struct list *list; /* owned; by ARR */
	struct list_row *row;
	int32_t *talk; /* the newest two-way touch of each row; DAY_NONE */
	uint32_t n;    /* rows, at most LISTED_MOST */
};

/* ---- touches ---- */

enum { KINDS_MOST = 8 };
struct touches {
	int32_t as_of;
	double unsaid;    /* minutes, of one that says none */
	uint32_t n, said; /* of the last TOUCH_DAYS; said: their minutes */
	int32_t *talk;    /* of the account at hand */
	struct {
		char kind[24];
		uint32_t n[2],
			two_way[2]; /* of the last TOUCH_DAYS, and of those before */
		double minutes;
	} kind[KINDS_MOST + 1];
	int kinds;
};

static int kind_of(struct touches *t, struct text word)
{
	char name[sizeof(t->kind[0].kind)];

	snprintf(name, sizeof(name), "%.*s", convert_shown(word, sizeof(name) - 1),
		word.n ? word.s : "");
	for (int k = 0; k < t->kinds; k++)
		if (text_eq(text_of(t->kind[k].kind), text_of(name)))
			return k;
	if (t->kinds == KINDS_MOST)
		return KINDS_MOST;
	snprintf(t->kind[t->kinds].kind, sizeof(name), "%s", name);
	return t->kinds++;
}

static enum status take_touch(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct touches *t = arg;
	const int32_t day = cell_day(&c[F_TOUCH_DATE]);
	const bool answered = c[F_TOUCH_TWO_WAY].type == CELL_INT && c[F_TOUCH_TWO_WAY].i;
	double minutes;
	int32_t age;
	int kind;

	(void)id;
	(void)e;
	if (day == DAY_NONE || day > t->as_of)
		return ST_OK;
	if (answered && day > *t->talk)
		*t->talk = day;
	age = t->as_of - day;
	if (age >= 2 * TOUCH_DAYS)
		return ST_OK;
	kind = kind_of(t, cell_as_text(&c[F_TOUCH_KIND]));
	t->kind[kind].n[age >= TOUCH_DAYS]++;
	t->kind[kind].two_way[age >= TOUCH_DAYS] += answered;
	if (age < TOUCH_DAYS) {
		t->n++;
		t->said += touch_class_minutes(&c[F_TOUCH_MINUTES], t->unsaid, &minutes);
		t->kind[kind].minutes += minutes;
	}
	return ST_OK;
}

static void put_touches(struct sheet *s, const struct touches *t)
{
	static const struct doc_column columns[] = { { "Kind", false, true },
		{ "Last 30 days", true, false }, { "answered", true, false },
		{ "30 days before", true, false }, { "answered", true, false },
		{ "Hours, last 30 days", true, false } };
	struct doc_table *x = doc_table(s->d, "", columns, 6);

	doc_section(s->d, "touches", "Touches");
	doc_say(s->d, TONE_QUIET,
		"What was logged on the accounts of this book, by whomever. Activity, "
		"not "
		"outcome.");
	for (int k = 0; k <= t->kinds && k <= KINDS_MOST; k++) {
		if (!t->kind[k].n[0] && !t->kind[k].n[1])
			continue;
		doc_cellf(s->d, x, TONE_PLAIN, "%s",
			k == KINDS_MOST      ? "others"
			: t->kind[k].kind[0] ? t->kind[k].kind
					     : "not said");
		for (int half = 0; half < 2; half++) {
			doc_cellf(s->d, x, TONE_PLAIN, "%u", t->kind[k].n[half]);
			doc_cellf(s->d, x, TONE_PLAIN, "%u", t->kind[k].two_way[half]);
		}
		doc_cellf(s->d, x, TONE_PLAIN, "%.1f", t->kind[k].minutes / 60);
	}
	if (doc_rows(x))
		doc_show(s->d, x);
	else
		doc_say(s->d, TONE_ASK, "Nothing was logged in the last 60 days.");
	if (t->said < t->n)
		doc_say(s->d, TONE_QUIET,
			"%u of %u touches say no minutes and count as %g: the hours are "
			"as good as that.",
			t->n - t->said, t->n, t->unsaid);
}

static enum status read_touches(struct sheet *s, struct touches *t, struct err *e)
{
	struct store *store = book_store(s->b);
	enum status st = ST_OK;

	t->as_of = book_as_of(s->b);
	t->unsaid = book_policy(s->b)->number[POLICY_CAP_MINUTES_UNSAID];
	for (uint32_t k = 0; st == ST_OK && k < s->n; k++) {
		s->talk[k] = DAY_NONE;
		t->talk = &s->talk[k];
		st = store->ops->rows(
			store, REC_TOUCH, s->row[k].account, take_touch, t, e);
	}
	return st;
}

/* ---- the book ---- */

static void health_cell(struct sheet *s, struct doc_table *t, const struct list_row *r)
{
	const bool known = scores_health_known(r->health);
	char a[DOC_FIGURE_MAX];

	doc_cellf(s->d, t,
		known && health_band(book_policy(s->b), r->health) == BAND_AT_RISK
			? TONE_ALARM
			: TONE_PLAIN,
		"%s", doc_whole(known, r->health, a));
	doc_cellf(s->d, t,
		r->change != CHANGE_NONE && r->change <= -FALL ? TONE_ALARM : TONE_PLAIN,
		"%s", doc_change(r->change != CHANGE_NONE, r->change, a));
}

static void row_cells(struct sheet *s, struct doc_table *t, uint32_t k)
{
	const struct list_row *r = &s->row[k];
	char a[DOC_FIGURE_MAX];

	doc_cell(s->d, t, TONE_PLAIN, r->name.n ? r->name : r->id);
	doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_whole(r->tier, r->tier, a));
	doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_money(r->arr, s->currency, a));
	health_cell(s, t, r);
	doc_cellf(s->d, t, TONE_PLAIN, "%s", doc_day(r->renewal, a));
	doc_cellf(s->d, t, s->talk[k] == DAY_NONE ? TONE_ASK : TONE_PLAIN, "%s",
		doc_day(s->talk[k], a));
}

static const struct doc_column account_columns[] = { { "Account", false, true },
	{ "Tier", true, false }, { "ARR", true, false }, { "Health", true, false },
	{ "in 28 days", true, false }, { "Renewal", true, false },
	{ "Last talk", true, false } };

static bool is_all(const struct sheet *s, uint32_t k)
{
	(void)s;
	(void)k;
	return true;
}

static bool is_renewal(const struct sheet *s, uint32_t k)
{
	const int32_t day = s->row[k].renewal, as_of = book_as_of(s->b);

	return day != DAY_NONE && day >= as_of && day - as_of <= RENEWAL_DAYS;
}

static bool is_falling(const struct sheet *s, uint32_t k)
{
	return s->row[k].change != CHANGE_NONE && s->row[k].change <= -FALL;
}

static void put_accounts(struct sheet *s, const char *caption, uint32_t most,
	bool (*wanted)(const struct sheet *s, uint32_t k))
{
	struct doc_table *t;
	char said[128];
	uint32_t n = 0;

	for (uint32_t k = 0; k < s->n; k++)
		n += wanted(s, k);
	snprintf(said, sizeof(said), n > most ? "%s: the %u largest of %u by ARR" : "%s",
		caption, most, n);
	if (!n) {
		doc_say(s->d, TONE_PLAIN, "%s: none.", caption);
		return;
	}
	t = doc_table(s->d, said, account_columns, 7);
	n = 0;
	for (uint32_t k = 0; k < s->n && n < most; k++)
		if (wanted(s, k)) {
			row_cells(s, t, k);
			n++;
		}
	doc_show(s->d, t);
}

/* ---- load ---- */

static const struct capacity_row *row_of(const struct capacity *c, uint32_t csm)
{
	for (uint32_t k = 0; k < c->rows; k++)
		if (c->row[k].csm == csm)
			return &c->row[k];
	return NULL;
}

static void put_load(struct sheet *s, const struct capacity *c,
	const struct capacity_row *r, const struct queue *q)
{
	char a[DOC_FIGURE_MAX], m[DOC_FIGURE_MAX], note[160], hours[NUMBER_TEXT_MAX];
	const uint32_t held =
		r->book.accounts[0] + r->book.accounts[1] + r->book.accounts[2];
	const int64_t arr = r->book.arr[0] + r->book.arr[1] + r->book.arr[2];
	const double fills = capacity_percent(capacity_fills(&r->load));

	doc_section(s->d, "book", "Book and load");
	snprintf(note, sizeof(note), "%u in tier 1, %u in tier 2, %u in tier 3",
		r->book.accounts[0], r->book.accounts[1], r->book.accounts[2]);
	doc_tile(s->d, TONE_PLAIN, "Accounts", note, "%s", doc_count(held, a));
	doc_tile(s->d, TONE_PLAIN, "ARR", "a year", "%s", doc_money(arr, s->currency, m));
	snprintf(note, sizeof(note), "takes %.0f %% of a whole book%s%s",
		capacity_percent(r->share), *capacity_marks(r) ? "; " : "",
		capacity_marks(r));
	doc_tile(s->d, r->load.state == CAPACITY_OK ? TONE_PLAIN : TONE_ALARM,
		r->leaves                        ? "Load: leaves"
		: r->load.state == CAPACITY_OK   ? "Load: fits"
		: r->load.state == CAPACITY_OVER ? "Load: over"
		: r->load.state == CAPACITY_AWAY ? "Load: not there"
						 : "Load: under",
		note, "%.0f %%", fills);
	snprintf(note, sizeof(note), "a week of talks; %s h are there for customers",
		capacity_figure(c->policy.number[POLICY_CAP_HOURS] * r->share, hours));
	doc_tile(s->d, TONE_PLAIN, "Hours", note, "%.1f", r->hours);
	snprintf(note, sizeof(note), "of all accounts; strategic ones weigh more");
	doc_tile(s->d, TONE_PLAIN, "Money at risk", note, "%s",
		doc_money(r->at_risk, s->currency, m));
	snprintf(note, sizeof(note), "%s at risk",
		doc_money(q->at_risk[QUEUE_NOW], s->currency, m));
	doc_tile(s->d, TONE_PLAIN, "To look at now", note, "%u", q->in[QUEUE_NOW]);
	doc_tile(s->d, q->in[QUEUE_OVERDUE] ? TONE_ASK : TONE_PLAIN, "Overdue",
		"accounts with a step that was due", "%u", q->in[QUEUE_OVERDUE]);
	snprintf(note, sizeof(note), "about %s a year",
		doc_money(q->to_win[QUEUE_OPPORTUNITY], s->currency, m));
	doc_tile(s->d, TONE_PLAIN, "To win", note, "%u", q->in[QUEUE_OPPORTUNITY]);
}

static enum status put_work(struct sheet *s, const struct queue *q, struct err *e)
{
	static const struct {
		enum queue_section section;
		const char *caption;
	} parts[] = { { QUEUE_OVERDUE, "Overdue work" }, { QUEUE_NOW, "To look at now" },
		{ QUEUE_BACK, "Back from being snoozed" },
		{ QUEUE_OPPORTUNITY, "Opportunities" } };
	enum status st = ST_OK;

	doc_section(s->d, "work", "Risks and work");
	for (size_t k = 0; st == ST_OK && k < sizeof(parts) / sizeof(*parts); k++)
		if (q->in[parts[k].section] || parts[k].section != QUEUE_BACK)
			st = board_queue(s->d, s->b,
				&(const struct board_queue){ q, parts[k].section,
					ROWS_MOST, parts[k].caption, false },
				e);
	return st;
}

/* ---- the sheet ---- */

static enum status read_list(struct sheet *s, struct err *e)
{
	struct list_query q = { .only_csm = (int32_t)s->csm };
	enum status st = list_sort_parse(TEXT("-arr"), &q.sort, e);

	if (st == ST_OK)
		st = book_list(s->b, &q, &s->list, NULL, e);
	if (st != ST_OK)
		return st;
	s->n = s->list->n < LISTED_MOST ? s->list->n : LISTED_MOST;
	s->row = arena_alloc(&s->d->arena, ((size_t)s->n + 1) * sizeof(*s->row));
	s->talk = arena_alloc(&s->d->arena, ((size_t)s->n + 1) * sizeof(*s->talk));
	if (!s->row || !s->talk)
		return err_set(e, ST_NOMEM, "not enough memory for the accounts");
	return book_rows(s->b, s->list->id, s->n, &s->d->arena, s->row, e);
}

static enum status put_all(struct sheet *s, const struct capacity *c,
	const struct capacity_row *r, const struct queue *q, struct err *e)
{
	struct touches *t = calloc(1, sizeof(*t));
	enum status st = t ? read_list(s, e)
			   : err_set(e, ST_NOMEM, "not enough memory for the sheet");

	if (st == ST_OK)
		st = read_touches(s, t, e);
	if (st == ST_OK) {
		put_load(s, c, r, q);
		st = put_work(s, q, e);
	}
	if (st == ST_OK) {
		doc_section(s->d, "renewals", "Renewals and falls");
		put_accounts(s, "Renewals in the next 90 days", ROWS_MOST, is_renewal);
		put_accounts(
			s, "Health fell by 10 or more in 28 days", ROWS_MOST, is_falling);
		put_touches(s, t);
		doc_section(s->d, "accounts", "The accounts");
		put_accounts(s, "All accounts", ALL_MOST, is_all);
	}
	list_free(&s->list);
	free(t);
	return st;
}

enum status csm_sheet(struct book *b, uint32_t csm, struct doc *d, struct err *e)
{
	struct sheet s = {
		.b = b, .d = d, .csm = csm, .currency = book_policy(b)->currency
	};
	const struct queue_query mine = { .scope = QUEUE_OF_CSM, .csm = csm };
	const struct capacity_row *r = NULL;
	struct capacity *c = NULL;
	struct queue *q = NULL;
	enum status st = book_capacity(b, &(struct capacity_what_if){ 0 }, &c, e);

	d->kind = TEXT("One-to-one");
	if (st == ST_OK)
		r = row_of(c, csm);
	if (st == ST_OK && !r)
		st = err_set(e, ST_NOTFOUND, "there is no such CSM in the book");
	if (st == ST_OK) {
		d->name = doc_text(d, "%.*s, %.*s", convert_shown(r->name, NAME_MOST),
			r->name.n ? r->name.s : "", (int)d->name.n, d->name.s);
		st = book_queue(b, &mine, &q, NULL, e);
	}
	if (st == ST_OK)
		st = put_all(&s, c, r, q, e);
	queue_free(&q);
	capacity_free(&c);
	return st;
}
