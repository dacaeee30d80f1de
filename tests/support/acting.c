#include "tests/support/acting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

struct book *acting_book(void)
{
	struct store *s = fake_store_new();
	struct book *b;
	struct recalc_result r;

	rows_put(s, REC_CSM, "name=Dana\nname=Eli\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|name=Acme|csm=Dana|arr=10000000\n"
		"account_id=B|name=Bolt|csm=Dana|arr=5000000\n"
		"account_id=C|name=Cedar|arr=1000000\n");
	b = rules_book(s, "2026-03-30", "Dana");
	MUST(book_recalc(b, &r, &e));
	rows_put(s, REC_ALERT,
		ACTING_ALERT("A", "health-red", "critical") ACTING_ALERT(
			"B", "silent", "warning") ACTING_ALERT("C", "detractor", "info"));
	rules_day(b, ACTING_DAY);
	return b;
}

void acting_queue_is(struct book *b, const struct queue_query *q, const char *text)
{
	static const char *const names[] = { "?", "A", "B", "C", "D" };
	char found[256] = "";
	struct queue *queue;
	size_t n = 0;

	MUST(book_queue(b, q, &queue, NULL, &e));
	for (uint32_t i = 0; i < queue->n; i++)
		n += (size_t)snprintf(found + n, sizeof(found) - n, "%s%s:%s",
			i ? " " : "", names[queue->row[i].account],
			queue_section_word[queue->row[i].section]);
	queue_free(&queue);
	assert_string_equal(found, text);
}

void acting_undo(struct book *b)
{
	struct operation o;
	struct arena a;

	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	assert_true(o.id > 0);
	MUST(book_undo(b, o.id, &e));
	arena_clear(&a);
}

const struct play *acting_play(struct plays *p, const char *name)
{
	plays_init(p);
	MUST(plays_add_shipped(p, &e));
	assert_non_null(plays_find(p, name));
	return plays_find(p, name);
}
