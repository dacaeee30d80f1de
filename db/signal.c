/*
 * Signals coming in. Rows gather in memory; a full buffer is sorted, compared with what
 * the book has, kind by kind and part by part, and what is new goes into a block per
 * place. The end of the batch merges blocks and brings the newest values up to date.
 */
#include "db/signal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/sort.h"
#include "db/mirror.h"

#define BUFFER_ROWS SIGNAL_BLOCK_MAX /* all of them may be of one place: a block */

/* A row's place in the order: kind, account, day. */
#define DAY_BITS 17
#define ACCOUNT_BITS 27
#define KIND_MAX ((1u << (64 - ACCOUNT_BITS - DAY_BITS)) - 1)

_Static_assert(DAY_MAX - DAY_MIN < 1 << DAY_BITS, "days do not fit");
_Static_assert(DB_ACCOUNT_MAX < 1 << ACCOUNT_BITS, "accounts do not fit");

/* Rows of an earlier buffer that changed nothing: only memory knows they were there. */
struct seen {
	struct seen *next;
	struct pack rows; /* at, day */
};

/* A kind and part that got rows in this batch. */
struct touched {
	struct signal_place at;
	int64_t first_seq; /* blocks from here on were written by this batch */
	bool written;
	struct seen *seen;                  /* owned */
	uint8_t present[PART_ACCOUNTS / 8]; /* a bit per account that exists */
};

enum verdict {
	IS_NEW,
	IS_CHANGED,
	IS_SAME,
	IS_REPEATED,
};

struct db_signals {
	struct put_batch given;
	struct put_counts counts;
	/* the buffer */
	uint32_t n;
	struct sort_item *order;
	double *value;
	uint64_t *line;
	/* places, ascending by kind and part */
	struct touched *touched;
	uint32_t touched_n, touched_capacity;
	/* what settling one place needs */
	struct signal_values run, fresh, stored;
	struct signal_heads heads;
	uint8_t *verdict;   /* per row of run: enum verdict */
	uint64_t *run_line; /* per row of run */
	uint64_t *repeated; /* lines of a buffer that repeat earlier ones */
	uint32_t repeated_n;
};

static void seen_free(struct seen *s)
{
	while (s != NULL) {
		struct seen *next = s->next;
		pack_clear(&s->rows);
		free(s);
		s = next;
	}
}

void db_signal_abandon(struct db *d)
{
	struct db_signals *g = d->signals;
	if (g == NULL)
		return;
	for (uint32_t i = 0; i < g->touched_n; i++)
		seen_free(g->touched[i].seen);
	signal_values_clear(&g->run);
	signal_values_clear(&g->fresh);
	signal_values_clear(&g->stored);
	free(g->heads.head);
	free(g->touched);
	free(g->order);
	free(g->value);
	free(g->line);
	free(g->verdict);
	free(g->run_line);
	free(g->repeated);
	free(g);
	d->signals = NULL;
}

enum status db_signal_begin(struct db *d, const struct put_batch *b, struct err *e)
{
	struct db_signals *g = calloc(1, sizeof(*g));
	d->signals = g;
	if (g != NULL) {
		g->given = *b;
		g->order = malloc(BUFFER_ROWS * sizeof(*g->order));
		g->value = malloc(BUFFER_ROWS * sizeof(*g->value));
		g->line = malloc(BUFFER_ROWS * sizeof(*g->line));
	}
	if (g != NULL && g->order != NULL && g->value != NULL && g->line != NULL)
		return ST_OK;
	db_signal_abandon(d);
	return err_set(e, ST_NOMEM, "out of memory for signals");
}

/* ---- places ---- */

static int64_t compare_places(struct signal_place a, struct signal_place b)
{
	return a.kind != b.kind ? (int64_t)a.kind - b.kind : (int64_t)a.part - b.part;
}

/* The seq of the next block; a crafted book may leave none. */
static enum status next_seq(const struct db *d, struct signal_place at,
	const struct signal_heads *heads, int64_t *seq, struct err *e)
{
	const int64_t last = heads->n == 0 ? 0 : heads->head[heads->n - 1].seq;
	if (last == INT64_MAX)
		return err_set(e, ST_CORRUPT,
			"%s: signals of kind %u are damaged: restore a backup", d->path,
			at.kind);
	*seq = last + 1;
	return ST_OK;
}

/* The entry of a place; made when it is not there yet. */
static enum status touch(
	struct db *d, struct signal_place at, struct touched **out, struct err *e)
{
	struct db_signals *g = d->signals;
	uint32_t low = 0, high = g->touched_n;
	if (g->touched_n == g->touched_capacity) {
		uint32_t capacity = g->touched_capacity * 2 + 64;
		void *more = realloc(g->touched, capacity * sizeof(*g->touched));
		if (more == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
		g->touched = more;
		g->touched_capacity = capacity;
	}
	while (low < high) {
		uint32_t middle = (low + high) / 2;
		if (compare_places(g->touched[middle].at, at) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*out = g->touched + low;
	if (low < g->touched_n && compare_places(g->touched[low].at, at) == 0)
		return ST_OK;
	uint8_t present[PART_ACCOUNTS];
	int64_t first_seq = 0;
	enum status st = signal_heads_read(d, at, 0, &g->heads, e);
	if (st == ST_OK)
		st = next_seq(d, at, &g->heads, &first_seq, e);
	if (st == ST_OK)
		st = mirror_present(d, at.part, present, e);
	if (st != ST_OK)
		return st;
	memmove(*out + 1, *out, (g->touched_n - low) * sizeof(**out));
	g->touched_n++;
	**out = (struct touched){ .at = at, .first_seq = first_seq };
	for (uint32_t i = 0; i < PART_ACCOUNTS; i++)
		(*out)->present[i / 8] |= (uint8_t)((present[i] != 0) << i % 8);
	return ST_OK;
}

/* ---- settling one place ---- */

/* Rows of accounts that are not in the book would never be found again. */
static enum status check_accounts(
	const struct db_signals *g, const struct touched *t, struct err *e)
{
	for (uint32_t i = 0; i < g->run.n; i++) {
		uint32_t at = g->run.at[i];
		if (!(t->present[at / 8] >> at % 8 & 1))
			return err_set(e, ST_INVALID,
				"line %llu: a signal of an account that is not there",
				(unsigned long long)g->run_line[i]);
	}
	return ST_OK;
}

/* Moves the rows order[from..to) into run; of equal ones the first stays. */
static enum status take_run(
	struct db_signals *g, uint32_t from, uint32_t to, struct err *e)
{
	struct signal_values *run = &g->run;
	uint32_t n = to - from;
	if (n > run->capacity) {
		free(g->verdict);
		free(g->run_line);
		g->verdict = malloc(n * sizeof(*g->verdict));
		g->run_line = malloc(n * sizeof(*g->run_line));
		if (g->verdict == NULL || g->run_line == NULL)
			return err_set(e, ST_NOMEM, "out of memory for signals");
	}
	enum status st = signal_values_room(run, n, e);
	if (st != ST_OK)
		return st;
	run->n = 0;
	for (uint32_t i = from; i < to; i++) {
		uint64_t key = g->order[i].key;
		uint32_t index = g->order[i].index, k = run->n;
		if (i > from && g->order[i - 1].key == key) {
			g->repeated[g->repeated_n++] = g->line[index];
			continue;
		}
		uint32_t account =
			(uint32_t)(key >> DAY_BITS) & ((1u << ACCOUNT_BITS) - 1);
		run->at[k] = (uint16_t)((account - 1) % PART_ACCOUNTS);
		run->day[k] = (int32_t)(key & ((1u << DAY_BITS) - 1)) + DAY_MIN;
		run->value[k] = g->value[index];
		g->run_line[k] = g->line[index];
		g->verdict[k] = IS_NEW;
		run->n++;
	}
	return ST_OK;
}

/* Whether a row of run that the book has already changes anything. */
static enum verdict judge(const struct db_signals *g, double stored, double given)
{
	bool same = !(stored < given) && !(stored > given);
	return same || g->given.mode != PUT_OVERWRITE ? IS_SAME : IS_CHANGED;
}

/* Gives a verdict on the rows of run that stand in v and have none yet. */
static void compare_run(struct db_signals *g, const struct signal_values *v, bool ours)
{
	const struct signal_values *run = &g->run;
	uint32_t i = 0, j = 0;
	while (i < run->n && j < v->n) {
		uint64_t x = signal_values_key(run, i), y = signal_values_key(v, j);
		if (x == y && g->verdict[i] == IS_NEW)
			g->verdict[i] =
				ours ? IS_REPEATED
				     : (uint8_t)judge(g, v->value[j], run->value[i]);
		i += x <= y;
		j += y <= x;
	}
}

/* Against the rows that earlier buffers brought in vain. */
static enum status compare_seen(
	struct db_signals *g, const struct touched *t, struct err *e)
{
	struct pack_view view;
	enum status st = ST_OK;
	for (const struct seen *s = t->seen; st == ST_OK && s != NULL; s = s->next) {
		struct signal_values *v = &g->stored;
		st = pack_open(&view, s->rows.data, s->rows.n, 2, e);
		if (st == ST_OK)
			st = signal_values_room(v, view.rows, e);
		if (st == ST_OK)
			st = pack_get_u16(&view, 0, v->at, e);
		if (st == ST_OK)
			st = pack_get_i32(&view, 1, v->day, e);
		if (st != ST_OK)
			break;
		v->n = view.rows;
		compare_run(g, v, true);
	}
	return st;
}

/* Against the blocks of the book, the newest first: it has the word. */
static enum status compare_blocks(struct db *d, const struct touched *t, struct err *e)
{
	struct db_signals *g = d->signals;
	int32_t first = g->run.day[0], last = g->run.day[0];
	for (uint32_t i = 1; i < g->run.n; i++) {
		first = g->run.day[i] < first ? g->run.day[i] : first;
		last = g->run.day[i] > last ? g->run.day[i] : last;
	}
	enum status st = signal_heads_read(d, t->at, 0, &g->heads, e);
	for (uint32_t k = g->heads.n; st == ST_OK && k > 0; k--) {
		const struct signal_head *head = &g->heads.head[k - 1];
		if (head->last_day < first || head->first_day > last)
			continue;
		st = signal_block_read(d, t->at, head, &g->stored, e);
		if (st == ST_OK)
			compare_run(g, &g->stored, head->seq >= t->first_seq);
	}
	return st;
}

/* Splits run by its verdicts: fresh gets what is to be written, run keeps, from its
 * beginning, what changed nothing. */
static enum status split_run(struct db_signals *g, struct err *e)
{
	struct signal_values *run = &g->run, *fresh = &g->fresh;
	uint32_t kept = 0;
	enum status st = signal_values_room(fresh, run->n, e);
	if (st != ST_OK)
		return st;
	fresh->n = 0;
	for (uint32_t i = 0; i < run->n; i++) {
		switch ((enum verdict)g->verdict[i]) {
		case IS_NEW:
		case IS_CHANGED:
			fresh->at[fresh->n] = run->at[i];
			fresh->day[fresh->n] = run->day[i];
			fresh->value[fresh->n++] = run->value[i];
			g->counts.inserted += g->verdict[i] == IS_NEW;
			g->counts.updated += g->verdict[i] == IS_CHANGED;
			break;
		case IS_SAME:
			run->at[kept] = run->at[i];
			run->day[kept++] = run->day[i];
			break;
		case IS_REPEATED:
			g->repeated[g->repeated_n++] = g->run_line[i];
			break;
		}
	}
	run->n = kept;
	g->counts.unchanged += kept;
	return ST_OK;
}

/* Remembers the rows of run for the buffers that are to come. */
static enum status remember(struct db_signals *g, struct touched *t, struct err *e)
{
	struct seen *s = calloc(1, sizeof(*s));
	if (s == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	s->next = t->seen;
	t->seen = s;
	pack_begin(&s->rows, g->run.n);
	pack_u16(&s->rows, g->run.at);
	pack_i32(&s->rows, g->run.day);
	return pack_end(&s->rows, e);
}

static enum status settle_place(struct db *d, struct signal_place at, uint32_t from,
	uint32_t to, bool last, struct err *e)
{
	struct db_signals *g = d->signals;
	struct touched *t = NULL;
	enum status st = take_run(g, from, to, e);
	if (st == ST_OK)
		st = touch(d, at, &t, e);
	if (st == ST_OK)
		st = check_accounts(g, t, e);
	if (st == ST_OK)
		st = compare_seen(g, t, e);
	if (st == ST_OK)
		st = compare_blocks(d, t, e);
	if (st == ST_OK)
		st = split_run(g, e);
	if (st == ST_OK && g->run.n > 0 && !last)
		st = remember(g, t, e);
	if (st != ST_OK || g->fresh.n == 0)
		return st;
	t->written = true;
	int64_t seq = 0;
	st = next_seq(d, at, &g->heads, &seq, e);
	return st == ST_OK ? signal_block_write(d, at, seq, &g->fresh, e) : st;
}

/* ---- a buffer ---- */

static int compare_lines(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static enum status tell_repeated(struct db_signals *g, struct err *e)
{
	enum status st = ST_OK;
	qsort(g->repeated, g->repeated_n, sizeof(*g->repeated), compare_lines);
	for (uint32_t i = 0; st == ST_OK && i < g->repeated_n; i++)
		st = g->given.repeated != NULL
			     ? g->given.repeated(g->given.arg, g->repeated[i], e)
			     : err_set(e, ST_DUPLICATE,
				       "line %llu repeats an earlier signal",
				       (unsigned long long)g->repeated[i]);
	g->repeated_n = 0;
	return st;
}

static struct signal_place place_of(uint64_t key)
{
	uint32_t account = (uint32_t)(key >> DAY_BITS) & ((1u << ACCOUNT_BITS) - 1);
	return (struct signal_place){
		.kind = (uint32_t)(key >> (DAY_BITS + ACCOUNT_BITS)),
		.part = db_part_of(account),
	};
}

/* The lowest key of a place; a kind has fewer parts than there is room for. */
static uint64_t first_key(struct signal_place at)
{
	uint64_t account = (uint64_t)at.part * PART_ACCOUNTS + 1;
	return (uint64_t)at.kind << (DAY_BITS + ACCOUNT_BITS) | account << DAY_BITS;
}

/* Empties the buffer into the book; last: no other buffer will follow. */
static enum status settle(struct db *d, bool last, struct err *e)
{
	struct db_signals *g = d->signals;
	bool sorted = true;
	for (uint32_t i = 1; i < g->n && sorted; i++)
		sorted = g->order[i - 1].key <= g->order[i].key;
	enum status st = sorted ? ST_OK : sort_items(g->order, g->n, e);
	/* Only now: the sort needs as much for itself. */
	g->repeated = malloc((g->n + 1) * sizeof(*g->repeated));
	if (st == ST_OK && g->repeated == NULL)
		st = err_set(e, ST_NOMEM, "out of memory for signals");
	for (uint32_t from = 0, to; st == ST_OK && from < g->n; from = to) {
		struct signal_place at = place_of(g->order[from].key);
		uint64_t end = first_key((struct signal_place){ at.kind, at.part + 1 });
		for (to = from + 1; to < g->n && g->order[to].key < end;)
			to++;
		st = settle_place(d, at, from, to, last, e);
	}
	if (st == ST_OK)
		st = tell_repeated(g, e);
	free(g->repeated);
	g->repeated = NULL;
	g->n = 0;
	return st;
}

enum status db_signal_put(
	struct db *d, const struct cell *cells, uint64_t line, struct err *e)
{
	struct db_signals *g = d->signals;
	const struct cell *account = &cells[F_SIGNAL_ACCOUNT],
			  *day = &cells[F_SIGNAL_DATE], *kind = &cells[F_SIGNAL_KIND],
			  *value = &cells[F_SIGNAL_VALUE];
	if (account->type != CELL_INT || account->i < 1 || account->i > DB_ACCOUNT_MAX ||
		kind->type != CELL_INT || kind->i < 1 || kind->i > KIND_MAX ||
		day->type != CELL_INT || day->i < DAY_MIN || day->i > DAY_MAX ||
		value->type != CELL_NUMBER || !isfinite(value->n))
		return err_set(e, ST_INVALID,
			"line %llu: a signal needs an account, a day, a kind and a value",
			(unsigned long long)line);
	if (g->n == BUFFER_ROWS) {
		enum status st = settle(d, false, e);
		if (st != ST_OK)
			return st;
	}
	g->order[g->n] = (struct sort_item){
		.key = (uint64_t)kind->i << (DAY_BITS + ACCOUNT_BITS) |
		       (uint64_t)account->i << DAY_BITS | (uint64_t)(day->i - DAY_MIN),
		.index = g->n,
	};
	g->value[g->n] = value->n;
	g->line[g->n++] = line;
	return ST_OK;
}

static enum status finish_place(
	struct db *d, const struct touched *t, struct signal_latest *l, struct err *e)
{
	if (!t->written)
		return ST_OK;
	enum status st = signal_latest_read(d, t->at, l, e);
	if (st == ST_OK)
		st = signal_latest_add(d, t->at, t->first_seq, DAY_MAX, l, e);
	if (st == ST_OK)
		st = signal_latest_write(d, t->at, l, e);
	return st == ST_OK ? signal_block_compact(d, t->at, e) : st;
}

enum status db_signal_end(struct db *d, struct put_counts *out, struct err *e)
{
	struct db_signals *g = d->signals;
	enum status st = settle(d, true, e);
	struct signal_latest *latest = malloc(sizeof(*latest));
	if (st == ST_OK && latest == NULL)
		st = err_set(e, ST_NOMEM, "out of memory");
	for (uint32_t i = 0; st == ST_OK && i < g->touched_n; i++)
		st = finish_place(d, &g->touched[i], latest, e);
	free(latest);
	if (out != NULL)
		*out = g->counts;
	db_signal_abandon(d);
	return st;
}
