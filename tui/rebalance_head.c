/* What a rebalance adds up to, above its books and moves: in as few lines as its
 * sentences take. */
#include "tui/rebalance.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"

enum { CELL = 64, OBSTACLES = 3, NAME_SHOWN = 40, NAMES_ALL = 8 };

/* ---- what it adds up to --------------------------------------------------------------
 */

/* Of whom it is asked what if they were away, though they are there until their last day.
 */
static void say_handed_over(const struct proposal *p, struct page *page)
{
	char who[2 * NAME_SHOWN];

	if (proposal_leavers(p, who, sizeof(who)))
		page_print(page, 0, ROLE_INFO,
			"handed over: %s %s %s leaves all as it is", who,
			canvas_glyph_text(&page->c, GLYPH_DOT),
			keys_word(SCOPE_REBALANCE, ACT_CAPACITY_HAND_OVER));
}

/* Whoever leaves keeps all, unless somebody asks what if they were away. */
static void say_leaves(const struct proposal *p, struct page *page)
{
	uint32_t accounts, more;
	const struct capacity_row *r = proposal_leaves_later(p, &accounts, &more);
	char day[DAY_TEXT_MAX], others[32] = "";

	if (!r) {
		say_handed_over(p, page);
		return;
	}
	if (more)
		snprintf(others, sizeof(others), " (+%u more)", more);
	page_print(page, 0, ROLE_WATCH,
		"! %.*s leaves on %s and keeps %u account%s: %s hands %s over%s",
		convert_shown(r->name, NAME_SHOWN), r->name.s, day_format(r->until, day),
		accounts, TEXT_S(accounts),
		keys_word(SCOPE_REBALANCE, ACT_CAPACITY_HAND_OVER),
		accounts == 1 ? "it" : "them", others);
}

static bool says_leaves(const struct proposal *p)
{
	uint32_t accounts, more;
	char who[2 * NAME_SHOWN];

	return proposal_leaves_later(p, &accounts, &more) ||
	       proposal_leavers(p, who, sizeof(who));
}

struct head {
	const struct proposal *p;
	struct page *page;
	char text[2 * CAPACITY_TEXT_MAX]; /* sentences that are not put yet */
	bool first;                       /* the first one is among them */
	bool low;                         /* lines count */
};

static int lines_of(const struct page *like, const char *text)
{
	struct page p;
	int n;

	page_init(&p, like->c.ascii);
	page_reset(&p, like->c.columns);
	page_text(&p, 0, ROLE_TEXT, text_of(text));
	n = p.c.rows;
	page_clear(&p);
	return n;
}

static void put(struct head *h)
{
	if (!h->text[0])
		return;
	page_text(h->page, 0, h->first ? ROLE_STRONG : ROLE_TEXT, text_of(h->text));
	h->text[0] = '\0';
	h->first = false;
}

/* Where lines count, a sentence goes on where the last one ends if that takes one less.
 */
static void add(struct head *h, const char *text)
{
	char both[sizeof(h->text)];

	if (h->low && h->text[0] &&
		snprintf(both, sizeof(both), "%s \u00B7 %s", h->text, text) <
			(int)sizeof(both) &&
		lines_of(h->page, both) <
			lines_of(h->page, h->text) + lines_of(h->page, text)) {
		memcpy(h->text, both, sizeof(both));
		return;
	}
	put(h);
	snprintf(h->text, sizeof(h->text), "%s", text);
}

/* Who leaves comes second: where there is little room two lines are all that is shown. */
static void say_line(void *arg, enum capacity_line kind, const char *text)
{
	struct head *h = arg;

	if (kind == CAPACITY_WARNS) {
		put(h);
		page_print(h->page, 0, ROLE_WATCH, "! %s", text);
		return;
	}
	add(h, text);
	if (h->first && says_leaves(h->p)) {
		put(h);
		say_leaves(h->p, h->page);
	}
}

/* "Yarrow Staffing, Elm and 10 more": whom a reason is about. */
static void name_some(struct app *a, const struct proposal *p,
	const struct proposal_why *w, uint32_t most, char *out, size_t size)
{
	struct err e = { .status = ST_OK };
	struct arena arena;
	uint32_t at = w->first, i = 0;
	size_t n = 0;

	arena_init(&arena);
	for (; i < most && at < p->obstacles && n < size;
		at = proposal_why_next(p, at), i++) {
		struct list_row row;

		if (book_rows(a->book, &p->obstacle[at].account, 1, &arena, &row, &e) !=
			ST_OK)
			break;
		if (!row.name.n)
			row.name = row.id;
		n += (size_t)snprintf(out + n, size - n, "%s%.*s", i ? ", " : "",
			convert_shown(row.name, NAME_SHOWN), row.name.s);
	}
	if (w->n > i && n < size)
		snprintf(out + n, size - n, " and %u more", w->n - i);
	arena_clear(&arena);
}

/* So many reasons, each once; = says all. */
void rebalance_obstacles(
	struct app *a, const struct proposal *p, struct page *page, uint32_t most)
{
	uint32_t told = 0;

	for (uint32_t k = 0; k < p->whys && k < most; k++) {
		const struct proposal_why *w = &p->why[k];
		char names[CELL * 8], line[CELL * 8 + PROPOSAL_TEXT_MAX + 8];

		name_some(
			a, p, w, most > OBSTACLES ? NAMES_ALL : 1, names, sizeof(names));
		snprintf(
			line, sizeof(line), "! %s: %s", names, p->obstacle[w->first].why);
		if (!page_lines_of(page, 0, ROLE_WATCH, text_of(line), most > 1 ? 8 : 2))
			canvas_put_right(&page->c, page->c.rows - 1, 0, page->c.columns,
				ROLE_WATCH, text_of(page_more(page->c.ascii)));
		told += w->n;
	}
	if (p->obstacles > told)
		page_print(page, 0, ROLE_WATCH,
			"! %s%u%s without an owner %s %s says why", told ? "and " : "",
			p->obstacles - told, told ? " more" : "",
			canvas_glyph_text(&page->c, GLYPH_DOT),
			keys_word(SCOPE_SCREEN, ACT_EXPLAIN));
}

void rebalance_fill_head(struct app *a, struct rebalance_screen *s, int columns, bool low)
{
	const uint32_t most = low ? 1 : OBSTACLES;
	const struct proposal *p = s->p;
	struct head head = { .p = p, .page = &s->head, .first = true, .low = low };

	page_reset(&s->head, columns);
	if (!p)
		return;
	proposal_say(p, say_line, &head);
	put(&head);
	for (uint32_t k = 0; k < s->since_n && (k < 1 || most == OBSTACLES); k++)
		page_text(&s->head, 0, ROLE_INFO, text_of(s->since[k]));
	rebalance_obstacles(a, p, &s->head, most);
}
