/* Amounts and numbers as text: their signs, and which decimal mark reads them. */
#include "core/convert_internal.h"

#include <string.h>

static bool has_mark(struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		if (t.s[i] == '.' || t.s[i] == ',')
			return true;
	}
	return false;
}

/* "0,125": no thousand begins with a zero, so its mark is the decimal one. */
static bool begins_with_zero(struct text t, char mark)
{
	const size_t from = t.n > 0 && *t.s == '-';
	return t.n > from + 1 && t.s[from] == '0' && t.s[from + 1] == mark;
}

int convert_readings(struct text t)
{
	double value;
	if (!has_mark(t))
		return 0;
	return (int)(!begins_with_zero(t, ',') && number_parse(t, '.', &value, NULL)) |
	       (int)(!begins_with_zero(t, '.') && number_parse(t, ',', &value, NULL))
		       << 1;
}

static bool drops(const struct convert *c, const char *sign)
{
	return c->drop_signs || (c->sign != NULL && strcmp(c->sign, sign) == 0);
}

/* Blanks between a sign and its amount, among them those that lines don't break at. */
static struct text trim_wide(struct text t)
{
	static const char *const wide[] = { "\u00A0", "\u202F" };
	size_t before;
	do {
		before = t.n;
		t = text_trim(t);
		for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
			const size_t n = strlen(wide[i]);
			if (t.n >= n && memcmp(t.s, wide[i], n) == 0)
				t = (struct text){ t.s + n, t.n - n };
			if (t.n >= n && memcmp(t.s + t.n - n, wide[i], n) == 0)
				t.n -= n;
		}
	} while (t.n < before);
	return t;
}

struct convert_amount convert_amount(const struct convert *c, struct text t)
{
	const bool negative = t.n > 1 && *t.s == '-';
	struct text rest = negative ? (struct text){ t.s + 1, t.n - 1 } : t;

	for (int i = 0; i < MONEY_SIGNS; i++) {
		const char *sign = money_sign((size_t)i);
		const size_t n = strlen(sign);
		if (!drops(c, sign))
			continue;
		if (rest.n > n && memcmp(rest.s, sign, n) == 0) {
			struct text amount =
				trim_wide((struct text){ rest.s + n, rest.n - n });

			if (amount.n == 0 || (negative && *amount.s == '-'))
				return (struct convert_amount){ t, false, -1 };
			return (struct convert_amount){ amount, negative, i };
		}
		if (t.n > n && memcmp(t.s + t.n - n, sign, n) == 0)
			return (struct convert_amount){
				trim_wide((struct text){ t.s, t.n - n }), false, i
			};
	}
	return (struct convert_amount){ t, false, -1 };
}

int convert_sign(struct text t)
{
	const struct convert any = { .drop_signs = true };
	return convert_amount(&any, t).sign;
}

bool convert_doubtful(const struct convert *c, struct text t)
{
	enum { BEHIND = 4, MOST = 3 };
	const bool negative = t.n > 0 && *t.s == '-';
	const size_t from = negative ? 1 : 0;
	if (!c->guessed || t.n <= from + BEHIND || t.n > from + BEHIND + MOST ||
		t.s[t.n - BEHIND] != c->decimal || t.s[from] == '0')
		return false;
	for (size_t i = from; i < t.n; i++) {
		if (i != t.n - BEHIND && (t.s[i] < '0' || t.s[i] > '9'))
			return false;
	}
	return true;
}
