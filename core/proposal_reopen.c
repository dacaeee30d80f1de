/* A kept proposal, opened on the book as it is now. */
#include "core/proposal_keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/convert.h"

enum { NAME_SHOWN = 40, MOVES_SHOWN = 5 };

/* ---- lines ---- */

static bool next_line(struct text *rest, struct text *line)
{
	const char *end = rest->n ? memchr(rest->s, '\n', rest->n) : NULL;

	if (!end)
		return false;
	*line = (struct text){ rest->s, (size_t)(end - rest->s) };
	*rest = (struct text){ end + 1, rest->n - line->n - 1 };
	return true;
}

/* Up to the next tab, or all the rest. */
static struct text next_part(struct text *rest)
{
	const char *tab = rest->n ? memchr(rest->s, '\t', rest->n) : NULL;
	const struct text part = { rest->s, tab ? (size_t)(tab - rest->s) : rest->n };

	*rest = tab ? (struct text){ tab + 1, rest->n - part.n - 1 }
		    : (struct text){ rest->s + rest->n, 0 };
	return part;
}

/* The next part as the name or key that it was when it was kept. */
static enum status next_name(
	struct text *rest, struct arena *a, struct text *out, struct err *e)
{
	const struct text part = next_part(rest);
	char *to;

	*out = part;
	if (!part.n || !memchr(part.s, '\\', part.n))
		return ST_OK;
	to = arena_alloc(a, part.n);
	if (!to)
		return err_set(e, ST_NOMEM, "not enough memory");
	*out = (struct text){ to, 0 };
	for (size_t i = 0; i < part.n; i++) {
		const bool escaped = part.s[i] == '\\' && i + 1 < part.n;
		const char c = part.s[i += escaped];

		to[out->n++] = !escaped ? c : c == 't' ? '\t' : c == 'n' ? '\n' : c;
	}
	return ST_OK;
}

/* ---- what was asked ---- */

struct reading {
	struct book *b;
	struct arena *a;
	struct proposal_asked *out;
	capacity_line_fn fn;
	void *arg;
	char ini[4096]; /* what is to be otherwise in [capacity] */
	size_t ini_n;
};

static void left_out(const struct reading *r, struct text line, const char *why)
{
	char text[CAPACITY_TEXT_MAX];
	int n = snprintf(text, sizeof(text), "left out, since %s:", why);

	while (line.n && n < (int)sizeof(text) / 2) {
		const struct text part = next_part(&line);

		n += snprintf(text + n, sizeof(text) - (size_t)n, " %.*s",
			convert_shown(part, NAME_SHOWN), part.s);
	}
	r->fn(r->arg, CAPACITY_WARNS, text);
}

static enum status find_csm(
	struct reading *r, struct text part, uint32_t *csm, struct err *e)
{
	struct text name;
	const enum status st = next_name(&part, r->a, &name, e);

	*csm = 0;
	return st == ST_OK && name.n
		       ? r->b->store->ops->find(r->b->store, REC_CSM, name, csm, e)
		       : st;
}

static enum status read_pin(
	struct reading *r, struct text rest, struct text line, struct err *e)
{
	struct proposal_pin *pin = &r->out->pin[r->out->options.pins];
	struct text key;
	enum status st = next_name(&rest, r->a, &key, e);

	if (st == ST_OK)
		st = r->b->store->ops->find(
			r->b->store, REC_ACCOUNT, key, &pin->account, e);
	if (st == ST_OK)
		st = find_csm(r, rest, &pin->csm, e);
	if (st != ST_OK)
		return st;
	if (!pin->account || (rest.n && !pin->csm))
		left_out(r, line,
			pin->account ? "there is no such CSM"
				     : "there is no such account");
	else
		r->out->options.pins++;
	return ST_OK;
}

static enum status read_share(
	struct reading *r, struct text rest, struct text line, struct err *e)
{
	struct capacity_change *to = &r->out->what.changed[r->out->what.changed_n];
	const struct text share = next_part(&rest);
	const enum status st = find_csm(r, rest, &to->csm, e);

	if (st != ST_OK)
		return st;
	if (!to->csm || !number_parse(share, '.', &to->share, NULL))
		left_out(r, line, "there is no such CSM");
	else
		r->out->what.changed_n++;
	return ST_OK;
}

static enum status read_only(
	struct reading *r, struct text rest, struct text line, struct err *e)
{
	const enum status st = find_csm(r, rest, &r->out->what.only, e);

	if (st == ST_OK && !r->out->what.only)
		left_out(r, line, "there is no such CSM");
	return st;
}

static uint32_t whole(struct text t)
{
	double n;

	return number_parse(t, '.', &n, NULL) && n >= 0 && n < 1e9 ? (uint32_t)n : 0;
}

static void read_size(struct reading *r, struct text rest)
{
	const uint32_t tier = whole(next_part(&rest));

	if (tier < 1 || tier > CAPACITY_NAMED)
		return;
	r->out->what.size[tier - 1] = whole(rest);
	r->out->what.sized[tier - 1] = true;
}

static void read_setting(struct reading *r, struct text rest)
{
	if (r->ini_n + rest.n + 2 > sizeof(r->ini))
		return;
	memcpy(r->ini + r->ini_n, rest.s, rest.n);
	r->ini_n += rest.n;
	r->ini[r->ini_n++] = '\n';
	r->ini[r->ini_n] = '\0';
}

static enum status read_line(struct reading *r, struct text line, struct err *e)
{
	struct text rest = line;
	const struct text word = next_part(&rest);

	if (text_eq(word, TEXT("pin")))
		return read_pin(r, rest, line, e);
	if (text_eq(word, TEXT("share")))
		return read_share(r, rest, line, e);
	if (text_eq(word, TEXT("only")))
		return read_only(r, rest, line, e);
	if (text_eq(word, TEXT("added")))
		r->out->what.added = whole(rest);
	else if (text_eq(word, TEXT("size")))
		read_size(r, rest);
	else if (text_eq(word, TEXT("set")))
		read_setting(r, rest);
	else if (text_eq(word, TEXT("moves")))
		r->out->options.moves_max = whole(rest);
	else if (text_eq(word, TEXT("csm-moves")))
		r->out->options.csm_moves_max = whole(rest);
	return ST_OK;
}

/* What the settings would be; where they don't go with the policy of now, it stays. */
static enum status take_settings(struct reading *r, struct err *e)
{
	struct err bad;

	r->out->policy = arena_alloc(r->a, sizeof(*r->out->policy));
	if (!r->out->policy)
		return err_set(e, ST_NOMEM, "not enough memory");
	if (policy_merge(book_policy(r->b), r->ini, "kept", r->out->policy, NULL, &bad) ==
		ST_OK)
		r->out->what.policy = r->out->policy;
	else
		left_out(r, text_of(bad.text), "the policy is another one");
	return ST_OK;
}

enum status proposal_keep_read(struct book *b, const struct proposal_kept *k,
	struct arena *a, struct proposal_asked *out, capacity_line_fn fn, void *arg,
	struct err *e)
{
	struct reading r = { b, a, out, fn, arg, "[capacity]\n",
		sizeof("[capacity]\n") - 1 };
	struct text rest = k->asked, line;
	size_t n = 1; /* as many pins, or shares, as there are lines */
	enum status st = ST_OK;

	for (size_t i = 0; i < k->asked.n; i++)
		n += k->asked.s[i] == '\n';
	*out = (struct proposal_asked){ .pin = arena_alloc(a, n * sizeof(*out->pin)),
		.what.changed = arena_alloc(a, n * sizeof(*out->what.changed)) };
	if (!out->pin || !out->what.changed)
		return err_set(e, ST_NOMEM, "not enough memory");
	while (st == ST_OK && next_line(&rest, &line))
		st = read_line(&r, line, e);
	if (st == ST_OK && r.ini_n > sizeof("[capacity]\n") - 1)
		st = take_settings(&r, e);
	out->options.what = &out->what;
	out->options.pin = out->pin;
	return st;
}

enum status proposal_keep_open(struct book *b, struct proposal_asked *asked,
	struct proposal **out, capacity_line_fn fn, void *arg, struct err *e)
{
	struct proposal_options *o = &asked->options;
	enum status st;

	for (;;) {
		uint32_t refused = UINT32_MAX;
		char text[CAPACITY_TEXT_MAX];

		o->refused = &refused;
		st = book_propose(b, o, out, e);
		o->refused = NULL;
		if (st == ST_OK || refused >= o->pins)
			return st;
		snprintf(text, sizeof(text),
			"a pin can't hold any more and is left out: %.*s",
			convert_shown(text_of(e->text), 150), e->text);
		fn(arg, CAPACITY_WARNS, text);
		memmove(&asked->pin[refused], &asked->pin[refused + 1],
			(o->pins - refused - 1) * sizeof(*asked->pin));
		o->pins--;
	}
}

/* ---- what has become of it ---- */

struct comparing {
	struct book *b;
	const struct proposal *p;
	struct arena a;                          /* of a line */
	const struct proposal_move **by_account; /* owned */
	uint32_t again, elsewhere, made, gone;
	char names[3 * CAPACITY_TEXT_MAX / 4]; /* of moves that are gone, some of them */
	size_t n;
};

static int by_account(const void *a, const void *b)
{
	const uint32_t x = (*(const struct proposal_move *const *)a)->account;
	const uint32_t y = (*(const struct proposal_move *const *)b)->account;

	return (x > y) - (x < y);
}

static const struct proposal_move *move_of(const struct comparing *c, uint32_t account)
{
	const struct proposal_move key = { .account = account }, *at = &key;
	const struct proposal_move **found = bsearch(
		&at, c->by_account, c->p->moves, sizeof(*c->by_account), by_account);

	return found ? *found : NULL;
}

static bool is_named(const struct proposal *p, uint32_t row, struct text name)
{
	return row == CAPACITY_POOL ? name.n == 0
				    : text_eq(p->before->row[row].name, name);
}

static void note_gone(
	struct comparing *c, struct text key, struct text from, struct text to)
{
	if (c->gone++ >= MOVES_SHOWN || c->n + 100 > sizeof(c->names))
		return;
	c->n += (size_t)snprintf(c->names + c->n, sizeof(c->names) - c->n,
		"%s%.*s %.*s > %.*s", c->n ? ", " : "", convert_shown(key, 20), key.s,
		convert_shown(from, 20), from.n ? from.s : "", convert_shown(to, 20),
		to.n ? to.s : "");
}

/* account_id, from, to */
static enum status compare_line(struct comparing *c, struct text line, struct err *e)
{
	struct text key, from, to;
	const struct proposal_move *m;
	uint32_t account;
	enum status st;

	arena_clear(&c->a);
	st = next_name(&line, &c->a, &key, e);
	if (st == ST_OK)
		st = next_name(&line, &c->a, &from, e);
	if (st == ST_OK)
		st = next_name(&line, &c->a, &to, e);
	if (st == ST_OK)
		st = c->b->store->ops->find(c->b->store, REC_ACCOUNT, key, &account, e);
	if (st != ST_OK)
		return st;
	m = account ? move_of(c, account) : NULL;
	if (m && is_named(c->p, m->to, to))
		c->again++;
	else if (m)
		c->elsewhere++;
	else if (account && account <= c->p->before->n &&
		 c->p->before->tier[account - 1] &&
		 is_named(c->p, c->p->before->row_of[account - 1], to))
		c->made++;
	else
		note_gone(c, key, from, to);
	return ST_OK;
}

static void say_compared(const struct comparing *c, const struct proposal_kept *k,
	capacity_line_fn fn, void *arg)
{
	const uint32_t fresh = c->p->moves - c->again - c->elsewhere;
	char text[CAPACITY_TEXT_MAX];

	if (!k->moves_n && !fresh)
		return;
	snprintf(text, sizeof(text),
		"of its moves %u %s proposed again, %u go%s elsewhere, %u %s been made, "
		"%u %s "
		"not proposed any more; %u %s new",
		c->again, c->again == 1 ? "is" : "are", c->elsewhere,
		c->elsewhere == 1 ? "es" : "", c->made, c->made == 1 ? "has" : "have",
		c->gone, c->gone == 1 ? "is" : "are", fresh, fresh == 1 ? "is" : "are");
	fn(arg, CAPACITY_SAYS, text);
	if (!c->gone)
		return;
	snprintf(text, sizeof(text), "not any more: %s%s", c->names,
		c->gone > MOVES_SHOWN ? " …" : "");
	fn(arg, CAPACITY_SAYS, text);
}

static void say_age(
	const struct proposal_kept *k, int64_t last, capacity_line_fn fn, void *arg)
{
	const long long since =
		last > k->operation ? (long long)(last - k->operation) : 0;
	char text[CAPACITY_TEXT_MAX], day[DAY_TEXT_MAX],
		ago[64] = "nothing was changed since";

	if (since)
		snprintf(ago, sizeof(ago), "%lld change%s of the book ago", since,
			TEXT_S(since));
	snprintf(text, sizeof(text),
		"%.*s: kept%s%.*s, of %s, %s; then %u move%s, weight %.2f",
		convert_shown(k->name, NAME_SHOWN), k->name.s, k->actor.n ? " by " : "",
		convert_shown(k->actor, NAME_SHOWN), k->actor.n ? k->actor.s : "",
		day_format(k->made_on, day), ago, k->moves_n, TEXT_S(k->moves_n),
		k->cost);
	fn(arg, CAPACITY_SAYS, text);
}

enum status proposal_keep_compare(struct book *b, const struct proposal_kept *k,
	const struct proposal *p, capacity_line_fn fn, void *arg, struct err *e)
{
	struct comparing c = { .b = b, .p = p };
	struct text rest = k->moves, line;
	int64_t last;
	enum status st = b->store->ops->history_last(b->store, &last, e);

	arena_init(&c.a);
	c.by_account = calloc((size_t)p->moves + 1, sizeof(*c.by_account));
	if (!c.by_account)
		st = err_set(e, ST_NOMEM, "not enough memory");
	for (uint32_t i = 0; st == ST_OK && i < p->moves; i++)
		c.by_account[i] = &p->move[i];
	if (st == ST_OK && p->moves)
		qsort(c.by_account, p->moves, sizeof(*c.by_account), by_account);
	while (st == ST_OK && next_line(&rest, &line))
		st = compare_line(&c, line, e);
	arena_clear(&c.a);
	free(c.by_account);
	if (st != ST_OK)
		return st;
	say_age(k, last, fn, arg);
	say_compared(&c, k, fn, arg);
	return ST_OK;
}
