/* What the files of the tier view share; nobody else includes it. */
#ifndef CORE_TIER_VIEW_INTERNAL_H
#define CORE_TIER_VIEW_INTERNAL_H

#include "core/book_internal.h"
#include "core/tier_view.h"

enum { TIER_VIEW_REASON = 400 }; /* bytes of a sentence */

/* A view under way. */
struct tier_making {
	struct book *b;
	struct tier_view *v;
	struct tiers before; /* of the proposal, as are the scores */
	struct scores scores;
};

enum status tier_view_no_memory(struct err *e);
/* Room for n of a size in the view, and one more; NULL: there is none. */
void *tier_view_room(struct tier_making *m, size_t n, size_t size);
/* A copy in the view. */
struct text tier_view_keep(struct tier_making *m, struct text t);
/* Of accounts 1.. that a view speaks of; ids that are 0, or of no account, are nobody's.
 */
enum status tier_view_name(struct tier_making *m, const uint32_t *id, uint32_t n,
	struct tier_who *out, struct err *e) MUST_USE;

/* ---- parts of the view, in files of their own ---- */
enum status tier_view_requests(struct tier_making *m, struct err *e) MUST_USE;
enum status tier_view_history(struct tier_making *m, struct err *e) MUST_USE;

#endif
