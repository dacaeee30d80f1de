/*
 * Alerts at a recalculation: those that are there and the healths of the last weeks are
 * read before the parts are scored, each part is looked at while its base is at hand, and
 * what follows is written at the end, all in the transaction of the recalculation.
 */
#ifndef CORE_BOOK_ALERTS_H
#define CORE_BOOK_ALERTS_H

#include "core/alert_life.h"
#include "core/book_internal.h"
#include "core/play_start.h"

/* A step of an alert, and what a play that starts with it has to know. */
struct book_alert_step {
	struct alert_step step;
	struct start_facts facts;
	bool risk, onboarding;
};

struct book_alerts {
	struct book *b;
	bool looking; /* false: a newer day was looked at already, alerts stay as they are
		       */
	int32_t as_of;
	struct alert *prior; /* by account and id */
	uint32_t n, room, next;
	uint8_t *peak,
		*ago;   /* by id - 1: highest health of the window, days before today */
	uint8_t *since; /* days before today from which on healths count */
	struct book_alert_step *steps;
	uint32_t steps_n, steps_room;
};

/* n: accounts. Always to be cleared. */
enum status book_alerts_begin(
	struct book_alerts *a, struct book *b, uint32_t n, struct err *e) MUST_USE;
/* The scores of the part are there; parts come ascending. */
enum status book_alerts_part(struct book_alerts *a, const struct base *base,
	const struct scores *scores, const uint8_t *tier, struct err *e) MUST_USE;
enum status book_alerts_write(
	struct book_alerts *a, struct recalc_result *out, struct err *e) MUST_USE;
void book_alerts_clear(struct book_alerts *a);

#endif
