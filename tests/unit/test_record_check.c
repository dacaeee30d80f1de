/* Rows as a whole: pairs of days, scales, which way money goes. */
#include "core/record_check.h"

#include "core/part.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define TEXT_CELL(s)                                         \
	{                                                    \
		.type = CELL_TEXT, .t = { s, sizeof(s) - 1 } \
	}
#define INT_CELL(v)                        \
	{                                  \
		.type = CELL_INT, .i = (v) \
	}
#define NUMBER_CELL(v)                        \
	{                                     \
		.type = CELL_NUMBER, .n = (v) \
	}
#define NOTHING                      \
	{                            \
		.type = CELL_MISSING \
	}

struct pair {
	enum record_kind kind;
	int a, b; /* fields */
	struct cell x, y;
	int blamed; /* -1: the row may be so */
	const char *says;
};

/* Days count from 1970-01-01: 10 is the 11th of January. */
#define ORDER(kind, first, then)                                                         \
	{ kind, first, then, INT_CELL(10), INT_CELL(9), then, "1970-01-10 is before " }, \
		{ kind, first, then, INT_CELL(10), INT_CELL(10), -1, NULL },             \
		{ kind, first, then, INT_CELL(10), INT_CELL(11), -1, NULL },             \
		{ kind, first, then, NOTHING, INT_CELL(9), -1, NULL },                   \
	{                                                                                \
		kind, first, then, INT_CELL(10), NOTHING, -1, NULL                       \
	}
#define SURVEY(kind, score, blamed, says)                                        \
	{                                                                        \
		REC_SURVEY, F_SURVEY_KIND, F_SURVEY_SCORE, TEXT_CELL(kind),      \
			NUMBER_CELL(score), (blamed) ? F_SURVEY_SCORE : -1, says \
	}
#define SIGNAL(kind, value, blamed, says)                                        \
	{                                                                        \
		REC_SIGNAL, F_SIGNAL_KIND, F_SIGNAL_VALUE, INT_CELL((kind) + 1), \
			NUMBER_CELL(value), (blamed) ? F_SIGNAL_VALUE : -1, says \
	}
#define MOVE(kind, delta, blamed, says)                                           \
	{                                                                         \
		REC_MOVEMENT, F_MOVEMENT_KIND, F_MOVEMENT_DELTA, TEXT_CELL(kind), \
			INT_CELL(delta), (blamed) ? F_MOVEMENT_DELTA : -1, says   \
	}

static const struct pair pairs[] = {
	ORDER(REC_ACCOUNT, F_CONTRACT_START, F_CHURNED_ON),
	ORDER(REC_CSM, F_CSM_ACTIVE_FROM, F_CSM_ACTIVE_UNTIL),
	ORDER(REC_CONTACT, F_CONTACT_SINCE, F_CONTACT_LEFT_ON),
	ORDER(REC_TICKET, F_TICKET_OPENED, F_TICKET_CLOSED),
	ORDER(REC_CONTRACT, F_CONTRACT_FROM, F_CONTRACT_UNTIL),
	ORDER(REC_FIX, F_FIX_NOTICED, F_FIX_DOCUMENTED),
	ORDER(REC_FIX, F_FIX_NOTICED, F_FIX_AUTOMATED),
	ORDER(REC_FIX, F_FIX_NOTICED, F_FIX_VERIFIED),
	ORDER(REC_FIX, F_FIX_DOCUMENTED, F_FIX_AUTOMATED),
	ORDER(REC_FIX, F_FIX_DOCUMENTED, F_FIX_VERIFIED),
	ORDER(REC_FIX, F_FIX_AUTOMATED, F_FIX_VERIFIED),
	ORDER(REC_LOCK, F_LOCK_SINCE, F_LOCK_UNTIL),
	/* what is no contradiction: who was won before the onboarding began */
	{ REC_ACCOUNT, F_ONBOARDING_STARTED, F_FIRST_VALUE_ON, INT_CELL(10), INT_CELL(9),
		-1, NULL },
	SURVEY("nps", -1, true, "0 to 10"),
	SURVEY("nps", 0, false, NULL),
	SURVEY("nps", 10, false, NULL),
	SURVEY("nps", 10.5, true, "0 to 10"),
	SURVEY("csat", 0, true, "1 to 5"),
	SURVEY("csat", 5, false, NULL),
	SURVEY("csat", 6, true, "1 to 5"),
	SURVEY("ces", 7, false, NULL),
	SURVEY("ces", 8, true, "1 to 7"),
	SURVEY("exit", 9, false, NULL),
	SIGNAL(SIG_LOGINS, -1, true, "can't be negative"),
	SIGNAL(SIG_LOGINS, 1e9, false, NULL),
	SIGNAL(SIG_PULSE, 4, true, "1 to 3"),
	SIGNAL(SIG_PULSE, 3, false, NULL),
	SIGNAL(SIG_KNOWN, -4, false, NULL), /* one of the user's own */
	MOVE("new", -1, true, "or call it churn"),
	MOVE("new", 1, false, NULL),
	MOVE("expansion", -100, true, "-1.00 is no expansion: write 1.00"),
	MOVE("expansion", 0, false, NULL),
	MOVE("contraction", 100, true, "1.00 is no contraction: write -1.00"),
	MOVE("contraction", -100, false, NULL),
	MOVE("churn", 1, true, "or call it new"),
	MOVE("churn", -1, false, NULL),
	MOVE("reactivation", -1, true, "or call it churn"),
	MOVE("reactivation", 1, false, NULL),
	{ REC_CSM, F_CSM_NAME, F_CSM_NAME, TEXT_CELL("Pool"), TEXT_CELL("Pool"),
		F_CSM_NAME, "the word for nobody" },
	{ REC_CSM, F_CSM_NAME, F_CSM_TEAM, TEXT_CELL("Pooley"), NOTHING, -1, NULL },
	{ REC_CONTACT, F_CONTACT_NAME, F_CONTACT_EMAIL, NOTHING, NOTHING, F_CONTACT_NAME,
		"a name or an address" },
	{ REC_CONTACT, F_CONTACT_NAME, F_CONTACT_EMAIL, NOTHING, TEXT_CELL("a@b"), -1,
		NULL },
};

static bool check(const struct pair *p, uint32_t fields, struct record_flaw *flaw)
{
	struct cell cells[RECORD_FIELDS_MAX] = { NOTHING };

	if (p->kind == REC_CONTACT)
		cells[F_CONTACT_NAME] = CELL_OF_TEXT(TEXT("Somebody"));
	cells[p->a] = p->x;
	cells[p->b] = p->y;
	return record_check(p->kind, cells, fields, flaw);
}

static void pairs_of_fields(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct pair *p = &pairs[i];
		struct record_flaw flaw = { .field = -1 };
		const bool good = check(p, ~0u, &flaw);

		if (good != (p->blamed < 0) || flaw.field != p->blamed)
			fail_msg("row %zu: field %d is blamed, not %d: %s", i, flaw.field,
				p->blamed, good ? "nothing" : flaw.what.message);
		if (!good && !strstr(flaw.what.message, p->says))
			fail_msg("row %zu: no \"%s\" in \"%s\"", i, p->says,
				flaw.what.message);
	}
}

/* What is not touched is not held against whoever touches something else; either of the
 * two is enough. */
static void only_what_is_given(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct pair *p = &pairs[i];
		const uint32_t both = 1u << p->a | 1u << p->b;
		struct record_flaw flaw;

		if (p->blamed < 0 || p->x.type == CELL_MISSING)
			continue;
		assert_true(check(p, ~both, &flaw));
		assert_false(check(p, 1u << p->b, &flaw));
		assert_int_equal(flaw.field, p->blamed);
		assert_false(check(p, 1u << p->a, &flaw));
		if (p->x.type != CELL_INT || p->y.type != CELL_INT ||
			p->kind == REC_MOVEMENT)
			continue;
		/* of two days the one that was given is looked at */
		assert_int_equal(flaw.field, p->a);
		assert_non_null(strstr(flaw.what.message, "1970-01-11 is after "));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_of_fields),
		cmocka_unit_test(only_what_is_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
