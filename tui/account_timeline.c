/* Everything that happened to an account, as one timeline, the newest first. */
#include "tui/account_timeline.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "tui/mem.h"
#include "tui/words.h"

enum {
	LINES = 3,
	FOLD_MAX = 3,
	DATE = 1,
	WORD = 13,
	TEXT_AT = 24,
	WORD_WIDTH = 10,
	LINE_MAX_ = 512
};

/* ---- gathering ------------------------------------------------------------------ */

struct happening *account_timeline_add(struct gathering *g, enum account_events of,
	int32_t day, enum role role, struct text word, struct text t)
{
	struct happening *e;

	if (g->n == g->room) {
		g->room = g->room ? g->room * 2 : 64;
		g->event = mem_resize(g->event, g->room, sizeof(*g->event));
	}
	e = &g->event[g->n];
	*e = (struct happening){ .day = day,
		.order = g->n++,
		.of = of,
		.said = of == EVENTS_SAID,
		.role = role,
		.word = word,
		.text = t,
		.kind = REC_COUNT };
	return e;
}

struct text account_timeline_print(struct gathering *g, const char *format, ...)
{
	char line[LINE_MAX_];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	return text_of(arena_strdup(g->arena, line));
}

/* Texts one after the other with what stands between those that are there. */
static struct text join(
	struct gathering *g, const char *between, const struct text *part, size_t n)
{
	size_t room = 1, used = 0;
	char *out;

	for (size_t i = 0; i < n; i++)
		room += part[i].n + strlen(between);
	out = arena_alloc(g->arena, room);
	if (!out)
		return TEXT("");
	for (size_t i = 0; i < n; i++) {
		if (part[i].n == 0)
			continue;
		if (used) {
			memcpy(out + used, between, strlen(between));
			used += strlen(between);
		}
		memcpy(out + used, part[i].s, part[i].n);
		used += part[i].n;
	}
	return (struct text){ out, used };
}

/* Somebody wrote as the outcome what the tick says as well. */
static bool says_it(struct text outcome)
{
	return text_icontains(outcome, TEXT("answered"));
}

static void add_touches(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_TOUCH].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_TOUCH, i);
		const struct cell *two_way = &c[F_TOUCH_TWO_WAY],
				  *minutes = &c[F_TOUCH_MINUTES];
		char number[NUMBER_TEXT_MAX];
		struct text said[] = { cell_shown(&c[F_TOUCH_PURPOSE]),
			cell_shown(&c[F_TOUCH_OUTCOME]) };
		struct text all[] = { join(g, ": ", said, 2),
			two_way->type != CELL_INT || says_it(said[1]) ? TEXT("")
			: two_way->i                                  ? TEXT("answered")
				     : TEXT("not answered"),
			minutes->type == CELL_NUMBER
				? account_timeline_print(g, "%s min",
					  number_format(minutes->n, 0, number))
				: TEXT(""),
			cell_shown(&c[F_TOUCH_ACTOR]) };
		struct text kind = cell_shown(&c[F_TOUCH_KIND]);
		bool answered = two_way->type == CELL_INT && two_way->i;
		struct happening *e = account_timeline_add(g, EVENTS_SAID,
			cell_day(&c[F_TOUCH_DATE]), answered ? ROLE_GOOD : ROLE_TEXT,
			kind.n ? kind : TEXT("touch"), join(g, ", ", all, 4));

		e->kind = REC_TOUCH;
		e->row = g->v->rows[REC_TOUCH].id[i];
	}
}

static void add_notes(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_NOTE].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_NOTE, i);
		struct text all[] = { cell_shown(&c[F_NOTE_TEXT]),
			cell_shown(&c[F_NOTE_ACTOR]) };
		struct happening *e =
			account_timeline_add(g, EVENTS_SAID, cell_day(&c[F_NOTE_DATE]),
				ROLE_STRONG, TEXT("note"), join(g, ", ", all, 2));

		e->kind = REC_NOTE;
		e->row = g->v->rows[REC_NOTE].id[i];
	}
}

static void add_surveys(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_SURVEY].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_SURVEY, i);
		char number[NUMBER_TEXT_MAX];
		struct text kind = cell_shown(&c[F_SURVEY_KIND]);
		struct text all[] = {
			account_timeline_print(g, "%.*s %s", (int)kind.n, kind.s,
				c[F_SURVEY_SCORE].type == CELL_NUMBER
					? number_format(c[F_SURVEY_SCORE].n, 1, number)
					: ""),
			cell_shown(&c[F_SURVEY_COMMENT])
		};
		struct happening *e = account_timeline_add(g, EVENTS_SURVEYS,
			cell_day(&c[F_SURVEY_DATE]), ROLE_TEXT, TEXT("survey"),
			join(g, ": ", all, 2));

		e->said = all[1].n > 0;
		e->kind = REC_SURVEY;
		e->row = g->v->rows[REC_SURVEY].id[i];
	}
}

static void add_tickets(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_TICKET].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_TICKET, i);
		int32_t opened = cell_day(&c[F_TICKET_OPENED]),
			closed = cell_day(&c[F_TICKET_CLOSED]);
		char number[NUMBER_TEXT_MAX];
		struct text id = cell_shown(&c[F_TICKET_ID]);
		struct text all[] = {
			account_timeline_print(g, "%.*s opened", (int)id.n, id.s),
			cell_shown(&c[F_TICKET_SEVERITY]), cell_shown(&c[F_TICKET_CAUSE])
		};

		account_timeline_add(g, EVENTS_TICKETS, opened, ROLE_WATCH,
			TEXT("ticket"), join(g, ", ", all, 3));
		if (closed == DAY_NONE)
			continue;
		all[0] = account_timeline_print(g, "%.*s closed after %d d", (int)id.n,
			id.s, (int)(closed - opened));
		all[1] = c[F_TICKET_CSAT].type == CELL_NUMBER
				 ? account_timeline_print(g, "csat %s",
					   number_format(c[F_TICKET_CSAT].n, 1, number))
				 : TEXT("");
		account_timeline_add(g, EVENTS_TICKETS, closed, ROLE_TEXT, TEXT("ticket"),
			join(g, ", ", all, 2));
	}
}

static void add_money(struct gathering *g)
{
	char money[MONEY_TEXT_MAX];

	for (uint32_t i = 0; i < g->v->rows[REC_MOVEMENT].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_MOVEMENT, i);
		struct text kind = cell_shown(&c[F_MOVEMENT_KIND]),
			    currency = cell_shown(&c[F_MOVEMENT_CURRENCY]);
		int64_t delta =
			c[F_MOVEMENT_DELTA].type == CELL_INT ? c[F_MOVEMENT_DELTA].i : 0;

		account_timeline_add(g, EVENTS_MONEY, cell_day(&c[F_MOVEMENT_DATE]),
			delta < 0 ? ROLE_BAD : ROLE_GOOD, TEXT("ARR"),
			account_timeline_print(g, "%.*s, %s%s%s%.*s", (int)kind.n, kind.s,
				delta < 0 ? "" : "+ ", money_short(delta, "", money),
				currency.n ? " " : "", (int)currency.n, currency.s));
	}
	for (uint32_t i = 0; i < g->v->rows[REC_CONTRACT].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_CONTRACT, i);
		struct text id = cell_shown(&c[F_CONTRACT_ID]);
		int32_t until = cell_day(&c[F_CONTRACT_UNTIL]);

		account_timeline_add(g, EVENTS_MONEY, cell_day(&c[F_CONTRACT_FROM]),
			ROLE_TEXT, TEXT("contract"),
			account_timeline_print(g, "%.*s begins, ARR %s", (int)id.n, id.s,
				money_short(c[F_CONTRACT_ARR].type == CELL_INT
						    ? c[F_CONTRACT_ARR].i
						    : 0,
					"", money)));
		if (until != DAY_NONE && until <= book_as_of(g->a->book))
			account_timeline_add(g, EVENTS_MONEY, until, ROLE_TEXT,
				TEXT("contract"),
				account_timeline_print(g, "%.*s ends", (int)id.n, id.s));
	}
}

static void add_moves(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->moves_n; i++) {
		const struct tier_move *m = &g->v->moves[i];
		const char *cause =
			m->cause < CAUSE_COUNT ? move_cause_name[m->cause] : "move";
		struct happening *e = account_timeline_add(g, EVENTS_TIERS, m->day,
			words_tier_role(m->to), TEXT("tier"),
			m->from == TIER_NONE
				? account_timeline_print(g, "into tier %u, %s: %s", m->to,
					  cause, g->v->move_reason[i])
				: account_timeline_print(g, "tier %u to %u, %s: %s",
					  m->from, m->to, cause, g->v->move_reason[i]));

		e->follow = g->v->move_pair[i];
	}
}

static void add_people(struct gathering *g)
{
	static const struct {
		int field;
		const char *word, *text;
	} days[] = { { F_CONTRACT_START, "customer", "first day as a customer" },
		{ F_ONBOARDING_STARTED, "onboarding", "onboarding began" },
		{ F_FIRST_VALUE_ON, "onboarding", "first value reached" },
		{ F_CHURNED_ON, "customer", "no longer a customer" } };

	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		int32_t day = cell_day(&g->v->cells[days[i].field]);

		if (day != DAY_NONE && day <= book_as_of(g->a->book))
			account_timeline_add(g, EVENTS_PEOPLE, day, ROLE_TEXT,
				text_of(days[i].word), text_of(days[i].text));
	}
	for (uint32_t i = 0; i < g->v->rows[REC_CONTACT].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_CONTACT, i);
		struct text who[] = { cell_shown(&c[F_CONTACT_NAME]).n
					      ? cell_shown(&c[F_CONTACT_NAME])
					      : cell_shown(&c[F_CONTACT_EMAIL]),
			cell_shown(&c[F_CONTACT_ROLE]), TEXT("left") };
		int32_t since = cell_day(&c[F_CONTACT_SINCE]),
			left = cell_day(&c[F_CONTACT_LEFT_ON]);

		if (left != DAY_NONE)
			account_timeline_add(g, EVENTS_PEOPLE, left, ROLE_BAD,
				TEXT("contact"), join(g, ", ", who, 3));
		who[2] = TEXT("there from this day");
		if (since != DAY_NONE)
			account_timeline_add(g, EVENTS_PEOPLE, since, ROLE_TEXT,
				TEXT("contact"), join(g, ", ", who, 3));
	}
	for (uint32_t i = 0; i < g->v->rows[REC_MILESTONE].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_MILESTONE, i);

		if (cell_day(&c[F_MILESTONE_DONE_ON]) != DAY_NONE)
			account_timeline_add(g, EVENTS_PEOPLE,
				cell_day(&c[F_MILESTONE_DONE_ON]), ROLE_GOOD,
				TEXT("milestone"), cell_shown(&c[F_MILESTONE_TITLE]));
	}
}

/* ---- painting ------------------------------------------------------------------- */

static int by_day(const void *x, const void *y)
{
	const struct happening *a = x, *b = y;

	if (a->day != b->day)
		return a->day < b->day ? 1 : -1;
	if (a->kind == b->kind && a->kind != REC_COUNT && a->row != b->row)
		return a->row < b->row ? 1 : -1; /* what was written last */
	return a->order > b->order ? 1 : -1;
}

static void put_event(struct account_page *p, const struct happening *e)
{
	struct page *page = &p->page;
	int row = page->c.rows;
	char day[DAY_TEXT_MAX];
	struct account_item *item;
	bool whole = true;

	if (p->all[SECTION_TIMELINE])
		page_text(page, TEXT_AT, ROLE_TEXT, e->text);
	else
		whole = page_lines_of(page, TEXT_AT, ROLE_TEXT, e->text, LINES);
	if (!whole)
		page_print(page, TEXT_AT, ROLE_KEY, "and more");
	canvas_put(&page->c, row, DATE, 10, ROLE_QUIET, text_of(day_format(e->day, day)));
	canvas_put(&page->c, row, WORD, WORD_WIDTH, e->role, e->word);
	item = account_item(p, whole ? ITEM_ROW : ITEM_MORE, row);
	item->kind = e->kind;
	item->row = e->row;
	item->follow = e->follow;
}

static const char *const shown_name[ACCOUNT_EVENTS] = { "what was said", "everything",
	"surveys", "tickets", "ARR and contracts", "tiers", "people and milestones",
	"alerts and plays" };

static void put_heading(struct account_page *p, uint32_t shown, uint32_t n)
{
	const struct text words = text_trim(input_text(&p->find));
	char right[96], find[48] = "";

	if (words.n)
		snprintf(find, sizeof(find), " with \"%.*s\"", convert_shown(words, 30),
			words.s);
	if (shown < n)
		snprintf(right, sizeof(right), "%s%s, the newest %u of %u",
			shown_name[p->events], find, shown, n);
	else
		snprintf(
			right, sizeof(right), "%s%s, %u", shown_name[p->events], find, n);
	page_heading(&p->page, "TIMELINE", right);
}

static bool has_words(
	const struct happening *e, const struct input *words, struct arena *arena)
{
	const size_t room = e->text.n * FOLD_MAX + 1;
	char *text = words->n ? arena_alloc(arena, room) : NULL;

	return words->n == 0 ||
	       (text && input_in_folded(words,
				(struct text){ text, text_fold(e->text, text, room) }));
}

static bool wanted(const struct account_page *p, const struct happening *e)
{
	if (p->events == EVENTS_SAID)
		return e->said;
	return p->events == EVENTS_ALL || e->of == p->events;
}

static void put_nothing(struct account_page *p)
{
	const struct text words = text_trim(input_text(&p->find));

	if (words.n)
		account_none(
			p, "nothing of this kind has these words", ACT_NONE, REC_TOUCH);
	else if (p->events == EVENTS_SAID)
		account_none(p, "nothing was said yet: no touch, no note", ACT_TOUCH,
			REC_TOUCH);
	else if (p->events == EVENTS_ALL)
		account_none(p, "nothing happened yet: no touch, no note", ACT_TOUCH,
			REC_TOUCH);
	else
		account_none(p, "nothing of this kind", ACT_NONE, REC_TOUCH);
}

void account_timeline(struct account_page *p, struct app *a, const struct account_view *v)
{
	static void (*const gather[])(struct gathering *) = { add_touches, add_notes,
		add_surveys, add_tickets, add_money, add_moves, add_people,
		account_timeline_work };
	struct gathering g = { .arena = &p->arena, .a = a, .v = v };
	uint32_t n = 0, shown;

	for (size_t i = 0; i < sizeof(gather) / sizeof(*gather); i++)
		gather[i](&g);
	for (uint32_t i = 0; i < g.n; i++)
		if (wanted(p, &g.event[i]) && has_words(&g.event[i], &p->find, &p->arena))
			g.event[n++] = g.event[i];
	if (n)
		qsort(g.event, n, sizeof(*g.event), by_day);
	shown = account_shown(p, n);
	put_heading(p, shown, n);
	if (n == 0)
		put_nothing(p);
	for (uint32_t i = 0; i < shown; i++)
		put_event(p, &g.event[i]);
	account_more(p, n);
	free(g.event);
}
