/* What the files of convert share; nobody else includes it. */
#ifndef CORE_CONVERT_INTERNAL_H
#define CORE_CONVERT_INTERNAL_H

#include "core/convert.h"

#define CONVERT_SHOWN_MAX 60 /* bytes of a cell that a message quotes */

/* An amount without its sign of a currency, where that is left out. */
struct convert_amount {
	struct text t;
	bool minus; /* one stood before the sign */
	int sign;   /* of money_sign; -1: there was none */
};

/* "$ 5", "$-5" and "5 €" */
struct convert_amount convert_amount(const struct convert *c, struct text t);

/* "2,500", where the comma was found to be the decimal mark: amounts have no third
 * decimal, so that it may as well be two and a half thousand. */
bool convert_doubtful(const struct convert *c, struct text t);

/* Which of the two decimal marks read t, which has one: bit 0 '.', bit 1 ','; else 0. */
int convert_readings(struct text t);

#endif
