/* Events: what comes in from a terminal, or from a test in its place. */
#ifndef TUI_EVENT_H
#define TUI_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

enum event_type {
	EVENT_KEY,
	EVENT_PASTE,  /* text between the marks of a bracketed paste */
	EVENT_CLICK,  /* row, column; right: with that button */
	EVENT_DRAG,   /* row, column: moved with the button held; done: let go there */
	EVENT_WHEEL,  /* step: of the wheel, negative up */
	EVENT_RESIZE, /* row, column: the new size */
	EVENT_TICK,   /* time has passed */
};

struct event {
	enum event_type type;
	int32_t key;
	int row, column, step;
	bool done, right;
	struct text text; /* borrowed until the next event is read */
};

#endif
