/* Of a proposal: why an account finds no book, and which ones have one reason in common.
 */
#include "core/proposal_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"

enum { NAME_SHOWN = 40, PLACE_MAX = SERVING_LIMITS * (NAME_SHOWN + 12) + 1 };

/* "EMEA", "EMEA, Enterprise, German": what limits who serves it; "": nothing does. */
static const char *place_of(
	const struct proposal_problem *q, uint32_t i, char out[PLACE_MAX])
{
	const struct serving_as *as = &q->served_as[q->reach[i]];
	size_t n = 0;

	*out = '\0';
	for (int l = 0; l < SERVING_LIMITS; l++) {
		const enum account_text which = serving_text((enum serving_limit)l);
		struct text word;

		if (as->number[l] == TEXTS_NONE || n >= PLACE_MAX)
			continue;
		word = q->b->texts.of[which].spelled[as->number[l]];
		n += (size_t)snprintf(out + n, PLACE_MAX - n, "%s%.*s", n ? ", " : "",
			convert_shown(word, NAME_SHOWN), word.s);
	}
	return out;
}

/* Of those who serve it, and of those who do not, the one with most room. */
struct serving {
	const struct capacity_row *best, *other;
	uint32_t n;
};

/* How full a book is, of what its CSM takes. */
static double fullness(const struct capacity_row *r)
{
	return capacity_fills(&r->load) / r->share;
}

/* but: a row that is none of them. */
static struct serving who_serves(const struct proposal_problem *q,
	const struct capacity *after, uint32_t i, uint32_t but)
{
	const uint8_t *serves =
		q->reaches + (size_t)q->item[q->item_of[i]].reach * q->c->rows;
	struct serving s = { .n = 0 };

	for (uint32_t j = 0; j < q->c->rows; j++) {
		const struct capacity_row *r = &after->row[j];
		const struct capacity_row **to = serves[j] ? &s.best : &s.other;

		if (!(r->share > 0) || r->leaves || j == but)
			continue;
		s.n += serves[j];
		if (!*to || fullness(r) < fullness(*to))
			*to = r;
	}
	return s;
}

static void say_nobody(
	const struct proposal_problem *q, const struct serving *s, uint32_t i, char *out)
{
	char place[PLACE_MAX];

	if (s->n && !s->other)
		snprintf(out, PROPOSAL_TEXT_MAX, "nobody has room for it");
	else if (!*place_of(q, i, place))
		snprintf(out, PROPOSAL_TEXT_MAX, "nobody who %s",
			s->n ? "serves it has room" : "is there serves it");
	else
		snprintf(out, PROPOSAL_TEXT_MAX,
			s->n ? "nobody who serves %s has room"
			     : "nobody who is there serves %s",
			place);
}

void proposal_text_nobody(const struct proposal_problem *q, const struct proposal *p,
	uint32_t i, char out[PROPOSAL_TEXT_MAX])
{
	const struct serving s = who_serves(q, p->after, i, CAPACITY_POOL);

	say_nobody(q, &s, i, out);
}

void proposal_text_no_room(const struct proposal_problem *q, const struct proposal *p,
	uint32_t i, char out[PROPOSAL_TEXT_MAX])
{
	const struct serving s = who_serves(q, p->after, i, CAPACITY_POOL);
	size_t n;

	say_nobody(q, &s, i, out);
	n = strlen(out);
	if (s.best)
		n += (size_t)snprintf(out + n, PROPOSAL_TEXT_MAX - n,
			": %s%.*s is full to %.0f %%", s.n > 1 ? "the emptiest, " : "",
			convert_shown(s.best->name, NAME_SHOWN), s.best->name.s,
			capacity_percent(fullness(s.best)));
	if (s.best && s.other && fullness(s.other) < fullness(s.best) &&
		n < PROPOSAL_TEXT_MAX)
		snprintf(out + n, PROPOSAL_TEXT_MAX - n,
			"; %.*s, with %.0f %%, does not serve it",
			convert_shown(s.other->name, NAME_SHOWN), s.other->name.s,
			capacity_percent(fullness(s.other)));
}

/* ---- why the new owner ---- */

/* "serves EMEA" of one, "3 who serve EMEA" of more: what those who could have in common.
 */
static void say_common(const struct proposal_problem *q, const struct proposal_move *m,
	uint32_t n, char out[PLACE_MAX + 32])
{
	const uint32_t i = m->account - 1, item = q->item_of[i];
	const char *others = m->from == CAPACITY_POOL ? "" : "others ";
	char place[PLACE_MAX], all[24] = "";

	if (n > 1)
		snprintf(all, sizeof(all), "%u %swho ", n, others);
	if (!*place_of(q, i, place))
		snprintf(out, PLACE_MAX + 32, "%s%s there", all, n > 1 ? "are" : "is");
	else
		snprintf(out, PLACE_MAX + 32, "%sserve%s %s", all, n > 1 ? "" : "s",
			q->first[item + 1] - q->first[item] > 1 ? "all its family"
								: place);
}

static bool is_emptiest(const struct serving *s, const struct capacity_row *r)
{
	return fullness(r) < fullness(s->best) + 1e-9;
}

/* What a move weighs is the same whoever gets it: after the limits, that the load is even
 * decides. */
void proposal_text_receiver(const struct proposal_problem *q, const struct proposal *p,
	struct proposal_move *m)
{
	const uint32_t i = m->account - 1;
	const struct capacity_row *was, *is;
	struct serving before, after;
	char common[PLACE_MAX + 32];
	int name;

	if (m->to == CAPACITY_POOL || !q->asked[i] ||
		q->item[q->item_of[i]].pin != REBALANCE_FREE)
		return;
	was = &p->before->row[m->to];
	is = &p->after->row[m->to];
	name = convert_shown(was->name, NAME_SHOWN);
	before = who_serves(q, p->before, i, m->from);
	after = who_serves(q, p->after, i, m->from);
	say_common(q, m, before.n, common);
	if (before.n == 1 && m->from == CAPACITY_POOL)
		snprintf(m->receiver, sizeof(m->receiver), "no other than %.*s %s", name,
			was->name.s, common);
	else if (before.n == 1) /* who had it until now may serve it, too */
		snprintf(m->receiver, sizeof(m->receiver),
			"%.*s is the only other who %s", name, was->name.s, common);
	else if (is_emptiest(&before, was))
		snprintf(m->receiver, sizeof(m->receiver),
			"%.*s, %.0f %% full, is the emptiest of %s", name, was->name.s,
			capacity_percent(fullness(was)), common);
	else if (is_emptiest(&after, is))
		snprintf(m->receiver, sizeof(m->receiver),
			"%.*s, %.0f %% full after all moves, is then the emptiest of %s",
			name, was->name.s, capacity_percent(fullness(is)), common);
	else
		snprintf(m->receiver, sizeof(m->receiver),
			"%.*s, %.0f %% full after all moves, is one of %s; the emptiest, "
			"%.*s, is at %.0f %% then",
			name, was->name.s, capacity_percent(fullness(is)), common,
			convert_shown(after.best->name, NAME_SHOWN), after.best->name.s,
			capacity_percent(fullness(after.best)));
}

/* ---- books that stay over ---- */

static bool others_serve(const struct proposal_problem *q, uint32_t i, uint32_t row)
{
	const uint8_t *serves =
		q->reaches + (size_t)q->item[q->item_of[i]].reach * q->c->rows;

	for (uint32_t j = 0; j < q->c->rows; j++)
		if (j != row && serves[j] && q->share[j] > 0)
			return true;
	return false;
}

static struct proposal_over over_of(
	const struct proposal_problem *q, const uint32_t *row, uint32_t k)
{
	struct proposal_over o = { .row = k };

	for (uint32_t i = 0; i < q->n; i++) {
		if (!q->asked[i] || row[i] != k)
			continue;
		o.accounts++;
		if (q->item[q->item_of[i]].pin != REBALANCE_FREE)
			o.held++;
		else if (!others_serve(q, i, k))
			o.unserved++;
	}
	return o;
}

enum status proposal_list_over(const struct proposal_problem *q, const uint32_t *row,
	struct proposal *p, struct err *e)
{
	p->over = calloc((size_t)q->c->rows + 1, sizeof(*p->over));
	if (!p->over)
		return err_set(e, ST_NOMEM, "not enough memory to rebalance");
	for (uint32_t k = 0; k < q->c->rows; k++)
		if (p->after->row[k].load.state == CAPACITY_OVER)
			p->over[p->overs++] = over_of(q, row, k);
	return ST_OK;
}

/* ---- reasons in common ---- */

static struct proposal_why *find_why(struct proposal *p, const char *why)
{
	for (uint32_t k = 0; k < p->whys; k++)
		if (strcmp(p->obstacle[p->why[k].first].why, why) == 0)
			return &p->why[k];
	return NULL;
}

enum status proposal_list_whys(struct proposal *p, struct err *e)
{
	p->why = calloc((size_t)p->obstacles + 1, sizeof(*p->why));
	if (!p->why)
		return err_set(e, ST_NOMEM, "not enough memory to rebalance");
	for (uint32_t k = 0; k < p->obstacles; k++) {
		struct proposal_why *w = find_why(p, p->obstacle[k].why);

		if (!w) {
			w = &p->why[p->whys++];
			w->first = k;
		}
		w->n++;
		if (p->obstacle[k].arr != MONEY_NONE)
			(void)money_add(w->arr, p->obstacle[k].arr, &w->arr);
	}
	return ST_OK;
}

uint32_t proposal_why_next(const struct proposal *p, uint32_t k)
{
	for (uint32_t i = k + 1; i < p->obstacles; i++)
		if (strcmp(p->obstacle[i].why, p->obstacle[k].why) == 0)
			return i;
	return p->obstacles;
}
