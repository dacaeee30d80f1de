/* The root causes of tickets: what comes again, what is done about it, whether it holds,
 * and what to fix next. */
#include "tui/app.h"

#include <stdio.h>

#include "core/causes.h"
#include "core/convert.h"
#include "tui/page.h"
#include "tui/pick.h"

enum {
	WIDTH = 76,
	ROWS = 18,
	FOOT = 12,
	ROOM = 6,
	NAME = 27,
	NUMBERS = 25,
	FEW_NUMBERS = 9
};

struct state {
	struct pick pick;
	struct causes causes;
	char problem[ERR_TEXT_MAX];
};

static int count(struct app *a, void *state)
{
	(void)a;
	return (int)((struct state *)state)->causes.n;
}

static const char *why_empty(struct app *a, void *state)
{
	const struct state *s = state;

	(void)a;
	return s->problem[0] ? s->problem
			     : "There are no tickets with a root cause, and no fixes.";
}

static enum role role_of(enum fix_verdict v)
{
	switch (v) {
	case FIX_HOLDS:
	case FIX_ELIMINATED:
		return ROLE_GOOD;
	case FIX_BACK:
		return ROLE_WATCH;
	default:
		return v == FIX_NONE ? ROLE_QUIET : ROLE_TEXT;
	}
}

static void paint_head(struct canvas *c, struct rect line)
{
	const bool narrow = line.columns < WIDTH;

	canvas_print(c, line.row, line.column, line.columns, ROLE_QUIET, "%-*s%s",
		(int)NAME, "root cause",
		narrow ? "tickets   fix" : "tickets  before   again   fix");
}

static void paint_item(
	struct app *a, void *state, struct canvas *c, struct rect line, int item)
{
	const struct causes *all = &((struct state *)state)->causes;
	const struct cause_row *r = &all->row[item];
	const bool narrow = line.columns < WIDTH;
	const int numbers = narrow ? FEW_NUMBERS : NUMBERS;
	const enum role role = r->tickets ? ROLE_TEXT : ROLE_QUIET;
	int at = line.column;

	(void)a;
	canvas_put(c, line.row, at, NAME - 1, ROLE_TEXT, r->name);
	at += NAME;
	if (narrow)
		canvas_print(c, line.row, at, numbers, role, "%7u", r->tickets);
	else
		canvas_print(c, line.row, at, numbers, role, "%7u %7u %7u", r->tickets,
			r->before, r->repeated);
	at += numbers;
	if (r->fix)
		canvas_print(c, line.row, at, line.column + line.columns - at,
			role_of(r->verdict), "%c%s %d d",
			r->verdict == FIX_BACK ? '!' : ' ', fix_state_word[r->fix->state],
			(int)(all->as_of - fix_since(r->fix)));
}

/* What is done about the one under the cursor. */
static void put_fix(const struct causes *c, const struct cause_row *r,
	struct canvas *canvas, struct rect *left)
{
	static const char *const said[FIX_VERDICTS] = { "", "nothing is automated yet",
		"too early to tell", "it holds: verify it", "the tickets came back",
		"eliminated" };
	const struct fix *f = r->fix;
	char day[DAY_TEXT_MAX], came[40] = "";

	if (!f) {
		page_put(canvas, left, ROLE_TEXT, "Nobody has done anything about it%s",
			r == c->suggested ? ": fix this one next." : ".");
		return;
	}
	page_put(canvas, left, ROLE_TEXT, "At %.*s: %.*s%s%.*s", (int)f->account.n,
		f->account.s, (int)f->text.n, f->text.n ? f->text.s : "",
		f->link.n ? "; " : "", (int)f->link.n, f->link.n ? f->link.s : "");
	if (fix_mended(f) != DAY_NONE)
		snprintf(came, sizeof(came), ", %u ticket%s since", r->since,
			TEXT_S(r->since));
	page_put(canvas, left, role_of(r->verdict), "%s on %s%s%.*s: %s%s",
		fix_state_word[f->state], day_format(fix_since(f), day),
		f->actor.n ? " by " : "", (int)f->actor.n, f->actor.n ? f->actor.s : "",
		said[r->verdict], came);
}

/* Where there is room for it. */
static void leave_line(struct rect *r)
{
	if (r->rows < ROOM)
		return;
	r->row++;
	r->rows--;
}

static void paint_foot(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct state *s = state;
	char line[TEXT_SAID_MAX];

	(void)a;
	if (item < 0)
		return;
	leave_line(&r);
	put_fix(&s->causes, &s->causes.row[item], c, &r);
	leave_line(&r);
	for (int k = 0; k < CAUSES_LINES && r.rows > 0; k++)
		if (*causes_text(&s->causes, (enum causes_line)k, line))
			page_put(c, &r,
				causes_warns((enum causes_line)k) ? ROLE_WATCH
								  : ROLE_QUIET,
				"%s", line);
}

/* The newest ticket of the cause; 0: there is none. */
static int64_t find_ticket(const struct account_view *v, struct text cause)
{
	int32_t day = DAY_NONE;
	int64_t found = 0;

	for (uint32_t i = 0; v && i < v->rows[REC_TICKET].n; i++) {
		const struct cell *c = account_view_row(v, REC_TICKET, i);

		if (!text_eq(text_trim(cell_shown(&c[F_TICKET_CAUSE])), cause) ||
			(found && cell_day(&c[F_TICKET_OPENED]) < day))
			continue;
		found = v->rows[REC_TICKET].id[i];
		day = cell_day(&c[F_TICKET_OPENED]);
	}
	return found;
}

/* To the fix at the account where it was noticed, or to a ticket where to begin. */
static void choose(struct app *a, void *state, int item)
{
	const struct state *s = state;
	const struct cause_row *r;
	struct err e = { .text = "" };
	char name[128];
	uint32_t id;

	if (item < 0)
		return;
	r = &s->causes.row[item];
	id = r->begin;
	if (r->fix && book_find(a->book, r->fix->account, &id, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	if (!id) {
		app_say(a, "no account has had a ticket of it lately");
		return;
	}
	a->opens_at.kind = r->fix ? REC_FIX : REC_TICKET;
	a->opens_at.row = r->fix ? r->fix->id : find_ticket(app_account(a, id), r->name);
	snprintf(name, sizeof(name), "%.*s", convert_shown(r->name, 60), r->name.s);
	app_back(a); /* s is gone from here on */
	a->focus = id;
	app_push(a, SCREEN_ACCOUNT);
	if (a->opens_at.kind == REC_FIX)
		app_say(a, "the fix of %s was noticed here", name);
	else
		app_say_offers(a,
			&(struct app_offer){ SCOPE_ACCOUNT, ACT_FIX_ADD, "adds a fix" },
			1, "the newest ticket here of %s; ", name);
}

static const struct pick_list list = {
	.title = "Root causes of tickets",
	.rows = ROWS,
	.columns = WIDTH,
	.below = FOOT,
	.count = count,
	.paint = paint_item,
	.head = paint_head,
	.foot = paint_foot,
	.choose = choose,
	.why_empty = why_empty,
};

static void open_causes(struct app *a, void *state)
{
	struct state *s = state;
	struct err e = { .text = "" };

	if (causes_of(a->book, CAUSES_DAYS, &s->causes, &e) != ST_OK) {
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
		causes_clear(&s->causes);
	}
	pick_open(a, &s->pick, &list);
	if (a->view.whose != WHOSE_ALL || input_text(&a->view.filter).n)
		s->pick.title = "Root causes of tickets, of the whole book";
	pick_fit(&s->pick);
}

static void close_causes(struct app *a, void *state)
{
	struct state *s = state;

	causes_clear(&s->causes);
	pick_close(a, state);
}

const struct screen_ops causes_screen = {
	.size = sizeof(struct state),
	.open = open_causes,
	.close = close_causes,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
};
