/* backtest: whether health told who would leave. */
#include "cli/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/backtest_out.h"
#include "cli/file.h"
#include "core/backtest_text.h"
#include "core/book_backtest.h"

enum { NAMES_MAX = 20 }; /* of green accounts that left */

/* ---- as text -------------------------------------------------------------------------
 */

static void print_head(const struct backtest *t)
{
	char text[BACKTEST_TEXT_MAX], from[DAY_TEXT_MAX], to[DAY_TEXT_MAX];

	printf("%s\n", backtest_verdict_text(t, text));
	if (t->months)
		printf("%d month-ends, %s to %s, %d days each; policy version %d; %u "
		       "accounts, %u of them left; %u account-months\n",
			t->months, day_format(t->first, from), day_format(t->last, to),
			t->horizon, (int)t->policy_version, t->accounts, t->left,
			t->known);
	if (t->unknown)
		printf("without a known health, and in no figure of it: %u "
		       "account-months, %u of them before the account left\n",
			t->unknown, t->unknown_left);
	if (t->undated)
		printf("%u churned accounts have no date, and are in no figure\n",
			t->undated);
	if (t->every > 1)
		printf("one account in %u was looked at\n", t->every);
	for (int k = 0; k < t->leaks; k++)
		printf("%s%s\n",
			k ? "                        " : "too good to be true:    ",
			backtest_leak_text(t, &t->leak[k], text));
}

static void print_auc(const char *what, const struct backtest_auc *a, const char *more)
{
	char text[BACKTEST_FIGURE_MAX];

	printf("  %-22s %-24s n %u, %u before leaving (%u accounts)%s\n", what,
		backtest_auc_text(a, text), a->left + a->stayed, a->left,
		a->accounts_left, more);
}

static void print_health(const struct backtest *t)
{
	char more[80];

	printf("\nAUC of health\n");
	print_auc("who left", &t->auc, "");
	if (t->shrank.left)
		print_auc("whose ARR shrank", &t->shrank, ", of those who stayed");
	snprintf(more, sizeof(more), ", %u month-ends", t->recorded_months);
	if (t->recorded.left)
		print_auc("as recorded then", &t->recorded, more);
	printf("  %-22s %.2f times the rate of all: %.1f of %u left, %.1f %% "
	       "against %.1f %%\n",
		"lift, the worst tenth", t->lift.lift, t->lift.left, t->lift.n,
		100 * t->lift.rate, 100 * t->lift.base);
}

static void print_warnings(const struct backtest *t)
{
	char recall[BACKTEST_FIGURE_MAX];

	printf("\nRed before they left     recall (of those who left)         precision "
	       "(of the red account-months)\n");
	for (int k = 0; k < BACKTEST_WARNINGS; k++) {
		const struct backtest_warning *w = &t->warning[k];

		printf("  %2d days before         %-34s %u of %u left within %d days, "
		       "%.1f %%; red are %.1f %% of all\n",
			backtest_warning_days[k], backtest_share_text(&w->recall, recall),
			w->precision.hits, w->precision.n, backtest_warning_days[k],
			w->precision.n ? 100 * w->precision.share : 0, 100 * w->flagged);
	}
	if (!t->lead.n)
		return;
	printf("  first alert            %u of %u had one", t->lead.alerted, t->lead.n);
	if (t->lead.alerted)
		printf("; median %.0f days before (quartiles %.0f, %.0f); of those who "
		       "stay %.0f %% have one too",
			t->lead.quartile[1], t->lead.quartile[0], t->lead.quartile[2],
			100 * t->lead.stayed);
	printf("\n");
}

static void print_bands(const struct backtest *t)
{
	static const char *const names[] = { "unknown", "at risk", "watch", "healthy" };
	char text[BACKTEST_TEXT_MAX];

	printf("\nBands, %d windows        left                               triage "
	       "said\n",
		t->windows);
	for (int b = BAND_AT_RISK; b < BAND_AT_RISK + 4; b++) {
		const struct backtest_band *x = &t->band[b % 4];

		if (x->left.n)
			printf("  %-22s %-34s %.1f %%\n", names[b % 4],
				backtest_share_text(&x->left, text), 100 * x->p);
	}
	printf("  Brier %.5f, %.5f for who always says %.1f %% (n %u)\n", t->brier.brier,
		t->brier.base, 100 * t->brier.rate, t->brier.n);
	printf("\nNPS, %d windows of %d days\n", t->long_windows, BACKTEST_SURVEY_DAYS);
	for (int k = 0; k < 4; k++)
		if (t->nps[k].n)
			printf("  %-22s %s\n", backtest_answer_name[k],
				backtest_share_text(&t->nps[k], text));
}

static void print_inputs(const struct backtest *t)
{
	printf("\nComponents alone         AUC                      n        left  known "
	       "of "
	       "left / stayed  weight\n");
	for (int k = 0; k < BACKTEST_INPUTS; k++) {
		const struct backtest_input *x = &t->input[k];
		char text[BACKTEST_TEXT_MAX];

		if (!x->there_left.hits && !x->there_stayed.hits)
			continue;
		printf("  %-22s %-24s %-8u %-5u %3.0f %% / %3.0f %%  %15.0f%s%s\n",
			backtest_input_name(k), backtest_auc_text(&x->auc, text),
			x->auc.left + x->auc.stayed, x->auc.accounts_left,
			100 * x->there_left.share, 100 * x->there_stayed.share, x->weight,
			x->undated ? "  not dated: no part in it" : "",
			x->leaks ? "  too good to be true" : "");
	}
}

static void print_proposal(const struct backtest *t)
{
	const struct backtest_proposal *p = &t->proposal;
	char text[BACKTEST_TEXT_MAX];

	if (!p->made)
		return;
	printf("\nProposed weights         ");
	for (int c = 0; c < COMP_COUNT; c++)
		printf("%s%s %d > %d%s", c ? ", " : "", component_name[c], p->now[c],
			p->then[c], p->held[c] ? " (held)" : "");
	printf("\n  %s\n", backtest_weights_text(p, text));
	if (*backtest_change_text(p, text))
		printf("  %s\n", text);
	printf("Proposed churn curve\n  %s\n", backtest_curve_text(p, text));
	printf("  nothing is changed: --propose FILE writes both for `policy diff` and "
	       "`policy apply`\n");
}

static enum status print_greens(struct book *b, const struct backtest *t, struct err *e)
{
	const uint32_t n = t->greens < NAMES_MAX ? t->greens : NAMES_MAX;
	struct list_row row[NAMES_MAX];
	uint32_t id[NAMES_MAX];
	struct arena a;
	enum status st;

	printf("\nGreen and gone: %u of %u that left were healthy at the last month-end "
	       "before\n",
		t->greens, t->gone);
	for (uint32_t k = 0; k < n; k++)
		id[k] = t->green[k].account;
	arena_init(&a);
	st = book_rows(b, id, n, &a, row, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		char name[200], key[100], left[DAY_TEXT_MAX], day[DAY_TEXT_MAX];

		text_sanitise(row[k].name, name, sizeof(name), 40, false);
		text_sanitise(row[k].id, key, sizeof(key), 20, false);
		printf("  %-10s %-34s left %s, health %u on %s", key, name,
			day_format(t->green[k].left, left), t->green[k].health,
			day_format(t->green[k].day, day));
		if (t->green[k].before)
			printf(", %u a quarter before", t->green[k].before);
		printf("\n");
	}
	if (t->greens > n)
		printf("  and %u more: --format json has all\n", t->greens - n);
	arena_clear(&a);
	return st;
}

static enum status print_text(struct book *b, const struct backtest *t, struct err *e)
{
	char text[BACKTEST_TEXT_MAX];
	enum status st = ST_OK;

	print_head(t);
	if (t->verdict != BACKTEST_TOO_FEW) {
		print_health(t);
		print_warnings(t);
		print_bands(t);
		print_inputs(t);
	}
	if (t->gone)
		st = print_greens(b, t, e);
	print_proposal(t);
	printf("\nHow it is counted\n");
	for (int k = 0; backtest_rule_text(t, k, text); k++)
		printf("  %s\n", text);
	return st;
}

/* ---- the verb ------------------------------------------------------------------------
 */

static enum status write_proposal(
	const struct call *c, const struct backtest *t, struct err *e)
{
	const char *path = c->option[OPT_PROPOSE];
	const bool force = c->option[OPT_FORCE] != NULL;
	struct file_new f = { 0 };
	const char *text;
	struct arena a;
	enum status st;

	if (!path)
		return ST_OK;
	if (!t->proposal.made)
		return err_set(e, ST_FORBIDDEN,
			"nothing is proposed: that takes at least %d accounts that left, "
			"and two components that can be judged",
			BACKTEST_EVENTS_MIN);
	st = file_create(path, force, c->db, &f, e);
	if (st != ST_OK)
		return st;
	arena_init(&a);
	text = book_backtest_policy(t, &a);
	st = text ? call_sink(f.to, text, strlen(text), e)
		  : err_set(e, ST_NOMEM, "not enough memory");
	if (st == ST_OK)
		st = file_keep(&f, e);
	if (st == ST_OK)
		call_note(c, "%s: `tierdesk policy diff %s` says who would move", path,
			path);
	file_drop(&f);
	arena_clear(&a);
	return st;
}

enum status verb_backtest(struct call *c, struct err *e)
{
	struct backtest *t = calloc(1, sizeof(*t));
	struct book *b = NULL;
	uint64_t horizon;
	enum status st = call_number(
		c, OPT_HORIZON, BACKTEST_HORIZON, BACKTEST_HORIZON_MAX, &horizon, e);

	if (!t)
		st = err_set(e, ST_NOMEM, "not enough memory");
	if (st == ST_OK && horizon < 1)
		st = err_set(e, ST_USAGE, "--horizon is at least one day");
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK) {
		book_progress(b, &call_interruptible);
		st = book_backtest(b, (int)horizon, t, e);
		book_progress(b, NULL);
	}
	if (st == ST_OK)
		st = write_proposal(c, t, e);
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? backtest_json(b, t, e)
					      : print_text(b, t, e);
	if (st == ST_OK)
		st = book_backtest_record(b, t, e);
	if (t)
		backtest_clear(t);
	free(t);
	book_free(&b);
	return st;
}
