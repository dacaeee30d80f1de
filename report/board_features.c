/* Which features of the first days go with staying. */
#include "report/board_internal.h"

#include <math.h>

#include "core/book_features.h"

static void put_share(struct board *x, struct doc_table *t, uint32_t n, uint32_t of)
{
	char a[DOC_FIGURE_MAX];

	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_percent(board_share(n, of), a));
	doc_cellf(x->d, t, TONE_QUIET, "%s", doc_count(of, a));
}

static void put_table(struct board *x, const struct features *f)
{
	static const struct doc_column columns[] = { { "Feature", false, false },
		{ "Best", true, false }, { "Kept with it", true, false },
		{ "Accounts", true, false }, { "Kept without", true, false },
		{ "Accounts", true, false }, { "Lift, points", false, false } };
	struct doc_table *t = doc_table(x->d, "", columns, 7);
	char lift[FEATURES_LIFT_MAX];

	for (int k = 0; k < f->n; k++) {
		const struct feature *y = &f->feature[k];

		doc_cellf(x->d, t, y->rank ? TONE_STRONG : TONE_PLAIN, "%.*s",
			(int)y->name.n, y->name.s);
		if (y->rank)
			doc_cellf(x->d, t, TONE_STRONG, "%d", y->rank);
		else
			doc_cellf(x->d, t, TONE_PLAIN, "%s", "");
		put_share(x, t, y->with_kept, y->with);
		put_share(x, t, y->without_kept, y->without);
		doc_cellf(x->d, t, TONE_PLAIN, "%s", features_lift_text(y, lift));
	}
	if (doc_rows(t))
		doc_show(x->d, t);
}

static void say(void *arg, enum features_line kind, const char *text)
{
	struct board *x = arg;

	doc_say(x->d,
		kind == FEATURES_WARNS  ? TONE_ASK
		: kind == FEATURES_RULE ? TONE_QUIET
					: TONE_PLAIN,
		"%s", text);
}

enum status board_features(struct board *x, struct err *e)
{
	struct book_features *made = NULL;
	enum status st = book_features_new(x->b, x->revenue, FEATURES_DAYS, &made, e);

	if (st == ST_OK)
		st = book_features_all(made, e);
	if (st == ST_OK) {
		doc_section(x->d, "features", "First steps that go with staying");
		put_table(x, book_features_known(made));
		features_say(book_features_known(made), say, x);
	}
	book_features_free(&made);
	return st;
}
