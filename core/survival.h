/*
 * How long something takes that has not come to everybody yet: the Kaplan-Meier estimate
 * (1958). Who still waits, or stopped waiting, counts for as long as it was seen to wait.
 * Somebody of whom it is the same day that it came, and who left, was there to see it.
 */
#ifndef CORE_SURVIVAL_H
#define CORE_SURVIVAL_H

#include <stdbool.h>
#include <stdint.h>

enum { SURVIVAL_DAYS = 1096 };

/* Zeroed: nobody. Two are added up by adding all their numbers. */
struct survival {
	uint32_t n, came;                /* all, and those it came to */
	uint32_t came_on[SURVIVAL_DAYS]; /* after so many days */
	uint32_t seen_to[SURVIVAL_DAYS]; /* waited so long, and it had not come */
};

/* days: whole ones; below 0 counts as 0. Whom it came to later than the last of the days
 * above counts as waiting until then. */
void survival_add(struct survival *s, int32_t days, bool came);

/* Estimated share, 0..1, to whom it came within so many days. NaN: nobody was watched so
 * long. */
double survival_within(const struct survival *s, int32_t days);
/* The first day by which it came to half; -1: it has not, as far as anybody was watched.
 */
int32_t survival_median(const struct survival *s);

/* What is lost in n turns that each lose `share` of what is left, 0..1: 5 % a month are
 * 46.0 % a year. */
double survival_compound(double share, int n);

#endif
