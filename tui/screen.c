#include "tui/screen.h"

#define SCREEN(id, title, scope, action, kind, ops) extern const struct screen_ops ops;
#include "tui/screens.def"

static const struct screen_def screens[SCREEN_COUNT] = {
#define SCREEN(id, title, scope, action, kind, ops) \
	{ title, scope, action, SCREEN_##kind, &ops },
#include "tui/screens.def"
};

const struct screen_def *screen_def(enum screen_id id)
{
	return &screens[id];
}
