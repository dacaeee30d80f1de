/* The set-up worksheet: six steps, how far each is, and the key that goes on with it. */
#include "tui/setup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/fnv.h"
#include "tui/app.h"
#include "tui/choice.h"
#include "tui/import.h"
#include "tui/moves.h"
#include "tui/page.h"
#include "tui/rows.h"
#include "tui/save_file.h"

#define KEPT_SECTION "setup"
enum { LEFT = 2, TEXT_AT = 8, KEY_SIZE = 32 };

struct state {
	struct page page;
	struct setup setup;
	bool known;
	int at, row[SETUP_STEPS];     /* of the steps, on the page */
	char moves[32], outcome[300]; /* of the review that is asked about */
};

/* ---- the policy that is kept on purpose ----------------------------------------- */

/* A word for the book: its path holds what keys must not. */
static const char *policy_key(const struct app *a, char out[KEY_SIZE])
{
	snprintf(out, KEY_SIZE, "policy-%016" PRIx64, fnv_of(text_of(app_path(a))));
	return out;
}

/* As far as it is; false: it can't be told (a message says why). */
static bool read_setup(struct app *a, struct setup *out)
{
	struct err e = { .status = ST_OK };
	char key[KEY_SIZE];
	const bool kept = kept_get(a, KEPT_SECTION, policy_key(a, key)) != NULL;

	if (setup_read(a->book, kept, out, &e) == ST_OK)
		return true;
	app_fail(a, &e);
	return false;
}

bool setup_wants_usage(const struct app *a)
{
	const struct state *s = a->state[SCREEN_SETUP];

	return s && s->at == SETUP_USAGE;
}

void setup_offer(struct app *a)
{
	struct setup s;

	/* Owners come and go, and a policy is never finished: these don't nag. */
	if (a->message.text[0] || !read_setup(a, &s) ||
		(s.done[SETUP_ACCOUNTS] && s.done[SETUP_USAGE] &&
			s.done[SETUP_RENEWALS] && s.done[SETUP_REVIEW]))
		return;
	app_say_offers(a,
		&(struct app_offer){ SCOPE_SCREEN, ACT_SETUP, "shows what is missing" },
		1, "set-up: %d of %d steps are done; ", s.steps_done, SETUP_STEPS);
}

/* ---- what the steps do ---------------------------------------------------------- */

static enum status run_review(struct app *a, bool apply, struct review *r, struct err *e)
{
	enum status st;

	book_progress(a->book,
		work_start(a, apply ? "Applying the review" : "Preparing the review"));
	st = book_review(a->book, apply, r, e);
	book_progress(a->book, NULL);
	work_stop(a);
	return st;
}

static void place(struct app *a)
{
	struct review r;
	struct err e = { .status = ST_OK };

	if (run_review(a, true, &r, &e) == ST_OK) {
		app_say_offers(a,
			&(struct app_offer){ SCOPE_SCREEN, ACT_UNDO, "takes it back" }, 1,
			"the review is applied: %u account%s changed tier %s ", r.moves_n,
			TEXT_S(r.moves_n), canvas_glyph_text(&a->canvas, GLYPH_DOT));
	} else {
		app_fail(a, &e);
	}
	review_clear(&r);
	a->dirty |= APP_DATA;
}

enum { LOOK, APPLY, LEAVE };

static void ask_review(struct app *a, int at);

/* Who looked at them comes back to the question, for the next answer. */
static void ask_after_look(struct app *a)
{
	ask_review(a, APPLY);
}

static void look_at_moves(struct app *a)
{
	struct review r;
	struct err e = { .status = ST_OK };

	if (run_review(a, false, &r, &e) == ST_OK)
		moves_open(a, &r, ask_after_look);
	else
		app_fail(a, &e);
	review_clear(&r);
}

static void review_chosen(struct app *a, int64_t value)
{
	if (value == LOOK)
		look_at_moves(a);
	else if (value == APPLY)
		place(a);
}

static void ask_review(struct app *a, int at)
{
	struct choice c = { .title = "The review", .at = at, .chosen = review_chosen };
	const struct state *s = a->state[SCREEN_SETUP];

	if (!s)
		return;
	choice_add(&c, "look at the moves first", "Who goes where, and why.", LOOK);
	c.line[0].note = s->moves;
	choice_add(&c, "apply the review", s->outcome, APPLY);
	choice_add(&c, "leave it", "Nothing is changed.", LEAVE);
	choice_open(a, &c);
}

/* Without figures they are made first; then what the review would do is asked. */
static void review(struct app *a, struct state *s)
{
	struct review r;
	struct err e = { .status = ST_OK };

	if (!s->setup.scored || s->setup.figures_day != book_as_of(a->book)) {
		app_act(a, ACT_RECALCULATE);
		app_settle(a);
		if (a->summary.figures_day != book_as_of(a->book))
			return;
	}
	if (run_review(a, false, &r, &e) != ST_OK) {
		app_fail(a, &e);
	} else if (r.moves_n == 0) {
		app_say(a, "the review would change no tier");
	} else {
		snprintf(s->moves, sizeof(s->moves), "%u account%s", r.moves_n,
			TEXT_S(r.moves_n));
		snprintf(s->outcome, sizeof(s->outcome),
			"%u account%s to move: then tier 1 has %u, tier 2 %u and tier 3 "
			"%u. "
			"%s takes it back.",
			r.moves_n, TEXT_S(r.moves_n), r.cap[0].after, r.cap[1].after,
			r.cap[2].after, keys_word(SCOPE_SCREEN, ACT_UNDO));
		ask_review(a, LOOK);
	}
	review_clear(&r);
}

static void keep_policy(struct app *a)
{
	char key[KEY_SIZE];
	const bool kept = kept_get(a, KEPT_SECTION, policy_key(a, key)) != NULL;

	kept_set(a, KEPT_SECTION, key, kept ? NULL : "kept");
	app_say(a, kept ? "the policy is to be looked at"
			: "the shipped policy is kept; `tierdesk policy show` prints it");
}

/* On the Book screen, where they are seen to; s is gone then. */
static void list_missing(struct app *a, const char *filter)
{
	const struct app_from from = app_from_here(a);

	a->view.whose = WHOSE_ALL;
	input_set(&a->view.filter, text_of(filter));
	app_show_list(a, &from, TEXT("this step"));
}

static void go_on(struct app *a, struct state *s)
{
	const char *missing = setup_missing(&s->setup, (enum setup_step)s->at);
	const char *reason = app_blocked(a, ACT_IMPORT);

	if (missing) {
		list_missing(a, missing);
		return;
	}
	switch ((enum setup_step)s->at) {
	case SETUP_REVIEW:
		reason = app_blocked(a, ACT_RECALCULATE);
		if (!reason)
			review(a, s);
		break;
	case SETUP_POLICY:
		reason = NULL;
		if (s->setup.policy_version > 1)
			app_say(a, "the policy is your own already");
		else
			keep_policy(a);
		break;
	default:
		if (!reason)
			import_open(a);
	}
	if (reason)
		app_say(a, "%s: %s", setup_title((enum setup_step)s->at), reason);
	s->known = read_setup(a, &s->setup);
	a->dirty |= APP_LAYOUT;
}

/* ---- export --------------------------------------------------------------------- */

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	const char *where, *text;
	struct setup s;
	struct arena arena;
	enum status st = save_file_able(a, e);

	*line = 0;
	if (st != ST_OK)
		return st;
	if (!read_setup(a, &s))
		return err_set(e, ST_IO, "the worksheet can't be made now");
	arena_init(&arena);
	text = setup_write(&s, *app_path(a) ? app_path(a) : "the book", &arena);
	st = text ? save_file(a, f, 0, NULL, text_of(text), &where, line, e)
		  : err_set(e, ST_NOMEM, "not enough memory");
	arena_clear(&arena);
	if (st == ST_OK)
		app_say(a, "the worksheet is in %s", where);
	return st;
}

static void export_text(struct app *a)
{
	static const struct form_line lines[] = {
		SAVE_FILE_LINES("A text to print or to send on."),
	};
	static const struct form_spec spec = { "Save the worksheet", "save", lines, 2,
		save, NULL };
	struct form f = { .spec = &spec };

	save_file_begin(&f, 0, "~/set-up.txt");
	form_open(a, &f);
}

/* ---- the screen ----------------------------------------------------------------- */

static void open_setup(struct app *a, void *state)
{
	page_init(&((struct state *)state)->page, a->canvas.ascii);
}

static void close_setup(struct app *a, void *state)
{
	(void)a;
	page_clear(&((struct state *)state)->page);
}

static void data_changed(struct app *a, void *state)
{
	struct state *s = state;
	const bool first = !s->known;

	s->known = read_setup(a, &s->setup);
	while (first && s->known && s->at + 1 < SETUP_STEPS && s->setup.done[s->at])
		s->at++; /* to what is to be done */
}

/* What the key that goes on does for the step. */
static const char *next_of(const struct setup *s, enum setup_step step)
{
	if (step == SETUP_POLICY)
		return s->policy_kept ? "takes the tick off" : "keeps the shipped policy";
	if (step == SETUP_REVIEW)
		return s->placed ? "recalculates and reviews again"
				 : "recalculates and places the accounts";
	return "imports a file";
}

static void step_lines(struct app *a, struct state *s, int i)
{
	const enum setup_step step = (enum setup_step)i;
	const bool here = i == s->at, done = s->setup.done[i];
	struct page *p = &s->page;
	char text[SETUP_TEXT_MAX];

	s->row[i] = page_line(p);
	if (here)
		canvas_glyph(&p->c, s->row[i], LEFT, ROLE_KEY, GLYPH_HERE);
	canvas_put(&p->c, s->row[i], LEFT + 2, 3, done ? ROLE_GOOD : ROLE_WATCH,
		done ? TEXT("[x]") : TEXT("[ ]"));
	canvas_print(&p->c, s->row[i], TEXT_AT, p->c.columns - TEXT_AT,
		here ? ROLE_STRONG : ROLE_TEXT, "%d %s", i + 1, setup_title(step));
	page_text(
		p, TEXT_AT + 2, ROLE_QUIET, text_of(setup_state(&s->setup, step, text)));
	if (!here)
		return;
	page_text(p, TEXT_AT + 2, ROLE_QUIET, text_of(setup_help(step)));
	if (setup_missing(&s->setup, step))
		page_print(p, TEXT_AT + 2, ROLE_INFO,
			"%s lists the accounts that lack it, %s imports a file",
			keys_word(SCOPE_SETUP, ACT_CHOOSE),
			keys_word(SCOPE_SETUP, ACT_IMPORT));
	else if (step != SETUP_POLICY || s->setup.policy_version <= 1)
		page_print(p, TEXT_AT + 2, ROLE_INFO, "%s %s",
			keys_word(SCOPE_SETUP, ACT_CHOOSE), next_of(&s->setup, step));
	(void)a;
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	char right[48];

	page_reset(&s->page, body.columns - 2);
	if (!s->known)
		return;
	snprintf(right, sizeof(right), "%d of %d done", s->setup.steps_done, SETUP_STEPS);
	page_heading(&s->page, "Set-up worksheet", right);
	for (int i = 0; i < SETUP_STEPS; i++)
		step_lines(a, s, i);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	const struct rect r = { body.row, body.column + 1, body.rows, body.columns - 2 };
	int row, end;

	layout(a, s, body);
	row = s->row[s->at];
	end = s->at + 1 < SETUP_STEPS ? s->row[s->at + 1] : s->page.c.rows;
	if (end > s->page.top + r.rows)
		s->page.top = end - r.rows;
	if (row < s->page.top)
		s->page.top = s->at == 0 ? 0 : row;
	page_paint(&s->page, c, r);
	if (row >= s->page.top && row < s->page.top + r.rows)
		canvas_cursor(c, r.row + row - s->page.top, r.column + LEFT);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	switch (action) {
	case ACT_CHOOSE:
		go_on(a, s);
		return true;
	case ACT_SETUP_EXPORT:
		export_text(a);
		return true;
	default:
		return rows_step(action, SETUP_STEPS, SETUP_STEPS, &s->at);
	}
}

/* On the chosen step: does it; on another one: chooses it. */
static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	const int at = row - app_body(a).row + s->page.top;

	(void)column;
	for (int i = SETUP_STEPS - 1; i >= 0; i--)
		if (at >= s->row[i]) {
			if (s->at == i)
				go_on(a, s);
			else
				s->at = i;
			return;
		}
}

const struct screen_ops setup_screen = {
	.size = sizeof(struct state),
	.open = open_setup,
	.close = close_setup,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.whole = true,
};
