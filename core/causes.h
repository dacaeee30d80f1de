/*
 * The root causes of tickets, ranked: what comes again and again is to be mended once. Of
 * the last days against as many before them: how many tickets each cause has, of how many
 * accounts, and how many of them an account had opened for the same cause before; what is
 * done about it, and whether the tickets have stopped since (fix.h).
 */
#ifndef CORE_CAUSES_H
#define CORE_CAUSES_H

#include "core/book.h"
#include "core/fix.h"
#include "core/word_set.h"

#define CAUSES_DAYS 91 /* a quarter, unless somebody asks for another span */

struct cause_row {
	struct text name;  /* in the set of names */
	uint32_t tickets;  /* of the last days */
	uint32_t before;   /* of as many days before */
	uint32_t accounts; /* that have those of the last days */
	uint32_t tier1;    /* of these accounts: in tier 1 */
	uint32_t repeated; /* of tickets: the account had one of this cause in both spans
			    */
	uint32_t begin;    /* account to begin with: the highest tier, then most tickets;
			    * 0: it has none of the last days */
	int32_t last; /* day of the newest ticket; DAY_NONE: none in both spans, nor in
		       * the FIX_QUIET days that a fix is judged by */
	const struct fix *fix; /* the one that counts; NULL: there is none */
	enum fix_verdict verdict;
	uint32_t since; /* tickets of these days after it was automated */
};

struct causes {
	int32_t as_of, days;
	struct cause_row
		*row; /* most tickets first, then most before, then by name; owned */
	uint32_t n;
	uint32_t tickets, before; /* of all causes, and of none */
	uint32_t repeated;
	uint32_t nameless; /* of the last days, without a cause */
	uint32_t gone;     /* causes of the days before that did not come again */
	uint32_t active;   /* accounts, on the day */
	struct fix *fix;   /* of all causes, as they stand in the book; owned */
	uint32_t fixes, fixes_room;
	uint32_t reached[FIX_STATES]; /* fixes that came so far, or further */
	int32_t open_age; /* median days since those not verified were noticed; -1: none
			   */
	uint32_t verdicts[FIX_VERDICTS];   /* causes */
	const struct cause_row *suggested; /* what to fix next; NULL: nothing */
	struct text begin;                 /* account_id of where to begin it */
	struct word_set names;
	struct arena texts;
};

/* days 1 or more. Clear it in any case. */
enum status causes_of(
	struct book *b, int32_t days, struct causes *out, struct err *e) MUST_USE;
void causes_clear(struct causes *c);
/* The row of the fix that counts among those that an account has of a cause; 0: it has
 * none. */
enum status causes_find_fix(struct book *b, uint32_t account, struct text cause,
	int64_t *row, struct err *e) MUST_USE;

/* What it means, a sentence each, "" where there is nothing to say. */
enum causes_line {
	CAUSES_TICKETS,    /* how many, and per account */
	CAUSES_AGAIN,      /* how many come again */
	CAUSES_NAMELESS,   /* without a cause */
	CAUSES_LOOP,       /* how many were noticed, documented, automated, verified */
	CAUSES_ELIMINATED, /* which are gone for good */
	CAUSES_HOLDS,      /* what to verify */
	CAUSES_BACK,       /* what did not help */
	CAUSES_SUGGESTED,  /* what to fix next, and where to begin */
	CAUSES_LINES
};
const char *causes_text(
	const struct causes *c, enum causes_line line, char out[TEXT_SAID_MAX]);
/* Whether tickets of the two spans have this cause; if not, else_what says
 * which one may be meant, or which are the most frequent: a sentence. */
bool causes_know(
	const struct causes *c, struct text cause, char else_what[TEXT_SAID_MAX]);
/* Whether it is something to do about. */
bool causes_warns(enum causes_line line);

#endif
