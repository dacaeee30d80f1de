/* snooze, close, vote: what people make of alerts. */
#include "cli/verbs.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/whose.h"
#include "core/act.h"

/* The alerts that the arguments name. */
static enum status begin(struct call *c, struct book **b, int64_t **ids, struct err *e)
{
	const enum status st = whose_all_ids(c, "an alert", ids, e);

	*b = NULL;
	return st == ST_OK ? call_book(c, false, b, e) : st;
}

static int by_number(const void *x, const void *y)
{
	const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

/* The accounts of the alerts, each once. Without memory they are not named. */
static void say(
	const struct call *c, struct book *b, const int64_t *ids, const char *done)
{
	uint32_t *account = malloc((size_t)c->args * sizeof(*account));
	char names[WHOSE_NAMES_MAX] = "...";
	uint32_t n = 0;

	for (int i = 0; account && i < c->args; i++)
		account[i] = whose_row(b, REC_ALERT, ids[i]);
	if (account)
		qsort(account, (size_t)c->args, sizeof(*account), by_number);
	for (int i = 0; account && i < c->args; i++)
		if (account[i] && (n == 0 || account[n - 1] != account[i]))
			account[n++] = account[i];
	call_note(c, "%d %s %s (%s); `tierdesk undo` takes it back", c->args,
		c->args == 1 ? "alert is" : "alerts are", done,
		account ? whose_names(b, account, n, names) : names);
	free(account);
}

enum status verb_snooze(struct call *c, struct err *e)
{
	int64_t *ids = NULL;
	struct book *b = NULL;
	struct cell until = { .type = CELL_MISSING };
	char day[DAY_TEXT_MAX], done[64];
	enum status st = ST_OK;

	if (!c->option[OPT_UNTIL])
		st = err_set(e, ST_USAGE,
			"until when? --until YYYY-MM-DD, or 14d, 2w, 3m from today");
	else if (!c->option[OPT_REASON])
		st = err_set(e, ST_USAGE, "a snooze wants a reason: --reason TEXT");
	if (st == ST_OK)
		st = begin(c, &b, &ids, e);
	if (st == ST_OK)
		st = change_parse(b, REC_ALERT, F_ALERT_UNTIL,
			text_of(c->option[OPT_UNTIL]), &until, e);
	if (st == ST_OK && until.type != CELL_INT)
		st = err_set(e, ST_USAGE, "until when? --until YYYY-MM-DD");
	if (st == ST_OK)
		st = book_snooze(b, ids, (uint32_t)c->args, (int32_t)until.i,
			c->option[OPT_REASON], e);
	if (st == ST_OK)
		snprintf(done, sizeof(done), "out of sight until %s",
			day_format((int32_t)until.i, day));
	if (st == ST_OK)
		say(c, b, ids, done);
	free(ids);
	book_free(&b);
	return st;
}

enum status verb_close(struct call *c, struct err *e)
{
	int64_t *ids = NULL;
	struct book *b = NULL;
	enum status st = ST_OK;

	if (!c->option[OPT_OUTCOME])
		st = err_set(
			e, ST_USAGE, "closing an alert wants an outcome: --outcome TEXT");
	if (st == ST_OK)
		st = begin(c, &b, &ids, e);
	if (st == ST_OK)
		st = book_close(b, ids, (uint32_t)c->args, c->option[OPT_OUTCOME], e);
	if (st == ST_OK)
		say(c, b, ids, "closed");
	free(ids);
	book_free(&b);
	return st;
}

enum status verb_vote(struct call *c, struct err *e)
{
	const struct text word = text_of(c->arg[1]);
	const bool yes = text_ieq(word, TEXT("y")) || text_ieq(word, TEXT("yes"));
	const bool no = text_ieq(word, TEXT("n")) || text_ieq(word, TEXT("no"));
	int64_t id;
	struct book *b = NULL;
	enum status st = ST_OK;

	if (!yes && !no)
		st = err_set(e, ST_USAGE,
			"was it worth looking at? y or n, not \"%.60s\"", c->arg[1]);
	if (st == ST_OK)
		st = whose_ids(c, 0, 1, "an alert", &id, e);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_vote(b, id, yes, e);
	if (st == ST_OK)
		call_note(
			c, "noted: the alert was %sworth looking at", yes ? "" : "not ");
	book_free(&b);
	return st;
}
