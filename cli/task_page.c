#include "cli/task_page.h"

#include <stdio.h>

#include "cli/agenda_rows.h"
#include "core/plays.h"
#include "core/task_text.h"

struct page {
	struct call *c;
	struct book *b;
	const struct plays *plays;
	const struct play *play; /* NULL: there is none of this name any more */
	int32_t renewal;         /* of the account; DAY_NONE: not known */
	struct play_said said;
	struct arena arena;
	const struct agenda_task *task;
};

/* ---- text ---- */

static void put_field(const char *title, struct text t)
{
	if (!t.s || !t.n)
		return;
	printf("%-9s", title);
	call_put(t, 1000);
	putchar('\n');
}

static void put_day(const char *title, int32_t day)
{
	char text[DAY_TEXT_MAX];

	put_field(title, text_of(day_format(day, text)));
}

static enum status put_done(void *arg, const struct agenda_step *s, struct err *e)
{
	const struct page *p = arg;
	char day[DAY_TEXT_MAX];

	(void)e;
	if (s->task != p->task->task.id)
		return ST_OK;
	printf("  x %2d  %s  ", s->step, day_format(s->done, day));
	call_put(s->title, 1000);
	if (s->outcome.n) {
		fputs(": ", stdout);
		call_put(s->outcome, 1000);
	}
	if (s->actor.n) {
		fputs("  (", stdout);
		call_put(s->actor, 1000);
		putchar(')');
	}
	putchar('\n');
	return ST_OK;
}

/* What is to come; without the play the row still says the next one. */
static void put_to_do(const struct page *p)
{
	const struct task *t = &p->task->task;
	char day[DAY_TEXT_MAX];

	if (t->state != TASK_OPEN)
		return;
	printf("  > %2d  %-10s  ", t->step, day_format(t->due, day));
	call_put(t->next, 1000);
	printf("%s\n", p->play && t->step <= p->play->steps &&
				       p->play->step[t->step - 1].outcome_required
			       ? "  [outcome]"
			       : "");
	for (int i = t->step;
		p->play && (i = play_step_after(p->play, i, t->started, p->renewal));) {
		const struct play_step *s = &p->play->step[i - 1];

		printf("    %2d  %-10s  ", i,
			day_format(
				play_step_day(p->play, i, t->started, p->renewal), day));
		call_put(text_of(s->title), 1000);
		printf("%s\n", s->outcome_required ? "  [outcome]" : "");
	}
}

static enum status as_text(struct page *p, struct err *e)
{
	const struct agenda_task *x = p->task;
	const struct task *t = &x->task;
	enum status st;

	printf("task %lld: ", (long long)t->id);
	call_put(t->title, 1000);
	putchar('\n');
	put_field("account", x->of.id);
	put_field("name", x->of.name);
	put_field("owner", x->of.csm.s ? x->of.csm : TEXT("the pool"));
	put_field("claimed", x->claimed);
	put_field("play", t->play);
	put_field("state", text_of(task_state_word[t->state]));
	put_day("started", t->started);
	put_field("by", x->actor.s ? x->actor : TEXT("an alert"));
	put_field("reason", x->reason);
	put_day("ended", t->ended);
	put_field("outcome", x->outcome);
	printf("\nsteps\n");
	st = agenda_steps(p->b, t->account, put_done, p, e);
	put_to_do(p);
	if (p->said.subject) {
		printf("\nsubject\n  ");
		call_put(text_of(p->said.subject), 1000);
		putchar('\n');
		call_paragraph("text", p->said.body);
	}
	if (p->said.script)
		call_paragraph("script", p->said.script);
	if (p->play && t->version && t->version != p->play->version)
		call_note(p->c, "it began with version %d of the play, this is %d",
			t->version, p->play->version);
	if (!p->play)
		call_note(p->c, "the play is not there any more");
	return st;
}

/* ---- JSON ---- */

static void json_steps(const struct page *p, struct json *j)
{
	json_key(j, "steps");
	json_array(j);
	for (int i = 0; p->play && i < p->play->steps; i++) {
		const struct play_step *s = &p->play->step[i];

		json_object(j);
		json_key(j, "step");
		json_int(j, i + 1);
		json_pair(j, "title", text_of(s->title));
		json_pair(j, "owner", text_of(play_owner_word[s->owner]));
		json_pair(j, "kind", text_of(play_step_kind_word[s->kind]));
		json_key(j, "due");
		json_day(j,
			play_step_day(p->play, i + 1, p->task->task.started, p->renewal));
		json_key(j, "outcome_required");
		json_bool(j, s->outcome_required);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status as_json(struct page *p, struct err *e)
{
	const struct agenda_task *x = p->task;
	struct json doc, *j = &doc;
	enum status st;

	call_json(j);
	json_object(j);
	json_pair(j, "account", x->of.id);
	json_pair(j, "name", x->of.name);
	json_pair(j, "csm", x->of.csm);
	agenda_rows_task(j, x);
	json_key(j, "steps_done");
	st = agenda_rows_steps(j, p->b, &x->task, e);
	json_steps(p, j);
	json_pair(j, "subject", text_of(p->said.subject));
	json_pair(j, "body", text_of(p->said.body));
	json_pair(j, "script", text_of(p->said.script));
	json_end_object(j);
	return call_json_end(j, st, e);
}

/* ---- both ---- */

static enum status write_page(void *arg, const struct agenda_task *t, struct err *e)
{
	struct page *p = arg;
	enum status st = task_renewal(p->b, t->task.account, &p->renewal, e);

	p->task = t;
	p->play = plays_find_text(p->plays, t->task.play);
	if (st == ST_OK && p->play)
		st = task_text(p->b, &t->task, p->play, &p->arena, &p->said, e);
	if (st != ST_OK)
		return st;
	return p->c->format == FORMAT_JSON ? as_json(p, e) : as_text(p, e);
}

enum status task_page(struct call *c, struct book *b, int64_t id, struct err *e)
{
	struct page p = { .c = c, .b = b };
	enum status st = book_plays(b, &p.plays, e);

	arena_init(&p.arena);
	if (st == ST_OK)
		st = agenda_task(b, id, write_page, &p, e);
	arena_clear(&p.arena);
	return st;
}
