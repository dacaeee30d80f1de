/* Proposals under a name, for the verb `rebalance`: listed, dropped, opened, kept. */
#ifndef CLI_REBALANCE_KEPT_H
#define CLI_REBALANCE_KEPT_H

#include "cli/call.h"
#include "core/proposal_keep.h"

/* Sentences, as they come, for later. */
struct rebalance_kept_said {
	struct arena a;
	struct text *line; /* in the arena */
	uint32_t n, room;
};

enum status rebalance_kept_list(
	const struct call *c, struct book *b, struct err *e) MUST_USE;
enum status rebalance_kept_delete(
	const struct call *c, struct book *b, struct err *e) MUST_USE;

/* A proposal of --open: what was kept, and what is asked for besides (pins and limits of
 * *more) comes to *asked, which lives in the arena. */
struct rebalance_kept_opened {
	struct arena a;
	struct proposal_kept kept;
	struct proposal_asked asked;
	struct rebalance_kept_said said;
};
enum status rebalance_kept_open(const struct call *c, struct book *b,
	const struct proposal_options *more, struct rebalance_kept_opened *o,
	struct proposal **out, struct err *e) MUST_USE;
void rebalance_kept_close(struct rebalance_kept_opened *o);

#endif
