/* rebalance: who should look after what, and why; or make it so. */
#include "cli/verbs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/rebalance_out.h"
#include "cli/what_if.h"
#include "core/change.h"
#include "core/convert.h"
#include "core/handover_sheet.h"
#include "core/proposal.h"

/* ---- what is asked ---- */

enum { PINS_MAX = 1024, WHO_SHOWN = 400 };

struct asked {
	struct what_if what;
	struct proposal_options options;
	struct proposal_pin pin[PINS_MAX];
	int32_t last_day; /* of who leaves; DAY_NONE: not said */
};

/* "A-17=Ana" */
static enum status take_pin(
	struct book *b, struct asked *q, struct text part, struct err *e)
{
	struct proposal_pin *pin = &q->pin[q->options.pins];
	struct cell csm = { .type = CELL_MISSING };
	struct what_if_sides is;
	enum status st;

	if (!what_if_sides(part, &is) || q->options.pins == PINS_MAX)
		return err_set(e, ST_USAGE,
			"--pin %.*s: ACCOUNT=CSM, with commas between, at most %d; a "
			"name "
			"with a comma or = in double quotes",
			(int)part.n, part.s, PINS_MAX);
	st = book_find(b, is.left, &pin->account, e);
	if (st == ST_OK)
		st = change_parse(b, REC_ACCOUNT, F_CSM, is.right, &csm, e);
	pin->csm = csm.type == CELL_INT ? (uint32_t)csm.i : 0;
	q->options.pins += st == ST_OK;
	return st;
}

/* No limit is said by leaving it out; 0 would be no rebalance at all. */
static enum status check_options(const struct call *c, struct err *e)
{
	static const enum option limits[] = { OPT_MOVES, OPT_CSM_MOVES };
	const char *out = c->option[OPT_OUT], *sheets = c->option[OPT_SHEETS];

	if (c->option[OPT_SAVE] && c->option[OPT_APPLY])
		return err_set(e, ST_USAGE,
			"--save keeps a proposal for another day, --apply makes it so: "
			"one "
			"of them");
	for (size_t k = 0; k < sizeof(limits) / sizeof(*limits); k++)
		if (c->option[limits[k]] &&
			text_eq(text_of(c->option[limits[k]]), TEXT("0")))
			return err_set(e, ST_USAGE,
				"at most 0 moves is no rebalance: leave the option out "
				"for any "
				"number");
	if (out && sheets && (strcmp(out, sheets) == 0 || file_same(out, sheets)))
		return err_set(e, ST_USAGE,
			"--out and --sheets are one file: the sheets would replace the "
			"moves");
	return ST_OK;
}

static enum status read_last_day(
	const struct call *c, struct book *b, struct asked *q, struct err *e)
{
	const char *until = c->option[OPT_UNTIL];
	struct cell day = { .type = CELL_MISSING };
	enum status st = ST_OK;

	if (until && !c->option[OPT_APPLY])
		return err_set(e, ST_USAGE,
			"--until is noted together with --apply; `tierdesk csm NAME "
			"--until` notes it alone");
	if (until)
		st = change_parse(
			b, REC_CSM, F_CSM_ACTIVE_UNTIL, text_of(until), &day, e);
	q->last_day = cell_day(&day);
	return st;
}

static enum status read_asked(
	const struct call *c, struct book *b, struct asked *q, struct err *e)
{
	struct text rest = text_of(c->option[OPT_PIN] ? c->option[OPT_PIN] : ""), part;
	uint64_t moves = 0, csm_moves = 0;
	enum status st = check_options(c, e);

	if (st == ST_OK)
		st = read_last_day(c, b, q, e);
	if (st == ST_OK)
		st = what_if_read(c, b, &q->what, e);
	q->options.what = &q->what.what;
	q->options.pin = q->pin;
	while (st == ST_OK && what_if_part(&rest, &part))
		st = take_pin(b, q, part, e);
	if (st == ST_OK)
		st = call_number(c, OPT_MOVES, 0, UINT32_MAX, &moves, e);
	if (st == ST_OK)
		st = call_number(c, OPT_CSM_MOVES, 0, UINT32_MAX, &csm_moves, e);
	q->options.moves_max = (uint32_t)moves;
	q->options.csm_moves_max = (uint32_t)csm_moves;
	return st;
}

static bool show_progress(void *arg, const char *what, uint64_t done, uint64_t total)
{
	if (*(const bool *)arg)
		fprintf(stderr, "\r%s: %3.0f %%   ", what,
			total ? 100.0 * (double)done / (double)total : 0);
	return !call_cancelled;
}

/* ---- files --------------------------------------------------------------------------
 */

typedef enum status (*writer)(struct book *b, const struct proposal *p, out_sink sink,
	void *arg, struct err *e);

static enum status write_file(const struct call *c, enum option o, writer fn,
	struct book *b, const struct proposal *p, struct err *e)
{
	struct file_new f;
	enum status st;

	if (!c->option[o])
		return ST_OK;
	st = file_create(c->option[o], c->option[OPT_FORCE] != NULL, c->db, &f, e);
	if (st != ST_OK)
		return st;
	st = fn(b, p, call_sink, f.to, e);
	if (st == ST_OK)
		st = file_keep(&f, e);
	file_drop(&f);
	return st;
}

/* Who is only away in this proposal gets all back by the next one, unless there is a last
 * day: that which was noted, or that of the book. */
static void say_leavers(const struct call *c, const struct proposal *p, int32_t noted)
{
	for (uint32_t k = 0; k < p->before->rows; k++) {
		const struct capacity_row *r = &p->before->row[k];
		const int n = convert_shown(r->name, WHO_SHOWN);
		char day[DAY_TEXT_MAX];

		if (!proposal_leaver(r))
			continue;
		if (noted != DAY_NONE)
			call_note(c, "last day of %.*s: %s", n, r->name.s,
				day_format(noted, day));
		else if (r->until != DAY_NONE)
			call_note(c, "last day of %.*s: %s, as it was in the book", n,
				r->name.s, day_format(r->until, day));
		else
			call_note(c,
				"%.*s: away in this proposal alone, the next one may "
				"give the accounts back; for good: `tierdesk csm NAME "
				"--until %s`, or --until with --apply",
				n, r->name.s, day_format(p->as_of, day));
	}
}

static enum status make_so(const struct call *c, struct book *b, const struct proposal *p,
	int32_t last_day, struct err *e)
{
	char who[WHO_SHOWN];
	const bool leavers = proposal_leavers(p, who, sizeof(who)) > 0;
	bool hands_over;
	enum status st = book_hands_over(b, &hands_over, e);

	if (st == ST_OK && last_day != DAY_NONE && !leavers)
		st = err_set(e, ST_USAGE,
			"--until is the last day of who has --share NAME=0: nobody does");
	if (st == ST_OK && !proposal_changes(p, last_day)) {
		call_note(c, "nothing to move");
		return ST_OK;
	}
	if (st == ST_OK)
		st = book_apply(b, p, last_day, c->option[OPT_REASON], e);
	if (st == ST_OK && p->moves && !hands_over)
		call_note(c, "no hand-over tasks were made: the plays have none that is "
			     "named hand-over");
	if (st == ST_OK)
		call_note(c, "%u account%s; `tierdesk undo` takes it back", p->moves,
			p->moves == 1 ? " has another owner" : "s have other owners");
	if (st == ST_OK && leavers)
		say_leavers(c, p, last_day);
	return st;
}

/* Under the name that is asked for; what is kept is what was asked, also of an opened
 * one. */
static enum status keep(const struct call *c, struct book *b,
	const struct proposal_options *o, struct proposal *p, struct err *e)
{
	const char *name = c->option[OPT_SAVE];
	const enum status st = book_keep_proposal(b, text_of(name), o, p, e);

	if (st == ST_OK)
		call_note(c, "kept as %s; `tierdesk rebalance --open` proposes it again",
			name);
	return st;
}

static enum status propose(struct call *c, struct book *b, struct asked *q,
	struct rebalance_kept_opened *o, struct proposal **p, struct err *e)
{
	bool shown = !c->option[OPT_QUIET] && isatty(STDERR_FILENO);
	const struct progress progress = { show_progress, &shown };
	enum status st;

	q->options.progress = &progress;
	st = c->option[OPT_OPEN] ? rebalance_kept_open(c, b, &q->options, o, p, e)
				 : book_propose(b, &q->options, p, e);
	q->options.progress = NULL;
	o->asked.options.progress = NULL;
	if (st == ST_OK && (*p)->interrupted)
		st = err_set(e, ST_CANCELLED, "interrupted: nothing was changed");
	if (shown)
		fprintf(stderr, "\r%40s\r", "");
	return st;
}

/* What is asked for with the proposal: kept, in files, applied, told. */
static enum status use(struct call *c, struct book *b, struct asked *q,
	struct rebalance_kept_opened *o, struct proposal *p, struct err *e)
{
	const struct rebalance_kept_opened *opened = c->option[OPT_OPEN] ? o : NULL;
	enum status st = write_file(c, OPT_OUT, handover_moves, b, p, e);

	if (st == ST_OK)
		st = write_file(c, OPT_SHEETS, handover_sheets, b, p, e);
	/* What nobody reads any more is applied all the same. */
	if (st == ST_OK && c->option[OPT_APPLY])
		st = make_so(c, b, p, q->last_day, e);
	if (st == ST_OK && c->option[OPT_SAVE])
		st = keep(c, b, opened ? &o->asked.options : &q->options, p, e);
	return st == ST_OK ? rebalance_out(c, b, p, opened, e) : st;
}

static enum status rebalance(
	struct call *c, struct book *b, struct asked *q, struct err *e)
{
	struct rebalance_kept_opened o = { .kept = { .row = 0 } };
	struct proposal *p = NULL;
	enum status st;

	arena_init(&o.a);
	arena_init(&o.said.a);
	st = read_asked(c, b, q, e);
	if (st == ST_OK)
		st = propose(c, b, q, &o, &p, e);
	if (st == ST_OK)
		st = use(c, b, q, &o, p, e);
	proposal_free(&p);
	rebalance_kept_close(&o);
	return st;
}

enum status verb_rebalance(struct call *c, struct err *e)
{
	struct asked *q = calloc(1, sizeof(*q));
	struct book *b = NULL;
	enum status st = q ? call_book(c, false, &b, e)
			   : err_set(e, ST_NOMEM, "not enough memory");

	if (st != ST_OK)
		;
	else if (c->option[OPT_LIST])
		st = rebalance_kept_list(c, b, e);
	else if (c->option[OPT_DELETE])
		st = rebalance_kept_delete(c, b, e);
	else
		st = rebalance(c, b, q, e);
	book_free(&b);
	free(q);
	return st;
}
