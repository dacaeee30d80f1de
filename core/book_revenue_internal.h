/* What the files of the revenue share; nobody else includes it. */
#ifndef CORE_BOOK_REVENUE_INTERNAL_H
#define CORE_BOOK_REVENUE_INTERNAL_H

#include "core/book_internal.h"
#include "core/book_revenue.h"
#include "core/survival.h"
#include "core/word_set.h"

/* The early ones by one kind of keys. */
struct revenue_tally {
	struct word_set words;     /* keys, folded */
	struct revenue_source *of; /* owned; by the number of the word */
	uint32_t room;
	struct revenue_source without;
};

struct book_revenue {
	struct book *book; /* borrowed */
	struct revenue r;
	struct policy policy; /* in force when it was begun */
	/* the days whose ARR is compared, two but for parts of time */
	int32_t cut[REVENUE_PERIODS_MAX + 1];
	int cuts;
	uint8_t *in;    /* owned; as in the query */
	int32_t *owner; /* owned; by id - 1, on the opening day */
	struct arena names;
	/* a part */
	struct part part;
	struct base base;
	int64_t *arr;              /* owned; on the cuts, and on from and to */
	struct revenue_path *path; /* owned; of the cuts, then of the whole */
	uint8_t *was, *is;         /* owned; healths and tiers of both days */
	uint32_t waits_room;
	uint32_t *lost; /* owned; ids whose reasons are read */
	uint32_t lost_n, lost_room, lost_at;
	struct revenue_tally by_tag, by_segment;
	uint32_t alerts_at; /* the part whose alerts are read next */
	struct survival survival;
};

enum status book_revenue_no_memory(struct err *e);

/* Whether the account at id - 1 is one of those that were asked for. */
static inline bool book_revenue_meant(const struct book_revenue *x, uint32_t at)
{
	return !x->in || (at < x->r.asked.in_n && x->in[at]);
}

/* book_revenue_exit.c: the answer of one that left, by id - 1, its cause being known. */
enum status book_revenue_exit(
	struct book_revenue *x, uint32_t at, struct err *e) MUST_USE;
/* When all were read. */
enum status book_revenue_exit_settle(struct book_revenue *x, struct err *e) MUST_USE;

/* book_revenue_groups.c: which there are, and whose an account is. */
enum status book_revenue_groups(struct book_revenue *x, struct err *e) MUST_USE;
/* Of the accounts of the part that was read; into r.group_of. */
void book_revenue_place(struct book_revenue *x);

/* book_revenue_facts.c: what is known of the accounts of the part beside their money. */
enum status book_revenue_facts(struct book_revenue *x, struct err *e) MUST_USE;
/* What was done about the accounts of the next part, when all parts are through. */
enum status book_revenue_alerts(struct book_revenue *x, struct err *e) MUST_USE;
/* book_revenue_why.c: the reasons of the next of those that left; and when all were read,
 * what is done about them, and where the early ones came from. */
enum status book_revenue_why(struct book_revenue *x, struct err *e) MUST_USE;
enum status book_revenue_why_settle(struct book_revenue *x, struct err *e) MUST_USE;
void book_revenue_why_clear(struct book_revenue *x);
/* When all parts are through. */
void book_revenue_settle(struct book_revenue *x);

#endif
