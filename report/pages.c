
#include "report/pages_internal.h"
#include "report/ruler.h"

static const struct letters small = { 7, false, INK_MUTED, ANCHOR_START };
static const struct letters small_end = { 7, false, INK_MUTED, ANCHOR_END };
static const struct letters body = { 9, false, INK_TEXT, ANCHOR_START };
static const struct letters quiet = { 8, false, INK_MUTED, ANCHOR_START };
static const struct letters strong = { 9, true, INK_TEXT, ANCHOR_START };

/* ---- sheets ---- */

static void put_edges(struct laying *l)
{
	struct drawing *p = l->page;
	const struct doc *d = l->doc;
	const double right = PAGE_LEFT + DOC_WIDTH;
	const double kind = ruler_width(d->kind, 7, true);

	drawing_rect(p, 0, 0, PAGES_WIDTH, PAGES_HEIGHT, INK_PAPER);
	drawing_text(p, PAGE_LEFT, 36, kind + 1,
		&(const struct letters){ 7, true, INK_ACCENT, ANCHOR_START }, d->kind);
	drawing_text(
		p, PAGE_LEFT + kind + 8, 36, DOC_WIDTH - kind - 120, &small, d->name);
	drawing_text(p, right, 36, 104, &small_end, d->day);
	drawing_line(p, PAGE_LEFT, 42, right, 42, INK_GRID, 0.7);
	drawing_line(
		p, PAGE_LEFT, PAGES_HEIGHT - 44, right, PAGES_HEIGHT - 44, INK_GRID, 0.7);
	drawing_text(p, PAGE_LEFT, PAGES_HEIGHT - 33, DOC_WIDTH - 70, &small, d->made);
	drawing_text(p, PAGE_LEFT, PAGES_HEIGHT - 23, DOC_WIDTH - 70, &small, d->head);
}

void pages_turn(struct laying *l)
{
	l->full = l->to->n == PAGES_MAX;
	l->page = l->full ? NULL : drawing_new(&l->doc->arena, PAGES_WIDTH, PAGES_HEIGHT);
	if (!l->page) {
		l->doc->failed |= !l->full;
		return;
	}
	l->to->page[l->to->n++] = l->page;
	l->y = PAGE_TOP;
	l->fresh = true;
	put_edges(l);
}

void pages_need(struct laying *l, double height)
{
	if (!l->fresh && l->y + height > PAGE_BOTTOM)
		pages_turn(l);
}

static void number_pages(struct laying *l)
{
	for (int k = 0; k < l->to->n; k++) {
		drawing_print(l->to->page[k], PAGE_LEFT + DOC_WIDTH, PAGES_HEIGHT - 33,
			64, &small_end, "page %d of %d", k + 1, l->to->n);
		l->doc->failed |= l->to->page[k]->failed;
	}
}

/* ---- blocks ---- */

double pages_lines(struct laying *l, double x, double width, double leading,
	const struct letters *how, struct text t)
{
	double y = l->y;

	for (t = text_trim(t); t.n;) {
		const struct text line = ruler_line(&t, how->size, how->bold, width);

		drawing_text(l->page, x, y + 0.8 * leading, width, how, line);
		y += leading;
	}
	return y - l->y;
}

static void put_text(struct laying *l, const struct block *b)
{
	const bool marked = b->tone == TONE_ALARM || b->tone == TONE_ASK;
	const double indent = marked ? 10 : 0, width = DOC_WIDTH - indent;
	const struct letters *how = b->tone == TONE_QUIET    ? &quiet
				    : b->tone == TONE_STRONG ? &strong
							     : &body;
	const double leading = how->size + 3.2;
	const double height = leading * ruler_lines(b->text, how->size, how->bold, width);

	pages_need(l, height + 5);
	if (marked)
		drawing_rect(l->page, PAGE_LEFT, l->y, 3, height,
			b->tone == TONE_ALARM ? INK_RISK : INK_WATCH);
	drawing_tag(l->page, TAG_PARAGRAPH);
	pages_lines(l, PAGE_LEFT + indent, width, leading, how, b->text);
	drawing_tag_end(l->page, TAG_PARAGRAPH);
	l->y += height + 5;
}

static void put_head(struct laying *l, const struct block *b)
{
	pages_need(l, 110);
	l->y += l->fresh ? 0 : 6;
	drawing_tag(l->page, TAG_HEAD);
	drawing_text(l->page, PAGE_LEFT, l->y + 9, DOC_WIDTH,
		&(const struct letters){ 10, true, INK_TEXT, ANCHOR_START }, b->text);
	drawing_tag_end(l->page, TAG_HEAD);
	l->y += 17;
}

enum { TILE_GAP = 8, TILE_INNER = 8, TILE_LEADING = 9 };

static void put_tile(
	struct laying *l, const struct doc_tile *t, double x, double width, double height)
{
	const double inner = width - 2 * TILE_INNER, y = l->y;
	const enum ink edge = t->tone == TONE_ALARM ? INK_RISK
			      : t->tone == TONE_ASK ? INK_WATCH
						    : INK_ACCENT;
	const struct letters value = { 14, true,
		t->tone == TONE_ALARM ? INK_ALARM : INK_TEXT, ANCHOR_START };

	drawing_rect(l->page, x, y, width, height, INK_PANEL);
	drawing_rect(l->page, x, y, 2.5, height, edge);
	drawing_tag(l->page, TAG_PARAGRAPH);
	drawing_text(l->page, x + TILE_INNER, y + 13, inner, &small, t->label);
	drawing_text(l->page, x + TILE_INNER, y + 31, inner, &value, t->value);
	l->y = y + 36;
	pages_lines(l, x + TILE_INNER, inner, TILE_LEADING, &small, t->note);
	drawing_tag_end(l->page, TAG_PARAGRAPH);
	l->y = y;
}

static void put_tiles(struct laying *l, const struct block *b)
{
	const int abreast = doc_abreast(b->tiles);
	const double width = (DOC_WIDTH - (abreast - 1) * TILE_GAP) / (double)abreast;

	for (int first = 0; first < b->tiles; first += abreast) {
		const int end = first + abreast < b->tiles ? first + abreast : b->tiles;
		int lines = 0;
		double height;

		for (int k = first; k < end; k++) {
			const int n = ruler_lines(b->tile[k].note, small.size, small.bold,
				width - 2 * TILE_INNER);

			lines = n > lines ? n : lines;
		}
		height = 38 + TILE_LEADING * lines + (lines ? 4 : 0);
		pages_need(l, height + TILE_GAP);
		for (int k = first; k < end; k++)
			put_tile(l, &b->tile[k],
				PAGE_LEFT + (k - first) * (width + TILE_GAP), width,
				height);
		l->y += height + TILE_GAP;
	}
	l->y += 2;
}

static void put_chart(struct laying *l, const struct block *b)
{
	const double says = 11 * ruler_lines(b->says, quiet.size, quiet.bold, DOC_WIDTH);

	if (!b->drawing)
		return;
	pages_need(l, 20 + b->drawing->h + says + 12);
	drawing_tag(l->page, TAG_PARAGRAPH);
	drawing_text(l->page, PAGE_LEFT, l->y + 9, DOC_WIDTH, &strong, b->text);
	drawing_tag_end(l->page, TAG_PARAGRAPH);
	l->y += 18;
	drawing_group(l->page, b->text, b->says);
	drawing_add(l->page, b->drawing, PAGE_LEFT, l->y);
	drawing_end(l->page);
	l->y += b->drawing->h + 3;
	drawing_tag(l->page, TAG_CAPTION);
	l->y += pages_lines(l, PAGE_LEFT, DOC_WIDTH, 11, &quiet, b->says);
	drawing_tag_end(l->page, TAG_CAPTION);
	l->y += 10;
}

static void put_term(struct laying *l, const struct block *b)
{
	enum { TERM = 112 };
	const double width = DOC_WIDTH - TERM;
	const double height = 11.2 * ruler_lines(b->says, 8, false, width);
	const struct letters plain = { 8, false, INK_TEXT, ANCHOR_START };

	pages_need(l, height + 5);
	drawing_tag(l->page, TAG_PARAGRAPH);
	drawing_text(l->page, PAGE_LEFT, l->y + 9, TERM - 8,
		&(const struct letters){ 8, true, INK_TEXT, ANCHOR_START }, b->text);
	pages_lines(l, PAGE_LEFT + TERM, width, 11.2, &plain, b->says);
	drawing_tag_end(l->page, TAG_PARAGRAPH);
	l->y += height + 5;
}

static void put_block(struct laying *l, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_TEXT:
		put_text(l, b);
		break;
	case BLOCK_HEAD:
		put_head(l, b);
		break;
	case BLOCK_TILES:
		put_tiles(l, b);
		break;
	case BLOCK_TABLE:
		pages_table(l, b->table);
		break;
	case BLOCK_CHART:
		put_chart(l, b);
		break;
	case BLOCK_TERM:
		put_term(l, b);
		break;
	}
	l->fresh = false;
}

static void put_title(struct laying *l)
{
	drawing_tag(l->page, TAG_TITLE);
	drawing_text(l->page, PAGE_LEFT, l->y + 18, DOC_WIDTH,
		&(const struct letters){ 20, true, INK_TEXT, ANCHOR_START },
		l->doc->kind);
	drawing_tag_end(l->page, TAG_TITLE);
	l->y += 26;
	drawing_tag(l->page, TAG_PARAGRAPH);
	l->y += pages_lines(l, PAGE_LEFT, DOC_WIDTH, 15,
		&(const struct letters){ 11, false, INK_MUTED, ANCHOR_START },
		l->doc->name);
	drawing_tag_end(l->page, TAG_PARAGRAPH);
	l->y += 10;
	l->fresh = true;
}

/* How much of a block has to stand with what goes before it; *more: and the next too. */
static double beginning(const struct block *b, bool *more)
{
	*more = false;
	switch (b->kind) {
	case BLOCK_CHART:
		return b->drawing ? 32 + b->drawing->h : 0;
	case BLOCK_TABLE:
		return 90;
	case BLOCK_TILES:
		return 70;
	case BLOCK_HEAD:
		*more = true;
		return 24;
	case BLOCK_TEXT:
		*more = b->tone == TONE_PLAIN || b->tone == TONE_QUIET;
		return 18 + 12.0 * (ruler_lines(b->text, 9, false, DOC_WIDTH) - 1);
	case BLOCK_TERM:
		break;
	}
	return 30;
}

/* No heading is left alone at the foot of a page. */
static double heading_needs(const struct section *s)
{
	enum { HEADING = 40, TOGETHER = 4, MOST = 420 };
	double height = HEADING;
	bool more = true;
	int n = 0;

	for (const struct block *b = s->first; b && more && n < TOGETHER;
		b = b->next, n++)
		height += beginning(b, &more);
	return height < MOST ? height : MOST;
}

static void put_section(struct laying *l, const struct section *s)
{
	struct pages *to = l->to;

	pages_need(l, heading_needs(s));
	if (!l->page)
		return;
	l->y += l->fresh ? 0 : 10;
	if (to->heads < PAGES_HEADS_MAX)
		to->head[to->heads++] = (struct pages_head){ s->title, to->n - 1, l->y };
	drawing_tag(l->page, TAG_SECTION);
	drawing_text(l->page, PAGE_LEFT, l->y + 13, DOC_WIDTH,
		&(const struct letters){ 14, true, INK_ACCENT, ANCHOR_START }, s->title);
	drawing_tag_end(l->page, TAG_SECTION);
	l->y += 24;
	l->fresh = false;
	for (const struct block *b = s->first; b && l->page; b = b->next)
		put_block(l, b);
}

enum status pages_make(struct doc *d, struct pages *out, struct err *e)
{
	struct laying l = { .doc = d, .to = out };

	*out = (struct pages){ .n = 0 };
	pages_turn(&l);
	if (l.page)
		put_title(&l);
	for (const struct section *s = d->first; s && l.page; s = s->next)
		put_section(&l, s);
	number_pages(&l);
	if (l.full)
		return err_set(e, ST_INVALID,
			"the report would be longer than %d pages: as HTML it has no end",
			PAGES_MAX);
	return d->failed ? err_set(e, ST_NOMEM, "not enough memory for the pages")
			 : ST_OK;
}
