/* A parsed filter, for the file that parses and the one that matches. */
#ifndef CORE_FILTER_INTERNAL_H
#define CORE_FILTER_INTERNAL_H

#include "core/list.h"

enum filter_op { OP_WORD, OP_NONE, OP_RANGE, OP_IN_TEXT, OP_IN_NUMBER };

#define CHOICES_MAX 16

struct term {
	enum list_field field;
	enum filter_op op;
	bool negated;
	double low, high;        /* OP_RANGE, both ends in */
	bool whole[CHOICES_MAX]; /* all of the text, not the beginning of a word in it */
	int n;                   /* choices */
	double number[CHOICES_MAX];    /* OP_IN_NUMBER */
	struct text word[CHOICES_MAX]; /* folded; OP_WORD uses the first */
	struct term *next;
};

struct filter {
	struct term *first;
};

/* Where words without a field are looked for. */
#define FILTER_WORD_FIELDS \
	(1u << LIST_NAME | 1u << LIST_ID | 1u << LIST_CSM | 1u << LIST_TAGS)

static inline bool filter_is_text(enum list_field f)
{
	const enum list_type type = list_field_def(f)->type;

	return type == LT_TEXT || type == LT_QUADRANT;
}

#endif
