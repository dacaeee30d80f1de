#include "cli/policy_diff.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/rows.h"
#include "core/json.h"
#include "core/policy_trial.h"

/* What is asked about. */
struct diff {
	struct book *b;
	const struct policy *was, *is;
	const struct policy_effect *x;
};

static enum status key_of(const struct diff *d, uint32_t account, struct arena *a,
	struct text *id, struct err *e)
{
	struct store *s = book_store(d->b);

	arena_clear(a);
	return s->ops->key(s, REC_ACCOUNT, account, a, id, e);
}

/* ---- text ------------------------------------------------------------------------ */

static void print_change(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	(void)arg;
	printf("[%s] %s: %s -> %s\n", section, key, was, is);
}

static void print_line(void *arg, enum policy_line about, bool changed, const char *text)
{
	(void)arg;
	(void)changed;
	printf("%s%s\n", about == POLICY_SAYS_MOVES ? "" : "  ", text);
}

static void tier_text(uint8_t tier, char out[8])
{
	if (tier)
		snprintf(out, 8, "%u", tier);
	else
		snprintf(out, 8, "--");
}

static enum status print_moves(const struct diff *d, struct err *e)
{
	static const char *const titles[] = { "Account", "Name", "Now", "In force",
		"Then", "_Why" };
	struct table *t = malloc(sizeof(*t));
	enum status st = ST_OK, ended;
	struct arena a;

	if (!t)
		return err_set(e, ST_NOMEM, "not enough memory");
	arena_init(&a);
	rows_table(t, 6, titles);
	for (uint32_t k = 0; st == ST_OK && k < d->x->moves; k++) {
		const struct policy_move *m = &d->x->move[k];
		char key[256], name[256], now[8], was[8], is[8], why[POLICY_WHY_MAX];
		const char *cells[] = { key, name, now, was, is, why };
		struct list_row row;

		arena_clear(&a);
		st = book_rows(d->b, &m->account, 1, &a, &row, e);
		if (st != ST_OK)
			break;
		snprintf(key, sizeof(key), "%.*s", (int)row.id.n, row.id.s);
		snprintf(name, sizeof(name), "%.*s", (int)row.name.n, row.name.s);
		tier_text(m->now, now);
		tier_text(m->was, was);
		tier_text(m->is, is);
		policy_move_why(d->was, d->is, m, why);
		st = table_row(t, cells, e);
	}
	ended = table_finish(t, st == ST_OK ? e : NULL);
	arena_clear(&a);
	free(t);
	return st == ST_OK ? ended : st;
}

static enum status print_text(const struct diff *d, struct err *e)
{
	enum status st = ST_OK;

	policy_compare(d->was, d->is, print_change, NULL);
	if (d->x->moves)
		st = print_moves(d, e);
	if (st == ST_OK)
		policy_effect_say(d->x, d->is->currency, print_line, NULL);
	return st;
}

/* ---- JSON ------------------------------------------------------------------------ */

static void put_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	json_int(j, v);
}

static void put_change(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct json *j = arg;
	const char *const names[] = { "section", "key", "from", "to" };
	const char *const texts[] = { section, key, was, is };

	json_object(j);
	for (int k = 0; k < 4; k++)
		json_pair(j, names[k], text_of(texts[k]));
	json_end_object(j);
}

static void put_bands(struct json *j, const struct policy_side *s)
{
	static const char *const names[] = { "unknown", "at_risk", "watch", "healthy" };

	json_key(j, "bands");
	json_object(j);
	for (int k = BAND_UNKNOWN; k <= BAND_HEALTHY; k++)
		put_int(j, names[k], s->band[k]);
	json_end_object(j);
}

/* What a review would leave; null where none is possible. */
static void put_left(
	struct json *j, const char *key, const struct policy_effect *x, uint32_t n)
{
	json_key(j, key);
	if (x->reviewed)
		json_int(j, n);
	else
		json_null(j);
}

static void put_side(struct json *j, const char *key, const struct policy_effect *x,
	const struct policy_side *s)
{
	json_key(j, key);
	json_object(j);
	put_bands(j, s);
	json_key(j, "tiers");
	json_array(j);
	for (int t = 0; t < TIER_COUNT; t++) {
		json_object(j);
		put_int(j, "tier", t + 1);
		put_int(j, "accounts", s->in_tier[t + 1]);
		put_int(j, "arr_cents", s->arr_in_tier[t + 1]);
		put_int(j, "limit", s->limit[t]);
		put_int(j, "by_score", s->by_score[t]);
		put_int(j, "heads", s->heads[t].target);
		json_end_object(j);
	}
	json_end_array(j);
	put_left(j, "waiting", x, s->waiting);
	put_left(j, "falling", x, s->falling);
	put_int(j, "heads_needed", s->heads_needed);
	put_int(j, "at_risk_cents", s->at_risk);
	json_end_object(j);
}

static void put_alerts(struct json *j, const struct policy_effect *x)
{
	json_key(j, "alerts");
	json_array(j);
	for (int k = 0; x->alerted && k < ALERT_KINDS; k++) {
		json_object(j);
		json_pair(j, "kind", text_of(alert_kinds[k].name));
		put_int(j, "before", x->was.alert[k]);
		put_int(j, "after", x->is.alert[k]);
		put_int(j, "opens", x->opens[k]);
		put_int(j, "resolves", x->resolves[k]);
		json_end_object(j);
	}
	json_end_array(j);
}

static void put_health(struct json *j, const char *key, uint8_t health)
{
	json_key(j, key);
	if (health >= 1 && health <= 100)
		json_int(j, health);
	else
		json_null(j);
}

static enum status put_moves(struct json *j, const struct diff *d, struct err *e)
{
	enum status st = ST_OK;
	struct arena a;

	arena_init(&a);
	json_key(j, "moves");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < d->x->moves; k++) {
		const struct policy_move *m = &d->x->move[k];
		char why[POLICY_WHY_MAX];
		struct text id;

		st = key_of(d, m->account, &a, &id, e);
		if (st != ST_OK)
			break;
		json_object(j);
		json_pair(j, "account", id);
		json_key(j, "now");
		json_id(j, m->now);
		json_key(j, "from");
		json_id(j, m->was);
		json_key(j, "to");
		json_id(j, m->is);
		json_key(j, "tier_score_from");
		json_number(j, m->score_was, 4);
		json_key(j, "tier_score_to");
		json_number(j, m->score_is, 4);
		put_health(j, "health_from", m->health_was);
		put_health(j, "health_to", m->health_is);
		json_pair(j, "reason", text_of(policy_move_why(d->was, d->is, m, why)));
		json_end_object(j);
	}
	json_end_array(j);
	arena_clear(&a);
	return st;
}

static enum status print_json(const struct diff *d, struct err *e)
{
	struct json j;
	enum status st;

	call_json(&j);
	json_object(&j);
	json_key(&j, "as_of");
	json_day(&j, d->x->as_of);
	put_int(&j, "version", book_policy_version(d->b));
	json_key(&j, "changes");
	json_array(&j);
	policy_compare(d->was, d->is, put_change, &j);
	json_end_array(&j);
	put_int(&j, "active", d->x->active);
	put_int(&j, "better", d->x->better);
	put_int(&j, "worse", d->x->worse);
	json_key(&j, "health_shift");
	json_number(&j, d->x->shift, 4);
	json_key(&j, "heads_present");
	json_exact(&j, d->x->heads_present);
	put_side(&j, "before", d->x, &d->x->was);
	put_side(&j, "after", d->x, &d->x->is);
	put_alerts(&j, d->x);
	st = put_moves(&j, d, e);
	json_end_object(&j);
	return call_json_end(&j, st, e);
}

/* ---- both ------------------------------------------------------------------------ */

static enum status try_it(
	struct call *c, struct policy_trial *t, struct diff *d, struct err *e)
{
	enum status st;

	policy_trial_set(t, d->is);
	st = policy_trial_finish(t, e);
	if (st != ST_OK)
		return st;
	d->x = policy_trial_effect(t);
	c->answer_no = d->x->moves > 0;
	return c->format == FORMAT_JSON ? print_json(d, e) : print_text(d, e);
}

enum status policy_diff(
	struct call *c, struct book *b, const struct policy *p, struct err *e)
{
	const struct policy own = *book_policy(b);
	struct diff d = { b, &own, p, NULL };
	struct store *s = book_store(b);
	struct policy_trial *t = NULL;
	enum status st = s->ops->hold(s, e); /* all of it is of one state of the book */

	if (st != ST_OK)
		return st;
	st = policy_trial_new(b, &t, e);
	if (st == ST_OK)
		st = try_it(c, t, &d, e);
	policy_trial_free(&t);
	s->ops->release(s);
	return st;
}
