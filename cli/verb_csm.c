/* csm: who looks after accounts: since when, until when, how much, and where. */
#include "cli/verbs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/rows.h"
#include "core/book_capacity.h"
#include "core/change.h"
#include "core/convert.h"

enum { NAME_SHOWN = 60 };

/* ---- as rows ---- */

static const struct rows_column columns[] = {
	{ "TJC", "name", "csm" },
	{ "TJC", "team", "team" },
	{ "TJC", "role", "role" },
	{ "TJC", "capacity", "+share" },
	{ "TJC", "there", "there" },
	{ "TJC", "active_from", "first day" },
	{ "TJC", "active_until", "last day" },
	{ "TJC", "regions", "regions" },
	{ "TJC", "segments", "segments" },
	{ "TJC", "languages", "languages" },
	{ "JC", "email", "e-mail" },
	{ NULL, NULL, NULL },
};

struct listing {
	struct rows *rows;
	uint32_t n;
	int64_t only; /* 0: all */
	int32_t day;
};

static enum status put_row(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct listing *l = arg;
	const struct cell *capacity = &c[F_CSM_CAPACITY];

	if (l->only && l->only != id)
		return ST_OK;
	l->n++;
	rows_row(l->rows);
	rows_text(l->rows, cell_as_text(&c[F_CSM_NAME]));
	rows_text(l->rows, cell_as_text(&c[F_CSM_TEAM]));
	rows_text(l->rows, cell_as_text(&c[F_CSM_ROLE]));
	rows_number(l->rows, capacity->type == CELL_NUMBER ? capacity->n : 1, 2);
	rows_bool(l->rows, capacity_share(c, l->day) > 0);
	rows_day(l->rows, cell_day(&c[F_CSM_ACTIVE_FROM]));
	rows_day(l->rows, cell_day(&c[F_CSM_ACTIVE_UNTIL]));
	rows_text(l->rows, cell_as_text(&c[F_CSM_REGIONS]));
	rows_text(l->rows, cell_as_text(&c[F_CSM_SEGMENTS]));
	rows_text(l->rows, cell_as_text(&c[F_CSM_LANGUAGES]));
	rows_text(l->rows, cell_as_text(&c[F_CSM_EMAIL]));
	return rows_end_row(l->rows, e);
}

static enum status list(struct call *c, struct book *b, uint32_t only, struct err *e)
{
	struct listing l = { .only = only, .day = book_as_of(b) };
	enum status st = rows_begin(&l.rows, c, columns, e);

	if (st == ST_OK)
		st = book_csms(b, put_row, &l, e);
	st = rows_end(&l.rows, st, e);
	if (st == ST_OK && l.n == 0)
		call_note(c, "no CSMs");
	return st;
}

/* ---- changed ---- */

static const struct {
	enum option option;
	int field;
} fields[] = { { OPT_NAME, F_CSM_NAME }, { OPT_UNTIL, F_CSM_ACTIVE_UNTIL },
	{ OPT_FROM, F_CSM_ACTIVE_FROM }, { OPT_CAPACITY, F_CSM_CAPACITY },
	{ OPT_REGIONS, F_CSM_REGIONS }, { OPT_SEGMENTS, F_CSM_SEGMENTS },
	{ OPT_LANGUAGES, F_CSM_LANGUAGES }, { OPT_TEAM, F_CSM_TEAM },
	{ OPT_ROLE, F_CSM_ROLE }, { OPT_EMAIL, F_CSM_EMAIL } };
enum { FIELDS = sizeof(fields) / sizeof(*fields) };

static bool changes(const struct call *c)
{
	for (size_t k = 0; k < FIELDS; k++)
		if (c->option[fields[k].option])
			return true;
	return c->option[OPT_NEW] != NULL;
}

static enum status check_options(const struct call *c, struct err *e)
{
	const bool changed = changes(c), gone = c->option[OPT_REMOVE] != NULL;

	if (!c->args && (changed || gone))
		return err_set(e, ST_USAGE, "whose? tierdesk csm NAME ...");
	if (gone && changed)
		return err_set(e, ST_USAGE, "who goes with --remove is not changed");
	if (c->option[OPT_NEW] && c->option[OPT_NAME])
		return err_set(e, ST_USAGE, "--name renames who is there, --new adds");
	return ST_OK;
}

/* An empty value is none. */
static enum status change(const struct call *c, struct book *b, uint32_t csm,
	const char *name, struct err *e)
{
	struct cell cells[CSM_FIELDS] = { { .type = CELL_MISSING } };
	struct change one = { .kind = REC_CSM, .row = csm, .cells = cells };
	char title[NAME_SHOWN + 16];
	enum status st = ST_OK;

	if (!csm) {
		cells[F_CSM_NAME] = CELL_OF_TEXT(text_of(c->arg[0]));
		one.fields |= 1u << F_CSM_NAME;
	}
	for (size_t k = 0; st == ST_OK && k < FIELDS; k++) {
		const char *typed = c->option[fields[k].option];

		if (!typed)
			continue;
		st = change_parse(b, REC_CSM, fields[k].field, text_of(typed),
			&cells[fields[k].field], e);
		one.fields |= 1u << fields[k].field;
	}
	snprintf(title, sizeof(title), "%s CSM %s", csm ? "edit" : "add", name);
	return st == ST_OK ? book_change(b, &one, 1, title, c->option[OPT_REASON], e)
			   : st;
}

/* Who left is in the past of others; who was never there goes. */
static enum status take_out(const struct call *c, struct book *b, uint32_t csm,
	const char *name, struct err *e)
{
	const struct change one = { .kind = REC_CSM, .row = csm };
	char title[NAME_SHOWN + 16];
	enum status st;

	snprintf(title, sizeof(title), "remove CSM %s", name);
	st = book_change(b, &one, 1, title, c->option[OPT_REASON], e);
	return st == ST_FORBIDDEN
		       ? err_set(e, st,
				 "%s looks after accounts, or has plays: give them to "
				 "another first (`tierdesk assign`), or say the last day "
				 "with --until",
				 name)
		       : st;
}

struct naming {
	uint32_t csm;
	char name[NAME_SHOWN + 1];
};

static enum status take_name(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct naming *n = arg;
	const struct text name = cell_as_text(&c[F_CSM_NAME]);

	(void)e;
	if (id == n->csm)
		snprintf(n->name, sizeof(n->name), "%.*s",
			convert_shown(name, NAME_SHOWN), name.s);
	return ST_OK;
}

/* Whom the argument names; of a new one what it is to be. */
static enum status find(
	const struct call *c, struct book *b, struct naming *out, struct err *e)
{
	const struct text name = text_of(c->arg[0]);
	struct cell cell = { .type = CELL_MISSING };
	enum status st = ST_OK;

	snprintf(out->name, sizeof(out->name), "%.*s", convert_shown(name, NAME_SHOWN),
		name.s);
	if (text_ieq(name, TEXT("pool")))
		st = err_set(e, ST_INVALID, "the pool is nobody");
	else if (!c->option[OPT_NEW])
		st = change_parse(b, REC_ACCOUNT, F_CSM, name, &cell, e);
	out->csm = cell.type == CELL_INT ? (uint32_t)cell.i : 0;
	return st == ST_OK && out->csm ? book_csms(b, take_name, out, e) : st;
}

/* As it is typed into a shell; the option takes names with , or = in double quotes. */
static void say_share(const struct call *c, const char *name)
{
	const char *inner = strpbrk(name, ",=") ? "\"" : "";
	const char *outer = strchr(name, '\'') ? "\"" : "'";

	if (strpbrk(name, "\"$`\\") || (*inner && *outer == '"'))
		return; /* nobody types that */
	call_note(c, "`tierdesk rebalance --share %s%s%s%s=0%s` proposes who takes over",
		outer, inner, name, inner, outer);
}

static void say_changed(const struct call *c, const struct naming *n)
{
	call_note(c, "%s is %s; `tierdesk undo` takes it back", n->name,
		c->option[OPT_REMOVE] ? "out of the book"
		: n->csm              ? "changed"
				      : "in the book");
	if (n->csm && c->option[OPT_UNTIL] && *c->option[OPT_UNTIL])
		say_share(c, c->option[OPT_NAME] ? c->option[OPT_NAME] : n->name);
}

enum status verb_csm(struct call *c, struct err *e)
{
	const bool changed = changes(c), gone = c->option[OPT_REMOVE] != NULL;
	struct naming n = { .csm = 0 };
	struct book *b = NULL;
	enum status st = check_options(c, e);

	if (st != ST_OK)
		return st;
	st = call_book(c, false, &b, e);
	if (st == ST_OK && c->args)
		st = find(c, b, &n, e);
	if (st == ST_OK && gone)
		st = take_out(c, b, n.csm, n.name, e);
	else if (st == ST_OK && changed)
		st = change(c, b, n.csm, n.name, e);
	else if (st == ST_OK)
		st = list(c, b, n.csm, e);
	if (st == ST_OK && (changed || gone))
		say_changed(c, &n);
	book_free(&b);
	return st;
}
