/* Why an account is to move, or can't, in a sentence. For the files of the proposal. */
#ifndef CORE_PROPOSAL_TEXT_H
#define CORE_PROPOSAL_TEXT_H

#include "core/proposal_problem.h"

/* Into m->reason; before and after of p are there. */
void proposal_text_reason(const struct proposal_problem *q, const struct proposal *p,
	struct proposal_move *m);

/* Why account i + 1 stays with somebody who is not there, or without an owner. */
void proposal_text_obstacle(const struct proposal_problem *q, const struct proposal *p,
	const struct rebalance_result *r, uint32_t i, char out[PROPOSAL_TEXT_MAX]);

/* ---- proposal_why.c: of account i + 1, which is asked ---- */
/* Into m->receiver, likewise; of any account. */
void proposal_text_receiver(const struct proposal_problem *q, const struct proposal *p,
	struct proposal_move *m);
/* "nobody who serves EMEA has room" */
void proposal_text_nobody(const struct proposal_problem *q, const struct proposal *p,
	uint32_t i, char out[PROPOSAL_TEXT_MAX]);
/* The same, and how full they are: "...: Ana is full to 100 %; Ben, with 80 %, does not
 * serve it" */
void proposal_text_no_room(const struct proposal_problem *q, const struct proposal *p,
	uint32_t i, char out[PROPOSAL_TEXT_MAX]);
/* Which books stay over; row: by account id - 1, where it is after. */
enum status proposal_list_over(const struct proposal_problem *q, const uint32_t *row,
	struct proposal *p, struct err *e) MUST_USE;
/* Of the obstacles, which are there. */
enum status proposal_list_whys(struct proposal *p, struct err *e) MUST_USE;

#endif
