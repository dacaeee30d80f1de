/* A tier by hand, and the request for one. */
#include "tui/hand.h"

#include <stdio.h>

#include "core/book_live.h"
#include "core/change.h"
#include "core/tier_request.h"
#include "tui/app.h"

#define TIERS "1|2|3"

static uint8_t tier_of(const struct form *f, int line)
{
	const struct text t = form_value(f, line);

	return t.n == 1 ? (uint8_t)(t.s[0] - '0') : 0;
}

/* The tier above the one it is in: what is wanted most often. */
static void begin_tier(struct app *a, struct form *f, int now, int wanted)
{
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;
	const unsigned tier = v ? v->row.tier : TIER_NONE;
	char text[INPUT_MAX], up[2] = "1";

	if (!v)
		return;
	if (tier == TIER_NONE)
		snprintf(text, sizeof(text), "in no tier yet, tier score %.1f",
			v->row.score);
	else
		snprintf(text, sizeof(text), "tier %u, tier score %.1f%s", tier,
			v->row.score, v->row.locked ? ", locked" : "");
	input_set(&f->value[now], text_of(text));
	if (tier > 1)
		up[0] = (char)('0' + tier - 1);
	else if (tier == 1)
		up[0] = '2';
	input_set(&f->value[wanted], text_of(up));
}

/* ---- by hand --------------------------------------------------------------------------
 */

enum { SET_NOW, SET_TIER, SET_DOWN, SET_WHY, SET_LINES };

static const struct form_line set_lines[SET_LINES] = {
	{ "Now", FORM_NOTE, NULL, NULL, false },
	{ "Tier", FORM_CHOICE, TIERS, NULL, true },
	{ "Goes down", FORM_TEXT, NULL,
		"Where that tier is full: the id or name of who goes down for it.",
		false },
	{ "Why", FORM_TEXT, NULL,
		"Money, growth, complexity or risk; audits list other reasons.", true },
};

/* A review would take back what nobody began; who moves one by hand decides. */
void hand_tier_leaves(
	struct app *a, uint32_t account, uint8_t tier, char *out, size_t size)
{
	char left[BOOK_LIVE_LEFT_MAX];

	if (book_live_left(a->book, account, tier, left, NULL) == ST_OK && *left)
		snprintf(out, size, "%s; %s ends a play", left,
			keys_word(SCOPE_TODAY, ACT_PLAY));
}

static void warn_tier(struct app *a, const struct form *f, char *out, size_t size)
{
	const struct account_view *v = app_account(a, f->account);
	const uint8_t tier = tier_of(f, SET_TIER);

	if (v && tier && tier != v->row.tier)
		hand_tier_leaves(a, f->account, tier, out, size);
}

static enum status set_tier(struct app *a, const struct form *f, int *line, struct err *e)
{
	const uint8_t tier = tier_of(f, SET_TIER);
	char why[INPUT_MAX + 1], name[160];
	uint32_t demote = 0;
	enum status st = ST_OK;

	hand_words(f, SET_WHY, why);
	hand_name(a, f->account, name, sizeof(name));
	*line = SET_DOWN;
	if (form_value(f, SET_DOWN).n)
		st = book_find(a->book, form_value(f, SET_DOWN), &demote, e);
	if (st == ST_OK)
		st = book_set_tier(a->book, f->account, tier, demote, why, e);
	if (st == ST_OK)
		hand_done(a, NULL, "%s is in tier %u", name, tier);
	return st;
}

static const struct form_spec set_form = { "Tier by hand", "save", set_lines, SET_LINES,
	set_tier, NULL };

/* Of the account under the cursor, whatever is marked: each needs a reason of its own. */
static void open_form(struct app *a, const struct form_spec *spec, int now, int wanted)
{
	struct form f = { .spec = spec,
		.account = a->focus,
		.warn = spec == &set_form ? warn_tier : NULL };

	hand_name(a, f.account, f.subtitle, sizeof(f.subtitle));
	begin_tier(a, &f, now, wanted);
	f.start = wanted;
	form_open(a, &f);
}

void hand_tier(struct app *a)
{
	open_form(a, &set_form, SET_NOW, SET_TIER);
}

/* ---- a request ------------------------------------------------------------------------
 */

enum { ASK_NOW, ASK_TIER, ASK_BY, ASK_WHY, ASK_LINES };

static const struct form_line ask_lines[ASK_LINES] = {
	{ "Now", FORM_NOTE, NULL, NULL, false },
	{ "Wanted", FORM_CHOICE, TIERS, NULL, true },
	{ "Who asks", FORM_TEXT, NULL, "A name, and of which team: Kim, sales.", true },
	{ "Why", FORM_TEXT, NULL, "In the words of who asks.", true },
};

static enum status ask_tier(struct app *a, const struct form *f, int *line, struct err *e)
{
	char who[INPUT_MAX + 1], why[INPUT_MAX + 1];
	int64_t id;
	enum status st;

	*line = ASK_TIER;
	hand_words(f, ASK_BY, who);
	hand_words(f, ASK_WHY, why);
	st = book_request_tier(
		a->book, f->account, tier_of(f, ASK_TIER), who, why, &id, e);
	if (st == ST_OK)
		hand_done(a, NULL, "request %lld is written down", (long long)id);
	return st;
}

static const struct form_spec ask_form = { "Request a tier", "save", ask_lines, ASK_LINES,
	ask_tier, NULL };

void hand_tier_request(struct app *a)
{
	open_form(a, &ask_form, ASK_NOW, ASK_TIER);
}
