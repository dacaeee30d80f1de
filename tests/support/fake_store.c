#include "tests/support/fake_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/alert_life.h"
#include "core/task.h"
#include "tests/support/fake_state.h"
#include "tests/support/store_text.h"

static struct fake_store *fake_of(struct store *s)
{
	return (struct fake_store *)s; /* its first member */
}

/* ---- the book and its transactions ------------------------------------------- */

static void rollback(struct store *s)
{
	struct fake_store *f = fake_of(s);

	if (!f->in_transaction)
		return;
	fake_state_clear(&f->now);
	f->now = f->before;
	f->in_transaction = f->in_batch = false;
	fake_settle(f, false);
}

static void close_store(struct store *s)
{
	struct fake_store *f = fake_of(s);

	assert(f->holds == 0);
	rollback(s);
	fake_state_clear(&f->now);
	while (f->copies)
		fake_drop_copy(f);
	arena_clear(&f->texts);
	free(f->lent);
	free(f);
}

static enum status info(struct store *s, struct book_info *out, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	(void)e;
	*out = (struct book_info){
		.last_id = fake_last_account(now),
		.csms = fake_rows(now, REC_CSM),
		.first_ticket = DAY_NONE,
		.newest_snapshot = DAY_NONE,
		.alert_day = now->alert_day,
		.path = "",
	};
	for (uint32_t i = 0; i < now->list[REC_TICKET].n; i++) {
		const struct fake_row *row = fake_row(now, REC_TICKET, i);
		int64_t day = row->cells[F_TICKET_OPENED].i;

		if (row->gone)
			continue;
		if (out->first_ticket == DAY_NONE || day < out->first_ticket)
			out->first_ticket = (int32_t)day;
	}
	for (uint32_t i = 0; i < now->list[LIST_SNAPSHOT].n; i++) {
		const struct snapshot_day *day = fake_item(now, LIST_SNAPSHOT, i);

		if (day->day > out->newest_snapshot)
			out->newest_snapshot = day->day;
	}
	return ST_OK;
}

/* Nobody else can open a book in memory. */
static enum status data_version(struct store *s, int64_t *out, struct err *e)
{
	(void)s;
	(void)e;
	*out = 1;
	return ST_OK;
}

static enum status begin(struct store *s, struct err *e)
{
	struct fake_store *f = fake_of(s);

	if (f->in_transaction)
		return err_set(e, ST_USAGE, "a transaction is open already");
	fake_state_copy(&f->before, &f->now);
	memset(f->next_picture, 0, sizeof(f->next_picture));
	f->in_transaction = true;
	return ST_OK;
}

static enum status commit(struct store *s, struct err *e)
{
	struct fake_store *f = fake_of(s);

	if (!f->in_transaction || f->in_batch)
		return err_set(e, ST_USAGE, "nothing to commit, or a batch is open");
	fake_state_clear(&f->before);
	memcpy(f->picture, f->next_picture, sizeof(f->picture));
	f->in_transaction = false;
	fake_settle(f, true);
	return ST_OK;
}

/* It can't be opened again. */
static enum status state(
	struct store *s, struct arena *a, struct text *out, struct err *e)
{
	(void)s;
	(void)a;
	(void)e;
	*out = (struct text){ NULL, 0 };
	return ST_OK;
}

static enum status picture_save(struct store *s, uint32_t which, struct text bytes,
	uint32_t accounts, struct err *e)
{
	struct fake_store *f = fake_of(s);

	(void)accounts;
	if (!f->in_transaction)
		return err_set(e, ST_USAGE, "a picture outside a transaction");
	if (which == PICTURE_OF_LIST)
		memset(f->next_picture, 0, sizeof(f->next_picture));
	if (which < FAKE_PICTURES)
		f->next_picture[which] = fake_text(f, bytes);
	return ST_OK;
}

static enum status picture_keep(
	struct store *s, const uint32_t *gone, uint32_t n, struct err *e)
{
	struct fake_store *f = fake_of(s);

	if (!f->in_transaction)
		return err_set(e, ST_USAGE, "a picture outside a transaction");
	if (gone)
		memcpy(f->next_picture, f->picture, sizeof(f->picture));
	f->next_picture[PICTURE_OF_LIST] = f->picture[PICTURE_OF_LIST];
	for (uint32_t i = 0; i < n; i++)
		if (gone[i] < FAKE_PICTURES)
			f->next_picture[gone[i]] = (struct text){ NULL, 0 };
	return ST_OK;
}

static enum status picture_load(struct store *s, uint32_t which, struct arena *a,
	struct text *out, int64_t *version, struct err *e)
{
	struct fake_store *f = fake_of(s);

	(void)a;
	*out = f->in_transaction || which >= FAKE_PICTURES ? (struct text){ NULL, 0 }
							   : f->picture[which];
	return data_version(s, version, e);
}

/* Nobody else can change a book in memory. */
static enum status hold(struct store *s, struct err *e)
{
	(void)e;
	fake_of(s)->holds++;
	return ST_OK;
}

static void release(struct store *s)
{
	fake_of(s)->holds--;
}

/* ---- keys -------------------------------------------------------------------- */

static enum status find(struct store *s, enum record_kind kind, struct text key,
	uint32_t *id, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	if (kind != REC_ACCOUNT && kind != REC_CSM && kind != REC_SIGNAL)
		return err_set(e, ST_USAGE, "%s have no ids", record_of(kind)->name);
	*id = kind == REC_SIGNAL ? fake_signal_kind(now, key)
				 : fake_row_find(now, kind, key);
	return ST_OK;
}

static enum status find_or_add(struct store *s, enum record_kind kind, struct text key,
	uint32_t *id, bool *added, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct cell cells[RECORD_FIELDS_MAX] = { CELL_OF_TEXT(key) };

	if (!f->in_transaction || (kind != REC_CSM && kind != REC_SIGNAL))
		return err_set(
			e, ST_USAGE, "%s can't be added by name", record_of(kind)->name);
	(void)find(s, kind, key, id, e); /* these kinds have ids */
	*added = !*id;
	if (*id)
		return ST_OK;
	if (kind == REC_SIGNAL) {
		struct text *name = fake_add(&f->now, LIST_SIGNAL_KIND);

		*name = fake_text(f, key);
		*id = f->now.list[LIST_SIGNAL_KIND].n;
	} else {
		struct fake_row *row = fake_row_add(&f->now, kind, cells);

		row->cells[F_CSM_NAME] = CELL_OF_TEXT(fake_text(f, key));
		*id = f->now.list[kind].n;
	}
	return ST_OK;
}

static enum status key(struct store *s, enum record_kind kind, uint32_t id,
	struct arena *a, struct text *out, struct err *e)
{
	if (kind != REC_ACCOUNT && kind != REC_CSM && kind != REC_SIGNAL)
		return err_set(e, ST_USAGE, "%s have no ids", record_of(kind)->name);
	*out = fake_name(&fake_of(s)->now, kind, id);
	if (out->s)
		out->s = arena_copy(a, out->s, out->n);
	return ST_OK;
}

static enum status account_keys(struct store *s, const uint32_t *ids, uint32_t n,
	struct arena *a, struct text *out, struct err *e)
{
	for (uint32_t i = 0; i < n; i++)
		(void)key(s, REC_ACCOUNT, ids[i], a, &out[i], e); /* accounts have ids */
	return ST_OK;
}

/* ---- rows out ---------------------------------------------------------------- */

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

static enum status rows(struct store *s, enum record_kind kind, uint32_t account,
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

static enum status accounts(struct store *s, const uint32_t *ids, uint32_t n, row_fn fn,
	void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	struct cell cells[RECORD_FIELDS_MAX];
	enum status st = ST_OK;

	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		if (!fake_name(now, REC_ACCOUNT, ids[i]).s)
			continue;
		show(now, REC_ACCOUNT, fake_row(now, REC_ACCOUNT, ids[i] - 1), cells);
		st = fn(arg, ids[i], cells, e);
	}
	return st;
}

static enum status unended(struct store *s, enum record_kind kind, uint32_t account,
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

static enum status unended_names(struct store *s, enum record_kind kind,
	int32_t ended_from, row_fn fn, void *arg, struct err *e)
{
	struct naming n = { kind, fn, arg };

	return unended(s, kind, 0, ended_from, tell_names, &n, e);
}

static enum status past_names(struct store *s, enum record_kind kind, int64_t after,
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
			st = unended(
				s, kind, part * PART_ACCOUNTS + i, ended_from, fn, &l, e);
	*n = l.n;
	return st;
}

static enum status alerts(struct store *s, uint32_t part, int32_t ended_from,
	const struct alert **out, uint32_t *n, struct err *e)
{
	enum status st = lend_part(s, REC_ALERT, part, ended_from, lend_alert, n, e);

	*out = (const void *)fake_of(s)->lent;
	return st;
}

/* Their texts live as long as the store. */
static enum status tasks(struct store *s, uint32_t part, struct arena *a,
	const struct task **out, uint32_t *n, struct err *e)
{
	enum status st = lend_part(s, REC_TASK, part, DAY_MAX, lend_task, n, e);

	(void)a;
	*out = (const void *)fake_of(s)->lent;
	return st;
}

static enum status alerts_looked(
	struct store *s, int32_t day, int32_t ended_from, struct err *e)
{
	(void)ended_from;
	(void)e;
	fake_of(s)->now.alert_day = day;
	return ST_OK;
}

static enum status accounts_all(struct store *s, row_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t id = 1; id <= now->list[REC_ACCOUNT].n && st == ST_OK; id++)
		st = accounts(s, &id, 1, fn, arg, e);
	return st;
}

static enum status texts(
	struct store *s, uint32_t part, bool names, struct part_texts *out, struct err *e)
{
	static const int field[TXT_COUNT] = { F_ACCOUNT_ID, F_NAME, F_SEGMENT, F_REGION,
		F_INDUSTRY, F_PARENT_ID, F_TAGS };
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

static enum status currencies(
	struct store *s, const char (**codes)[4], uint32_t *n, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	(void)e;
	*codes = fake_item(now, LIST_CURRENCY, 0);
	*n = now->list[LIST_CURRENCY].n;
	return ST_OK;
}

/* ---- care -------------------------------------------------------------------- */

static enum status verify(struct store *s, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	(void)s;
	(void)found;
	(void)arg;
	(void)e;
	return ST_OK;
}

static enum status backup(struct store *s, const char *path, bool replace, struct err *e)
{
	(void)s;
	(void)path;
	(void)replace;
	return err_set(e, ST_FORBIDDEN, "a book in memory has no file");
}

static const struct store_ops ops = {
	.close = close_store,
	.info = info,
	.data_version = data_version,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.hold = hold,
	.release = release,
	.find = find,
	.find_or_add = find_or_add,
	.key = key,
	.account_keys = account_keys,
	.batch_begin = fake_batch_begin,
	.put = fake_put,
	.batch_end = fake_batch_end,
	.rows = rows,
	.accounts = accounts,
	.accounts_all = accounts_all,
	.unended = unended,
	.unended_names = unended_names,
	.past_names = past_names,
	.alerts = alerts,
	.tasks = tasks,
	.alerts_looked = alerts_looked,
	.row_read = fake_row_read,
	.row_write = fake_row_write,
	.row_add = fake_row_insert,
	.row_remove = fake_row_remove,
	.deliveries = fake_deliveries,
	.delivery_save = fake_delivery_save,
	.delivery_drop = fake_delivery_drop,
	.history_last = fake_history_last,
	.history_add = fake_history_add,
	.history_save = fake_history_save,
	.sealed = fake_sealed,
	.operations = fake_operations,
	.operation_changes = fake_operation_changes,
	.field_changes = fake_field_changes,
	.history_tiers_add = fake_history_tiers_add,
	.history_tiers = fake_history_tiers,
	.keep = fake_keep,
	.put_back = fake_put_back,
	.texts = texts,
	.part = fake_part,
	.currencies = currencies,
	.snapshot_save = fake_snapshot_save,
	.snapshot_find = fake_snapshot_find,
	.snapshot_load = fake_snapshot_load,
	.snapshot_history = fake_snapshot_history,
	.snapshot_health = fake_snapshot_health,
	.snapshot_healths = fake_snapshot_healths,
	.snapshot_sums = fake_snapshot_sums,
	.tickets_opened = fake_tickets_opened,
	.state = state,
	.picture_save = picture_save,
	.picture_keep = picture_keep,
	.picture_load = picture_load,
	.tiers_load = fake_tiers_load,
	.tiers_save = fake_tiers_save,
	.review_save = fake_review_save,
	.review_day = fake_review_day,
	.moves = fake_moves,
	.policy_load = fake_policy_load,
	.policy_save = fake_policy_save,
	.verify = verify,
	.backup = backup,
};

struct store *fake_store_new(void)
{
	struct fake_store *f = calloc(1, sizeof(*f));

	if (!f)
		abort();
	f->store.ops = &ops;
	arena_init(&f->texts);
	fake_state_init(&f->now);
	return &f->store;
}

struct store *fake_store_copy(struct store *from)
{
	const struct fake_store *f = fake_of(from);
	struct store *s = fake_store_new();
	struct fake_store *to = fake_of(s);

	fake_state_clear(&to->now);
	fake_state_copy(&to->now, &f->now);
	to->batches = f->batches;
	memcpy(to->picture, f->picture, sizeof(to->picture));
	return s;
}

uint64_t fake_digest(struct store *s)
{
	static const int32_t days[] = { DAY_MAX };
	char *text = store_text(s, days, 1);
	uint64_t h = 14695981039346656037u;

	for (const char *c = text; *c; c++)
		h = (h ^ (unsigned char)*c) * 1099511628211u;
	free(text);
	return h;
}
