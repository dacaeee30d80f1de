/* The stories of a demo book, as its rows tell them. */
#include "core/demo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/store.h"
#include "tests/support/demos.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

struct stories {
	int32_t today;
	uint32_t owned, children, onboarding, failed_starts, reasons, left, bursts;
	uint32_t nps, exits, one_way, expansions, contractions;
	uint32_t tickets_of[1000];
};

static enum status see_account(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct stories *s = arg;
	const bool no_value = c[F_ONBOARDING_STARTED].type != CELL_MISSING &&
			      c[F_FIRST_VALUE_ON].type == CELL_MISSING &&
			      c[F_CHURNED_ON].type == CELL_MISSING;
	const int32_t days = no_value ? s->today - (int32_t)c[F_ONBOARDING_STARTED].i : 0;

	(void)id;
	(void)e;
	assert_true(c[F_NAME].t.n > 3 && c[F_INDUSTRY].t.n > 3 && c[F_REGION].t.n > 3);
	s->owned += c[F_CSM].type != CELL_MISSING && c[F_CHURNED_ON].type == CELL_MISSING;
	s->children += c[F_PARENT_ID].type != CELL_MISSING;
	s->onboarding += no_value && days < 60;
	s->failed_starts += no_value && days >= 60;
	s->reasons += c[F_CHURN_REASON].type != CELL_MISSING;
	return ST_OK;
}

static enum status see_contact(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct stories *s = arg;

	(void)id;
	(void)e;
	s->left += c[F_CONTACT_LEFT_ON].type != CELL_MISSING &&
		   c[F_CONTACT_LEFT_ON].i > s->today - 60 &&
		   text_eq(c[F_CONTACT_ROLE].t, TEXT("champion"));
	return ST_OK;
}

/* Account ids of 600 accounts are "A-" and four digits from 1001 on. */
static enum status see_ticket(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct stories *s = arg;
	const char *key = c[F_TICKET_ACCOUNT].t.s;
	const int number = (key[2] - '0') * 1000 + (key[3] - '0') * 100 +
			   (key[4] - '0') * 10 + (key[5] - '0') - 1001;

	(void)id;
	(void)e;
	assert_true(number >= 0 && number < (int)LENGTH(s->tickets_of));
	assert_true(c[F_TICKET_OPENED].i <= s->today);
	if (c[F_TICKET_OPENED].i > s->today - 42 && ++s->tickets_of[number] == 7)
		s->bursts++;
	return ST_OK;
}

static enum status see_survey(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct stories *s = arg;

	(void)id;
	(void)e;
	s->nps += text_eq(c[F_SURVEY_KIND].t, TEXT("nps"));
	s->exits += text_eq(c[F_SURVEY_KIND].t, TEXT("exit"));
	return ST_OK;
}

static enum status see_touch(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct stories *s = arg;

	(void)id;
	(void)e;
	assert_true(c[F_TOUCH_DATE].i <= s->today);
	s->one_way += c[F_TOUCH_TWO_WAY].i == 0;
	return ST_OK;
}

static enum status see_movement(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct stories *s = arg;

	(void)id;
	(void)e;
	s->expansions += text_eq(c[F_MOVEMENT_KIND].t, TEXT("expansion"));
	s->contractions += text_eq(c[F_MOVEMENT_KIND].t, TEXT("contraction"));
	return ST_OK;
}

static void stories_in_the_rows(void **state)
{
	static const struct {
		enum record_kind kind;
		row_fn see;
	} looks[] = {
		{ REC_ACCOUNT, see_account },
		{ REC_CONTACT, see_contact },
		{ REC_TICKET, see_ticket },
		{ REC_SURVEY, see_survey },
		{ REC_TOUCH, see_touch },
		{ REC_MOVEMENT, see_movement },
	};
	struct demo_request r = demos_request(600, 1, "2026-11-20");
	struct stories seen = { .today = r.today };
	struct store *s = demos_filled(&r);
	struct err e;

	(void)state;
	for (size_t i = 0; i < LENGTH(looks); i++)
		assert_int_equal(
			s->ops->rows(s, looks[i].kind, 0, looks[i].see, &seen, &e),
			ST_OK);
	assert_in_range(seen.owned, 235, 245);
	assert_in_range(seen.children, 5, 40);
	assert_in_range(seen.onboarding, 3, 40);
	assert_in_range(seen.failed_starts, 3, 40);
	assert_in_range(seen.reasons, 20, 60);
	assert_in_range(seen.left, 5, 60);
	assert_in_range(seen.bursts, 2, 60);
	assert_in_range(seen.nps, 600, 6000);
	assert_in_range(seen.exits, 5, 40);
	assert_in_range(seen.one_way, 500, 10000);
	assert_in_range(seen.expansions, 200, 3000);
	assert_in_range(seen.contractions, 10, 500);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stories_in_the_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
