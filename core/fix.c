#include "core/fix.h"

const char *const fix_state_word[FIX_STATES] = { "noticed", "documented", "automated",
	"verified" };
const int fix_state_field[FIX_STATES] = { F_FIX_NOTICED, F_FIX_DOCUMENTED,
	F_FIX_AUTOMATED, F_FIX_VERIFIED };
const char *const fix_verdict_word[FIX_VERDICTS] = { "none", "open", "young", "holds",
	"came-back", "eliminated" };

bool fix_from_row(int64_t id, const struct cell *cells, int32_t as_of, struct fix *out)
{
	*out = (struct fix){ .id = id,
		.account = cell_as_text(&cells[F_FIX_ACCOUNT]),
		.cause = text_trim(cell_as_text(&cells[F_FIX_CAUSE])),
		.text = cell_as_text(&cells[F_FIX_TEXT]),
		.link = cell_as_text(&cells[F_FIX_LINK]),
		.actor = cell_as_text(&cells[F_FIX_ACTOR]),
		.state = FIX_STATES };
	for (int k = 0; k < FIX_STATES; k++) {
		const int32_t day = cell_day(&cells[fix_state_field[k]]);

		out->day[k] = day <= as_of ? day : DAY_NONE;
		if (out->day[k] != DAY_NONE)
			out->state = (enum fix_state)k;
	}
	return out->day[FIX_NOTICED] != DAY_NONE && out->cause.n > 0;
}

enum fix_state fix_next(const struct cell *cells)
{
	int k = FIX_STATES;

	while (k > 0 && cell_day(&cells[fix_state_field[k - 1]]) == DAY_NONE)
		k--;
	return (enum fix_state)k;
}

int32_t fix_since(const struct fix *f)
{
	return f->day[f->state];
}

int32_t fix_mended(const struct fix *f)
{
	return f->day[FIX_AUTOMATED] != DAY_NONE ? f->day[FIX_AUTOMATED]
						 : f->day[FIX_VERIFIED];
}

bool fix_failed(const struct fix *f, int32_t opened)
{
	return fix_mended(f) != DAY_NONE && opened > fix_mended(f);
}

bool fix_counts(const struct fix *x, const struct fix *y)
{
	if (fix_since(x) != fix_since(y))
		return fix_since(x) > fix_since(y);
	return x->state > y->state;
}

enum fix_verdict fix_judge(const struct fix *f, int32_t last, int32_t as_of)
{
	const int32_t mended = fix_mended(f);
	int32_t quiet = mended;

	if (mended == DAY_NONE)
		return FIX_OPEN;
	if (f->state == FIX_VERIFIED)
		return last > f->day[FIX_VERIFIED] ? FIX_BACK : FIX_ELIMINATED;
	if (last > mended)
		quiet = last;
	if (as_of - quiet >= FIX_QUIET)
		return FIX_HOLDS;
	return quiet > mended ? FIX_BACK : FIX_YOUNG;
}
