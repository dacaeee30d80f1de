/* Who is known at a customer, and when it hangs on too few. */
#include "core/stakeholders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { TODAY = 20000, MOST = 4 };

struct contact {
	const char *role; /* NULL: said of nobody */
	int32_t since, left;
};

static void mark(void **state)
{
	static const struct {
		const char *why;
		uint32_t n;
		struct contact of[MOST];
		bool fragile;
		const char *text;
	} rows[] = {
		{ "nobody", 0, { { 0 } }, true, "no stakeholder is known" },
		{ "one", 1, { { "champion", 0, 0 } }, true,
			"only 1 stakeholder is known" },
		{ "two of one role", 2, { { "user", 0, 0 }, { "user", 0, 0 } }, true,
			"all 2 stakeholders known have one role" },
		{ "without roles", 2, { { NULL, 0, 0 }, { NULL, 0, 0 } }, true,
			"no role is known of 2 stakeholders" },
		{ "one without", 3,
			{ { "user", 0, 0 }, { "user", 0, 0 }, { NULL, 0, 0 } }, true,
			"one role is known of 3 stakeholders" },
		{ "two roles", 2, { { "Champion", 0, 0 }, { "sponsor", 0, 0 } }, false,
			NULL },
		{ "the other leaves today", 2,
			{ { "champion", 0, 0 }, { "sponsor", 0, TODAY } }, true,
			"only 1 stakeholder is known" },
		{ "the other leaves tomorrow", 2,
			{ { "champion", 0, 0 }, { "sponsor", 0, TODAY + 1 } }, false,
			NULL },
		{ "the other comes tomorrow", 2,
			{ { "champion", 0, 0 }, { "sponsor", TODAY + 1, 0 } }, true,
			"only 1 stakeholder is known" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct cell cells[MOST][CONTACT_FIELDS] = { { { 0 } } };
		struct account_view v = { 0 };
		struct stakeholders s;
		char text[STAKEHOLDERS_TEXT_MAX];

		v.rows[REC_CONTACT].cells = cells[0];
		v.rows[REC_CONTACT].n = rows[i].n;
		for (uint32_t k = 0; k < rows[i].n; k++) {
			const struct contact *c = &rows[i].of[k];

			if (c->role)
				cells[k][F_CONTACT_ROLE] = CELL_OF_TEXT(text_of(c->role));
			if (c->since)
				cells[k][F_CONTACT_SINCE] = CELL_OF_INT(c->since);
			if (c->left)
				cells[k][F_CONTACT_LEFT_ON] = CELL_OF_INT(c->left);
		}
		stakeholders_of(&v, TODAY, &s);
		if (stakeholders_fragile(&s) != rows[i].fragile)
			fail_msg("%s", rows[i].why);
		if (rows[i].text)
			assert_string_equal(stakeholders_text(&s, text), rows[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(mark) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
