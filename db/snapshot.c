/*
 * Snapshots: what a recalculation found out, packed, SNAPSHOT_ACCOUNTS to a row so that
 * the history of one account reads little of each day.
 *
 * A row has no place for accounts that are not active: column 0 says how many of them
 * come before each account that is. Coverage, effort and tier score are kept in steps of
 * 1/SCORES_SCALE, halves rounded up.
 */
#include "db/db_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "db/pack.h"
#include "db/snapshot.h"

/* The active accounts of one row of the table. */
struct rows {
	struct snapshot_brief brief;
	uint16_t at[SNAPSHOT_ACCOUNTS]; /* position, ascending */
	uint8_t assumed[SNAPSHOT_ACCOUNTS];
	int32_t coverage[SNAPSHOT_ACCOUNTS], effort[SNAPSHOT_ACCOUNTS],
		score[SNAPSHOT_ACCOUNTS]; /* DAY_NONE, that is INT32_MIN: missing */
	int64_t value[SNAPSHOT_ACCOUNTS];
	uint8_t points[COMP_COUNT][SNAPSHOT_ACCOUNTS];
};

uint32_t snapshot_parts(uint32_t accounts)
{
	return accounts / SNAPSHOT_ACCOUNTS + (accounts % SNAPSHOT_ACCOUNTS != 0);
}

/* ---- one row ---- */

static void gather(
	const struct scores *s, const struct tiers *t, uint32_t first, struct rows *r)
{
	uint32_t end =
		s->n - first < SNAPSHOT_ACCOUNTS ? s->n : first + SNAPSHOT_ACCOUNTS;
	uint32_t n = 0;
	for (uint32_t i = first; i < end; i++) {
		r->at[n] = (uint16_t)(i - first);
		r->brief.gaps[n] = (uint16_t)(i - first - n);
		n += s->health[i] != HEALTH_NONE;
	}
	r->brief.n = n;
	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = first + r->at[k];
		r->brief.health[k] = s->health[i];
		r->brief.tier[k] = t != NULL && i < t->n ? t->tier[i] : TIER_NONE;
		r->assumed[k] = s->assumed[i] != 0;
		r->coverage[k] = scores_steps(s->coverage[i]);
		r->effort[k] = scores_steps(s->effort[i]);
		r->score[k] = scores_steps(s->score[i]);
		r->value[k] = s->value[i];
	}
	for (int c = 0; c < COMP_COUNT; c++)
		for (uint32_t k = 0; k < n; k++)
			r->points[c][k] = s->points[c][first + r->at[k]];
}

static enum status encode(const struct rows *r, struct pack *out, struct err *e)
{
	pack_begin(out, r->brief.n);
	pack_u16(out, r->brief.gaps);
	pack_u8(out, r->brief.health);
	pack_u8(out, r->brief.tier);
	pack_u8(out, r->assumed);
	pack_i32(out, r->coverage);
	pack_i32(out, r->effort);
	pack_i32(out, r->score);
	pack_i64(out, r->value);
	for (int c = 0; c < COMP_COUNT; c++)
		pack_u8(out, r->points[c]);
	return pack_end(out, e);
}

static enum status decode(const void *data, size_t size, const struct scores *to,
	struct rows *r, struct err *e)
{
	struct pack_view v;
	enum status st = snapshot_open_row(data, size, &v, &r->brief, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, COLUMN_ASSUMED, r->assumed, e);
	if (st == ST_OK)
		st = pack_get_i32(&v, COLUMN_COVERAGE, r->coverage, e);
	if (st == ST_OK)
		st = pack_get_i32(&v, COLUMN_EFFORT, r->effort, e);
	if (st == ST_OK)
		st = pack_get_i32(&v, COLUMN_SCORE, r->score, e);
	if (st == ST_OK)
		st = pack_get_i64(&v, COLUMN_VALUE, r->value, e);
	for (unsigned c = 0; st == ST_OK && c < COMP_COUNT; c++)
		if (to->points[c] != NULL)
			st = pack_get_u8(&v, COLUMN_POINTS + c, r->points[c], e);
	if (st != ST_OK)
		return st;
	bool good = true;
	for (uint32_t k = 0; k < r->brief.n; k++) {
		good &= r->assumed[k] <= 1;
		r->at[k] = (uint16_t)(r->brief.gaps[k] + k);
	}
	return good ? ST_OK : err_set(e, ST_CORRUPT, "figures that can't be");
}

enum status snapshot_damaged(
	enum status st, const struct db *d, int32_t day, struct err *e)
{
	char text[DAY_TEXT_MAX];
	if (st != ST_CORRUPT)
		return st;
	return err_set(e, st, "%s: the snapshot of %s is damaged: recalculate that day",
		d->path, day_format(day, text));
}

/* ---- saving ---- */

static enum status save_day(struct db *d, struct snapshot_day day, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_open(d,
		"INSERT INTO snapshot_day(day, policy_version) VALUES (?1, ?2)"
		" ON CONFLICT DO UPDATE SET policy_version = excluded.policy_version"
		" WHERE policy_version <> excluded.policy_version",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, day.day);
	stmt_bind_int(s, 2, day.policy_version);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

/* Writes a part unless it stands there already, byte for byte. */
static enum status save_part(
	struct db *d, int32_t day, uint32_t part, const struct pack *blob, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT data FROM snapshot WHERE day = ?1 AND part = ?2", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, day);
	stmt_bind_int(s, 2, part);
	st = stmt_step(s, &row, e);
	bool same = false;
	if (st == ST_OK && row) {
		size_t n;
		const void *stored = stmt_blob(s, 0, &n);
		same = n == blob->n && memcmp(stored, blob->data, n) == 0;
	}
	stmt_close(s);
	if (st != ST_OK || same)
		return st;
	st = stmt_open(d,
		"INSERT INTO snapshot(day, part, data) VALUES (?1, ?2, ?3)"
		" ON CONFLICT DO UPDATE SET data = excluded.data",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, day);
	stmt_bind_int(s, 2, part);
	stmt_bind_blob(s, 3, blob->data, blob->n);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

/* Forgets parts of accounts that the scores do not know. */
static enum status drop_rest(struct db *d, int32_t day, uint32_t parts, struct err *e)
{
	struct stmt *s;
	enum status st =
		stmt_open(d, "DELETE FROM snapshot WHERE day = ?1 AND part >= ?2", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, day);
	stmt_bind_int(s, 2, parts);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

enum status db_snapshot_save(struct store *store, struct snapshot_day day,
	const struct scores *scores, const struct tiers *tiers, struct err *e)
{
	struct db *d = db_of(store);
	struct pack blob = { 0 };
	struct rows *r = malloc(sizeof(*r));
	uint32_t parts = snapshot_parts(scores->n);
	enum status st = r != NULL ? db_need_transaction(d, e)
				   : err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = save_day(d, day, e);
	for (uint32_t part = 0; st == ST_OK && part < parts; part++) {
		const uint32_t first = part * SNAPSHOT_ACCOUNTS, left = scores->n - first;
		gather(scores, tiers, first, r);
		st = encode(r, &blob, e);
		if (st == ST_OK)
			st = save_part(d, day.day, part, &blob, e);
		if (st == ST_OK)
			st = db_save_healths(d, day.day, part, scores->health + first,
				left < SNAPSHOT_ACCOUNTS ? left : SNAPSHOT_ACCOUNTS, e);
	}
	if (st == ST_OK)
		st = drop_rest(d, day.day, parts, e);
	if (st == ST_OK)
		st = db_save_sums(d, day, scores, tiers, e);
	pack_clear(&blob);
	free(r);
	return st;
}

/* ---- reading ---- */

enum status db_snapshot_find(struct store *store, int32_t on_or_before,
	struct snapshot_day *out, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(db_of(store),
		"SELECT day, policy_version FROM snapshot_day WHERE day <= ?1"
		" ORDER BY day DESC LIMIT 1",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, on_or_before);
	st = stmt_step(s, &row, e);
	*out = (struct snapshot_day){ .day = DAY_NONE };
	if (st == ST_OK && row)
		*out = (struct snapshot_day){ (int32_t)stmt_int(s, 0),
			(int32_t)stmt_int(s, 1) };
	stmt_close(s);
	return st;
}

/* Column by column, which is several times faster than account by account. */
static void spread(const struct rows *r, uint32_t first, struct scores *s, uint8_t *tier)
{
	uint32_t n = r->brief.n;
	while (n > 0 && r->at[n - 1] >= s->n - first)
		n--;
	s->active += n;
	for (uint32_t k = 0; k < n; k++)
		s->health[first + r->at[k]] = r->brief.health[k];
	for (uint32_t k = 0; k < n; k++)
		s->assumed[first + r->at[k]] = r->assumed[k];
	for (uint32_t k = 0; k < n; k++)
		s->coverage[first + r->at[k]] = scores_from_steps(r->coverage[k]);
	for (uint32_t k = 0; k < n; k++)
		s->effort[first + r->at[k]] = scores_from_steps(r->effort[k]);
	for (uint32_t k = 0; k < n; k++)
		s->score[first + r->at[k]] = scores_from_steps(r->score[k]);
	for (uint32_t k = 0; k < n; k++)
		s->value[first + r->at[k]] = r->value[k];
	for (int c = 0; c < COMP_COUNT; c++)
		for (uint32_t k = 0; k < n && s->points[c] != NULL; k++)
			s->points[c][first + r->at[k]] = r->points[c][k];
	for (uint32_t k = 0; k < n && tier != NULL; k++)
		tier[first + r->at[k]] = r->brief.tier[k];
}

static void empty_scores(struct scores *s, uint8_t *tier)
{
	s->active = 0;
	memset(s->health, HEALTH_NONE, s->n);
	memset(s->assumed, 0, s->n);
	for (int c = 0; c < COMP_COUNT; c++)
		if (s->points[c] != NULL)
			memset(s->points[c], POINTS_MISSING, s->n);
	for (uint32_t i = 0; i < s->n; i++) {
		s->coverage[i] = s->effort[i] = s->score[i] = (double)NAN;
		s->value_pct[i] = (double)NAN;
		s->value[i] = MONEY_NONE;
	}
	for (uint32_t i = 0; i < s->n && s->arr != NULL; i++)
		s->arr[i] = MONEY_NONE;
	if (tier != NULL)
		memset(tier, TIER_NONE, s->n);
}

enum status snapshot_need(struct db *d, int32_t day, struct err *e)
{
	struct snapshot_day found;
	char text[DAY_TEXT_MAX];
	enum status st = db_snapshot_find(&d->base, day, &found, e);
	if (st == ST_OK && (day == DAY_NONE || found.day != day))
		return err_set(e, ST_NOTFOUND, "there is no snapshot of %s",
			day_format(day, text));
	return st;
}

enum status db_snapshot_load(struct store *store, int32_t day, uint32_t first,
	struct scores *scores, uint8_t *tier, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	bool row;
	const uint32_t end = first + scores->n;
	assert(first % SNAPSHOT_ACCOUNTS == 0);
	enum status st = snapshot_need(d, day, e);
	if (st != ST_OK)
		return st;
	struct rows *r = malloc(sizeof(*r));
	if (r == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	empty_scores(scores, tier);
	st = stmt_open(d,
		"SELECT part, data FROM snapshot WHERE day = ?1 AND part >= ?2"
		" AND part < ?3 ORDER BY part",
		&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, day);
		stmt_bind_int(s, 2, first / SNAPSHOT_ACCOUNTS);
		stmt_bind_int(s, 3, snapshot_parts(end));
	}
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		size_t n;
		const void *data = stmt_blob(s, 1, &n);
		st = snapshot_damaged(decode(data, n, scores, r, e), d, day, e);
		if (st == ST_OK)
			spread(r, (uint32_t)stmt_int(s, 0) * SNAPSHOT_ACCOUNTS - first,
				scores, tier);
	}
	stmt_close(s);
	free(r);
	return st;
}

static enum status gap_before(
	const struct pack_view *v, uint32_t row, int64_t *gap, struct err *e)
{
	enum status st = pack_at(v, COLUMN_GAPS, row, gap, e);
	if (st == ST_OK && (*gap < 0 || *gap > SNAPSHOT_ACCOUNTS))
		return err_set(e, ST_CORRUPT, "figures that can't be");
	return st;
}

/* Row of the account at a position, v->rows when it was not active. */
static enum status find_row(
	const struct pack_view *v, uint32_t at, uint32_t *row, struct err *e)
{
	uint32_t low = 0, high = v->rows;
	int64_t gap = 0;
	enum status st = ST_OK;
	while (st == ST_OK && low < high) {
		uint32_t middle = low + (high - low) / 2;
		st = gap_before(v, middle, &gap, e);
		if (gap + middle < at)
			low = middle + 1;
		else
			high = middle;
	}
	*row = low;
	if (st == ST_OK && low < v->rows)
		st = gap_before(v, low, &gap, e);
	if (st == ST_OK && gap + low != at)
		*row = v->rows;
	return st;
}

static uint8_t points_of(int64_t x)
{
	return x < 0 || x > UINT8_MAX ? POINTS_MISSING : (uint8_t)x;
}

static int32_t steps_of(int64_t x)
{
	return x < 0 || x > INT32_MAX ? INT32_MIN : (int32_t)x;
}

/* Reads one account alone: the history of a screen asks for hundreds of days. */
static enum status pick(const void *data, size_t size, uint32_t at,
	struct snapshot_row *out, struct err *e)
{
	struct pack_view v;
	uint32_t row = 0;
	int64_t x[COLUMNS];
	enum status st = pack_open(&v, data, size, COLUMNS, e);
	if (st == ST_OK && v.rows > SNAPSHOT_ACCOUNTS)
		st = err_set(e, ST_CORRUPT, "more rows than a part has");
	if (st == ST_OK)
		st = find_row(&v, at, &row, e);
	out->health = HEALTH_NONE;
	if (st != ST_OK || row == v.rows)
		return st;
	for (unsigned c = 0; c < COLUMNS; c++)
		if ((st = pack_at(&v, c, row, &x[c], e)) != ST_OK)
			return st;
	if (x[COLUMN_HEALTH] < 0 || x[COLUMN_HEALTH] > 100 || x[COLUMN_TIER] < 0 ||
		x[COLUMN_TIER] > TIER_COUNT)
		return err_set(e, ST_CORRUPT, "figures that can't be");
	out->health = (uint8_t)x[COLUMN_HEALTH];
	out->tier = (uint8_t)x[COLUMN_TIER];
	out->coverage = scores_from_steps(steps_of(x[COLUMN_COVERAGE]));
	out->effort = scores_from_steps(steps_of(x[COLUMN_EFFORT]));
	out->score = scores_from_steps(steps_of(x[COLUMN_SCORE]));
	out->value = x[COLUMN_VALUE];
	for (int c = 0; c < COMP_COUNT; c++)
		out->points[c] = points_of(x[COLUMN_POINTS + c]);
	return ST_OK;
}

enum status db_snapshot_history(struct store *store, uint32_t account, int32_t from,
	int32_t to, snapshot_fn fn, void *arg, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s;
	bool row;
	assert(account > 0);
	enum status st = stmt_open(d,
		"SELECT d.day, d.policy_version, s.data FROM snapshot_day d"
		" JOIN snapshot s ON s.day = d.day AND s.part = ?1"
		" WHERE d.day BETWEEN ?2 AND ?3 ORDER BY d.day",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, (account - 1) / SNAPSHOT_ACCOUNTS);
	stmt_bind_int(s, 2, from);
	stmt_bind_int(s, 3, to);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct snapshot_row out = {
			.at = { (int32_t)stmt_int(s, 0), (int32_t)stmt_int(s, 1) },
		};
		size_t n;
		const void *data = stmt_blob(s, 2, &n);
		st = pick(data, n, (account - 1) % SNAPSHOT_ACCOUNTS, &out, e);
		st = snapshot_damaged(st, d, out.at.day, e);
		if (st == ST_OK && out.health != HEALTH_NONE)
			st = fn(arg, &out, e);
		if (st != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}
