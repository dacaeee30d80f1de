/* Actions: what the user can do, as the table of actions.def. */
#ifndef TUI_ACTIONS_H
#define TUI_ACTIONS_H

enum action {
	ACT_NONE,
#define ACTION(id, ...) ACT_##id,
#include "tui/actions.def"
	ACT_COUNT
};

enum action_flag {
	ACTION_ROW = 1,
	ACTION_LIST = 2,
	ACTION_WRITES = 4,
	ACTION_HIDDEN = 8,
	ACTION_BOOKLESS = 16,
	ACTION_EMPTY = 64,
	ACTION_VIEW = 128,
	ACTION_TARGET = 32
};

struct action_def {
	const char *name, *group, *title, *help;
	unsigned flags; /* enum action_flag */
};
/* The row of an action; all empty for ACT_NONE. */
const struct action_def *action_def(enum action a);

#endif
