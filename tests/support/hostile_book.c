#include "tests/support/hostile_book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/hostile.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { ROWS = 2 }; /* of each kind and account, where its key allows it */

struct filling {
	struct store *store;
	struct arena arena;
	bool twin;
	int32_t today;
	uint32_t csm, signal; /* of the account at hand */
};

/* The number keeps keys apart, and the order the same for both books. */
static struct text numbered(struct filling *f, int i, int row)
{
	struct text t = hostile_text(i, &f->arena);
	char *s = arena_alloc(&f->arena, t.n + 16);
	const int n = snprintf(s, 16, "%03d-%d ", i, row);

	memcpy(s + n, t.s, t.n);
	t = (struct text){ s, t.n + (size_t)n };
	return f->twin ? hostile_twin(t, &f->arena) : t;
}

/* Days that would end something are left open. */
static bool left_open(enum record_kind kind, int field)
{
	const char *name = record_of(kind)->fields[field].name;

	return record_end_field(record_of(kind)) == field ||
	       strcmp(name, "churned_on") == 0 || strcmp(name, "left_on") == 0 ||
	       strcmp(name, "active_until") == 0 || strcmp(name, "end") == 0;
}

static int32_t some_day(struct filling *f, const char *name, int i, int row)
{
	const bool ahead = strcmp(name, "renewal_date") == 0 ||
			   strcmp(name, "until") == 0 || strcmp(name, "due") == 0 ||
			   strcmp(name, "next_due") == 0;

	return f->today + (ahead ? 5 + i % 200 : -5 - i % 100 - 7 * row);
}

static struct cell some_cell(
	struct filling *f, enum record_kind kind, int field, int i, int row)
{
	const struct field *def = &record_of(kind)->fields[field];

	switch (def->type) {
	case FT_TEXT:
		return CELL_OF_TEXT(numbered(f, i, row));
	case FT_ACCOUNT:
		return CELL_OF_INT(i + 1);
	case FT_CSM:
		return CELL_OF_INT(f->csm);
	case FT_SIGNAL:
		return CELL_OF_INT(f->signal);
	case FT_DAY:
		if (left_open(kind, field))
			break;
		return CELL_OF_INT(some_day(f, def->name, i, row));
	case FT_MONEY:
		return CELL_OF_INT((5 + i % 50) * 100000);
	case FT_NUMBER:
		return CELL_OF_NUMBER(1);
	case FT_BOOL:
		return CELL_OF_INT(1);
	case FT_COUNT:
		if (def->flags & FIELD_APART)
			break;
		return CELL_OF_INT(1);
	case FT_CHOICE:
		return CELL_OF_TEXT(
			((struct text){ def->choices, strcspn(def->choices, "|") }));
	default:
		break;
	}
	return (struct cell){ .type = CELL_MISSING };
}

static void put(struct filling *f, enum record_kind kind)
{
	struct put_batch batch = { .kind = kind,
		.mapped = (1u << record_of(kind)->count) - 1,
		.mode = PUT_OVERWRITE };
	const bool one = kind == REC_ACCOUNT || kind == REC_CSM || kind == REC_LOCK ||
			 kind == REC_PLAN;
	const int rows = one ? 1 : ROWS;
	struct put_counts counts;
	bool added;

	if (kind == REC_SIGNAL) /* their names are texts too */
		MUST(f->store->ops->find_or_add(
			f->store, REC_SIGNAL, numbered(f, 0, 0), &f->signal, &added, &e));
	MUST(f->store->ops->batch_begin(f->store, &batch, &e));
	for (int i = 0; i < HOSTILE_N; i++) {
		f->csm = (uint32_t)i + 1;
		for (int row = 0; row < rows; row++) {
			struct cell c[RECORD_FIELDS_MAX] = { 0 };

			for (int k = 0; k < record_of(kind)->count; k++)
				c[k] = some_cell(f, kind, k, i, row);
			MUST(f->store->ops->put(
				f->store, c, (uint64_t)(i * ROWS + row) + 2, NULL, &e));
		}
	}
	MUST(f->store->ops->batch_end(f->store, &counts, &e));
}

/* A policy and changes by hand are hostile as well. */
static void compute(struct filling *f, struct book *b, bool reviewed)
{
	char name[64], reason[64];
	struct recalc_result r;
	struct review review;
	int32_t version;
	struct text evil = f->twin ? hostile_twin(hostile_text(0, &f->arena), &f->arena)
				   : hostile_text(0, &f->arena);

	snprintf(name, sizeof(name), "%.*s.ini", (int)evil.n, evil.s);
	snprintf(reason, sizeof(reason), "why %.*s", (int)evil.n, evil.s);
	MUST(book_policy_apply(b, "[tiers]\n", name, reason, &version, &e));
	rules_day(b, "2026-02-24");
	MUST(book_recalc(b, &r, &e));
	rules_day(b, "2026-03-31");
	MUST(book_recalc(b, &r, &e));
	if (reviewed) {
		MUST(book_review(b, true, &review, &e));
		review_clear(&review);
	}
	for (uint32_t id = 1; id <= HOSTILE_N; id += 10)
		MUST(book_assign(b, &id, 1, id + 1, reason, NULL, &e));
}

struct book *hostile_book(bool twin, bool reviewed)
{
	static const enum record_kind kinds[] = { REC_CSM, REC_ACCOUNT, REC_CONTACT,
		REC_SIGNAL, REC_TICKET, REC_SURVEY, REC_TOUCH, REC_CONTRACT, REC_MOVEMENT,
		REC_FIX, REC_LOCK, REC_NOTE, REC_PLAN, REC_MILESTONE, REC_ALERT, REC_TASK,
		REC_STEP, REC_MESSAGE, REC_REQUEST };
	struct filling f = { .store = fake_store_new(), .twin = twin };
	struct book *b;

	arena_init(&f.arena);
	f.today = day_of("2026-03-31");
	MUST(f.store->ops->begin(f.store, &e));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		put(&f, kinds[i]);
	MUST(f.store->ops->commit(f.store, &e));
	b = rules_book(f.store, "2026-03-31", "Dana Reyes");
	compute(&f, b, reviewed);
	arena_clear(&f.arena);
	return b;
}
