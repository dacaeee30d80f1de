/* The versions of the policy, the newest first: who made each, why, and which values it
 * changed; and the way back to one of them. */
#include "tui/policy.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/mem.h"
#include "tui/pick.h"

enum { WIDTH = 76, CHANGES = 9, VERSIONS_MAX = 200, WHO_AT = 24, WHY_AT = 40 };

struct entry {
	int32_t version;
	char day[DAY_TEXT_MAX];
	struct text author, reason;
};

struct state {
	struct pick pick;
	struct arena arena;  /* owns the texts */
	struct entry *entry; /* owned */
	int n;
};

static struct text keep(struct state *s, const char *t)
{
	const char *copy = arena_strdup(&s->arena, t ? t : "");

	return text_of(copy ? copy : "");
}

static void load(struct app *a, struct state *s)
{
	const int32_t newest = book_policy_version(a->book);
	struct err e = { .status = ST_OK };
	enum status st = ST_OK;
	struct arena arena;

	arena_clear(&s->arena);
	s->n = 0;
	free(s->entry);
	s->entry = mem_new(VERSIONS_MAX, sizeof(*s->entry));
	arena_init(&arena);
	for (int32_t k = newest; st == ST_OK && k > 0 && s->n < VERSIONS_MAX; k--) {
		struct policy_version v = { 0 };
		struct entry *x = &s->entry[s->n];

		arena_clear(&arena);
		st = book_policy_saved(a->book, k, &arena, &v, &e);
		if (st != ST_OK)
			break;
		x->version = v.version;
		day_format((int32_t)((v.at + book_east(a->book)) / DAY_SECONDS), x->day);
		x->author = keep(s, v.author);
		x->reason = keep(s, v.reason);
		s->n++;
	}
	arena_clear(&arena);
	if (st != ST_OK)
		app_fail(a, &e);
}

/* ---- the list --------------------------------------------------------------------- */

static int count(struct app *a, void *state)
{
	(void)a;
	return ((struct state *)state)->n;
}

static void paint_item(
	struct app *a, void *state, struct canvas *c, struct rect line, int item)
{
	const struct entry *x = &((struct state *)state)->entry[item];

	(void)a;
	canvas_print(c, line.row, line.column, WHO_AT, ROLE_STRONG, "version %d, %s",
		(int)x->version, x->day);
	canvas_put(c, line.row, line.column + WHO_AT, WHY_AT - WHO_AT - 1, ROLE_TEXT,
		x->author);
	canvas_put(c, line.row, line.column + WHY_AT, line.columns - WHY_AT, ROLE_QUIET,
		x->reason);
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
	version = s->entry[item].version;
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
	if (item == 0)
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
	version = s->entry[item].version;
	if (item == 0) {
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

	arena_init(&s->arena);
	load(a, s);
	pick_open(a, &s->pick, &versions);
}

static void close_versions(struct app *a, void *state)
{
	struct state *s = state;

	arena_clear(&s->arena);
	free(s->entry);
	pick_close(a, state);
}

const struct screen_ops policy_versions_screen = {
	.size = sizeof(struct state),
	.open = open_versions,
	.close = close_versions,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
};
