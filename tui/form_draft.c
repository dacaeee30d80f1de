/* What was typed into forms that were cancelled, or were open when the program ended. */
#include "tui/form.h"
#include "tui/form_state.h"

#include <stdio.h>
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

/* ---- from one run to the next --------------------------------------------------- */

#define SECTION "drafts"
#define PARTED '|'
enum {
	KEY_MAX = KEPT_BOOK_MAX + 400,
	VALUE_MAX = 2 * 3 * INPUT_MAX + 2, /* what it was, and what was typed */
};

/* What a line of a form goes by in this book; false: it has no place of its own. */
static bool key_of(const struct app *a, const struct form *f, int line, char key[KEY_MAX])
{
	char name[128];
	size_t n;

	if (!kept_book(book_path(a->book), key))
		return false;
	snprintf(name, sizeof(name), " %s, %s, %u %d %lld %d", f->spec->title,
		f->spec->lines[line].label, (unsigned)f->account, (int)f->kind,
		(long long)f->row, f->field);
	n = strlen(key);
	kept_encode(text_of(name), KEPT_KEY, key + n, KEY_MAX - n);
	return true;
}

void form_draft_end(struct app *a)
{
	const struct form_state *s = a->state[SCREEN_FORM];
	char key[KEY_MAX], value[VALUE_MAX];

	for (int i = 0; s && i < s->form.spec->n; i++) {
		size_t n;

		if (!form_changed(&s->form, i) || !key_of(a, &s->form, i, key))
			continue;
		kept_encode(input_text(&s->form.was[i]), "|", value, VALUE_MAX / 2);
		n = strlen(value);
		value[n++] = PARTED;
		kept_encode(input_text(&s->form.value[i]), "|", value + n, VALUE_MAX - n);
		kept_set(a, SECTION, key, value);
	}
}

/* A line as it was left; it is kept no longer. False: it was not. */
static bool take_line(struct app *a, struct form *f, int line)
{
	char key[KEY_MAX], text[INPUT_MAX + 1];
	const char *value, *parted;

	if (!key_of(a, f, line, key) || !(value = kept_get(a, SECTION, key)) ||
		!(parted = strchr(value, PARTED)))
		return false;
	kept_decode((struct text){ value, (size_t)(parted - value) }, text, sizeof(text));
	input_set(&f->was[line], text_of(text));
	kept_decode(text_of(parted + 1), text, sizeof(text));
	input_set(&f->value[line], text_of(text));
	kept_set(a, SECTION, key, NULL);
	return true;
}

const struct form *form_draft(struct app *a, const struct form *f)
{
	int i = place_of(a, f);

	if (i < 0) {
		struct form *left = mem_new(1, sizeof(*left));
		bool any = false;

		*left = *f;
		memcpy(left->was, f->value, sizeof(left->was));
		for (int k = 0; k < f->spec->n; k++)
			any |= take_line(a, left, k);
		if (any)
			form_draft_keep(a, left);
		free(left);
		i = any ? 0 : -1;
	}
	return i < 0 ? NULL : a->draft[i];
}

void form_forget(struct app *a)
{
	for (int i = 0; i < APP_DRAFTS; i++) {
		free(a->draft[i]);
		a->draft[i] = NULL;
	}
}
