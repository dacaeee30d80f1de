#include "tests/support/fake_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *memory(void *p)
{
	if (!p) {
		fputs("fake store: out of memory\n", stderr);
		abort();
	}
	return p;
}

static size_t item_size(int list)
{
	switch (list) {
	case LIST_SIGNAL_KIND:
		return sizeof(struct text);
	case LIST_CURRENCY:
		return sizeof(char[4]);
	case LIST_TIER:
		return sizeof(struct fake_tier);
	case LIST_REVIEW:
		return sizeof(struct fake_review);
	case LIST_MOVE:
		return sizeof(struct tier_move);
	case LIST_POLICY:
		return sizeof(struct policy_version);
	case LIST_SNAPSHOT:
		return sizeof(struct snapshot_day);
	case LIST_FIGURES:
		return sizeof(struct fake_figures);
	case LIST_OPERATION:
		return sizeof(struct operation);
	case LIST_CHANGE:
		return sizeof(struct fake_change);
	case LIST_PAST:
		return sizeof(struct fake_past);
	case LIST_DELIVERY:
		return sizeof(struct delivery);
	default:
		return sizeof(struct fake_row) +
		       (size_t)record_of((enum record_kind)list)->count *
			       sizeof(struct cell);
	}
}

void fake_state_init(struct fake_state *s)
{
	*s = (struct fake_state){ .cap_bp = { 1000, 3000, 10000 },
		.review_day = DAY_NONE,
		.as_of = DAY_NONE,
		.alert_day = DAY_NONE };
	for (int i = 0; i < LIST_COUNT; i++)
		s->list[i].size = item_size(i);
	fake_add(s, LIST_CURRENCY);
	for (int i = 0; i < SIG_KNOWN; i++) {
		struct text *name = fake_add(s, LIST_SIGNAL_KIND);

		*name = text_of(known_signal_name[i]);
	}
}

void fake_state_clear(struct fake_state *s)
{
	for (int i = 0; i < LIST_COUNT; i++)
		free(s->list[i].items);
	*s = (struct fake_state){
		.review_day = DAY_NONE, .as_of = DAY_NONE, .alert_day = DAY_NONE
	};
}

void fake_state_copy(struct fake_state *to, const struct fake_state *from)
{
	*to = *from;
	for (int i = 0; i < LIST_COUNT; i++) {
		struct fake_list *l = &to->list[i];

		l->items = NULL;
		l->capacity = l->n;
		if (!l->n)
			continue;
		l->items = memory(calloc(l->n, l->size));
		memcpy(l->items, from->list[i].items, l->n * l->size);
	}
}

void *fake_item(const struct fake_state *s, int list, uint32_t i)
{
	return s->list[list].items + i * s->list[list].size;
}

void *fake_add(struct fake_state *s, int list)
{
	struct fake_list *l = &s->list[list];

	if (l->n == l->capacity) {
		l->capacity = l->capacity ? 2 * l->capacity : 16;
		l->items = memory(realloc(l->items, l->capacity * l->size));
	}
	memset(l->items + l->n * l->size, 0, l->size);
	return fake_item(s, list, l->n++);
}

struct text fake_text(struct fake_store *f, struct text t)
{
	return (struct text){ memory(arena_copy(&f->texts, t.s, t.n)), t.n };
}

const struct fake_row *fake_row(
	const struct fake_state *s, enum record_kind kind, uint32_t i)
{
	return fake_item(s, (int)kind, i);
}

static uint32_t fnv1a(uint32_t h, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < n; i++)
		h = (h ^ b[i]) * 16777619u;
	return h;
}

uint32_t fake_bucket(enum record_kind kind, const struct cell *cells)
{
	const struct record *r = record_of(kind);
	uint32_t h = 2166136261u;

	for (int i = 0; i < r->count; i++) {
		if (~r->fields[i].flags & (FIELD_KEY | FIELD_REQUIRED))
			continue;
		if (cells[i].type == CELL_TEXT)
			h = fnv1a(h, cells[i].t.s, cells[i].t.n);
		else if (cells[i].type == CELL_INT)
			h = fnv1a(h, &cells[i].i, sizeof(cells[i].i));
	}
	return h % FAKE_BUCKETS;
}

struct fake_row *fake_row_add(
	struct fake_state *s, enum record_kind kind, const struct cell *cells)
{
	struct fake_row *row = fake_add(s, (int)kind);
	uint32_t *bucket = &s->bucket[kind][fake_bucket(kind, cells)];

	row->next = *bucket;
	*bucket = s->list[kind].n;
	return row;
}

static uint32_t *link_to(struct fake_state *s, enum record_kind kind, uint32_t i)
{
	struct fake_row *row = fake_item(s, (int)kind, i);
	uint32_t *link = &s->bucket[kind][fake_bucket(kind, row->cells)];

	while (*link > i + 1) /* the newest first */
		link = &((struct fake_row *)fake_item(s, (int)kind, *link - 1))->next;
	return link;
}

void fake_row_unlink(struct fake_state *s, enum record_kind kind, uint32_t i)
{
	*link_to(s, kind, i) = fake_row(s, kind, i)->next;
}

void fake_row_link(struct fake_state *s, enum record_kind kind, uint32_t i)
{
	uint32_t *link = link_to(s, kind, i);

	((struct fake_row *)fake_item(s, (int)kind, i))->next = *link;
	*link = i + 1;
}

uint32_t fake_last_account(const struct fake_state *now)
{
	uint32_t n = now->list[REC_ACCOUNT].n;

	while (n > 0 && fake_row(now, REC_ACCOUNT, n - 1)->gone)
		n--;
	return n;
}

uint32_t fake_rows(const struct fake_state *s, enum record_kind kind)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->list[kind].n; i++)
		n += !fake_row(s, kind, i)->gone;
	return n;
}

struct cell fake_kept(struct fake_store *f, enum field_type type, struct cell c)
{
	if (c.type != CELL_TEXT)
		return c;
	if (type == FT_CURRENCY &&
		fake_currency(&f->now, c) == f->now.list[LIST_CURRENCY].n)
		memcpy(fake_add(&f->now, LIST_CURRENCY), c.t.s, 3);
	return CELL_OF_TEXT(fake_text(f, c.t));
}

uint32_t fake_row_find(const struct fake_state *s, enum record_kind kind, struct text t)
{
	struct cell key[RECORD_FIELDS_MAX] = { CELL_OF_TEXT(t) };
	uint32_t i = s->bucket[kind][fake_bucket(kind, key)];

	while (i && !cell_eq(fake_row(s, kind, i - 1)->cells[0], key[0]))
		i = fake_row(s, kind, i - 1)->next;
	return i;
}

uint32_t fake_signal_kind(const struct fake_state *s, struct text name)
{
	for (uint32_t i = 0; i < s->list[LIST_SIGNAL_KIND].n; i++)
		if (text_eq(*(struct text *)fake_item(s, LIST_SIGNAL_KIND, i), name))
			return i + 1;
	return 0;
}

uint32_t fake_currency(const struct fake_state *s, struct cell code)
{
	uint32_t i = 0;

	if (code.type == CELL_MISSING)
		return 0;
	while (i < s->list[LIST_CURRENCY].n &&
		!text_eq(text_of(fake_item(s, LIST_CURRENCY, i)), code.t))
		i++;
	return i;
}

enum record_kind fake_referred(enum field_type type)
{
	switch (type) {
	case FT_ACCOUNT:
		return REC_ACCOUNT;
	case FT_CSM:
		return REC_CSM;
	case FT_SIGNAL:
		return REC_SIGNAL;
	default:
		return REC_COUNT;
	}
}

struct text fake_name(const struct fake_state *now, enum record_kind kind, int64_t id)
{
	int list = kind == REC_SIGNAL ? (int)LIST_SIGNAL_KIND : (int)kind;

	if (id < 1 || id > now->list[list].n)
		return (struct text){ NULL, 0 };
	if (kind == REC_SIGNAL)
		return *(struct text *)fake_item(now, list, (uint32_t)id - 1);
	if (fake_row(now, kind, (uint32_t)id - 1)->gone)
		return (struct text){ NULL, 0 };
	return fake_row(now, kind, (uint32_t)id - 1)->cells[0].t;
}
