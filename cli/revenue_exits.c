#include "cli/revenue_exits.h"

#include <math.h>

#include "cli/call.h"
#include "core/revenue_text.h"

static enum status put_unclear(
	struct json *j, struct book *b, const struct revenue *r, struct err *e)
{
	struct store *s = book_store(b);
	enum status st = ST_OK;

	json_key(j, "unclear");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < revenue_unclear_held(r); k++) {
		const struct revenue_unclear *y = &r->unclear[k];
		struct text id = { 0 };
		struct arena a;

		arena_init(&a);
		st = s->ops->account_keys(s, &y->account, 1, &a, &id, e);
		json_object(j);
		json_pair(j, "account", id);
		json_key(j, "arr_cents");
		json_money(j, r->opening[y->account - 1]);
		json_pair(j, "class",
			text_of(churn_classes[r->cause[y->account - 1]].name));
		json_key(j, "day");
		json_day(j, y->day);
		json_pair(j, "text", y->said);
		json_end_object(j);
		arena_clear(&a);
	}
	json_end_array(j);
	json_key(j, "unclear_found");
	json_int(j, r->unclears);
	return st;
}

enum status revenue_exits_json(
	struct json *j, struct book *b, const struct revenue *r, struct err *e)
{
	const struct revenue_exits *y = &r->exits;
	const uint32_t lost = r->all.money.cohort.lost;
	const struct interval w = interval_wilson(y->answered, lost);
	enum status st;

	json_key(j, "exit_surveys");
	json_object(j);
	json_key(j, "left");
	json_int(j, lost);
	json_key(j, "answered");
	json_int(j, y->answered);
	json_key(j, "answered_pct");
	json_number(j, lost ? 100.0 * y->answered / lost : (double)NAN, 4);
	json_key(j, "low");
	json_number(j, 100 * w.low, 4);
	json_key(j, "high");
	json_number(j, 100 * w.high, 4);
	json_key(j, "reason_only_there");
	json_int(j, y->tells);
	json_key(j, "reason_differs");
	json_int(j, y->differs);
	json_key(j, "causes");
	json_array(j);
	for (int k = 0; k < CHURN_CLASSES; k++) {
		if (!y->said[k])
			continue;
		json_object(j);
		json_pair(j, "class", text_of(churn_classes[k].name));
		json_key(j, "accounts");
		json_int(j, y->said[k]);
		json_key(j, "arr_cents");
		json_money(j, y->said_arr[k]);
		json_end_object(j);
	}
	json_end_array(j);
	st = put_unclear(j, b, r, e);
	json_end_object(j);
	return st;
}

enum { UNCLEAR = 10 }; /* lines */

/* What somebody has to read, as no word of it tells a cause. */
enum status revenue_exits_print(struct book *b, const struct revenue *r, struct err *e)
{
	const uint32_t n = r->unclears < UNCLEAR ? r->unclears : UNCLEAR;
	enum status st = ST_OK;

	if (n)
		printf("\nSaid when they left, of no known cause\n");
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		char text[REVENUE_TEXT_MAX];
		struct list_row row = { .active = false };
		struct arena a;

		arena_init(&a);
		st = book_rows(b, &r->unclear[k].account, 1, &a, &row, e);
		printf("  ");
		call_put(row.name.n ? row.name : row.id, 28);
		printf("  ");
		call_line("", text_of(revenue_unclear_text(r, &r->unclear[k], text)));
		arena_clear(&a);
	}
	if (n < r->unclears)
		printf("  and %u more: --format json has ", r->unclears - n);
	if (n < r->unclears && revenue_unclear_held(r) == r->unclears)
		puts("them all");
	else if (n < r->unclears)
		printf("%u of all %u\n", revenue_unclear_held(r), r->unclears);
	if (n)
		call_line("  ", TEXT(REVENUE_UNCLEAR_HOW));
	return st;
}
