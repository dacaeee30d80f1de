#include "tui/me.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/people.h"

#define SECTION \
	"me" /* of what is kept: for each book a name; "" for none of its people */

/* ---- what is kept --------------------------------------------------------------- */

/* NULL: nobody was asked yet. */
static const char *chosen(struct app *a)
{
	char key[KEPT_BOOK_MAX];

	return kept_book(book_path(a->book), key) ? kept_get(a, SECTION, key) : NULL;
}

enum status me_take_up(
	struct book *b, const char *path, const struct kept *k, struct err *e)
{
	char key[KEPT_BOOK_MAX];
	const char *name = kept_book(path, key) ? kept_find(k, SECTION, key) : NULL;
	const struct person *x = NULL;
	struct people people;
	char spelled[256]; /* as the book does */
	enum status st;

	if (!name || !*name)
		return ST_OK;
	people_init(&people);
	st = people_names(&people, b, e);
	if (st == ST_OK)
		x = people_find(&people, text_of(name));
	if (x) {
		snprintf(spelled, sizeof(spelled), "%.*s", (int)x->name.n, x->name.s);
		st = book_set_me(b, spelled, e);
	}
	people_clear(&people);
	return st;
}

/* ---- who is it ------------------------------------------------------------------ */

static bool leads(struct text role)
{
	static const char *const words[] = { "lead", "team lead", "manager",
		"team manager", "head", "director" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (text_ieq(role, text_of(words[i])))
			return true;
	return false;
}

static enum me what(const struct person *x)
{
	return !x ? ME_STRANGER : leads(x->role) ? ME_LEAD : ME_CSM;
}

enum me me_now(struct app *a)
{
	struct people people;
	enum me me = ME_STRANGER;

	people_init(&people);
	if (people_names(&people, a->book, NULL) == ST_OK)
		me = what(people_find(&people, text_of(book_me(a->book))));
	people_clear(&people);
	return me;
}

enum me me_begin(struct app *a)
{
	struct err e = { .status = ST_OK };

	snprintf(a->given, sizeof(a->given), "%s", book_me(a->book));
	if (!a->host->named_actor &&
		me_take_up(a->book, book_path(a->book), &a->kept, &e) != ST_OK)
		app_fail(a, &e);
	return me_now(a);
}

/* The day begins with the own accounts of who has some, with everybody's for the rest. */
static void go_to_work(struct app *a, enum me me)
{
	a->view.whose = me == ME_CSM ? WHOSE_MINE : WHOSE_ALL;
	a->go_to = APP_TO_FIRST;
	a->dirty |= APP_DATA;
	app_switch(a, SCREEN_TODAY);
}

void me_choose(struct app *a, const struct person *x)
{
	char name[256], key[KEPT_BOOK_MAX];
	const enum me me = what(x);
	struct err e = { .status = ST_OK };

	/* The person is the popup's, which is about to close. */
	snprintf(name, sizeof(name), "%.*s", x ? (int)x->name.n : 0, x ? x->name.s : "");
	if (book_set_me(a->book, x ? name : a->given, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	if (kept_book(book_path(a->book), key))
		kept_set(a, SECTION, key, name);
	go_to_work(a, me);
	if (me == ME_STRANGER)
		app_say(a, "everybody's accounts; your changes bear the name %s",
			a->given);
	else if (me == ME_LEAD)
		app_say(a, "you are %s: everybody's accounts, %s for yours", name,
			keys_word(SCOPE_TODAY, ACT_WHOSE));
	else
		app_say(a, "you are %s; your changes bear your name", name);
}

const char *me_unknown(const struct app *a, char text[ME_TEXT_MAX])
{
	snprintf(text, ME_TEXT_MAX,
		"%.128s is not in this book: press %s to say who you are",
		book_me(a->book), keys_word(SCOPE_SCREEN, ACT_WHO));
	return text;
}

void me_offer(struct app *a)
{
	char text[ME_TEXT_MAX];

	const char *name = chosen(a);

	if (!a->message.text[0] && !(name && !*name) && a->summary.csms > 0)
		app_say(a, "%s", me_unknown(a, text));
}
