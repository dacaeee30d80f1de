/* The contract: what is live, and has not ended before a day: as rows, as names, as what
 * it is. */
#include "core/alert_life.h"
#include "core/task.h"
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

struct unended {
	char text[256];
	size_t n;
};

static enum status take_unended(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct unended *u = arg;

	(void)e;
	u->n += (size_t)snprintf(u->text + u->n, sizeof(u->text) - u->n,
		"%lld:%lld:%.*s ", (long long)id, (long long)cells[F_ALERT_ACCOUNT].i,
		(int)cells[F_ALERT_KIND].t.n, cells[F_ALERT_KIND].t.s);
	return ST_OK;
}

/* The ids found, whatever their order, and texts that are no names. */
struct named {
	unsigned ids;
	int prose;
};

static enum status take_named(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct named *n = arg;

	(void)e;
	n->ids |= 1u << id;
	n->prose += cells[F_TASK_TITLE].type != CELL_MISSING ||
		    cells[F_TASK_NEXT].type != CELL_MISSING ||
		    cells[F_TASK_OUTCOME].type != CELL_MISSING ||
		    cells[F_TASK_REASON].type != CELL_MISSING;
	assert_true(text_eq(cells[F_TASK_PLAY].t, TEXT("p")));
	assert_int_equal(cells[F_TASK_ACTOR].type == CELL_TEXT, id == 2);
	assert_int_equal(cells[F_TASK_ACCOUNT].i, 3 - id % 2);
	assert_true(
		text_eq(cells[F_TASK_STATE].t, id == 1 ? TEXT("open") : TEXT("done")));
	return ST_OK;
}

static void names_are(struct store *s, const char *from, unsigned ids)
{
	struct named n = { 0, 0 };

	MUST(s->ops->unended_names(s, REC_TASK, day_of(from), take_named, &n, &e));
	assert_int_equal(n.ids, ids);
	assert_int_equal(n.prose, 0);
}

void contract_unended_names(void **state)
{
	struct store *s = *state;

	names_are(s, "2024-01-01", 0);
	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_TASK,
		"account_id=2|play=p|started_on=2024-01-01|title=Title|step=1|"
		"next_step=Call|reason=why|state=open\n"
		"account_id=3|play=p|started_on=2024-01-01|title=Title|step=2|state=done|"
		"ended_on=2024-02-02|outcome=well|actor=Ada\n"
		"account_id=2|play=p|started_on=2024-01-01|title=Title|step=2|state=done|"
		"ended_on=2024-02-01|outcome=well\n");
	names_are(s, "2024-02-03", 1u << 1);
	names_are(s, "2024-02-02", 1u << 1 | 1u << 2);
	names_are(s, "2024-02-01", 1u << 1 | 1u << 2 | 1u << 3);
}

/* By account and id; those that ended before the day are out. */
void contract_unended_rows(void **state)
{
	static const struct {
		uint32_t account;
		const char *from, *text;
	} rows[] = {
		{ 0, "2024-02-03", "2:1:silent 3:2:renewal 1:3:blind " },
		{ 0, "2024-02-02", "2:1:silent 4:1:silent 3:2:renewal 1:3:blind " },
		{ 1, "2024-02-03", "2:1:silent " },
		{ 1, "2024-01-01", "2:1:silent 4:1:silent " },
		{ 9, "2024-01-01", "" },
	};
	struct store *s = *state;
	struct book_info info;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_ALERT,
		"account_id=3|kind=blind|opened_on=2024-01-01|severity=info|state=open\n"
		"account_id=1|kind=silent|opened_on=2024-02-01|severity=info|state=open\n"
		"account_id=2|kind=renewal|opened_on=2024-01-01|severity=info|"
		"state=snoozed|snoozed_until=2024-03-01\n"
		"account_id=1|kind=silent|opened_on=2024-01-01|severity=info|"
		"state=closed|ended_on=2024-02-02\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct unended u = { "", 0 };

		MUST(s->ops->unended(s, REC_ALERT, rows[i].account, day_of(rows[i].from),
			take_unended, &u, &e));
		assert_string_equal(u.text, rows[i].text);
	}
	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.alert_day, DAY_NONE);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->alerts_looked(s, day_of("2024-02-03"), day_of("2024-01-01"), &e));
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->info(s, &info, &e));
	assert_int_equal(info.alert_day, day_of("2024-02-03"));
}

static void alerts_are(struct store *s, uint32_t part, const char *from, const char *text)
{
	const struct alert *a;
	char told[256] = "";
	size_t used = 0;
	uint32_t n;

	MUST(s->ops->alerts(s, part, day_of(from), &a, &n, &e));
	for (uint32_t i = 0; i < n; i++)
		used += (size_t)snprintf(told + used, sizeof(told) - used,
			"%lld:%u:%s:%s:%.0f ", (long long)a[i].id, a[i].account,
			alert_kinds[a[i].kind].name, alert_state_word[a[i].state],
			a[i].evidence.x);
	assert_string_equal(told, text);
}

static void tasks_are(struct store *s, uint32_t part, const char *text)
{
	const struct task *t;
	struct arena a;
	char told[256] = "";
	size_t used = 0;
	uint32_t n;

	arena_init(&a);
	MUST(s->ops->tasks(s, part, &a, &t, &n, &e));
	for (uint32_t i = 0; i < n; i++)
		used += (size_t)snprintf(told + used, sizeof(told) - used,
			"%lld:%u:%.*s:%.*s:%.*s:%d:%u ", (long long)t[i].id, t[i].account,
			(int)t[i].play.n, t[i].play.s, (int)t[i].title.n, t[i].title.s,
			(int)t[i].next.n, t[i].next.s ? t[i].next.s : "", t[i].step,
			t[i].csm);
	arena_clear(&a);
	assert_string_equal(told, text);
}

/* The same as unended rows, as what they are; changes show at once and after a commit,
 * and are gone with a rollback. */
void contract_work_of_parts(void **state)
{
	struct store *s = *state;
	struct cell cells[ALERT_FIELDS];
	struct arena a;
	bool there;

	alerts_are(s, 0, "2024-01-01", "");
	tasks_are(s, 0, "");
	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_ALERT,
		"account_id=3|kind=blind|opened_on=2024-01-01|severity=info|state=open|x="
		"7\n"
		"account_id=1|kind=silent|opened_on=2024-02-01|severity=info|state=open|"
		"x=1\n"
		"account_id=2|kind=of their own|opened_on=2024-01-01|severity=info|"
		"state=open|x=2\n"
		"account_id=1|kind=silent|opened_on=2024-01-01|severity=info|"
		"state=closed|ended_on=2024-02-02|x=3\n");
	rows_put(s, REC_TASK,
		"account_id=2|play=p|started_on=2024-01-01|title=Title|csm=Ada|step=2|"
		"next_step=call|state=open\n"
		"account_id=1|play=p|started_on=2024-01-01|title=Title|step=1|state="
		"open\n"
		"account_id=1|play=q|started_on=2024-01-01|title=Title|step=1|state=done|"
		"ended_on=2024-02-02\n");
	alerts_are(s, 0, "2024-02-03", "2:1:silent:open:1 1:3:blind:open:7 ");
	alerts_are(s, 0, "2024-02-02",
		"2:1:silent:open:1 4:1:silent:closed:3 1:3:blind:open:7 ");
	alerts_are(s, 1, "2024-01-01", "");
	tasks_are(s, 0, "2:1:p:Title::1:0 1:2:p:Title:call:2:1 ");
	tasks_are(s, 1, "");
	arena_init(&a);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->alerts_looked(s, day_of("2024-03-01"), day_of("2024-02-02"), &e));
	MUST(s->ops->row_read(s, REC_ALERT, 2, &a, cells, &there, &e));
	cells[F_ALERT_ENDED] = CELL_OF_INT(day_of("2024-02-09"));
	cells[F_ALERT_STATE] = CELL_OF_TEXT(TEXT("resolved"));
	MUST(s->ops->row_write(s, REC_ALERT, 2, cells, (1u << ALERT_FIELDS) - 1, &e));
	MUST(s->ops->row_remove(s, REC_TASK, 2, &e));
	alerts_are(s, 0, "2024-02-10", "1:3:blind:open:7 ");
	tasks_are(s, 0, "1:2:p:Title:call:2:1 ");
	s->ops->rollback(s);
	alerts_are(s, 0, "2024-02-10", "2:1:silent:open:1 1:3:blind:open:7 ");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->alerts_looked(s, day_of("2024-03-01"), day_of("2024-02-02"), &e));
	MUST(s->ops->row_write(s, REC_ALERT, 2, cells, (1u << ALERT_FIELDS) - 1, &e));
	MUST(s->ops->row_remove(s, REC_TASK, 2, &e));
	MUST(s->ops->commit(s, &e));
	alerts_are(s, 0, "2024-02-10", "1:3:blind:open:7 ");
	alerts_are(s, 0, "2024-02-03", "2:1:silent:resolved:1 1:3:blind:open:7 ");
	alerts_are(s, 0, "2024-01-01", /* before what is asked for again */
		"2:1:silent:resolved:1 4:1:silent:closed:3 1:3:blind:open:7 ");
	tasks_are(s, 0, "1:2:p:Title:call:2:1 ");
	arena_clear(&a);
}
