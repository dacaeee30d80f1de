#include "tests/crash/point.h"

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

static uint64_t count, deadly;
static bool lose_journals;

static void point(void)
{
	if (++count == deadly)
		kill(getpid(), SIGKILL);
}

void point_arm(uint64_t at)
{
	count = 0;
	deadly = at;
}

uint64_t point_count(void)
{
	return count;
}

/* ---- in the place of the C library's -------------------------------------------- */

/* The disk need not have it: the kernel outlives the process. */
int fsync(int fd)
{
	(void)fd;
	point();
	return 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int rename(const char *from, const char *to)
{
	point();
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int link(const char *from, const char *to)
{
	point();
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* ---- SQLite's files ------------------------------------------------------------- */

struct file {
	sqlite3_file base;
	bool journal;
};

/* The real one lies behind ours, in the memory that SQLite gives. */
static sqlite3_file *real(sqlite3_file *f)
{
	return (sqlite3_file *)(void *)((struct file *)(void *)f + 1);
}

static int file_close(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	point();
	if (lose_journals && ((struct file *)(void *)f)->journal)
		return SQLITE_OK;
	return real(f)->pMethods->xWrite(real(f), from, n, at);
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	point();
	return real(f)->pMethods->xTruncate(real(f), size);
}

static int file_sync(sqlite3_file *f, int flags)
{
	(void)f;
	(void)flags;
	point();
	return SQLITE_OK;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int file_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int file_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int file_reserved(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int file_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

static int file_device(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static const sqlite3_io_methods methods = {
	.iVersion = 1, /* no shared memory and no mapping: books use neither */
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
};

static sqlite3_vfs *below;

static int vfs_open(
	sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out_flags)
{
	struct file *file = (struct file *)(void *)f;
	int code;

	(void)v;
	if (flags & SQLITE_OPEN_CREATE)
		point();
	memset(real(f), 0, (size_t)below->szOsFile);
	code = below->xOpen(below, name, real(f), flags, out_flags);
	file->journal = flags & SQLITE_OPEN_MAIN_JOURNAL;
	f->pMethods = real(f)->pMethods ? &methods : NULL;
	return code;
}

static int vfs_delete(sqlite3_vfs *v, const char *name, int sync)
{
	(void)v;
	point();
	return below->xDelete(below, name, sync);
}

void point_install(bool no_journal)
{
	static sqlite3_vfs ours;

	lose_journals = no_journal;
	below = sqlite3_vfs_find(NULL);
	if (!below)
		abort();
	ours = *below;
	ours.zName = "points";
	ours.pNext = NULL;
	ours.szOsFile = (int)sizeof(struct file) + below->szOsFile;
	ours.xOpen = vfs_open;
	ours.xDelete = vfs_delete;
	if (sqlite3_vfs_register(&ours, 1) != SQLITE_OK)
		abort();
}
