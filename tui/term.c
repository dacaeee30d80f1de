#include "tui/term.h"

#include <curses.h>

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tui/guard.h"
#include "tui/mem.h"
#include "tui/moved.h"
#include "tui/term_caps.h"
#include "tui/term_look.h"
#include "tui/term_read.h"

/* As "auto|yes|no" of the option ascii has them. */
enum { ASCII_AUTO, ASCII_YES };

static const char sync_on[] = "\033[?2026h", sync_off[] = "\033[?2026l";
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
/* Moves with a button held down, beside the clicks that curses asks for. */
static const char drag_on[] = "\033[?1002h", drag_off[] = "\033[?1002l";

static struct {
	SCREEN *screen;
	bool ascii, mouse, all, caret, sync;
	bool drags;    /* they are reported */
	cchar_t *line; /* owned; room for a row */
	int line_n;
	struct canvas shown; /* what curses was told last; rows 0: nothing yet */
} term;

static void send(const char *s)
{
	fflush(stdout);
	/* A terminal that is gone is noticed when reading. */
	if (write(STDOUT_FILENO, s, strlen(s)) < 0)
		return;
}

/* ---- taking and giving back ----------------------------------------------------- */

/* Why this terminal can't show the console; 0: it can. */
static int refuse(struct err *e)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(e, ST_USAGE,
			"the console needs a terminal; without one use the verbs, such "
			"as "
			"tierdesk list or tierdesk show ACCOUNT (tierdesk --help)");
		return 2;
	}
	if (!name || !*name || strlen(name) > 64 || strchr(name, '/') ||
		strcmp(name, "dumb") == 0 || strcmp(name, "unknown") == 0) {
		err_set(e, ST_UNOPENED,
			"the terminal type TERM=%.64s can't show the console: set TERM "
			"to "
			"what your terminal is, or use the verbs, such as tierdesk list "
			"(tierdesk --help)",
			name ? name : "");
		return 3;
	}
	return 0;
}

/* Everything that curses does not restore by itself after endwin. */
static void set_modes(void)
{
	raw();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	send(paste_on);
	guard_hush();
}

int term_open(const struct settings *s, struct err *e)
{
	char reset[512];
	int bad = refuse(e);

	if (bad)
		return bad;
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	term.ascii = s->value[SETTING_ASCII] == ASCII_YES ||
		     (s->value[SETTING_ASCII] == ASCII_AUTO &&
			     strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
	/* They would freeze the size. */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	if (guard_open(e) != ST_OK)
		return 3;
	/* Asked first, since newterm leaks when it does not know the type. */
	if (caps_known())
		term.screen = newterm(NULL, stdout, stdin);
	if (!term.screen) {
		guard_close();
		err_set(e, ST_UNOPENED,
			"the terminal type TERM=%.64s is not known here: set TERM to one "
			"that is, such as xterm or vt100, or use the verbs (tierdesk "
			"--help)",
			getenv("TERM"));
		return 3;
	}
	term_read_open();
	/* Until it was left once, curses hands on what it draws at each move of the
	 * cursor: a picture comes in forty pieces, each of which wakes the terminal. The
	 * first picture takes it back. */
	endwin();
	term_apply(s);
	term.caret = true;
	guard_reset_string(reset, caps_reset(reset, sizeof(reset)));
	set_modes();
	term_mouse(s->value[SETTING_MOUSE]);
	return 0;
}

void term_apply(const struct settings *s)
{
	set_escdelay(s->value[SETTING_ESCAPE_DELAY]);
	term.sync = s->value[SETTING_SYNC_OUTPUT];
	look_open(s);
	term_redraw();
}

static void release_terminal(void)
{
	char cursor[64];

	send(paste_off);
	if (term.mouse) {
		term_mouse(false);
		term.mouse = true;
	}
	curs_set(1);
	term.caret = true;
	endwin();
	/* Terminals may hide it again as they leave the other screen, where it was hidden
	 * when its place was kept last. */
	caps_shown_cursor(cursor, sizeof(cursor));
	send(cursor);
	guard_unhush();
}

void term_close(void)
{
	if (!term.screen)
		return;
	release_terminal();
	guard_reset_string("", 0);
	delscreen(term.screen);
	term.screen = NULL;
	free(term.line);
	term.line = NULL;
	term.line_n = 0;
	canvas_clear(&term.shown);
	guard_close();
}

void term_suspend(void)
{
	release_terminal();
	guard_stop();
	term_resume();
}

void term_resume(void)
{
	reset_prog_mode();
	set_modes();
	term_mouse(term.mouse);
	term_redraw();
}

bool term_ascii(void)
{
	return term.ascii;
}

void term_size(int *rows, int *columns)
{
	struct winsize size;

	getmaxyx(stdscr, *rows, *columns);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col) {
		*rows = size.ws_row;
		*columns = size.ws_col;
	}
}

void term_resize(int rows, int columns)
{
	resizeterm(rows, columns);
	term_redraw();
}

void term_redraw(void)
{
	term.all = true;
}

/* All buttons are asked for: a report that curses does not expect makes it wait for the
 * next key, and nothing would be done until then, not even ending. For the same reason
 * its reports are no keys while it is off. */
void term_mouse(bool on)
{
	const mmask_t wanted = BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON2_PRESSED |
			       BUTTON2_RELEASED | BUTTON3_PRESSED | BUTTON3_RELEASED |
			       BUTTON4_PRESSED | BUTTON4_RELEASED | BUTTON5_PRESSED |
			       BUTTON5_RELEASED | REPORT_MOUSE_POSITION;

	if (mousemask(on ? wanted : 0, NULL) || term.drags) {
		term.drags = on;
		send(on ? drag_on : drag_off);
	}
	keyok(KEY_MOUSE, on);
	mouseinterval(0);
	term.mouse = on;
	term_read_forget();
}

/* ---- showing -------------------------------------------------------------------- */

/* Most rows are as they were: they are neither made into cells again nor compared by
 * curses. */
static bool is_shown(const struct canvas *c, int row)
{
	const struct canvas *s = &term.shown;
	const size_t at = (size_t)row * (size_t)c->columns;

	return !term.all && s->rows == c->rows && s->columns == c->columns &&
	       memcmp(&s->tile[at], &c->tile[at],
		       (size_t)c->columns * sizeof(*c->tile)) == 0;
}

static void keep_shown(const struct canvas *c)
{
	struct canvas *s = &term.shown;
	const size_t n = (size_t)c->rows * (size_t)c->columns;

	if (s->rows != c->rows || s->columns != c->columns)
		canvas_reset(s, c->rows, c->columns);
	memcpy(s->tile, c->tile, n * sizeof(*c->tile));
}

const struct canvas *term_shown(void)
{
	return &term.shown;
}

/* Rows that only moved are not made into cells again either. */
static void move_shown(const struct canvas *c, int rows)
{
	struct moved m = { .up = 0 };

	if (!term.all && term.shown.rows == rows)
		m = moved_find(&term.shown, c);
	if (m.up == 0)
		return;
	moved_apply(&term.shown, m);
	scrollok(stdscr, TRUE);
	setscrreg(m.top, m.bottom);
	scrl(m.up);
	scrollok(stdscr, FALSE); /* or writing the last cell would scroll */
}

void term_show(const struct canvas *c)
{
	int rows, columns;

	getmaxyx(stdscr, rows, columns);
	if (columns > c->columns)
		columns = c->columns;
	if (rows > c->rows)
		rows = c->rows;
	if (term.line_n < columns + 2) {
		term.line =
			mem_resize(term.line, (size_t)columns + 2, sizeof(*term.line));
		term.line_n = columns + 2;
	}
	move_shown(c, rows);
	for (int row = 0; row < rows; row++) {
		const struct tile *t = &c->tile[(size_t)row * (size_t)c->columns];

		if (is_shown(c, row))
			continue;
		mvadd_wchnstr(row, 0, term.line, look_row(t, columns, term.line));
	}
	keep_shown(c);
	move(c->cursor_row < 0 ? 0 : c->cursor_row,
		c->cursor_column < 0 ? 0 : c->cursor_column);
	if (term.all)
		clearok(curscr, TRUE);
	term.all = false;
	wnoutrefresh(stdscr);
	if (term.sync)
		send(sync_on);
	doupdate();
	if (term.sync)
		send(sync_off);
	/* Only now: terminals may keep it with the other screen that was just left. */
	if (c->caret != term.caret)
		curs_set(c->caret);
	term.caret = c->caret;
}
