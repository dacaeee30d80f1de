#include "cli/whose.h"

#include <string.h>

#include "core/change.h"

static enum status named(struct book *b, const char *name, uint32_t *csm, struct err *e)
{
	struct cell cell;
	const enum status st =
		change_parse(b, REC_ACCOUNT, F_CSM, text_of(name), &cell, e);

	*csm = st == ST_OK && cell.type == CELL_INT ? (uint32_t)cell.i : 0;
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
			"--csm: the name of a CSM, me, pool for nobody's, or all");
	if (name && text_ieq(text_of(name), TEXT("all"))) {
		*scope = QUEUE_OF_ANYBODY;
		return ST_OK;
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
	struct store *store = book_store(b);
	struct book_info info;
	char day[DAY_TEXT_MAX];

	if (store->ops->info(store, &info, NULL) != ST_OK)
		return;
	if (info.alert_day == DAY_NONE)
		call_note(c, "nobody looked for alerts yet: run `tierdesk recalc`");
	else if (info.alert_day != c->clock.today)
		call_note(c, "alerts of %s, the newest recalculation",
			day_format(info.alert_day, day));
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
