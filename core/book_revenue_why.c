/* Why they left, what is done about it, and where those came from that left within their
 * first term. */
#include <stdlib.h>
#include <string.h>

#include "core/book_revenue_internal.h"
#include "core/fix.h"

enum { REASONS = 256 }; /* accounts that left, in one step */

/* ---- within the first term ---- */

static enum status add_to(struct revenue_source *s, int64_t arr, struct err *e)
{
	s->lost++;
	return money_add(s->arr, arr, &s->arr)
		       ? ST_OK
		       : err_set(e, ST_INVALID, "the ARR lost adds up to too much");
}

static enum status add_new(
	struct book_revenue *x, struct revenue_tally *t, struct text key, struct err *e)
{
	if (t->words.n > t->room) {
		const uint32_t room = t->room ? 2 * t->room : 32;
		void *grown = realloc(t->of, room * sizeof(*t->of));

		if (!grown)
			return book_revenue_no_memory(e);
		t->of = grown;
		t->room = room;
	}
	if (!arena_keep(&x->names, &key))
		return book_revenue_no_memory(e);
	t->of[t->words.n - 1] = (struct revenue_source){ .key = key };
	return ST_OK;
}

/* Keys that are folded alike are one. */
static enum status add(struct book_revenue *x, struct revenue_tally *t, struct text key,
	int64_t arr, struct err *e)
{
	const uint32_t before = t->words.n;
	uint32_t at;
	enum status st = ST_OK;

	if (!word_set_add_spelled(&t->words, key, &at))
		return book_revenue_no_memory(e);
	if (t->words.n > before)
		st = add_new(x, t, key, e);
	return st == ST_OK ? add_to(&t->of[at], arr, e) : st;
}

static bool tells_source(struct text tag)
{
	static const char *const kinds[] = { "source:", "use-case:" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const size_t n = strlen(kinds[i]);

		if (tag.n > n && text_ieq((struct text){ tag.s, n }, text_of(kinds[i])))
			return true;
	}
	return false;
}

static enum status take_tags(
	struct book_revenue *x, struct text tags, int64_t arr, struct err *e)
{
	bool any = false;
	enum status st = ST_OK;

	while (st == ST_OK && tags.n > 0) {
		const char *end = memchr(tags.s, ';', tags.n);
		const size_t n = end ? (size_t)(end - tags.s) : tags.n;
		const struct text tag = text_trim((struct text){ tags.s, n });

		tags.s += n + (end != NULL);
		tags.n -= n + (end != NULL);
		if (!tells_source(tag))
			continue;
		any = true;
		st = add(x, &x->by_tag, tag, arr, e);
	}
	return st == ST_OK && !any ? add_to(&x->by_tag.without, arr, e) : st;
}

static enum status take_early(
	struct book_revenue *x, uint32_t id, const struct cell *account, struct err *e)
{
	const struct text segment = text_trim(cell_as_text(&account[F_SEGMENT]));
	const int64_t arr = x->r.opening[id - 1];
	enum status st;

	if (!(x->r.marks[id - 1] & REVENUE_EARLY))
		return ST_OK;
	st = take_tags(x, cell_as_text(&account[F_TAGS]), arr, e);
	if (st != ST_OK)
		return st;
	return segment.n ? add(x, &x->by_segment, segment, arr, e)
			 : add_to(&x->by_segment.without, arr, e);
}

/* ---- reasons ---- */

static enum status take_reason(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book_revenue *x = arg;
	const struct cell *reason = &cells[F_CHURN_REASON];

	if (id < 1 || id > (int64_t)x->r.n)
		return ST_OK;
	x->r.cause[id - 1] = (uint8_t)churn_class_of(
		reason->type == CELL_TEXT ? reason->t : (struct text){ 0 });
	return take_early(x, (uint32_t)id, cells, e);
}

static enum status take_fix(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book_revenue *x = arg;
	enum churn_class k = CHURN_CLASSES;
	struct fix f;

	(void)e;
	/* Causes of tickets have the words of reasons to leave, and mean something else.
	 */
	if (fix_from_row(id, cells, x->r.as_of, &f))
		k = churn_class_named(f.cause);
	if (k != CHURN_CLASSES) {
		x->r.fixes[k]++;
		x->r.fixes_verified[k] += f.state == FIX_VERIFIED;
	}
	return ST_OK;
}

enum status book_revenue_why(struct book_revenue *x, struct err *e)
{
	struct store *s = x->book->store;
	const uint32_t left = x->lost_n - x->lost_at, n = left < REASONS ? left : REASONS;
	enum status st = s->ops->rows_of(
		s, REC_ACCOUNT, x->lost + x->lost_at, n, take_reason, x, e);

	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		const uint32_t at = x->lost[x->lost_at + k] - 1;
		const uint8_t cause = x->r.cause[at];

		x->r.lost[cause]++;
		if (!money_add(x->r.lost_arr[cause], x->r.opening[at],
			    &x->r.lost_arr[cause]))
			st = err_set(e, ST_INVALID, "the ARR lost adds up to too much");
		if (st == ST_OK)
			st = book_revenue_exit(x, at, e);
	}
	x->lost_at += n;
	return st;
}

/* ---- at the end ---- */

static int by_arr(const void *a, const void *b)
{
	const struct revenue_source *x = a, *y = b;

	if (x->arr != y->arr)
		return x->arr < y->arr ? 1 : -1;
	return text_cmp(x->key, y->key);
}

static enum status settle_early(struct book_revenue *x, struct err *e)
{
	const bool tagged = x->by_tag.words.n > 0;
	const struct revenue_tally *t = tagged ? &x->by_tag : &x->by_segment;
	struct revenue *r = &x->r;

	free(r->early);
	r->early_by_tag = tagged;
	r->early = calloc((size_t)t->words.n + 1, sizeof(*r->early));
	if (!r->early)
		return book_revenue_no_memory(e);
	if (t->words.n)
		memcpy(r->early, t->of, t->words.n * sizeof(*r->early));
	r->earlies = t->words.n;
	if (t->without.lost)
		r->early[r->earlies++] = t->without;
	qsort(r->early, r->earlies, sizeof(*r->early), by_arr);
	return ST_OK;
}

enum status book_revenue_why_settle(struct book_revenue *x, struct err *e)
{
	struct store *s = x->book->store;
	enum status st;

	memset(x->r.fixes, 0, sizeof(x->r.fixes));
	memset(x->r.fixes_verified, 0, sizeof(x->r.fixes_verified));
	st = s->ops->rows(s, REC_FIX, 0, take_fix, x, e);
	if (st == ST_OK)
		st = book_revenue_exit_settle(x, e);
	return st == ST_OK ? settle_early(x, e) : st;
}

void book_revenue_why_clear(struct book_revenue *x)
{
	word_set_clear(&x->by_tag.words);
	word_set_clear(&x->by_segment.words);
	free(x->by_tag.of);
	free(x->by_segment.of);
	x->by_tag.of = x->by_segment.of = NULL;
	free(x->r.early);
	x->r.early = NULL;
}
