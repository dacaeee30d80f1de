/* Proposals under a name, on the Rebalance screen: kept, opened again, dropped. */
#include "tui/rebalance.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/proposal_keep.h"
#include "tui/capacity.h"
#include "tui/choice.h"
#include "tui/form.h"
#include "tui/hand.h"

/* ---- keeping ---- */

static enum status kept(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	const struct text name = form_value(f, 0);
	struct proposal_options o;
	enum status st;

	*line = 0;
	if (!s || !s->p)
		return ST_OK;
	o = rebalance_options(a, s);
	st = book_keep_proposal(a->book, name, &o, s->p, e);
	if (st != ST_OK)
		return st;
	snprintf(s->name, sizeof(s->name), "%.*s", (int)name.n, name.s);
	app_say_offers(a,
		&(struct app_offer){
			SCOPE_REBALANCE, ACT_REBALANCE_OPEN, "opens it again" },
		1, "kept as %s %s ", s->name, canvas_glyph_text(&a->canvas, GLYPH_DOT));
	a->dirty |= APP_DATA;
	return ST_OK;
}

static void keep(struct app *a, const struct rebalance_screen *s)
{
	static const struct form_line lines[] = {
		{ "Name", FORM_TEXT, NULL,
			"What you said, the what-if and the moves; one of the same name "
			"is "
			"replaced.",
			true },
	};
	static const struct form_spec spec = { "Keep the proposal for another day",
		"keep", lines, 1, kept, NULL };
	struct form f = { .spec = &spec };

	if (!s->p) {
		app_say(a, "nothing is proposed");
		return;
	}
	if (a->summary.read_only) {
		app_say(a, "the book is open for reading only");
		return;
	}
	input_set(&f.value[0], text_of(s->name));
	form_open(a, &f);
}

/* ---- opening ---- */

static void hear(void *arg, enum capacity_line kind, const char *text)
{
	struct rebalance_screen *s = arg;

	(void)kind;
	if (s->since_n < REBALANCE_SINCE)
		snprintf(s->since[s->since_n++], sizeof(s->since[0]), "%s", text);
}

/* What was asked becomes what is said here, and the what-if of Capacity. */
static void take(
	struct app *a, struct rebalance_screen *s, const struct proposal_asked *q)
{
	const struct proposal_options *o = &q->options;
	struct capacity_screen *below = a->state[SCREEN_CAPACITY];

	s->words = 0;
	for (uint32_t k = 0; k < o->pins; k++)
		rebalance_say(s, o->pin[k].account, o->pin[k].csm);
	s->moves_max = o->moves_max;
	s->csm_moves_max = o->csm_moves_max;
	if (below)
		capacity_what_take(a, below, &q->what);
}

static enum status open_kept(struct app *a, struct rebalance_screen *s,
	const struct proposal_kept *k, struct arena *arena, struct err *e)
{
	struct proposal_asked q;
	struct proposal *p = NULL;
	enum status st;

	s->since_n = 0;
	st = proposal_keep_read(a->book, k, arena, &q, hear, s, e);
	if (st != ST_OK)
		return st;
	q.options.progress = work_start(a, "Rebalancing");
	st = proposal_keep_open(a->book, &q, &p, hear, s, e);
	work_stop(a);
	if (st == ST_OK)
		st = proposal_keep_compare(a->book, k, p, hear, s, e);
	if (st != ST_OK) {
		proposal_free(&p);
		return st;
	}
	take(a, s, &q);
	snprintf(s->name, sizeof(s->name), "%.*s", (int)k->name.n, k->name.s);
	proposal_free(&s->p); /* what became of it is told since it was kept */
	s->lines = 0;
	rebalance_take(a, s, p);
	return ST_OK;
}

/* ---- which one ---- */

enum { NAME_SHOWN = 24 };

struct listing {
	struct choice choice;
	int64_t wanted; /* by its row: others may keep and drop some meanwhile */
	char name[PROPOSAL_NAME_MAX + 1];
};

static enum status list_one(void *arg, const struct proposal_kept *k, struct err *e)
{
	struct listing *l = arg;
	char label[64], day[DAY_TEXT_MAX];

	(void)e;
	if (k->row == l->wanted)
		snprintf(l->name, sizeof(l->name), "%.*s", (int)k->name.n, k->name.s);
	snprintf(label, sizeof(label), "%.*s  %s  %u move%s  cost %.2f",
		convert_shown(k->name, NAME_SHOWN), k->name.s,
		day_format(k->made_on, day), k->moves_n, TEXT_S(k->moves_n), k->cost);
	choice_add(&l->choice, label, NULL, k->row);
	return ST_OK;
}

/* The one that was chosen; its texts live in the arena. */
static enum status chosen(struct app *a, int64_t value, struct arena *arena,
	struct proposal_kept *k, struct err *e)
{
	struct listing l = { .wanted = value };
	const enum status st = book_proposals(a->book, list_one, &l, e);

	if (st == ST_OK && !l.name[0])
		return err_set(e, ST_NOTFOUND, "somebody dropped it meanwhile");
	return st == ST_OK ? book_find_proposal(a->book, text_of(l.name), arena, k, e)
			   : st;
}

static void opened(struct app *a, int64_t value)
{
	struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	struct err e = { .status = ST_OK };
	struct proposal_kept k;
	struct arena arena;
	enum status st;

	if (!s)
		return;
	arena_init(&arena);
	st = chosen(a, value, &arena, &k, &e);
	if (st == ST_OK)
		st = open_kept(a, s, &k, &arena, &e);
	if (st != ST_OK)
		app_fail(a, &e);
	arena_clear(&arena);
}

static void dropped(struct app *a, int64_t value)
{
	struct err e = { .status = ST_OK };
	struct proposal_kept k;
	struct arena arena;
	enum status st;

	arena_init(&arena);
	st = chosen(a, value, &arena, &k, &e);
	if (st == ST_OK)
		st = book_drop_proposal(a->book, k.name, &e);
	if (st == ST_OK)
		hand_done(a, NULL, "%.*s is not kept any more", (int)k.name.n, k.name.s);
	else
		app_fail(a, &e);
	arena_clear(&arena);
}

static void list(struct app *a, const char *title, void (*then)(struct app *, int64_t))
{
	struct listing l = { .choice = { .title = title, .chosen = then } };
	struct err e = { .status = ST_OK };

	if (book_proposals(a->book, list_one, &l, &e) != ST_OK)
		app_fail(a, &e);
	else if (!l.choice.n)
		app_say_offers(a,
			&(struct app_offer){
				SCOPE_REBALANCE, ACT_REBALANCE_SAVE, "keeps this one" },
			1, "no proposal is kept yet %s ",
			canvas_glyph_text(&a->canvas, GLYPH_DOT));
	else
		choice_open(a, &l.choice);
}

bool rebalance_kept_act(struct app *a, struct rebalance_screen *s, enum action action)
{
	switch (action) {
	case ACT_REBALANCE_SAVE:
		keep(a, s);
		return true;
	case ACT_REBALANCE_OPEN:
		list(a, "Open a proposal that was kept", opened);
		return true;
	case ACT_REBALANCE_DROP:
		list(a, "Keep this proposal no longer", dropped);
		return true;
	default:
		return false;
	}
}
