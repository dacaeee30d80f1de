#include "core/texts.h"

#include <stdlib.h>
#include <string.h>

void texts_clear(struct texts *t)
{
	free(t->bytes);
	free(t->start);
	free(t->rank);
	free(t->ranking);
	free(t->table);
	free(t->spelled);
	arena_clear(&t->spelling);
	*t = (struct texts){ 0 };
}

/* ---- adding --------------------------------------------------------------------- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the names of the accounts");
}

static enum status grow(struct texts *t, struct err *e)
{
	const uint32_t used = t->n ? t->start[t->n] : 0;

	if (t->n + 2 > t->room) {
		const uint32_t room = t->room + t->room / 2 + 1024;
		uint32_t *start = realloc(t->start, room * sizeof(*start));

		if (!start)
			return no_memory(e);
		t->start = start;
		t->start[t->n] = used;
		t->room = room;
	}
	if (t->bytes_room - used < TEXTS_CUT + 1) {
		const uint64_t room =
			(uint64_t)t->bytes_room + t->bytes_room / 2 + 16 * TEXTS_CUT;
		char *bytes = room > UINT32_MAX ? NULL : realloc(t->bytes, (size_t)room);

		if (!bytes)
			return no_memory(e);
		t->bytes = bytes;
		t->bytes_room = (uint32_t)room;
	}
	return ST_OK;
}

/* Keeps the spelling of the text that was added last. */
static enum status keep_spelling(struct texts *t, struct text raw, struct err *e)
{
	struct text *last;

	if (t->spelled_room < t->n) {
		struct text *spelled = realloc(t->spelled, t->room * sizeof(*spelled));

		if (!spelled)
			return no_memory(e);
		t->spelled = spelled;
		t->spelled_room = t->room;
	}
	last = &t->spelled[t->n - 1];
	*last = (struct text){ NULL, raw.n };
	if (raw.n && !(last->s = arena_copy(&t->spelling, raw.s, raw.n)))
		return no_memory(e);
	return ST_OK;
}

static enum status append(struct texts *t, struct text raw, struct err *e)
{
	const enum status st = grow(t, e);
	uint32_t at;

	if (st != ST_OK)
		return st;
	at = t->start[t->n];
	at += (uint32_t)text_fold(raw, t->bytes + at, TEXTS_CUT);
	t->bytes[at] = '\0';
	t->start[++t->n] = at + 1;
	return ST_OK;
}

enum status texts_add(struct texts *t, struct text raw, struct err *e)
{
	const enum status st = append(t, raw, e);

	return st == ST_OK && !t->own ? keep_spelling(t, raw, e) : st;
}

static uint32_t hash_of(struct text x)
{
	uint64_t h = x.n;

	for (size_t i = 0; i < x.n; i++)
		h = (h ^ (unsigned char)x.s[i]) * 0x9E3779B97F4A7C15u;
	return (uint32_t)(h >> 32);
}

/* The place of the table with this text's number, or the free one where it would be. */
static uint32_t *place_of(const struct texts *t, struct text x)
{
	const uint32_t mask = t->table_room - 1;
	uint32_t at = hash_of(x) & mask;

	while (t->table[at] && !text_eq(texts_at(t, t->table[at] - 1), x))
		at = (at + 1) & mask;
	return &t->table[at];
}

static enum status grow_table(struct texts *t, struct err *e)
{
	uint32_t room = t->table_room ? t->table_room : 256;

	if (t->n < t->table_room / 2)
		return ST_OK;
	while (t->n >= room / 2) /* also when the table was given back meanwhile */
		room *= 2;
	free(t->table);
	t->table = calloc(room, sizeof(*t->table));
	if (!t->table)
		return no_memory(e);
	t->table_room = room;
	for (uint32_t i = 0; i < t->n; i++)
		*place_of(t, texts_at(t, i)) = i + 1;
	return ST_OK;
}

enum status texts_share(struct texts *t, struct text raw, uint32_t *number, struct err *e)
{
	enum status st = ST_OK;
	uint32_t *place;

	*number = TEXTS_NONE;
	if (raw.n == 0)
		return ST_OK;
	st = grow_table(t, e);
	if (st == ST_OK)
		st = append(t, raw, e);
	if (st != ST_OK)
		return st;
	t->n--; /* it is looked for among those before */
	place = place_of(t, (struct text){ t->bytes + t->start[t->n],
				    t->start[t->n + 1] - t->start[t->n] - 1 });
	if (!*place) {
		*place = ++t->n;
		st = keep_spelling(t, raw, e);
	}
	*number = *place - 1;
	return st;
}

void texts_settle(struct texts *t)
{
	const uint32_t used = t->n ? t->start[t->n] : 0;
	char *bytes = used ? realloc(t->bytes, used) : NULL;
	uint32_t *start =
		used ? realloc(t->start, ((size_t)t->n + 1) * sizeof(*start)) : NULL;

	free(t->table);
	t->table = NULL;
	t->table_room = 0;
	if (bytes) {
		t->bytes = bytes;
		t->bytes_room = used;
	}
	if (start) {
		t->start = start;
		t->room = t->n + 1;
	}
}

/* ---- searching ------------------------------------------------------------------ */

/* Bytes beyond ASCII are parts of words. */
static bool in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       ((unsigned char)c & 0x80);
}

static void search_whole(const struct texts *t, uint32_t first, uint32_t n,
	struct text needle, uint8_t *hit)
{
	for (uint32_t i = 0; i < n; i++)
		if (t->start[first + i + 1] - t->start[first + i] - 1 == needle.n &&
			memcmp(t->bytes + t->start[first + i], needle.s, needle.n) == 0)
			hit[i] = 1;
}

/* The next place of a needle. Its first and its last byte are looked for in steps that
 * compilers turn into a few instructions. */
static const char *find(const char *s, const char *end, struct text needle)
{
	enum { STEP = 32 };
	const char first = needle.s[0], last = needle.s[needle.n - 1];
	const size_t to_last = needle.n - 1;

	if (needle.n == 1)
		return memchr(s, first, (size_t)(end - s));
	for (; (size_t)(end - s) >= to_last + STEP; s += STEP) {
		union {
			unsigned char at[STEP];
			uint64_t word[STEP / 8]; /* to pass by eight at once */
		} here;

#pragma omp simd
		for (int i = 0; i < STEP; i++)
			here.at[i] = (s[i] == first) & (s[to_last + (size_t)i] == last);
		for (int i = 0; i < STEP; i++)
			if (!here.word[i / 8])
				i |= 7;
			else if (here.at[i] && memcmp(s + i, needle.s, needle.n) == 0)
				return s + i;
	}
	for (; (size_t)(end - s) >= needle.n; s++)
		if (*s == first && memcmp(s, needle.s, needle.n) == 0)
			return s;
	return NULL;
}

void texts_search(const struct texts *t, uint32_t first, uint32_t n, struct text needle,
	enum texts_how how, uint8_t *hit)
{
	const uint32_t *start = t->start + first;
	const char *at, *end;
	uint32_t i = 0;

	if (n == 0)
		return;
	if (how == TEXTS_WHOLE || needle.n == 0) {
		for (; needle.n == 0 && how != TEXTS_WHOLE && i < n; i++)
			hit[i] |= start[i + 1] - start[i] > 1;
		if (needle.n)
			search_whole(t, first, n, needle, hit);
		return;
	}
	at = t->bytes + start[0];
	end = t->bytes + start[n];
	while ((at = find(at, end, needle)) != NULL) {
		const uint32_t place = (uint32_t)(at - t->bytes);

		while (start[i + 1] <= place)
			i++;
		if (place + needle.n < start[i + 1] &&
			(how == TEXTS_ANYWHERE || place == start[i] ||
				!in_word(at[-1]))) {
			hit[i] = 1;
			at = t->bytes + start[i + 1];
		} else {
			at++;
		}
	}
}
