/* Changes by hand that have a name of their own: owners, tags and locks. */
#include "core/change_work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change_cell.h"
#include "core/convert.h"
#include "core/owner_change.h"

/* ---- owners ---- */

/* moved: the accounts that got another owner, for a hand-over. */
static enum status assign_all(struct work *w, const uint32_t *ids, uint32_t n,
	uint32_t csm, uint32_t *moved, uint32_t *moves, struct err *e)
{
	enum status st = ST_OK;

	*moves = 0;
	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		struct cell before[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
		uint32_t former;

		st = work_read(w, REC_ACCOUNT, ids[i], before, e);
		former = before[F_CSM].type == CELL_INT ? (uint32_t)before[F_CSM].i : 0;
		if (st != ST_OK || former == csm)
			continue;
		moved[(*moves)++] = ids[i];
		st = owner_change(w, ids[i], former, csm, e);
	}
	return st;
}

enum status book_assign(struct book *b, const uint32_t *ids, uint32_t n, uint32_t csm,
	const char *reason, uint32_t *tasks, struct err *e)
{
	uint32_t *moved = malloc(((size_t)n + 1) * sizeof(*moved)), moves;
	struct text name = TEXT("the pool");
	char title[128];
	struct arena a;
	struct work w;
	enum status st =
		moved ? ST_OK : err_set(e, ST_NOMEM, "not enough memory to assign");

	arena_init(&a);
	if (tasks)
		*tasks = 0;
	if (st == ST_OK && csm)
		st = b->store->ops->key(b->store, REC_CSM, csm, &a, &name, e);
	snprintf(title, sizeof(title), "assign to %.*s", convert_shown(name, 70),
		name.s ? name.s : "");
	if (st == ST_OK)
		st = work_begin(&w, b, title, reason, e);
	if (st == ST_OK) {
		st = assign_all(&w, ids, n, csm, moved, &moves, e);
		if (st == ST_OK && tasks && csm)
			st = owner_hand_over(&w, moved, moves, reason, tasks, e);
		st = work_end(&w, st, e);
	}
	arena_clear(&a);
	free(moved);
	return st;
}

/* Whether one of them is somebody's. */
static enum status any_owned(
	struct book *b, const uint32_t *ids, uint32_t n, bool *out, struct err *e)
{
	struct arena a;
	enum status st = ST_OK;

	*out = false;
	arena_init(&a);
	for (uint32_t i = 0; st == ST_OK && i < n && !*out; i++) {
		struct cell now[RECORD_FIELDS_MAX];
		bool there = false;

		arena_clear(&a);
		st = b->store->ops->row_read(
			b->store, REC_ACCOUNT, ids[i], &a, now, &there, e);
		*out = st == ST_OK && there && now[F_CSM].type == CELL_INT;
	}
	arena_clear(&a);
	return st;
}

enum status book_hand_over(struct book *b, const uint32_t *ids, uint32_t n,
	enum hand_over said, bool *out, struct err *e)
{
	enum status st = ST_OK;

	*out = false;
	if (said == HAND_OVER_NO)
		return ST_OK;
	st = book_hands_over(b, out, e);
	if (st == ST_OK && !*out && said == HAND_OVER_YES)
		return err_set(e, ST_NOTFOUND, "no play is named hand-over");
	if (st == ST_OK && *out && said == HAND_OVER_AS_DUE)
		st = any_owned(b, ids, n, out, e);
	return st;
}

/* ---- tags ---- */

/* The next tag of a list, its blanks trimmed; n 0 at the end. */
static struct text next_tag(struct text *list)
{
	struct text tag = { list->s, 0 };

	while (tag.n == 0 && list->n > 0) {
		const char *end = memchr(list->s, ';', list->n);
		const size_t n = end ? (size_t)(end - list->s) : list->n;

		tag = text_trim((struct text){ list->s, n });
		list->s += n + (end != NULL);
		list->n -= n + (end != NULL);
	}
	return tag;
}

static bool has_tag(struct text list, struct text word)
{
	struct text tag;

	while ((tag = next_tag(&list)).n > 0)
		if (text_ieq(tag, word))
			return true;
	return false;
}

static size_t append_tag(char *out, size_t n, struct text tag)
{
	if (n)
		out[n++] = ';';
	memcpy(out + n, tag.s, tag.n);
	return n + tag.n;
}

/* The tags without the word, and with it at the end when it is on. */
static size_t write_tags(struct text list, struct text word, bool on, char *out)
{
	struct text tag;
	size_t n = 0;

	while ((tag = next_tag(&list)).n > 0)
		if (!text_ieq(tag, word))
			n = append_tag(out, n, tag);
	return on ? append_tag(out, n, word) : n;
}

static enum status tag_one(
	struct work *w, uint32_t account, struct text word, bool on, struct err *e)
{
	struct cell before[RECORD_FIELDS_MAX], after[RECORD_FIELDS_MAX];
	struct text list = { "", 0 };
	char *tags;
	enum status st = work_read(w, REC_ACCOUNT, account, before, e);

	if (st != ST_OK)
		return st;
	if (before[F_TAGS].type == CELL_TEXT)
		list = before[F_TAGS].t;
	if (has_tag(list, word) == on)
		return ST_OK;
	tags = arena_alloc(&w->arena, list.n + word.n + 1);
	if (!tags)
		return err_set(e, ST_NOMEM, "not enough memory for the tags");
	memcpy(after, before, sizeof(after));
	after[F_TAGS] = CELL_OF_TEXT(((struct text){ tags, 0 }));
	after[F_TAGS].t.n = write_tags(list, word, on, tags);
	if (after[F_TAGS].t.n == 0)
		after[F_TAGS].type = CELL_MISSING;
	if (after[F_TAGS].t.n > CHANGE_TEXT_MAX)
		return err_set(e, ST_INVALID, "tags: an account has too many of them");
	return work_write(w, REC_ACCOUNT, account, before, after, e);
}

enum status book_tag(struct book *b, const uint32_t *ids, uint32_t n, struct text word,
	bool on, struct err *e)
{
	char title[128];
	struct work w;
	enum status st;

	word = text_trim(word);
	if (word.n == 0 || word.n > 100 || memchr(word.s, ';', word.n) ||
		text_invalid_at(word) < word.n)
		return err_set(e, ST_INVALID,
			"a tag is a word of at most 100 bytes without ';'");
	snprintf(title, sizeof(title), "%s %.*s", on ? "tag" : "untag",
		convert_shown(word, 70), word.s);
	st = work_begin(&w, b, title, NULL, e);
	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < n && st == ST_OK; i++)
		st = tag_one(&w, ids[i], word, on, e);
	return work_end(&w, st, e);
}

/* ---- locks ---- */

struct finding_lock {
	int64_t *row;
	struct cell *since;
	int32_t today;
};

/* One that is in force goes on. */
static enum status take_lock(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct cell since = cells[F_LOCK_SINCE];
	struct finding_lock *f = arg;

	(void)e;
	*f->row = id;
	if (cells[F_LOCK_UNTIL].i >= f->today &&
		(since.type == CELL_MISSING || since.i <= f->today))
		*f->since = since;
	return ST_OK;
}

enum status book_find_lock(
	struct book *b, uint32_t account, int64_t *row, struct cell *since, struct err *e)
{
	struct finding_lock f = { row, since, b->clock.today };

	*row = 0;
	*since = CELL_OF_INT(b->clock.today);
	return b->store->ops->rows(b->store, REC_LOCK, account, take_lock, &f, e);
}

enum status book_lock(struct book *b, uint32_t account, int32_t until, const char *reason,
	struct err *e)
{
	const struct text why = text_trim(text_of(reason));
	struct cell cells[LOCK_FIELDS] = {
		[F_LOCK_ACCOUNT] = CELL_OF_INT(account),
		[F_LOCK_UNTIL] = CELL_OF_INT(until),
		[F_LOCK_REASON] = CELL_OF_TEXT(why),
		[F_LOCK_ACTOR] = CELL_OF_TEXT(text_of(b->me)),
	};
	struct change c = {
		.kind = REC_LOCK, .fields = (1u << LOCK_FIELDS) - 1, .cells = cells
	};
	char day[DAY_TEXT_MAX], title[64];
	struct work w;
	enum status st;

	if (why.n == 0 || text_invalid_at(why) < why.n)
		return err_set(e, ST_USAGE, "a lock wants a reason: --reason TEXT");
	if (until < b->clock.today)
		return err_set(e, ST_USAGE, "a lock until %s would be over already",
			day_format(until, day));
	snprintf(
		title, sizeof(title), "lock the tier through %s", day_format(until, day));
	st = work_begin(&w, b, title, reason, e);
	if (st != ST_OK)
		return st;
	st = book_find_lock(b, account, &c.row, &cells[F_LOCK_SINCE], e);
	if (st == ST_OK)
		st = work_change(&w, &c, e);
	return work_end(&w, st, e);
}

enum status book_unlock(
	struct book *b, uint32_t account, const char *reason, struct err *e)
{
	struct change c = { .kind = REC_LOCK };
	struct work w;
	struct cell since;
	enum status st = work_begin(&w, b, "unlock the tier", reason, e);

	if (st != ST_OK)
		return st;
	st = book_find_lock(b, account, &c.row, &since, e);
	if (st == ST_OK && !c.row)
		st = err_set(e, ST_NOTFOUND, "the tier of this account is not locked");
	if (st == ST_OK)
		st = work_change(&w, &c, e);
	return work_end(&w, st, e);
}
