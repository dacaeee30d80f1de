#include "tui/view.h"

#include <stdio.h>
#include <string.h>

/* What whose adds in front of the filter. */
static const char *const whose_words[WHOSE_COUNT] = { "", "csm:me ", "csm:pool " };

void view_init(struct view *v)
{
	*v = (struct view){ 0 };
	v->sort.n = 1;
	v->sort.key[0].field = LIST_ARR;
	v->sort.key[0].descending = true;
}

void view_clear(struct view *v)
{
	list_free(&v->list);
}

/* The words of whose, then those given, then the filter. */
static size_t where_text(const struct view *v, const char *words, char *out, size_t size)
{
	int n = snprintf(out, size, "%s%s%.*s", whose_words[v->whose], words,
		(int)v->filter.n, v->filter.s);

	return (size_t)n < size ? (size_t)n : size - 1;
}

enum status view_load(struct view *v, struct book *b, struct err *e)
{
	char where[INPUT_MAX + 64];
	struct list_query q = { .sort = v->sort, .all = v->inactive };
	struct list *list = NULL;
	struct filter_error bad = { 0, 0 };
	struct err problem = { .status = ST_OK };
	size_t prefix = strlen(whose_words[v->whose]);
	enum status st;

	q.where = (struct text){ where, where_text(v, "", where, sizeof(where)) };
	st = book_list(b, &q, &list, &bad, &problem);
	v->bad = st == ST_USAGE || st == ST_INVALID;
	if (v->bad) {
		v->where = bad;
		v->where.at -= bad.at < prefix ? bad.at : prefix;
		memcpy(v->problem, problem.text, sizeof(v->problem));
		return ST_OK;
	}
	if (st != ST_OK) {
		if (e)
			*e = problem;
		return st;
	}
	list_free(&v->list);
	v->list = list;
	return ST_OK;
}

enum status view_sum(const struct view *v, struct book *b, const char *words, uint32_t *n,
	int64_t *arr, struct err *e)
{
	char where[INPUT_MAX + 64];
	struct list_query q = { .all = v->inactive };
	struct list *list = NULL;
	struct filter_error bad;
	enum status st;

	q.where = (struct text){ where, where_text(v, words, where, sizeof(where)) };
	st = book_list(b, &q, &list, &bad, e);
	if (st == ST_OK) {
		*n = list->n;
		*arr = list->arr;
	}
	list_free(&list);
	return st;
}

/* Figures are read from the top down, words and days from the first up. */
static bool starts_descending(enum list_field field)
{
	switch (list_field_def(field)->type) {
	case LT_MONEY:
	case LT_SHARE:
	case LT_NUMBER:
		return true;
	default:
		return false;
	}
}

void view_sort(struct view *v, enum list_field field)
{
	bool descending;

	if (view_sorted_by(v, field, &descending))
		descending = !descending;
	else
		descending = starts_descending(field);
	v->sort.n = 1;
	v->sort.key[0].field = field;
	v->sort.key[0].descending = descending;
}

bool view_sorted_by(const struct view *v, enum list_field field, bool *descending)
{
	if (v->sort.n == 0 || v->sort.key[0].field != field)
		return false;
	*descending = v->sort.key[0].descending;
	return true;
}

bool view_find(const struct view *v, uint32_t account, uint32_t *index)
{
	for (uint32_t i = 0; v->list && i < v->list->n; i++) {
		if (v->list->id[i] == account) {
			*index = i;
			return true;
		}
	}
	return false;
}
