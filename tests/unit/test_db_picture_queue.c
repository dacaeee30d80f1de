/* The pictures of the day's queues: the same as the columns say, or none; a change voids
 * those that it is in. */
#include "tests/unit/test_db_shown.h"

#include "core/act.h"
#include "core/change.h"
#include "core/plays.h"
#include "tests/support/sanitized.h"

static void same_alert(const struct alert *x, const struct alert *y)
{
	assert_int_equal(x->id, y->id);
	assert_int_equal(x->account, y->account);
	assert_int_equal(x->kind, y->kind);
	assert_int_equal(x->severity, y->severity);
	assert_int_equal(x->state, y->state);
	rules_same_number(x->evidence.x, y->evidence.x);
	rules_same_number(x->evidence.y, y->evidence.y);
	assert_int_equal(x->evidence.day, y->evidence.day);
	assert_int_equal(x->opened, y->opened);
	assert_int_equal(x->severe, y->severe);
	assert_int_equal(x->until, y->until);
	assert_int_equal(x->ended, y->ended);
	assert_int_equal(x->escalated, y->escalated);
	assert_int_equal(x->reopened, y->reopened);
}

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
			same_alert(x->alert[i], y->alert[i]);
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
	assert_memory_equal(fast->to_win, slow->to_win, sizeof(fast->to_win));
	assert_true(fast->asleep_at_risk == slow->asleep_at_risk);
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
		shown_read(b, &fast, first->known);
		assert_false(b->columns.loaded);
		MUST(book_queue(b, q, &whole, NULL, &e));
		assert_true(b->columns.loaded);
		shown_read(b, &slow, first->known);
		assert_memory_equal(&fast.sums, &slow.sums, sizeof(fast.sums));
		assert_memory_equal(
			fast.spark, slow.spark, first->known * sizeof(fast.spark[0]));
		shown_same_rows(b, fast.row, slow.row, first->known);
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
	struct book *b = shown_open(name, days_later);
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
	struct book *b = shown_open("queues", 0);
	uint64_t seed = 6; /* its walk meets both */
	int voided = 0, kept = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_int_equal(pictured_queues("queues", 0), 0);
	for (int i = 0; i < 25; i++) {
		shown_recalc(b);
		/* of everybody, the pool and each of the CSMs there are */
		assert_in_range(pictured_queues("queues", shown_walked(b)), 3, 6);
		assert_int_equal(pictured_queues("queues", shown_walked(b) + 1), 0);
		assert_int_equal(pictured_queues("queues", shown_walked(b) - 1), 0);
		for (int step = 0; step < 3; step++) {
			const uint64_t before = book_generation(b);
			int n;

			(void)walking_walk(b, &seed, 1);
			n = pictured_queues("queues", shown_walked(b));
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
	struct book *b = shown_open("asleep", 0);
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY };
	struct queue *q;

	(void)state;
	walking_fill(book_store(b));
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A1|date=2026-03-20|kind=nps|score=2\n"
		"account_id=A2|date=2026-03-20|kind=nps|score=2\n");
	shown_recalc(b);
	MUST(book_snooze(b, alert, 2, day_of(HELP_DAY) + 5, "on leave", &e));
	shown_recalc(b);
	MUST(book_queue(b, &all, &q, NULL, &e));
	assert_int_equal(q->asleep, 2);
	queue_free(&q);
	assert_true(pictured_queues("asleep", 0) > 3);
	book_free(&b);
}

/* More rows of the same rank than a picture holds: those of the higher value are in it,
 * and of the same value the smaller account_id. */
static void test_queues_keep_the_better_of_equals(void **state)
{
	enum { EQUALS = PICTURE_QUEUE_ROWS + 30 };
	struct book *b = shown_open("equals", 0);
	char row[160];

	(void)state;
	for (int i = 0; i < EQUALS; i++) {
		snprintf(row, sizeof(row), "account_id=E%02d|arr=5000000|growth=0.%d\n",
			i * 37 % EQUALS, i % 6 + 1);
		rows_put(book_store(b), REC_ACCOUNT, row);
		snprintf(row, sizeof(row),
			"account_id=E%02d|date=2026-03-20|kind=nps|score=2\n",
			i * 37 % EQUALS);
		rows_put(book_store(b), REC_SURVEY, row);
	}
	shown_recalc(b);
	assert_true(pictured_queue("equals", 0, QUEUE_OF_ANYBODY, 0));
	assert_true(pictured_queue("equals", 0, QUEUE_OF_POOL, 0));
	book_free(&b);
}

static uint32_t first_of_pool(struct book *b)
{
	struct book_figures f;
	uint32_t id = 1;

	MUST(book_figures(b, &f, &e));
	while (id <= f.n && !(f.active[id - 1] && shorts_at(f.csm, id - 1) == 0))
		id++;
	assert_true(id <= f.n);
	return id;
}

/* A note is in no queue; a claim is in those of the pool, of who claims, and of
 * everybody. */
static void test_a_change_voids_the_queues_it_is_in(void **state)
{
	struct book *b = shown_filled("claims");
	struct cell cells[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	struct change note = { .kind = REC_NOTE, .cells = cells };
	uint32_t account;
	int all;

	(void)state;
	all = pictured_queues("claims", 0);
	account = first_of_pool(b);
	cells[F_NOTE_ACCOUNT] = CELL_OF_INT(account);
	cells[F_NOTE_DATE] = CELL_OF_INT(day_of(HELP_DAY));
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
	struct book *b = shown_filled("other-day");
	struct clock before;
	uint32_t account;

	(void)state;
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
	struct book *b = shown_filled("stale");

	(void)state;
	assert_true(pictured_queue("stale", 0, QUEUE_OF_ANYBODY, 0));
	MUST(book_store(b)->ops->begin(book_store(b), &e));
	MUST(book_store(b)->ops->picture_keep(book_store(b), NULL, 0, &e));
	MUST(book_store(b)->ops->commit(book_store(b), &e));
	assert_true(shown_pictured("stale", 0)); /* that of the list */
	assert_int_equal(pictured_queues("stale", 0), 0);
	book_free(&b);
}

/* What was left behind is as good, of this queue in this state alone; damaged in any way
 * it is none, or the same. */
static void test_queue_left_behind(void **state)
{
	const struct queue_query all = { .scope = QUEUE_OF_ANYBODY },
				 pool = { .scope = QUEUE_OF_POOL };
	struct book *b = shown_filled("left"), *other;
	struct queue *q;
	struct text left;
	struct arena a;
	char *bytes;

	(void)state;
	arena_init(&a);
	assert_int_equal(
		help_sql("left", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	assert_int_equal(pictured_queues("left", 0), 0);
	other = shown_open("left", 0);
	MUST(book_picture_of_queue(other, &all, &a, &left, &e));
	assert_int_equal(left.n, 0); /* nothing was read */
	MUST(book_queue(other, &all, &q, NULL, &e));
	queue_free(&q);
	MUST(book_picture_of_queue(other, &all, &a, &left, &e));
	assert_true(left.n > 0);
	book_free(&other);
	other = shown_open("left", 0);
	book_offer_picture(other, left);
	assert_true(shows_queue(other, &all));
	book_free(&other);
	other = shown_open("left", 0);
	book_offer_picture(other, left);
	assert_false(shows_queue(other, &pool));
	assert_false(shown_right(other, &shown_shipped));
	book_free(&other);
	bytes = arena_copy(&a, left.s, left.n);
	for (size_t at = 0; at < left.n; at += sanitized_step(at < 200 ? 1 : 53)) {
		struct list *l;

		other = shown_open("left", 0);
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
	other = shown_open("left", 0);
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
	struct book *b = shown_filled("plays"), *other;

	(void)state;
	other = shown_open("plays", 0);
	book_plays_from(other, own_plays, NULL);
	assert_false(shows_queue(other, &all));
	book_free(&other);
	assert_true(pictured_queue("plays", 0, QUEUE_OF_ANYBODY, 0));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queues_are_what_the_columns_say),
		cmocka_unit_test(test_any_other_commit_voids_queues),
		cmocka_unit_test(test_queues_tell_who_sleeps),
		cmocka_unit_test(test_queues_keep_the_better_of_equals),
		cmocka_unit_test(test_a_change_voids_the_queues_it_is_in),
		cmocka_unit_test(test_a_change_of_another_day_voids_queues),
		cmocka_unit_test(test_queue_left_behind),
		cmocka_unit_test(test_queue_of_other_plays),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
