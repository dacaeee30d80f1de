/*
 * The monkey: any keys, clicks, drags, pastes, sizes and waits, in any order, on a book
 * that it changes, imports into and exports from. After each the console must hold what
 * tui/check.h asks for; in the end all that was done by hand can be undone.
 *
 * TIERDESK_MONKEY=100000 is the long form: so many events for each seed; the first of
 * these is 1, or what TIERDESK_MONKEY_SEED says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/everywhere.h"
#include "tests/support/fixture.h"
#include "tests/support/host_memory.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/sanitized.h"
#include "tests/support/walking.h"
#include "tui/screen.h"
#include "tui/tui.h"

enum { SEEDS = 4, EVENTS = 5000, LAST = 24 };

struct monkey {
	uint64_t seed;
	struct book *book;
	struct host_memory *host;
	struct tui *tui;
	char *kept;          /* owned; of the time before */
	char last[LAST][64]; /* what it did, for whoever looks for the reason */
	unsigned did, pumps, starts;
	unsigned unseen;    /* events that are still to come before anything is shown */
	const char *errand; /* keys that are still to be pressed; "": none */
};

/* What keys at random hardly ever come to the end of. The monkey may wander off. */
static const char *const errands[] = { "Esc Esc 2 t 'called' C-s",
	"Esc Esc 2 n 'a note' C-s", "Esc Esc 2 E C-u 'New name' C-s",
	"Esc Esc 2 A 'mei' C-s y", "Esc Esc 2 Space j Space A 'pool' C-s y",
	"Esc Esc 2 T Down 'pilot' C-s", "Esc Esc 2 T Right Down 'pilot' C-s",
	"Esc Esc 2 L Down Down 'promised' C-s", "Esc Esc 2 w 'mine' C-s y",
	"Esc Esc 2 x C-s y", "Esc Esc 2 Enter g l E C-u '14d' Enter",
	"Esc Esc 2 Enter i 'A goal' Enter '2w' C-s", "Esc Esc 2 Enter c C-s",
	"Esc Esc 2 I 'accounts.csv' Enter c Enter", "Esc Esc 2 I 'touches' Enter c Enter",
	"Esc Esc 2 S Enter Enter", "Esc Esc 2 C-o 'demo' Enter", "Esc Esc 2 , Down l Esc",
	"Esc Esc 2 \\ Home v 'every' Enter", "Esc Esc 2 u", "Esc Esc 2 U", "Esc Esc 2 r",
	"Esc Esc 1 z Down 'later' C-s", "Esc Esc 1 d 'called' C-s", "Esc Esc 1 p Enter",
	"Esc Esc 1 p 'end' Enter 'no' C-s", "Esc Esc 1 p End Enter 'all the same' C-s",
	"Esc Esc 1 e Enter x C-s", "Esc Esc 1 o o c", "Esc Esc 1 -",
	"Esc Esc 1 * z Down 'all' C-s y", "Esc Esc 1 : 'deal' Enter C-s", "Esc Esc 3 z f",
	"Esc Esc 3 ( ( } P", "Esc Esc 4 Enter ] Left =" };

static uint32_t throw(struct monkey * m, uint32_t sides)
{
	return rules_throw(&m->seed, sides);
}

/* ---- what it can do ------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void note(
	struct monkey *m, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(m->last[m->did++ % LAST], sizeof(m->last[0]), format, args);
	va_end(args);
}

static void check(struct monkey *m)
{
	struct err e = { .text = "" };

	if (m->unseen || tui_check(m->tui, &e) == ST_OK)
		return;
	for (unsigned i = m->did < LAST ? 0 : m->did - LAST; i < m->did; i++)
		print_message("  %s\n", m->last[i % LAST]);
	fail_msg("after %u events: %s (%s)", m->did, e.text, e.origin);
}

/* Long work is looked at, and now and then ended. */
static bool pump(void *arg)
{
	struct monkey *m = arg;

	m->pumps++;
	return throw(m, 40) > 0;
}

static void key(struct monkey *m, int32_t code)
{
	char name[KEY_TEXT_MAX];

	note(m, "key %s", key_text(code, name));
	tui_key(m->tui, code);
}

static void bound_key(struct monkey *m)
{
	const struct binding *b;
	const int n = keys_bindings(&b);

	key(m, b[throw(m, (uint32_t)n)].key);
}

static void typed(struct monkey *m)
{
	static const char *const words[] = { "A-0", "health:<60", "arr:>50k", "tag:", "x",
		"today", "14d", "Dana", "3", "-1", "acc", "/home/dana/", "sort",
		"ü株\\" };
	struct text rest = text_of(words[throw(m, 14)]);
	int32_t code;

	for (size_t n; rest.n > 0; rest.s += n, rest.n -= n) {
		n = text_decode(rest, &code);
		key(m, code);
	}
}

static void special(struct monkey *m)
{
	static const int32_t modifier[] = { 0, 0, KEY_SHIFTED_, KEY_ALT_, KEY_CONTROL_ };
	static const int32_t plain[] = { KEY_ENTER_, KEY_ENTER_, KEY_ESC_, '\t', ' ',
		KEY_BACKSPACE_, 0, -1, 0x10ffff, 0xd800, 0x202e, 0x9b };

	if (throw(m, 2))
		key(m, plain[throw(m, 12)]);
	else
		key(m, (KEY_FIRST_SPECIAL + (int32_t) throw(m, 24)) |
				modifier[throw(m, 5)]);
}

static void pointed(struct monkey *m)
{
	const struct canvas *c = tui_canvas(m->tui);
	const int row = (int) throw(m, (uint32_t)c->rows + 4) - 2;
	const int column = (int) throw(m, (uint32_t)c->columns + 4) - 2;

	switch (throw(m, 4)) {
	case 0:
		note(m, "wheel");
		tui_wheel(m->tui, (int) throw(m, 9) - 4);
		break;
	case 1:
		note(m, "drag %d,%d", row, column);
		tui_drag(m->tui, row, column, throw(m, 2) != 0);
		break;
	default:
		note(m, "click %d,%d", row, column);
		tui_click(m->tui, row, column);
	}
}

static void pasted(struct monkey *m)
{
	static const char *const texts[] = { "", "q\n3\033[A", "a\xff\033[31m\302\233",
		"\342\200\256evil", "z\314\201\314\201\314\201\314\201\314\201\314\201",
		"株式会社\t株式会社\r\n", "2026-05-01", "health:<50 AND (" };
	char bytes[1000];

	note(m, "paste");
	memset(bytes, 'a' + (int) throw(m, 26), sizeof(bytes));
	if (throw(m, 12) == 0)
		tui_paste(m->tui, (struct text){ bytes, throw(m, sizeof(bytes)) });
	else
		tui_paste(m->tui, text_of(texts[throw(m, 8)]));
}

static void resized(struct monkey *m)
{
	static const int sizes[][2] = { { 24, 80 }, { 24, 80 }, { 40, 120 }, { 15, 60 },
		{ 60, 200 }, { 1, 1 }, { 0, 0 } };
	const uint32_t at = throw(m, 9);
	const int rows = at < 7 ? sizes[at][0] : (int) throw(m, 70);
	const int columns = at < 7 ? sizes[at][1] : (int) throw(m, 250);

	note(m, "%d rows, %d columns", rows, columns);
	tui_resize(m->tui, rows, columns);
}

/* The next key of the errand, or the whole of a word. */
static void go_on(struct monkey *m)
{
	const bool word = *m->errand == '\'';
	const size_t n = word ? strcspn(m->errand + 1, "'") + 2 : strcspn(m->errand, " ");
	char keys[64];

	snprintf(keys, sizeof(keys), "%.*s", (int)n, m->errand);
	note(m, "key %s", keys);
	m->errand += n + strspn(m->errand + n, " ");
	MUST(tui_feed(m->tui, keys, &e));
}

static void act(struct monkey *m)
{
	const uint32_t what = throw(m, 100);

	if (*m->errand && what < 90)
		go_on(m);
	else if (what < 5)
		m->errand = errands[throw(m, sizeof(errands) / sizeof(*errands))];
	else if (what < 62)
		bound_key(m);
	else if (what < 70)
		typed(m);
	else if (what < 82)
		special(m);
	else if (what < 94)
		pointed(m);
	else if (what < 97)
		pasted(m);
	else if (what < 98)
		resized(m);
	else if (what < 99)
		tui_tick(m->tui);
	else if (!m->unseen)
		m->unseen = 2 + throw(m, 8);
	tui_unseen(m->tui, m->unseen && --m->unseen);
}

/* ---- its life ------------------------------------------------------------------- */

static void start(struct monkey *m)
{
	struct err e = { .text = "" };
	const char *kept = host_memory_kept(m->host);

	free(m->kept);
	m->kept = kept ? strdup(kept) : NULL;
	host_memory_host(m->host)->kept = m->kept;
	if (tui_open(m->book, host_memory_host(m->host), 24, 80, throw(m, 8) == 0,
		    &m->tui, &e) != ST_OK)
		fail_msg("%s", e.text);
	tui_pump(m->tui, pump, m);
	m->starts++;
	m->unseen = 0;
	note(m, "start");
}

static void put_files(struct monkey *m)
{
	host_memory_put(m->host, "accounts.csv",
		"account_id,name,arr,csm\nA-001,Renamed,5000,Dana Reyes\n"
		"N-1,New one,70000,\nN-2,\"Two\r\nlines\",x,Nobody\n");
	host_memory_put(m->host, "touches.csv",
		"account_id,date,kind\nA-002,2026-03-30,call\nA-003,2026-13-01,mail\n");
	host_memory_put(m->host, "folder/signals.csv",
		"account_id;date;signal;value\nA-004;2026-03-30;nps;7\n");
}

/* Who was at the keyboard, and what each of them would take back next; 0: nothing. */
struct people {
	char name[8][128];
	int64_t next[8];
	int n;
	int64_t since; /* what is older was there before the monkey came */
};

static enum status take_actor(void *arg, const struct operation *o, struct err *e)
{
	struct people *p = arg;

	(void)e;
	if (o->id <= p->since)
		return ST_CANCELLED;
	for (int i = 0; i < p->n; i++)
		if (text_eq(o->actor, text_of(p->name[i])))
			return ST_OK;
	assert_true(p->n < 8);
	snprintf(p->name[p->n++], sizeof(*p->name), "%.*s", (int)o->actor.n, o->actor.s);
	return ST_OK;
}

static void look_for_next(struct book *b, struct people *p, int i)
{
	struct operation last;
	struct arena a;

	arena_init(&a);
	MUST(book_set_me(b, p->name[i], &e));
	MUST(book_undoable(b, false, &a, &last, &e));
	p->next[i] = last.id > p->since ? last.id : 0;
	arena_clear(&a);
}

/* Takes back what was done by hand, whoever the monkey said it was, the newest first,
 * down to what an import came after; returns how much that was. */
static unsigned undo_all(struct book *b, int64_t since, bool imported)
{
	struct people p = { .since = since };
	enum status st = ST_OK;
	unsigned n = 0;

	MUST(book_operations(b, 0, take_actor, &p, &e));
	for (int i = 0; i < p.n; i++)
		look_for_next(b, &p, i);
	while (st == ST_OK && p.n) {
		int who = 0;

		for (int i = 1; i < p.n; i++)
			if (p.next[i] > p.next[who])
				who = i;
		if (!p.next[who])
			break;
		MUST(book_set_me(b, p.name[who], &e));
		st = book_undo(b, p.next[who], NULL);
		n++;
		look_for_next(b, &p, who);
	}
	assert_true(st == ST_OK || (imported && st == ST_STALE));
	return n;
}

static enum status take_newest(void *arg, const struct operation *o, struct err *e)
{
	(void)e;
	*(int64_t *)arg = o->id;
	return ST_CANCELLED;
}

static int64_t newest(struct book *b)
{
	int64_t id = 0;

	MUST(book_operations(b, 0, take_newest, &id, &e));
	return id;
}

static void caps_hold(struct book *b)
{
	struct book_summary s;
	struct review r;

	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	MUST(book_summary(b, &s, &e));
	for (int t = 0; t < TIER_COUNT; t++)
		assert_true(s.in_tier[t + 1] <= s.limit[t]);
}

/* Where files can be read another one's import may stand in the way: only without them
 * the book must be the old one. */
static void live(uint64_t seed, unsigned events)
{
	struct monkey m = {
		.seed = seed, .book = fixture_book(FIXTURE_COMPLETE), .errand = ""
	};
	const uint64_t before = walking_entered(book_store(m.book));
	const int64_t since = newest(m.book);
	const bool files = seed % 2 == 0;
	unsigned undone;

	/* What recalculations find and resolve is no step of undo. */
	book_look_for_alerts(m.book, files);
	m.host = host_memory_new();
	if (files)
		put_files(&m);
	else
		host_memory_host(m.host)->read = NULL;
	start(&m);
	while (m.did < events) {
		act(&m);
		check(&m);
		if (tui_done(m.tui)) {
			tui_free(&m.tui);
			start(&m);
		}
	}
	tui_free(&m.tui);
	undone = undo_all(m.book, since, files);
	if (!files)
		assert_true(walking_entered(book_store(m.book)) == before);
	caps_hold(m.book);
	print_message("seed %u: %u events, %u starts, %u looks at long work, %u undone\n",
		(unsigned)seed, m.did, m.starts, m.pumps, undone);
	assert_true(undone > 0 && m.starts > 1);
	book_free(&m.book);
	host_memory_free(&m.host);
	free(m.kept);
}

static void test_monkey(void **state)
{
	const char *asked = getenv("TIERDESK_MONKEY");
	const char *from = getenv("TIERDESK_MONKEY_SEED");
	const uint64_t first = from ? strtoull(from, NULL, 10) : 1;
	const unsigned events = asked         ? (unsigned)strtoul(asked, NULL, 10)
				: sanitized() ? EVENTS / 2
					      : EVENTS;

	(void)state;
	for (uint64_t seed = first; seed < first + SEEDS; seed++)
		live(seed, events);
}

/* ---- every size ----------------------------------------------------------------- */

/* All of them, where the keys lead in a book. */
static void size_all(enum fixture what, const char *const *keys, bool seen[SCREEN_COUNT])
{
	struct monkey m = { .book = fixture_book(what), .errand = "" };

	for (; *keys; keys++) {
		m.host = host_memory_new();
		put_files(&m);
		MUST(tui_open(
			m.book, host_memory_host(m.host), 24, 80, false, &m.tui, &e));
		MUST(tui_feed(m.tui, *keys, &e));
		seen[tui_screen(m.tui)] = true;
		note(&m, "%s", *keys);
		for (int rows = 0; rows <= 24; rows++)
			for (int columns = 0; columns <= 80; columns++) {
				tui_resize(m.tui, rows, columns);
				check(&m);
			}
		tui_free(&m.tui);
		host_memory_free(&m.host);
	}
	book_free(&m.book);
}

/* Every size a small terminal can have, with every screen and popup there is. */
static void test_every_size(void **state)
{
	bool seen[SCREEN_COUNT] = { false };

	(void)state;
	size_all(FIXTURE_COMPLETE, everywhere, seen);
	size_all(FIXTURE_RAW, everywhere_untiered, seen);
	for (int i = 0; i < SCREEN_COUNT; i++)
		if (!seen[i])
			fail_msg("no keys lead to %s",
				screen_def((enum screen_id)i)->title);
}

/* ---- numbers that nobody has --------------------------------------------------- */

static void leads_to(struct monkey *m, const char *keys, const char *text)
{
	struct arena a;

	note(m, "%s", keys);
	MUST(tui_feed(m->tui, keys, &e));
	check(m);
	arena_init(&a);
	if (!strstr(tui_dump(m->tui, &a), text))
		fail_msg("after %s there is no \"%s\":\n%s", keys, text,
			tui_dump(m->tui, &a));
	arena_clear(&a);
}

/* What an import brought is taken back and comes anew under the next number: no mark and
 * no page is left of the old one, and the new one is as good as any. */
static void test_taken_back(void **state)
{
	struct monkey m = { .book = fixture_book(FIXTURE_COMPLETE), .errand = "" };

	(void)state;
	m.host = host_memory_new();
	put_files(&m);
	MUST(tui_open(m.book, host_memory_host(m.host), 24, 80, false, &m.tui, &e));
	leads_to(&m, "I 'accounts.csv' Enter c Enter", "came in new");
	leads_to(&m, "Esc Esc *", "37 marked");
	leads_to(&m, "u", "36 marked\n");
	leads_to(&m, "I 'accounts.csv' Enter c Enter", "came in new");
	leads_to(&m, "Esc Esc / 'New' Enter Enter", "id N-1");
	leads_to(&m, "u", "undone: ");
	assert_int_equal(tui_screen(m.tui), SCREEN_BOOK);
	tui_free(&m.tui);
	host_memory_free(&m.host);
	book_free(&m.book);
}

/* Of an account that is gone nothing is begun, whatever is marked on other screens: keys
 * may follow before its page is left. */
static void test_taken_back_unseen(void **state)
{
	static const char *const keys[] = { "p", "n", "t", "E", "D", "z", "A" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct monkey m = { .book = fixture_book(FIXTURE_COMPLETE),
			.errand = "" };

		m.host = host_memory_new();
		put_files(&m);
		MUST(tui_open(
			m.book, host_memory_host(m.host), 24, 80, false, &m.tui, &e));
		leads_to(&m, "I 'accounts.csv' Enter c Enter", "came in new");
		leads_to(&m, "Esc Esc Space", "1 marked");
		leads_to(&m, "/ 'New' Enter Enter", "id N-1");
		tui_unseen(m.tui, true);
		MUST(tui_feed(m.tui, "u", &e));
		MUST(tui_feed(m.tui, keys[i], &e));
		tui_unseen(m.tui, false);
		leads_to(&m, "", "no account is under the cursor");
		assert_int_equal(tui_screen(m.tui), SCREEN_BOOK);
		tui_free(&m.tui);
		host_memory_free(&m.host);
		book_free(&m.book);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken_back),
		cmocka_unit_test(test_taken_back_unseen),
		cmocka_unit_test(test_every_size),
		cmocka_unit_test(test_monkey),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
