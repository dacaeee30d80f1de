/* The history: who did what and when; what each operation changed; and the way back. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/change.h"
#include "tui/app.h"
#include "tui/draw.h"
#include "tui/hand.h"
#include "tui/mem.h"
#include "tui/moment.h"
#include "tui/page.h"
#include "tui/pick.h"
#include "tui/popup.h"
#include "tui/words.h"

enum { WIDTH = 76, SHOWN = 500, AT_WIDTH = 16, WHO_WIDTH = 14, CHANGES_SHOWN = 200 };

struct entry {
	struct operation o;
	char at[MOMENT_MAX];
};

struct state {
	struct pick pick;
	struct arena arena;  /* owns the texts of the entries */
	struct entry *entry; /* owned; the newest first */
	int n, room;         /* room: for how many there is memory */
	bool open;           /* the changes of one are shown */
	struct page page;
};

/* ---- reading -------------------------------------------------------------------- */

struct reading {
	struct app *app;
	struct state *state;
	int changes;
	uint32_t account; /* whose changes are shown under its name */
};

static enum status take(void *arg, const struct operation *o, struct err *e)
{
	struct reading *r = arg;
	struct state *s = r->state;
	struct entry *x;

	if (o->kind == OPERATION_RECALC && !o->backup.n)
		return ST_OK; /* nobody did it, and nobody takes it back */
	if (s->n == SHOWN)
		return err_set(e, ST_CANCELLED, "enough is shown");
	if (s->n == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		s->entry = mem_resize(s->entry, (size_t)s->room, sizeof(*s->entry));
	}
	x = &s->entry[s->n++];
	x->o = *o;
	x->o.actor = mem_text(&s->arena, o->actor);
	x->o.title = mem_text(&s->arena, o->title);
	x->o.reason = mem_text(&s->arena, o->reason);
	x->o.account = mem_text(&s->arena, o->account);
	moment_words(r->app->book, o->at, x->at);
	return ST_OK;
}

/* Names in the place of account_ids; of several, how many. */
static void name_accounts(struct app *a, struct state *s)
{
	uint32_t *id = mem_new((size_t)s->n + 1, sizeof(*id)), n = 0;
	struct list_row *row = mem_new((size_t)s->n + 1, sizeof(*row));
	struct err e = { .status = ST_OK };
	char many[32];

	for (int i = 0; i < s->n; i++)
		if (s->entry[i].o.concerns)
			id[n++] = s->entry[i].o.concerns;
	if (book_rows(a->book, id, n, &s->arena, row, &e) != ST_OK)
		app_fail(a, &e);
	n = 0;
	for (int i = 0; i < s->n; i++) {
		struct operation *o = &s->entry[i].o;

		if (o->concerns) {
			o->account = row[n].name.n ? row[n].name : o->account;
			n++;
		} else if (o->changes > 1) {
			snprintf(many, sizeof(many), "%u changes", o->changes);
			o->account = mem_text(&s->arena, text_of(many));
		}
	}
	free(row);
	free(id);
}

static void load(struct app *a, struct state *s)
{
	struct reading r = { .app = a, .state = s };
	struct err e = { .status = ST_OK };
	enum status st;

	arena_clear(&s->arena);
	s->n = 0;
	st = book_operations(a->book, 0, take, &r, &e);
	if (st != ST_OK && st != ST_CANCELLED)
		app_fail(a, &e);
	name_accounts(a, s);
	pick_refill(a, &s->pick);
}

/* ---- one of them ---------------------------------------------------------------- */

static void put_cells(struct state *s, const struct operation_change *c)
{
	const struct field *f = &record_of(c->kind)->fields[c->field];
	char before[200], after[200];

	words_cell(f, &c->before, before, sizeof(before));
	words_cell(f, &c->after, after, sizeof(after));
	page_print(&s->page, 4, ROLE_TEXT, "%s: %s became %s", f->name,
		before[0] ? before : "nothing", after[0] ? after : "nothing");
}

/* Of several accounts each has its name over its changes. */
static void put_account(struct reading *r, uint32_t account)
{
	struct state *s = r->state;
	struct list_row row;

	if (s->entry[s->pick.at].o.concerns || !account || account == r->account)
		return;
	r->account = account;
	if (book_rows(r->app->book, &account, 1, &s->arena, &row, NULL) != ST_OK)
		return;
	if (!row.name.n)
		row.name = row.id;
	page_print(&s->page, 2, ROLE_STRONG, "%.*s", (int)row.name.n,
		row.name.s ? row.name.s : "");
}

static enum status take_change(void *arg, const struct operation_change *c, struct err *e)
{
	struct reading *r = arg;
	struct state *s = r->state;

	if (r->changes++ == CHANGES_SHOWN)
		return err_set(e, ST_CANCELLED, "enough is shown");
	put_account(r, c->account);
	if (c->kind == REC_COUNT)
		page_print(&s->page, 4, ROLE_TEXT, "%s: %.*s became %.*s", c->key,
			(int)c->before.t.n, c->before.t.s, (int)c->after.t.n,
			c->after.t.s);
	else if (c->field >= 0)
		put_cells(s, c);
	else
		page_print(&s->page, 2, ROLE_QUIET, "%s: a row was %s",
			record_of(c->kind)->name,
			c->after.type == CELL_MISSING ? "removed" : "added");
	return ST_OK;
}

static void build(struct app *a, struct state *s)
{
	struct reading r = { .app = a, .state = s };
	struct err e = { .status = ST_OK };
	const struct entry *x = &s->entry[s->pick.at];
	char rows[32] = "";
	enum status st;

	page_reset(&s->page, popup_inside(s->pick.box).columns);
	page_print(&s->page, 0, ROLE_STRONG, "%.*s", (int)x->o.title.n, x->o.title.s);
	if (x->o.changes)
		snprintf(rows, sizeof(rows), ", %u %s", x->o.changes,
			x->o.changes == 1 ? "row" : "rows");
	page_print(&s->page, 0, ROLE_QUIET, "%s by %.*s%s", x->at, (int)x->o.actor.n,
		x->o.actor.s, rows);
	if (x->o.reason.n)
		page_print(&s->page, 0, ROLE_TEXT, "because: %.*s", (int)x->o.reason.n,
			x->o.reason.s);
	if (x->o.backup.n)
		page_print(&s->page, 0, ROLE_QUIET,
			"the book from before it: %.*s, beside the book",
			(int)x->o.backup.n, x->o.backup.s);
	page_line(&s->page);
	st = book_operation_changes(a->book, x->o.id, take_change, &r, &e);
	if (st != ST_OK && st != ST_CANCELLED)
		app_fail(a, &e);
	if (r.changes > CHANGES_SHOWN)
		page_text(&s->page, 2, ROLE_QUIET, TEXT("and more"));
}

/* ---- the screen ----------------------------------------------------------------- */

static void data_changed(struct app *a, void *state)
{
	struct state *s = state;
	const int64_t here = s->n ? s->entry[s->pick.at].o.id : 0;
	bool there = false;

	load(a, s);
	for (int i = 0; i < s->n; i++)
		if (s->entry[i].o.id == here) {
			s->pick.at = i; /* others add theirs above it */
			there = true;
		}
	s->open &= there;
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	s->pick.rows = body.rows;
	pick_layout(a, state, body);
	if (s->open)
		build(a, s);
}

static int count(struct app *a, void *state)
{
	(void)a;
	return ((struct state *)state)->n;
}

static void paint_entry(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct entry *x = &((struct state *)state)->entry[item];
	int at = r.column, end = r.column + r.columns;
	const char *stands = x->o.reversed_by ? "taken back" : "";

	(void)a;
	canvas_put(c, r.row, at, AT_WIDTH, ROLE_QUIET, text_of(x->at));
	at += AT_WIDTH + 1;
	canvas_put(c, r.row, at, WHO_WIDTH, ROLE_TEXT, x->o.actor);
	at += WHO_WIDTH + 1;
	end -= text_columns(text_of(stands)) + 1;
	at += canvas_put(c, r.row, at, end - at,
		      x->o.reversed_by ? ROLE_QUIET : ROLE_TEXT, x->o.title) +
	      2;
	canvas_put(c, r.row, at, end - at, ROLE_QUIET, x->o.account);
	canvas_put(c, r.row, end + 1, r.column + r.columns - end - 1, ROLE_QUIET,
		text_of(stands));
}

static void choose(struct app *a, void *state, int item)
{
	struct state *s = state;

	s->open = item >= 0;
	s->page.top = 0;
	if (s->open)
		build(a, s);
}

static void open_history(struct app *a, void *state)
{
	static const struct pick_list list = { .title = "History of changes",
		.columns = WIDTH,
		.count = count,
		.paint = paint_entry,
		.choose = choose,
		.empty = "Nothing was changed so far." };
	struct state *s = state;

	arena_init(&s->arena);
	page_init(&s->page, a->canvas.ascii);
	pick_open(a, &s->pick, &list);
}

static void close_history(struct app *a, void *state)
{
	struct state *s = state;

	free(s->entry);
	arena_clear(&s->arena);
	page_clear(&s->page);
	pick_close(a, state);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	if (!s->open) {
		pick_paint(a, state, c, body);
		return;
	}
	draw_box(c, s->pick.box, "One change");
	page_paint(&s->page, c, popup_inside(s->pick.box));
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	char title[160];

	if (action == ACT_UNDO && s->n) {
		const struct operation *o = &s->entry[s->pick.at].o;

		snprintf(title, sizeof(title), "%.*s", (int)o->title.n, o->title.s);
		(void)hand_undo(a, o->id, title, false);
		return true;
	}
	if (!s->open)
		return pick_act(a, state, action);
	if (action == ACT_BACK || action == ACT_CHOOSE) {
		s->open = false;
		return true;
	}
	return page_act(&s->page, action, popup_inside(s->pick.box).rows);
}

/* Of one change there is nothing more to look at, of none nothing at all. */
static bool offers(struct app *a, const void *state, enum action action)
{
	const struct state *s = state;

	(void)a;
	if (action == ACT_CHOOSE)
		return s->n > 0 && !s->open;
	return action != ACT_UNDO || s->n > 0;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (!s->open)
		pick_click(a, state, row, column);
	else if (!canvas_hit(s->pick.box, row, column))
		app_back(a);
}

const struct screen_ops history_screen = {
	.size = sizeof(struct state),
	.open = open_history,
	.close = close_history,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.offers = offers,
	.click = click,
};
