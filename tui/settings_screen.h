/* What the screens of the options and of the keys have in common: two tabs of one box,
 * each with a list and words on its chosen row. */
#ifndef TUI_SETTINGS_SCREEN_H
#define TUI_SETTINGS_SCREEN_H

#include "tui/page.h"
#include "tui/screen.h"

struct settings_tab {
	struct rect box;
	int foot;       /* lines of the box below the list */
	int n, at, top; /* rows of the list; the chosen one; the first one shown */
};

/* In the body, with room for so many lines above the foot. */
void settings_screen_layout(struct settings_tab *t, struct rect body, int rows, int foot);
struct rect settings_screen_list(const struct settings_tab *t);
/* The box; its first line has both tabs, and where the settings file is. */
void settings_screen_head(const struct app *a, struct canvas *c,
	const struct settings_tab *t, enum screen_id here);
/* A rule and the page. */
void settings_screen_foot(
	struct canvas *c, const struct settings_tab *t, const struct page *p);
bool settings_screen_move(struct settings_tab *t, enum action action);
/* On another row: chooses it; on a tab: goes there; outside: closes. True: on the chosen
 * row. */
bool settings_screen_click(struct app *a, struct settings_tab *t, int row, int column);
/* Shows it in the place of the other one, whose state is gone then. */
void settings_screen_go(struct app *a, enum screen_id id);
/* Says the line as the settings file would have it, to be copied. */
void settings_screen_line(struct app *a, const char *line, const char *section);

#endif
