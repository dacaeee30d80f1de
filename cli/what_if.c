#include "cli/what_if.h"

#include <string.h>

#include "core/change.h"

enum { SET_MAX = 2048 };

/* Up to this character, or all of it. */
static size_t up_to(struct text t, char end)
{
	bool quoted = false;
	size_t n = 0;

	for (; n < t.n && (quoted || t.s[n] != end); n++)
		quoted = quoted != (t.s[n] == '"');
	return n;
}

/* "Smith, Ana" without its quotes. */
static struct text unquoted(struct text t, char *room, size_t size)
{
	size_t n = 0;

	t = text_trim(t);
	if (t.n < 2 || t.s[0] != '"' || t.s[t.n - 1] != '"')
		return t;
	for (size_t i = 1; i + 1 < t.n && n < size; i++) {
		i += t.s[i] == '"' && i + 2 < t.n && t.s[i + 1] == '"';
		room[n++] = t.s[i];
	}
	return (struct text){ room, n };
}

bool what_if_sides(struct text part, struct what_if_sides *out)
{
	const size_t n = up_to(part, '=');

	if (n == part.n)
		return false;
	out->left =
		unquoted((struct text){ part.s, n }, out->room[0], sizeof(out->room[0]));
	out->right = unquoted((struct text){ part.s + n + 1, part.n - n - 1 },
		out->room[1], sizeof(out->room[1]));
	return out->left.n && out->right.n;
}

bool what_if_part(struct text *rest, struct text *part)
{
	size_t n = up_to(*rest, ',');

	if (rest->n == 0)
		return false;
	*part = text_trim((struct text){ rest->s, n });
	n += n < rest->n;
	*rest = (struct text){ rest->s + n, rest->n - n };
	return true;
}

/* "tier1_target=12,tier2_pooled=1": the [capacity] of a policy on one line. */
static enum status take_set(
	const struct call *c, struct book *b, struct what_if *q, struct err *e)
{
	struct text rest = text_of(c->option[OPT_SET]), part;
	char ini[SET_MAX + 32] = "[capacity]\n";
	size_t n = strlen(ini);

	if (rest.n > SET_MAX / 2 || memchr(rest.s, '\n', rest.n))
		return err_set(e, ST_USAGE, "--set: KEY=VALUE, with commas between");
	while (what_if_part(&rest, &part)) {
		if (part.n && part.s[0] == '[')
			return err_set(e, ST_USAGE,
				"--set: only what stands in [capacity] can be asked "
				"about");
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
	struct book *b, struct what_if *q, struct text part, struct err *e)
{
	struct capacity_change *to = &q->change[q->what.changed_n];
	struct cell csm = { .type = CELL_MISSING };
	struct what_if_sides is;
	enum status st;

	if (!what_if_sides(part, &is))
		return err_set(e, ST_USAGE,
			"--share %.*s: NAME=N, N of a whole book from 0 (away) to 1",
			(int)part.n, part.s);
	if (q->what.changed_n == WHAT_IF_CSMS_MAX)
		return err_set(e, ST_USAGE, "--share: at most %d CSMs", WHAT_IF_CSMS_MAX);
	if (!number_parse(is.right, '.', &to->share, NULL) || to->share < 0 ||
		to->share > 1)
		return err_set(e, ST_USAGE,
			"--share %.*s: from 0 (away) to 1 (a whole book)", (int)part.n,
			part.s);
	st = change_parse(b, REC_ACCOUNT, F_CSM, is.left, &csm, e);
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
	const struct call *c, struct book *b, struct what_if *q, struct err *e)
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

bool what_if_is_set(const struct capacity_what_if *w)
{
	return w->policy || w->added || w->changed_n || w->sized[0] || w->sized[1];
}

enum status what_if_read(
	const struct call *c, struct book *b, struct what_if *q, struct err *e)
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
	while (st == ST_OK && what_if_part(&rest, &part))
		st = take_share(b, q, part, e);
	return st;
}
