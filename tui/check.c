#include "tui/check.h"

#include <stdlib.h>

#include "tui/mem.h"

/* ---- the canvas ----------------------------------------------------------------- */

/* A tile holds one cluster that a terminal may see, or is the half of a wide one. */
static bool tile_ok(const struct tile *t)
{
	const struct text s = { t->s, t->n };
	char clean[TILE_BYTES * 8];
	int columns;

	if (t->columns == 0)
		return t->n == 0;
	if (t->n == 1)
		return t->columns == 1 && t->s[0] >= ' ' && t->s[0] <= '~';
	if (t->columns > 2 || t->n > TILE_BYTES || text_cluster(s, &columns) != t->n ||
		columns != t->columns)
		return false;
	return text_sanitise(s, clean, sizeof(clean), 99, false) == columns &&
	       text_eq(text_of(clean), s);
}

static enum status check_tiles(const struct canvas *c, struct err *e)
{
	for (int row = 0; row < c->rows; row++) {
		const struct tile *t = &c->tile[(size_t)row * (size_t)c->columns];

		for (int i = 0; i < c->columns; i++) {
			const bool half = i > 0 && t[i - 1].columns == 2;

			if (half != (t[i].columns == 0) ||
				(t[i].columns == 2 && i + 1 == c->columns))
				return err_set(e, ST_INVALID,
					"canvas %d,%d: half of a wide character", row, i);
			if (!tile_ok(&t[i]))
				return err_set(e, ST_INVALID,
					"canvas %d,%d: not what a terminal may see", row,
					i);
			if (t[i].role >= ROLE_COUNT)
				return err_set(e, ST_INVALID, "canvas %d,%d: role %d",
					row, i, t[i].role);
		}
	}
	return ST_OK;
}

static enum status check_cursor(struct app *a, struct err *e)
{
	const struct canvas *c = &a->canvas;
	const bool nowhere = c->cursor_row == -1 && c->cursor_column == -1;

	if (!nowhere && (c->cursor_row < 0 || c->cursor_row >= c->rows ||
				c->cursor_column < 0 || c->cursor_column >= c->columns))
		return err_set(e, ST_INVALID, "the cursor is at %d,%d of %dx%d",
			c->cursor_row, c->cursor_column, c->rows, c->columns);
	if (c->caret && (nowhere || !app_typing(a)))
		return err_set(e, ST_INVALID, "a caret on %s, where nobody types",
			screen_def(app_top(a))->title);
	return ST_OK;
}

/* ---- what the screens share ----------------------------------------------------- */

static enum status check_stack(const struct app *a, struct err *e)
{
	if (a->depth < 1 || a->depth > APP_DEPTH)
		return err_set(e, ST_INVALID, "%d screens are open", a->depth);
	if (screen_def(a->stack[0])->kind == SCREEN_POPUP)
		return err_set(e, ST_INVALID, "%s lies on nothing",
			screen_def(a->stack[0])->title);
	for (int i = 0; i < a->depth; i++) {
		if (!a->state[a->stack[i]])
			return err_set(e, ST_INVALID, "%s is shown but not open",
				screen_def(a->stack[i])->title);
		for (int k = 0; k < i; k++)
			if (a->stack[k] == a->stack[i])
				return err_set(e, ST_INVALID, "%s is open twice",
					screen_def(a->stack[i])->title);
	}
	return ST_OK;
}

static enum status check_input(struct app *a, struct err *e)
{
	const struct input *in = app_typing(a);

	if (in && (in->n > INPUT_MAX || in->at > in->n))
		return err_set(
			e, ST_INVALID, "input: at %zu of %zu bytes", in->at, in->n);
	if (in && in->at < in->n && (in->s[in->at] & 0xc0) == 0x80)
		return err_set(e, ST_INVALID, "input: the cursor is inside a character");
	return ST_OK;
}

static enum status check_marks(
	const struct app *a, const struct book_figures *f, struct err *e)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < a->marks.size; i++) {
		n += a->marks.on[i];
		if (a->marks.on[i] && !book_figures_has(f, i + 1))
			return err_set(e, ST_INVALID,
				"account %u is marked, and not in the book", i + 1);
	}
	if (n != a->marks.n)
		return err_set(e, ST_INVALID, "%u accounts are marked, %u counted", n,
			a->marks.n);
	return ST_OK;
}

static enum status check_list(
	const struct app *a, const struct book_figures *f, struct err *e)
{
	const struct list *l = a->view.list;
	uint8_t *seen = mem_new((size_t)f->n + 1, 1);
	uint32_t i = 0;

	/* Of a first picture only what is known has a number. */
	while (l && i < l->known && book_figures_has(f, l->id[i]) && !seen[l->id[i]]++)
		i++;
	free(seen);
	if (l && i < l->known)
		return err_set(e, ST_INVALID,
			"row %u of the list, account %u, stands twice or is not in the "
			"book",
			i, l->id[i]);
	return ST_OK;
}

static enum status check_book(
	const struct app *a, const struct book_figures *f, struct err *e)
{
	const struct book_summary *s = &a->summary;
	uint32_t placed = 0;

	for (int t = 0; t <= TIER_COUNT; t++)
		placed += s->in_tier[t];
	if (placed != s->active || s->active > s->accounts)
		return err_set(e, ST_INVALID,
			"%u accounts in tiers, %u active, %u in all", placed, s->active,
			s->accounts);
	if (a->focus && !book_figures_has(f, a->focus))
		return err_set(
			e, ST_INVALID, "account %u has the focus, of none", a->focus);
	for (int i = 0; i < SEEN_MAX; i++) {
		const struct seen_account *x = &a->seen.of[i];

		if (x->view &&
			(!book_figures_has(f, x->id) || x->view->row.account != x->id))
			return err_set(e, ST_INVALID, "account %u is shown as account %u",
				x->view->row.account, x->id);
	}
	return ST_OK;
}

enum status check_app(struct app *a, struct err *e)
{
	struct book_figures f = { .n = 0 };
	enum status st = check_tiles(&a->canvas, e);

	if (st == ST_OK)
		st = check_stack(a, e);
	if (st == ST_OK)
		st = check_cursor(a, e);
	if (st == ST_OK)
		st = check_input(a, e);
	if (st == ST_OK && a->book)
		st = book_figures(a->book, &f, e);
	if (st == ST_OK)
		st = check_marks(a, &f, e);
	if (st == ST_OK)
		st = check_list(a, &f, e);
	return st == ST_OK ? check_book(a, &f, e) : st;
}
