/* The outbox: taken by one sender at a time, told to the history, never taken back. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct err why;

static int64_t fixed_now(const struct clock *c)
{
	return c->fixed;
}

/* The book at an instant of 2026-03-31. */
static void at(struct book *b, int64_t now)
{
	const struct clock c = { book_as_of(b), fixed_now, now, 0 };

	book_set_day(b, &c);
}

/* Three messages, of which the third is of a later day. */
static struct book *open_book(void)
{
	struct store *s = fake_store_new();
	struct book *b;

	rows_put(s, REC_ACCOUNT, "account_id=A|name=Acme\naccount_id=C|name=Cedar\n");
	rows_put(s, REC_MESSAGE,
		"account_id=A|made_on=2026-03-30|kind=notice|subject=x\n"
		"account_id=C|made_on=2026-03-31|kind=customer|subject=y\n"
		"account_id=C|made_on=2026-04-02|kind=customer|subject=later\n");
	b = rules_book(s, "2026-03-31", "Ann");
	at(b, 1000);
	return b;
}

/* "1 x", "2 y (Ann)", "2 y, 1: no route". */
static enum status take_line(void *arg, const struct message *m, struct err *err)
{
	char *out = arg;
	size_t n = strlen(out);

	(void)err;
	assert_true(m->account_name.n > 0);
	n += (size_t)snprintf(
		out + n, 200 - n, "%d %.*s", (int)m->id, (int)m->subject.n, m->subject.s);
	if (m->tries)
		n += (size_t)snprintf(out + n, 200 - n, ", %d: %.*s", (int)m->tries,
			(int)m->failure.n, m->failure.s ? m->failure.s : "");
	if (m->sender.n)
		n += (size_t)snprintf(
			out + n, 200 - n, " (%.*s)", (int)m->sender.n, m->sender.s);
	snprintf(out + n, 200 - n, "\n");
	return ST_OK;
}

static void outbox_is(struct book *b, const char *expected)
{
	char text[200] = "";

	MUST(book_outbox(b, take_line, text, &e));
	assert_string_equal(text, expected);
}

static enum status take_operation(void *arg, const struct operation *o, struct err *err)
{
	char *out = arg;
	const size_t n = strlen(out);

	(void)err;
	snprintf(out + n, 300 - n, "%.*s: %.*s, %u\n", (int)o->actor.n, o->actor.s,
		(int)o->title.n, o->title.s, o->changes);
	return ST_OK;
}

static void history_is(struct book *b, const char *expected)
{
	char text[300] = "";

	MUST(book_operations(b, 0, take_operation, text, &e));
	assert_string_equal(text, expected);
}

static void take(struct book *b, int64_t id)
{
	char text[200] = "";

	MUST(book_take(b, id, 40, take_line, text, &e));
}

static void takes_not(struct book *b, int64_t id)
{
	char text[200] = "";

	assert_int_equal(book_take(b, id, 40, take_line, text, &why), ST_NOTFOUND);
}

static void by_hand(void **state)
{
	struct book *b = open_book();
	const int64_t two = 2, both[] = { 1, 1 };
	uint32_t n;

	(void)state;
	outbox_is(b, "1 x\n2 y\n");
	assert_int_equal(book_mark_sent(b, both, 2, NULL, &why), ST_NOTFOUND);
	outbox_is(b, "1 x\n2 y\n");
	history_is(b, "");
	MUST(book_mark_sent(b, &two, 1, NULL, &e));
	outbox_is(b, "1 x\n");
	assert_int_equal(book_mark_sent(b, &two, 1, NULL, &why), ST_NOTFOUND);
	MUST(book_mark_sent(b, NULL, 0, &n, &e));
	assert_int_equal(n, 1);
	outbox_is(b, "");
	MUST(book_mark_sent(b, NULL, 0, &n, &e));
	assert_int_equal(n, 0);
	history_is(b, "Ann: mark messages as sent, 1\nAnn: mark a message as sent, 1\n");
	rules_day(b, "2026-04-02");
	outbox_is(b, "3 later\n");
	book_free(&b);
}

static void a_run(void **state)
{
	struct book *b = open_book();

	(void)state;
	take(b, 1);
	takes_not(b, 1);
	outbox_is(b, "1 x (Ann)\n2 y\n");
	MUST(book_handed(b, 1, NULL, &e));
	outbox_is(b, "2 y\n"); /* at once, though no entry tells */
	takes_not(b, 1);
	takes_not(b, 3);
	takes_not(b, 4);
	take(b, 2);
	MUST(book_handed(b, 2, "no route", &e));
	outbox_is(b, "2 y, 1: no route (Ann)\n");
	history_is(b, "");
	MUST(book_settle(b, &e));
	outbox_is(b, "2 y, 1: no route\n");
	history_is(b, "Ann: outbox: 1 sent, 1 failed, 2\n");
	MUST(book_settle(b, &e));
	history_is(b, "Ann: outbox: 1 sent, 1 failed, 2\n");
	take(b, 2);
	MUST(book_let_go(b, 2, &e));
	outbox_is(b, "2 y, 1: no route\n");
	take(b, 2);
	MUST(book_handed(b, 2, NULL, &e));
	MUST(book_settle(b, &e));
	rows_are(book_store(b), REC_MESSAGE, 0,
		"account_id=A|made_on=2026-03-30|kind=notice|subject=x"
		"|sent_on=2026-03-31|tries=1\n"
		"account_id=C|made_on=2026-03-31|kind=customer|subject=y"
		"|sent_on=2026-03-31|tries=2\n"
		"account_id=C|made_on=2026-04-02|kind=customer|subject=later\n");
	book_free(&b);
}

/* A sender that ended without a word: nothing is lost. */
static void a_crash(void **state)
{
	struct book *b = open_book();

	(void)state;
	take(b, 1);
	at(b, 1039);
	takes_not(b, 1);
	assert_int_equal(book_mark_sent(b, (int64_t[]){ 1 }, 1, NULL, &why), ST_STALE);
	assert_non_null(strstr(why.text, "is being sent right now, by Ann"));
	at(b, 1040);
	outbox_is(b, "1 x\n2 y\n");
	take(b, 1);
	MUST(book_handed(b, 1, NULL, &e));
	history_is(b, "");
	at(b, 5000); /* handed over, and not told: the next run tells */
	takes_not(b, 1);
	MUST(book_settle(b, &e));
	history_is(b, "Ann: outbox: 1 sent, 0 failed, 1\n");
	book_free(&b);
}

static void deliver(struct book *b, int64_t message, const char *actor, int32_t sent)
{
	struct store *s = book_store(b);
	const struct delivery d = { message, text_of(actor), 2000, sent, { NULL, 0 } };

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->delivery_save(s, &d, &e));
	MUST(s->ops->commit(s, &e));
}

/* Of others only what they left behind, and under their name. */
static void two_senders(void **state)
{
	struct book *b = open_book();

	(void)state;
	deliver(b, 1, "cron", DAY_NONE);
	takes_not(b, 1);
	MUST(book_let_go(b, 1, &e));
	takes_not(b, 1);
	MUST(book_handed(b, 1, "too slow", &e)); /* it is not ours any more */
	outbox_is(b, "1 x (cron)\n2 y\n");
	MUST(book_mark_sent(b, NULL, 0, NULL, &e));
	outbox_is(b, "1 x (cron)\n");
	deliver(b, 1, "cron", book_as_of(b));
	outbox_is(b, "");
	MUST(book_settle(b, &e));
	history_is(b, "Ann: mark messages as sent, 1\n");
	at(b, 2000);
	MUST(book_settle(b, &e));
	history_is(b, "cron: outbox: 1 sent, 0 failed, 1\n"
		      "Ann: mark messages as sent, 1\n");
	book_free(&b);
}

/* The next one that undo takes back; 0: nothing, or why has the reason. */
static int64_t next(struct book *b)
{
	struct operation o;
	struct arena a;
	enum status st;

	arena_init(&a);
	why.text[0] = '\0';
	st = book_undoable(b, false, &a, &o, &why);
	arena_clear(&a);
	assert_true(st == ST_OK || (st == ST_FORBIDDEN && o.id == 0));
	return o.id;
}

static void undo(void **state)
{
	struct book *b = open_book();
	const int64_t two = 2;

	(void)state;
	MUST(book_assign(
		b, (uint32_t[]){ 1 }, 1, 0, NULL, NULL, &e)); /* in the pool already */
	assert_int_equal(next(b), 0);
	MUST(book_tag(b, (uint32_t[]){ 1 }, 1, TEXT("vip"), true, &e)); /* 1 */
	take(b, 1);
	MUST(book_handed(b, 1, NULL, &e));
	MUST(book_settle(b, &e));                   /* 2 */
	MUST(book_mark_sent(b, &two, 1, NULL, &e)); /* 3 */
	assert_int_equal(next(b), 1);               /* mail does not stand in front */
	assert_int_equal(book_undo(b, 2, &why), ST_FORBIDDEN);
	assert_non_null(strstr(why.text, "mail that is out stays out"));
	MUST(book_undo(b, 3, &e)); /* 4: it was not sent, somebody says by its number */
	outbox_is(b, "2 y\n");
	take(b, 2);
	assert_int_equal(book_undo(b, 4, &why), ST_STALE);
	assert_non_null(strstr(why.text, "2"));
	MUST(book_undo(b, next(b), &e)); /* 5 */
	assert_int_equal(next(b), 0);
	book_free(&b);
}

/* What wrote a message that a sender has. */
static void undo_while_it_is_sent(void **state)
{
	struct book *b = open_book();
	const struct cell cells[MESSAGE_FIELDS] = {
		[F_MESSAGE_ACCOUNT] = CELL_OF_INT(1),
		[F_MESSAGE_MADE] = CELL_OF_INT(book_as_of(b)),
		[F_MESSAGE_KIND] = CELL_OF_TEXT(TEXT("notice")),
		[F_MESSAGE_SUBJECT] = CELL_OF_TEXT(TEXT("z")),
	};
	const struct change c = {
		.kind = REC_MESSAGE, .fields = (1u << MESSAGE_FIELDS) - 1, .cells = cells
	};

	(void)state;
	MUST(book_change(b, &c, 1, "write", NULL, &e));
	take(b, 4);
	assert_int_equal(book_undo(b, 1, &why), ST_STALE);
	assert_non_null(strstr(why.text, "message 4 is being sent right now, by Ann"));
	MUST(book_let_go(b, 4, &e));
	MUST(book_undo(b, 1, &e));
	outbox_is(b, "1 x\n2 y\n");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_hand),
		cmocka_unit_test(a_run),
		cmocka_unit_test(a_crash),
		cmocka_unit_test(two_senders),
		cmocka_unit_test(undo),
		cmocka_unit_test(undo_while_it_is_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
