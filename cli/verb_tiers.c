/* tiers: distribution, caps and findings. */
#include "cli/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "core/audit.h"
#include "core/json.h"

struct findings {
	struct book *b;
	struct json *j; /* NULL: text */
	uint32_t n;
};

static enum status take_finding(void *arg, const struct audit_finding *f, struct err *e)
{
	struct findings *all = arg;
	const uint32_t shown = f->count < AUDIT_EXAMPLES ? f->count : AUDIT_EXAMPLES;
	struct text keys[AUDIT_EXAMPLES];
	struct list_row rows[AUDIT_EXAMPLES];
	struct arena a;
	enum status st = ST_OK;

	arena_init(&a);
	memset(keys, 0, sizeof(keys));
	if (shown && f->example[0])
		st = book_store(all->b)->ops->account_keys(
			book_store(all->b), f->example, shown, &a, keys, e);
	if (st == ST_OK && shown && f->example[0] && !all->j)
		st = book_rows(all->b, f->example, shown, &a, rows, e);
	if (st == ST_OK && all->j) {
		json_object(all->j);
		json_key(all->j, "check");
		json_text(all->j, text_of(f->check));
		json_key(all->j, "text");
		json_text(all->j, text_of(f->text));
		json_key(all->j, "count");
		json_int(all->j, f->count);
		json_key(all->j, "examples");
		json_array(all->j);
		for (uint32_t k = 0; k < shown && keys[k].s; k++)
			json_text(all->j, keys[k]);
		json_end_array(all->j);
		json_end_object(all->j);
	} else if (st == ST_OK) {
		printf("! %s", f->text);
		for (uint32_t k = 0; k < shown && keys[k].s; k++) {
			char safe[256], name[256];

			text_sanitise(keys[k], safe, sizeof(safe), 24, false);
			text_sanitise(rows[k].name, name, sizeof(name), 30, false);
			printf("%s%s%s%s", k ? ", " : " (", safe, *name ? " " : "", name);
		}
		printf("%s\n",
			shown && keys[0].s ? f->count > shown ? " ...)" : ")" : "");
	}
	arena_clear(&a);
	all->n++;
	return st;
}

static double share(int64_t part, int64_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static enum status as_json(
	struct book *b, const struct book_summary *s, struct findings *all, struct err *e)
{
	struct json *j = malloc(sizeof(*j));
	enum status st, ended;

	if (!j)
		return err_set(e, ST_NOMEM, "not enough memory");
	json_init(j, call_sink, stdout);
	json_object(j);
	json_key(j, "as_of");
	json_day(j, book_as_of(b));
	json_key(j, "figures_of");
	json_day(j, s->figures_day);
	json_key(j, "last_review");
	json_day(j, s->review_day);
	json_key(j, "active");
	json_int(j, s->active);
	json_key(j, "arr_cents");
	json_money(j, s->arr);
	json_key(j, "tiers");
	json_array(j);
	for (int t = 1; t <= TIER_COUNT; t++) {
		json_object(j);
		json_key(j, "tier");
		json_int(j, t);
		json_key(j, "accounts");
		json_int(j, s->in_tier[t]);
		json_key(j, "arr_cents");
		json_money(j, s->arr_in_tier[t]);
		json_key(j, "limit");
		json_int(j, s->limit[t - 1]);
		json_key(j, "pct");
		json_number(j, book_policy(b)->cap_bp[t - 1] / 100.0, 2);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "unplaced");
	json_int(j, s->in_tier[TIER_NONE]);
	json_key(j, "findings");
	json_array(j);
	all->j = j;
	st = audit_run(b, take_finding, all, e);
	json_end_array(j);
	json_end_object(j);
	ended = json_finish(j, st == ST_OK ? e : NULL);
	free(j);
	return st == ST_OK ? ended : st;
}

static enum status as_text(
	struct book *b, const struct book_summary *s, struct findings *all, struct err *e)
{
	char day[DAY_TEXT_MAX], arr[MONEY_TEXT_MAX];

	printf("%u active accounts, %s %s ARR, as of %s\n\n", s->active,
		book_policy(b)->currency, money_format(s->arr, arr),
		day_format(book_as_of(b), day));
	printf("tier  accounts  at most  of accounts               ARR  of ARR\n");
	for (int t = 1; t <= TIER_COUNT; t++)
		printf("%4d  %8u  %7u  %9.1f %%  %16s  %4.1f %%\n", t, s->in_tier[t],
			s->limit[t - 1], share(s->in_tier[t], s->active),
			money_format(s->arr_in_tier[t], arr),
			share(s->arr_in_tier[t], s->arr));
	if (s->in_tier[TIER_NONE])
		printf("   -  %8u  (not placed yet)\n", s->in_tier[TIER_NONE]);
	printf("\ncaps: tier 1 %g %% of %u = %u, tier 2 %g %% of %u = %u (rounded "
	       "down)\n\n",
		book_policy(b)->cap_bp[0] / 100.0, s->active, s->limit[0],
		book_policy(b)->cap_bp[1] / 100.0, s->active, s->limit[1]);
	return audit_run(b, take_finding, all, e);
}

enum status verb_tiers(struct call *c, struct err *e)
{
	struct findings all = { NULL, NULL, 0 };
	struct book_summary s;
	enum status st = call_book(c, false, &all.b, e);

	if (st == ST_OK)
		st = book_summary(all.b, &s, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? as_json(all.b, &s, &all, e)
					      : as_text(all.b, &s, &all, e);
	if (st == ST_OK && c->format != FORMAT_JSON && all.n == 0)
		printf("no findings\n");
	c->answer_no = st == ST_OK && c->option[OPT_CHECK] && all.n > 0;
	book_free(&all.b);
	return st;
}
