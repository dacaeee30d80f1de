/* The tiers as `tierdesk tiers` writes them: for people, and for programs. */
#ifndef CLI_TIERS_OUT_H
#define CLI_TIERS_OUT_H

#include "core/tier_view.h"

enum status tiers_out_text(
	struct book *b, const struct tier_view *v, struct err *e) MUST_USE;
enum status tiers_out_json(
	struct book *b, const struct tier_view *v, struct err *e) MUST_USE;
/* A line for each finding, with the first of its accounts and what to do. */
enum status tiers_out_findings(
	struct book *b, const struct tier_view *v, struct err *e) MUST_USE;

#endif
