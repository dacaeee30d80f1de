/* capacity: bands, load, heads needed, and the same if something were otherwise. */
#include "cli/verbs.h"

#include <stdlib.h>
#include <string.h>

#include "cli/capacity_out.h"
#include "cli/table.h"
#include "core/capacity_text.h"
#include "core/change.h"

/* ---- the what-if ---- */

enum { SET_MAX = 2048, PARTS_MAX = 256 };

struct asked {
	struct capacity_what_if what;
	struct policy policy;
	struct capacity_change change[PARTS_MAX];
};

/* The first of some parts with commas between; false: there is none. */
static bool next_part(struct text *rest, struct text *part)
{
	size_t n = 0;

	if (rest->n == 0)
		return false;
	while (n < rest->n && rest->s[n] != ',')
		n++;
	*part = text_trim((struct text){ rest->s, n });
	n += n < rest->n;
	*rest = (struct text){ rest->s + n, rest->n - n };
	return true;
}

/* "tier1_target=12,tier2_pooled=1": the [capacity] of a policy on one line. */
static enum status take_set(
	const struct call *c, struct book *b, struct asked *q, struct err *e)
{
	struct text rest = text_of(c->option[OPT_SET]), part;
	char ini[SET_MAX + 32] = "[capacity]\n";
	size_t n = strlen(ini);

	if (rest.n > SET_MAX / 2 || memchr(rest.s, '\n', rest.n))
		return err_set(e, ST_USAGE, "--set: KEY=VALUE, with commas between");
	while (next_part(&rest, &part)) {
		memcpy(ini + n, part.s, part.n);
		n += part.n;
		ini[n++] = '\n';
	}
	ini[n] = '\0';
	q->what.policy = &q->policy;
	return policy_merge(book_policy(b), ini, "--set", &q->policy, NULL, e);
}

/* "Ana=0.5,Ben=0" */
static enum status take_share(
	struct book *b, struct asked *q, struct text part, struct err *e)
{
	const char *equals = memchr(part.s, '=', part.n);
	struct capacity_change *to = &q->change[q->what.changed_n];
	struct cell csm = { .type = CELL_MISSING };
	struct text name, number;
	enum status st;

	if (!equals)
		return err_set(e, ST_USAGE,
			"--share %.*s: NAME=N, N of a whole book from 0 (away) to 1",
			(int)part.n, part.s);
	name = text_trim((struct text){ part.s, (size_t)(equals - part.s) });
	number = text_trim(
		(struct text){ equals + 1, part.n - (size_t)(equals + 1 - part.s) });
	if (q->what.changed_n == PARTS_MAX)
		return err_set(e, ST_USAGE, "--share: at most %d CSMs", PARTS_MAX);
	if (!number_parse(number, '.', &to->share, NULL) || to->share < 0 ||
		to->share > 1)
		return err_set(e, ST_USAGE,
			"--share %.*s: from 0 (away) to 1 (a whole book)", (int)part.n,
			part.s);
	st = change_parse(b, REC_ACCOUNT, F_CSM, name, &csm, e);
	if (st == ST_OK && csm.type != CELL_INT)
		st = err_set(e, ST_USAGE, "--share: the pool is nobody");
	if (st == ST_OK)
		to->csm = (uint32_t)csm.i;
	q->what.changed_n += st == ST_OK;
	return st;
}

/* Percent of the active accounts, as the policy's caps are. */
static enum status take_cap(const struct call *c, enum option o, uint32_t active,
	uint32_t *size, bool *sized, struct err *e)
{
	double pct;

	if (!c->option[o])
		return ST_OK;
	if (!number_parse(text_of(c->option[o]), '.', &pct, NULL) || pct < 0 || pct > 100)
		return err_set(
			e, ST_USAGE, "%s: a percentage from 0 to 100", c->option[o]);
	*size = tiers_cap((uint32_t)(pct * 100 + 0.5), active);
	*sized = true;
	return ST_OK;
}

static enum status take_sizes(
	const struct call *c, struct book *b, struct asked *q, struct err *e)
{
	static const enum option caps[] = { OPT_T1_CAP, OPT_T2_CAP },
				 sizes[] = { OPT_T1_SIZE, OPT_T2_SIZE };
	struct book_summary s;
	enum status st = book_summary(b, &s, e);

	for (int t = 0; st == ST_OK && t < CAPACITY_NAMED; t++) {
		uint64_t size = 0;

		if (c->option[caps[t]] && c->option[sizes[t]])
			return err_set(e, ST_USAGE,
				"the size of tier %d as a percentage or as a number",
				t + 1);
		st = take_cap(
			c, caps[t], s.active, &q->what.size[t], &q->what.sized[t], e);
		if (st != ST_OK || !c->option[sizes[t]])
			continue;
		st = call_number(c, sizes[t], 0, s.active, &size, e);
		q->what.size[t] = (uint32_t)size;
		q->what.sized[t] = true;
	}
	if (st == ST_OK && (q->what.sized[0] || q->what.sized[1]) &&
		s.figures_day == DAY_NONE)
		return err_set(e, ST_FORBIDDEN,
			"sizes of tiers go by the tier score: `tierdesk recalc` first");
	return st;
}

static enum status read_asked(
	const struct call *c, struct book *b, struct asked *q, struct err *e)
{
	struct text rest, part;
	uint64_t added = 0;
	enum status st = call_number(c, OPT_ADD_CSM, 0, 10000, &added, e);

	q->what.added = (uint32_t)added;
	q->what.changed = q->change;
	if (st == ST_OK && c->option[OPT_SET])
		st = take_set(c, b, q, e);
	if (st == ST_OK)
		st = take_sizes(c, b, q, e);
	rest = text_of(c->option[OPT_SHARE] ? c->option[OPT_SHARE] : "");
	while (st == ST_OK && next_part(&rest, &part))
		st = take_share(b, q, part, e);
	return st;
}

/* ---- as JSON ---- */

static void put_heads(struct json *j, const struct capacity *c, int tier)
{
	const struct capacity_heads *h = &c->heads[tier - 1];
	char conflict[CAPACITY_TEXT_MAX];

	json_object(j);
	json_key(j, "tier");
	json_int(j, tier);
	json_key(j, "accounts");
	json_int(j, h->accounts);
	json_key(j, "arr_cents");
	json_money(j, h->arr);
	json_key(j, "min");
	json_int(j, h->min);
	json_key(j, "target");
	json_int(j, h->target);
	json_key(j, "max");
	if (h->max == CAPACITY_ANY)
		json_null(j);
	else
		json_int(j, h->max);
	json_key(j, "feasible");
	json_bool(j, h->feasible);
	json_key(j, "conflict");
	if (h->feasible)
		json_null(j);
	else
		json_text(j, text_of(capacity_conflict(c, tier, conflict)));
	json_key(j, "pooled");
	json_bool(j, h->pooled);
	json_end_object(j);
}

static void put_line(void *arg, enum capacity_line kind, const char *text)
{
	static const char *const names[] = { "says", "asks", "warns" };
	struct json *j = arg;

	json_object(j);
	json_key(j, "kind");
	json_text(j, text_of(names[kind]));
	json_key(j, "text");
	json_text(j, text_of(text));
	json_end_object(j);
}

static enum status as_json(const struct capacity *c, struct err *e)
{
	struct json *j = malloc(sizeof(*j));
	enum status st;

	if (!j)
		return err_set(e, ST_NOMEM, "not enough memory");
	json_init(j, call_sink, stdout);
	json_object(j);
	json_key(j, "csms");
	json_array(j);
	for (uint32_t k = 0; k < c->rows; k++)
		capacity_out_row(j, &c->row[k]);
	json_end_array(j);
	json_key(j, "pool");
	capacity_out_row(j, &c->pool);
	json_key(j, "heads");
	json_array(j);
	for (int tier = 1; tier <= TIER_COUNT; tier++)
		put_heads(j, c, tier);
	json_end_array(j);
	json_key(j, "heads_needed");
	json_int(j, c->heads_needed);
	json_key(j, "heads_present");
	json_number(j, c->heads_present, 2);
	json_key(j, "as_of");
	json_day(j, c->as_of);
	json_key(j, "lines");
	json_array(j);
	capacity_say(c, put_line, j);
	json_end_array(j);
	json_end_object(j);
	st = json_finish(j, e);
	free(j);
	return st;
}

/* ---- as text ---- */

enum { COLUMNS = 13, CELL_MAX = 96 };

static const char *marks(const struct capacity_row *r)
{
	return r->crowded && r->mixed ? "crowded, mixed"
	       : r->crowded           ? "crowded"
	       : r->mixed             ? "mixed"
	       : r->proposed          ? "what-if"
				      : "";
}

static enum status put_row(struct table *t, const struct capacity *c,
	const struct capacity_row *r, struct err *e)
{
	const char *symbol = money_symbol(c->policy.currency);
	char cell[COLUMNS][CELL_MAX], money[MONEY_TEXT_MAX];
	const char *cells[COLUMNS];
	const double load =
		r->load.count_max > r->load.arr_max ? r->load.count_max : r->load.arr_max;
	int k = 0;

	symbol = symbol ? symbol : c->policy.currency;
	snprintf(cell[k++], CELL_MAX, "%.*s", (int)r->name.n, r->name.s);
	snprintf(cell[k++], CELL_MAX, "%.3g", r->share);
	for (int tier = 0; tier < TIER_COUNT; tier++) {
		snprintf(cell[k++], CELL_MAX, "%u", r->book.accounts[tier]);
		snprintf(cell[k++], CELL_MAX, "%s",
			money_short(r->book.arr[tier], symbol, money));
	}
	snprintf(cell[k++], CELL_MAX, "%.0f %%", 100 * load);
	snprintf(cell[k++], CELL_MAX, "%.3g", r->hours);
	snprintf(cell[k++], CELL_MAX, "%s", money_short(r->at_risk, symbol, money));
	snprintf(cell[k++], CELL_MAX, "%u", r->renewals);
	snprintf(cell[k++], CELL_MAX, "%s%s%s",
		r == &c->pool ? "" : capacity_state_name[r->load.state],
		*marks(r) ? ", " : "", marks(r));
	if (r == &c->pool)
		for (k = 8; k < 10; k++)
			cell[k][0] = '\0';
	if (r == &c->pool)
		cell[1][0] = '\0';
	for (k = 0; k < COLUMNS; k++)
		cells[k] = cell[k];
	return table_row(t, cells, e);
}

static void print_line(void *arg, enum capacity_line kind, const char *text)
{
	static const char *const marked[] = { "  ", "? ", "! " };
	char safe[4 * CAPACITY_TEXT_MAX];

	(void)arg;
	text_sanitise(text_of(text), safe, sizeof(safe), CAPACITY_TEXT_MAX, false);
	printf("%s%s\n", marked[kind], safe);
}

static enum status as_text(const struct capacity *c, struct err *e)
{
	static const char *const titles[COLUMNS] = { "csm", "+share", "+tier 1", "+ARR",
		"+tier 2", "+ARR", "+tier 3", "+ARR", "+load", "+h/week", "+at risk",
		"+frozen", "state" };
	struct table t;
	enum status st = ST_OK, ended;

	table_init(&t, COLUMNS, titles, call_sink, stdout);
	for (uint32_t k = 0; st == ST_OK && k < c->rows; k++)
		st = put_row(&t, c, &c->row[k], e);
	if (st == ST_OK)
		st = put_row(&t, c, &c->pool, e);
	ended = table_finish(&t, st == ST_OK ? e : NULL);
	if (st != ST_OK || ended != ST_OK)
		return st != ST_OK ? st : ended;
	printf("\n");
	capacity_say(c, print_line, NULL);
	return ST_OK;
}

enum status verb_capacity(struct call *c, struct err *e)
{
	struct asked *q = calloc(1, sizeof(*q));
	struct capacity *found = NULL;
	struct book *b = NULL;
	enum status st = q ? call_book(c, false, &b, e)
			   : err_set(e, ST_NOMEM, "not enough memory");

	if (st == ST_OK)
		st = read_asked(c, b, q, e);
	if (st == ST_OK)
		st = book_capacity(b, &q->what, &found, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? as_json(found, e) : as_text(found, e);
	capacity_free(&found);
	book_free(&b);
	free(q);
	return st;
}
