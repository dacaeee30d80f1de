#include "tests/support/auditing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/audit.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

struct heard {
	const char *check;
	char list[256]; /* "2: 3,4; " of each of its findings */
	char text[1024];
};

static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	struct heard *h = arg;
	size_t n = strlen(h->list);

	(void)e;
	assert_true(strlen(f->text) < sizeof(f->text) - 1); /* nothing was cut off */
	assert_true(*f->check->remedy && *f->check->title);
	if (strcmp(f->check->name, h->check) != 0)
		return ST_OK;
	n += (size_t)snprintf(h->list + n, sizeof(h->list) - n, "%u", f->count);
	for (uint32_t i = 0; i < f->count; i++)
		n += (size_t)snprintf(h->list + n, sizeof(h->list) - n, "%s%u",
			i ? "," : ": ", f->account[i]);
	snprintf(h->list + n, sizeof(h->list) - n, "; ");
	strcat(strcat(h->text, f->text), "\n");
	return ST_OK;
}

const char *auditing_finds(struct book *b, const char *check, const char *list)
{
	static struct heard h;

	h = (struct heard){ .check = check };
	MUST(audit_run(b, hear, &h, &e));
	if (strcmp(h.list, list) != 0)
		fail_msg("%s: %s\nnot: %s\n%s", check, h.list, list, h.text);
	return h.text;
}

void auditing_policy(struct book *b, const char *text)
{
	int32_t version;

	MUST(book_policy_apply(b, text, "p", "", &version, &e));
}

void auditing_recalc(struct book *b, const char *day)
{
	struct recalc_result r;

	rules_day(b, day);
	MUST(book_recalc(b, &r, &e));
}

struct book *auditing_book(uint32_t n, uint32_t first, uint32_t second)
{
	struct store *s = fake_store_new();
	struct tiers t = { 0 };
	struct book *b;
	char row[80];

	for (uint32_t i = 1; i <= n; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%03u|arr=%u00|csm=Dana|complexity=10", i, i);
		rows_put(s, REC_ACCOUNT, row);
	}
	MUST(tiers_init(&t, n, &e));
	for (uint32_t i = 0; i < n; i++)
		t.tier[i] = (uint8_t)(i >= n - first            ? 1
				      : i >= n - first - second ? 2
								: 3);
	t.review_day = day_of(AUDITING_DAY);
	MUST(s->ops->begin(s, &e));
	/* active = 100 n: how the caps came to be exceeded is not asked here */
	MUST(s->ops->tiers_save(s, &t, t.review_day, 100 * n, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
	b = rules_book(s, AUDITING_DAY, "Dana");
	book_look_for_alerts(b, false);
	return b;
}

void auditing_signal(struct book *b, uint32_t i, const char *day, const char *kind, int v)
{
	char row[120];

	snprintf(row, sizeof(row), "account_id=A%03u|date=%s|signal=%s|value=%d", i, day,
		kind, v);
	rows_put(book_store(b), REC_SIGNAL, row);
}
