/* What is wrong with a library of plays in a book. */
#include <stdio.h>

#include "core/alike.h"
#include "core/book_internal.h"
#include "core/plays.h"

struct nearest {
	struct alike near;
	struct arena names;
};

static enum status try_kind(void *arg, uint32_t kind, struct text name, struct err *e)
{
	struct nearest *x = arg;
	const char *copy = arena_copy(&x->names, name.s, name.n);

	(void)kind;
	if (!copy)
		return err_set(e, ST_NOMEM, "not enough memory");
	alike_try(&x->near, copy);
	return ST_OK;
}

static void say(const struct play *p, const char *near, plays_finding_fn fn, void *arg)
{
	char line[ERR_TEXT_MAX], meant[120] = "";

	if (near)
		snprintf(meant, sizeof(meant), " (did you mean %.80s?)", near);
	snprintf(line, sizeof(line),
		"play %s: nobody ever measured %s%s, and so nothing starts it: import it "
		"as a signal, or change `when`",
		p->name, p->when.signal, meant);
	fn(arg, line);
}

/* Of the shipped ones it is no fault: they wait for what not every book has. */
static enum status check_signal(struct book *b, const struct play *p, plays_finding_fn fn,
	void *arg, struct err *e)
{
	struct store *s = b->store;
	struct nearest x;
	uint32_t kind = 0;
	enum status st = ST_OK;

	if (!p->own || !p->when.signal)
		return ST_OK;
	st = s->ops->find(s, REC_SIGNAL, text_of(p->when.signal), &kind, e);
	if (st != ST_OK || kind)
		return st;
	arena_init(&x.names);
	alike_begin(&x.near, text_of(p->when.signal));
	st = s->ops->signal_kinds(s, try_kind, &x, e);
	if (st == ST_OK)
		say(p, x.near.word, fn, arg);
	arena_clear(&x.names);
	return st;
}

enum status book_plays_check(struct book *b, const struct plays *p, plays_finding_fn fn,
	void *arg, struct err *e)
{
	enum status st = ST_OK;

	plays_check(p, &b->policy, fn, arg);
	for (int i = 0; st == ST_OK && i < p->n; i++)
		st = check_signal(b, plays_at(p, i), fn, arg, e);
	return st;
}
