/*
 * Convert: the text of one column's cells becomes cells of one field. What a column
 * needs is settled once; per cell nothing is allocated.
 *
 * References (accounts, CSMs, signals) stay text here: import.c looks them up.
 */
#ifndef CORE_CONVERT_H
#define CORE_CONVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/complaint.h"
#include "core/day.h"
#include "core/import_words.h"
#include "core/money.h"
#include "core/record.h"

struct convert {
	const struct field *field;
	/* Wanted of an open column; NULL: nothing sets how its cells are read. */
	const struct import_words *words;
	enum day_order dates; /* DAY_ISO also while dates are open */
	char decimal;         /* '.' or ',' */
	bool open;       /* the order of dates or the decimal mark is still to be found */
	bool guessed;    /* nobody said which decimal mark it is */
	bool found;      /* its cells said it; else any way reads them the same */
	bool verbatim;   /* texts are kept to the byte but for one guard */
	bool monthly;    /* amounts are multiplied to a year */
	bool drop_signs; /* "$ 5" is 5, and "€ 5" as well */
	const char *sign; /* of the currency: left out all the same; NULL: not known */
	bool signed_cell; /* the last amount had the sign that was left out */
	uint64_t with_sign[MONEY_SIGNS]; /* amounts that a sign was left out of */
	bool marks; /* "n/a", "-" and the like are blank but for texts; and of owners */
	uint64_t nothings;   /* how many were */
	const char *nothing; /* the first of them */
	uint32_t meant; /* bits of the VALUEs of synonym.def that cells were read by */
	char code[3];   /* the last cell of a currency column */
};

enum converted {
	CONVERT_OK,
	CONVERT_BAD,   /* *why says why, where there is more to say */
	CONVERT_RANGE, /* outside of what the field allows */
	CONVERT_OPEN   /* can't be read until the column is settled */
};

/* Blank cells are CELL_MISSING; outside of verbatim columns spaces around a text don't
 * count unless it stood in quotes, and keys never have any. out borrows t. */
enum converted convert_cell(struct convert *c, struct text t, bool quoted,
	struct cell *out, const char **why);

/* The i-th VALUE of synonym.def, from 0: its cell, "" when none of the column was read by
 * it; NULL: there are no more. */
const char *convert_meaning(const struct convert *c, int i, const char **choice);

/* The choice of the field that a word means, by its name or a VALUE of synonym.def. */
bool convert_choice(const struct field *f, struct text t, struct text *choice);

/* For "%.*s" in messages: how many bytes of t to show, whole characters, at most most. */
int convert_shown(struct text t, size_t most);

/* A phrase for a person about a cell that was CONVERT_BAD (why as it was given there, or
 * NULL) or CONVERT_RANGE: "\"x\" is not a day: ..." */
void convert_complain(const struct convert *c, struct text t, enum converted bad,
	const char *why, struct complaint *out);

/* What a person typed for one field. Numbers may have either decimal mark; one that both
 * read, differently and within what the field allows, is CONVERT_BAD. */
enum converted convert_typed(
	const struct field *f, struct text t, struct cell *out, struct complaint *bad);
/* A number as convert_typed reads it back, whatever its decimals. Returns out. */
char *convert_as_typed(double value, char out[NUMBER_TEXT_MAX]);
/* A typed text with its numbers as files have them: "0:0 2,5:100" is "0:0 2.5:100".
 * ST_INVALID: one of them can be two. */
enum status convert_typed_text(
	struct text typed, char *out, size_t size, struct err *e) MUST_USE;

/* Which sign of money_sign an amount has; -1: none. */
int convert_sign(struct text t);

/* What the cells of an open column say about how it is written. */
struct convert_evidence {
	uint64_t first, second; /* cells only one way reads: dmy, mdy or '.', ',' */
	struct text doubtful;   /* the first that both read, differently; n 0: none */
};
void convert_weigh(const struct convert *c, struct text t, struct convert_evidence *v);

/* Closes an open column. False when the evidence does not decide: *why is a sentence
 * without the column's name, both readings in it. */
bool convert_settle(
	struct convert *c, const struct convert_evidence *v, char *why, size_t size);

#endif
