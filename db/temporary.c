#include "db/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK ".tierdesk."
#define RANDOM "XXXXXX"
#define JOURNAL "-journal"

/* SQLite locks the file as well. On Linux its locks and this one do not see each other;
 * elsewhere they may, so there nothing is held and nothing is taken for left behind. */
static bool hold(int fd, int how)
{
#ifdef __linux__
	return flock(fd, how) == 0;
#else
	(void)fd;
	(void)how;
	return false;
#endif
}

static void remove_file(const char *path)
{
	char journal[PATH_MAX];
	unlink(path);
	if (snprintf(journal, sizeof(journal), "%s" JOURNAL, path) < (int)sizeof(journal))
		unlink(journal);
}

/* ---- what was left behind ---- */

/* Whether the file is one of those made for the name, or for one that goes on behind it:
 * a book's own copies. */
static bool is_for(const char *file, const char *name)
{
	const size_t n = strlen(name), all = strlen(file);
	const size_t end = sizeof(MARK RANDOM) - 1;
	return file[0] == '.' && all >= 1 + n + end && strncmp(file + 1, name, n) == 0 &&
	       file[1 + n] == '.' &&
	       strncmp(file + all - end, MARK, sizeof(MARK) - 1) == 0;
}

static void remove_unheld(const char *path)
{
	struct stat file;
	const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstat(fd, &file) == 0 && S_ISREG(file.st_mode) && file.st_uid == geteuid() &&
		hold(fd, LOCK_EX | LOCK_NB))
		remove_file(path);
	close(fd);
}

static bool split(const char *path, char folder[PATH_MAX], char name[PATH_MAX],
	const char **in, const char **base)
{
	const size_t n = strlen(path);
	if (n >= PATH_MAX)
		return false;
	memcpy(folder, path, n + 1);
	memcpy(name, path, n + 1);
	*in = dirname(folder);
	*base = basename(name);
	return true;
}

/* What can't be removed stays: no harm is done by it. */
void temporary_clean(const char *path)
{
	char folder[PATH_MAX], name[PATH_MAX], file[PATH_MAX];
	const char *in, *base;
	const struct dirent *entry;
	DIR *d = split(path, folder, name, &in, &base) ? opendir(in) : NULL;
	while (d != NULL && (entry = readdir(d)) != NULL)
		if (is_for(entry->d_name, base) &&
			snprintf(file, sizeof(file), "%s/%s", in, entry->d_name) <
				(int)sizeof(file))
			remove_unheld(file);
	if (d != NULL)
		closedir(d);
}

/* ---- making one ---- */

/* Between its making and its lock somebody who cleans up may take it for left behind:
 * then it has no name any more. */
static bool make_held(struct temporary *t)
{
	struct stat file;
	const size_t n = strlen(t->path);
	do {
		memcpy(t->path + n - (sizeof(RANDOM) - 1), RANDOM, sizeof(RANDOM) - 1);
		if (t->fd >= 0)
			close(t->fd);
		t->fd = mkstemp(t->path);
		if (t->fd < 0)
			return false;
		fcntl(t->fd, F_SETFD, FD_CLOEXEC);
		(void)hold(t->fd, LOCK_EX);
	} while (fstat(t->fd, &file) == 0 && file.st_nlink == 0);
	return true;
}

enum status temporary_make(const char *path, struct temporary *out, struct err *e)
{
	char folder[PATH_MAX], name[PATH_MAX];
	const char *in, *base;
	*out = (struct temporary){ .fd = -1 };
	if (!split(path, folder, name, &in, &base) ||
		snprintf(out->path, sizeof(out->path), "%s/.%s" MARK RANDOM, in, base) >=
			(int)sizeof(out->path)) {
		out->path[0] = '\0';
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	}
	temporary_clean(path);
	if (make_held(out))
		return ST_OK;
	const int why = errno;
	err_set(e, ST_IO, "%s: %s", out->path,
		why == ENOSPC || why == EDQUOT ? "disk full" : strerror(why));
	out->path[0] = '\0';
	return ST_IO;
}

void temporary_end(struct temporary *t)
{
	if (t->path[0] != '\0')
		remove_file(t->path);
	if (t->fd >= 0)
		close(t->fd);
	*t = (struct temporary){ .fd = -1 };
}

int temporary_take_name(const char *made, const char *path)
{
	struct stat file;
	if (link(made, path) == 0) {
		unlink(made);
		return 0;
	}
	if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return -1;
	/* A file has one name there: nobody can be kept from taking it meanwhile. */
	if (lstat(path, &file) == 0) {
		errno = EEXIST;
		return -1;
	}
	return rename(made, path);
}
