#include "tui/actions.h"

enum {
	ROW = ACTION_ROW,
	LIST = ACTION_LIST,
	WRITES = ACTION_WRITES,
	HIDDEN = ACTION_HIDDEN,
	TARGET = ACTION_TARGET,
	BOOKLESS = ACTION_BOOKLESS,
	EMPTY = ACTION_EMPTY,
	VIEW = ACTION_VIEW
};

static const struct action_def actions[ACT_COUNT] = {
	[ACT_NONE] = { "", "", "", "", HIDDEN },
#define ACTION(id, name, group, title, help, flags) \
	[ACT_##id] = { name, group, title, help, flags },
#include "tui/actions.def"
};

const struct action_def *action_def(enum action a)
{
	return &actions[a];
}
