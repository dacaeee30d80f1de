#include "tui/nothing.h"

#include "tui/app.h"
#include "tui/page.h"

bool nothing_paint(
	const struct app *a, struct canvas *c, struct rect body, enum scope scope)
{
	struct rect at = { body.row + 2, body.column + 4, body.rows - 2,
		body.columns - 5 };

	if (a->summary.figures_day != DAY_NONE)
		return false;
	if (a->summary.accounts == 0)
		page_put(c, &at, ROLE_STRONG,
			"The book is empty: %s brings a file of accounts in, and there "
			"is something to see after the first recalculation.",
			keys_word(scope, ACT_IMPORT));
	else
		page_put(c, &at, ROLE_STRONG,
			"Nothing is computed yet: press %s to recalculate.",
			keys_word(scope, ACT_RECALCULATE));
	return true;
}
