#include "tui/views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/form.h"
#include "tui/me.h"
#include "tui/mem.h"
#include "tui/people.h"

enum { WHOSE_SAME = WHOSE_COUNT, VALUE_MAX = 4 * INPUT_MAX };

#define SECTION "views"     /* of what is kept: a line for each */
#define LAST_SECTION "list" /* for each book how it was left */

static const struct {
	const char *name;
	enum whose whose;
	const char *filter, *sort, *columns, *help;
} shipped[] = {
#define VIEW(name, of, filter, sort, columns, help) \
	{ name, (enum whose)WHOSE_##of, filter, sort, columns, help },
#include "tui/views.def"
};

static const char *const whose_name[] = { "all", "mine", "team", "pool", "one", "same" };

/* ---- as a line of text: words "name=value" that hold no blanks ------------------- */

static void put_word(char out[VALUE_MAX], const char *name, struct text value)
{
	size_t n = strlen(out);

	if (n + strlen(name) + 3 * value.n + 3 > VALUE_MAX)
		return;
	n += (size_t)snprintf(out + n, VALUE_MAX - n, "%s%s=", n ? " " : "", name);
	kept_encode(value, " ", out + n, VALUE_MAX - n);
}

static void sort_text(const struct list_sort *sort, char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < sort->n && n < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s%s", i ? "," : "",
			sort->key[i].descending ? "-" : "",
			list_field_def(sort->key[i].field)->name);
}

static void write_view(const struct saved_view *v, char out[VALUE_MAX])
{
	char sort[128];

	out[0] = '\0';
	put_word(out, "whose", text_of(whose_name[v->whose]));
	if (v->whose == WHOSE_ONE || v->whose == WHOSE_TEAM)
		put_word(out, "owner", text_of(v->owner));
	if (v->inactive)
		put_word(out, "inactive", TEXT("yes"));
	sort_text(&v->sort, sort, sizeof(sort));
	put_word(out, "sort", text_of(sort));
	if (v->has_columns)
		put_word(out, "columns", text_of(v->columns));
	if (v->filter[0])
		put_word(out, "filter", text_of(v->filter));
}

static void usual_sort(struct list_sort *out)
{
	out->n = 1;
	out->key[0].field = LIST_ARR;
	out->key[0].descending = true;
}

static void take_word(struct saved_view *v, struct text name, struct text value)
{
	char text[128];

	kept_decode(value, text, sizeof(text));
	for (int i = 0; text_eq(name, TEXT("whose")) && i <= WHOSE_SAME; i++)
		if (strcmp(text, whose_name[i]) == 0)
			v->whose = (enum whose)i;
	if (text_eq(name, TEXT("sort")) &&
		(list_sort_parse(text_of(text), &v->sort, NULL) != ST_OK ||
			v->sort.n == 0))
		usual_sort(&v->sort);
	if (text_eq(name, TEXT("inactive")))
		v->inactive = strcmp(text, "yes") == 0;
	if (text_eq(name, TEXT("owner")))
		kept_decode(value, v->owner, sizeof(v->owner));
	if (text_eq(name, TEXT("filter")))
		kept_decode(value, v->filter, sizeof(v->filter));
	if (text_eq(name, TEXT("columns"))) {
		v->has_columns = true;
		kept_decode(value, v->columns, sizeof(v->columns));
	}
}

/* Whatever was written there: what makes no sense is passed over. */
static void read_view(const char *text, struct saved_view *v)
{
	*v = (struct saved_view){ .whose = (enum whose)WHOSE_SAME };
	usual_sort(&v->sort);
	while (*text) {
		size_t n = strcspn(text, " ");
		const char *equals = memchr(text, '=', n);

		if (equals)
			take_word(v, (struct text){ text, (size_t)(equals - text) },
				(struct text){
					equals + 1, n - (size_t)(equals - text) - 1 });
		text += n;
		text += *text == ' ';
	}
}

/* ---- the views ------------------------------------------------------------------- */

static void take_shipped(size_t i, struct saved_view *out)
{
	*out = (struct saved_view){
		.help = shipped[i].help, .whose = shipped[i].whose, .has_columns = true
	};
	snprintf(out->name, sizeof(out->name), "%s", shipped[i].name);
	snprintf(out->filter, sizeof(out->filter), "%s", shipped[i].filter);
	snprintf(out->columns, sizeof(out->columns), "%s", shipped[i].columns);
	if (list_sort_parse(text_of(shipped[i].sort), &out->sort, NULL) != ST_OK)
		usual_sort(&out->sort);
}

int views_list(struct app *a, struct saved_view **out)
{
	const size_t more = sizeof(shipped) / sizeof(*shipped);
	const struct kept_line *line;
	size_t own = 0;

	while (kept_at(a, SECTION, own))
		own++;
	*out = mem_new(own + more, sizeof(**out));
	for (size_t i = 0; (line = kept_at(a, SECTION, i)) != NULL; i++) {
		struct saved_view *v = &(*out)[i];

		read_view(line->value, v);
		kept_decode(text_of(line->key), v->name, sizeof(v->name));
	}
	for (size_t i = 0; i < more; i++)
		take_shipped(i, &(*out)[own + i]);
	return (int)(own + more);
}

/* Whether there is one of that name. */
static bool is_own(struct app *a, struct text name)
{
	char key[VALUE_MAX];

	kept_encode(name, KEPT_KEY, key, sizeof(key));
	return kept_get(a, SECTION, key) != NULL;
}

/* What is shown now, without a name. */
static void take_shown(struct app *a, struct saved_view *out)
{
	*out = (struct saved_view){ .whose = a->view.whose,
		.inactive = a->view.inactive,
		.sort = a->view.sort,
		.has_columns = true };
	snprintf(out->owner, sizeof(out->owner), "%s", a->view.owner);
	snprintf(out->filter, sizeof(out->filter), "%.*s", (int)a->view.filter.n,
		a->view.filter.s);
	columns_text(&a->columns, out->columns);
}

/* Says so when the colleague, or the team, is not in this book. */
static void use_owner(struct app *a, const struct saved_view *v)
{
	const bool team = v->whose == WHOSE_TEAM;
	struct people people;
	const struct person *x = NULL;
	struct err e = { .status = ST_OK };

	people_init(&people);
	if (people_names(&people, a->book, &e) != ST_OK)
		app_fail(a, &e);
	else if ((x = team ? people_in(&people, text_of(v->owner))
			   : people_find(&people, text_of(v->owner))) == NULL)
		app_say(a, "%s is no %s of this book: everybody's accounts are shown",
			v->owner, team ? "team" : "CSM");
	a->view.whose = WHOSE_ALL;
	if (x && team)
		view_team(&a->view, x->csm, text_of(v->owner));
	else if (x)
		view_owner(&a->view, x->csm, x->name);
	people_clear(&people);
}

void views_leave(struct app *a)
{
	if (a->columns_lent)
		a->columns = a->columns_own;
	a->columns_lent = false;
	a->dirty |= APP_LAYOUT;
}

void views_say_lent(struct app *a)
{
	static const struct app_offer ways[] = { { SCOPE_SCREEN, ACT_FILTER_CLEAR,
							 "goes back to yours" },
		{ SCOPE_SCREEN, ACT_VIEW_SAVE, "keeps these" } };

	if (a->columns_lent)
		app_say_offers(a, ways, 2, "the columns are those of the view: ");
}

/* And how a person's own columns come back, where they are others. */
static void say_used(struct app *a, const struct saved_view *v)
{
	if (a->columns_lent)
		app_say_offers(a,
			&(struct app_offer){
				SCOPE_SCREEN, ACT_FILTER_CLEAR, "goes back to yours" },
			1, "view: %s, with its columns; ", v->name);
	else
		app_say(a, "view: %s", v->name);
}

void views_use(struct app *a, const struct saved_view *v)
{
	input_set(&a->view.filter, text_of(v->filter));
	a->view.sort = v->sort;
	a->view.inactive = v->inactive;
	views_leave(a);
	if (v->has_columns) {
		a->columns_own = a->columns;
		columns_parse(&a->columns, text_of(v->columns));
		a->columns_lent = !columns_same(&a->columns, &a->columns_own);
	}
	if (v->name[0])
		say_used(a, v);
	if (v->whose == WHOSE_ONE || v->whose == WHOSE_TEAM)
		use_owner(a, v);
	else if (v->whose < WHOSE_COUNT)
		a->view.whose = v->whose;
	app_filter_changed(a);
	a->dirty |= APP_LAYOUT;
}

/* Under its name. */
static void keep(struct app *a, const struct saved_view *v)
{
	char key[VALUE_MAX], value[VALUE_MAX];

	kept_encode(text_of(v->name), KEPT_KEY, key, sizeof(key));
	write_view(v, value);
	kept_set(a, SECTION, key, value);
}

void views_drop(struct app *a, struct text name)
{
	char key[VALUE_MAX];

	kept_encode(name, KEPT_KEY, key, sizeof(key));
	kept_set(a, SECTION, key, NULL);
}

/* ---- the last one ---------------------------------------------------------------- */

void views_resume(struct app *a)
{
	char key[KEPT_BOOK_MAX];
	const char *last =
		kept_book(app_path(a), key) ? kept_get(a, LAST_SECTION, key) : NULL;
	struct saved_view v;

	if (!last || book_summary(a->book, &a->summary, NULL) != ST_OK)
		return;
	read_view(last, &v);
	v.filter[0] = '\0';
	views_use(a, &v);
	a->columns_lent = false;
	app_hush(a);
}

void views_remember(struct app *a)
{
	struct saved_view v;
	char value[VALUE_MAX], key[KEPT_BOOK_MAX];

	if (!a->book)
		return;
	take_shown(a, &v);
	v.filter[0] = '\0'; /* neither is kept, nor what a view has lent */
	if (a->columns_lent)
		columns_text(&a->columns_own, v.columns);
	write_view(&v, value);
	if (kept_book(app_path(a), key))
		kept_set(a, LAST_SECTION, key, value);
}

void views_picture(struct app *a, bool queue)
{
	struct view last = a->view;
	struct text bytes;
	struct arena arena;

	if (!a->book || !a->host->keep_picture)
		return;
	input_set(&last.filter, text_of("")); /* neither is kept */
	last.before.n = 0;
	if (queue && me_now(a) == ME_CSM) /* with whose the console begins */
		last.whose = WHOSE_MINE;
	arena_init(&arena);
	if (view_picture(&last, a->book, queue, &arena, &bytes, NULL) == ST_OK && bytes.n)
		a->host->keep_picture(a->host->ctx, bytes);
	arena_clear(&arena);
}

/* ---- asking for a name ------------------------------------------------------------ */

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct text name = form_value(f, 0);
	struct saved_view v;

	*line = 0;
	if (name.n >= VIEW_NAME_MAX)
		return err_set(e, ST_INVALID, "a name has at most %d letters",
			VIEW_NAME_MAX - 1);
	take_shown(a, &v);
	memcpy(v.name, name.s, name.n);
	v.name[name.n] = '\0';
	keep(a, &v);
	app_say_offers(a, &(struct app_offer){ SCOPE_SCREEN, ACT_VIEWS, "picks it" }, 1,
		"the view \"%s\" is saved: ", v.name);
	return ST_OK;
}

static bool ask_replace(struct app *a, const struct form *f, char *question, size_t size)
{
	struct text name = form_value(f, 0);

	snprintf(question, size, "There is a view \"%.*s\" already. Replace it?",
		(int)name.n, name.s);
	return is_own(a, name);
}

void views_ask(struct app *a)
{
	static const struct form_line lines[] = {
		{ "Name", FORM_TEXT, NULL,
			"Filter, order, columns and whose accounts are kept under it.",
			true },
	};
	static const struct form_spec spec = { "Save this view", "save", lines, 1, save,
		ask_replace };
	struct form *f = mem_new(1, sizeof(*f));

	f->spec = &spec;
	if (a->view.filter.n)
		snprintf(f->subtitle, sizeof(f->subtitle), "%.*s", (int)a->view.filter.n,
			a->view.filter.s);
	form_open(a, f);
	free(f);
}
