/*
 * Mirrors of texts: id and name of the accounts of a part, and in another one their
 * segments, regions and so on, of which many accounts have the same.
 *
 * Blob:   u8 'X', u8 version, u16 columns, u32 rows, u64 checksum, columns
 * Column: u8 width of a number (OWN: each row has a text of its own), u8 width of a
 *         length, u32 texts, u32 bytes, numbers of the rows (0: missing, 1: the first
 *         text ...), lengths of the texts, the texts
 * All little-endian, numbers and lengths as planes (planes.h). A missing text of a row's
 * own has the length 0.
 */
#include "db/mirror.h"

#include <stdlib.h>
#include <string.h>

#include "db/planes.h"

#define TAG ('X' | 1u << 8)
#define HEADER 16u
#define COLUMN_HEADER 10u
#define OWN 255u
#define TABLE (2 * PART_ACCOUNTS)
/* Of more than this, which no names are, there is no mirror: the rows are read. */
#define KEPT_MAX (64u << 20)

static const struct group {
	int source;
	enum account_text first, end;
} groups[] = { { MIRROR_NAMES, TXT_ID, TXT_NAME + 1 },
	{ MIRROR_WORDS, TXT_SEGMENT, TXT_COUNT } };

#define GROUPS (sizeof(groups) / sizeof(*groups))

static const struct group *group_of(int source)
{
	return &groups[source == MIRROR_WORDS];
}

/* ---- writing -------------------------------------------------------------------- */

/* Texts of a column, and which of them the rows have. */
struct column {
	bool own;
	uint32_t n;
	uint64_t bytes;
	const struct text *text[PART_ACCOUNTS];
	uint32_t number[PART_ACCOUNTS];
	uint16_t table[TABLE]; /* numbers by hash, 0: free */
};

static unsigned width_for(uint32_t most)
{
	unsigned width = 0;
	while (width < 32 && most >> width != 0)
		width++;
	return width;
}

static uint32_t number_of(struct column *c, const struct text *t)
{
	uint32_t hash = (uint32_t)t->n;
	for (size_t i = 0; i < t->n; i++)
		hash = (hash ^ (unsigned char)t->s[i]) * 0x01000193u;
	for (uint32_t at = (hash ^ hash >> 15) % TABLE;; at = (at + 1) % TABLE) {
		if (c->table[at] == 0) {
			c->text[c->n] = t;
			c->table[at] = (uint16_t)++c->n;
		}
		if (text_eq(*c->text[c->table[at] - 1], *t))
			return c->table[at];
	}
}

static void gather(struct column *c, const struct text *text, uint32_t rows, bool own)
{
	memset(c, 0, sizeof(*c));
	c->own = own;
	for (uint32_t i = 0; i < rows; i++) {
		if (own)
			c->text[c->n++] = &text[i];
		else
			c->number[i] = text[i].n == 0 ? 0 : number_of(c, &text[i]);
	}
	for (uint32_t k = 0; k < c->n; k++)
		c->bytes += c->text[k]->n;
}

/* Makes room for another column behind out->n bytes. */
static enum status reserve(struct pack *out, size_t more, struct err *e)
{
	size_t capacity = out->n + more;
	if (capacity <= out->capacity)
		return ST_OK;
	uint8_t *bigger = realloc(out->data, capacity + capacity / 8);
	if (bigger == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	out->data = bigger;
	out->capacity = capacity + capacity / 8; /* parts are alike */
	return ST_OK;
}

static enum status put_column(
	const struct column *c, uint32_t rows, struct pack *out, struct err *e)
{
	uint32_t length[PART_ACCOUNTS], longest = 0;
	for (uint32_t k = 0; k < c->n; k++) {
		length[k] = (uint32_t)c->text[k]->n;
		longest = length[k] > longest ? length[k] : longest;
	}
	unsigned of_number = c->own ? OWN : width_for(c->n),
		 of_length = width_for(longest);
	if (c->bytes > UINT32_MAX)
		return err_set(e, ST_INVALID, "the texts of the accounts are too long");
	enum status st = reserve(
		out, COLUMN_HEADER + 8 * (size_t)PART_ACCOUNTS + 16 + c->bytes, e);
	if (st != ST_OK)
		return st;
	uint8_t *to = out->data + out->n;
	to[0] = (uint8_t)of_number;
	to[1] = (uint8_t)of_length;
	planes_put_u64(to + 2, c->n | c->bytes << 32);
	to += COLUMN_HEADER;
	if (!c->own)
		to = planes_put(to, c->number, rows, of_number);
	to = planes_put(to, length, c->n, of_length);
	for (uint32_t k = 0; k < c->n; k++) {
		if (length[k] > 0)
			memcpy(to, c->text[k]->s, length[k]);
		to += length[k];
	}
	out->n = (size_t)(to - out->data);
	return ST_OK;
}

void mirror_seal_texts(struct pack *blob)
{
	planes_put_u64(blob->data + 8, planes_checksum(blob->data, blob->n, HEADER));
}

static enum status encode(const struct group *g, const struct part_texts *p,
	struct pack *out, struct err *e)
{
	struct column *c = malloc(sizeof(*c));
	enum status st = c == NULL ? err_set(e, ST_NOMEM, "out of memory") : ST_OK;
	out->n = 0;
	if (st == ST_OK)
		st = reserve(out, HEADER, e);
	if (st == ST_OK) {
		planes_put_u64(out->data,
			TAG | (uint32_t)(g->end - g->first) << 16 | (uint64_t)p->n << 32);
		out->n = HEADER;
	}
	for (int k = (int)g->first; st == ST_OK && k < (int)g->end; k++) {
		gather(c, p->of[k], p->n, g->source == MIRROR_NAMES);
		st = put_column(c, p->n, out, e);
	}
	if (st == ST_OK)
		mirror_seal_texts(out);
	free(c);
	return st;
}

enum status mirror_store_texts(struct db *d, uint32_t part, const struct part_texts *p,
	struct pack *blob, struct err *e)
{
	enum status st = ST_OK;
	for (size_t g = 0; st == ST_OK && g < GROUPS; g++) {
		st = encode(&groups[g], p, blob, e);
		if (st == ST_OK && blob->n <= KEPT_MAX)
			st = mirror_store_blob(d, groups[g].source, part, blob, e);
	}
	return st;
}

/* ---- reading -------------------------------------------------------------------- */

static enum status damaged(struct err *e)
{
	return err_set(e, ST_CORRUPT, "a mirror of texts is damaged");
}

/* Reads a column of `left` bytes at *at and moves on behind it. */
static enum status get_column(const uint8_t **at, size_t left, uint32_t rows, bool own,
	struct text *out, struct err *e)
{
	uint32_t number[PART_ACCOUNTS], length[PART_ACCOUNTS];
	struct text text[PART_ACCOUNTS];
	if (left < COLUMN_HEADER)
		return damaged(e);
	unsigned of_number = (*at)[0], of_length = (*at)[1];
	uint64_t sizes = planes_get_u64(*at + 2);
	uint32_t n = (uint32_t)sizes;
	uint64_t bytes = sizes >> 32, sum = 0;
	if (own != (of_number == OWN) || (!own && of_number > 32) || of_length > 32 ||
		n > rows || (own && n != rows))
		return damaged(e);
	size_t planes =
		(own ? 0 : planes_bytes(rows, of_number)) + planes_bytes(n, of_length);
	if (bytes > left || planes > left || COLUMN_HEADER + planes + bytes > left)
		return damaged(e);
	const uint8_t *from = *at + COLUMN_HEADER;
	if (!own)
		from = planes_get(from, number, rows, of_number);
	from = planes_get(from, length, n, of_length);
	for (uint32_t k = 0; k < n; k++) {
		text[k] = (struct text){ length[k] > 0 ? (const char *)from + sum : NULL,
			length[k] };
		sum += length[k];
		if (sum > bytes)
			return damaged(e);
	}
	for (uint32_t i = 0; i < rows; i++) {
		uint32_t of = own ? i + 1 : number[i];
		if (of > n)
			return damaged(e);
		out[i] = of == 0 ? (struct text){ NULL, 0 } : text[of - 1];
	}
	*at = from + bytes;
	return ST_OK;
}

/* The texts are borrowed from the blob. */
static enum status decode(const struct group *g, const struct pack *blob, uint32_t rows,
	struct part_texts *out, struct err *e)
{
	const uint8_t *at = blob->data + HEADER, *end = blob->data + blob->n;
	enum status st = ST_OK;
	if (blob->n < HEADER ||
		planes_get_u64(blob->data) != (TAG | (uint32_t)(g->end - g->first) << 16 |
						      (uint64_t)rows << 32) ||
		planes_get_u64(blob->data + 8) !=
			planes_checksum(blob->data, blob->n, HEADER))
		return damaged(e);
	for (int k = (int)g->first; st == ST_OK && k < (int)g->end; k++)
		st = get_column(&at, (size_t)(end - at), rows, g->source == MIRROR_NAMES,
			out->of[k], e);
	return st == ST_OK && at != end ? damaged(e) : st;
}

/* ---- rows ----------------------------------------------------------------------- */

static enum status take_row(struct stmt *s, uint32_t first, struct part_texts *p,
	struct arena *a, struct err *e)
{
	uint32_t i = (uint32_t)stmt_int(s, 0) - first;
	for (int k = 0; k < TXT_COUNT; k++) {
		struct text t = stmt_text(s, k + 1);
		p->of[k][i] = (struct text){ NULL, 0 };
		if (t.n == 0)
			continue;
		p->of[k][i] = (struct text){ arena_copy(a, t.s, t.n), t.n };
		if (p->of[k][i].s == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
	}
	return ST_OK;
}

/* All texts of the accounts of a part; they live in the arena. */
static enum status read_rows(
	struct db *d, uint32_t part, struct part_texts *p, struct arena *a, struct err *e)
{
	struct stmt *s;
	bool row;
	uint32_t first = part * PART_ACCOUNTS + 1;
	memset(p->of, 0, sizeof(p->of));
	enum status st = stmt_open(d,
		"SELECT id, account_id, name, segment, region, industry, parent_id, tags,"
		" language FROM account WHERE id BETWEEN ?1 AND ?2",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, first);
	stmt_bind_int(s, 2, (int64_t)first + p->n - 1);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row)
		if ((st = take_row(s, first, p, a, e)) != ST_OK)
			break;
	stmt_close(s);
	return st;
}

/* Makes the mirror of a group in blob. */
static enum status make(struct db *d, const struct group *g, uint32_t part,
	struct part_texts *p, struct pack *blob, struct err *e)
{
	struct arena a;
	arena_init(&a);
	enum status st = read_rows(d, part, p, &a, e);
	if (st == ST_OK)
		st = encode(g, p, blob, e);
	arena_clear(&a);
	return st;
}

/* Copies the mirror that is there into d->lent; ST_NOTFOUND. */
static enum status fetch(
	struct db *d, const struct group *g, uint32_t part, struct err *e)
{
	struct stmt *s;
	const void *data;
	size_t n;
	enum status st = mirror_load_blob(d, g->source, part, &s, &data, &n, e);
	if (st != ST_OK)
		return st;
	d->lent.n = 0;
	st = reserve(&d->lent, n + 1, e);
	if (st == ST_OK && n > 0)
		memcpy(d->lent.data, data, n);
	if (st == ST_OK)
		d->lent.n = n;
	stmt_close(s);
	return st;
}

static enum status texts_held(struct db *d, const struct group *g, uint32_t part,
	struct part_texts *out, struct err *e)
{
	enum status st = mirror_positions(d, part, &out->n, e);
	if (st != ST_OK)
		return st;
	st = fetch(d, g, part, e);
	if (st == ST_OK)
		st = decode(g, &d->lent, out->n, out, e);
	if (st != ST_NOTFOUND && st != ST_CORRUPT)
		return st;
	struct part_texts *p = malloc(sizeof(*p));
	if (p == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	p->n = out->n;
	st = make(d, g, part, p, &d->lent, e);
	if (st == ST_OK)
		st = decode(g, &d->lent, out->n, out, e);
	free(p);
	return st;
}

enum status db_texts(
	struct store *s, uint32_t part, bool names, struct part_texts *out, struct err *e)
{
	enum status st = db_hold(s, e);
	if (st != ST_OK)
		return st;
	st = texts_held(
		db_of(s), group_of(names ? MIRROR_NAMES : MIRROR_WORDS), part, out, e);
	db_release(s);
	return st;
}

/* ---- all at once ---------------------------------------------------------------- */

/* Sets missing[part] where a part lacks one of its mirrors of texts. */
static enum status find_missing(
	struct db *d, bool *missing, uint32_t parts, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT part FROM mirror n WHERE source = ?1 AND part BETWEEN 0 AND ?3"
		" AND EXISTS (SELECT 1 FROM mirror WHERE source = ?2 AND part = n.part)",
		&s, e);
	if (st != ST_OK)
		return st;
	memset(missing, true, parts);
	stmt_bind_int(s, 1, MIRROR_NAMES);
	stmt_bind_int(s, 2, MIRROR_WORDS);
	stmt_bind_int(s, 3, parts - 1);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row)
		missing[stmt_int(s, 0)] = false;
	stmt_close(s);
	return st;
}

static enum status refresh_part(struct db *d, uint32_t part, struct part_texts *p,
	struct pack *blob, struct err *e)
{
	struct arena a;
	arena_init(&a);
	enum status st = mirror_positions(d, part, &p->n, e);
	if (st == ST_OK)
		st = read_rows(d, part, p, &a, e);
	if (st == ST_OK)
		st = mirror_store_texts(d, part, p, blob, e);
	arena_clear(&a);
	return st;
}

enum status mirror_refresh_texts(struct db *d, uint32_t parts, struct err *e)
{
	struct part_texts *p = malloc(sizeof(*p));
	bool *missing = malloc(parts + 1);
	struct pack blob = { 0 };
	enum status st = p == NULL || missing == NULL
				 ? err_set(e, ST_NOMEM, "out of memory")
				 : ST_OK;
	if (st == ST_OK && parts > 0)
		st = find_missing(d, missing, parts, e);
	for (uint32_t part = 0; st == ST_OK && part < parts; part++)
		if (missing[part])
			st = refresh_part(d, part, p, &blob, e);
	pack_clear(&blob);
	free(missing);
	free(p);
	return st;
}

enum status mirror_make_texts(
	struct db *d, int source, uint32_t part, struct pack *blob, struct err *e)
{
	struct part_texts *p = malloc(sizeof(*p));
	if (p == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = mirror_positions(d, part, &p->n, e);
	if (st == ST_OK)
		st = make(d, group_of(source), part, p, blob, e);
	free(p);
	return st;
}
