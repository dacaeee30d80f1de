/*
 * Hand-over sheets: of every account that a proposal gives to somebody what the new owner
 * has to know, as plain text to read or to print, a sheet each, and what is missing; by
 * the new owner, under a heading for each, then by account.
 */
#ifndef CORE_HANDOVER_SHEET_H
#define CORE_HANDOVER_SHEET_H

#include "core/out.h"
#include "core/proposal.h"

/* Whatever the book says is made safe for a terminal. Sheets end in a form feed. */
enum status handover_sheets(struct book *b, const struct proposal *p, out_sink sink,
	void *arg, struct err *e) MUST_USE;

/* Who goes where, and why, as CSV with a header: money in cents, as all of the verbs. */
enum status handover_moves(struct book *b, const struct proposal *p, out_sink sink,
	void *arg, struct err *e) MUST_USE;
/* The same for people: amounts, as in the lists that the console saves. */
enum status handover_moves_sheet(struct book *b, const struct proposal *p, out_sink sink,
	void *arg, struct err *e) MUST_USE;

/* "goal, next step"; "" when nothing is missing. Returns out. */
enum { HANDOVER_TEXT_MAX = 160 };
char *handover_missing_text(unsigned missing, char out[HANDOVER_TEXT_MAX]);

#endif
