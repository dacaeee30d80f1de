#include "core/import_effect.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rates.h"

/* ---- the base before ------------------------------------------------------------- */

/* ARR is that of the contracts when the account has any that began by now. */
static enum status keep_contracted(
	struct import_effect_count *x, const struct part *p, const struct base *b)
{
	for (uint32_t k = 0; k < p->contracts.n; k++) {
		const uint32_t at = p->contracts.at[k], i = p->first_id - 1 + at;

		if (p->contracts.start[k] > x->as_of || i >= x->n)
			continue;
		if (!x->contracted) {
			x->contracted = malloc(x->n * sizeof(*x->contracted));
			if (!x->contracted)
				return ST_NOMEM;
			for (uint32_t all = 0; all < x->n; all++)
				x->contracted[all] = MONEY_NONE;
		}
		x->contracted[i] = b->arr[at];
	}
	return ST_OK;
}

static void add_arr(struct import_effect_count *x, int64_t *sum, int64_t cents)
{
	if (cents != MONEY_NONE && !x->no_arr && !money_add(*sum, cents, sum))
		x->no_arr = true;
}

static void add_active(struct import_effect_count *x, const struct base *b)
{
	for (uint32_t i = 0; i < b->n; i++) {
		if (!b->active[i])
			continue;
		x->to->active_before++;
		add_arr(x, &x->to->arr_before, b->arr[i]);
	}
}

static void add_active_alone(struct import_effect_count *x, const struct part *p)
{
	x->no_arr = true;
	for (uint32_t i = 0; i < p->n; i++)
		x->to->active_before += base_active(p, i, x->as_of);
}

static enum status look_through(
	struct import_effect_count *x, struct store *s, struct err *e)
{
	struct part part;
	struct base base = { .n = 0 };
	struct rates rates = { .rate = { 1 } };
	enum status st = part_init(&part, e);

	if (st == ST_OK)
		st = base_init(&base, e);
	if (st == ST_OK && x->policy)
		st = rates_of(&rates, x->policy, s, e);
	part.brief = true;
	for (uint32_t k = 0; st == ST_OK && k * PART_ACCOUNTS < x->n; k++) {
		st = s->ops->part(s, k, x->as_of, &part, e);
		if (st != ST_OK)
			break;
		if (base_from_part(&base, &part, &rates, x->as_of, false, NULL) !=
			ST_OK) {
			add_active_alone(x, &part); /* an amount that has no rate */
			continue;
		}
		add_active(x, &base);
		if (keep_contracted(x, &part, &base) != ST_OK)
			st = err_set(e, ST_NOMEM, "out of memory for the base");
	}
	base_clear(&base);
	part_clear(&part);
	return st;
}

enum status import_effect_begin(struct import_effect_count *x, struct import_effect *to,
	struct store *s, const struct policy *p, int32_t as_of, struct err *e)
{
	struct book_info info;
	enum status st = s->ops->info(s, &info, e);

	*x = (struct import_effect_count){ .to = to, .policy = p, .as_of = as_of };
	*to = (struct import_effect){ .counted = true };
	if (p)
		memcpy(to->currency, p->currency, sizeof(to->currency));
	if (st != ST_OK)
		return st;
	x->n = info.last_id;
	if (x->n)
		st = look_through(x, s, e);
	to->active_after = to->active_before;
	to->arr_after = to->arr_before;
	return st;
}

void import_effect_clear(struct import_effect_count *x)
{
	free(x->contracted);
	x->contracted = NULL;
}

/* ---- rows ------------------------------------------------------------------------ */

static bool has_churned(const struct cell *row, int32_t day)
{
	return base_churned(cell_day(&row[F_CHURNED_ON]),
		text_eq(cell_as_text(&row[F_STATUS]), TEXT("churned")), day);
}

bool import_effect_active(const struct cell *row, int32_t day)
{
	const int32_t start = cell_day(&row[F_CONTRACT_START]);

	return !has_churned(row, day) && (start == DAY_NONE || start <= day);
}

static int64_t arr_of(struct import_effect_count *x, uint32_t id, const struct cell *row)
{
	const struct cell *arr = &row[F_ARR];
	const struct text code = cell_as_text(&row[F_CURRENCY]);
	char name[4] = "";
	int64_t cents;

	if (x->contracted && id <= x->n && x->contracted[id - 1] != MONEY_NONE)
		return x->contracted[id - 1];
	if (arr->type != CELL_INT || x->no_arr)
		return MONEY_NONE;
	cents = arr->i;
	if (code.n == 3) {
		double rate;

		memcpy(name, code.s, 3);
		rate = x->policy ? policy_rate(x->policy, name) : 0;
		if (!(rate > 0) || !money_scale(cents, rate, &cents))
			x->no_arr = true;
	}
	return cents;
}

static void count_after(
	struct import_effect_count *x, uint32_t id, const struct cell *after)
{
	x->to->active_after++;
	add_arr(x, &x->to->arr_after, arr_of(x, id, after));
}

void import_effect_changed(struct import_effect_count *x, uint32_t id,
	const struct cell *before, const struct cell *after)
{
	const bool was = import_effect_active(before, x->as_of),
		   is = import_effect_active(after, x->as_of);

	if (was) {
		const int64_t arr = arr_of(x, id, before);

		x->to->active_after--;
		add_arr(x, &x->to->arr_after, arr == MONEY_NONE ? 0 : -arr);
		if (!is) {
			x->to->left++;
			add_arr(x, &x->to->left_arr, arr);
		}
	}
	if (is)
		count_after(x, id, after);
	x->to->back += is && !was;
	x->to->owners += is && was && !cell_eq(before[F_CSM], after[F_CSM]);
}

void import_effect_added(
	struct import_effect_count *x, uint32_t id, const struct cell *row)
{
	if (id <= x->n)
		return;
	x->to->churned += has_churned(row, x->as_of);
	if (import_effect_active(row, x->as_of))
		count_after(x, id, row);
}

void import_effect_end(struct import_effect_count *x)
{
	if (x->no_arr)
		x->to->arr_before = x->to->arr_after = x->to->left_arr = MONEY_NONE;
}

/* ---- in sentences ---------------------------------------------------------------- */

/* Accounts whose coming and going needs no words, and shares of the ARR, one in so many.
 */
enum { FEW = 3, ARR_MATTERS = 20 };

struct saying {
	struct import_effect_line *line;
	uint32_t n;
};

static void say(struct saying *s, bool warning, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
static void say(struct saying *s, bool warning, const char *format, ...)
{
	struct import_effect_line *to = &s->line[s->n++];
	va_list arguments;

	to->warning = warning;
	va_start(arguments, format);
	vsnprintf(to->text, sizeof(to->text), format, arguments);
	va_end(arguments);
}

/* Of one or several. */
static const char *be(uint64_t n, bool done)
{
	return !done ? "would be" : n == 1 ? "is" : "are";
}

static void say_left(struct saying *s, const struct import_effect *x, bool done)
{
	char arr[MONEY_TEXT_MAX];

	if (x->left && x->left_arr > 0)
		say(s, true,
			"%" PRIu64 " active account%s %s active no longer: %s ARR was "
			"%s",
			x->left, TEXT_S(x->left), be(x->left, done),
			x->left == 1 ? "its" : "their",
			money_said(x->left_arr, x->currency, arr));
	else if (x->left)
		say(s, true, "%" PRIu64 " active account%s %s active no longer", x->left,
			TEXT_S(x->left), be(x->left, done));
}

static void say_active(struct saying *s, const struct import_effect *x, bool done)
{
	const uint64_t before = x->active_before, after = x->active_after;

	if (before && (before > after ? before - after : after - before) > FEW)
		say(s, after < before, "%" PRIu64 " active account%s %s %" PRIu64, before,
			TEXT_S(before), done ? "became" : "would become", after);
}

static void say_arr(struct saying *s, const struct import_effect *x, bool done)
{
	const int64_t before = x->arr_before, after = x->arr_after;
	const int64_t by = after > before ? after - before : before - after;
	char was[MONEY_TEXT_MAX], is[MONEY_TEXT_MAX];

	if (before == MONEY_NONE || before <= 0 || by < before / ARR_MATTERS || by == 0)
		return;
	say(s, after < before || after / 2 > before,
		"the ARR of the active accounts %s from %s to %s",
		done ? "went" : "would go", money_said(before, x->currency, was),
		money_said(after, x->currency, is));
}

uint32_t import_effect_say(const struct import_effect *x, bool done,
	struct import_effect_line out[IMPORT_EFFECTS])
{
	struct saying s = { out, 0 };

	if (!x->counted)
		return 0;
	say_left(&s, x, done);
	say_active(&s, x, done);
	say_arr(&s, x, done);
	if (x->owners)
		say(&s, false, "%" PRIu64 " active account%s %s another owner", x->owners,
			TEXT_S(x->owners),
			!done            ? "would have"
			: x->owners == 1 ? "has"
					 : "have");
	if (x->back)
		say(&s, false, "%" PRIu64 " account%s that %s not active %s active",
			x->back, TEXT_S(x->back), x->back == 1 ? "was" : "were",
			be(x->back, done));
	if (x->churned)
		say(&s, false, "%" PRIu64 " of the new accounts %s churned", x->churned,
			x->churned == 1 ? "is" : "are");
	return s.n;
}
