/* What became of the moves since the proposal before, as what was said changes them. */
#include "tui/rebalance.h"

#include <stdio.h>

#include "core/convert.h"
#include "tui/words.h"

enum { NAMED = 2, NAME_SHOWN = 20 };

static bool moves_in(const struct proposal *p, uint32_t account)
{
	return proposal_row(p, account) != p->before->row_of[account - 1];
}

/* Rows are of a proposal: what-ifs add some. */
static bool same_owner(
	const struct proposal *p, const struct proposal *q, uint32_t account)
{
	return text_eq(proposal_owner(p, proposal_row(p, account)),
		proposal_owner(q, proposal_row(q, account)));
}

static enum rebalance_since since_of(const struct rebalance_screen *s,
	const struct proposal *before, const struct rebalance_line *x)
{
	if (!x->move || rebalance_word(s, x->account))
		return SINCE_SAME; /* who said so knows */
	if (!moves_in(before, x->account))
		return SINCE_NEW;
	return same_owner(before, s->p, x->account) ? SINCE_SAME : SINCE_OTHER;
}

void rebalance_news_mark(struct rebalance_screen *s, const struct proposal *before)
{
	if (!before || before->generation != s->p->generation)
		return;
	for (int k = 0; k < s->lines; k++) {
		struct rebalance_line *x = &s->line[k];

		x->since = since_of(s, before, x);
		s->news.fresh += x->since == SINCE_NEW;
		s->news.other += x->since == SINCE_OTHER;
	}
}

void rebalance_news_gone(struct rebalance_screen *s, const struct proposal *now)
{
	struct text name[NAMED];
	uint32_t gone = 0;

	s->news = (struct rebalance_news){ .fresh = 0 };
	if (!s->p || !now || s->p->generation != now->generation)
		return;
	for (int k = 0; k < s->lines; k++) {
		const struct rebalance_line *x = &s->line[k];

		if (!x->move || moves_in(now, x->account) ||
			rebalance_word(s, x->account))
			continue;
		if (gone < NAMED)
			name[gone] = (struct text){ x->name.s,
				(size_t)convert_shown(x->name, NAME_SHOWN) };
		gone++;
	}
	words_some(name, gone, NAMED, s->news.gone, sizeof(s->news.gone));
}

void rebalance_news_say(struct app *a, const struct rebalance_screen *s, const char *done)
{
	const struct rebalance_news *x = &s->news;
	const char *dot = canvas_glyph_text(&a->canvas, GLYPH_DOT);
	char gone[sizeof(x->gone) + 24] = "", fresh[40] = "", other[40] = "";

	if (*x->gone)
		snprintf(gone, sizeof(gone), " %s not any more: %s", dot, x->gone);
	if (x->fresh)
		snprintf(fresh, sizeof(fresh), " %s %u new (+)", dot, x->fresh);
	if (x->other)
		snprintf(other, sizeof(other), " %s %u to another (~)", dot, x->other);
	if (!*x->gone && !x->fresh && !x->other)
		app_say(a, "%s %s no other move changes", done, dot);
	else
		app_say(a, "%s%s%s%s", done, gone, fresh, other);
}
