/* What the pilots of plays showed, which are to write to customers by themselves. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"
#include "core/plays.h"

/* However long ago: what was shown stays shown. */
enum { PILOT_DAYS = 3650 };

static bool any_pilot(const struct plays *p)
{
	for (int i = 0; i < p->n; i++)
		if (p->play[i]->pilot > 0)
			return true;
	return false;
}

static void count(const struct play_reading *r, struct play *p)
{
	struct play_use use = { .alerts = 0 };

	for (uint32_t i = 0; i < r->n; i++)
		if (text_eq(r->out->plays.word[r->of[i].play].text, text_of(p->name)) &&
			play_case_judged(&r->of[i], r->out->as_of))
			play_use_judge(&use, &r->of[i]);
	p->pilot_alerts = use.alerts;
	p->pilot_gone = use.gone;
}

static enum status read_pilots(struct play_reading *r, struct err *e)
{
	enum status st = play_use_tasks(r, e);

	if (st == ST_OK && r->n)
		st = play_use_alerts(r, e);
	if (st == ST_OK)
		st = play_use_accounts(r, e);
	return st;
}

enum status play_pilots(struct book *b, struct plays *p, struct err *e)
{
	struct play_uses uses = { .as_of = b->clock.today };
	struct play_reading r = {
		.b = b, .out = &uses, .library = p, .tasks = true, .pilots = true
	};
	enum status st;

	if (!any_pilot(p))
		return ST_OK;
	uses.from = uses.as_of - PILOT_DAYS;
	word_set_init(&uses.plays);
	arena_init(&uses.texts);
	st = read_pilots(&r, e);
	for (int i = 0; st == ST_OK && i < p->n; i++)
		if (p->play[i]->pilot > 0)
			count(&r, p->play[i]);
	free(r.of);
	play_uses_clear(&uses);
	return st;
}
