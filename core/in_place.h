/*
 * What an account of tier 1 is to have in place: five things, each of which the book
 * knows of or does not. Whether they are any good it can't say.
 */
#ifndef CORE_IN_PLACE_H
#define CORE_IN_PLACE_H

#include "core/book.h"

enum in_place {
	IN_PLACE_PLAN,    /* a success plan: a goal, a next step and the day it is due */
	IN_PLACE_REVIEWS, /* business reviews on time, or one being prepared */
	IN_PLACE_SPONSOR, /* an executive sponsor with a name */
	IN_PLACE_RISK,    /* a talk of the last quarter about risks, with an outcome */
	IN_PLACE_CHART,   /* people with their roles, a champion and a sponsor of them */
	IN_PLACE_COUNT
};
enum { IN_PLACE_PEOPLE = 3, IN_PLACE_RISK_DAYS = 91 };

struct in_place_row {
	const char *name; /* "success plan" */
	const char *key;  /* in JSON */
};
extern const struct in_place_row in_place_rows[IN_PLACE_COUNT];

/* Of the rows of an account that it is told by: bits by enum record_kind. */
#define IN_PLACE_KINDS \
	(1u << REC_PLAN | 1u << REC_CONTACT | 1u << REC_TOUCH | 1u << REC_TASK)
/* Bit i: enum in_place i is missing as of the day. */
unsigned in_place_missing(
	const struct policy *p, const struct account_view *v, int32_t as_of);

/* "in place: 3 of 5; missing: success plan, risk review". Returns out. */
#define IN_PLACE_TEXT_MAX 160
char *in_place_text(unsigned missing, char out[IN_PLACE_TEXT_MAX]);

#endif
