#include "tui/term.h"

#include <curses.h>

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "tui/guard.h"
#include "tui/keys.h"
#include "tui/mem.h"
#include "tui/moved.h"
#include "tui/term_caps.h"
#include "tui/term_keys.h"
#include "tui/term_look.h"

enum { KEY_PASTE_BEGIN = 5000, KEY_PASTE_END, PASTE_MAX = 4096, REPORTS = 8 };
/* As "auto|yes|no" of the option ascii has them. */
enum { ASCII_AUTO, ASCII_YES };

static const char sync_on[] = "\033[?2026h", sync_off[] = "\033[?2026l";
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
/* Moves with a button held down, beside the clicks that curses asks for. */
static const char drag_on[] = "\033[?1002h", drag_off[] = "\033[?1002l";

static struct {
	SCREEN *screen;
	bool ascii, mouse, pasting, all, caret, sync;
	bool bytes;   /* the locale knows ASCII alone */
	char part[4]; /* of a letter, then */
	size_t part_n;
	bool drags;             /* they are reported */
	bool held;              /* the button of the mouse is down */
	MEVENT report[REPORTS]; /* of the mouse, the newest first */
	int reports;
	char paste[PASTE_MAX];
	size_t paste_n;
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
	term.bytes = MB_CUR_MAX == 1 && strncmp(nl_langinfo(CODESET), "ISO", 3) != 0 &&
		     strncmp(nl_langinfo(CODESET), "KOI", 3) != 0;
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
	/* As many terminals send them, whatever their type says. */
	define_key("\033[1~", KEY_HOME);
	define_key("\033[4~", KEY_END);
	define_key("\033[7~", KEY_HOME);
	define_key("\033[8~", KEY_END);
	define_key("\033[200~", KEY_PASTE_BEGIN);
	define_key("\033[201~", KEY_PASTE_END);
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
	term.held = false;
}

/* ---- reading -------------------------------------------------------------------- */

/* As get_wch, which in the C locale swallows letters beyond ASCII and what follows: there
 * the bytes are put together here. What is no UTF-8 is told of. */
static int read_code(wint_t *c)
{
	int got;

	if (!term.bytes)
		return get_wch(c);
	while ((got = getch()) != ERR) {
		const bool more = got >= 0x80 && got < 0xc0;
		unsigned char lead;
		int32_t code;

		*c = (wint_t)got;
		if (got > 0xff)
			return KEY_CODE_YES;
		if (!more && term.part_n > 0) { /* one has no end */
			term.part_n = 0;
			ungetch(got);
			*c = KEY_UNREADABLE_;
			return OK;
		}
		if (got < 0x80)
			return OK;
		term.part[term.part_n++] = (char)got;
		lead = (unsigned char)term.part[0];
		if (term.part_n < (lead < 0xc0          ? 1u
					  : lead < 0xe0 ? 2u
					  : lead < 0xf0 ? 3u
							: 4u))
			continue;
		text_decode((struct text){ term.part, term.part_n }, &code);
		term.part_n = 0;
		*c = code < 0 ? KEY_UNREADABLE_ : (wint_t)code;
		return OK;
	}
	return ERR;
}

static bool mouse_means(const MEVENT *m, struct event *ev)
{
	*ev = (struct event){ .type = EVENT_CLICK, .row = m->y, .column = m->x };
	if (m->bstate & BUTTON4_PRESSED) {
		*ev = (struct event){ .type = EVENT_WHEEL, .step = -1 };
	} else if (m->bstate & BUTTON5_PRESSED) {
		*ev = (struct event){ .type = EVENT_WHEEL, .step = 1 };
	} else if (m->bstate & BUTTON3_PRESSED) {
		ev->right = true;
	} else if (m->bstate & BUTTON1_PRESSED) {
		term.held = true;
	} else if (term.held &&
		   (m->bstate & (BUTTON1_RELEASED | REPORT_MOUSE_POSITION))) {
		ev->type = EVENT_DRAG;
		ev->done = (m->bstate & BUTTON1_RELEASED) != 0;
		term.held = !ev->done;
	} else {
		return false;
	}
	return true;
}

/* Curses reads all reports that are there, tells of them once, and gives the newest
 * first. */
static bool mouse_event(struct event *ev)
{
	while (term.reports < REPORTS && getmouse(&term.report[term.reports]) == OK)
		term.reports++;
	while (term.reports > 0)
		if (mouse_means(&term.report[--term.reports], ev))
			return true;
	return false;
}

/* Reads over the rest of a sequence that stands for no key we know, so that its
 * letters are not taken for keys. ESC itself was read. True: it was Esc alone, or a key
 * with Alt that means something. */
static bool escape_alone(int32_t *key)
{
	wint_t c;
	int got = read_code(&c);

	if (got == ERR)
		return true;
	if (got == OK && c == 'O') {
		if (read_code(&c) != OK)
			return false;
		return false;
	}
	if (got != OK || c != '[') {
		if (got == OK && keys_used((int32_t)c | KEY_ALT_))
			*key = (int32_t)c | KEY_ALT_;
		else if (got == OK)
			unget_wch((wchar_t)c);
		else
			ungetch((int)c);
		return true;
	}
	while (read_code(&c) == OK && (c < 0x40 || c > 0x7e))
		;
	return false;
}

static void add_paste(wint_t c)
{
	char s[4];
	size_t n = text_encode((int32_t)c, s);

	if (n <= sizeof(term.paste) - term.paste_n) {
		memcpy(term.paste + term.paste_n, s, n);
		term.paste_n += n;
	}
}

bool term_read_end(struct event *ev)
{
	if (!term.pasting)
		return false;
	term.pasting = false;
	*ev = (struct event){ .type = EVENT_PASTE, .text = { term.paste, term.paste_n } };
	return true;
}

bool term_read(struct event *ev)
{
	wint_t c;
	int got;

	if (term.reports > 0 && mouse_event(ev))
		return true;
	while ((got = read_code(&c)) != ERR) {
		bool code = got == KEY_CODE_YES;

		*ev = (struct event){ .type = EVENT_KEY, .key = (int32_t)c };
		if (code && c == KEY_PASTE_END && term_read_end(ev))
			return true;
		if (code && c == KEY_PASTE_BEGIN) {
			term.pasting = true;
			term.paste_n = 0;
		} else if (term.pasting) {
			if (!code)
				add_paste(c);
		} else if (code && c == KEY_MOUSE) {
			if (mouse_event(ev))
				return true;
		} else if (code) {
			ev->key = term_key(c);
			if (ev->key)
				return true;
		} else if (c == KEY_ESC_) {
			if (escape_alone(&ev->key))
				return true;
		} else {
			if (c == '\n')
				ev->key = KEY_ENTER_;
			else if (c == '\b')
				ev->key = KEY_BACKSPACE_;
			return true;
		}
	}
	return false;
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
