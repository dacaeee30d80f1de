/*
 * Tiers: three lists of members, whose length the schema holds under the caps, and
 * beside them what a review remembers about each account, packed per part. The lists
 * decide; they may have been changed by another SQL client since.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/mirror.h"

enum state_column { STATE_TIER, STATE_SINCE, STATE_UP, STATE_DOWN, STATE_COLUMNS };

/* ---- members ---- */

uint32_t db_tier_member(const unsigned char *bytes)
{
	uint32_t id = 0;
	for (int i = 0; i < DB_MEMBER_BYTES - 1; i++) {
		if (bytes[i] < '0' || bytes[i] > '9')
			return 0;
		id = id * 10 + (uint32_t)(bytes[i] - '0');
	}
	return bytes[DB_MEMBER_BYTES - 1] == ',' ? id : 0;
}

static void write_member(unsigned char *bytes, uint32_t id)
{
	bytes[DB_MEMBER_BYTES - 1] = ',';
	for (int i = DB_MEMBER_BYTES - 2; i >= 0; i--) {
		bytes[i] = (unsigned char)('0' + id % 10);
		id /= 10;
	}
}

/* Who stands in two lists is in the higher tier: that can only leave room. */
static enum status load_rosters(struct db *d, struct tiers *t, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT tier, members FROM tier_roster ORDER BY tier", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		uint8_t tier = (uint8_t)stmt_int(s, 0);
		size_t n;
		const unsigned char *bytes = stmt_blob(s, 1, &n);
		for (size_t i = 0; i + DB_MEMBER_BYTES <= n; i += DB_MEMBER_BYTES) {
			uint32_t id = db_tier_member(bytes + i);
			if (id > 0 && id <= t->n && t->tier[id - 1] == TIER_NONE)
				t->tier[id - 1] = tier;
		}
	}
	stmt_close(s);
	return st;
}

/* ---- state ---- */

struct state {
	uint8_t tier[PART_ACCOUNTS], up[PART_ACCOUNTS], down[PART_ACCOUNTS];
	int32_t since[PART_ACCOUNTS];
};

static enum status read_state(
	struct stmt *s, struct state *out, uint32_t *n, struct err *e)
{
	struct pack_view v;
	size_t size;
	const void *data = stmt_blob(s, 1, &size);
	enum status st = pack_open(&v, data, size, STATE_COLUMNS, e);
	if (st == ST_OK && v.rows > PART_ACCOUNTS)
		st = err_set(e, ST_CORRUPT, "%u accounts in a part", v.rows);
	if (st == ST_OK)
		st = pack_get_u8(&v, STATE_TIER, out->tier, e);
	if (st == ST_OK)
		st = pack_get_i32(&v, STATE_SINCE, out->since, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, STATE_UP, out->up, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, STATE_DOWN, out->down, e);
	*n = st == ST_OK ? v.rows : 0;
	return st;
}

static void take_state(struct tiers *t, uint32_t part, const struct state *state,
	uint32_t n, int32_t as_of)
{
	for (uint32_t i = 0; i < n; i++) {
		uint64_t at = (uint64_t)part * PART_ACCOUNTS + i;
		if (at >= t->n)
			break;
		if (t->tier[at] == state->tier[i]) {
			t->since[at] = mirror_day(state->since[i]);
			t->up[at] = state->up[i];
			t->down[at] = state->down[i];
		} else if (t->tier[at] != TIER_NONE) {
			t->since[at] = as_of;
		}
	}
}

static enum status load_state(struct db *d, struct tiers *t, int32_t as_of, struct err *e)
{
	struct state *state = malloc(sizeof(*state));
	struct stmt *s = NULL;
	bool row;
	enum status st = state == NULL ? err_set(e, ST_NOMEM, "out of memory") : ST_OK;
	for (uint32_t i = 0; st == ST_OK && i < t->n; i++) {
		if (t->tier[i] != TIER_NONE)
			t->since[i] = as_of; /* unless its part knows better */
	}
	if (st == ST_OK)
		st = stmt_open(d, "SELECT part, data FROM tier_state", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		uint32_t n, part = (uint32_t)stmt_int(s, 0);
		st = read_state(s, state, &n, e);
		if (st == ST_OK)
			take_state(t, part, state, n, as_of);
		else
			(void)err_prefix(e, "tier_state %u", part);
	}
	stmt_close(s);
	free(state);
	return st;
}

static enum status load_locks(struct db *d, struct tiers *t, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT account, until, since FROM tier_lock ORDER BY account", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		int64_t id = stmt_int(s, 0), until = stmt_int(s, 1);
		if (id < 1 || id > t->n)
			continue;
		st = tiers_lock(t, (uint32_t)id,
			stmt_is_null(s, 2) ? DAY_NONE : mirror_day(stmt_int(s, 2)),
			until > DAY_MAX ? DAY_MAX : mirror_day(until), e);
	}
	stmt_close(s);
	return st;
}

enum status db_tiers_load(struct store *store, struct tiers *t, struct err *e)
{
	struct db *d = db_of(store);
	int64_t last = 0, review = 0, as_of = 0;
	enum status st = stmt_query_int(d, "SELECT max(id) FROM account", 0, &last, e);
	if (st == ST_OK)
		st = stmt_query_int(
			d, "SELECT review_day FROM book", DAY_NONE, &review, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "SELECT as_of FROM book", DAY_NONE, &as_of, e);
	if (st == ST_OK)
		st = tiers_init(t, (uint32_t)last, e);
	if (st != ST_OK)
		return st;
	t->review_day = mirror_day(review);
	st = load_rosters(d, t, e);
	if (st == ST_OK)
		st = load_state(d, t, mirror_day(as_of), e);
	if (st == ST_OK)
		st = load_locks(d, t, e);
	if (st != ST_OK)
		tiers_clear(t);
	return st;
}

/* ---- saving ---- */

static enum status save_book(struct db *d, const struct tiers *t, int32_t as_of,
	uint32_t active, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_open(d,
		"UPDATE book SET review_day = ?1, as_of = ifnull(?2, as_of),"
		" n_active = CASE WHEN ?2 IS NOT NULL THEN ?3"
		"  WHEN as_of IS NULL THEN n_active ELSE (SELECT n FROM active_base) END",
		&s, e);
	if (st == ST_OK) {
		if (t->review_day != DAY_NONE)
			stmt_bind_int(s, 1, t->review_day);
		if (as_of != DAY_NONE)
			stmt_bind_int(s, 2, as_of);
		stmt_bind_int(s, 3, active);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

/* What the triggers refuse as well, but with the figures. */
static enum status check_cap(struct db *d, uint8_t tier, size_t members, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT places, members FROM tier_cap WHERE tier = ?", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, tier);
		st = stmt_step(s, &row, e);
	}
	if (st == ST_OK && row && members > (size_t)stmt_int(s, 0) &&
		members > (size_t)stmt_int(s, 1))
		st = err_set(e, ST_FORBIDDEN,
			"tier %u: %zu accounts, the cap is %lld: demote %lld first", tier,
			members, (long long)stmt_int(s, 0),
			(long long)members - (long long)stmt_int(s, 0));
	stmt_close(s);
	return st;
}

static enum status save_roster(
	struct db *d, const struct tiers *t, uint8_t tier, struct err *e)
{
	size_t members = 0;
	for (uint32_t i = 0; i < t->n; i++)
		members += t->tier[i] == tier;
	enum status st = check_cap(d, tier, members, e);
	if (st != ST_OK)
		return st;
	unsigned char *bytes = malloc(members * DB_MEMBER_BYTES + 1), *to = bytes;
	if (bytes == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	for (uint32_t i = 0; i < t->n; i++) {
		if (t->tier[i] != tier)
			continue;
		write_member(to, i + 1);
		to += DB_MEMBER_BYTES;
	}
	struct stmt *s;
	st = stmt_open(d,
		"UPDATE tier_roster SET members = ?2 WHERE tier = ?1 AND members <> ?2",
		&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, tier);
		stmt_bind_blob(s, 2, bytes, members * DB_MEMBER_BYTES);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	free(bytes);
	return st;
}

static enum status save_state(struct db *d, const struct tiers *t, struct err *e)
{
	struct stmt *s;
	struct pack p = { 0 };
	enum status st = stmt_exec(d, "DELETE FROM tier_state", e);
	if (st != ST_OK)
		return st;
	st = stmt_open(d, "INSERT INTO tier_state(part, data) VALUES (?, ?)", &s, e);
	for (uint32_t first = 0; st == ST_OK && first < t->n; first += PART_ACCOUNTS) {
		uint32_t left = t->n - first;
		pack_begin(&p, left < PART_ACCOUNTS ? left : PART_ACCOUNTS);
		pack_u8(&p, t->tier + first);
		pack_i32(&p, t->since + first);
		pack_u8(&p, t->up + first);
		pack_u8(&p, t->down + first);
		st = pack_end(&p, e);
		if (st != ST_OK)
			break;
		stmt_bind_int(s, 1, first / PART_ACCOUNTS);
		stmt_bind_blob(s, 2, p.data, p.n);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	pack_clear(&p);
	return st;
}

enum status db_tiers_save(struct store *store, const struct tiers *t, int32_t as_of,
	uint32_t active, struct err *e)
{
	struct db *d = db_of(store);
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = save_book(d, t, as_of, active, e);
	for (uint8_t tier = 1; st == ST_OK && tier <= TIER_COUNT; tier++)
		st = save_roster(d, t, tier, e);
	if (st == ST_OK)
		st = save_state(d, t, e);
	return st;
}
