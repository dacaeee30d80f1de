/* What a value of the policy means, where it comes from and what it has an influence on.
 */
#include "tui/policy.h"

#include <stdio.h>
#include <string.h>

#include "core/policy_section.h"
#include "tui/sheet.h"

enum { WIDTH = 74 };

/* The version that brought the value of now; 0: it is the shipped one ever since. */
static void say_since(struct app *a, const struct policy_item *x, struct page *p)
{
	const struct policy now = *book_policy(a->book);
	int32_t version = book_policy_version(a->book);
	struct policy_version v = { 0 };
	char day[DAY_TEXT_MAX];
	struct policy before;
	struct arena arena;
	struct err e;

	arena_init(&arena);
	for (; version > 0; version--)
		if (book_policy_of(a->book, version - 1, &before, &e) != ST_OK ||
			!policy_item_same(&before, &now, x))
			break;
	if (version > 0 && book_policy_saved(a->book, version, &arena, &v, &e) == ST_OK)
		page_print(p, 0, ROLE_TEXT, "Since version %d, %s, by %s: %s",
			(int)version,
			day_format((int32_t)((v.at + book_east(a->book)) / DAY_SECONDS),
				day),
			v.author, v.reason);
	else
		page_print(p, 0, ROLE_TEXT, "It has been so since version 1.");
	arena_clear(&arena);
}

static void fill(struct app *a, void *state, struct page *p)
{
	const struct policy_screen *s = a->state[SCREEN_POLICY];
	char text[POLICY_TEXT_VALUE_MAX], words[POLICY_ITEM_TEXT_MAX];
	struct policy_section section;
	struct policy shipped;
	struct policy_item x;

	(void)state;
	if (!s)
		return;
	policy_here(s, &x);
	section = policy_section_of(x.section);
	policy_default(&shipped);
	page_print(p, 0, ROLE_STRONG, "[%s] %s", x.section, x.entry.key);
	page_print(p, 0, ROLE_TEXT, "%s", policy_item_meaning(&x, words));
	page_line(p);
	page_print(p, 0, ROLE_TEXT, "here      %s %s",
		policy_item_text(&s->edited, &x, text), policy_item_unit(&s->edited, &x));
	page_print(p, 0, ROLE_TEXT, "in force  %s", policy_item_text(&s->base, &x, text));
	page_print(p, 0, ROLE_TEXT, "shipped   %s", policy_item_text(&shipped, &x, text));
	page_print(p, 0, ROLE_TEXT, "range     %s", policy_item_range(&x, words));
	page_line(p);
	page_print(p, 0, ROLE_TEXT, "%s", section.formula);
	page_print(p, 0, ROLE_TEXT, "It has an influence on: %s.", section.touches);
	if (x.tier)
		page_print(p, 0, ROLE_TEXT,
			"These are rules of tier %d alone; it follows the general ones "
			"until one of them differs.",
			x.tier);
	page_line(p);
	say_since(a, &x, p);
}

static void open_explain(struct app *a, void *state)
{
	sheet_open(a, state, "Explain", WIDTH, fill);
}

const struct screen_ops policy_explain_screen = SHEET_OPS(open_explain);
