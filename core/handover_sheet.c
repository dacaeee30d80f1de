#include "core/handover_sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/book_live.h"
#include "core/csv.h"
#include "core/handover.h"
#include "core/queue.h"

enum { LINE_MAX_COLUMNS = 400, TALKS = 5, LEFT = 12 };

struct sheet {
	struct out out;
	struct book *b;
};

char *handover_missing_text(unsigned missing, char out[HANDOVER_TEXT_MAX])
{
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < HANDOVER_COUNT && n < HANDOVER_TEXT_MAX; i++)
		if (missing >> i & 1)
			n += (size_t)snprintf(out + n, HANDOVER_TEXT_MAX - n, "%s%s",
				n ? ", " : "", handover_name[i]);
	return out;
}

/* ---- lines ----------------------------------------------------------------------------
 */

/* A word at the left, a text of the book behind it; the word may be "". */
static void put(struct sheet *s, const char *word, struct text t)
{
	char safe[4 * LINE_MAX_COLUMNS], left[LEFT + 1];

	text_sanitise(t, safe, sizeof(safe), LINE_MAX_COLUMNS, false);
	snprintf(left, sizeof(left), "%-*s", LEFT, word);
	out_text(&s->out, text_of(left));
	out_text(&s->out, text_of(safe));
	out_char(&s->out, '\n');
}

static void print(struct sheet *s, const char *word, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void print(struct sheet *s, const char *word, const char *format, ...)
{
	char line[4 * LINE_MAX_COLUMNS];
	va_list ap;

	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	put(s, word, text_of(line));
}

static const struct cell *row_of(
	const struct account_view *v, enum record_kind kind, uint32_t i)
{
	return v->rows[kind].cells + (size_t)i * (size_t)record_of(kind)->count;
}

#define SHOWN(t) (int)(t).n, (t).s ? (t).s : ""

/* ---- parts ---- */

static void put_figures(struct sheet *s, const struct account_view *v)
{
	char money[MONEY_TEXT_MAX], day[DAY_TEXT_MAX], health[16] = "unknown";

	if (scores_health_known(v->row.health))
		snprintf(health, sizeof(health), "%u", v->row.health);
	print(s, "", "tier %u, ARR %s, health %s, renewal %s", v->row.tier,
		v->row.arr == MONEY_NONE
			? "not known"
			: money_said(v->row.arr, book_policy(s->b)->currency, money),
		health,
		v->row.renewal == DAY_NONE ? "not known"
					   : day_format(v->row.renewal, day));
	if (v->row.language.n)
		put(s, "language", v->row.language);
}

static void put_plan(struct sheet *s, const struct account_view *v)
{
	static const struct cell none[PLAN_FIELDS];
	const struct cell *plan = v->rows[REC_PLAN].n ? row_of(v, REC_PLAN, 0) : none;
	const struct text step = cell_as_text(&plan[F_PLAN_NEXT_STEP]);
	char day[DAY_TEXT_MAX];

	put(s, "goal", cell_as_text(&plan[F_PLAN_GOAL]));
	put(s, "decision", cell_as_text(&plan[F_PLAN_DECISION]));
	if (cell_day(&plan[F_PLAN_NEXT_DUE]) == DAY_NONE)
		put(s, "next step", step);
	else
		print(s, "next step", "%.*s (until %s)", SHOWN(step),
			day_format(cell_day(&plan[F_PLAN_NEXT_DUE]), day));
}

static void put_people(struct sheet *s, const struct account_view *v)
{
	const char *word = "people";

	for (uint32_t i = 0; i < v->rows[REC_CONTACT].n; i++) {
		const struct cell *c = row_of(v, REC_CONTACT, i);
		const struct text name = cell_as_text(&c[F_CONTACT_NAME]);
		const struct text role = cell_as_text(&c[F_CONTACT_ROLE]);
		const struct text mail = cell_as_text(&c[F_CONTACT_EMAIL]);

		if (cell_day(&c[F_CONTACT_LEFT_ON]) != DAY_NONE &&
			cell_day(&c[F_CONTACT_LEFT_ON]) <= book_as_of(s->b))
			continue;
		print(s, word, "%.*s, %.*s, %.*s", SHOWN(name), SHOWN(role), SHOWN(mail));
		word = "";
	}
}

static enum status put_live(struct sheet *s, uint32_t account, struct err *e)
{
	struct book_live live;
	const enum status st = book_live(s->b, account, &live, e);
	char day[DAY_TEXT_MAX], sentence[ALERT_SENTENCE_MAX];

	for (uint32_t k = 0; st == ST_OK && k < live.alerts; k++)
		print(s, k ? "" : "alerts", "%s: %s",
			alert_severity_word[live.alert[k].severity],
			queue_reason(s->b, &live.alert[k], NULL, sentence));
	for (uint32_t k = 0; st == ST_OK && k < live.tasks; k++)
		print(s, k ? "" : "open tasks", "%.*s, step %d: %.*s%s%s",
			SHOWN(live.task[k].title), (int)live.task[k].step,
			SHOWN(live.task[k].next),
			live.task[k].due == DAY_NONE ? "" : ", due ",
			live.task[k].due == DAY_NONE ? ""
						     : day_format(live.task[k].due, day));
	return st;
}

/* The newest first, as the view has them. */
static void put_talks(struct sheet *s, const struct account_view *v)
{
	for (uint32_t i = 0; i < v->rows[REC_TOUCH].n && i < TALKS; i++) {
		const struct cell *c = row_of(v, REC_TOUCH, i);
		const struct text kind = cell_as_text(&c[F_TOUCH_KIND]);
		const struct text purpose = cell_as_text(&c[F_TOUCH_PURPOSE]);
		const struct text outcome = cell_as_text(&c[F_TOUCH_OUTCOME]);
		const bool answered =
			c[F_TOUCH_TWO_WAY].type == CELL_INT && c[F_TOUCH_TWO_WAY].i;
		char day[DAY_TEXT_MAX];

		print(s, i ? "" : "last talks", "%s %.*s%s: %.*s%s%.*s",
			day_format(cell_day(&c[F_TOUCH_DATE]), day), SHOWN(kind),
			answered ? "" : " (no answer)", SHOWN(purpose),
			purpose.n && outcome.n ? " - " : "", SHOWN(outcome));
	}
}

/* ---- in the order of who reads them ---- */

struct taken {
	const struct proposal_move *move;
	struct text name;
};

/* By the new owner (books stand by name), then by the account. */
static int by_owner(const void *a, const void *b)
{
	const struct taken *x = a, *y = b;
	const int owner = (x->move->to > y->move->to) - (x->move->to < y->move->to);
	const int name = owner ? owner : text_cmp(x->name, y->name);

	return name ? name
		    : (x->move->account > y->move->account) -
			       (x->move->account < y->move->account);
}

static enum status sort_moves(struct book *b, const struct proposal *p, struct arena *a,
	struct taken **out, uint32_t *n, struct err *e)
{
	struct taken *all = arena_alloc(a, ((size_t)p->moves + 1) * sizeof(*all));

	*out = all;
	*n = 0;
	if (!all)
		return err_set(e, ST_NOMEM, "not enough memory");
	for (uint32_t k = 0; k < p->moves; k++) {
		const struct proposal_move *m = &p->move[k];
		struct list_row row;
		enum status st;

		if (m->to == CAPACITY_POOL)
			continue;
		st = book_rows(b, &m->account, 1, a, &row, e);
		if (st != ST_OK)
			return st;
		all[(*n)++] = (struct taken){ m, row.name.n ? row.name : row.id };
	}
	qsort(all, *n, sizeof(*all), by_owner);
	return ST_OK;
}

/* "FOR Eve Stone: 27 accounts, $ 2.1M ARR", above the first sheet of somebody. */
static void put_owner(
	struct sheet *s, const struct proposal *p, const struct taken *x, uint32_t left)
{
	const struct text name = p->before->row[x->move->to].name;
	char money[MONEY_TEXT_MAX];
	uint32_t n = 0;
	int64_t arr = 0;

	for (; n < left && x[n].move->to == x->move->to; n++)
		arr += x[n].move->arr;
	print(s, "FOR", "%.*s: %u account%s, %s ARR", SHOWN(name), n, TEXT_S(n),
		money_said(arr, book_policy(s->b)->currency, money));
	out_char(&s->out, '\n');
}

/* ---- sheets ---- */

static enum status put_sheet(struct sheet *s, const struct proposal *p,
	const struct proposal_move *m, struct err *e)
{
	const struct text to = p->before->row[m->to].name;
	struct text from = TEXT("the pool");
	struct account_view *v = NULL;
	char missing[HANDOVER_TEXT_MAX], why[PROPOSAL_MOVE_MAX];
	enum status st = book_account(s->b, m->account, &v, e);

	if (st != ST_OK)
		return st;
	if (m->from != CAPACITY_POOL)
		from = p->before->row[m->from].name;
	print(s, "HAND-OVER", "%.*s (%.*s)", SHOWN(v->row.name), SHOWN(v->row.id));
	print(s, "from > to", "%.*s > %.*s", SHOWN(from), SHOWN(to));
	proposal_move_text(m, why);
	put(s, "why", text_of(why));
	put_figures(s, v);
	put_plan(s, v);
	put_people(s, v);
	st = put_live(s, m->account, e);
	put_talks(s, v);
	handover_missing_text(handover_missing(v, book_as_of(s->b)), missing);
	put(s, "missing", text_of(*missing ? missing : "nothing"));
	out_text(&s->out, TEXT("\n\f\n"));
	account_view_free(&v);
	return st;
}

enum status handover_sheets(
	struct book *b, const struct proposal *p, out_sink sink, void *arg, struct err *e)
{
	struct sheet *s = malloc(sizeof(*s));
	struct taken *all;
	struct arena a;
	uint32_t n;
	enum status st, ended;

	if (!s)
		return err_set(e, ST_NOMEM, "not enough memory");
	s->b = b;
	out_init(&s->out, sink, arg);
	arena_init(&a);
	st = sort_moves(b, p, &a, &all, &n, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		if (k == 0 || all[k].move->to != all[k - 1].move->to)
			put_owner(s, p, &all[k], n - k);
		st = put_sheet(s, p, all[k].move, e);
	}
	ended = out_finish(&s->out, st == ST_OK ? e : NULL);
	arena_clear(&a);
	free(s);
	return st == ST_OK ? ended : st;
}

/* ---- the moves as a table -------------------------------------------------------------
 */

static enum status put_move(struct csv_writer *w, struct book *b,
	const struct proposal *p, const struct proposal_move *m, bool cents,
	struct err *e)
{
	char number[NUMBER_TEXT_MAX], money[MONEY_TEXT_MAX];
	struct list_row row;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = book_rows(b, &m->account, 1, &a, &row, e);
	if (st == ST_OK) {
		csv_text(w, row.id);
		csv_text(w, row.name);
		csv_plain(w, number_format(m->tier, 0, number));
		csv_plain(w, cents ? number_format((double)m->arr, 0, number)
				   : money_format(m->arr, money));
		csv_text(w, proposal_owner(p, m->from));
		csv_text(w, proposal_owner(p, m->to));
		csv_text(w, text_of(m->reason));
		csv_text(w, text_of(m->receiver));
		csv_end_row(w);
	}
	arena_clear(&a);
	return st;
}

static enum status put_moves(struct book *b, const struct proposal *p, bool cents,
	out_sink sink, void *arg, struct err *e)
{
	const char *const header[] = { "account", "name", "tier",
		cents ? "arr_cents" : "arr", "from", "to", "reason", "receiver" };
	struct csv_writer *w = malloc(sizeof(*w));
	enum status st = ST_OK, ended;

	if (!w)
		return err_set(e, ST_NOMEM, "not enough memory");
	csv_writer_init(w, sink, arg, true);
	for (size_t k = 0; k < sizeof(header) / sizeof(*header); k++)
		csv_plain(w, header[k]);
	csv_end_row(w);
	for (uint32_t k = 0; st == ST_OK && k < p->moves; k++)
		st = put_move(w, b, p, &p->move[k], cents, e);
	ended = csv_finish(w, st == ST_OK ? e : NULL);
	free(w);
	return st == ST_OK ? ended : st;
}

enum status handover_moves(
	struct book *b, const struct proposal *p, out_sink sink, void *arg, struct err *e)
{
	return put_moves(b, p, true, sink, arg, e);
}

enum status handover_moves_sheet(
	struct book *b, const struct proposal *p, out_sink sink, void *arg, struct err *e)
{
	return put_moves(b, p, false, sink, arg, e);
}
