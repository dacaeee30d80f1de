#include "tui/form_line.h"

#include <stdio.h>
#include <string.h>

#include "core/choices.h"
#include "tui/letters.h"

enum { SPAN_MAX = 100000, PEOPLE_MOST = 64 };

/* ---- choices -------------------------------------------------------------------- */

int form_choice_typed(const char *choices, int from, struct text letters)
{
	int n = 0;

	while (choices_at(choices, n).s)
		n++;
	for (int i = 0; i < n; i++) {
		struct text t = choices_at(choices, (from + i) % n);

		if (t.n >= letters.n &&
			text_ieq((struct text){ t.s, letters.n }, letters))
			return (from + i) % n;
	}
	return -1;
}

/* ---- days ----------------------------------------------------------------------- */

static bool ends_with(struct text *t, struct text end)
{
	if (t->n < end.n || !text_ieq((struct text){ t->s + t->n - end.n, end.n }, end))
		return false;
	t->n -= end.n;
	*t = text_trim(*t);
	return true;
}

/* "14d": a number and what it counts. */
static bool parse_span(struct text t, int32_t as_of, int sign, int32_t *out)
{
	int n = 0;
	size_t i = 0;
	char unit;

	for (; i < t.n && t.s[i] >= '0' && t.s[i] <= '9' && n <= SPAN_MAX; i++)
		n = n * 10 + t.s[i] - '0';
	if (i == 0 || i + 1 != t.n || n > SPAN_MAX)
		return false;
	unit = (char)(t.s[i] | 0x20);
	if (unit == 'd' || unit == 'w')
		*out = as_of + sign * n * (unit == 'w' ? 7 : 1);
	else if (unit == 'm' || unit == 'y')
		*out = day_add_months(as_of, sign * n * (unit == 'y' ? 12 : 1));
	else
		return false;
	return *out >= DAY_MIN && *out <= DAY_MAX;
}

/* Days as people write them: 15.12.2026, and 12/15/2026 where no other day can be meant.
 */
static bool parse_written(struct text t, int32_t *out)
{
	int32_t dmy = DAY_NONE, mdy = DAY_NONE;
	const bool first = day_parse(t, DAY_DMY, &dmy),
		   second = day_parse(t, DAY_MDY, &mdy);

	*out = first ? dmy : mdy;
	return (first || second) && t.n < DAY_TEXT_MAX &&
	       (!first || !second || dmy == mdy || memchr(t.s, '.', t.n) != NULL);
}

bool form_day_either(struct text t, int32_t *dmy, int32_t *mdy)
{
	return day_parse(t, DAY_DMY, dmy) && day_parse(t, DAY_MDY, mdy) && *dmy != *mdy;
}

bool form_day_parse(struct text t, int32_t as_of, int32_t *out)
{
	static const char *const words[] = { "yesterday", "today", "tomorrow" };
	int sign = 1;

	t = text_trim(t);
	for (int i = 0; i < 3; i++) {
		if (text_ieq(t, text_of(words[i]))) {
			*out = as_of + i - 1;
			return true;
		}
	}
	if (day_parse(t, DAY_ISO, out))
		return t.n < DAY_TEXT_MAX;
	if (parse_written(t, out))
		return true;
	if (ends_with(&t, TEXT("ago"))) {
		sign = -1;
	} else if (t.n && (t.s[0] == '-' || t.s[0] == '+')) {
		sign = t.s[0] == '-' ? -1 : 1;
		t.s++;
		t.n--;
	}
	return parse_span(t, as_of, sign, out);
}

char *form_day_words(int32_t day, int32_t as_of, char *out, size_t size)
{
	static const char *const weekdays[] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue",
		"Wed" };
	char iso[DAY_TEXT_MAX], age[32] = "today";
	int away = (int)(day - as_of);

	if (away > 0)
		snprintf(age, sizeof(age), "in %d d", away);
	if (away < 0)
		snprintf(age, sizeof(age), "%d d ago", -away);
	snprintf(out, size, "%s %s, %s", weekdays[(day % 7 + 7) % 7],
		day_format(day, iso), age);
	return out;
}

/* ---- people --------------------------------------------------------------------- */

int form_people(const struct people *p, const char *me, struct text typed,
	const struct person **out, int max)
{
	const struct person *self = people_find(p, text_of(me));
	struct letters letters;
	int score[PEOPLE_MOST], n = 0;

	if (self && text_ieq(text_trim(typed), TEXT("me"))) {
		out[0] = self;
		return 1;
	}
	max = max < PEOPLE_MOST ? max : PEOPLE_MOST;
	letters_init(&letters, text_trim(typed));
	for (uint32_t i = 0; letters.n && i < p->n; i++) {
		int r = letters_rank(&letters, form_person_word(&p->person[i])), j;

		if (r == 0 || (n == max && score[n - 1] >= r))
			continue;
		for (j = n < max ? n++ : n - 1; j > 0 && score[j - 1] < r; j--) {
			score[j] = score[j - 1];
			out[j] = out[j - 1];
		}
		score[j] = r;
		out[j] = &p->person[i];
	}
	return n;
}

struct text form_person_word(const struct person *x)
{
	return x->csm ? x->name : TEXT("pool");
}

/* ---- errors --------------------------------------------------------------------- */

void form_unnamed(struct err *e, const struct field *f)
{
	size_t n = strlen(f->name);

	if (strncmp(e->text, f->name, n) == 0 && strncmp(e->text + n, ": ", 2) == 0)
		memmove(e->text, e->text + n + 2, strlen(e->text + n + 2) + 1);
}
