/* service: what the accounts of each CSM got, by tier, against what the tier is to get.
 */
#include "cli/verbs.h"

#include <math.h>

#include "cli/rows.h"
#include "core/service_sum.h"

static const struct rows_column columns[] = {
	{ "TJC", "csm", "csm" },
	{ "TJC", "tier", "tier" },
	{ "TJC", "accounts", "+accounts" },
	{ "TJC", "by_people", "+people" },
	{ "TJC", "by_machine", "+messages" },
	{ "TJC", "people_pct", "+people %" },
	{ "TJC", "target_pct", "+wanted %" },
	{ "JC", "mix_off", NULL },
	{ "TJC", "talks_late", "+late talks" },
	{ "TJC", "reviews", "+reviews" },
	{ "TJC", "reviews_late", "+late reviews" },
	{ "JC", "reviews_not_counted", NULL },
	{ "TJC", "selling", "+selling" },
	{ "TJC", "value", "+of value" },
	{ "TJC", "oversold", "+sold to" },
	{ "T", NULL, "state" },
	{ NULL, NULL, NULL },
};

static const char *state_of(const struct service_sum *s, char out[80])
{
	const char *const parts[] = { s->off ? "mix" : NULL, s->late ? "talks" : NULL,
		s->reviews_late ? "reviews" : NULL, s->oversold ? "selling" : NULL };
	int used = 0;

	out[0] = '\0';
	for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++)
		if (parts[k])
			used += snprintf(out + used, (size_t)(80 - used), "%s%s",
				used ? ", " : "off: ", parts[k]);
	return used ? out : "kept";
}

static enum status put(struct rows *r, struct text csm, int tier,
	const struct service_sum *s, struct err *e)
{
	char state[80];

	if (s->accounts == 0)
		return ST_OK;
	rows_row(r);
	rows_text(r, csm);
	rows_int(r, tier);
	rows_int(r, s->accounts);
	rows_int(r, s->human);
	rows_int(r, s->digital);
	rows_number(r, s->share < 0 ? (double)NAN : s->share, 0);
	rows_int(r, s->target);
	rows_bool(r, s->off);
	rows_int(r, s->late);
	rows_int(r, s->reviews);
	rows_int(r, s->reviews_late);
	rows_int(r, s->rituals);
	rows_int(r, s->commercial);
	rows_int(r, s->value);
	rows_int(r, s->oversold);
	rows_text(r, text_of(state_of(s, state)));
	return rows_end_row(r, e);
}

/* Of each tier the CSMs by name, nobody's, and all of them: csm "" there. */
static enum status put_tier(
	struct rows *r, const struct service_sums *s, int tier, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < s->of->rows; k++)
		st = put(r, s->of->row[k].name, tier, service_sums_of(s, k, tier), e);
	if (st == ST_OK)
		st = put(r, s->of->pool.name, tier,
			service_sums_of(s, CAPACITY_POOL, tier), e);
	return st == ST_OK ? put(r, TEXT("all"), tier, &s->all[tier - 1], e) : st;
}

static bool nobody(const struct service_sums *s)
{
	for (int tier = 1; tier <= TIER_COUNT; tier++)
		if (s->all[tier - 1].accounts)
			return false;
	return true;
}

static void print_line(void *arg, bool bad, const char *line)
{
	(void)arg;
	call_line(bad ? "! " : "  ", text_of(line));
}

enum status verb_service(struct call *c, struct err *e)
{
	struct service_sums *s = NULL;
	struct rows *r = NULL;
	struct book *b = NULL;
	bool missed = false;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = service_sums(b, &s, e);
	if (st == ST_OK)
		st = rows_begin(&r, c, columns, e);
	if (st == ST_OK) {
		for (int tier = 1; st == ST_OK && tier <= TIER_COUNT; tier++) {
			st = put_tier(r, s, tier, e);
			missed |= service_sum_missed(&s->all[tier - 1]);
		}
		st = rows_end(&r, st, e);
	}
	if (st == ST_OK && c->format == FORMAT_TEXT) {
		if (nobody(s))
			rows_nothing(c, "no accounts");
		else
			printf("\n");
		service_sums_say(s, print_line, NULL);
	}
	c->answer_no = st == ST_OK && missed && c->option[OPT_CHECK];
	service_sums_free(&s);
	book_free(&b);
	return st;
}
