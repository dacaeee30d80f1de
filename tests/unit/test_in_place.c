/* What an account of tier 1 is to have in place, and what of it the book knows. */
#include "core/in_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"
#define PLAN(more) "account_id=A|" more "\n"
#define PERSON(name, more) "account_id=A|name=" name "|role=" more "\n"
#define TOUCH(day, more) "account_id=A|date=" day "|kind=call|" more "\n"
#define REVIEW_PLAY                                                                  \
	"account_id=A|play=strategic-business-review|title=T|started_on=2026-03-01|" \
	"step=1|"
#define PLANNED PLAN("goal=live in May|next_step=train|next_due=2026-01-01")

static unsigned missing(
	enum record_kind kind, const char *rows, enum record_kind other, const char *more)
{
	struct book *b;
	struct store *s = fake_store_new();
	struct account_view *v;
	unsigned out;

	rows_put(s, REC_ACCOUNT, "account_id=A\n");
	rows_put(s, kind, rows);
	if (more)
		rows_put(s, other, more);
	b = rules_book(s, DAY, "Dana");
	MUST(book_account(b, 1, &v, &e));
	out = in_place_missing(book_policy(b), v, day_of(DAY));
	account_view_free(&v);
	book_free(&b);
	return out;
}

/* Each row brings what is named, and nothing else. */
static void what_is_there(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *rows;
		enum record_kind other;
		const char *more;
		unsigned there; /* a bit for each */
	} rows[] = {
		{ REC_PLAN, PLANNED, REC_PLAN, NULL, 1u << IN_PLACE_PLAN },
		{ REC_PLAN, PLAN("goal=live in May|next_step=train"), REC_PLAN, NULL, 0 },
		{ REC_PLAN, PLAN("goal=live in May|next_due=2026-04-01"), REC_PLAN, NULL,
			0 },
		{ REC_PLAN, PLAN("next_step=train|next_due=2026-04-01"), REC_PLAN, NULL,
			0 },
		{ REC_CONTACT, PERSON("N", "sponsor"), REC_PLAN, NULL,
			1u << IN_PLACE_SPONSOR },
		{ REC_CONTACT, "account_id=A|email=n@x.example|role=sponsor\n", REC_PLAN,
			NULL, 0 },
		{ REC_CONTACT, PERSON("N", "sponsor|left_on=2026-03-31"), REC_PLAN, NULL,
			0 },
		{ REC_CONTACT, PERSON("N", "sponsor|left_on=2026-04-01"), REC_PLAN, NULL,
			1u << IN_PLACE_SPONSOR },
		/* two are no chart, nor are three without a champion */
		{ REC_CONTACT, PERSON("N", "sponsor") PERSON("M", "champion"), REC_PLAN,
			NULL, 1u << IN_PLACE_SPONSOR },
		{ REC_CONTACT,
			PERSON("N", "sponsor") PERSON("M", "champion")
				PERSON("O", "user"),
			REC_PLAN, NULL, 1u << IN_PLACE_SPONSOR | 1u << IN_PLACE_CHART },
		{ REC_CONTACT,
			PERSON("N", "sponsor") PERSON("M", "billing") PERSON("O", "user"),
			REC_PLAN, NULL, 1u << IN_PLACE_SPONSOR },
		/* a review counts as the service has it, and while it is prepared */
		{ REC_PLAN, PLANNED, REC_TOUCH,
			TOUCH("2026-03-01", "purpose=QBR|outcome=two goals"),
			1u << IN_PLACE_PLAN | 1u << IN_PLACE_REVIEWS },
		{ REC_PLAN, PLANNED, REC_TOUCH, TOUCH("2026-03-01", "purpose=QBR"),
			1u << IN_PLACE_PLAN },
		{ REC_TASK, REVIEW_PLAY "state=open\n", REC_PLAN, NULL,
			1u << IN_PLACE_REVIEWS },
		{ REC_TASK, REVIEW_PLAY "state=dropped|ended_on=2026-03-02\n", REC_PLAN,
			NULL, 0 },
		/* a quarter, and a day more; a ritual; what lies ahead */
		{ REC_TOUCH, TOUCH("2025-12-30", "purpose=Risk review|outcome=none seen"),
			REC_PLAN, NULL, 1u << IN_PLACE_RISK },
		{ REC_TOUCH, TOUCH("2025-12-29", "purpose=Risk review|outcome=none seen"),
			REC_PLAN, NULL, 0 },
		{ REC_TOUCH, TOUCH("2026-03-31", "purpose=risk review"), REC_PLAN, NULL,
			0 },
		{ REC_TOUCH, TOUCH("2026-04-01", "purpose=risk review|outcome=x"),
			REC_PLAN, NULL, 0 },
		{ REC_TOUCH, TOUCH("2026-03-31", "purpose=check-in|outcome=at risk"),
			REC_PLAN, NULL, 0 },
	};
	const unsigned all = (1u << IN_PLACE_COUNT) - 1;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const unsigned there = all & ~missing(rows[i].kind, rows[i].rows,
						     rows[i].other, rows[i].more);

		if (there != rows[i].there)
			fail_msg("row %zu: %x, not %x", i, there, rows[i].there);
	}
}

static void in_words(void **state)
{
	static const struct {
		unsigned missing;
		const char *text;
	} rows[] = {
		{ 0, "in place: 5 of 5" },
		{ 1u << IN_PLACE_RISK, "in place: 4 of 5; missing: risk review" },
		{ (1u << IN_PLACE_COUNT) - 1,
			"in place: 0 of 5; missing: success plan, business reviews, "
			"executive sponsor, risk review, org chart" },
	};
	char text[IN_PLACE_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(in_place_text(rows[i].missing, text), rows[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there),
		cmocka_unit_test(in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
