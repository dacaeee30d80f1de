/*
 * Screens: what each of them is (screens.def) and what it must be able to do. The
 * application owns a screen's state, zeroed to ops->size before open, and calls in
 * this order: open, data_changed, layout, then paint after whatever happened;
 * data_changed and layout again when the data changed, layout when the size did; close
 * at the end.
 * A callback may be NULL. Screens paint cells; they know no terminal and no key.
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "core/book.h"
#include "tui/canvas.h"
#include "tui/event.h"
#include "tui/input.h"
#include "tui/keys.h"

struct app;

/* What the cursor is on, for the explanation. */
enum subject_figure {
	SUBJECT_FIELD, /* a field of lists */
	SUBJECT_RISK,  /* the money at risk, and the rank by it */
	SUBJECT_ALERT  /* the live alerts, or one */
};
struct subject {
	uint32_t account;
	enum subject_figure figure;
	enum list_field field; /* of SUBJECT_FIELD */
	/* of it: component of health, part of effort or enum alert_kind + 1; 0: all */
	int part;
};

struct screen_ops {
	size_t size;
	void (*open)(struct app *a, void *state);
	void (*close)(struct app *a, void *state);
	/* The program ends, before it closes: what is being typed is kept. */
	void (*end)(struct app *a, const void *state);
	/* Another tab is gone to: what it holds and can have again may be let go. */
	void (*leave)(struct app *a, void *state);
	/* It has the room that searching the accounts takes, which is done elsewhere. */
	bool roomy;
	/* It shows the whole base, whatever the view leaves out. */
	bool whole;
	/* Before the book is left: what would be lost, as "2 values are not saved";
	 * false: nothing would. */
	bool (*unsaved)(const void *state, char *out, size_t size);
	void (*data_changed)(struct app *a, void *state);
	void (*layout)(struct app *a, void *state, struct rect body);
	void (*paint)(struct app *a, void *state, struct canvas *c, struct rect body);
	bool (*act)(struct app *a, void *state, enum action action); /* false: not mine */
	/* The key itself, before what it means; false: it does what it means. */
	bool (*key)(struct app *a, void *state, int32_t key);
	/* Whether the action does something as things are; without: all do. */
	bool (*offers)(struct app *a, const void *state, enum action action);
	/* What its hint says as things are; NULL, and without: as the table says. */
	const char *(*title)(struct app *a, const void *state, enum action action);
	void (*click)(struct app *a, void *state, int row, int column);
	/* With the right button; without: nothing. */
	void (*click_right)(struct app *a, void *state, int row, int column);
	/* After a click that took hold of something (app.hold): the button is held and
	 * moved there; done: let go. */
	void (*drag)(struct app *a, void *state, int row, int column, bool done);
	bool (*describe)(struct app *a, void *state, struct subject *out);
	/* The accounts that it lists, in its order; without: those of the view. Borrowed
	 * until the data changes. */
	const struct list *(*list)(const void *state);
	/* The line being typed, NULL while there is none, and what follows a change. */
	struct input *(*input)(struct app *a, void *state);
	void (*typed)(struct app *a, void *state);
};

enum screen_id {
#define SCREEN(id, ...) SCREEN_##id,
#include "tui/screens.def"
	SCREEN_COUNT
};

enum screen_kind { SCREEN_TAB, SCREEN_INNER, SCREEN_POPUP };

struct screen_def {
	const char *title;
	enum scope scope;
	enum action action;
	enum screen_kind kind;
	const struct screen_ops *ops;
};
const struct screen_def *screen_def(enum screen_id id);
/* Where the keys of a scope work, as a title: "Everywhere", "Book". Borrowed until the
 * next call. */
const char *screen_place(enum scope scope);

#endif
