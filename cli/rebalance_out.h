/* A proposal as `rebalance` shows it: its moves, both sides of each book, what they come
 * to, and what stands in the way. */
#ifndef CLI_REBALANCE_OUT_H
#define CLI_REBALANCE_OUT_H

#include "cli/rebalance_kept.h"
#include "core/proposal.h"

/* In the format of the call; o: of a kept one, what became of it since; NULL: none. */
enum status rebalance_out(const struct call *c, struct book *b, const struct proposal *p,
	const struct rebalance_kept_opened *o, struct err *e) MUST_USE;

#endif
