/*
 * What an act on alerts is about: the alerts and the plays of the accounts that are
 * meant.
 */
#ifndef TUI_HAND_LIVE_H
#define TUI_HAND_LIVE_H

#include "core/act.h"
#include "core/book_live.h"
#include "tui/hand.h"

/* The live alerts of the targets that are in sight, or the one that is meant; and the
 * plays that run there. */
struct hand_live {
	struct alert *alert; /* owned, as is task; the worst first */
	uint32_t alerts;
	struct task *task; /* texts are in the arena */
	uint32_t tasks;
	uint32_t without; /* targets without an alert */
	struct arena arena;
};

/* Of the targets of now; false and a message, and nothing to clear: it can't be had. */
bool hand_live_now(struct app *a, int64_t only, struct hand_live *out);
void hand_live_clear(struct hand_live *x);

/* "; 2 had no alert", as the end of a message; "" when all had one */
void hand_live_without(
	const struct hand_live *x, const struct hand *h, char *out, size_t size);
/* A form for the targets of now and that alert, which acts on what was found then,
 * whatever came since: it takes x. Returns owned. */
struct form *hand_live_form(
	struct app *a, const struct form_spec *spec, int64_t alert, struct hand_live *x);
/* What such a form acts on, borrowed from it; and the same for core/act.h. */
const struct hand_live *hand_live_about(const struct form *f);
struct act_shown hand_live_shown(const struct hand_live *x);
/* "; 1 came meanwhile", as the end of a message: alerts that the form did not show. */
void hand_live_since(struct app *a, const struct form *f, const struct hand *h, char *out,
	size_t size);

#endif
