/* What is in a folder, for the file browser. */
#include "cli/host.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct found {
	char *name; /* owned */
	bool folder;
	uint64_t size;
	int32_t day;
};

struct listing {
	struct found *entry; /* owned */
	size_t n, room;
};

static int32_t day_of(time_t t)
{
	struct tm local;
	int32_t day;

	if (!localtime_r(&t, &local) || !day_from_civil(local.tm_year + 1900,
						local.tm_mon + 1, local.tm_mday, &day))
		return DAY_NONE;
	return day;
}

static bool add(struct listing *l, const char *name, const struct stat *about)
{
	struct found *x;

	if (l->n == l->room) {
		const size_t room = l->room ? 2 * l->room : 64;
		struct found *grown = realloc(l->entry, room * sizeof(*grown));

		if (!grown)
			return false;
		l->entry = grown;
		l->room = room;
	}
	x = &l->entry[l->n];
	*x = (struct found){ strdup(name), S_ISDIR(about->st_mode),
		(uint64_t)about->st_size, day_of(about->st_mtime) };
	l->n += x->name != NULL;
	return x->name != NULL;
}

/* What SQLite keeps beside a book, of which it has the name: nobody opens it. */
static bool is_beside(int folder, const char *name)
{
	static const char *const ending[] = { "-journal", "-wal", "-shm" };
	const size_t n = strlen(name);
	char book[NAME_MAX + 1];
	struct stat about;

	for (size_t i = 0; i < sizeof(ending) / sizeof(*ending); i++) {
		const size_t end = strlen(ending[i]);

		if (n <= end || n > NAME_MAX || strcmp(name + n - end, ending[i]) != 0)
			continue;
		memcpy(book, name, n - end);
		book[n - end] = '\0';
		return fstatat(folder, book, &about, 0) == 0;
	}
	return false;
}

/* Hidden files, devices, what stands beside books and what is gone by now are left out.
 */
static enum status fill(struct listing *l, DIR *d, const char *path, struct err *e)
{
	const struct dirent *x;

	while ((x = readdir(d)) != NULL) {
		struct stat about;

		if (x->d_name[0] == '.' || fstatat(dirfd(d), x->d_name, &about, 0) != 0 ||
			!(S_ISDIR(about.st_mode) || S_ISREG(about.st_mode)) ||
			(S_ISREG(about.st_mode) && is_beside(dirfd(d), x->d_name)))
			continue;
		if (!add(l, x->d_name, &about))
			return err_set(e, ST_NOMEM, "not enough memory for %s", path);
	}
	return ST_OK;
}

static int by_name(const void *a, const void *b)
{
	const struct found *x = a, *y = b;

	return x->folder != y->folder ? y->folder - x->folder : strcmp(x->name, y->name);
}

static enum status hand_over(
	struct listing *l, host_entry_fn fn, void *arg, struct err *e)
{
	enum status st = ST_OK;

	if (l->n)
		qsort(l->entry, l->n, sizeof(*l->entry), by_name);
	for (size_t i = 0; st == ST_OK && i < l->n; i++) {
		const struct host_entry x = { text_of(l->entry[i].name),
			l->entry[i].folder, l->entry[i].size, l->entry[i].day };

		st = fn(arg, &x, e);
	}
	return st;
}

static enum status read_folder(
	const char *path, host_entry_fn fn, void *arg, struct err *e)
{
	struct listing l = { 0 };
	DIR *d = opendir(path);
	enum status st;

	if (!d)
		return err_set(e, errno == ENOENT ? ST_NOTFOUND : ST_IO,
			"can't look into %s: %s", path, strerror(errno));
	st = fill(&l, d, path, e);
	closedir(d);
	if (st == ST_OK)
		st = hand_over(&l, fn, arg, e);
	for (size_t i = 0; i < l.n; i++)
		free(l.entry[i].name);
	free(l.entry);
	return st;
}

enum status host_folder(void *ctx, const char *path, char *path_out, size_t size,
	host_entry_fn fn, void *arg, struct err *e)
{
	char *given = host_path(*path ? path : "."), *full;
	enum status st;

	(void)ctx;
	if (!given)
		return err_set(e, ST_NOMEM, "not enough memory");
	full = realpath(given, NULL);
	if (!full)
		st = err_set(e, errno == ENOENT ? ST_NOTFOUND : ST_IO,
			"can't look into %s: %s", given, strerror(errno));
	else if (strlen(full) >= size)
		st = err_set(e, ST_IO, "the path of %s is too long", given);
	else
		st = read_folder(full, fn, arg, e);
	if (st == ST_OK)
		memcpy(path_out, full, strlen(full) + 1);
	free(full);
	free(given);
	return st;
}
