/* A proposal becomes the book: one operation, undone like any other. */
#include "core/proposal.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/convert.h"
#include "core/owner_change.h"
#include "core/proposal_problem.h"

enum { NAME_SHOWN = 40 };

/* ---- what runs on it goes along ---- */

/* Somebody who is not there does nothing of what they claimed, whosever account it is. */
static bool gives_back(const struct capacity_row *r)
{
	return r->csm && !(r->share > 0) && !r->coming;
}

static enum status carry_claims(struct work *w, const struct proposal *p, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && p->claims && k < p->before->rows; k++)
		if (gives_back(&p->before->row[k]))
			st = owner_carry_tasks(w, 0, p->before->row[k].csm, e);
	return st;
}

enum status proposal_count_claims(struct book *b, struct proposal *p, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < p->before->rows; k++) {
		uint32_t n = 0;

		if (gives_back(&p->before->row[k]))
			st = owner_claimed(b->store, p->before->row[k].csm, &n, e);
		p->claims += n;
	}
	return st;
}

/* ---- owners ---- */

static uint32_t owner(const struct capacity *c, uint32_t row)
{
	return row == CAPACITY_POOL ? 0 : c->row[row].csm;
}

static enum status check_rows(const struct proposal *p, struct err *e)
{
	if (p->imagined)
		return err_set(e, ST_FORBIDDEN,
			"the sizes of the tiers are only asked about: review with such "
			"caps "
			"first, then rebalance");
	for (uint32_t k = 0; k < p->moves; k++) {
		const uint32_t to = p->move[k].to;

		if (to != CAPACITY_POOL && !p->before->row[to].csm)
			return err_set(e, ST_FORBIDDEN,
				"%.*s is not in the book yet: enter the colleague first, "
				"with "
				"`tierdesk import csms`",
				(int)p->before->row[to].name.n,
				p->before->row[to].name.s);
	}
	return ST_OK;
}

/* ---- who leaves ---- */

bool proposal_leaver(const struct capacity_row *r)
{
	return r->csm && !(r->share > 0) && r->noted > 0;
}

const struct capacity_row *proposal_leaves_later(
	const struct proposal *p, uint32_t *accounts, uint32_t *more)
{
	const struct capacity_row *first = NULL;

	*accounts = *more = 0;
	for (uint32_t k = 0; k < p->after->rows; k++) {
		const struct capacity_row *r = &p->after->row[k];
		const uint32_t all = capacity_accounts(r);

		if (!r->leaves || !all)
			continue;
		*more += first != NULL;
		*accounts = first ? *accounts : all;
		first = first ? first : r;
	}
	return first;
}

uint32_t proposal_leavers(const struct proposal *p, char *out, size_t size)
{
	size_t at = 0;
	uint32_t n = 0;

	out[0] = '\0';
	for (uint32_t k = 0; k < p->before->rows; k++) {
		const struct capacity_row *r = &p->before->row[k];

		if (!proposal_leaver(r))
			continue;
		if (at < size)
			at += (size_t)snprintf(out + at, size - at, "%s%.*s",
				n ? ", " : "", convert_shown(r->name, NAME_SHOWN),
				r->name.s);
		n++;
	}
	return n;
}

bool proposal_last_day(const struct proposal *p, int32_t *out)
{
	uint32_t n = 0;

	*out = DAY_NONE;
	for (uint32_t k = 0; k < p->before->rows; k++) {
		const struct capacity_row *r = &p->before->row[k];

		if (!proposal_leaver(r))
			continue;
		if (n++ && r->until != *out)
			return false;
		*out = r->until;
	}
	return true;
}

/* Whether somebody gets a last day that the book has not. */
static bool is_news(const struct proposal *p, int32_t last_day)
{
	for (uint32_t k = 0; last_day != DAY_NONE && k < p->before->rows; k++)
		if (proposal_leaver(&p->before->row[k]) &&
			p->before->row[k].until != last_day)
			return true;
	return false;
}

bool proposal_changes(const struct proposal *p, int32_t last_day)
{
	return p->moves || p->claims || is_news(p, last_day);
}

static enum status note_last_day(
	struct work *w, const struct proposal *p, int32_t last_day, struct err *e)
{
	struct cell cells[CSM_FIELDS] = { { .type = CELL_MISSING } };
	enum status st = ST_OK;

	cells[F_CSM_ACTIVE_UNTIL] = CELL_OF_INT(last_day);
	for (uint32_t k = 0; st == ST_OK && last_day != DAY_NONE && k < p->before->rows;
		k++)
		if (proposal_leaver(&p->before->row[k]))
			st = work_change(w,
				&(struct change){ .kind = REC_CSM,
					.row = p->before->row[k].csm,
					.fields = 1u << F_CSM_ACTIVE_UNTIL,
					.cells = cells },
				e);
	return st;
}

/* Whoever has an owner after it begins with the hand-over play. */
static enum status hand_over(
	struct work *w, const struct proposal *p, const char *reason, struct err *e)
{
	uint32_t *id = malloc(((size_t)p->moves + 1) * sizeof(*id));
	uint32_t n = 0, tasks;
	enum status st;

	if (!id)
		return err_set(e, ST_NOMEM, "not enough memory");
	for (uint32_t k = 0; k < p->moves; k++)
		if (p->move[k].to != CAPACITY_POOL)
			id[n++] = p->move[k].account;
	st = owner_hand_over(w, id, n, reason, &tasks, e);
	free(id);
	return st;
}

static enum status move_all(struct work *w, const struct proposal *p, int32_t last_day,
	const char *reason, struct err *e)
{
	bool changed;
	enum status st = book_refresh(w->b, &changed, e);

	if (st == ST_OK && book_generation(w->b) != p->generation)
		st = err_set(e, ST_STALE,
			"somebody changed the book since this was proposed: propose "
			"again");
	for (uint32_t k = 0; st == ST_OK && k < p->moves; k++)
		st = owner_change(w, p->move[k].account,
			owner(p->before, p->move[k].from),
			owner(p->before, p->move[k].to), e);
	if (st == ST_OK)
		st = carry_claims(w, p, e);
	if (st == ST_OK)
		st = note_last_day(w, p, last_day, e);
	return st == ST_OK ? hand_over(w, p, reason, e) : st;
}

/* "rebalance: 25 accounts, the last day of Theo Jansen" */
static void say_title(const struct proposal *p, int32_t last_day, char *out, size_t size)
{
	char who[NAME_SHOWN + 1];
	const uint32_t leavers =
		last_day == DAY_NONE ? 0 : proposal_leavers(p, who, sizeof(who));
	size_t n = 0;

	if (p->moves)
		n = (size_t)snprintf(
			out, size, "rebalance: %u account%s", p->moves, TEXT_S(p->moves));
	else if (p->claims)
		n = (size_t)snprintf(out, size, "rebalance: claimed tasks go back");
	if (leavers == 1)
		snprintf(out + n, size - n, "%sthe last day of %s",
			n ? ", " : "rebalance: ", who);
	else if (leavers)
		snprintf(out + n, size - n, "%sthe last day of %u CSMs",
			n ? ", " : "rebalance: ", leavers);
}

void proposal_is_back(const struct book *b, struct proposal *p)
{
	p->generation = book_generation(b);
}

enum status book_apply(struct book *b, const struct proposal *p, int32_t last_day,
	const char *reason, struct err *e)
{
	char title[128] = "rebalance";
	struct work w;
	enum status st = check_rows(p, e);

	if (!is_news(p, last_day))
		last_day = DAY_NONE;
	say_title(p, last_day, title, sizeof(title));
	if (st == ST_OK)
		st = work_begin(&w, b, title, reason, e);
	if (st != ST_OK)
		return st;
	st = move_all(&w, p, last_day, reason, e);
	return work_end(&w, st, e);
}
