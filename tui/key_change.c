#include "tui/key_change.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"

enum { DOES_MAX = 48, FURTHER_MAX = 96 };

static const char *title(enum action action)
{
	return action_def(action)->title;
}

/* "is log a touch", "does nothing" */
static const char *does(enum action action, char out[DOES_MAX])
{
	if (action == ACT_NONE)
		return "does nothing";
	snprintf(out, DOES_MAX, "is %s", title(action));
	return out;
}

/* ---- whether a key may be taken -------------------------------------------------- */

/* What the settings file and the screen can't name can't be kept. */
static bool has_name(int32_t key)
{
	char text[KEY_TEXT_MAX];
	int32_t same;

	return key != KEY_UNREADABLE_ && key_parse(text_of(key_text(key, text)), &same) &&
	       same == key && text_columns(text_of(text)) > 0;
}

/* In its own place, what the key did before comes back. */
static struct key_change release(const struct key_row *r)
{
	const enum action usual = keys_usual(r->scope, r->key);

	return (struct key_change){ r->scope, r->key,
		usual == r->action ? ACT_NONE : usual };
}

static int changes_of(const struct key_wish *w, int32_t key, struct key_change out[2])
{
	out[0] = (struct key_change){ w->row.scope, key, w->row.action };
	out[1] = release(&w->row);
	return w->further || !w->row.key ? 1 : 2;
}

/* Whether a place has the key for itself, or one around it that is further in than outer.
 */
static bool has_for_itself(enum scope inner, enum scope outer, int32_t key)
{
	for (; inner != outer; inner = keys_around(inner))
		if (keys_own_at(inner, key) || keys_usual(inner, key))
			return true;
	return false;
}

/* A place further in where the key does something else than the action, whatever it does
 * in the scope; SCOPE_NONE: there is none. */
static enum scope hidden_in(enum scope scope, int32_t key, enum action action)
{
	for (int s = 1; s < SCOPE_COUNT && action; s++)
		if (keys_within((enum scope)s, scope) &&
			has_for_itself((enum scope)s, scope, key) &&
			keys_find((enum scope)s, key) != action)
			return (enum scope)s;
	return SCOPE_NONE;
}

/* "; on Today it is snooze"; "": nowhere. */
static const char *further_in(
	enum scope scope, int32_t key, enum action action, char out[FURTHER_MAX])
{
	const enum scope inner = hidden_in(scope, key, action);
	char what[DOES_MAX];

	out[0] = '\0';
	if (inner != SCOPE_NONE)
		snprintf(out, FURTHER_MAX, "; on %s it %s", screen_place(inner),
			does(keys_find(inner, key), what));
	return out;
}

/* The key does something there already, in the scope itself or around it. */
static enum status is_taken(
	const struct key_row *r, const char *text, int32_t key, struct err *e)
{
	const enum action whose = keys_find(r->scope, key);
	const char *other = keys_text_beside(r->scope, whose, key);
	const bool here = has_for_itself(r->scope, keys_around(r->scope), key);
	char further[FURTHER_MAX];

	return err_set(e, ST_DUPLICATE, "%s is %s%s%s%s", text, title(whose),
		!here   ? ", which it does elsewhere only then"
		: other ? " here, which keeps "
			: " here, which has no key then",
		here && other ? other : "",
		further_in(r->scope, key, r->action, further));
}

enum status key_change_check(const struct key_wish *w, int32_t key, struct err *e)
{
	const enum action whose = keys_find(w->row.scope, key);
	const enum scope inner = hidden_in(w->row.scope, key, w->row.action);
	struct key_change c[2];
	char text[KEY_TEXT_MAX], what[DOES_MAX];
	enum status st;

	if (!has_name(key))
		return err_set(e, ST_INVALID, "that key has no name: choose another one");
	key_text(key, text);
	if (whose == w->row.action)
		return err_set(e, ST_INVALID, "%s does that already", text);
	if (keys_typed(w->row.scope, key))
		return err_set(
			e, ST_INVALID, "%s is a letter, which is typed there", text);
	st = keys_change(c, changes_of(w, key, c), false, e);
	if (st != ST_OK)
		return st;
	if (whose != ACT_NONE)
		return is_taken(&w->row, text, key, e);
	if (inner == SCOPE_NONE)
		return ST_OK;
	return err_set(e, ST_DUPLICATE, "on %s %s %s, and stays so", screen_place(inner),
		text, does(keys_find(inner, key), what));
}

/* ---- making changes -------------------------------------------------------------- */

enum { KEPT_PLACE_MAX = 3 * KEYS_PLACE_MAX, LEFT_OUT_MAX = 2 * KEYS_PLACE_MAX };

/* What a key is kept under. */
static const char *kept_place(enum scope scope, int32_t key, char out[KEPT_PLACE_MAX])
{
	char text[KEY_TEXT_MAX], place[KEYS_PLACE_MAX];

	snprintf(place, sizeof(place), "%s.%s", keys_scope_name(scope),
		key_text(key, text));
	kept_encode(text_of(place), KEPT_KEY, out, KEPT_PLACE_MAX);
	return out;
}

/* Keeps what was changed. Returns the first one that the settings file says else of,
 * which is not kept; n: there is none. */
static int keep(struct app *a, const struct key_change *c, int n)
{
	int fixed = n;

	for (int i = 0; i < n; i++) {
		const struct binding *own = keys_own_at(c[i].scope, c[i].key);
		char place[KEPT_PLACE_MAX];

		kept_set(a, KEYS_SECTION, kept_place(c[i].scope, c[i].key, place),
			!own || own->line ? NULL : keys_action_name(own->action));
		if (own && own->line && own->action != own->said && fixed == n)
			fixed = i;
	}
	return fixed;
}

/* The key of it does that until the end, and then again what the file says. */
static void say_fixed(
	struct app *a, const struct key_change *c, enum action changed, const char *done)
{
	const struct binding *own = keys_own_at(c->scope, c->key);
	char what[DOES_MAX], text[KEY_TEXT_MAX];

	app_say(a, "%s; %s %s at the next start (file, line %d)", done,
		key_text(c->key, text),
		own->said == changed ? "is back" : does(own->said, what), own->line);
}

/* Makes them, and says what the first one has done and what one should know of it. */
static void make(struct app *a, const struct key_change *c, int n, const char *since)
{
	char done[128], text[KEY_TEXT_MAX], what[DOES_MAX];
	struct err e = { .status = ST_OK };
	char further[FURTHER_MAX];
	int fixed;

	if (keys_change(c, n, true, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	a->dirty |= APP_DATA | APP_LAYOUT;
	fixed = keep(a, c, n);
	snprintf(done, sizeof(done), "%s: %s %s %s", screen_place(c[0].scope),
		key_text(c[0].key, text), does(c[0].action, what), since);
	if (fixed == 0)
		app_say(a, "%s, until you leave (line %d of the file)", done,
			keys_own_at(c[0].scope, c[0].key)->line);
	else if (fixed < n)
		say_fixed(a, &c[fixed], c[0].action, done);
	else
		app_say(a, "%s%s", done,
			further_in(c[0].scope, c[0].key, c[0].action, further));
}

void key_change_take(struct app *a, const struct key_wish *w, int32_t key)
{
	struct key_change c[2];

	make(a, c, changes_of(w, key, c), "now");
}

void key_change_remove(struct app *a, const struct key_row *r)
{
	const struct key_change c = release(r);

	if (r->key)
		make(a, &c, 1, "now");
	else
		app_say(a, "%s has no key to take away", title(r->action));
}

/* A choice for the key that is kept and did not hold at the start, for the row's scope or
 * further in: what it is kept under, and "screen.: = none". False: there is none. */
static bool left_out(const struct app *a, const struct key_row *r,
	char place[KEPT_PLACE_MAX], char line[LEFT_OUT_MAX])
{
	char text[KEY_TEXT_MAX];

	for (int s = 1; s < SCOPE_COUNT && r->key && r->key == r->usual; s++) {
		const enum scope scope = (enum scope)s;
		const struct binding *own = keys_own_at(scope, r->key);
		const char *was;

		if (!keys_within(scope, r->scope) ||
			(own && (scope != r->scope || !own->line)))
			continue;
		was = kept_get(a, KEYS_SECTION, kept_place(scope, r->key, place));
		if (was) {
			snprintf(line, LEFT_OUT_MAX, "%s.%s = %s", keys_scope_name(scope),
				key_text(r->key, text), was);
			return true;
		}
	}
	return false;
}

bool key_change_can_be_usual(const struct app *a, const struct key_row *r)
{
	char place[KEPT_PLACE_MAX], line[LEFT_OUT_MAX];

	return r->key != r->usual || left_out(a, r, place, line);
}

/* The key is as usual: what was chosen for it and does not hold is told at every start
 * until it is forgotten. */
static void forget(struct app *a, const struct key_row *r)
{
	char place[KEPT_PLACE_MAX], line[LEFT_OUT_MAX];

	if (!left_out(a, r, place, line)) {
		app_say(a, "that is as usual");
		return;
	}
	app_say(a, "%s, which was left out, is forgotten", line);
	kept_set(a, KEYS_SECTION, place, NULL);
}

void key_change_usual(struct app *a, const struct key_row *r)
{
	struct key_change c[2];
	int n = 0;

	if (r->key == r->usual) {
		forget(a, r);
		return;
	}
	if (r->usual)
		c[n++] = (struct key_change){ r->scope, r->usual, r->action };
	if (r->key)
		c[n++] = release(r);
	make(a, c, n, "again");
}

/* ---- what is odd about it -------------------------------------------------------- */

static size_t note_source(
	const struct app *a, const struct key_row *r, char *out, size_t size)
{
	const struct binding *own = keys_own_at(r->scope, r->key ? r->key : r->usual);
	char place[KEPT_PLACE_MAX], line[LEFT_OUT_MAX];

	if (!own && !left_out(a, r, place, line))
		return 0;
	if (!own)
		return (size_t)snprintf(out, size, "%s, chosen here, is left out", line);
	if (own->line && own->action == own->said)
		return (size_t)snprintf(out, size, "settings file, line %d", own->line);
	return (size_t)snprintf(
		out, size, "%s", own->line ? "until you leave" : "chosen here");
}

void key_change_note(const struct app *a, const struct key_row *r, char *out, size_t size)
{
	const enum action was = r->key ? keys_usual(r->scope, r->key) : ACT_NONE;
	const enum action taken = r->usual ? keys_find(r->scope, r->usual) : r->action;
	size_t n;
	char text[KEY_TEXT_MAX], what[DOES_MAX], further[FURTHER_MAX];

	out[0] = '\0';
	n = note_source(a, r, out, size);
	if (taken != r->action && n < size)
		n += (size_t)snprintf(out + n, size - n, "%s%s %s now", n ? "; " : "",
			key_text(r->usual, text), does(taken, what));
	if (was != ACT_NONE && was != r->action && n < size)
		n += (size_t)snprintf(out + n, size - n, "; was %s%s", title(was),
			keys_text(r->scope, was) ? "" : ", which has no key now");
	if (r->key && keys_own_at(r->scope, r->key) && n < size)
		snprintf(out + n, size - n, "%s",
			further_in(r->scope, r->key, r->action, further));
}
