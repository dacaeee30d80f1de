/* What a backtest says, in sentences for people; without a period at the end. */
#ifndef CORE_BACKTEST_TEXT_H
#define CORE_BACKTEST_TEXT_H

#include "core/backtest.h"

#define BACKTEST_TEXT_MAX 400
#define BACKTEST_FIGURE_MAX 64

/* The name of an input: that of a component, or pulse. */
const char *backtest_input_name(int input);
extern const char *const backtest_answer_name[4]; /* of backtest.nps */

/* One word for programs: too-few, chance, upside-down, tells. */
const char *backtest_verdict_name(enum backtest_verdict v);
/* The verdict in one sentence, with its figures. Returns out. */
char *backtest_verdict_text(const struct backtest *t, char out[BACKTEST_TEXT_MAX]);
/* "0.81 (0.74 to 0.87)"; "--". */
char *backtest_auc_text(const struct backtest_auc *a, char out[BACKTEST_FIGURE_MAX]);
/* "12 of 30, 40 % (25 to 58)" */
char *backtest_share_text(const struct backtest_share *s, char out[BACKTEST_FIGURE_MAX]);
char *backtest_leak_text(const struct backtest *t, const struct backtest_leak *l,
	char out[BACKTEST_TEXT_MAX]);
/* How the figures come about: the i-th rule; NULL behind the last. */
const char *backtest_rule_text(
	const struct backtest *t, int i, char out[BACKTEST_TEXT_MAX]);
/* Whether the proposed weights, and the curve, are worth it. */
char *backtest_weights_text(
	const struct backtest_proposal *p, char out[BACKTEST_TEXT_MAX]);
char *backtest_curve_text(const struct backtest_proposal *p, char out[BACKTEST_TEXT_MAX]);
/* What applying them would change; "" where it is not known. */
char *backtest_change_text(
	const struct backtest_proposal *p, char out[BACKTEST_TEXT_MAX]);
/* For the history: "backtest as of 2026-11-29, 90 days: ..." */
char *backtest_title(const struct backtest *t, char out[BACKTEST_TEXT_MAX]);
#define BACKTEST_TITLE "backtest as of "

#endif
