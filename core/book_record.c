#include "core/book_record.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"

#define REASON_MAX 1000

static enum status record(struct book *b, struct operation *o, struct err *e)
{
	o->at = b->clock.now(&b->clock);
	o->actor = text_of(b->me);
	return history_record(b->store, o, e);
}

/* ---- reviews ---- */

static enum status record_tiers(
	struct book *b, struct operation *o, const struct tier_past *p, struct err *e)
{
	enum status st = b->store->ops->history_last(b->store, &o->id, e);

	if (st == ST_OK)
		st = b->store->ops->history_tiers_add(b->store, o->id + 1, p, e);
	return st == ST_OK ? record(b, o, e) : st;
}

enum status book_record_review(struct book *b, const struct review *r, int64_t number,
	const struct tiers *before, const char *reason, struct err *e)
{
	struct operation o = { .kind = OPERATION_REVIEW, .subject = number };
	const struct text why = text_trim(text_of(reason ? reason : ""));
	char day[DAY_TEXT_MAX], title[80];
	struct tier_past p;
	enum status st = tier_past_between(before, &r->after, &p, e);

	snprintf(title, sizeof(title), "review of %s: %u move%s",
		day_format(r->as_of, day), r->moves_n, TEXT_S(r->moves_n));
	o.title = text_of(title);
	o.reason = (struct text){ why.s, (size_t)convert_shown(why, REASON_MAX) };
	if (st == ST_OK)
		st = record_tiers(b, &o, &p, e);
	tier_past_clear(&p);
	return st;
}

/* ---- policies ---- */

struct settings {
	char first[120];
	uint32_t n;
};

static void take_setting(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct settings *s = arg;

	if (s->n++ == 0)
		snprintf(s->first, sizeof(s->first), ": %s.%s %.30s > %.30s", section,
			key, was, is);
}

enum status book_record_policy(struct book *b, const struct policy *was,
	const struct policy *is, int32_t version, const char *reason, struct err *e)
{
	struct operation o = { .kind = OPERATION_POLICY, .subject = version };
	const struct text why = text_trim(text_of(reason ? reason : ""));
	struct settings s = { .first = "" };
	char title[200], more[32] = "";

	policy_compare(was, is, take_setting, &s);
	if (s.n > 1)
		snprintf(more, sizeof(more), ", and %u more", s.n - 1);
	snprintf(title, sizeof(title), "policy version %d%s%s", version, s.first, more);
	o.title = text_of(title);
	o.reason = (struct text){ why.s, (size_t)convert_shown(why, REASON_MAX) };
	return record(b, &o, e);
}

/* ---- recalculations ---- */

enum status book_record_recalc(
	struct book *b, const struct recalc_result *r, struct text backup, struct err *e)
{
	struct operation o = {
		.kind = OPERATION_RECALC, .subject = r->as_of, .backup = backup
	};
	char day[DAY_TEXT_MAX], title[120];

	if (!r->alerts_opened && !r->alerts_resolved && !backup.n)
		return ST_OK;
	snprintf(title, sizeof(title),
		"recalculated as of %s: %u alert%s opened, %u resolved",
		day_format(r->as_of, day), r->alerts_opened, TEXT_S(r->alerts_opened),
		r->alerts_resolved);
	o.title = text_of(title);
	return record(b, &o, e);
}
