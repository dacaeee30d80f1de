/* Alert opens: the condition of a kind with the limits that a policy has for a tier. */
#ifndef CORE_ALERT_OPENS_H
#define CORE_ALERT_OPENS_H

#include "core/policy.h"

#define ALERT_OPENS_MAX 240
/* "opens after 7 d without a login in tier 1". Returns out. */
char *alert_opens(const struct policy *p, enum alert_kind kind, int tier,
	char out[ALERT_OPENS_MAX]);

#endif
