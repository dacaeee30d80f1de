#include "tui/facts_work.h"

#include <stdio.h>

#include "core/convert.h"
#include "core/plays.h"
#include "core/queue.h"
#include "core/in_place.h"
#include "core/service.h"
#include "tui/words.h"

enum { WORD = 12, STEP = 3, REASON = 200 };

enum role facts_severity_role(enum severity s)
{
	return s == SEV_CRITICAL      ? ROLE_BAD
	       : s == SEV_WARNING     ? ROLE_WATCH
	       : s == SEV_OPPORTUNITY ? ROLE_GOOD
				      : ROLE_TEXT;
}

/* ---- alerts --------------------------------------------------------------------- */

/* A text of a row of the account; {NULL, 0}: it has none. */
static struct text text_in(
	const struct account_view *v, enum record_kind kind, int64_t id, int field)
{
	const struct account_rows *rows = &v->rows[kind];

	for (uint32_t i = 0; i < rows->n; i++)
		if (rows->id[i] == id)
			return cell_as_text(&account_view_row(v, kind, i)[field]);
	return (struct text){ NULL, 0 };
}

/* "..., snoozed until 2026-03-31: waits for their budget" */
void facts_alert(struct app *a, struct page *p, const struct alert *x, const char *said,
	struct text reason)
{
	const int32_t today = book_as_of(a->book);
	const int row = p->c.rows;
	char age[WORDS_MAX], day[DAY_TEXT_MAX];
	char line[360 + REASON];
	int used;

	words_age(x->opened, today, age);
	used = snprintf(line, sizeof(line), "%s; %s%s", said,
		x->opened == today ? "new " : "since ", age);
	if (x->severity == SEV_CRITICAL && x->severe != x->opened)
		used += snprintf(line + used, sizeof(line) - (size_t)used,
			", critical since %s", words_age(x->severe, today, age));
	if (x->escalated != DAY_NONE)
		used += snprintf(line + used, sizeof(line) - (size_t)used, ", escalated");
	if (alert_sleeps(x, today) && used < (int)sizeof(line))
		snprintf(line + used, sizeof(line) - (size_t)used,
			", snoozed until %s%s%.*s", day_format(x->until, day),
			reason.n ? ": " : "", convert_shown(reason, REASON),
			reason.n ? reason.s : "");
	page_text(p, 1 + WORD, alert_sleeps(x, today) ? ROLE_QUIET : ROLE_TEXT,
		text_of(line));
	canvas_put(&p->c, row, 1, WORD - 1, facts_severity_role(x->severity),
		text_of(alert_severity_word[x->severity]));
}

void facts_alert_of(struct app *a, struct page *p, const struct account_view *v,
	const struct alert *x)
{
	char said[ALERT_SENTENCE_MAX];

	facts_alert(a, p, x, queue_reason(a->book, x, v, said),
		text_in(v, REC_ALERT, x->id, F_ALERT_REASON));
}

/* ---- plays ---------------------------------------------------------------------- */

const struct play *facts_find_play(struct app *a, struct text name)
{
	const struct plays *library;
	struct err e = { .text = "" };

	if (book_plays(a->book, &library, &e) != ST_OK) {
		app_fail(a, &e);
		return NULL;
	}
	return plays_find_text(library, name);
}

const struct alert *facts_worst_alert(const struct book_live *x, int32_t today)
{
	const struct alert *worst = NULL;

	for (uint32_t i = 0; i < x->alerts; i++)
		if (!alert_sleeps(&x->alert[i], today) &&
			(!worst || x->alert[i].severity > worst->severity ||
				(x->alert[i].severity == worst->severity &&
					x->alert[i].kind < worst->kind)))
			worst = &x->alert[i];
	return worst;
}

const struct play *facts_bound_play(struct app *a, const struct alert *x, int tier)
{
	return x ? facts_find_play(
			   a, text_of(policy_play(book_policy(a->book), x->kind, tier)))
		 : NULL;
}

const struct play *facts_play(
	struct app *a, struct page *p, const struct account_view *v, const struct task *x)
{
	const struct text by = text_in(v, REC_TASK, x->id, F_TASK_CSM);
	const struct play *play = facts_find_play(a, x->play);
	char age[WORDS_MAX];

	words_age(x->started, book_as_of(a->book), age);
	if (play)
		page_print(p, 1, ROLE_STRONG, "%.*s, step %d of %d", (int)x->title.n,
			x->title.s, x->step, play->steps);
	else
		page_print(p, 1, ROLE_STRONG, "%.*s, step %d", (int)x->title.n,
			x->title.s, x->step);
	page_print(p, STEP, ROLE_QUIET, "started %s%s", age,
		x->alert ? " by an alert" : " by hand");
	if (by.n)
		page_print(p, STEP, ROLE_QUIET, "claimed by %.*s", (int)by.n, by.s);
	return play;
}

static void put_step(struct app *a, struct page *p, bool next, struct text title,
	const char *owner, int32_t due)
{
	const int32_t today = book_as_of(a->book);
	const bool late = next && due != DAY_NONE && due < today;
	const int row = p->c.rows;
	char age[WORDS_MAX], line[400];

	if (late)
		snprintf(age, sizeof(age), "%d d overdue", today - due);
	else
		words_age(due, today, age);
	snprintf(line, sizeof(line), "%.*s%s%s%s%s%s", convert_shown(title, 200),
		title.n ? title.s : "", owner ? " (" : "", owner ? owner : "",
		owner ? ")" : "",
		due == DAY_NONE ? ""
		: late          ? ", "
				: ", due ",
		age);
	page_text(p, STEP + 2,
		late   ? ROLE_BAD
		: next ? ROLE_TEXT
		       : ROLE_QUIET,
		text_of(line));
	if (next)
		canvas_glyph(&p->c, row, STEP, ROLE_KEY, GLYPH_HERE);
}

void facts_steps(struct app *a, struct page *p, const struct task *x,
	const struct play *play, int32_t renewal)
{
	if (!play || x->step < 1 || x->step > play->steps) {
		put_step(a, p, true, x->next, NULL, x->due);
		return;
	}
	put_step(a, p, true, x->next, NULL, x->due);
	for (int i = x->step; (i = play_step_after(play, i, x->started, renewal)) != 0;) {
		const struct play_step *s = &play->step[i - 1];

		put_step(a, p, false, text_of(s->title),
			s->owner == PLAY_CSM ? NULL : play_owner_word[s->owner],
			play_step_day(play, i, x->started, renewal));
	}
}

/* ---- service -------------------------------------------------------------------- */

void facts_service(struct app *a, struct page *p, const struct account_view *v)
{
	static const enum role missed[SERVICE_LINES] = { ROLE_TEXT, ROLE_BAD, ROLE_BAD,
		ROLE_WATCH, ROLE_WATCH };
	const int tier = tiers_served(v->row.tier);
	const int32_t as_of = book_as_of(a->book);
	char text[SERVICE_TEXT_MAX];
	struct service s;

	if (v->row.tier == TIER_NONE)
		page_print(p, 1, ROLE_UNKNOWN,
			"no tier yet: served as tier %d until a review places it", tier);
	service_of(book_policy(a->book), v, tier, as_of, &s);
	for (int i = 0; i < SERVICE_LINES; i++) {
		const enum service_line line = (enum service_line)i;
		const enum role role = line == SERVICE_LEVEL
					       ? words_tier_role(v->row.tier)
				       : service_missed(&s, line)           ? missed[i]
				       : line == SERVICE_MIX && s.share < 0 ? ROLE_QUIET
									    : ROLE_TEXT;

		if (*service_text(&s, tier, as_of, line, text))
			page_text(p, 1, role, text_of(text));
	}
	if (v->row.tier == 1) {
		const unsigned missing = in_place_missing(book_policy(a->book), v, as_of);

		page_text(p, 1, missing ? ROLE_WATCH : ROLE_TEXT,
			text_of(in_place_text(missing, text)));
	}
}
