/*
 * Alerts at a recalculation: each part is looked at while its base is at hand. The alerts
 * that are there and the healths of the last weeks are read, and what follows is written
 * at once, all in the transaction of the recalculation.
 */
#ifndef CORE_BOOK_ALERTS_H
#define CORE_BOOK_ALERTS_H

#include "core/alert_life.h"
#include "core/book_behaviour.h"
#include "core/book_internal.h"
#include "core/play_start.h"

/* A step of an alert, and what a play that starts with it has to know. */
struct book_alert_step {
	struct alert_step step;
	struct start_facts facts;
	bool risk, onboarding;
	uint8_t was; /* the tier before a review moved the account; else as now */
	/* Of one that resolves: an alert of the account that goes on and is bound to the
	 * same play, which is its from now on; 0: none. */
	int64_t heir;
};

struct book_alerts {
	struct book *b;
	const struct policy *policy; /* borrowed; whose window of peaks it is */
	const uint8_t *was; /* tiers before a review, by account; NULL: they are as now */
	bool looking; /* false: a newer day was looked at already, or this one is still to
			 come: alerts stay as they are */
	int32_t as_of, ended_from;
	uint32_t opened, resolved; /* so far */
	/* of the part at hand; by position: highest health of the window, days before
	 * today; days before today from which on healths count */
	uint8_t peak[PART_ACCOUNTS], ago[PART_ACCOUNTS], since[PART_ACCOUNTS];
	struct book_alert_step *steps;
	uint32_t steps_n, steps_room;
	struct behaviour behaviour;
	/* for what is written */
	struct starter starter;
	struct arena row;
};

/* Always to be cleared. */
enum status book_alerts_begin(
	struct book_alerts *a, struct book *b, struct err *e) MUST_USE;
/* The scores of the part are there. */
enum status book_alerts_part(struct book_alerts *a, const struct base *base,
	const struct scores *scores, const uint8_t *tier, struct err *e) MUST_USE;
void book_alerts_clear(struct book_alerts *a);
/* After a review: looks at the parts of the accounts that it moved again, by the tiers
 * that they are in now; was: those before, by account. */
enum status book_alerts_moved(struct book *b, const struct review *r, const uint8_t *was,
	const struct scores *scores, struct err *e) MUST_USE;

/* Of the accounts of a part, whose prior alerts these are: peak, ago and since. Of a,
 * only b, policy and as_of are read. */
enum status book_alerts_peaks(struct book_alerts *a, uint32_t first_id, uint32_t n,
	const struct alert *prior, uint32_t prior_n, struct err *e) MUST_USE;

/* book_alerts_write.c: the rows of the steps at hand; how a starter adds rows (arg: a).
 */
enum status book_alerts_write(struct book_alerts *a, struct err *e) MUST_USE;
enum status book_alerts_add(void *arg, enum record_kind kind, const struct cell *cells,
	int64_t *id, struct err *e) MUST_USE;

/* Takes back what nobody sent; what a sender took may have gone out, and stays. */
enum status book_alerts_drop_message(
	struct book_alerts *a, int64_t id, struct err *e) MUST_USE;

#endif
