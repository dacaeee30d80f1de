#include "tui/account_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/facts.h"
#include "tui/mem.h"
#include "tui/words.h"

const char *const account_section_name[ACCOUNT_SECTIONS] = {
	"Account",
	"Health",
	"Trend",
	"Work",
	"Plan",
	"Timeline",
	"Contacts",
	"Contracts",
	"Tickets",
	"Surveys",
	"Value",
	"Tier",
};

/* ---- items ---------------------------------------------------------------------- */

struct account_item *account_item(
	struct account_page *p, enum account_item_type type, int row)
{
	struct account_item *item;

	if (p->n == p->room) {
		p->room = p->room ? p->room * 2 : 64;
		p->item = mem_resize(p->item, (size_t)p->room, sizeof(*p->item));
	}
	item = &p->item[p->n++];
	*item = (struct account_item){ .type = type,
		.section = p->section,
		.at = { row, 0, p->page.c.rows - row, p->page.c.columns },
		.explain = NOT_EXPLAINED };
	return item;
}

static void number(struct account_page *p, int row, enum list_field field)
{
	account_item(p, ITEM_NUMBER, row)->explain = (int)field;
}

uint32_t account_shown(const struct account_page *p, uint32_t n)
{
	return n > SHOWN && !p->all[p->section] ? SHOWN : n;
}

void account_heading(struct account_page *p, const char *title, uint32_t n)
{
	char right[48];
	uint32_t shown = account_shown(p, n);

	snprintf(
		right, sizeof(right), shown < n ? "the newest %u of %u" : "%u", shown, n);
	page_heading(&p->page, title, n ? right : "none");
}

void account_more(struct account_page *p, uint32_t n)
{
	int row = p->page.c.rows;

	if (n <= SHOWN)
		return;
	if (p->all[p->section])
		page_print(&p->page, 1, ROLE_KEY, "fewer");
	else
		page_print(&p->page, 1, ROLE_KEY, "%u more", n - SHOWN);
	account_item(p, ITEM_MORE, row);
}

void account_none(
	struct account_page *p, const char *text, enum action add, enum record_kind kind)
{
	const char *key = add == ACT_NONE ? NULL : keys_text(SCOPE_ACCOUNT, add);
	int row = p->page.c.rows;

	if (key)
		page_print(&p->page, 1, ROLE_QUIET, "%s: %s adds one", text, key);
	else
		page_print(&p->page, 1, ROLE_QUIET, "%s", text);
	account_item(p, key ? ITEM_ADD : ITEM_NUMBER, row)->kind = kind;
}

/* ---- fields --------------------------------------------------------------------- */

enum { LABEL = 11 };

void account_field(struct account_page *p, const char *label, enum record_kind kind,
	int64_t row, int field, struct cell cell)
{
	struct page *page = &p->page;
	char text[512];
	struct account_item *item;
	int line = page->c.rows;
	struct text value = cell.type == CELL_TEXT
				    ? cell.t
				    : text_of(words_cell(&record_of(kind)->fields[field],
					      &cell, text, sizeof(text)));

	page_text(page, 1 + LABEL, value.n ? ROLE_TEXT : ROLE_UNKNOWN,
		value.n ? value : TEXT("--"));
	canvas_put(&page->c, line, 1, LABEL - 1, ROLE_QUIET, text_of(label));
	item = account_item(p, ITEM_FIELD, line);
	item->kind = kind;
	item->row = row;
	item->field = field;
	item->cell = cell;
	item->value = 1 + LABEL;
}

/* The fields of the account itself, the most asked for first. */
static const struct {
	int field, explain;
	const char *label;
} facts[] = {
	{ F_CSM, LIST_CSM, "owner" },
	{ F_RENEWAL_DATE, LIST_RENEWAL, "renewal" },
	{ F_SEGMENT, LIST_SEGMENT, "segment" },
	{ F_REGION, LIST_REGION, "region" },
	{ F_INDUSTRY, LIST_INDUSTRY, "industry" },
	{ F_TAGS, LIST_TAGS, "tags" },
	{ F_NAME, LIST_NAME, "name" },
	{ F_PARENT_ID, LIST_PARENT, "parent" },
	{ F_LANGUAGE, LIST_LANGUAGE, "language" },
	{ F_ARR, LIST_ARR, "ARR" },
	{ F_CURRENCY, LIST_ARR, "currency" },
	{ F_CONTRACT_START, LIST_STATUS, "customer" },
	{ F_AUTO_RENEW, LIST_RENEWAL, "auto-renew" },
	{ F_STATUS, LIST_STATUS, "status" },
	{ F_CHURNED_ON, LIST_STATUS, "churned" },
	{ F_CHURN_REASON, LIST_STATUS, "why" },
	{ F_GROWTH, LIST_VALUE, "growth" },
	{ F_REFERENCE, LIST_VALUE, "reference" },
	{ F_MARQUEE, LIST_VALUE, "marquee" },
	{ F_ADVOCATE, LIST_VALUE, "advocate" },
	{ F_PARENT_EXPANSION, LIST_VALUE, "expansion" },
	{ F_COMPLEXITY, LIST_EFFORT, "complexity" },
	{ F_MATURITY, LIST_EFFORT, "maturity" },
	{ F_STAKEHOLDERS, LIST_EFFORT, "deciders" },
	{ F_SEATS_PURCHASED, LIST_HEALTH, "seats" },
	{ F_FEATURES_AVAILABLE, LIST_HEALTH, "features" },
	{ F_ONBOARDING_STARTED, LIST_EFFORT, "onboarding" },
	{ F_FIRST_VALUE_ON, LIST_EFFORT, "1st value" },
};
enum { FACTS = sizeof(facts) / sizeof(*facts), FACTS_SHOWN = 6, TWO_COLUMNS = 70 };

static void put_fact(struct account_page *p, struct app *a, const struct account_view *v,
	int i, int row, int half, int halves)
{
	struct canvas *c = &p->page.c;
	const struct field *field = &record_of(REC_ACCOUNT)->fields[facts[i].field];
	const struct cell *cell = &v->cells[facts[i].field];
	int width = (c->columns - 1) / halves, at = 1 + half * width;
	char text[512], age[WORDS_MAX];
	struct text value =
		cell->type == CELL_TEXT
			? cell->t
			: text_of(words_cell(field, cell, text, sizeof(text)));
	struct account_item *item;

	if (facts[i].field == F_CSM && !value.n)
		value = TEXT("the pool");
	if (facts[i].field == F_RENEWAL_DATE && value.n) {
		words_age((int32_t)cell->i, book_as_of(a->book), age);
		snprintf(text + value.n, sizeof(text) - value.n, ", %s", age);
		value = text_of(text);
	}
	canvas_put(c, row, at, LABEL - 1, ROLE_QUIET, text_of(facts[i].label));
	canvas_put(c, row, at + LABEL, width - LABEL - 1,
		value.n ? ROLE_TEXT : ROLE_UNKNOWN, value.n ? value : TEXT("--"));
	item = account_item(p, ITEM_FIELD, row);
	item->at = (struct rect){ row, at - 1, 1, width };
	item->value = at + LABEL;
	item->kind = REC_ACCOUNT;
	item->row = v->row.account;
	item->field = facts[i].field;
	item->cell = *cell;
	item->explain = facts[i].explain;
	if (facts[i].field == F_PARENT_ID)
		item->follow = value;
}

/* What a call begins with: the next step of the plan, and the last talk. */
static void put_now(struct account_page *p, struct app *a, const struct account_view *v)
{
	const struct account_rows *plan = &v->rows[REC_PLAN],
				  *touch = &v->rows[REC_TOUCH];
	const struct cell *due = plan->n ? &plan->cells[F_PLAN_NEXT_DUE] : NULL;
	char text[512], age[WORDS_MAX];
	int row = p->page.c.rows;

	if (plan->n && plan->cells[F_PLAN_NEXT_STEP].type == CELL_TEXT) {
		account_field(p, "next step", REC_PLAN, plan->id[0], F_PLAN_NEXT_STEP,
			plan->cells[F_PLAN_NEXT_STEP]);
		row = p->page.c.rows;
		if (due->type == CELL_INT)
			page_print(&p->page, 1 + LABEL,
				due->i < book_as_of(a->book) ? ROLE_BAD : ROLE_QUIET,
				"due %s",
				words_age((int32_t)due->i, book_as_of(a->book), age));
		p->item[p->n - 1].at.rows += p->page.c.rows - row;
	}
	if (touch->n == 0 || touch->cells[F_TOUCH_DATE].type != CELL_INT)
		return;
	row = page_line(&p->page);
	words_age((int32_t)touch->cells[F_TOUCH_DATE].i, book_as_of(a->book), age);
	words_cell(&record_of(REC_TOUCH)->fields[F_TOUCH_KIND],
		&touch->cells[F_TOUCH_KIND], text, sizeof(text));
	canvas_put(&p->page.c, row, 1, LABEL - 1, ROLE_QUIET, TEXT("last touch"));
	canvas_print(&p->page.c, row, 1 + LABEL, p->page.c.columns - LABEL - 1, ROLE_TEXT,
		"%s%s%s%s", age, text[0] ? ", " : "", text,
		touch->cells[F_TOUCH_TWO_WAY].type != CELL_INT ? ""
		: touch->cells[F_TOUCH_TWO_WAY].i              ? ", answered"
							       : ", not answered");
	account_item(p, ITEM_ROW, row)->kind = REC_TOUCH;
	p->item[p->n - 1].row = touch->id[0];
}

static void put_facts(struct account_page *p, struct app *a, const struct account_view *v)
{
	int halves = p->page.c.columns >= TWO_COLUMNS ? 2 : 1;
	int shown = p->all[SECTION_FACTS] ? FACTS : FACTS_SHOWN, row;

	page_lines(&p->page, (shown + halves - 1) / halves);
	row = p->page.c.rows - (shown + halves - 1) / halves;
	for (int i = 0; i < shown; i++)
		put_fact(p, a, v, i, row + i / halves, i % halves, halves);
	put_now(p, a, v);
	row = page_line(&p->page);
	canvas_print(&p->page.c, row, 1, p->page.c.columns - 1, ROLE_KEY, "%s",
		p->all[SECTION_FACTS] ? "fewer" : "all fields");
	canvas_print(&p->page.c, row, 1 + LABEL, p->page.c.columns - LABEL - 1,
		ROLE_QUIET, "id %.*s%s%.*s", (int)v->row.id.n, v->row.id.s,
		v->row.parent.n ? ", part of " : "", (int)v->row.parent.n,
		v->row.parent.n ? v->row.parent.s : "");
	account_item(p, ITEM_MORE, row);
}

/* ---- figures -------------------------------------------------------------------- */

static void put_health(
	struct account_page *p, struct app *a, const struct account_view *v)
{
	int top = p->page.c.rows + 1, first = facts_health(a, &p->page, v);
	int bottom = p->page.c.rows;

	account_item(p, ITEM_NUMBER, top)->at.rows = 1;
	p->item[p->n - 1].explain = LIST_HEALTH;
	for (int i = 0; i < COMP_COUNT; i++) {
		struct account_item *item = account_item(p, ITEM_NUMBER, first + i);

		item->at.rows = 1;
		item->explain = LIST_HEALTH;
		item->part = i + 1;
	}
	if (first + COMP_COUNT < bottom) {
		number(p, first + COMP_COUNT, LIST_CHANGE);
		p->item[p->n - 1].at.rows = 1;
	}
}

static void put_trend(struct account_page *p, struct app *a, const struct account_view *v)
{
	int row = p->page.c.rows + 1, reading = p->reading, rows;

	if (reading < 0 || reading >= (int)v->trend_n)
		reading = (int)v->trend_n - 1;
	rows = facts_trend(a, &p->page, v, reading);
	if (rows)
		account_item(p, ITEM_TREND, row)->explain = LIST_HEALTH;
}

static void put_axes(struct account_page *p, struct app *a, const struct account_view *v)
{
	int row = p->page.c.rows + 1;

	facts_value(a, &p->page, v);
	number(p, row, LIST_VALUE_PCT);
	page_line(&p->page);
	row = facts_effort(a, &p->page, v);
	number(p, row, LIST_EFFORT);
	if (!v->effort.assumed)
		p->n--;
	for (int i = 0; i < EFF_COUNT && !v->effort.assumed; i++) {
		struct account_item *item = account_item(p, ITEM_NUMBER, row + i);

		item->at.rows = 1;
		item->explain = LIST_EFFORT;
		item->part = i + 1;
	}
	page_line(&p->page);
	row = p->page.c.rows + 1;
	facts_score(a, &p->page, v);
	number(p, row, LIST_SCORE);
}

static void put_move(struct account_page *p, const struct account_view *v, uint32_t i)
{
	const struct tier_move *m = &v->moves[i];
	struct page *page = &p->page;
	char day[DAY_TEXT_MAX];
	int row = page->c.rows;
	struct account_item *item;

	page_text(page, 32, ROLE_TEXT, text_of(v->move_reason[i]));
	canvas_put(&page->c, row, 1, 10, ROLE_QUIET, text_of(day_format(m->day, day)));
	if (m->from == TIER_NONE) {
		canvas_print(&page->c, row, 12, 19, words_tier_role(m->to),
			"placed in tier %u", m->to);
	} else {
		canvas_print(&page->c, row, 12, 8, words_tier_role(m->to), "T%u > T%u",
			m->from, m->to);
		canvas_put(&page->c, row, 21, 10, ROLE_TEXT,
			text_of(m->cause < CAUSE_COUNT ? move_cause_name[m->cause]
						       : "?"));
	}
	item = account_item(p, ITEM_NUMBER, row);
	item->explain = LIST_TIER;
	item->follow = v->move_pair[i];
}

static void put_tier(struct account_page *p, struct app *a, const struct account_view *v)
{
	int row = p->page.c.rows + 1;
	uint32_t shown = account_shown(p, v->moves_n);

	facts_tier(a, &p->page, v);
	number(p, row, LIST_TIER);
	page_line(&p->page);
	account_heading(p, "TIER HISTORY", v->moves_n);
	if (v->moves_n == 0)
		page_print(&p->page, 1, ROLE_QUIET,
			"no move yet: tiers move at a review, or when a person says so");
	for (uint32_t i = 0; i < shown; i++)
		put_move(p, v, v->moves_n - 1 - i);
	account_more(p, v->moves_n);
}

/* ---- the page ------------------------------------------------------------------- */

void account_page_build(
	struct account_page *p, struct app *a, const struct account_view *v, int columns)
{
	static void (*const build[ACCOUNT_SECTIONS])(
		struct account_page *, struct app *, const struct account_view *) = {
		[SECTION_FACTS] = put_facts,
		[SECTION_HEALTH] = put_health,
		[SECTION_TREND] = put_trend,
		[SECTION_WORK] = account_work,
		[SECTION_PLAN] = account_plan,
		[SECTION_TIMELINE] = account_timeline,
		[SECTION_CONTACTS] = account_contacts,
		[SECTION_CONTRACTS] = account_contracts,
		[SECTION_TICKETS] = account_tickets,
		[SECTION_SURVEYS] = account_surveys,
		[SECTION_VALUE] = put_axes,
		[SECTION_TIER] = put_tier,
	};

	int items;

	page_reset(&p->page, columns);
	arena_clear(&p->arena);
	p->n = 0;
	for (int i = 0; i < ACCOUNT_SECTIONS; i++) {
		p->section = (enum account_section)i;
		p->first[i] = p->page.c.rows;
		if (!v)
			continue;
		items = p->n;
		build[i](p, a, v);
		if (p->n == items) /* the cursor can go to every section */
			account_item(p, ITEM_NUMBER, p->first[i])->at.rows = 1;
		page_line(&p->page);
	}
}

void account_page_init(struct account_page *p, bool ascii)
{
	page_init(&p->page, ascii);
	arena_init(&p->arena);
	p->reading = -1;
}

void account_page_clear(struct account_page *p)
{
	page_clear(&p->page);
	arena_clear(&p->arena);
	free(p->item);
	p->item = NULL;
	p->n = p->room = 0;
}
