/* Signals going out: for the rules, as rows, and for verify. */
#include "db/signal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/mirror.h"

/* ---- for the rules ---- */

/* What lies behind the day is of no use: the newest one before it is looked up in the
 * blocks, for those accounts alone. */
static enum status step_back(struct db *d, struct signal_place at, int32_t as_of,
	struct signal_latest *l, struct err *e)
{
	struct signal_latest *past = malloc(sizeof(*past));
	if (past == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	past->n = 0;
	for (uint32_t i = 0; i < PART_ACCOUNTS; i++) {
		/* Nothing is newer than DAY_MAX: the others are not touched. */
		bool wanted = i < l->n && l->day[i] > as_of;
		past->day[i] = wanted ? DAY_NONE : DAY_MAX;
		past->value[i] = (double)NAN;
	}
	enum status st = signal_latest_add(d, at, 0, as_of, past, e);
	for (uint32_t i = 0; st == ST_OK && i < l->n; i++) {
		if (l->day[i] <= as_of)
			continue;
		l->day[i] = past->day[i];
		l->value[i] = past->value[i];
	}
	free(past);
	return st;
}

/* Positions from..from + n - 1 of a place, as of a day. */
static enum status read_newest(struct db *d, struct signal_place at, uint32_t from,
	uint32_t n, int32_t as_of, struct signal_latest *l, struct err *e)
{
	enum status st = signal_latest_read(d, at, l, e);
	bool later = false;
	for (uint32_t i = from; st == ST_OK && i < l->n && i - from < n; i++)
		later |= l->day[i] > as_of;
	return later ? step_back(d, at, as_of, l, e) : st;
}

enum status signal_part(struct db *d, int32_t as_of, struct part *p, struct err *e)
{
	const uint32_t from = (p->first_id - 1) % PART_ACCOUNTS;
	struct signal_latest *l = malloc(sizeof(*l));
	enum status st = l != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
	for (uint32_t k = 0; st == ST_OK && k < SIG_KNOWN; k++) {
		struct signal_place at = { .kind = k + 1,
			.part = db_part_of(p->first_id) };
		st = read_newest(d, at, from, p->n, as_of, l, e);
		if (st != ST_OK || l->n <= from)
			continue;
		uint32_t n = l->n - from < p->n ? l->n - from : p->n;
		memcpy(p->signal_day[k], l->day + from, n * sizeof(*l->day));
		memcpy(p->signal_value[k], l->value + from, n * sizeof(*l->value));
	}
	free(l);
	return st;
}

enum status db_signal_newest(struct store *s, uint32_t kind, uint32_t part, int32_t as_of,
	int32_t *day, double *value, struct err *e)
{
	struct signal_latest *l = malloc(sizeof(*l));
	if (l == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = db_hold(s, e);
	if (st != ST_OK) {
		free(l);
		return st;
	}
	st = read_newest(db_of(s), (struct signal_place){ .kind = kind, .part = part }, 0,
		PART_ACCOUNTS, as_of, l, e);
	db_release(s);
	for (uint32_t i = 0; st == ST_OK && i < PART_ACCOUNTS; i++) {
		day[i] = i < l->n ? l->day[i] : DAY_NONE;
		value[i] = day[i] == DAY_NONE ? (double)NAN : l->value[i];
	}
	free(l);
	return st;
}

/* ---- rows ---- */

/* The values of one kind, and how far they have been given out. */
struct kind_values {
	uint32_t kind;
	struct text name; /* in the reader's arena */
	struct signal_values values;
	uint32_t next;
};

struct reader {
	struct db *d;
	struct arena names;
	struct kind_values *kinds; /* ascending by id */
	uint32_t n;
	struct signal_heads heads;
	struct signal_values block, merged;
	row_fn fn;
	void *arg;
};

static void reader_clear(struct reader *r)
{
	for (uint32_t i = 0; i < r->n; i++)
		signal_values_clear(&r->kinds[i].values);
	signal_values_clear(&r->block);
	signal_values_clear(&r->merged);
	free(r->heads.head);
	free(r->kinds);
	arena_clear(&r->names);
}

static enum status read_kinds(struct reader *r, struct err *e)
{
	int64_t n;
	struct stmt *s;
	bool row;
	enum status st =
		stmt_query_int(r->d, "SELECT count(*) FROM signal_kind", 0, &n, e);
	if (st != ST_OK)
		return st;
	r->kinds = calloc((size_t)n + 1, sizeof(*r->kinds));
	if (r->kinds == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	st = stmt_open(r->d, "SELECT id, name FROM signal_kind ORDER BY id", &s, e);
	if (st != ST_OK)
		return st;
	while ((st = stmt_step(s, &row, e)) == ST_OK && row && r->n < n) {
		struct text name = stmt_text(s, 1);
		char *copy = arena_copy(&r->names, name.s, name.n);
		if (copy == NULL) {
			st = err_set(e, ST_NOMEM, "out of memory");
			break;
		}
		r->kinds[r->n].kind = (uint32_t)stmt_int(s, 0);
		r->kinds[r->n++].name = (struct text){ copy, name.n };
	}
	stmt_close(s);
	return st;
}

/* Keeps the values of positions first..last. */
static void cut(struct signal_values *v, uint32_t first, uint32_t last)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < v->n; i++) {
		if (v->at[i] < first || v->at[i] > last)
			continue;
		v->at[n] = v->at[i];
		v->day[n] = v->day[i];
		v->value[n++] = v->value[i];
	}
	v->n = n;
}

static enum status load_kind(struct reader *r, struct kind_values *k, uint32_t part,
	uint32_t first, uint32_t last, struct err *e)
{
	struct signal_place at = { .kind = k->kind, .part = part };
	enum status st = signal_heads_read(r->d, at, 0, &r->heads, e);
	k->next = 0;
	k->values.n = 0;
	for (uint32_t i = 0; st == ST_OK && i < r->heads.n; i++) {
		st = signal_block_read(r->d, at, &r->heads.head[i], &r->block, e);
		if (st != ST_OK)
			break;
		cut(&r->block, first, last);
		st = signal_values_merge(&k->values, &r->block, &r->merged, e);
		struct signal_values swap = k->values;
		k->values = r->merged;
		r->merged = swap;
	}
	return st;
}

/* Gives out what was loaded for one account. */
static enum status give_account(
	struct reader *r, uint32_t at, struct text account_id, struct err *e)
{
	struct cell cells[SIGNAL_FIELDS] = { [F_SIGNAL_ACCOUNT] =
						     CELL_OF_TEXT(account_id) };
	enum status st = ST_OK;
	for (uint32_t i = 0; i < r->n; i++) {
		struct kind_values *k = &r->kinds[i];
		const struct signal_values *v = &k->values;
		cells[F_SIGNAL_KIND] = CELL_OF_TEXT(k->name);
		while (k->next < v->n && v->at[k->next] < at)
			k->next++; /* of accounts that are gone */
		for (; st == ST_OK && k->next < v->n && v->at[k->next] == at; k->next++) {
			cells[F_SIGNAL_DATE] = CELL_OF_INT(v->day[k->next]);
			cells[F_SIGNAL_VALUE] = CELL_OF_NUMBER(v->value[k->next]);
			st = r->fn(r->arg, 0, cells, e);
		}
	}
	return st;
}

/* The rows of the accounts at positions first..last of a part. */
static enum status give_range(
	struct reader *r, uint32_t part, uint32_t first, uint32_t last, struct err *e)
{
	struct stmt *s = NULL;
	bool row;
	uint32_t any = 0;
	enum status st = ST_OK;
	for (uint32_t i = 0; st == ST_OK && i < r->n; i++) {
		st = load_kind(r, &r->kinds[i], part, first, last, e);
		any |= r->kinds[i].values.n;
	}
	if (st != ST_OK || any == 0)
		return st;
	int64_t base = (int64_t)part * PART_ACCOUNTS + 1;
	st = stmt_open(r->d,
		"SELECT id, account_id FROM account WHERE id BETWEEN ?1 AND ?2"
		" ORDER BY id",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, base + first);
	stmt_bind_int(s, 2, base + last);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		uint32_t at = (uint32_t)(stmt_int(s, 0) - base);
		if ((st = give_account(r, at, stmt_text(s, 1), e)) != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}

/* All rows of a part, in as many pieces as its size asks for. */
static enum status give_part(struct reader *r, uint32_t part, struct err *e)
{
	uint64_t values = 0;
	for (uint32_t i = 0; i < r->n; i++) {
		struct signal_place at = { .kind = r->kinds[i].kind, .part = part };
		enum status st = signal_heads_read(r->d, at, 0, &r->heads, e);
		if (st != ST_OK)
			return st;
		values += signal_heads_values(&r->heads);
	}
	if (values == 0)
		return ST_OK;
	const uint32_t step = signal_accounts_at_once(values);
	enum status st = ST_OK;
	for (uint32_t at = 0; st == ST_OK && at < PART_ACCOUNTS; at += step) {
		uint32_t last = at + step < PART_ACCOUNTS ? at + step : PART_ACCOUNTS;
		st = give_range(r, part, at, last - 1, e);
	}
	return st;
}

enum status db_signal_rows(
	struct db *d, uint32_t account, row_fn fn, void *arg, struct err *e)
{
	struct reader r = { .d = d, .fn = fn, .arg = arg };
	int64_t last;
	arena_init(&r.names);
	enum status st = db_hold(&d->base, e); /* heads and blocks of one state */
	if (st != ST_OK)
		return st;
	st = read_kinds(&r, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "SELECT max(id) FROM account", 0, &last, e);
	if (st == ST_OK && account != 0) {
		uint32_t at = (account - 1) % PART_ACCOUNTS;
		st = give_range(&r, db_part_of(account), at, at, e);
	} else if (st == ST_OK && last > 0) {
		uint32_t end = db_part_of((uint32_t)last);
		for (uint32_t part = 0; st == ST_OK && part <= end; part++)
			st = give_part(&r, part, e);
	}
	reader_clear(&r);
	db_release(&d->base);
	return st;
}

/* ---- one kind ---- */

enum status db_signal_kinds(struct store *s, signal_kind_fn fn, void *arg, struct err *e)
{
	struct reader r = { .d = db_of(s) };
	arena_init(&r.names);
	enum status st = read_kinds(&r, e);
	for (uint32_t i = 0; st == ST_OK && i < r.n; i++)
		st = fn(arg, r.kinds[i].kind, r.kinds[i].name, e);
	reader_clear(&r);
	return st;
}

/* What was loaded, but for accounts that are gone. */
static enum status give_values(const struct kind_values *k, uint32_t part,
	const uint8_t *present, signal_fn fn, void *arg, struct err *e)
{
	const struct signal_values *v = &k->values;
	enum status st = ST_OK;
	for (uint32_t i = 0; st == ST_OK && i < v->n; i++)
		if (present[v->at[i]])
			st = fn(arg, part * PART_ACCOUNTS + v->at[i] + 1, v->day[i],
				v->value[i], e);
	return st;
}

static enum status give_kind(struct store *s, uint32_t kind, uint32_t part, signal_fn fn,
	void *arg, struct err *e)
{
	struct reader r = { .d = db_of(s) };
	uint8_t present[PART_ACCOUNTS];
	arena_init(&r.names);
	r.kinds = calloc(1, sizeof(*r.kinds));
	if (r.kinds == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	r.n = 1;
	r.kinds[0].kind = kind;
	enum status st = signal_heads_read(
		r.d, (struct signal_place){ kind, part }, 0, &r.heads, e);
	const uint64_t values = st == ST_OK ? signal_heads_values(&r.heads) : 0;
	if (values > 0)
		st = mirror_present(r.d, part, present, e);
	const uint32_t step = values > 0 ? signal_accounts_at_once(values) : 1;
	for (uint32_t at = 0; st == ST_OK && values > 0 && at < PART_ACCOUNTS;
		at += step) {
		uint32_t last = at + step < PART_ACCOUNTS ? at + step : PART_ACCOUNTS;
		st = load_kind(&r, &r.kinds[0], part, at, last - 1, e);
		if (st == ST_OK)
			st = give_values(&r.kinds[0], part, present, fn, arg, e);
	}
	reader_clear(&r);
	return st;
}

/* Heads and blocks of one state. */
enum status db_signals(struct store *s, uint32_t kind, uint32_t part, signal_fn fn,
	void *arg, struct err *e)
{
	enum status st = db_hold(s, e);
	if (st != ST_OK)
		return st;
	st = give_kind(s, kind, part, fn, arg, e);
	db_release(s);
	return st;
}

/* ---- verify ---- */

struct check {
	struct db *d;
	void (*found)(void *arg, const char *text);
	void *arg;
	struct signal_latest stored, made;
};

static void tell(const struct check *c, struct signal_place at, const char *what)
{
	char text[160];
	snprintf(text, sizeof(text), "signals of kind %u, part %u: %s", at.kind, at.part,
		what);
	c->found(c->arg, text);
}

/* Reads all blocks of a place, which proves them, and compares the newest values. */
static enum status check_place(struct check *c, struct signal_place at, struct err *e)
{
	const struct signal_latest *a = &c->stored, *b = &c->made;
	enum status st = signal_latest_read(c->d, at, &c->stored, e);
	if (st == ST_OK)
		st = signal_latest_make(c->d, at, &c->made, e);
	if (st == ST_CORRUPT) {
		tell(c, at, "a block is damaged: restore a backup");
		return ST_OK;
	}
	if (st == ST_OK && (memcmp(a->day, b->day, sizeof(a->day)) != 0 ||
				   memcmp(a->value, b->value, sizeof(a->value)) != 0))
		tell(c, at, "the newest values are not those of the blocks");
	return st;
}

enum status db_signal_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct check *c = malloc(sizeof(*c));
	struct stmt *s = NULL;
	bool row;
	if (c == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	*c = (struct check){ .d = d, .found = found, .arg = arg };
	enum status st = stmt_open(d,
		"SELECT kind, part FROM signal_block UNION SELECT kind, part"
		" FROM signal_latest ORDER BY kind, part",
		&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct signal_place at = { (uint32_t)stmt_int(s, 0),
			(uint32_t)stmt_int(s, 1) };
		st = check_place(c, at, e);
	}
	stmt_close(s);
	free(c);
	return st;
}
