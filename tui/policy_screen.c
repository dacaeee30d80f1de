/* The versions of the policy, the newest first: who made each, why, and which values it
 * changed. */
#include "tui/screen.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"

enum { WIDTH = 76, CHANGE_AT = 4, VERSIONS_MAX = 200 };

struct state {
	struct page page;
	struct rect box;
};

static void open_policy(struct app *a, void *state)
{
	struct state *s = state;

	page_init(&s->page, a->canvas.ascii);
}

static void close_policy(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_clear(&s->page);
}

static void put_change(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	page_print(arg, CHANGE_AT, ROLE_TEXT, "[%s] %s: %s became %s", section, key, was,
		is);
}

/* A version and what it changed in the one before; NULL: in the rules that come with the
 * program. */
static enum status put_version(struct page *p, const struct policy_version *v,
	const struct policy_version *before, struct err *e)
{
	struct policy was, is;
	char day[DAY_TEXT_MAX];
	enum status st = policy_parse(v->text, "policy", &is, NULL, e);
	int rows;

	policy_default(&was);
	if (st == ST_OK && before)
		st = policy_parse(before->text, "policy", &was, NULL, e);
	if (st != ST_OK)
		return st;
	if (p->c.rows)
		page_line(p);
	page_print(p, 0, ROLE_STRONG, "version %d, %s, by %s", v->version,
		day_format((int32_t)(v->at / 86400), day), v->author);
	page_print(p, CHANGE_AT, ROLE_QUIET, "%s", v->reason);
	rows = p->c.rows;
	policy_compare(&was, &is, put_change, p);
	if (p->c.rows == rows)
		page_print(p, CHANGE_AT, ROLE_QUIET, "%s",
			before ? "nothing differs from the version before"
			       : "the rules that come with tierdesk");
	return ST_OK;
}

static enum status build(struct app *a, struct state *s, struct err *e)
{
	struct store *store = book_store(a->book);
	int32_t newest = book_policy_version(a->book);
	struct arena arena;
	enum status st = ST_OK;

	arena_init(&arena);
	for (int32_t k = newest; st == ST_OK && k > 0 && newest - k < VERSIONS_MAX; k--) {
		struct policy_version v = { 0 }, before = { 0 };

		arena_clear(&arena);
		st = store->ops->policy_load(store, k, &arena, &v, e);
		if (st == ST_OK && k > 1)
			st = store->ops->policy_load(store, k - 1, &arena, &before, e);
		if (st == ST_OK)
			st = put_version(&s->page, &v, k > 1 ? &before : NULL, e);
	}
	arena_clear(&arena);
	return st;
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	struct err e;

	s->box = popup_place(body, body.rows, WIDTH);
	page_reset(&s->page, popup_inside(s->box).columns);
	if (build(a, s, &e) != ST_OK)
		app_fail(a, &e);
	s->box = popup_place(body, s->page.c.rows, WIDTH);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	(void)a;
	(void)body;
	draw_box(c, s->box, "Policy");
	page_paint(&s->page, c, popup_inside(s->box));
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	(void)a;
	return page_act(&s->page, action, popup_inside(s->box).rows);
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (!popup_hit(s->box, row, column))
		app_back(a);
}

const struct screen_ops policy_screen = {
	.size = sizeof(struct state),
	.open = open_policy,
	.close = close_policy,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
};
