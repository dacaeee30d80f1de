/* The contract: two stores that are asked the same have to say the same. */
#include "tests/support/contract.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/review.h"
#include "tests/support/rows_text.h"
#include "tests/support/store_text.h"

#define FIRST_DAY 19700 /* and the days after it */
#define ROWS_MAX 3000u

struct random {
	struct store *store[2];
	uint64_t seed, state;
	int operation;
	uint32_t accounts; /* of both books */
	uint32_t keys;     /* different texts for a key */
	char key[16];      /* the last one */
};

/* splitmix64 */
static uint32_t below(struct random *r, uint32_t n)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (uint32_t)((z ^ (z >> 31)) >> 32) % n;
}

static void differ(const struct random *r, const char *what)
{
	fail_msg("seed %" PRIu64 ", operation %d: %s", r->seed, r->operation, what);
}

/* Runs a call on both stores (s, i) and takes their common status. */
#define BOTH(r, st, call)                                                                \
	do {                                                                             \
		enum status both[2];                                                     \
		for (int i = 0; i < 2; i++) {                                            \
			struct store *s = (r)->store[i];                                 \
			both[i] = (call);                                                \
		}                                                                        \
		if (both[0] != both[1])                                                  \
			fail_msg("seed %" PRIu64 ", operation %d: %s: status %d and %d", \
				(r)->seed, (r)->operation, #call, (int)both[0],          \
				(int)both[1]);                                           \
		(st) = both[0];                                                          \
	} while (0)

static void same_books(const struct random *r)
{
	static const int32_t days[] = { FIRST_DAY - 1, FIRST_DAY + 5, FIRST_DAY + 20,
		DAY_MAX };
	char *text[2];
	size_t at = 0, line = 0;

	for (int i = 0; i < 2; i++)
		text[i] = store_text(r->store[i], days, sizeof(days) / sizeof(days[0]));
	while (text[0][at] && text[0][at] == text[1][at])
		if (text[0][at++] == '\n')
			line = at;
	if (text[0][at] != text[1][at])
		fail_msg("seed %" PRIu64 ", operation %d:\n  %.*s\n  %.*s", r->seed,
			r->operation, (int)strcspn(text[0] + line, "\n"), text[0] + line,
			(int)strcspn(text[1] + line, "\n"), text[1] + line);
	free(text[0]);
	free(text[1]);
}

/* ---- rows -------------------------------------------------------------------- */

static struct cell random_text(struct random *r)
{
	static const char *const texts[] = { "x", "X", "two words", "\xc3\xa9", "a;b",
		"'q'\n\"" };

	return CELL_OF_TEXT(text_of(texts[below(r, sizeof(texts) / sizeof(texts[0]))]));
}

/* One of the words of a field of choices. */
static struct cell random_choice(struct random *r, const char *choices)
{
	uint32_t n = 1;
	size_t length;

	for (const char *c = choices; *c; c++)
		n += *c == '|';
	for (n = below(r, n); n; n--)
		choices = strchr(choices, '|') + 1;
	length = strcspn(choices, "|");
	return CELL_OF_TEXT(((struct text){ choices, length }));
}

static struct cell random_name(struct random *r, enum record_kind kind)
{
	static const char *const csms[] = { "Ann", "Bo", "Cy" };
	static const char *const signals[] = { "nps", "logins", "pulse", "own", "other" };
	struct text name =
		text_of(kind == REC_CSM ? csms[below(r, 3)] : signals[below(r, 5)]);
	uint32_t id[2] = { 0, 0 };
	bool added[2] = { false, false };
	enum status st;

	BOTH(r, st, s->ops->find_or_add(s, kind, name, &id[i], &added[i], NULL));
	if (st != ST_OK || id[0] != id[1] || added[0] != added[1])
		differ(r, "find_or_add");
	return CELL_OF_INT(id[0]);
}

static struct cell random_cell(struct random *r, const struct field *f)
{
	static const char *const currencies[] = { "EUR", "USD", "CHF" };
	uint32_t n;

	if (!(f->flags & FIELD_REQUIRED) && below(r, 4) == 0)
		return (struct cell){ .type = CELL_MISSING };
	switch (f->type) {
	case FT_TEXT:
		return random_text(r);
	case FT_CHOICE:
		return random_choice(r, f->choices);
	case FT_CURRENCY:
		return CELL_OF_TEXT(text_of(currencies[below(r, 3)]));
	case FT_NUMBER:
		return CELL_OF_NUMBER(below(r, 8) / 4.0 - 1);
	case FT_MONEY:
		return CELL_OF_INT((int64_t)below(r, 4) * 123456789012 - 5);
	case FT_DAY:
		return CELL_OF_INT(FIRST_DAY + (int64_t)below(r, 25));
	case FT_BOOL:
		return CELL_OF_INT(below(r, 2));
	case FT_COUNT:
		return CELL_OF_INT(1 + (int64_t)below(r, 3));
	case FT_ACCOUNT:
		/* mostly the same few, so that rows meet each other */
		n = below(r, 3) && r->accounts > 16 ? 16 : r->accounts;
		return CELL_OF_INT(1 + (int64_t)below(r, n));
	case FT_CSM:
		return random_name(r, REC_CSM);
	case FT_SIGNAL:
		return random_name(r, REC_SIGNAL);
	}
	return (struct cell){ .type = CELL_MISSING };
}

static void random_row(struct random *r, enum record_kind kind, struct cell *cells)
{
	static const char *const csms[] = { "Ann", "Bo", "Cy", "Di" };
	const struct record *rec = record_of(kind);

	for (int i = 0; i < rec->count; i++)
		cells[i] = random_cell(r, &rec->fields[i]);
	if (kind == REC_CSM)
		cells[0] = CELL_OF_TEXT(text_of(csms[below(r, 4)]));
	else if (rec->fields[0].type == FT_TEXT) {
		snprintf(r->key, sizeof(r->key), "%u", below(r, r->keys));
		cells[0] = CELL_OF_TEXT(text_of(r->key));
	}
}

/* Which fields are given: what is required, and some or all of the rest. */
static uint32_t random_fields(struct random *r, enum record_kind kind)
{
	const struct record *rec = record_of(kind);
	uint32_t mapped = 0;

	if (rec->identity == REC_BY_CONTENT || below(r, 3) == 0)
		return ALL_FIELDS;
	for (int i = 0; i < rec->count; i++)
		if ((rec->fields[i].flags & FIELD_REQUIRED) || below(r, 2))
			mapped |= 1u << i;
	return mapped;
}

/* The lines a store said to be repeats, whichever way it says it. */
struct repeated_lines {
	bool line[ROWS_MAX];
};

static enum status repeated(void *arg, uint64_t line, struct err *e)
{
	struct repeated_lines *lines = arg;

	(void)e;
	assert_true(line < ROWS_MAX && !lines->line[line]);
	lines->line[line] = true;
	return ST_OK;
}

static enum status put_one(struct store *s, const struct cell *cells, uint64_t line,
	uint32_t *id, struct repeated_lines *repeats)
{
	struct err e = { .status = ST_OK };
	enum status st = s->ops->put(s, cells, line, id, &e);

	if (st == ST_DUPLICATE)
		return repeated(repeats, line, NULL);
	if (st != ST_OK && st != ST_INVALID)
		print_error("line %" PRIu64 ": %s\n", line, e.text);
	return st;
}

static void put_rows(struct random *r, enum record_kind kind, uint32_t n)
{
	struct repeated_lines repeats[2] = { { { false } }, { { false } } };
	struct put_counts counts[2];
	struct cell cells[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	struct put_batch batch = { .repeated = repeated };
	struct book_info info;
	enum status st;

	assert_true(n <= ROWS_MAX);
	if (!r->accounts)
		kind = REC_ACCOUNT;
	batch.kind = kind;
	batch.mapped = random_fields(r, kind);
	batch.mode = (enum put_mode)below(r, 3);
	BOTH(r, st, (batch.arg = &repeats[i], s->ops->batch_begin(s, &batch, NULL)));
	assert_int_equal(st, ST_OK);
	for (uint32_t line = 0; line < n; line++) {
		uint32_t id[2] = { 0, 0 };

		random_row(r, kind, cells);
		BOTH(r, st, put_one(s, cells, line, &id[i], &repeats[i]));
		if (st != ST_OK && st != ST_INVALID)
			differ(r, "put refused a good row");
		if ((kind == REC_ACCOUNT || kind == REC_CSM) && id[0] != id[1])
			differ(r, "ids");
	}
	BOTH(r, st, s->ops->batch_end(s, &counts[i], NULL));
	if (st != ST_OK || memcmp(&counts[0], &counts[1], sizeof(counts[0])) != 0)
		differ(r, "counts");
	if (memcmp(&repeats[0], &repeats[1], sizeof(repeats[0])) != 0)
		differ(r, "repeats");
	BOTH(r, st, s->ops->info(s, &info, NULL));
	r->accounts = info.last_id;
}

/* ---- figures ----------------------------------------------------------------- */

static struct tiers random_tiers(struct random *r)
{
	struct tiers t;

	MUST(tiers_init(&t, r->accounts, &e));
	t.review_day = FIRST_DAY + (int32_t)below(r, 25);
	for (uint32_t i = 0; i < t.n; i++) {
		uint32_t dice = below(r, 16);

		if (dice == 0)
			continue; /* without a tier */
		t.tier[i] = dice == 1 ? 1 : dice < 5 ? 2 : 3;
		t.since[i] = FIRST_DAY + (int32_t)below(r, 25);
		t.up[i] = (uint8_t)below(r, 3);
		t.down[i] = (uint8_t)below(r, 256);
	}
	return t;
}

struct base {
	int32_t day;
	uint32_t active;
};

static bool by(struct cell day, int32_t as_of)
{
	return day.type == CELL_INT && day.i <= as_of;
}

static enum status count_active(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct base *b = arg;
	struct cell left = cells[F_CHURNED_ON], start = cells[F_CONTRACT_START];
	bool undated = left.type == CELL_MISSING && cells[F_STATUS].type == CELL_TEXT &&
		       text_eq(cells[F_STATUS].t, TEXT("churned"));

	(void)id;
	(void)e;
	b->active += !undated && !by(left, b->day) &&
		     (start.type == CELL_MISSING || by(start, b->day));
	return ST_OK;
}

static enum status save_tiers(struct random *r)
{
	struct tiers t = random_tiers(r);
	struct base base = { .day = t.review_day };
	enum status st =
		r->store[0]->ops->accounts_all(r->store[0], count_active, &base, NULL);

	assert_int_equal(st, ST_OK);

	BOTH(r, st, s->ops->tiers_save(s, &t, t.review_day, base.active, NULL));
	if (st != ST_OK && st != ST_FORBIDDEN)
		differ(r, "tiers_save");
	tiers_clear(&t);
	return st;
}

static enum status save_snapshot(struct random *r)
{
	struct snapshot_day day = { FIRST_DAY + (int32_t)below(r, 6),
		1 + (int32_t)below(r, 3) };
	struct tiers t = random_tiers(r);
	struct scores scores;
	enum status st;

	MUST(scores_init(&scores, r->accounts, &e));
	for (uint32_t i = 0; i < scores.n; i++) {
		if (below(r, 4) == 0)
			continue; /* not active */
		scores.active++;
		scores.health[i] = (uint8_t)below(r, 101);
		scores.coverage[i] = below(r, 1000) / 999.0;
		for (int c = 0; c < COMP_COUNT; c++)
			scores.points[c][i] =
				(uint8_t)(below(r, 3) ? below(r, 101) : POINTS_MISSING);
		scores.value[i] = (int64_t)below(r, 1000) * 1000003;
		scores.effort[i] = below(r, 1000) / 9.99;
		scores.assumed[i] = (uint8_t)below(r, 2);
		scores.score[i] = below(r, 1000) / 9.99;
	}
	BOTH(r, st, s->ops->snapshot_save(s, day, &scores, &t, NULL));
	assert_int_equal(st, ST_OK);
	scores_clear(&scores);
	tiers_clear(&t);
	return st;
}

static enum status save_review(struct random *r)
{
	struct tier_move moves[4];
	struct review review = { .as_of = FIRST_DAY + (int32_t)below(r, 25),
		.policy_version = 1,
		.active = r->accounts,
		.moves = moves };
	int64_t number[2] = { 0, 0 };
	enum status st;

	for (uint32_t n = r->accounts ? below(r, 4) : 0; review.moves_n < n;) {
		struct tier_move *m = &moves[review.moves_n++];

		*m = (struct tier_move){ .account = 1 + below(r, r->accounts),
			.pair = below(r, r->accounts),
			.from = (uint8_t)below(r, 4),
			.to = (uint8_t)(1 + below(r, 3)),
			.cause = (uint8_t)below(r, CAUSE_COUNT),
			.score = below(r, 400) / 4.0,
			.other = below(r, 400) / 4.0 };
	}
	BOTH(r, st, s->ops->review_save(s, &review, 1700000000, "ann", &number[i], NULL));
	if (st != ST_OK || number[0] != number[1])
		differ(r, "review_save");
	return st;
}

static enum status save_policy(struct random *r)
{
	static const uint32_t share[] = { 500, 1000, 1500, 3000 };
	const uint32_t caps[TIER_COUNT] = { share[below(r, 4)], share[below(r, 4)],
		10000 };
	struct policy_version p = { .at = 1700000000 + r->operation,
		.author = "ann",
		.reason = "random",
		.text = "[tiers]\n" };
	int32_t version[2] = { 0, 0 };
	enum status st;

	BOTH(r, st, s->ops->policy_save(s, &p, caps, &version[i], NULL));
	if (st != ST_OK || version[0] != version[1])
		differ(r, "policy_save");
	return st;
}

/* ---- the sequence ------------------------------------------------------------ */

static enum status operate(struct random *r)
{
	uint32_t dice = below(r, 20);

	if (dice == 0)
		return save_policy(r);
	if (dice < 4)
		return save_tiers(r);
	if (dice < 6)
		return save_snapshot(r);
	if (dice == 6)
		return save_review(r);
	for (; dice < 20; dice += 5) /* one to three batches */
		put_rows(r, (enum record_kind)below(r, REC_COUNT), 1 + below(r, 11));
	return ST_OK;
}

/* begin ... commit, or a rollback now and then and when it failed. */
static void transact(struct random *r, enum status (*operation)(struct random *r))
{
	uint32_t accounts = r->accounts;
	enum status st;

	BOTH(r, st, s->ops->begin(s, NULL));
	assert_int_equal(st, ST_OK);
	if (operation(r) == ST_OK && below(r, 6)) {
		BOTH(r, st, s->ops->commit(s, NULL));
		assert_int_equal(st, ST_OK);
	} else {
		BOTH(r, st, (s->ops->rollback(s), ST_OK));
		r->accounts = accounts;
	}
}

void contract_differential(
	struct store *a, struct store *b, uint64_t seed, int operations)
{
	struct random r = { .store = { a, b }, .seed = seed, .state = seed, .keys = 16 };

	transact(&r, save_policy); /* the caps a new book begins with are its own */
	while (++r.operation <= operations) {
		transact(&r, operate);
		if (r.operation % 10 == 0 || r.operation == operations)
			same_books(&r);
	}
}

/* Mostly accounts at first, on which all the rest hangs. */
static enum status operate_large(struct random *r)
{
	enum record_kind kind = (enum record_kind)below(r, REC_COUNT);

	put_rows(r, r->operation < 3 ? REC_ACCOUNT : kind, ROWS_MAX - below(r, 1200));
	put_rows(r, (enum record_kind)below(r, REC_COUNT), 1 + below(r, 11));
	return ST_OK;
}

void contract_large_batches(
	struct store *a, struct store *b, uint64_t seed, int operations)
{
	struct random r = {
		.store = { a, b }, .seed = seed, .state = seed, .keys = 6000
	};

	while (++r.operation <= operations) {
		transact(&r, operate_large);
		same_books(&r);
	}
}
