/*
 * The first picture: kept under the number of the change that brought it. SQLite counts
 * every commit in the header of the file, so what anybody changes makes it void, by
 * whatever program and in whatever table, and no rule has to be remembered for it.
 */
#include "db/db_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/mirror.h"
#include "db/open.h"
#include "db/planes.h"

/* Of the header of the file. */
enum { HEADER_FROM = 18, HEADER_BYTES = 10, ROLLBACK_FORMAT = 1, COUNTER = 6 };

/* -1 in WAL mode. */
enum status db_change_counter(struct db *d, int64_t *out, struct err *e)
{
	unsigned char bytes[HEADER_BYTES] = { 0 };
	sqlite3_file *file = NULL;
	*out = -1;
	if (sqlite3_file_control(d->h, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
			SQLITE_OK ||
		file == NULL || file->pMethods == NULL)
		return ST_OK;
	const int code = file->pMethods->xRead(file, bytes, sizeof(bytes), HEADER_FROM);
	if (code == SQLITE_IOERR_SHORT_READ)
		return ST_OK; /* nothing was ever written */
	if (code != SQLITE_OK)
		return err_set(e, ST_IO, "%s: the header can't be read", d->path);
	if (bytes[0] != ROLLBACK_FORMAT || bytes[1] != ROLLBACK_FORMAT)
		return ST_OK;
	*out = 0;
	for (int i = COUNTER; i < HEADER_BYTES; i++)
		*out = *out << 8 | bytes[i];
	return ST_OK;
}

/* What another file has copied into this one is told by the time of the change. */
static enum status name_state(
	struct db *d, struct arena *a, struct text *out, struct err *e)
{
	char name[160];
	struct stat file;
	int64_t change;
	enum status st = open_same_file(d, e);
	if (st == ST_OK)
		st = db_change_counter(d, &change, e);
	if (st != ST_OK || change < 0)
		return st;
	if (stat(d->path, &file) != 0)
		return err_set(e, ST_IO, "%s: %s", d->path, strerror(errno));
	const int n = snprintf(name, sizeof(name), "%llu %llu %lld %lld %lld",
		(unsigned long long)file.st_dev, (unsigned long long)file.st_ino,
		(long long)file.st_size, (long long)file.st_ctime, (long long)change);
	*out = (struct text){ arena_copy(a, name, (size_t)n), (size_t)n };
	return out->s ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
}

enum status db_state(
	struct store *store, struct arena *a, struct text *out, struct err *e)
{
	*out = (struct text){ NULL, 0 };
	enum status st = db_hold(store, e);
	if (st != ST_OK)
		return st;
	if (!db_of(store)->writing)
		st = name_state(db_of(store), a, out, e);
	db_release(store);
	return st;
}

/* The number that this transaction will have. */
static enum status next_change(struct db *d, int64_t *out, struct err *e)
{
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = db_change_counter(d, out, e);
	if (*out >= 0)
		*out = (*out + 1) & UINT32_MAX;
	return st;
}

/* Pictures of queues lie among the mirrors, those that are gone are deleted, and one seal
 * for all of them is in the place of that of the list. */
enum { SEAL = 16, SEAL_PART = PICTURE_OF_LIST };

static void make_seal(const struct db *d, int64_t change, uint8_t out[SEAL])
{
	planes_put_u64(out, (uint64_t)change);
	planes_put_u64(out + 8, (uint64_t)d->inode);
}

static enum status store_seal(struct db *d, int64_t change, struct err *e)
{
	uint8_t seal[SEAL];
	make_seal(d, change, seal);
	return mirror_store_blob(d, MIRROR_PICTURES, SEAL_PART,
		&(struct pack){ .data = seal, .n = SEAL }, e);
}

static enum status save_queue(
	struct db *d, int64_t change, uint32_t which, struct text bytes, struct err *e)
{
	const struct pack blob = { .data = (uint8_t *)(uintptr_t)bytes.s, .n = bytes.n };
	enum status st = mirror_store_blob(d, MIRROR_PICTURES, which, &blob, e);
	return st == ST_OK ? store_seal(d, change, e) : st;
}

enum status db_picture_save(struct store *store, uint32_t which, struct text bytes,
	uint32_t accounts, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s;
	int64_t change = -1;
	enum status st = next_change(d, &change, e);
	if (st != ST_OK || change < 0)
		return st;
	if (which != PICTURE_OF_LIST)
		return save_queue(d, change, which, bytes, e);
	st = db_picture_drop(d, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "INSERT INTO picture VALUES (1, ?1, ?2, ?3, ?4)", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, change);
	stmt_bind_int(s, 2, (int64_t)d->inode);
	stmt_bind_int(s, 3, accounts);
	stmt_bind_blob(s, 4, bytes.s, bytes.n);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

static enum status drop_queue(struct db *d, uint32_t which, struct err *e)
{
	struct stmt *s;
	enum status st =
		stmt_open(d, "DELETE FROM mirror WHERE source = ?1 AND part = ?2", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, MIRROR_PICTURES);
	stmt_bind_int(s, 2, which);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

/* Those that do not hold went at begin; what is left unsealed goes at the next. */
enum status db_picture_keep(
	struct store *store, const uint32_t *gone, uint32_t n, struct err *e)
{
	struct db *d = db_of(store);
	int64_t change = -1;
	enum status st = next_change(d, &change, e);
	if (st == ST_OK)
		st = stmt_exec(
			d, "UPDATE picture SET change = (change + 1) & 4294967295", e);
	if (st != ST_OK || change < 0 || gone == NULL)
		return st;
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		if (gone[i] != SEAL_PART)
			st = drop_queue(d, gone[i], e);
	return st == ST_OK ? store_seal(d, change, e) : st;
}

/* Else its number might come again in a copy of the book, where SQLite counts anew. */
enum status db_picture_drop_stale(struct db *d, struct err *e)
{
	struct stmt *s;
	int64_t change;
	uint8_t seal[SEAL];
	enum status st = db_change_counter(d, &change, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "DELETE FROM picture WHERE change <> ?1 OR file <> ?2", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, change);
	stmt_bind_int(s, 2, (int64_t)d->inode);
	st = stmt_run(s, e);
	stmt_close(s);
	if (st == ST_OK)
		st = stmt_open(d,
			"DELETE FROM mirror WHERE source = ?1 AND NOT EXISTS"
			" (SELECT 1 FROM mirror WHERE source = ?1 AND part = ?2"
			"  AND data = ?3)",
			&s, e);
	if (st != ST_OK)
		return st;
	make_seal(d, change, seal);
	stmt_bind_int(s, 1, MIRROR_PICTURES);
	stmt_bind_int(s, 2, SEAL_PART);
	stmt_bind_blob(s, 3, seal, SEAL);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

enum status db_picture_drop(struct db *d, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_exec(d, "DELETE FROM picture", e);
	if (st == ST_OK)
		st = stmt_open(d, "DELETE FROM mirror WHERE source = ?1", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, MIRROR_PICTURES);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

static enum status open_picture(struct db *d, uint32_t which, int64_t change,
	const uint8_t seal[SEAL], struct stmt **s, struct err *e)
{
	enum status st;
	if (which == PICTURE_OF_LIST) {
		st = stmt_open(d,
			"SELECT data FROM picture WHERE change = ?1 AND file = ?2", s, e);
		if (st != ST_OK)
			return st;
		stmt_bind_int(*s, 1, change);
		stmt_bind_int(*s, 2, (int64_t)d->inode);
		return ST_OK;
	}
	st = stmt_open(d,
		"SELECT data FROM mirror WHERE source = ?1 AND part = ?2 AND EXISTS"
		" (SELECT 1 FROM mirror WHERE source = ?1 AND part = ?3 AND data = ?4)",
		s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(*s, 1, MIRROR_PICTURES);
	stmt_bind_int(*s, 2, which);
	stmt_bind_int(*s, 3, SEAL_PART);
	stmt_bind_blob(*s, 4, seal, SEAL);
	return ST_OK;
}

static enum status load_held(struct db *d, uint32_t which, struct arena *a,
	struct text *out, int64_t *version, struct err *e)
{
	struct stmt *s = NULL;
	uint8_t seal[SEAL];
	bool row = false;
	int64_t change;
	enum status st = stmt_query_int(d, "PRAGMA data_version", 0, version, e);
	if (st == ST_OK)
		st = db_change_counter(d, &change, e);
	if (st == ST_OK) {
		make_seal(d, change, seal);
		st = open_picture(d, which, change, seal, &s, e);
	}
	if (st == ST_OK)
		st = stmt_step(s, &row, e);
	if (st == ST_OK && row) {
		const char *data = stmt_blob(s, 0, &out->n);
		out->s = arena_copy(a, data, out->n);
		if (out->s == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
	}
	stmt_close(s);
	return st;
}

enum status db_picture_load(struct store *store, uint32_t which, struct arena *a,
	struct text *out, int64_t *version, struct err *e)
{
	*out = (struct text){ NULL, 0 };
	enum status st = db_hold(store, e);
	if (st != ST_OK || db_of(store)->writing) {
		if (st == ST_OK)
			db_release(store);
		return st;
	}
	st = load_held(db_of(store), which, a, out, version, e);
	db_release(store);
	return st;
}
