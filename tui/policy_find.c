/* A value of the policy by words of its section, its name or what it means. */
#include "tui/policy.h"

#include "core/policy_section.h"
#include "tui/pick.h"

enum { WIDTH = 76, KEY_AT = 31, VALUE_AT = 54, BELOW = 3 };

struct state {
	struct pick pick;
};

static const struct policy_screen *behind(const struct app *a)
{
	return a->state[SCREEN_POLICY];
}

static int count(struct app *a, void *state)
{
	(void)a;
	(void)state;
	return policy_items();
}

/* Of what is listed behind it; every word has to be found, best in the name. */
static int rank(struct app *a, void *state, int item, struct text typed)
{
	enum { IN_KEY = 3, IN_TITLE = 2, IN_MEANING = 1 };
	char meaning[POLICY_ITEM_TEXT_MAX];
	struct policy_item x;
	int sum = 1;

	(void)state;
	policy_item(item, &x);
	if (!behind(a) || !policy_rows_has(behind(a), &x))
		return 0;
	policy_item_meaning(&x, meaning);
	for (struct text word; (word = text_word(&typed)).n;) {
		const int found =
			text_icontains(text_of(x.entry.key), word) ? IN_KEY
			: text_icontains(
				  text_of(policy_section_of(x.section).title), word) ||
					text_icontains(text_of(x.section), word)
				? IN_TITLE
			: text_icontains(text_of(meaning), word) ? IN_MEANING
								 : 0;

		if (!found)
			return 0;
		sum += found;
	}
	return sum;
}

static void paint_item(
	struct app *a, void *state, struct canvas *c, struct rect line, int item)
{
	char value[POLICY_TEXT_VALUE_MAX];
	struct policy_item x;

	(void)state;
	policy_item(item, &x);
	canvas_put(c, line.row, line.column, KEY_AT - 1, ROLE_QUIET,
		text_of(policy_section_of(x.section).title));
	canvas_put(c, line.row, line.column + KEY_AT, VALUE_AT - KEY_AT - 1, ROLE_TEXT,
		text_of(x.entry.key));
	canvas_put(c, line.row, line.column + VALUE_AT, line.columns - VALUE_AT,
		ROLE_STRONG, text_of(policy_item_text(&behind(a)->edited, &x, value)));
}

static void paint_foot(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	char meaning[POLICY_ITEM_TEXT_MAX];
	struct policy_item x;

	(void)a;
	(void)state;
	if (item < 0)
		return;
	policy_item(item, &x);
	pick_help(c, r, policy_item_meaning(&x, meaning));
}

static void choose(struct app *a, void *state, int item)
{
	struct policy_screen *s = a->state[SCREEN_POLICY];

	(void)state;
	if (item < 0)
		return;
	policy_rows_find(s, item);
	app_back(a);
	a->dirty |= APP_LAYOUT;
}

static const struct pick_list values = {
	.title = "Find a value of the policy",
	.rows = 14,
	.columns = WIDTH,
	.below = BELOW,
	.count = count,
	.rank = rank,
	.paint = paint_item,
	.foot = paint_foot,
	.choose = choose,
	.empty =
		"No value has all of these words: in its section, its name, its meaning.",
};

static void open_find(struct app *a, void *state)
{
	pick_open(a, &((struct state *)state)->pick, &values);
}

const struct screen_ops policy_find_screen = {
	.size = sizeof(struct state),
	.open = open_find,
	.close = pick_close,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = pick_act,
	.click = pick_click,
	.input = pick_input,
	.typed = pick_typed,
};
