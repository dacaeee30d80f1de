/* The exchange rates of the policy: how many there are is the company's matter. They stay
 * in the order of their codes, whatever order they came in. */
#include "core/policy_table.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"

bool policy_is_code(const char *text)
{
	for (int i = 0; i < 3; i++)
		if (text[i] < 'A' || text[i] > 'Z')
			return false;
	return text[3] == '\0';
}

/* Where it stands, or would. */
static int place_of(const struct policy *p, const char *code, bool *there)
{
	int k = 0;

	while (k < p->fx_count && strcmp(p->fx_code[k], code) < 0)
		k++;
	*there = k < p->fx_count && strcmp(p->fx_code[k], code) == 0;
	return k;
}

static void drop_rate(struct policy *p, int k)
{
	const int last = --p->fx_count, n = last - k;

	memmove(p->fx_code[k], p->fx_code[k + 1], (size_t)n * sizeof(*p->fx_code));
	memmove(&p->fx_rate[k], &p->fx_rate[k + 1], (size_t)n * sizeof(*p->fx_rate));
	/* What is no more is as if it had never been: policies are compared whole. */
	memset(p->fx_code[last], 0, sizeof(*p->fx_code));
	p->fx_rate[last] = 0;
}

static void put_rate(struct policy *p, int k, const char *code, double rate)
{
	const int n = p->fx_count++ - k;

	memmove(p->fx_code[k + 1], p->fx_code[k], (size_t)n * sizeof(*p->fx_code));
	memmove(&p->fx_rate[k + 1], &p->fx_rate[k], (size_t)n * sizeof(*p->fx_rate));
	memcpy(p->fx_code[k], code, sizeof(*p->fx_code));
	p->fx_rate[k] = rate;
}

enum status policy_set_rate(
	struct policy *p, const char *code, const char *text, struct err *e)
{
	const struct policy_entry x = { "fx", code, PT_NUMBER, 0, 1e-9, 1e9, NULL };
	const bool none = strcmp(text, POLICY_NO_RATE) == 0;
	enum status st = ST_OK;
	double rate = 0;
	bool there;
	int k;

	if (!policy_is_code(code))
		return err_set(e, ST_INVALID,
			"%s is not a currency: three capital letters, like EUR", code);
	if (!none)
		st = policy_parse_number(&x, text, &rate, e);
	if (st != ST_OK)
		return st;
	k = place_of(p, code, &there);
	if (!none && !there && p->fx_count == FX_MAX)
		return err_set(e, ST_INVALID, "more than %d currencies", FX_MAX);
	if (none && there)
		drop_rate(p, k);
	else if (!none && there)
		p->fx_rate[k] = rate;
	else if (!none)
		put_rate(p, k, code, rate);
	return ST_OK;
}

/* As it is listed; 0: it is not. */
static double listed(const struct policy *p, const char *code)
{
	bool there;
	const int k = place_of(p, code, &there);

	return there ? p->fx_rate[k] : 0;
}

void policy_carry_rates(
	struct policy *p, const struct policy *was, const struct policy *is)
{
	bool there;

	for (int i = 0; i < was->fx_count; i++) {
		const int k = place_of(p, was->fx_code[i], &there);

		if (there && !(listed(is, was->fx_code[i]) > 0))
			drop_rate(p, k);
	}
	for (int i = 0; i < is->fx_count; i++) {
		const int k = place_of(p, is->fx_code[i], &there);

		if (listed(was, is->fx_code[i]) == is->fx_rate[i])
			continue;
		if (there)
			p->fx_rate[k] = is->fx_rate[i];
		else if (p->fx_count < FX_MAX)
			put_rate(p, k, is->fx_code[i], is->fx_rate[i]);
	}
}

enum status policy_parse_rates(
	struct policy *p, const struct policy_entry *x, const char *text, struct err *e)
{
	struct text rest = text_of(text);
	struct policy next = *p;
	enum status st = ST_OK;

	while (next.fx_count)
		drop_rate(&next, next.fx_count - 1);
	if (strcmp(text, POLICY_NO_RATE) == 0)
		rest.n = 0;
	for (struct text word; st == ST_OK && (word = text_word(&rest)).n;) {
		char code[4], rate[NUMBER_TEXT_MAX];

		if (word.n < 5 || word.n - 4 >= sizeof(rate) || word.s[3] != ':')
			return err_set(e, ST_INVALID,
				"%s: %.*s is not a rate, like EUR:1.08", x->key,
				(int)word.n, word.s);
		snprintf(code, sizeof(code), "%.3s", word.s);
		snprintf(rate, sizeof(rate), "%.*s", (int)word.n - 4, word.s + 4);
		st = policy_set_rate(&next, code, rate, e);
	}
	if (st == ST_OK)
		*p = next;
	return st;
}
