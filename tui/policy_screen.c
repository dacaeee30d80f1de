/* The versions of the policy, the newest first: who made each, why, and which values it
 * changed. */
#include "tui/screen.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/sheet.h"

enum { WIDTH = 76, CHANGE_AT = 4, VERSIONS_MAX = 200 };

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
		day_format((int32_t)(v->at / DAY_SECONDS), day), v->author);
	page_print(p, CHANGE_AT, ROLE_QUIET, "%s", v->reason);
	rows = p->c.rows;
	policy_compare(&was, &is, put_change, p);
	if (p->c.rows == rows)
		page_print(p, CHANGE_AT, ROLE_QUIET, "%s",
			before ? "nothing differs from the version before"
			       : "the rules that come with tierdesk");
	return ST_OK;
}

static enum status build(struct app *a, struct page *p, struct err *e)
{
	int32_t newest = book_policy_version(a->book);
	struct arena arena;
	enum status st = ST_OK;

	arena_init(&arena);
	for (int32_t k = newest; st == ST_OK && k > 0 && newest - k < VERSIONS_MAX; k--) {
		struct policy_version v = { 0 }, before = { 0 };

		arena_clear(&arena);
		st = book_policy_saved(a->book, k, &arena, &v, e);
		if (st == ST_OK && k > 1)
			st = book_policy_saved(a->book, k - 1, &arena, &before, e);
		if (st == ST_OK)
			st = put_version(p, &v, k > 1 ? &before : NULL, e);
	}
	arena_clear(&arena);
	return st;
}

static void fill(struct app *a, void *state, struct page *p)
{
	struct err e;

	(void)state;
	if (build(a, p, &e) != ST_OK)
		app_fail(a, &e);
}

static void open_policy(struct app *a, void *state)
{
	sheet_open(a, state, "Policy", WIDTH, fill);
}

const struct screen_ops policy_screen = {
	.size = sizeof(struct sheet),
	.open = open_policy,
	.close = sheet_close,
	.layout = sheet_layout,
	.paint = sheet_paint,
	.act = sheet_act,
	.click = sheet_click,
};
