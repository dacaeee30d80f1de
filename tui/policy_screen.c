/* Policy: every value that may be set, edited in its place, and what that would make of
 * the whole base before anything is saved. */
#include "tui/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "tui/confirm.h"

static void open_policy(struct app *a, void *state)
{
	page_init(&((struct policy_screen *)state)->page, a->canvas.ascii);
}

static void close_policy(struct app *a, void *state)
{
	struct policy_screen *s = state;

	(void)a;
	policy_let_go(s);
	page_clear(&s->page);
	free(s->row);
}

static void end(struct app *a, const void *state)
{
	policy_draft_keep(a, state);
}

static void data_changed(struct app *a, void *state)
{
	policy_take_up(a, state);
}

/* The facts take room that other screens may need; the edits stay. */
static void leave(struct app *a, void *state)
{
	(void)a;
	policy_let_go(state);
}

static bool unsaved(const void *state, char *out, size_t size)
{
	const int changes = policy_changes(state);

	snprintf(out, size, "%d changed value%s of the policy %s not saved", changes,
		TEXT_S(changes), changes == 1 ? "is" : "are");
	return changes > 0;
}

static void layout(struct app *a, void *state, struct rect body)
{
	policy_layout(a, state, body);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	(void)body;
	policy_work(a, state);
	policy_paint(a, state, c);
}

/* ---- editing ---------------------------------------------------------------------- */

static void edited(struct app *a, struct policy_screen *s)
{
	policy_rows(s);
	policy_try(a, s);
	a->dirty |= APP_LAYOUT;
}

static void begin_typing(struct policy_screen *s)
{
	char text[POLICY_TEXT_VALUE_MAX];
	struct policy_item x;

	policy_here(s, &x);
	input_set(&s->input, text_of(policy_item_text(&s->edited, &x, text)));
	s->typed = s->edited;
	s->wrong[0] = '\0';
	s->typing = true;
}

/* What can't be read is said; what can is tried at once. */
static void typed(struct app *a, void *state)
{
	struct policy_screen *s = state;
	const struct text t = text_trim(input_text(&s->input));
	char text[POLICY_TEXT_VALUE_MAX];
	struct policy next = s->edited;
	struct policy_item x;
	struct err e = { .status = ST_OK };

	policy_here(s, &x);
	s->wrong[0] = '\0';
	if (convert_typed_text(t, text, sizeof(text), &e) != ST_OK ||
		policy_item_set(&next, &x, text, &e) != ST_OK)
		snprintf(s->wrong, sizeof(s->wrong), "%s", e.text);
	else
		s->typed = next;
	policy_try(a, s);
}

static void accept(struct app *a, struct policy_screen *s)
{
	typed(a, s);
	if (s->wrong[0])
		return;
	s->typing = false;
	s->edited = s->typed;
	edited(a, s);
}

static void cancel(struct app *a, struct policy_screen *s)
{
	s->typing = false;
	s->wrong[0] = '\0';
	policy_try(a, s);
}

static void step(struct app *a, struct policy_screen *s, int by)
{
	struct policy_item x;

	policy_here(s, &x);
	if (policy_item_step(&s->edited, &x, by))
		edited(a, s);
	else
		app_say_offers(a,
			&(struct app_offer){ SCOPE_POLICY, ACT_POLICY_EDIT, "types it" },
			1, "%s is not a number: ", x.entry.key);
}

/* The value as another policy has it. */
static void take_from(struct app *a, struct policy_screen *s, const struct policy *p)
{
	struct policy_item x;

	policy_here(s, &x);
	policy_item_copy(&s->edited, &x, p);
	edited(a, s);
}

static void take_shipped(struct app *a, struct policy_screen *s)
{
	struct policy shipped;

	policy_default(&shipped);
	take_from(a, s, &shipped);
}

/* What a value is again, or how many are. */
static void drop_all(struct app *a)
{
	struct policy_screen *s = a->state[SCREEN_POLICY];
	const int changes = policy_changes(s);
	char text[POLICY_TEXT_VALUE_MAX];
	struct policy_item x;

	for (int i = 0; changes == 1 && i < policy_items(); i++) {
		policy_item(i, &x);
		if (policy_changed(s, &x))
			app_say(a, "%s is %s again, as in force", x.entry.key,
				policy_item_text(&s->base, &x, text));
	}
	if (changes > 1)
		app_say(a, "%d changes dropped: all is as in force", changes);
	s->edited = s->base;
	policy_draft_keep(a, s);
	edited(a, s);
}

/* Of one change it is soon said again what it was. */
static void ask_to_drop(struct app *a, const struct policy_screen *s)
{
	const int changes = policy_changes(s);
	char question[120];

	if (changes == 0) {
		app_say(a, "nothing is changed: all is as in force");
		return;
	}
	if (changes == 1) {
		drop_all(a);
		return;
	}
	snprintf(question, sizeof(question),
		"Drop all %d changes? They are not saved anywhere.", changes);
	confirm_open(a, question, drop_all);
}

static void list_moves(struct app *a, struct policy_screen *s)
{
	const struct policy_effect *x = s->trial ? policy_trial_effect(s->trial) : NULL;

	if (!x)
		app_say(a, "it is still being computed who would move");
	else if (!x->moves)
		app_say(a, "nobody would end in another tier");
	else
		app_push(a, SCREEN_POLICY_MOVES);
}

/* ---- acting ----------------------------------------------------------------------- */

static bool act_typing(struct app *a, struct policy_screen *s, enum action action)
{
	if (action == ACT_ACCEPT)
		accept(a, s);
	else if (action == ACT_CANCEL || action == ACT_BACK)
		cancel(a, s);
	else if (input_act(&s->input, action))
		typed(a, s);
	else
		return false;
	return true;
}

static bool act_edit(struct app *a, struct policy_screen *s, enum action action)
{
	switch (action) {
	case ACT_POLICY_EDIT:
		begin_typing(s);
		return true;
	case ACT_POLICY_MORE:
	case ACT_POLICY_LESS:
		step(a, s, action == ACT_POLICY_MORE ? 1 : -1);
		return true;
	case ACT_POLICY_IN_FORCE:
		take_from(a, s, &s->base);
		return true;
	case ACT_POLICY_SHIPPED:
		take_shipped(a, s);
		return true;
	case ACT_POLICY_RESET:
		ask_to_drop(a, s);
		return true;
	case ACT_POLICY_TIERS:
		s->tiers = !s->tiers;
		edited(a, s);
		return true;
	default:
		return false;
	}
}

static bool act(struct app *a, void *state, enum action action)
{
	struct policy_screen *s = state;

	if (s->typing)
		return act_typing(a, s, action);
	if (act_edit(a, s, action))
		return true;
	switch (action) {
	case ACT_POLICY_SAVE:
		policy_save(a, s);
		return true;
	case ACT_POLICY_MOVES:
		list_moves(a, s);
		return true;
	case ACT_POLICY_EFFECT:
		if (s->trial && policy_trial_effect(s->trial))
			app_push(a, SCREEN_POLICY_EFFECT);
		else
			app_say(a, "it is still being computed");
		return true;
	case ACT_POLICY_FIND:
		app_push(a, SCREEN_POLICY_FIND);
		return true;
	case ACT_EXPLAIN:
		app_push(a, SCREEN_POLICY_EXPLAIN);
		return true;
	default:
		a->dirty |= APP_LAYOUT; /* a curve has a picture */
		return policy_rows_act(s, action);
	}
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	(void)a;
	(void)state;
	(void)out;
	return true; /* it explains its values itself */
}

static struct input *input(struct app *a, void *state)
{
	struct policy_screen *s = state;

	(void)a;
	return s->typing ? &s->input : NULL;
}

/* On the value under the cursor: edits it; on another one: goes there; on what would
 * become of the base: who would move. */
static void click(struct app *a, void *state, int row, int column)
{
	struct policy_screen *s = state;
	const int at = s->top + row - s->list.row;

	if (s->typing)
		return;
	if (canvas_hit(s->side, row, column))
		list_moves(a, s);
	if (!canvas_hit(s->list, row, column) || at < 0 || at >= s->rows)
		return;
	if (at == s->at)
		begin_typing(s);
	else
		policy_rows_go(s, at);
	a->dirty |= APP_LAYOUT;
}

const struct screen_ops policy_screen = {
	.size = sizeof(struct policy_screen),
	.roomy = true,
	.whole = true,
	.open = open_policy,
	.close = close_policy,
	.end = end,
	.data_changed = data_changed,
	.leave = leave,
	.unsaved = unsaved,
	.layout = layout,
	.paint = paint,
	.act = act,
	.describe = describe,
	.input = input,
	.typed = typed,
	.click = click,
};
