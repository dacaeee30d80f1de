/* The versions of the policy, the newest first: who made each, why, and which values it
 * changed; and the way back to one of them. */
#include "tui/policy.h"

#include <stdio.h>

#include "tui/pick.h"

enum { WIDTH = 76, CHANGES = 9, WHO_AT = 24, WHY_AT = 40 };

struct state {
	struct pick pick;
	int32_t newest; /* as it was opened; the others are those down to 1 */
};

static int32_t version_of(const struct state *s, int item)
{
	return s->newest - item;
}

/* ---- the list --------------------------------------------------------------------- */

static int count(struct app *a, void *state)
{
	(void)a;
	return ((struct state *)state)->newest;
}

/* Read when it is shown: there may be any number of them. */
static void paint_item(
	struct app *a, void *state, struct canvas *c, struct rect line, int item)
{
	struct policy_version v = { 0 };
	struct err e = { .status = ST_OK };
	struct arena arena;
	char day[DAY_TEXT_MAX];

	arena_init(&arena);
	if (book_policy_saved(a->book, version_of(state, item), &arena, &v, &e) ==
		ST_OK) {
		day_format((int32_t)((v.at + book_east(a->book)) / DAY_SECONDS), day);
		canvas_print(c, line.row, line.column, WHO_AT, ROLE_STRONG,
			"version %d, %s", (int)v.version, day);
		canvas_put(c, line.row, line.column + WHO_AT, WHY_AT - WHO_AT - 1,
			ROLE_TEXT, text_of(v.author ? v.author : ""));
		canvas_put(c, line.row, line.column + WHY_AT, line.columns - WHY_AT,
			ROLE_QUIET, text_of(v.reason ? v.reason : ""));
	} else {
		canvas_put(c, line.row, line.column, line.columns, ROLE_BAD,
			text_of(e.text));
	}
	arena_clear(&arena);
}

struct changes {
	struct canvas *c;
	struct rect r; /* what is left of it */
	int n;
};

static void put_change(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct changes *x = arg;

	x->n++;
	if (x->r.rows > 1)
		page_put(x->c, &x->r, ROLE_TEXT, "[%s] %s: %s became %s", section, key,
			was, is);
}

/* What it changed; in the first one, of the rules that come with the program. */
static void paint_foot(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct state *s = state;
	struct changes x = { c, r, 0 };
	struct policy was, is;
	int32_t version;
	struct err e = { .status = ST_OK };

	if (item < 0)
		return;
	version = version_of(s, item);
	if (book_policy_of(a->book, version - 1, &was, &e) != ST_OK ||
		book_policy_of(a->book, version, &is, &e) != ST_OK) {
		page_put(c, &r, ROLE_BAD, "%s", e.text);
		return;
	}
	policy_compare(&was, &is, put_change, &x);
	if (x.n == 0)
		page_put(c, &x.r, ROLE_QUIET, "%s",
			version > 1 ? "nothing differs from the version before"
				    : "the rules that come with tierdesk");
	if (version == book_policy_version(a->book))
		page_put(c, &x.r, ROLE_QUIET, "This is what is in force.");
	else
		page_put(c, &x.r, ROLE_QUIET,
			"%s makes this one the newest again, with a reason.",
			keys_word(SCOPE_PICK, ACT_CHOOSE));
}

static void choose(struct app *a, void *state, int item)
{
	const struct state *s = state;
	int32_t version;

	if (item < 0)
		return;
	version = version_of(s, item);
	if (version == book_policy_version(a->book)) {
		app_say(a, "version %d is in force", (int)version);
		return;
	}
	if (a->summary.read_only) {
		app_say(a, "the book is read-only");
		return;
	}
	app_back(a); /* state is gone from here on */
	policy_return(a, version);
}

static const struct pick_list versions = {
	.title = "Versions of the policy",
	.rows = 8,
	.columns = WIDTH,
	.below = CHANGES,
	.count = count,
	.paint = paint_item,
	.foot = paint_foot,
	.choose = choose,
	.empty = "There is no policy yet.",
};

static void open_versions(struct app *a, void *state)
{
	struct state *s = state;

	s->newest = book_policy_version(a->book);
	pick_open(a, &s->pick, &versions);
}

const struct screen_ops policy_versions_screen = {
	.size = sizeof(struct state),
	.open = open_versions,
	.close = pick_close,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
};
