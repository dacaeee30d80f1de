/* log: what was changed, when, and by whom. */
#include "cli/verbs.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/spool.h"
#include "cli/rows.h"
#include "core/change.h"
#include "core/change_cell.h"
#include "core/json.h"

struct log {
	struct book *b;
	uint32_t account;  /* 0: all */
	const char *actor; /* NULL: everybody */
	int32_t since;     /* DAY_NONE: from the beginning */
	bool all;          /* recalculations too */
	bool any;          /* some operation was told */
	uint32_t untold;   /* imports that may have changed the account as well */
	struct json *json; /* or a table */
	struct table *table;
};

static bool is_wanted(const struct log *l, const struct operation *o)
{
	return (l->all || l->account || o->kind != OPERATION_RECALC || o->backup.n) &&
	       (!l->actor || text_ieq(o->actor, text_of(l->actor))) &&
	       (l->since == DAY_NONE || o->at >= (int64_t)l->since * DAY_SECONDS);
}

/* "2026-11-20 14:03:07" with these two characters between and behind. */
static void instant(int64_t at, const char *between, const char *behind, char out[40])
{
	char day[DAY_TEXT_MAX];
	const int second = (int)(at % DAY_SECONDS);

	snprintf(out, 40, "%s%s%02d:%02d:%02d%s",
		day_format((int32_t)(at / DAY_SECONDS), day), between, second / 3600,
		second / 60 % 60, second % 60, behind);
}

/* NULL: the row as a whole, or a setting of the policy. */
static const struct field *field_of(const struct operation_change *c)
{
	return c->kind == REC_COUNT || c->field < 0
		       ? NULL
		       : &record_of(c->kind)->fields[c->field];
}

/* ---- JSON ---- */

static void json_value(struct json *j, const char *key, const struct operation_change *c,
	const struct cell *cell)
{
	const struct field *f = field_of(c);
	char text[CHANGE_TEXT_MAX + 1];

	json_key(j, key);
	if (cell->type == CELL_MISSING)
		json_null(j);
	else if (cell->type == CELL_TEXT)
		json_text(j, cell->t);
	else if (!f)
		json_bool(j, true);
	else if (cell->type == CELL_NUMBER)
		json_exact(j, cell->n);
	else if (f->type == FT_BOOL)
		json_bool(j, cell->i != 0);
	else if (f->type == FT_DAY)
		json_text(j, text_of(change_text(f, cell, text, sizeof(text))));
	else
		json_int(j, cell->i);
}

static enum status json_change(void *arg, const struct operation_change *c, struct err *e)
{
	const struct log *l = arg;
	struct json *j = l->json;
	const bool policy = c->kind == REC_COUNT;
	const struct field *f = field_of(c);
	char key[80];

	(void)e;
	if (l->account && c->account != l->account)
		return ST_OK;
	snprintf(key, sizeof(key), "%s%s",
		f        ? f->name
		: policy ? c->key
			 : "row",
		f && f->type == FT_MONEY ? "_cents" : "");
	json_object(j);
	json_pair(j, "kind", text_of(policy ? "policy" : record_of(c->kind)->name));
	json_key(j, "row");
	json_int(j, c->row);
	json_pair(j, "field", text_of(key));
	json_value(j, "before", c, &c->before);
	json_value(j, "after", c, &c->after);
	json_end_object(j);
	return ST_OK;
}

static const char *const step_name[] = { "change", "undo", "redo" };

static enum status log_json(
	void *arg, const struct operation *o, const char *told, struct err *e)
{
	struct log *l = arg;
	struct json *j = l->json;
	char at[40];
	enum status st;

	if (!is_wanted(l, o))
		return ST_OK;
	instant(o->at, "T", "Z", at);
	json_object(j);
	json_key(j, "id");
	json_int(j, o->id);
	json_pair(j, "at", text_of(at));
	json_pair(j, "actor", o->actor);
	json_pair(j, "kind", text_of(operation_kind_name[o->kind]));
	json_pair(j, "step", text_of(step_name[o->step]));
	json_pair(j, "title", o->title);
	json_pair(j, "reason", o->reason);
	json_pair(j, "account", o->account);
	json_key(j, "rows");
	json_int(j, o->changes);
	json_key(j, "reverses");
	json_id(j, o->reverses);
	json_key(j, "reversed_by");
	json_id(j, o->reversed_by);
	json_pair(j, "backup", o->backup);
	json_pair(j, "seal", o->seal);
	if (told)
		json_pair(j, "told", text_of(told));
	json_key(j, "changes");
	json_array(j);
	st = book_operation_changes(l->b, o->id, json_change, l, e);
	json_end_array(j);
	json_end_object(j);
	return st;
}

/* ---- text ---- */

#define WHAT_MAX 800
#define VALUE_MAX 60

struct what {
	char text[WHAT_MAX];
	size_t n;
	uint32_t account; /* of which the changes are told; 0: of all */
	bool moved;       /* its move between tiers is told already */
	int64_t row;      /* of the last change */
	bool whole;       /* the row was added or removed */
};

static void append(struct what *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void append(struct what *w, const char *format, ...)
{
	va_list ap;
	int n;

	if (w->n >= WHAT_MAX)
		return;
	va_start(ap, format);
	n = vsnprintf(w->text + w->n, WHAT_MAX - w->n, format, ap);
	va_end(ap);
	w->n += n > 0 ? (size_t)n : 0;
}

static bool is_tier(const struct operation_change *c)
{
	return c->kind == REC_ACCOUNT && c->field == F_TIER;
}

/* "arr: 100.00 > 500.00, csm: Ann > Bo", or "added to notes, text: wants more". */
static enum status tell_change(void *arg, const struct operation_change *c, struct err *e)
{
	struct what *w = arg;
	const struct field *f = field_of(c);
	char before[VALUE_MAX], after[VALUE_MAX];

	(void)e;
	if (c->kind == REC_COUNT)
		return ST_OK; /* the title says it */
	if ((w->account && c->account != w->account) || (w->moved && is_tier(c)))
		return ST_OK;
	if (w->row != c->row)
		w->whole = false;
	w->row = c->row;
	if (!f) {
		w->whole = true;
		append(w, "%s%s %s", w->n ? ", " : "",
			c->after.type == CELL_MISSING ? "removed from" : "added to",
			record_of(c->kind)->name);
	} else if (w->whole && f->type != FT_ACCOUNT) { /* has a column of its own */
		append(w, ", %s: %s", f->name,
			change_text(f,
				c->after.type == CELL_MISSING ? &c->before : &c->after,
				after, sizeof(after)));
	} else if (!w->whole) {
		append(w, "%s%s: %s > %s", w->n ? ", " : "", f->name,
			change_text(f, &c->before, before, sizeof(before)),
			change_text(f, &c->after, after, sizeof(after)));
	}
	return ST_OK;
}

static enum status log_row(
	void *arg, const struct operation *o, const char *told, struct err *e)
{
	struct log *l = arg;
	char id[24], at[40], actor[200], title[200], account[200];
	struct what w = { .text = "", .account = l->account };
	const char *cells[] = { id, at, actor, title, account, w.text };
	enum status st = ST_OK;

	if (!is_wanted(l, o))
		return ST_OK;
	l->any = true;
	snprintf(id, sizeof(id), "%" PRId64, o->id);
	instant(o->at, " ", "", at);
	snprintf(actor, sizeof(actor), "%.*s", (int)o->actor.n, o->actor.s);
	snprintf(title, sizeof(title), "%.*s%s", (int)o->title.n, o->title.s,
		o->reversed_by ? " (taken back)" : "");
	snprintf(account, sizeof(account), "%.*s", (int)o->account.n,
		o->account.s ? o->account.s : "");
	if (told && *told)
		append(&w, "%s", told);
	w.moved = w.n > 0;
	if (o->changes == 1 || l->account)
		st = book_operation_changes(l->b, o->id, tell_change, &w, e);
	else if (o->changes)
		append(&w, "%u changes", o->changes);
	else if (o->backup.n)
		append(&w, "copy in %.*s", (int)o->backup.n, o->backup.s);
	if (o->reason.n)
		append(&w, "%s(%.*s)", w.n ? " " : "", (int)o->reason.n, o->reason.s);
	return st == ST_OK ? table_row(l->table, cells, e) : st;
}

/* ---- log ---- */

struct giving {
	struct log *l;
	story_fn fn;
};

static enum status give_untold(void *arg, const struct operation *o, struct err *e)
{
	const struct giving *g = arg;

	return g->fn(g->l, o, NULL, e);
}

static enum status each(struct log *l, story_fn fn, struct err *e)
{
	struct giving g = { l, fn };

	return l->account ? book_story(l->b, l->account, &l->untold, fn, l, e)
			  : book_operations(l->b, 0, give_untold, &g, e);
}

static enum status write_json(struct log *l, struct err *e)
{
	struct json doc;
	enum status st;

	l->json = &doc;
	call_json(&doc);
	json_array(&doc);
	st = each(l, log_json, e);
	if (st == ST_OK)
		json_end_array(&doc);
	return call_json_end(&doc, st, e);
}

static enum status write_table(struct log *l, struct err *e)
{
	static const char *const titles[] = { "+#", "when (UTC)", "who", "_what",
		"account", "_changes" };
	struct err why;
	enum status st, ended;

	l->table = malloc(sizeof(*l->table));
	if (!l->table)
		return err_set(e, ST_NOMEM, "not enough memory");
	rows_table(l->table, sizeof(titles) / sizeof(*titles), titles);
	st = each(l, log_row, e);
	if (st == ST_OK && !l->any) {
		free(l->table);
		printf("nothing %swas changed\n",
			l->account || l->actor || l->since != DAY_NONE
				? "of what is asked for "
				: "");
		return ST_OK;
	}
	ended = table_finish(l->table, st == ST_OK ? e : &why);
	free(l->table);
	return st == ST_OK ? ended : st;
}

enum status verb_log(struct call *c, struct err *e)
{
	const char *since = c->option[OPT_SINCE];
	struct log l = { .actor = c->option[OPT_ACTOR],
		.since = DAY_NONE,
		.all = c->option[OPT_ALL] != NULL };
	struct spool spool;
	enum status st;

	if (since && !day_parse(text_of(since), DAY_ISO, &l.since))
		return err_set(e, ST_USAGE, "--since %s: a day as YYYY-MM-DD", since);
	st = call_book(c, false, &l.b, e);
	spool_begin(&spool);
	if (st == ST_OK && c->option[OPT_ACCOUNT])
		st = book_find(l.b, text_of(c->option[OPT_ACCOUNT]), &l.account, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? write_json(&l, e) : write_table(&l, e);
	if (st == ST_OK && l.untold)
		call_note(c,
			"%u %s too large to be told row by row, and may have changed it "
			"as "
			"well",
			l.untold, l.untold == 1 ? "import was" : "imports were");
	book_free(&l.b);
	return spool_end(&spool, st, e);
}
