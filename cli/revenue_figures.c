#include "cli/revenue_figures.h"

#include <math.h>

static double part(double some, double all)
{
	return all > 0 ? 100 * some / all : (double)NAN;
}

static double opening(const struct revenue_group *g)
{
	return (double)g->money.cohort.opening;
}

static double closing(const struct revenue_group *g)
{
	return (double)g->money.cohort.closing;
}

static double expansion(const struct revenue_group *g)
{
	return (double)revenue_expansion(&g->money);
}

static double contraction(const struct revenue_group *g)
{
	return (double)revenue_contraction(&g->money);
}

static double churn(const struct revenue_group *g)
{
	return (double)g->money.churn;
}

static double nrr(const struct revenue_group *g)
{
	return trend_nrr(&g->money.cohort);
}

static double grr(const struct revenue_group *g)
{
	return trend_grr(&g->money.cohort);
}

static double logos_open(const struct revenue_group *g)
{
	return g->money.cohort.accounts;
}

static double logos_lost(const struct revenue_group *g)
{
	return g->money.cohort.lost;
}

static double logos_kept(const struct revenue_group *g)
{
	return revenue_logos_kept(&g->money);
}

static double new_logos(const struct revenue_group *g)
{
	return g->money.arrived;
}

static double new_arr(const struct revenue_group *g)
{
	return (double)g->money.arrived_arr;
}

static double expansion_share(const struct revenue_group *g)
{
	return revenue_expansion_share(&g->money);
}

static double nrr_moved(const struct revenue_group *g)
{
	return revenue_nrr_moved(&g->money);
}

static double grr_moved(const struct revenue_group *g)
{
	return revenue_grr_moved(&g->money);
}

static double ttv_median(const struct revenue_group *g)
{
	return g->facts.began && g->facts.ttv_median >= 0 ? g->facts.ttv_median
							  : (double)NAN;
}

static double ttv_2(const struct revenue_group *g)
{
	return g->facts.began ? 100 * g->facts.ttv_within[0] : (double)NAN;
}

static double ttv_7(const struct revenue_group *g)
{
	return g->facts.began ? 100 * g->facts.ttv_within[1] : (double)NAN;
}

static double ttv_30(const struct revenue_group *g)
{
	return g->facts.began ? 100 * g->facts.ttv_within[2] : (double)NAN;
}

static double began(const struct revenue_group *g)
{
	return g->facts.began;
}

static double active(const struct revenue_group *g)
{
	return g->facts.active;
}

static double healthy(const struct revenue_group *g)
{
	return g->facts.in_band[BAND_HEALTHY];
}

static double watch(const struct revenue_group *g)
{
	return g->facts.in_band[BAND_WATCH];
}

static double at_risk(const struct revenue_group *g)
{
	return g->facts.in_band[BAND_AT_RISK];
}

static double unknown(const struct revenue_group *g)
{
	return g->facts.in_band[BAND_UNKNOWN];
}

static double adoption(const struct revenue_group *g)
{
	return g->facts.adopted ? g->facts.adoption / g->facts.adopted : (double)NAN;
}

static double nps(const struct revenue_group *g)
{
	return interval_nps(g->facts.nps.good, g->facts.nps.bad, g->facts.nps.n).score;
}

static double nps_margin(const struct revenue_group *g)
{
	return interval_nps(g->facts.nps.good, g->facts.nps.bad, g->facts.nps.n).margin;
}

static double nps_answers(const struct revenue_group *g)
{
	return g->facts.nps.n;
}

static double csat(const struct revenue_group *g)
{
	return part(g->facts.csat.good, g->facts.csat.n);
}

static double csat_low(const struct revenue_group *g)
{
	return 100 * interval_wilson(g->facts.csat.good, g->facts.csat.n).low;
}

static double csat_high(const struct revenue_group *g)
{
	return 100 * interval_wilson(g->facts.csat.good, g->facts.csat.n).high;
}

static double csat_answers(const struct revenue_group *g)
{
	return g->facts.csat.n;
}

static double early(const struct revenue_group *g)
{
	return g->facts.early;
}

static double early_arr(const struct revenue_group *g)
{
	return (double)g->facts.early_arr;
}

static double talks(const struct revenue_group *g)
{
	return g->facts.talks;
}

static double in_time(const struct revenue_group *g)
{
	return part(g->facts.in_time, g->facts.talks_due);
}

static double alerts(const struct revenue_group *g)
{
	return g->facts.alerts;
}

static double closed(const struct revenue_group *g)
{
	return g->facts.closed;
}

/* In the order of the JSON; satisfaction and activity come last. */
const struct revenue_figure revenue_figures[] = {
	{ "opening_cents", "+opening", REVENUE_CENTS, REVENUE_AMOUNTS, false, opening },
	{ "closing_cents", "+closing", REVENUE_CENTS, REVENUE_AMOUNTS, false, closing },
	{ "expansion_cents", "+grown", REVENUE_CENTS, REVENUE_AMOUNTS, false, expansion },
	{ "contraction_cents", "+shrunk", REVENUE_CENTS, REVENUE_AMOUNTS, false,
		contraction },
	{ "churn_cents", "+churned", REVENUE_CENTS, REVENUE_AMOUNTS, false, churn },
	{ "nrr", "+NRR %", REVENUE_PERCENT, REVENUE_RATES, false, nrr },
	{ "grr", "+GRR %", REVENUE_PERCENT, REVENUE_RATES, false, grr },
	{ "logos_open", "+logos", REVENUE_COUNTED, REVENUE_RATES, false, logos_open },
	{ "logos_lost", "+lost", REVENUE_COUNTED, REVENUE_RATES, false, logos_lost },
	{ "logos_kept", "+kept %", REVENUE_PERCENT, REVENUE_RATES, false, logos_kept },
	{ "nrr_movements", "+NRR mov.", REVENUE_PERCENT, REVENUE_RATES, false,
		nrr_moved },
	{ "grr_movements", "+GRR mov.", REVENUE_PERCENT, REVENUE_RATES, false,
		grr_moved },
	{ "new_logos", NULL, REVENUE_COUNTED, REVENUE_AMOUNTS, false, new_logos },
	{ "new_cents", "+new", REVENUE_CENTS, REVENUE_AMOUNTS, false, new_arr },
	{ "expansion_share", "+exp. %", REVENUE_PERCENT, REVENUE_AMOUNTS, false,
		expansion_share },
	{ "began", "+began", REVENUE_COUNTED, REVENUE_VALUE, true, began },
	{ "ttv_median_days", "+TTV d", REVENUE_COUNTED, REVENUE_VALUE, true, ttv_median },
	{ "ttv_within_2", "+2 d %", REVENUE_PERCENT, REVENUE_VALUE, true, ttv_2 },
	{ "ttv_within_7", "+7 d %", REVENUE_PERCENT, REVENUE_VALUE, true, ttv_7 },
	{ "ttv_within_30", "+30 d %", REVENUE_PERCENT, REVENUE_VALUE, true, ttv_30 },
	{ "early_churn", "+early", REVENUE_COUNTED, REVENUE_VALUE, true, early },
	{ "early_churn_cents", NULL, REVENUE_CENTS, REVENUE_VALUE, true, early_arr },
	{ "active", "+active", REVENUE_COUNTED, REVENUE_VALUE, true, active },
	{ "healthy", "+healthy", REVENUE_COUNTED, REVENUE_VALUE, true, healthy },
	{ "watch", "+watch", REVENUE_COUNTED, REVENUE_VALUE, true, watch },
	{ "at_risk", "+at risk", REVENUE_COUNTED, REVENUE_VALUE, true, at_risk },
	{ "unknown", "+unknown", REVENUE_COUNTED, REVENUE_VALUE, true, unknown },
	{ "adoption", "+adopt. %", REVENUE_PERCENT, REVENUE_VALUE, true, adoption },
	{ "nps", "+NPS", REVENUE_PERCENT, REVENUE_CONTENT, true, nps },
	{ "nps_margin", "+margin", REVENUE_PERCENT, REVENUE_CONTENT, true, nps_margin },
	{ "nps_answers", NULL, REVENUE_COUNTED, REVENUE_CONTENT, true, nps_answers },
	{ "csat", "+CSAT %", REVENUE_PERCENT, REVENUE_CONTENT, true, csat },
	{ "csat_low", NULL, REVENUE_PERCENT, REVENUE_CONTENT, true, csat_low },
	{ "csat_high", NULL, REVENUE_PERCENT, REVENUE_CONTENT, true, csat_high },
	{ "csat_answers", NULL, REVENUE_COUNTED, REVENUE_CONTENT, true, csat_answers },
	{ "talks", "+talks", REVENUE_COUNTED, REVENUE_CONTENT, true, talks },
	{ "talks_in_time", "+in time %", REVENUE_PERCENT, REVENUE_CONTENT, true,
		in_time },
	{ "alerts_opened", "+alerts", REVENUE_COUNTED, REVENUE_CONTENT, true, alerts },
	{ "alerts_closed", "+closed", REVENUE_COUNTED, REVENUE_CONTENT, true, closed },
};
const int revenue_figure_count = sizeof(revenue_figures) / sizeof(*revenue_figures);

double revenue_figure_value(const struct revenue_figure *f, const struct revenue_group *g,
	const struct policy *p)
{
	const uint32_t few = (uint32_t)p->number[POLICY_REVENUE_FEW];

	if ((f->of == nps || f->of == nps_margin) && g->facts.nps.n < few)
		return NAN;
	if ((f->of == csat || f->of == csat_low || f->of == csat_high) &&
		g->facts.csat.n < few)
		return NAN;
	return f->of(g);
}

int revenue_figure_decimals(const struct revenue_figure *f, bool person)
{
	return f->unit != REVENUE_PERCENT ? 0 : person ? 1 : 4;
}
