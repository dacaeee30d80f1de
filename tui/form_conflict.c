/* A form that somebody else was faster with: whose value stays, line by line. */
#include <stdio.h>
#include <stdlib.h>

#include "tui/conflict.h"
#include "tui/form_state.h"
#include "tui/mem.h"

static bool alike(const struct input *x, const struct input *y)
{
	return text_eq(text_trim(input_text(x)), text_trim(input_text(y)));
}

static void decided(struct app *a, const struct conflict *c)
{
	struct form_state *s = a->state[SCREEN_FORM];

	if (!s || app_top(a) != SCREEN_FORM)
		return;
	for (int i = 0; i < c->n; i++) {
		const struct conflict_field *f = &c->field[i];

		s->form.was[f->tag] = f->theirs;
		if (!f->take_mine)
			s->form.value[f->tag] = f->theirs;
	}
	form_do(a);
}

/* Lines that were typed into and are another's by now. Where both typed the same there
 * is nothing to decide. */
static void collect(struct form_state *s, const struct input *now, struct conflict *c)
{
	for (int i = 0; i < s->form.spec->n; i++) {
		struct conflict_field *f;

		if (!form_changed(&s->form, i) || alike(&now[i], &s->form.was[i]))
			continue;
		if (alike(&now[i], &s->form.value[i])) {
			s->form.was[i] = s->form.value[i] = now[i];
			continue;
		}
		f = conflict_add(c, s->form.spec->lines[i].label, i);
		f->seen = s->form.was[i];
		f->theirs = now[i];
		f->mine = s->form.value[i];
	}
}

bool form_conflict(struct app *a, struct form_state *s)
{
	struct input *now = mem_new(FORM_LINES, sizeof(*now));
	struct conflict *c = mem_new(1, sizeof(*c));
	bool asked = false;

	app_look_again(a);
	if (s->form.now && s->form.now(a, &s->form, now)) {
		c->decided = decided;
		snprintf(c->subtitle, sizeof(c->subtitle), "%s", s->form.subtitle);
		collect(s, now, c);
		asked = c->n > 0;
	}
	if (asked)
		conflict_open(a, c);
	free(c);
	free(now);
	return asked;
}
