#include "cli/tiers_out.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/call.h"
#include "core/json.h"

static double share(int64_t part, int64_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void print_safe(const char *before, struct text t, int columns)
{
	fputs(before, stdout);
	call_put(t, columns);
}

static uint32_t count_group(const struct review *r, enum tier_view_group group)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < r->moves_n; k++)
		n += tier_view_group(&r->moves[k]) == group;
	return n;
}

/* ---- for people ---- */

static void print_distribution(struct book *b, const struct tier_view *v)
{
	const struct book_summary *s = &v->sum;
	const struct policy *p = book_policy(b);
	char day[DAY_TEXT_MAX], arr[MONEY_TEXT_MAX];

	printf("%u active accounts, %s ARR, as of %s\n\n", s->active,
		money_said(s->arr, p->currency, arr), day_format(v->as_of, day));
	printf("tier  accounts  at most  of accounts         ARR  of ARR\n");
	for (int t = 1; t <= TIER_COUNT; t++)
		printf("%4d  %8u  %7u  %9.1f %%  %10s  %4.1f %%\n", t, s->in_tier[t],
			s->limit[t - 1], share(s->in_tier[t], s->active),
			money_said(s->arr_in_tier[t], p->currency, arr),
			share(s->arr_in_tier[t], s->arr));
	if (s->in_tier[TIER_NONE])
		printf("   -  %8u  (not placed yet)\n", s->in_tier[TIER_NONE]);
	printf("\ncaps: tier 1 %g %% of %u = %u, tier 2 %g %% of %u = %u (rounded "
	       "down)\n",
		p->cap_bp[0] / 100.0, s->active, s->limit[0], p->cap_bp[1] / 100.0,
		s->active, s->limit[1]);
}

static void print_share(const struct tier_view_share *s)
{
	char day[DAY_TEXT_MAX];

	printf("  %s", day_format(s->day, day));
	for (int t = 1; t <= TIER_COUNT; t++)
		printf("  tier %d %5.1f %%", t, share(s->in_tier[t], s->active));
	if (s->in_tier[TIER_NONE])
		printf("  not placed yet %.1f %%",
			share(s->in_tier[TIER_NONE], s->active));
	putchar('\n');
}

static void print_ratio(void *arg, enum capacity_line kind, const char *text)
{
	(void)arg;
	printf("%s %s\n", kind == CAPACITY_WARNS ? "!" : " ", text);
}

/* A year ago, half a year ago and the newest, or what there is of it. */
static void print_past(struct book *b, const struct tier_view *v)
{
	const uint32_t n = v->shares;

	if (n == 0)
		return;
	printf("\nshares of the accounts\n");
	if (n > 1)
		print_share(&v->share[0]);
	if (n > 2)
		print_share(&v->share[n / 2]);
	print_share(&v->share[n - 1]);
	capacity_past_say(book_policy(b), v->ratio, v->ratios, NULL, print_ratio, NULL);
}

static void print_review(const struct tier_view *v)
{
	const struct review *r = &v->review;
	const char *between = "";
	char day[DAY_TEXT_MAX], of[40];

	if (v->problem.n) {
		print_safe("\nno review today: ", v->problem, 400);
		putchar('\n');
		return;
	}
	printf("\na review today would make %u move%s%s", r->moves_n, TEXT_S(r->moves_n),
		review_accounts_text(r, of));
	for (int g = 0; g < TIER_GROUP_COUNT; g++) {
		const uint32_t n = count_group(r, (enum tier_view_group)g);

		if (n == 0)
			continue;
		printf("%s%u %s", *between ? between : ": ", n, tier_view_group_name[g]);
		between = ", ";
	}
	printf("; %u wait", r->waitlist_n);
	for (uint32_t k = 0; k < r->violations_n; k++)
		printf("; tier %d is %u over its cap by locks", r->violations[k].tier,
			r->violations[k].over);
	printf(" (`tierdesk review`)\nthe last one was ");
	if (v->sum.review_day == DAY_NONE)
		printf("never\n");
	else if (v->sum.review_day == v->as_of)
		printf("today\n");
	else
		printf("on %s, %d day%s ago\n", day_format(v->sum.review_day, day),
			v->as_of - v->sum.review_day,
			TEXT_S(v->as_of - v->sum.review_day));
}

static void print_requests(const struct tier_view *v)
{
	char day[DAY_TEXT_MAX];

	if (v->requests)
		printf("\nrequests\n");
	for (uint32_t k = 0; k < v->requests; k++) {
		const struct tier_view_request *x = &v->request[k];

		printf("  %lld  %s  ", (long long)x->request.id,
			day_format(x->request.asked, day));
		print_safe("", x->request.requester, 30);
		printf(" wants ");
		print_safe("", x->who.id, 24);
		print_safe(" ", x->who.name, 40);
		printf(" in tier %d", x->request.wanted);
		print_safe(": ", x->request.reason, 120);
		print_safe("\n     ", x->says, 300);
		putchar('\n');
	}
}

static enum status print_finding(
	struct book *b, const struct tier_view_finding *f, struct err *e)
{
	const uint32_t shown = f->count < AUDIT_EXAMPLES ? f->count : AUDIT_EXAMPLES;
	struct list_row row[AUDIT_EXAMPLES];
	struct arena a;
	enum status st = ST_OK;

	arena_init(&a);
	if (shown)
		st = book_rows(b, f->account, shown, &a, row, e);
	printf("! %s: ", f->check->name);
	print_safe("", f->text, 300);
	for (uint32_t k = 0; st == ST_OK && k < shown; k++) {
		print_safe(k ? ", " : " (", row[k].id, 24);
		if (row[k].name.n)
			print_safe(" ", row[k].name, 30);
	}
	printf("%s. %s\n", shown ? f->count > shown ? " ...)" : ")" : "",
		f->check->remedy);
	arena_clear(&a);
	return st;
}

enum status tiers_out_findings(struct book *b, const struct tier_view *v, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < v->findings; k++)
		st = print_finding(b, &v->finding[k], e);
	return st;
}

enum status tiers_out_text(struct book *b, const struct tier_view *v, struct err *e)
{
	print_distribution(b, v);
	print_past(b, v);
	print_review(v);
	print_requests(v);
	putchar('\n');
	if (v->findings == 0)
		printf("no findings\n");
	return tiers_out_findings(b, v, e);
}

/* ---- for programs ---- */

static void key_int(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

static void key_day(struct json *j, const char *key, int32_t day)
{
	json_key(j, key);
	json_day(j, day);
}

static void json_tiers(struct json *j, struct book *b, const struct book_summary *s)
{
	json_key(j, "tiers");
	json_array(j);
	for (int t = 1; t <= TIER_COUNT; t++) {
		json_object(j);
		key_int(j, "tier", t);
		key_int(j, "accounts", s->in_tier[t]);
		json_key(j, "arr_cents");
		json_money(j, s->arr_in_tier[t]);
		key_int(j, "limit", s->limit[t - 1]);
		json_key(j, "pct");
		json_number(j, book_policy(b)->cap_bp[t - 1] / 100.0, 2);
		json_end_object(j);
	}
	json_end_array(j);
	key_int(j, "unplaced", s->in_tier[TIER_NONE]);
}

static void json_past(struct json *j, const struct tier_view *v)
{
	json_key(j, "shares");
	json_array(j);
	for (uint32_t k = 0; k < v->shares; k++) {
		json_object(j);
		key_day(j, "day", v->share[k].day);
		key_int(j, "active", v->share[k].active);
		json_key(j, "accounts");
		json_array(j);
		for (int t = 1; t <= TIER_COUNT; t++)
			json_int(j, v->share[k].in_tier[t]);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "ratios");
	json_array(j);
	for (uint32_t k = 0; k < v->ratios; k++) {
		json_object(j);
		key_day(j, "day", v->ratio[k].day);
		json_key(j, "csms");
		json_number(j, v->ratio[k].csms, 2);
		json_key(j, "accounts_per_csm");
		json_array(j);
		for (int t = 1; t <= CAPACITY_NAMED; t++)
			json_number(j, capacity_ratio(&v->ratio[k], t), 2);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_review(struct json *j, const struct tier_view *v)
{
	json_key(j, "review");
	if (v->problem.n) {
		json_null(j);
		return;
	}
	json_object(j);
	key_int(j, "moves", v->review.moves_n);
	for (int g = 0; g < TIER_GROUP_COUNT; g++) {
		static const char *const key[TIER_GROUP_COUNT] = { "swaps", "promotions",
			"demotions", "over_the_cap", "placements" };

		key_int(j, key[g], count_group(&v->review, (enum tier_view_group)g));
	}
	key_int(j, "waiting", v->review.waitlist_n);
	key_int(j, "violations", v->review.violations_n);
	json_end_object(j);
}

static void json_requests(struct json *j, const struct tier_view *v)
{
	json_key(j, "requests");
	json_array(j);
	for (uint32_t k = 0; k < v->requests; k++) {
		const struct tier_view_request *x = &v->request[k];

		json_object(j);
		key_int(j, "id", x->request.id);
		json_pair(j, "account", x->who.id);
		key_int(j, "wanted", x->request.wanted);
		key_day(j, "asked_on", x->request.asked);
		json_pair(j, "requester", x->request.requester);
		json_pair(j, "reason", x->request.reason);
		json_pair(j, "state", text_of(request_state_word[x->request.state]));
		key_day(j, "answered_on", x->request.answered);
		json_pair(j, "goes_down",
			x->goes.account && x->answer.full ? x->goes.id
							  : (struct text){ NULL, 0 });
		json_pair(j, "says", x->says);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status json_finding(
	struct json *j, struct book *b, const struct tier_view_finding *f, struct err *e)
{
	const uint32_t shown = f->count < AUDIT_EXAMPLES ? f->count : AUDIT_EXAMPLES;
	struct text id[AUDIT_EXAMPLES] = { { NULL, 0 } };
	struct arena a;
	enum status st = ST_OK;

	arena_init(&a);
	if (shown)
		st = book_store(b)->ops->account_keys(
			book_store(b), f->account, shown, &a, id, e);
	json_object(j);
	json_pair(j, "check", text_of(f->check->name));
	json_pair(j, "text", f->text);
	json_pair(j, "remedy", text_of(f->check->remedy));
	key_int(j, "count", f->count);
	json_key(j, "examples");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < shown; k++)
		json_text(j, id[k]);
	json_end_array(j);
	json_end_object(j);
	arena_clear(&a);
	return st;
}

enum status tiers_out_json(struct book *b, const struct tier_view *v, struct err *e)
{
	struct json doc, *j = &doc;
	enum status st = ST_OK;

	call_json(j);
	json_object(j);
	key_day(j, "as_of", v->as_of);
	key_day(j, "figures_of", v->sum.figures_day);
	key_day(j, "last_review", v->sum.review_day);
	key_int(j, "active", v->sum.active);
	json_key(j, "arr_cents");
	json_money(j, v->sum.arr);
	json_tiers(j, b, &v->sum);
	json_past(j, v);
	json_review(j, v);
	json_requests(j, v);
	json_key(j, "findings");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < v->findings; k++)
		st = json_finding(j, b, &v->finding[k], e);
	json_end_array(j);
	json_end_object(j);
	return call_json_end(j, st, e);
}
