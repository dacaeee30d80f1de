#include "tui/term_look.h"

#include <stdlib.h>
#include <string.h>

static struct {
	attr_t attributes;
	int pair;
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

static int pair_of(struct look look, int *pairs, bool own)
{
	short fg, bg;
	int wanted_fg = look.fg, wanted_bg = look.bg;

	if (!own) { /* no colour of its own to fall back to */
		wanted_fg = wanted_fg < 0 ? COLOR_WHITE : wanted_fg;
		wanted_bg = wanted_bg < 0 ? COLOR_BLACK : wanted_bg;
	}
	if (wanted_fg < 0 && wanted_bg < 0)
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
	/* As "auto|always|never" has them: only the last one means none. */
	if (s->value[SETTING_COLOUR] == 2 || s->value[SETTING_THEME] == THEME_MONO ||
		!has_colors())
		return 0;
	start_color();
	*own = use_default_colors() == OK;
	return COLORS;
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
		}
	}
}

attr_t look_of(enum role role, bool focus, int *pair)
{
	*pair = looks[role][focus].pair;
	return looks[role][focus].attributes;
}
