/*
 * Of whom a list of the day is: --csm, else the actor when a CSM has that name, else
 * everybody.
 */
#ifndef CLI_WHOSE_H
#define CLI_WHOSE_H

#include "cli/call.h"
#include "core/queue.h"

/* Tells the person when it was not said and is not everybody. */
enum status whose(const struct call *c, struct book *b, enum queue_scope *scope,
	uint32_t *csm, struct err *e) MUST_USE;

/* Says of which day the alerts are when they are not of the call's. */
void whose_day(const struct call *c, struct book *b);

/* What is said of accounts once something was done: the name, or the id where it has
 * none; of several the first three, "and 4 more". Both return out. */
#define WHOSE_NAME_MAX 96
#define WHOSE_NAMES_MAX 320
char *whose_name(struct book *b, uint32_t account, char out[WHOSE_NAME_MAX]);
char *whose_names(
	struct book *b, const uint32_t *account, uint32_t n, char out[WHOSE_NAMES_MAX]);
/* The account that a row (an alert, a task) is of; 0: there is none. */
uint32_t whose_row(struct book *b, enum record_kind kind, int64_t id);

/* The accounts that the arguments name, or --where means: each once, at least one. *ids
 * is to be freed, also on failure. */
enum status whose_accounts(const struct call *c, struct book *b, uint32_t **ids,
	uint32_t *n, struct err *e) MUST_USE;

/* The ids that the arguments from..to-1 are, as lists show them; what: "an alert". */
enum status whose_ids(const struct call *c, int from, int to, const char *what,
	int64_t *out, struct err *e) MUST_USE;
/* Of all arguments; *ids is to be freed, also on failure. */
enum status whose_all_ids(
	const struct call *c, const char *what, int64_t **ids, struct err *e) MUST_USE;

#endif
