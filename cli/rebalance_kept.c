#include "cli/rebalance_kept.h"

#include <string.h>

#include "cli/rows.h"
#include "cli/what_if.h"

/* A capacity_line_fn; arg: a struct rebalance_kept_said. */
static void keep_line(void *arg, enum capacity_line kind, const char *text)
{
	struct rebalance_kept_said *s = arg;
	const size_t n = strlen(text);

	(void)kind;
	if (s->n == s->room) {
		const uint32_t room = 2 * s->room + 16;
		struct text *grown = arena_alloc(&s->a, room * sizeof(*grown));

		if (!grown)
			return;
		if (s->n)
			memcpy(grown, s->line, s->n * sizeof(*grown));
		s->line = grown;
		s->room = room;
	}
	s->line[s->n] = (struct text){ arena_copy(&s->a, text, n), n };
	s->n += s->line[s->n].s != NULL;
}

/* ---- all of them ---- */

static const struct rows_column columns[] = {
	{ "TJC", "name", "name" },
	{ "TJC", "made_on", "of" },
	{ "TJC", "actor", "kept by" },
	{ "TJC", "moves", "+moves" },
	{ "TJC", "cost", "+cost" },
	{ "TJC", "bound", "+at least" },
	{ "TJC", "operation", "+operation" },
	{ NULL, NULL, NULL },
};

static enum status list_one(void *arg, const struct proposal_kept *k, struct err *e)
{
	struct rows *r = arg;

	rows_row(r);
	rows_text(r, k->name);
	rows_day(r, k->made_on);
	rows_text(r, k->actor);
	rows_int(r, k->moves_n);
	rows_number(r, k->cost, 2);
	rows_number(r, k->bound, 2);
	rows_int(r, k->operation);
	return rows_end_row(r, e);
}

enum status rebalance_kept_list(const struct call *c, struct book *b, struct err *e)
{
	struct rows *r;
	enum status st = rows_begin(&r, c, columns, e);

	if (st == ST_OK)
		st = book_proposals(b, list_one, r, e);
	return rows_end(&r, st, e);
}

enum status rebalance_kept_delete(const struct call *c, struct book *b, struct err *e)
{
	const enum status st = book_drop_proposal(b, text_of(c->option[OPT_DELETE]), e);

	if (st == ST_OK)
		call_note(c, "%s is not kept any more; `tierdesk undo` takes it back",
			c->option[OPT_DELETE]);
	return st;
}

/* ---- one of them ---- */

static void add_pin(struct proposal_asked *asked, const struct proposal_pin *pin)
{
	struct proposal_options *o = &asked->options;
	uint32_t k = 0;

	while (k < o->pins && asked->pin[k].account != pin->account)
		k++;
	asked->pin[k] = *pin;
	o->pins += k == o->pins;
}

/* What is said now comes on top of what was kept. */
static enum status add_more(struct rebalance_kept_opened *o,
	const struct proposal_options *more, struct err *e)
{
	struct proposal_options *to = &o->asked.options;
	struct proposal_pin *pin =
		arena_alloc(&o->a, ((size_t)to->pins + more->pins + 1) * sizeof(*pin));

	if (!pin)
		return err_set(e, ST_NOMEM, "not enough memory");
	if (to->pins)
		memcpy(pin, o->asked.pin, to->pins * sizeof(*pin));
	o->asked.pin = pin;
	to->pin = pin;
	for (uint32_t k = 0; k < more->pins; k++)
		add_pin(&o->asked, &more->pin[k]);
	if (more->moves_max)
		to->moves_max = more->moves_max;
	if (more->csm_moves_max)
		to->csm_moves_max = more->csm_moves_max;
	to->progress = more->progress;
	return ST_OK;
}

enum status rebalance_kept_open(const struct call *c, struct book *b,
	const struct proposal_options *more, struct rebalance_kept_opened *o,
	struct proposal **out, struct err *e)
{
	enum status st = ST_OK;

	if (what_if_is_set(more->what))
		return err_set(e, ST_USAGE,
			"--open brings its own what-ifs: pins and limits alone can be "
			"said "
			"besides");
	st = book_find_proposal(b, text_of(c->option[OPT_OPEN]), &o->a, &o->kept, e);
	if (st == ST_OK)
		st = proposal_keep_read(
			b, &o->kept, &o->a, &o->asked, keep_line, &o->said, e);
	if (st == ST_OK)
		st = add_more(o, more, e);
	if (st == ST_OK)
		st = proposal_keep_open(b, &o->asked, out, keep_line, &o->said, e);
	if (st == ST_OK)
		st = proposal_keep_compare(b, &o->kept, *out, keep_line, &o->said, e);
	return st;
}

void rebalance_kept_close(struct rebalance_kept_opened *o)
{
	arena_clear(&o->a);
	arena_clear(&o->said.a);
}
