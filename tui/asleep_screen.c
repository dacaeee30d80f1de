/* The accounts that Today leaves out until a day, whoever put them off: the most at risk
 * first, until when, and why. */
#include <stdlib.h>

#include "core/agenda.h"
#include "tui/app.h"
#include "tui/facts_work.h"
#include "tui/mem.h"
#include "tui/pick.h"
#include "tui/window.h"
#include "tui/words.h"

enum { WIDTH = 76, ROWS = 14, FOOT = 6, NUMBERS = 32 };

struct state {
	struct pick pick;
	struct queue *queue; /* owned; NULL: it can't be had */
	uint32_t *id;        /* its sleepers; owned */
	struct window window;
};

static int count(struct app *a, void *state)
{
	const struct state *s = state;

	(void)a;
	return s->queue ? (int)s->queue->asleep : 0;
}

static void paint_head(struct canvas *c, struct rect line)
{
	canvas_put(c, line.row, line.column, line.columns, ROLE_QUIET, TEXT("account"));
	canvas_put_right(c, line.row, line.column, line.columns, ROLE_QUIET,
		TEXT("at risk  until             "));
}

static void paint_item(
	struct app *a, void *state, struct canvas *c, struct rect line, int item)
{
	struct state *s = state;
	const struct queue_sleeper *x = &s->queue->sleeper[item];
	const int at = line.column + line.columns - NUMBERS;
	const struct list_row *l;
	struct err e = { .text = "" };
	char money[MONEY_TEXT_MAX], day[DAY_TEXT_MAX], ahead[WORDS_MAX];
	bool later = false;

	if (window_need(&s->window, a->book, s->id, s->queue->asleep, (uint32_t)item, 1,
		    &later, &e) != ST_OK)
		app_fail(a, &e);
	l = window_at(&s->window, (uint32_t)item);
	canvas_put(c, line.row, line.column, 2, facts_severity_role(x->worst),
		x->worst == SEV_CRITICAL ? TEXT("! ") : TEXT("  "));
	if (l)
		canvas_put(c, line.row, line.column + 2, line.columns - NUMBERS - 3,
			ROLE_TEXT, l->name.n ? l->name : l->id);
	canvas_put_right(c, line.row, at, 10,
		x->at_risk == MONEY_NONE ? ROLE_UNKNOWN : ROLE_TEXT,
		text_of(words_money(book_policy(a->book), x->at_risk, money)));
	canvas_print(c, line.row, at + 12, NUMBERS - 12, ROLE_QUIET, "%s %s",
		day_format(x->until, day),
		words_ahead(x->until, book_as_of(a->book), ahead));
}

struct sleeping {
	struct app *a;
	struct page page;
};

static enum status put_alert(void *arg, const struct agenda_alert *x, struct err *e)
{
	struct sleeping *s = arg;

	(void)e;
	facts_alert(s->a, &s->page, &x->alert, x->why, x->reason);
	return ST_OK;
}

/* What sleeps of the one under the cursor. */
static void paint_foot(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct state *s = state;
	struct sleeping to = { .a = a };
	struct err e = { .text = "" };

	if (item < 0)
		return;
	page_init(&to.page, c->ascii);
	page_reset(&to.page, r.columns);
	if (agenda_alerts(a->book,
		    &(struct agenda_query){ .scope = QUEUE_OF_ANYBODY,
			    .account = s->id[item],
			    .limit = UINT32_MAX },
		    put_alert, &to, NULL, &e) != ST_OK)
		app_fail(a, &e);
	canvas_copy(c, (struct rect){ r.row + 1, r.column, r.rows - 1, r.columns },
		&to.page.c, 0);
	page_clear(&to.page);
}

static void choose(struct app *a, void *state, int item)
{
	const struct state *s = state;
	const uint32_t id = item < 0 ? 0 : s->id[item];

	if (!id)
		return;
	app_back(a); /* s is gone from here on */
	a->focus = id;
	app_push(a, SCREEN_ACCOUNT);
}

static const struct pick_list list = {
	.title = "Snoozed beyond today",
	.rows = ROWS,
	.columns = WIDTH,
	.below = FOOT,
	.count = count,
	.paint = paint_item,
	.head = paint_head,
	.foot = paint_foot,
	.choose = choose,
	.empty = "Nothing of these accounts is snoozed beyond today.",
};

static void open_asleep(struct app *a, void *state)
{
	struct state *s = state;
	struct queue_query q;
	struct err e = { .text = "" };

	window_init(&s->window);
	s->window.bare = true;
	if (view_queue(&a->view, a->book, &q, &e) != ST_OK ||
		book_queue(a->book, &q, &s->queue, NULL, &e) != ST_OK)
		app_fail(a, &e);
	s->id = mem_new(s->queue ? s->queue->asleep + 1 : 1, sizeof(*s->id));
	for (uint32_t i = 0; s->queue && i < s->queue->asleep; i++)
		s->id[i] = s->queue->sleeper[i].account;
	pick_open(a, &s->pick, &list);
	pick_fit(&s->pick);
}

static void close_asleep(struct app *a, void *state)
{
	struct state *s = state;

	window_clear(&s->window);
	queue_free(&s->queue);
	free(s->id);
	pick_close(a, state);
}

const struct screen_ops asleep_screen = {
	.size = sizeof(struct state),
	.open = open_asleep,
	.close = close_asleep,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
};
