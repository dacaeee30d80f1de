/* Convert: one function per field type, chosen by table. */
#include "core/convert_internal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/choices.h"
#include "core/csv.h"
#include "core/money.h"

/* A cell of an open column that only '.' reads settles it; one that ',' reads, too, can't
 * be read before the rest of the column was seen. */
static bool mark_open(struct convert *c, struct text t)
{
	const int by = c->open ? convert_readings(t) : 0;
	if (by == 1)
		c->open = false;
	return (by & 2) != 0;
}

static enum converted to_money(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	const struct convert_amount amount = convert_amount(c, t);
	int64_t cents;
	c->signed_cell = amount.sign >= 0;
	if (mark_open(c, amount.t))
		return CONVERT_OPEN;
	*why = "the three digits behind its mark may be decimals or belong to a thousand";
	if (convert_doubtful(c, amount.t) ||
		!money_parse(amount.t, c->decimal, &cents, why))
		return CONVERT_BAD;
	cents = amount.minus ? -cents : cents;
	*why = "a negative amount is not allowed here";
	if (cents < 0 && !(c->field->flags & FIELD_SIGNED))
		return CONVERT_BAD;
	if (c->monthly)
		cents *= 12;
	*why = "it is too large";
	if (cents > MONEY_MAX || cents < -MONEY_MAX)
		return CONVERT_BAD;
	if (amount.sign >= 0)
		c->with_sign[amount.sign]++;
	*out = CELL_OF_INT(cents);
	return CONVERT_OK;
}

static bool in_range(const struct field *f, double value)
{
	return (f->min == 0 && f->max == 0) || (value >= f->min && value <= f->max);
}

static enum converted to_number(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	double value;
	if (mark_open(c, t))
		return CONVERT_OPEN;
	if (!number_parse(t, c->decimal, &value, why))
		return CONVERT_BAD;
	if (!in_range(c->field, value))
		return CONVERT_RANGE;
	*out = CELL_OF_NUMBER(value);
	return CONVERT_OK;
}

static enum converted to_count(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	double value;
	if (!number_parse(t, '.', &value, why))
		return CONVERT_BAD;
	*why = "a whole number is wanted";
	if (value != floor(value))
		return CONVERT_BAD;
	if (!in_range(c->field, value))
		return CONVERT_RANGE;
	*out = CELL_OF_INT((int64_t)value);
	return CONVERT_OK;
}

static enum converted to_day(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	int32_t day;
	*why = NULL;
	if (!day_parse(t, c->dates, &day))
		return c->open ? CONVERT_OPEN : CONVERT_BAD;
	*out = CELL_OF_INT(day);
	return CONVERT_OK;
}

static enum converted to_bool(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	static const struct {
		struct text word;
		int value;
	} words[] = { { { "1", 1 }, 1 }, { { "0", 1 }, 0 }, { { "yes", 3 }, 1 },
		{ { "no", 2 }, 0 }, { { "true", 4 }, 1 }, { { "false", 5 }, 0 },
		{ { "y", 1 }, 1 }, { { "n", 1 }, 0 }, { { "t", 1 }, 1 },
		{ { "f", 1 }, 0 }, { { "x", 1 }, 1 }, { { "on", 2 }, 1 },
		{ { "off", 3 }, 0 } };
	(void)c;
	*why = NULL;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (text_ieq(t, words[i].word)) {
			*out = CELL_OF_INT(words[i].value);
			return CONVERT_OK;
		}
	}
	return CONVERT_BAD;
}

/* What other systems call a choice. */
static const struct meaning {
	int record, field;
	const char *cell, *choice;
} meanings[] = {
#define VALUE(record, field, cell, choice) { REC_##record, F_##field, cell, choice },
#include "core/synonym.def"
};

/* *meant gets the bit of the meaning that it is by; NULL: nobody asks. */
static bool find_choice(
	const struct field *f, struct text t, struct text *choice, uint32_t *meant)
{
	const char *rest = f->choices;
	while ((*choice = choices_next(&rest)).n > 0)
		if (text_ieq(*choice, t))
			return true;
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		const struct meaning *m = &meanings[i];
		*choice = text_of(m->choice);
		if (f != &record_of((enum record_kind)m->record)->fields[m->field] ||
			!text_ieq(text_of(m->cell), t))
			continue;
		if (meant != NULL)
			*meant |= 1u << i;
		return true;
	}
	return false;
}

_Static_assert(sizeof(meanings) / sizeof(meanings[0]) <= 32, "a bit for each");

bool convert_choice(const struct field *f, struct text t, struct text *choice)
{
	return find_choice(f, t, choice, NULL);
}

const char *convert_meaning(const struct convert *c, int i, const char **choice)
{
	const int n = (int)(sizeof(meanings) / sizeof(meanings[0]));
	if (i >= n)
		return NULL;
	*choice = meanings[i].choice;
	return c->meant >> i & 1 ? meanings[i].cell : "";
}

static enum converted to_choice(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	struct text choice;
	*why = NULL;
	if (!find_choice(c->field, t, &choice, &c->meant))
		return CONVERT_BAD;
	*out = CELL_OF_TEXT(choice);
	return CONVERT_OK;
}

/* Three letters; small ones are understood, so the code is kept in a table of its own. */
static enum converted to_currency(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	*why = NULL;
	if (t.n != 3)
		return CONVERT_BAD;
	for (int i = 0; i < 3; i++) {
		char letter = t.s[i];
		if (letter >= 'a' && letter <= 'z')
			letter = (char)(letter - 'a' + 'A');
		if (letter < 'A' || letter > 'Z')
			return CONVERT_BAD;
		c->code[i] = letter;
	}
	*out = CELL_OF_TEXT(((struct text){ c->code, 3 }));
	return CONVERT_OK;
}

static enum converted to_text(
	struct convert *c, struct text t, struct cell *out, const char **why)
{
	(void)c;
	(void)why;
	*out = CELL_OF_TEXT(t);
	return CONVERT_OK;
}

static const struct type {
	enum converted (*convert)(
		struct convert *c, struct text t, struct cell *out, const char **why);
	const char *wanted; /* "... is not <wanted>" */
	bool text;          /* kept to the byte in verbatim columns */
} types[] = {
	[FT_TEXT] = { to_text, "a text", true },
	[FT_MONEY] = { to_money, "an amount", false },
	[FT_DAY] = { to_day, "a day", false },
	[FT_NUMBER] = { to_number, "a number", false },
	[FT_COUNT] = { to_count, "a number", false },
	[FT_BOOL] = { to_bool, "yes or no", false },
	[FT_CHOICE] = { to_choice, NULL, false },
	[FT_CURRENCY] = { to_currency, "a currency code such as USD", false },
	[FT_ACCOUNT] = { to_text, "an account", true },
	[FT_CSM] = { to_text, "a name", true },
	[FT_SIGNAL] = { to_text, "a signal", true },
};

static bool is_key(const struct field *f)
{
	return (f->flags & FIELD_KEY) != 0 || f->type != FT_TEXT;
}

/* Whether a cell can hold what stands for nothing: words are none, but for names of our
 * own people in files of others. */
static bool may_be_nothing(const struct convert *c)
{
	const enum field_type type = c->field->type;
	return c->marks && (type == FT_MONEY || type == FT_DAY || type == FT_NUMBER ||
				   type == FT_COUNT || type == FT_CSM);
}

/* What spreadsheets, databases and people write for nothing, and for nobody. */
static bool is_nothing(struct convert *c, struct text t)
{
	static const char *const nothing[] = { "-", "--", "\u2013", "\u2014", "n/a",
		"#n/a", "na", "n.a.", "none", "null", "nil", NULL };
	static const char *const nobody[] = { "nobody", "no one", "no owner", "unknown",
		"unassigned", "not assigned", "tbd", "t.b.d.", "?", "keine", "keiner",
		"niemand", "unbekannt", "nicht zugewiesen", "k.a.", "offen", NULL };
	const char *as;
	if (!may_be_nothing(c) || (*t.s >= '0' && *t.s <= '9'))
		return false;
	as = text_among(t, nothing);
	if (!as && c->field->type == FT_CSM)
		as = text_among(t, nobody);
	if (as && c->nothings++ == 0)
		c->nothing = as;
	return as != NULL;
}

enum converted convert_cell(
	struct convert *c, struct text t, bool quoted, struct cell *out, const char **why)
{
	const struct type *type = &types[c->field->type];
	if (type->text && c->verbatim)
		t = csv_unguard(t);
	else if (!type->text || !quoted || is_key(c->field))
		t = text_trim(t);
	out->type = CELL_MISSING;
	return t.n == 0 || is_nothing(c, t) ? CONVERT_OK : type->convert(c, t, out, why);
}

/* ---- messages -------------------------------------------------------------------- */

int convert_shown(struct text t, size_t most)
{
	if (t.n <= most)
		return (int)t.n;
	size_t n = most;
	while (n > 0 && ((unsigned char)t.s[n] & 0xC0) == 0x80)
		n--;
	return (int)n;
}

static void range_text(const struct field *f, char *out, size_t size)
{
	char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
	snprintf(out, size, "allowed is %s to %s", number_format(f->min, 4, low),
		number_format(f->max, 4, high));
}

/* "active, churned" */
static void choices_text(const char *choices, char *out, size_t size)
{
	size_t n = 0;
	for (; *choices != '\0' && n + 3 < size; choices++) {
		out[n++] = *choices == '|' ? ',' : *choices;
		if (*choices == '|')
			out[n++] = ' ';
	}
	out[n] = '\0';
}

/* What helps, where the complaint alone doesn't say it. */
static void remedy(const struct convert *c, struct text t, char *out, size_t size)
{
	static const char *const written[] = { [DAY_ISO] = "; write YYYY-MM-DD",
		[DAY_DMY] = " written day/month/year, as the others are",
		[DAY_MDY] = " written month/day/year, as the others are" };
	struct convert off = *c;
	off.drop_signs = true;
	*out = '\0';
	if (c->field->type == FT_DAY)
		snprintf(out, size, "%s", written[c->found ? c->dates : DAY_ISO]);
	else if (c->field->flags & FIELD_SHARE && memchr(t.s, '%', t.n) != NULL)
		snprintf(out, size, "; write 0.4 for 40 %%");
	else if (c->field->type == FT_MONEY && c->words != NULL &&
		 convert_doubtful(c, convert_amount(c, t).t))
		snprintf(out, size, "; write two decimals or none, or %s",
			c->words->decimal);
	else if (c->field->type == FT_MONEY && c->words != NULL && !c->drop_signs &&
		 convert_amount(&off, t).sign >= 0)
		snprintf(out, size, "; %s", c->words->signs);
}

void convert_complain(const struct convert *c, struct text t, enum converted bad,
	const char *why, struct complaint *out)
{
	const struct field *f = c->field;
	const int n = convert_shown(t, CONVERT_SHOWN_MAX);
	char range[2 * NUMBER_TEXT_MAX + 32], choices[128], helps[128];
	char shown[CONVERT_SHOWN_MAX + sizeof("...")];

	snprintf(shown, sizeof(shown), "%.*s%s", n, t.s, (size_t)n < t.n ? "..." : "");
	remedy(c, t, helps, sizeof(helps));
	if (bad == CONVERT_RANGE) {
		range_text(f, range, sizeof(range));
		complaint_say(
			out, shown, NULL, "\"{}\" is out of range: %s%s", range, helps);
		return;
	}
	if (why && strstr(why, types[f->type].wanted))
		why = NULL; /* it says no more */
	if (f->type == FT_CHOICE) {
		choices_text(f->choices, choices, sizeof(choices));
		complaint_say(out, shown, NULL, "\"{}\" is none of %s", choices);
	} else {
		complaint_say(out, shown, NULL, "\"{}\" is not %s%s%s%s",
			types[f->type].wanted, why != NULL ? ": " : "",
			why != NULL ? why : "", helps);
	}
}
