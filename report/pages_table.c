/* Tables on pages: how large the type, how wide the columns are, and rows that go on over
 * the page. */
#include "report/pages_internal.h"
#include "report/ruler.h"

enum { GAP = 9, LINES_MAX = 8, TYPE = 8, TYPE_LEAST = 5, WHOLE = 200 };
/* So much a column of texts has at least, if it needs it, and in any case. */
enum { TEXT_LEAST = 40, TEXT_ANYWAY = 20 };

struct widths {
	double x[DOC_COLUMNS], w[DOC_COLUMNS];
	double type; /* its titles are one smaller */
};

static double leading(const struct widths *w)
{
	return w->type + 2;
}

static double title_leading(const struct widths *w)
{
	return w->type + 0.5;
}

static const struct doc_cell *cell_of(const struct doc_table *t, uint32_t row, int c)
{
	return &t->cell[row * (uint32_t)t->columns + (uint32_t)c];
}

static double natural(const struct doc_table *t, int c, double type)
{
	const struct text title = text_of(t->column[c].title);
	double w = t->column[c].number ? ruler_longest_word(title, type - 1, true)
				       : ruler_width(title, type - 1, true);

	for (uint32_t r = 0; r < doc_rows(t); r++) {
		const struct doc_cell *x = cell_of(t, r, c);
		const double is = ruler_width(
			x->t, type, x->tone == TONE_STRONG || x->tone == TONE_ALARM);

		w = is > w ? is : w;
	}
	return w + 0.5;
}

/* The largest type in which numbers, which are never broken, leave room for the texts. */
static void set_type(const struct doc_table *t, struct widths *out)
{
	const double room = DOC_WIDTH - (t->columns - 1) * GAP;
	double need = room + 1;

	for (out->type = TYPE + 1; need > room && out->type > TYPE_LEAST;) {
		out->type--;
		need = 0;
		for (int c = 0; c < t->columns; c++) {
			const double w = natural(t, c, out->type);

			out->w[c] = w;
			need += t->column[c].number || w < TEXT_LEAST ? w : TEXT_LEAST;
		}
	}
	/* Still too many: each is cut by its share. */
	for (int c = 0; need > room && c < t->columns; c++)
		if (t->column[c].number)
			out->w[c] *= room / need;
}

/* Numbers have what they need; texts share the rest, and who needs less than a fair
 * share leaves it to the others; when nobody needs more, the rest is spread. */
static void share_out(const struct doc_table *t, struct widths *out)
{
	double room = DOC_WIDTH - (t->columns - 1) * GAP, x = PAGE_LEFT;
	bool settled[DOC_COLUMNS] = { false }, again = true;
	int open = 0;

	set_type(t, out);
	for (int c = 0; c < t->columns; c++) {
		settled[c] = t->column[c].number;
		if (settled[c])
			room -= out->w[c];
		else
			open++;
	}
	while (again && open) {
		const double fair = room / open;

		again = false;
		for (int c = 0; c < t->columns; c++)
			if (!settled[c] && out->w[c] <= fair) {
				settled[c] = again = true;
				room -= out->w[c];
				open--;
			}
	}
	for (int c = 0; c < t->columns; c++) {
		if (!settled[c])
			out->w[c] = room / open > TEXT_ANYWAY ? room / open : TEXT_ANYWAY;
		else if (!open && room > 0)
			out->w[c] += room / t->columns;
		out->x[c] = x;
		x += out->w[c] + GAP;
	}
}

static void put_titles(
	struct laying *l, const struct doc_table *t, const struct widths *w)
{
	const double top = l->y;
	int lines = 1;

	for (int c = 0; c < t->columns; c++) {
		const int n = ruler_lines(
			text_of(t->column[c].title), w->type - 1, true, w->w[c]);

		lines = n > lines ? n : lines;
	}
	drawing_tag(l->page, TAG_ROW);
	for (int c = 0; c < t->columns; c++) {
		const bool right = t->column[c].number;
		const struct letters how = { w->type - 1, true, INK_MUTED,
			right ? ANCHOR_END : ANCHOR_START };
		const int n = ruler_lines(
			text_of(t->column[c].title), w->type - 1, true, w->w[c]);

		l->y = top + title_leading(w) * (lines - n);
		drawing_tag(l->page, TAG_HEADING);
		pages_lines(l, w->x[c] + (right ? w->w[c] : 0), w->w[c], title_leading(w),
			&how, text_of(t->column[c].title));
		drawing_tag_end(l->page, TAG_HEADING);
	}
	drawing_tag_end(l->page, TAG_ROW);
	l->y = top + title_leading(w) * lines + 2;
	drawing_line(
		l->page, PAGE_LEFT, l->y, PAGE_LEFT + DOC_WIDTH, l->y, INK_RULE, 0.7);
	l->y += 3;
}

static int lines_of(const struct doc_table *t, const struct widths *w, uint32_t row)
{
	int lines = 1;

	for (int c = 0; c < t->columns; c++) {
		const struct doc_cell *x = cell_of(t, row, c);
		const int n = t->column[c].number ? 1
						  : ruler_lines(x->t, w->type,
							    x->tone == TONE_STRONG ||
								    x->tone == TONE_ALARM,
							    w->w[c]);

		lines = n > lines ? n : lines;
	}
	return lines > LINES_MAX ? LINES_MAX : lines;
}

static double row_height(const struct doc_table *t, const struct widths *w, uint32_t row)
{
	return leading(w) * lines_of(t, w, row) + 3.5;
}

static void put_cell(struct laying *l, const struct doc_table *t, const struct widths *w,
	uint32_t row, int c)
{
	const struct doc_cell *x = cell_of(t, row, c);
	const bool right = t->column[c].number;
	const struct letters how = { w->type,
		x->tone == TONE_STRONG || x->tone == TONE_ALARM,
		x->tone == TONE_ALARM   ? INK_ALARM
		: x->tone == TONE_QUIET ? INK_MUTED
					: INK_TEXT,
		right ? ANCHOR_END : ANCHOR_START };
	struct text rest = text_trim(x->t);
	double y = l->y + w->type - 0.2;

	drawing_tag(l->page, TAG_CELL);
	for (int k = 0; rest.n && k < LINES_MAX; k++, y += leading(w)) {
		/* The last line has the rest, and says when it is cut. */
		struct text line = rest;

		if (!right && k + 1 < LINES_MAX)
			line = ruler_line(&rest, w->type, how.bold, w->w[c]);
		else
			rest.n = 0;
		drawing_text(
			l->page, w->x[c] + (right ? w->w[c] : 0), y, w->w[c], &how, line);
	}
	drawing_tag_end(l->page, TAG_CELL);
}

void pages_table(struct laying *l, const struct doc_table *t)
{
	const struct letters caption = { 9, true, INK_TEXT, ANCHOR_START };
	double whole = t && t->caption.n ? 38 : 24;
	struct widths w;

	if (!t)
		return;
	share_out(t, &w);
	for (uint32_t r = 0; r < doc_rows(t) && whole <= WHOLE; r++)
		whole += row_height(t, &w, r);
	/* A short one stays together, a long one begins with some rows. */
	pages_need(l, whole <= WHOLE ? whole : 90);
	if (t->caption.n) {
		drawing_tag(l->page, TAG_PARAGRAPH);
		l->y += pages_lines(l, PAGE_LEFT, DOC_WIDTH, 12, &caption, t->caption);
		drawing_tag_end(l->page, TAG_PARAGRAPH);
		l->y += 3;
	}
	drawing_tag(l->page, TAG_TABLE);
	put_titles(l, t, &w);
	for (uint32_t r = 0; r < doc_rows(t) && l->page; r++) {
		const double height = row_height(t, &w, r);

		if (l->y + height > PAGE_BOTTOM) {
			drawing_tag_end(l->page, TAG_TABLE);
			pages_turn(l);
			if (!l->page)
				return;
			drawing_tag(l->page, TAG_TABLE);
			put_titles(l, t, &w);
		}
		drawing_tag(l->page, TAG_ROW);
		for (int c = 0; c < t->columns; c++)
			put_cell(l, t, &w, r, c);
		drawing_tag_end(l->page, TAG_ROW);
		l->y += height;
		drawing_line(l->page, PAGE_LEFT, l->y - 1.5, PAGE_LEFT + DOC_WIDTH,
			l->y - 1.5, INK_GRID, 0.5);
	}
	drawing_tag_end(l->page, TAG_TABLE);
	l->y += 10;
}
