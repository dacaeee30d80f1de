#include "tui/used.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/letters.h"

enum { SHOWN = 3, BELOW = 8 };

void used_load(struct used *u, struct app *a, enum list_field field)
{
	struct err e = { .status = ST_OK };

	if (u->known && u->field == field)
		return;
	used_clear(u);
	u->known = true;
	u->field = field;
	if (complete_values(a->book, field, a->view.inactive, &u->arena, &u->value, &u->n,
		    &e) != ST_OK)
		app_fail(a, &e);
}

void used_clear(struct used *u)
{
	arena_clear(&u->arena);
	u->known = false;
	u->value = NULL;
	u->n = 0;
}

/* ---- which one ------------------------------------------------------------------ */

static const struct field_value *same(const struct used *u, struct text word)
{
	for (uint32_t i = 0; i < u->n; i++)
		if (text_eq(u->value[i].text, word))
			return &u->value[i];
	return NULL;
}

/* What begins so comes before what has a word that does. */
static int find(const struct used *u, struct text word, const struct field_value **out)
{
	struct letters l;
	int n = 0;

	letters_init(&l, word);
	for (int begins = 1; begins >= 0 && l.n; begins--)
		for (uint32_t i = 0; i < u->n && n < SHOWN; i++) {
			const int rank = letters_rank(&l, u->value[i].text);

			if (rank >= LETTERS_WORD && (rank >= LETTERS_BEGINNING) == begins)
				out[n++] = &u->value[i];
		}
	return n;
}

static struct text behind(const struct input *in, const char *signs)
{
	size_t from = in->n;

	while (from > 0 && !strchr(signs, in->s[from - 1]))
		from--;
	return text_trim((struct text){ in->s + from, in->n - from });
}

/* Behind a comma only where no word of the book has one so. */
static struct text word_of(const struct used *u, const struct input *in)
{
	const struct text word = behind(in, ";");
	const struct field_value *x[SHOWN];

	return same(u, word) || find(u, word, x) ? word : behind(in, ";,");
}

bool used_complete(const struct used *u, struct input *in)
{
	const struct text word = word_of(u, in);
	const struct field_value *x[SHOWN];
	char line[INPUT_MAX + 1];
	int n;

	if (in->cut || in->at < in->n || same(u, word) || find(u, word, x) == 0)
		return false;
	n = snprintf(line, sizeof(line), "%.*s%.*s", (int)(word.s - in->s), in->s,
		(int)x[0]->text.n, x[0]->text.s);
	if (n < 0 || (size_t)n >= sizeof(line))
		return false;
	input_set(in, (struct text){ line, (size_t)n });
	return true;
}

/* ---- in words ------------------------------------------------------------------- */

void used_beside(const struct used *u, const struct input *in, enum scope scope,
	char *out, size_t size)
{
	const struct text word = word_of(u, in);
	const struct field_value *is = same(u, word), *x[SHOWN];
	const int n = is ? 0 : find(u, word, x);
	size_t used = 0;

	out[0] = '\0';
	if (u->n == 0 || word.n == 0)
		return;
	if (is)
		snprintf(out, size, "%u account%s", is->accounts, TEXT_S(is->accounts));
	else if (n == 0)
		snprintf(out, size, "no account has that");
	for (int i = 0; i < n && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s%.*s",
			i == 0 ? keys_text(scope, ACT_MOVE_RIGHT) : "",
			i == 0   ? ": "
			: i == 1 ? ", not "
				 : ", ",
			(int)x[i]->text.n, x[i]->text.s);
}

void used_below(const struct used *u, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < u->n && i < BELOW; i++) {
		const struct text t = u->value[i].text;

		if (used + t.n + sizeof(" In the book: .") > size)
			break;
		used += (size_t)snprintf(out + used, size - used, "%s%.*s",
			i == 0 ? " In the book: " : ", ", (int)t.n, t.s);
	}
	if (used)
		snprintf(out + used, size - used, ".");
}
