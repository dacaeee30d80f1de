/* outbox: what waits to be sent, handing it over, and saying that somebody else did. */
#include "cli/verbs.h"

#include <stdlib.h>

#include "cli/rows.h"
#include "cli/sending.h"
#include "cli/whose.h"
#include "core/convert.h"

/* ---- the list ---- */

static const struct rows_column columns[] = {
	{ "T", NULL, "+id" },
	{ "T", NULL, "made" },
	{ "T", NULL, "kind" },
	{ "T", NULL, "account" },
	{ "T", NULL, "to" },
	{ "T", NULL, "-play" },
	{ "T", NULL, "+tries" },
	{ "T", NULL, "_failed because" },
	{ "T", NULL, "_subject" },
	{ NULL, NULL, NULL },
};

struct listing {
	struct rows *rows;
	uint32_t n;
};

/* Why it failed last, or who is at it. */
static void put_state(struct rows *r, const struct message *m)
{
	char text[160];

	if (!m->sender.n) {
		rows_text(r, m->failure);
		return;
	}
	snprintf(text, sizeof(text), "(%.*s is sending it)",
		convert_shown(m->sender, 100), m->sender.s);
	rows_text(r, text_of(text));
}

static enum status put_row(void *arg, const struct message *m, struct err *e)
{
	struct listing *l = arg;
	struct rows *r = l->rows;

	l->n++;
	if (r->format == FORMAT_JSON) {
		sending_json(&r->json, m);
		return ST_OK;
	}
	rows_row(r);
	rows_int(r, m->id);
	rows_day(r, m->made);
	rows_text(r, m->kind);
	rows_text(r, m->account_name.s ? m->account_name : m->account_id);
	rows_text(r, m->recipient);
	rows_text(r, m->play);
	rows_count(r, m->tries);
	put_state(r, m);
	rows_text(r, m->subject);
	return rows_end_row(r, e);
}

static enum status list(struct call *c, struct book *b, struct err *e)
{
	struct listing l = { 0 };
	enum status st = rows_begin(&l.rows, c, columns, e);

	if (st == ST_OK)
		st = book_outbox(b, put_row, &l, e);
	st = rows_end(&l.rows, st, e);
	if (st == ST_OK && l.n == 0)
		call_note(c, "nothing waits to be sent");
	return st;
}

/* ---- what happens to them ---- */

static enum status mark(struct call *c, struct book *b, struct err *e)
{
	int64_t *ids = NULL;
	uint32_t n = 0;
	enum status st = whose_all_ids(c, "a message", &ids, e);

	if (st == ST_OK)
		st = book_mark_sent(b, ids, (uint32_t)c->args, &n, e);
	if (st == ST_OK && n)
		call_note(c, "marked as sent: %u %s", n, n == 1 ? "message" : "messages");
	else if (st == ST_OK)
		call_note(c, "nothing waits to be sent");
	free(ids);
	return st;
}

static enum status hand_over(
	struct call *c, struct book *b, const struct sending *s, struct err *e)
{
	struct sending_result r;
	const enum status st = sending_all(c, b, s, &r, e);

	if (st == ST_OK)
		printf("%u sent, %u failed\n", r.sent, r.failed);
	return st;
}

enum status verb_outbox(struct call *c, struct err *e)
{
	const bool marking = c->option[OPT_MARK_SENT] != NULL;
	const bool sending = c->option[OPT_SEND] != NULL;
	struct book *b = NULL;
	struct sending s;
	enum status st = ST_OK;

	if (marking && sending)
		return err_set(e, ST_USAGE, "either --send or --mark-sent");
	if (c->args && !marking)
		return err_set(e, ST_USAGE, "ids of messages go with --mark-sent");
	if (c->format == FORMAT_JSON && (marking || sending))
		return err_set(e, ST_USAGE, "json is for the list alone");
	if (sending)
		st = sending_prepare(c, &s, e);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = marking   ? mark(c, b, e)
		     : sending ? hand_over(c, b, &s, e)
			       : list(c, b, e);
	book_free(&b);
	return st;
}
