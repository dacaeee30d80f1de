/*
 * Weights that would have told better who leaves: a logistic regression that starts from
 * the weights in force and moves away from them only as far as the data pay for it.
 *
 *   logit P(leave) = a - g H - sum d_c (s_c - mean s_c)
 *
 * H is the health by the weights in force, s_c the sub-scores, all as 0..1. A ridge holds
 * the d_c at 0: with much of it the answer is the weights in force, with none a plain
 * regression. How much is chosen by cross-validation, accounts as a whole being in one
 * fold: less of it only where the folds agree that it pays (by more than the standard
 * error of the gain). What is missing counts as the mean, as health leaves it out. The
 * weights are g w_c + d_c, none below 0. Newton's method; the same bits for the same
 * rows.
 */
#ifndef CORE_BACKTEST_FIT_H
#define CORE_BACKTEST_FIT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/progress.h"

enum { BACKTEST_FOLDS = 5, BACKTEST_PARTS_MAX = 8 };

/* One account on one day. */
struct backtest_fit_row {
	double score[BACKTEST_PARTS_MAX]; /* 0..1, the higher the healthier; NaN: missing
					   */
	uint32_t account;
	uint8_t fold; /* 0..BACKTEST_FOLDS-1 */
	bool left;
};

struct backtest_fit {
	double weight[BACKTEST_PARTS_MAX]; /* of 1; by all rows */
	double ridge;                      /* that was chosen */
	bool found; /* false: no way was found to weigh them, weight is what was given */
};

/* parts: how many sub-scores there are; weight: those in force, of 1. out_of_fold (room
 * for n): for each row the health, 0..1, by weights that its fold had no part in; NaN
 * where nothing is present. progress may be NULL. */
enum status backtest_fit_weights(const struct backtest_fit_row *rows, uint32_t n,
	int parts, const double *weight, const struct progress *progress,
	struct backtest_fit *out, double *out_of_fold, struct err *e) MUST_USE;

/* Health of a row by weights, 0..1; NaN: nothing that has weight is present. */
double backtest_fit_health(
	const struct backtest_fit_row *r, int parts, const double *weight);

/* p = floor + span x² fitted to who left by least squares, both in 0..1, the sum at most
 * 1; x in 0..1, times factor. skip: a fold that has no part in it, -1: none has. */
struct backtest_curve {
	double floor, span;
};
struct backtest_curve_row {
	double square; /* x² */
	double factor;
	uint8_t fold;
	bool left;
};
struct backtest_curve backtest_fit_curve(
	const struct backtest_curve_row *rows, uint32_t n, int skip);

#endif
