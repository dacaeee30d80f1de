/* The filter language of lists: parsing. */
#include "core/filter_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/day.h"
#include "core/money.h"

struct parsing {
	struct text all;
	int32_t today;
	struct text me;
	struct arena *arena;
	struct filter_error *where;
	struct err *e;
};

#define FAIL(x, at, ...) (mark(x, at), err_set((x)->e, ST_USAGE, __VA_ARGS__))

static void mark(struct parsing *x, struct text at)
{
	if (x->where)
		*x->where = (struct filter_error){ (size_t)(at.s - x->all.s), at.n };
}

static enum status no_memory(struct parsing *x)
{
	return err_set(x->e, ST_NOMEM, "not enough memory for the filter");
}

static enum status fold_word(struct parsing *x, struct text t, struct text *out)
{
	const size_t room = t.n * 4 + 16;
	char *folded = arena_alloc(x->arena, room);

	if (!folded)
		return no_memory(x);
	*out = (struct text){ folded, text_fold(t, folded, room) };
	return ST_OK;
}

/* "50k", "1.5m": an amount of money in cents. */
static bool parse_money(struct text t, double *out)
{
	double factor = 100;
	char last = t.n ? t.s[t.n - 1] : 0;

	if (last == 'k' || last == 'K')
		factor *= 1e3;
	else if (last == 'm' || last == 'M')
		factor *= 1e6;
	else
		last = 0;
	if (last)
		t.n--;
	if (!number_parse(t, '.', out, NULL))
		return false;
	*out = round(*out * factor); /* 1.15m is one cent less in binary */
	return true;
}

/* An ISO date, or a span from today: 90d, -2w, 3m, 1y. */
static bool parse_day(struct text t, int32_t today, double *out)
{
	double n;
	int32_t day;

	if (day_parse(t, DAY_ISO, &day)) {
		*out = day;
		return true;
	}
	if (t.n < 2 || !number_parse((struct text){ t.s, t.n - 1 }, '.', &n, NULL) ||
		n != floor(n) || fabs(n) > 100000)
		return false;
	switch (t.s[t.n - 1]) {
	case 'd':
		*out = today + n;
		return true;
	case 'w':
		*out = today + 7 * n;
		return true;
	case 'm':
		*out = day_add_months(today, (int)n);
		return true;
	case 'y':
		*out = day_add_months(today, 12 * (int)n);
		return true;
	default:
		return false;
	}
}

static const char *const example[] = { [LT_COUNT] = "2",
	[LT_MONEY] = "50k",
	[LT_HEALTH] = "50, risk, watch or healthy",
	[LT_CHANGE] = "-10",
	[LT_SHARE] = "0.4",
	[LT_NUMBER] = "70",
	[LT_DAY] = "90d or 2026-03-31" };

static enum status parse_value(
	struct parsing *x, enum list_field f, struct text t, double *out)
{
	const enum list_type type = list_field_def(f)->type;
	const bool good = type == LT_MONEY ? parse_money(t, out)
			  : type == LT_DAY ? parse_day(t, x->today, out)
					   : number_parse(t, '.', out, NULL);

	if (good)
		return ST_OK;
	return FAIL(x, t, "filter: \"%.*s\" is not a value of %s (try %s)", (int)t.n, t.s,
		list_field_def(f)->name, example[type]);
}

static bool starts(struct text t, const char *with)
{
	const size_t n = strlen(with);

	return t.n >= n && memcmp(t.s, with, n) == 0;
}

static struct text skip(struct text t, size_t n)
{
	return (struct text){ t.s + n, t.n - n };
}

/* <n <=n >n >=n =n a..b, else false. The open ends are next to the number. */
static bool parse_range(
	struct parsing *x, struct term *term, struct text spec, enum status *st)
{
	const char *dots = NULL;

	term->op = OP_RANGE;
	term->low = -INFINITY;
	term->high = INFINITY;
	for (size_t i = 1; i + 2 < spec.n + 1 && !dots; i++)
		if (spec.s[i] == '.' && i + 1 < spec.n && spec.s[i + 1] == '.')
			dots = spec.s + i;
	if (starts(spec, "<=")) {
		*st = parse_value(x, term->field, skip(spec, 2), &term->high);
	} else if (starts(spec, ">=")) {
		*st = parse_value(x, term->field, skip(spec, 2), &term->low);
	} else if (starts(spec, "<")) {
		*st = parse_value(x, term->field, skip(spec, 1), &term->high);
		term->high = nextafter(term->high, -INFINITY);
	} else if (starts(spec, ">")) {
		*st = parse_value(x, term->field, skip(spec, 1), &term->low);
		term->low = nextafter(term->low, INFINITY);
	} else if (dots) {
		*st = parse_value(x, term->field,
			(struct text){ spec.s, (size_t)(dots - spec.s) }, &term->low);
		if (*st == ST_OK)
			*st = parse_value(x, term->field,
				skip(spec, (size_t)(dots - spec.s) + 2), &term->high);
	} else {
		return false;
	}
	return true;
}

/* Whether a health is named by a beginning of its band's words. */
static bool is_band(struct text t)
{
	static const char *const words[] = { "at", "risk", "watch", "healthy",
		"unknown" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (t.n > 0 && t.n <= strlen(words[i]) &&
			text_ieq(t, (struct text){ words[i], t.n }))
			return true;
	return false;
}

static enum status add_number(struct parsing *x, struct term *term, struct text t)
{
	double *number = &term->number[term->n++];
	const enum status st = parse_value(x, term->field, t, number);

	if (st != ST_OK || term->field != LIST_TIER || *number == 1 || *number == 2 ||
		*number == 3)
		return st;
	return FAIL(x, t, "filter: there is no tier %.*s, but 1, 2 and 3", (int)t.n, t.s);
}

static enum status add_choice(struct parsing *x, struct term *term, struct text t)
{
	if (term->n == CHOICES_MAX)
		return FAIL(x, t, "filter: at most %d values after %s:", CHOICES_MAX,
			list_field_def(term->field)->name);
	if (term->op == OP_IN_NUMBER)
		return add_number(x, term, t);
	if (term->field == LIST_HEALTH && !is_band(t))
		return FAIL(x, t, "filter: \"%.*s\" is none of risk, watch and healthy",
			(int)t.n, t.s);
	term->whole[term->n] = term->field == LIST_ID || term->field == LIST_PARENT;
	if (term->field == LIST_CSM && text_ieq(t, TEXT("me"))) {
		t = x->me;
		term->whole[term->n] = true;
	}
	if (t.n == 0)
		return FAIL(x, t, "filter: who is \"me\"? Say --actor NAME or csm:NAME");
	return fold_word(x, t, &term->word[term->n++]);
}

static enum status parse_choices(struct parsing *x, struct term *term, struct text spec)
{
	const char *end = memchr(spec.s, ',', spec.n);
	const struct text first = { spec.s, end ? (size_t)(end - spec.s) : spec.n };
	enum status st = ST_OK;

	term->op = filter_is_text(term->field) ||
				   (term->field == LIST_HEALTH && is_band(first))
			   ? OP_IN_TEXT
			   : OP_IN_NUMBER;
	while (st == ST_OK) {
		const char *comma = memchr(spec.s, ',', spec.n);
		const struct text one = { spec.s,
			comma ? (size_t)(comma - spec.s) : spec.n };

		if (one.n == 0)
			return FAIL(x, spec, "filter: a value is missing after %s:",
				list_field_def(term->field)->name);
		st = add_choice(x, term, one);
		if (!comma)
			break;
		spec = skip(spec, one.n + 1);
	}
	return st;
}

static enum status parse_field(
	struct parsing *x, struct term *term, struct text name, struct text spec)
{
	enum status st = ST_OK;

	term->field = list_field_by_name(name);
	if (term->field == LIST_FIELDS) {
		const enum list_field near = list_field_near(name);

		return FAIL(x, name, "filter: there is no field \"%.*s\"%s%s%s",
			(int)name.n, name.s, near == LIST_FIELDS ? "" : "; did you mean ",
			near == LIST_FIELDS ? "" : list_field_def(near)->name,
			near == LIST_FIELDS ? "" : ":?");
	}
	if (spec.n >= 2 && spec.s[0] == '"')
		spec = (struct text){ spec.s + 1,
			spec.n - 1 - (spec.s[spec.n - 1] == '"') };
	if (text_ieq(spec, TEXT("none")) ||
		(term->field == LIST_CSM && text_ieq(spec, TEXT("pool")))) {
		term->op = OP_NONE;
		return ST_OK;
	}
	if (!filter_is_text(term->field) && parse_range(x, term, spec, &st))
		return st;
	if (!filter_is_text(term->field) && starts(spec, "="))
		spec = skip(spec, 1);
	return parse_choices(x, term, spec);
}

/* One word: up to a blank outside quotes. */
static struct text next_word(struct text *rest)
{
	struct text t = text_trim(*rest);
	bool quoted = false;
	size_t n = 0;

	for (; n < t.n && (quoted || (t.s[n] != ' ' && t.s[n] != '\t')); n++)
		if (t.s[n] == '"')
			quoted = !quoted;
	*rest = skip(t, n);
	return (struct text){ t.s, n };
}

/* "renewal<60d": nobody is named like that, and a colon was forgotten. */
static enum status check_colon(struct parsing *x, struct text t)
{
	struct text name = t, spec;

	for (name.n = 0; name.n < t.n && !strchr("<>=", t.s[name.n]);)
		name.n++;
	if (name.n == t.n || list_field_by_name(name) == LIST_FIELDS)
		return ST_OK;
	spec = skip(t, name.n + (t.s[name.n] == '='));
	return FAIL(x, t,
		"filter: did you mean %.*s:%.*s? A text like this stands in quotes",
		(int)name.n, name.s, (int)spec.n, spec.s);
}

static enum status parse_word(struct parsing *x, struct term *term, struct text t)
{
	const char *colon;

	if (t.n > 1 && t.s[0] == '-') {
		term->negated = true;
		t = skip(t, 1);
	}
	colon = t.s[0] == '"' ? NULL : memchr(t.s, ':', t.n);
	if (colon)
		return parse_field(x, term, (struct text){ t.s, (size_t)(colon - t.s) },
			skip(t, (size_t)(colon - t.s) + 1));
	if (t.n >= 2 && t.s[0] == '"')
		t = (struct text){ t.s + 1, t.n - 1 - (t.s[t.n - 1] == '"') };
	else if (check_colon(x, t) != ST_OK)
		return ST_USAGE;
	term->op = OP_WORD;
	return fold_word(x, t, &term->word[0]);
}

enum status filter_parse(struct text t, int32_t today, struct text me, struct arena *a,
	const struct filter **out, struct filter_error *where, struct err *e)
{
	struct parsing x = { t, today, me, a, where, e };
	struct filter *f = arena_alloc(a, sizeof(*f));
	struct term **tail = f ? &f->first : NULL;
	struct text rest = t, word;
	enum status st = f ? ST_OK : no_memory(&x);

	*out = f;
	while (st == ST_OK && (word = next_word(&rest)).n > 0) {
		struct term *term = arena_alloc(a, sizeof(*term));

		if (!term)
			return no_memory(&x);
		*tail = term;
		tail = &term->next;
		st = parse_word(&x, term, word);
	}
	return st;
}

enum list_field filter_field_meant(struct text t)
{
	struct text rest = t, word;
	enum list_field f = LIST_FIELDS;

	while (f == LIST_FIELDS && (word = next_word(&rest)).n > 0) {
		if (word.n > 1 && word.s[0] == '-')
			word = skip(word, 1);
		for (size_t n = 0; n < word.n; n++)
			if (strchr("<>=", word.s[n]))
				word.n = n;
		if (word.s[0] != '"' && !memchr(word.s, ':', word.n))
			f = list_field_near(word);
	}
	return f;
}

const char *filter_example(enum list_field f)
{
	return filter_is_text(f) ? "word" : example[list_field_def(f)->type];
}

uint32_t filter_fields(const struct filter *f)
{
	uint32_t fields = 0;

	for (const struct term *t = f->first; t; t = t->next)
		fields |= t->op == OP_WORD ? FILTER_WORD_FIELDS : 1u << t->field;
	return fields;
}

uint32_t filter_named(const struct filter *f)
{
	uint32_t fields = 0;

	for (const struct term *t = f->first; t; t = t->next)
		fields |= t->op == OP_WORD ? 0 : 1u << t->field;
	return fields;
}
