#include "tui/mem.h"
#include "tui/view.h"

#include <stdio.h>
#include <string.h>

#include "tui/people.h"

/* What whose adds in front of the filter; one CSM or a team is looked for by number
 * instead, since names may begin alike. */
static const char *const whose_words[WHOSE_COUNT] = {
	[WHOSE_ALL] = "",
	[WHOSE_MINE] = "csm:me ",
	[WHOSE_TEAM] = "",
	[WHOSE_POOL] = "csm:pool ",
	[WHOSE_ONE] = "",
};

void view_init(struct view *v)
{
	*v = (struct view){ 0 };
	v->sort.n = 1;
	v->sort.key[0].field = LIST_ARR;
	v->sort.key[0].descending = true;
}

void view_clear(struct view *v)
{
	list_free(&v->list);
}

static void take(struct view *v, enum whose whose, int32_t csm, struct text name)
{
	v->whose = whose;
	v->csm = csm;
	snprintf(v->owner, sizeof(v->owner), "%.*s", (int)name.n, name.n ? name.s : "");
}

void view_owner(struct view *v, int32_t csm, struct text name)
{
	take(v, csm ? WHOSE_ONE : WHOSE_POOL, csm, name);
}

void view_show_everybody(struct view *v)
{
	take(v, WHOSE_ALL, 0, TEXT(""));
}

void view_team(struct view *v, int32_t csm, struct text team)
{
	take(v, WHOSE_TEAM, csm, team);
}

enum status view_whose_next(struct view *v, struct book *b, struct err *e)
{
	struct people people;
	const struct person *me = NULL;
	enum status st = ST_OK;

	if (v->whose != WHOSE_MINE) {
		v->whose = v->whose == WHOSE_ALL    ? WHOSE_MINE
			   : v->whose == WHOSE_TEAM ? WHOSE_POOL
						    : WHOSE_ALL;
		return ST_OK;
	}
	people_init(&people);
	st = people_names(&people, b, e);
	if (st == ST_OK)
		me = people_find(&people, text_of(book_me(b)));
	if (me && me->team.n)
		view_team(v, me->csm, me->team);
	else
		v->whose = WHOSE_POOL;
	people_clear(&people);
	return st;
}

/* Whether the person at the keyboard has a name that owns accounts in this book. */
static enum status look_for_me(struct view *v, struct book *b, struct err *e)
{
	uint32_t me;
	const enum status st = book_my_csm(b, &me, e);

	v->stranger = st == ST_OK && !me;
	return st;
}

static bool has_key(const struct list_sort *s, enum list_field field)
{
	for (int i = 0; i < s->n; i++)
		if (s->key[i].field == field)
			return true;
	return false;
}

/* With the order from before behind it. */
static struct list_sort whole_sort(const struct view *v)
{
	struct list_sort s = v->sort;

	for (int i = 0; i < v->before.n && s.n < LIST_SORT_MAX; i++)
		if (!has_key(&s, v->before.key[i].field))
			s.key[s.n++] = v->before.key[i];
	return s;
}

/* What the book is asked for; where is to live as long as it. */
static struct list_query ask(const struct view *v, char where[INPUT_MAX + 64])
{
	snprintf(where, INPUT_MAX + 64, "%s%.*s", whose_words[v->whose], (int)v->filter.n,
		v->filter.s);
	return (struct list_query){ .where = text_of(where),
		.sort = whole_sort(v),
		.all = v->inactive,
		.only_csm = v->whose == WHOSE_ONE || v->whose == WHOSE_TEAM ? v->csm : 0,
		.only_team = v->whose == WHOSE_TEAM };
}

enum status view_load(struct view *v, struct book *b, struct err *e)
{
	char where[INPUT_MAX + 64];
	const struct list_query q = ask(v, where);
	struct list *list = NULL;
	struct filter_error bad = { 0, 0 };
	struct err problem = { .status = ST_OK };
	size_t prefix = strlen(whose_words[v->whose]);
	enum status st;

	st = book_list(b, &q, &list, &bad, &problem);
	if (st == ST_CANCELLED)
		return err_set(e, st, "%s", problem.text);
	v->bad = st == ST_USAGE || st == ST_INVALID;
	if (v->bad) {
		v->where = bad;
		v->where.at -= bad.at < prefix ? bad.at : prefix;
		memcpy(v->problem, problem.text, sizeof(v->problem));
		return ST_OK;
	}
	v->stranger = false;
	if (st == ST_OK && v->whose == WHOSE_MINE && list->n == 0)
		st = look_for_me(v, b, &problem);
	if (st != ST_OK) {
		list_free(&list);
		if (e)
			*e = problem;
		return st;
	}
	list_free(&v->list);
	v->list = list;
	return ST_OK;
}

bool view_glance(struct view *v, struct book *b)
{
	char where[INPUT_MAX + 64];
	const struct list_query q = ask(v, where);
	struct list *list = NULL;

	if (v->bad || book_first(b, &q, &list, NULL) != ST_OK || !list)
		return false;
	if (v->whose == WHOSE_MINE && list->n == 0) { /* why, is not known here */
		list_free(&list);
		return false;
	}
	v->stranger = false;
	list_free(&v->list);
	v->list = list;
	return true;
}

enum status view_queue(
	const struct view *v, struct book *b, struct queue_query *out, struct err *e)
{
	enum status st = ST_OK;

	*out = (struct queue_query){ .where = input_text(&v->filter),
		.scope = v->whose == WHOSE_ALL    ? QUEUE_OF_ANYBODY
			 : v->whose == WHOSE_POOL ? QUEUE_OF_POOL
			 : v->whose == WHOSE_TEAM ? QUEUE_OF_TEAM
						  : QUEUE_OF_CSM };
	if (v->whose == WHOSE_MINE)
		st = book_my_csm(b, &out->csm, e);
	else if (v->whose == WHOSE_ONE || v->whose == WHOSE_TEAM)
		out->csm = (uint32_t)v->csm;
	if (v->whose == WHOSE_MINE && out->csm == 0)
		out->csm = UINT32_MAX; /* a stranger has nothing, and not the pool's */
	return st;
}

bool view_glance_queue(
	struct view *v, struct book *b, uint32_t rows, struct queue **queue)
{
	struct queue_query q;
	struct list *list = NULL;

	*queue = NULL;
	if (v->bad || v->inactive || view_queue(v, b, &q, NULL) != ST_OK ||
		book_queue_first(b, &q, rows, queue, &list, NULL) != ST_OK)
		return false;
	if (!list || list->n == 0) { /* the whole list would be no other one */
		queue_free(queue);
		list_free(&list);
		return false;
	}
	v->stranger = false;
	list_free(&v->list);
	v->list = list;
	return true;
}

enum status view_picture(const struct view *v, struct book *b, bool queue,
	struct arena *a, struct text *out, struct err *e)
{
	char where[INPUT_MAX + 64];
	const struct list_query q = ask(v, where);
	struct queue_query of_queue;
	enum status st;

	*out = (struct text){ NULL, 0 };
	if (!queue)
		return book_picture_of(b, &q, a, out, e);
	st = view_queue(v, b, &of_queue, e);
	return st == ST_OK ? book_picture_of_queue(b, &of_queue, a, out, e) : st;
}

uint32_t view_known(const struct view *v)
{
	return v->list ? v->list->known : 0;
}

bool view_whole(const struct view *v)
{
	return !v->list || v->list->known == v->list->n;
}

/* In front, since what follows a quote that does not end belongs to it. */
bool view_narrow(struct view *v, struct text word)
{
	struct text filter = input_text(&v->filter);
	char text[INPUT_MAX];
	int n;

	if (filter.n >= word.n && memcmp(filter.s, word.s, word.n) == 0 &&
		(filter.n == word.n || filter.s[word.n] == ' '))
		return true;
	n = snprintf(text, sizeof(text), "%.*s%s%.*s", (int)word.n, word.s,
		filter.n ? " " : "", (int)filter.n, filter.s);
	if ((size_t)n >= sizeof(text))
		return false;
	input_set(&v->filter, text_of(text));
	return true;
}

/* Figures are read from the top down, words and days from the first up. */
static bool starts_descending(enum list_field field)
{
	switch (list_field_def(field)->type) {
	case LT_MONEY:
	case LT_SHARE:
	case LT_NUMBER:
		return true;
	default:
		return false;
	}
}

int view_sort_rank(const struct view *v, enum list_field field, bool *descending)
{
	*descending = false;
	for (int i = 0; i < v->sort.n; i++) {
		if (v->sort.key[i].field == field) {
			*descending = v->sort.key[i].descending;
			return i + 1;
		}
	}
	return 0;
}

static void set_key(struct view *v, int i, enum list_field field)
{
	v->sort.key[i].field = field;
	v->sort.key[i].descending = starts_descending(field);
	v->sort.n = i + 1;
}

void view_sort(struct view *v, enum list_field field)
{
	if (v->sort.n > 0 && v->sort.key[0].field == field) {
		v->sort.key[0].descending = !v->sort.key[0].descending;
		return;
	}
	v->before = whole_sort(v);
	set_key(v, 0, field);
}

bool view_sort_more(struct view *v, enum list_field field)
{
	bool descending;
	int rank = view_sort_rank(v, field, &descending);

	if (rank)
		v->sort.key[rank - 1].descending = !descending;
	else if (v->sort.n < LIST_SORT_MAX)
		set_key(v, v->sort.n, field);
	return rank || v->sort.n < LIST_SORT_MAX;
}

uint32_t view_fields(const struct view *v, const struct book *b)
{
	const struct filter *f;
	struct arena a;
	uint32_t fields = 0;

	for (int i = 0; i < v->sort.n; i++)
		fields |= 1u << v->sort.key[i].field;
	arena_init(&a);
	if (filter_parse(input_text(&v->filter), book_as_of(b), text_of(book_me(b)), &a,
		    &f, NULL, NULL) == ST_OK)
		fields |= filter_named(f);
	arena_clear(&a);
	return fields;
}

bool view_find(const struct view *v, uint32_t account, uint32_t *index)
{
	for (uint32_t i = 0; v->list && i < v->list->n; i++) {
		if (v->list->id[i] == account) {
			*index = i;
			return true;
		}
	}
	return false;
}

bool view_everybody(const struct view *v)
{
	return v->whose == WHOSE_ALL && v->filter.n == 0;
}

enum status view_members(
	const struct view *v, struct book *b, uint8_t **in, uint32_t *n, struct err *e)
{
	struct view wide = *v;
	enum status st;

	*in = NULL;
	*n = 0;
	if (view_everybody(v))
		return ST_OK;
	wide.list = NULL;
	wide.inactive = true; /* the order is the one that is at hand */
	st = view_load(&wide, b, e);
	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; wide.list && i < wide.list->n; i++)
		if (wide.list->id[i] > *n)
			*n = wide.list->id[i];
	*in = mem_new((size_t)*n + 1, 1);
	for (uint32_t i = 0; wide.list && i < wide.list->n; i++)
		(*in)[wide.list->id[i] - 1] = 1;
	list_free(&wide.list);
	return ST_OK;
}
