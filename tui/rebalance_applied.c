/* A proposal is applied, and comes back when that is undone. */
#include "tui/rebalance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "tui/capacity.h"
#include "tui/hand.h"
#include "tui/mem.h"

/* ---- and back ---- */

void rebalance_applied_clear(struct rebalance_applied *x)
{
	proposal_free(&x->p);
	free(x->what.changed);
	*x = (struct rebalance_applied){ .p = NULL };
}

/* What undo (redo: what redo) would do now; id 0: nothing. */
static struct operation newest(struct app *a, bool redo)
{
	struct operation o = { .id = 0 };
	struct arena arena;
	struct err none;

	arena_init(&arena);
	if (book_undoable(a->book, redo, &arena, &o, &none) != ST_OK)
		o.id = 0;
	arena_clear(&arena);
	return o;
}

/* Takes it out of the screen, which will propose anew. */
static void keep_applied(struct app *a, struct rebalance_screen *s)
{
	const struct capacity_screen *below = a->state[SCREEN_CAPACITY];
	struct rebalance_applied *x = &s->applied;

	rebalance_applied_clear(x);
	x->p = s->p;
	x->operation = newest(a, false).id;
	x->at = s->at;
	s->p = NULL;
	s->lines = 0;
	if (!below)
		return;
	x->what = below->what;
	x->what.changed = NULL;
	if (below->what.policy)
		x->policy = *below->what.policy;
	if (!below->what.changed_n)
		return;
	x->what.changed = mem_new(below->what.changed_n, sizeof(*x->what.changed));
	memcpy(x->what.changed, below->what.changed,
		below->what.changed_n * sizeof(*x->what.changed));
}

bool rebalance_taken_back(struct app *a, struct rebalance_screen *s)
{
	struct capacity_screen *below = a->state[SCREEN_CAPACITY];
	struct rebalance_applied *x = &s->applied;
	struct proposal *p = x->p;
	struct operation undo;
	const int at = x->at;

	if (!p || !x->operation)
		return false;
	undo = newest(a, true);
	if (undo.reverses != x->operation || undo.id != x->operation + 1)
		return false;
	x->p = NULL;
	if (x->what.policy)
		x->what.policy = &x->policy;
	if (below)
		capacity_what_take(a, below, &x->what);
	rebalance_applied_clear(x);
	proposal_is_back(a->book, p);
	rebalance_take(a, s, p);
	s->at = at < s->lines ? at : 0;
	return true;
}

/* ---- applying ---- */

/* Of a proposal in which somebody is away, the first line is their last day. */
enum { APPLY_DAY, APPLY_LINES = 3, APPLY_WHY = 2, APPLY_NOTE = 1 /* from the end */ };

/* What was only asked about is a fact of the book by now. */
static void forget_leavers(struct app *a)
{
	struct capacity_screen *below = a->state[SCREEN_CAPACITY];
	uint32_t n = 0;

	for (uint32_t k = 0; below && k < below->what.changed_n; k++)
		if (below->what.changed[k].share > 0)
			below->what.changed[n++] = below->what.changed[k];
	if (below) {
		below->what.changed_n = n;
		below->what.only = 0;
	}
}

static enum status apply(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	char reason[INPUT_MAX + 1];
	int32_t last_day = DAY_NONE;
	uint32_t moves;
	bool changes;
	enum status st = ST_OK;

	if (!s || !s->p)
		return ST_OK;
	*line = APPLY_DAY;
	if (f->spec->n == APPLY_LINES)
		st = form_day(a, f, APPLY_DAY, &last_day, e);
	*line = -1;
	hand_words(f, f->spec->n - APPLY_WHY, reason);
	if (st == ST_OK)
		st = book_apply(a->book, s->p, last_day, *reason ? reason : NULL, e);
	if (st != ST_OK)
		return st;
	moves = s->p->moves;
	changes = proposal_changes(s->p, last_day);
	if (changes)
		keep_applied(a, s);
	if (last_day != DAY_NONE)
		forget_leavers(a);
	a->dirty |= APP_DATA;
	if (!changes)
		app_say(a, "nothing was to be changed");
	else if (moves)
		hand_done(a, NULL, "%u account%s", moves,
			moves == 1 ? " has another owner" : "s have other owners");
	else
		hand_done(a, NULL, "it is so now");
	return ST_OK;
}

/* " (6 of them nobody: the pool; 1 of tier 1 and 2 of tier 2, $ 801k ARR, among these)":
 * what asks for an owner and loses it is named, tier 3 only counted. */
static void say_nobody(const struct proposal *p, char *out, size_t size)
{
	const uint32_t moves = proposal_nobody(p).moves;
	char asking[CAPACITY_TEXT_MAX];

	out[0] = '\0';
	if (!moves)
		return;
	proposal_nobody_text(p, asking);
	snprintf(out, size, " (%u of them nobody: the pool%s%s%s)", moves,
		*asking ? "; " : "", asking, *asking ? ", among these" : "");
}

static bool ask_apply(struct app *a, const struct form *f, char *question, size_t size)
{
	const struct rebalance_screen *s = a->state[SCREEN_REBALANCE];
	char also[CAPACITY_TEXT_MAX + 64];
	struct err e = { .status = ST_OK };
	bool hands_over;

	(void)f;
	if (!s || !s->p || !s->p->moves)
		return false;
	say_nobody(s->p, also, sizeof(also));
	if (book_hands_over(a->book, &hands_over, &e) != ST_OK)
		app_fail(a, &e);
	snprintf(question, size, "Give %u account%s another owner%s, %s?", s->p->moves,
		TEXT_S(s->p->moves), also,
		hands_over ? "with a hand-over task for each who gets one"
			   : "without hand-over tasks: no play is named hand-over");
	return true;
}

/* That of the book; today where it has none. Of several who have not the same one nobody
 * knows whose it would be. */
static void offer_last_day(struct app *a, const struct proposal *p, struct form *f)
{
	int32_t day;

	if (proposal_last_day(p, &day))
		hand_set_day(f, APPLY_DAY, day == DAY_NONE ? book_as_of(a->book) : day);
}

bool rebalance_applies(const struct rebalance_screen *s)
{
	char who[2];

	return s->p &&
	       (s->p->moves || s->p->claims || proposal_leavers(s->p, who, sizeof(who)));
}

void rebalance_apply(struct app *a, const struct rebalance_screen *s)
{
	static const struct form_line lines[APPLY_LINES] = {
		{ "Last day", FORM_DAY, NULL,
			"From then on nobody gives them accounts. Empty: as in the book; "
			"who has none there comes back.",
			false },
		{ "Why", FORM_TEXT, NULL, "For the history; may stay empty.", false },
		{ "Sheets", FORM_NOTE, NULL, NULL, false },
	};
	static const struct form_spec leaving = { "Apply the proposal", "apply", lines,
		APPLY_LINES, apply, ask_apply };
	static const struct form_spec staying = { "Apply the proposal", "apply",
		lines + 1, APPLY_LINES - 1, apply, ask_apply };
	struct form f = { .spec = &staying };
	char who[sizeof(f.subtitle) - 16], note[80];

	if (s->p && proposal_leavers(s->p, who, sizeof(who))) {
		f.spec = &leaving;
		snprintf(f.subtitle, sizeof(f.subtitle), "away: %s", who);
		offer_last_day(a, s->p, &f);
	}
	if (!rebalance_applies(s)) {
		app_say(a, "nothing is proposed");
		return;
	}
	if (a->summary.read_only) {
		app_say(a, "the book is open for reading only");
		return;
	}
	snprintf(note, sizeof(note), "%s saves them, before it is applied",
		keys_word(SCOPE_REBALANCE, ACT_REBALANCE_EXPORT));
	input_set(&f.value[f.spec->n - APPLY_NOTE], text_of(note));
	form_open(a, &f);
}
