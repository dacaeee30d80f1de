/*
 * Roles of cells and what they look like: the table of roles.def as data. Knows
 * colours as numbers, not how a terminal is told.
 */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

enum role {
#define ROLE(id, ...) ROLE_##id,
#include "tui/roles.def"
	ROLE_COUNT
};

enum theme { THEME_AUTO, THEME_DARK, THEME_LIGHT };

enum look_attribute { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4 };

/* One role as one kind of terminal shows it; -1 is the terminal's own colour. */
struct look {
	int fg, bg;
	unsigned attributes; /* enum look_attribute */
};

/* colours: how many the terminal has (0 and 1: none). */
struct look theme_look(enum role role, enum theme theme, int colours);
/* The look of a cell on the focused row: its own colour where it stays readable. */
struct look theme_focus(enum role role, enum theme theme, int colours);
const char *theme_role_name(enum role role);
char theme_role_letter(enum role role);

/* "auto", "dark", "light"; false: no such theme. */
bool theme_by_name(const char *name, enum theme *out);

#endif
