/* time: where the hours that people spent on accounts went, and what they cost. */
#include "cli/verbs.h"

#include <math.h>
#include <stdio.h>

#include "cli/rows.h"
#include "core/book_time.h"
#include "core/json.h"

enum { WEEK = 7 };

static const struct rows_column columns[] = {
	{ "TC", "csm", "csm" },
	{ "TC", "touches", "+touches" },
	{ "TC", "hours_week", "+h/week" },
	{ "TC", "value", "+value" },
	{ "TC", "commercial", "+commercial" },
	{ "TC", "teaching", "+teaching" },
	{ "TC", "support", "+support" },
	{ "TC", "unsaid", "+unsaid" },
	{ NULL, NULL, NULL },
};

/* Shares of the classes in percent; hours in a week of the span. */
static enum status put_row(struct rows *out, const struct book_time *t,
	const struct time_row *r, struct err *e)
{
	const double all = time_total(r->minutes);
	const double weeks = (double)(t->to - t->from + 1) / WEEK;

	rows_row(out);
	rows_text(out, r->csm ? r->name : TEXT("(nobody)"));
	rows_int(out, r->touches);
	rows_number(out, all / 60 / weeks, 1);
	for (int k = 0; k < TOUCH_CLASSES; k++)
		rows_number(out, all > 0 ? 100 * r->minutes[k] / all : (double)NAN, 0);
	return rows_end_row(out, e);
}

static enum status put_rows(struct call *c, const struct book_time *t, struct err *e)
{
	struct rows *out = NULL;
	enum status st = rows_begin(&out, c, columns, e);

	for (uint32_t k = 0; st == ST_OK && k < t->rows; k++)
		if (t->row[k].csm || t->row[k].touches)
			st = put_row(out, t, &t->row[k], e);
	return rows_end(&out, st, e);
}

static void put_lines(struct book *b, const struct book_time *t)
{
	char line[TEXT_SAID_MAX];
	bool said = false;

	for (int k = 0; k < TIME_LINES; k++) {
		if (!*time_text(b, t, (enum time_line)k, line))
			continue;
		if (!said)
			putchar('\n');
		said = true;
		call_line(time_warns(t, (enum time_line)k) ? "! " : "  ", text_of(line));
	}
}

/* ---- JSON ---- */

static void put_minutes(struct json *j, const double minutes[TOUCH_CLASSES])
{
	json_key(j, "minutes");
	json_object(j);
	for (int k = 0; k < TOUCH_CLASSES; k++) {
		json_key(j, touch_class_name[k]);
		json_number(j, minutes[k], 0);
	}
	json_end_object(j);
}

static void put_people(struct json *j, const struct book_time *t)
{
	json_key(j, "csms");
	json_array(j);
	for (uint32_t k = 0; k < t->rows; k++) {
		json_object(j);
		json_pair(j, "name", t->row[k].name);
		json_key(j, "touches");
		json_int(j, t->row[k].touches);
		put_minutes(j, t->row[k].minutes);
		json_end_object(j);
	}
	json_end_array(j);
}

static void put_tiers(struct json *j, const struct book_time *t)
{
	json_key(j, "tiers");
	json_array(j);
	for (int k = 0; k < TIER_COUNT; k++) {
		json_object(j);
		json_key(j, "tier");
		json_int(j, k + 1);
		json_key(j, "arr_cents");
		json_money(j, t->arr[k]);
		json_key(j, "cost_cents");
		json_money(j, time_cost(t, time_total(t->minutes[k])));
		put_minutes(j, t->minutes[k]);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status put_accounts(struct json *j, struct book *b, const char *key,
	const struct time_account *x, uint32_t n, struct err *e)
{
	struct store *s = book_store(b);
	enum status st = ST_OK;
	struct arena a;

	json_key(j, key);
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		struct text id = { NULL, 0 };

		arena_init(&a);
		st = s->ops->key(s, REC_ACCOUNT, x[k].account, &a, &id, e);
		json_object(j);
		json_pair(j, "account", id);
		json_key(j, "tier");
		json_int(j, x[k].tier);
		json_key(j, "arr_cents");
		json_money(j, x[k].arr);
		json_key(j, "cost_cents");
		json_money(j, x[k].cost);
		json_key(j, "minutes");
		json_number(j, x[k].minutes, 0);
		json_key(j, "talks");
		json_int(j, x[k].talks);
		json_key(j, "planned");
		json_number(j, x[k].planned, 2);
		json_end_object(j);
		arena_clear(&a);
	}
	json_end_array(j);
	return st;
}

static void put_clinics(struct json *j, const struct book_time *t)
{
	const struct clinics *x = &t->clinics;

	json_key(j, "clinics");
	json_array(j);
	for (uint32_t k = 0; k < x->clinics; k++) {
		json_object(j);
		json_key(j, "date");
		json_day(j, x->clinic[k].day);
		json_pair(j, "kind", x->clinic[k].kind);
		json_pair(j, "host", x->clinic[k].host);
		json_key(j, "accounts");
		json_int(j, x->clinic[k].accounts);
		json_key(j, "minutes");
		json_number(j, x->clinic[k].minutes, 0);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "customers_per_hour");
	json_number(j, clinics_per_hour(x->served, x->minutes), 1);
	json_key(j, "customers_per_hour_one_to_one");
	json_number(j, clinics_per_hour(t->talks, t->talk_minutes), 1);
	json_key(j, "asked_again");
	json_array(j);
	for (uint32_t k = 0; k < x->questions; k++) {
		json_object(j);
		json_pair(j, "question", x->question[k].text);
		json_key(j, "clinics");
		json_int(j, x->question[k].clinics);
		json_key(j, "last");
		json_day(j, x->question[k].last);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status put_json(struct book *b, const struct book_time *t, struct err *e)
{
	struct json j;
	enum status st;

	call_json(&j);
	json_object(&j);
	json_key(&j, "from");
	json_day(&j, t->from);
	json_key(&j, "to");
	json_day(&j, t->to);
	json_key(&j, "touches");
	json_int(&j, t->touches);
	json_key(&j, "without_minutes");
	json_int(&j, t->estimated);
	put_people(&j, t);
	put_tiers(&j, t);
	put_clinics(&j, t);
	st = put_accounts(&j, b, "costly", t->costly, t->costly_n, e);
	if (st == ST_OK)
		st = put_accounts(&j, b, "neglected", t->neglected, t->neglected_n, e);
	json_end_object(&j);
	return call_json_end(&j, st, e);
}

enum status verb_time(struct call *c, struct err *e)
{
	struct book_time *t = NULL;
	struct book *b = NULL;
	int32_t weeks;
	enum status st = call_weeks(c, TIME_DAYS, &weeks, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_time(b, weeks * WEEK, &t, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? put_json(b, t, e) : put_rows(c, t, e);
	if (st == ST_OK && c->format == FORMAT_TEXT) {
		if (t->touches == 0)
			rows_nothing(c, "no touches in this time");
		put_lines(b, t);
	}
	book_time_free(&t);
	book_free(&b);
	return st;
}
