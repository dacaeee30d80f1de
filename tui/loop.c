#include "tui/tui.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tui/app.h"
#include "tui/guard.h"
#include "tui/mem.h"
#include "tui/term.h"

enum { PAUSE_MS = 60, BURST = 4096, IDLE_OWES = 0x80 };
/* Nobody reads what stands beside a list while steps follow each other faster than this.
 */
enum { WALK_MS = 250 };
/* Long work is looked at so often, and shown when it has taken so long. */
enum { WORK_MS = 50, WORK_SHOWN_MS = 200 };

struct ahead {
	struct event ev;
	char *text; /* owned; its text */
};

struct loop {
	struct app app;
	int end;             /* the signal that ends it */
	int idle_fd;         /* for tests, see tell_idle; -1: none */
	unsigned char asked; /* the newest byte that came from there */
	bool busy;           /* something happened since it was told of */
	bool on_it;          /* what is owed is being done, a bite at a time */
	int64_t looked;      /* milliseconds: when for what others changed, and */
	int64_t heard;       /* when anything came in */
	int64_t work_began, work_seen; /* milliseconds, of the work at hand */
	/* While another program has the book: */
	struct canvas over;  /* what is shown then */
	struct ahead *ahead; /* owned; what came in, from ahead_at on */
	int ahead_at, ahead_n, ahead_room;
	bool left_out; /* what was typed during long work, and is until its end is seen */
	bool gave_up;  /* nothing is waited for until the next key */
	bool aside;    /* what is read now nobody asked for: it waits for nobody */
};

static int idle_fd(void)
{
	const char *s = getenv("TIERDESK_IDLE_FD");
	int fd = 0;

	if (!s || !*s)
		return -1;
	for (; *s >= '0' && *s <= '9' && fd < 100000; s++)
		fd = fd * 10 + *s - '0';
	return *s ? -1 : fd;
}

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What was put off until a pause. */
static bool owes(const struct app *a)
{
	return (a->pace.owed & (OWED_PAUSE | OWED_BESIDE)) != 0;
}

/* That it waits for keys, as the newest byte that it was asked with, and IDLE_OWES when
 * it will do more by itself. Who sends keys, a size or a signal, then a byte, and waits
 * for that byte knows that all of it was seen. */
static void tell_idle(struct loop *l)
{
	const unsigned char byte = l->asked | (owes(&l->app) ? IDLE_OWES : 0);

	if (l->busy && l->idle_fd >= 0 && write(l->idle_fd, &byte, 1) < 0)
		l->idle_fd = -1;
	l->busy = false;
}

/* Before anything else is read: what came earlier is there by then. */
static void take_question(struct loop *l)
{
	if (read(l->idle_fd, &l->asked, 1) != 1)
		l->idle_fd = -1;
	l->busy = true;
}

static void resize(struct loop *l)
{
	struct event ev = { .type = EVENT_RESIZE };

	term_size(&ev.row, &ev.column);
	term_resize(ev.row, ev.column);
	app_event(&l->app, &ev);
}

static void suspend(struct loop *l)
{
	term_suspend();
	resize(l);
	app_event(&l->app, &(struct event){ .type = EVENT_TICK });
}

/* ---- what comes in ---- */

static void put_ahead(struct loop *l, const struct event *ev)
{
	struct ahead x = { .ev = *ev };

	if (l->ahead_n == l->ahead_room) {
		l->ahead_room = l->ahead_room ? 2 * l->ahead_room : 64;
		l->ahead = mem_resize(l->ahead, (size_t)l->ahead_room, sizeof(*l->ahead));
	}
	if (ev->text.n > 0) {
		x.text = mem_new(ev->text.n, 1);
		memcpy(x.text, ev->text.s, ev->text.n);
		x.ev.text.s = x.text;
	}
	l->ahead[l->ahead_n++] = x;
}

static bool is_ahead(const struct loop *l)
{
	return l->ahead_at < l->ahead_n;
}

static struct ahead take_ahead(struct loop *l)
{
	const struct ahead x = l->ahead[l->ahead_at++];

	if (!is_ahead(l))
		l->ahead_at = l->ahead_n = 0;
	return x;
}

static void drop_ahead(struct loop *l)
{
	while (is_ahead(l))
		free(take_ahead(l).text);
}

/* What was typed ahead comes first. */
static bool act_on_next(struct loop *l)
{
	struct ahead x = { .text = NULL };

	if (is_ahead(l))
		x = take_ahead(l);
	else if (!term_read(&x.ev))
		return false;
	app_event(&l->app, &x.ev);
	l->app.pace.unseen = true;
	free(x.text);
	return true;
}

/* Everything that came in, before anything is painted. */
static bool drain(struct loop *l)
{
	int n = 0;

	while (n < BURST && !l->app.quit && !l->app.suspend && !l->left_out &&
		act_on_next(l))
		n++;
	l->busy |= n > 0;
	return n == BURST;
}

static void take_signals(struct loop *l)
{
	struct guard_wishes w = guard_take();

	l->end = w.end ? w.end : l->end;
	l->busy |= w.resize || w.suspend || w.resume;
	if (w.suspend)
		l->app.suspend = true;
	if (w.resize)
		resize(l);
	if (w.resume) {
		term_resume();
		l->app.dirty |= APP_PAINT;
	}
}

static void grant(struct loop *l, bool *mouse)
{
	const bool wanted = l->app.settings.value[SETTING_MOUSE];

	if (l->app.restyle)
		term_apply(&l->app.settings);
	l->app.restyle = false;
	if (wanted != *mouse)
		term_mouse(wanted);
	*mouse = wanted;
	if (l->app.redraw)
		term_redraw();
	l->app.redraw = false;
	if (l->app.suspend)
		suspend(l);
	l->app.suspend = false;
}

/* ---- while something takes long ---- */

/* What came in meanwhile: only its end and a new size count, keys typed ahead would meet
 * another screen than they were meant for. False: it is to stop. */
static bool look_up(struct loop *l)
{
	const struct guard_wishes w = guard_take();
	struct event ev;
	bool on = true;

	l->end = w.end ? w.end : l->end;
	l->app.suspend |= w.suspend;
	if (w.resume)
		term_resume();
	if (w.resize || w.resume) {
		term_size(&ev.row, &ev.column);
		term_resize(ev.row, ev.column);
		term_redraw();
		canvas_reset(&l->app.canvas, ev.row, ev.column);
		l->app.dirty |= APP_LAYOUT;
	}
	while (term_read(&ev))
		if (ev.type == EVENT_KEY && work_is_end(ev.key))
			on = false;
	l->left_out = true;
	return on && !l->end;
}

/* The work ended between two looks, and more followed before anybody saw that it did:
 * what was typed until then would meet another screen as well. */
static void leave_out(struct loop *l)
{
	struct event ev;

	if (!l->left_out)
		return;
	while (term_read(&ev))
		;
	drop_ahead(l);
	l->left_out = false;
}

static bool pump(void *arg)
{
	struct loop *l = arg;
	const int64_t now = milliseconds();

	if (l->app.work.fresh)
		l->work_began = l->work_seen = now;
	l->app.work.fresh = false;
	if (now - l->work_seen < WORK_MS)
		return true;
	l->work_seen = now;
	if (!look_up(l))
		return false;
	if (now - l->work_began >= WORK_SHOWN_MS) {
		work_paint(&l->app);
		term_show(&l->app.canvas);
	}
	return true;
}

/* ---- while another program has the book ---- */

/* The book may be asked for while the canvas is half painted: what is shown is what was.
 */
static void show_waiting(struct loop *l, int64_t ms)
{
	const struct canvas *shown = term_shown(), *like = &l->app.canvas;

	if (shown->rows > 0) /* else it is waited for before anything is */
		like = shown;
	l->over.ascii = like->ascii;
	canvas_reset(&l->over, like->rows, like->columns);
	if (like == shown)
		canvas_copy(&l->over, (struct rect){ 0, 0, shown->rows, shown->columns },
			shown, 0);
	work_paint_waiting(&l->over, ms);
	term_show(&l->over);
	l->app.dirty |= APP_PAINT;
}

static bool give_up(struct loop *l)
{
	l->gave_up = true;
	l->app.access = APP_SHUT_OUT;
	drop_ahead(l);
	return false;
}

/* What is typed ahead is meant for what is waited for: it comes after it. */
static bool wait_on(void *arg, int64_t ms)
{
	struct loop *l = arg;
	struct event ev;

	if (l->aside)
		return false;
	if (l->gave_up)
		return give_up(l);
	if (ms < WORK_SHOWN_MS)
		return true;
	show_waiting(l, ms);
	while (term_read(&ev)) {
		if (ev.type == EVENT_KEY && work_is_end(ev.key))
			return give_up(l);
		put_ahead(l, &ev);
	}
	return true;
}

/* Once nobody sees that it is waited for. */
static bool wait_briefly(void *arg, int64_t ms)
{
	(void)arg;
	return ms < WORK_SHOWN_MS;
}

static int64_t tick_ms(const struct loop *l)
{
	return (int64_t)l->app.settings.value[SETTING_TICK] * 1000;
}

/* Others may have changed the book: looked at so often, whether keys come or not. */
static void look_around(struct loop *l)
{
	const int64_t now = milliseconds();

	if (now - l->looked < tick_ms(l))
		return;
	l->looked = now;
	l->gave_up |= l->app.access == APP_SHUT_OUT; /* is looked for, not waited for */
	app_event(&l->app, &(struct event){ .type = EVENT_TICK });
}

/* What began to be pasted and goes on no more. */
static void end_paste(struct loop *l)
{
	struct event ev;

	if (milliseconds() - l->heard < tick_ms(l) || !term_read_end(&ev))
		return;
	app_event(&l->app, &ev);
	l->busy = true;
}

static int patience_ms(const struct loop *l, bool more)
{
	const struct pace *p = &l->app.pace;
	const int64_t left = l->looked + tick_ms(l) - milliseconds();

	if (more || l->on_it || is_ahead(l))
		return 0;
	if (p->walk && (p->owed & OWED_BESIDE) && !(p->owed & OWED_PAUSE))
		return WALK_MS;
	return p->owed ? PAUSE_MS : left > 0 ? (int)left : 0;
}

/* One after the other, as a key may come in between. */
static bool look_ahead(struct loop *l)
{
	bool did;

	l->aside = true;
	did = app_look_ahead(&l->app);
	l->aside = false;
	return did;
}

/* Waits for the next thing; false: the terminal is gone. */
static bool wait_for(struct loop *l, bool more)
{
	struct pollfd fds[3] = { { .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = guard_fd(), .events = POLLIN },
		{ .fd = l->idle_fd, .events = POLLIN } };
	struct pace *p = &l->app.pace;
	const unsigned owed = p->owed;
	const int n = poll(fds, 3, patience_ms(l, more));

	if (n < 0)
		return errno == EINTR;
	if (fds[2].revents)
		take_question(l);
	if (milliseconds() - l->heard >= WALK_MS)
		p->walk = false;
	if (n == 0 && !more && owes(&l->app)) {
		l->busy = true;
		app_catch_up(&l->app);
		term_show(&l->app.canvas);
		l->on_it = (p->owed & OWED_AWAITED) != 0;
		if ((owed & OWED_PAUSE) && !l->on_it)
			mem_give_back();
	} else if (n == 0 && !more && !look_ahead(l)) {
		l->on_it = false;
		end_paste(l);
	} else {
		l->on_it = false;
	}
	if (fds[0].revents & POLLIN) {
		p->walk = milliseconds() - l->heard < WALK_MS;
		l->heard = milliseconds();
		l->busy = true;
		l->gave_up = false;
	}
	return !(fds[0].revents & (POLLHUP | POLLERR | POLLNVAL));
}

/* A key that was typed comes before what is not shown yet. */
static bool pending(void *arg)
{
	struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = guard_fd(), .events = POLLIN } };

	return is_ahead(arg) || poll(fds, 2, 0) > 0;
}

/* What is to be kept is written when it is seen, and that it can't be is shown. */
static void show(struct app *a)
{
	if (app_update(a, true))
		term_show(&a->canvas);
	if (kept_write(a) && app_update(a, true))
		term_show(&a->canvas);
}

static void run(struct loop *l)
{
	bool mouse = l->app.settings.value[SETTING_MOUSE], more = false;

	l->busy = true;
	l->looked = milliseconds();
	while (!l->app.quit && !l->end) {
		grant(l, &mouse);
		show(&l->app);
		leave_out(l);
		l->app.pace.unseen = more || pending(l);
		if (!l->app.pace.unseen && !l->on_it)
			tell_idle(l);
		if (!wait_for(l, more))
			l->end = SIGHUP;
		take_signals(l);
		more = drain(l);
		look_around(l);
	}
}

/* Of a signal that it heard nobody is told any more: what the next start begins with is
 * kept all the same, unless there is another one. */
static void end(struct loop *l, const struct host *host)
{
	if (host && host->waiting)
		*host->waiting = (struct lock_wait){ wait_briefly, NULL };
	if (l->end && host && host->ended)
		*host->ended = 0;
	term_close();
	canvas_clear(&l->over);
	drop_ahead(l);
	free(l->ahead);
	app_close(&l->app);
	if (host && host->waiting)
		host->waiting->tell = NULL;
}

int tui_run(struct book *b, const struct host *host, const struct tui_options *o,
	struct err *e)
{
	struct loop l = { .idle_fd = idle_fd() };
	struct settings settings;
	struct app_start start = { .book = b, .host = host, .settings = &settings };
	struct settings_from from = { .kept = host ? host->kept : NULL,
		.file = host ? host->settings : NULL,
		.path = host ? host->settings_path : NULL };
	int bad = 3;

	memcpy(from.call, o->given, sizeof(from.call));
	settings_environment(&from);
	guard_tell_end(host ? host->ended : NULL);
	if (settings_load(&settings, &from, e) == ST_OK)
		bad = term_open(&settings, e);
	if (bad) {
		book_free(&b);
		return bad;
	}
	term_size(&start.rows, &start.columns);
	start.ascii = term_ascii();
	if (host && host->waiting)
		*host->waiting = (struct lock_wait){ wait_on, &l };
	app_open(&l.app, &start);
	l.app.own_book = true;
	l.app.work.pump = pump;
	l.app.work.pump_arg = &l;
	l.app.pace.waits = pending;
	l.app.pace.arg = &l;
	run(&l);
	end(&l, host);
	return l.end ? 128 + l.end : 0;
}
