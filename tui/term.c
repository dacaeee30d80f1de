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
#include "tui/term_caps.h"
#include "tui/term_look.h"

enum { KEY_PASTE_BEGIN = 5000, KEY_PASTE_END, PASTE_MAX = 4096, WHEEL_ROWS = 3 };

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

static struct {
	SCREEN *screen;
	bool ascii, mouse, pasting, all, caret;
	char paste[PASTE_MAX];
	size_t paste_n;
	cchar_t *line; /* owned; room for a row */
	int line_n;
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

int term_open(const struct tui_options *o, struct err *e)
{
	char reset[512];
	int bad = refuse(e);

	if (bad)
		return bad;
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C");
	term.ascii =
		strcmp(nl_langinfo(CODESET), "UTF-8") != 0 || getenv("TIERDESK_ASCII");
	/* They would freeze the size. */
	unsetenv("LINES");
	unsetenv("COLUMNS");
	if (guard_open(e) != ST_OK)
		return 3;
	if (!getenv("ESCDELAY"))
		set_escdelay(25);
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
	define_key("\033[200~", KEY_PASTE_BEGIN);
	define_key("\033[201~", KEY_PASTE_END);
	look_open(o->theme, o->color);
	term.caret = true;
	guard_reset_string(reset, caps_reset(reset, sizeof(reset)));
	set_modes();
	term_mouse(!o->no_mouse);
	return 0;
}

static void release_terminal(void)
{
	send(paste_off);
	if (term.mouse)
		mousemask(0, NULL);
	curs_set(1);
	term.caret = true;
	endwin();
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
	guard_close();
}

void term_suspend(void)
{
	release_terminal();
	guard_stop();
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

void term_mouse(bool on)
{
	mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
	mouseinterval(0);
	term.mouse = on;
}

/* ---- reading -------------------------------------------------------------------- */

static int32_t special(wint_t code)
{
	static const struct {
		wint_t code;
		int32_t key;
	} keys[] = {
		{ KEY_UP, KEY_UP_ },
		{ KEY_DOWN, KEY_DOWN_ },
		{ KEY_LEFT, KEY_LEFT_ },
		{ KEY_RIGHT, KEY_RIGHT_ },
		{ KEY_PPAGE, KEY_PAGE_UP_ },
		{ KEY_NPAGE, KEY_PAGE_DOWN_ },
		{ KEY_HOME, KEY_HOME_ },
		{ KEY_A1, KEY_HOME_ },
		{ KEY_END, KEY_END_ },
		{ KEY_C1, KEY_END_ },
		{ KEY_DC, KEY_DELETE_ },
		{ KEY_BTAB, KEY_BACK_TAB_ },
		{ KEY_BACKSPACE, KEY_BACKSPACE_ },
		{ KEY_ENTER, KEY_ENTER_ },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].code == code)
			return keys[i].key;
	return 0;
}

static bool mouse_event(struct event *ev)
{
	MEVENT m;

	if (getmouse(&m) != OK)
		return false;
	*ev = (struct event){ .type = EVENT_CLICK, .row = m.y, .column = m.x };
	if (m.bstate & BUTTON4_PRESSED)
		*ev = (struct event){ .type = EVENT_WHEEL, .step = -WHEEL_ROWS };
	else if (m.bstate & BUTTON5_PRESSED)
		*ev = (struct event){ .type = EVENT_WHEEL, .step = WHEEL_ROWS };
	else if (!(m.bstate & BUTTON1_PRESSED))
		return false;
	return true;
}

/* Reads over the rest of a sequence that stands for no key we know, so that its
 * letters are not taken for keys. ESC itself was read. True: it was Esc alone. */
static bool escape_alone(void)
{
	wint_t c;
	int got = get_wch(&c);

	if (got == ERR)
		return true;
	if (got == OK && c == 'O') {
		if (get_wch(&c) != OK)
			return false;
		return false;
	}
	if (got != OK || c != '[') {
		if (got == OK)
			unget_wch((wchar_t)c);
		else
			ungetch((int)c);
		return true;
	}
	while (get_wch(&c) == OK && (c < 0x40 || c > 0x7e))
		;
	return false;
}

static void add_paste(wint_t c)
{
	char s[4];
	size_t n = 0;

	if (c < 0x80) {
		s[n++] = (char)c;
	} else if (c < 0x800) {
		s[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		s[n++] = (char)(0xe0 | c >> 12);
		s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		s[n++] = (char)(0xf0 | (c >> 18 & 7));
		s[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		s[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		s[n++] = (char)(0x80 | (c & 0x3f));
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

	while ((got = get_wch(&c)) != ERR) {
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
			ev->key = special(c);
			if (ev->key)
				return true;
		} else if (c == KEY_ESC_) {
			if (escape_alone())
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

/* One tile as the terminal's cells, of which it takes one or, where the system thinks
 * otherwise about its width, as many question marks as it has columns. */
static int put_tile(cchar_t *out, const struct tile *t)
{
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	struct text rest = { t->s, t->n };
	int n = 0, columns = 0, pair;
	attr_t attributes = look_of((enum role)t->role, t->focus, &pair);

	while (rest.n > 0 && n < CCHARW_MAX) {
		int32_t code;
		size_t bytes = text_decode(rest, &code);
		int width = code < 0 ? -1 : code < 0x7f ? 1 : wcwidth((wchar_t)code);

		if (n == 0)
			columns = width;
		else if (width != 0 || code == 0x200d)
			break; /* joined signs: the first one stands for all */
		wide[n++] = (wchar_t)code;
		rest.s += bytes;
		rest.n -= bytes;
	}
	if (columns == t->columns) {
		setcchar(out, wide, attributes, 0, &pair);
		return 1;
	}
	for (n = 0; n < t->columns; n++)
		setcchar(&out[n], L"?", attributes, 0, &pair);
	return n;
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
	for (int row = 0; row < rows; row++) {
		const struct tile *t = &c->tile[(size_t)row * (size_t)c->columns];
		int n = 0;

		for (int i = 0; i < columns; i++)
			if (t[i].columns)
				n += put_tile(&term.line[n], &t[i]);
		mvadd_wchnstr(row, 0, term.line, n);
	}
	move(c->cursor_row < 0 ? 0 : c->cursor_row,
		c->cursor_column < 0 ? 0 : c->cursor_column);
	if (term.all)
		clearok(curscr, TRUE);
	term.all = false;
	wnoutrefresh(stdscr);
	doupdate();
	/* Only now: terminals may keep it with the other screen that was just left. */
	if (c->caret != term.caret)
		curs_set(c->caret);
	term.caret = c->caret;
}
