#include "tests/support/fake_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/fnv.h"
#include "tests/support/fake_state.h"
#include "tests/support/store_text.h"

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

	if (kind != REC_ACCOUNT && kind != REC_CSM && kind != REC_SIGNAL &&
		kind != REC_CONTRACT)
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
	if (kind != REC_ACCOUNT && kind != REC_CSM && kind != REC_SIGNAL &&
		kind != REC_CONTRACT)
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

static enum status alerts_looked(
	struct store *s, int32_t day, int32_t ended_from, struct err *e)
{
	(void)ended_from;
	(void)e;
	fake_of(s)->now.alert_day = day;
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
	.rows = fake_read_rows,
	.rows_of = fake_read_rows_of,
	.accounts_all = fake_read_accounts_all,
	.unended = fake_read_unended,
	.unended_names = fake_read_unended_names,
	.past_names = fake_read_past_names,
	.alerts = fake_read_alerts,
	.tasks = fake_read_tasks,
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
	.signal_kinds = fake_read_signal_kinds,
	.signals = fake_read_signals,
	.texts = fake_read_texts,
	.part = fake_part,
	.part_of_one = fake_part_of_one,
	.signal = fake_signal,
	.currencies = fake_read_currencies,
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
	const uint64_t h = fnv_of(text_of(text));

	free(text);
	return h;
}
