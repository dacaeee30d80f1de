/*
 * Alerts: the kinds of condition found true of an account, how severe they can be, and
 * what the shipped policy makes of each: rows of alert.def.
 */
#ifndef CORE_ALERT_H
#define CORE_ALERT_H

#include <stdint.h>

#include "core/tiers.h"

enum alert_kind {
#define ALERT(id, name, s1, s2, s3, p1, p2, p3, condition, opens) ALERT_##id,
#include "core/alert.def"
	ALERT_KINDS
};

enum severity {
	SEV_OFF,         /* not looked for in this tier */
	SEV_OPPORTUNITY, /* something to win, not to lose: only of expansion */
	SEV_INFO,
	SEV_WARNING,
	SEV_CRITICAL,
	SEVERITIES
};

/* What alert.def says of a kind. */
struct alert_kind_row {
	const char *name;
	uint8_t severity[TIER_COUNT];
	const char *play[TIER_COUNT]; /* "" for none */
	const char *condition, *opens;
};
extern const struct alert_kind_row alert_kinds[ALERT_KINDS];

/* The words of policies and lists: "off", "opportunity" ... */
extern const char *const alert_severity_word[SEVERITIES];

#endif
