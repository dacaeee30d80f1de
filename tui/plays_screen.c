/* The plays of an account: the steps that come next in those that run, and those that can
 * be started, each with what it is for and what speaks against it. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act.h"
#include "core/book_live.h"
#include "core/book_play_use.h"
#include "core/convert.h"
#include "tui/facts_work.h"
#include "tui/hand.h"
#include "tui/mem.h"
#include "tui/pick.h"

enum { WIDTH = 74, ROWS = 12, HELP_ROWS = 4 };

enum what { PLAY_TICK, PLAY_END, PLAY_START };

struct line {
	enum what what;
	struct task task; /* of those that run; its texts are in the arena */
	int play;         /* of the library, to be started */
	const char *label, *note, *help;
};

struct state {
	struct pick pick;
	struct arena arena; /* owns the texts */
	struct line *line;  /* owned */
	int n;
	char whose[200];
	struct play_uses uses;
	bool counted; /* they are there, or can't be */
};

/* ---- what there is -------------------------------------------------------------- */

static const char *keep(struct state *s, const char *text)
{
	const char *copy = arena_strdup(&s->arena, text);

	return copy ? copy : "";
}

static struct line *add(struct state *s, enum what what)
{
	s->line = mem_resize(s->line, (size_t)s->n + 1, sizeof(*s->line));
	s->line[s->n] = (struct line){ .what = what, .note = "", .help = "" };
	return &s->line[s->n++];
}

static struct line *add_task(struct state *s, enum what what, const struct task *t)
{
	struct line *l = add(s, what);

	l->task = *t;
	l->task.play = mem_text(&s->arena, t->play);
	l->task.title = mem_text(&s->arena, t->title);
	l->task.next = mem_text(&s->arena, t->next);
	return l;
}

/* What is done, and of which play: several may run. */
static void add_running(struct app *a, struct state *s, const struct task *t)
{
	const struct play *p = facts_find_play(a, t->play);
	char text[320];
	struct line *l = add_task(s, PLAY_TICK, t);

	snprintf(text, sizeof(text), "Done: %.*s", convert_shown(t->next, 200),
		t->next.n ? t->next.s : "");
	l->label = keep(s, text);
	snprintf(text, sizeof(text), "%d of %d: %.*s", t->step, p ? p->steps : t->step,
		(int)t->title.n, t->title.s);
	l->note = keep(s, text);
	snprintf(text, sizeof(text), "%.*s: ticks this step%s.", (int)t->title.n,
		t->title.s,
		p && t->step >= 1 && t->step <= p->steps &&
				p->step[t->step - 1].outcome_required
			? ", with an outcome"
			: "");
	l->help = keep(s, text);
	if (p && t->step >= p->steps)
		return;
	l = add_task(s, PLAY_END, t);
	snprintf(text, sizeof(text), "End: %.*s", (int)t->title.n, t->title.s);
	l->label = keep(s, text);
	l->help = "Ends the play before its last step, with an outcome.";
}

static bool runs(const struct state *s, const struct play *p)
{
	for (int i = 0; i < s->n; i++)
		if (s->line[i].what == PLAY_TICK &&
			text_eq(s->line[i].task.play, text_of(p->name)))
			return true;
	return false;
}

/* What it is for; for one account also what speaks against it. */
static void describe(struct app *a, struct state *s, struct line *l, const struct play *p,
	uint32_t account)
{
	char against[ACT_AGAINST_MAX] = "", text[ACT_AGAINST_MAX + 400];
	struct err e = { .text = "" };
	bool gates = false;

	if (account &&
		book_play_against(a->book, account, p, against, &gates, &e) != ST_OK)
		app_fail(a, &e);
	l->note = !against[0] ? play_stage_word[p->stage] : gates ? "held" : "doubtful";
	snprintf(text, sizeof(text), "%s%s%s", against[0] ? "Against it: " : "",
		against[0]   ? against
		: p->trigger ? p->trigger
			     : "",
		against[0] ? "." : "");
	l->help = keep(s, text);
}

static void add_start(
	struct app *a, struct state *s, int i, const struct play *p, uint32_t account)
{
	struct line *l = add(s, PLAY_START);

	l->play = i;
	l->label = keep(s, p->title);
	describe(a, s, l, p, account);
}

/* Plays that suit the tiers of the accounts: first the one that Today names, then those
 * for its alerts. */
static void add_plays(struct app *a, struct state *s, unsigned tiers, uint32_t account,
	unsigned alerts, const struct play *named)
{
	const struct plays *library;
	struct err e = { .text = "" };

	if (book_plays(a->book, &library, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	for (int pass = 0; pass < 3; pass++) {
		for (int i = 0; i < library->n; i++) {
			const struct play *p = plays_at(library, i);
			const int when = p == named ? 0 : p->alerts & alerts ? 1 : 2;

			if (when == pass && !runs(s, p) &&
				(p == named || (p->tiers & tiers)))
				add_start(a, s, i, p, account);
		}
	}
}

/* Whoever is in no tier may get any play; what speaks against it is said. */
static unsigned tiers_of(struct app *a, const struct hand *h)
{
	enum { EVERY_TIER = 1u << 1 | 1u << 2 | 1u << 3 };
	struct book_figures f;
	struct err e = { .text = "" };
	unsigned tiers = 0;

	if (book_figures(a->book, &f, &e) != ST_OK)
		app_fail(a, &e);
	else
		for (uint32_t i = 0; i < h->n; i++)
			tiers |= h->id[i] <= f.n ? 1u << f.tier[h->id[i] - 1] : 0;
	return tiers & 1u ? EVERY_TIER : tiers;
}

/* The one that is due first, then as they began. */
static void add_tasks(struct app *a, struct state *s, const struct book_live *x)
{
	const struct task *first = book_live_first(x, book_as_of(a->book));

	if (first)
		add_running(a, s, first);
	for (uint32_t i = 0; i < x->tasks; i++)
		if (&x->task[i] != first)
			add_running(a, s, &x->task[i]);
}

static void fill(struct app *a, struct state *s)
{
	struct book_live x = { .alerts = 0 };
	const struct account_view *v;
	const struct play *named;
	struct err e = { .text = "" };
	int tier = TIER_NONE;
	unsigned alerts = 0;
	struct hand h;

	arena_clear(&s->arena);
	s->n = 0;
	hand_targets(a, &h);
	snprintf(s->whose, sizeof(s->whose), "Plays: %s", h.who);
	v = h.n == 1 ? app_account(a, h.id[0]) : NULL;
	if (v)
		tier = v->row.tier;
	if (h.n == 1 && book_live(a->book, h.id[0], &x, &e) != ST_OK)
		app_fail(a, &e);
	for (uint32_t i = 0; i < x.alerts; i++)
		alerts |= 1u << x.alert[i].kind;
	named = facts_bound_play(a, facts_worst_alert(&x, book_as_of(a->book)), tier);
	add_tasks(a, s, &x);
	add_plays(a, s, tiers_of(a, &h), h.n == 1 ? h.id[0] : 0, alerts, named);
	hand_clear(&h);
}

/* ---- the popup ------------------------------------------------------------------ */

static int count(struct app *a, void *state)
{
	(void)a;
	return ((struct state *)state)->n;
}

static int rank(struct app *a, void *state, int item, struct text typed)
{
	const struct line *l = &((struct state *)state)->line[item];
	const int label = pick_rank(text_of(l->label), typed);
	const int note = l->what == PLAY_TICK ? pick_rank(text_of(l->note), typed) : 0;

	(void)a;
	return label > note ? label : note;
}

static void paint_row(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct line *l = &((struct state *)state)->line[item];
	int note = text_columns(text_of(l->note));

	(void)a;
	if (note > r.columns / 2)
		note = r.columns / 2;
	canvas_put(c, r.row, r.column, r.columns - note - 1,
		l->what == PLAY_TICK ? ROLE_STRONG : ROLE_TEXT, text_of(l->label));
	canvas_put(c, r.row, r.column + r.columns - note, note, ROLE_QUIET,
		text_of(l->note));
}

/* Counted while no key waits. */
static void count_uses(struct app *a, struct state *s)
{
	struct err e = { .status = ST_OK };
	enum status st;

	if (s->counted || a->pace.hurry)
		return;
	book_patience(a->book, a->pace.waits, a->pace.arg);
	st = play_uses_of(a->book, PLAY_USE_WEEKS, &s->uses, &e);
	book_patience(a->book, NULL, NULL);
	if (st != ST_OK)
		play_uses_clear(&s->uses);
	s->counted = st != ST_CANCELLED;
}

static void paint_use(
	struct app *a, const struct state *s, struct canvas *c, struct rect r, int item)
{
	const struct line *l = &s->line[item];
	const struct play_use_row *row = NULL;
	const struct plays *library;
	char text[TEXT_SAID_MAX];
	struct err e = { .status = ST_OK };

	if (l->what != PLAY_START)
		row = play_uses_find(&s->uses, l->task.play);
	else if (book_plays(a->book, &library, &e) == ST_OK)
		row = play_uses_find(&s->uses, text_of(plays_at(library, l->play)->name));
	if (row)
		canvas_put(c, r.row, r.column, r.columns, ROLE_QUIET,
			text_of(play_use_text(&s->uses, row, PLAY_USE_SHORT, text)));
}

/* What it is for or what speaks against it, and above that how it was used, where there
 * is room. */
static void paint_help(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	struct state *s = state;

	if (item < 0)
		return;
	if (r.rows >= HELP_ROWS)
		paint_use(a, s, c, r, item);
	pick_help(c, r, s->line[item].help);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	count_uses(a, s);
	a->pace.owed |= s->counted ? 0 : OWED_PICTURE;
	pick_paint(a, state, c, body);
}

static void choose(struct app *a, void *state, int item)
{
	struct state *s = state;
	struct line l;
	char text[3][PLAY_NAME_MAX + 400];

	if (item < 0)
		return;
	l = s->line[item];
	if (l.what != PLAY_START) { /* what the arena has goes with the popup */
		struct text *t[] = { &l.task.play, &l.task.title, &l.task.next };

		for (int i = 0; i < 3; i++) {
			snprintf(text[i], sizeof(text[i]), "%.*s", (int)t[i]->n, t[i]->s);
			*t[i] = text_of(text[i]);
		}
	}
	app_back(a); /* s is gone from here on */
	if (l.what == PLAY_START)
		hand_start(a, l.play);
	else if (l.what == PLAY_END)
		hand_end(a, &l.task);
	else
		hand_tick(a, &l.task);
}

static const struct pick_list list = { .columns = WIDTH,
	.rows = ROWS,
	.below = HELP_ROWS,
	.count = count,
	.rank = rank,
	.paint = paint_row,
	.foot = paint_help,
	.choose = choose,
	.empty = "no play has these letters" };

static void open_plays(struct app *a, void *state)
{
	struct state *s = state;

	arena_init(&s->arena);
	fill(a, s);
	pick_open(a, &s->pick, &list);
	s->pick.title = s->whose;
}

static void close_plays(struct app *a, void *state)
{
	struct state *s = state;

	pick_close(a, state);
	play_uses_clear(&s->uses);
	arena_clear(&s->arena);
	free(s->line);
}

const struct screen_ops plays_screen = {
	.size = sizeof(struct state),
	.open = open_plays,
	.close = close_plays,
	.layout = pick_layout,
	.paint = paint,
	.act = pick_act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};
