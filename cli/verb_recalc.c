/* recalc: the figures of a day. */
#include "cli/verbs.h"

#include <stdlib.h>
#include <time.h>

#include "core/json.h"

static int64_t milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum status recalc_json(const struct recalc_result *r, struct err *e)
{
	struct json *j = malloc(sizeof(*j));
	enum status st;

	if (!j)
		return err_set(e, ST_NOMEM, "not enough memory");
	json_init(j, call_sink, stdout);
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
	json_end_object(j);
	st = json_finish(j, e);
	free(j);
	return st;
}

enum status verb_recalc(struct call *c, struct err *e)
{
	const int64_t begun = milliseconds();
	struct book *b = NULL;
	struct recalc_result r;
	char day[DAY_TEXT_MAX];
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = book_recalc(b, &r, e);
	if (st == ST_OK) {
		r.elapsed_ms = milliseconds() - begun;
		if (c->format == FORMAT_JSON)
			st = recalc_json(&r, e);
		else
			printf("as of %s: %u accounts, %u scored, %u with unknown health "
			       "(%lld ms)\n",
				day_format(r.as_of, day), r.accounts, r.scored, r.unknown,
				(long long)r.elapsed_ms);
	}
	book_free(&b);
	return st;
}
