/*
 * Reviews that were applied. The moves of each are packed per part, so that the moves
 * of one account are in one blob of each review; `step` gives their order back.
 */
#include "core/review.h"

#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/mirror.h"
#include "db/pack.h"

enum move_column {
	MOVE_STEP,
	MOVE_AT, /* position of the account in its part */
	MOVE_PAIR,
	MOVE_FROM,
	MOVE_TO,
	MOVE_CAUSE,
	MOVE_SCORE,
	MOVE_OTHER,
	MOVE_COLUMNS
};

/* The columns of the moves of one part; n elements each, in one piece of memory. */
struct moves {
	uint32_t n;
	double *score, *other;
	int32_t *step, *pair;
	uint16_t *at;
	uint8_t *from, *to, *cause;
	void *memory; /* owned */
};

static enum status moves_init(struct moves *m, uint32_t n, struct err *e)
{
	size_t each = 2 * sizeof(double) + 2 * sizeof(int32_t) + sizeof(uint16_t) + 3;
	*m = (struct moves){ .n = n, .memory = malloc(((size_t)n + 1) * each) };
	if (m->memory == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	m->score = m->memory;
	m->other = m->score + n;
	m->step = (int32_t *)(m->other + n);
	m->pair = m->step + n;
	m->at = (uint16_t *)(m->pair + n);
	m->from = (uint8_t *)(m->at + n);
	m->to = m->from + n;
	m->cause = m->to + n;
	return ST_OK;
}

/* ---- saving ---- */

static enum status save_part(struct stmt *s, const struct moves *m, uint32_t part,
	struct pack *p, struct err *e)
{
	pack_begin(p, m->n);
	pack_i32(p, m->step);
	pack_u16(p, m->at);
	pack_i32(p, m->pair);
	pack_u8(p, m->from);
	pack_u8(p, m->to);
	pack_u8(p, m->cause);
	pack_f64(p, m->score);
	pack_f64(p, m->other);
	enum status st = pack_end(p, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 2, part);
	stmt_bind_blob(s, 3, p->data, p->n);
	return stmt_run(s, e);
}

/* Gathers the moves of one part from the order that starts give. */
static void gather(struct moves *m, const struct review *r, const uint32_t *order)
{
	for (uint32_t i = 0; i < m->n; i++) {
		const struct tier_move *move = &r->moves[order[i]];
		m->step[i] = (int32_t)order[i];
		m->at[i] = (uint16_t)((move->account - 1) % PART_ACCOUNTS);
		m->pair[i] = (int32_t)move->pair;
		m->from[i] = move->from;
		m->to[i] = move->to;
		m->cause[i] = move->cause;
		m->score[i] = move->score;
		m->other[i] = move->other;
	}
}

/* Steps ordered by part: a counting sort. starts has parts + 1 elements. */
static void order_by_part(
	const struct review *r, uint32_t parts, uint32_t *starts, uint32_t *order)
{
	memset(starts, 0, ((size_t)parts + 1) * sizeof(*starts));
	for (uint32_t i = 0; i < r->moves_n; i++)
		starts[db_part_of(r->moves[i].account) + 1]++;
	for (uint32_t p = 0; p < parts; p++)
		starts[p + 1] += starts[p];
	for (uint32_t i = 0; i < r->moves_n; i++)
		order[starts[db_part_of(r->moves[i].account)]++] = i;
	for (uint32_t p = parts; p > 0; p--) /* each start has moved on to the next */
		starts[p] = starts[p - 1];
	starts[0] = 0;
}

static enum status save_moves(
	struct db *d, const struct review *r, int64_t number, struct err *e)
{
	uint32_t parts = 0;
	for (uint32_t i = 0; i < r->moves_n; i++) {
		uint32_t part = db_part_of(r->moves[i].account);
		if (r->moves[i].account < 1 || r->moves[i].account > DB_ACCOUNT_MAX)
			return err_set(e, ST_USAGE, "a move of no account");
		parts = part >= parts ? part + 1 : parts;
	}
	uint32_t *starts = malloc(((size_t)parts + 1 + r->moves_n) * sizeof(*starts));
	if (starts == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	uint32_t *order = starts + parts + 1;
	order_by_part(r, parts, starts, order);
	struct stmt *s;
	struct pack p = { 0 };
	enum status st = stmt_open(d,
		"INSERT INTO review_moves(review, part, data) VALUES (?, ?, ?)", &s, e);
	if (st == ST_OK)
		stmt_bind_int(s, 1, number);
	for (uint32_t part = 0; st == ST_OK && part < parts; part++) {
		struct moves m;
		if (starts[part + 1] == starts[part])
			continue;
		st = moves_init(&m, starts[part + 1] - starts[part], e);
		if (st == ST_OK) {
			gather(&m, r, order + starts[part]);
			st = save_part(s, &m, part, &p, e);
		}
		free(m.memory);
	}
	stmt_close(s);
	pack_clear(&p);
	free(starts);
	return st;
}

enum status db_review_save(struct store *store, const struct review *r, int64_t at,
	const char *actor, int64_t *number, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO review(as_of, at, actor, policy_version, active, "
			"moves, review_day)"
			" VALUES (?, ?, ?, ?, ?, ?, ?)",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, r->as_of);
		stmt_bind_int(s, 2, at);
		stmt_bind_text(s, 3, text_of(actor));
		stmt_bind_int(s, 4, r->policy_version);
		stmt_bind_int(s, 5, r->active);
		stmt_bind_int(s, 6, r->moves_n);
		if (r->after.review_day != DAY_NONE)
			stmt_bind_int(s, 7, r->after.review_day);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	if (st != ST_OK)
		return st;
	*number = sqlite3_last_insert_rowid(d->h);
	return save_moves(d, r, *number, e);
}

/* ---- reading ---- */

static enum status read_part(
	const void *data, size_t size, struct moves *m, struct err *e)
{
	struct pack_view v;
	*m = (struct moves){ .memory = NULL };
	enum status st = pack_open(&v, data, size, MOVE_COLUMNS, e);
	if (st == ST_OK)
		st = moves_init(m, v.rows, e);
	if (st == ST_OK)
		st = pack_get_i32(&v, MOVE_STEP, m->step, e);
	if (st == ST_OK)
		st = pack_get_u16(&v, MOVE_AT, m->at, e);
	if (st == ST_OK)
		st = pack_get_i32(&v, MOVE_PAIR, m->pair, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, MOVE_FROM, m->from, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, MOVE_TO, m->to, e);
	if (st == ST_OK)
		st = pack_get_u8(&v, MOVE_CAUSE, m->cause, e);
	if (st == ST_OK) {
		pack_get_f64(&v, MOVE_SCORE, m->score);
		pack_get_f64(&v, MOVE_OTHER, m->other);
	}
	return st;
}

/* Tables are indexed by these. */
static bool is_move(const struct moves *m, uint32_t i)
{
	return m->from[i] <= TIER_COUNT && m->to[i] <= TIER_COUNT &&
	       m->cause[i] < CAUSE_COUNT;
}

static struct tier_move move_of(const struct moves *m, uint32_t i, uint32_t part)
{
	return (struct tier_move){
		.account = part * PART_ACCOUNTS + m->at[i] + 1,
		.pair = (uint32_t)m->pair[i],
		.from = m->from[i],
		.to = m->to[i],
		.cause = m->cause[i],
		.score = m->score[i],
		.other = m->other[i],
	};
}

struct header {
	int64_t review;
	int32_t day, policy_version;
	uint32_t moves;
};

/* Who wants the moves: in the order of the steps, which is also that within a part. */
struct receiver {
	move_fn fn;
	void *arg;
	uint32_t account;      /* 0: all */
	struct tier_move *all; /* of every part, by step; NULL when only one is wanted */
};

static enum status take_part(
	struct stmt *s, const struct header *h, const struct receiver *to, struct err *e)
{
	struct moves m;
	size_t size;
	uint32_t part = (uint32_t)stmt_int(s, 0);
	const void *data = stmt_blob(s, 1, &size);
	enum status st = read_part(data, size, &m, e);
	if (st != ST_OK)
		(void)err_prefix(e, "review %lld", (long long)h->review);
	for (uint32_t i = 0; st == ST_OK && i < m.n; i++) {
		struct tier_move move = move_of(&m, i, part);
		move.review = h->review;
		move.day = h->day;
		move.policy_version = h->policy_version;
		if (!is_move(&m, i))
			st = err_set(e, ST_CORRUPT, "review %lld: a move that can't be",
				(long long)h->review);
		else if (m.step[i] < 0 || (uint32_t)m.step[i] >= h->moves)
			st = err_set(e, ST_CORRUPT, "review %lld: step %d of %u",
				(long long)h->review, m.step[i], h->moves);
		else if (to->all != NULL)
			to->all[m.step[i]] = move;
		else if (move.account == to->account)
			st = to->fn(to->arg, &move, e);
	}
	free(m.memory);
	return st;
}

/* The parts of a review that hold the moves of an account (0: of all). */
static enum status open_parts(struct db *d, const struct header *h, uint32_t account,
	struct stmt **s, struct err *e)
{
	enum status st = stmt_open(d,
		"SELECT part, data FROM review_moves WHERE review = ?1"
		" AND part BETWEEN ?2 AND ?3",
		s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(*s, 1, h->review);
	stmt_bind_int(*s, 2, account == 0 ? 0 : db_part_of(account));
	stmt_bind_int(*s, 3, account == 0 ? DB_ACCOUNT_MAX : db_part_of(account));
	return ST_OK;
}

/* A header may say anything: it must say what the parts hold before memory is asked
 * for so much. */
static enum status check_count(struct db *d, const struct header *h, struct err *e)
{
	struct stmt *s;
	struct pack_view v;
	bool row;
	uint64_t moves = 0;
	enum status st = open_parts(d, h, 0, &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		size_t size;
		const void *data = stmt_blob(s, 1, &size);
		st = pack_open(&v, data, size, MOVE_COLUMNS, e);
		moves += st == ST_OK ? v.rows : 0;
	}
	stmt_close(s);
	if (st == ST_OK && moves != h->moves)
		st = err_set(e, ST_CORRUPT, "%llu moves where there should be %u",
			(unsigned long long)moves, h->moves);
	if (st != ST_OK)
		(void)err_prefix(e, "review %lld", (long long)h->review);
	return st;
}

static enum status hand_out(
	struct db *d, const struct header *h, struct receiver *to, struct err *e)
{
	struct stmt *s = NULL;
	bool row;
	enum status st = to->account == 0 ? check_count(d, h, e) : ST_OK;
	if (st == ST_OK && to->account == 0) {
		to->all = calloc((size_t)h->moves + 1, sizeof(*to->all));
		if (to->all == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
	}
	if (st == ST_OK)
		st = open_parts(d, h, to->account, &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		st = take_part(s, h, to, e);
	stmt_close(s);
	for (uint32_t i = 0; st == ST_OK && to->all != NULL && i < h->moves; i++) {
		if (to->all[i].account != 0)
			st = to->fn(to->arg, &to->all[i], e);
	}
	free(to->all);
	to->all = NULL;
	return st;
}

enum status db_review_day(
	struct store *store, int32_t on_or_before, int32_t *day, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(db_of(store),
		"SELECT review_day FROM review WHERE as_of <= ? ORDER BY id DESC LIMIT 1",
		&s, e);
	*day = DAY_NONE;
	if (st == ST_OK) {
		stmt_bind_int(s, 1, on_or_before);
		st = stmt_step(s, &row, e);
	}
	if (st == ST_OK && row && !stmt_is_null(s, 0))
		*day = mirror_day(stmt_int(s, 0));
	stmt_close(s);
	return st;
}

enum status db_moves(
	struct store *store, uint32_t account, move_fn fn, void *arg, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT id, as_of, moves, policy_version FROM review"
		" ORDER BY id",
		&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct header h = {
			.review = stmt_int(s, 0),
			.day = (int32_t)stmt_int(s, 1),
			.moves = (uint32_t)stmt_int(s, 2),
			.policy_version = (int32_t)stmt_int(s, 3),
		};
		struct receiver to = { .fn = fn, .arg = arg, .account = account };
		st = hand_out(d, &h, &to, e);
	}
	stmt_close(s);
	return st;
}
