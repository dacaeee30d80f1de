/* Plays as files: what they may hold, and what must hold for the whole of one. */
#include "core/play_parse.h"

#include <stdio.h>
#include <string.h>

#define LINES_MAX 80

/* ---- [template], [script] ---- */

static enum status not_a_word(struct text t, struct err *e)
{
	size_t n = 0;

	while (n < t.n && n < PLAY_NAME_MAX && t.s[n] != '}' && t.s[n] != ' ')
		n++;
	n += n < t.n && t.s[n] == '}';
	return err_set(e, ST_INVALID,
		"%.*s is no placeholder: {account}, {contact}, {csm} ... are listed in "
		"tierdesk-play(5)",
		(int)n, t.s);
}

/* Every brace begins a word that there is. */
static enum status check_words(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	const bool sent = strncmp(key->section, "template", 8) == 0;
	struct text t = text_of(key->value);

	while (t.n > 0) {
		enum play_word word = PLAY_WORDS;
		size_t n = t.s[0] == '{' ? play_placeholder(t, &word) : 1;

		if (n == 0)
			return not_a_word(t, e);
		if (sent && word < PLAY_WORDS && play_words[word].internal &&
			!r->internal_line) {
			r->internal_line = key->line;
			r->internal = word;
		}
		t = (struct text){ t.s + n, t.n - n };
	}
	return ST_OK;
}

static enum status add_line(struct play_parsing *r, const struct ini_key *key,
	struct play_lines *to, struct err *e)
{
	const size_t n = strlen(key->value);
	enum status st = check_words(r, key, e);

	if (st != ST_OK)
		return st;
	if (to->n++ == LINES_MAX)
		return err_set(e, ST_INVALID, "more than %d lines", LINES_MAX);
	/* "line = " is longer than the newline: the file's size is room for all. */
	if (!to->text)
		to->text = arena_alloc(r->a, r->bytes + 1);
	if (!to->text)
		return err_set(e, ST_NOMEM, "not enough memory for a play");
	for (size_t i = 0; i < n; i++)
		to->text[to->used++] = key->value[i] == '\t' ? ' ' : key->value[i];
	to->text[to->used++] = '\n';
	return ST_OK;
}

static enum status read_template(struct play_parsing *r, const struct ini_key *key,
	const char **subject, struct play_lines *body, struct err *e)
{
	enum status st;

	if (strcmp(key->name, "line") == 0)
		return add_line(r, key, body, e);
	if (strcmp(key->name, "subject") != 0)
		return err_set(e, ST_INVALID, "[%s] has no key %s: subject, line",
			key->section, key->name);
	if (*subject)
		return err_set(e, ST_INVALID, "subject stands there twice");
	st = check_words(r, key, e);
	return st == ST_OK ? play_copy(r, key, PLAY_SENTENCE_BYTES, subject, e) : st;
}

/* Of the n-th step, from 0. */
static enum status read_step_template(
	struct play_parsing *r, const struct ini_key *key, int n, struct err *e)
{
	if (!r->step_line[n])
		r->step_line[n] = key->line;
	return read_template(r, key, &r->p->step[n].subject, &r->step_body[n], e);
}

/* ---- the file ---- */

static enum status read_by(struct play_parsing *r, const struct ini_key *key,
	const struct play_key *keys, size_t n, unsigned *seen, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(keys[i].name, key->name) != 0)
			continue;
		if (*seen >> i & 1)
			return err_set(e, ST_INVALID, "[%s] has %s already", key->section,
				key->name);
		*seen |= 1u << i;
		return keys[i].read(r, key, e);
	}
	return err_set(e, ST_INVALID, "[%s] has no key %s", key->section, key->name);
}

/* The number of "WORD.N", 0 for another section. */
static int step_of(const char *section, const char *word)
{
	const size_t n = strlen(word);
	const char *digit = section + n + 1;
	int step = 0;

	if (strncmp(section, word, n) != 0 || section[n] != '.' || *digit == '0')
		return 0;
	for (; *digit >= '0' && *digit <= '9' && step <= PLAY_STEPS_MAX; digit++)
		step = 10 * step + *digit - '0';
	return *digit || step > PLAY_STEPS_MAX ? 0 : step;
}

static enum status read_key(void *arg, const struct ini_key *key, struct err *e)
{
	struct play_parsing *r = arg;
	const int step = step_of(key->section, "step");
	const int text = step_of(key->section, "template");

	if (strcmp(key->section, "play") == 0)
		return read_by(r, key, play_keys, play_keys_n, &r->seen, e);
	if (step) {
		r->step = &r->p->step[step - 1];
		if (step > r->p->steps)
			r->p->steps = step;
		return read_by(r, key, play_step_keys, play_step_keys_n,
			&r->step_seen[step - 1], e);
	}
	if (strcmp(key->section, "template") == 0)
		return read_template(r, key, &r->p->subject, &r->body, e);
	if (text)
		return read_step_template(r, key, text - 1, e);
	if (strcmp(key->section, "script") == 0 && strcmp(key->name, "line") == 0)
		return add_line(r, key, &r->script, e);
	if (strcmp(key->section, "script") == 0)
		return err_set(
			e, ST_INVALID, "[script] has no key %s, only line", key->name);
	return err_set(e, ST_INVALID,
		"there is no section [%s]: [play], [step.1] to [step.%d], [template], "
		"[template.1] to [template.%d], [script]",
		key->section, PLAY_STEPS_MAX, PLAY_STEPS_MAX);
}

/* ---- what must hold for the whole ---- */

static const char *missing(const struct play_key *keys, size_t n, unsigned seen)
{
	for (size_t i = 0; i < n; i++)
		if (keys[i].required && !(seen >> i & 1))
			return keys[i].name;
	return NULL;
}

static enum status check_steps(const struct play_parsing *r, struct err *e)
{
	const struct play *p = r->p;
	int before = -1; /* of the last step that goes by the renewal */

	if (p->steps == 0)
		return err_set(e, ST_INVALID, "has no step: begin with [step.1]");
	for (int k = 0; k < p->steps; k++) {
		const char *key =
			missing(play_step_keys, play_step_keys_n, r->step_seen[k]);

		if (!r->step_seen[k])
			return err_set(e, ST_INVALID,
				"there is a [step.%d], but no [step.%d]", p->steps,
				k + 1);
		if (key)
			return err_set(e, ST_INVALID, "[step.%d] has no %s", k + 1, key);
		if (k > 0 && p->step[k].due < p->step[k - 1].due)
			return err_set(e, ST_INVALID,
				"[step.%d] is due before [step.%d]: put them in order",
				k + 1, k);
		if (!p->step[k].by_renewal)
			continue;
		if (before >= 0 && p->step[k].before > before)
			return err_set(e, ST_INVALID,
				"[step.%d] is farther from the renewal than a step "
				"above: put them in order",
				k + 1);
		before = p->step[k].before;
	}
	return ST_OK;
}

/* Texts of steps are whole, and of steps that write something. */
static enum status check_step_texts(
	const struct play_parsing *r, const char *file, struct err *e)
{
	const struct play *p = r->p;

	for (int k = 0; k < PLAY_STEPS_MAX; k++) {
		const struct play_step *s = &p->step[k];
		const char *wrong = NULL;

		if (!r->step_line[k])
			continue;
		if (k >= p->steps)
			wrong = "there is no such step";
		else if (s->kind != PLAY_MAIL && s->kind != PLAY_MESSAGE)
			wrong = "the step is no mail and no message";
		else if (!p->subject)
			wrong = "the play itself has no [template]";
		else if (r->step_body[k].n == 0)
			wrong = "it has no line";
		else if (!s->subject)
			wrong = "it has no subject";
		if (wrong)
			return err_set(e, ST_INVALID, "%s:%d: [template.%d]: %s", file,
				r->step_line[k], k + 1, wrong);
	}
	return ST_OK;
}

/* A template is whole, and there where nobody would write the message. */
static enum status check_template(struct play_parsing *r, const char *file, struct err *e)
{
	const struct play *p = r->p;
	const bool alone = p->touch == PLAY_AUTOMATED ||
			   (play_runs_on(p, TIER_COUNT) && play_starts_itself(p));

	if (p->subject && r->body.n == 0)
		return err_set(e, ST_INVALID, "%s: [template] has no line", file);
	if (!p->subject && r->body.n > 0)
		return err_set(e, ST_INVALID, "%s: [template] has no subject", file);
	if (alone && !p->subject)
		return err_set(e, ST_INVALID,
			"%s: nobody writes the message of this play: it needs a "
			"[template]",
			file);
	if (alone && r->internal_line)
		return err_set(e, ST_INVALID,
			"%s:%d: {%s} is for colleagues, and nobody reads this message "
			"before the customer does: leave it out",
			file, r->internal_line, play_words[r->internal].name);
	return check_step_texts(r, file, e);
}

static enum status check_kind(const struct play *p, struct err *e)
{
	if (p->stage == PLAY_EXPANSION && !p->gates && !p->health_min)
		return err_set(e, ST_INVALID,
			"an expansion play needs gates, like no-open-risk onboarded "
			"health>=70");
	if (play_runs_on(p, TIER_COUNT) && p->touch == PLAY_ONE_TO_ONE && !p->alerts)
		return err_set(e, ST_INVALID,
			"one-to-one on tier 3 needs alerts that start it: that tier has "
			"no meetings by default");
	if (p->when.signal && p->tiers != 1u << TIER_COUNT)
		return err_set(e, ST_INVALID,
			"when starts a message by itself: it is for `tiers = %d` alone; "
			"in other tiers alerts tell people what to do",
			TIER_COUNT);
	if (p->when.signal && p->pilot > 0)
		return err_set(e, ST_INVALID,
			"a pilot counts alerts, and when has none: leave out one of "
			"them");
	return ST_OK;
}

static enum status check(struct play_parsing *r, const char *file, struct err *e)
{
	const char *key = missing(play_keys, play_keys_n, r->seen);
	enum status st = ST_OK;

	if (key)
		st = err_set(e, ST_INVALID, "[play] has no %s", key);
	if (st == ST_OK)
		st = check_steps(r, e);
	if (st == ST_OK)
		st = check_kind(r->p, e);
	if (st != ST_OK) {
		err_prefix(e, "%s", file);
		return st;
	}
	return check_template(r, file, e);
}

/* ---- the bytes ---- */

static enum status not_text(const char *bytes, size_t at, const char *file, struct err *e)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += bytes[i] == '\n';
	return err_set(e, ST_INVALID,
		"%s:%d: byte %02X is no text: a play is UTF-8 without controls", file,
		line, (unsigned)(unsigned char)bytes[at]);
}

/* ST_INVALID for what is too much, not UTF-8 or holds controls other than tabs and ends
 * of lines. */
static enum status check_bytes(
	const char *bytes, size_t n, const char *file, struct err *e)
{
	const size_t wrong = text_invalid_at((struct text){ bytes, n });

	if (n > PLAY_BYTES_MAX)
		return err_set(e, ST_INVALID, "%s: has %zu bytes, a play may have %d",
			file, n, PLAY_BYTES_MAX);
	if (wrong < n)
		return not_text(bytes, wrong, file, e);
	for (size_t i = 0; i < n; i++) {
		const unsigned char c = (unsigned char)bytes[i];

		if ((c >= ' ' && c < 0x7F) || c == '\n' || c == '\t' ||
			(c == '\r' && bytes[i + 1] == '\n'))
			continue;
		if (c <= 0x7F || (c == 0xC2 && (unsigned char)bytes[i + 1] < 0xA0))
			return not_text(bytes, i, file, e);
	}
	return ST_OK;
}

enum status play_parse(const char *bytes, size_t n, const char *file, struct arena *a,
	struct play *out, struct err *e)
{
	struct play_parsing r = { .p = out, .a = a, .bytes = n };
	enum status st = check_bytes(bytes, n, file, e);

	*out = (struct play){ .pilot = PLAY_NO_PILOT };
	if (st != ST_OK)
		return st;
	st = ini_read(bytes, file, read_key, &r, e);
	if (st == ST_OK)
		st = check(&r, file, e);
	for (int k = 0; k < PLAY_STEPS_MAX; k++)
		out->step[k].body = r.step_body[k].text;
	out->body = r.body.text;
	out->script = r.script.text;
	return st;
}
