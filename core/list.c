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

/* The names of the JSON keys are understood too: people copy them; and one tag is a tag.
 */
enum list_field list_field_by_name(struct text name)
{
	int f = 0;

	if (text_ieq(name, TEXT("tag")))
		return LIST_TAGS;
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

/* ---- sorting -------------------------------------------------------------------- */

static bool is_text(enum list_field f)
{
	return fields[f].type == LT_TEXT || fields[f].type == LT_QUADRANT;
}

/* The key of every account of a source as a number; UINT64_MAX: missing. */
static void read_keys(
	enum list_field field, const struct list_source *from, uint64_t *key)
{
	const struct texts *t = is_text(field) ? from->texts(from->ctx, field) : NULL;
	double v[LIST_BLOCK];
	uint32_t which[LIST_BLOCK];

	for (uint32_t first = 0, n; first < from->n; first += n) {
		uint64_t *to = key + first;

		n = from->n - first < LIST_BLOCK ? from->n - first : LIST_BLOCK;
		if (!t) {
			from->numbers(from->ctx, field, first, n, v);
			for (uint32_t i = 0; i < n; i++)
				to[i] = isnan(v[i]) ? UINT64_MAX : sort_key_double(v[i]);
		} else if (t->own) {
			for (uint32_t i = 0; i < n; i++)
				to[i] = texts_at(t, first + i).n ? t->rank[first + i]
								 : UINT64_MAX;
		} else {
			from->which(from->ctx, field, first, n, which);
			for (uint32_t i = 0; i < n; i++)
				to[i] = which[i] == TEXTS_NONE ? UINT64_MAX
							       : t->rank[which[i]];
		}
	}
}

/* Makes keys small without changing their order, since each digit is a pass. */
static void shrink_keys(struct sort_item *items, uint32_t n, bool descending)
{
	uint64_t least = UINT64_MAX, most = 0, differ = 0, missing;
	int shift = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (items[i].key == UINT64_MAX)
			continue;
		least = items[i].key < least ? items[i].key : least;
		most = items[i].key > most ? items[i].key : most;
	}
	for (uint32_t i = 0; i < n; i++)
		differ |= items[i].key == UINT64_MAX ? 0 : items[i].key ^ least;
	while (differ && !(differ >> shift & 1))
		shift++;
	missing = most < least ? 0 : ((most - least) >> shift) + 1;
	for (uint32_t i = 0; i < n; i++) {
		uint64_t *key = &items[i].key;

		if (*key == UINT64_MAX)
			*key = missing;
		else
			*key = (descending ? most - *key : *key - least) >> shift;
	}
}

enum status list_sort_ids(const struct list_sort *sort, const struct list_source *from,
	uint32_t *ids, uint32_t n, struct err *e)
{
	struct sort_item *items = malloc(((size_t)n + 1) * sizeof(*items));
	uint64_t *key = malloc(((size_t)from->n + 1) * sizeof(*key));
	enum status st = ST_OK;

	if (!items || !key)
		st = err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		items[i].index = ids[i];
	for (int k = sort->n - 1; st == ST_OK && k >= 0; k--) {
		read_keys(sort->key[k].field, from, key);
		for (uint32_t i = 0; i < n; i++)
			items[i].key = key[items[i].index - 1];
		shrink_keys(items, n, sort->key[k].descending);
		st = sort_items(items, n, e);
	}
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		ids[i] = items[i].index;
	free(key);
	free(items);
	return st;
}
