#include "cli/whose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_work.h"
#include "core/change.h"
#include "core/convert.h"

struct mine {
	const struct book *b;
	uint32_t csm; /* 0: nobody of that name, or in no team */
};

static enum status look_for_me(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct mine *m = arg;

	(void)e;
	if (cells[F_CSM_TEAM].type == CELL_TEXT && text_trim(cells[F_CSM_TEAM].t).n > 0 &&
		text_ieq(cells[F_CSM_NAME].t, text_of(book_me(m->b))))
		m->csm = (uint32_t)id;
	return ST_OK;
}

static enum status named(struct book *b, const char *name, uint32_t *csm, struct err *e)
{
	struct cell cell;
	const enum status st =
		change_parse(b, REC_ACCOUNT, F_CSM, text_of(name), &cell, e);

	*csm = st == ST_OK && cell.type == CELL_INT ? (uint32_t)cell.i : 0;
	return st;
}

/* Of the person at the keyboard, who is in one. */
static enum status my_team(struct book *b, uint32_t *csm, struct err *e)
{
	struct mine mine = { .b = b };
	enum status st = book_csms(b, look_for_me, &mine, e);

	*csm = mine.csm;
	if (st == ST_OK && !mine.csm)
		return err_set(e, ST_NOTFOUND, "--csm team: %.128s is in no team here",
			book_me(b));
	return st;
}

enum status whose(const struct call *c, struct book *b, enum queue_scope *scope,
	uint32_t *csm, struct err *e)
{
	const char *name = c->option[OPT_CSM];
	enum status st;

	*csm = 0;
	if (name && text_trim(text_of(name)).n == 0)
		return err_set(e, ST_USAGE,
			"--csm: the name of a CSM, me, team for yours, pool for "
			"nobody's, or all");
	if (name && text_ieq(text_of(name), TEXT("all"))) {
		*scope = QUEUE_OF_ANYBODY;
		return ST_OK;
	}
	if (name && text_ieq(text_of(name), TEXT("team"))) {
		*scope = QUEUE_OF_TEAM;
		return my_team(b, csm, e);
	}
	if (name) {
		st = named(b, name, csm, e);
		*scope = *csm ? QUEUE_OF_CSM : QUEUE_OF_POOL;
		return st;
	}
	*scope = QUEUE_OF_ANYBODY;
	if (named(b, "me", csm, NULL) == ST_OK && *csm) {
		*scope = QUEUE_OF_CSM;
		call_note(c, "of %s; --csm all is everybody's", book_me(b));
	}
	return ST_OK;
}

void whose_day(const struct call *c, struct book *b)
{
	int32_t looked;
	char day[DAY_TEXT_MAX];

	if (book_work_day(b, &looked, NULL) != ST_OK)
		return;
	if (looked == DAY_NONE)
		call_note(c, "nobody looked for alerts yet: run `tierdesk recalc`");
	else if (looked != c->clock.today)
		call_note(c, "alerts of %s, the newest recalculation",
			day_format(looked, day));
}

/* ---- accounts ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for so many");
}

static int by_id(const void *x, const void *y)
{
	const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* As they lie in the book: so that writing many of them goes from page to page. */
static enum status listed_accounts(
	const struct call *c, struct book *b, uint32_t **ids, uint32_t *n, struct err *e)
{
	const struct list_query q = { .where = text_of(c->option[OPT_WHERE]) };
	struct list *list = NULL;
	enum status st = book_list(b, &q, &list, NULL, e);

	if (st == ST_OK && list->n == 0)
		st = err_set(e, ST_NOTFOUND, "no account is meant by --where %.120s",
			c->option[OPT_WHERE]);
	if (st == ST_OK) {
		qsort(list->id, list->n, sizeof(*list->id), by_id);
		*ids = list->id;
		*n = list->n;
		list->id = NULL;
	}
	list_free(&list);
	return st;
}

static enum status named_accounts(
	const struct call *c, struct book *b, uint32_t **ids, uint32_t *n, struct err *e)
{
	struct book_info info = { .last_id = 0 };
	uint8_t *seen = NULL;
	enum status st = book_store(b)->ops->info(book_store(b), &info, e);

	if (st != ST_OK)
		return st;
	*ids = malloc((size_t)c->args * sizeof(**ids));
	seen = calloc((size_t)info.last_id + 1, 1);
	if (!*ids || !seen)
		st = no_memory(e);
	for (int i = 0; st == ST_OK && i < c->args; i++) {
		uint32_t id = 0;

		st = book_find(b, text_of(c->arg[i]), &id, e);
		if (st == ST_OK && (id > info.last_id || !seen[id]))
			(*ids)[(*n)++] = id;
		if (st == ST_OK && id <= info.last_id)
			seen[id] = 1;
	}
	free(seen);
	return st;
}

enum status whose_accounts(
	const struct call *c, struct book *b, uint32_t **ids, uint32_t *n, struct err *e)
{
	*ids = NULL;
	*n = 0;
	if (!c->args == !c->option[OPT_WHERE])
		return err_set(e, ST_USAGE,
			"%s which accounts? Name them, or say --where FILTER%s",
			c->verb->name, c->args ? ", not both" : "");
	return c->args ? named_accounts(c, b, ids, n, e)
		       : listed_accounts(c, b, ids, n, e);
}

enum status whose_ids(const struct call *c, int from, int to, const char *what,
	int64_t *out, struct err *e)
{
	for (int i = from; i < to; i++) {
		const char *s = c->arg[i];
		const size_t n = strlen(s);
		int64_t v = 0;

		for (size_t k = 0; k < n && n <= 18; k++)
			v = s[k] >= '0' && s[k] <= '9' && v >= 0 ? v * 10 + s[k] - '0'
								 : -1;
		if (n == 0 || n > 18 || v <= 0)
			return err_set(e, ST_USAGE,
				"\"%.60s\" is no id of %s; lists show them", s, what);
		out[i - from] = v;
	}
	return ST_OK;
}

enum status whose_all_ids(
	const struct call *c, const char *what, int64_t **ids, struct err *e)
{
	*ids = malloc(((size_t)c->args + 1) * sizeof(**ids));
	return *ids ? whose_ids(c, 0, c->args, what, *ids, e) : no_memory(e);
}

char *whose_name(struct book *b, uint32_t account, char out[WHOSE_NAME_MAX])
{
	struct list_row row;
	struct text said = TEXT("an account");
	struct arena a;

	arena_init(&a);
	if (account && book_rows(b, &account, 1, &a, &row, NULL) == ST_OK)
		said = row.name.n ? row.name : row.id;
	snprintf(out, WHOSE_NAME_MAX, "%.*s", convert_shown(said, WHOSE_NAME_MAX - 1),
		said.s);
	arena_clear(&a);
	return out;
}

char *whose_names(
	struct book *b, const uint32_t *account, uint32_t n, char out[WHOSE_NAMES_MAX])
{
	enum { NAMED = 3 };
	char name[WHOSE_NAME_MAX];
	size_t used = 0;

	*out = '\0';
	for (uint32_t i = 0; i < n && i < NAMED; i++)
		used += (size_t)snprintf(out + used, WHOSE_NAMES_MAX - used, "%s%s",
			i ? ", " : "", whose_name(b, account[i], name));
	if (n > NAMED)
		snprintf(out + used, WHOSE_NAMES_MAX - used, " and %u more", n - NAMED);
	return out;
}

uint32_t whose_row(struct book *b, enum record_kind kind, int64_t id)
{
	const int field = record_account_field(record_of(kind));
	struct store *s = book_store(b);
	struct cell cells[RECORD_FIELDS_MAX];
	bool there = false;
	uint32_t account = 0;
	struct arena a;

	arena_init(&a);
	if (s->ops->row_read(s, kind, id, &a, cells, &there, NULL) == ST_OK && there &&
		cells[field].type == CELL_INT)
		account = (uint32_t)cells[field].i;
	arena_clear(&a);
	return account;
}
