/* show: one account with everything, as text and as JSON. */
#include "cli/verbs.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "cli/agenda_rows.h"
#include "cli/show_rows.h"
#include "core/tier_request.h"
#include "core/in_place.h"
#include "core/service.h"
#include "core/stakeholders.h"
#include "core/list_export.h"

/* ---- JSON ---- */

static void json_components(struct json *j, const struct account_view *v)
{
	json_key(j, "components");
	json_array(j);
	for (int c = 0; c < COMP_COUNT; c++) {
		const struct component_explained *x = &v->health.component[c];

		json_object(j);
		json_pair(j, "name", text_of(component_name[c]));
		json_key(j, "input");
		json_number(j, x->input, 4);
		json_key(j, "day");
		json_day(j, x->day);
		json_key(j, "score");
		json_number(j, x->score, 4);
		json_key(j, "weight");
		json_number(j, x->weight, 4);
		json_key(j, "points");
		json_number(j, x->state == COMP_PRESENT ? (double)x->points : NAN, 0);
		json_key(j, "change");
		json_number(j, v->has_before ? (double)v->points_change[c] : NAN, 0);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_axes(struct json *j, const struct account_view *v)
{
	json_key(j, "growth");
	json_number(j, v->value.growth, 6);
	json_key(j, "multiplier");
	json_number(j, v->value.multiplier, 4);
	json_key(j, "effort_parts");
	json_array(j);
	for (int k = 0; k < EFF_COUNT; k++) {
		json_object(j);
		json_pair(j, "name", text_of(effort_part_name[k]));
		json_key(j, "score");
		json_number(j, v->effort.part[k], 4);
		json_key(j, "weight");
		json_number(j, v->effort.weight[k], 4);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_tiers(struct json *j, const struct account_view *v)
{
	json_key(j, "tier_history");
	json_array(j);
	for (uint32_t k = 0; k < v->moves_n; k++) {
		const struct tier_move *m = &v->moves[k];

		json_object(j);
		json_key(j, "day");
		json_day(j, m->day);
		json_key(j, "from");
		json_number(j, m->from ? (double)m->from : NAN, 0);
		json_key(j, "to");
		json_int(j, m->to);
		json_pair(j, "cause", text_of(move_cause_name[m->cause]));
		json_pair(j, "pair", v->move_pair[k]);
		json_key(j, "tier_score");
		json_number(j, m->score, 4);
		json_pair(j, "by", v->move_by[k]);
		json_pair(j, "reason", text_of(v->move_reason[k]));
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_trend(struct json *j, const struct account_view *v)
{
	json_key(j, "trend");
	json_array(j);
	for (uint32_t k = 0; k < v->trend_n; k++) {
		const struct snapshot_row *r = &v->trend[k];
		const bool known = scores_health_known(r->health);

		json_object(j);
		json_key(j, "day");
		json_day(j, r->at.day);
		json_key(j, "health");
		json_number(j, known ? (double)r->health : NAN, 0);
		json_key(j, "tier");
		json_number(j, r->tier ? (double)r->tier : NAN, 0);
		json_key(j, "policy_version");
		json_int(j, r->at.policy_version);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_cell(struct json *j, const struct cell *c, enum field_type type)
{
	if (c->type == CELL_TEXT)
		json_text(j, c->t);
	else if (c->type == CELL_NUMBER)
		json_number(j, c->n, 6);
	else if (c->type == CELL_MISSING)
		json_null(j);
	else if (type == FT_DAY)
		json_day(j, (int32_t)c->i);
	else if (type == FT_BOOL)
		json_bool(j, c->i != 0);
	else
		json_int(j, c->i);
}

static void json_record(struct json *j, const struct record *r, const struct cell *cells)
{
	json_object(j);
	for (int f = 0; f < r->count; f++) {
		char text[SHOW_KEY_MAX];
		const char *key = show_key(&r->fields[f], text);

		if (!key)
			continue;
		json_key(j, key);
		json_cell(j, &cells[f], r->fields[f].type);
	}
	json_end_object(j);
}

/* Alerts, tasks and steps have arrays of their own; messages are no history of the
 * account but the outbox's. */
static void json_children(struct json *j, const struct account_view *v)
{
	for (int k = 0; k < REC_COUNT; k++) {
		const struct record *r = record_of((enum record_kind)k);

		if (!show_is_child(v, k))
			continue;
		json_key(j, r->name);
		json_array(j);
		for (uint32_t i = 0; i < v->rows[k].n; i++)
			json_record(
				j, r, v->rows[k].cells + (size_t)i * (size_t)r->count);
		json_end_array(j);
	}
}

static void json_people(
	struct json *j, const struct book *b, const struct account_view *v)
{
	struct stakeholders s;

	stakeholders_of(v, book_as_of(b), &s);
	json_key(j, "stakeholders");
	json_int(j, s.people);
	json_key(j, "fragile");
	json_bool(j, stakeholders_fragile(&s));
}

/* Of tier 1 alone. */
static void json_in_place(
	struct json *j, const struct book *b, const struct account_view *v)
{
	const unsigned missing = in_place_missing(book_policy(b), v, book_as_of(b));

	json_key(j, "in_place");
	if (v->row.tier != 1) {
		json_null(j);
		return;
	}
	json_object(j);
	for (int i = 0; i < IN_PLACE_COUNT; i++) {
		json_key(j, in_place_rows[i].key);
		json_bool(j, !(missing >> i & 1));
	}
	json_end_object(j);
}

static void json_service(
	struct json *j, const struct book *b, const struct account_view *v)
{
	struct service s;

	service_of(book_policy(b), v, v->row.tier, book_as_of(b), &s);
	json_key(j, "service");
	json_object(j);
	json_key(j, "talk_days");
	if (s.cadence)
		json_int(j, s.cadence);
	else
		json_null(j);
	json_key(j, "last_talk");
	json_day(j, s.last);
	json_key(j, "talks_kept");
	json_bool(j, !s.late);
	json_key(j, "reviews_a_year");
	json_int(j, s.reviews);
	json_key(j, "last_review");
	json_day(j, s.review);
	json_key(j, "reviews_not_counted");
	json_int(j, s.rituals);
	json_key(j, "reviews_kept");
	json_bool(j, !s.review_late);
	json_key(j, "days");
	json_int(j, s.days);
	json_key(j, "by_people");
	json_int(j, s.human);
	json_key(j, "by_machine");
	json_int(j, s.digital);
	json_key(j, "people_percent");
	if (s.share < 0)
		json_null(j);
	else
		json_int(j, s.share);
	json_key(j, "people_wanted_percent");
	json_int(j, s.target);
	json_key(j, "selling");
	json_int(j, s.commercial);
	json_key(j, "oversold");
	json_bool(j, s.oversold);
	json_end_object(j);
}

static enum status as_json(struct book *b, const struct account_view *v, struct err *e)
{
	struct json doc, *j = &doc;
	enum status st;

	call_json(j);
	json_object(j);
	for (int f = 0; f < LIST_FIELDS; f++)
		if (list_field_def((enum list_field)f)->json)
			list_json_field(j, &v->row, (enum list_field)f);
	json_key(j, "health_now"); /* of what follows; as the row's once recalculated */
	json_number(j, v->health.health ? (double)v->health.health : NAN, 0);
	json_key(j, "effort_now");
	json_number(j, v->effort.effort, 4);
	json_components(j, v);
	json_axes(j, v);
	json_service(j, b, v);
	json_in_place(j, b, v);
	json_people(j, b, v);
	st = agenda_rows_json(j, b, v->row.account, e);
	json_tiers(j, v);
	json_trend(j, v);
	json_key(j, "record");
	json_record(j, record_of(REC_ACCOUNT), v->cells);
	json_children(j, v);
	json_end_object(j);
	return call_json_end(j, st, e);
}

/* ---- text ---- */

static void print_field(
	const struct book *b, const struct account_view *v, enum list_field f)
{
	char text[512];

	list_row_text(b, &v->row, f, text, sizeof(text));
	if (f == LIST_COVERAGE && !isnan(v->row.coverage))
		snprintf(text, sizeof(text), "%.0f %%", 100 * (double)v->row.coverage);
	printf("  %-14s ", list_field_whole(f));
	call_put(text_of(text), 60);
	putchar('\n');
}

static void print_health(const struct account_view *v)
{
	static const char *const states[] = { "", "no data", "too old", "settling in" };
	char day[DAY_TEXT_MAX], input[NUMBER_TEXT_MAX];

	printf("\nHealth, explained (coverage %.0f %%)\n", v->health.coverage * 100);
	printf("  component        input  day         sub-score  weight  points  28 d\n");
	for (int c = 0; c < COMP_COUNT; c++) {
		const struct component_explained *x = &v->health.component[c];

		printf("  %-12s %9s  %-10s", component_name[c],
			number_format(x->input, 1, input), day_format(x->day, day));
		if (x->state == COMP_PRESENT)
			printf("  %9.1f  %6g  %6d", x->score, x->weight, x->points);
		else
			printf("  %9s  %6g  %6s", states[x->state], x->weight, "-");
		if (v->has_before)
			printf("  %+4d", v->points_change[c]);
		putchar('\n');
	}
	if (v->health.held_by_pulse)
		printf("  held at %d by a red pulse of %s (else %d)\n", v->health.health,
			day_format(v->health.pulse_day, day), v->health.unheld);
	if (v->has_before && v->pulse_change)
		printf("  pulse %+d\n", v->pulse_change);
}

static void print_axes(const struct account_view *v)
{
	char arr[MONEY_TEXT_MAX], value[MONEY_TEXT_MAX];
	char growth[NUMBER_TEXT_MAX], multiplier[NUMBER_TEXT_MAX];

	if (v->value.arr == MONEY_NONE)
		printf("\nValue: no ARR on record\n");
	else
		printf("\nValue: %s x (1 + %s)^3 x %s = %s\n",
			money_format(v->value.arr, arr),
			number_format(v->value.growth, 6, growth),
			number_format(v->value.multiplier, 4, multiplier),
			money_format(v->value.value, value));
	printf("Effort: %.1f%s\n", v->effort.effort,
		v->effort.assumed ? " (assumed)" : "");
	for (int k = 0; k < EFF_COUNT; k++) {
		if (isnan(v->effort.part[k]))
			printf("  %-12s   no data  weight %g\n", effort_part_name[k],
				v->effort.weight[k]);
		else
			printf("  %-12s %9.1f  weight %g\n", effort_part_name[k],
				v->effort.part[k], v->effort.weight[k]);
	}
}

static void print_moves(const struct account_view *v)
{
	char day[DAY_TEXT_MAX];

	printf("\nTier history\n");
	for (uint32_t k = 0; k < v->moves_n; k++) {
		const struct tier_move *m = &v->moves[k];

		printf("  %s  ", day_format(m->day, day));
		if (m->from)
			printf("%d -> %d", m->from, m->to);
		else
			printf("  -> %d", m->to);
		printf("  %-9s  ", move_cause_name[m->cause]);
		call_put(text_of(v->move_reason[k]), 150);
		putchar('\n');
	}
	if (!v->moves_n)
		printf("  none yet\n");
	for (uint32_t i = 0; i < v->rows[REC_REQUEST].n; i++) {
		struct tier_request q;
		char line[700];

		if (!tier_request_from_row(v->rows[REC_REQUEST].id[i],
			    account_view_row(v, REC_REQUEST, i), &q))
			continue;
		tier_request_line(&q, line, sizeof(line));
		printf("  request %lld: ", (long long)q.id);
		call_put(text_of(line), 300);
		putchar('\n');
	}
}

static void print_service(const struct book *b, const struct account_view *v)
{
	const int32_t as_of = book_as_of(b);
	char text[SERVICE_TEXT_MAX];
	struct service s;

	service_of(book_policy(b), v, v->row.tier, as_of, &s);
	for (int i = 0; i < SERVICE_LINES; i++)
		if (*service_text(&s, v->row.tier, as_of, (enum service_line)i, text))
			printf("  %-14s %s%s\n", i == SERVICE_LEVEL ? "Service" : "",
				text,
				i == SERVICE_LEVEL && v->row.tier == TIER_NONE
					? " (not placed yet)"
					: "");
	if (v->row.tier == 1)
		printf("  %-14s %s\n", "",
			in_place_text(in_place_missing(book_policy(b), v, as_of), text));
}

static void print_people(const struct book *b, const struct account_view *v)
{
	char text[STAKEHOLDERS_TEXT_MAX];
	struct stakeholders s;

	stakeholders_of(v, book_as_of(b), &s);
	if (stakeholders_fragile(&s))
		printf("  %-14s fragile: %s\n", "People", stakeholders_text(&s, text));
}

/* What the explanations below are of: what is in the book now, as of the day of the
 * figures; the alerts and the figures above wait for a recalculation. */
static void print_since(const struct account_view *v)
{
	const int was = v->row.health == HEALTH_NONE ? 0 : v->row.health;
	const int now = v->health.health;
	char effort[2][NUMBER_TEXT_MAX];

	number_format(v->row.effort, 1, effort[0]);
	number_format(v->effort.effort, 1, effort[1]);
	if (isnan(v->row.effort) || (was == now && strcmp(effort[0], effort[1]) == 0))
		return;
	printf("\nWith what was entered since the last recalculation:");
	if (was != now && now)
		printf(" health %d%s", now, strcmp(effort[0], effort[1]) ? "," : "");
	else if (was != now)
		printf(" health unknown%s", strcmp(effort[0], effort[1]) ? "," : "");
	if (strcmp(effort[0], effort[1]) != 0)
		printf(" effort %s", effort[1]);
	printf(", as explained below; `tierdesk recalc` makes figures and alerts anew\n");
}

static enum status as_text(struct book *b, const struct account_view *v, struct err *e)
{
	enum status st;

	call_put(v->row.name.s ? v->row.name : v->row.id, 70);
	putchar('\n');
	for (int f = 0; f < LIST_FIELDS; f++)
		if (f != LIST_NAME)
			print_field(b, v, (enum list_field)f);
	print_service(b, v);
	print_people(b, v);
	print_since(v);
	st = agenda_rows_text(b, v->row.account, e);
	print_health(v);
	print_axes(v);
	print_moves(v);
	return st == ST_OK ? show_children(v, e) : st;
}

enum status verb_show(struct call *c, struct err *e)
{
	struct account_view *v = NULL;
	struct book *b = NULL;
	uint32_t id = 0;
	enum status st = call_account(c, &b, &id, e);

	if (st == ST_OK)
		st = book_account(b, id, &v, e);
	if (st == ST_OK && c->format == FORMAT_JSON)
		st = as_json(b, v, e);
	else if (st == ST_OK)
		st = as_text(b, v, e);
	account_view_free(&v);
	book_free(&b);
	return st;
}
