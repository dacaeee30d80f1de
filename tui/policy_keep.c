/* A policy is kept: what was edited, or an older version, with a reason. */
#include "tui/policy.h"

#include <stdio.h>
#include <string.h>

#include "core/arena.h"
#include "core/over_cap.h"
#include "tui/form.h"

/* ---- what differs, as a file ------------------------------------------------------- */

struct writing {
	char *text;
	size_t n, size;
	char section[32];
};

/* Room for a line, and for the heading above it. */
static void measure(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct writing *w = arg;

	(void)was;
	w->size += strlen(section) + strlen(key) + strlen(is) + sizeof("[]\n = \n");
}

static void put(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct writing *w = arg;

	(void)was;
	if (strcmp(w->section, section) != 0)
		w->n += (size_t)snprintf(
			w->text + w->n, w->size - w->n, "[%s]\n", section);
	snprintf(w->section, sizeof(w->section), "%s", section);
	w->n += (size_t)snprintf(w->text + w->n, w->size - w->n, "%s = %s\n", key, is);
}

static const char *file_of(
	const struct policy *was, const struct policy *is, struct arena *a)
{
	struct writing w = { .size = 1 };

	policy_compare(was, is, measure, &w);
	w.text = arena_alloc(a, w.size);
	if (w.text)
		policy_compare(was, is, put, &w);
	return w.text;
}

/* ---- both -------------------------------------------------------------------------- */

static void reason_of(const struct form *f, int line, char out[INPUT_MAX + 1])
{
	const struct text why = form_value(f, line);

	snprintf(out, INPUT_MAX + 1, "%.*s", (int)why.n, why.s);
}

/* A lower cap moves nobody by itself. */
static void say_saved(struct app *a, int32_t version)
{
	char text[OVER_CAPS_MAX] = "";
	struct over_caps over = { .n = 0 };
	struct err e;

	if (over_caps_now(a->book, &over, &e) == ST_OK && over.n)
		over_caps_text(&over, text);
	app_say(a, "policy version %d is in force; %s makes its figures%s%s",
		(int)version, keys_word(SCOPE_POLICY, ACT_RECALCULATE),
		over.n ? "; " : "", over.n ? text : "");
	a->dirty |= APP_DATA;
}

/* ---- what was edited --------------------------------------------------------------- */

enum { SAVE_CHANGES, SAVE_WHY, SAVE_LINES };

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct policy_screen *s = a->state[SCREEN_POLICY];
	char reason[INPUT_MAX + 1];
	struct arena arena;
	const char *text;
	int32_t version;
	enum status st;

	*line = SAVE_WHY;
	if (!s)
		return ST_OK;
	reason_of(f, SAVE_WHY, reason);
	arena_init(&arena);
	text = file_of(&s->base, &s->edited, &arena);
	st = text ? book_policy_apply(a->book, text, "policy", reason, &version, e)
		  : err_set(e, ST_NOMEM, "not enough memory for the policy");
	arena_clear(&arena);
	if (st == ST_OK)
		say_saved(a, version);
	return st;
}

struct doubts {
	char *out;
	size_t size;
};

static void add_doubt(void *arg, const char *sentence)
{
	struct doubts *d = arg;
	const size_t n = strlen(d->out);

	snprintf(d->out + n, d->size - n, "%s%s", n ? "; " : "", sentence);
}

static void warn(struct app *a, const struct form *f, char *out, size_t size)
{
	const struct policy_screen *s = a->state[SCREEN_POLICY];
	struct doubts d = { out, size };
	const struct policy_warning warning = { add_doubt, &d };

	(void)f;
	out[0] = '\0';
	if (s)
		policy_doubts(&s->edited, &warning);
}

void policy_save(struct app *a, struct policy_screen *s)
{
	static const struct form_line lines[SAVE_LINES] = {
		{ "What", FORM_NOTE, NULL, NULL, false },
		{ "Reason", FORM_TEXT, NULL,
			"Why it is to be so: it stands in the history for good.", true },
	};
	static const struct form_spec spec = { "A new version of the policy", "save",
		lines, SAVE_LINES, save, NULL };
	struct form f = { .spec = &spec, .start = SAVE_WHY, .warn = warn };
	const int changes = policy_changes(s);
	char what[60];
	struct err e = { .status = ST_OK };

	if (changes == 0) {
		app_say_offers(a,
			&(struct app_offer){ SCOPE_POLICY, ACT_POLICY_EDIT,
				"edits the value under the cursor" },
			1, "nothing was changed: ");
	} else if (policy_check(&s->edited, &e) != ST_OK) {
		app_fail(a, &e);
	} else {
		snprintf(what, sizeof(what), "%d value%s of version %d become others",
			changes, TEXT_S(changes), (int)s->version);
		input_set(&f.value[SAVE_CHANGES], text_of(what));
		form_open(a, &f);
	}
}

/* ---- an older version -------------------------------------------------------------- */

enum { RETURN_WHAT, RETURN_WHY, RETURN_LINES };

static enum status go_back(struct app *a, const struct form *f, int *line, struct err *e)
{
	char reason[INPUT_MAX + 1];
	int32_t version;
	enum status st;

	*line = RETURN_WHY;
	reason_of(f, RETURN_WHY, reason);
	st = book_policy_return(a->book, (int32_t)f->row, reason, &version, e);
	if (st == ST_OK)
		say_saved(a, version);
	return st;
}

void policy_return(struct app *a, int32_t version)
{
	static const struct form_line lines[RETURN_LINES] = {
		{ "What", FORM_NOTE, NULL, NULL, false },
		{ "Reason", FORM_TEXT, NULL,
			"Why it goes back: the versions since stay in the history.",
			true },
	};
	static const struct form_spec spec = { "Return to an older policy", "return",
		lines, RETURN_LINES, go_back, NULL };
	struct form f = { .spec = &spec, .start = RETURN_WHY, .row = version };
	char what[60];

	snprintf(what, sizeof(what), "a new version says what version %d said",
		(int)version);
	input_set(&f.value[RETURN_WHAT], text_of(what));
	form_open(a, &f);
}
