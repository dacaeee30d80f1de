#include "core/picture.h"

#include <stdlib.h>
#include <string.h>

/* Another number whenever the figures, their order or the sentences change. */
#define FORMAT 7u
#define LIVE_MAX 64u /* alerts of an account, and tasks */

/* Writing and reading are one walk over the fields, so they can't disagree. */
struct tape {
	bool reading, bad;
	const unsigned char *in;
	size_t left;
	unsigned char *out; /* malloc'ed */
	size_t n, room;
	struct arena *arena; /* takes the texts that are read */
};

void picture_clear(struct picture *p)
{
	arena_clear(&p->arena);
	memset(p, 0, sizeof(*p));
}

static void write_bytes(struct tape *t, const void *bytes, size_t n)
{
	if (t->n + n > t->room) {
		const size_t room = 2 * t->room + n + 4096;
		unsigned char *grown = realloc(t->out, room);

		t->bad |= !grown;
		if (!grown)
			return;
		t->out = grown;
		t->room = room;
	}
	memcpy(t->out + t->n, bytes, n);
	t->n += n;
}

static const unsigned char *read_bytes(struct tape *t, size_t n)
{
	const unsigned char *at = t->in;

	t->bad |= n > t->left;
	if (t->bad)
		return NULL;
	t->in += n;
	t->left -= n;
	return at;
}

/* The low bytes of a number, the lowest first. */
static uint64_t number(struct tape *t, uint64_t x, size_t width)
{
	unsigned char bytes[8];
	const unsigned char *from;

	if (!t->reading) {
		for (size_t i = 0; i < width; i++)
			bytes[i] = (unsigned char)(x >> 8 * i);
		write_bytes(t, bytes, width);
		return x;
	}
	from = read_bytes(t, width);
	x = 0;
	for (size_t i = width; from && i-- > 0;)
		x = x << 8 | from[i];
	return x;
}

static void u8(struct tape *t, uint8_t *x)
{
	*x = (uint8_t)number(t, *x, 1);
}

static void flag(struct tape *t, bool *x)
{
	*x = number(t, *x, 1) != 0;
}

static void u32(struct tape *t, uint32_t *x)
{
	*x = (uint32_t)number(t, *x, 4);
}

static void i32(struct tape *t, int32_t *x)
{
	*x = (int32_t)number(t, (uint32_t)*x, 4);
}

static void i64(struct tape *t, int64_t *x)
{
	*x = (int64_t)number(t, (uint64_t)*x, 8);
}

static void real(struct tape *t, double *x)
{
	uint64_t bits;

	memcpy(&bits, x, sizeof(bits));
	bits = number(t, bits, 8);
	memcpy(x, &bits, sizeof(bits));
}

/* A missing text is another one than an empty text. */
static void text(struct tape *t, struct text *x)
{
	uint32_t n = x->s ? (uint32_t)x->n + 1 : 0;
	const unsigned char *from;

	u32(t, &n);
	if (!t->reading) {
		write_bytes(t, x->s ? x->s : "", x->n);
		return;
	}
	*x = (struct text){ NULL, 0 };
	from = n ? read_bytes(t, n - 1) : NULL;
	if (!from)
		return;
	*x = (struct text){ arena_copy(t->arena, (const char *)from, n - 1), n - 1 };
	t->bad |= !x->s;
}

static void walk_sums(struct tape *t, struct book_summary *s)
{
	u32(t, &s->accounts);
	u32(t, &s->active);
	u32(t, &s->unknown);
	u32(t, &s->csms);
	i64(t, &s->arr);
	for (int k = 0; k <= TIER_COUNT; k++) {
		u32(t, &s->in_tier[k]);
		u32(t, &s->owned_in_tier[k]);
		i64(t, &s->arr_in_tier[k]);
	}
	for (int k = 0; k < TIER_COUNT; k++)
		u32(t, &s->limit[k]);
	for (int k = 0; k < 4; k++)
		u32(t, &s->in_band[k]);
	u32(t, &s->with_usage);
	u32(t, &s->with_renewal);
	real(t, &s->coverage);
	i32(t, &s->figures_day);
	i32(t, &s->review_day);
}

static void walk_row(struct tape *t, struct list_row *r, uint8_t *spark)
{
	struct text *const texts[] = { &r->id, &r->name, &r->csm, &r->team, &r->segment,
		&r->region, &r->industry, &r->parent, &r->tags, &r->status,
		&r->language };
	double *const reals[] = { &r->coverage, &r->value_pct, &r->effort, &r->score };
	uint8_t change = (uint8_t)r->change;
	uint32_t quadrant = (uint32_t)r->quadrant;

	u32(t, &r->account);
	for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++)
		text(t, texts[k]);
	for (size_t k = 0; k < sizeof(reals) / sizeof(*reals); k++)
		real(t, reals[k]);
	u8(t, &r->tier);
	u8(t, &r->health);
	u8(t, &change);
	u32(t, &quadrant);
	i64(t, &r->arr);
	i64(t, &r->value);
	i32(t, &r->renewal);
	i32(t, &r->since);
	i32(t, &r->started);
	i32(t, &r->first_value);
	flag(t, &r->active);
	flag(t, &r->locked);
	flag(t, &r->assumed);
	for (int k = 0; k < PICTURE_WEEKS; k++)
		u8(t, &spark[k]);
	r->change = (int8_t)change;
	r->quadrant = (enum quadrant)quadrant;
	t->bad |= quadrant >= QUAD_COUNT || r->tier > TIER_COUNT || r->account == 0;
}

/* A code below `codes`. */
static uint32_t code(struct tape *t, uint32_t x, uint32_t codes)
{
	u32(t, &x);
	t->bad |= x >= codes;
	return t->bad ? 0 : x;
}

static void walk_alert(struct tape *t, struct alert *a)
{
	i64(t, &a->id);
	a->kind = (enum alert_kind)code(t, (uint32_t)a->kind, ALERT_KINDS);
	a->severity = (enum severity)code(t, (uint32_t)a->severity, SEV_CRITICAL + 1);
	a->state = (enum alert_state)code(t, (uint32_t)a->state, ALERT_STATES);
	real(t, &a->evidence.x);
	real(t, &a->evidence.y);
	i32(t, &a->evidence.day);
	i32(t, &a->opened);
	i32(t, &a->severe);
	i32(t, &a->until);
	i32(t, &a->ended);
	i32(t, &a->escalated);
	u32(t, &a->reopened);
}

static void walk_task(struct tape *t, struct task *x)
{
	i64(t, &x->id);
	text(t, &x->play);
	text(t, &x->title);
	text(t, &x->next);
	i32(t, &x->version);
	i32(t, &x->started);
	i32(t, &x->due);
	i32(t, &x->step);
	i64(t, &x->alert);
	u32(t, &x->csm);
	x->state = (enum task_state)code(t, (uint32_t)x->state, TASK_STATES);
	i32(t, &x->ended);
}

/* The items that are written, or room for those that are to be read. */
static void *items(
	struct tape *t, const void *there, uint32_t *n, size_t size, struct arena *a)
{
	void *to;

	u32(t, n);
	t->bad |= *n > LIVE_MAX;
	if (t->bad)
		return NULL;
	to = arena_alloc(a, *n * size + 1);
	t->bad |= !to;
	if (to && !t->reading && *n)
		memcpy(to, there, *n * size);
	return to;
}

static void walk_work(struct tape *t, struct picture_work *w, uint32_t account)
{
	struct alert *alert;
	struct task *task;

	w->section = (enum queue_section)code(t, (uint32_t)w->section, QUEUE_SECTIONS);
	w->worst = (enum severity)code(t, (uint32_t)w->worst, SEV_CRITICAL + 1);
	real(t, &w->weight);
	i64(t, &w->at_risk);
	i64(t, &w->rank);
	text(t, &w->why);
	text(t, &w->next);
	text(t, &w->who);
	t->bad |= w->why.n >= QUEUE_TEXT_MAX || w->next.n >= QUEUE_TEXT_MAX;
	alert = items(t, w->alert, &w->alerts, sizeof(*alert), t->arena);
	for (uint32_t i = 0; !t->bad && i < w->alerts; i++) {
		walk_alert(t, &alert[i]);
		alert[i].account = account;
	}
	task = items(t, w->task, &w->tasks, sizeof(*task), t->arena);
	for (uint32_t i = 0; !t->bad && i < w->tasks; i++) {
		walk_task(t, &task[i]);
		task[i].account = account;
	}
	w->alert = alert;
	w->task = task;
}

static void walk_queue(struct tape *t, struct picture *p)
{
	struct queue *q = &p->queue;

	u32(t, &q->n);
	u32(t, &q->asleep);
	i64(t, &q->asleep_at_risk);
	for (int s = 0; s < QUEUE_SECTIONS; s++) {
		u32(t, &q->in[s]);
		i64(t, &q->at_risk[s]);
		i64(t, &q->to_win[s]);
	}
}

/* Rows are in sections, one behind the other, as the sums have it. */
static bool is_in_order(const struct picture *p)
{
	const struct queue *q = &p->queue;
	uint64_t all = 0, before[QUEUE_SECTIONS];

	for (int s = 0; s < QUEUE_SECTIONS; s++) {
		before[s] = all;
		all += q->in[s];
	}
	for (uint32_t k = 0; k < p->n; k++) {
		const enum queue_section s = p->work[k].section;

		if (k < before[s] || k >= before[s] + q->in[s])
			return false;
	}
	return all == q->n && p->n <= q->n;
}

static void walk(struct tape *t, struct picture *p)
{
	uint32_t format = FORMAT;

	u32(t, &format);
	t->bad |= format != FORMAT;
	text(t, &p->state);
	text(t, &p->list);
	i32(t, &p->from);
	i32(t, &p->until);
	i32(t, &p->policy_version);
	walk_sums(t, &p->sums);
	u32(t, &p->listed);
	i64(t, &p->arr);
	u32(t, &p->n);
	flag(t, &p->is_queue);
	t->bad |= p->n > (p->is_queue ? PICTURE_QUEUE_ROWS : PICTURE_ROWS);
	t->bad |= !p->is_queue && p->n > p->listed;
	for (uint32_t k = 0; !t->bad && k < p->n; k++)
		walk_row(t, &p->row[k], p->spark[k]);
	if (!p->is_queue)
		return;
	walk_queue(t, p);
	for (uint32_t k = 0; !t->bad && k < p->n; k++)
		walk_work(t, &p->work[k], p->row[k].account);
	t->bad |= !t->bad && !is_in_order(p);
}

struct text picture_write(struct picture *p, struct arena *a)
{
	struct tape t = { .reading = false, .arena = a };
	struct text out = { NULL, 0 };

	walk(&t, p);
	if (!t.bad)
		out = (struct text){ arena_copy(a, (const char *)t.out, t.n), t.n };
	free(t.out);
	return out;
}

enum status picture_read(struct text bytes, struct picture *p, struct err *e)
{
	struct tape t = { .reading = true,
		.in = (const unsigned char *)bytes.s,
		.left = bytes.n,
		.arena = &p->arena };

	memset(p, 0, sizeof(*p));
	arena_init(&p->arena);
	walk(&t, p);
	if (t.bad || t.left)
		return err_set(e, ST_INVALID, "a first picture that can't be read");
	return ST_OK;
}
