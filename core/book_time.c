#include "core/book_time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/capacity.h"

enum { WEEKS_A_YEAR = 52, QUARTER = 91 };

struct spending { /* on one account */
	double minutes;
	uint32_t talks;
};

struct reading {
	struct book *b;
	struct book_time *out;
	struct spending *on; /* by account id - 1; owned */
	uint32_t n;
	uint32_t *row_of; /* by CSM id: its row + 1; owned */
	uint32_t csms, room;
	struct text key; /* the account that the rows are of now, in `arena` */
	uint32_t account;
	struct arena arena;
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the time that people spent");
}

/* ---- whose time ---- */

static enum status take_csm(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct reading *r = arg;
	struct book_time *t = r->out;
	struct text name = cell_as_text(&c[F_CSM_NAME]);

	if (t->rows + 1 >= r->room) { /* one is left for nobody */
		const uint32_t room = r->room ? 2 * r->room : 16;
		struct time_row *grown = realloc(t->row, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		t->row = grown;
		r->room = room;
	}
	if (!arena_keep(&t->arena, &name))
		return no_memory(e);
	t->row[t->rows++] = (struct time_row){ .csm = (uint32_t)id, .name = name };
	r->csms = (uint32_t)id > r->csms ? (uint32_t)id : r->csms;
	return ST_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct time_row *x = a, *y = b;
	const int order = text_cmp(x->name, y->name);

	return order ? order : (x->csm > y->csm) - (x->csm < y->csm);
}

static enum status take_people(struct reading *r, struct err *e)
{
	struct book_time *t = r->out;
	enum status st;

	t->row = malloc(16 * sizeof(*t->row));
	r->room = 16;
	if (!t->row)
		return no_memory(e);
	st = book_csms(r->b, take_csm, r, e);
	if (st != ST_OK)
		return st;
	qsort(t->row, t->rows, sizeof(*t->row), by_name);
	r->row_of = calloc((size_t)r->csms + 1, sizeof(*r->row_of));
	if (!r->row_of)
		return no_memory(e);
	for (uint32_t k = 0; k < t->rows; k++)
		r->row_of[t->row[k].csm] = k + 1;
	t->row[t->rows++] = (struct time_row){ .csm = 0 };
	return ST_OK;
}

/* Whoever did it; what names nobody in the book was done by the account's owner. */
static struct time_row *who(struct reading *r, const struct cell *actor, uint32_t account)
{
	struct book_time *t = r->out;
	const int32_t owner = shorts_at(&r->b->columns.csm, account - 1);

	for (uint32_t k = 0; actor->type == CELL_TEXT && k + 1 < t->rows; k++)
		if (text_ieq(text_trim(actor->t), t->row[k].name))
			return &t->row[k];
	return owner >= 1 && (uint32_t)owner <= r->csms && r->row_of[owner]
		       ? &t->row[r->row_of[owner] - 1]
		       : &t->row[t->rows - 1];
}

/* ---- the touches ---- */

/* Rows come account by account, so its number is asked for once. */
static enum status find_account(struct reading *r, const struct cell *key, struct err *e)
{
	if (r->account && text_eq(r->key, key->t))
		return ST_OK;
	arena_clear(&r->arena);
	arena_init(&r->arena);
	r->key = key->t;
	if (!arena_keep(&r->arena, &r->key))
		return no_memory(e);
	return r->b->store->ops->find(r->b->store, REC_ACCOUNT, r->key, &r->account, e);
}

static void spend(struct reading *r, struct time_row *row, uint32_t account,
	enum touch_class class, double minutes, bool answered)
{
	struct book_time *t = r->out;
	const struct book_columns *c = &r->b->columns;

	row->touches++;
	row->minutes[class] += minutes;
	r->on[account - 1].minutes += minutes;
	r->on[account - 1].talks += answered;
	if (c->active[account - 1])
		t->minutes[tiers_served(c->tier[account - 1]) - 1][class] += minutes;
}

/* How long a clinic was, and who shares that, is known when all of it was read. */
static enum status spend_clinics(struct reading *r, struct err *e)
{
	struct book_time *t = r->out;
	struct clinics *x = &t->clinics;
	const enum status st =
		clinics_settle(x, r->b->policy.number[POLICY_CAP_MINUTES_UNSAID], e);

	for (uint32_t k = 0; st == ST_OK && k < x->visits; k++) {
		const struct clinic_visit *v = &x->visit[k];

		spend(r, &t->row[v->row], v->account,
			v->sells ? TOUCH_COMMERCIAL : TOUCH_VALUE, v->minutes,
			v->answered);
	}
	t->touches += x->visits;
	t->estimated += x->clinics - x->timed;
	return st;
}

static enum status take_touch(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct reading *r = arg;
	struct book_time *t = r->out;
	const int32_t day = cell_day(&c[F_TOUCH_DATE]);
	const struct cell *answered = &c[F_TOUCH_TWO_WAY];
	struct time_row *row;
	double spent;
	bool said;
	enum status st;

	(void)id;
	if (day == DAY_NONE || day < t->from || day > t->to)
		return ST_OK;
	st = find_account(r, &c[F_TOUCH_ACCOUNT], e);
	if (st != ST_OK || r->account == 0 || r->account > r->n)
		return st;
	row = who(r, &c[F_TOUCH_ACTOR], r->account);
	if (clinic_is(&c[F_TOUCH_KIND]))
		return clinics_add(
			&t->clinics, c, r->account, (uint32_t)(row - t->row), e);
	said = touch_class_minutes(&c[F_TOUCH_MINUTES],
		r->b->policy.number[POLICY_CAP_MINUTES_UNSAID], &spent);
	t->touches++;
	t->estimated += !said;
	t->talks += said;
	t->talk_minutes += said ? spent : 0;
	spend(r, row, r->account, touch_class_of(&c[F_TOUCH_PURPOSE]), spent,
		answered->type == CELL_INT && answered->i);
	return ST_OK;
}

/* ---- accounts that stand out ---- */

double time_total(const double minutes[TOUCH_CLASSES])
{
	double all = 0;

	for (int k = 0; k < TOUCH_CLASSES; k++)
		all += minutes[k];
	return all;
}

double time_systemisable(const double minutes[TOUCH_CLASSES])
{
	const double all = time_total(minutes);
	double part = 0;

	for (int k = 0; k < TOUCH_CLASSES; k++)
		if (touch_class_systemisable((enum touch_class)k))
			part += minutes[k];
	return all > 0 ? part / all : (double)NAN;
}

int64_t time_cost(const struct book_time *t, double minutes)
{
	const double days = t->to - t->from + 1;

	return (int64_t)floor(0.5 + minutes * t->minute_cents * 365 / days);
}

static double planned(const struct policy *p, int tier, double days)
{
	return tier > CAPACITY_NAMED ? 0
				     : p->number[tier == 1 ? POLICY_CAP_TOUCHES_1
							   : POLICY_CAP_TOUCHES_2] *
					       days / QUARTER;
}

static struct time_account account_of(const struct reading *r, uint32_t i)
{
	const struct book_columns *c = &r->b->columns;
	const struct book_time *t = r->out;
	struct time_account x = { .account = i + 1,
		.tier = (uint8_t)tiers_served(c->tier[i]),
		.arr = amounts_or_none(&c->arr, i),
		.minutes = r->on[i].minutes,
		.talks = r->on[i].talks,
		.cost = time_cost(t, r->on[i].minutes) };

	x.planned = planned(&r->b->policy, x.tier, t->to - t->from + 1);
	return x;
}

/* What it costs for each cent that it pays. */
static int by_share(const void *a, const void *b)
{
	const struct time_account *x = a, *y = b;
	const double p = (double)x->cost * (double)y->arr,
		     q = (double)y->cost * (double)x->arr;

	return p != q ? (p < q) - (p > q)
		      : (x->account > y->account) - (x->account < y->account);
}

static int by_arr(const void *a, const void *b)
{
	const struct time_account *x = a, *y = b;

	return x->arr != y->arr ? (x->arr < y->arr) - (x->arr > y->arr)
				: (x->account > y->account) - (x->account < y->account);
}

static int descending(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y) - (x > y);
}

/* The ARR from which on an account is among the first: as many as tier 1 may hold, and
 * whoever pays as much as the last of them. INT64_MAX: nobody pays anything. */
static enum status first_arr(const struct reading *r, int64_t *out, struct err *e)
{
	const struct book_columns *c = &r->b->columns;
	int64_t *arr = malloc(((size_t)r->n + 1) * sizeof(*arr));
	uint32_t n = 0, active = 0, places;

	if (!arr)
		return no_memory(e);
	for (uint32_t i = 0; i < r->n; i++) {
		active += c->active[i];
		if (c->active[i] && amounts_or_none(&c->arr, i) > 0)
			arr[n++] = amounts_at(&c->arr, i);
	}
	qsort(arr, n, sizeof(*arr), descending);
	places = tiers_cap(r->b->policy.cap_bp[0], active);
	*out = n == 0 ? INT64_MAX : arr[places < n ? places - 1 : n - 1];
	free(arr);
	return ST_OK;
}

static enum status take_accounts(struct reading *r, struct err *e)
{
	const struct book_columns *c = &r->b->columns;
	const double share = r->b->policy.number[POLICY_CAP_COST_SHARE] / 100;
	struct book_time *t = r->out;
	int64_t first;
	enum status st = first_arr(r, &first, e);

	if (st != ST_OK)
		return st;
	t->costly = malloc(((size_t)r->n + 1) * sizeof(*t->costly));
	t->neglected = malloc(((size_t)r->n + 1) * sizeof(*t->neglected));
	if (!t->costly || !t->neglected)
		return no_memory(e);
	for (uint32_t i = 0; i < r->n; i++) {
		struct time_account x;

		if (!c->active[i])
			continue;
		x = account_of(r, i);
		if (!money_add(t->arr[x.tier - 1], x.arr, &t->arr[x.tier - 1]))
			return err_set(
				e, ST_INVALID, "the ARR of a tier adds up to too much");
		if (x.arr > 0 && (double)x.cost > share * (double)x.arr)
			t->costly[t->costly_n++] = x;
		if (x.arr < first)
			continue;
		t->largest++;
		t->largest_arr += x.arr; /* less than all of it */
		t->largest_minutes += x.minutes;
		if (2 * x.talks < x.planned)
			t->neglected[t->neglected_n++] = x;
	}
	qsort(t->costly, t->costly_n, sizeof(*t->costly), by_share);
	qsort(t->neglected, t->neglected_n, sizeof(*t->neglected), by_arr);
	return ST_OK;
}

static enum status read_all(struct reading *r, struct err *e)
{
	enum status st = book_need_columns(r->b, e);

	if (st == ST_OK)
		st = take_people(r, e);
	if (st != ST_OK)
		return st;
	r->n = r->b->columns.n;
	r->on = calloc((size_t)r->n + 1, sizeof(*r->on));
	if (!r->on)
		return no_memory(e);
	st = r->b->store->ops->rows(r->b->store, REC_TOUCH, 0, take_touch, r, e);
	if (st == ST_OK)
		st = spend_clinics(r, e);
	return st == ST_OK ? take_accounts(r, e) : st;
}

enum status book_time(struct book *b, int32_t days, struct book_time **out, struct err *e)
{
	const double *n = b->policy.number;
	struct reading r = { .b = b };
	struct book_time *t = calloc(1, sizeof(*t));
	enum status st;

	*out = NULL;
	if (!t)
		return no_memory(e);
	t->to = b->clock.today;
	t->from = t->to - (days < 1 ? 1 : days) + 1;
	t->minute_cents =
		100 * n[POLICY_CAP_HEAD_COST] / (WEEKS_A_YEAR * n[POLICY_CAP_HOURS] * 60);
	arena_init(&t->arena);
	clinics_init(&t->clinics);
	arena_init(&r.arena);
	r.out = t;
	st = read_all(&r, e);
	arena_clear(&r.arena);
	free(r.on);
	free(r.row_of);
	if (st == ST_OK)
		*out = t;
	else
		book_time_free(&t);
	return st;
}

void book_time_free(struct book_time **t)
{
	if (!*t)
		return;
	free((*t)->row);
	free((*t)->costly);
	free((*t)->neglected);
	clinics_clear(&(*t)->clinics);
	arena_clear(&(*t)->arena);
	free(*t);
	*t = NULL;
}
