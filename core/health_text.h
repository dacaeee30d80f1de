/*
 * What went into a component of health, in words for people.
 */
#ifndef CORE_HEALTH_TEXT_H
#define CORE_HEALTH_TEXT_H

#include "core/health.h"
#include "core/money.h"

#define HEALTH_TEXT_MAX 96

/* "4 active days", "62 % of features". Returns out. */
char *health_input(
	enum component c, const struct component_explained *x, char out[HEALTH_TEXT_MAX]);
/* The same in at most 13 columns: "4 d active". */
char *health_input_short(
	enum component c, const struct component_explained *x, char out[HEALTH_TEXT_MAX]);

#endif
