#include "tui/theme.h"

#include <string.h>

enum { BOLD = LOOK_BOLD, REVERSE = LOOK_REVERSE, UNDERLINE = LOOK_UNDERLINE };

static const struct {
	const char *name;
	char letter;
	unsigned mono;
	struct look sixteen, any, dark, light;
} roles[ROLE_COUNT] = {
#define ROLE(                                                                        \
	id, letter, mono, fg, bg, attr, any, any_bg, dark, dark_bg, light, light_bg) \
	{ #id, letter, mono, { fg, bg, attr }, { any, any_bg, (attr) & ~REVERSE },   \
		{ dark, dark_bg, (attr) & ~REVERSE },                                \
		{ light, light_bg, (attr) & ~REVERSE } },
#include "tui/roles.def"
};

struct look theme_look(enum role role, enum theme theme, int colours)
{
	struct look look = { -1, -1, roles[role].mono };

	if (colours >= 256)
		look = theme == THEME_DARK    ? roles[role].dark
		       : theme == THEME_LIGHT ? roles[role].light
					      : roles[role].any;
	else if (colours >= 8)
		look = roles[role].sixteen;
	return look;
}

struct look theme_focus(enum role role, enum theme theme, int colours)
{
	struct look focus = theme_look(ROLE_FOCUS, theme, colours);
	struct look look = theme_look(role, theme, colours);

	/* The bar of the themes is close to their background: colours stay readable. */
	if (colours >= 256 && theme != THEME_AUTO && look.bg == -1)
		focus.fg = look.fg;
	/* A bar of its own colour is drawn in one go; fewer bytes per step of the cursor.
	 */
	if (colours < 256)
		focus.attributes |= look.attributes & (LOOK_BOLD | LOOK_UNDERLINE);
	return focus;
}

const char *theme_role_name(enum role role)
{
	return roles[role].name;
}

char theme_role_letter(enum role role)
{
	return roles[role].letter;
}

bool theme_by_name(const char *name, enum theme *out)
{
	static const char *const names[] = { "auto", "dark", "light" };

	for (int i = 0; i < 3; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = (enum theme)i;
			return true;
		}
	}
	return false;
}
