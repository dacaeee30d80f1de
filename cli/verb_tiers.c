/* tiers: distribution, caps, what the review would do, requests and findings. */
#include "cli/verbs.h"

#include "cli/tiers_out.h"

enum status verb_tiers(struct call *c, struct err *e)
{
	const bool check = c->option[OPT_CHECK] != NULL;
	const struct tier_view *v = NULL;
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = book_tier_view(b, &v, e);
	if (st == ST_OK && c->format == FORMAT_JSON)
		st = tiers_out_json(b, v, e);
	else if (st == ST_OK)
		st = check ? tiers_out_findings(b, v, e) : tiers_out_text(b, v, e);
	c->answer_no = st == ST_OK && check && v->findings > 0;
	book_free(&b);
	return st;
}
