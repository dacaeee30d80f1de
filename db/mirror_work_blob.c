/*
 * Mirrors of work: lists of items as blobs, and back.
 *
 * Blob: u64 bytes of the first pack, u64 of the second, and three packs: the fields, a
 * column each; the lengths of the texts, which the fields number from 1; the texts.
 */
#include "db/mirror_work.h"

#include <stdlib.h>

#include "core/alert_life.h"
#include "core/task.h"
#include "db/planes.h"

#define HEADER 16u
/* Of a part with more rows, or bytes of texts, than this there is no mirror. */
#define ROWS_MAX (1u << 24)

/* ---- what is mirrored ----------------------------------------------------------- */

static const struct work_column alert_columns[] = {
	{ WORK_AT, offsetof(struct alert, account), 0 },
	{ WORK_ID, offsetof(struct alert, id), 0 },
	{ WORK_CODE, offsetof(struct alert, kind), ALERT_KINDS - 1 },
	{ WORK_CODE, offsetof(struct alert, severity), SEVERITIES - 1 },
	{ WORK_CODE, offsetof(struct alert, state), ALERT_STATES - 1 },
	{ WORK_NUMBER, offsetof(struct alert, evidence.x), 0 },
	{ WORK_NUMBER, offsetof(struct alert, evidence.y), 0 },
	{ WORK_DAY, offsetof(struct alert, evidence.day), 0 },
	{ WORK_CERTAIN, offsetof(struct alert, opened), 0 },
	{ WORK_CERTAIN, offsetof(struct alert, severe), 0 },
	{ WORK_DAY, offsetof(struct alert, until), 0 },
	{ WORK_DAY, offsetof(struct alert, ended), 0 },
	{ WORK_DAY, offsetof(struct alert, escalated), 0 },
	{ WORK_CODE, offsetof(struct alert, reopened), INT32_MAX },
};

static const struct work_column task_columns[] = {
	{ WORK_AT, offsetof(struct task, account), 0 },
	{ WORK_ID, offsetof(struct task, id), 0 },
	{ WORK_TEXT, offsetof(struct task, play), 0 },
	{ WORK_TEXT, offsetof(struct task, title), 0 },
	{ WORK_TEXT, offsetof(struct task, next), 0 },
	{ WORK_CODE, offsetof(struct task, version), INT32_MAX },
	{ WORK_DAY, offsetof(struct task, started), 0 },
	{ WORK_DAY, offsetof(struct task, due), 0 },
	{ WORK_CODE, offsetof(struct task, step), INT32_MAX },
	{ WORK_ID, offsetof(struct task, alert), 0 },
	{ WORK_CODE, offsetof(struct task, csm), INT32_MAX },
	{ WORK_CODE, offsetof(struct task, state), TASK_STATES - 1 },
	{ WORK_DAY, offsetof(struct task, ended), 0 },
};

_Static_assert(sizeof(enum alert_kind) == sizeof(int32_t) &&
		       sizeof(enum severity) == sizeof(int32_t) &&
		       sizeof(enum alert_state) == sizeof(int32_t) &&
		       sizeof(enum task_state) == sizeof(int32_t),
	"codes are read as int32_t");

static bool alert_of(int64_t id, const struct cell *cells, void *out)
{
	return alert_from_row(id, cells, out);
}

static bool task_of(int64_t id, const struct cell *cells, void *out)
{
	return task_from_row(id, cells, out);
}

#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

const struct work mirror_works[MIRROR_WORKS] = {
	{ REC_ALERT, MIRROR_ALERTS, sizeof(struct alert), offsetof(struct alert, account),
		offsetof(struct alert, ended), COLUMNS(alert_columns), alert_of },
	{ REC_TASK, MIRROR_TASKS, sizeof(struct task), offsetof(struct task, account),
		offsetof(struct task, ended), COLUMNS(task_columns), task_of },
};

enum status mirror_work_room(
	struct work_list *l, const struct work *w, uint32_t n, struct err *e)
{
	const size_t bytes = n * w->size;
	if (bytes <= l->bytes)
		return ST_OK;
	const size_t room = bytes + bytes / 8 + 4096; /* parts are alike */
	char *items = realloc(l->items, room);
	if (items == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	l->items = items;
	l->bytes = room;
	return ST_OK;
}

/* ---- writing -------------------------------------------------------------------- */

/* Texts by number, from 1. */
struct dictionary {
	const struct text **text; /* owned */
	uint32_t *table;          /* owned; numbers by hash, 0: free */
	uint32_t n, mask;
	size_t bytes;
};

static enum status dictionary_init(
	struct dictionary *t, const struct work *w, uint32_t items, struct err *e)
{
	uint64_t most = 0, size = 4;
	for (unsigned c = 0; c < w->n; c++)
		most += w->columns[c].type == WORK_TEXT ? items : 0;
	while (size < 2 * most)
		size *= 2;
	*t = (struct dictionary){ .mask = (uint32_t)size - 1 };
	t->text = malloc((most + 1) * sizeof(*t->text));
	t->table = calloc(size, sizeof(*t->table));
	return t->text != NULL && t->table != NULL
		       ? ST_OK
		       : err_set(e, ST_NOMEM, "out of memory");
}

static void dictionary_clear(struct dictionary *t)
{
	free(t->text);
	free(t->table);
}

static int32_t number_of(struct dictionary *t, const struct text *x)
{
	uint32_t hash = (uint32_t)x->n;
	if (x->n == 0)
		return 0;
	for (size_t i = 0; i < x->n; i++)
		hash = (hash ^ (unsigned char)x->s[i]) * 0x01000193u;
	for (uint32_t at = (hash ^ hash >> 15) & t->mask;; at = (at + 1) & t->mask) {
		if (t->table[at] == 0) {
			t->text[t->n] = x;
			t->table[at] = ++t->n;
			t->bytes += x->n;
		}
		if (text_eq(*t->text[t->table[at] - 1], *x))
			return (int32_t)t->table[at];
	}
}

/* Puts a column of the items into a pack; values has room for all. */
static void put_column(const struct work *w, const struct work_column *c, uint32_t part,
	const struct work_list *l, struct dictionary *texts, void *values,
	struct pack *out)
{
	uint16_t *at = values;
	int32_t *code = values;
	int64_t *id = values;
	double *number = values;
	for (uint32_t i = 0; i < l->n; i++) {
		const char *from = l->items + i * w->size + c->offset;
		switch (c->type) {
		case WORK_AT:
			at[i] = (uint16_t)(work_account(w, l->items + i * w->size) - 1 -
					   part * PART_ACCOUNTS);
			break;
		case WORK_ID:
			memcpy(&id[i], from, sizeof(*id));
			break;
		case WORK_NUMBER:
			memcpy(&number[i], from, sizeof(*number));
			break;
		case WORK_TEXT:
			code[i] = number_of(texts, (const void *)from);
			break;
		default:
			memcpy(&code[i], from, sizeof(*code));
		}
	}
	if (c->type == WORK_AT)
		pack_u16(out, at);
	else if (c->type == WORK_ID)
		pack_i64(out, id);
	else if (c->type == WORK_NUMBER)
		pack_f64(out, number);
	else
		pack_i32(out, code);
}

static enum status put_texts(const struct dictionary *t, struct pack *lengths,
	struct pack *bytes, struct err *e)
{
	int32_t *length = malloc((t->n + 1) * sizeof(*length));
	uint8_t *all = malloc(t->bytes + 1);
	enum status st = ST_OK;
	size_t at = 0;
	if (length == NULL || all == NULL)
		st = err_set(e, ST_NOMEM, "not enough memory for the texts of tasks");
	for (uint32_t k = 0; st == ST_OK && k < t->n; k++) {
		length[k] = (int32_t)t->text[k]->n;
		memcpy(all + at, t->text[k]->s, t->text[k]->n);
		at += t->text[k]->n;
	}
	if (st == ST_OK) {
		pack_begin(lengths, t->n);
		pack_i32(lengths, length);
		pack_begin(bytes, (uint32_t)t->bytes);
		pack_u8(bytes, all);
		st = pack_end(lengths, e);
	}
	if (st == ST_OK)
		st = pack_end(bytes, e);
	free(length);
	free(all);
	return st;
}

static enum status join(const struct pack p[3], struct pack *out, struct err *e)
{
	out->n = HEADER + p[0].n + p[1].n + p[2].n;
	if (out->n > out->capacity) {
		uint8_t *data = realloc(out->data, out->n);
		if (data == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
		out->data = data;
		out->capacity = out->n;
	}
	uint8_t *to = out->data + HEADER;
	planes_put_u64(out->data, p[0].n);
	planes_put_u64(out->data + 8, p[1].n);
	for (int k = 0; k < 3; k++) {
		memcpy(to, p[k].data, p[k].n);
		to += p[k].n;
	}
	return ST_OK;
}

enum status mirror_work_encode(const struct work *w, uint32_t part,
	const struct work_list *l, struct pack *out, struct err *e)
{
	struct pack p[3] = { { 0 }, { 0 }, { 0 } };
	struct dictionary texts;
	void *values = malloc((size_t)l->n * sizeof(int64_t) + 1);
	enum status st = dictionary_init(&texts, w, l->n, e);
	if (values == NULL)
		st = err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK) {
		pack_begin(&p[0], l->n);
		for (unsigned c = 0; c < w->n; c++)
			put_column(w, &w->columns[c], part, l, &texts, values, &p[0]);
		st = pack_end(&p[0], e);
	}
	const bool kept = l->n <= ROWS_MAX && texts.bytes <= ROWS_MAX;
	out->n = 0;
	if (st == ST_OK && kept)
		st = put_texts(&texts, &p[1], &p[2], e);
	if (st == ST_OK && kept)
		st = join(p, out, e);
	for (int k = 0; k < 3; k++)
		pack_clear(&p[k]);
	dictionary_clear(&texts);
	free(values);
	return st;
}

/* ---- reading -------------------------------------------------------------------- */

static enum status damaged(struct err *e)
{
	return err_set(e, ST_CORRUPT, "a mirror holds what can't be");
}

struct texts_read {
	struct text *text; /* owned; bytes in the arena */
	uint32_t n;
};

static enum status get_texts(const uint8_t *lengths, size_t lengths_n,
	const uint8_t *bytes, size_t bytes_n, struct arena *a, struct texts_read *out,
	struct err *e)
{
	struct pack_view l, b;
	int32_t *length = NULL;
	uint8_t *all = NULL;
	size_t at = 0;
	enum status st = pack_open(&l, lengths, lengths_n, 1, e);
	if (st == ST_OK)
		st = pack_open(&b, bytes, bytes_n, 1, e);
	if (st != ST_OK || l.rows == 0)
		return st;
	if (l.rows > ROWS_MAX || b.rows > ROWS_MAX || a == NULL)
		return damaged(e);
	length = malloc(l.rows * sizeof(*length));
	out->text = malloc(l.rows * sizeof(*out->text));
	all = arena_alloc(a, b.rows + 1);
	if (length == NULL || out->text == NULL || all == NULL)
		st = err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = pack_get_i32(&l, 0, length, e);
	if (st == ST_OK)
		st = pack_get_u8(&b, 0, all, e);
	for (; st == ST_OK && out->n < l.rows; out->n++) {
		int32_t n = length[out->n];
		if (n < 1 || (size_t)n > b.rows - at)
			st = damaged(e);
		else
			out->text[out->n] =
				(struct text){ (const char *)all + at, (size_t)n };
		at += (size_t)(n > 0 ? n : 0);
	}
	free(length);
	return st;
}

static bool good_code(const struct work_column *c, int32_t code)
{
	if (c->type == WORK_CODE)
		return (code >= 0) & (code <= c->most);
	return ((c->type == WORK_DAY) & (code == DAY_NONE)) |
	       ((code >= DAY_MIN) & (code <= DAY_MAX));
}

#define EACH(item) for (uint32_t i = 0; i < v->rows; i++, (item) += w->size)

static bool spread_codes(const struct work *w, const struct work_column *c,
	const struct pack_view *v, const int32_t *code, char *to)
{
	bool good = true;
	EACH(to)
	{
		good &= good_code(c, code[i]);
		memcpy(to, &code[i], sizeof(*code));
	}
	return good;
}

static bool spread_texts(const struct work *w, const struct pack_view *v,
	const struct texts_read *texts, const int32_t *code, char *to)
{
	const struct text none = { NULL, 0 };
	EACH(to)
	{
		if (code[i] < 0 || (uint32_t)code[i] > texts->n)
			return false;
		memcpy(to, code[i] ? &texts->text[code[i] - 1] : &none, sizeof(none));
	}
	return true;
}

static bool spread_positions(const struct work *w, const struct pack_view *v,
	uint32_t part, const uint16_t *at, char *to)
{
	bool good = true;
	EACH(to)
	{
		const uint32_t account = part * PART_ACCOUNTS + 1 + at[i];
		good &= at[i] < PART_ACCOUNTS && (i == 0 || at[i] >= at[i - 1]);
		memcpy(to, &account, sizeof(account));
	}
	return good;
}

static enum status get_column(const struct work *w, unsigned column, uint32_t part,
	const struct pack_view *v, const struct texts_read *texts, void *values,
	char *items, struct err *e)
{
	const struct work_column *c = &w->columns[column];
	char *to = items + c->offset;
	bool good = true;
	enum status st = ST_OK;
	switch (c->type) {
	case WORK_AT:
		st = pack_get_u16(v, column, values, e);
		good = st == ST_OK && spread_positions(w, v, part, values, to);
		break;
	case WORK_ID:
	case WORK_NUMBER:
		if (c->type == WORK_ID)
			st = pack_get_i64(v, column, values, e);
		else
			pack_get_f64(v, column, values);
		EACH(to) memcpy(to, (const int64_t *)values + i, sizeof(int64_t));
		break;
	case WORK_TEXT:
		st = pack_get_i32(v, column, values, e);
		good = st == ST_OK && spread_texts(w, v, texts, values, to);
		break;
	default:
		st = pack_get_i32(v, column, values, e);
		good = st == ST_OK && spread_codes(w, c, v, values, to);
	}
	return st == ST_OK && !good ? damaged(e) : st;
}

#undef EACH

/* Texts live in the arena, which may be NULL where there are none. */
enum status mirror_work_decode(const struct work *w, uint32_t part, const uint8_t *data,
	size_t n, struct arena *a, struct work_list *out, struct err *e)
{
	struct texts_read texts = { 0 };
	struct pack_view v;
	void *values = NULL;
	uint64_t first = n < HEADER ? 0 : planes_get_u64(data);
	uint64_t second = n < HEADER ? 0 : planes_get_u64(data + 8);
	if (n < HEADER || first > n - HEADER || second > n - HEADER - first)
		return damaged(e);
	const uint8_t *lengths = data + HEADER + first, *bytes = lengths + second;
	enum status st = pack_open(&v, data + HEADER, first, w->n, e);
	if (st == ST_OK && v.rows > ROWS_MAX)
		st = damaged(e);
	if (st == ST_OK)
		st = mirror_work_room(out, w, v.rows, e);
	if (st == ST_OK)
		st = get_texts(
			lengths, second, bytes, (size_t)(data + n - bytes), a, &texts, e);
	if (st == ST_OK) {
		values = malloc((size_t)v.rows * sizeof(int64_t) + 1);
		if (values == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
	}
	for (unsigned c = 0; st == ST_OK && c < w->n; c++)
		st = get_column(w, c, part, &v, &texts, values, out->items, e);
	out->n = st == ST_OK ? v.rows : 0;
	free(texts.text);
	free(values);
	return st;
}
