/* What the screens of the options and of the keys have in common: two tabs of one box. */
#ifndef TUI_SETTINGS_SCREEN_H
#define TUI_SETTINGS_SCREEN_H

#include "tui/page.h"
#include "tui/screen.h"

/* The first line of the box: both tabs, and where the settings file is. */
void settings_screen_head(
	const struct app *a, struct canvas *c, struct rect box, enum screen_id here);
/* The tab that stands there; SCREEN_COUNT: none. */
enum screen_id settings_screen_tab(struct rect box, int row, int column);
/* Shows it in the place of the other one, whose state is gone then. */
void settings_screen_go(struct app *a, enum screen_id id);
/* A rule and the page in the last lines of the box. */
void settings_screen_foot(
	struct canvas *c, struct rect box, int rows, const struct page *p);
/* Says the line as the settings file would have it, to be copied. */
void settings_screen_line(struct app *a, const char *line, const char *section);

#endif
