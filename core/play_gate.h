/*
 * What speaks against starting a play on an account: the gates that the play itself
 * names, and the guards that hold for every play (which tier gets which motion).
 */
#ifndef CORE_PLAY_GATE_H
#define CORE_PLAY_GATE_H

#include "core/book_internal.h"
#include "core/play.h"

/* What whoever asks knows of the account already. */
struct gate_facts {
	uint8_t tier;
	int health;      /* 1..100, 0: unknown */
	bool risk;       /* a live alert is a warning or critical */
	bool flagged;    /* there is a live alert at all */
	bool onboarding; /* begun, without first value */
};

#define GATE_TEXT_MAX 512

/* The gates that are shut, one sentence each with "; " between them; "" when all are
 * open. */
enum status play_gates(struct book *b, uint32_t account, const struct play *p,
	const struct gate_facts *known, char out[GATE_TEXT_MAX], struct err *e) MUST_USE;
/* The same for the guards, which want a reason and forbid nothing. */
void play_guards(
	const struct play *p, const struct gate_facts *known, char out[GATE_TEXT_MAX]);

#endif
