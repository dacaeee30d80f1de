/* Finding an account by what somebody calls it. */
#include "core/book_internal.h"
#include "core/filter_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUGGESTIONS 8u
#define NEAR_ROOM 40u /* of the words around one of them, and behind the last */

struct near {
	char text[320];
	size_t used;
	uint32_t found;
};

static enum status take_near(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct text key = cells[F_ACCOUNT_ID].t;
	const struct text name = cells[F_NAME].type == CELL_TEXT ? cells[F_NAME].t
								 : (struct text){ "", 0 };
	struct near *near = arg;

	(void)id;
	(void)e;
	if (key.n + name.n + NEAR_ROOM > sizeof(near->text) - near->used)
		return ST_OK;
	near->used +=
		(size_t)snprintf(near->text + near->used, sizeof(near->text) - near->used,
			"%s%.*s %.*s", near->found++ ? ", " : "; near it: ", (int)key.n,
			key.s, (int)name.n, name.s);
	return ST_OK;
}

/* Nobody has the name: those whose name, id, owner or tags hold the words are near. */
static enum status suggest(struct book *b, struct text key, struct err *e)
{
	const struct list_query q = { .where = key, .all = true };
	const struct store_ops *ops = b->store->ops;
	struct near near = { "", 0, 0 };
	struct list *l = NULL;
	enum status st = book_list(b, &q, &l, NULL, NULL);

	if (st == ST_OK)
		st = ops->rows_of(b->store, REC_ACCOUNT, l->id,
			l->n < SUGGESTIONS ? l->n : SUGGESTIONS, take_near, &near, NULL);
	if (st == ST_OK && near.found < l->n)
		snprintf(near.text + near.used, sizeof(near.text) - near.used,
			", %u more", l->n - near.found);
	list_free(&l);
	return err_set(e, ST_NOTFOUND, "no account has the id or the name \"%.*s\"%s",
		(int)key.n, key.s,
		near.found ? near.text : "; `tierdesk list` shows them all");
}

static enum status say_which(
	struct book *b, struct text key, uint32_t first, uint32_t second, struct err *e)
{
	const uint32_t ids[2] = { first, second };
	struct text id[2];
	struct arena a;
	enum status st;

	arena_init(&a);
	st = b->store->ops->account_keys(b->store, ids, 2, &a, id, e);
	if (st == ST_OK)
		st = err_set(e, ST_USAGE,
			"more than one account is named \"%.*s\"; say which id: "
			"%.*s, %.*s ...",
			(int)key.n, key.s, (int)id[0].n, id[0].s, (int)id[1].n, id[1].s);
	arena_clear(&a);
	return st;
}

static enum status find_by_name(
	struct book *b, struct text key, uint32_t *id, struct err *e)
{
	enum status st = book_need_texts(b, 1u << TXT_NAME, e);
	const struct texts *names = &b->texts.of[TXT_NAME];
	char folded[TEXTS_CUT];
	struct text wanted = { folded, text_fold(key, folded, sizeof(folded)) };

	for (uint32_t i = 0; st == ST_OK && i < names->n && wanted.n; i++) {
		if (!text_eq(texts_at(names, i), wanted))
			continue;
		if (*id)
			return say_which(b, key, *id, i + 1, e);
		*id = i + 1;
	}
	return st == ST_OK && !*id ? suggest(b, key, e) : st;
}

enum status book_find(struct book *b, struct text key, uint32_t *id, struct err *e)
{
	enum status st = b->store->ops->find(b->store, REC_ACCOUNT, key, id, e);

	return st == ST_OK && *id == 0 ? find_by_name(b, key, id, e) : st;
}

/* ---- what the words of a filter mean -------------------------------------------- */

#define FEW 16u /* one in so many names is better looked at alone */

/* Keeps of n names those that begin words with all the words; hit: room for n. */
static void sift(const struct filter *f, const struct texts *names, uint32_t first,
	uint32_t n, uint8_t *hit, uint8_t *keep)
{
	for (const struct term *t = f->first; t; t = t->next) {
		if (t->op != OP_WORD || t->negated)
			continue;
		memset(hit, 0, n);
		texts_search(names, first, n, t->word[0], TEXTS_WORD_START, hit);
		for (uint32_t i = 0; i < n; i++)
			keep[i] &= hit[i];
	}
}

static bool means(const struct filter *f, const struct texts *names, uint32_t id)
{
	uint8_t hit, is = id > 0 && id <= names->n;

	if (is)
		sift(f, names, id - 1, 1, &hit, &is);
	return is;
}

/* By id - 1, a look through all names, in the order they lie in; owned. */
static uint8_t *mark_meant(const struct filter *f, const struct texts *names)
{
	uint8_t *keep = malloc((size_t)names->n + 1), hit[LIST_BLOCK];

	if (!keep)
		return NULL;
	memset(keep, 1, names->n);
	for (uint32_t first = 0, n; first < names->n; first += n) {
		n = names->n - first < LIST_BLOCK ? names->n - first : LIST_BLOCK;
		sift(f, names, first, n, hit, keep + first);
	}
	return keep;
}

static enum status find_meant(const struct filter *f, const struct texts *names,
	const struct list *l, uint32_t *index, struct err *e)
{
	uint8_t *meant = NULL;
	uint32_t i = 0;

	while (i < l->n && i < names->n / FEW && !means(f, names, l->id[i]))
		i++;
	if (i < l->n && i == names->n / FEW) {
		meant = mark_meant(f, names);
		if (!meant)
			return err_set(e, ST_NOMEM, "not enough memory for a filter");
		while (i < l->n &&
			!(l->id[i] > 0 && l->id[i] <= names->n && meant[l->id[i] - 1]))
			i++;
	}
	free(meant);
	*index = i < l->n ? i : 0;
	return ST_OK;
}

enum status book_list_meant(struct book *b, const struct list *l, struct text where,
	uint32_t *index, struct err *e)
{
	const struct filter *f;
	struct arena a;
	enum status st;

	*index = 0;
	arena_init(&a);
	st = filter_parse(where, b->clock.today, text_of(b->me), &a, &f, NULL, e);
	if (st == ST_OK && (filter_fields(f) & 1u << LIST_NAME)) {
		st = book_need_texts(b, book_texts_for(1u << LIST_NAME), e);
		if (st == ST_OK)
			st = find_meant(f, book_texts_of(b, LIST_NAME), l, index, e);
	}
	arena_clear(&a);
	return st;
}
