/* The money of the demo: sizes of accounts with a long tail, and ARR over time. */
#ifndef CORE_DEMO_MONEY_H
#define CORE_DEMO_MONEY_H

#include "core/demo_life.h"

/* ARR in cents of an account that so many ppm of all are larger than; sizes add up to
 * the target of the world but for its rest. */
int64_t demo_money_size(const struct demo_world *w, uint32_t ppm);
/* Finds raw_sum and rest of a world of so many active accounts. */
void demo_money_settle(struct demo_world *w);
/* ppm of the account at a place of the order by ARR. */
uint32_t demo_money_ppm(const struct demo_world *w, uint32_t rank);

/* Fills in the steps of a life, back from the ARR at its end. */
void demo_money_steps(struct demo_life *l, struct dice *d);
/* ARR on a day between start and end. */
int64_t demo_money_on(const struct demo_life *l, int32_t day);

#endif
