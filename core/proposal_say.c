/* What a proposal adds up to, in sentences. */
#include "core/proposal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/convert.h"

enum { NAME_SHOWN = 40 };

static double in_books(int64_t hundredths)
{
	return (double)hundredths / 100;
}

/* How good it is, against the least that would do. */
static void say_proof(const struct proposal *p, char line[CAPACITY_TEXT_MAX])
{
	const double cost = (double)p->cost / REBALANCE_UNIT;
	const double least = (double)p->bound / REBALANCE_UNIT;

	if (p->optimal)
		snprintf(line, CAPACITY_TEXT_MAX, "no other way takes less");
	else if (least >= cost)
		snprintf(line, CAPACITY_TEXT_MAX, "the least for books as full as these");
	else if (least > 0) /* never less than it may be */
		snprintf(line, CAPACITY_TEXT_MAX, "within %.1f %% of the least%s",
			ceil(1000 * (cost - least) / least - 1e-9) / 10,
			p->limited ? " (of that without the limits on moves, which are "
				     "used up)"
				   : "");
	else
		snprintf(line, CAPACITY_TEXT_MAX, "how much less would do is not known");
}

/* How many moves begin, or end, at each row; of the pool behind the last one. */
static uint32_t *count_moves(const struct proposal *p, bool ends)
{
	uint32_t *n = calloc((size_t)p->before->rows + 1, sizeof(*n));

	for (uint32_t k = 0; n && k < p->moves; k++) {
		const uint32_t row = ends ? p->move[k].to : p->move[k].from;

		n[row == CAPACITY_POOL ? p->before->rows : row]++;
	}
	return n;
}

/* "28 from Theo Jansen, 12 from the pool, 4 from others": most first. */
static void say_ends(const struct proposal *p, bool ends, char line[CAPACITY_TEXT_MAX])
{
	enum { NAMED = 3 };
	const char *way = ends ? "to" : "from";
	const uint32_t rows = p->before->rows;
	uint32_t *n = count_moves(p, ends), left = p->moves;
	size_t at = 0;

	line[0] = '\0';
	for (int i = 0; n && left && i < NAMED; i++) {
		struct text name = TEXT("the pool");
		uint32_t most = 0;

		for (uint32_t k = 1; k <= rows; k++)
			most = n[k] > n[most] ? k : most;
		if (most < rows)
			name = p->before->row[most].name;
		at += (size_t)snprintf(line + at, CAPACITY_TEXT_MAX - at, "%s%u %s %.*s",
			i ? ", " : "", n[most], way, convert_shown(name, NAME_SHOWN),
			name.s);
		left -= n[most];
		n[most] = 0;
	}
	if (left && at)
		snprintf(line + at, CAPACITY_TEXT_MAX - at, ", %u %s others", left, way);
	free(n);
}

/* What it is made of, and whether less would do. */
static void say_moves(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	char ends[CAPACITY_TEXT_MAX], proof[CAPACITY_TEXT_MAX];
	char line[2 * CAPACITY_TEXT_MAX + 32];

	if (!p->moves) {
		fn(arg, CAPACITY_SAYS,
			p->obstacles ? "nothing can move"
			: p->overs   ? "nothing that can move makes it better"
				     : "nothing has to move");
		return;
	}
	say_ends(p, false, ends);
	snprintf(line, sizeof(line), "%u move%s: %s", p->moves, TEXT_S(p->moves), ends);
	fn(arg, CAPACITY_SAYS, line);
	say_ends(p, true, ends);
	say_proof(p, proof);
	snprintf(line, sizeof(line), "%s; %s", ends, proof);
	fn(arg, CAPACITY_SAYS, line);
}

static uint32_t books(const struct capacity *c, enum capacity_state state)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < c->rows; k++)
		n += c->row[k].load.state == state;
	return n;
}

/* What was none and stays none is not said, but that all is. */
static void say_books(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	const struct {
		const char *what;
		uint32_t before, after;
	} rows[] = { { "books over their limits", books(p->before, CAPACITY_OVER),
			     books(p->after, CAPACITY_OVER) },
		{ "books under the least", books(p->before, CAPACITY_UNDER),
			books(p->after, CAPACITY_UNDER) },
		{ "no owner", p->before->unowned[0] + p->before->unowned[1],
			p->after->unowned[0] + p->after->unowned[1] } };
	char line[CAPACITY_TEXT_MAX] = "";

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].before || rows[i].after)
			text_add(line, sizeof(line), "%s%s %u -> %u", *line ? "; " : "",
				rows[i].what, rows[i].before, rows[i].after);
	fn(arg, CAPACITY_SAYS,
		*line ? line : "no book is over its limits or under the least");
}

/* Why others stay. */
static void say_held(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	const struct {
		uint32_t n;
		const char *why;
	} rows[] = { { p->held.renewal, "by a renewal" },
		{ p->held.critical, "by a critical alert" }, { p->held.locked, "locked" },
		{ p->held.pinned, "as you said" } };
	char line[CAPACITY_TEXT_MAX] = "";

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].n)
			text_add(line, sizeof(line), "%s%u %s",
				*line ? ", " : "not moved: ", rows[i].n, rows[i].why);
	if (p->interrupted)
		text_add(line, sizeof(line), "%sended early: the best until then",
			*line ? "; " : "");
	if (*line)
		fn(arg, CAPACITY_SAYS, line);
}

/* The one whose book alone is handed over. */
static void say_only(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	char line[CAPACITY_TEXT_MAX];

	for (uint32_t k = 0; k < p->before->rows; k++) {
		const struct text name = p->before->row[k].name;

		if (!p->only || p->before->row[k].csm != p->only)
			continue;
		snprintf(line, sizeof(line),
			"the book of %.*s alone: the others give nothing away",
			convert_shown(name, NAME_SHOWN), name.s);
		fn(arg, CAPACITY_SAYS, line);
	}
}

void proposal_nobody_text(const struct proposal *p, char out[CAPACITY_TEXT_MAX])
{
	const struct proposal_nobody x = proposal_nobody(p);
	const uint32_t *of = x.asking;
	char money[MONEY_TEXT_MAX];
	size_t n = 0;

	out[0] = '\0';
	for (int t = 0; t < CAPACITY_NAMED; t++)
		if (of[t])
			n += (size_t)snprintf(out + n, CAPACITY_TEXT_MAX - n,
				"%s%u of tier %d", n ? " and " : "", of[t], t + 1);
	if (n)
		snprintf(out + n, CAPACITY_TEXT_MAX - n, ", %s ARR",
			money_said(x.arr, p->before->policy.currency, money));
}

static void say_nobody(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	char asking[CAPACITY_TEXT_MAX], line[CAPACITY_TEXT_MAX + 80];

	proposal_nobody_text(p, asking);
	if (!*asking)
		return;
	snprintf(line, sizeof(line), "%s, lose their owner and get no other", asking);
	fn(arg, CAPACITY_WARNS, line);
	if (!*p->urgent)
		return;
	snprintf(line, sizeof(line),
		"of these, a critical alert is open or the renewal near: %s", p->urgent);
	fn(arg, CAPACITY_WARNS, line);
}

/* "Ana stays over at 102 %: of 43 accounts 3 held, 40 nobody else serves" */
static size_t say_stays(const struct proposal *p, const struct proposal_over *o,
	char line[CAPACITY_TEXT_MAX])
{
	const struct capacity_row *r = &p->after->row[o->row];
	const uint32_t rest = o->accounts - o->held - o->unserved;
	size_t n = (size_t)snprintf(line, CAPACITY_TEXT_MAX, "%.*s stays over at %.0f %%",
		convert_shown(r->name, NAME_SHOWN), r->name.s,
		capacity_percent(capacity_fills(&r->load)));

	if (r->share < 1)
		n += (size_t)snprintf(line + n, CAPACITY_TEXT_MAX - n, " of %.0f %%",
			capacity_percent(r->share));
	n += (size_t)snprintf(line + n, CAPACITY_TEXT_MAX - n,
		": of %u account%s %u held", o->accounts, TEXT_S(o->accounts), o->held);
	if (o->unserved)
		n += (size_t)snprintf(line + n, CAPACITY_TEXT_MAX - n,
			", %u nobody else serves", o->unserved);
	if (rest)
		n += (size_t)snprintf(line + n, CAPACITY_TEXT_MAX - n,
			", no room%s for %u", p->limited ? " or moves left" : "", rest);
	return n;
}

/* The one that is over most, and how many more there are. */
static void say_over(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	const struct proposal_over *worst = p->over;
	char line[CAPACITY_TEXT_MAX];
	size_t n;

	for (uint32_t k = 1; k < p->overs; k++)
		if (p->after->row[p->over[k].row].load.over >
			p->after->row[worst->row].load.over)
			worst = &p->over[k];
	if (!p->overs)
		return;
	n = say_stays(p, worst, line);
	if (p->overs > 1)
		snprintf(line + n, sizeof(line) - n, " (+%u more)", p->overs - 1);
	fn(arg, CAPACITY_WARNS, line);
}

void proposal_say(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	char line[CAPACITY_TEXT_MAX];

	say_moves(p, fn, arg);
	say_only(p, fn, arg);
	say_books(p, fn, arg);
	say_nobody(p, fn, arg);
	say_over(p, fn, arg);
	if (p->claims) {
		snprintf(line, sizeof(line),
			"%u open task%s claimed by somebody who is not there go%s back "
			"to "
			"the owner%s of the account%s",
			p->claims, TEXT_S(p->claims), p->claims == 1 ? "es" : "",
			TEXT_S(p->claims), TEXT_S(p->claims));
		fn(arg, CAPACITY_SAYS, line);
	}
	say_held(p, fn, arg);
}

/* ---- how the figures come about ---- */

static void explain_cost(const struct proposal *p, const struct proposal_move *m,
	char line[CAPACITY_TEXT_MAX])
{
	const double *n = p->before->policy.number;
	const double weight = n[POLICY_REBALANCE_MOVE_1 + m->tier - 1];
	const double cost = (double)m->cost / REBALANCE_UNIT;
	double all = 0, share;

	for (int t = 0; t < TIER_COUNT; t++)
		all += (double)p->before->heads[t].arr;
	share = all > 0 ? 100 * (double)m->arr / all : 0;
	snprintf(line, CAPACITY_TEXT_MAX,
		"this move weighs %.2f = %s%g for tier %d + %.2f for %.2f %% of all "
		"ARR%s",
		cost, cost > 1.5 * (weight + share) ? "2 x (" : "", weight, m->tier,
		share, share,
		cost > 1.5 * (weight + share) ? "), since its owner changed lately" : "");
}

/* The books that are over, or are not there and have some: what they add up to. */
static void explain_over(const struct proposal *p, capacity_line_fn fn, void *arg)
{
	for (uint32_t k = 0; k < p->before->rows; k++) {
		const struct capacity_row *r = &p->before->row[k];
		char line[CAPACITY_TEXT_MAX];

		if (!(r->load.over > 0))
			continue;
		snprintf(line, sizeof(line),
			"%.*s is over: %.1f %% of a whole book by accounts, %.1f %% by "
			"ARR, of "
			"%.0f %%",
			convert_shown(r->name, NAME_SHOWN), r->name.s,
			100 * r->load.count_max, 100 * r->load.arr_max,
			capacity_percent(r->share));
		fn(arg, CAPACITY_SAYS, line);
	}
}

void proposal_explain(const struct proposal *p, const struct proposal_move *m,
	capacity_line_fn fn, void *arg)
{
	const struct rebalance_score *was = &p->score_before, *is = &p->score_after;
	char line[CAPACITY_TEXT_MAX];

	if (m) {
		explain_cost(p, m, line);
		fn(arg, CAPACITY_SAYS, line);
	}
	snprintf(line, sizeof(line),
		"%u move%s of weight %.2f (tier, ARR); at least %.2f", p->moves,
		TEXT_S(p->moves), (double)p->cost / REBALANCE_UNIT,
		(double)p->bound / REBALANCE_UNIT);
	fn(arg, CAPACITY_SAYS, line);
	snprintf(line, sizeof(line),
		"above limits %.2f -> %.2f books, below least %.2f -> %.2f",
		in_books(was->over), in_books(is->over), in_books(was->under),
		in_books(is->under));
	fn(arg, CAPACITY_SAYS, line);
	fn(arg, CAPACITY_SAYS,
		"the weight is the sum of the moves; the least is proven for all "
		"proposals that break the limits as little, not an estimate");
	fn(arg, CAPACITY_SAYS,
		"above limits: what is too much, for each book by accounts and by ARR, "
		"in "
		"hundredths of a whole book begun, all added up; of somebody who is not "
		"there "
		"all counts, and each account a hundredth more");
	explain_over(p, fn, arg);
	for (uint32_t k = 0; k < p->overs; k++) {
		say_stays(p, &p->over[k], line);
		fn(arg, CAPACITY_SAYS, line);
	}
	fn(arg, CAPACITY_SAYS,
		"below least: what is missing to the lower limits, likewise; no "
		"owner: "
		"accounts of "
		"tiers with named owners that nobody has");
}
