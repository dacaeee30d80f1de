#include "core/demo_fixes.h"

#include "core/fix.h"

enum { NOT_YET = -1, APART = 11 };

/* Days before the last one; they stand in all states. */
static const struct demo_fix {
	const char *cause;
	int before[FIX_STATES];
	bool helps; /* tickets stop with the day it is automated */
	const char *text, *link;
} fixes[] = {
	{ "login loop after single sign-on change", { 210, 190, 150, 110 }, true,
		"sessions are renewed when the identity provider changes",
		"release 4.2" },
	{ "slow search on large workspaces", { 160, 140, 95, 60 }, true,
		"closed projects have an index of their own", "release 4.3" },
	{ "wrong time zone in schedules", { 130, 118, 61, NOT_YET }, true,
		"the zone of the workspace is taken, no longer the server's",
		"release 4.4" },
	{ "e-mail notifications arrive twice", { 120, 100, 45, NOT_YET }, false,
		"the queue drops what it has sent before", "release 4.5" },
	{ "duplicate records after merge", { 25, 14, 6, NOT_YET }, true,
		"merging asks which record stays", "release 4.6" },
	{ "nightly import skipped rows", { 75, 52, NOT_YET, NOT_YET }, false,
		"split the file in two; support has a script for it", "article 118" },
	{ "invoice does not match contract", { 33, NOT_YET, NOT_YET, NOT_YET }, false,
		"finance compares both before it sends, by hand", NULL },
};
enum { FIXES = sizeof(fixes) / sizeof(*fixes) };

static int32_t day_of(const struct demo_world *w, const struct demo_fix *f, int state)
{
	return f->before[state] == NOT_YET ? DAY_NONE : w->r->today - f->before[state];
}

/* A short history has only the newer ones. */
static bool is_told(const struct demo_world *w, const struct demo_fix *f)
{
	return day_of(w, f, FIX_NOTICED) >= w->signals_from;
}

bool demo_fixes_stopped(const struct demo_world *w, struct text cause, int32_t day)
{
	for (int i = 0; i < FIXES; i++) {
		const int32_t mended = day_of(w, &fixes[i], FIX_AUTOMATED);

		if (text_eq(text_of(fixes[i].cause), cause))
			return fixes[i].helps && mended != DAY_NONE && day > mended &&
			       is_told(w, &fixes[i]);
	}
	return false;
}

/* They were noticed at large customers, one at each. */
enum status demo_fixes_row(struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	const struct demo_world *w = p->world;
	struct cell cells[FIX_FIELDS] = { { 0 } };
	uint64_t nth = p->line;
	char name[DEMO_NAME_MAX];
	int i = 0;

	while (i < FIXES && (!is_told(w, &fixes[i]) || nth-- > 0))
		i++;
	if (i == FIXES || l->churned || l->csm == NOBODY || l->size != SIZE_ENTERPRISE ||
		l->index < p->line * APART ||
		l->start > day_of(w, &fixes[i], FIX_NOTICED))
		return ST_OK;
	demo_life_csm(w, l->csm, name);
	cells[F_FIX_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_FIX_CAUSE] = CELL_OF_TEXT(text_of(fixes[i].cause));
	cells[F_FIX_TEXT] = CELL_OF_TEXT(text_of(fixes[i].text));
	cells[F_FIX_ACTOR] = CELL_OF_TEXT(text_of(name));
	if (fixes[i].link)
		cells[F_FIX_LINK] = CELL_OF_TEXT(text_of(fixes[i].link));
	for (int k = 0; k < FIX_STATES; k++)
		if (fixes[i].before[k] != NOT_YET)
			cells[fix_state_field[k]] = CELL_OF_INT(day_of(w, &fixes[i], k));
	return demo_rows_put(p, cells, e);
}
