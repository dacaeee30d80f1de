/* Why a new owner gets what moves: the words of proposals for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fixture.h"
#include "tests/support/proposing.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Of an account of the pool, or of somebody who left, why its new owner gets it. */
static void who_receives(void **state)
{
	static const struct {
		const char *why, *csms, *more;
		uint32_t ana, ben, cy; /* accounts that they have: tier 1 takes 20 */
		const char *owner, *receiver;
	} rows[] = {
		{ "one is there", "name=Ana\n", NULL, 10, 0, 0, "",
			"no other than Ana is there" },
		{ "the emptier one", "name=Ana\nname=Ben\n", NULL, 10, 8, 0, "",
			"Ben, 40 % full, is the emptiest of 2 who are there" },
		{ "half of a book", "name=Ana\nname=Ben|capacity=0.5\n", NULL, 10, 8, 0,
			"", "Ana, 50 % full, is the emptiest of 2 who are there" },
		{ "one serves it", "name=Ana|regions=EMEA\nname=Ben|regions=APAC\n",
			"region=EMEA", 10, 8, 0, "", "no other than Ana serves EMEA" },
		{ "a comma divides as well",
			"name=Ana|regions=LATAM, emea\nname=Ben|regions=APAC,LATAM\n",
			"region=EMEA", 10, 8, 0, "", "no other than Ana serves EMEA" },
		{ "but for a word that has one",
			"name=Ana|regions=LATAM;Korea, South\nname=Ben|regions=Korea\n",
			"region=Korea, South", 10, 8, 0, "",
			"no other than Ana serves Korea, South" },
		{ "of those who do",
			"name=Ana|regions=EMEA\nname=Ben\nname=Cy|regions=APAC\n",
			"region=EMEA|language=French", 8, 10, 8, "",
			"Ana, 40 % full, is the emptiest of 2 who serve EMEA" },
		{ "who leaves is none of them",
			"name=Ana\nname=Ben\nname=Cy|active_until=2026-03-01\n", NULL, 10,
			8, 0, "Cy",
			"Ben, 40 % full, is the emptiest of 2 others who are there" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct lot lots[] = { { "Ana", 1, rows[i].ana, 200000, NULL },
			{ rows[i].ben ? "Ben" : "Ana", 1, rows[i].ben, 200000, NULL },
			{ rows[i].cy ? "Cy" : "Ana", 1, rows[i].cy, 200000, NULL },
			{ rows[i].owner, 1, 1, 200000, rows[i].more } };
		struct book *b = proposing_book(rows[i].csms, lots, LENGTH(lots));
		struct proposal *p = proposing(b, NULL);

		if (p->moves != 1 || strcmp(p->move[0].receiver, rows[i].receiver) != 0)
			fail_msg("%s: %u moves, %s", rows[i].why, p->moves,
				p->move[0].receiver);
		proposal_free(&p);
		book_free(&b);
	}
}

/* Whose accounts they are is there as well. */
static void another_one_receives(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 21, 200000, NULL } };
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, 1);
	struct proposal *p = proposing(b, NULL);

	(void)state;
	assert_true(p->moves > 0);
	assert_string_equal(p->move[0].receiver, "Ben is the only other who is there");
	proposal_free(&p);
	book_free(&b);
}

/* Nothing is said of one that a person chose, or that is nobody. */
static void nobody_receives(void **state)
{
	static const struct lot lots[] = { { "Ana", 1, 10, 200000, NULL },
		{ "Ben", 1, 8, 200000, NULL }, { "", 1, 1, 200000, NULL } };
	struct book *b = proposing_book("name=Ana\nname=Ben\n", lots, LENGTH(lots));
	const struct proposal_pin pin = { 19, 1 };
	struct proposal *p =
		proposing(b, &(struct proposal_options){ .pin = &pin, .pins = 1 });
	char text[PROPOSAL_MOVE_MAX];

	(void)state;
	assert_int_equal(p->moves, 1);
	assert_string_equal(p->move[0].receiver, "");
	proposal_move_text(&p->move[0], text);
	assert_string_equal(text, "as you said");
	proposal_free(&p);
	book_free(&b);
	b = proposing_book("name=Ana|active_until=2026-03-01\n", lots, 1);
	p = proposing(b, NULL);
	assert_int_equal(p->moves, 10);
	assert_string_equal(p->move[0].receiver, "");
	proposal_free(&p);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_receives),
		cmocka_unit_test(another_one_receives),
		cmocka_unit_test(nobody_receives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
