/* Alerts, plays and messages as they stand in the timeline. */
#include "tui/account_timeline.h"

#include "core/alert_life.h"
#include "core/convert.h"

/* "health-drop opened, critical", and how it ended. */
static void add_alerts(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_ALERT].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_ALERT, i);
		const struct text kind = cell_shown(&c[F_ALERT_KIND]),
				  severity = cell_shown(&c[F_ALERT_SEVERITY]),
				  state = cell_shown(&c[F_ALERT_STATE]),
				  outcome = cell_shown(&c[F_ALERT_OUTCOME]);
		const bool bad =
			text_eq(severity, text_of(alert_severity_word[SEV_CRITICAL]));

		account_timeline_add(g, EVENTS_WORK, cell_day(&c[F_ALERT_OPENED]),
			bad ? ROLE_BAD : ROLE_WATCH, TEXT("alert"),
			account_timeline_print(g, "%.*s opened, %.*s", (int)kind.n,
				kind.s, (int)severity.n, severity.s));
		if (cell_day(&c[F_ALERT_ENDED]) == DAY_NONE)
			continue;
		account_timeline_add(g, EVENTS_WORK, cell_day(&c[F_ALERT_ENDED]),
			ROLE_GOOD, TEXT("alert"),
			account_timeline_print(g, "%.*s %.*s%s%.*s", (int)kind.n, kind.s,
				(int)state.n, state.s, outcome.n ? ": " : "",
				convert_shown(outcome, 300), outcome.s));
	}
}

static void add_plays(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_TASK].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_TASK, i);
		const struct text title = cell_shown(&c[F_TASK_TITLE]),
				  state = cell_shown(&c[F_TASK_STATE]),
				  actor = cell_shown(&c[F_TASK_ACTOR]),
				  outcome = cell_shown(&c[F_TASK_OUTCOME]);

		account_timeline_add(g, EVENTS_WORK, cell_day(&c[F_TASK_STARTED]),
			ROLE_TEXT, TEXT("play"),
			account_timeline_print(g, "%.*s started by %.*s", (int)title.n,
				title.s, actor.n ? (int)actor.n : 8,
				actor.n ? actor.s : "an alert"));
		if (cell_day(&c[F_TASK_ENDED]) == DAY_NONE)
			continue;
		account_timeline_add(g, EVENTS_WORK, cell_day(&c[F_TASK_ENDED]),
			ROLE_TEXT, TEXT("play"),
			account_timeline_print(g, "%.*s %.*s%s%.*s", (int)title.n,
				title.s, (int)state.n, state.s, outcome.n ? ": " : "",
				convert_shown(outcome, 300), outcome.s));
	}
}

static void add_steps(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_STEP].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_STEP, i);
		const struct text title = cell_shown(&c[F_STEP_TITLE]),
				  actor = cell_shown(&c[F_STEP_ACTOR]),
				  outcome = cell_shown(&c[F_STEP_OUTCOME]);

		account_timeline_add(g, EVENTS_WORK, cell_day(&c[F_STEP_DONE_ON]),
			ROLE_GOOD, TEXT("step"),
			account_timeline_print(g, "%.*s%s%.*s%s%.*s",
				convert_shown(title, 200), title.s, outcome.n ? ": " : "",
				convert_shown(outcome, 200), outcome.s,
				actor.n ? ", " : "", (int)actor.n, actor.s));
	}
}

/* Notices to colleagues are no events of the customer. */
static void add_messages(struct gathering *g)
{
	for (uint32_t i = 0; i < g->v->rows[REC_MESSAGE].n; i++) {
		const struct cell *c = account_view_row(g->v, REC_MESSAGE, i);
		const struct text subject = cell_shown(&c[F_MESSAGE_SUBJECT]),
				  kind = cell_shown(&c[F_MESSAGE_KIND]),
				  to = cell_shown(&c[F_MESSAGE_TO]);
		const int32_t sent = cell_day(&c[F_MESSAGE_SENT]);

		if (text_eq(kind, TEXT("notice")))
			continue;
		account_timeline_add(g, EVENTS_WORK,
			sent == DAY_NONE ? cell_day(&c[F_MESSAGE_MADE]) : sent, ROLE_TEXT,
			text_eq(kind, TEXT("customer")) ? TEXT("message")
							: TEXT("escalation"),
			account_timeline_print(g, "%.*s%s%.*s%s",
				convert_shown(subject, 200), subject.s,
				to.n ? ", to " : "", convert_shown(to, 80), to.s,
				sent == DAY_NONE ? ", waits to be sent" : ""));
	}
}

void account_timeline_work(struct gathering *g)
{
	add_alerts(g);
	add_plays(g);
	add_steps(g);
	add_messages(g);
}
