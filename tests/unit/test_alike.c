/* What somebody may have meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/alike.h"

static const char *const words[] = { "queue", "snooze", "touch", "task", "tasks", "tier",
	"rebalance", "restore", "revenue", "report", "as-of",
	"the page on signing in again and again" };

static void means(void **state)
{
	static const struct {
		const char *typed, *meant; /* NULL: nothing is near */
	} rows[] = {
		{ "queue", "queue" },
		{ "queu", "queue" },
		{ "qeue", "queue" },
		{ "quueue", "queue" },
		{ "QUEUE", "queue" },
		{ "snozze", "snooze" },
		{ "snoze", "snooze" },
		{ "snzoe", NULL }, /* two slips in a short one */
		{ "tsak", "task" },
		{ "taskss", "tasks" },
		{ "rebal", "rebalance" }, /* begun */
		{ "rebla", NULL },
		{ "rebaln", "rebalance" }, /* begun with a slip */
		{ "the paeg on", "the page on signing in again and again" },
		{ "teh paeg on", NULL },
		{ "the page on singing in agian and again",
			"the page on signing in again and again" },
		{ "re", NULL },
		{ "rep", "report" },
		{ "revnu", NULL },
		{ "revenu", "revenue" },
		{ "rebalnace", "rebalance" },
		{ "reblnce", "rebalance" },
		{ "asof", "as-of" },
		{ "zzz", NULL },
		{ "", NULL },
		{ "t", NULL },
		{ "\xff\xfe\x80", NULL },
		{ "rebalancerebalancerebalancerebalance", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct alike a;

		alike_begin(&a, text_of(rows[i].typed));
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			alike_try(&a, words[k]);
		if (!rows[i].meant != !a.word ||
			(a.word && strcmp(a.word, rows[i].meant) != 0))
			fail_msg("%s: %s", rows[i].typed, a.word ? a.word : "nothing");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(means) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
