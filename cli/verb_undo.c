/* undo, redo: the way back, and forth again. */
#include "cli/verbs.h"

#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "core/json.h"
#include "core/over_cap.h"

static enum status parse_id(const char *text, int64_t *id, struct err *e)
{
	*id = 0;
	if (strlen(text) <= 15)
		for (const char *at = text; *at >= '0' && *at <= '9'; at++)
			*id = *id * 10 + (*at - '0');
	if (*id == 0 || strspn(text, "0123456789") != strlen(text))
		return err_set(e, ST_USAGE,
			"\"%s\" is not the number of an operation; `tierdesk log` shows "
			"them",
			text);
	return ST_OK;
}

/* Without "undo: " and "redo: ", which an undoing has before it. */
static struct text plain_title(struct text t)
{
	while (t.n > 6 &&
		(memcmp(t.s, "undo: ", 6) == 0 || memcmp(t.s, "redo: ", 6) == 0))
		t = (struct text){ t.s + 6, t.n - 6 };
	return t;
}

/* The operation that is meant: the one given, or the next in turn. */
static enum status choose(struct call *c, struct book *b, bool redo, struct arena *a,
	struct operation *out, struct err *e)
{
	int64_t id;
	enum status st;

	if (!c->args)
		return book_undoable(b, redo, a, out, e);
	st = parse_id(c->arg[0], &id, e);
	if (st == ST_OK)
		st = book_operation(b, id, a, out, e);
	if (st == ST_OK)
		out->id = id; /* book_undo says that there is none */
	return st;
}

static void json_caps(struct json *j, const struct over_caps *over)
{
	json_key(j, "over_cap");
	json_array(j);
	for (int i = 0; i < over->n; i++) {
		const struct over_cap *x = &over->tier[i];

		json_object(j);
		json_key(j, "tier");
		json_int(j, x->tier);
		json_key(j, "members");
		json_int(j, x->members);
		json_key(j, "limit");
		json_int(j, x->limit);
		json_key(j, "over");
		json_int(j, x->members - x->limit);
		json_end_object(j);
	}
	json_end_array(j);
}

/* o->id 0: there was nothing to take back. */
static enum status answer_json(
	const struct operation *o, const struct over_caps *over, struct err *e)
{
	struct json doc, *j = &doc;

	call_json(j);
	json_object(j);
	json_key(j, "operation");
	json_id(j, o->id);
	json_pair(j, "step", text_of(o->step == STEP_UNDO ? "redo" : "undo"));
	json_pair(j, "title", plain_title(o->title));
	json_key(j, "rows");
	json_int(j, o->changes);
	json_caps(j, over);
	json_end_object(j);
	return call_json_end(j, ST_OK, e);
}

static enum status answer(struct call *c, const struct operation *o,
	const struct over_caps *over, struct err *e)
{
	const char *done = o->step == STEP_UNDO ? "redone" : "undone";
	const struct text title = plain_title(o->title);
	char caps[OVER_CAPS_MAX], many[32] = "";

	if (c->format == FORMAT_JSON)
		return answer_json(o, over, e);
	if (o->changes)
		snprintf(many, sizeof(many), ", %u change%s", o->changes,
			TEXT_S(o->changes));
	call_note(c, "%s: %.*s%s", done, (int)title.n, title.s, many);
	over_caps_text(over, caps);
	if (over->n)
		call_note(c, "%s", caps);
	return ST_OK;
}

/* It is done, whatever can be said of the caps. */
static enum status say_done(
	struct call *c, struct book *b, const struct operation *o, struct err *e)
{
	struct over_caps over;
	const enum status st = over_caps_now(b, &over, e);
	const enum status told = answer(c, o, &over, st == ST_OK ? e : NULL);

	return st == ST_OK ? told : st;
}

static enum status take_back(struct call *c, struct book *b, bool redo, struct err *e)
{
	const struct over_caps none = { .n = 0 };
	struct operation o;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = choose(c, b, redo, &a, &o, e);
	c->answer_no = st == ST_OK && o.id == 0;
	if (c->answer_no) {
		call_note(c, "there is nothing of yours to %s", redo ? "redo" : "undo");
		o.step = redo ? STEP_UNDO : STEP_CHANGE;
		if (c->format == FORMAT_JSON)
			st = answer_json(&o, &none, e);
	} else if (st == ST_OK) {
		st = book_undo(b, o.id, e);
		if (st == ST_OK)
			st = say_done(c, b, &o, e);
	}
	arena_clear(&a);
	return st;
}

static enum status run(struct call *c, bool redo, struct err *e)
{
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = take_back(c, b, redo, e);
	book_free(&b);
	return st;
}

enum status verb_undo(struct call *c, struct err *e)
{
	return run(c, false, e);
}

enum status verb_redo(struct call *c, struct err *e)
{
	return run(c, true, e);
}
