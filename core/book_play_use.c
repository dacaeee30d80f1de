#include "core/book_play_use.h"

#include <stdlib.h>

#include "core/book_internal.h"
#include "core/book_play_use_internal.h"
#include "core/plays.h"

enum {
	WEEK = 7,
	MAIL_DAYS = 91, /* what follows up a mail is sent within */
	ROWS = 1024     /* between two looks whether anybody waits */
};

enum status play_use_no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the plays in use");
}

enum status play_use_wait(const struct play_reading *r, struct err *e)
{
	return r->pilots ? ST_OK : book_wait(r->b, e);
}

static enum status row_read(struct play_reading *r, struct err *e)
{
	return ++r->rows % ROWS ? ST_OK : play_use_wait(r, e);
}

static bool in_span(const struct play_uses *u, int32_t day)
{
	return day != DAY_NONE && day >= u->from && day <= u->as_of;
}

/* Puts one to n others; false: no memory. */
static bool keep(
	struct play_case **of, uint32_t *n, uint32_t *room, const struct play_case *c)
{
	if (*n == *room) {
		const uint32_t more = *room ? 2 * *room : 256;
		struct play_case *grown = realloc(*of, more * sizeof(*grown));

		if (!grown)
			return false;
		*of = grown;
		*room = more;
	}
	(*of)[(*n)++] = *c;
	return true;
}

/* ---- tasks ---- */

/* The last step by the library, where it has the version; a task that was ticked to its
 * end says so itself, and one that goes by a renewal, which may be another by now. */
static int32_t last_step(const struct play_reading *r, const struct task *t)
{
	const struct play *p = plays_find_text(r->library, t->play);
	int32_t last = t->due;

	if (p && p->version == t->version && !play_by_renewal(p) &&
		t->started + p->step[p->steps - 1].due > last)
		last = t->started + p->step[p->steps - 1].due;
	return last;
}

static uint32_t whose(const struct play_reading *r, uint32_t account, uint32_t claimed)
{
	const struct book_columns *c = &r->b->columns;

	if (claimed)
		return claimed;
	return account <= c->n && shorts_at(&c->csm, account - 1) > 0
		       ? (uint32_t)shorts_at(&c->csm, account - 1)
		       : 0;
}

static bool has_pilot(const struct play_reading *r, const struct task *t)
{
	const struct play *p = plays_find_text(r->library, t->play);

	return p && p->pilot > 0 && p->version == t->version;
}

static bool number_of(struct play_reading *r, struct text play, uint32_t *out)
{
	return word_set_add(&r->out->plays, play, out);
}

static enum status take_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct play_reading *r = arg;
	struct play_case c;
	struct task t;
	uint32_t play;

	if (!task_from_row(id, cells, &t) || !task_on(&t, r->out->as_of) ||
		!in_span(r->out, t.started) || !t.play.n || text_eq(t.play, task_claim) ||
		(r->pilots && !has_pilot(r, &t)))
		return row_read(r, e);
	if (!number_of(r, t.play, &play))
		return play_use_no_memory(e);
	c = (struct play_case){ .play = play,
		.account = t.account,
		.version = t.version,
		.csm = whose(r, t.account, t.csm),
		.started = t.started,
		.last = last_step(r, &t),
		.state = (uint8_t)t.state,
		.ended = t.ended,
		.by_hand = cells[F_TASK_ACTOR].type != CELL_MISSING,
		.overdue = t.state == TASK_OPEN && t.due != DAY_NONE &&
			   t.due < r->out->as_of,
		.alert_id = t.alert };
	return keep(&r->of, &r->n, &r->room, &c) ? row_read(r, e) : play_use_no_memory(e);
}

/* ---- messages ---- */

/* A case for each; those about one alert become one later. */
static enum status take_message(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct play_reading *r = arg;
	const int32_t sent = cell_day(&c[F_MESSAGE_SENT]);
	const bool went = sent != DAY_NONE && sent <= r->out->as_of;
	const struct text name = cell_as_text(&c[F_MESSAGE_PLAY]);
	struct play_case x = { .account = cell_id(&c[F_MESSAGE_ACCOUNT]),
		.started = cell_day(&c[F_MESSAGE_MADE]),
		.last = DAY_NONE,
		.state = went ? TASK_DONE : TASK_OPEN,
		.ended = went ? sent : DAY_NONE,
		.by_hand = c[F_MESSAGE_ACTOR].type != CELL_MISSING,
		.by_mail = true,
		.sent = in_span(r->out, sent),
		.alert_id =
			c[F_MESSAGE_ALERT].type == CELL_INT ? c[F_MESSAGE_ALERT].i : 0 };

	(void)id;
	if (!name.n || !x.account || x.started == DAY_NONE ||
		!text_eq(cell_as_text(&c[F_MESSAGE_KIND]), TEXT("customer")))
		return row_read(r, e);
	x.csm = whose(r, x.account, 0);
	if (!number_of(r, name, &x.play) ||
		!keep(&r->mail, &r->mails, &r->mails_room, &x))
		return play_use_no_memory(e);
	return row_read(r, e);
}

static int by_alert(const void *x, const void *y)
{
	const struct play_case *a = x, *b = y;

	if (a->account != b->account)
		return a->account < b->account ? -1 : 1;
	if (a->play != b->play)
		return a->play < b->play ? -1 : 1;
	return (a->alert_id > b->alert_id) - (a->alert_id < b->alert_id);
}

/* It begins with the first, runs while one waits, and ends with the last. */
static void add_message(struct play_case *c, const struct play_case *x)
{
	c->started = x->started < c->started ? x->started : c->started;
	c->ended = x->ended > c->ended ? x->ended : c->ended;
	c->state = x->state == TASK_OPEN ? TASK_OPEN : c->state;
	c->sent += x->sent;
	c->by_hand &= x->by_hand;
}

/* Messages of a play about one alert are one use of it. */
static void join_messages(struct play_reading *r)
{
	uint32_t n = 0;

	if (r->mails)
		qsort(r->mail, r->mails, sizeof(*r->mail), by_alert);
	for (uint32_t i = 0; i < r->mails; i++) {
		if (n && by_alert(&r->mail[n - 1], &r->mail[i]) == 0)
			add_message(&r->mail[n - 1], &r->mail[i]);
		else
			r->mail[n++] = r->mail[i];
	}
	r->mails = n;
}

static int by_account(const void *x, const void *y)
{
	const struct play_case *a = x, *b = y;

	return (a->account > b->account) - (a->account < b->account);
}

/* Puts what was mail to the others: what began by the day, and sent anything since the
 * span began. */
static enum status join(struct play_reading *r, struct err *e)
{
	join_messages(r);
	for (uint32_t i = 0; i < r->mails; i++) {
		struct play_case *x = &r->mail[i];

		x->earlier = x->started < r->out->from;
		if (x->started > r->out->as_of || (x->earlier && !x->sent))
			continue;
		if (!keep(&r->of, &r->n, &r->room, x))
			return play_use_no_memory(e);
	}
	if (r->n)
		qsort(r->of, r->n, sizeof(*r->of), by_account);
	return ST_OK;
}

enum status play_use_tasks(struct play_reading *r, struct err *e)
{
	struct store *s = r->b->store;
	const enum status st =
		s->ops->unended_names(s, REC_TASK, r->out->from, take_task, r, e);

	if (st == ST_OK && r->n)
		qsort(r->of, r->n, sizeof(*r->of), by_account);
	return st;
}

/* ---- all of it ---- */

static enum status read_rows(struct play_reading *r, struct err *e)
{
	struct store *s = r->b->store;
	enum status st = book_need_columns(r->b, e);

	if (st == ST_OK)
		st = book_plays(r->b, &r->library, e);
	if (st == ST_OK)
		st = play_use_tasks(r, e);
	if (st == ST_OK && !r->tasks)
		st = s->ops->unended_names(
			s, REC_MESSAGE, r->out->from - MAIL_DAYS, take_message, r, e);
	if (st == ST_OK)
		st = join(r, e);
	if (st == ST_OK && r->n)
		st = play_use_alerts(r, e);
	if (st == ST_OK)
		st = play_use_accounts(r, e);
	if (st == ST_OK && !r->tasks)
		st = play_use_healths(r, e);
	if (st == ST_OK && !r->tasks)
		st = play_use_behaviour(r, e);
	return st == ST_OK ? play_use_sum(r, e) : st;
}

static enum status read_uses(
	struct book *b, int32_t weeks, bool tasks, struct play_uses *out, struct err *e)
{
	struct play_reading r = { .b = b, .out = out, .tasks = tasks };
	enum status st = b->store->ops->hold(b->store, e);

	*out = (struct play_uses){ .as_of = b->clock.today, .weeks = weeks };
	out->from = out->as_of - WEEK * weeks + 1;
	word_set_init(&out->plays);
	arena_init(&out->texts);
	if (st != ST_OK)
		return st;
	st = read_rows(&r, e);
	b->store->ops->release(b->store);
	free(r.of);
	free(r.mail);
	return st;
}

enum status play_uses_of(
	struct book *b, int32_t weeks, struct play_uses *out, struct err *e)
{
	return read_uses(b, weeks, false, out, e);
}

enum status play_uses_of_tasks(
	struct book *b, int32_t weeks, struct play_uses *out, struct err *e)
{
	return read_uses(b, weeks, true, out, e);
}

void play_uses_clear(struct play_uses *u)
{
	free(u->row);
	free(u->version);
	free(u->csm);
	word_set_clear(&u->plays);
	arena_clear(&u->texts);
	*u = (struct play_uses){ .n = 0 };
}

const struct play_use_row *play_uses_find(const struct play_uses *u, struct text play)
{
	for (uint32_t i = 0; i < u->n; i++)
		if (text_eq(u->row[i].play, play))
			return &u->row[i];
	return NULL;
}
