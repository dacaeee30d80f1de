/* task: plays that run on an account, started, ticked, dropped and shown. */
#include "cli/verbs.h"

#include <inttypes.h>
#include <string.h>

#include "cli/own_plays.h"
#include "cli/task_page.h"
#include "cli/whose.h"
#include "core/act.h"

/* ---- start, tick, drop ---- */

/* In tier 3 a play with a template is no task but a message (core/play_start.h). */
static enum status is_message(
	struct book *b, uint32_t account, const struct play *p, bool *out, struct err *e)
{
	struct list_row row;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = book_rows(b, &account, 1, &a, &row, e);
	*out = st == ST_OK && play_is_mail(p, row.tier);
	arena_clear(&a);
	return st;
}

static enum status start(struct call *c, struct book *b, struct err *e)
{
	const struct plays *plays;
	const struct play *play = NULL;
	uint32_t account = 0;
	int64_t id = 0;
	bool message = false;
	enum status st = book_plays(b, &plays, e);

	if (st == ST_OK)
		st = own_plays_find(plays, c->arg[2], &play, e);
	if (st == ST_OK)
		st = book_find(b, text_of(c->arg[1]), &account, e);
	if (st == ST_OK)
		st = is_message(b, account, play, &message, e);
	if (st == ST_OK)
		st = book_play_start(b, account, play, 0, c->option[OPT_REASON], &id, e);
	if (st != ST_OK)
		return st;
	printf("%s %" PRId64 "\n", message ? "message" : "task", id);
	call_note(c, "%s: %s; `tierdesk undo` takes it back", play->name,
		message ? "its message is in the outbox" : play->step[0].title);
	return st;
}

static enum status tick(struct call *c, struct book *b, struct err *e)
{
	char name[WHOSE_NAME_MAX];
	int64_t id;
	enum status st = whose_ids(c, 1, 2, "a task", &id, e);

	if (st == ST_OK)
		st = book_task_tick(b, id, 0, c->option[OPT_OUTCOME], e);
	if (st == ST_OK)
		call_note(c, "the step is done (%s); `tierdesk undo` takes it back",
			whose_name(b, whose_row(b, REC_TASK, id), name));
	return st;
}

static enum status drop(struct call *c, struct book *b, struct err *e)
{
	char name[WHOSE_NAME_MAX];
	int64_t id;
	enum status st = whose_ids(c, 1, 2, "a task", &id, e);

	if (st == ST_OK)
		st = book_task_drop(b, id, c->option[OPT_OUTCOME], e);
	if (st == ST_OK)
		call_note(c, "the task is dropped (%s); `tierdesk undo` takes it back",
			whose_name(b, whose_row(b, REC_TASK, id), name));
	return st;
}

static enum status show(struct call *c, struct book *b, struct err *e)
{
	int64_t id;
	const enum status st = whose_ids(c, 1, 2, "a task", &id, e);

	return st == ST_OK ? task_page(c, b, id, e) : st;
}

/* ---- the verb ---- */

static const struct action {
	const char *name;
	int args;
	enum status (*run)(struct call *c, struct book *b, struct err *e);
	bool json; /* can be asked for it */
} actions[] = {
	{ "start", 3, start, false },
	{ "tick", 2, tick, false },
	{ "drop", 2, drop, false },
	{ "show", 2, show, true },
};

enum status verb_task(struct call *c, struct err *e)
{
	const struct action *a = actions, *end = a + sizeof(actions) / sizeof(*actions);
	struct book *b = NULL;
	enum status st;

	while (a < end && strcmp(a->name, c->arg[0]) != 0)
		a++;
	if (a == end)
		return err_set(
			e, ST_USAGE, "task %.60s: start, tick, drop or show", c->arg[0]);
	if (c->args != a->args)
		return err_set(e, ST_USAGE, "usage: tierdesk task %s %s", a->name,
			a->args == 3 ? "ACCOUNT PLAY" : "ID");
	if (c->format == FORMAT_JSON && !a->json)
		return err_set(e, ST_USAGE, "task %s does not write json", a->name);
	st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = a->run(c, b, e);
	book_free(&b);
	return st;
}
