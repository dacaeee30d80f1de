/* Messages that what a customer left undone starts, over recalculations. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define PLAY "first-invitation" /* after 3 to 60 days; again on its day 7 */

/* An account whose onboarding began on 2026-01-01, in a tier, with signals. */
static struct book *book_of(const char *tier, const char *signals)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_ACCOUNT,
		"account_id=A|name=Acme|arr=1000|onboarding_started=2026-01-01|"
		"first_value_on=2026-01-01\n");
	rules_tiers(s, tier, "2026-01-01", "2026-01-01", 1);
	if (*signals)
		rows_put(s, REC_SIGNAL, signals);
	return rules_book(s, "2026-01-01", "Dana");
}

struct found {
	char days[128];
	uint32_t sent;
};

static enum status take(void *arg, int64_t id, const struct cell *c, struct err *err)
{
	struct found *f = arg;
	char day[DAY_TEXT_MAX];
	const size_t used = strlen(f->days);

	(void)id;
	(void)err;
	if (!text_eq(c[F_MESSAGE_PLAY].t, TEXT(PLAY)))
		return ST_OK;
	f->sent += c[F_MESSAGE_SENT].type == CELL_INT;
	snprintf(f->days + used, sizeof(f->days) - used, "%s%s", used ? " " : "",
		day_format((int32_t)c[F_MESSAGE_MADE].i, day) + 5);
	return ST_OK;
}

/* The days that its messages are for, those that were sent among them. */
static void messages_are(struct book *b, const char *days, uint32_t sent)
{
	struct found f = { "", 0 };

	MUST(book_store(b)->ops->unended(
		book_store(b), REC_MESSAGE, 0, DAY_MIN, take, &f, &e));
	if (strcmp(f.days, days) != 0 || f.sent != sent)
		fail_msg("messages for %s, %u sent; not %s, %u", f.days, f.sent, days,
			sent);
}

static void recalc(struct book *b, const char *day)
{
	struct recalc_result r;

	rules_day(b, day);
	MUST(book_recalc(b, &r, &e));
}

#define INVITED(day, n) \
	"account_id=A|date=2026-01-" day "|signal=invited_users|value=" n "\n"

static void edges(void **state)
{
	static const struct {
		const char *tier, *signals, *day, *messages;
	} all[] = {
		{ "3", INVITED("02", "0"), "2026-01-03", "" },
		{ "3", INVITED("02", "0"), "2026-01-04", "01-04 01-11" },
		{ "3", INVITED("02", "0") INVITED("04", "1"), "2026-01-04", "" },
		{ "3", INVITED("02", "0") INVITED("05", "1"), "2026-01-04",
			"01-04 01-11" },
		{ "3", INVITED("02", "1") INVITED("04", "0"), "2026-01-04",
			"01-04 01-11" },
		{ "3", INVITED("02", "0"), "2026-01-16", "01-16 01-23" },
		{ "3", INVITED("02", "0"), "2026-01-17", "" }, /* too long ago */
		{ "3", "", "2026-01-04", "" },
		{ "3", "account_id=A|date=2026-01-04|signal=other|value=0\n",
			"2026-01-04", "" },
		{ "1", INVITED("02", "0"), "2026-01-04", "" },
		{ "2", INVITED("02", "0"), "2026-01-04", "" },
		{ "0", INVITED("02", "0"), "2026-01-04", "" }, /* in no tier */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(all); i++) {
		struct book *b = book_of(all[i].tier, all[i].signals);

		recalc(b, all[i].day);
		messages_are(b, all[i].messages, 0);
		recalc(b, all[i].day); /* twice is once */
		messages_are(b, all[i].messages, 0);
		book_free(&b);
	}
}

/* What was sent is not sent again; what waits goes when the customer did it. */
static void once_and_no_longer_than_needed(void **state)
{
	struct book *b = book_of("3", INVITED("02", "0"));

	(void)state;
	recalc(b, "2026-01-04");
	MUST(book_mark_sent(b, NULL, 0, NULL, &e));
	messages_are(b, "01-04 01-11", 1);
	recalc(b, "2026-01-05");
	messages_are(b, "01-04 01-11", 1);
	rows_put(book_store(b), REC_SIGNAL, INVITED("06", "2"));
	recalc(b, "2026-01-06");
	messages_are(b, "01-04", 1);
	rows_put(book_store(b), REC_SIGNAL, INVITED("08", "0"));
	recalc(b, "2026-01-08");
	messages_are(b, "01-04", 1);
	book_free(&b);
}

/* Before anything was sent, it begins anew when it is undone again. */
static void taken_back_before_it_went_out(void **state)
{
	struct book *b = book_of("3", INVITED("02", "0"));

	(void)state;
	recalc(b, "2026-01-04");
	rows_put(book_store(b), REC_SIGNAL, INVITED("05", "1"));
	recalc(b, "2026-01-05");
	messages_are(b, "", 0);
	rows_put(book_store(b), REC_SIGNAL, INVITED("06", "0"));
	recalc(b, "2026-01-06");
	messages_are(b, "01-06 01-13", 0);
	book_free(&b);
}

/* Nor is it sent to who left, and no machine follows up where people serve. */
static void taken_back_with_the_tier(void **state)
{
	struct book *b = book_of("3", INVITED("02", "0"));

	(void)state;
	recalc(b, "2026-01-04");
	rules_tiers(book_store(b), "2", "2026-01-05", "2026-01-05", 1);
	recalc(b, "2026-01-05");
	messages_are(b, "", 0);
	book_free(&b);
}

/* What a person started stays, whatever became known, until that person takes it back. */
static void started_by_hand(void **state)
{
	static const struct {
		const char *signals, *tier;
	} then[] = {
		{ INVITED("05", "1"), "3" },
		{ INVITED("05", "0"), "3" },
		{ "", "2" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(then); i++) {
		struct book *b = book_of("3", INVITED("02", "1"));
		const struct plays *plays;

		recalc(b, "2026-01-04");
		MUST(book_plays(b, &plays, &e));
		MUST(book_play_start(
			b, 1, plays_find(plays, PLAY), 0, "they asked", NULL, &e));
		messages_are(b, "01-04", 0);
		rules_tiers(book_store(b), then[i].tier, "2026-01-05", "2026-01-05", 1);
		if (*then[i].signals)
			rows_put(book_store(b), REC_SIGNAL, then[i].signals);
		recalc(b, "2026-01-05");
		messages_are(b, "01-04", 0);
		MUST(book_undo(b, 1, &e));
		messages_are(b, "", 0);
		book_free(&b);
	}
}

static void switched_off(void **state)
{
	static const char off[] = "[service]\nby_signal = 0\n";
	struct book *b = book_of("3", INVITED("02", "0"));
	int32_t version;

	(void)state;
	MUST(book_policy_apply(b, off, "off.ini", "quiet", &version, &e));
	recalc(b, "2026-01-04");
	messages_are(b, "", 0);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(once_and_no_longer_than_needed),
		cmocka_unit_test(taken_back_before_it_went_out),
		cmocka_unit_test(taken_back_with_the_tier),
		cmocka_unit_test(started_by_hand),
		cmocka_unit_test(switched_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
