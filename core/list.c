#include "core/list.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alike.h"
#include "core/sort.h"

static const struct list_field_def fields[LIST_FIELDS] = {
#define LIST_FIELD(id, name, json, title, whole, type, width, help) \
	[LIST_##id] = { name, json, title, whole, type, width, help },
#include "core/field.def"
#undef LIST_FIELD
};

const struct list_field_def *list_field_def(enum list_field f)
{
	return &fields[f];
}

const char *list_field_whole(enum list_field f)
{
	return fields[f].whole ? fields[f].whole : fields[f].title;
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

enum list_field list_field_near(struct text name)
{
	enum list_field f = list_field_by_name(name);
	struct alike a;

	alike_begin(&a, name);
	for (int i = 0; f == LIST_FIELDS && i < LIST_FIELDS; i++)
		alike_try(&a, fields[i].name);
	return a.word ? list_field_by_name(text_of(a.word)) : f;
}

enum status list_field_parse(struct text name, enum list_field *out, struct err *e)
{
	char names[256];
	size_t used = 0;
	enum list_field near;

	name = text_trim(name);
	*out = list_field_by_name(name);
	if (*out != LIST_FIELDS)
		return ST_OK;
	for (int f = 0; f < LIST_FIELDS; f++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%s",
			f ? ", " : "", fields[f].name);
	near = list_field_near(name);
	return err_set(e, ST_USAGE, "there is no field \"%.*s\"; %s%s%sfields are %s",
		(int)name.n, name.s, near == LIST_FIELDS ? "" : "did you mean ",
		near == LIST_FIELDS ? "" : fields[near].name,
		near == LIST_FIELDS ? "" : "? The ", names);
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

/* A key of the sort, of which the number of every account is found out again in each
 * look: that is faster than to keep them. */
struct key_source {
	const struct list_source *from;
	enum list_field field;
	const struct texts *texts; /* NULL: it is a number */
	bool whole;                /* all of them are whole numbers */
	uint64_t least, most, differ;
};

/* Of a block, as numbers that order alike; UINT64_MAX: missing. */
static void read_keys(
	const struct key_source *k, uint32_t first, uint32_t n, uint64_t *key)
{
	const struct texts *t = k->texts;
	double v[LIST_BLOCK];
	uint32_t which[LIST_BLOCK];

	if (!t) {
		k->from->numbers(k->from->ctx, k->field, first, n, v);
		for (uint32_t i = 0; i < n; i++)
			key[i] = isnan(v[i]) ? UINT64_MAX
				 : k->whole  ? sort_key_int((int64_t)v[i])
					     : sort_key_double(v[i]);
	} else if (t->own) {
		for (uint32_t i = 0; i < n; i++)
			key[i] = texts_at(t, first + i).n ? t->rank[first + i]
							  : UINT64_MAX;
	} else {
		k->from->which(k->from->ctx, k->field, first, n, which);
		for (uint32_t i = 0; i < n; i++)
			key[i] = which[i] == TEXTS_NONE ? UINT64_MAX : t->rank[which[i]];
	}
}

static uint32_t block_at(const struct list_source *from, uint32_t first)
{
	return from->n - first < LIST_BLOCK ? from->n - first : LIST_BLOCK;
}

/* Cents, days, tiers and healths are; then they need fewer bits. */
static bool is_whole(enum list_field f)
{
	return fields[f].type != LT_SHARE && fields[f].type != LT_NUMBER;
}

static struct key_source key_source(enum list_field field, const struct list_source *from)
{
	struct key_source k = { from, field, NULL, is_whole(field), UINT64_MAX, 0, 0 };
	uint64_t key[LIST_BLOCK], some = UINT64_MAX;

	if (is_text(field))
		k.texts = from->texts(from->ctx, field);
	for (uint32_t first = 0; first < from->n; first += LIST_BLOCK) {
		const uint32_t n = block_at(from, first);

		read_keys(&k, first, n, key);
		for (uint32_t i = 0; i < n; i++) {
			if (key[i] == UINT64_MAX)
				continue;
			some = some == UINT64_MAX ? key[i] : some;
			k.least = key[i] < k.least ? key[i] : k.least;
			k.most = key[i] > k.most ? key[i] : k.most;
			k.differ |= key[i] ^ some;
		}
	}
	return k;
}

/* The low bits in which no two of them differ. */
static int shift_of(const struct key_source *k)
{
	int shift = 0;

	while (k->differ && !(k->differ >> shift & 1))
		shift++;
	return shift;
}

/* The number that stands for a missing one, behind all others: the largest there is. */
static uint64_t missing_of(const struct key_source *k)
{
	return k->most < k->least ? 0 : ((k->most - k->least) >> shift_of(k)) + 1;
}

/* Puts the keys as small numbers before the lower bits that are there already. */
static void add_keys(const struct key_source *k, bool descending, int bits, uint64_t *to)
{
	const uint64_t missing = missing_of(k);
	const int shift = shift_of(k);
	uint64_t key[LIST_BLOCK];

	for (uint32_t first = 0; first < k->from->n; first += LIST_BLOCK) {
		const uint32_t n = block_at(k->from, first);

		read_keys(k, first, n, key);
		for (uint32_t i = 0; i < n; i++)
			to[first + i] |=
				(key[i] == UINT64_MAX ? missing
					: descending  ? (k->most - key[i]) >> shift
						      : (key[i] - k->least) >> shift)
				<< bits;
	}
}

/* By so many bits of the keys: half of them at a time beside the id, the lower half
 * first. */
static enum status sort_by(
	const uint64_t *key, int bits, uint64_t *items, uint32_t n, struct err *e)
{
	enum status st = ST_OK;

	for (int shift = 0; st == ST_OK && shift < bits; shift += 32) {
		for (uint32_t i = 0; i < n; i++) {
			const uint32_t id = (uint32_t)items[i];

			items[i] = key[id - 1] >> shift << 32 | id;
		}
		st = sort_tops(items, n, 32, e);
	}
	return st;
}

/* As many keys at once as there are bits for, from the last one on. */
static enum status sort_items_by(const struct list_sort *sort,
	const struct list_source *from, uint64_t *key, uint64_t *items, uint32_t n,
	struct err *e)
{
	enum status st = ST_OK;
	int bits = 0;

	for (int i = sort->n - 1; st == ST_OK && i >= 0; i--) {
		const struct key_source k = key_source(sort->key[i].field, from);
		int more = 0;

		while (more < 64 && missing_of(&k) >> more)
			more++;
		if (bits + more > 64) {
			st = sort_by(key, bits, items, n, e);
			memset(key, 0, from->n * sizeof(*key));
			bits = 0;
		}
		if (more)
			add_keys(&k, sort->key[i].descending, bits, key);
		bits += more;
	}
	return st == ST_OK ? sort_by(key, bits, items, n, e) : st;
}

enum status list_sort_ids(const struct list_sort *sort, const struct list_source *from,
	uint32_t *ids, uint32_t n, struct err *e)
{
	uint64_t *items = malloc(((size_t)n + 1) * sizeof(*items));
	uint64_t *key = calloc((size_t)from->n + 1, sizeof(*key));
	enum status st = ST_OK;

	if (!items || !key)
		st = err_set(e, ST_NOMEM, "not enough memory to sort %u rows", n);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		items[i] = ids[i];
	if (st == ST_OK)
		st = sort_items_by(sort, from, key, items, n, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		ids[i] = (uint32_t)items[i];
	free(key);
	free(items);
	return st;
}
