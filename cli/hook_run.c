/* Running a hook: two pipes, a process group, a stopwatch. */
#include "cli/hook.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/call.h"

enum { TICK_MS = 50, SPLINTER = 126, READS = 64 };

struct run {
	pid_t pid;
	int in, err;                    /* our ends; -1: closed */
	struct text left;               /* of the bytes */
	char line[HOOK_REASON_MAX / 2]; /* the first line of stderr */
	size_t used;
	bool line_ended;
	bool ended; /* and is not waited for yet, so that its number stays its own */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the child ---- */

/* The highest descriptor that is open; those of who started us too. */
static int highest_open(void)
{
	DIR *d = opendir("/dev/fd");
	const struct dirent *x;
	int highest = d ? 2 : 1023;

	while (d && (x = readdir(d)) != NULL) {
		const int fd = atoi(x->d_name);

		highest = fd > highest ? fd : highest;
	}
	if (d)
		closedir(d);
	return highest;
}

/* Between fork and exec: nothing but system calls. Not the one to come back. */
static void become(
	const struct hook *h, const int in[2], const int err[2], int null, int highest)
{
	static const int defaults[] = { SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP };
	static const char cant[] = "can't be started\n";
	sigset_t none;

	setpgid(0, 0);
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		signal(defaults[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (dup2(in[0], 0) < 0 || dup2(null, 1) < 0 || dup2(err[1], 2) < 0)
		_exit(SPLINTER);
	for (int fd = 3; fd <= highest; fd++)
		close(fd);
	execv(h->argv[0], h->argv);
	if (write(2, cant, sizeof(cant) - 1) < 0) {
		/* nobody to tell it to */
	}
	_exit(SPLINTER);
}

/* The same where the standard ones, which may have been closed, are not. */
static int above_standard(int fd)
{
	const int other = fd >= 0 ? fcntl(fd, F_DUPFD_CLOEXEC, 3) : -1;

	if (fd >= 0)
		close(fd);
	return other;
}

static bool make_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		return false;
	ends[0] = above_standard(ends[0]);
	ends[1] = above_standard(ends[1]);
	return ends[0] >= 0 && ends[1] >= 0;
}

static void close_both(int ends[2])
{
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
}

static bool start(const struct hook *h, struct run *r)
{
	int in[2] = { -1, -1 }, err[2] = { -1, -1 };
	const int null = above_standard(open("/dev/null", O_WRONLY | O_CLOEXEC));
	bool ready = null >= 0 && make_pipe(in) && make_pipe(err);
	const int highest = highest_open();

	r->pid = ready ? fork() : -1;
	if (r->pid == 0)
		become(h, in, err, null, highest);
	ready = r->pid > 0;
	if (null >= 0)
		close(null);
	if (!ready) {
		close_both(in);
		close_both(err);
		return false;
	}
	setpgid(r->pid, r->pid); /* whichever of the two comes first */
	close(in[0]);
	close(err[1]);
	r->in = in[1];
	r->err = err[0];
	fcntl(r->in, F_SETFL, O_NONBLOCK);
	fcntl(r->err, F_SETFL, O_NONBLOCK);
	return true;
}

/* ---- while it runs ---- */

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* A hook that does not read what it is given has its reasons. */
static void feed(struct run *r)
{
	while (r->left.n) {
		const ssize_t n = write(r->in, r->left.s, r->left.n);

		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n < 0)
			break;
		r->left.s += n;
		r->left.n -= (size_t)n;
	}
	shut(&r->in);
}

static void keep_line(struct run *r, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n && !r->line_ended; i++) {
		if (bytes[i] == '\n')
			r->line_ended = r->used > 0; /* of blank ones the next */
		else if (r->used < sizeof(r->line) - 1 && bytes[i] != '\0')
			r->line[r->used++] = bytes[i];
	}
}

/* Reads what there is, so that it never waits for us; not to the end of what has none,
 * which would outlast the time it has. */
static void listen(struct run *r)
{
	char bytes[4096];
	ssize_t n = 1;

	for (int k = 0; k < READS && n > 0; k++) {
		n = read(r->err, bytes, sizeof(bytes));
		if (n > 0)
			keep_line(r, bytes, (size_t)n);
	}
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		shut(&r->err);
}

/* Something happens, or a moment passes. */
static void wait_for(struct run *r, int ms)
{
	struct pollfd fds[2] = { { .fd = r->in, .events = POLLOUT },
		{ .fd = r->err, .events = POLLIN } };
	const int n = poll(fds, 2, ms < TICK_MS ? ms : TICK_MS);

	if (n > 0 && fds[0].revents)
		feed(r);
	if (n > 0 && fds[1].revents)
		listen(r);
}

static void look(struct run *r)
{
	siginfo_t about = { .si_pid = 0 };

	if (!r->ended)
		r->ended = waitid(P_PID, (id_t)r->pid, &about,
				   WEXITED | WNOHANG | WNOWAIT) == 0 &&
			   about.si_pid == r->pid;
}

/* True: it ended within the time. */
static bool wait_until(struct run *r, int64_t deadline, bool heed_cancel)
{
	for (look(r); !r->ended; look(r)) {
		const int64_t left = deadline - now_ms();

		if (left <= 0 || (heed_cancel && call_cancelled))
			return false;
		/* Without its stderr nothing would tell us: look more often. */
		wait_for(r, r->err < 0 && left > 5 ? 5 : (int)left);
	}
	if (r->err >= 0)
		listen(r);
	return true;
}

/* It and what it started; whether it came to its own end. */
static bool end(struct run *r)
{
	bool by_itself;

	kill(-r->pid, SIGTERM);
	by_itself = wait_until(r, now_ms() + HOOK_GRACE_MS, false);
	kill(-r->pid, SIGKILL);
	return by_itself;
}

static int wait_status(const struct run *r)
{
	int status = 0;

	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return status;
}

/* ---- what came of it ---- */

/* Whatever it said becomes a line of the book: valid and without controls. */
static void say(struct run *r, const char *what, char why[HOOK_REASON_MAX])
{
	char safe[HOOK_REASON_MAX / 2];

	r->line[r->used] = '\0';
	text_sanitise(text_of(r->line), safe, sizeof(safe), 1000, false);
	snprintf(why, HOOK_REASON_MAX, "%s%s%s", what, *safe ? ": " : "", safe);
}

static bool judge(struct run *r, int status, char why[HOOK_REASON_MAX])
{
	char what[64];

	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFSIGNALED(status))
		snprintf(what, sizeof(what), "ended by signal %d", WTERMSIG(status));
	else
		snprintf(what, sizeof(what), "exit %d", WEXITSTATUS(status));
	say(r, what, why);
	return false;
}

bool hook_run(
	const struct hook *h, struct text bytes, int seconds, char why[HOOK_REASON_MAX])
{
	struct run r = { .in = -1, .err = -1, .left = bytes };
	char what[64];
	bool done = false;

	if (!start(h, &r)) {
		snprintf(why, HOOK_REASON_MAX, "can't start a program: %s",
			strerror(errno));
		return false;
	}
	why[0] = '\0';
	if (wait_until(&r, now_ms() + (int64_t)seconds * 1000, true)) {
		done = judge(&r, wait_status(&r), why);
	} else {
		const bool by_itself = end(&r);
		const int status = wait_status(&r);

		/* Late, but what 0 says holds all the same: it would be sent twice. */
		done = by_itself && WIFEXITED(status) && WEXITSTATUS(status) == 0;
		snprintf(what, sizeof(what), "took longer than %d s", seconds);
		if (!done && !call_cancelled)
			say(&r, what, why);
	}
	shut(&r.in);
	shut(&r.err);
	return done;
}
