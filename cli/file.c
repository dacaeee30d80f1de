#include "cli/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Larger files are not held in memory. */
enum { IN_MEMORY = 8 << 20 };

static enum status failed(const char *what, const char *path, struct err *e)
{
	return err_set(e, ST_IO, "%s %s: %s", what, path, strerror(errno));
}

static enum status changed(const char *path, struct err *e)
{
	return err_set(e, ST_IO,
		"%s changed while it was read: wait until it is written, and try again",
		path);
}

/* Everything up to the end, into memory that grows. */
static enum status read_all(
	int fd, const char *path, size_t expected, struct file_bytes *out, struct err *e)
{
	size_t room = expected + 1 < 65536 ? 65536 : expected + 1, used = 0;
	char *bytes = malloc(room);

	while (bytes) {
		const ssize_t n = read(fd, bytes + used, room - used - 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			free(bytes);
			return failed("can't read", path, e);
		}
		used += (size_t)n;
		if (n == 0) {
			char *fit = realloc(bytes, used + 1);

			bytes = fit ? fit : bytes;
			bytes[used] = '\0';
			*out = (struct file_bytes){ bytes, used, false };
			return ST_OK;
		}
		if (room - used < 2) {
			char *grown = realloc(bytes, room *= 2);

			if (!grown)
				free(bytes);
			bytes = grown;
		}
	}
	return err_set(e, ST_NOMEM, "not enough memory to read %s", path);
}

int file_nameless(void)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/tierdesk.XXXXXX",
		folder && folder[0] == '/' ? folder : "/tmp");
	fd = mkstemp(path);
	if (fd >= 0) {
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		unlink(path);
	}
	return fd;
}

static enum status copy(int from, int to, const char *path, struct err *e)
{
	char bytes[1 << 16];
	ssize_t n;

	while ((n = read(from, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return failed("can't read", path, e);
		for (ssize_t at = 0, put; at < n; at += put)
			if ((put = write(to, bytes + at, (size_t)(n - at))) < 0)
				return err_set(e, ST_IO,
					"no copy of %s to read from: %s; make room, or "
					"set TMPDIR to where there is some",
					path, strerror(errno));
	}
	return ST_OK;
}

/* The pages of a file that others may cut short are no memory: reading on would end the
 * program. So the pages are those of a copy that has no name. */
static enum status map_copy(
	int fd, const char *path, size_t size, struct file_bytes *out, struct err *e)
{
	const int to = file_nameless();
	enum status st = to >= 0 ? copy(fd, to, path, e)
				 : failed("no place for a copy of", path, e);
	void *at = MAP_FAILED;

	if (st == ST_OK && lseek(to, 0, SEEK_END) != (off_t)size)
		st = changed(path, e);
	if (st == ST_OK)
		at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, to, 0);
	if (st == ST_OK && at == MAP_FAILED)
		st = failed("can't read", path, e);
	if (to >= 0)
		close(to);
	if (st == ST_OK)
		*out = (struct file_bytes){ at, size, true };
	return st;
}

/* Whether it is as it was: else what was read may be half of one and half of another. */
static enum status check_unchanged(
	int fd, const char *path, const struct stat *before, struct err *e)
{
	struct stat now;

	if (fstat(fd, &now) != 0)
		return failed("can't read", path, e);
	return now.st_size == before->st_size &&
			       now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
			       now.st_mtim.tv_nsec == before->st_mtim.tv_nsec
		       ? ST_OK
		       : changed(path, e);
}

enum status file_read(const char *path, bool text, struct file_bytes *out, struct err *e)
{
	const bool standard_input = strcmp(path, "-") == 0;
	struct stat about;
	enum status st;
	int fd;

	memset(out, 0, sizeof(*out));
	if (standard_input)
		return read_all(STDIN_FILENO, "stdin", 0, out, e);
	/* O_NONBLOCK: opening a pipe by name must not wait for a writer. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return err_set(e, errno == ENOENT ? ST_NOTFOUND : ST_IO,
			"can't read %s: %s", path, strerror(errno));
	if (fstat(fd, &about) != 0)
		st = failed("can't read", path, e);
	else if (!S_ISREG(about.st_mode))
		st = err_set(
			e, ST_USAGE, "%s is not a file; use - to read from a pipe", path);
	else if (text || about.st_size <= IN_MEMORY)
		st = read_all(fd, path, (size_t)about.st_size, out, e);
	else
		st = map_copy(fd, path, (size_t)about.st_size, out, e);
	if (st == ST_OK)
		st = check_unchanged(fd, path, &about, e);
	close(fd);
	if (st != ST_OK)
		file_free(out);
	return st;
}

void file_free(struct file_bytes *f)
{
	if (f->mapped)
		munmap((void *)(uintptr_t)f->bytes, f->size);
	else
		free((void *)(uintptr_t)f->bytes);
	memset(f, 0, sizeof(*f));
}

static bool look(const char *path, struct stat *about)
{
	return strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, about) == 0
				      : stat(path, about) == 0;
}

bool file_same(const char *a, const char *b)
{
	struct stat x, y;

	return look(a, &x) && look(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static enum status may_replace(
	const char *target, bool replace, const char *book, struct err *e)
{
	struct stat about;

	if (lstat(target, &about) != 0)
		return ST_OK;
	if (!replace)
		return err_set(e, ST_USAGE,
			"%s is there already; say --force to replace it", target);
	if (!S_ISREG(about.st_mode) && !S_ISLNK(about.st_mode))
		return err_set(e, ST_USAGE, "%s is not a file", target);
	if (file_same(target, book))
		return err_set(e, ST_USAGE, "%s is the book itself", target);
	return ST_OK;
}

enum status file_create(const char *target, bool replace, const char *book,
	struct file_new *out, struct err *e)
{
	const char *slash = strrchr(target, '/');
	const size_t folder = slash ? (size_t)(slash - target) + 1 : 0;
	enum status st = may_replace(target, replace, book, e);
	int fd;

	memset(out, 0, sizeof(*out));
	if (st != ST_OK)
		return st;
	out->target = strdup(target);
	out->path = malloc(folder + sizeof(".tierdesk.XXXXXX"));
	if (!out->target || !out->path) {
		file_drop(out);
		return err_set(e, ST_NOMEM, "not enough memory");
	}
	memcpy(out->path, target, folder);
	memcpy(out->path + folder, ".tierdesk.XXXXXX", sizeof(".tierdesk.XXXXXX"));
	fd = mkstemp(out->path);
	out->to = fd < 0 ? NULL : fdopen(fd, "w");
	if (out->to)
		return ST_OK;
	err_set(e, ST_IO, "can't write beside %s: %s", target, strerror(errno));
	if (fd >= 0) {
		close(fd);
		unlink(out->path);
	}
	free(out->path);
	out->path = NULL;
	file_drop(out);
	return ST_IO;
}

/* The name of the new file reaches the disk with its folder. */
static void sync_folder(char *path)
{
	const int fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

enum status file_keep(struct file_new *f, struct err *e)
{
	const bool written = fflush(f->to) == 0 && fsync(fileno(f->to)) == 0;
	const bool closed = fclose(f->to) == 0;

	f->to = NULL;
	if (!written || !closed || rename(f->path, f->target) != 0)
		return failed("can't write", f->target, e);
	free(f->path);
	f->path = NULL;
	sync_folder(f->target);
	return ST_OK;
}

void file_drop(struct file_new *f)
{
	if (f->to)
		fclose(f->to);
	if (f->path)
		unlink(f->path);
	free(f->path);
	free(f->target);
	memset(f, 0, sizeof(*f));
}
