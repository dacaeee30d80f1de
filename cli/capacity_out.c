#include "cli/capacity_out.h"

#include <math.h>

static double smaller(double a, double b)
{
	return a < b ? a : b;
}

/* Not finite, where there is no limit: null. */
static void share(struct json *j, const char *key, double v)
{
	json_key(j, key);
	json_number(j, isfinite(v) ? v : (double)NAN, 4);
}

void capacity_out_row(struct json *j, const struct capacity_row *r)
{
	json_object(j);
	json_pair(j, "name", r->name);
	json_key(j, "active");
	json_bool(j, r->share > 0);
	json_key(j, "tiers");
	json_array(j);
	for (int t = 0; t < TIER_COUNT; t++) {
		json_object(j);
		json_key(j, "tier");
		json_int(j, t + 1);
		json_key(j, "accounts");
		json_int(j, r->book.accounts[t]);
		json_key(j, "arr_cents");
		json_money(j, r->book.arr[t]);
		json_end_object(j);
	}
	json_end_array(j);
	share(j, "load_max", capacity_fills(&r->load));
	share(j, "load_min", smaller(r->load.count_min, r->load.arr_min));
	json_pair(j, "state", text_of(capacity_state_name[r->load.state]));
	share(j, "capacity", r->share);
	json_key(j, "last_day");
	json_day(j, r->until);
	json_key(j, "at_risk_cents");
	json_money(j, r->at_risk);
	json_key(j, "renewals");
	json_int(j, r->renewals);
	json_key(j, "renewals_cents");
	json_money(j, r->renewals_arr);
	json_key(j, "hours_week");
	json_number(j, r->hours, 2);
	json_key(j, "mixed");
	json_bool(j, r->mixed);
	json_key(j, "crowded");
	json_bool(j, r->crowded);
	json_key(j, "proposed");
	json_bool(j, r->proposed);
	json_end_object(j);
}
