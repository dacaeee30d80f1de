/* plays: the library in force, as text and as JSON, and what is wrong with it. */
#include "cli/verbs.h"

#include <string.h>
#include <unistd.h>

#include "cli/own_plays.h"
#include "core/book_play_use.h"
#include "core/json.h"

#define LIST_INDENT 30 /* of what is said about a play, behind its name */
#define WORDS_MAX 512

/* Own plays may say anything: everything of a play goes through call_put. */
static void put(const char *text)
{
	call_put(text_of(text), 1000);
}

static void add_word(char words[WORDS_MAX], const char *word)
{
	const size_t n = strlen(words);

	snprintf(words + n, WORDS_MAX - n, "%s%s", n ? ", " : "", word);
}

static const char *alert_words(const struct play *x, char words[WORDS_MAX])
{
	words[0] = '\0';
	for (int k = 0; k < ALERT_KINDS; k++)
		if (play_started_by(x, (enum alert_kind)k))
			add_word(words, alert_kinds[k].name);
	return words;
}

static const char *gate_words(const struct play *x, char words[WORDS_MAX])
{
	char health[24];

	words[0] = '\0';
	for (int g = 0; g < PLAY_GATES; g++)
		if (x->gates >> g & 1)
			add_word(words, play_gate_word[g]);
	snprintf(health, sizeof(health), "health>=%d", x->health_min);
	if (x->health_min)
		add_word(words, health);
	return words;
}

/* "pilot: 4 of 10 alerts, 3 of them gone: people send it"; "" where there is none. */
static const char *pilot_words(const struct play *x, char words[WORDS_MAX])
{
	words[0] = '\0';
	if (x->pilot <= 0)
		return words;
	snprintf(words, WORDS_MAX, "%u of %d alerts looked at again, %u gone: %s",
		x->pilot_alerts, x->pilot, x->pilot_gone,
		!play_on_trial(x) ? "it goes by itself"
		: x->pilot_alerts < (uint32_t)x->pilot
			? "people send it until then"
			: "it does not work, people go on sending it");
	return words;
}

/* ---- as text -------------------------------------------------------------------- */

static void put_row(const struct play *x)
{
	const int last = x->step[x->steps - 1].due;
	char words[WORDS_MAX], when[PLAY_WHEN_TEXT_MAX];

	printf("  %-*s", LIST_INDENT - 3, x->name);
	putchar(' ');
	put(x->title);
	printf(": %d step%s in %d day%s, version %d, %s\n%*s", x->steps, TEXT_S(x->steps),
		last, TEXT_S(last), x->version, x->own ? "own" : "shipped", LIST_INDENT,
		"");
	put(x->trigger);
	putchar('\n');
	if (x->alerts)
		printf("%*salerts: %s\n", LIST_INDENT, "", alert_words(x, words));
	if (x->when.signal) {
		printf("%*swhen: ", LIST_INDENT, "");
		put(play_when_text(&x->when, when));
		putchar('\n');
	}
}

static void list_text(const struct plays *p)
{
	for (int tier = 1; tier <= TIER_COUNT; tier++) {
		int n = 0, own = 0;

		for (const struct play *x = NULL; (x = plays_of_tier(p, tier, x)) != NULL;
			n++)
			own += x->tiers == 1u << tier;
		printf("%sTier %d: %d play%s, %d of them of no other tier\n",
			tier > 1 ? "\n" : "", tier, n, TEXT_S(n), own);
		for (const struct play *x = NULL;
			(x = plays_of_tier(p, tier, x)) != NULL;)
			put_row(x);
	}
}

static void put_mail(
	const char *head, const char *title, const char *subject, const char *body)
{
	if (!subject)
		return;
	printf("\n%s\n  ", head);
	put(subject);
	putchar('\n');
	call_paragraph(title, body);
}

static void put_steps(const struct play *x)
{
	printf("\nsteps\n");
	for (int k = 0; k < x->steps; k++) {
		const struct play_step *s = &x->step[k];

		printf("  %2d  day %-3d  %-10s  %-7s  ", k + 1, s->due,
			play_owner_word[s->owner], play_step_kind_word[s->kind]);
		put(s->title);
		if (s->by_renewal)
			printf(" (%d d before the renewal)", s->before);
		printf("%s\n", s->outcome_required ? "  [outcome]" : "");
	}
}

static void show_text(const struct play *x)
{
	char words[WORDS_MAX] = "", tier[4], when[PLAY_WHEN_TEXT_MAX];

	printf("%s: ", x->name);
	put(x->title);
	printf("\n\nversion  %d, %s, ", x->version, x->own ? "own" : "shipped");
	put(x->file);
	for (int t = 1; t <= TIER_COUNT; t++) {
		snprintf(tier, sizeof(tier), "%d", t);
		if (play_runs_on(x, t))
			add_word(words, tier);
	}
	printf("\ntiers    %s\nstarts   ", words);
	put(x->trigger);
	if (x->when.signal) {
		printf("\nwhen     ");
		put(play_when_text(&x->when, when));
	}
	printf("\nalerts   %s\n", x->alerts        ? alert_words(x, words)
				  : x->when.signal ? "none: it starts itself"
						   : "none: by hand");
	printf("gates    %s\n",
		x->gates || x->health_min ? gate_words(x, words) : "none");
	if (*pilot_words(x, words))
		printf("pilot    %s\n", words);
	printf("stage    %s\ndriver   %s\npurpose  %s\ntouch    %s\n",
		play_stage_word[x->stage], play_driver_word[x->driver],
		play_purpose_word[x->purpose], play_touch_word[x->touch]);
	put_steps(x);
	put_mail("subject", "text", x->subject, x->body);
	for (int k = 0; k < x->steps; k++) {
		char subject[32], text[32];

		snprintf(subject, sizeof(subject), "subject of step %d", k + 1);
		snprintf(text, sizeof(text), "text of step %d", k + 1);
		put_mail(subject, text, x->step[k].subject, x->step[k].body);
	}
	if (x->script)
		call_paragraph("script", x->script);
}

/* ---- as JSON -------------------------------------------------------------------- */

static void json_steps(struct json *j, const struct play *x)
{
	json_key(j, "steps");
	json_array(j);
	for (int k = 0; k < x->steps; k++) {
		const struct play_step *s = &x->step[k];

		json_object(j);
		json_pair(j, "title", text_of(s->title));
		json_pair(j, "owner", text_of(play_owner_word[s->owner]));
		json_pair(j, "kind", text_of(play_step_kind_word[s->kind]));
		json_key(j, "due_days");
		json_int(j, s->due);
		json_key(j, "before_renewal_days");
		if (s->by_renewal)
			json_int(j, s->before);
		else
			json_null(j);
		json_key(j, "outcome_required");
		json_bool(j, s->outcome_required);
		json_pair(j, "subject", text_of(s->subject));
		json_pair(j, "body", text_of(s->body));
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_lists(struct json *j, const struct play *x)
{
	json_key(j, "tiers");
	json_array(j);
	for (int t = 1; t <= TIER_COUNT; t++)
		if (play_runs_on(x, t))
			json_int(j, t);
	json_end_array(j);
	json_key(j, "alerts");
	json_array(j);
	for (int k = 0; k < ALERT_KINDS; k++)
		if (play_started_by(x, (enum alert_kind)k))
			json_text(j, text_of(alert_kinds[k].name));
	json_end_array(j);
	json_key(j, "gates");
	json_array(j);
	for (int g = 0; g < PLAY_GATES; g++)
		if (x->gates >> g & 1)
			json_text(j, text_of(play_gate_word[g]));
	json_end_array(j);
	json_key(j, "health_min");
	if (x->health_min)
		json_int(j, x->health_min);
	else
		json_null(j);
}

static void json_pilot(struct json *j, const struct play *x)
{
	json_key(j, "pilot");
	if (x->pilot <= 0) {
		json_null(j);
		return;
	}
	json_object(j);
	json_key(j, "wanted");
	json_int(j, x->pilot);
	json_key(j, "alerts");
	json_int(j, x->pilot_alerts);
	json_key(j, "gone");
	json_int(j, x->pilot_gone);
	json_key(j, "by_itself");
	json_bool(j, !play_on_trial(x));
	json_end_object(j);
}

static void json_play(struct json *j, const struct play *x)
{
	char when[PLAY_WHEN_TEXT_MAX];

	json_object(j);
	json_pair(j, "name", text_of(x->name));
	json_pair(j, "title", text_of(x->title));
	json_key(j, "version");
	json_int(j, x->version);
	json_pair(j, "source", text_of(x->own ? "own" : "shipped"));
	json_pair(j, "file", text_of(x->file));
	json_pair(j, "trigger", text_of(x->trigger));
	json_pair(j, "when",
		text_of(x->when.signal ? play_when_text(&x->when, when) : NULL));
	json_pair(j, "stage", text_of(play_stage_word[x->stage]));
	json_pair(j, "driver", text_of(play_driver_word[x->driver]));
	json_pair(j, "purpose", text_of(play_purpose_word[x->purpose]));
	json_pair(j, "touch", text_of(play_touch_word[x->touch]));
	json_lists(j, x);
	json_pilot(j, x);
	json_steps(j, x);
	json_pair(j, "subject", text_of(x->subject));
	json_pair(j, "body", text_of(x->body));
	json_pair(j, "script", text_of(x->script));
	json_end_object(j);
}

static enum status as_json(const struct plays *p, const struct play *one, struct err *e)
{
	struct json doc, *j = &doc;

	call_json(j);
	if (one) {
		json_play(j, one);
	} else {
		json_array(j);
		for (int i = 0; i < p->n; i++)
			json_play(j, plays_at(p, i));
		json_end_array(j);
	}
	return call_json_end(j, ST_OK, e);
}

/* ---- --check -------------------------------------------------------------------- */

struct findings {
	struct json *j; /* NULL: text */
	int n;
};

static void take_finding(void *arg, const char *sentence)
{
	struct findings *all = arg;

	all->n++;
	if (all->j) {
		json_text(all->j, text_of(sentence));
		return;
	}
	fputs("! ", stdout);
	put(sentence);
	putchar('\n');
}

static bool no_book(const struct call *c)
{
	return c->default_place && access(c->db, F_OK) != 0;
}

/* In the book; where there is none yet, under the policy that a new one has. */
static enum status check_in(
	struct call *c, const struct plays *p, struct findings *all, struct err *e)
{
	struct policy policy;
	struct book *b = NULL;
	enum status st;

	if (no_book(c)) {
		policy_default(&policy);
		plays_check(p, &policy, take_finding, all);
		return ST_OK;
	}
	st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_plays_check(b, p, take_finding, all, e);
	book_free(&b);
	return st;
}

static enum status check(struct call *c, struct findings *all, struct err *e)
{
	struct plays p;
	enum status st = own_plays_load(&p, take_finding, all, e);

	if (st == ST_OK)
		st = check_in(c, &p, all, e);
	if (st == ST_OK && !all->j && all->n == 0)
		printf("%d plays, no findings\n", p.n);
	plays_clear(&p);
	c->answer_no = st == ST_OK && all->n > 0;
	return st;
}

static enum status check_json(struct call *c, struct err *e)
{
	struct json doc;
	struct findings all = { &doc, 0 };
	enum status st;

	call_json(all.j);
	json_object(all.j);
	json_key(all.j, "findings");
	json_array(all.j);
	st = check(c, &all, e);
	json_end_array(all.j);
	json_end_object(all.j);
	return call_json_end(all.j, st, e);
}

/* What pilots showed is in the book, where there is one. */
static enum status look_at_pilots(struct call *c, struct plays *p, struct err *e)
{
	struct book *b = NULL;
	bool any = false;
	enum status st;

	for (int i = 0; i < p->n; i++)
		any |= p->play[i]->pilot > 0;
	if (!any || no_book(c))
		return ST_OK;
	st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = play_pilots(b, p, e);
	book_free(&b);
	return st;
}

/* ---- the verb ------------------------------------------------------------------- */

static void note(void *arg, const char *line)
{
	call_note(arg, "left out: %s", line);
}

static enum status print(
	struct call *c, const struct plays *p, const struct play *one, struct err *e)
{
	if (c->format == FORMAT_JSON)
		return as_json(p, one, e);
	if (one)
		show_text(one);
	else
		list_text(p);
	return ST_OK;
}

enum status verb_plays(struct call *c, struct err *e)
{
	struct findings all = { NULL, 0 };
	const struct play *one = NULL;
	struct plays p;
	enum status st;

	if (c->option[OPT_CHECK] && (c->args > 0 || c->option[OPT_USED]))
		return call_usage(c, e);
	if (c->option[OPT_USED])
		return plays_used(c, e);
	if (c->option[OPT_WEEKS] || c->format == FORMAT_CSV)
		return err_set(e, ST_USAGE, "plays: %s goes with --used",
			c->option[OPT_WEEKS] ? "--weeks" : "--format csv");
	if (c->option[OPT_CHECK])
		return c->format == FORMAT_JSON ? check_json(c, e) : check(c, &all, e);
	st = own_plays_load(&p, note, c, e);
	if (st == ST_OK)
		st = look_at_pilots(c, &p, e);
	if (st == ST_OK && c->args > 0)
		st = own_plays_find(&p, c->arg[0], &one, e);
	if (st == ST_OK)
		st = print(c, &p, one, e);
	plays_clear(&p);
	return st;
}
