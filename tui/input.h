/*
 * Input: one line of text being typed, with its cursor. Steps are clusters, so that a
 * letter and its marks are one.
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"
#include "tui/actions.h"
#include "tui/canvas.h"

#define INPUT_MAX 2048

struct input {
	char s[INPUT_MAX];
	size_t n, at; /* bytes; at: the cursor */
	bool cut;     /* it was set to more than there is room for: not to be edited */
	bool picked;  /* all of it, as by a mouse: the next letter takes its place */
};

void input_set(struct input *in, struct text t); /* cursor at its end, nothing picked */
struct text input_text(const struct input *in);
/* As much as the line has room for; returns the columns used. Of what is typed now it is
 * the part around the cursor, with the caret. */
int input_paint(const struct input *in, struct canvas *c, struct rect line,
	enum role role, bool typed);
/* A part of what is typed there stands out. */
void input_paint_part(const struct input *in, struct canvas *c, struct rect line,
	enum role role, struct text part);
/* Whether there may be no room for one more character. */
bool input_full(const struct input *in);
/* Whether the line has in it all words that were typed, in letters of either case. */
bool input_within(const struct input *in, const char *line);
/* The same of a text of any length that text_fold made. */
bool input_in_folded(const struct input *in, struct text folded);
/* A typed character; controls and what does not fit is dropped. */
bool input_key(struct input *in, int32_t code);
/* Pasted text: line ends and tabs become blanks, other controls are dropped. */
bool input_paste(struct input *in, struct text t);
/* Whether it has the sign for a letter that could not be read. */
bool input_unreadable(struct text t);
/* Moving and erasing (all, where all is picked); false: not an action of an input line.
 */
bool input_act(struct input *in, enum action a);

#endif
