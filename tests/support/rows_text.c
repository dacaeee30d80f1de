#include "tests/support/rows_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/money.h"
#include "tests/support/store_text.h"

static const char *end_of(const char *s, const char *stops)
{
	return s + strcspn(s, stops);
}

/* Field at p ("name=..."), which the record has to have; *value stands behind the '='. */
static int field_at(enum record_kind kind, const char *p, struct text *value)
{
	const char *equals = strchr(p, '=');
	int field;

	assert_non_null(equals);
	field = record_field(record_of(kind), (struct text){ p, (size_t)(equals - p) });
	if (field < 0)
		fail_msg("%s have no field at: %s", record_of(kind)->name, p);
	value->s = equals + 1;
	value->n = (size_t)(end_of(value->s, "|\n") - value->s);
	return field;
}

static struct cell reference(struct store *s, enum record_kind kind, struct text key)
{
	uint32_t id = 0;
	bool added;

	MUST(s->ops->find(s, kind, key, &id, &e));
	if (!id && kind != REC_ACCOUNT)
		MUST(s->ops->find_or_add(s, kind, key, &id, &added, &e));
	if (!id)
		fail_msg("no account %.*s", (int)key.n, key.s);
	return CELL_OF_INT(id);
}

static struct cell cell_of(struct store *s, enum field_type type, struct text value)
{
	int32_t day = 0;
	double number = 0;

	if (!value.n)
		return (struct cell){ .type = CELL_MISSING };
	switch (type) {
	case FT_TEXT:
	case FT_CHOICE:
	case FT_CURRENCY:
		return CELL_OF_TEXT(value);
	case FT_DAY:
		assert_true(day_parse(value, DAY_ISO, &day));
		return CELL_OF_INT(day);
	case FT_ACCOUNT:
		return reference(s, REC_ACCOUNT, value);
	case FT_CSM:
		return reference(s, REC_CSM, value);
	case FT_SIGNAL:
		return reference(s, REC_SIGNAL, value);
	case FT_NUMBER:
		assert_true(number_parse(value, '.', &number, NULL));
		return CELL_OF_NUMBER(number);
	default:
		return CELL_OF_INT(strtoll(value.s, NULL, 10));
	}
}

const char *row_parse(struct store *s, enum record_kind kind, const char *line,
	struct cell cells[RECORD_FIELDS_MAX], uint32_t *mapped)
{
	memset(cells, 0, RECORD_FIELDS_MAX * sizeof(*cells));
	*mapped = 0;
	for (;;) {
		struct text value;
		int field = field_at(kind, line, &value);

		cells[field] = cell_of(s, record_of(kind)->fields[field].type, value);
		*mapped |= 1u << field;
		line = value.s + value.n;
		if (*line != '|')
			break;
		line++;
	}
	return *line == '\n' && line[1] ? line + 1 : NULL;
}

uint32_t row_fields(enum record_kind kind, const char *line)
{
	uint32_t mapped = 0;
	struct text value;

	for (;; line++) {
		mapped |= 1u << field_at(kind, line, &value);
		line = value.s + value.n;
		if (*line != '|')
			return mapped;
	}
}

struct put_counts rows_take(struct store *s, enum record_kind kind, enum put_mode mode,
	uint32_t mapped, const char *lines)
{
	struct put_batch batch = { .kind = kind, .mapped = mapped, .mode = mode };
	struct cell cells[RECORD_FIELDS_MAX];
	struct put_counts counts = { 0 };
	uint32_t given;

	MUST(s->ops->batch_begin(s, &batch, &e));
	for (uint64_t line = 1; lines; line++) {
		lines = row_parse(s, kind, lines, cells, &given);
		MUST(s->ops->put(s, cells, line, NULL, &e));
	}
	MUST(s->ops->batch_end(s, &counts, &e));
	return counts;
}

struct put_counts rows_put(struct store *s, enum record_kind kind, const char *lines)
{
	struct put_counts counts;

	MUST(s->ops->begin(s, &e));
	counts = rows_take(s, kind, PUT_OVERWRITE, ALL_FIELDS, lines);
	MUST(s->ops->commit(s, &e));
	return counts;
}

void rows_add_accounts(struct store *s, uint32_t n)
{
	static const struct put_batch batch = { .kind = REC_ACCOUNT,
		.mapped = ALL_FIELDS };
	struct cell cells[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	char key[16];

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	for (uint32_t i = 1; i <= n; i++) {
		snprintf(key, sizeof(key), "%u", i);
		cells[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(key));
		cells[F_ARR] = CELL_OF_INT(i);
		MUST(s->ops->put(s, cells, i, NULL, &e));
	}
	MUST(s->ops->batch_end(s, &(struct put_counts){ 0 }, &e));
	MUST(s->ops->commit(s, &e));
}

void rows_are(struct store *s, enum record_kind kind, uint32_t account, const char *lines)
{
	char *text = store_text_rows(s, kind, account);

	assert_string_equal(text, lines);
	free(text);
}

void counts_are(
	struct put_counts c, uint64_t inserted, uint64_t updated, uint64_t unchanged)
{
	assert_int_equal(c.inserted, inserted);
	assert_int_equal(c.updated, updated);
	assert_int_equal(c.unchanged, unchanged);
}

int32_t day_of(const char *iso)
{
	int32_t day = DAY_NONE;

	assert_true(day_parse(text_of(iso), DAY_ISO, &day));
	return day;
}

uint32_t account_of(struct store *s, const char *account_id)
{
	return (uint32_t)reference(s, REC_ACCOUNT, text_of(account_id)).i;
}
