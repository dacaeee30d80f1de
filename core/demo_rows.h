/*
 * The rows of the demo, made from lives: one pass over all accounts per kind of rows.
 */
#ifndef CORE_DEMO_ROWS_H
#define CORE_DEMO_ROWS_H

#include "core/demo_life.h"
#include "core/store.h"

#define DEMO_MEASURES 320u
enum { DEMO_FEATURES = 6 };

struct demo_pass {
	const struct demo_world *world;
	struct store *store;
	uint32_t *account_id, *csm_id;  /* by index; owned by demo_fill */
	int32_t measure[DEMO_MEASURES]; /* days of measurements, ascending */
	uint32_t measures;
	uint32_t feature[DEMO_FEATURES]; /* kinds of signals */
	uint32_t invited;                /* kind of that signal; 0: not looked up yet */
	uint64_t line;                   /* rows of this pass */
};

/* Writes the rows of a kind of one account. */
typedef enum status (*demo_rows_fn)(
	struct demo_pass *p, const struct demo_life *l, struct err *e);

enum status demo_rows_csms(struct demo_pass *p, struct err *e) MUST_USE;
enum status demo_rows_account(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
enum status demo_rows_contacts(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
enum status demo_rows_contracts(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
enum status demo_rows_movements(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;

/* demo_signs.c: what is seen of a customer in the course of time */
enum status demo_signs_signals(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
enum status demo_signs_tickets(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
enum status demo_signs_surveys(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;
enum status demo_signs_touches(
	struct demo_pass *p, const struct demo_life *l, struct err *e) MUST_USE;

/* For the two files: a row of the pass. */
enum status demo_rows_put(
	struct demo_pass *p, const struct cell *cells, struct err *e) MUST_USE;

/* Purposes of the dice of an account; each has a stream of its own. */
enum demo_purpose {
	DICE_ACCOUNT = 16,
	DICE_CONTACTS,
	DICE_PEOPLE,
	DICE_SIGNALS,
	DICE_TICKETS,
	DICE_SURVEYS,
	DICE_TOUCHES,
	DICE_PLANS,
	DICE_FEATURES,
	DICE_WORK = 4096 /* and the steps behind it */
};

#endif
