/* What people do with plays: start one, tick its steps, end it. */
#include "core/act_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/book_work.h"
#include "core/convert.h"
#include "core/play_gate.h"
#include "core/play_mail.h"
#include "core/play_start.h"
#include "core/task_text.h"

/* ---- what speaks against it ---- */

struct onboarding {
	int32_t today;
	bool runs;
};

static enum status take_onboarding(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct onboarding *x = arg;
	const int32_t begun = cell_day(&c[F_ONBOARDING_STARTED]);
	const int32_t value = cell_day(&c[F_FIRST_VALUE_ON]);

	(void)id;
	(void)e;
	x->runs = begun != DAY_NONE && begun <= x->today &&
		  (value == DAY_NONE || value > x->today);
	return ST_OK;
}

/* Queues ask for every row: nothing here reads more than the account. */
static enum status look_at(
	struct book *b, uint32_t account, struct gate_facts *out, struct err *e)
{
	struct onboarding x = { b->clock.today, false };
	struct book_work room = { .alert = NULL };
	struct book_live live;
	uint8_t health;
	enum status st = book_need_columns(b, e);

	if (st == ST_OK && (account < 1 || account > b->columns.n))
		st = err_set(e, ST_NOTFOUND, "there is no such account any more");
	if (st == ST_OK)
		st = b->store->ops->rows_of(
			b->store, REC_ACCOUNT, &account, 1, take_onboarding, &x, e);
	if (st == ST_OK)
		st = book_work_of(b, account, &room, &live, e);
	if (st != ST_OK) {
		book_work_clear(&room);
		return st;
	}
	health = b->columns.scores.health[account - 1];
	*out = (struct gate_facts){ .tier = b->columns.tier[account - 1],
		.health = health <= 100 ? health : 0,
		.flagged = live.alerts > 0,
		.onboarding = x.runs };
	for (uint32_t k = 0; k < live.alerts; k++)
		out->risk |= live.alert[k].severity >= SEV_WARNING;
	book_work_clear(&room);
	return ST_OK;
}

/* Customers don't get the same mail twice because a key was struck twice. */
static enum status written_already(struct book *b, uint32_t account, const struct play *p,
	char out[GATE_TEXT_MAX], struct err *e)
{
	struct play_mail mail;
	char day[DAY_TEXT_MAX];
	const enum status st = play_mail_of(b, account, p, b->clock.today, &mail, e);

	out[0] = '\0';
	if (st != ST_OK || mail.made == DAY_NONE)
		return st;
	if (mail.sent != DAY_NONE)
		snprintf(out, GATE_TEXT_MAX, "its message went out today");
	else
		snprintf(out, GATE_TEXT_MAX, "its message of %s waits in the outbox",
			day_format(mail.made, day));
	return st;
}

static void join(char out[ACT_AGAINST_MAX], const char *more)
{
	if (*more)
		text_add(out, ACT_AGAINST_MAX, "%s%s", *out ? "; " : "", more);
}

enum status book_play_against(struct book *b, uint32_t account, const struct play *p,
	char out[ACT_AGAINST_MAX], bool *gates, struct err *e)
{
	char shut[GATE_TEXT_MAX], guards[GATE_TEXT_MAX], written[GATE_TEXT_MAX];
	struct gate_facts known;
	enum status st = look_at(b, account, &known, e);

	out[0] = '\0';
	*gates = false;
	if (st == ST_OK)
		st = play_gates(b, account, p, &known, shut, e);
	if (st == ST_OK)
		st = written_already(b, account, p, written, e);
	if (st != ST_OK)
		return st;
	play_guards(p, &known, guards);
	*gates = *shut != '\0';
	join(out, shut);
	join(out, guards);
	join(out, written);
	return ST_OK;
}

/* ---- starting ---- */

enum status act_add_row(void *arg, enum record_kind kind, const struct cell *cells,
	int64_t *id, struct err *e)
{
	struct work *w = arg;
	const enum status st = work_write(w, kind, 0, NULL, cells, e);

	*id = st == ST_OK ? w->added : 0;
	return st;
}

/* The live alert of the account that is meant; 0: the worst that the play answers, if
 * there is one. out->id 0: none. */
static enum status find_alert(struct book *b, uint32_t account, const struct play *p,
	int64_t meant, struct alert *out, struct err *e)
{
	struct book_work room = { .alert = NULL };
	struct book_live live = { .alerts = 0 };
	const enum status st = book_work_of(b, account, &room, &live, e);

	*out = (struct alert){ .id = 0 };
	for (uint32_t k = 0; st == ST_OK && k < live.alerts; k++) {
		const struct alert *a = &live.alert[k];

		if (meant ? a->id == meant
			  : play_started_by(p, a->kind) &&
					(!out->id || a->severity > out->severity))
			*out = *a;
	}
	book_work_clear(&room);
	return st;
}

/* A reason for what speaks against it; without one a gate forbids. */
static enum status weigh(const struct play *p, const char *against, bool gates,
	const char *reason, struct err *e)
{
	if (!*against || text_trim(text_of(reason ? reason : "")).n)
		return ST_OK;
	return err_set(e, gates ? ST_FORBIDDEN : ST_USAGE,
		"%s is held: %s; give a reason to start it all the same", p->title,
		against);
}

/* Plays that are started in one operation. */
struct starting {
	struct book *b;
	const struct play *play;
	const char *reason;
	char title[128]; /* of the operation, which borrows it */
	struct work w;
	struct starter starter;
	struct start_reader reader;
};

static enum status begin_starting(struct starting *s, struct book *b,
	const struct play *p, const char *reason, struct err *e)
{
	enum status st;

	*s = (struct starting){ .b = b, .play = p, .reason = reason };
	snprintf(s->title, sizeof(s->title), "start %s", p->title);
	st = work_begin(&s->w, b, s->title, reason, e);
	if (st != ST_OK)
		return st;
	starter_init(&s->starter, b, act_add_row, &s->w);
	return ST_OK;
}

static enum status end_starting(struct starting *s, enum status st, struct err *e)
{
	starter_clear(&s->starter);
	start_reader_clear(&s->reader);
	return work_end(&s->w, st, e);
}

static enum status start_on(struct starting *s, uint32_t account, const struct alert *a,
	int64_t *id, struct err *e)
{
	char why[ALERT_SENTENCE_MAX] = "";
	struct start_facts facts;
	enum status st = start_reader_facts(&s->reader, s->b, account, &facts, e);

	*id = 0;
	if (st != ST_OK)
		return st;
	if (a->id)
		alert_sentence(
			&s->b->policy, a->kind, &a->evidence, s->b->clock.today, why);
	st = start_play(&s->starter,
		&(struct start){ account, s->play, a->id, why, s->b->me, s->reason,
			&facts, false },
		id, e);
	if (st == ST_OK && !*id)
		st = err_set(e, ST_USAGE, "%s runs there already", s->play->title);
	return st;
}

static enum status look_for(struct book *b, uint32_t account, const struct play *p,
	const char *reason, char said[ACT_AGAINST_MAX], struct err *e)
{
	bool gates;
	const enum status st = book_play_against(b, account, p, said, &gates, e);

	return st == ST_OK ? weigh(p, said, gates, reason, e) : st;
}

static enum status start_given(
	struct starting *s, uint32_t account, int64_t alert, int64_t *id, struct err *e)
{
	char said[ACT_AGAINST_MAX];
	struct alert a = { .id = 0 };
	bool changed;
	enum status st = book_refresh(s->b, &changed, e);

	if (st == ST_OK)
		st = look_for(s->b, account, s->play, s->reason, said, e);
	if (st == ST_OK && alert)
		st = find_alert(s->b, account, s->play, alert, &a, e);
	if (st == ST_OK && alert && !a.id)
		st = err_set(e, ST_NOTFOUND, "alert %lld is over", (long long)alert);
	return st == ST_OK ? start_on(s, account, &a, id, e) : st;
}

enum status book_play_start(struct book *b, uint32_t account, const struct play *p,
	int64_t alert, const char *reason, int64_t *task, struct err *e)
{
	struct starting s;
	int64_t id = 0;
	enum status st = begin_starting(&s, b, p, reason, e);

	if (st != ST_OK)
		return st;
	st = end_starting(&s, start_given(&s, account, alert, &id, e), e);
	if (task)
		*task = id;
	return st;
}

static bool is_left_out(enum status st)
{
	return st == ST_USAGE || st == ST_FORBIDDEN || st == ST_NOTFOUND;
}

/* *held says what a reason was wanted for, "" nothing. */
static enum status start_one(struct starting *s, uint32_t account, int64_t *id,
	char held[ACT_AGAINST_MAX], struct err *e)
{
	struct alert a;
	enum status st = look_for(s->b, account, s->play, s->reason, held, e);

	if (st != ST_OK)
		return st;
	held[0] = '\0';
	st = find_alert(s->b, account, s->play, 0, &a, e);
	return st == ST_OK ? start_on(s, account, &a, id, e) : st;
}

static enum status start_each(struct starting *s, const uint32_t *accounts, uint32_t n,
	struct act_started *out, struct err *e)
{
	enum status last = ST_OK;
	struct err why = { .text = "" };
	char held[ACT_AGAINST_MAX];
	bool changed;
	enum status st = book_refresh(s->b, &changed, e);

	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		const uint32_t account = accounts[i];
		int64_t id;
		const enum status one = start_one(s, account, &id, held, &why);

		if (one == ST_OK) {
			const bool mail =
				play_is_mail(s->play, s->b->columns.tier[account - 1]);

			out->n++;
			out->mails += mail;
			out->task = mail ? out->task : id;
		} else if (is_left_out(one)) {
			last = one;
			if (!out->left)
				snprintf(out->why, sizeof(out->why), "%s",
					held[0] ? held : why.text);
			out->left = out->left ? out->left : account;
		} else {
			st = err_set(e, one, "%s", why.text);
		}
	}
	return st == ST_OK && out->n == 0 && last != ST_OK
		       ? err_set(e, last, "%s", why.text)
		       : st;
}

enum status book_play_start_all(struct book *b, const uint32_t *accounts, uint32_t n,
	const struct play *p, const char *reason, struct act_started *out, struct err *e)
{
	struct starting s;
	enum status st;

	*out = (struct act_started){ .n = 0 };
	st = begin_starting(&s, b, p, reason, e);
	if (st == ST_OK)
		st = end_starting(&s, start_each(&s, accounts, n, out, e), e);
	return st;
}

/* ---- steps ---- */

static enum status read_task(
	struct work *w, int64_t id, struct cell *cells, struct task *out, struct err *e)
{
	char day[DAY_TEXT_MAX];
	enum status st = work_read(w, REC_TASK, id, cells, e);

	if (st == ST_NOTFOUND || (st == ST_OK && !task_from_row(id, cells, out)))
		return err_set(e, ST_NOTFOUND,
			"there is no task %lld; `tierdesk tasks` lists them",
			(long long)id);
	if (st == ST_OK && out->started > w->b->clock.today)
		return err_set(e, ST_NOTFOUND, "task %lld started later, on %s",
			(long long)id, day_format(out->started, day));
	if (st == ST_OK && out->ended != DAY_NONE)
		return err_set(e, ST_NOTFOUND, "task %lld is over: it was %s on %s",
			(long long)id, task_state_word[out->state],
			day_format(out->ended, day));
	return st;
}

static struct cell text_cell(struct text t)
{
	return t.n ? CELL_OF_TEXT(t) : (struct cell){ .type = CELL_MISSING };
}

static void end_cells(
	struct work *w, struct cell *c, enum task_state how, struct text what)
{
	c[F_TASK_STATE] = CELL_OF_TEXT(text_of(task_state_word[how]));
	c[F_TASK_ENDED] = CELL_OF_INT(w->b->clock.today);
	c[F_TASK_OUTCOME] = text_cell(what);
}

enum status act_end_task(struct work *w, int64_t id, enum task_state how,
	struct text outcome, struct err *e)
{
	struct cell before[TASK_FIELDS], after[TASK_FIELDS];
	struct task t;
	enum status st = read_task(w, id, before, &t, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	end_cells(w, after, how, outcome);
	return work_write(w, REC_TASK, id, before, after, e);
}

enum status act_check_step(struct work *w, const struct task *shown, struct err *e)
{
	struct cell cells[TASK_FIELDS];
	struct task t;
	struct err over = { .text = "" };
	enum status st = read_task(w, shown->id, cells, &t, &over);

	if (st == ST_OK && t.step == shown->step)
		return ST_OK;
	if (st != ST_OK && st != ST_NOTFOUND)
		return err_set(e, st, "%s", over.text);
	return err_set(e, ST_STALE, "%.*s is %s by now: open this anew, and look again",
		(int)shown->title.n, shown->title.n ? shown->title.s : "",
		st == ST_NOTFOUND ? "over" : "a step further");
}

/* What was done stays: the step as it was called then. */
static enum status keep_step(
	struct work *w, const struct task *t, struct text outcome, struct err *e)
{
	struct cell c[STEP_FIELDS] = { { .type = CELL_MISSING } };

	c[F_STEP_ACCOUNT] = CELL_OF_INT(t->account);
	c[F_STEP_TASK] = CELL_OF_INT(t->id);
	c[F_STEP_STEP] = CELL_OF_INT(t->step);
	c[F_STEP_TITLE] = text_cell(t->next);
	c[F_STEP_DONE_ON] = CELL_OF_INT(w->b->clock.today);
	c[F_STEP_OUTCOME] = text_cell(outcome);
	c[F_STEP_ACTOR] = text_cell(text_of(w->b->me));
	return work_write(w, REC_STEP, 0, NULL, c, e);
}

/* Of a claim without a play, or with fewer steps in the play by now, this one was the
 * last. A play of somebody's own may not be on this machine: how many steps it has is not
 * known then. */
static enum status tick(struct work *w, int64_t id, int step, const struct plays *plays,
	struct text outcome, struct err *e)
{
	struct cell before[TASK_FIELDS], after[TASK_FIELDS];
	const struct play *p;
	int32_t renewal;
	struct task t;
	enum status st = read_task(w, id, before, &t, e);

	if (st != ST_OK)
		return st;
	p = plays_find_text(plays, t.play);
	if (step && t.step != step)
		return err_set(e, ST_STALE,
			"somebody else was here meanwhile: the next step is by now: %.*s",
			(int)t.next.n, t.next.s ? t.next.s : "");
	if (t.play.n && !p)
		return err_set(e, ST_NOTFOUND,
			"the play %.*s is not on this machine, so what follows this step "
			"is "
			"not known; copy its file here, or end the play",
			convert_shown(t.play, PLAY_NAME_MAX - 1), t.play.s);
	if (p && t.step >= 1 && t.step <= p->steps &&
		p->step[t.step - 1].outcome_required && !outcome.n)
		return err_set(e, ST_USAGE,
			"this step counts only with an outcome: what came of it, and "
			"what comes next");
	st = task_renewal(w->b, t.account, &renewal, e);
	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	if (!p || !task_set_next(p, t.started, renewal, t.step, after))
		end_cells(w, after, TASK_DONE, outcome);
	st = keep_step(w, &t, outcome, e);
	return st == ST_OK ? work_write(w, REC_TASK, id, before, after, e) : st;
}

enum status act_end_shown(struct work *w, const struct task *shown,
	const struct plays *plays, struct text outcome, struct err *e)
{
	const struct play *p = plays_find_text(plays, shown->play);
	enum status st = act_check_step(w, shown, e);

	if (st != ST_OK)
		return st;
	return p && shown->step >= p->steps
		       ? tick(w, shown->id, shown->step, plays, outcome, e)
		       : act_end_task(w, shown->id, TASK_DROPPED, outcome, e);
}

enum status book_task_tick(
	struct book *b, int64_t task, int step, const char *outcome, struct err *e)
{
	const struct plays *plays;
	struct text what;
	struct work w;
	enum status st = book_plays(b, &plays, e);

	if (st == ST_OK)
		st = act_text(outcome, NULL, &what, e);
	if (st == ST_OK)
		st = work_begin(&w, b, "tick a step", outcome, e);
	if (st != ST_OK)
		return st;
	return work_end(&w, tick(&w, task, step, plays, what, e), e);
}

enum status book_task_drop(
	struct book *b, int64_t task, const char *outcome, struct err *e)
{
	struct text what;
	struct work w;
	enum status st = act_text(outcome,
		"ending a play early wants an outcome: --outcome TEXT", &what, e);

	if (st == ST_OK)
		st = work_begin(&w, b, "drop a play", outcome, e);
	if (st != ST_OK)
		return st;
	return work_end(&w, act_end_task(&w, task, TASK_DROPPED, what, e), e);
}
