#include "report/drawing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/markup.h"
#include "report/ruler.h"

const struct ink_row ink_rows[INKS] = {
#define INK(id, class, light, dark, use) { class, light, dark, INK_##use },
#include "report/ink.def"
};

static const char ellipsis[] = "\xe2\x80\xa6";

struct drawing *drawing_new(struct arena *a, double w, double h)
{
	struct drawing *d = arena_alloc(a, sizeof(*d));

	if (d)
		*d = (struct drawing){ .w = w, .h = h, .arena = a };
	return d;
}

/* NULL: no memory, now or before. */
static struct mark *more(struct drawing *d, enum mark_kind kind)
{
	if (!d || d->failed)
		return NULL;
	if (d->n == d->room) {
		const uint32_t room = d->room ? 2 * d->room : 64;
		struct mark *grown = arena_alloc(d->arena, room * sizeof(*grown));

		d->failed = !grown;
		if (!grown)
			return NULL;
		if (d->n)
			memcpy(grown, d->mark, d->n * sizeof(*grown));
		d->mark = grown;
		d->room = room;
	}
	d->mark[d->n] = (struct mark){ .kind = kind, .opacity = 1 };
	return &d->mark[d->n++];
}

void drawing_rect(struct drawing *d, double x, double y, double w, double h, enum ink ink)
{
	struct mark *m = w > 0 && h > 0 ? more(d, MARK_RECT) : NULL;

	if (!m)
		return;
	m->x = x;
	m->y = y;
	m->w = w;
	m->h = h;
	m->ink = ink;
}

static void line(struct drawing *d, const struct spot end[2], enum ink ink, double thick,
	bool dashed)
{
	struct mark *m = more(d, MARK_LINE);

	if (!m)
		return;
	m->x = end[0].x;
	m->y = end[0].y;
	m->w = end[1].x;
	m->h = end[1].y;
	m->ink = ink;
	m->thick = thick;
	m->dashed = dashed;
}

void drawing_line(struct drawing *d, double x, double y, double x2, double y2,
	enum ink ink, double thick)
{
	line(d, (const struct spot[2]){ { x, y }, { x2, y2 } }, ink, thick, false);
}

void drawing_dashes(struct drawing *d, double x, double y, double x2, double y2,
	enum ink ink, double thick)
{
	line(d, (const struct spot[2]){ { x, y }, { x2, y2 } }, ink, thick, true);
}

void drawing_dot(
	struct drawing *d, double x, double y, double r, enum ink ink, double opacity)
{
	struct mark *m = more(d, MARK_DOT);

	if (!m)
		return;
	m->x = x;
	m->y = y;
	m->w = r;
	m->ink = ink;
	m->opacity = opacity;
}

static struct mark *spots(
	struct drawing *d, enum mark_kind kind, const struct spot *spot, uint32_t n)
{
	struct mark *m = n > 1 ? more(d, kind) : NULL;
	struct spot *own = m ? arena_alloc(d->arena, n * sizeof(*own)) : NULL;

	if (m && !own)
		d->failed = true;
	if (!own)
		return NULL;
	memcpy(own, spot, n * sizeof(*own));
	m->spot = own;
	m->spots = n;
	return m;
}

void drawing_path(struct drawing *d, const struct spot *spot, uint32_t n, enum ink ink,
	double thick, bool dashed)
{
	struct mark *m = spots(d, MARK_PATH, spot, n);

	if (!m)
		return;
	m->ink = ink;
	m->thick = thick;
	m->dashed = dashed;
}

void drawing_area(struct drawing *d, const struct spot *spot, uint32_t n, enum ink ink)
{
	struct mark *m = spots(d, MARK_AREA, spot, n);

	if (m)
		m->ink = ink;
}

void drawing_group(struct drawing *d, struct text name, struct text says)
{
	struct mark *m = more(d, MARK_GROUP);

	if (!m)
		return;
	m->text = drawing_clean(d->arena, name);
	m->says = drawing_clean(d->arena, says);
}

void drawing_end(struct drawing *d)
{
	(void)more(d, MARK_END);
}

static void add_tag(struct drawing *d, enum mark_kind kind, enum tag tag)
{
	struct mark *m = more(d, kind);

	if (m)
		m->tag = tag;
}

void drawing_tag(struct drawing *d, enum tag tag)
{
	add_tag(d, MARK_TAG, tag);
}

void drawing_tag_end(struct drawing *d, enum tag tag)
{
	add_tag(d, MARK_TAG_END, tag);
}

struct text drawing_clean(struct arena *a, struct text t)
{
	/* The sign for what is left out takes three bytes. */
	char *s = arena_alloc(a, 3 * t.n + 1);
	size_t used = 0;

	if (!s)
		return (struct text){ NULL, 0 };
	while (t.n) {
		int32_t code;
		const size_t n = text_decode(t, &code);

		if (code == '\n' || code == '\t' || code == '\r')
			s[used++] = ' ';
		else if (!markup_legal(code)) {
			memcpy(s + used, "\xef\xbf\xbd", 3);
			used += 3;
		} else {
			memcpy(s + used, t.s, n);
			used += n;
		}
		t.s += n;
		t.n -= n;
	}
	return (struct text){ s, used };
}

void drawing_text(struct drawing *d, double x, double y, double width,
	const struct letters *how, struct text t)
{
	struct mark *m = t.n ? more(d, MARK_TEXT) : NULL;
	struct text clean;
	double dots;

	if (!m)
		return;
	m->x = x;
	m->y = y;
	m->w = width;
	m->ink = how->ink;
	m->size = how->size;
	m->bold = how->bold;
	m->anchor = how->anchor;
	clean = drawing_clean(d->arena, t);
	d->failed |= !clean.s;
	dots = ruler_width(text_of(ellipsis), how->size, how->bold);
	/* Rounding makes no difference to what was measured before. */
	if (ruler_width(clean, how->size, how->bold) > width + 0.01) {
		const size_t fits = ruler_fit(clean, how->size, how->bold, width - dots);
		char *cut = arena_alloc(d->arena, fits + sizeof(ellipsis));

		d->failed |= !cut;
		if (cut) {
			const struct text kept =
				text_trim((struct text){ clean.s, fits });

			memcpy(cut, kept.s, kept.n);
			memcpy(cut + kept.n, ellipsis, sizeof(ellipsis));
			clean = (struct text){ cut, kept.n + sizeof(ellipsis) - 1 };
		}
	}
	m->text = clean;
}

void drawing_print(struct drawing *d, double x, double y, double width,
	const struct letters *how, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	drawing_text(d, x, y, width, how, text_of(text));
}

void drawing_add(struct drawing *d, const struct drawing *other, double x, double y)
{
	if (d && other)
		d->failed |= other->failed;
	for (uint32_t i = 0; d && other && i < other->n; i++) {
		struct mark *m = more(d, other->mark[i].kind);
		struct spot *spot;

		if (!m)
			return;
		*m = other->mark[i];
		m->x += x;
		m->y += y;
		if (m->kind == MARK_LINE) {
			m->w += x;
			m->h += y;
		}
		if (!m->spots)
			continue;
		spot = arena_alloc(d->arena, m->spots * sizeof(*spot));
		d->failed |= !spot;
		for (uint32_t k = 0; spot && k < m->spots; k++)
			spot[k] = (struct spot){ m->spot[k].x + x, m->spot[k].y + y };
		m->spot = spot;
		m->spots = spot ? m->spots : 0;
	}
}

struct box drawing_box(const struct mark *m)
{
	const double w = ruler_width(m->text, m->size, m->bold);
	const double x = m->anchor == ANCHOR_START    ? m->x
			 : m->anchor == ANCHOR_MIDDLE ? m->x - w / 2
						      : m->x - w;

	/* From the top of capitals to the feet of letters. */
	return (struct box){ x, m->y - 0.74 * m->size, w, 0.94 * m->size };
}

static bool touches(const struct box *a, const struct box *b)
{
	return a->x < b->x + b->w && b->x < a->x + a->w && a->y < b->y + b->h &&
	       b->y < a->y + a->h;
}

bool drawing_collides(const struct drawing *d, uint32_t *one, uint32_t *other)
{
	for (uint32_t i = 0; i < d->n; i++) {
		struct box a;

		if (d->mark[i].kind != MARK_TEXT)
			continue;
		a = drawing_box(&d->mark[i]);
		*one = i;
		*other = UINT32_MAX;
		if (a.x < -0.1 || a.y < -0.1 || a.x + a.w > d->w + 0.1 ||
			a.y + a.h > d->h + 0.1)
			return true;
		for (uint32_t k = i + 1; k < d->n; k++) {
			struct box b;

			if (d->mark[k].kind != MARK_TEXT)
				continue;
			b = drawing_box(&d->mark[k]);
			*other = k;
			if (touches(&a, &b))
				return true;
		}
	}
	return false;
}
