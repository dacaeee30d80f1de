/* Plays in use that a signal starts: whether the customer did it since. */
#include "core/book_play_use.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/plays.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"
#define PLAY "first-invitation" /* invited_users = 0, until day 60 */
#define BEGAN "account_id=A|onboarding_started=2026-01-30"
#define MAIL(made, more) \
	"account_id=A|subject=s|kind=customer|play=" PLAY "|made_on=" made more "\n"
#define SENT MAIL("2026-02-10", "|sent_on=2026-02-10")
#define INVITED(day, n) "account_id=A|date=" day "|signal=invited_users|value=" n "\n"

/* One account; "asked/came/may still". */
static const struct {
	const char *account, *messages, *signals, *expected;
} stories[] = {
	{ BEGAN, SENT, INVITED("2026-02-11", "1"), "1/1/0" },
	{ BEGAN, SENT, INVITED("2026-02-11", "0"), "1/0/0" },
	/* on a later day than it wrote, also when it was undone since */
	{ BEGAN, SENT, INVITED("2026-02-10", "1"), "1/0/0" },
	{ BEGAN, SENT, INVITED("2026-02-11", "1") INVITED("2026-02-20", "0"), "1/1/0" },
	/* day 60 is the last */
	{ BEGAN, SENT, INVITED("2026-03-31", "1"), "1/1/0" },
	{ "account_id=A|onboarding_started=2026-01-29", SENT, INVITED("2026-03-31", "1"),
		"1/0/0" },
	{ "account_id=A|onboarding_started=2026-01-31", SENT, INVITED("2026-02-02", "0"),
		"1/0/1" },
	/* not of the days to come */
	{ "account_id=A|onboarding_started=2026-02-08", SENT, INVITED("2026-04-01", "1"),
		"1/0/1" },
	/* what waits, a person or an alert started asks nothing */
	{ BEGAN, MAIL("2026-02-10", ""), INVITED("2026-02-11", "1"), "0/0/0" },
	{ BEGAN, MAIL("2026-02-10", "|sent_on=2026-02-10|actor=Ann"),
		INVITED("2026-02-11", "1"), "0/0/0" },
	{ BEGAN, MAIL("2026-02-10", "|sent_on=2026-02-10|alert=7"),
		INVITED("2026-02-11", "1"), "0/0/0" },
	/* a signal did, and a person once more */
	{ BEGAN, SENT MAIL("2026-02-20", "|sent_on=2026-02-20|actor=Ann"),
		INVITED("2026-02-15", "1"), "1/1/0" },
	/* nothing measured; nobody knows when it began; another signal */
	{ BEGAN, SENT, "", "0/0/0" },
	{ "account_id=A", SENT, INVITED("2026-02-11", "1"), "0/0/0" },
	{ BEGAN, SENT,
		INVITED("2026-02-02",
			"0") "account_id=A|date=2026-02-11|signal=other|value=1\n",
		"1/0/0" },
};

static void one_account(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(stories); i++) {
		struct store *s = fake_store_new();
		const struct play_use *x;
		struct play_uses u;
		struct book *b;
		char said[40];

		rows_put(s, REC_ACCOUNT, stories[i].account);
		rows_put(s, REC_MESSAGE, stories[i].messages);
		if (*stories[i].signals)
			rows_put(s, REC_SIGNAL, stories[i].signals);
		b = rules_book(s, DAY, "Lea");
		MUST(play_uses_of(b, PLAY_USE_WEEKS, &u, &e));
		x = &play_uses_find(&u, TEXT(PLAY))->use;
		snprintf(said, sizeof(said), "%u/%u/%u", x->asked, x->came, x->waits);
		if (strcmp(said, stories[i].expected) != 0)
			fail_msg("%zu: %s, not %s", i, said, stories[i].expected);
		play_uses_clear(&u);
		book_free(&b);
	}
}

static enum status library(void *ctx, struct plays *out, struct err *err)
{
	static const char text[] =
		"[play]\nname = ask\ntitle = Ask\nversion = 1\ntiers = 3\n"
		"stage = adoption\ndriver = ease\npurpose = value\ntouch = automated\n"
		"trigger = Now.\nwhen = nps < 7 after 3 days\n"
		"[step.1]\ntitle = Write\nowner = automation\nkind = message\ndue = 0\n"
		"[template]\nsubject = Hello\nline = Hello\n";

	(void)ctx;
	return plays_add_own(out, text, strlen(text), "ask.ini", err);
}

/* An answer to a survey and a signal of its name are one series. */
static void surveys(void **state)
{
	struct store *s = fake_store_new();
	const struct play_use_row *row;
	char line[TEXT_SAID_MAX];
	struct play_uses u;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, BEGAN);
	rows_put(s, REC_MESSAGE,
		"account_id=A|subject=s|kind=customer|play=ask|made_on=2026-02-10|"
		"sent_on=2026-02-10\n");
	rows_put(s, REC_SURVEY,
		"account_id=A|date=2026-02-09|kind=csat|score=5\n"
		"account_id=A|date=2026-02-12|kind=nps|score=9\n");
	b = rules_book(s, DAY, "Lea");
	book_plays_from(b, library, NULL);
	MUST(play_uses_of(b, PLAY_USE_WEEKS, &u, &e));
	row = play_uses_find(&u, TEXT("ask"));
	assert_string_equal(play_use_text(&u, row, PLAY_USE_BEHAVIOUR, line),
		"started by a signal at 1 customer: 1 did since, within its days, what "
		"was left undone: what was seen, no proof that the play did it");
	play_uses_clear(&u);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_account),
		cmocka_unit_test(surveys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
