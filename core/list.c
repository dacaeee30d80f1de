#include "core/list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sort.h"

static const struct list_field_def fields[LIST_FIELDS] = {
#define LIST_FIELD(id, name, json, title, type, width, help) \
	[LIST_##id] = { name, json, title, type, width, help },
#include "core/field.def"
#undef LIST_FIELD
};

const struct list_field_def *list_field_def(enum list_field f)
{
	return &fields[f];
}

/* The names of the JSON keys are understood too: people copy them. */
enum list_field list_field_by_name(struct text name)
{
	int f = 0;

	while (f < LIST_FIELDS && !text_ieq(text_of(fields[f].name), name) &&
		!(fields[f].json && text_ieq(text_of(fields[f].json), name)))
		f++;
	return (enum list_field)f;
}

enum status list_field_parse(struct text name, enum list_field *out, struct err *e)
{
	char names[256];
	size_t used = 0;

	name = text_trim(name);
	*out = list_field_by_name(name);
	if (*out != LIST_FIELDS)
		return ST_OK;
	for (int f = 0; f < LIST_FIELDS; f++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
			f ? ", " : "", fields[f].name);
	return err_set(e, ST_USAGE, "there is no field \"%.*s\"; fields are %s",
		(int)name.n, name.s, names);
}

enum status list_sort_parse(struct text t, struct list_sort *out, struct err *e)
{
	out->n = 0;
	while (t.n > 0) {
		const char *comma = memchr(t.s, ',', t.n);
		const size_t n = comma ? (size_t)(comma - t.s) : t.n;
		struct text name = text_trim((struct text){ t.s, n });
		const bool descending = name.n > 0 && name.s[0] == '-';
		enum list_field f;
		enum status st;

		t.s += n + (comma != NULL);
		t.n -= n + (comma != NULL);
		name.s += descending;
		name.n -= descending;
		st = list_field_parse(name, &f, e);
		if (st != ST_OK)
			return st;
		if (out->n == LIST_SORT_MAX)
			return err_set(
				e, ST_USAGE, "sort by at most %d fields", LIST_SORT_MAX);
		out->key[out->n].field = f;
		out->key[out->n++].descending = descending;
	}
	return ST_OK;
}

/* ---- texts as numbers: their rank in folded order ---- */

struct ranked {
	char *folded;
	uint32_t at;
};

static int by_folded(const void *a, const void *b)
{
	return strcmp(
		((const struct ranked *)a)->folded, ((const struct ranked *)b)->folded);
}

static char *fold(struct text t, struct arena *a)
{
	char small[512];
	const size_t n = text_fold(t, small, sizeof(small));

	return arena_copy(a, small, n);
}

static enum status rank_texts(enum list_field field, const struct list_source *from,
	const struct sort_item *items, uint32_t n, uint64_t *key, struct err *e)
{
	struct ranked *r = malloc(((size_t)n + 1) * sizeof(*r));
	uint32_t present = 0, rank = 0;
	struct arena a;

	if (!r)
		return err_set(e, ST_NOMEM, "not enough memory to sort by text");
	arena_init(&a);
	for (uint32_t i = 0; i < n; i++) {
		const struct text t = from->text(from->ctx, field, items[i].index);

		key[i] = UINT64_MAX;
		if (!t.s)
			continue;
		r[present] = (struct ranked){ fold(t, &a), i };
		if (!r[present++].folded) {
			arena_clear(&a);
			free(r);
			return err_set(e, ST_NOMEM, "not enough memory to sort by text");
		}
	}
	qsort(r, present, sizeof(*r), by_folded);
	for (uint32_t k = 0; k < present; k++) {
		if (k > 0 && strcmp(r[k].folded, r[k - 1].folded) != 0)
			rank++;
		key[r[k].at] = rank;
	}
	arena_clear(&a);
	free(r);
	return ST_OK;
}

static bool is_text(enum list_field f)
{
	return fields[f].type == LT_TEXT || fields[f].type == LT_QUADRANT;
}

static enum status sort_by(enum list_field field, bool descending,
	const struct list_source *from, struct sort_item *items, uint32_t n,
	struct err *e)
{
	uint64_t *key = malloc(((size_t)n + 1) * sizeof(*key));
	enum status st = ST_OK;

	if (!key)
		return err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	if (is_text(field))
		st = rank_texts(field, from, items, n, key, e);
	for (uint32_t i = 0; i < n && !is_text(field); i++) {
		const double v = from->number(from->ctx, field, items[i].index);

		key[i] = isnan(v) ? UINT64_MAX : sort_key_double(v);
	}
	for (uint32_t i = 0; i < n; i++)
		items[i].key = key[i] == UINT64_MAX || !descending
				       ? key[i]
				       : UINT64_MAX - 1 - key[i];
	free(key);
	return st == ST_OK ? sort_items(items, n, e) : st;
}

enum status list_sort_ids(const struct list_sort *sort, const struct list_source *from,
	uint32_t *ids, uint32_t n, struct err *e)
{
	struct sort_item *items = malloc(((size_t)n + 1) * sizeof(*items));
	enum status st = ST_OK;

	if (!items)
		return err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	for (uint32_t i = 0; i < n; i++)
		items[i].index = ids[i];
	for (int k = sort->n - 1; st == ST_OK && k >= 0; k--)
		st = sort_by(
			sort->key[k].field, sort->key[k].descending, from, items, n, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		ids[i] = items[i].index;
	free(items);
	return st;
}
