#include "core/clinic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"

enum { QUESTION_BYTES = 100 };

struct clinic_asked {
	uint32_t question; /* number of its text */
	int32_t day;
	uint32_t kind, host;
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the clinics");
}

bool clinic_is(const struct cell *kind)
{
	return kind->type == CELL_TEXT &&
	       (text_icontains(kind->t, TEXT("clinic")) ||
		       text_icontains(kind->t, TEXT("webinar")) ||
		       text_icontains(kind->t, TEXT("office hour")));
}

void clinics_init(struct clinics *x)
{
	*x = (struct clinics){ .visit = NULL };
	word_set_init(&x->word);
}

void clinics_clear(struct clinics *x)
{
	free(x->visit);
	free(x->clinic);
	free(x->question);
	free(x->asked);
	word_set_clear(&x->word);
	clinics_init(x);
}

double clinics_per_hour(double customers, double minutes)
{
	return minutes > 0 ? customers * 60 / minutes : (double)NAN;
}

/* ---- what comes in ---- */

/* Room for one more of n elements; NULL: no memory. */
static void *grown(void *list, uint32_t n, uint32_t *room, size_t size)
{
	void *more;

	if (n < *room)
		return list;
	more = realloc(list, (2 * (size_t)*room + 64) * size);
	if (more)
		*room = 2 * *room + 64;
	return more;
}

static bool number(struct clinics *x, struct text t, uint32_t *out)
{
	return word_set_add_spelled(&x->word, t.n ? text_trim(t) : TEXT(""), out);
}

static enum status add_asked(
	struct clinics *x, const struct clinic_visit *v, struct text t, struct err *e)
{
	struct clinic_asked *list;
	uint32_t question;

	t = text_trim(t);
	if (t.n == 0 || t.n > QUESTION_BYTES)
		return ST_OK; /* it is a report, and no question */
	list = grown(x->asked, x->asked_n, &x->asked_room, sizeof(*list));
	if (!list)
		return no_memory(e);
	x->asked = list;
	if (!number(x, t, &question))
		return no_memory(e);
	x->asked[x->asked_n++] =
		(struct clinic_asked){ question, v->day, v->kind, v->host };
	return ST_OK;
}

enum status clinics_add(struct clinics *x, const struct cell *touch, uint32_t account,
	uint32_t row, struct err *e)
{
	const struct cell *answered = &touch[F_TOUCH_TWO_WAY];
	struct text rest = cell_as_text(&touch[F_TOUCH_OUTCOME]);
	struct clinic_visit v = { .account = account,
		.row = row,
		.sells = touch_class_of(&touch[F_TOUCH_PURPOSE]) == TOUCH_COMMERCIAL,
		.day = cell_day(&touch[F_TOUCH_DATE]),
		.answered = answered->type == CELL_INT && answered->i != 0 };
	struct clinic_visit *list =
		grown(x->visit, x->visits, &x->visits_room, sizeof(*list));
	enum status st = ST_OK;

	if (!list)
		return no_memory(e);
	x->visit = list;
	if (!touch_class_minutes(&touch[F_TOUCH_MINUTES], NAN, &v.minutes))
		v.minutes = NAN;
	if (!number(x, cell_as_text(&touch[F_TOUCH_KIND]), &v.kind) ||
		!number(x, cell_as_text(&touch[F_TOUCH_ACTOR]), &v.host))
		return no_memory(e);
	x->visit[x->visits++] = v;
	while (st == ST_OK && rest.n > 0) {
		const char *end = memchr(rest.s, ';', rest.n);
		const size_t n = end ? (size_t)(end - rest.s) : rest.n;

		st = add_asked(x, &v, (struct text){ rest.s, n }, e);
		rest = (struct text){ rest.s + n + (end != NULL),
			rest.n - n - (end != NULL) };
	}
	return st;
}

/* ---- clinics ---- */

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int same_clinic(const struct clinic_visit *a, const struct clinic_visit *b)
{
	int order = compare(a->day, b->day);

	if (!order)
		order = compare(a->kind, b->kind);
	return order ? order : compare(a->host, b->host);
}

/* Of one account the one that was answered first. */
static int by_clinic(const void *x, const void *y)
{
	const struct clinic_visit *a = x, *b = y;
	int order = same_clinic(a, b);

	if (!order)
		order = compare(a->account, b->account);
	return order ? order : compare(b->answered, a->answered);
}

/* From..to - 1 are of one: its length, and each account once. */
static uint32_t settle_one(
	struct clinics *x, uint32_t from, uint32_t to, uint32_t kept, double unsaid)
{
	struct clinic *c = &x->clinic[x->clinics];
	const uint32_t first = kept;

	*c = (struct clinic){ .day = x->visit[from].day,
		.kind = x->word.word[x->visit[from].kind].text,
		.host = x->word.word[x->visit[from].host].text,
		.minutes = NAN };
	for (uint32_t k = from; k < to; k++) {
		const struct clinic_visit v = x->visit[k];

		c->minutes = fmax(c->minutes, v.minutes); /* NaN is no length */
		if (kept > first && x->visit[kept - 1].account == v.account)
			continue;
		x->visit[kept++] = v;
	}
	c->accounts = kept - first;
	for (uint32_t k = first; k < kept; k++) {
		x->visit[k].minutes =
			(isnan(c->minutes) ? unsaid : c->minutes) / c->accounts;
		x->visit[k].clinic = x->clinics;
	}
	if (!isnan(c->minutes)) {
		x->timed++;
		x->served += c->accounts;
		x->minutes += c->minutes;
	}
	x->clinics++;
	return kept;
}

/* ---- questions ---- */

static int by_question(const void *x, const void *y)
{
	const struct clinic_asked *a = x, *b = y;
	int order = compare(a->question, b->question);

	if (!order)
		order = compare(a->day, b->day);
	if (!order)
		order = compare(a->kind, b->kind);
	return order ? order : compare(a->host, b->host);
}

static int most_first(const void *x, const void *y)
{
	const struct clinic_question *a = x, *b = y;
	int order = compare(b->clinics, a->clinics);

	if (!order)
		order = compare(b->last, a->last);
	return order ? order : text_cmp(a->text, b->text);
}

static void count_questions(struct clinics *x)
{
	if (x->asked_n)
		qsort(x->asked, x->asked_n, sizeof(*x->asked), by_question);
	for (uint32_t k = 0; k < x->asked_n;) {
		struct clinic_question q = {
			.text = x->word.word[x->asked[k].question].text
		};
		const uint32_t question = x->asked[k].question;

		for (; k < x->asked_n && x->asked[k].question == question; k++) {
			q.clinics += k == 0 ||
				     by_question(&x->asked[k - 1], &x->asked[k]) != 0;
			q.last = x->asked[k].day;
		}
		if (q.clinics >= 2)
			x->question[x->questions++] = q;
	}
	if (x->questions)
		qsort(x->question, x->questions, sizeof(*x->question), most_first);
}

enum status clinics_settle(struct clinics *x, double unsaid, struct err *e)
{
	uint32_t kept = 0;

	x->clinic = malloc(((size_t)x->visits + 1) * sizeof(*x->clinic));
	x->question = malloc(((size_t)x->asked_n + 1) * sizeof(*x->question));
	if (!x->clinic || !x->question)
		return no_memory(e);
	if (x->visits)
		qsort(x->visit, x->visits, sizeof(*x->visit), by_clinic);
	for (uint32_t from = 0, to; from < x->visits; from = to) {
		for (to = from + 1; to < x->visits &&
				    same_clinic(&x->visit[from], &x->visit[to]) == 0;)
			to++;
		kept = settle_one(x, from, to, kept, unsaid);
	}
	x->visits = kept;
	count_questions(x);
	return ST_OK;
}
