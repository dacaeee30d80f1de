/* What was typed into forms that were cancelled. */
#include "tui/form.h"
#include "tui/form_state.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

/* The same act on the same row: its lines may be others by now. */
static bool same_form(const struct form *a, const struct form *b)
{
	return a->spec->done == b->spec->done && a->account == b->account &&
	       a->kind == b->kind && a->row == b->row && a->field == b->field;
}

static int place_of(const struct app *a, const struct form *f)
{
	for (int i = 0; i < APP_DRAFTS; i++)
		if (a->draft[i] && same_form(a->draft[i], f))
			return i;
	return -1;
}

const struct form *form_draft(const struct app *a, const struct form *f)
{
	const int i = place_of(a, f);

	return i < 0 ? NULL : a->draft[i];
}

void form_draft_drop(struct app *a, const struct form *f)
{
	int i = place_of(a, f);

	if (i < 0)
		return;
	free(a->draft[i]);
	memmove(&a->draft[i], &a->draft[i + 1],
		(size_t)(APP_DRAFTS - 1 - i) * sizeof(a->draft[0]));
	a->draft[APP_DRAFTS - 1] = NULL;
}

/* The newest comes first; the oldest makes room. */
void form_draft_keep(struct app *a, const struct form *f)
{
	struct form *copy = mem_new(1, sizeof(*copy));

	*copy = *f;
	copy->about = NULL;
	form_draft_drop(a, f);
	free(a->draft[APP_DRAFTS - 1]);
	memmove(&a->draft[1], &a->draft[0], (APP_DRAFTS - 1) * sizeof(a->draft[0]));
	a->draft[0] = copy;
}

void form_forget(struct app *a)
{
	for (int i = 0; i < APP_DRAFTS; i++) {
		free(a->draft[i]);
		a->draft[i] = NULL;
	}
}
