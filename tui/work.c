#include "tui/work.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"

enum { WIDTH = 46, ROWS = 4, SHARE_WIDTH = 5 };

static bool tell(void *arg, const char *what, uint64_t done, uint64_t total)
{
	struct app *a = arg;

	snprintf(a->work.what, sizeof(a->work.what), "%s", what);
	a->work.done = done;
	a->work.total = total;
	return !a->work.pump || a->work.pump(a->work.pump_arg);
}

const struct progress *work_start(struct app *a, const char *title)
{
	a->work.progress = (struct progress){ tell, a };
	a->work.title = title;
	a->work.fresh = true;
	a->work.what[0] = '\0';
	a->work.done = a->work.total = 0;
	return &a->work.progress;
}

void work_stop(struct app *a)
{
	a->work.title = NULL;
	a->dirty |= APP_PAINT;
}

void work_paint(struct app *a)
{
	const struct work *w = &a->work;
	struct canvas *c = &a->canvas;
	const struct rect all = { 0, 0, c->rows, c->columns };
	const struct rect box = popup_place(all, ROWS, WIDTH);
	const struct rect r = popup_inside(box);
	const uint64_t done = w->done < w->total ? w->done : w->total;
	const char *key = keys_text(SCOPE_WORK, ACT_CANCEL);

	draw_box(c, box, w->title);
	canvas_put(c, r.row, r.column, r.columns, ROLE_TEXT, text_of(w->what));
	if (w->total > 0) {
		draw_bar(c, r.row + 1, r.column, r.columns - SHARE_WIDTH, ROLE_SPARK,
			(double)done, (double)w->total);
		canvas_print(c, r.row + 1, r.column + r.columns - SHARE_WIDTH + 1,
			SHARE_WIDTH, ROLE_TEXT, "%3d%%",
			(int)(100.0 * (double)done / (double)w->total));
	}
	canvas_print(c, r.row + 3, r.column, r.columns, ROLE_HINT,
		"%s stops it; then nothing is changed", key);
	canvas_cursor(c, r.row, r.column);
}

void work_paint_waiting(struct canvas *c, int64_t milliseconds)
{
	const struct rect all = { 0, 0, c->rows, c->columns };
	const struct rect box = popup_place(all, ROWS, WIDTH);
	const struct rect r = popup_inside(box);

	draw_box(c, box, "Waiting");
	canvas_put(c, r.row, r.column, r.columns, ROLE_TEXT,
		TEXT("Another program has the book."));
	canvas_print(c, r.row + 1, r.column, r.columns, ROLE_QUIET, "since %d s",
		(int)(milliseconds / 1000));
	canvas_print(c, r.row + 3, r.column, r.columns, ROLE_HINT, "%s stops waiting",
		keys_text(SCOPE_WORK, ACT_CANCEL));
	canvas_cursor(c, r.row, r.column);
}

bool work_is_end(int32_t key)
{
	return keys_find(SCOPE_WORK, key) == ACT_CANCEL;
}
