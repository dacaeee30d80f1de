/*
 * What an import of accounts does to the base: who is active no longer, or again, what
 * that and other amounts do to the ARR, and who changes hands. Counted while rows are
 * compared; the base before is looked through once.
 */
#ifndef CORE_IMPORT_EFFECT_H
#define CORE_IMPORT_EFFECT_H

#include "core/policy.h"
#include "core/store.h"

struct import_effect {
	bool counted; /* it was an import of accounts */
	uint64_t active_before, active_after;
	int64_t arr_before, arr_after; /* theirs, in the base currency; MONEY_NONE: a
					* currency has no rate, or they are too much */
	uint64_t left;                 /* of the active ones, that no longer are */
	int64_t left_arr;              /* what they had */
	uint64_t back;                 /* were there and not active, and are */
	uint64_t churned;              /* new ones that have left already */
	uint64_t owners; /* active before and after, with another owner or none */
	char currency[4];
};

enum { IMPORT_EFFECTS = 6, IMPORT_EFFECT_MAX = 160 };
struct import_effect_line {
	bool warning; /* is to be seen before the rows are taken */
	char text[IMPORT_EFFECT_MAX];
};
/* What of it matters, in sentences without a point, warnings first; done: the rows are
 * in. Returns how many. */
uint32_t import_effect_say(const struct import_effect *x, bool done,
	struct import_effect_line out[IMPORT_EFFECTS]);

/* Whether the account that a row tells of is active on the day. */
bool import_effect_active(const struct cell *row, int32_t day);

struct import_effect_count {
	struct import_effect *to;
	const struct policy *policy; /* NULL: amounts in any currency have no rate */
	int32_t as_of;
	bool no_arr;
	uint32_t n;          /* highest id before */
	int64_t *contracted; /* by id - 1, MONEY_NONE: the row of the account says its
			      * ARR; NULL: of all of them. Owned */
};

/* Before the first row is put. Clear it in any case. */
enum status import_effect_begin(struct import_effect_count *x, struct import_effect *to,
	struct store *s, const struct policy *p, int32_t as_of, struct err *e) MUST_USE;
/* A row that changes. */
void import_effect_changed(struct import_effect_count *x, uint32_t id,
	const struct cell *before, const struct cell *after);
/* A row that was put, of which nothing was known. */
void import_effect_added(
	struct import_effect_count *x, uint32_t id, const struct cell *row);
/* When all were put. */
void import_effect_end(struct import_effect_count *x);
void import_effect_clear(struct import_effect_count *x);

#endif
