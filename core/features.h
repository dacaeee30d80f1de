/*
 * Which features, used in the first days of an account, go with its staying: of the
 * customers of an opening those that used a feature then against those that did not, and
 * how many of either were kept to the close (RULES.md, features). What goes together need
 * not be cause and effect.
 *
 * Here is the arithmetic over arrays; book_features.h reads them from the book.
 */
#ifndef CORE_FEATURES_H
#define CORE_FEATURES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/interval.h"
#include "core/text.h"

enum {
	FEATURES_MAX = 64, /* a bit each */
	FEATURES_TOP = 3,
	FEATURES_DAYS = 7, /* first days of an account, when nothing else is asked */
	FEATURES_DAYS_MAX = 365,
	FEATURES_LEAST = 10 /* accounts on either side; below nothing is compared */
};

/* What an account is to the features. */
enum features_side {
	FEATURES_OUT,  /* nothing */
	FEATURES_KEPT, /* compared; has ARR at the close */
	FEATURES_LEFT, /* compared; has none */
	FEATURES_NEW   /* began in the period, and its first days are over */
};

struct feature {
	struct text name; /* what stands behind "feature:" */
	int32_t since;    /* first day of which it is on record; DAY_NONE */
	/* of the accounts that began on that day or later: before it nobody could */
	uint32_t with, with_kept, without, without_kept;
	double phi;                /* correlation of use and staying; NaN: not compared */
	struct interval_pair lift; /* share kept with it, less without */
	int rank;                  /* 1..FEATURES_TOP of the highest phi; 0 */
	uint8_t bit;
};

enum features_state {
	FEATURES_NONE,    /* the book has no signal "feature:..." */
	FEATURES_TOO_FEW, /* to compare */
	FEATURES_KNOWN
};

struct features {
	enum features_state state;
	int32_t from, to; /* closes of the days compared, as of the revenue */
	int days;         /* that are the first of an account */
	int32_t since;    /* first day of which any feature is on record; DAY_NONE */
	/* accounts with ARR at the opening, and those of them that are not compared */
	uint32_t cohort, undated, unseen, young;
	uint32_t kept, left;                  /* that are */
	struct feature feature[FEATURES_MAX]; /* the highest phi first, then by name */
	int n, compared;
	uint32_t more; /* kinds of signals beyond those */
	int tops;
	/* Those of FEATURES_NEW, and those of them that used all of the best in the first
	 * session (the first day on which they used any feature), and in the first days.
	 */
	uint32_t began, at_once, in_time;
	/* by account id - 1; owned */
	uint32_t accounts;
	int32_t *start;            /* DAY_NONE: not known */
	uint8_t *side;             /* enum features_side */
	uint64_t *used, *at_first; /* bits: in the first days; in the first session */
};

/* From side, start, used and at_first, and of each feature name, since and bit: all that
 * is counted. */
void features_count(struct features *f);
/* Whether an account is one of those that a feature is compared of. */
bool features_counts(const struct features *f, const struct feature *x, uint32_t at);
/* Whether one that began in the period had a feature within reach, and went without it in
 * its first days. */
bool features_missed(const struct features *f, const struct feature *x, uint32_t at);
/* Bits of the best. */
uint64_t features_best(const struct features *f);

/* ---- in sentences ---- */

#define FEATURES_TEXT_MAX 400
enum features_line { FEATURES_SAYS, FEATURES_WARNS, FEATURES_RULE };
typedef void (*features_line_fn)(void *arg, enum features_line kind, const char *text);
/* What is found, or why nothing is, and then the rules. */
void features_say(const struct features *f, features_line_fn fn, void *arg);
/* In points, "+12.3 (+1.0 to +22.1)", or why not. Returns out. */
#define FEATURES_LIFT_MAX 64
char *features_lift_text(const struct feature *x, char out[FEATURES_LIFT_MAX]);
/* What of the best an account of FEATURES_NEW did not use: "invites and api", "all 3";
 * "": it used all of them. */
#define FEATURES_LACK_MAX 160
char *features_lack_text(
	const struct features *f, uint32_t at, char out[FEATURES_LACK_MAX]);

#endif
