/* Undo and redo: the last thing done by hand, and what is asked before. */
#include "tui/hand.h"

#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "core/over_cap.h"
#include "tui/app.h"
#include "tui/confirm.h"
#include "tui/moment.h"

void hand_settle(struct app *a, bool redo)
{
	const uint32_t from = a->focus;
	struct operation next = { .id = 0 };
	struct arena arena;
	struct err none = { .status = ST_OK };

	a->dirty |= APP_DATA;
	app_settle(a);
	arena_init(&arena);
	if (book_undoable(a->book, redo, &arena, &next, &none) != ST_OK)
		next.id = 0; /* who wants to is told why */
	arena_clear(&arena);
	a->told = (struct app_told){ next.id, from, a->focus, 0 };
}

/* It was just told of, and nothing was done since nor the cursor moved. */
static bool is_told(const struct app *a, int64_t operation)
{
	return operation == a->told.operation && a->focus == a->told.left;
}

bool hand_undo(struct app *a, int64_t operation, const char *what, bool redo)
{
	static const struct app_offer back = { SCOPE_SCREEN, ACT_UNDO, "takes it back" },
				      again = { SCOPE_SCREEN, ACT_REDO, "does it again" };
	struct err e = { .status = ST_OK };
	enum status st = book_undo(a->book, operation, &e);
	struct over_caps over;
	char caps[OVER_CAPS_MAX];

	if (st == ST_OK && is_told(a, operation))
		a->focus = a->told.from; /* it comes back there */
	hand_settle(a, !redo);
	if (st != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	if (over_caps_now(a->book, &over, &e) != ST_OK)
		app_fail(a, &e);
	over_caps_text(&over, caps);
	app_say_offers(a, redo ? &back : &again, 1, "%s: %s%s%s %s ",
		redo ? "done again" : "undone", what, over.n ? "; " : "", caps,
		canvas_glyph_text(&a->canvas, GLYPH_DOT));
	return true;
}

/* What an undoing undid. */
static struct text plain_title(struct text t)
{
	static const char *const steps[] = { "undo: ", "redo: " };

	for (int i = 0; i < 2; i++) {
		struct text step = text_of(steps[i]);

		if (t.n > step.n && memcmp(t.s, step.s, step.n) == 0)
			return plain_title((struct text){ t.s + step.n, t.n - step.n });
	}
	return t;
}

struct origin {
	int64_t id, at;
};

/* From the newest on: the change at the end of a chain of undoings. */
static enum status take_origin(void *arg, const struct operation *o, struct err *e)
{
	struct origin *origin = arg;

	(void)e;
	if (o->id != origin->id)
		return ST_OK;
	origin->id = o->reverses;
	origin->at = o->at;
	return o->reverses ? ST_OK : ST_CANCELLED;
}

/* When the change was made that it takes back or does again. */
static int64_t made_at(struct app *a, const struct operation *o)
{
	struct origin origin = { o->reverses, o->at };
	struct err e = { .status = ST_OK };

	if (o->reverses &&
		book_operations(a->book, o->concerns, take_origin, &origin, &e) != ST_OK)
		app_fail(a, &e);
	return origin.at;
}

/* What it was, on whom and when, in one line. */
static void describe(struct app *a, const struct operation *o, char *out, size_t size)
{
	struct text title = plain_title(o->title);
	char at[MOMENT_MAX], name[120] = "";

	moment_words(a->book, made_at(a, o), at);
	if (o->concerns)
		hand_name(a, o->concerns, name, sizeof(name));
	else if (o->changes > 1)
		snprintf(name, sizeof(name), "%u changes", o->changes);
	snprintf(out, size, "%.*s%s%s, %s", (int)title.n, title.s, name[0] ? ": " : "",
		name, at);
}

/* Why a person may not mean it; NULL: it is what was done last, here. */
static const char *doubt(const struct app *a, const struct operation *o)
{
	const bool other = o->concerns && o->concerns != a->focus;

	if (is_told(a, o->id))
		return NULL;
	if (o->at < a->started)
		return other ? "another account, and done before this start"
			     : "it was done before this start";
	return other ? "it concerns another account" : NULL;
}

static void undo(struct app *a, bool redo, int64_t agreed);

static void undo_agreed(struct app *a)
{
	undo(a, false, a->undo_asked);
}

static void redo_agreed(struct app *a)
{
	undo(a, true, a->undo_asked);
}

/* agreed: the operation that was asked about; by now another one may come first. */
static void undo(struct app *a, bool redo, int64_t agreed)
{
	struct operation o = { .id = 0 };
	struct arena arena;
	struct err e = { .status = ST_OK };
	char what[ERR_TEXT_MAX], question[ERR_TEXT_MAX + 64];
	const char *why;

	arena_init(&arena);
	if (book_undoable(a->book, redo, &arena, &o, &e) != ST_OK) {
		app_fail(a, &e);
	} else if (o.id == 0) {
		app_say(a, redo ? "nothing was undone that could be done again"
				: "you have changed nothing that could be undone");
	} else {
		describe(a, &o, what, sizeof(what));
		why = o.id == agreed ? NULL : doubt(a, &o);
		a->undo_asked = o.id;
		snprintf(question, sizeof(question), "%s: %s? (%s)",
			redo ? "Do again" : "Undo", what, why ? why : "");
		if (why)
			confirm_open(a, question, redo ? redo_agreed : undo_agreed);
		else
			(void)hand_undo(a, o.id, what, redo);
	}
	arena_clear(&arena);
}

void hand_undo_last(struct app *a, bool redo)
{
	undo(a, redo, 0);
}
