/* tasks: the plays that run, as rows. */
#include "cli/verbs.h"

#include "cli/agenda_rows.h"
#include "cli/rows.h"
#include "cli/whose.h"
#include "core/convert.h"

static const struct rows_column columns[] = {
	{ "TJC", "id", "+id" },
	{ "TJC", "account", "account" },
	{ "TJC", "name", "name" },
	{ "TJC", "csm", "csm" },
	{ "JC", "claimed_by", NULL },
	{ "TJC", "tier", "+tier" },
	{ "TJC", "play", "-play" },
	{ "JC", "title", NULL },
	{ "JC", "version", NULL },
	{ "TJC", "state", "-state" },
	{ "JC", "started", NULL },
	{ "TJC", "step", "+step" },
	{ "TJC", "due", "due" },
	{ "JC", "overdue_days", NULL },
	{ "JC", "alert", NULL },
	{ "JC", "ended", NULL },
	{ "JC", "reason", NULL },
	{ "JC", "outcome", NULL },
	{ "JC", "actor", NULL },
	{ "TJC", "next", "_next" },
	{ "J", "steps_done", NULL }, /* with --account */
	{ NULL, NULL, NULL },
};

struct listing {
	struct book *b;
	struct rows *rows;
	uint32_t n; /* that there are */
	bool steps;
};

static int32_t days_over(const struct task *t, int32_t today)
{
	return t->ended == DAY_NONE && t->due != DAY_NONE && t->due < today
		       ? today - t->due
		       : 0;
}

static enum status put_steps(struct listing *l, const struct task *t, struct err *e)
{
	struct json *j = rows_json(l->rows);

	if (!j)
		return ST_OK;
	if (l->steps)
		return agenda_rows_steps(j, l->b, t, e);
	json_null(j);
	return ST_OK;
}

/* For people: the next step, and by how much it is late, or what came of it. */
static struct text tell(
	const struct listing *l, const struct agenda_task *t, char out[ROWS_CELL_MAX])
{
	const int32_t late = days_over(&t->task, book_as_of(l->b));
	const struct text next = t->task.ended == DAY_NONE ? t->task.next : t->outcome;

	if (!late)
		return next;
	snprintf(out, ROWS_CELL_MAX, "%.*s (%d d overdue)", convert_shown(next, 300),
		next.s ? next.s : "", late);
	return text_of(out);
}

static enum status put_row(void *arg, const struct agenda_task *t, struct err *e)
{
	struct listing *l = arg;
	struct rows *r = l->rows;
	const struct task *x = &t->task;
	const bool people = r->format == FORMAT_TEXT;
	char told[ROWS_CELL_MAX];
	enum status st;

	rows_row(r);
	rows_int(r, x->id);
	rows_text(r, t->of.id);
	rows_text(r, t->of.name);
	rows_text(r, people && t->claimed.s ? t->claimed : t->of.csm);
	rows_text(r, t->claimed);
	rows_count(r, t->of.tier);
	rows_text(r, x->play);
	rows_text(r, x->title);
	rows_count(r, x->version);
	rows_text(r, text_of(task_state_word[x->state]));
	rows_day(r, x->started);
	rows_int(r, x->step);
	rows_day(r, x->due);
	rows_count(r, days_over(x, book_as_of(l->b)));
	rows_count(r, x->alert);
	rows_day(r, x->ended);
	rows_text(r, t->reason);
	rows_text(r, t->outcome);
	rows_text(r, t->actor);
	rows_text(r, people ? tell(l, t, told) : x->next);
	st = put_steps(l, x, e);
	return st == ST_OK ? rows_end_row(r, e) : st;
}

struct printing {
	uint64_t n;
};

static enum status print_step(void *arg, const struct agenda_step *s, struct err *e)
{
	struct printing *p = arg;
	char day[DAY_TEXT_MAX], safe[1200], line[400];

	(void)e;
	if (p->n++ == 0)
		printf("\nSteps done\n");
	snprintf(line, sizeof(line), "%.*s%s%.*s", convert_shown(s->title, 120),
		s->title.s ? s->title.s : "", s->outcome.n ? ": " : "",
		convert_shown(s->outcome, 200), s->outcome.s ? s->outcome.s : "");
	text_sanitise(text_of(line), safe, sizeof(safe), 400, false);
	printf("  %s  task %lld, step %d  %s\n", day_format(s->done, day),
		(long long)s->task, s->step, safe);
	return ST_OK;
}

static enum status list(
	struct call *c, struct agenda_query *q, struct listing *l, struct err *e)
{
	struct printing p = { 0 };
	enum status st = ST_OK;

	if (c->option[OPT_ACCOUNT])
		st = book_find(l->b, text_of(c->option[OPT_ACCOUNT]), &q->account, e);
	if (st == ST_OK && (!q->account || c->option[OPT_CSM]))
		st = whose(c, l->b, &q->scope, &q->csm, e);
	l->steps = q->account != 0;
	if (st == ST_OK)
		st = rows_begin(&l->rows, c, columns, e);
	if (st != ST_OK)
		return st;
	st = agenda_tasks(l->b, q, put_row, l, &l->n, e);
	st = rows_end(&l->rows, st, e);
	if (st == ST_OK && l->steps && c->format == FORMAT_TEXT)
		st = agenda_steps(l->b, q->account, print_step, &p, e);
	return st;
}

enum status verb_tasks(struct call *c, struct err *e)
{
	struct agenda_query q = { .scope = QUEUE_OF_ANYBODY,
		.where = text_of(c->option[OPT_WHERE]),
		.ended = c->option[OPT_ALL] != NULL };
	struct listing l = { 0 };
	uint64_t limit;
	enum status st = call_number(c, OPT_LIMIT, UINT32_MAX, UINT32_MAX, &limit, e);

	q.limit = (uint32_t)limit;
	if (st == ST_OK)
		st = call_book(c, false, &l.b, e);
	if (st == ST_OK)
		st = list(c, &q, &l, e);
	if (st == ST_OK && l.n == 0)
		rows_nothing(c, "no tasks");
	else if (st == ST_OK && l.n > q.limit)
		call_note(c, "%u more", l.n - q.limit);
	book_free(&l.b);
	return st;
}
