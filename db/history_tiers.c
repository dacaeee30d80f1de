/* What operations made of the tiers, packed: one blob each. */
#include <stdio.h>
#include <stdlib.h>

#include "db/db_internal.h"
#include "db/mirror.h"

enum past_column {
	PAST_ACCOUNT,
	PAST_TIER,
	PAST_UP = PAST_TIER + 2,
	PAST_DOWN = PAST_UP + 2,
	PAST_SINCE = PAST_DOWN + 2,
	PAST_COLUMNS = PAST_SINCE + 2
};

/* Columns of a tier_past; of each pair the first is before. In one piece of memory. */
struct columns {
	int32_t *account, *since[2];
	uint8_t *tier[2], *up[2], *down[2];
	void *memory; /* owned */
};

static enum status columns_init(struct columns *c, uint32_t n, struct err *e)
{
	const size_t each = 3 * sizeof(int32_t) + 6;
	c->memory = malloc(((size_t)n + 1) * each);
	if (c->memory == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	c->account = c->memory;
	c->since[0] = c->account + n;
	c->since[1] = c->since[0] + n;
	c->tier[0] = (uint8_t *)(c->since[1] + n);
	c->tier[1] = c->tier[0] + n;
	for (size_t side = 0; side < 2; side++) {
		c->up[side] = c->tier[0] + (2 + side) * n;
		c->down[side] = c->tier[0] + (4 + side) * n;
	}
	return ST_OK;
}

static void spread(const struct tier_past *p, struct columns *c)
{
	for (uint32_t i = 0; i < p->n; i++) {
		const struct tier_change *x = &p->change[i];
		c->account[i] = (int32_t)x->account;
		for (int side = 0; side < 2; side++) {
			const struct tier_place *at = side ? &x->after : &x->before;
			c->tier[side][i] = at->tier;
			c->up[side][i] = at->up;
			c->down[side][i] = at->down;
			c->since[side][i] = at->since;
		}
	}
}

static enum status pack_past(const struct tier_past *p, struct pack *out, struct err *e)
{
	struct columns c;
	enum status st = columns_init(&c, p->n, e);
	if (st != ST_OK)
		return st;
	spread(p, &c);
	pack_begin(out, p->n);
	pack_i32(out, c.account);
	for (int side = 0; side < 2; side++)
		pack_u8(out, c.tier[side]);
	for (int side = 0; side < 2; side++)
		pack_u8(out, c.up[side]);
	for (int side = 0; side < 2; side++)
		pack_u8(out, c.down[side]);
	for (int side = 0; side < 2; side++)
		pack_i32(out, c.since[side]);
	st = pack_end(out, e);
	free(c.memory);
	return st;
}

enum status db_history_tiers_add(
	struct store *store, int64_t operation, const struct tier_past *p, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	struct pack packed = { 0 };
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = pack_past(p, &packed, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "INSERT INTO operation_tiers VALUES (?, ?, ?, ?)", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, operation);
		if (p->review_before != DAY_NONE)
			stmt_bind_int(s, 2, p->review_before);
		if (p->review_after != DAY_NONE)
			stmt_bind_int(s, 3, p->review_after);
		stmt_bind_blob(s, 4, packed.data, packed.n);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	pack_clear(&packed);
	return st;
}

static enum status get_columns(
	const struct pack_view *v, struct columns *c, struct err *e)
{
	enum status st = pack_get_i32(v, PAST_ACCOUNT, c->account, e);
	for (unsigned side = 0; st == ST_OK && side < 2; side++) {
		st = pack_get_u8(v, PAST_TIER + side, c->tier[side], e);
		if (st == ST_OK)
			st = pack_get_u8(v, PAST_UP + side, c->up[side], e);
		if (st == ST_OK)
			st = pack_get_u8(v, PAST_DOWN + side, c->down[side], e);
		if (st == ST_OK)
			st = pack_get_i32(v, PAST_SINCE + side, c->since[side], e);
	}
	return st;
}

/* Arrays are indexed by these, and tables by the tiers. */
static bool is_past(const struct columns *c, uint32_t i)
{
	return c->account[i] > (i > 0 ? c->account[i - 1] : 0) &&
	       c->account[i] <= DB_ACCOUNT_MAX && c->tier[0][i] <= TIER_COUNT &&
	       c->tier[1][i] <= TIER_COUNT;
}

static enum status gather(struct tier_past *p, const struct columns *c, struct err *e)
{
	for (uint32_t i = 0; i < p->n; i++) {
		struct tier_place side[2];
		if (!is_past(c, i))
			return err_set(e, ST_CORRUPT, "a place that can't be");
		for (int k = 0; k < 2; k++)
			side[k] = (struct tier_place){ c->tier[k][i], c->up[k][i],
				c->down[k][i], c->since[k][i] };
		p->change[i] =
			(struct tier_change){ (uint32_t)c->account[i], side[0], side[1] };
	}
	return ST_OK;
}

static enum status unpack_past(
	const void *data, size_t n, struct tier_past *out, struct err *e)
{
	struct pack_view v;
	struct columns c;
	enum status st = pack_open(&v, data, n, PAST_COLUMNS, e);
	if (st == ST_OK)
		st = columns_init(&c, v.rows, e);
	if (st != ST_OK)
		return st;
	out->n = v.rows;
	out->change = malloc(((size_t)v.rows + 1) * sizeof(*out->change));
	st = out->change != NULL ? get_columns(&v, &c, e)
				 : err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = gather(out, &c, e);
	free(c.memory);
	return st;
}

enum status db_history_tiers(struct store *store, int64_t operation,
	struct tier_past *out, bool *there, struct err *e)
{
	struct stmt *s;
	size_t n;
	enum status st = stmt_open(db_of(store),
		"SELECT ifnull(review_before, ?2), ifnull(review_after, ?2), data"
		" FROM operation_tiers WHERE operation = ?1",
		&s, e);
	*out = (struct tier_past){ .n = 0 };
	*there = false;
	if (st == ST_OK) {
		stmt_bind_int(s, 1, operation);
		stmt_bind_int(s, 2, DAY_NONE);
		st = stmt_step(s, there, e);
	}
	if (st == ST_OK && *there) {
		const void *data = stmt_blob(s, 2, &n);
		out->review_before = mirror_day(stmt_int(s, 0));
		out->review_after = mirror_day(stmt_int(s, 1));
		st = unpack_past(data, n, out, e);
		if (st != ST_OK)
			(void)err_prefix(
				e, "tiers of operation %lld", (long long)operation);
	}
	stmt_close(s);
	return st;
}

/* ---- of one account ---- */

/* *moved: the account is among them, and its tier is another then. */
static enum status moves_account(
	const void *data, size_t n, uint32_t account, bool *moved, struct err *e)
{
	struct pack_view v;
	struct columns c;
	uint32_t at = 0;
	enum status st = pack_open(&v, data, n, PAST_COLUMNS, e);
	if (st == ST_OK)
		st = columns_init(&c, v.rows, e);
	if (st != ST_OK)
		return st;
	st = pack_get_i32(&v, PAST_ACCOUNT, c.account, e);
	for (uint32_t side = 0; st == ST_OK && side < 2; side++)
		st = pack_get_u8(&v, PAST_TIER + side, c.tier[side], e);
	for (uint32_t end = v.rows; st == ST_OK && at < end;) {
		const uint32_t middle = at + (end - at) / 2;
		if (c.account[middle] < (int32_t)account)
			at = middle + 1;
		else
			end = middle;
	}
	*moved = st == ST_OK && at < v.rows && c.account[at] == (int32_t)account &&
		 c.tier[0][at] != c.tier[1][at];
	free(c.memory);
	return st;
}

#define ID_MAX 21 /* characters of a number and what stands between two */

enum status db_history_tiers_of(
	struct db *d, uint32_t account, struct arena *a, struct text *out, struct err *e)
{
	struct stmt *s = NULL;
	size_t n = 0;
	char *text = NULL;
	int64_t count;
	bool row;
	enum status st =
		stmt_query_int(d, "SELECT count(*) FROM operation_tiers", 0, &count, e);
	if (st == ST_OK && (text = arena_alloc(a, (size_t)count * ID_MAX + 3)) == NULL)
		st = err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = stmt_open(
			d, "SELECT operation, data FROM operation_tiers LIMIT ?", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, count);
		text[n++] = '[';
	}
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		size_t size;
		bool moved = false;
		const void *data = stmt_blob(s, 1, &size);
		st = moves_account(data, size, account, &moved, e);
		if (st == ST_OK && moved)
			n += (size_t)snprintf(text + n, ID_MAX, "%s%lld",
				n > 1 ? "," : "", (long long)stmt_int(s, 0));
		else if (st != ST_OK)
			(void)err_prefix(
				e, "tiers of operation %lld", (long long)stmt_int(s, 0));
	}
	stmt_close(s);
	if (st == ST_OK)
		text[n++] = ']';
	*out = (struct text){ text, n };
	return st;
}
