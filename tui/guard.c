#include "tui/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int wishes[] = { SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT };
/* All others that end a program, and nobody asks with. */
static const int crashes[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS,
	SIGQUIT, SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2 };
enum {
	WISHES = sizeof(wishes) / sizeof(*wishes),
	CRASHES = sizeof(crashes) / sizeof(*crashes)
};

static struct {
	int pipe[2];
	volatile sig_atomic_t *ended; /* borrowed, or NULL */
	struct sigaction old_wish[WISHES], old_crash[CRASHES], old_pipe;
	struct termios saved;
	char reset[512];
	volatile sig_atomic_t reset_n;
	stack_t old_stack;
	void *stack;   /* owned */
	int stderr_fd; /* the real one while hushed; -1: not hushed */
	FILE *kept;    /* owned; what is written to stderr meanwhile */
	int kept_fd;   /* of it */
} guard = { .pipe = { -1, -1 }, .stderr_fd = -1, .kept_fd = -1 };

/* Room for the handler also when the stack ran over. */
enum { STACK_BYTES = 65536 };

static bool is_end(int signal)
{
	return signal == SIGINT || signal == SIGTERM || signal == SIGHUP;
}

static void on_wish(int signal)
{
	int saved = errno;
	unsigned char byte = (unsigned char)signal;

	if (guard.ended && is_end(signal))
		*guard.ended = signal;
	/* A full pipe holds wishes enough. */
	if (write(guard.pipe[1], &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

/* What was written to stderr while it was hushed goes where it was meant to; by calls
 * that a handler may make. */
static void replay(void)
{
	char line[1024];
	ssize_t n;

	lseek(guard.kept_fd, 0, SEEK_SET);
	while ((n = read(guard.kept_fd, line, sizeof(line))) > 0)
		if (write(guard.stderr_fd, line, (size_t)n) < 0)
			break;
}

static void on_crash(int signal)
{
	if (guard.reset_n > 0) {
		if (write(STDOUT_FILENO, guard.reset, (size_t)guard.reset_n) < 0)
			guard.reset_n = 0;
		tcsetattr(STDIN_FILENO, TCSANOW, &guard.saved);
	}
	if (guard.stderr_fd >= 0)
		replay();
	for (int i = 0; i < CRASHES; i++)
		if (crashes[i] == signal)
			sigaction(signal, &guard.old_crash[i], NULL);
	raise(signal);
}

static enum status open_pipe(struct err *e)
{
	if (pipe(guard.pipe) < 0)
		return err_set(e, ST_IO, "no pipe for signals: %s", strerror(errno));
	for (int i = 0; i < 2; i++) {
		fcntl(guard.pipe[i], F_SETFL, O_NONBLOCK);
		fcntl(guard.pipe[i], F_SETFD, FD_CLOEXEC);
	}
	return ST_OK;
}

/* Whoever started the program may have it ignore some: those end nothing. */
static void catch (int i, const struct sigaction *crash)
{
	sigaction(crashes[i], crash, &guard.old_crash[i]);
	if (guard.old_crash[i].sa_handler == SIG_IGN)
		sigaction(crashes[i], &guard.old_crash[i], NULL);
}

enum status guard_open(struct err *e)
{
	struct sigaction wish = { .sa_handler = on_wish, .sa_flags = SA_RESTART };
	struct sigaction crash = { .sa_handler = on_crash,
		.sa_flags = SA_ONSTACK | SA_NODEFER };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	stack_t stack = { .ss_size = STACK_BYTES };
	enum status st = open_pipe(e);

	if (st != ST_OK)
		return st;
	tcgetattr(STDIN_FILENO, &guard.saved);
	guard.stack = malloc(STACK_BYTES);
	stack.ss_sp = guard.stack;
	if (guard.stack)
		sigaltstack(&stack, &guard.old_stack);
	for (int i = 0; i < WISHES; i++)
		sigaction(wishes[i], &wish, &guard.old_wish[i]);
	for (int i = 0; i < CRASHES; i++)
		catch (i, &crash);
	sigaction(SIGPIPE, &ignore, &guard.old_pipe);
	return ST_OK;
}

void guard_close(void)
{
	if (guard.pipe[0] < 0)
		return;
	for (int i = 0; i < WISHES; i++)
		sigaction(wishes[i], &guard.old_wish[i], NULL);
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &guard.old_crash[i], NULL);
	sigaction(SIGPIPE, &guard.old_pipe, NULL);
	if (guard.stack)
		sigaltstack(&guard.old_stack, NULL);
	free(guard.stack);
	guard.stack = NULL;
	close(guard.pipe[0]);
	close(guard.pipe[1]);
	guard.pipe[0] = guard.pipe[1] = -1;
}

void guard_reset_string(const char *s, size_t n)
{
	guard.reset_n = 0;
	if (n > sizeof(guard.reset))
		return;
	memcpy(guard.reset, s, n);
	guard.reset_n = (sig_atomic_t)n;
}

void guard_tell_end(volatile sig_atomic_t *ended)
{
	guard.ended = ended;
}

int guard_fd(void)
{
	return guard.pipe[0];
}

struct guard_wishes guard_take(void)
{
	struct guard_wishes w = { 0 };
	unsigned char byte;

	while (read(guard.pipe[0], &byte, 1) == 1) {
		w.resize |= byte == SIGWINCH;
		w.suspend |= byte == SIGTSTP;
		w.resume |= byte == SIGCONT;
		if (is_end(byte))
			w.end = byte;
	}
	return w;
}

/* That it goes on is known then: whoever stopped takes the terminal again. */
void guard_stop(void)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, stop, on;

	sigaction(SIGTSTP, &plain, &stop);
	sigaction(SIGCONT, &plain, &on);
	kill(0, SIGTSTP);
	sigaction(SIGCONT, &on, NULL);
	sigaction(SIGTSTP, &stop, NULL);
}

void guard_hush(void)
{
	if (guard.stderr_fd >= 0 || !isatty(STDERR_FILENO))
		return;
	guard.kept = tmpfile();
	if (!guard.kept)
		return;
	guard.kept_fd = fileno(guard.kept);
	fflush(stderr);
	guard.stderr_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	if (guard.stderr_fd < 0 || dup2(guard.kept_fd, STDERR_FILENO) < 0)
		guard_unhush();
}

void guard_unhush(void)
{
	if (guard.stderr_fd >= 0) {
		fflush(stderr);
		replay();
		dup2(guard.stderr_fd, STDERR_FILENO);
		close(guard.stderr_fd);
		guard.stderr_fd = -1;
	}
	if (guard.kept)
		fclose(guard.kept);
	guard.kept = NULL;
	guard.kept_fd = -1;
}
