/* Of plays that a signal starts, whether the customer did since what was left undone. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"
#include "core/plays.h"

/* The accounts of a part that such a play wrote to. */
struct asking {
	struct play_reading *r;
	const struct play_when *when;
	uint32_t play;
	uint32_t id[PART_ACCOUNTS], n, known; /* whose onboarding began */
	int32_t begun[PART_ACCOUNTS];         /* onboarding, by place in the part */
	uint32_t part;
};

/* It wrote, and no person or alert made it. */
static bool is_asked(const struct play_case *c, uint32_t play)
{
	return c->play == play && c->by_mail && !c->earlier && !c->by_hand &&
	       !c->alert_id && c->sent;
}

static uint32_t place(const struct asking *x, uint32_t account)
{
	return account - 1 - x->part * PART_ACCOUNTS;
}

static enum status take_begun(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct asking *x = arg;

	const int32_t day = cell_day(&c[F_ONBOARDING_STARTED]);

	(void)e;
	x->begun[place(x, (uint32_t)id)] = day;
	x->known += day != DAY_NONE;
	return ST_OK;
}

/* Of an account, measured on a day: on later ones than it wrote, and within its days. */
static enum status take_value(
	void *arg, uint32_t account, int32_t day, double value, struct err *e)
{
	struct asking *x = arg;
	struct play_reading *r = x->r;
	const int32_t begun = x->begun[place(x, account)];

	(void)e;
	if (day > r->out->as_of || begun == DAY_NONE || day - begun > x->when->to ||
		play_when_answer(x->when, day, begun, day, value, 0) != PLAY_GONE)
		return ST_OK;
	for (uint32_t i = play_use_first(r, account);
		i < r->n && r->of[i].account == account; i++)
		r->of[i].came |= r->of[i].asked && r->of[i].play == x->play &&
				 day > r->of[i].started;
	return ST_OK;
}

struct survey_taking {
	struct asking *x;
	uint32_t account;
	struct text kind;
};

static enum status take_survey(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct survey_taking *t = arg;

	(void)id;
	return text_eq(cell_as_text(&c[F_SURVEY_KIND]), t->kind) &&
			       c[F_SURVEY_SCORE].type == CELL_NUMBER
		       ? take_value(t->x, t->account, cell_day(&c[F_SURVEY_DATE]),
				 c[F_SURVEY_SCORE].n, e)
		       : ST_OK;
}

/* Answers to surveys and signals of their names are one series. */
static enum status read_surveys(struct asking *x, struct err *e)
{
	struct store *s = x->r->b->store;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < x->n; i++) {
		struct survey_taking t = { x, x->id[i], text_of(x->when->signal) };

		st = s->ops->rows(s, REC_SURVEY, x->id[i], take_survey, &t, e);
	}
	return st;
}

static void mark(struct asking *x, struct play_case *c)
{
	const int32_t begun = x->begun[place(x, c->account)];

	if (begun == DAY_NONE || !is_asked(c, x->play))
		return;
	c->asked = true;
	c->waits = x->r->out->as_of - begun < x->when->to;
}

/* The cases from *at on that are of its part. */
static enum status ask_part(struct asking *x, uint32_t kind, uint32_t *at, struct err *e)
{
	struct play_reading *r = x->r;
	struct store *s = r->b->store;
	const uint32_t first = *at;
	enum status st;

	x->part = (r->of[first].account - 1) / PART_ACCOUNTS;
	x->n = x->known = 0;
	for (; *at < r->n && (r->of[*at].account - 1) / PART_ACCOUNTS == x->part; ++*at)
		if (is_asked(&r->of[*at], x->play) &&
			(!x->n || x->id[x->n - 1] != r->of[*at].account))
			x->id[x->n++] = r->of[*at].account;
	if (!x->n)
		return ST_OK;
	for (uint32_t i = 0; i < PART_ACCOUNTS; i++)
		x->begun[i] = DAY_NONE;
	st = s->ops->rows_of(s, REC_ACCOUNT, x->id, x->n, take_begun, x, e);
	for (uint32_t i = first; st == ST_OK && i < *at; i++)
		mark(x, &r->of[i]);
	if (st == ST_OK && x->known)
		st = s->ops->signals(s, kind, x->part, take_value, x, e);
	if (st == ST_OK &&
		(kind == known_signal_id(SIG_NPS) || kind == known_signal_id(SIG_CSAT)))
		st = read_surveys(x, e);
	return st == ST_OK ? play_use_wait(r, e) : st;
}

static enum status ask(struct asking *x, const struct play *p, struct err *e)
{
	struct play_reading *r = x->r;
	struct store *s = r->b->store;
	uint32_t kind = 0;
	enum status st = s->ops->find(s, REC_SIGNAL, text_of(p->when.signal), &kind, e);

	x->when = &p->when;
	if (st == ST_OK && !word_set_add(&r->out->plays, text_of(p->name), &x->play))
		st = play_use_no_memory(e);
	for (uint32_t at = 0; st == ST_OK && kind && at < r->n;)
		st = ask_part(x, kind, &at, e);
	return st;
}

enum status play_use_behaviour(struct play_reading *r, struct err *e)
{
	struct asking *x = malloc(sizeof(*x));
	enum status st = x ? ST_OK : play_use_no_memory(e);

	for (int i = 0; st == ST_OK && i < r->library->n; i++) {
		const struct play *p = plays_at(r->library, i);

		x->r = r;
		if (p->when.signal)
			st = ask(x, p, e);
	}
	free(x);
	return st;
}
