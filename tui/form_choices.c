/* Lines of a form on which one of a few words is chosen. */
#include "core/choices.h"
#include "tui/app.h"
#include "tui/form_line.h"
#include "tui/form_state.h"

void form_choices_take(struct form_state *s, int line, int choice)
{
	input_set(&s->form.value[line],
		choices_at(s->form.spec->lines[line].choices, choice));
	if (s->form.chosen)
		s->form.chosen(&s->form, line);
}

/* One to the left or right; where nothing need be chosen, nothing stands before the
 * first. */
static void step_choice(struct form_state *s, int step)
{
	const struct form_line *l = &s->form.spec->lines[s->at];
	int at = choices_find(l->choices, form_value(&s->form, s->at)) + step;

	input_set(&s->letters, TEXT(""));
	if (at < 0 && !l->required)
		input_set(&s->form.value[s->at], TEXT(""));
	else if (at >= 0 && choices_at(l->choices, at).s)
		form_choices_take(s, s->at, at);
}

/* Letters add up as long as they begin a choice; else the last one begins anew. The first
 * letter means the choice that is made, where that begins with it, else the first that
 * does: the same key does the same whatever stood there. Again, it goes on to the next.
 */
void form_choices_typed(struct app *a, struct form_state *s)
{
	const char *choices = s->form.spec->lines[s->at].choices;
	struct text typed = input_text(&s->letters);
	const int at = choices_find(choices, form_value(&s->form, s->at));
	const struct text chosen = choices_at(choices, at < 0 ? 0 : at);
	const bool is = at >= 0 && chosen.n >= typed.n &&
			text_ieq((struct text){ chosen.s, typed.n }, typed);
	int found = is ? at : form_choice_typed(choices, 0, typed);

	if (found < 0 && typed.n > 1) {
		typed = (struct text){ typed.s + typed.n - 1, 1 };
		found = form_choice_typed(choices, at + 1, typed);
		input_set(&s->letters, found < 0 ? TEXT("") : typed);
	} else if (found < 0) {
		input_set(&s->letters, TEXT(""));
	}
	if (found >= 0)
		form_choices_take(s, s->at, found);
	else /* who takes it for a line of text would lose what it types */
		app_say(a,
			"letters choose here, and none begins so: %s goes on to the next "
			"line",
			keys_word(SCOPE_FORM, ACT_FORM_NEXT));
}

void form_choices_act(struct form_state *s, enum action action)
{
	switch (action) {
	case ACT_MOVE_LEFT:
		step_choice(s, -1);
		break;
	case ACT_MOVE_RIGHT:
		step_choice(s, 1);
		break;
	case ACT_ERASE:
	case ACT_ERASE_NEXT:
	case ACT_ERASE_LINE:
		if (!s->form.spec->lines[s->at].required)
			input_set(&s->form.value[s->at], TEXT(""));
		input_set(&s->letters, TEXT(""));
		break;
	default:
		break;
	}
}
