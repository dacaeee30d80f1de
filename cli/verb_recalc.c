/* recalc: the figures of a day. */
#include "cli/verbs.h"

#include <time.h>

#include "cli/sending.h"
#include "core/json.h"

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void json_ahead(struct json *j, const struct recalc_result *r)
{
	json_key(j, "alerts_ahead");
	if (r->ahead_day == DAY_NONE) {
		json_null(j);
		return;
	}
	json_object(j);
	json_key(j, "day");
	json_day(j, r->ahead_day);
	json_key(j, "undo");
	if (r->ahead_by)
		json_int(j, r->ahead_by);
	else
		json_null(j);
	json_end_object(j);
}

/* sent NULL: nothing was to be. */
static enum status recalc_json(
	const struct recalc_result *r, const struct sending_result *sent, struct err *e)
{
	struct json doc, *j = &doc;

	call_json(j);
	json_object(j);
	json_key(j, "as_of");
	json_day(j, r->as_of);
	json_key(j, "accounts");
	json_int(j, r->accounts);
	json_key(j, "scored");
	json_int(j, r->scored);
	json_key(j, "unknown");
	json_int(j, r->unknown);
	json_key(j, "alerts_opened");
	json_int(j, r->alerts_opened);
	json_key(j, "alerts_resolved");
	json_int(j, r->alerts_resolved);
	json_key(j, "elapsed_ms");
	json_int(j, r->elapsed_ms);
	json_ahead(j, r);
	if (sent) {
		json_key(j, "sent");
		json_int(j, sent->sent);
		json_key(j, "failed");
		json_int(j, sent->failed);
	}
	json_end_object(j);
	return call_json_end(j, ST_OK, e);
}

static enum status tell(const struct call *c, const struct recalc_result *r,
	const struct sending_result *sent, struct err *e)
{
	char day[DAY_TEXT_MAX], ahead[RECALC_AHEAD_MAX];

	if (c->format == FORMAT_JSON)
		return recalc_json(r, sent, e);
	printf("as of %s: %u account%s, %u scored, %u with unknown health (%lld ms)\n",
		day_format(r->as_of, day), r->accounts, TEXT_S(r->accounts), r->scored,
		r->unknown, (long long)r->elapsed_ms);
	if (r->alerts_opened || r->alerts_resolved)
		printf("alerts: %u opened, %u resolved\n", r->alerts_opened,
			r->alerts_resolved);
	if (recalc_ahead_text(r, ahead))
		call_note(c, "%s", ahead);
	if (sent)
		printf("outbox: %u sent, %u failed\n", sent->sent, sent->failed);
	return ST_OK;
}

enum status verb_recalc(struct call *c, struct err *e)
{
	const bool send = c->option[OPT_SEND] != NULL;
	const int64_t begun = milliseconds();
	struct sending_result sent = { .sent = 0 };
	struct sending s;
	struct book *b = NULL;
	struct recalc_result r;
	enum status st = send ? sending_prepare(c, &s, e) : ST_OK;

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK) {
		book_go_ahead(b, c->option[OPT_AHEAD] != NULL);
		st = book_recalc(b, &r, e);
	}
	if (st == ST_OK) {
		r.elapsed_ms = milliseconds() - begun;
		if (send)
			st = sending_all(c, b, &s, &sent, e);
	}
	if (st == ST_OK)
		st = tell(c, &r, send ? &sent : NULL, e);
	book_free(&b);
	return st;
}
