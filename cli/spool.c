#include "cli/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/call.h"
#include "cli/file.h"

void spool_begin(struct spool *s)
{
	struct stat about;
	int fd;

	s->real = -1;
	if (fflush(stdout) != 0 || fstat(STDOUT_FILENO, &about) != 0 ||
		S_ISREG(about.st_mode))
		return;
	fd = file_nameless();
	if (fd < 0)
		return;
	s->real = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (s->real >= 0 && dup2(fd, STDOUT_FILENO) < 0) {
		close(s->real);
		s->real = -1;
	}
	close(fd);
}

static enum status copy(int from, struct err *e)
{
	char bytes[1 << 16];
	ssize_t n = -1;
	enum status st = ST_OK;

	if (lseek(from, 0, SEEK_SET) == 0)
		while (st == ST_OK && (n = read(from, bytes, sizeof(bytes))) > 0)
			st = call_sink(stdout, bytes, (size_t)n, e);
	if (st == ST_OK && n < 0)
		st = err_set(e, ST_IO, "can't write the result: %s", strerror(errno));
	return st;
}

enum status spool_end(struct spool *s, enum status st, struct err *e)
{
	int held;

	if (s->real < 0)
		return st;
	if (st == ST_OK)
		st = call_flush(e);
	held = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(s->real, STDOUT_FILENO);
	close(s->real);
	s->real = -1;
	if (st == ST_OK)
		st = copy(held, e);
	if (held >= 0)
		close(held);
	return st;
}
