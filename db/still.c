#include "db/still.h"

#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "db/open.h"

/* ---- the bytes ---- */

/* A book of which all is in its file, and a disk that others can go on writing to. */
static bool can_be_copied(struct db *d, sqlite3_int64 size)
{
	struct statvfs disk;
	int64_t counted = -1;
	return !d->writing && statvfs(d->path, &disk) == 0 &&
	       disk.f_bavail > 2 * ((uint64_t)size / disk.f_frsize + 1) &&
	       db_change_counter(d, &counted, NULL) == ST_OK && counted >= 0;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		const ssize_t wrote = write(fd, bytes, n);
		if (wrote <= 0)
			return false;
		bytes += wrote;
		n -= (size_t)wrote;
	}
	return true;
}

static bool is_cancelled(const struct db *d)
{
	return d->cancel != NULL && *d->cancel != 0;
}

/* Through SQLite's own handle: closing another one of the same file would end the locks
 * that this process has on it. As they are, also where they are damaged. */
static bool copy_bytes(struct db *d, sqlite3_file *file, sqlite3_int64 size, int fd,
	char *buffer, int room)
{
	for (sqlite3_int64 at = 0; at < size; at += room) {
		const int n = size - at < room ? (int)(size - at) : room;
		if (is_cancelled(d) ||
			file->pMethods->xRead(file, buffer, n, at) != SQLITE_OK ||
			!write_all(fd, buffer, (size_t)n))
			return false;
	}
	return true;
}

/* Under the lock of a reader. */
static bool copy_file(struct db *d, struct temporary *made)
{
	enum { AT_ONCE = 1 << 20 };
	sqlite3_file *file = NULL;
	sqlite3_int64 size = 0;
	char *buffer;
	bool copied;
	if (sqlite3_file_control(d->h, "main", SQLITE_FCNTL_FILE_POINTER, &file) !=
			SQLITE_OK ||
		file->pMethods == NULL ||
		file->pMethods->xFileSize(file, &size) != SQLITE_OK ||
		!can_be_copied(d, size) || temporary_make(d->path, made, NULL) != ST_OK)
		return false;
	buffer = malloc(AT_ONCE);
	copied = buffer != NULL && copy_bytes(d, file, size, made->fd, buffer, AT_ONCE);
	free(buffer);
	return copied;
}

/* ---- the book ---- */

/* A connection to the copy, under the name of the book; owned. NULL: there is none. */
static struct db *connect(const struct db *of, const struct temporary *made)
{
	struct db *d = calloc(1, sizeof(*d));
	char *name = strdup(of->path), *path = strdup(made->path);
	enum status st = ST_NOMEM;
	if (d == NULL || name == NULL || path == NULL) {
		free(d);
		free(name);
		free(path);
		return NULL;
	}
	d->base.ops = &db_ops;
	d->path = path;
	d->schema = of->schema;
	d->busy_ms = of->busy_ms;
	d->cancel = of->cancel;
	d->device = of->device;
	d->inode = of->inode;
	d->read_only = true;
	st = open_connection(d, SQLITE_OPEN_READONLY, NULL);
	free(path);
	d->path = name;
	if (st == ST_OK)
		st = stmt_query_int(
			d, "PRAGMA schema_version", 0, &d->schema_version, NULL);
	if (st == ST_OK)
		return d;
	db_ops.close(&d->base);
	return NULL;
}

enum status still_open(struct db *d, struct still *out, struct err *e)
{
	*out = (struct still){ .made = { .fd = -1 } };
	enum status st = db_hold(&d->base, e);
	if (st != ST_OK)
		return st;
	if (copy_file(d, &out->made))
		out->book = connect(d, &out->made);
	out->held = out->book == NULL;
	if (!out->held) {
		db_release(&d->base);
		return ST_OK;
	}
	temporary_end(&out->made);
	out->book = d;
	if (!is_cancelled(d))
		return ST_OK;
	still_close(out);
	return err_set(e, ST_CANCELLED, "interrupted");
}

void still_close(struct still *s)
{
	if (s->held)
		db_release(&s->book->base);
	else
		s->book->base.ops->close(&s->book->base);
	temporary_end(&s->made);
}
