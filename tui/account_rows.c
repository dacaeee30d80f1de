/* The sections of the Account screen that are lists of rows: contacts, contracts,
 * tickets with the fixes of their causes, and surveys. */
#include "tui/account_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/stakeholders.h"
#include "tui/words.h"

enum { NARROW = 66 }; /* below that many columns they stand closer */

struct column {
	int field, width; /* width 0: what is left, wrapped */
	const char *title;
};

static bool is_number(enum field_type t)
{
	return t == FT_MONEY || t == FT_NUMBER || t == FT_COUNT;
}

static int gap(const struct page *p)
{
	return p->c.columns < NARROW ? 1 : 2;
}

static void put_titles(struct page *p, enum record_kind kind, const struct column *column)
{
	int row = page_line(p), at = 1;

	for (; column->title; column++) {
		int width = column->width ? column->width : p->c.columns - at;

		if (is_number(record_of(kind)->fields[column->field].type))
			canvas_put_right(&p->c, row, at, width, ROLE_QUIET,
				text_of(column->title));
		else
			canvas_put(&p->c, row, at, width, ROLE_QUIET,
				text_of(column->title));
		at += width + gap(p);
	}
}

/* The last column wraps, the ones before it stand in the first line. */
static void put_cells(struct page *p, enum record_kind kind, const struct column *column,
	const struct cell *cells)
{
	int row = p->c.rows, at = 1;
	char text[1024];

	for (const struct column *i = column; i->title && i->width; i++)
		at += i->width + gap(p);
	for (const struct column *i = column; i->title; i++) {
		const struct field *f = &record_of(kind)->fields[i->field];

		if (i->width)
			continue;
		words_cell(f, &cells[i->field], text, sizeof(text));
		page_text(p, at, ROLE_TEXT,
			cells[i->field].type == CELL_TEXT ? cells[i->field].t
							  : text_of(text));
	}
	at = 1;
	for (; column->width; column++) {
		const struct field *f = &record_of(kind)->fields[column->field];

		words_cell(f, &cells[column->field], text, sizeof(text));
		if (is_number(f->type))
			canvas_put_right(
				&p->c, row, at, column->width, ROLE_TEXT, text_of(text));
		else
			canvas_put(
				&p->c, row, at, column->width, ROLE_TEXT, text_of(text));
		at += column->width + gap(p);
	}
}

struct dated {
	int32_t day;
	uint32_t row;
};

static int newest_first(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? 1 : -1;
	return x->row > y->row ? 1 : -1;
}

/* The newest first, by that field; equal ones as they came. */
static const struct dated *by_day(struct account_page *p, const struct account_view *v,
	enum record_kind kind, int field)
{
	uint32_t n = v->rows[kind].n;
	struct dated *order = arena_alloc(&p->arena, (n + 1) * sizeof(*order));

	for (uint32_t i = 0; order && i < n; i++)
		order[i] = (struct dated){ cell_day(&account_view_row(v, kind, i)[field]),
			i };
	if (order && n)
		qsort(order, n, sizeof(*order), newest_first);
	return order;
}

static void put_rows(struct account_page *p, const struct account_view *v,
	enum record_kind kind, int date, const struct column *column)
{
	uint32_t n = v->rows[kind].n, shown = account_shown(p, n);
	const struct dated *order = by_day(p, v, kind, date);

	if (n)
		put_titles(&p->page, kind, column);
	for (uint32_t i = 0; order && i < shown; i++) {
		int row = p->page.c.rows;
		struct account_item *item;

		put_cells(
			&p->page, kind, column, account_view_row(v, kind, order[i].row));
		item = account_item(p, ITEM_ROW, row);
		item->kind = kind;
		item->row = v->rows[kind].id[order[i].row];
	}
	account_more(p, n);
}

/* ---- contacts ------------------------------------------------------------------- */

enum { NAME = 22, ROLE = 9 };

static void put_contact(
	struct account_page *p, struct app *a, const struct cell *cells, int64_t id)
{
	struct page *page = &p->page;
	struct text name = cell_as_text(&cells[F_CONTACT_NAME]),
		    role = cell_as_text(&cells[F_CONTACT_ROLE]),
		    email = cell_as_text(&cells[F_CONTACT_EMAIL]);
	int32_t left = cell_day(&cells[F_CONTACT_LEFT_ON]),
		since = cell_day(&cells[F_CONTACT_SINCE]);
	bool key = text_eq(role, TEXT("champion")) || text_eq(role, TEXT("sponsor"));
	enum role here = left == DAY_NONE ? ROLE_TEXT : ROLE_QUIET;
	int row = page_line(page), at = 3;
	char day[DAY_TEXT_MAX], age[WORDS_MAX];
	struct account_item *item;

	if (key && left == DAY_NONE)
		canvas_glyph(&page->c, row, 1, ROLE_MARK, GLYPH_MARK);
	canvas_put(
		&page->c, row, at, NAME, key ? ROLE_STRONG : here, name.n ? name : email);
	at += NAME + 1;
	canvas_put(&page->c, row, at, ROLE, here, role.n ? role : TEXT("user"));
	at += ROLE + 1;
	if (left != DAY_NONE)
		canvas_print(&page->c, row, at, page->c.columns - at, ROLE_BAD,
			"left %s, %s", day_format(left, day),
			words_age(left, book_as_of(a->book), age));
	else if (since != DAY_NONE)
		canvas_print(&page->c, row, at, 16, ROLE_QUIET, "since %s",
			day_format(since, day));
	at += 18;
	if (email.n && name.n && left == DAY_NONE) {
		if (text_columns(email) <= page->c.columns - at)
			canvas_put(&page->c, row, at, page->c.columns - at, ROLE_TEXT,
				email);
		else
			page_text(page, 3, ROLE_TEXT, email);
	}
	item = account_item(p, ITEM_ROW, row);
	item->kind = REC_CONTACT;
	item->row = id;
	item->explain = key ? (int)LIST_HEALTH : NOT_EXPLAINED;
	item->part = COMP_STAKEHOLDER + 1;
}

/* Champions and sponsors in place first, those who left at the end. */
static int rank_of(const struct cell *cells)
{
	struct text role = cell_as_text(&cells[F_CONTACT_ROLE]);

	if (cell_day(&cells[F_CONTACT_LEFT_ON]) != DAY_NONE)
		return 3;
	return text_eq(role, TEXT("champion"))  ? 0
	       : text_eq(role, TEXT("sponsor")) ? 1
						: 2;
}

static void put_fragile(
	struct account_page *p, struct app *a, const struct account_view *v)
{
	struct stakeholders s;
	char few[STAKEHOLDERS_TEXT_MAX];

	stakeholders_of(v, book_as_of(a->book), &s);
	if (stakeholders_fragile(&s))
		page_print(&p->page, 1, ROLE_WATCH, "fragile: %s",
			stakeholders_text(&s, few));
}

void account_contacts(struct account_page *p, struct app *a, const struct account_view *v)
{
	const struct account_rows *rows = &v->rows[REC_CONTACT];
	uint32_t shown = account_shown(p, rows->n), put = 0;
	char right[64] = "none";

	if (rows->n)
		snprintf(right, sizeof(right), shown < rows->n ? "%u of %u" : "%u", shown,
			rows->n);
	page_heading(&p->page, "CONTACTS", right);
	if (rows->n == 0)
		account_none(p, "no contacts yet", ACT_CONTACT_ADD, REC_CONTACT);
	else
		put_fragile(p, a, v);
	for (int rank = 0; rank < 4; rank++)
		for (uint32_t i = 0; i < rows->n && put < shown; i++)
			if (rank_of(account_view_row(v, REC_CONTACT, i)) == rank) {
				put_contact(p, a, account_view_row(v, REC_CONTACT, i),
					rows->id[i]);
				put++;
			}
	account_more(p, rows->n);
}

/* ---- the others ----------------------------------------------------------------- */

void account_contracts(
	struct account_page *p, struct app *a, const struct account_view *v)
{
	static const struct column columns[] = { { F_CONTRACT_ID, 12, "contract" },
		{ F_CONTRACT_FROM, 10, "from" }, { F_CONTRACT_UNTIL, 10, "until" },
		{ F_CONTRACT_ARR, 8, "ARR" }, { F_CONTRACT_STATUS, 0, "status" }, { 0 } };
	char day[DAY_TEXT_MAX], age[WORDS_MAX], right[96] = "no renewal date";
	const struct cell *renews = &v->cells[F_AUTO_RENEW];

	if (v->row.renewal != DAY_NONE)
		snprintf(right, sizeof(right), "renewal %s, %s%s",
			day_format(v->row.renewal, day),
			words_age(v->row.renewal, book_as_of(a->book), age),
			renews->type != CELL_INT ? ""
			: renews->i              ? ", by itself"
						 : ", needs a decision");
	page_heading(&p->page, "CONTRACTS AND RENEWAL", right);
	if (v->rows[REC_CONTRACT].n == 0)
		account_none(p,
			"no contracts: an import of contracts brings them; until then "
			"the ARR of the account counts",
			ACT_NONE, REC_CONTRACT);
	put_rows(p, v, REC_CONTRACT, F_CONTRACT_FROM, columns);
}

enum { CAUSES_MAX = 8, CAUSE_DAYS = 90 };

/* "root causes, 90 d: defect 3, outage 1", the most frequent first. */
static void put_causes(
	struct account_page *p, struct app *a, const struct account_view *v)
{
	struct {
		struct text cause;
		int n;
	} found[CAUSES_MAX];
	int n = 0, used = 0;
	char line[256];

	for (uint32_t i = 0; i < v->rows[REC_TICKET].n; i++) {
		const struct cell *cells = account_view_row(v, REC_TICKET, i);
		struct text cause = cell_as_text(&cells[F_TICKET_CAUSE]);
		int k = 0;

		if (cell_day(&cells[F_TICKET_OPENED]) <= book_as_of(a->book) - CAUSE_DAYS)
			continue;
		if (!cause.n)
			cause = TEXT("not said");
		while (k < n && !text_eq(found[k].cause, cause))
			k++;
		if (k == CAUSES_MAX)
			continue;
		if (k == n) {
			found[n].cause = cause;
			found[n++].n = 0;
		}
		found[k].n++;
		for (; k > 0 && found[k].n > found[k - 1].n; k--) {
			struct text t = found[k].cause;
			int count = found[k].n;

			found[k] = found[k - 1];
			found[k - 1].cause = t;
			found[k - 1].n = count;
		}
	}
	used = snprintf(line, sizeof(line), n ? "root causes in %d d:" : "none in %d d",
		CAUSE_DAYS);
	for (int k = 0; k < n && used < (int)sizeof(line); k++)
		used += snprintf(line + used, sizeof(line) - (size_t)used, "%s %.*s %d",
			k ? "," : "", (int)found[k].cause.n, found[k].cause.s,
			found[k].n);
	page_text(&p->page, 1, ROLE_TEXT, text_of(line));
}

void account_tickets(struct account_page *p, struct app *a, const struct account_view *v)
{
	static const struct column columns[] = { { F_TICKET_OPENED, 10, "opened" },
		{ F_TICKET_CLOSED, 10, "closed" }, { F_TICKET_ID, 10, "ticket" },
		{ F_TICKET_SEVERITY, 8, "severity" }, { F_TICKET_CSAT, 4, "csat" },
		{ F_TICKET_CAUSE, 0, "root cause" }, { 0 } };
	int row;

	account_heading(p, "TICKETS", v->rows[REC_TICKET].n);
	row = p->page.c.rows;
	if (v->rows[REC_TICKET].n == 0) {
		account_none(p, "no tickets: an import of tickets brings them", ACT_NONE,
			REC_TICKET);
	} else {
		put_causes(p, a, v);
		account_item(p, ITEM_NUMBER, row)->explain = LIST_HEALTH;
		p->item[p->n - 1].part = COMP_SUPPORT + 1;
		put_rows(p, v, REC_TICKET, F_TICKET_OPENED, columns);
	}
	page_line(&p->page);
	account_fixes(p, a, v);
}

void account_surveys(struct account_page *p, struct app *a, const struct account_view *v)
{
	static const struct column columns[] = { { F_SURVEY_DATE, 10, "date" },
		{ F_SURVEY_KIND, 5, "kind" }, { F_SURVEY_SCORE, 5, "score" },
		{ F_SURVEY_COMMENT, 0, "what was said" }, { 0 } };

	(void)a;
	account_heading(p, "SURVEYS", v->rows[REC_SURVEY].n);
	if (v->rows[REC_SURVEY].n == 0)
		account_none(p, "no survey answers: an import of surveys brings them",
			ACT_NONE, REC_SURVEY);
	put_rows(p, v, REC_SURVEY, F_SURVEY_DATE, columns);
}
