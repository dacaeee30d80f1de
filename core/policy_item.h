/*
 * The values of a policy as a list that people read and edit: in the order of the file,
 * each with its section, what it means, its unit and range. One table, policy_table.h, is
 * behind it.
 */
#ifndef CORE_POLICY_ITEM_H
#define CORE_POLICY_ITEM_H

#include "core/policy.h"
#include "core/policy_table.h"

struct policy_item {
	struct policy_entry entry; /* its section is the text below, or static */
	char section[32];
	int tier; /* 1..3: rules of its own of a tier; 0: for all */
	int part; /* of [health...]: as in policy_health_entry; -1: none of these */
	enum component component; /* of these */
};

/* How many there are; of each, i 0.. below that. */
int policy_items(void);
void policy_item(int i, struct policy_item *out);

/* Whether these rules of a tier differ from those for all; of what is for all, true. */
bool policy_item_own(const struct policy *p, const struct policy_item *x);

/* Its value as a file has it, and from there, checked by itself alone (policy_check says
 * what must hold between values). Tiers without rules of their own follow the general
 * ones. On failure p stays as it is. */
char *policy_item_text(const struct policy *p, const struct policy_item *x,
	char out[POLICY_TEXT_VALUE_MAX]);
enum status policy_item_set(struct policy *p, const struct policy_item *x,
	const char *text, struct err *e) MUST_USE;
/* Makes it what it is in another policy. */
void policy_item_copy(
	struct policy *p, const struct policy_item *x, const struct policy *from);
/* Changes it as it was changed from one policy to the next. */
void policy_item_carry(struct policy *p, const struct policy_item *x,
	const struct policy *was, const struct policy *is);
bool policy_item_same(
	const struct policy *a, const struct policy *b, const struct policy_item *x);
/* One step up or down of what is a number; false: it is none, or at its end. */
bool policy_item_step(struct policy *p, const struct policy_item *x, int by);
/* The curve of an entry that is one; NULL: it is none. */
const struct curve *policy_item_curve(
	const struct policy *p, const struct policy_item *x);

/* What it means, and where it is used; "" is never returned. */
#define POLICY_ITEM_TEXT_MAX 200
char *policy_item_meaning(const struct policy_item *x, char out[POLICY_ITEM_TEXT_MAX]);
/* "days", "%", "of 100", "USD"; "": it has none. Borrowed from p or static. */
const char *policy_item_unit(const struct policy *p, const struct policy_item *x);
/* "0 to 100", "a word per tier: ...". */
char *policy_item_range(const struct policy_item *x, char out[POLICY_ITEM_TEXT_MAX]);

#endif
