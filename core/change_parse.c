/* What a person typed for a field, as a cell. */
#include "core/alike.h"
#include "core/book_internal.h"
#include "core/change.h"
#include "core/change_cell.h"
#include "core/choices.h"
#include "core/convert.h"

#include <stdio.h>
#include <string.h>

#define SHOWN_MAX 60

/* "50k", "1.5m", "1,5m"; false: it is none. */
static bool parse_short_money(const struct field *f, struct text t, struct cell *out,
	enum status *st, struct err *e)
{
	static const struct field any = { .name = "", .type = FT_NUMBER };
	const char unit = t.s[t.n - 1];
	const bool thousands = unit == 'k' || unit == 'K';
	struct complaint bad;
	int64_t cents;

	if (t.n < 2 || (!thousands && unit != 'm' && unit != 'M'))
		return false;
	*st = convert_typed(&any, (struct text){ t.s, t.n - 1 }, out, &bad) == CONVERT_OK
		      ? ST_OK
		      : err_set(e, ST_INVALID, "%s: %s", f->name, bad.message);
	if (*st == ST_OK && !money_scale(thousands ? 100000 : 100000000, out->n, &cents))
		*st = err_set(e, ST_INVALID, "%s: it is too large", f->name);
	if (*st == ST_OK)
		*out = CELL_OF_INT(cents);
	return true;
}

/* "today", and days, weeks and months from then: "14d", "2w", "3m", "-7d". */
static bool parse_near_day(struct text t, int32_t today, int64_t *day)
{
	const char unit = t.s[t.n - 1];
	double n;

	*day = today;
	if (text_ieq(t, TEXT("today")))
		return true;
	if (text_ieq(t, TEXT("tomorrow"))) {
		*day = (int64_t)today + 1;
		return true;
	}
	t.n--;
	if (!number_parse(t, '.', &n, NULL) || n < -100000 || n > 100000 ||
		n != (double)(int)n)
		return false;
	if (unit == 'm')
		*day = day_add_months(today, (int)n);
	else
		*day = (int64_t)today + (int64_t)n * (unit == 'w' ? 7 : 1);
	return unit == 'd' || unit == 'w' || unit == 'm';
}

static enum status parse_currency(struct book *b, const struct field *f, struct text t,
	struct cell *out, struct err *e)
{
	const struct policy *p = &b->policy;
	const char *found = NULL;

	if (text_ieq(t, text_of(p->currency)))
		found = p->currency;
	for (int k = 0; !found && k < p->fx_count; k++)
		if (text_ieq(t, text_of(p->fx_code[k])))
			found = p->fx_code[k];
	if (!found)
		return err_set(e, ST_INVALID,
			"%s: the policy has no rate for \"%.*s\"; see [fx] there",
			f->name, convert_shown(t, SHOWN_MAX), t.s);
	*out = CELL_OF_TEXT(text_of(found));
	return ST_OK;
}

static bool begins_with(struct text whole, struct text part)
{
	return whole.n >= part.n && text_ieq((struct text){ whole.s, part.n }, part);
}

/* By the whole name, or by the only one that begins so; 0: none, or several, of which
 * two are named. */
static uint32_t person(const struct book *b, struct text name, struct text two[2])
{
	uint32_t found = 0, n = 0;

	for (uint32_t i = 0; i < b->csms; i++) {
		if (!b->csm_name[i].s || !begins_with(b->csm_name[i], name))
			continue;
		if (b->csm_name[i].n == name.n)
			return i + 1;
		found = i + 1;
		if (n < 2)
			two[n] = b->csm_name[i];
		n++;
	}
	return n == 1 ? found : 0;
}

static enum status parse_csm(struct book *b, const struct field *f, struct text t,
	struct cell *out, struct err *e)
{
	const bool me = text_ieq(t, TEXT("me")); /* and nobody whose name begins so */
	const struct text name = me ? text_of(b->me) : t;
	struct text two[2] = { { NULL, 0 }, { NULL, 0 } };
	uint32_t id = 0;
	enum status st;

	if (text_ieq(t, TEXT("pool")))
		return ST_OK; /* nobody */
	st = b->store->ops->find(b->store, REC_CSM, name, &id, e);
	if (st == ST_OK && !id && !me)
		st = book_need_columns(b, e);
	if (st == ST_OK && !id && !me)
		id = person(b, name, two);
	if (st == ST_OK && !id && two[1].n)
		return err_set(e, ST_INVALID,
			"%s: \"%.*s\" may be %.*s or %.*s: write more of the name",
			f->name, convert_shown(name, SHOWN_MAX), name.s,
			convert_shown(two[0], SHOWN_MAX), two[0].s,
			convert_shown(two[1], SHOWN_MAX), two[1].s);
	if (st == ST_OK && !id)
		return err_set(e, ST_INVALID,
			"%s: nobody is named \"%.*s\": a name of a CSM, me, or pool "
			"for nobody",
			f->name, convert_shown(name, SHOWN_MAX), name.s);
	*out = CELL_OF_INT(id);
	return st;
}

static enum status parse_account(struct book *b, const struct field *f, struct text t,
	struct cell *out, struct err *e)
{
	uint32_t id;
	const enum status st = book_find(b, t, &id, e);

	if (st == ST_NOTFOUND || st == ST_USAGE)
		return err_set(e, ST_INVALID,
			"%s: no account has the id or name \"%.*s\"", f->name,
			convert_shown(t, SHOWN_MAX), t.s);
	*out = CELL_OF_INT(id);
	return st;
}

static enum status parse_plain(
	const struct field *f, struct text t, struct cell *out, struct err *e)
{
	struct complaint bad;

	if (convert_typed(f, t, out, &bad) == CONVERT_OK)
		return ST_OK;
	return err_set(e, ST_INVALID, "%s: %s", f->name, bad.message);
}

/* Others say "email" or "meet": words of their own, longer at the front or shorter by
 * more than a slip. */
static bool is_own_word(struct text t, struct text known)
{
	return t.n > known.n
		       ? text_ieq((struct text){ t.s + t.n - known.n, known.n }, known)
		       : t.n + 1 < known.n && text_ieq((struct text){ known.s, t.n }, t);
}

/* A few letters that kinds begin with are no word: "mail or meeting", or "". */
static void name_begun(struct text t, char *out, size_t size)
{
	enum { WORD_LEAST = 4 };
	const char *rest = TOUCH_KINDS;
	struct text word;

	*out = '\0';
	while (t.n < WORD_LEAST && (word = choices_next(&rest)).n > 0)
		if (text_ieq((struct text){ word.s, t.n }, t))
			text_add(out, size, "%s%.*s", *out ? " or " : "", (int)word.n,
				word.s);
}

static enum status check_touch_kind(const struct field *f, struct text t, struct err *e)
{
	char words[] = TOUCH_KINDS, begun[sizeof(words) * 4];
	const char *meant = begun;
	struct alike near;
	size_t n;

	alike_begin(&near, t);
	name_begun(t, begun, sizeof(begun));
	for (char *word = words; !*begun && word < words + sizeof(words); word += n + 1) {
		n = strcspn(word, "|");
		word[n] = '\0';
		if (text_eq(t, text_of(word)) || is_own_word(t, text_of(word)))
			return ST_OK;
		alike_try(&near, word);
		meant = near.word;
	}
	return meant ? err_set(e, ST_INVALID, "%s: \"%.*s\": did you mean %s?", f->name,
			       convert_shown(t, SHOWN_MAX), t.s, meant)
		     : ST_OK;
}

enum status change_parse(struct book *b, enum record_kind kind, int field,
	struct text typed, struct cell *out, struct err *e)
{
	const struct field *f = &record_of(kind)->fields[field];
	const struct text t = text_trim(typed);
	int64_t value;
	enum status st = ST_OK;

	*out = (struct cell){ .type = CELL_MISSING };
	if (t.n == 0)
		return change_check(f, &b->policy, out, e);
	if (f->type == FT_MONEY && parse_short_money(f, t, out, &st, e))
		; /* st says how it went */
	else if (f->type == FT_DAY && parse_near_day(t, b->clock.today, &value))
		*out = CELL_OF_INT(value);
	else if (f->type == FT_CURRENCY)
		st = parse_currency(b, f, t, out, e);
	else if (f->type == FT_CSM)
		st = parse_csm(b, f, t, out, e);
	else if (f->type == FT_ACCOUNT)
		st = parse_account(b, f, t, out, e);
	else
		st = parse_plain(f, t, out, e);
	if (st == ST_OK && kind == REC_TOUCH && field == F_TOUCH_KIND)
		st = check_touch_kind(f, t, e);
	return st == ST_OK ? change_check(f, &b->policy, out, e) : st;
}
