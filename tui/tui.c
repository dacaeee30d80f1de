#include "tui/tui.h"

#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/check.h"
#include "tui/mem.h"

struct tui {
	struct app app;
	bool (*pump)(void *arg);
	void *pump_arg;
};

static bool pump(void *arg)
{
	struct tui *t = arg;

	work_paint(&t->app);
	return t->pump(t->pump_arg);
}

void tui_pump(struct tui *t, bool (*fn)(void *arg), void *arg)
{
	t->pump = fn;
	t->pump_arg = arg;
	t->app.work.pump = pump;
	t->app.work.pump_arg = t;
}

static void show(struct app *a)
{
	app_update(a, a->pace.waits != NULL);
	if (kept_write(a))
		app_update(a, a->pace.waits != NULL);
}

enum status tui_open(struct book *b, const struct host *host, int rows, int columns,
	bool ascii, struct tui **out, struct err *e)
{
	struct tui *t;
	struct settings settings;
	const struct app_start start = { b, host, rows, columns, ascii, &settings };
	const struct settings_from from = { .kept = host ? host->kept : NULL,
		.file = host ? host->settings : NULL,
		.path = host ? host->settings_path : NULL };
	enum status st = settings_load(&settings, &from, e);

	if (st != ST_OK)
		return st;
	t = mem_new(1, sizeof(*t));
	app_open(&t->app, &start);
	show(&t->app);
	*out = t;
	return ST_OK;
}

void tui_free(struct tui **t)
{
	if (!*t)
		return;
	app_close(&(*t)->app);
	free(*t);
	*t = NULL;
}

static void happen(struct tui *t, const struct event *ev)
{
	app_event(&t->app, ev);
	if (!t->app.pace.unseen)
		show(&t->app);
}

void tui_key(struct tui *t, int32_t key)
{
	happen(t, &(struct event){ .type = EVENT_KEY, .key = key });
}

enum status tui_feed(struct tui *t, const char *keys, struct err *e)
{
	const char *s = keys;

	while (*s) {
		size_t n = strcspn(s, *s == '\'' ? "" : " ");
		struct text rest;
		int32_t key;

		if (*s == ' ') {
			s++;
			continue;
		}
		if (*s != '\'') {
			if (!key_parse((struct text){ s, n }, &key))
				return err_set(e, ST_USAGE, "%.*s is no key", (int)n, s);
			tui_key(t, key);
			s += n;
			continue;
		}
		rest = (struct text){ s + 1, strcspn(s + 1, "'") };
		s += rest.n + 1;
		s += *s == '\'';
		while (rest.n > 0) {
			n = text_decode(rest, &key);
			tui_key(t, key);
			rest.s += n;
			rest.n -= n;
		}
	}
	return ST_OK;
}

void tui_paste(struct tui *t, struct text text)
{
	happen(t, &(struct event){ .type = EVENT_PASTE, .text = text });
}

void tui_click(struct tui *t, int row, int column)
{
	happen(t, &(struct event){ .type = EVENT_CLICK, .row = row, .column = column });
}

void tui_click_right(struct tui *t, int row, int column)
{
	happen(t, &(struct event){ .type = EVENT_CLICK,
			  .row = row,
			  .column = column,
			  .right = true });
}

void tui_drag(struct tui *t, int row, int column, bool done)
{
	happen(t,
		&(struct event){
			.type = EVENT_DRAG, .row = row, .column = column, .done = done });
}

void tui_wheel(struct tui *t, int step)
{
	happen(t, &(struct event){ .type = EVENT_WHEEL, .step = step });
}

void tui_resize(struct tui *t, int rows, int columns)
{
	happen(t,
		&(struct event){ .type = EVENT_RESIZE, .row = rows, .column = columns });
}

void tui_tick(struct tui *t)
{
	happen(t, &(struct event){ .type = EVENT_TICK });
}

void tui_pending(struct tui *t, bool (*fn)(void *arg), void *arg)
{
	t->app.pace.waits = fn;
	t->app.pace.arg = arg;
}

void tui_walk(struct tui *t)
{
	t->app.pace.walk = true;
}

void tui_unseen(struct tui *t, bool unseen)
{
	t->app.pace.unseen = unseen;
	if (!unseen)
		show(&t->app);
}

bool tui_pause(struct tui *t)
{
	t->app.pace.walk = false;
	return app_catch_up(&t->app) || app_look_ahead(&t->app);
}

bool tui_done(const struct tui *t)
{
	return t->app.quit;
}

enum screen_id tui_screen(const struct tui *t)
{
	return app_top(&t->app);
}

const struct canvas *tui_canvas(const struct tui *t)
{
	return &t->app.canvas;
}

enum status tui_check(struct tui *t, struct err *e)
{
	return check_app(&t->app, e);
}

const char *tui_dump(struct tui *t, struct arena *a)
{
	return canvas_dump(&t->app.canvas, a);
}
