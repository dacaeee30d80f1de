/* The first picture: the same as the columns say, or none; never one of yesterday. */
#include "tests/unit/test_db_help.h"

#include "core/act.h"
#include "core/book_internal.h"
#include "core/change.h"
#include "core/plays.h"
#include "tests/support/rules.h"
#include "tests/support/sanitized.h"
#include "tests/support/walking.h"

#define DAY "2026-03-31"

static struct book *open_book(const char *name, int days_later)
{
	struct store *s = help_open(name);
	struct book *b;
	struct clock later;

	MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	b = rules_book(s, DAY, "Ann");
	later = b->clock;
	later.today += days_later;
	book_set_day(b, &later);
	return b;
}

/* Reviews among the walk's steps take the book to later days. */
static int walked(const struct book *b)
{
	return (int)(book_as_of(b) - day_of(DAY));
}

static void recalculate(struct book *b)
{
	struct recalc_result done;

	MUST(book_recalc(b, &done, &e));
}

static void same_rows(const struct book *book, const struct list_row *a,
	const struct list_row *b, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++) {
		char x[256], y[256];

		assert_int_equal(a[k].account, b[k].account);
		assert_int_equal(a[k].locked, b[k].locked);
		assert_int_equal(a[k].active, b[k].active);
		assert_int_equal(a[k].assumed, b[k].assumed);
		for (int f = 0; f < LIST_FIELDS; f++) {
			list_row_text(book, &a[k], (enum list_field)f, x, sizeof(x));
			list_row_text(book, &b[k], (enum list_field)f, y, sizeof(y));
			assert_string_equal(x, y);
		}
	}
}

/* A list as both sides have it, with all that its rows show. */
struct shown {
	struct book_summary sums;
	struct list *list;
	struct list_row row[PICTURE_ROWS];
	uint8_t spark[PICTURE_ROWS][PICTURE_WEEKS];
	struct arena arena;
};

static void read_shown(struct book *b, struct shown *s, uint32_t n)
{
	assert_true(n <= PICTURE_ROWS);
	arena_init(&s->arena);
	MUST(book_summary(b, &s->sums, &e));
	MUST(book_rows(b, s->list->id, n, &s->arena, s->row, &e));
	MUST(book_spark(b, s->list->id, n, PICTURE_WEEKS, 7, s->spark[0], &e));
}

static const struct list_query shipped = { .sort = { 1, { { LIST_ARR, true } } } };

/* Whether the book, just opened, has a picture of the list, which is checked. */
static bool shows(struct book *b, const struct list_query *q)
{
	static struct shown fast, slow;
	bool there;

	MUST(book_first(b, q, &fast.list, &e));
	there = fast.list != NULL;
	if (there) {
		const uint32_t n = fast.list->known;

		read_shown(b, &fast, n);
		assert_false(b->columns.loaded);
		MUST(book_list(b, q, &slow.list, NULL, &e));
		assert_true(b->columns.loaded);
		read_shown(b, &slow, n);
		assert_memory_equal(&fast.sums, &slow.sums, sizeof(fast.sums));
		assert_int_equal(fast.list->n, slow.list->n);
		assert_true(fast.list->arr == slow.list->arr);
		assert_memory_equal(fast.list->id, slow.list->id, n * sizeof(uint32_t));
		assert_memory_equal(fast.spark, slow.spark, n * sizeof(fast.spark[0]));
		same_rows(b, fast.row, slow.row, n);
		list_free(&slow.list);
		arena_clear(&fast.arena);
		arena_clear(&slow.arena);
	}
	list_free(&fast.list);
	return there;
}

/* The same of whoever opens it on a day. */
static bool pictured(const char *name, int days_later)
{
	struct book *b = open_book(name, days_later);
	const bool there = shows(b, &shipped);

	book_free(&b);
	return there;
}

/* With what was kept of it. */
static bool recalled(
	const char *name, int days_later, const struct list_query *q, struct text bytes)
{
	struct book *b = open_book(name, days_later);
	bool there;

	book_offer_picture(b, bytes);
	there = shows(b, q);
	book_free(&b);
	return there;
}

/* What whoever has shown the list leaves behind; empty: nothing. */
static struct text left_behind(const char *name, int days_later,
	const struct list_query *q, struct text before, struct arena *a)
{
	struct book *b = open_book(name, days_later);
	struct list *l;
	struct text bytes;

	book_offer_picture(b, before);
	MUST(book_list(b, q, &l, NULL, &e));
	MUST(book_picture_of(b, q, a, &bytes, &e));
	list_free(&l);
	book_free(&b);
	return bytes;
}

static const struct list_query lists[] = {
	{ .sort = { 1, { { LIST_ARR, true } } } },
	{ .sort = { 1, { { LIST_ARR, false } } } },
	{ .sort = { 2, { { LIST_HEALTH, false }, { LIST_NAME, false } } } },
	{ .sort = { 1, { { LIST_ARR, true } } }, .all = true },
	{ .sort = { 1, { { LIST_ARR, true } } }, .only_csm = 1 },
	{ .sort = { 1, { { LIST_NAME, true } } }, .where = TEXT("csm:me ") },
	{ .sort = { 1, { { LIST_RENEWAL, false } } }, .where = TEXT("csm:pool ") },
};
enum { LISTS = sizeof(lists) / sizeof(*lists), WALKS = 60 };

/* ---- queues ---- */

static void same_queue_rows(
	struct book *b, const struct queue *fast, const struct queue *slow)
{
	for (uint32_t k = 0; k < fast->known; k++) {
		const struct queue_row *x = &fast->row[k], *y = &slow->row[k];
		char a[QUEUE_TEXT_MAX], c[QUEUE_TEXT_MAX];

		assert_int_equal(x->account, y->account);
		assert_int_equal(x->section, y->section);
		assert_int_equal(x->worst, y->worst);
		assert_true(x->at_risk == y->at_risk && x->rank == y->rank);
		assert_true(x->weight == y->weight);
		assert_int_equal(x->claimed_by, y->claimed_by);
		assert_int_equal(x->alerts, y->alerts);
		for (int i = 0; i < x->alerts; i++)
			assert_memory_equal(x->alert[i], y->alert[i], sizeof(**x->alert));
		assert_int_equal(x->tasks, y->tasks);
		assert_int_equal(x->task ? x->task->id : 0, y->task ? y->task->id : 0);
		assert_string_equal(queue_why(b, x, a), queue_why(b, y, c));
		assert_string_equal(queue_next(b, x, a), queue_next(b, y, c));
	}
}

static void same_queues(
	struct book *b, const struct queue *fast, const struct queue *slow)
{
	assert_int_equal(fast->n, slow->n);
	assert_int_equal(fast->asleep, slow->asleep);
	assert_true(fast->to_win == slow->to_win);
	assert_memory_equal(fast->in, slow->in, sizeof(fast->in));
	assert_memory_equal(fast->at_risk, slow->at_risk, sizeof(fast->at_risk));
	assert_true(slow->known == slow->n && fast->known <= fast->n);
	same_queue_rows(b, fast, slow);
}

/* The list that it is a part of: all accounts of a CSM, by number. */
static void same_lists(
	struct book *b, const struct queue_query *q, const struct list *fast)
{
	struct list_query lq = { .where = text_of(
					 q->scope == QUEUE_OF_POOL ? "csm:pool" : ""),
		.only_csm = q->scope == QUEUE_OF_CSM ? (int32_t)q->csm : 0 };
	struct list *slow;

	MUST(book_list(b, &lq, &slow, NULL, &e));
	assert_int_equal(fast->n, slow->n);
	assert_true(fast->arr == slow->arr);
	assert_int_equal(fast->figures_day, slow->figures_day);
	list_free(&slow);
}

/* Whether the book, just opened, has a picture of the queue, which is checked. */
static bool shows_queue(struct book *b, const struct queue_query *q)
{
	static struct shown fast, slow;
	struct queue *first, *whole;
	struct list *list;
	bool there;

	book_begin_with(b, q);
	MUST(book_queue_first(b, q, 0, &first, &list, &e));
	there = first != NULL;
	if (there) {
		uint32_t ids[PICTURE_ROWS];
		struct list of = { .id = ids };

		for (uint32_t k = 0; k < first->known; k++)
			ids[k] = first->row[k].account;
		fast.list = slow.list = &of;
		read_shown(b, &fast, first->known);
		assert_false(b->columns.loaded);
		MUST(book_queue(b, q, &whole, NULL, &e));
		assert_true(b->columns.loaded);
		read_shown(b, &slow, first->known);
		assert_memory_equal(&fast.sums, &slow.sums, sizeof(fast.sums));
		assert_memory_equal(
			fast.spark, slow.spark, first->known * sizeof(fast.spark[0]));
		same_rows(b, fast.row, slow.row, first->known);
		same_queues(b, first, whole);
		same_lists(b, q, list);
		fast.list = slow.list = NULL;
		arena_clear(&fast.arena);
		arena_clear(&slow.arena);
		queue_free(&whole);
	}
	queue_free(&first);
	list_free(&list);
	return there;
}

static bool pictured_queue(
	const char *name, int days_later, enum queue_scope scope, uint32_t csm)
{
	const struct queue_query q = { .scope = scope, .csm = csm };
	struct book *b = open_book(name, days_later);
	const bool there = shows_queue(b, &q);

	book_free(&b);
	return there;
}

/* How many queues there are pictures of. */
static int pictured_queues(const char *name, int days_later)
{
	int n = pictured_queue(name, days_later, QUEUE_OF_ANYBODY, 0) +
		pictured_queue(name, days_later, QUEUE_OF_POOL, 0);

	for (uint32_t csm = 1; csm <= 4; csm++)
		n += pictured_queue(name, days_later, QUEUE_OF_CSM, csm);
	return n;
}

static void test_queues_are_what_the_columns_say(void **state)
{
	struct book *b = open_book("queues", 0);
	uint64_t seed = 6; /* its walk meets both */
	int voided = 0, kept = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_int_equal(pictured_queues("queues", 0), 0);
	for (int i = 0; i < 25; i++) {
		recalculate(b);
		/* of everybody, the pool and each of the CSMs there are */
		assert_in_range(pictured_queues("queues", walked(b)), 3, 6);
		assert_int_equal(pictured_queues("queues", walked(b) + 1), 0);
		assert_int_equal(pictured_queues("queues", walked(b) - 1), 0);
		for (int step = 0; step < 3; step++) {
			const uint64_t before = book_generation(b);
			int n;

			(void)walking_walk(b, &seed, 1);
			n = pictured_queues("queues", walked(b));
			voided += n == 0;
			kept += n > 0 && book_generation(b) != before;
		}
	}
	if (voided == 0 || kept == 0)
		fail_msg("%d voided, %d kept", voided, kept);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

/* Who has nothing that is awake is counted in each of the queues it would be in. */
static void test_queues_tell_who_sleeps(void **state)
{
	static const int64_t alert[] = { 1, 2 };
	struct book *b = open_book("asleep", 0);
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
	struct queue *q;

	(void)state;
	walking_fill(book_store(b));
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A1|date=2026-03-20|kind=nps|score=2\n"
		"account_id=A2|date=2026-03-20|kind=nps|score=2\n");
	recalculate(b);
	MUST(book_snooze(b, alert, 2, day_of(DAY) + 5, "on leave", &e));
	recalculate(b);
	MUST(book_queue(b, &all, &q, NULL, &e));
	assert_int_equal(q->asleep, 2);
	queue_free(&q);
	assert_true(pictured_queues("asleep", 0) > 3);
	book_free(&b);
}

static uint32_t first_of_pool(struct book *b)
{
	struct book_figures f;
	uint32_t id = 1;

	MUST(book_figures(b, &f, &e));
	while (id <= f.n && !(f.active[id - 1] && f.csm[id - 1] == 0))
		id++;
	assert_true(id <= f.n);
	return id;
}

/* A note is in no queue; a claim is in those of the pool, of who claims, and of
 * everybody. */
static void test_a_change_voids_the_queues_it_is_in(void **state)
{
	struct book *b = open_book("claims", 0);
	struct cell cells[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	struct change note = { .kind = REC_NOTE, .cells = cells };
	uint32_t account;
	int all;

	(void)state;
	walking_fill(book_store(b));
	recalculate(b);
	all = pictured_queues("claims", 0);
	account = first_of_pool(b);
	cells[F_NOTE_ACCOUNT] = CELL_OF_INT(account);
	cells[F_NOTE_DATE] = CELL_OF_INT(day_of(DAY));
	cells[F_NOTE_TEXT] = CELL_OF_TEXT(TEXT("called"));
	note.fields = 1u << F_NOTE_ACCOUNT | 1u << F_NOTE_DATE | 1u << F_NOTE_TEXT;
	MUST(book_change(b, &note, 1, "note", NULL, &e));
	assert_int_equal(pictured_queues("claims", 0), all);
	MUST(book_claim(b, &account, 1, 1, NULL, &e));
	assert_int_equal(pictured_queues("claims", 0), all - 3);
	assert_false(pictured_queue("claims", 0, QUEUE_OF_ANYBODY, 0));
	assert_false(pictured_queue("claims", 0, QUEUE_OF_POOL, 0));
	assert_false(pictured_queue("claims", 0, QUEUE_OF_CSM, 1));
	assert_true(pictured_queue("claims", 0, QUEUE_OF_CSM, 2));
	assert_int_equal(
		help_sql("claims", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	assert_int_equal(pictured_queues("claims", 0), 0);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

/* What is live on another day says nothing of the pictures' day: a claim that begins
 * later would not be seen. */
static void test_a_change_of_another_day_voids_queues(void **state)
{
	struct book *b = open_book("other-day", 0);
	struct clock before;
	uint32_t account;

	(void)state;
	walking_fill(book_store(b));
	recalculate(b);
	account = first_of_pool(b);
	assert_true(pictured_queues("other-day", 0) > 3);
	before = b->clock;
	before.today--;
	book_set_day(b, &before);
	MUST(book_claim(b, &account, 1, 1, NULL, &e));
	assert_int_equal(pictured_queues("other-day", 0), 0);
	book_free(&b);
}

/* What does not say what it changes voids each of them. */
static void test_any_other_commit_voids_queues(void **state)
{
	struct book *b = open_book("stale", 0);

	(void)state;
	walking_fill(book_store(b));
	recalculate(b);
	assert_true(pictured_queue("stale", 0, QUEUE_OF_ANYBODY, 0));
	MUST(book_store(b)->ops->begin(book_store(b), &e));
	MUST(book_store(b)->ops->picture_keep(book_store(b), NULL, 0, &e));
	MUST(book_store(b)->ops->commit(book_store(b), &e));
	assert_true(pictured("stale", 0)); /* that of the list */
	assert_int_equal(pictured_queues("stale", 0), 0);
	book_free(&b);
}

/* What was left behind is as good, of this queue in this state alone; damaged in any way
 * it is none, or the same. */
static void test_queue_left_behind(void **state)
{
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY },
				 pool = { .scope = QUEUE_OF_POOL };
	struct book *b = open_book("left", 0), *other;
	struct queue *q;
	struct text left;
	struct arena a;
	char *bytes;

	(void)state;
	arena_init(&a);
	walking_fill(book_store(b));
	recalculate(b);
	assert_int_equal(
		help_sql("left", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	assert_int_equal(pictured_queues("left", 0), 0);
	other = open_book("left", 0);
	MUST(book_picture_of_queue(other, &all, &a, &left, &e));
	assert_int_equal(left.n, 0); /* nothing was read */
	MUST(book_queue(other, &all, &q, NULL, &e));
	queue_free(&q);
	MUST(book_picture_of_queue(other, &all, &a, &left, &e));
	assert_true(left.n > 0);
	book_free(&other);
	other = open_book("left", 0);
	book_offer_picture(other, left);
	assert_true(shows_queue(other, &all));
	book_free(&other);
	other = open_book("left", 0);
	book_offer_picture(other, left);
	assert_false(shows_queue(other, &pool));
	assert_false(shows(other, &lists[0]));
	book_free(&other);
	bytes = arena_copy(&a, left.s, left.n);
	for (size_t at = 0; at < left.n; at += sanitized_step(at < 200 ? 1 : 53)) {
		struct list *l;

		other = open_book("left", 0);
		bytes[at] ^= 0x55;
		book_offer_picture(other, (struct text){ bytes, left.n });
		book_begin_with(other, &all);
		MUST(book_queue_first(other, &all, 0, &q, &l, &e));
		queue_free(&q);
		list_free(&l);
		book_free(&other);
		bytes[at] ^= 0x55;
	}
	assert_int_equal(
		help_sql("left", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	other = open_book("left", 0);
	book_offer_picture(other, left);
	assert_false(shows_queue(other, &all));
	book_free(&other);
	arena_clear(&a);
	book_free(&b);
}

static enum status own_plays(void *arg, struct plays *out, struct err *err)
{
	enum status st = plays_add_shipped(out, err);

	(void)arg;
	out->own = 1;
	return st;
}

/* Whoever has plays of their own may be told of others. */
static void test_queue_of_other_plays(void **state)
{
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
	struct book *b = open_book("plays", 0), *other;

	(void)state;
	walking_fill(book_store(b));
	recalculate(b);
	other = open_book("plays", 0);
	book_plays_from(other, own_plays, NULL);
	assert_false(shows_queue(other, &all));
	book_free(&other);
	assert_true(pictured_queue("plays", 0, QUEUE_OF_ANYBODY, 0));
	book_free(&b);
}

static void test_is_what_the_columns_say(void **state)
{
	struct book *b = open_book("walks", 0);
	uint64_t seed = 5;
	int held = 0, later = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_false(pictured("walks", 0));
	for (int i = 0; i < WALKS; i += (int)sanitized_step(1)) {
		recalculate(b);
		assert_true(pictured("walks", walked(b)));
		for (int day = 1; day < 40; day += 3)
			later += pictured("walks", walked(b) + day);
		assert_false(pictured("walks", walked(b) - 1));
		(void)walking_walk(b, &seed, 3);
		held += pictured("walks", walked(b));
	}
	assert_in_range(held, 1, WALKS - 1); /* some changes don't show, others do */
	assert_true(later > 0);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

static void test_policy_and_review(void **state)
{
	struct book *b = open_book("policy", 0);
	struct review r;
	int32_t version;

	(void)state;
	walking_fill(book_store(b));
	recalculate(b);
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	assert_true(pictured("policy", 0));
	MUST(book_policy_apply(
		b, "[bands]\nwatch = 45\n", "a test", "why not", &version, &e));
	assert_true(pictured("policy", 0));
	book_free(&b);
}

/* Another program takes all rows of a table out and puts them back: that alone is enough.
 * (An UPDATE to the same value writes nothing.) */
static void test_any_commit_voids_it(void **state)
{
	static const char *const tables[] = { "csm", "contact", "ticket", "survey",
		"touch", "contract", "movement", "tier_lock", "signal_block",
		"signal_latest", "currency", "mirror", "snapshot_day", "snapshot",
		"snapshot_sum", "tier_state", "note", "plan", "milestone", "picture" };
	struct book *b = open_book("foreign", 0);
	char sql[256];
	int voided = 0;

	(void)state;
	walking_fill(book_store(b));
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		const char *const t = tables[i];

		recalculate(b);
		assert_true(pictured("foreign", 0));
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", t);
		if (help_int("foreign", sql) == 0)
			continue;
		snprintf(sql, sizeof(sql),
			"BEGIN; CREATE TEMP TABLE kept AS SELECT * FROM %s;"
			" DELETE FROM %s; INSERT INTO %s SELECT * FROM kept; COMMIT",
			t, t, t);
		assert_int_equal(help_sql("foreign", sql), SQLITE_OK);
		assert_false(pictured("foreign", 0));
		voided++;
	}
	assert_true(voided >= 8);
	recalculate(b);
	assert_int_equal(
		help_sql("foreign", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	assert_false(pictured("foreign", 0));
	book_free(&b);
}

/* In a copy SQLite counts anew: what does not hold there must not come to hold later. */
static void test_copies(void **state)
{
	struct book *b = open_book("source", 0);

	(void)state;
	walking_fill(book_store(b));
	for (int i = 0; i < 5; i++)
		recalculate(b);
	MUST(book_store(b)->ops->backup(book_store(b), help_path("copy"), true, &e));
	for (int i = 0; i < 60; i++) {
		assert_false(pictured("copy", 0));
		assert_int_equal(
			help_sql("copy", "UPDATE csm SET name = name"), SQLITE_OK);
	}
	book_free(&b);
}

/* Each list has its own, in this state of the book alone. */
static void test_of_another_list(void **state)
{
	static const struct text none;
	struct book *b = open_book("lists", 0);
	struct text left[LISTS];
	struct arena a;
	uint64_t seed = 7;

	(void)state;
	arena_init(&a);
	walking_fill(book_store(b));
	recalculate(b);
	for (int round = 0; round < 5; round++) {
		const int day = walked(b);

		for (int i = 0; i < LISTS; i++) {
			left[i] = left_behind("lists", day, &lists[i], none, &a);
			assert_true(left[i].n > 0);
			/* which is right still, so that nothing new is kept */
			assert_int_equal(
				left_behind("lists", day, &lists[i], left[i], &a).n, 0);
			for (int k = 0; k < LISTS; k++)
				assert_int_equal(
					recalled("lists", day, &lists[k], left[i]),
					k == i);
		}
		for (int later = 1; later < 40; later += 3)
			(void)recalled("lists", day + later, &lists[round], left[round]);
		assert_false(recalled("lists", day - 1, &lists[2], left[2]));
		(void)walking_walk(b, &seed, 1);
		assert_int_equal(
			help_sql("lists", "UPDATE account SET name = name || '!'"),
			SQLITE_OK);
		assert_false(recalled("lists", day, &lists[2], left[2]));
	}
	arena_clear(&a);
	book_free(&b);
}

/* A list of "mine" is that of whoever kept it, and of the book that it was kept of. */
static void test_of_somebody_else(void **state)
{
	static const struct text none;
	struct book *b = open_book("mine", 0);
	const struct list_query *const mine = &lists[5];
	struct text left;
	struct arena a;

	(void)state;
	arena_init(&a);
	walking_fill(book_store(b));
	recalculate(b);
	MUST(book_store(b)->ops->backup(book_store(b), help_path("theirs"), true, &e));
	book_free(&b);
	left = left_behind("mine", 0, mine, none, &a);
	assert_true(recalled("mine", 0, mine, left));
	assert_false(recalled("theirs", 0, mine, left));
	b = rules_book(help_open("mine"), DAY, "Ben");
	book_offer_picture(b, left);
	assert_false(shows(b, mine));
	book_free(&b);
	arena_clear(&a);
}

/* Nothing was read, nothing is known; in a transaction there is no state to name. */
static void test_nothing_to_keep(void **state)
{
	struct book *b = open_book("unread", 0);
	struct text bytes;
	struct arena a;
	struct list *l;

	(void)state;
	arena_init(&a);
	walking_fill(book_store(b));
	MUST(book_picture_of(b, &shipped, &a, &bytes, &e));
	assert_int_equal(bytes.n, 0);
	MUST(book_list(b, &shipped, &l, NULL, &e));
	list_free(&l);
	MUST(book_store(b)->ops->begin(book_store(b), &e));
	MUST(book_picture_of(b, &shipped, &a, &bytes, &e));
	assert_int_equal(bytes.n, 0);
	book_store(b)->ops->rollback(book_store(b));
	/* and what somebody else has changed since is not what was read */
	assert_int_equal(
		help_sql("unread", "UPDATE csm SET name = name || '!'"), SQLITE_OK);
	MUST(book_picture_of(b, &shipped, &a, &bytes, &e));
	assert_int_equal(bytes.n, 0);
	arena_clear(&a);
	book_free(&b);
}

/* What was kept may be damaged in any way: there is a right list or none. */
static void test_damaged(void **state)
{
	struct book *b = open_book("damaged", 0);
	const struct list_query *const q = &lists[2];
	struct text left;
	struct arena a;
	char *bytes;

	(void)state;
	arena_init(&a);
	walking_fill(book_store(b));
	recalculate(b);
	left = left_behind("damaged", 0, q, (struct text){ NULL, 0 }, &a);
	bytes = arena_copy(&a, left.s, left.n);
	for (size_t n = 0; n < left.n; n += sanitized_step(n < 200 ? 1 : 97))
		assert_false(recalled("damaged", 0, q, (struct text){ bytes, n }));
	for (size_t at = 0; at < left.n; at += sanitized_step(at < 200 ? 1 : 97)) {
		struct list *l;
		struct book *other = open_book("damaged", 0);

		bytes[at] ^= 0x55;
		book_offer_picture(other, (struct text){ bytes, left.n });
		MUST(book_first(other, q, &l, &e));
		list_free(&l);
		book_free(&other);
		bytes[at] ^= 0x55;
	}
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_what_the_columns_say),
		cmocka_unit_test(test_queues_are_what_the_columns_say),
		cmocka_unit_test(test_any_other_commit_voids_queues),
		cmocka_unit_test(test_queues_tell_who_sleeps),
		cmocka_unit_test(test_a_change_voids_the_queues_it_is_in),
		cmocka_unit_test(test_a_change_of_another_day_voids_queues),
		cmocka_unit_test(test_queue_left_behind),
		cmocka_unit_test(test_queue_of_other_plays),
		cmocka_unit_test(test_policy_and_review),
		cmocka_unit_test(test_any_commit_voids_it),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_of_another_list),
		cmocka_unit_test(test_of_somebody_else),
		cmocka_unit_test(test_nothing_to_keep),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
