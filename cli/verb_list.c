/* list: the Book screen as rows. */
#include "cli/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "cli/rows.h"
#include "cli/whose.h"
#include "core/list_export.h"

struct listing {
	struct call *c;
	struct book *b;
	enum list_field field[LIST_FIELDS];
	int fields;
	struct table *table; /* of the text */
};

/* "id,arr": each a field, at most as many as there are. */
static enum status take_columns(struct listing *l, struct text given, struct err *e)
{
	enum status st = ST_OK;
	bool more = true;

	while (st == ST_OK && more) {
		const char *comma = memchr(given.s, ',', given.n);
		const size_t n = comma ? (size_t)(comma - given.s) : given.n;

		more = comma != NULL;
		if (l->fields == LIST_FIELDS)
			return err_set(
				e, ST_USAGE, "--columns: at most %d fields", LIST_FIELDS);
		st = list_field_parse(
			(struct text){ given.s, n }, &l->field[l->fields++], e);
		given = (struct text){ given.s + n + more, given.n - n - more };
	}
	if (st != ST_OK)
		(void)err_prefix(e, "--columns");
	return st;
}

static enum status choose_columns(struct listing *l, struct err *e)
{
	static const enum list_field usual[] = { LIST_TIER, LIST_NAME, LIST_CSM, LIST_ARR,
		LIST_HEALTH, LIST_CHANGE, LIST_VALUE_PCT, LIST_EFFORT, LIST_SCORE,
		LIST_RENEWAL, LIST_ID };
	const char *given = l->c->option[OPT_COLUMNS];

	if (given)
		return take_columns(l, text_of(given), e);
	for (int f = 0; f < LIST_FIELDS; f++)
		if (l->c->format != FORMAT_TEXT &&
			list_field_def((enum list_field)f)->json)
			l->field[l->fields++] = (enum list_field)f;
	for (size_t i = 0;
		l->c->format == FORMAT_TEXT && i < sizeof(usual) / sizeof(*usual); i++)
		l->field[l->fields++] = usual[i];
	return ST_OK;
}

static enum status write_text(void *arg, const struct list_row *r, struct err *e)
{
	struct listing *l = arg;
	char text[LIST_FIELDS][256];
	const char *cells[LIST_FIELDS];

	for (int k = 0; k < l->fields; k++) {
		list_row_text(l->b, r, l->field[k], text[k], sizeof(text[k]));
		cells[k] = text[k];
	}
	return table_row(l->table, cells, e);
}

/* The tier score is made of these. */
static bool can_be_spared(enum list_field f)
{
	return f == LIST_VALUE_PCT || f == LIST_EFFORT;
}

static enum status as_text(
	struct listing *l, const struct list *list, uint32_t n, struct err *e)
{
	char titles[LIST_FIELDS][24];
	const char *title[LIST_FIELDS];
	struct table *t = l->table = malloc(sizeof(*t));
	const bool asked = l->c->option[OPT_COLUMNS] != NULL;
	enum status st, ended;

	if (!t)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	for (int k = 0; k < l->fields; k++) {
		const struct list_field_def *d = list_field_def(l->field[k]);
		const bool left =
			d->type == LT_TEXT || d->type == LT_QUADRANT || d->type == LT_DAY;

		snprintf(titles[k], sizeof(titles[k]), "%s%s%s",
			asked || !can_be_spared(l->field[k]) ? "" : "-", left ? "" : "+",
			d->title);
		title[k] = titles[k];
	}
	rows_table(t, l->fields, title);
	st = list_each_row(l->b, list->id, n, write_text, l, e);
	ended = st == ST_OK ? rows_end_table(t, l->c, e) : table_finish(t, NULL);
	free(t);
	return st == ST_OK ? ended : st;
}

static enum status write_list(
	struct listing *l, const struct list *list, uint32_t n, struct err *e)
{
	const struct list_export x = { .book = l->b,
		.ids = list->id,
		.n = n,
		.field = l->field,
		.fields = l->fields };
	char day[DAY_TEXT_MAX];

	if (list->n == 0)
		rows_nothing(l->c, "no accounts");
	else if (list->figures_day == DAY_NONE)
		call_note(l->c, "no figures yet: run `tierdesk recalc`");
	else if (list->figures_day != DAY_NONE && list->figures_day != l->c->clock.today)
		call_note(l->c,
			"figures of %s, the newest recalculation on or before the day",
			day_format(list->figures_day, day));
	switch (l->c->format) {
	case FORMAT_JSON:
		return list_export(&x, LIST_JSON, call_sink, stdout, e);
	case FORMAT_CSV:
		return list_export(&x, LIST_CSV, call_sink, stdout, e);
	case FORMAT_TEXT:
		break;
	}
	return list->n == 0 ? ST_OK
			    : as_text(l, list, n, e); /* as rows.h: no bare head */
}

/* Of whom, where that was said. */
static enum status choose_csm(struct listing *l, struct list_query *q, struct err *e)
{
	enum queue_scope scope = QUEUE_OF_ANYBODY;
	uint32_t csm = 0;
	enum status st = ST_OK;

	if (l->c->option[OPT_CSM])
		st = whose(l->c, l->b, &scope, &csm, e);
	if (scope == QUEUE_OF_POOL)
		q->only_csm = LIST_POOL;
	else if (scope != QUEUE_OF_ANYBODY)
		q->only_csm = (int32_t)csm;
	q->only_team = scope == QUEUE_OF_TEAM;
	return st;
}

enum status verb_list(struct call *c, struct err *e)
{
	struct listing l = { .c = c };
	struct list_query q = { .where = text_of(c->option[OPT_WHERE]),
		.all = c->option[OPT_ALL] != NULL };
	struct list *list = NULL;
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, UINT32_MAX, UINT32_MAX, &limit, e);

	if (st == ST_OK)
		st = choose_columns(&l, e);
	if (st == ST_OK && c->option[OPT_SORT])
		st = list_sort_parse(text_of(c->option[OPT_SORT]), &q.sort, e);
	if (st == ST_OK)
		st = call_book(c, false, &l.b, e);
	if (st == ST_OK)
		st = choose_csm(&l, &q, e);
	if (st == ST_OK)
		st = book_list(l.b, &q, &list, NULL, e);
	if (st == ST_OK)
		st = write_list(&l, list, list->n < limit ? list->n : (uint32_t)limit, e);
	list_free(&list);
	book_free(&l.b);
	return st;
}
