#include "tests/support/by_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/rows_text.h"

static uint32_t find(const char *id)
{
	uint32_t out = 0;

	MUST(book_find(scene_own(), text_of(id), &out, &e));
	return out;
}

struct tui *by_hand_on(const char *id, const char *keys)
{
	char all[1024];

	snprintf(all, sizeof(all), "/ 'id:%s' Enter %s", id, keys);
	return scene_fresh(FIXTURE_COMPLETE, 24, 80, all);
}

struct account_view *by_hand_account(const char *id)
{
	struct account_view *v = NULL;

	MUST(book_account(scene_own(), find(id), &v, &e));
	return v;
}

void by_hand_text_is(const struct cell *c, const char *want)
{
	assert_int_equal(c->type, want[0] ? CELL_TEXT : CELL_MISSING);
	if (want[0])
		assert_true(text_eq(c->t, text_of(want)));
}

void by_hand_account_is(const char *id, int field, const char *want)
{
	struct account_view *v = by_hand_account(id);

	by_hand_text_is(&v->cells[field], want);
	account_view_free(&v);
}

void by_hand_elsewhere(const char *id, int field, const char *text)
{
	struct cell cells[ACCOUNT_FIELDS] = { 0 };
	struct change change = { .kind = REC_ACCOUNT,
		.row = find(id),
		.fields = 1u << field,
		.cells = cells };

	cells[field] = CELL_OF_TEXT(text_of(text));
	MUST(book_change(scene_own(), &change, 1, "edit", NULL, &e));
}
