/* Plays as files: what each key of a play and of its steps may say. */
#include "core/play_parse.h"

#include <stdio.h>
#include <string.h>

enum status play_copy(struct play_parsing *r, const struct ini_key *key, size_t max,
	const char **out, struct err *e)
{
	const size_t n = strlen(key->value);
	char *text;

	if (n == 0)
		return err_set(e, ST_INVALID, "%s says nothing", key->name);
	if (n > max)
		return err_set(e, ST_INVALID, "%s has %zu bytes, it may have %zu",
			key->name, n, max);
	text = arena_copy(r->a, key->value, n);
	if (!text)
		return err_set(e, ST_NOMEM, "not enough memory for a play");
	for (size_t i = 0; i < n; i++)
		if (text[i] == '\t')
			text[i] = ' ';
	*out = text;
	return ST_OK;
}

static enum status no_such_word(const struct ini_key *key, struct text word,
	const char *const *words, int n, struct err *e)
{
	char all[256] = "";

	for (int i = 0; i < n; i++) {
		const size_t used = strlen(all);

		snprintf(all + used, sizeof(all) - used, "%s%s", i ? ", " : "", words[i]);
	}
	return err_set(e, ST_INVALID, "%s: %.*s is none of %s", key->name, (int)word.n,
		word.s, all);
}

/* Where the word stands in a table; ST_INVALID tells the words there are. */
static enum status find_word(const struct ini_key *key, struct text word,
	const char *const *words, int n, int *out, struct err *e)
{
	for (int i = 0; i < n; i++)
		if (text_eq(word, text_of(words[i]))) {
			*out = i;
			return ST_OK;
		}
	return no_such_word(key, word, words, n, e);
}

static enum status one_word(const struct ini_key *key, const char *const *words, int n,
	int *out, struct err *e)
{
	return find_word(key, text_of(key->value), words, n, out, e);
}

static enum status whole(const struct ini_key *key, struct text text, int min, int max,
	int *out, struct err *e)
{
	int v = 0;
	bool good = text.n > 0 && text.n <= 6;

	for (size_t i = 0; good && i < text.n; i++) {
		good = text.s[i] >= '0' && text.s[i] <= '9';
		v = v * 10 + (text.s[i] - '0');
	}
	if (!good || v < min || v > max)
		return err_set(e, ST_INVALID,
			"%s = %.*s: must be a whole number from %d to %d", key->name,
			(int)text.n, text.s, min, max);
	*out = v;
	return ST_OK;
}

static enum status set_bit(const struct ini_key *key, struct text word, int bit,
	unsigned *bits, struct err *e)
{
	if (*bits >> bit & 1)
		return err_set(e, ST_INVALID, "%s: %.*s stands there twice", key->name,
			(int)word.n, word.s);
	*bits |= 1u << bit;
	return ST_OK;
}

/* ---- [play] ---- */

static enum status read_name(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	if (!play_name_valid(text_of(key->value)))
		return err_set(e, ST_INVALID,
			"name = %s: a-z, 0-9 and -, a letter first, at most %d",
			key->value, PLAY_NAME_MAX - 1);
	return play_copy(r, key, PLAY_NAME_MAX - 1, &r->p->name, e);
}

static enum status read_title(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return play_copy(r, key, PLAY_TITLE_BYTES, &r->p->title, e);
}

static enum status read_trigger(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return play_copy(r, key, PLAY_SENTENCE_BYTES, &r->p->trigger, e);
}

static enum status read_tiers(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	struct text rest = text_of(key->value), word;
	enum status st = ST_OK;

	while (st == ST_OK && (word = text_word(&rest)).n > 0) {
		int tier = 0;

		st = whole(key, word, 1, TIER_COUNT, &tier, e);
		if (st == ST_OK)
			st = set_bit(key, word, tier, &r->p->tiers, e);
	}
	if (st == ST_OK && !r->p->tiers)
		st = err_set(
			e, ST_INVALID, "tiers says nothing: 1, 2 and 3 are the tiers");
	return st;
}

static enum status read_alerts(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	struct text rest = text_of(key->value), word;
	const char *names[ALERT_KINDS];
	enum status st = ST_OK;

	for (int k = 0; k < ALERT_KINDS; k++)
		names[k] = alert_kinds[k].name;
	while (st == ST_OK && (word = text_word(&rest)).n > 0) {
		int kind = 0;

		st = find_word(key, word, names, ALERT_KINDS, &kind, e);
		if (st == ST_OK)
			st = set_bit(key, word, kind, &r->p->alerts, e);
	}
	return st;
}

static enum status read_when(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return play_when_read(text_of(key->value), r->a, &r->p->when, e);
}

static enum status read_version(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return whole(key, text_of(key->value), 1, PLAY_VERSION_MAX, &r->p->version, e);
}

static enum status read_stage(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	int v = 0;
	enum status st = one_word(key, play_stage_word, PLAY_STAGES, &v, e);

	r->p->stage = (enum play_stage)v;
	return st;
}

static enum status read_driver(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	int v = 0;
	enum status st = one_word(key, play_driver_word, PLAY_DRIVERS, &v, e);

	r->p->driver = (enum play_driver)v;
	return st;
}

static enum status read_purpose(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	int v = 0;
	enum status st = one_word(key, play_purpose_word, PLAY_PURPOSES, &v, e);

	r->p->purpose = (enum play_purpose)v;
	return st;
}

static enum status read_touch(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	int v = 0;
	enum status st = one_word(key, play_touch_word, PLAY_TOUCHES, &v, e);

	r->p->touch = (enum play_touch)v;
	return st;
}

static enum status read_gates(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	static const struct text least = { "health>=", 8 };
	struct text rest = text_of(key->value), word;
	enum status st = ST_OK;

	while (st == ST_OK && (word = text_word(&rest)).n > 0) {
		int gate = 0;

		if (word.n > least.n && memcmp(word.s, least.s, least.n) == 0) {
			word = (struct text){ word.s + least.n, word.n - least.n };
			st = whole(key, word, 1, 100, &r->p->health_min, e);
			continue;
		}
		st = find_word(key, word, play_gate_word, PLAY_GATES, &gate, e);
		if (st == ST_OK)
			st = set_bit(key, word, gate, &r->p->gates, e);
	}
	return st;
}

static enum status read_pilot(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return whole(key, text_of(key->value), 0, PLAY_PILOT_MAX, &r->p->pilot, e);
}

/* ---- [step.N] ---- */

static enum status read_step_title(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return play_copy(r, key, PLAY_SENTENCE_BYTES, &r->step->title, e);
}

static enum status read_owner(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	int v = 0;
	enum status st = one_word(key, play_owner_word, PLAY_OWNERS, &v, e);

	r->step->owner = (enum play_owner)v;
	return st;
}

static enum status read_kind(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	int v = 0;
	enum status st = one_word(key, play_step_kind_word, PLAY_STEP_KINDS, &v, e);

	r->step->kind = (enum play_step_kind)v;
	return st;
}

static enum status read_due(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	return whole(key, text_of(key->value), 0, PLAY_DUE_MAX, &r->step->due, e);
}

static enum status read_before(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	r->step->by_renewal = true;
	return whole(key, text_of(key->value), 0, PLAY_DUE_MAX, &r->step->before, e);
}

static enum status read_outcome(
	struct play_parsing *r, const struct ini_key *key, struct err *e)
{
	static const char *const words[] = { "no", "yes" };
	int v = 0;
	enum status st = one_word(key, words, 2, &v, e);

	r->step->outcome_required = v == 1;
	return st;
}

/* ---- the tables ---- */

const struct play_key play_keys[] = {
	{ "name", read_name, true },
	{ "title", read_title, true },
	{ "tiers", read_tiers, true },
	{ "version", read_version, true },
	{ "stage", read_stage, true },
	{ "driver", read_driver, true },
	{ "purpose", read_purpose, true },
	{ "touch", read_touch, true },
	{ "trigger", read_trigger, true },
	{ "alerts", read_alerts, false },
	{ "when", read_when, false },
	{ "gates", read_gates, false },
	{ "pilot", read_pilot, false },
};
const struct play_key play_step_keys[] = {
	{ "title", read_step_title, true },
	{ "owner", read_owner, true },
	{ "kind", read_kind, true },
	{ "due", read_due, true },
	{ "before_renewal", read_before, false },
	{ "outcome_required", read_outcome, false },
};

const size_t play_keys_n = sizeof(play_keys) / sizeof(*play_keys);
const size_t play_step_keys_n = sizeof(play_step_keys) / sizeof(*play_step_keys);
