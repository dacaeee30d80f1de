#include "tests/support/walking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_import.h"
#include "core/change.h"
#include "core/fnv.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define STATES 64

void walking_fill(struct store *s)
{
	rows_put(s, REC_CSM, "name=Ann\nname=Bo|team=N\nname=Cy|capacity=0.5\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=A1|name=Acme|csm=Ann|arr=100|tags=x;y\n"
		"account_id=A2|growth=0.1|currency=EUR|status=active\n"
		"account_id=A3|churned_on=2024-05-01|status=churned\n");
	rows_put(s, REC_TOUCH,
		"account_id=A1|date=2024-01-01|kind=call\n"
		"account_id=A1|date=2024-01-01|kind=call\n"
		"account_id=A2|date=2024-02-29|minutes=30.5|two_way=1\n");
	rows_put(s, REC_CONTACT, "account_id=A1|name=Di|role=champion\n");
	rows_put(s, REC_TICKET, "ticket_id=T1|account_id=A1|opened_on=2024-01-01\n");
	rows_put(
		s, REC_CONTRACT, "contract_id=C1|account_id=A1|start=2024-01-01|arr=5\n");
	rows_put(s, REC_SURVEY, "account_id=A2|date=2024-01-01|kind=nps|score=3\n");
	rows_put(
		s, REC_MOVEMENT, "account_id=A2|date=2024-01-01|kind=new|arr_delta=-9\n");
}

/* ---- digests ----------------------------------------------------------------- */

static void mix(uint64_t *h, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*h = fnv_step(*h, ((const unsigned char *)bytes)[i]);
}

struct digesting {
	uint64_t h;
	int count; /* cells of a row */
};

static enum status mix_row(void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct digesting *d = arg;

	(void)e;
	mix(&d->h, &id, sizeof(id));
	for (int i = 0; i < d->count; i++) {
		mix(&d->h, &cells[i].type, sizeof(cells[i].type));
		if (cells[i].type == CELL_TEXT)
			mix(&d->h, cells[i].t.s, cells[i].t.n);
		else if (cells[i].type != CELL_MISSING)
			mix(&d->h, &cells[i].i, sizeof(cells[i].i));
	}
	return ST_OK;
}

static void mix_tiers(struct store *s, uint64_t *h)
{
	struct tiers t = { .n = 0 };

	MUST(s->ops->tiers_load(s, &t, &e));
	mix(h, &t.review_day, sizeof(t.review_day));
	for (uint32_t i = 0; i < t.n; i++) {
		mix(h, &t.tier[i], 1);
		mix(h, &t.since[i], sizeof(t.since[i]));
		mix(h, &t.up[i], 1);
		mix(h, &t.down[i], 1);
	}
	tiers_clear(&t);
}

static void mix_policy(struct store *s, uint64_t *h)
{
	struct policy_version v = { .text = "" };
	struct arena a;
	enum status st;

	arena_init(&a);
	st = s->ops->policy_load(s, 0, &a, &v, NULL);
	if (st == ST_OK)
		mix(h, v.text, strlen(v.text));
	else
		assert_int_equal(st, ST_NOTFOUND);
	arena_clear(&a);
}

static uint64_t digest(struct store *s, int kinds)
{
	struct digesting d = { .h = FNV_START };

	for (int kind = 0; kind < kinds; kind++) {
		d.count = record_of((enum record_kind)kind)->count;
		mix(&d.h, &kind, sizeof(kind));
		MUST(s->ops->rows(s, (enum record_kind)kind, 0, mix_row, &d, &e));
	}
	mix_tiers(s, &d.h);
	mix_policy(s, &d.h);
	return d.h;
}

uint64_t walking_digest(struct store *s)
{
	return digest(s, REC_COUNT);
}

uint64_t walking_entered(struct store *s)
{
	return digest(s, REC_ALERT);
}

/* ---- random changes ---------------------------------------------------------- */

struct some_id {
	uint64_t *seed;
	uint32_t seen;
	int64_t id;
};

static enum status take_some(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct some_id *s = arg;

	(void)cells;
	(void)e;
	if (rules_throw(s->seed, ++s->seen) == 0)
		s->id = id;
	return ST_OK;
}

/* Any row of the kind, 0: there is none. */
static int64_t some_row(struct store *s, enum record_kind kind, uint64_t *seed)
{
	struct some_id some = { .seed = seed };

	MUST(s->ops->rows(s, kind, 0, take_some, &some, &e));
	return some.id;
}

static struct cell some_cell(struct store *s, const struct field *f, uint64_t *seed)
{
	static const struct text words[] = { { "Ann", 3 }, { " x;y ", 5 },
		{ "\xC3\xA4\n\"\\", 5 }, { "A1", 2 }, { "T9", 2 }, { "", 0 },
		{ "-1.5e3", 6 } };
	const char *choice = f->choices;

	if (!(f->flags & FIELD_REQUIRED) && rules_throw(seed, 4) == 0)
		return (struct cell){ .type = CELL_MISSING };
	switch (f->type) {
	case FT_TEXT:
		return CELL_OF_TEXT(words[rules_throw(seed, 7)]);
	case FT_CURRENCY:
		return CELL_OF_TEXT(rules_throw(seed, 2) ? TEXT("USD") : TEXT("EUR"));
	case FT_CHOICE:
		for (uint32_t skip = rules_throw(seed, 3); skip && strchr(choice, '|');
			skip--)
			choice = strchr(choice, '|') + 1;
		return CELL_OF_TEXT(((struct text){ choice, strcspn(choice, "|") }));
	case FT_NUMBER:
		return CELL_OF_NUMBER(rules_throw(seed, 11) / 10.0);
	case FT_BOOL:
		return CELL_OF_INT(rules_throw(seed, 2));
	case FT_ACCOUNT:
		return CELL_OF_INT(some_row(s, REC_ACCOUNT, seed));
	case FT_CSM:
		return CELL_OF_INT(some_row(s, REC_CSM, seed));
	default:
		return CELL_OF_INT(rules_throw(seed, 20000));
	}
}

static enum record_kind some_kind(uint64_t *seed)
{
	const enum record_kind kind = (enum record_kind)rules_throw(seed, REC_COUNT);

	return kind == REC_SIGNAL ? REC_NOTE : kind;
}

/* What plain undo passes over. */
static bool tells_mail(enum record_kind kind, int field)
{
	return kind == REC_MESSAGE &&
	       (field == F_MESSAGE_SENT || field == F_MESSAGE_TRIES);
}

/* Changes some fields of a row, adds one, or removes one; many are refused. */
static enum status some_edit(struct book *b, uint64_t *seed)
{
	struct cell cells[2][RECORD_FIELDS_MAX];
	struct change change[2] = { { .kind = REC_ACCOUNT } };
	struct store *s = book_store(b);

	for (int k = 0; k < 2; k++) {
		const struct record *r;

		change[k].kind = some_kind(seed);
		r = record_of(change[k].kind);
		if (rules_throw(seed, 3) || change[k].kind == REC_ACCOUNT)
			change[k].row = some_row(s, change[k].kind, seed);
		if (change[k].row && change[k].kind != REC_ACCOUNT &&
			rules_throw(seed, 4) == 0)
			continue; /* removed */
		change[k].cells = cells[k];
		for (int i = 0; i < r->count; i++) {
			if ((r->fields[i].flags & FIELD_APART) ||
				tells_mail(change[k].kind, i) ||
				(change[k].row && rules_throw(seed, 3)))
				continue;
			cells[k][i] = some_cell(s, &r->fields[i], seed);
			change[k].fields |= 1u << i;
		}
	}
	return book_change(b, change, 1 + rules_throw(seed, 2), "edit", "because", NULL);
}

/* ---- imports, reviews and policies ------------------------------------------- */

static enum status take_file(
	struct book *b, enum record_kind kind, const char *csv, const char *name)
{
	struct import_request q = {
		.kind = kind, .bytes = csv, .size = strlen(csv), .name = name
	};
	struct import_result r;
	enum status st;

	memcpy(q.cap_bp, book_policy(b)->cap_bp, sizeof(q.cap_bp));
	q.as_of = book_as_of(b);
	st = book_import(b, &q, &r, NULL);
	import_result_clear(&r);
	return st;
}

/* Some accounts, new ones among them: never so many that the caps would change. */
static enum status some_import(struct book *b, uint64_t *seed)
{
	static const char *const csms[] = { "", "Ann", "Bo", "Dee", "Eve" };
	char csv[400] = "account_id,name,csm,arr,tier\n";
	size_t n = strlen(csv);

	for (int i = 1; i <= 6; i++)
		if (rules_throw(seed, 3) == 0)
			n += (size_t)snprintf(csv + n, sizeof(csv) - n,
				"A%d,\"n\"\"%u\",%s,%u,%s\n", i, rules_throw(seed, 4),
				csms[rules_throw(seed, 5)], rules_throw(seed, 900),
				rules_throw(seed, 4) ? "" : "3");
	return take_file(b, REC_ACCOUNT, csv, "some/accounts.csv");
}

/* Too much for the history to tell: a copy of the book is kept. */
static enum status some_signals(struct book *b, uint64_t *seed)
{
	char csv[400] = "account_id,date,signal,value\n";
	size_t n = strlen(csv);

	for (int i = 1; i <= 3; i++)
		n += (size_t)snprintf(csv + n, sizeof(csv) - n,
			"A%d,2026-03-%02u,logins,%u\n", i, 1 + rules_throw(seed, 20),
			rules_throw(seed, 50));
	return take_file(b, REC_SIGNAL, csv, "signals.csv");
}

static enum status some_review(struct book *b, uint64_t *seed)
{
	char day[DAY_TEXT_MAX];
	struct review r;
	enum status st;

	rules_day(b, day_format(book_as_of(b) + (int32_t)rules_throw(seed, 40), day));
	book_look_for_alerts(b, false);
	st = book_review(b, true, &r, NULL);
	review_clear(&r);
	return st;
}

static enum status some_policy(struct book *b, uint64_t *seed)
{
	char text[80];
	int32_t version;

	snprintf(text, sizeof(text), "[review]\nup_streak = %u\nhysteresis = %u\n",
		1 + rules_throw(seed, 3), rules_throw(seed, 4));
	return book_policy_apply(b, text, "policy", "because", &version, NULL);
}

/* Recalculations are no part of it: they repeat themselves, and so do their alerts. */
static enum status some_large_change(struct book *b, uint64_t *seed)
{
	switch (rules_throw(seed, 9)) {
	case 0:
		return some_signals(b, seed);
	case 1:
	case 2:
	case 3:
		return some_review(b, seed);
	case 4:
	case 5:
		return some_policy(b, seed);
	default:
		return some_import(b, seed);
	}
}

static enum status some_change(struct book *b, uint64_t *seed)
{
	static const struct text tags[] = { { "x", 1 }, { "new", 3 }, { "y", 1 } };
	struct store *s = book_store(b);
	const uint32_t ids[] = { (uint32_t)some_row(s, REC_ACCOUNT, seed),
		(uint32_t)some_row(s, REC_ACCOUNT, seed) };

	switch (rules_throw(seed, 12)) {
	case 8:
	case 9:
	case 10:
		return some_large_change(b, seed);
	case 0:
		return book_assign(b, ids, 2, (uint32_t)some_row(s, REC_CSM, seed), "why",
			NULL, NULL);
	case 1:
		return book_assign(b, ids, 1, 0, NULL, NULL, NULL);
	case 2:
		return book_tag(b, ids, 2, tags[rules_throw(seed, 3)],
			rules_throw(seed, 2), NULL);
	case 3:
		return book_lock(b, ids[0],
			book_as_of(b) + (int32_t)rules_throw(seed, 90), "why", NULL);
	case 4:
		return book_unlock(b, ids[0], NULL, NULL);
	default:
		return some_edit(b, seed);
	}
}

/* ---- the walk ---------------------------------------------------------------- */

struct walk {
	struct book *b;
	uint64_t state[STATES];
	int at, top; /* where it is, and how far redo goes */
};

static void go(struct walk *w, bool redo)
{
	struct operation next;
	struct arena a;

	arena_init(&a);
	MUST(book_undoable(w->b, redo, &a, &next, &e));
	if (redo ? w->at == w->top : w->at == 0) {
		if (redo && w->top > 0) /* else another walk's may come */
			assert_int_equal(next.id, 0);
	} else {
		assert_true(next.id > 0);
		MUST(book_undo(w->b, next.id, &e));
		w->at += redo ? 1 : -1;
	}
	arena_clear(&a);
	if (walking_digest(book_store(w->b)) != w->state[w->at])
		fail_msg("%s to state %d of %d is another state", redo ? "redo" : "undo",
			w->at, w->top);
}

static int64_t operations(struct store *s)
{
	int64_t n;

	MUST(s->ops->history_last(s, &n, &e));
	return n;
}

static void change(struct walk *w, uint64_t *seed)
{
	struct store *s = book_store(w->b);
	const int64_t before = operations(s);
	const enum status st = some_change(w->b, seed);
	const uint64_t digest = walking_digest(s);

	if (operations(s) == before) {
		assert_true(digest == w->state[w->at]);
		return;
	}
	assert_int_equal(st, ST_OK);
	assert_true(w->at + 1 < STATES);
	w->top = ++w->at;
	w->state[w->at] = digest;
}

int walking_walk(struct book *b, uint64_t *seed, int steps)
{
	struct walk w = { .b = b };
	int changes = 0;

	w.state[0] = walking_digest(book_store(b));
	for (int i = 0; i < steps; i++) {
		const uint32_t what = rules_throw(seed, 10);
		const int top = w.top, at = w.at;

		if (what < 5)
			change(&w, seed);
		else if (what < 8)
			go(&w, false);
		else
			go(&w, true);
		changes += what < 5 && (w.at != at || w.top != top);
	}
	while (w.at > 0)
		go(&w, false);
	while (w.at < w.top)
		go(&w, true);
	while (w.at > 0)
		go(&w, false);
	return changes;
}
