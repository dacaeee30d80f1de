/* Proposals under a name: kept, found again, told what became of them, taken back. */
#include "core/proposal_keep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/proposing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct err why;

/* Ana has two too many. */
static struct book *two_too_many(void)
{
	static const struct lot lots[] = { { "Ana", 1, 22, 100000, NULL },
		{ "Ben", 1, 15, 200000, NULL }, { "Cid", 1, 15, 200000, NULL } };

	return proposing_book("name=Ana\nname=Ben\nname=Cid\n", lots, 3);
}

static void hear(void *arg, enum capacity_line kind, const char *text)
{
	char *out = arg;
	const size_t n = strlen(out);

	(void)kind;
	snprintf(out + n, 2000 - n, "%s|", text);
}

static enum status count(void *arg, const struct proposal_kept *k, struct err *e)
{
	(void)k;
	(void)e;
	++*(int *)arg;
	return ST_OK;
}

static int kept(struct book *b)
{
	int n = 0;

	MUST(book_proposals(b, count, &n, &e));
	return n;
}

/* Keeps it under the name; NULL: as nothing was asked. */
static void keep(struct book *b, const char *name, const struct proposal_options *o)
{
	static const struct proposal_options none = { .what = NULL };
	struct proposal *p = proposing(b, o);

	MUST(book_keep_proposal(b, text_of(name), o ? o : &none, p, &e));
	proposal_free(&p);
}

/* Opens it; what is said, then its moves. */
static const char *opened(struct book *b, const char *name, uint32_t *pins)
{
	static char said[2000];
	struct proposal_kept k;
	struct proposal_asked q;
	struct proposal *p;
	struct arena a;

	arena_init(&a);
	said[0] = '\0';
	MUST(book_find_proposal(b, text_of(name), &a, &k, &e));
	MUST(proposal_keep_read(b, &k, &a, &q, hear, said, &e));
	MUST(proposal_keep_open(b, &q, &p, hear, said, &e));
	MUST(proposal_keep_compare(b, &k, p, hear, said, &e));
	if (pins)
		*pins = q.options.pins;
	snprintf(said + strlen(said), sizeof(said) - strlen(said), "%s",
		proposing_moves(p));
	proposal_free(&p);
	arena_clear(&a);
	return said;
}

static void is_said(const char *said, const char *part)
{
	if (!strstr(said, part))
		fail_msg("not said: %s\nbut: %s", part, said);
}

static void as_it_was(void **state)
{
	struct book *b = two_too_many();
	const char *said;

	(void)state;
	assert_int_equal(kept(b), 0);
	keep(b, " spring ", NULL);
	assert_int_equal(kept(b), 1);
	said = opened(b, "spring", NULL);
	is_said(said,
		"spring: kept by Lea, of 2026-03-31, nothing was changed since; then "
		"2 moves");
	is_said(said, "2 are proposed again, 0 go elsewhere");
	is_said(said, "0 are new");
	keep(b, "spring", NULL); /* in its place */
	assert_int_equal(kept(b), 1);
	keep(b, "autumn", NULL);
	assert_int_equal(kept(b), 2);
	book_free(&b);
}

/* All that can be asked comes back. */
static void what_was_asked(void **state)
{
	static const struct proposal_pin pin[] = { { 1, 2 }, { 2, 1 }, { 40, 0 } };
	struct capacity_change changed[] = { { 3, 0.5 } };
	struct book *b = two_too_many();
	struct policy policy = *book_policy(b);
	struct capacity_what_if what = { .policy = &policy,
		.added = 2,
		.changed = changed,
		.changed_n = 1,
		.only = 3 };
	const struct proposal_options o = {
		.what = &what, .pin = pin, .pins = 2, .moves_max = 7, .csm_moves_max = 6
	};
	struct proposal_kept k;
	struct proposal_asked q;
	struct arena a;
	char said[2000] = "";

	(void)state;
	policy.number[POLICY_CAP_T1_TARGET] = 12;
	keep(b, "all", &o);
	arena_init(&a);
	MUST(book_find_proposal(b, TEXT("all"), &a, &k, &e));
	MUST(proposal_keep_read(b, &k, &a, &q, hear, said, &e));
	assert_string_equal(said, "");
	assert_int_equal(q.options.pins, 2);
	assert_memory_equal(q.options.pin, pin, 2 * sizeof(*pin));
	assert_int_equal(q.options.moves_max, 7);
	assert_int_equal(q.options.csm_moves_max, 6);
	assert_int_equal(q.what.added, 2);
	assert_int_equal(q.what.changed_n, 1);
	assert_int_equal(q.what.only, 3);
	assert_int_equal(q.what.changed[0].csm, 3);
	assert_true(q.what.changed[0].share == 0.5);
	assert_non_null(q.what.policy);
	assert_true(q.what.policy->number[POLICY_CAP_T1_TARGET] == 12);
	arena_clear(&a);
	book_free(&b);
}

/* Tabs and ends of lines in names are no parts and lines. */
static void whatever_the_names(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 22, 100000, NULL },
		{ "B\t\\en", 1, 15, 200000, NULL }, { "Cid", 1, 15, 200000, NULL } };
	static const struct proposal_pin pin[] = { { 1, 2 } };
	const struct proposal_options o = { .pin = pin, .pins = 1 };
	struct book *b = proposing_book("name=Ana\nname=B\t\\en\nname=Cid\n", lots, 3);
	struct cell name = CELL_OF_TEXT(TEXT("B\t\\e\nn"));
	const struct change c = {
		.kind = REC_CSM, .row = 2, .fields = 1u << F_CSM_NAME, .cells = &name
	};
	uint32_t pins;
	const char *said;

	(void)state;
	MUST(book_change(b, &c, 1, "rename", NULL, &e));
	keep(b, "odd", &o);
	said = opened(b, "odd", &pins);
	assert_int_equal(pins, 1);
	is_said(said, "then 2 moves");
	is_said(said, "2 are proposed again, 0 go elsewhere");
	book_free(&b);
}

/* What is not possible any more is said, and the rest stands. */
static void on_another_day(void **state)
{
	static const struct proposal_pin pin[] = { { 1, 2 }, { 2, 2 } };
	const struct proposal_options o = { .pin = pin, .pins = 2 };
	struct book *b = two_too_many();
	const uint32_t first = 1;
	uint32_t pins;
	const char *said;

	(void)state;
	keep(b, "spring", &o);
	MUST(book_lock(b, 2, day_of("2026-06-30"), "promised", &e));
	said = opened(b, "spring", &pins);
	assert_int_equal(pins, 1);
	is_said(said, "a pin can't hold any more and is left out");
	is_said(said, "1 change of the book ago");
	is_said(said, "1 is not proposed any more; 1 is new");
	is_said(said, "not any more: A2 Ana > Ben");
	MUST(book_assign(b, &first, 1, 2, NULL, NULL, &e));
	said = opened(b, "spring", &pins);
	is_said(said, "1 has been made");
	book_free(&b);
}

/* A colleague was faster than who looked at it before keeping it. */
static void changed_before_it_was_kept(void **state)
{
	static const struct proposal_options none = { .what = NULL };
	const uint32_t other = 30;
	struct book *b = two_too_many();
	struct proposal *p = proposing(b, NULL);

	(void)state;
	MUST(book_assign(b, &other, 1, 1, NULL, NULL, &e));
	MUST(book_keep_proposal(b, TEXT("spring"), &none, p, &e));
	proposal_free(&p);
	is_said(opened(b, "spring", NULL), "1 change of the book ago");
	book_free(&b);
}

static void taken_back(void **state)
{
	struct book *b = two_too_many();
	struct operation o;
	struct proposal_kept k;
	struct arena a;

	(void)state;
	arena_init(&a);
	keep(b, "spring", NULL);
	MUST(book_undoable(b, false, &a, &o, &e));
	MUST(book_undo(b, o.id, &e));
	assert_int_equal(kept(b), 0);
	keep(b, "spring", NULL);
	MUST(book_drop_proposal(b, TEXT("spring"), &e));
	assert_int_equal(kept(b), 0);
	MUST(book_undoable(b, false, &a, &o, &e));
	MUST(book_undo(b, o.id, &e));
	assert_int_equal(kept(b), 1);
	assert_int_equal(
		book_find_proposal(b, TEXT("summer"), &a, &k, &why), ST_NOTFOUND);
	is_said(why.text, "there are spring");
	assert_int_equal(book_drop_proposal(b, TEXT("summer"), &why), ST_NOTFOUND);
	arena_clear(&a);
	book_free(&b);
}

static void no_names(void **state)
{
	static const struct proposal_options none = { .what = NULL };
	struct book *b = two_too_many();
	struct proposal *p = proposing(b, NULL);
	char much[PROPOSAL_NAME_MAX + 2];

	(void)state;
	memset(much, 'x', sizeof(much));
	much[sizeof(much) - 1] = '\0';
	assert_int_equal(book_keep_proposal(b, TEXT("  "), &none, p, &why), ST_INVALID);
	assert_int_equal(
		book_keep_proposal(b, text_of(much), &none, p, &why), ST_INVALID);
	assert_int_equal(kept(b), 0);
	proposal_free(&p);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_it_was),
		cmocka_unit_test(what_was_asked),
		cmocka_unit_test(whatever_the_names),
		cmocka_unit_test(on_another_day),
		cmocka_unit_test(changed_before_it_was_kept),
		cmocka_unit_test(taken_back),
		cmocka_unit_test(no_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
