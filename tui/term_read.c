#include "tui/term_read.h"

#include <curses.h>

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include "tui/keys.h"
#include "tui/term.h"
#include "tui/term_keys.h"

enum { KEY_PASTE_BEGIN = 5000, KEY_PASTE_END, PASTE_MAX = 4096, REPORTS = 8, BACK = 4 };

/* A letter, or a key that curses knows by a code. */
struct came {
	wint_t c;
	bool code;
};

static struct {
	bool bytes;   /* letters are put together here */
	char part[4]; /* of a letter, then */
	size_t part_n;
	struct came back[BACK]; /* read too much; the next one last */
	int backs;
	bool held;              /* the button of the mouse is down */
	MEVENT report[REPORTS]; /* of the mouse, the newest first */
	int reports;
	bool pasting;
	char paste[PASTE_MAX];
	size_t paste_n;
} in;

void term_read_open(void)
{
	const char *set = nl_langinfo(CODESET);

	in.bytes = strcmp(set, "UTF-8") == 0 ||
		   (MB_CUR_MAX == 1 && strncmp(set, "ISO", 3) != 0 &&
			   strncmp(set, "KOI", 3) != 0);
	/* As many terminals send them, whatever their type says. */
	define_key("\033[1~", KEY_HOME);
	define_key("\033[4~", KEY_END);
	define_key("\033[7~", KEY_HOME);
	define_key("\033[8~", KEY_END);
	define_key("\033[200~", KEY_PASTE_BEGIN);
	define_key("\033[201~", KEY_PASTE_END);
}

void term_read_forget(void)
{
	in.held = false;
}

/* ---- letters -------------------------------------------------------------------- */

static unsigned length_by(unsigned char lead)
{
	return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 1;
}

/* As get_wch, which in the C locale swallows letters beyond ASCII and what follows, and
 * in UTF-8 what comes with half a letter, or with a byte that is none. What is no UTF-8
 * is told of. */
static bool take_bytes(struct came *x)
{
	int got;

	while ((got = getch()) != ERR) {
		const bool more = got >= 0x80 && got < 0xc0;
		int32_t letter;

		*x = (struct came){ (wint_t)got, got > 0xff };
		if (!more && in.part_n > 0) { /* one has no end */
			in.part_n = 0;
			ungetch(got);
			*x = (struct came){ KEY_UNREADABLE_, false };
			return true;
		}
		if (got < 0x80 || got > 0xff)
			return true;
		in.part[in.part_n++] = (char)got;
		if (in.part_n < length_by((unsigned char)in.part[0]))
			continue;
		text_decode((struct text){ in.part, in.part_n }, &letter);
		in.part_n = 0;
		x->c = letter < 0 ? KEY_UNREADABLE_ : (wint_t)letter;
		return true;
	}
	return false;
}

static bool take(struct came *x)
{
	int got;

	if (in.backs > 0) {
		*x = in.back[--in.backs];
		return true;
	}
	if (in.bytes)
		return take_bytes(x);
	got = get_wch(&x->c);
	x->code = got == KEY_CODE_YES;
	return got != ERR;
}

static void put_back(struct came x)
{
	in.back[in.backs++] = x;
}

static bool is_letter(struct came x, const char *of)
{
	return !x.code && x.c > 0 && x.c < 0x80 && strchr(of, (int)x.c) != NULL;
}

/* ---- keys that nobody knows ------------------------------------------------------ */

/* Behind ESC [ and what it was that is not put back. Without numbers only what terminals
 * end it with: anything else was typed. */
static bool skip_csi(void)
{
	struct came x, second;

	if (!take(&x))
		return false;
	if (!x.code && x.c >= 0x20 && x.c <= 0x3f) {
		while (take(&x) && (x.code || x.c < 0x40 || x.c > 0x7e))
			;
		return true;
	}
	if (is_letter(x, "[") && take(&second)) { /* the Linux console's function keys */
		if (is_letter(second, "ABCDE"))
			return true;
		put_back(second);
	}
	if (is_letter(x, "ABCDEFGHIMOPQRSZ"))
		return true;
	put_back(x);
	return false;
}

/* The same behind ESC O: cursor, function keys, and the numbers' block. */
static bool skip_ss3(void)
{
	struct came x;

	if (!take(&x))
		return false;
	if (is_letter(x, "ABCDEFHIMPQRSXjklmnopqrstuvwxy"))
		return true;
	put_back(x);
	return false;
}

/* Reads over the rest of a sequence that stands for no key we know, so that its
 * letters are not taken for keys. ESC itself was read. True: it was Esc alone, or a key
 * with Alt that means something. */
static bool escape_alone(int32_t *key)
{
	struct came x;

	if (!take(&x))
		return true;
	if ((is_letter(x, "O") && skip_ss3()) || (is_letter(x, "[") && skip_csi()))
		return false;
	if (!x.code && keys_used((int32_t)x.c | KEY_ALT_))
		*key = (int32_t)x.c | KEY_ALT_;
	else
		put_back(x);
	return true;
}

/* ---- the mouse ------------------------------------------------------------------- */

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
		in.held = true;
	} else if (in.held && (m->bstate & (BUTTON1_RELEASED | REPORT_MOUSE_POSITION))) {
		ev->type = EVENT_DRAG;
		ev->done = (m->bstate & BUTTON1_RELEASED) != 0;
		in.held = !ev->done;
	} else {
		return false;
	}
	return true;
}

/* Curses reads all reports that are there, tells of them once, and gives the newest
 * first. */
static bool mouse_event(struct event *ev)
{
	while (in.reports < REPORTS && getmouse(&in.report[in.reports]) == OK)
		in.reports++;
	while (in.reports > 0)
		if (mouse_means(&in.report[--in.reports], ev))
			return true;
	return false;
}

/* ---- events ---------------------------------------------------------------------- */

static void add_paste(wint_t c)
{
	char s[4];
	size_t n = text_encode((int32_t)c, s);

	if (n <= sizeof(in.paste) - in.paste_n) {
		memcpy(in.paste + in.paste_n, s, n);
		in.paste_n += n;
	}
}

bool term_read_end(struct event *ev)
{
	if (!in.pasting)
		return false;
	in.pasting = false;
	*ev = (struct event){ .type = EVENT_PASTE, .text = { in.paste, in.paste_n } };
	return true;
}

/* A key that curses knows; false: it is no event, or none yet. */
static bool known_key(wint_t code, struct event *ev)
{
	if (code == KEY_PASTE_END)
		return term_read_end(ev);
	if (code == KEY_PASTE_BEGIN) {
		in.pasting = true;
		in.paste_n = 0;
	} else if (!in.pasting && code == KEY_MOUSE) {
		return mouse_event(ev);
	} else if (!in.pasting) {
		ev->key = term_key(code);
		return ev->key != 0;
	}
	return false;
}

static bool typed_key(wint_t c, struct event *ev)
{
	if (c == KEY_ESC_)
		return escape_alone(&ev->key);
	if (c == '\n')
		ev->key = KEY_ENTER_;
	else if (c == '\b')
		ev->key = KEY_BACKSPACE_;
	return true;
}

bool term_read(struct event *ev)
{
	struct came x;

	if (in.reports > 0 && mouse_event(ev))
		return true;
	while (take(&x)) {
		*ev = (struct event){ .type = EVENT_KEY, .key = (int32_t)x.c };
		if (x.code ? known_key(x.c, ev) : !in.pasting && typed_key(x.c, ev))
			return true;
		if (!x.code && in.pasting)
			add_paste(x.c);
	}
	return false;
}
