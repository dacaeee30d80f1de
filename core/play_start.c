#include "core/play_start.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change_cell.h"
#include "core/convert.h"
#include "core/task.h"

/* A CSM, as messages need to know them. */
struct start_person {
	uint32_t id;
	struct text name, email, team, role;
};

void starter_init(struct starter *s, struct book *b,
	enum status (*add)(void *arg, enum record_kind kind, const struct cell *cells,
		int64_t *id, struct err *e),
	void *arg)
{
	*s = (struct starter){ .b = b, .add = add, .arg = arg };
	arena_init(&s->people);
	arena_init(&s->work);
}

void starter_clear(struct starter *s)
{
	arena_clear(&s->people);
	arena_clear(&s->work);
	free(s->person);
	s->person = NULL;
}

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to start a play");
}

/* ---- our people ---- */

static enum status take_person(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct starter *s = arg;
	struct start_person *grown =
		realloc(s->person, (s->persons + 1) * sizeof(*grown));
	struct start_person *p;

	if (!grown)
		return no_memory(e);
	s->person = grown;
	p = &s->person[s->persons++];
	*p = (struct start_person){ (uint32_t)id, cell_as_text(&cells[F_CSM_NAME]),
		cell_as_text(&cells[F_CSM_EMAIL]), cell_as_text(&cells[F_CSM_TEAM]),
		cell_as_text(&cells[F_CSM_ROLE]) };
	return arena_keep(&s->people, &p->name) && arena_keep(&s->people, &p->email) &&
			       arena_keep(&s->people, &p->team) &&
			       arena_keep(&s->people, &p->role)
		       ? ST_OK
		       : no_memory(e);
}

static enum status need_people(struct starter *s, struct err *e)
{
	enum status st;

	if (s->knows_people)
		return ST_OK;
	st = s->b->store->ops->rows(s->b->store, REC_CSM, 0, take_person, s, e);
	s->knows_people = st == ST_OK;
	return st;
}

static const struct start_person *person_called(const struct starter *s, struct text name)
{
	for (uint32_t i = 0; name.s && i < s->persons; i++)
		if (text_eq(s->person[i].name, name))
			return &s->person[i];
	return NULL;
}

/* Whoever has the role, of the team first; NULL: nobody. */
static const struct start_person *person_with(
	const struct starter *s, const char *role, struct text team)
{
	const struct start_person *any = NULL;

	for (uint32_t i = 0; i < s->persons; i++) {
		const struct start_person *p = &s->person[i];

		if (!text_icontains(p->role, text_of(role)))
			continue;
		if (team.s && p->team.s && text_eq(p->team, team))
			return p;
		if (!any)
			any = p;
	}
	return any;
}

/* ---- the account ---- */

struct person_there {
	struct text name, email;
	int rank; /* from 1: the lower, the sooner it is written to; 0: nobody */
};

struct account_at_hand {
	struct text key, name, owner;
	struct cell renews_itself; /* bool or missing */
	struct person_there contact, sponsor;
};

struct looking {
	struct starter *s;
	struct account_at_hand *at;
};

static enum status take_account(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct looking *l = arg;
	struct arena *a = &l->s->work;

	(void)id;
	l->at->key = cell_as_text(&cells[F_ACCOUNT_ID]);
	l->at->name = cell_as_text(&cells[F_NAME]);
	l->at->owner = cell_as_text(&cells[F_CSM]);
	l->at->renews_itself = cells[F_AUTO_RENEW];
	if (!l->at->name.s)
		l->at->name = l->at->key;
	return arena_keep(a, &l->at->key) && arena_keep(a, &l->at->name) &&
			       arena_keep(a, &l->at->owner)
		       ? ST_OK
		       : no_memory(e);
}

enum { CHAMPION = 1, SPONSOR, USER, BILLING, OTHER, WITHOUT_ADDRESS = 8 };

/* Champion, sponsor, user, billing; who has an address before who has none. */
static int rank_of(const struct cell *c)
{
	static const char *const roles[] = { "champion", "sponsor", "user", "billing" };
	int rank = CHAMPION;

	while (rank < OTHER && !text_eq(cell_as_text(&c[F_CONTACT_ROLE]),
				       text_of(roles[rank - CHAMPION])))
		rank++;
	return cell_as_text(&c[F_CONTACT_EMAIL]).n ? rank : rank + WITHOUT_ADDRESS;
}

static enum status put_first(
	struct arena *a, struct person_there *to, const struct cell *c, struct err *e)
{
	const int rank = rank_of(c);

	if (to->rank && to->rank <= rank)
		return ST_OK;
	*to = (struct person_there){ cell_as_text(&c[F_CONTACT_NAME]),
		cell_as_text(&c[F_CONTACT_EMAIL]), rank };
	return arena_keep(a, &to->name) && arena_keep(a, &to->email) ? ST_OK
								     : no_memory(e);
}

static enum status take_contact(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct looking *l = arg;
	enum status st = ST_OK;

	(void)id;
	if (!record_contact_there(cells, l->s->b->clock.today))
		return ST_OK;
	if (rank_of(cells) % WITHOUT_ADDRESS == SPONSOR)
		st = put_first(&l->s->work, &l->at->sponsor, cells, e);
	return st == ST_OK ? put_first(&l->s->work, &l->at->contact, cells, e) : st;
}

static enum status look_at(
	struct starter *s, uint32_t account, struct account_at_hand *at, struct err *e)
{
	const struct store_ops *ops = s->b->store->ops;
	struct looking l = { s, at };
	enum status st;

	*at = (struct account_at_hand){ 0 };
	arena_clear(&s->work);
	st = need_people(s, e);
	if (st == ST_OK)
		st = ops->rows_of(
			s->b->store, REC_ACCOUNT, &account, 1, take_account, &l, e);
	if (st == ST_OK)
		st = ops->rows(s->b->store, REC_CONTACT, account, take_contact, &l, e);
	return st;
}

/* ---- what templates may say ---- */

__attribute__((format(printf, 2, 3))) static struct text say(
	struct arena *a, const char *format, ...)
{
	char line[128];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	n = n < 0 ? 0 : n >= (int)sizeof(line) ? (int)sizeof(line) - 1 : n;
	return (struct text){ arena_copy(a, line, (size_t)n), (size_t)n };
}

static struct text say_day(struct arena *a, int32_t day)
{
	char text[DAY_TEXT_MAX];

	return day == DAY_NONE ? (struct text){ NULL, 0 }
			       : say(a, "%s", day_format(day, text));
}

static struct text first_name(struct text name)
{
	size_t n = 0;

	while (n < name.n && name.s[n] != ' ')
		n++;
	return (struct text){ name.s, n };
}

static void fill(struct starter *s, const struct start *x,
	const struct account_at_hand *at, struct play_values *v)
{
	const struct start_facts *f = x->facts;
	struct arena *a = &s->work;
	char money[MONEY_TEXT_MAX];

	*v = (struct play_values){ 0 };
	v->value[PLAY_WORD_ACCOUNT] = at->name;
	v->value[PLAY_WORD_CONTACT] = first_name(at->contact.name);
	v->value[PLAY_WORD_CSM] = at->owner;
	v->value[PLAY_WORD_SPONSOR] = at->sponsor.name;
	v->value[PLAY_WORD_RENEWAL] = say_day(a, f->renewal);
	if (at->renews_itself.type != CELL_MISSING)
		v->value[PLAY_WORD_TO_GO_ON] = at->renews_itself.i
						       ? TEXT("you need to do nothing")
						       : TEXT("tell us before that day");
	v->value[PLAY_WORD_LAST_TOUCH] = say_day(a, f->last_touch);
	if (*x->why)
		v->value[PLAY_WORD_WHY] = text_of(x->why);
	if (!isnan(f->active_days))
		v->value[PLAY_WORD_PRODUCT_USE] =
			say(a, "active on %.0f of the last 28 days", f->active_days);
	if (!isnan(f->seats_active) && f->seats_purchased > 0)
		v->value[PLAY_WORD_SEATS] =
			say(a, "%.0f of %.0f", f->seats_active, f->seats_purchased);
	if (!isnan(f->tickets))
		v->value[PLAY_WORD_TICKETS] = say(a, "%.0f ticket%s of the last %d days",
			f->tickets, TEXT_S(f->tickets),
			(int)s->b->policy.number[POLICY_ALERT_TICKETS_DAYS]);
	if (f->health >= 1 && f->health <= 100)
		v->value[PLAY_WORD_HEALTH] = say(a, "%d", f->health);
	if (f->tier)
		v->value[PLAY_WORD_TIER] = say(a, "%d", f->tier);
	if (f->arr != MONEY_NONE)
		v->value[PLAY_WORD_ARR] = say(
			a, "%s %s", money_format(f->arr, money), s->b->policy.currency);
}

/* ---- rows ---- */

static struct cell text_cell(struct text t)
{
	return t.s && t.n ? CELL_OF_TEXT(t) : (struct cell){ .type = CELL_MISSING };
}

static struct cell cut_cell(const char *text)
{
	const struct text t = text_of(text ? text : "");

	return text_cell((struct text){ t.s, (size_t)convert_shown(t, CHANGE_TEXT_MAX) });
}

static enum status add_task(
	struct starter *s, const struct start *x, int64_t *id, struct err *e)
{
	const int32_t today = s->b->clock.today;
	struct cell c[TASK_FIELDS] = { { .type = CELL_MISSING } };

	c[F_TASK_ACCOUNT] = CELL_OF_INT(x->account);
	c[F_TASK_PLAY] = CELL_OF_TEXT(text_of(x->play->name));
	c[F_TASK_STARTED] = CELL_OF_INT(today);
	c[F_TASK_VERSION] = CELL_OF_INT(x->play->version);
	c[F_TASK_TITLE] = CELL_OF_TEXT(text_of(x->play->title));
	if (x->alert)
		c[F_TASK_ALERT] = CELL_OF_INT(x->alert);
	(void)task_set_next(x->play, today, x->facts->renewal, 0, c);
	c[F_TASK_STATE] = CELL_OF_TEXT(text_of(task_state_word[TASK_OPEN]));
	c[F_TASK_REASON] = cut_cell(x->reason);
	c[F_TASK_ACTOR] = cut_cell(x->actor);
	return s->add(s->arg, REC_TASK, c, id, e);
}

struct letter {
	const char *kind;
	struct text to;
	const char *subject, *body;
	int32_t day; /* it waits until then */
};

static enum status add_message(struct starter *s, const struct start *x,
	const struct letter *l, int64_t *id, struct err *e)
{
	struct cell c[MESSAGE_FIELDS] = { { .type = CELL_MISSING } };
	char line[PLAY_VALUE_MAX];

	if (!l->subject || !l->body)
		return no_memory(e);
	c[F_MESSAGE_ACCOUNT] = CELL_OF_INT(x->account);
	c[F_MESSAGE_MADE] = CELL_OF_INT(l->day);
	c[F_MESSAGE_KIND] = CELL_OF_TEXT(text_of(l->kind));
	/* whoever sends it makes a header of it */
	c[F_MESSAGE_TO] = text_cell(play_value(l->to, line));
	c[F_MESSAGE_SUBJECT] = cut_cell(l->subject);
	c[F_MESSAGE_BODY] = cut_cell(l->body);
	if (x->play)
		c[F_MESSAGE_PLAY] = CELL_OF_TEXT(text_of(x->play->name));
	if (x->alert)
		c[F_MESSAGE_ALERT] = CELL_OF_INT(x->alert);
	c[F_MESSAGE_ACTOR] = cut_cell(x->actor);
	return s->add(s->arg, REC_MESSAGE, c, id, e);
}

/* Whether a play is there already. */
struct same {
	const char *play;
	int32_t today;
	bool found;
};

static struct text reach(struct text email, struct text name)
{
	return email.s && email.n ? email : name;
}

/* False: no memory. */
static bool render(struct starter *s, const struct play_values *v, const char *template,
	const char **out)
{
	*out = template ? play_render(text_of(template), v, &s->work) : NULL;
	return *out || !template;
}

enum status start_text(struct starter *s, const struct start *x, int step,
	struct play_said *out, struct err *e)
{
	const struct play_said said = play_texts(x->play, step);
	struct account_at_hand at;
	struct play_values v;
	const enum status st = look_at(s, x->account, &at, e);

	if (st != ST_OK)
		return st;
	fill(s, x, &at, &v);
	return render(s, &v, said.subject, &out->subject) &&
			       render(s, &v, said.body, &out->body) &&
			       render(s, &v, said.script, &out->script)
		       ? ST_OK
		       : no_memory(e);
}

/* What follows up is written once, however often the play starts before its days. */
static enum status find_waiting(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct same *x = arg;

	(void)id;
	(void)e;
	x->found |= cell_day(&c[F_MESSAGE_MADE]) > x->today &&
		    text_eq(cell_as_text(&c[F_MESSAGE_PLAY]), text_of(x->play));
	return ST_OK;
}

static enum status write_step(struct starter *s, const struct start *x,
	const struct account_at_hand *at, const struct play_values *v, int step,
	int64_t *id, struct err *e)
{
	const struct play_said said =
		step ? play_texts(x->play, step) : play_first_texts(x->play);
	const int32_t today = s->b->clock.today;
	const struct letter l = { "customer", reach(at->contact.email, at->contact.name),
		play_render(text_of(said.subject), v, &s->work),
		play_render(text_of(said.body), v, &s->work),
		step ? play_step_day(x->play, step, today, x->facts->renewal) : today };

	return add_message(s, x, &l, id, e);
}

static enum status write_to_customer(
	struct starter *s, const struct start *x, int64_t *id, struct err *e)
{
	struct same waiting = { x->play->name, s->b->clock.today, false };
	const bool follows = x->alert || x->by_signal;
	struct account_at_hand at;
	struct play_values v;
	enum status st = look_at(s, x->account, &at, e);

	if (st == ST_OK)
		st = s->b->store->ops->unended(s->b->store, REC_MESSAGE, x->account,
			DAY_MAX, find_waiting, &waiting, e);
	if (st != ST_OK)
		return st;
	fill(s, x, &at, &v);
	st = write_step(s, x, &at, &v, 0, id, e);
	if (follows && !waiting.found)
		for (int step = 0; st == ST_OK &&
				   (step = play_step_after(x->play, step, waiting.today,
					    x->facts->renewal)) != 0;) {
			int64_t later;

			if (play_follows_up(x->play, step))
				st = write_step(s, x, &at, &v, step, &later, e);
		}
	return st;
}

/* ---- what runs already ---- */

static enum status find_same(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct same *x = arg;

	(void)id;
	(void)e;
	x->found |= cells[F_TASK_PLAY].type == CELL_TEXT &&
		    text_eq(cells[F_TASK_PLAY].t, text_of(x->play));
	return ST_OK;
}

enum status start_play(
	struct starter *s, const struct start *x, int64_t *id, struct err *e)
{
	const struct store_ops *ops = s->b->store->ops;
	struct same same = { x->play->name, s->b->clock.today, false };
	enum status st;

	*id = 0;
	if (play_is_mail(x->play, x->facts->tier))
		return write_to_customer(s, x, id, e);
	st = ops->unended(
		s->b->store, REC_TASK, x->account, DAY_MAX, find_same, &same, e);
	if (st != ST_OK || same.found)
		return st;
	return add_task(s, x, id, e);
}

enum status start_notice(struct starter *s, const struct start *x, enum alert_kind kind,
	enum severity severity, bool escalation, struct err *e)
{
	const char *role = x->facts->tier == 1 ? "executive" : "lead";
	const struct start_person *owner, *to;
	struct account_at_hand at;
	struct play_values v;
	char subject[256], body[1024];
	int64_t id = 0;
	enum status st = look_at(s, x->account, &at, e);

	if (st != ST_OK)
		return st;
	owner = person_called(s, at.owner);
	to = escalation ? person_with(s, role, owner ? owner->team : (struct text){ 0 })
			: owner;
	if (!escalation && !to)
		return ST_OK; /* nobody to tell: the pool sees it */
	fill(s, x, &at, &v);
	snprintf(subject, sizeof(subject), "%s, tier {tier}: {account}, {why}",
		alert_severity_word[severity]);
	snprintf(body, sizeof(body),
		"{account} (tier {tier}, {arr}, owner {csm})\n{why}\n"
		"health {health}, renewal {renewal}\nalert: %s%s%s\n",
		alert_kinds[kind].name, x->play ? "\nplay: " : "",
		x->play ? x->play->title : "");
	return add_message(s, x,
		&(struct letter){ escalation ? "escalation" : "notice",
			to ? reach(to->email, to->name) : text_of(role),
			play_render(text_of(subject), &v, &s->work),
			play_render(text_of(body), &v, &s->work), s->b->clock.today },
		&id, e);
}
