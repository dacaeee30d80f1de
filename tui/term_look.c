#include "tui/term_look.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "tui/term_caps.h"

static struct look_made {
	attr_t attributes;
	int pair;
	int background; /* -1: the terminal's own */
} looks[ROLE_COUNT][2];

/* What the terminal itself tells about its background, "15;0" being white on black. */
static enum theme guess_theme(void)
{
	const char *colours = getenv("COLORFGBG");
	const char *last = colours ? strrchr(colours, ';') : NULL;

	if (!last)
		return THEME_AUTO;
	if (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0)
		return THEME_LIGHT;
	return THEME_DARK;
}

/* The terminal's own colours are a pair as well: from a colour to no pair at all, curses
 * takes every attribute back in seven bytes more. Where erasing leaves other blanks than
 * those of the pair, that would cost more than it spares. */
static int pair_of(struct look look, int *pairs, bool own)
{
	short fg, bg;
	int wanted_fg = look.fg, wanted_bg = look.bg;

	if (!own) { /* no colour of its own to fall back to */
		wanted_fg = wanted_fg < 0 ? COLOR_WHITE : wanted_fg;
		wanted_bg = wanted_bg < 0 ? COLOR_BLACK : wanted_bg;
	}
	if (wanted_fg < 0 && wanted_bg < 0 && !caps_erase_in_colour())
		return 0;
	for (short i = 1; i <= *pairs; i++)
		if (pair_content(i, &fg, &bg) == OK && fg == wanted_fg && bg == wanted_bg)
			return i;
	if (init_pair((short)(*pairs + 1), (short)wanted_fg, (short)wanted_bg) != OK)
		return 0;
	return ++*pairs;
}

static attr_t attributes_of(struct look look)
{
	attr_t attributes = A_NORMAL;

	if (look.attributes & LOOK_BOLD)
		attributes |= A_BOLD;
	if (look.attributes & LOOK_REVERSE)
		attributes |= A_REVERSE;
	if (look.attributes & LOOK_UNDERLINE)
		attributes |= A_UNDERLINE;
	return attributes;
}

/* How many colours there are to use. */
static int start_colours(const struct settings *s, bool *own)
{
	if (settings_colourless(s) || !has_colors())
		return 0;
	start_color();
	*own = use_default_colors() == OK;
	return COLORS;
}

/* What curses takes an erased screen to be full of. */
static void own_blanks(void)
{
	const struct look_made *text = &looks[ROLE_TEXT][0];
	cchar_t blank;

	setcchar(&blank, L" ", text->attributes, 0, &text->pair);
	bkgrndset(&blank);
}

void look_open(const struct settings *s)
{
	enum theme theme = (enum theme)s->value[SETTING_THEME];
	bool own = true;
	int pairs = 0, colours = start_colours(s, &own);

	if (theme == THEME_AUTO)
		theme = guess_theme();
	for (int i = 0; i < ROLE_COUNT; i++) {
		for (int focus = 0; focus < 2; focus++) {
			enum role role = (enum role)i;
			struct look look =
				focus ? theme_or_own(theme_focus(role, theme, colours),
						&s->own[ROLE_FOCUS], colours)
				      : theme_or_own(theme_look(role, theme, colours),
						&s->own[role], colours);

			looks[i][focus].attributes = attributes_of(look);
			looks[i][focus].pair =
				colours >= 8 ? pair_of(look, &pairs, own) : 0;
			looks[i][focus].background = look.bg;
		}
	}
	own_blanks();
}

/* ---- rows ----------------------------------------------------------------------- */

/* One tile as the terminal's cells, of which it takes one or, where the system thinks
 * otherwise about its width, as many question marks as it has columns. */
static int put_tile(cchar_t *out, const struct tile *t)
{
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	struct text rest = { t->s, t->n };
	const int pair = looks[t->role][t->focus].pair;
	const attr_t attributes = looks[t->role][t->focus].attributes;
	int n = 0, columns = 0;

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
	/* What is told to be wider than the C library has it stands alone, without what
	 * told so, and a blank behind it: that is right on either kind of terminal. */
	const bool alone = columns == 1 && t->columns == 2;

	setcchar(out, alone ? (wchar_t[]){ wide[0], L'\0' } : L"?", attributes, 0, &pair);
	for (n = 1; n < t->columns; n++)
		setcchar(&out[n], alone ? L" " : L"?", attributes, 0, &pair);
	return n;
}

static bool is_blank(const struct tile *t)
{
	return t->n == 1 && t->s[0] == ' ';
}

/* Blanks between two coloured words stay in the colour of the first one where that is not
 * seen: to leave a colour and come back takes twenty bytes. */
static struct tile blank_between(
	const struct tile *before, const struct tile *blank, const struct tile *after)
{
	const attr_t ink = A_REVERSE | A_UNDERLINE;
	const struct look_made *from = &looks[before->role][before->focus];
	const struct look_made *own = &looks[blank->role][blank->focus];
	struct tile t = *blank;

	if ((after->role == blank->role && after->focus == blank->focus) ||
		((from->attributes | own->attributes) & ink) ||
		from->background != own->background)
		return t;
	t.role = before->role;
	t.focus = before->focus;
	return t;
}

int look_row(const struct tile *t, int columns, cchar_t *out)
{
	struct tile shown = { 0 };
	int n = 0, next = 0;

	for (int i = 0; i < columns; i++) {
		if (!t[i].columns)
			continue;
		while (next < columns && (next <= i || is_blank(&t[next])))
			next++;
		shown = is_blank(&t[i]) && i > 0 && next < columns
				? blank_between(&shown, &t[i], &t[next])
				: t[i];
		n += put_tile(&out[n], &shown);
	}
	return n;
}
