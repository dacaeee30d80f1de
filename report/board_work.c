/* Top risks and opportunities, and what is wrong with the book. */
#include "report/board_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/audit.h"
#include "core/convert.h"
#include "core/setup.h"

static void put_queue_row(struct doc *d, struct book *b, const struct queue_row *r,
	const struct list_row *row, bool whose, struct doc_table *t)
{
	const char *currency = book_policy(b)->currency;
	char text[QUEUE_TEXT_MAX], a[DOC_FIGURE_MAX];
	const bool won = r->section == QUEUE_OPPORTUNITY;

	doc_cell(d, t, TONE_PLAIN, row->name.n ? row->name : row->id);
	doc_cellf(d, t, TONE_PLAIN, "%s", doc_whole(row->tier, row->tier, a));
	if (whose)
		doc_cell(d, t, TONE_PLAIN, row->csm.n ? row->csm : TEXT("the pool"));
	doc_cellf(d, t, TONE_PLAIN, "%s", doc_money(row->arr, currency, a));
	doc_cellf(d, t, TONE_STRONG, "%s",
		doc_money(won ? r->rank : r->at_risk, currency, a));
	doc_cellf(d, t, TONE_PLAIN, "%s", queue_why(b, r, text));
	doc_cellf(d, t, TONE_PLAIN, "%s", queue_next(b, r, text));
}

enum status board_queue(
	struct doc *d, struct book *b, const struct board_queue *which, struct err *e)
{
	enum { MONEY = 4, WHOSE = 2, COLUMNS = 7 };
	struct doc_column columns[COLUMNS] = { { "Account", false, true },
		{ "Tier", true, false }, { "CSM", false, true }, { "ARR", true, false },
		{ "At risk", true, false }, { "Why", false, true },
		{ "What next", false, true } };
	const struct queue *q = which->queue;
	enum status st = ST_OK;
	struct doc_table *t;
	uint32_t shown = 0;
	int n = COLUMNS;

	if (which->section == QUEUE_OPPORTUNITY)
		columns[MONEY].title = "To win";
	if (!which->whose)
		memmove(columns + WHOSE, columns + WHOSE + 1,
			(size_t)(n-- - WHOSE - 1) * sizeof(*columns));
	t = doc_table(d, which->caption, columns, n);
	for (uint32_t k = 0; st == ST_OK && k < q->n && shown < which->most; k++) {
		const struct queue_row *r = &q->row[k];
		struct list_row row;

		if (r->section != which->section)
			continue;
		st = book_rows(b, &r->account, 1, &d->arena, &row, e);
		if (st == ST_OK)
			put_queue_row(d, b, r, &row, which->whose, t);
		shown++;
	}
	if (!shown)
		doc_say(d, TONE_PLAIN, "%s: none.", which->caption);
	else
		doc_show(d, t);
	return st;
}

enum status board_work(struct board *x, struct err *e)
{
	static const struct {
		enum queue_section section;
		const char *caption;
	} parts[] = { { QUEUE_NOW, "Top risks" },
		{ QUEUE_OVERDUE, "Risks with overdue work" },
		{ QUEUE_OPPORTUNITY, "Top opportunities" } };
	const double *n = x->policy->number;
	enum status st = ST_OK;

	doc_section(x->d, "work", "Top risks and opportunities");
	doc_say(x->d, TONE_QUIET,
		"Ranked by the money at risk times the weight of the worst alert "
		"(critical %g, warning %g, information %g), so the amounts need not "
		"fall from row to row. Opportunities rank by their ARR. It is the "
		"order of the daily work.",
		n[POLICY_TRIAGE_CRITICAL], n[POLICY_TRIAGE_WARNING],
		n[POLICY_TRIAGE_INFO]);
	for (size_t k = 0; st == ST_OK && k < sizeof(parts) / sizeof(*parts); k++)
		st = board_queue(x->d, x->b,
			&(const struct board_queue){ x->queue, parts[k].section,
				BOARD_ROWS, parts[k].caption, true },
			e);
	return st;
}

/* ---- audits ---- */

struct auditing {
	struct board *x;
	struct doc_table *table;
};

static enum status take_finding(void *arg, const struct audit_finding *f, struct err *e)
{
	struct auditing *a = arg;
	struct doc *d = a->x->d;
	const uint32_t shown = f->count < AUDIT_EXAMPLES ? f->count : AUDIT_EXAMPLES;
	struct list_row rows[AUDIT_EXAMPLES];
	enum status st = ST_OK;
	char names[400] = "", n[DOC_FIGURE_MAX];
	size_t used = 0;

	if (shown)
		st = book_rows(a->x->b, f->account, shown, &d->arena, rows, e);
	for (uint32_t k = 0; st == ST_OK && k < shown; k++) {
		const struct text t = rows[k].name.n ? rows[k].name : rows[k].id;

		used += (size_t)snprintf(names + used, sizeof(names) - used, "%s%.*s",
			k ? ", " : "", convert_shown(t, 60), t.s);
	}
	if (shown && f->count > shown)
		snprintf(names + used, sizeof(names) - used, " ...");
	doc_cellf(d, a->table, TONE_STRONG, "%s", f->check->title);
	doc_cellf(d, a->table, TONE_PLAIN, "%s", f->count ? doc_count(f->count, n) : "");
	doc_cellf(d, a->table, TONE_PLAIN, "%s. %s", f->text, f->check->remedy);
	doc_cellf(d, a->table, TONE_PLAIN, "%s", names);
	return st;
}

static enum status put_readiness(struct board *x, struct err *e)
{
	static const struct doc_column columns[] = { { "Step", false, false },
		{ "Done", false, false }, { "How far", false, false },
		{ "What it takes", false, false } };
	struct doc_table *t = doc_table(
		x->d, "Readiness: is the base fit to be steered by it?", columns, 4);
	struct setup setup;
	const enum status st = setup_read(x->b, true, &setup, e);

	for (int k = 0; st == ST_OK && k < SETUP_STEPS; k++) {
		const enum setup_step step = (enum setup_step)k;
		char state[SETUP_TEXT_MAX];

		/* Whether somebody looked at the policy is known to the console alone. */
		if (step == SETUP_POLICY)
			continue;
		doc_cellf(x->d, t, TONE_PLAIN, "%s", setup_title(step));
		doc_cellf(x->d, t, setup.done[k] ? TONE_PLAIN : TONE_ALARM, "%s",
			setup.done[k] ? "yes" : "no");
		doc_cellf(x->d, t, TONE_PLAIN, "%s", setup_state(&setup, step, state));
		doc_cellf(
			x->d, t, TONE_QUIET, "%s", setup.done[k] ? "" : setup_help(step));
	}
	doc_show(x->d, t);
	return st;
}

enum status board_audits(struct board *x, struct err *e)
{
	static const struct doc_column columns[] = { { "Check", false, false },
		{ "Accounts", true, false }, { "What, and what to do", false, true },
		{ "The first of them", false, true } };
	struct auditing a = { x, doc_table(x->d, "Findings", columns, 4) };
	enum status st;

	doc_section(x->d, "audits", "Audits");
	st = audit_run(x->b, take_finding, &a, e);
	if (st == ST_OK && !doc_rows(a.table))
		doc_say(x->d, TONE_PLAIN, "Every check was passed: no findings.");
	else
		doc_show(x->d, a.table);
	return st == ST_OK ? put_readiness(x, e) : st;
}
