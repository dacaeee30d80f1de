#include "core/import_refs.h"

#include <inttypes.h>
#include <stdio.h>

enum status import_refs_begin(struct import_refs *x, struct err *e)
{
	x->keys = key_cache_new();
	return x->keys != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
}

void import_refs_clear(struct import_refs *x)
{
	key_cache_free(&x->keys);
	import_names_clear(&x->names);
}

static enum record_kind kind_of(enum field_type type)
{
	if (type == FT_ACCOUNT)
		return REC_ACCOUNT;
	return type == FT_CSM ? REC_CSM : REC_SIGNAL;
}

static struct text without_gaps(struct text t)
{
	while (t.n > 0 && (*t.s == ' ' || *t.s == '_' || *t.s == '-')) {
		t.s++;
		t.n--;
	}
	return t;
}

/* But for case, and for what stands between words. */
static bool is_spelled(struct text a, struct text b)
{
	a = without_gaps(a);
	b = without_gaps(b);
	while (a.n > 0 && b.n > 0 &&
		text_ieq((struct text){ a.s, 1 }, (struct text){ b.s, 1 })) {
		a = without_gaps((struct text){ a.s + 1, a.n - 1 });
		b = without_gaps((struct text){ b.s + 1, b.n - 1 });
	}
	return a.n == 0 && b.n == 0;
}

/* Signals that the rules read have one spelling: "Active days" is active_days. */
static struct text signal_name(struct text name)
{
	for (int i = 0; i < SIG_KNOWN; i++) {
		if (is_spelled(name, text_of(known_signal_name[i])))
			return text_of(known_signal_name[i]);
	}
	return name;
}

enum status import_refs_check_team(
	const struct import_refs *x, uint32_t id, int field, struct err *e)
{
	if (id <= RECORD_CSM_MAX)
		return ST_OK;
	return err_set(e, ST_INVALID,
		"%s:%" PRIu64 ":%" PRIu32 ": %s: the book would have more than %u CSMs: "
		"take the column that names the owner of the account",
		x->file, x->in->csv.line, intake_column(x->in, field),
		x->in->record->fields[field].name, RECORD_CSM_MAX);
}

/* A CSM whose name is there, or was before in the file, but for case and blanks; 0: there
 * is none. Files of our own say what they mean. */
static enum status find_alike(
	struct import_refs *x, struct text name, uint32_t *id, struct err *e)
{
	struct text known;
	enum status st = x->store->ops->find(x->store, REC_CSM, name, id, e);

	if (st != ST_OK || *id != 0 || x->in->marked)
		return st;
	st = import_names_find(&x->names, x->store, name, id, &known, e);
	if (st == ST_OK && *id != 0)
		import_added_alike(&x->added, name, known, x->result);
	return st;
}

/* Whether the row, of an account as all that name an owner, is to have it: that of one
 * that is there may stay. */
static enum status is_owner_taken(
	struct import_refs *x, const struct cell *row, bool *taken, struct err *e)
{
	const struct store_ops *ops = x->store->ops;
	const enum put_mode mode = x->in->map.on_conflict;
	struct cell now[RECORD_FIELDS_MAX];
	struct arena a;
	uint32_t id = 0;
	bool there = false;
	enum status st = ST_OK;

	*taken = true;
	if (mode == PUT_OVERWRITE)
		return ST_OK;
	arena_init(&a);
	st = ops->find(x->store, REC_ACCOUNT, cell_as_text(&row[F_ACCOUNT_ID]), &id, e);
	if (st == ST_OK && id)
		st = ops->row_read(x->store, REC_ACCOUNT, id, &a, now, &there, e);
	if (there)
		*taken = mode == PUT_FILL && now[F_CSM].type == CELL_MISSING;
	arena_clear(&a);
	return st;
}

/* In the place of an account's id: that of one of several contracts of it. */
#define OF_SEVERAL UINT32_MAX

/* Of the contracts of an account those beside one that a row names. */
struct others {
	uint32_t contract;
	int32_t day; /* of the row */
	bool any, running;
};

static enum status note_other(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct others *o = arg;

	(void)e;
	if (id == (int64_t)o->contract)
		return ST_OK;
	o->any = true;
	o->running = o->running || record_contract_runs(cells, o->day);
	return ST_OK;
}

/* Figures are the account's: those of contracts that run on one day would take each
 * other's place. One that was renewed by then, or is not begun, has none. */
static enum status find_others(struct import_refs *x, uint32_t account,
	const struct cell *row, struct others *o, struct err *e)
{
	if (x->in->record != record_of(REC_SIGNAL))
		return ST_OK;
	o->day = cell_day(&row[F_SIGNAL_DATE]);
	return x->store->ops->rows(x->store, REC_CONTRACT, account, note_other, o, e);
}

/* Usage and bills are often kept by subscription: where no account has the id, the
 * contract that has it says whose it is. */
static enum status find_by_contract(struct import_refs *x, struct text key,
	const struct cell *row, uint32_t *id, struct err *e)
{
	const struct store_ops *ops = x->store->ops;
	struct cell cells[RECORD_FIELDS_MAX];
	struct others o = { 0 };
	struct arena a;
	bool there = false;
	enum status st = ST_OK;

	*id = key_cache_find(x->keys, REC_CONTRACT, key);
	if (*id == 0)
		st = ops->find(x->store, REC_CONTRACT, key, &o.contract, e);
	if (st == ST_OK && o.contract != 0) {
		arena_init(&a);
		st = ops->row_read(
			x->store, REC_CONTRACT, o.contract, &a, cells, &there, e);
		if (st == ST_OK && there) {
			*id = (uint32_t)cells[F_CONTRACT_ACCOUNT].i;
			st = find_others(x, *id, row, &o, e);
		}
		if (st == ST_OK && there && !o.any)
			key_cache_put(x->keys, REC_CONTRACT, key, *id);
		arena_clear(&a);
	}
	if (o.running)
		*id = OF_SEVERAL;
	else if (st == ST_OK && *id != 0)
		import_added_contract(&x->added, key);
	return st;
}

static enum status find_account(struct import_refs *x, struct text key,
	const struct cell *row, uint32_t *id, struct err *e)
{
	enum status st = x->store->ops->find(x->store, REC_ACCOUNT, key, id, e);

	if (st != ST_OK || *id != 0 || x->in->record == record_of(REC_CONTRACT))
		return st;
	return find_by_contract(x, key, row, id, e);
}

/* Id of an account, CSM or signal; 0 when there is no such account, and of a CSM that
 * only a row would bring that does not take it. */
static enum status find_id(struct import_refs *x, enum field_type type, struct text key,
	const struct cell *row, uint32_t *id, struct err *e)
{
	enum record_kind kind = kind_of(type);
	bool added = false, taken = true;
	enum status st = ST_OK;
	if (kind == REC_ACCOUNT)
		return find_account(x, key, row, id, e);
	*id = key_cache_find(x->keys, kind, key);
	if (*id != 0)
		return ST_OK;
	struct text name = kind == REC_SIGNAL ? signal_name(key) : key;
	if (kind == REC_CSM)
		st = find_alike(x, name, id, e);
	if (st == ST_OK && *id == 0 && kind == REC_CSM)
		st = is_owner_taken(x, row, &taken, e);
	if (st == ST_OK && *id == 0 && taken)
		st = x->store->ops->find_or_add(x->store, kind, name, id, &added, e);
	if (st != ST_OK)
		return st;
	if (added && kind == REC_SIGNAL)
		import_added_signal(&x->added, name, x->result);
	if (added && kind == REC_CSM) {
		x->fresh = *id;
		x->fresh_name = name;
	} else if (*id != 0) {
		key_cache_put(x->keys, kind, key, *id);
	}
	return ST_OK;
}

enum status import_refs_resolve(struct import_refs *x, struct cell *row, bool csms,
	bool *good, struct intake_fault *fault, struct err *e)
{
	const struct record *record = x->in->record;
	*good = true;
	x->owner_left = false;
	for (int f = 0; f < record->count; f++) {
		enum field_type type = record->fields[f].type;
		char shown[100 + 1];
		uint32_t id;
		if (type < FT_ACCOUNT || (type == FT_CSM) != csms ||
			row[f].type != CELL_TEXT)
			continue;
		struct text key = row[f].t;
		if (type == FT_CSM && text_ieq(key, TEXT("pool"))) {
			row[f].type = CELL_MISSING; /* nobody, as everywhere */
			continue;
		}
		enum status st = find_id(x, type, key, row, &id, e);
		if (st == ST_OK && type == FT_CSM)
			st = import_refs_check_team(x, id, f, e);
		if (st != ST_OK)
			return st;
		if (id == 0 && type == FT_CSM) {
			row[f].type = CELL_MISSING;
			x->owner_left = true;
			continue;
		}
		if (id == 0 || id == OF_SEVERAL) {
			intake_blame(x->in, f, fault);
			snprintf(shown, sizeof(shown), "%.*s", convert_shown(key, 100),
				key.s);
			complaint_say(&fault->what, shown, NULL,
				id == 0 ? "the book has no account \"{}\""
					: "\"{}\" is one of several contracts of its "
					  "account: add their figures up, and name the "
					  "account");
			*good = false;
			return ST_OK;
		}
		row[f] = CELL_OF_INT(id);
	}
	return ST_OK;
}

enum status import_refs_keep(struct import_refs *x, struct err *e)
{
	const struct text name = x->fresh_name;
	const uint32_t id = x->fresh;
	if (id == 0)
		return ST_OK;
	x->fresh = 0;
	key_cache_put(x->keys, REC_CSM, name, id);
	import_added_csm(&x->added, name,
		x->added.csms < IMPORT_CSMS_NAMED ? import_names_near(&x->names, name)
						  : NULL,
		x->result);
	const enum status st = import_history_csm(x->history, id, name, e);
	return st == ST_OK ? import_names_add(&x->names, id, name, e) : st;
}

enum status import_refs_drop(struct import_refs *x, struct err *e)
{
	const uint32_t id = x->fresh;
	x->fresh = 0;
	return id != 0 ? x->store->ops->row_remove(x->store, REC_CSM, id, e) : ST_OK;
}

void import_refs_notes(const struct import_refs *x)
{
	import_added_notes(&x->added, x->result);
}
