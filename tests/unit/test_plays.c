/* The library: what takes the place of what, what is wrong with it, and that the shipped
 * one is whole. */
#include "core/plays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/asset.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct plays library(bool shipped)
{
	struct plays p;
	struct err e;

	plays_init(&p);
	if (shipped && plays_add_shipped(&p, &e) != ST_OK)
		fail_msg("a shipped play is refused: %s", e.text);
	return p;
}

static enum status add(struct plays *p, const char *name, const char *tiers,
	const char *more, const char *file, struct err *e)
{
	char text[1024];

	snprintf(text, sizeof(text),
		"[play]\nname = %s\ntitle = Own\ntiers = %s\nversion = 7\n"
		"stage = risk\ndriver = ease\npurpose = value\ntouch = one-to-few\n"
		"trigger = Now.\n%s\n[step.1]\ntitle = a\nowner = csm\nkind = task\n"
		"due = 0\n[template]\nsubject = s\nline = l\n",
		name, tiers, more);
	return plays_add_own(p, text, strlen(text), file, e);
}

static void added(struct plays *p, const char *name, const char *tiers, const char *more)
{
	struct err e;

	if (add(p, name, tiers, more, "own.ini", &e) != ST_OK)
		fail_msg("%s: %s", name, e.text);
}

static void by_name_in_byte_order(void **state)
{
	static const char *const names[] = { "b", "a", "c-1", "c", "ba", "c-0" };
	static const char *const order[] = { "a", "b", "ba", "c", "c-0", "c-1" };
	struct plays p = library(false);
	const struct play *x = NULL;

	(void)state;
	assert_null(plays_find(&p, "a"));
	assert_null(plays_of_tier(&p, 1, NULL));
	for (size_t i = 0; i < LENGTH(names); i++)
		added(&p, names[i], i % 2 ? "1 2" : "2", "");
	for (size_t i = 0; i < LENGTH(order); i++) {
		assert_string_equal(p.play[i]->name, order[i]);
		assert_ptr_equal(plays_find(&p, order[i]), p.play[i]);
		x = plays_of_tier(&p, 2, x);
		assert_ptr_equal(x, p.play[i]);
	}
	assert_null(plays_of_tier(&p, 2, x));
	assert_string_equal(plays_of_tier(&p, 1, NULL)->name, "a");
	assert_string_equal(plays_of_tier(&p, 1, plays_find(&p, "a"))->name, "c");
	assert_null(plays_find(&p, "bb"));
	assert_null(plays_find(&p, ""));
	plays_clear(&p);
}

/* Whether the shipped one was asked for before, or not. */
static void an_own_play_takes_the_place_of(bool read)
{
	struct plays p = library(true);
	const int n = p.n;
	struct err e;

	if (read) {
		assert_false(plays_find(&p, "wake-up")->own);
		assert_string_equal(plays_find(&p, "wake-up")->file, "plays/wake-up.ini");
	}
	added(&p, "wake-up", "2", "alerts = silent");
	assert_int_equal(p.n, n);
	assert_true(plays_find(&p, "wake-up")->own);
	assert_int_equal(plays_find(&p, "wake-up")->version, 7);
	assert_string_equal(plays_find(&p, "wake-up")->file, "own.ini");
	/* of two own ones the first stays, and a wrong one changes nothing */
	assert_int_equal(add(&p, "wake-up", "1", "", "two.ini", &e), ST_DUPLICATE);
	assert_string_equal(e.text,
		"two.ini: wake-up is in own.ini already: give one of them another name");
	assert_int_equal(add(&p, "office-hours", "9", "", "bad.ini", &e), ST_INVALID);
	assert_string_equal(plays_find(&p, "wake-up")->file, "own.ini");
	assert_false(plays_find(&p, "office-hours")->own);
	assert_int_equal(p.n, n);
	plays_clear(&p);
	assert_int_equal(p.n, 0);
}

static void an_own_play_takes_the_place(void **state)
{
	(void)state;
	an_own_play_takes_the_place_of(true);
	an_own_play_takes_the_place_of(false);
}

/* ---- shipped ones are read when they are asked for ---- */

static int count_read(const struct plays *p)
{
	int n = 0;

	for (int i = 0; i < p->n; i++)
		n += p->play[i]->steps > 0;
	return n;
}

static void nothing_is_read_before(void **state)
{
	struct plays p = library(true);
	struct err e;
	int n;

	(void)state;
	assert_int_equal(plays_told(&p), 0);
	assert_null(plays_find(&p, "no-such"));
	added(&p, "another", "1", "pilot = 3");
	assert_int_equal(add(&p, "x", "4", "", "bad.ini", &e), ST_INVALID);
	assert_true(plays_told(&p) != 0);
	assert_int_equal(count_read(&p), 1); /* the own one */
	assert_string_equal(plays_find(&p, "wake-up")->name, "wake-up");
	assert_ptr_equal(plays_find(&p, "wake-up"), plays_find(&p, "wake-up"));
	assert_int_equal(count_read(&p), 2);
	for (n = 0; n < p.n; n++)
		(void)plays_at(&p, n);
	assert_int_equal(count_read(&p), n);
	plays_clear(&p);
}

static void one_way(const struct plays *p)
{
	for (int i = 0; i < p->n; i++)
		(void)plays_at(p, i);
}

static void the_other_way(const struct plays *p)
{
	for (int i = p->n; i-- > 0;)
		(void)plays_find(p, p->play[i]->name);
}

static void by_tier(const struct plays *p)
{
	for (int tier = TIER_COUNT; tier > 0; tier--)
		for (const struct play *x = NULL;
			(x = plays_of_tier(p, tier, x)) != NULL;)
			assert_true(play_runs_on(x, tier));
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* In whatever order; and the memory for it was there before. */
static void any_order_will_do(void **state)
{
	static void (*const ask[])(
		const struct plays *) = { one_way, the_other_way, by_tier };
	struct plays first = library(true);

	(void)state;
	one_way(&first);
	for (size_t k = 0; k < LENGTH(ask); k++) {
		struct plays p = library(true);
		const struct arena_block *taken = p.shipped->head;

		ask[k](&p);
		assert_int_equal(p.n, first.n);
		assert_int_equal(count_read(&p), p.n);
		assert_ptr_equal(p.shipped->head, taken);
		for (int i = 0; i < p.n; i++) {
			const struct play *x = p.play[i], *y = first.play[i];

			if (!same(x->name, y->name) || !same(x->title, y->title) ||
				!same(x->body, y->body) || !same(x->script, y->script) ||
				!same(x->file, y->file) || x->tiers != y->tiers ||
				x->steps != y->steps || x->own || y->own)
				fail_msg("%s, asked for as in %zu", y->name, k);
		}
		plays_clear(&p);
	}
	plays_clear(&first);
}

static void no_more_than_there_is_room_for(void **state)
{
	struct plays p = library(false);
	char name[16];
	struct err e;

	(void)state;
	for (int i = 0; i < PLAYS_MAX; i++) {
		snprintf(name, sizeof(name), "p%d", i);
		added(&p, name, "1", "");
	}
	assert_int_equal(add(&p, "q", "1", "", "q.ini", &e), ST_INVALID);
	assert_string_equal(e.text, "q.ini: there are 256 plays already");
	assert_null(plays_find(&p, "q"));
	plays_clear(&p);
}

/* ---- findings -------------------------------------------------------------------- */

static void hear(void *arg, const char *sentence)
{
	char *heard = arg;

	strcat(strcat(heard, sentence), "\n");
}

/* The policy that starts nothing. */
static struct policy unbound(void)
{
	struct policy p;

	policy_default(&p);
	memset(p.alert_play, 0, sizeof(p.alert_play));
	return p;
}

/* The playbook of one tier at another pace is no service of its own. */
static void every_tier_has_a_play_of_its_own(void **state)
{
	static const struct {
		const char *tiers[4]; /* of the plays */
		int found;
		const char *finding;
	} rows[] = {
		{ { NULL }, 3, "tier 1 has no play that no other tier runs" },
		{ { "1", "2", "3" }, 0, "" },
		{ { "1", "2", "1 3" }, 1, "tier 3 has no play that no other tier runs" },
		{ { "1 2 3", "1 2 3", "1 2 3" }, 3, "tier 2 has no play" },
		{ { "1", "1 2", "2 3", "3" }, 1, "tier 2 has no play" },
		{ { "1", "2", "2 3", "3 1" }, 1, "tier 3 has no play" },
	};
	const struct policy policy = unbound();

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct plays p = library(false);
		char heard[1024] = "", name[8];

		for (int k = 0; k < 4 && rows[i].tiers[k]; k++) {
			snprintf(name, sizeof(name), "p%d", k);
			added(&p, name, rows[i].tiers[k], "");
		}
		assert_int_equal(plays_check(&p, &policy, hear, heard), rows[i].found);
		assert_int_equal(plays_check(&p, &policy, NULL, NULL), rows[i].found);
		if (!strstr(heard, rows[i].finding))
			fail_msg("row %zu: %s", i, heard);
		plays_clear(&p);
	}
}

static void bindings_lead_somewhere(void **state)
{
	static const struct {
		const char *play;
		int tier;
		const char *finding;
	} rows[] = {
		{ "wake-up", 2, "" },
		{ "", 1, "" },
		{ "no-such", 1,
			"[alerts.plays] silent: there is no play no-such for tier 1\n" },
		{ "wake-up", 3,
			"[alerts.plays] silent: the play wake-up does not run on tier 3: "
			"name another, or add the tier to its `tiers`\n" },
		{ "rescue-plan", 1,
			"[alerts.plays] silent: the play rescue-plan is not for this "
			"alert: name another, or add the alert to its `alerts`\n" },
	};
	struct plays p = library(true);

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct policy policy = unbound();
		char heard[1024] = "";

		snprintf(policy.alert_play[ALERT_SILENT][rows[i].tier - 1], PLAY_NAME_MAX,
			"%s", rows[i].play);
		assert_int_equal(
			plays_check(&p, &policy, hear, heard), *rows[i].finding != '\0');
		assert_string_equal(heard, rows[i].finding);
	}
	plays_clear(&p);
}

/* A message without a text is sent by nobody: where a machine would. */
static void messages_that_nobody_wrote(void **state)
{
	static const char step[] =
		"[step.2]\ntitle = b\nowner = automation\nkind = message\ndue = 3\n";
	static const struct {
		const char *tiers, *text;
		bool found;
	} rows[] = {
		{ "3", "", true }, { "1 3", "", true },
		{ "3", "[template.2]\nsubject = a\nline = b\n", false },
		{ "2", "", false }, /* people write there */
	};
	struct policy policy = unbound();

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct plays p = library(true);
		char text[1024], heard[1024] = "";

		snprintf(text, sizeof(text),
			"[play]\nname = x\ntitle = T\ntiers = %s\nversion = 1\n"
			"stage = risk\ndriver = trust\npurpose = value\n"
			"touch = one-to-few\ntrigger = Now.\n"
			"[step.1]\ntitle = a\nowner = automation\nkind = message\n"
			"due = 0\n%s[template]\nsubject = a\nline = b\n%s",
			rows[i].tiers, step, rows[i].text);
		assert_int_equal(
			plays_add_own(&p, text, strlen(text), "x.ini", NULL), ST_OK);
		assert_int_equal(plays_check(&p, &policy, hear, heard), rows[i].found);
		assert_string_equal(heard,
			rows[i].found ? "play x: nobody writes the message of step 2 in "
					"tier 3, and so none is sent: give it a "
					"[template.2]\n"
				      : "");
		plays_clear(&p);
	}
}

/* Own ones that alerts start and a machine sends say whether they were tried. */
static void pilots(void **state)
{
	static const struct {
		const char *more, *template;
		bool found;
	} rows[] = {
		{ "tiers = 2 3\nalerts = silent\n", "[template]\nsubject = a\nline = b\n",
			true },
		{ "tiers = 2\nalerts = silent\n", "[template]\nsubject = a\nline = b\n",
			false },
		{ "tiers = 3\n", "[template]\nsubject = a\nline = b\n", false },
		{ "tiers = 3\nalerts = silent\npilot = 0\n",
			"[template]\nsubject = a\nline = b\n", false },
		{ "tiers = 3\nalerts = silent\npilot = 10\n",
			"[template]\nsubject = a\nline = b\n", false },
	};
	struct policy policy = unbound();
	struct err e;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct plays p = library(true);
		char text[1024], heard[1024] = "";

		snprintf(text, sizeof(text),
			"[play]\nname = x\ntitle = T\nversion = 1\nstage = risk\n"
			"driver = trust\npurpose = value\ntouch = one-to-few\n"
			"trigger = Now.\n%s[step.1]\ntitle = a\nowner = csm\n"
			"kind = task\ndue = 0\n%s",
			rows[i].more, rows[i].template);
		if (plays_add_own(&p, text, strlen(text), "x.ini", &e) != ST_OK)
			fail_msg("%s", e.text);
		assert_int_equal(plays_check(&p, &policy, hear, heard), rows[i].found);
		assert_int_equal(
			strstr(heard, "play x: writes to customers in tier 3 by itself, "
				      "and no pilot showed that it works") != NULL,
			rows[i].found);
		plays_clear(&p);
	}
}

/* ---- what is shipped ------------------------------------------------------------- */

static void nothing_is_wrong_with_what_is_shipped(void **state)
{
	struct plays p = library(true);
	char heard[4096] = "";
	struct policy policy;
	int assets = 0;

	(void)state;
	policy_default(&policy);
	if (plays_check(&p, &policy, hear, heard) != 0)
		fail_msg("%s", heard);
	for (size_t i = 0; asset_at(i); i++)
		assets += strncmp(asset_at(i)->name, "plays/", 6) == 0;
	assert_int_equal(p.n, assets);
	for (int tier = 1; tier <= TIER_COUNT; tier++) {
		int all = 0, own = 0;

		for (const struct play *x = NULL;
			(x = plays_of_tier(&p, tier, x)) != NULL; all++)
			own += x->tiers == 1u << tier;
		assert_true(all >= 4 && own >= 2);
	}
	plays_clear(&p);
}

/* Every alert that is looked for in a tier starts something there. */
static void every_alert_starts_a_play(void **state)
{
	struct plays p = library(true);
	struct policy policy;

	(void)state;
	policy_default(&policy);
	for (int k = 0; k < ALERT_KINDS; k++)
		for (int t = 0; t < TIER_COUNT; t++) {
			const struct play *x = plays_find(&p, policy.alert_play[k][t]);

			if ((policy.alert_severity[k][t] != SEV_OFF) != (x != NULL))
				fail_msg("%s on tier %d", alert_kinds[k].name, t + 1);
			if (x)
				assert_true(play_runs_on(x, t + 1) &&
					    play_started_by(x, (enum alert_kind)k));
		}
	plays_clear(&p);
}

static void shipped(const struct play *x)
{
	char file[PLAY_NAME_MAX + 16];
	bool any_meeting = false;

	snprintf(file, sizeof(file), "plays/%s.ini", x->name);
	assert_string_equal(x->file, file);
	assert_int_equal(x->pilot, PLAY_NO_PILOT); /* nobody reads it for that */
	assert_non_null(x->subject);
	for (int k = 0; k < x->steps; k++) {
		const struct play_step *s = &x->step[k];

		any_meeting |= s->kind == PLAY_MEETING;
		/* who talks to a customer writes down what came of it */
		if ((s->kind == PLAY_CALL || s->kind == PLAY_MEETING) &&
			!s->outcome_required)
			fail_msg("%s, step %d: no outcome", x->name, k + 1);
	}
	/* tier 3 is asked, and not invited by default */
	if (play_runs_on(x, 3) && any_meeting)
		assert_int_equal(x->touch, PLAY_ONE_TO_FEW);
	/* Nothing is sold before there is value. */
	if (x->stage == PLAY_EXPANSION)
		assert_true(x->purpose == PLAY_COMMERCIAL && x->health_min >= 70 &&
			    x->gates >> PLAY_NO_OPEN_RISK & 1 &&
			    x->gates >> PLAY_ONBOARDED & 1);
}

static void shipped_plays_keep_the_manners(void **state)
{
	struct plays p = library(true);

	(void)state;
	for (int i = 0; i < p.n; i++)
		shipped(plays_at(&p, i));
	assert_non_null(plays_find(&p, "recovery-call")->script);
	assert_int_equal(plays_find(&p, "strategic-business-review")->tiers, 1u << 1);
	assert_true(
		plays_find(&p, "expansion-hand-off")->gates >> PLAY_TWO_STAKEHOLDERS & 1);
	plays_clear(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_name_in_byte_order),
		cmocka_unit_test(an_own_play_takes_the_place),
		cmocka_unit_test(nothing_is_read_before),
		cmocka_unit_test(any_order_will_do),
		cmocka_unit_test(no_more_than_there_is_room_for),
		cmocka_unit_test(every_tier_has_a_play_of_its_own),
		cmocka_unit_test(bindings_lead_somewhere),
		cmocka_unit_test(messages_that_nobody_wrote),
		cmocka_unit_test(pilots),
		cmocka_unit_test(nothing_is_wrong_with_what_is_shipped),
		cmocka_unit_test(every_alert_starts_a_play),
		cmocka_unit_test(shipped_plays_keep_the_manners),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
