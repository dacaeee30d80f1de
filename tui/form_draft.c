/* What was typed into forms that were cancelled, or were open when the program ended. */
#include "tui/form.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/fnv.h"
#include "tui/app.h"
#include "tui/mem.h"

/* ---- what it is about ----------------------------------------------------------- */

/* Of what it is about, when it can't be told from others: then nothing is kept. */
#define NOT_TOLD UINT64_MAX

enum { MARKED_KEPT = 256 }; /* of more accounts nothing is kept */

/* A book is the one that began when it did, wherever it lies by now; another one may lie
 * at its path. */
static uint64_t book_mark(const struct app *a)
{
	struct policy_version first;
	struct arena arena;
	uint64_t mark = FNV_START;

	arena_init(&arena);
	if (book_policy_saved(a->book, 1, &arena, &first, NULL) == ST_OK)
		mark = fnv_step(fnv_of(text_of(first.author)), (uint64_t)first.at);
	arena_clear(&arena);
	return mark;
}

/* The marked accounts, however they are numbered; false: they can't be told. */
static bool marked_mark(const struct app *a, uint64_t *mark)
{
	uint32_t id[MARKED_KEPT], n = 0;
	struct list_row *row;
	struct arena arena;
	uint64_t all = 0;
	bool good;

	if (a->marks.n > MARKED_KEPT)
		return false;
	row = mem_new(MARKED_KEPT, sizeof(*row));
	for (uint32_t i = 1; i <= a->marks.size; i++)
		if (marks_has(&a->marks, i))
			id[n++] = i;
	arena_init(&arena);
	good = book_rows(a->book, id, n, &arena, row, NULL) == ST_OK;
	for (uint32_t i = 0; good && i < n; i++)
		all += fnv_of(row[i].id);
	arena_clear(&arena);
	free(row);
	*mark = fnv_step(*mark, all);
	return good;
}

/* What names a row beside its account, and does not change while it is worked on. */
static bool names(const struct record *r, const struct field *f)
{
	if (!(f->flags & FIELD_KEY) || f->type == FT_ACCOUNT || f->type == FT_CSM)
		return false;
	return r->identity == REC_BY_KEY ||
	       (f->flags & FIELD_REQUIRED && (f->type == FT_TEXT || f->type == FT_DAY));
}

/* A row of an account, or of its own: the number of one that an import took along may be
 * given to another. False: it can't be told. */
static bool row_mark(const struct app *a, const struct form *f, uint64_t *mark)
{
	const struct record *r = record_of(f->kind);
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena arena;
	bool there = false;

	arena_init(&arena);
	there = book_one_row(a->book, f->kind, f->row, &arena, cells, &there, NULL) ==
			ST_OK &&
		there;
	for (int i = 0; there && i < r->count; i++)
		if (names(r, &r->fields[i]))
			*mark = fnv_step(*mark,
				fnv_of(cell_as_text(&cells[i])) ^
					(cells[i].type == CELL_INT ? (uint64_t)cells[i].i
								   : 0));
	arena_clear(&arena);
	return there;
}

/* An account is known by its own id, and a row by what names it: their numbers are given
 * to others where an import was taken back with a copy of the book, or a backup put in
 * its place. 0: no book. */
uint64_t form_draft_whom(struct app *a, const struct form *f)
{
	const struct account_view *v = NULL;
	uint64_t mark;

	if (!a->book)
		return 0;
	if (f->account)
		v = app_account(a, f->account);
	mark = fnv_step(book_mark(a), v ? fnv_of(v->row.id) : 0);
	if ((f->marked && !marked_mark(a, &mark)) ||
		(f->kind != REC_ACCOUNT && f->row && !row_mark(a, f, &mark)))
		return NOT_TOLD;
	return mark;
}

bool form_draft_told(const struct form *f)
{
	return f->about_whom != NOT_TOLD;
}

/* The same act on the same row: its lines may be others by now. */
static bool same_form(const struct form *a, const struct form *b)
{
	return a->spec->done == b->spec->done && a->about_whom == b->about_whom &&
	       a->kind == b->kind && a->row == b->row && a->field == b->field;
}

static int place_of(const struct app *a, const struct form *f)
{
	for (int i = 0; i < APP_DRAFTS; i++)
		if (a->draft[i] && same_form(a->draft[i], f))
			return i;
	return -1;
}

static void forget(struct app *a, const struct form *f)
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
static void remember(struct app *a, const struct form *f)
{
	struct form *copy = mem_new(1, sizeof(*copy));

	*copy = *f;
	copy->about = NULL;
	forget(a, f);
	free(a->draft[APP_DRAFTS - 1]);
	memmove(&a->draft[1], &a->draft[0], (APP_DRAFTS - 1) * sizeof(a->draft[0]));
	a->draft[0] = copy;
}

/* ---- from one run to the next --------------------------------------------------- */

#define SECTION "drafts"
#define PARTED '|'
enum {
	LINES_KEPT = 256, /* in all: the oldest of what nobody came back to makes room */
	KEY_MAX = 500,
	VALUE_MAX = 2 * 3 * INPUT_MAX + 2, /* what it was, and what was typed */
};

/* What a line of a form goes by; false: it is not kept. */
static bool key_of(const struct form *f, int line, char key[KEY_MAX])
{
	char name[128];

	snprintf(name, sizeof(name), "%016" PRIx64 " %s, %s, %d %lld %d", f->about_whom,
		f->spec->title, f->spec->lines[line].label, (int)f->kind,
		(long long)f->row, f->field);
	kept_encode(text_of(name), KEPT_KEY, key, KEY_MAX);
	return f->about_whom != 0 && form_draft_told(f);
}

/* A line that says what it was opened with is not kept. */
static void keep_line(struct app *a, const struct form *f, int line)
{
	char key[KEY_MAX], value[VALUE_MAX];
	size_t n;

	if (!key_of(f, line, key))
		return;
	kept_encode(input_text(&f->was[line]), "|", value, VALUE_MAX / 2);
	n = strlen(value);
	value[n++] = PARTED;
	kept_encode(input_text(&f->value[line]), "|", value + n, VALUE_MAX - n);
	kept_set(a, SECTION, key, form_changed(f, line) ? value : NULL);
}

static bool is_kept(const struct app *a, const struct form *f)
{
	char key[KEY_MAX];

	for (int i = 0; i < f->spec->n; i++)
		if (key_of(f, i, key) && kept_get(a, SECTION, key))
			return true;
	return false;
}

static void make_room(struct app *a)
{
	while (kept_at(a, SECTION, LINES_KEPT)) {
		const char *oldest = kept_at(a, SECTION, 0)->key;
		char *key = mem_new(strlen(oldest) + 1, 1);

		memcpy(key, oldest, strlen(oldest));
		kept_set(a, SECTION, key, NULL);
		free(key);
	}
}

void form_draft_end(struct app *a, const struct form *f)
{
	for (int i = 0; i < f->spec->n; i++)
		keep_line(a, f, i);
	make_room(a);
}

/* What another run left is brought up to date; what is only cancelled stays in this one.
 */
void form_draft_keep(struct app *a, const struct form *f)
{
	const bool kept = is_kept(a, f);

	if (form_draft_told(f))
		remember(a, f);
	for (int i = 0; kept && i < f->spec->n; i++)
		keep_line(a, f, i);
}

void form_draft_drop(struct app *a, const struct form *f)
{
	char key[KEY_MAX];

	forget(a, f);
	for (int i = 0; i < f->spec->n; i++)
		if (key_of(f, i, key))
			kept_set(a, SECTION, key, NULL);
}

/* A line as it was left; false: it was not. */
static bool take_line(const struct app *a, struct form *f, int line)
{
	char key[KEY_MAX], text[INPUT_MAX + 1];
	const char *value, *parted;

	if (!key_of(f, line, key) || !(value = kept_get(a, SECTION, key)) ||
		!(parted = strchr(value, PARTED)))
		return false;
	kept_decode((struct text){ value, (size_t)(parted - value) }, text, sizeof(text));
	input_set(&f->was[line], text_of(text));
	kept_decode(text_of(parted + 1), text, sizeof(text));
	input_set(&f->value[line], text_of(text));
	return true;
}

bool form_draft_left(const struct app *a, struct form *f)
{
	bool any = false;

	for (int i = 0; i < f->spec->n; i++)
		any |= take_line(a, f, i);
	return any;
}

const struct form *form_draft_begin(struct app *a, struct form *f)
{
	struct form *left;
	bool any;
	int i;

	f->about_whom = form_draft_whom(a, f);
	memcpy(f->was, f->value, sizeof(f->was));
	i = place_of(a, f);
	if (i >= 0)
		return a->draft[i];
	left = mem_new(1, sizeof(*left));
	*left = *f;
	any = form_draft_left(a, left);
	if (any)
		remember(a, left);
	free(left);
	return any ? a->draft[0] : NULL;
}

bool form_draft_has(const struct form *draft, int line, const struct input *now)
{
	return form_changed(draft, line) &&
	       !text_eq(input_text(&draft->value[line]), input_text(now));
}

void form_forget(struct app *a)
{
	for (int i = 0; i < APP_DRAFTS; i++) {
		free(a->draft[i]);
		a->draft[i] = NULL;
	}
}
