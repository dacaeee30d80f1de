/* What the fake store holds, as rows, names, alerts, tasks and texts. */
#include "tests/support/fake_state.h"

#include <stdlib.h>

#include "core/alert_life.h"
#include "core/task.h"

/* The cells of a row as the outside sees them. */
static void show(const struct fake_state *now, enum record_kind kind,
	const struct fake_row *row, struct cell *out)
{
	const struct record *r = record_of(kind);

	for (int i = 0; i < r->count; i++) {
		enum record_kind to = fake_referred(r->fields[i].type);

		out[i] = row->cells[i];
		if (to != REC_COUNT && out[i].type != CELL_MISSING)
			out[i] = CELL_OF_TEXT(fake_name(now, to, out[i].i));
	}
}

static int compare_cells(struct cell a, struct cell b)
{
	if (a.type != b.type)
		return a.type < b.type ? -1 : 1; /* missing is the least */
	if (a.type == CELL_INT)
		return (a.i > b.i) - (a.i < b.i);
	return a.type == CELL_TEXT ? text_cmp(a.t, b.t) : 0;
}

/* The fields each kind is ordered by, ended by -1. */
static const signed char order[REC_COUNT][5] = {
	[REC_ACCOUNT] = { F_ACCOUNT_ID, -1 },
	[REC_CSM] = { F_CSM_NAME, -1 },
	[REC_CONTACT] = { F_CONTACT_ACCOUNT, F_CONTACT_NAME, F_CONTACT_EMAIL,
		F_CONTACT_ROLE, -1 },
	[REC_SIGNAL] = { F_SIGNAL_ACCOUNT, F_SIGNAL_KIND, F_SIGNAL_DATE, -1 },
	[REC_TICKET] = { F_TICKET_ID, -1 },
	[REC_SURVEY] = { F_SURVEY_ACCOUNT, F_SURVEY_DATE, -1 },
	[REC_TOUCH] = { F_TOUCH_ACCOUNT, F_TOUCH_DATE, -1 },
	[REC_CONTRACT] = { F_CONTRACT_ID, -1 },
	[REC_MOVEMENT] = { F_MOVEMENT_ACCOUNT, F_MOVEMENT_DATE, -1 },
	[REC_FIX] = { F_FIX_ACCOUNT, F_FIX_CAUSE, F_FIX_NOTICED, -1 },
	[REC_LOCK] = { F_LOCK_ACCOUNT, -1 },
	[REC_NOTE] = { F_NOTE_ACCOUNT, F_NOTE_DATE, -1 },
	[REC_PLAN] = { F_PLAN_ACCOUNT, -1 },
	[REC_MILESTONE] = { F_MILESTONE_ACCOUNT, F_MILESTONE_DUE, F_MILESTONE_DONE_ON,
		-1 },
	[REC_ALERT] = { F_ALERT_ACCOUNT, F_ALERT_OPENED, -1 },
	[REC_TASK] = { F_TASK_ACCOUNT, F_TASK_STARTED, -1 },
	[REC_STEP] = { F_STEP_ACCOUNT, F_STEP_DONE_ON, -1 },
	[REC_MESSAGE] = { F_MESSAGE_ACCOUNT, F_MESSAGE_MADE, -1 },
	[REC_REQUEST] = { F_REQUEST_ACCOUNT, F_REQUEST_ASKED, -1 },
	[REC_PROPOSAL] = { F_PROPOSAL_NAME, -1 },
};

struct entry {
	enum record_kind kind;
	uint32_t id;
	const struct fake_row *row;
};

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	for (const signed char *f = order[x->kind]; *f >= 0; f++) {
		int c = compare_cells(x->row->cells[*f], y->row->cells[*f]);

		if (c)
			return c;
	}
	return (x->id > y->id) - (x->id < y->id); /* the order of entry */
}

enum status fake_read_rows(struct store *s, enum record_kind kind, uint32_t account,
	row_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	struct entry *entries = calloc(now->list[kind].n + 1u, sizeof(*entries));
	struct cell cells[RECORD_FIELDS_MAX];
	int field = record_account_field(record_of(kind));
	enum status st = ST_OK;
	uint32_t n = 0;

	if (!entries)
		return err_set(e, ST_NOMEM, "out of memory");
	for (uint32_t i = 0; i < now->list[kind].n; i++) {
		const struct fake_row *row = fake_row(now, kind, i);

		if (row->gone)
			continue;
		if (account && (field < 0 ? i + 1 : row->cells[field].i) != account)
			continue;
		entries[n++] = (struct entry){ kind, i + 1, row };
	}
	qsort(entries, n, sizeof(*entries), compare_entries);
	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		show(now, kind, entries[i].row, cells);
		st = fn(arg, kind == REC_SIGNAL ? 0 : entries[i].id, cells, e);
	}
	free(entries);
	return st;
}

enum status fake_read_signal_kinds(
	struct store *s, signal_kind_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < now->list[LIST_SIGNAL_KIND].n; i++)
		st = fn(arg, i + 1, *(struct text *)fake_item(now, LIST_SIGNAL_KIND, i),
			e);
	return st;
}

enum status fake_read_signals(struct store *s, uint32_t kind, uint32_t part, signal_fn fn,
	void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	const uint32_t n = now->list[REC_SIGNAL].n;
	struct entry *entries = calloc(n + 1u, sizeof(*entries));
	enum status st = ST_OK;
	uint32_t found = 0;

	if (!entries)
		return err_set(e, ST_NOMEM, "out of memory");
	for (uint32_t i = 0; i < n; i++) {
		const struct fake_row *row = fake_row(now, REC_SIGNAL, i);
		const struct cell *c = row->cells;

		if (!row->gone && c[F_SIGNAL_KIND].i == kind &&
			(c[F_SIGNAL_ACCOUNT].i - 1) / PART_ACCOUNTS == part)
			entries[found++] = (struct entry){ REC_SIGNAL, i + 1, row };
	}
	qsort(entries, found, sizeof(*entries), compare_entries);
	for (uint32_t i = 0; st == ST_OK && i < found; i++) {
		const struct cell *c = entries[i].row->cells;

		st = fn(arg, (uint32_t)c[F_SIGNAL_ACCOUNT].i, (int32_t)c[F_SIGNAL_DATE].i,
			c[F_SIGNAL_VALUE].n, e);
	}
	free(entries);
	return st;
}

enum status fake_read_rows_of(struct store *s, enum record_kind kind, const uint32_t *ids,
	uint32_t n, row_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	struct cell cells[RECORD_FIELDS_MAX];
	enum status st = ST_OK;

	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		if (!fake_name(now, REC_ACCOUNT, ids[i]).s)
			continue;
		if (kind != REC_ACCOUNT) {
			st = fake_read_rows(s, kind, ids[i], fn, arg, e);
			continue;
		}
		show(now, kind, fake_row(now, kind, ids[i] - 1), cells);
		st = fn(arg, ids[i], cells, e);
	}
	return st;
}

enum status fake_read_unended(struct store *s, enum record_kind kind, uint32_t account,
	int32_t ended_from, row_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	const int of = record_account_field(record_of(kind));
	const int end = record_end_field(record_of(kind));
	const uint32_t last = account ? account : now->list[REC_ACCOUNT].n;
	enum status st = ST_OK;

	for (uint32_t at = account ? account : 1; at <= last; at++)
		for (uint32_t i = 0; st == ST_OK && i < now->list[kind].n; i++) {
			const struct fake_row *row = fake_row(now, kind, i);
			const struct cell *ended = &row->cells[end];

			if (!row->gone && row->cells[of].i == at &&
				(ended->type == CELL_MISSING || ended->i >= ended_from))
				st = fn(arg, i + 1, row->cells, e);
		}
	return st;
}

struct naming {
	enum record_kind kind;
	row_fn fn;
	void *arg;
};

static enum status tell_names(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct naming *n = arg;
	const struct record *r = record_of(n->kind);
	struct cell some[RECORD_FIELDS_MAX];

	for (int i = 0; i < r->count; i++) {
		const bool prose = r->fields[i].type == FT_TEXT &&
				   !(r->fields[i].flags & FIELD_NAME);

		some[i] = prose ? (struct cell){ .type = CELL_MISSING } : cells[i];
	}
	return n->fn(n->arg, id, some, e);
}

enum status fake_read_unended_names(struct store *s, enum record_kind kind,
	int32_t ended_from, row_fn fn, void *arg, struct err *e)
{
	struct naming n = { kind, fn, arg };

	return fake_read_unended(s, kind, 0, ended_from, tell_names, &n, e);
}

enum status fake_read_past_names(struct store *s, enum record_kind kind, int64_t after,
	uint32_t n, row_fn fn, void *arg, int64_t *last, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	struct naming names = { kind, fn, arg };
	uint32_t seen = 0;
	enum status st = ST_OK;

	*last = 0;
	for (uint32_t i = (uint32_t)after;
		st == ST_OK && seen < n && i < now->list[kind].n; i++) {
		const struct fake_row *row = fake_row(now, kind, i);

		if (row->gone)
			continue;
		*last = i + 1;
		seen++;
		st = tell_names(&names, i + 1, row->cells, e);
	}
	if (seen < n)
		*last = 0;
	return st;
}

/* Room for one more item in what is lent. */
static void *lend(struct fake_store *f, uint32_t n, size_t size)
{
	f->lent = realloc(f->lent, (n + 1) * size);
	if (!f->lent)
		abort();
	return f->lent + n * size;
}

struct lending {
	struct fake_store *f;
	uint32_t n;
};

static enum status lend_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct lending *l = arg;

	(void)e;
	l->n += alert_from_row(id, cells, lend(l->f, l->n, sizeof(struct alert)));
	return ST_OK;
}

static enum status lend_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct lending *l = arg;

	(void)e;
	l->n += task_from_row(id, cells, lend(l->f, l->n, sizeof(struct task)));
	return ST_OK;
}

static enum status lend_part(struct store *s, enum record_kind kind, uint32_t part,
	int32_t ended_from, row_fn fn, uint32_t *n, struct err *e)
{
	struct lending l = { fake_of(s), 0 };
	enum status st = ST_OK;

	for (uint32_t i = 1; st == ST_OK && i <= PART_ACCOUNTS; i++)
		if (part * PART_ACCOUNTS + i <= l.f->now.list[REC_ACCOUNT].n)
			st = fake_read_unended(
				s, kind, part * PART_ACCOUNTS + i, ended_from, fn, &l, e);
	*n = l.n;
	return st;
}

enum status fake_read_alerts(struct store *s, uint32_t part, int32_t ended_from,
	const struct alert **out, uint32_t *n, struct err *e)
{
	enum status st = lend_part(s, REC_ALERT, part, ended_from, lend_alert, n, e);

	*out = (const void *)fake_of(s)->lent;
	return st;
}

/* Their texts live as long as the store. */
enum status fake_read_tasks(struct store *s, uint32_t part, struct arena *a,
	const struct task **out, uint32_t *n, struct err *e)
{
	enum status st = lend_part(s, REC_TASK, part, DAY_MAX, lend_task, n, e);

	(void)a;
	*out = (const void *)fake_of(s)->lent;
	return st;
}

enum status fake_read_accounts_all(struct store *s, row_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t id = 1; id <= now->list[REC_ACCOUNT].n && st == ST_OK; id++)
		st = fake_read_rows_of(s, REC_ACCOUNT, &id, 1, fn, arg, e);
	return st;
}

enum status fake_read_texts(
	struct store *s, uint32_t part, bool names, struct part_texts *out, struct err *e)
{
	static const int field[TXT_COUNT] = { F_ACCOUNT_ID, F_NAME, F_SEGMENT, F_REGION,
		F_INDUSTRY, F_PARENT_ID, F_TAGS, F_LANGUAGE };
	const struct fake_state *now = &fake_of(s)->now;
	const uint32_t first = part * PART_ACCOUNTS, all = fake_last_account(now);

	(void)e;
	out->n = all <= first ? 0 : all - first;
	if (out->n > PART_ACCOUNTS)
		out->n = PART_ACCOUNTS;
	for (uint32_t i = 0; i < out->n; i++) {
		const struct fake_row *row = fake_row(now, REC_ACCOUNT, first + i);

		for (int k = names ? 0 : TXT_SEGMENT;
			k < (names ? TXT_SEGMENT : TXT_COUNT); k++)
			out->of[k][i] =
				!row->gone && row->cells[field[k]].type == CELL_TEXT
					? row->cells[field[k]].t
					: (struct text){ NULL, 0 };
	}
	return ST_OK;
}

enum status fake_read_currencies(
	struct store *s, const char (**codes)[4], uint32_t *n, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	(void)e;
	*codes = fake_item(now, LIST_CURRENCY, 0);
	*n = now->list[LIST_CURRENCY].n;
	return ST_OK;
}
