/*
 * Lists of accounts: the fields they can show, the filter language and sorting.
 *
 * Filter: words separated by blanks, all must hold. field:value, field:<n, field:>=n,
 * field:a..b, field:a,b (one of), -word (not), field:none (missing), and bare words,
 * which must occur anywhere in name or id, or begin a word of owner or tags. A text
 * matches from the beginning of one of its words (csm:diego), an id as a whole; cases
 * are folded. Money takes k and m
 * (50k), days take ISO dates or spans from the as-of day (renewal:<90d, <6w, <3m).
 * csm:me is the actor, csm:pool nobody. health:risk, watch and healthy are its bands.
 * "two words" in quotes is one word.
 */
#ifndef CORE_LIST_H
#define CORE_LIST_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/err.h"
#include "core/text.h"
#include "core/texts.h"

enum list_type {
	LT_TEXT,
	LT_COUNT,
	LT_MONEY,
	LT_HEALTH,
	LT_CHANGE,
	LT_SHARE,
	LT_NUMBER,
	LT_DAY,
	LT_QUADRANT
};

enum list_field {
#define LIST_FIELD(id, name, json, title, whole, type, width, help) LIST_##id,
#include "core/field.def"
#undef LIST_FIELD
	LIST_FIELDS
};

struct list_field_def {
	const char *name, *json, *title, *whole;
	enum list_type type;
	int width;
	const char *help;
};
const struct list_field_def *list_field_def(enum list_field f);
/* Its title, not shortened to a column. */
const char *list_field_whole(enum list_field f);
enum list_field list_field_by_name(struct text name); /* LIST_FIELDS: none */
/* The same, also of a name that is written nearly so. */
enum list_field list_field_near(struct text name);
/* The same with blanks around it; none is ST_USAGE with the names that exist. */
enum status list_field_parse(
	struct text name, enum list_field *out, struct err *e) MUST_USE;

#define LIST_SORT_MAX 4
struct list_sort {
	int n;
	struct {
		enum list_field field;
		bool descending;
	} key[LIST_SORT_MAX];
};
/* "tier,-arr"; a bad name is ST_USAGE with the names that exist. */
enum status list_sort_parse(struct text t, struct list_sort *out, struct err *e) MUST_USE;

struct filter; /* a parsed filter, lives in an arena */

/* Where a filter went wrong, as byte offsets into its text. */
struct filter_error {
	size_t at, n;
};

/* today: for spans; me: name of the CSM that "me" stands for (may be empty). */
/* Of a filter that finds nothing: the field that one of its bare words is named like;
 * LIST_FIELDS: none is. */
enum list_field filter_field_meant(struct text t);
/* A value of the field, as people write it. */
const char *filter_example(enum list_field f);
enum status filter_parse(struct text t, int32_t today, struct text me, struct arena *a,
	const struct filter **out, struct filter_error *where, struct err *e) MUST_USE;

/* Whether all that it leaves in a list, the other one leaves there too, because it is
 * that one typed further. */
bool filter_narrows(const struct filter *f, const struct filter *before);

/* The fields it looks at, as bits: 1 << LIST_ARR ... */
uint32_t filter_fields(const struct filter *f);
/* Those it names, as in "arr:>50k". */
uint32_t filter_named(const struct filter *f);

/*
 * Where a filter and a sort read the accounts 1..n from: columns, in blocks of up to
 * LIST_BLOCK accounts from id first + 1 on.
 */
#define LIST_BLOCK 4096u
struct list_source {
	void *ctx;
	uint32_t n;
	/* Money in cents, days as day numbers, NaN for missing. */
	void (*numbers)(void *ctx, enum list_field field, uint32_t first, uint32_t n,
		double *out);
	/* All texts of a field; for a sort their ranks must be there. */
	const struct texts *(*texts)(void *ctx, enum list_field field);
	/* Numbers of the texts that accounts have, TEXTS_NONE for missing; not asked when
	 * each account has its own. */
	void (*which)(void *ctx, enum list_field field, uint32_t first, uint32_t n,
		uint32_t *out);
};

/* A filter on its way through a source; lives in the arena. */
struct matching;
enum status filter_bind(const struct filter *f, const struct list_source *from,
	struct arena *a, struct matching **out, struct err *e) MUST_USE;
/* Clears keep[i], which is 0 or 1, where the account first + 1 + i does not match. */
void filter_block(const struct matching *m, uint32_t first, uint32_t n, uint8_t *keep);

/* Sorts ids by the keys of the sort; missing come last either way, equal ones keep
 * their order. */
enum status list_sort_ids(const struct list_sort *sort, const struct list_source *from,
	uint32_t *ids, uint32_t n, struct err *e) MUST_USE;

#endif
