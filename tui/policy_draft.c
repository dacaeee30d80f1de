/* What was edited and not saved when a run ended is there in the next one: each value is
 * a draft, as of a form with this one line. */
#include "tui/policy.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/fnv.h"
#include "tui/form.h"
#include "tui/mem.h"

/* Owned. */
static struct form *begin(const struct policy_screen *s)
{
	static const struct form_line line = { "", FORM_TEXT, NULL, NULL, false };
	static const struct form_spec spec = { "Policy", "", &line, 1, NULL, NULL };
	struct form *f = mem_new(1, sizeof(*f));

	f->spec = &spec;
	f->about_whom = s->about_whom;
	return f;
}

/* Values are known by their names: another version may have them in another order. */
static void be_about(struct form *f, const struct policy_item *x)
{
	f->row = (int64_t)fnv_step(
		fnv_of(text_of(x->entry.section)), fnv_of(text_of(x->entry.key)));
}

static void put(struct input *in, const struct policy *p, const struct policy_item *x)
{
	char text[POLICY_TEXT_VALUE_MAX];

	input_set(in, text_of(policy_item_text(p, x, text)));
}

static bool take(const struct input *in, struct policy *p, const struct policy_item *x)
{
	const struct text t = input_text(in);
	char text[INPUT_MAX + 1];
	struct err ignored;

	snprintf(text, sizeof(text), "%.*s", (int)t.n, t.s);
	return policy_item_set(p, x, text, &ignored) == ST_OK;
}

void policy_draft_keep(struct app *a, const struct policy_screen *s)
{
	struct form *f = begin(s);
	struct policy_item x;

	for (int i = 0; i < policy_items(); i++) {
		policy_item(i, &x);
		be_about(f, &x);
		put(&f->was[0], &s->base, &x);
		put(&f->value[0], policy_changed(s, &x) ? &s->edited : &s->base, &x);
		form_draft_end(a, f);
	}
	free(f);
}

void policy_draft_take(struct app *a, struct policy_screen *s)
{
	struct form *f;
	struct policy_item x;

	f = begin(s);
	f->about_whom = s->about_whom = form_draft_whom(a, f); /* of the book */
	for (int i = 0; i < policy_items(); i++) {
		policy_item(i, &x);
		be_about(f, &x);
		/* What can't be read any more is no value now. */
		if (form_draft_left(a, f) && take(&f->value[0], &s->edited, &x))
			(void)take(&f->was[0], &s->base, &x);
	}
	free(f);
}
