#include "tests/support/told.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "core/money.h"

enum { MANY_BYTES = 1 << 20 };

char *told_by(const char *format, ...)
{
	char line[1200], *out = malloc(MANY_BYTES);
	int used = snprintf(
		line, sizeof(line), "'%s' --as-of " TOLD_DAY " ", getenv("TIERDESK_BIN"));
	va_list args;
	FILE *f;
	size_t n;

	assert_non_null(out);
	va_start(args, format);
	vsnprintf(line + used, sizeof(line) - (size_t)used, format, args);
	va_end(args);
	f = popen(line, "r");
	assert_non_null(f);
	n = fread(out, 1, MANY_BYTES - 1, f);
	out[n] = '\0';
	if (pclose(f) != 0 || n == MANY_BYTES - 1)
		fail_msg("failed: %s", line);
	return out;
}

const char *told_value(const char *json, const char *key, char out[TOLD_NAME])
{
	char quoted[TOLD_NAME];
	const char *at;
	size_t n;

	snprintf(quoted, sizeof(quoted), "\"%s\":", key);
	at = strstr(json, quoted);
	if (!at)
		fail_msg("no %s in %.200s", key, json);
	at += strlen(quoted);
	n = *at == '"' ? strcspn(++at, "\"") : strcspn(at, ",}]");
	assert_true(n < TOLD_NAME);
	memcpy(out, at, n);
	out[n] = '\0';
	if (strcmp(out, "null") == 0)
		out[0] = '\0';
	return out;
}

int told_whole(const char *json, const char *key)
{
	char value[TOLD_NAME];

	return told_value(json, key, value)[0] ? atoi(value) : -1;
}

double told_real(const char *json, const char *key)
{
	char value[TOLD_NAME];
	const char *why;
	double number;

	told_value(json, key, value);
	if (!number_parse(text_of(value), '.', &number, &why))
		fail_msg("%s: \"%s\": %s", key, value, why);
	return number;
}

int32_t told_day(const char *text)
{
	int32_t day = DAY_NONE;

	if (text[0])
		assert_true(day_parse(text_of(text), DAY_ISO, &day));
	return day;
}

void told_load(struct told *t)
{
	char *list = told_by("list --format json"), value[TOLD_NAME];

	t->n = 0;
	for (const char *s = list; (s = strstr(s, "{\"id\":")); s++) {
		struct account *a = &t->row[t->n++];

		assert_true(t->n <= TOLD_ACCOUNTS);
		told_value(s, "id", a->id);
		told_value(s, "name", a->name);
		told_value(s, "csm", a->owner);
		a->tier = told_whole(s, "tier");
		a->health = told_whole(s, "health");
		a->arr = strtoll(told_value(s, "arr_cents", value), NULL, 10);
		a->renewal = told_day(told_value(s, "renewal", value));
		a->value_rank = told_real(s, "value_pct");
		a->effort = told_real(s, "effort");
		a->score = told_real(s, "tier_score");
	}
	free(list);
}

int told_owned(const struct told *t, const char *owner)
{
	int n = 0;

	for (int i = 0; i < t->n; i++)
		n += strcmp(t->row[i].owner, owner) == 0;
	return n;
}

const struct account *told_account(const struct told *t, const char *id)
{
	for (int i = 0; i < t->n; i++)
		if (strcmp(t->row[i].id, id) == 0)
			return &t->row[i];
	fail_msg("no account %s", id);
	return NULL;
}
