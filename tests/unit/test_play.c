/* Plays as files: what is read, what is refused with which words, and what becomes of
 * templates, also of hostile ones. */
#include "core/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

#define HEAD(tiers, stage, touch)                                                       \
	"[play]\nname = x-1\ntitle = T\ntiers = " tiers "\nversion = 1\nstage = " stage \
	"\ndriver = trust\npurpose = value\ntouch = " touch "\ntrigger = Now.\n"
#define STEP "[step.1]\ntitle = Call\nowner = csm\nkind = call\ndue = 0\n"
#define WRITE "[step.2]\ntitle = Write\nowner = automation\nkind = message\ndue = 3\n"
#define PLAY HEAD("1 2", "risk", "one-to-one")
#define TEN "0123456789"
#define MAIL "[template]\nsubject = S\nline = Hi\n"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

static struct play parsed(const char *text)
{
	struct play p;
	struct err e;

	if (play_parse(text, strlen(text), "p.ini", &arena, &p, &e) != ST_OK)
		fail_msg("%s\nwas refused: %s", text, e.text);
	return p;
}

/* Days before the renewal, of a play that starts on day 1000. */
static void days_by_the_renewal(void **state)
{
	static const struct {
		const char *why;
		int32_t renewal;
		int day[4]; /* of the steps, from the start; -1: left out */
	} rows[] = { { "nobody knows when", DAY_NONE, { 0, 5, 30, 60 } },
		{ "as it is meant", 1060, { 0, 5, 30, 60 } },
		{ "begun early", 1100, { 0, 5, 70, 100 } },
		{ "40 days are left", 1040, { 0, 5, 10, 40 } },
		{ "the reminder is tomorrow", 1031, { 0, 5, 5, 31 } },
		{ "its day is over", 1030, { 0, 5, -1, 30 } },
		{ "15 days are left", 1015, { 0, 5, -1, 15 } },
		{ "nothing is due after it", 1003, { 0, 3, -1, 3 } },
		{ "today", 1000, { 0, 0, -1, 0 } }, { "overdue", 990, { 0, 0, -1, 0 } } };
	const struct play p =
		parsed(PLAY "[step.1]\ntitle = a\nowner = csm\nkind = mail\ndue = 0\n"
			    "[step.2]\ntitle = b\nowner = csm\nkind = call\ndue = 5\n"
			    "[step.3]\ntitle = c\nowner = csm\nkind = message\ndue = 30\n"
			    "before_renewal = 30\n"
			    "[step.4]\ntitle = d\nowner = csm\nkind = task\ndue = 60\n"
			    "before_renewal = 0\n");

	(void)state;
	assert_true(play_by_renewal(&p));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int at = 0;

		for (int step = 1; step <= 4; step++) {
			const int want = rows[i].day[step - 1];

			if (want < 0)
				continue;
			at = play_step_after(&p, at, 1000, rows[i].renewal);
			if (at != step || play_step_day(&p, step, 1000,
						  rows[i].renewal) != 1000 + want)
				fail_msg("%s: step %d is %d on day %d", rows[i].why, step,
					at,
					play_step_day(&p, step, 1000, rows[i].renewal));
		}
		assert_int_equal(play_step_after(&p, at, 1000, rows[i].renewal), 0);
	}
}

static void every_key(void **state)
{
	const struct play p = parsed(
		"\xEF\xBB\xBF; of ours\r\n"
		"[script]\r\nline = Say {why}\r\nline =\r\n"
		"[step.2]\r\ntitle = Write\r\nowner = automation\r\nkind = message\r\n"
		"due = 730\r\n"
		"[play]\r\nname = a-2-b\r\ntitle = Café\tround\r\ntiers = 3 1\r\n"
		"alerts = silent  blind\r\nversion = 9999\r\nstage = expansion\r\n"
		"driver = skill\r\npurpose = commercial\r\ntouch = one-to-few\r\n"
		"trigger = When it is time. ; a comment\r\n"
		"gates = health>=70 onboarded two-stakeholders\r\npilot = 12\r\n"
		"[step.1]\r\n\ttitle = Call\r\nowner = executive\r\nkind = meeting\r\n"
		"due = 0\r\noutcome_required = yes\r\n"
		"[template]\r\nsubject = For {account}\r\nline = Hi {contact},\r\n"
		"line =\r\nline = bye");

	(void)state;
	assert_string_equal(p.name, "a-2-b");
	assert_string_equal(p.title, "Café round");
	assert_string_equal(p.trigger, "When it is time.");
	assert_int_equal(p.tiers, 1u << 1 | 1u << 3);
	assert_true(play_runs_on(&p, 1) && !play_runs_on(&p, 2) && play_runs_on(&p, 3));
	assert_int_equal(p.alerts, 1u << ALERT_SILENT | 1u << ALERT_BLIND);
	assert_true(
		play_started_by(&p, ALERT_BLIND) && !play_started_by(&p, ALERT_NO_TOUCH));
	assert_int_equal(p.version, 9999);
	assert_int_equal(p.stage, PLAY_EXPANSION);
	assert_int_equal(p.driver, PLAY_SKILL);
	assert_int_equal(p.purpose, PLAY_COMMERCIAL);
	assert_int_equal(p.touch, PLAY_ONE_TO_FEW);
	assert_int_equal(p.health_min, 70);
	assert_int_equal(p.pilot, 12);
	assert_int_equal(p.gates, 1u << PLAY_ONBOARDED | 1u << PLAY_TWO_STAKEHOLDERS);
	assert_int_equal(p.steps, 2);
	assert_string_equal(p.step[0].title, "Call");
	assert_int_equal(p.step[0].owner, PLAY_EXECUTIVE);
	assert_int_equal(p.step[0].kind, PLAY_MEETING);
	assert_true(p.step[0].outcome_required && !p.step[1].outcome_required);
	assert_int_equal(p.step[1].owner, PLAY_AUTOMATION);
	assert_int_equal(p.step[1].kind, PLAY_MESSAGE);
	assert_int_equal(p.step[1].due, 730);
	assert_string_equal(p.subject, "For {account}");
	assert_string_equal(p.body, "Hi {contact},\n\nbye\n");
	assert_string_equal(p.script, "Say {why}\n\n");
}

static void what_may_be_left_out(void **state)
{
	const struct play p = parsed(PLAY STEP);

	(void)state;
	assert_null(p.subject);
	assert_null(p.body);
	assert_null(p.script);
	assert_int_equal(p.alerts, 0);
	assert_int_equal(p.gates, 0);
	assert_int_equal(p.health_min, 0);
	assert_null(p.when.signal);
	assert_int_equal(p.pilot, PLAY_NO_PILOT);
	assert_int_equal(strlen(parsed("[play]\ntitle = " TEN TEN TEN TEN TEN TEN TEN TEN
				       "\nname = x\ntiers = 1\nversion = 1\n"
				       "stage = risk\ndriver = ease\npurpose = value\n"
				       "touch = one-to-few\ntrigger = t\n" STEP)
					 .title),
		80);
	/* one-to-one on tier 3 when an alert asks for it; one gate; empty lists */
	parsed(HEAD("3", "risk", "one-to-one") "alerts = detractor\n" STEP MAIL);
	parsed(HEAD("1", "expansion", "one-to-one") "gates = health>=1\n" STEP);
	parsed(PLAY "alerts =\ngates =\n" STEP);
	parsed(HEAD("3", "risk", "automated") STEP MAIL "line = {csm}\n");
}

static const struct {
	const char *text, *error;
} refused[] = {
	{ "", "p.ini: [play] has no name" },
	{ "[play]\nname = a\n", "p.ini: [play] has no title" },
	{ STEP, "p.ini: [play] has no name" },
	{ PLAY, "p.ini: has no step: begin with [step.1]" },
	{ "[play]\nname = a\nname = b\n", "p.ini:3: [play] has name already" },
	{ "[play]\nname = A\n", "p.ini:2: name = A: a-z, 0-9 and -" },
	{ "[play]\nname = ../a\n", "p.ini:2: name = ../a: a-z" },
	{ "[play]\nname =\n", "p.ini:2: name = : a-z" },
	{ "[play]\nname = a234567890123456789012345678901234567890\n", "at most 39" },
	{ "[play]\ntitle =\n", "p.ini:2: title says nothing" },
	{ "[play]\ntitle = a" TEN TEN TEN TEN TEN TEN TEN TEN "\n",
		"p.ini:2: title has 81 bytes, it may have 80" },
	{ "[play]\nnote = a\n", "p.ini:2: [play] has no key note" },
	{ "[play]\ntiers = 0\n",
		"p.ini:2: tiers = 0: must be a whole number from 1 to 3" },
	{ "[play]\ntiers = 1 4\n", "tiers = 4: must be" },
	{ "[play]\ntiers = 1,2\n", "tiers = 1,2: must be" },
	{ "[play]\ntiers = 2 2\n", "p.ini:2: tiers: 2 stands there twice" },
	{ "[play]\ntiers =\n", "p.ini:2: tiers says nothing" },
	{ "[play]\nalerts = silent quiet\n",
		"p.ini:2: alerts: quiet is none of health-drop" },
	{ "[play]\nalerts = silent silent\n", "alerts: silent stands there twice" },
	{ "[play]\nversion = 0\n", "version = 0: must be a whole number from 1 to 9999" },
	{ "[play]\nversion = 1.5\n", "version = 1.5: must be" },
	{ "[play]\nversion = -1\n", "version = -1: must be" },
	{ "[play]\nversion = 99999999999999999999\n", "must be a whole number" },
	{ "[play]\nstage = begin\n",
		"p.ini:2: stage: begin is none of onboarding, adoption" },
	{ "[play]\ndriver = money\n", "driver: money is none of results, ease, trust" },
	{ "[play]\npurpose = both\n", "purpose: both is none of value, commercial" },
	{ "[play]\ntouch = personal\n", "touch: personal is none of one-to-one" },
	{ "[play]\ngates = rich\n", "gates: rich is none of no-open-risk" },
	{ "[play]\ngates = health>=\n", "gates: health>= is none of" },
	{ "[play]\ngates = health>=101\n", "gates = 101: must be a whole number from 1" },
	{ "[play]\ngates = health>=0\n", "gates = 0: must be" },
	{ "[play]\ngates = onboarded onboarded\n",
		"gates: onboarded stands there twice" },
	{ "[play]\npilot = 1001\n",
		"pilot = 1001: must be a whole number from 0 to 1000" },
	{ "[play]\npilot = yes\n", "pilot = yes: must be" },
	{ "[step.1]\ndue = 731\n",
		"p.ini:2: due = 731: must be a whole number from 0 to 730" },
	{ "[step.1]\ndue = soon\n", "due = soon: must be" },
	{ "[step.1]\nowner = boss\n",
		"owner: boss is none of csm, lead, executive, sales" },
	{ "[step.1]\nkind = fax\n", "kind: fax is none of call, mail, meeting, task" },
	{ "[step.1]\noutcome_required = maybe\n",
		"outcome_required: maybe is none of no, yes" },
	{ "[step.1]\ntitle = a\ntitle = b\n", "p.ini:3: [step.1] has title already" },
	{ "[step.0]\ntitle = a\n", "p.ini:2: there is no section [step.0]" },
	{ "[step.01]\ntitle = a\n", "there is no section [step.01]" },
	{ "[step.13]\ntitle = a\n",
		"there is no section [step.13]: [play], [step.1] to" },
	{ "[steps]\ntitle = a\n", "there is no section [steps]" },
	{ PLAY "[step.1]\ntitle = a\n", "p.ini: [step.1] has no owner" },
	{ PLAY STEP "[step.3]\ntitle = a\n", "there is a [step.3], but no [step.2]" },
	{ PLAY "[step.1]\ntitle = a\nowner = csm\nkind = call\ndue = 2\n"
	       "[step.2]\ntitle = a\nowner = csm\nkind = call\ndue = 1\n",
		"p.ini: [step.2] is due before [step.1]: put them in order" },
	{ PLAY STEP "before_renewal = 30\n" WRITE "before_renewal = 31\n",
		"p.ini: [step.2] is farther from the renewal than a step above: put them "
		"in order" },
	/* templates */
	{ "[template]\nbody = a\n",
		"p.ini:2: [template] has no key body: subject, line" },
	{ "[template]\nsubject = a\nsubject = b\n",
		"p.ini:3: subject stands there twice" },
	{ "[template]\nline = Hi {name},\n", "p.ini:2: {name} is no placeholder" },
	{ "[template]\nsubject = {Account}\n", "p.ini:2: {Account} is no placeholder" },
	{ "[template]\nline = {account\n", "p.ini:2: {account is no placeholder" },
	{ "[template]\nline = {{account}}\n", "p.ini:2: {{account} is no placeholder" },
	{ "[template]\nline = {}\n", "p.ini:2: {} is no placeholder" },
	{ "[template]\nline = {\n", "p.ini:2: { is no placeholder" },
	{ "[script]\nline = {nobody}\n", "p.ini:2: {nobody} is no placeholder" },
	{ "[script]\nsay = a\n", "p.ini:2: [script] has no key say, only line" },
	{ PLAY STEP "[template]\nsubject = a\n", "p.ini: [template] has no line" },
	{ PLAY STEP "[template]\nline = a\n", "p.ini: [template] has no subject" },
	{ HEAD("1", "risk", "automated") STEP, "p.ini: nobody writes the message" },
	{ HEAD("2 3", "risk", "one-to-few") "alerts = silent\n" STEP,
		"p.ini: nobody writes the message of this play: it needs a [template]" },
	{ HEAD("3", "risk", "automated") STEP
		"[template]\nsubject = a\nline = b\nline = because {why}\n",
		"p.ini:19: {why} is for colleagues" },
	/* of steps */
	{ "[template.0]\nline = a\n", "p.ini:2: there is no section [template.0]" },
	{ "[template.13]\nline = a\n", "there is no section [template.13]: [play]" },
	{ "[template.2]\nbody = a\n", "p.ini:2: [template.2] has no key body" },
	{ "[template.2]\nline = {x}\n", "p.ini:2: {x} is no placeholder" },
	{ "[template.2]\nsubject = a\nsubject = b\n",
		"p.ini:3: subject stands there twice" },
	{ PLAY STEP MAIL "[template.2]\nsubject = a\nline = b\n",
		"p.ini:20: [template.2]: there is no such step" },
	{ PLAY STEP MAIL "[template.1]\nsubject = a\nline = b\n",
		"p.ini:20: [template.1]: the step is no mail and no message" },
	{ PLAY STEP WRITE "[template.2]\nsubject = a\nline = b\n",
		"[template.2]: the play itself has no [template]" },
	{ PLAY STEP WRITE MAIL "[template.2]\nsubject = a\n",
		"p.ini:25: [template.2]: it has no line" },
	{ PLAY STEP WRITE MAIL "[template.2]\nline = a\n",
		"p.ini:25: [template.2]: it has no subject" },
	{ HEAD("3", "risk", "automated") STEP WRITE MAIL
		"[template.2]\nsubject = a\nline = because {why}\n",
		"p.ini:26: {why} is for colleagues" },
	/* what a tier or a purpose asks for */
	{ HEAD("1", "expansion", "one-to-one") STEP, "an expansion play needs gates" },
	{ HEAD("3", "risk", "one-to-one") STEP, "one-to-one on tier 3 needs alerts" },
	{ HEAD("2 3", "risk", "automated") "when = a = 0 after 3 days\n" STEP MAIL,
		"p.ini: when starts a message by itself: it is for `tiers = 3` alone" },
	{ HEAD("3", "risk",
		  "automated") "when = a = 0 after 3 days\npilot = 2\n" STEP MAIL,
		"p.ini: a pilot counts alerts" },
	{ HEAD("3", "risk", "one-to-few") "when = a = 0 after 3 days\n" STEP,
		"p.ini: nobody writes the message of this play: it needs a [template]" },
	{ "[play]\nwhen = a = 0\n", "p.ini:2: when: says from which day on" },
	/* the form of the file, and its bytes */
	{ "[play\n", "p.ini:1: neither [section] nor name = value" },
	{ "nonsense\n", "p.ini:1: neither" },
	{ "name = a\n", "p.ini:1: there is no section []" },
	{ "[play]\ntitle = \xFF\n", "p.ini:2: byte FF is no text" },
	{ "[play]\n\ntitle = a\x1B[2Jb\n", "p.ini:3: byte 1B is no text" },
	{ "[play]\ntitle = a\x7F\n", "p.ini:2: byte 7F is no text" },
	{ "[play]\ntitle = a\xC2\x9B\n", "p.ini:2: byte C2 is no text" },
	{ "[play]\ntitle = a\rb\n", "p.ini:2: byte 0D is no text" },
	{ "[play]\ntitle = \xED\xA0\x80\n", "p.ini:2: byte ED is no text" },
};

static void refuses_with_the_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(refused); i++) {
		const char *text = refused[i].text;
		struct err e = { .status = ST_OK };
		struct play p;
		const enum status st =
			play_parse(text, strlen(text), "p.ini", &arena, &p, &e);

		if (st != ST_INVALID || strstr(e.text, refused[i].error) == NULL ||
			strncmp(e.text, "p.ini:", 6) != 0)
			fail_msg("%s\ngave %d: %s\nnot: %s", text, st, e.text,
				refused[i].error);
		assert_int_equal(
			play_parse(text, strlen(text), "p.ini", &arena, &p, NULL),
			ST_INVALID);
	}
}

static void texts_are(const struct play *p, int step, const char *subject)
{
	const struct play_said said = play_texts(p, step);

	assert_string_equal(said.subject, subject);
	assert_string_equal(said.body, subject[0] == 'S' ? "Hi\n" : "one\n\ntwo\n");
}

/* A step has its own text, else that of the play; which of them a machine sends. */
static void texts_of_steps(void **state)
{
	const char *const third =
		"[step.3]\ntitle = Again\nowner = automation\nkind = message\ndue = 7\n";
	char text[1024];
	struct play p;

	(void)state;
	snprintf(text, sizeof(text), "%s%s%s",
		HEAD("3", "risk", "automated") STEP WRITE MAIL, third,
		"[template.3]\nsubject = A\nline = one\nline =\nline = two\n");
	p = parsed(text);
	texts_are(&p, 0, "S");
	texts_are(&p, 2, "S");
	texts_are(&p, 3, "A");
	texts_are(&p, 4, "S");
	assert_string_equal(play_first_texts(&p).subject, "S");
	assert_false(play_follows_up(&p, 1));
	assert_false(play_follows_up(&p, 2)); /* what goes out first */
	assert_true(play_follows_up(&p, 3));
	assert_int_equal(play_unwritten(&p), 0);
	snprintf(text, sizeof(text), "%s%s%s",
		HEAD("3", "risk", "automated") STEP WRITE MAIL, third,
		"[template.2]\nsubject = A\nline = one\nline =\nline = two\n");
	p = parsed(text);
	assert_string_equal(play_first_texts(&p).subject, "A");
	assert_false(play_follows_up(&p, 2));
	assert_false(play_follows_up(&p, 3));
	assert_int_equal(play_unwritten(&p), 3);
}

static void limits(void **state)
{
	static char big[PLAY_BYTES_MAX + 2];
	const char head[] = PLAY STEP MAIL;
	struct play p;
	struct err e;

	(void)state;
	memset(big, '\n', PLAY_BYTES_MAX + 1);
	memcpy(big, head, sizeof(head) - 1);
	assert_int_equal(
		play_parse(big, PLAY_BYTES_MAX + 1, "p.ini", &arena, &p, &e), ST_INVALID);
	assert_non_null(strstr(e.text, "p.ini: has 65536 bytes, a play may have 65535"));
	big[PLAY_BYTES_MAX] = '\0';
	assert_int_equal(play_parse(big, PLAY_BYTES_MAX, "p.ini", &arena, &p, &e), ST_OK);
	big[sizeof(head)] = '\0'; /* a NUL in the middle */
	assert_int_equal(
		play_parse(big, PLAY_BYTES_MAX, "p.ini", &arena, &p, &e), ST_INVALID);
	assert_non_null(strstr(e.text, "byte 00 is no text"));

	for (size_t lines = 1; lines <= 81; lines += 79) { /* of the body: 1 and 80 */
		snprintf(big, sizeof(big), "%s", head);
		for (size_t k = 1; k < lines; k++)
			memcpy(big + strlen(big), "line = a\n", 10);
		assert_int_equal(
			play_parse(big, strlen(big), "p.ini", &arena, &p, &e), ST_OK);
	}
	memcpy(big + strlen(big), "line = a\n", 10);
	assert_int_equal(
		play_parse(big, strlen(big), "p.ini", &arena, &p, &e), ST_INVALID);
	assert_non_null(strstr(e.text, "more than 80 lines"));
}

/* ---- templates ------------------------------------------------------------------- */

static void renders(void **state)
{
	static const struct {
		const char *template, *account, *text;
	} rows[] = {
		{ "", "Acme", "" },
		{ "Hi\nthere\n", "Acme", "Hi\nthere\n" },
		{ "{account}", "Acme", "Acme" },
		{ "{account}{account}!", "Acme", "AcmeAcme!" },
		{ "for {account}.", NULL, "for your company." },
		{ "for {account}.", "", "for your company." },
		{ "for {account}.", " \t\n ", "for your company." },
		{ "for {account}.", "\u202E\u2066", "for your company." },
		{ "{account}", "  Acme  Ltd  ", "Acme  Ltd" },
		/* a value can't begin another placeholder, break a line or turn one round
		 */
		{ "{account}", "{contact}", "{contact}" },
		{ "{{account}}", "account", "{account}" },
		{ "To: {account}\n", "a\nBcc: b\r\n", "To: a Bcc: b\n" },
		{ "{account}",
			"a\x1B[2J\x07\x7F"
			"b",
			"a [2J  b" },
		{ "{account}", "a\xC2\x9Bz\u2028y\u2029x", "a z y x" },
		{ "{account}", "a\u202E\u2067z", "az" },
		{ "{account}", "a\xFFz", "a\uFFFDz" },
		{ "{account}", "Ünïcode 株式会社 \U0001F600",
			"Ünïcode 株式会社 \U0001F600" },
		/* what is no placeholder stays */
		{ "{acc} {account", "Acme", "{acc} {account" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct play_values v = { 0 };

		v.value[PLAY_WORD_ACCOUNT] = text_of(rows[i].account);
		assert_string_equal(
			play_render(text_of(rows[i].template), &v, &arena), rows[i].text);
	}
}

/* Whatever is missing, no brace is left and no word is empty. */
static void every_word_has_a_neutral_one(void **state)
{
	const struct play_values none = { 0 };
	char template[64];

	(void)state;
	for (int w = 0; w < PLAY_WORDS; w++) {
		snprintf(template, sizeof(template), "{%s}", play_words[w].name);
		assert_string_equal(play_render(text_of(template), &none, &arena),
			play_words[w].neutral);
		assert_true(strlen(play_words[w].neutral) > 0);
		assert_null(strchr(play_words[w].neutral, '{'));
	}
}

/* A long value ends between two characters, whatever their length is. */
static void long_values_are_cut(void **state)
{
	static const char *const letters[] = { "x", "é", "株", "\U0001F600" };

	(void)state;
	for (size_t k = 0; k < LENGTH(letters); k++)
		for (size_t ahead = 0; ahead < 4; ahead++) {
			char value[4096] = "aaa";
			struct play_values v = { 0 };
			struct text text;

			value[ahead] = '\0';
			for (size_t i = 0; i < 500; i++)
				memcpy(value + strlen(value), letters[k],
					strlen(letters[k]) + 1);
			v.value[PLAY_WORD_WHY] = text_of(value);
			text = text_of(play_render(TEXT("{why}"), &v, &arena));
			assert_int_equal(text_invalid_at(text), text.n);
			assert_true(text.n > PLAY_VALUE_BYTES - 4);
			assert_true(text.n <= PLAY_VALUE_BYTES + 3);
			assert_memory_equal(text.s + text.n - 3, "…", 3);
			assert_memory_equal(text.s, value, text.n - 3);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_may_be_left_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			refuses_with_the_reason, set_up, tear_down),
		cmocka_unit_test_setup_teardown(texts_of_steps, set_up, tear_down),
		cmocka_unit_test_setup_teardown(limits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(days_by_the_renewal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(renders, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			every_word_has_a_neutral_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_values_are_cut, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
