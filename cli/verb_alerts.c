/* alerts: those that are live, as rows. */
#include "cli/verbs.h"

#include <stdio.h>
#include <string.h>

#include "cli/rows.h"
#include "cli/whose.h"
#include "core/agenda.h"
#include "core/convert.h"

static const struct rows_column columns[] = {
	{ "TJC", "id", "+id" },
	{ "TJC", "account", "account" },
	{ "TJC", "name", "name" },
	{ "TJC", "csm", "csm" },
	{ "TJC", "tier", "+tier" },
	{ "TJC", "kind", "kind" },
	{ "TJC", "severity", "severity" },
	{ "TJC", "state", "-state" },
	{ "TJC", "opened", "-opened" },
	{ "JC", "snoozed_until", NULL },
	{ "JC", "ended", NULL },
	{ "JC", "reason", NULL },
	{ "JC", "outcome", NULL },
	{ "JC", "useful", NULL },
	{ "JC", "play", NULL },
	{ "TJC", "why", "_why" },
	{ NULL, NULL, NULL },
};

struct listing {
	struct rows *rows;
	uint32_t n; /* that there are */
};

/* For people: the sentence, and what became of it. */
static const char *tell(const struct agenda_alert *a, char out[ROWS_CELL_MAX])
{
	const struct alert *x = &a->alert;
	const struct text said = x->state == ALERT_SNOOZED ? a->reason : a->outcome;
	char day[DAY_TEXT_MAX];
	int n = snprintf(out, ROWS_CELL_MAX, "%s", a->why);

	if (x->state == ALERT_SNOOZED)
		n += snprintf(out + n, ROWS_CELL_MAX - (size_t)n, " (until %s",
			day_format(x->until, day));
	else if (x->ended != DAY_NONE)
		n += snprintf(out + n, ROWS_CELL_MAX - (size_t)n, " (ended %s",
			day_format(x->ended, day));
	else
		return out;
	snprintf(out + n, ROWS_CELL_MAX - (size_t)n, "%s%.*s)", said.n ? ": " : "",
		convert_shown(said, 200), said.s ? said.s : "");
	return out;
}

static enum status put_row(void *arg, const struct agenda_alert *a, struct err *e)
{
	struct listing *l = arg;
	struct rows *r = l->rows;
	const struct alert *x = &a->alert;
	const bool people = r->format == FORMAT_TEXT;
	char told[ROWS_CELL_MAX];

	rows_row(r);
	rows_int(r, x->id);
	rows_text(r, a->of.id);
	rows_text(r, a->of.name);
	rows_text(r, a->of.csm);
	rows_count(r, a->of.tier);
	rows_text(r, text_of(alert_kinds[x->kind].name));
	rows_text(r, text_of(alert_severity_word[x->severity]));
	rows_text(r, text_of(alert_state_word[x->state]));
	rows_day(r, x->opened);
	rows_day(r, x->state == ALERT_SNOOZED ? x->until : DAY_NONE);
	rows_day(r, x->ended);
	rows_text(r, a->reason);
	rows_text(r, a->outcome);
	rows_bool(r, a->useful);
	rows_text(r, *a->play ? text_of(a->play) : (struct text){ NULL, 0 });
	rows_text(r, text_of(people ? tell(a, told) : a->why));
	return rows_end_row(r, e);
}

static enum status take_kind(const struct call *c, unsigned *kinds, struct err *e)
{
	const char *name = c->option[OPT_KIND];
	char names[400] = "";
	size_t n = 0;

	for (int k = 0; name && k < ALERT_KINDS; k++) {
		if (strcmp(alert_kinds[k].name, name) == 0) {
			*kinds = 1u << k;
			return ST_OK;
		}
		n += (size_t)snprintf(names + n, sizeof(names) - n, "%s%s", k ? ", " : "",
			alert_kinds[k].name);
	}
	return name ? err_set(e, ST_USAGE, "--kind %.60s: %s", name, names) : ST_OK;
}

static enum status take_state(const struct call *c, unsigned *states, struct err *e)
{
	const char *name = c->option[OPT_STATE];

	for (int k = 0; name && k < ALERT_STATES; k++)
		if (strcmp(alert_state_word[k], name) == 0)
			*states = 1u << k;
	return name && !*states ? err_set(e, ST_USAGE,
					  "--state %.60s: open, snoozed, resolved or "
					  "closed",
					  name)
				: ST_OK;
}

static enum status list(struct call *c, struct book *b, struct agenda_query *q,
	struct listing *l, struct err *e)
{
	enum status st = ST_OK;

	if (c->option[OPT_ACCOUNT])
		st = book_find(b, text_of(c->option[OPT_ACCOUNT]), &q->account, e);
	if (st == ST_OK && (!q->account || c->option[OPT_CSM]))
		st = whose(c, b, &q->scope, &q->csm, e);
	if (st == ST_OK)
		st = rows_begin(&l->rows, c, columns, e);
	if (st != ST_OK)
		return st;
	st = agenda_alerts(b, q, put_row, l, &l->n, e);
	return rows_end(&l->rows, st, e);
}

enum status verb_alerts(struct call *c, struct err *e)
{
	struct agenda_query q = { .scope = QUEUE_OF_ANYBODY,
		.where = text_of(c->option[OPT_WHERE]),
		.ended = c->option[OPT_ALL] != NULL };
	struct listing l = { 0 };
	struct book *b = NULL;
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, UINT32_MAX, UINT32_MAX, &limit, e);

	q.limit = (uint32_t)limit;
	if (st == ST_OK)
		st = take_kind(c, &q.kinds, e);
	if (st == ST_OK)
		st = take_state(c, &q.states, e);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = list(c, b, &q, &l, e);
	if (st == ST_OK) {
		whose_day(c, b);
		if (l.n == 0)
			rows_nothing(c, "no alerts");
		else if (l.n > q.limit)
			call_note(c, "%u more", l.n - q.limit);
	}
	book_free(&b);
	return st;
}
