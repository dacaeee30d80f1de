/* Sums and counts over the accounts of a file. */
#include "core/import_taken.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/import_result.h"
#include "core/money.h"

enum { OVERDUE_DAYS = 30 }; /* a renewal that is just being signed is no flaw */

/* What the file adds up to is what a person knows of it. */
static void count_arr(
	struct import_taken *t, const struct import_request *q, const struct cell *row)
{
	const struct cell *arr = &row[F_ARR], *code = &row[F_CURRENCY];
	if (arr->type != CELL_INT)
		return;
	if (code->type == CELL_TEXT &&
		(q->currency_count == 0 || memcmp(q->currencies[0], code->t.s, 3) != 0)) {
		t->foreign++;
	} else if (t->arr <= INT64_MAX - MONEY_MAX) {
		t->arr += arr->i;
		t->arr_rows++;
		if (q->currency_count > 0)
			memcpy(t->currency, q->currencies[0], sizeof(t->currency));
	}
}

static void count(struct import_flawed *x, const struct cell *row)
{
	const struct text id = cell_as_text(&row[F_ACCOUNT_ID]);

	if (x->n++ == 0)
		snprintf(x->first, sizeof(x->first), "%.*s",
			convert_shown(id, IMPORT_FIRST_SHOWN), id.s);
}

void import_taken_row(struct import_taken *t, const struct import_request *q,
	const struct cell *row, uint32_t given)
{
	const struct cell *renewal = &row[F_RENEWAL_DATE];

	count_arr(t, q, row);
	if (given >> F_NAME & 1 && row[F_NAME].type == CELL_MISSING)
		count(&t->nameless, row);
	if (!import_effect_active(row, q->as_of))
		return;
	if (given >> F_CSM & 1 && row[F_CSM].type == CELL_MISSING)
		count(&t->ownerless, row);
	if (renewal->type == CELL_INT && renewal->i < q->as_of - OVERDUE_DAYS)
		count(&t->overdue, row);
}

static void note_arr(const struct import_taken *t, struct import_result *r)
{
	char amount[MONEY_TEXT_MAX], others[64] = "";
	if (t->arr_rows == 0)
		return;
	if (t->foreign > 0)
		snprintf(others, sizeof(others),
			", besides %" PRIu64 " in other currencies", t->foreign);
	import_result_note(r, "the ARR of %" PRIu64 " account%s adds up to %s%s%s%s",
		t->arr_rows, TEXT_S(t->arr_rows), money_format(t->arr, amount),
		*t->currency ? " " : "", t->currency, others);
}

/* what, of one and of several, and which they are. */
static void note_flawed(const struct import_flawed *x, struct import_result *r,
	const char *one, const char *several)
{
	char more[40] = "";
	if (x->n > 1)
		snprintf(more, sizeof(more), " and %" PRIu64 " more", x->n - 1);
	if (x->n > 0)
		import_result_note(r, "%" PRIu64 " %s: %s%s", x->n,
			x->n == 1 ? one : several, x->first, more);
}

void import_taken_notes(const struct import_taken *t, struct import_result *r)
{
	note_arr(t, r);
	note_flawed(&t->nameless, r, "account has no name and goes by its account_id",
		"accounts have no name and go by their account_id");
	note_flawed(&t->ownerless, r, "active account has no owner and is in the pool",
		"active accounts have no owner and are in the pool");
	note_flawed(&t->overdue, r,
		"active account was to renew more than a month ago (is the date old, or "
		"did it leave?)",
		"active accounts were to renew more than a month ago (are the dates old, "
		"or did they leave?)");
}
