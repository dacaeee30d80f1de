#include "report/doc.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/day.h"
#include "core/money.h"

enum { TEXT_MAX = 1024 };

void doc_init(struct doc *d)
{
	memset(d, 0, sizeof(*d));
	arena_init(&d->arena);
}

void doc_clear(struct doc *d)
{
	arena_clear(&d->arena);
	memset(d, 0, sizeof(*d));
}

static struct text clean(struct doc *d, struct text t)
{
	const struct text own = drawing_clean(&d->arena, t);

	d->failed |= !own.s;
	return own;
}

static struct text formed(struct doc *d, const char *format, va_list ap)
	__attribute__((format(printf, 2, 0)));

static struct text formed(struct doc *d, const char *format, va_list ap)
{
	char text[TEXT_MAX];

	vsnprintf(text, sizeof(text), format, ap);
	return clean(d, text_of(text));
}

/* What turns the direction of all that follows it to the end of a paragraph. */
static bool turns(int32_t code)
{
	return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/* A sentence runs one way, whatever is named in it. */
static struct text straight(struct doc *d, struct text t)
{
	char *s = arena_alloc(&d->arena, t.n + 1);
	size_t used = 0;

	d->failed |= !s;
	while (s && t.n) {
		int32_t code;
		const size_t n = text_decode(t, &code);

		if (!turns(code)) {
			memcpy(s + used, t.s, n);
			used += n;
		}
		t.s += n;
		t.n -= n;
	}
	return (struct text){ s, used };
}

struct text doc_text(struct doc *d, const char *format, ...)
{
	struct text t;
	va_list ap;

	va_start(ap, format);
	t = formed(d, format, ap);
	va_end(ap);
	return t;
}

struct section *doc_section(struct doc *d, const char *id, const char *title)
{
	struct section *s = arena_alloc(&d->arena, sizeof(*s));

	d->failed |= !s;
	if (!s)
		return NULL;
	*s = (struct section){ .id = id, .title = text_of(title) };
	if (d->last)
		d->last->next = s;
	else
		d->first = s;
	d->last = s;
	return s;
}

/* At the end of the last section; NULL: no memory. */
static struct block *block(struct doc *d, enum block_kind kind)
{
	struct block *b = d->last ? arena_alloc(&d->arena, sizeof(*b)) : NULL;

	d->failed |= !b;
	if (!b)
		return NULL;
	*b = (struct block){ .kind = kind };
	if (d->last->last)
		d->last->last->next = b;
	else
		d->last->first = b;
	d->last->last = b;
	return b;
}

void doc_say(struct doc *d, enum tone tone, const char *format, ...)
{
	struct block *b = block(d, BLOCK_TEXT);
	va_list ap;

	if (!b)
		return;
	va_start(ap, format);
	b->text = straight(d, formed(d, format, ap));
	va_end(ap);
	b->tone = tone;
}

void doc_head(struct doc *d, const char *title)
{
	struct block *b = block(d, BLOCK_HEAD);

	if (b)
		b->text = text_of(title);
}

void doc_tile(struct doc *d, enum tone tone, const char *label, const char *note,
	const char *format, ...)
{
	struct block *b = d->last ? d->last->last : NULL;
	struct doc_tile *tile;
	va_list ap;

	if (!b || b->kind != BLOCK_TILES || b->tiles == DOC_TILES) {
		b = block(d, BLOCK_TILES);
		if (b)
			b->tile = arena_alloc(&d->arena, DOC_TILES * sizeof(*b->tile));
	}
	if (!b || !b->tile) {
		d->failed = true;
		return;
	}
	tile = &b->tile[b->tiles++];
	tile->label = text_of(label);
	tile->note = clean(d, text_of(note));
	tile->tone = tone;
	va_start(ap, format);
	tile->value = formed(d, format, ap);
	va_end(ap);
}

void doc_term(struct doc *d, const char *term, const char *format, ...)
{
	struct block *b = block(d, BLOCK_TERM);
	va_list ap;

	if (!b)
		return;
	b->text = text_of(term);
	va_start(ap, format);
	b->says = formed(d, format, ap);
	va_end(ap);
}

struct doc_table *doc_table(
	struct doc *d, const char *caption, const struct doc_column *column, int n)
{
	struct doc_table *t = arena_alloc(&d->arena, sizeof(*t));

	d->failed |= !t;
	if (!t)
		return NULL;
	*t = (struct doc_table){ .caption = clean(d, text_of(caption)), .columns = n };
	memcpy(t->column, column, (size_t)n * sizeof(*column));
	return t;
}

void doc_show(struct doc *d, struct doc_table *t)
{
	struct block *b = t ? block(d, BLOCK_TABLE) : NULL;

	if (b)
		b->table = t;
}

void doc_cell(struct doc *d, struct doc_table *t, enum tone tone, struct text text)
{
	if (!t)
		return;
	if (t->cells == t->room) {
		const uint32_t room = t->room ? 2 * t->room : 64;
		struct doc_cell *grown = arena_alloc(&d->arena, room * sizeof(*grown));

		d->failed |= !grown;
		if (!grown)
			return;
		if (t->cells)
			memcpy(grown, t->cell, t->cells * sizeof(*grown));
		t->cell = grown;
		t->room = room;
	}
	t->cell[t->cells++] = (struct doc_cell){ clean(d, text), tone };
}

void doc_cellf(
	struct doc *d, struct doc_table *t, enum tone tone, const char *format, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	doc_cell(d, t, tone, text_of(text));
}

void doc_chart(struct doc *d, const struct drawing *drawing, const char *title,
	const char *says, struct doc_table *numbers)
{
	struct block *b = block(d, BLOCK_CHART);

	d->failed |= !drawing || drawing->failed;
	if (!b)
		return;
	b->drawing = drawing;
	b->text = clean(d, text_of(title));
	b->says = clean(d, text_of(says));
	b->table = numbers;
}

/* ---- figures ---- */

const char *doc_count(int64_t n, char out[DOC_FIGURE_MAX])
{
	char digits[24];
	const int count = snprintf(digits, sizeof(digits), "%" PRId64, n < 0 ? -n : n);
	int used = 0;

	if (n < 0)
		out[used++] = '-';
	for (int i = 0; i < count; i++) {
		out[used++] = digits[i];
		if (i + 1 < count && (count - i) % 3 == 1)
			out[used++] = ',';
	}
	out[used] = '\0';
	return out;
}

const char *doc_money(int64_t cents, const char *currency, char out[DOC_FIGURE_MAX])
{
	char money[MONEY_TEXT_MAX];

	money_said(cents, currency, money);
	snprintf(out, DOC_FIGURE_MAX, "%s", cents == MONEY_NONE ? "--" : money);
	return out;
}

const char *doc_percent(double v, char out[DOC_FIGURE_MAX])
{
	if (isnan(v))
		snprintf(out, DOC_FIGURE_MAX, "--");
	else
		snprintf(out, DOC_FIGURE_MAX, "%.1f %%", v);
	return out;
}

const char *doc_whole(bool known, int v, char out[DOC_FIGURE_MAX])
{
	if (known)
		snprintf(out, DOC_FIGURE_MAX, "%d", v);
	else
		snprintf(out, DOC_FIGURE_MAX, "--");
	return out;
}

const char *doc_change(bool known, int v, char out[DOC_FIGURE_MAX])
{
	if (known && v)
		snprintf(out, DOC_FIGURE_MAX, "%+d", v);
	else
		doc_whole(known, 0, out);
	return out;
}

const char *doc_day(int32_t day, char out[DOC_FIGURE_MAX])
{
	char text[DAY_TEXT_MAX];

	snprintf(out, DOC_FIGURE_MAX, "%s",
		day == DAY_NONE ? "--" : day_format(day, text));
	return out;
}
