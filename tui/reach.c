#include "tui/reach.h"

#include <stdio.h>

#include "tui/app.h"

enum screen_id reach_elsewhere(enum screen_id here, enum action action)
{
	const struct binding *b;
	int n = keys_bindings(&b);

	/* What has a key on every screen with a tab is no matter of a single screen. */
	if (keys_text(screen_def(here)->scope, action) || keys_text(SCOPE_SCREEN, action))
		return SCREEN_COUNT;
	for (int k = 0; k < SCREEN_COUNT; k++) {
		const struct screen_def *def = screen_def((enum screen_id)k);

		for (int i = 0; i < n && def->kind != SCREEN_POPUP; i++)
			if (b[i].action == action && b[i].scope == def->scope)
				return (enum screen_id)k;
	}
	return SCREEN_COUNT;
}

const char *reach_reason(struct app *a, enum action action, char text[REACH_MAX])
{
	enum screen_id screen = reach_elsewhere(app_base(a), action);

	if (screen == SCREEN_COUNT)
		return app_blocked(a, action);
	snprintf(text, REACH_MAX, "only on the screen %s", screen_def(screen)->title);
	return text;
}

void reach_run(struct app *a, enum action action)
{
	char text[REACH_MAX];
	const char *reason = reach_reason(a, action, text);

	app_back(a);
	if (reason)
		app_say(a, "%s: %s", action_def(action)->title, reason);
	else if (action != ACT_NONE)
		app_act(a, action);
}

/* The palette opens where there is a key for it, and leaves popups alone. */
static bool has_palette(enum screen_id here)
{
	return keys_text(screen_def(here)->scope, ACT_PALETTE) != NULL;
}

const char *action_reach(enum screen_id here, enum action action)
{
	static char text[96];
	const char *key = keys_text(screen_def(here)->scope, action);
	enum screen_id other = reach_elsewhere(here, action);
	bool hidden = action_def(action)->flags & ACTION_HIDDEN;

	if (key)
		snprintf(text, sizeof(text), "key %s", key);
	else if (other != SCREEN_COUNT)
		snprintf(text, sizeof(text), "only on %s", screen_def(other)->title);
	else if (hidden)
		text[0] = '\0';
	else if (has_palette(here))
		snprintf(text, sizeof(text), "palette");
	else
		snprintf(text, sizeof(text), "close this first");
	return text;
}
