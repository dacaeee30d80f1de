/*
 * Suggest: what can be typed next into the filter line, as a small list above it: the
 * fields, and after "field:" its values or examples of what can stand there. And the
 * filters typed before, which come back one by one.
 */
#ifndef TUI_SUGGEST_H
#define TUI_SUGGEST_H

#include "core/complete.h"
#include "tui/canvas.h"
#include "tui/input.h"

struct app;

enum { SUGGEST_ITEMS = 64, SUGGEST_HISTORY = 20 };

struct suggestion {
	char text[96]; /* what is put in: "csm:", "Dana Reyes" */
	char help[96];
	bool field; /* more follows it */
};

struct suggest {
	bool open;
	bool near; /* nothing begins so: what is there may be meant */
	int n, at, top;
	struct rect box; /* of the last painting */
	struct suggestion item[SUGGEST_ITEMS];
	/* the values of a field, while the line is open */
	struct arena arena;
	bool known;
	enum list_field field;
	struct field_value *value;
	uint32_t values;
	/* filters of this session, the newest first; recalled counts from 1 */
	struct input history[SUGGEST_HISTORY];
	int histories, recalled;
};

/* What the filter line does not do itself; false: not a matter of suggestions. */
bool suggest_act(struct app *a, enum action action);
bool suggest_shown(const struct app *a);
/* A click on one takes it. */
void suggest_click(struct app *a, int row, int column);
/* The line or its cursor changed. */
void suggest_update(struct app *a);
/* The line is closed; keep: with a filter that is worth remembering. */
void suggest_leave(struct app *a, bool keep);
/* Above the line, which is in that row. */
void suggest_paint(struct app *a, struct canvas *c, int row);

#endif
