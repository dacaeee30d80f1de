/*
 * Insights: what the customers of a period teach product, marketing and sales, as records
 * with counts, ARR and the accounts that they come from (RULES.md, insights). Made anew
 * from the book each time; nothing of it is entered.
 */
#ifndef CORE_INSIGHTS_H
#define CORE_INSIGHTS_H

#include "core/book_revenue.h"
#include "core/interval.h"

enum insight_kind {
#define INSIGHT(id, name, whom, text) INSIGHT_##id,
#include "core/insight.def"
	INSIGHTS
};
struct insight_row {
	const char *name, *whom, *text;
};
extern const struct insight_row insight_rows[INSIGHTS];

enum {
	INSIGHT_LEAST = 10, /* accounts; below a share or a median has no verdict */
	INSIGHT_TOP = 3     /* accounts that are named */
};

/* Where a reason was written down. */
enum insight_word {
	INSIGHT_REASON,  /* the reason of a churn */
	INSIGHT_EXIT,    /* an exit survey */
	INSIGHT_RENEWAL, /* a talk about a renewal */
	INSIGHT_WORDS
};

struct insight {
	enum insight_kind kind;
	struct text subject;     /* a segment, a tag, a competitor, words; {NULL, 0}: the
				    competitor was not named */
	uint32_t accounts;       /* it comes from */
	const uint32_t *account; /* their ids, ascending */
	int64_t arr;             /* of them, at the opening, else at the close */
	uint32_t top[INSIGHT_TOP]; /* those of them with most of it */
	/* of them left for that, and their ARR at the opening; of first value: 0 */
	uint32_t left;
	int64_t left_arr;
	uint32_t of;               /* use cases and sources: among so many; else 0 */
	struct interval_pair lost; /* share of those less that of all others */
	int32_t median;            /* days to first value; -1: not half of them yet */
	int32_t others;            /* the same of all others that began */
	double within;             /* share that had it within 7 days; NaN: not known */
	uint32_t words[INSIGHT_WORDS]; /* how often it was said where */
	const char *verdict; /* "", "sooner", "later", "as others", "too few", "more
				leave", "fewer leave" */
};

struct insights {
	int32_t from, to;
	struct insight *row; /* by kind, then by the ARR that left, then by ARR; owned */
	uint32_t n, room;
	struct arena arena;
};

/* Of the accounts and the period of a revenue that is done, by whatever groups. */
enum status book_insights(struct book *b, const struct revenue *r, struct insights *out,
	struct err *e) MUST_USE;
void insights_clear(struct insights *x);

/* What rows of first value say, of waits whose group is the number of the row, each held
 * against all others; sorts them. */
enum status insights_judge_waits(struct insight *row, struct revenue_wait *wait,
	uint32_t n, struct err *e) MUST_USE;

/* The kind of a reason and what it is about: "competitor: Acme, cheaper" is of Acme. Of
 * the outcome of a talk, where "promised to call" and "likes the product" mean something
 * else, a class must be named, but for competitors. Of these the subject is who it is:
 * "switched to Acme", "built it in-house"; {NULL, 0} where that is not said. false: it is
 * none of these. */
bool insight_of_words(struct text words, bool talk, enum insight_kind *kind,
	struct text *subject) MUST_USE;
/* "4 of 12 left, 33 %, +20 points (-3 to +47)" and the like: what it says beside counts
 * and ARR. Returns out. */
#define INSIGHT_TEXT_MAX 160
char *insight_text(const struct insight *x, char out[INSIGHT_TEXT_MAX]);
/* For people: the subject, or that it was not named. */
struct text insight_subject(const struct insight *x);
/* "Acme, Bolt, Cedar and 5 more": the accounts with most ARR behind it, by name. */
#define INSIGHT_NAMES_MAX 240
enum status book_insight_names(struct book *b, const struct insight *x,
	char out[INSIGHT_NAMES_MAX], struct err *e) MUST_USE;

#endif
