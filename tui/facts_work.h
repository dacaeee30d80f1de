/*
 * What is live of an account, as lines of a page: an alert with its sentence, a play
 * with its steps, the service level of the tier.
 */
#ifndef TUI_FACTS_WORK_H
#define TUI_FACTS_WORK_H

#include "core/book_live.h"
#include "tui/app.h"
#include "tui/page.h"

/* A colour for it; words and signs say it too. */
enum role facts_severity_role(enum severity s);

/* "critical  no login for 9 d, since 3 d ago"; said: what it is about; reason: why it is
 * snoozed, {NULL, 0}: nobody said. */
void facts_alert(struct app *a, struct page *p, const struct alert *x, const char *said,
	struct text reason);
/* Of the account at hand: nothing is read for it. */
void facts_alert_of(struct app *a, struct page *p, const struct account_view *v,
	const struct alert *x);
/* The play of a task of the account: its title, which step of how many, whose; NULL: it
 * is not in the library any more. */
const struct play *facts_play(struct app *a, struct page *p, const struct account_view *v,
	const struct task *x);
/* The steps of a task from the one that comes next on, with the days they are due on:
 * those that go by the renewal of its account, too. */
void facts_steps(struct app *a, struct page *p, const struct task *x,
	const struct play *play, int32_t renewal);
void facts_service(struct app *a, struct page *p, const struct account_view *v);

/* The play that a name in a row stands for; NULL: there is none. */
const struct play *facts_find_play(struct app *a, struct text name);

/* What the queue goes by: the worst alert that is awake, and the play that the policy has
 * for it in that tier. NULL: there is none. */
const struct alert *facts_worst_alert(const struct book_live *x, int32_t today);
const struct play *facts_bound_play(struct app *a, const struct alert *x, int tier);

#endif
