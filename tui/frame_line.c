/* The line above the hints: what is said, and where in a list the cursor is. */
#include "tui/frame_internal.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"

/* With the keys in it that can be clicked on, which look like those of hints. */
static void put_message(struct app *a, struct canvas *c, int row, int width)
{
	const struct app_message *m = &a->message;
	const enum role role = m->bad ? ROLE_ERROR : ROLE_INFO;
	const struct text all = text_of(m->text);
	const int end = 1 + width;
	size_t from = 0;
	int at = 1;

	for (int i = 0; i < m->keys; i++) {
		const struct app_message_key *k = &m->key[i];
		const struct text before = { all.s + from, k->at - from };
		const struct text key = { all.s + k->at, k->n };

		if (at + text_columns(before) + text_columns(key) >= end)
			break;
		at += canvas_put(c, row, at, end - at, role, before);
		frame_zone(a, row, at, at + text_columns(key), k->action);
		at += canvas_put(c, row, at, end - at, ROLE_KEY, key);
		from = k->at + k->n;
	}
	canvas_put(
		c, row, at, end - at, role, (struct text){ all.s + from, all.n - from });
}

/* The beginning of the message; when that is not all of it, where the rest is. */
static void paint_message(struct app *a, struct canvas *c, int row)
{
	const char *key = keys_text(app_scope(a), ACT_MESSAGES);
	const char *palette = keys_text(app_scope(a), ACT_PALETTE);
	int width = c->columns - 2;
	const bool later = !key && !palette; /* when the popup is closed */
	char more[48];

	if (later)
		key = keys_text(SCOPE_SCREEN, ACT_MESSAGES);
	if (text_columns(text_of(a->message.text)) > width) {
		/* where the key means something else, the command has a name; where
		 * letters are typed, there is none before the popup is closed */
		if (later)
			snprintf(more, sizeof(more), "once closed: %s", key ? key : "");
		else
			snprintf(more, sizeof(more), "%s %s", key ? key : palette,
				key ? "the rest" : "messages");
		width -= (int)strlen(more) + 2;
		canvas_put_right(c, row, width + 1, c->columns - 2 - width, ROLE_KEY,
			text_of(more));
	}
	put_message(a, c, row, width);
	frame_zone(a, row, 1, c->columns - 1, ACT_MESSAGES);
}

/* "61 of 600" at its end, where a message leaves it room. */
static void paint_place(const struct app *a, struct canvas *c, int row)
{
	char text[32];
	int n;

	if (!a->place.of)
		return;
	n = snprintf(text, sizeof(text), "%u of %u", a->place.at, a->place.of);
	if (text_columns(text_of(a->message.text)) + n + 4 <= c->columns)
		canvas_put_right(c, row, 1, c->columns - 2, ROLE_QUIET, text_of(text));
}

void frame_line(struct app *a, struct canvas *c, int row)
{
	paint_place(a, c, row);
	if (a->message.text[0])
		paint_message(a, c, row);
}
