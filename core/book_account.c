/* One account with everything about it. */
#include "core/book_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"

#define TREND_DAYS 540
#define BRIEF_KINDS                                                              \
	(1u << REC_CONTACT | 1u << REC_PLAN | 1u << REC_TOUCH | 1u << REC_NOTE | \
		1u << REC_ALERT | 1u << REC_TASK)
#define REASON_MAX 200

/* ---- collecting rows ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the account");
}

static bool keep_cells(struct arena *a, const struct cell *from, struct cell *to, int n)
{
	for (int i = 0; i < n; i++) {
		to[i] = from[i];
		if (from[i].type == CELL_TEXT &&
			!(to[i].t.s = arena_copy(a, from[i].t.s, from[i].t.n)))
			return false;
	}
	return true;
}

/* The day from which a row of a kind is known (-1: none), and days in it that may be
 * still to come and are not known before. */
struct child {
	enum record_kind kind;
	int begins;
	uint32_t happens; /* bit i: field i */
};
#define HAPPENS(field) (1u << (field))
static const struct child children[] = {
	{ REC_CONTACT, F_CONTACT_SINCE, HAPPENS(F_CONTACT_LEFT_ON) },
	{ REC_TICKET, F_TICKET_OPENED, HAPPENS(F_TICKET_CLOSED) },
	{ REC_SURVEY, F_SURVEY_DATE, 0 },
	{ REC_TOUCH, F_TOUCH_DATE, 0 },
	{ REC_CONTRACT, F_CONTRACT_FROM, 0 },
	{ REC_MOVEMENT, F_MOVEMENT_DATE, 0 },
	{ REC_FIX, F_FIX_NOTICED,
		HAPPENS(F_FIX_DOCUMENTED) | HAPPENS(F_FIX_AUTOMATED) |
			HAPPENS(F_FIX_VERIFIED) },
	{ REC_LOCK, F_LOCK_SINCE, 0 },
	{ REC_NOTE, F_NOTE_DATE, 0 },
	{ REC_PLAN, -1, 0 },
	{ REC_MILESTONE, -1, HAPPENS(F_MILESTONE_DONE_ON) },
	{ REC_ALERT, F_ALERT_OPENED, HAPPENS(F_ALERT_ENDED) },
	{ REC_TASK, F_TASK_STARTED, HAPPENS(F_TASK_ENDED) },
	{ REC_STEP, F_STEP_DONE_ON, 0 },
	{ REC_MESSAGE, F_MESSAGE_MADE, HAPPENS(F_MESSAGE_SENT) },
	{ REC_REQUEST, F_REQUEST_ASKED, HAPPENS(F_REQUEST_ANSWERED) },
};

struct gathering {
	struct account_view *v;
	const struct child *child;
	int32_t as_of;
	uint32_t room;
	struct cell *cells; /* malloc'ed while growing, as is id */
	int64_t *id;
};

static bool is_later(const struct cell *cells, int field, int32_t as_of)
{
	return cells[field].type == CELL_INT && cells[field].i > as_of;
}

static bool make_room(struct gathering *g, size_t width)
{
	const uint32_t room = g->room ? g->room * 2 : 32;
	struct cell *cells = realloc(g->cells, room * width * sizeof(*cells));
	int64_t *id = NULL;

	if (cells) {
		g->cells = cells;
		id = realloc(g->id, room * sizeof(*id));
	}
	if (!id)
		return false;
	g->id = id;
	g->room = room;
	return true;
}

static enum status take_child(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct gathering *g = arg;
	const int width = record_of(g->child->kind)->count;
	struct account_rows *rows = &g->v->rows[g->child->kind];
	struct cell *row;

	if (g->child->begins >= 0 && is_later(cells, g->child->begins, g->as_of))
		return ST_OK;
	if (rows->n == g->room && !make_room(g, (size_t)width))
		return no_memory(e);
	row = g->cells + (size_t)rows->n * (size_t)width;
	if (!keep_cells(&g->v->arena, cells, row, width))
		return no_memory(e);
	for (int i = 0; i < width; i++)
		if ((g->child->happens >> i & 1) && is_later(cells, i, g->as_of))
			row[i].type = CELL_MISSING;
	g->id[rows->n++] = id;
	return ST_OK;
}

/* The store gives rows oldest first; people read the newest first. */
static enum status settle_rows(struct gathering *g, struct err *e)
{
	struct account_rows *rows = &g->v->rows[g->child->kind];
	const size_t width = (size_t)record_of(g->child->kind)->count;

	rows->cells =
		arena_alloc(&g->v->arena, (rows->n + 1) * width * sizeof(struct cell));
	rows->id = arena_alloc(&g->v->arena, (rows->n + 1) * sizeof(*rows->id));
	if (!rows->cells || !rows->id)
		return no_memory(e);
	for (size_t i = 0; i < rows->n; i++) {
		const size_t from = rows->n - 1 - i;

		memcpy(rows->cells + i * width, g->cells + from * width,
			width * sizeof(struct cell));
		rows->id[i] = g->id[from];
	}
	return ST_OK;
}

enum status book_account_rows(struct book *b, uint32_t id, uint32_t kinds,
	struct account_view *v, struct err *e)
{
	enum status st = ST_OK;

	for (size_t k = 0; st == ST_OK && k < sizeof(children) / sizeof(*children); k++) {
		struct gathering g = { v, &children[k], b->clock.today, 0, NULL, NULL };

		if (!(kinds >> children[k].kind & 1))
			continue;

		st = b->store->ops->rows(
			b->store, children[k].kind, id, take_child, &g, e);
		if (st == ST_OK)
			st = settle_rows(&g, e);
		free(g.cells);
		free(g.id);
	}
	return st;
}

/* ---- the figures, explained ---- */

static enum status take_record(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct account_view *v = arg;

	(void)id;
	return keep_cells(&v->arena, cells, v->cells, ACCOUNT_FIELDS) ? ST_OK
								      : no_memory(e);
}

static enum status explain(
	struct book *b, uint32_t id, struct account_view *v, struct err *e)
{
	const int32_t figures = book_figures_day(b);
	const int32_t day = figures == DAY_NONE ? b->clock.today : figures;
	struct base base;
	enum status st = book_base_of_one(b, id, day, &base, e);

	if (st == ST_OK) {
		health_explain(&b->policy, &base, 0, v->row.tier, &v->health);
		axes_value(&b->policy, &base, 0, &v->value);
		axes_effort(&b->policy, &base, 0, v->health.health, &v->effort);
		v->tickets_day = base.tickets_day[0];
	}
	base_clear(&base);
	return st;
}

struct trend_gathering {
	struct account_view *v;
	uint32_t room;
	struct snapshot_row *rows; /* malloc'ed while growing */
};

static enum status take_snapshot(void *arg, const struct snapshot_row *row, struct err *e)
{
	struct trend_gathering *g = arg;

	if (g->v->trend_n == g->room) {
		const uint32_t room = g->room ? g->room * 2 : 128;
		struct snapshot_row *grown = realloc(g->rows, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		g->rows = grown;
		g->room = room;
	}
	g->rows[g->v->trend_n++] = *row;
	return ST_OK;
}

static int points_of(const struct snapshot_row *r, int c)
{
	return r->points[c] == POINTS_MISSING ? 0 : r->points[c];
}

/* What each component added to the change since 28 to 56 days before, up to the health
 * that is explained: what was entered since the recalculation counts. Points add up to
 * the health before the pulse, so their changes and the pulse's add up to its change. */
static void compare(struct account_view *v)
{
	const struct snapshot_row *now = v->trend_n ? &v->trend[v->trend_n - 1] : NULL;
	int sum = 0;

	for (uint32_t k = 0; now && k < v->trend_n; k++) {
		if (v->trend[k].at.day > now->at.day - CHANGE_DAYS)
			break;
		v->before = v->trend[k];
		v->has_before = v->before.at.day >= now->at.day - CHANGE_DAYS_MAX;
	}
	if (!v->has_before || !v->health.health ||
		!scores_health_known(v->before.health)) {
		v->has_before = false;
		return;
	}
	for (int c = 0; c < COMP_COUNT; c++) {
		v->points_change[c] =
			v->health.component[c].points - points_of(&v->before, c);
		sum += v->points_change[c];
	}
	v->pulse_change = v->health.health - v->before.health - sum;
}

static enum status load_trend(
	struct book *b, uint32_t id, struct account_view *v, struct err *e)
{
	struct trend_gathering g = { v, 0, NULL };
	const int32_t last = book_figures_day(b);
	const int32_t days = v->brief ? ACCOUNT_BRIEF_DAYS : TREND_DAYS;
	enum status st = ST_OK;

	if (last != DAY_NONE)
		st = b->store->ops->snapshot_history(
			b->store, id, last - days, last, take_snapshot, &g, e);
	if (st == ST_OK) {
		v->trend = arena_alloc(&v->arena, (v->trend_n + 1) * sizeof(*v->trend));
		if (!v->trend)
			st = no_memory(e);
		else if (v->trend_n)
			memcpy(v->trend, g.rows, v->trend_n * sizeof(*v->trend));
	}
	free(g.rows);
	if (st == ST_OK)
		compare(v);
	return st;
}

/* ---- tier history ---- */

struct move_gathering {
	struct account_view *v;
	int32_t until;
	uint32_t room;
	struct tier_move *moves; /* malloc'ed while growing */
};

static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct move_gathering *g = arg;

	if (m->day > g->until)
		return ST_OK;
	if (g->v->moves_n == g->room) {
		const uint32_t room = g->room ? g->room * 2 : 16;
		struct tier_move *grown = realloc(g->moves, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		g->moves = grown;
		g->room = room;
	}
	g->moves[g->v->moves_n++] = *m;
	return ST_OK;
}

struct deed {
	struct arena *arena;
	struct text by;
	char why[REASON_MAX];
};

/* A move by hand has the reason of who did it. */
static enum status take_deed(void *arg, const struct operation *o, struct err *e)
{
	struct deed *d = arg;

	d->by = o->actor;
	if (o->reason.n)
		snprintf(d->why, sizeof(d->why), "by %.*s: %.*s",
			convert_shown(o->actor, 40), o->actor.s,
			convert_shown(o->reason, REASON_MAX - 50), o->reason.s);
	return arena_keep(d->arena, &d->by) ? ST_OK : no_memory(e);
}

static enum status load_deed(
	struct book *b, struct account_view *v, size_t k, struct err *e)
{
	const struct operation_query q = { .review = v->moves[k].review };
	struct deed d = { .arena = &v->arena };
	enum status st = b->store->ops->operations(b->store, &q, take_deed, &d, e);

	v->move_by[k] = d.by;
	if (v->moves[k].cause == CAUSE_MANUAL && d.why[0])
		memcpy(v->move_reason[k], d.why, REASON_MAX);
	return st;
}

static enum status load_moves(
	struct book *b, uint32_t id, struct account_view *v, struct err *e)
{
	struct move_gathering g = { v, b->clock.today, 0, NULL };
	struct rules_then then = { b->policy_version, b->policy };
	enum status st = b->store->ops->moves(b->store, id, take_move, &g, e);
	const size_t n = v->moves_n;

	if (st == ST_OK) {
		v->moves = arena_alloc(&v->arena, (n + 1) * sizeof(*v->moves));
		v->move_reason =
			arena_alloc(&v->arena, (n + 1) * sizeof(*v->move_reason));
		v->move_pair = arena_alloc(&v->arena, (n + 1) * sizeof(*v->move_pair));
		v->move_by = arena_alloc(&v->arena, (n + 1) * sizeof(*v->move_by));
		if (!v->moves || !v->move_reason || !v->move_pair || !v->move_by)
			st = no_memory(e);
	}
	for (size_t k = 0; st == ST_OK && k < n; k++) {
		v->moves[k] = g.moves[k];
		v->row.since = v->moves[k].day;
		if (g.moves[k].pair)
			st = b->store->ops->key(b->store, REC_ACCOUNT, g.moves[k].pair,
				&v->arena, &v->move_pair[k], e);
		if (st == ST_OK)
			st = book_rules_then(b, g.moves[k].policy_version, &then, e);
		review_reason(&then.policy, &v->moves[k], v->move_pair[k],
			v->move_reason[k], REASON_MAX);
		if (st == ST_OK)
			st = load_deed(b, v, k, e);
	}
	free(g.moves);
	return st;
}

static enum status view_held(
	struct book *b, uint32_t id, bool brief, struct account_view **out, struct err *e)
{
	const struct picture *p = book_picture(b);
	const bool pictured = p && book_picture_row(p, id, NULL);
	struct account_view *v;
	enum status st = pictured ? ST_OK : book_need_columns(b, e);

	*out = NULL;
	if (st == ST_OK && !pictured &&
		(id < 1 || id > b->columns.n ||
			!(b->columns.flags[id - 1] & ACC_PRESENT)))
		st = err_set(e, ST_NOTFOUND, "there is no such account any more");
	if (st != ST_OK)
		return st;
	v = calloc(1, sizeof(*v));
	if (!v)
		return no_memory(e);
	arena_init(&v->arena);
	v->brief = brief;
	st = book_rows(b, &id, 1, &v->arena, &v->row, e);
	if (st == ST_OK)
		st = b->store->ops->rows_of(
			b->store, REC_ACCOUNT, &id, 1, take_record, v, e);
	if (st == ST_OK)
		st = explain(b, id, v, e);
	if (st == ST_OK)
		st = load_trend(b, id, v, e);
	if (st == ST_OK && !brief)
		st = load_moves(b, id, v, e);
	if (st == ST_OK)
		st = book_account_rows(b, id, brief ? BRIEF_KINDS : UINT32_MAX, v, e);
	if (st == ST_OK)
		*out = v;
	else
		account_view_free(&v);
	return st;
}

static enum status view(
	struct book *b, uint32_t id, bool brief, struct account_view **out, struct err *e)
{
	enum status st = b->store->ops->hold(b->store, e);

	*out = NULL;
	if (st != ST_OK)
		return st;
	st = view_held(b, id, brief, out, e);
	b->store->ops->release(b->store);
	return st;
}

enum status book_account(
	struct book *b, uint32_t id, struct account_view **out, struct err *e)
{
	return view(b, id, false, out, e);
}

enum status book_account_brief(
	struct book *b, uint32_t id, struct account_view **out, struct err *e)
{
	return view(b, id, true, out, e);
}

void account_view_free(struct account_view **v)
{
	if (!*v)
		return;
	arena_clear(&(*v)->arena);
	free(*v);
	*v = NULL;
}
