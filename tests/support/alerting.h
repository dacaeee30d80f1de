/* Books of which alerts are looked for, day by day. A failure fails the test. */
#ifndef TESTS_SUPPORT_ALERTING_H
#define TESTS_SUPPORT_ALERTING_H

#include "core/book.h"

/* Dana's account of no tier. */
#define ALERTING_ACCOUNT \
	"account_id=A|name=Acme|csm=Dana|arr=1000000|features_available=100"

/* A book of Dana's on 2026-01-01, with this account; Lee leads her team. */
struct book *alerting_book(const char *account);
/* Reviews it and puts its account in tier 3; nothing is looked at meanwhile. */
void alerting_place_in_3(struct book *b);

/* The account is used so on a day, or says so. */
void alerting_measure(struct book *b, const char *day, int active_days, int features);
void alerting_nps(struct book *b, const char *day, int score);

/* Opened and resolved alerts of a recalculation on a day. */
void alerting_recalc_is(
	struct book *b, const char *day, uint32_t opened, uint32_t resolved);
/* Alerts, tasks or messages that have not ended, and those that have. */
void alerting_ended_are(struct book *b, enum record_kind kind, int ended_field,
	const char *why, uint32_t live, uint32_t ended);

#endif
