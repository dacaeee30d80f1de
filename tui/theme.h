/*
 * Roles of cells and what they look like: the table of roles.def as data. Knows
 * colours as numbers, not how a terminal is told.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

#include "core/text.h"

enum role {
#define ROLE(id, ...) ROLE_##id,
#include "tui/roles.def"
	ROLE_COUNT
};

/* As the option "theme" lists them. */
enum theme {
	THEME_AUTO,
	THEME_DARK,
	THEME_LIGHT,
	THEME_CONTRAST,
	THEME_MONO,
	THEME_BLIND,
	THEME_COUNT
};

enum look_attribute { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4 };

/* One role as one kind of terminal shows it; -1 is the terminal's own colour. */
struct look {
	int fg, bg;
	unsigned attributes; /* enum look_attribute */
};

/* What a person set for a role in place of the theme's. */
struct theme_own {
	bool set;
	struct look look;
};

/* colours: how many the terminal has (0 and 1: none). */
struct look theme_look(enum role role, enum theme theme, int colours);
/* The look of a cell on the focused row. */
struct look theme_focus(enum role role, enum theme theme, int colours);
/* The person's look where there is one and the terminal has its colours. */
struct look theme_or_own(struct look look, const struct theme_own *own, int colours);
/* "196 bold", "default on 24", "underline reverse"; false: not a look. */
bool theme_parse_look(struct text t, struct look *out);
/* 0xRRGGBB of a colour 0..255, as xterm has them. */
unsigned theme_rgb(int colour);
const char *theme_role_name(enum role role);
char theme_role_letter(enum role role);
/* By its name in any case ("tier1"); ROLE_COUNT: there is none. */
enum role theme_role_by_name(struct text name);

#endif
