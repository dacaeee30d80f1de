#include "cli/backtest_out.h"

#include "cli/call.h"
#include "core/backtest_text.h"
#include "core/json.h"

enum { FIGURES = 6 }; /* decimals */

static void put_number(struct json *j, const char *key, double v)
{
	json_key(j, key);
	json_number(j, v, FIGURES);
}

static void put_count(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

static void put_auc(struct json *j, const char *key, const struct backtest_auc *a)
{
	json_key(j, key);
	json_object(j);
	put_number(j, "auc", a->auc);
	put_number(j, "low", a->low);
	put_number(j, "high", a->high);
	put_count(j, "n", (int64_t)a->left + a->stayed);
	put_count(j, "left", a->left);
	put_count(j, "accounts_left", a->accounts_left);
	json_end_object(j);
}

static void put_share(struct json *j, const char *key, const struct backtest_share *s)
{
	json_key(j, key);
	json_object(j);
	put_count(j, "hits", s->hits);
	put_count(j, "n", s->n);
	put_number(j, "share", s->share);
	put_number(j, "low", s->range.low);
	put_number(j, "high", s->range.high);
	json_end_object(j);
}

static void put_head(struct json *j, const struct backtest *t)
{
	char text[BACKTEST_TEXT_MAX];

	json_key(j, "as_of");
	json_day(j, t->as_of);
	put_count(j, "horizon", t->horizon);
	put_count(j, "policy_version", t->policy_version);
	json_pair(j, "verdict", text_of(backtest_verdict_name(t->verdict)));
	json_pair(j, "text", text_of(backtest_verdict_text(t, text)));
	put_count(j, "months", t->months);
	json_key(j, "first");
	json_day(j, t->first);
	json_key(j, "last");
	json_day(j, t->last);
	put_count(j, "accounts", t->accounts);
	put_count(j, "left", t->left);
	put_count(j, "account_months", t->known);
	put_count(j, "unknown", t->unknown);
	put_count(j, "unknown_left", t->unknown_left);
	put_count(j, "undated", t->undated);
	put_count(j, "one_in", t->every);
	json_key(j, "leaks");
	json_array(j);
	for (int k = 0; k < t->leaks; k++) {
		json_object(j);
		json_pair(j, "input",
			t->leak[k].input >= 0
				? text_of(backtest_input_name(t->leak[k].input))
				: text_of(NULL));
		json_pair(j, "text", text_of(backtest_leak_text(t, &t->leak[k], text)));
		json_end_object(j);
	}
	json_end_array(j);
}

static void put_warnings(struct json *j, const struct backtest *t)
{
	json_key(j, "warnings");
	json_array(j);
	for (int k = 0; k < BACKTEST_WARNINGS; k++) {
		json_object(j);
		put_count(j, "days", backtest_warning_days[k]);
		put_share(j, "recall", &t->warning[k].recall);
		put_share(j, "precision", &t->warning[k].precision);
		put_number(j, "flagged", t->warning[k].flagged);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "lead_time");
	json_object(j);
	put_count(j, "n", t->lead.n);
	put_count(j, "alerted", t->lead.alerted);
	put_number(j, "q1", t->lead.quartile[0]);
	put_number(j, "median", t->lead.quartile[1]);
	put_number(j, "q3", t->lead.quartile[2]);
	put_number(j, "stayed_alerted", t->lead.stayed);
	json_end_object(j);
}

static void put_windows(struct json *j, const struct backtest *t)
{
	static const char *const bands[] = { "unknown", "at_risk", "watch", "healthy" };

	json_key(j, "brier");
	json_object(j);
	put_number(j, "brier", t->brier.brier);
	put_number(j, "of_the_rate", t->brier.base);
	put_number(j, "rate", t->brier.rate);
	put_number(j, "said", t->brier.p);
	put_count(j, "n", t->brier.n);
	put_count(j, "windows", t->windows);
	json_end_object(j);
	json_key(j, "bands");
	json_array(j);
	for (int b = 0; b < 4; b++) {
		json_object(j);
		json_pair(j, "band", text_of(bands[b]));
		put_share(j, "left", &t->band[b].left);
		put_number(j, "said", t->band[b].p);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "nps");
	json_array(j);
	for (int k = 0; k < 4; k++) {
		json_object(j);
		json_pair(j, "answer", text_of(backtest_answer_name[k]));
		put_share(j, "left", &t->nps[k]);
		json_end_object(j);
	}
	json_end_array(j);
	put_count(j, "nps_days", BACKTEST_SURVEY_DAYS);
	put_count(j, "nps_windows", t->long_windows);
}

static void put_inputs(struct json *j, const struct backtest *t)
{
	json_key(j, "components");
	json_array(j);
	for (int k = 0; k < BACKTEST_INPUTS; k++) {
		const struct backtest_input *x = &t->input[k];

		json_object(j);
		json_pair(j, "component", text_of(backtest_input_name(k)));
		put_auc(j, "auc", &x->auc);
		put_share(j, "known_left", &x->there_left);
		put_share(j, "known_stayed", &x->there_stayed);
		put_number(j, "weight", x->weight);
		json_key(j, "counts");
		json_bool(j, !x->undated);
		json_key(j, "leaks");
		json_bool(j, x->leaks);
		json_end_object(j);
	}
	json_end_array(j);
}

static void put_proposal(struct json *j, const struct backtest_proposal *p)
{
	json_key(j, "proposal");
	if (!p->made) {
		json_null(j);
		return;
	}
	json_object(j);
	json_key(j, "weights");
	json_object(j);
	for (int c = 0; c < COMP_COUNT; c++) {
		json_key(j, component_name[c]);
		json_object(j);
		put_count(j, "now", p->now[c]);
		put_count(j, "then", p->then[c]);
		json_key(j, "held");
		json_bool(j, p->held[c]);
		json_end_object(j);
	}
	json_end_object(j);
	put_number(j, "ridge", p->ridge);
	put_auc(j, "auc_now", &p->auc_now);
	put_auc(j, "auc_then", &p->auc_then);
	put_number(j, "gain", p->gain.gain);
	put_number(j, "gain_low", p->gain.low);
	put_number(j, "gain_high", p->gain.high);
	json_key(j, "better");
	json_bool(j, p->better);
	put_number(j, "floor", p->curve_then.floor);
	put_number(j, "span", p->curve_then.span);
	put_number(j, "mean_now", p->mean_now);
	put_number(j, "mean_then", p->mean_then);
	put_number(j, "brier_now", p->brier_now);
	put_number(j, "brier_then", p->brier_then);
	json_key(j, "sharper");
	json_bool(j, p->sharper);
	json_key(j, "other_band");
	if (p->tried)
		json_int(j, p->other_band);
	else
		json_null(j);
	json_key(j, "other_tier");
	if (p->tiers_tried)
		json_int(j, p->other_tier);
	else
		json_null(j);
	json_end_object(j);
}

static enum status put_greens(
	struct json *j, struct book *b, const struct backtest *t, struct err *e)
{
	enum status st = ST_OK;
	struct arena a;

	arena_init(&a);
	put_count(j, "gone", t->gone);
	json_key(j, "green");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < t->greens; k++) {
		struct list_row row;

		st = book_rows(b, &t->green[k].account, 1, &a, &row, e);
		if (st != ST_OK)
			break;
		json_object(j);
		json_pair(j, "id", row.id);
		json_pair(j, "name", row.name);
		json_key(j, "left_on");
		json_day(j, t->green[k].left);
		json_key(j, "day");
		json_day(j, t->green[k].day);
		put_count(j, "health", t->green[k].health);
		json_key(j, "health_before");
		json_id(j, t->green[k].before);
		json_end_object(j);
		arena_clear(&a);
	}
	json_end_array(j);
	arena_clear(&a);
	return st;
}

static void put_rules(struct json *j, const struct backtest *t)
{
	char text[BACKTEST_TEXT_MAX];

	json_key(j, "rules");
	json_array(j);
	for (int k = 0; backtest_rule_text(t, k, text); k++)
		json_text(j, text_of(text));
	json_end_array(j);
}

enum status backtest_json(struct book *b, const struct backtest *t, struct err *e)
{
	struct json doc, *j = &doc;
	enum status st;

	call_json(j);
	json_object(j);
	put_head(j, t);
	if (t->verdict != BACKTEST_TOO_FEW) {
		put_auc(j, "auc", &t->auc);
		put_auc(j, "auc_shrank", &t->shrank);
		put_auc(j, "auc_recorded", &t->recorded);
		json_key(j, "lift");
		json_object(j);
		put_number(j, "lift", t->lift.lift);
		put_number(j, "left", t->lift.left);
		put_count(j, "n", t->lift.n);
		put_number(j, "rate", t->lift.rate);
		put_number(j, "base", t->lift.base);
		json_end_object(j);
		put_warnings(j, t);
		put_windows(j, t);
		put_inputs(j, t);
	}
	st = put_greens(j, b, t, e);
	put_proposal(j, &t->proposal);
	put_rules(j, t);
	json_end_object(j);
	return call_json_end(j, st, e);
}
