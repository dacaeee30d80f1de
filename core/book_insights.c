/* Insights, read from a book: first value by segment, tags, and words of those that left
 * or talked about a renewal. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/insights.h"
#include "core/word_set.h"

/* The accounts of a row while it is made. */
struct behind {
	struct behind_one {
		uint32_t id;
		bool left; /* and said so when it did */
	} * one;           /* owned */
	uint32_t n, room;
	uint32_t among; /* the last that was counted in `of` */
};

struct making {
	struct book *b;
	const struct revenue *r;
	struct insights *out;
	struct word_set keys;  /* kind and folded subject; its number is the row's */
	struct behind *behind; /* owned; by row */
	uint32_t cohort, lost, young, early; /* of all: against which rows are held */
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the insights");
}

/* ---- rows ---- */

static enum status add_row(
	struct making *m, enum insight_kind kind, struct text subject, struct err *e)
{
	struct insights *x = m->out;

	if (x->n == x->room) {
		const uint32_t room = x->room ? 2 * x->room : 64;
		struct insight *row = realloc(x->row, room * sizeof(*row));
		struct behind *behind = NULL;

		if (row) {
			x->row = row;
			behind = realloc(m->behind, room * sizeof(*behind));
		}
		if (!behind)
			return no_memory(e);
		m->behind = behind;
		x->room = room;
	}
	if (!arena_keep(&x->arena, &subject))
		return no_memory(e);
	m->behind[x->n] = (struct behind){ .one = NULL };
	x->row[x->n++] = (struct insight){ .kind = kind,
		.subject = subject,
		.median = -1,
		.others = -1,
		.within = (double)NAN,
		.lost = { .difference = (double)NAN },
		.verdict = "" };
	return ST_OK;
}

/* Subjects that are folded alike are one. */
static enum status find_row(struct making *m, enum insight_kind kind, struct text subject,
	uint32_t *at, struct err *e)
{
	char key[TEXTS_CUT + 1];
	struct text word = { key, 1 };
	const uint32_t before = m->keys.n;

	key[0] = (char)('A' + (int)kind);
	word.n += text_fold(subject, key + 1, TEXTS_CUT);
	if (!word_set_add(&m->keys, word, at))
		return no_memory(e);
	return m->keys.n > before ? add_row(m, kind, subject, e) : ST_OK;
}

static enum status add_account(
	struct making *m, uint32_t at, uint32_t id, bool left, struct err *e)
{
	struct behind *x = &m->behind[at];

	if (x->n == x->room) {
		const uint32_t room = x->room ? 2 * x->room : 16;
		struct behind_one *grown = realloc(x->one, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		x->one = grown;
		x->room = room;
	}
	x->one[x->n++] = (struct behind_one){ id, left };
	return ST_OK;
}

/* A text of an account that many share; {NULL, 0}: it has none. */
static struct text spelled(const struct making *m, int field, uint32_t at)
{
	const struct texts *t = &m->b->texts.of[field];
	const uint32_t which = m->b->texts.which[field][at];

	if (which == TEXTS_NONE)
		return (struct text){ 0 };
	return t->spelled ? t->spelled[which] : texts_at(t, which);
}

/* ---- segments ---- */

static enum status take_waits(struct making *m, struct revenue_wait *wait, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < m->r->waits; k++) {
		const uint32_t at = m->r->wait[k].at;
		const struct text segment = spelled(m, TXT_SEGMENT, at);

		wait[k] = m->r->wait[k];
		st = find_row(m, INSIGHT_VALUE, segment.n ? segment : TEXT("none"),
			&wait[k].group, e);
		if (st == ST_OK)
			st = add_account(m, wait[k].group, at + 1, false, e);
	}
	return st;
}

static enum status take_segments(struct making *m, struct err *e)
{
	struct revenue_wait *wait = malloc(((size_t)m->r->waits + 1) * sizeof(*wait));
	enum status st = wait ? take_waits(m, wait, e) : no_memory(e);

	if (st == ST_OK)
		st = insights_judge_waits(m->out->row, wait, m->r->waits, e);
	free(wait);
	return st;
}

/* ---- tags ---- */

static bool tag_kind(struct text tag, enum insight_kind *kind)
{
	static const struct {
		struct text prefix;
		enum insight_kind kind;
	} kinds[] = { { { "use-case:", 9 }, INSIGHT_USE_CASE },
		{ { "source:", 7 }, INSIGHT_SOURCE } };

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		const struct text p = kinds[k].prefix;

		if (tag.n > p.n && text_ieq((struct text){ tag.s, p.n }, p)) {
			*kind = kinds[k].kind;
			return true;
		}
	}
	return false;
}

/* Of those of the cohort: whether it was within its first term at the opening. */
static bool is_young(const struct making *m, uint32_t i)
{
	const int32_t start = m->b->texts.started[i],
		      term = (int32_t)m->b->policy.number[POLICY_REVENUE_FIRST_TERM];

	return start != DAY_NONE && m->r->asked.from - start < term;
}

static enum status take_tag(struct making *m, uint32_t i, struct text tag, struct err *e)
{
	const unsigned marks = m->r->marks[i];
	enum insight_kind kind;
	uint32_t at;
	bool of, hit;
	enum status st;

	if (!tag_kind(tag, &kind))
		return ST_OK;
	of = kind == INSIGHT_USE_CASE || is_young(m, i);
	hit = kind == INSIGHT_USE_CASE ? marks & REVENUE_LOST : marks & REVENUE_EARLY;
	if (!of)
		return ST_OK;
	st = find_row(m, kind, tag, &at, e);
	if (st == ST_OK && m->behind[at].among != i + 1) { /* it may have it twice */
		m->behind[at].among = i + 1;
		m->out->row[at].of++;
	}
	return st == ST_OK && hit ? add_account(m, at, i + 1, true, e) : st;
}

static enum status take_tags(struct making *m, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < m->r->n; i++) {
		const unsigned marks = m->r->marks[i];
		struct text tags = spelled(m, TXT_TAGS, i);

		if (!(marks & REVENUE_COHORT))
			continue;
		m->cohort++;
		m->lost += (marks & REVENUE_LOST) != 0;
		m->young += is_young(m, i);
		m->early += is_young(m, i) && (marks & REVENUE_EARLY);
		while (st == ST_OK && tags.n > 0) {
			const char *end = memchr(tags.s, ';', tags.n);
			const size_t n = end ? (size_t)(end - tags.s) : tags.n;

			st = take_tag(m, i, text_trim((struct text){ tags.s, n }), e);
			tags.s += n + (end != NULL);
			tags.n -= n + (end != NULL);
		}
	}
	return st;
}

/* Against all others of the cohort, or of those that are in their first term. */
static void judge_tag(const struct making *m, struct insight *x)
{
	const bool use = x->kind == INSIGHT_USE_CASE;
	const uint32_t all = use ? m->cohort : m->young, lost = use ? m->lost : m->early;

	x->lost = interval_compare(x->accounts, x->of, lost - x->accounts, all - x->of);
	if (x->of < INSIGHT_LEAST || all - x->of < INSIGHT_LEAST)
		x->verdict = "too few";
	else if (x->lost.range.low > 0)
		x->verdict = "more leave";
	else if (x->lost.range.high < 0)
		x->verdict = "fewer leave";
	else
		x->verdict = "as others";
}

/* ---- words ---- */

/* What was said when a renewal was talked about is why it left where nothing later says
 * why. */
static bool left_for_that(const struct making *m, uint32_t id, enum insight_word where)
{
	const uint8_t cause = m->r->cause[id - 1], said = m->r->exit[id - 1];

	if (!(m->r->marks[id - 1] & REVENUE_LOST))
		return false;
	return where != INSIGHT_RENEWAL ||
	       (cause == CHURN_UNKNOWN && (!said || said - 1 == CHURN_UNKNOWN));
}

static enum status take_words(struct making *m, uint32_t id, struct text words,
	enum insight_word where, struct err *e)
{
	enum insight_kind kind;
	struct text subject;
	uint32_t at;
	enum status st;

	if (!insight_of_words(words, where == INSIGHT_RENEWAL, &kind, &subject))
		return ST_OK;
	st = find_row(m, kind, subject, &at, e);
	if (st == ST_OK)
		m->out->row[at].words[where]++;
	return st == ST_OK ? add_account(m, at, id, left_for_that(m, id, where), e) : st;
}

static enum status take_reason(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	return take_words(arg, (uint32_t)id, cell_as_text(&cells[F_CHURN_REASON]),
		INSIGHT_REASON, e);
}

struct one {
	struct making *m;
	uint32_t id;
};

static enum status take_survey(
	void *arg, int64_t row, const struct cell *cells, struct err *e)
{
	const struct one *o = arg;

	(void)row;
	if (!revenue_exit_counts(o->m->r, cells))
		return ST_OK;
	return take_words(
		o->m, o->id, cell_as_text(&cells[F_SURVEY_COMMENT]), INSIGHT_EXIT, e);
}

static enum status take_lost(struct making *m, struct err *e)
{
	struct store *s = m->b->store;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < m->r->n; i++) {
		const uint32_t id = i + 1;
		struct one o = { m, id };

		if (!(m->r->marks[i] & REVENUE_LOST))
			continue;
		st = s->ops->rows_of(s, REC_ACCOUNT, &id, 1, take_reason, m, e);
		if (st == ST_OK)
			st = s->ops->rows(s, REC_SURVEY, id, take_survey, &o, e);
	}
	return st;
}

/* What was said when a renewal was talked about, also by those that renewed. */
static enum status take_talk(
	void *arg, int64_t row, const struct cell *cells, struct err *e)
{
	struct making *m = arg;
	const int32_t day = cell_day(&cells[F_TOUCH_DATE]);
	const struct text words = cell_as_text(&cells[F_TOUCH_OUTCOME]);
	struct text subject;
	enum insight_kind kind;
	uint32_t id = 0;
	enum status st;

	(void)row;
	if (day <= m->r->asked.from || day > m->r->asked.to ||
		!text_icontains(cell_as_text(&cells[F_TOUCH_PURPOSE]), TEXT("renewal")) ||
		!insight_of_words(words, true, &kind, &subject))
		return ST_OK;
	st = m->b->store->ops->find(
		m->b->store, REC_ACCOUNT, cell_as_text(&cells[F_TOUCH_ACCOUNT]), &id, e);
	if (st != ST_OK || id < 1 || id > m->r->n)
		return st;
	return take_words(m, id, words, INSIGHT_RENEWAL, e);
}

/* ---- at the end ---- */

/* Of one account first that it left. */
static int by_id(const void *a, const void *b)
{
	const struct behind_one *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id) : y->left - x->left;
}

static int64_t arr_of(const struct making *m, uint32_t id)
{
	return m->r->marks[id - 1] & REVENUE_COHORT ? m->r->opening[id - 1]
						    : m->r->closing[id - 1];
}

/* Among those with most ARR, of equal ones the first. */
static void rank(const struct making *m, struct insight *x, uint32_t id)
{
	int k = INSIGHT_TOP;

	while (k > 0 && (!x->top[k - 1] || arr_of(m, x->top[k - 1]) < arr_of(m, id)))
		k--;
	if (k == INSIGHT_TOP)
		return;
	memmove(&x->top[k + 1], &x->top[k],
		(size_t)(INSIGHT_TOP - 1 - k) * sizeof(*x->top));
	x->top[k] = id;
}

static enum status settle_row(struct making *m, uint32_t k, struct err *e)
{
	struct insight *x = &m->out->row[k];
	const struct behind *v = &m->behind[k];
	uint32_t *id = arena_alloc(&m->out->arena, ((size_t)v->n + 1) * sizeof(*id));
	uint32_t n = 0;

	if (!id)
		return no_memory(e);
	if (v->n)
		qsort(v->one, v->n, sizeof(*v->one), by_id);
	for (uint32_t i = 0; i < v->n; i++) {
		const struct behind_one *one = &v->one[i];
		const int64_t arr = arr_of(m, one->id);

		if (n && id[n - 1] == one->id)
			continue;
		id[n++] = one->id;
		rank(m, x, one->id);
		x->left += one->left;
		if (!money_add(x->arr, arr, &x->arr) ||
			!money_add(x->left_arr, one->left ? arr : 0, &x->left_arr))
			return err_set(e, ST_INVALID, "the ARR adds up to too much");
	}
	x->account = id;
	x->accounts = n;
	if (x->kind == INSIGHT_USE_CASE || x->kind == INSIGHT_SOURCE)
		judge_tag(m, x);
	return ST_OK;
}

static int by_weight(const void *a, const void *b)
{
	const struct insight *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->left_arr != y->left_arr)
		return x->left_arr < y->left_arr ? 1 : -1;
	if (x->arr != y->arr)
		return x->arr < y->arr ? 1 : -1;
	return text_cmp(x->subject, y->subject);
}

static enum status make(struct making *m, struct err *e)
{
	struct store *s = m->b->store;
	enum status st =
		book_need_texts(m->b, 1u << TXT_SEGMENT | 1u << TXT_TAGS | BOOK_DAYS, e);

	if (st == ST_OK)
		st = take_segments(m, e);
	if (st == ST_OK)
		st = take_tags(m, e);
	if (st == ST_OK)
		st = take_lost(m, e);
	if (st == ST_OK)
		st = s->ops->rows(s, REC_TOUCH, 0, take_talk, m, e);
	for (uint32_t k = 0; st == ST_OK && k < m->out->n; k++)
		st = settle_row(m, k, e);
	if (st == ST_OK && m->out->n)
		qsort(m->out->row, m->out->n, sizeof(*m->out->row), by_weight);
	return st;
}

enum status book_insights(
	struct book *b, const struct revenue *r, struct insights *out, struct err *e)
{
	struct making m = { .b = b, .r = r, .out = out };
	enum status st;

	*out = (struct insights){ .from = r->asked.from, .to = r->asked.to };
	arena_init(&out->arena);
	word_set_init(&m.keys);
	st = b->store->ops->hold(b->store, e);
	if (st == ST_OK) {
		st = make(&m, e);
		b->store->ops->release(b->store);
	}
	for (uint32_t k = 0; k < out->n; k++)
		free(m.behind[k].one);
	free(m.behind);
	word_set_clear(&m.keys);
	if (st != ST_OK)
		insights_clear(out);
	return st;
}
