/* What the files of the book service share; nobody else includes it. */
#ifndef CORE_BOOK_INTERNAL_H
#define CORE_BOOK_INTERNAL_H

#include "core/book.h"
#include "core/policy.h"

/* Figures and facts of all accounts by id - 1, loaded once per state of the file. */
struct book_columns {
	bool loaded;
	uint32_t n;
	struct scores scores; /* the newest snapshot on or before the as-of day */
	struct snapshot_day day;
	uint8_t *tier;
	uint8_t *present, *active;
	uint8_t *churned, *contracted; /* says so; has a contract running on the day */
	int16_t *change;
	int64_t *arr;
	int32_t *csm, *renewal;
	struct tiers tiers;
	void *memory;
};

/* The texts of an account, one after the other, each with its NUL. */
enum book_text {
	TXT_ID,
	TXT_NAME,
	TXT_SEGMENT,
	TXT_REGION,
	TXT_INDUSTRY,
	TXT_PARENT,
	TXT_TAGS,
	TXT_COUNT
};

struct book_texts {
	bool loaded;
	struct arena arena;
	const char **of; /* by id - 1, NULL: no such account */
	uint32_t n;
};

struct book {
	struct store *store;
	struct clock clock;
	char *me;
	struct policy policy;
	int32_t policy_version;
	int64_t data_version;
	uint64_t generation;
	const struct progress *progress; /* borrowed, NULL: nobody wants to know */
	struct book_columns columns;
	struct book_texts texts;
	struct arena names;    /* of the CSMs */
	struct text *csm_name; /* by id - 1 */
	uint32_t csms;
};

/* Make sure they are there. */
enum status book_need_columns(struct book *b, struct err *e) MUST_USE;
enum status book_need_texts(struct book *b, struct err *e) MUST_USE;
/* Forget what was loaded: the book changed. */
void book_forget(struct book *b);

struct text book_text(const struct book *b, enum book_text which, uint32_t id);

/* Accounts as filters and sorts read them; the texts must be there. */
struct list_source book_source(const struct book *b);

/* Calls fn for the base of every part of the accounts 1..n as of a day. n is what the
 * arrays of the caller have room for: another program may add accounts meanwhile. */
typedef enum status (*book_base_fn)(void *arg, const struct base *base, struct err *e);
enum status book_each_base(struct book *b, uint32_t n, int32_t as_of, book_base_fn fn,
	void *arg, struct err *e) MUST_USE;
/* What amounts of the parts read after it, in the same state of the book, are worth. */
enum status book_load_rates(struct book *b, struct rates *r, struct err *e) MUST_USE;
/* The base of the one part that holds the account; base_clear it. */
enum status book_base_of(struct book *b, uint32_t id, int32_t as_of, struct base *out,
	struct err *e) MUST_USE;
/* Tiers of exactly n accounts; tiers_clear them. */
enum status book_load_tiers(
	struct book *b, uint32_t n, struct tiers *out, struct err *e) MUST_USE;

#endif
