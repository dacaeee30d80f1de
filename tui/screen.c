#include "tui/screen.h"

#include <stdio.h>

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

const char *screen_place(enum scope scope)
{
	static char name[32];
	const char *title = NULL;
	int n = 0;

	for (int i = 0; i < SCREEN_COUNT; i++) {
		const struct screen_def *def = screen_def((enum screen_id)i);

		if (def->scope == scope && n++ == 0)
			title = def->title;
	}
	if (scope == SCOPE_ALWAYS)
		return "Everywhere";
	if (scope == SCOPE_SCREEN)
		return "On every screen";
	if (n == 1)
		return title;
	snprintf(name, sizeof(name), "%s", keys_scope_name(scope));
	if (name[0] >= 'a' && name[0] <= 'z')
		name[0] = (char)(name[0] - 'a' + 'A');
	return name;
}
