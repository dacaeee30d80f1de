/*
 * Headers: which field each column of a file feeds, by a mapping or, without one,
 * by the canonical names and the synonyms of synonym.def. What stands in brackets at the
 * end counts only where the whole is not known: "ARR (USD)"; of amounts it has to be a
 * currency or the span that they are of, for "ARR (k EUR)" are others. What is in percent
 * is not taken for a share of 1. No storage, no cells.
 */
#ifndef CORE_HEADERS_H
#define CORE_HEADERS_H

#include "core/mapping.h"

struct header {
	struct text text; /* as it stands, trimmed; borrowed */
	int field;        /* index in the record's fields; -1: not taken */
	bool monthly;     /* the amount is per month */
	bool churn_flag;  /* not taken, but its rows are counted */
	const char *why;  /* why it is not taken, or may not be meant; NULL; static */
	bool doubtful;    /* not taken, but a mapping may say that it is right */
	char currency[4]; /* that its amounts are in, as the header says; or "" */
	bool by_sign;     /* the signs of its cells say so, not the header */
};

/* Sets everything but the text of the n headers. A header used that stands in the
 * file twice is ST_INVALID. */
enum status headers_guess(
	enum record_kind kind, struct header *h, uint32_t n, struct err *e) MUST_USE;
enum status headers_map(
	const struct mapping *m, struct header *h, uint32_t n, struct err *e) MUST_USE;

/* Some of the headers that are understood as this field, ", " between; returns out, ""
 * when there is only its name. */
char *headers_known(enum record_kind kind, int field, char *out, size_t size);

/* True when the headers are exactly those of an export, in its order. */
bool headers_canonical(enum record_kind kind, const struct header *h, uint32_t n);

#endif
