/*
 * The figures of a group of revenue, as the verb writes them in all three forms: tables
 * of names, units and functions.
 */
#ifndef CLI_REVENUE_FIGURES_H
#define CLI_REVENUE_FIGURES_H

#include "core/revenue_text.h"

enum revenue_unit { REVENUE_CENTS, REVENUE_COUNTED, REVENUE_PERCENT };

/* For people they stand in tables that fit a terminal. */
enum revenue_table {
	REVENUE_RATES,
	REVENUE_AMOUNTS,
	REVENUE_VALUE,   /* first value, health, adoption */
	REVENUE_CONTENT, /* satisfaction and activity: no outcome */
	REVENUE_TABLES
};

struct revenue_figure {
	const char *name, *title; /* title NULL: not in a table */
	enum revenue_unit unit;
	enum revenue_table table;
	bool whole; /* not known of parts of the period */
	double (*of)(const struct revenue_group *g);
};
extern const struct revenue_figure revenue_figures[];
extern const int revenue_figure_count;

/* NaN: not known; nor is an NPS or CSAT of too few answers. */
double revenue_figure_value(const struct revenue_figure *f, const struct revenue_group *g,
	const struct policy *p);
int revenue_figure_decimals(const struct revenue_figure *f, bool person);

#endif
