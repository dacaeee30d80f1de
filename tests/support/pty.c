#include "tests/support/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 20000 };
enum { QUESTIONS = 100, OWES = 0x80 }; /* of an answer: more will be done in a pause */

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty *p = user;

	if (property == VTERM_PROP_ALTSCREEN)
		p->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		p->cursor_visible = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void open_screen(struct pty *p)
{
	p->vt = vterm_new(p->rows, p->columns);
	assert_non_null(p->vt);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	p->cursor_visible = true;
}

static void become(
	struct pty *p, int idle, const char *const argv[], const char *const env[])
{
	char number[16];

	close(p->master);
	setsid();
	ioctl(p->slave, TIOCSCTTY, 0);
	for (int fd = 0; fd < 3; fd++)
		dup2(p->slave, fd);
	close(p->slave);
	for (int i = 1; i < NSIG; i++) /* whoever runs the tests may have some ignored */
		signal(i, SIG_DFL);
	snprintf(number, sizeof(number), "%d", idle);
	setenv("TIERDESK_IDLE_FD", number, 1);
	for (int i = 0; env && env[i]; i++) {
		char *copy = strdup(env[i]);
		char *value = copy ? strchr(copy, '=') : NULL;

		if (value) {
			*value = '\0';
			setenv(copy, value + 1, 1);
		} else {
			unsetenv(env[i]);
		}
		free(copy);
	}
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

void pty_start(struct pty *p, int rows, int columns, const char *const argv[],
	const char *const env[])
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns };
	int idle[2];

	*p = (struct pty){ .rows = rows, .columns = columns };
	assert_int_equal(openpty(&p->master, &p->slave, NULL, NULL, &size), 0);
	assert_int_equal(tcgetattr(p->slave, &p->before), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, idle), 0);
	fcntl(idle[0], F_SETFD, FD_CLOEXEC);
	open_screen(p);
	p->pid = fork();
	assert_true(p->pid >= 0);
	if (p->pid == 0)
		become(p, idle[1], argv, env);
	close(idle[1]);
	p->idle = idle[0];
	fcntl(p->idle, F_SETFL, O_NONBLOCK);
	fcntl(p->master, F_SETFL, O_NONBLOCK);
}

static void keep(struct pty *p, const char *bytes, size_t n)
{
	if (p->raw_n + n + 1 > p->raw_size) {
		p->raw_size = (p->raw_n + n + 1) * 2;
		p->raw = realloc(p->raw, p->raw_size);
		assert_non_null(p->raw);
	}
	memcpy(p->raw + p->raw_n, bytes, n);
	p->raw_n += n;
	p->raw[p->raw_n] = '\0';
}

/* Everything that is there now; false: the other side is closed. */
static bool drain(struct pty *p)
{
	char bytes[65536];
	ssize_t n;

	while ((n = read(p->master, bytes, sizeof(bytes))) > 0) {
		keep(p, bytes, (size_t)n);
		vterm_input_write(p->vt, bytes, (size_t)n);
	}
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* A question of its own each time: the answer to an earlier one was given before the
 * program had seen what was done since. Not by how many bytes it read: it may leave a
 * terminal, which forgets what was not read then. */
static void ask(struct pty *p)
{
	p->asked = (unsigned char)(p->asked % QUESTIONS + 1); /* 0: nobody asked */
	send(p->idle, &p->asked, 1, MSG_NOSIGNAL);
}

/* Whether the answer is there; *closed: there will be none. */
static bool answered(struct pty *p, bool all, bool *closed)
{
	unsigned char byte;
	ssize_t n;

	while ((n = read(p->idle, &byte, 1)) == 1)
		if ((all ? byte : byte & ~OWES) == p->asked)
			return true;
	*closed = n == 0 || errno == ECONNRESET;
	return false;
}

static bool wait_for(struct pty *p, bool all)
{
	bool closed = false;

	ask(p);
	for (int waited = 0; waited < PATIENCE_MS && !closed;) {
		struct pollfd fds[2] = { { .fd = p->master, .events = POLLIN },
			{ .fd = p->idle, .events = POLLIN } };
		int n = poll(fds, 2, 100);

		if (n == 0)
			waited += 100;
		drain(p);
		if (answered(p, all, &closed)) {
			drain(p);
			return true;
		}
	}
	drain(p); /* its last words */
	return false;
}

bool pty_settle(struct pty *p)
{
	return wait_for(p, false);
}

bool pty_rest(struct pty *p)
{
	return wait_for(p, true);
}

bool pty_until(struct pty *p, size_t from, const char *bytes)
{
	for (int waited = 0; waited < PATIENCE_MS; waited += 10) {
		struct pollfd fd = { .fd = p->master, .events = POLLIN };

		drain(p);
		if (pty_wrote(p, from, bytes))
			return true;
		poll(&fd, 1, 10);
	}
	return false;
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool pty_until_shown(struct pty *p, const char *text, bool shown, int *took_ms)
{
	const int64_t began = now_ms();
	bool so = false;

	while (!so && now_ms() - began < PATIENCE_MS) {
		struct pollfd fd = { .fd = p->master, .events = POLLIN };

		poll(&fd, 1, 10);
		drain(p);
		so = (pty_find(p, text) >= 0) == shown;
	}
	*took_ms = (int)(now_ms() - began);
	return so;
}

bool pty_until_shown_under(struct pty *p, const char *keys, const char *text)
{
	const int64_t began = now_ms();
	bool so = false;

	while (!so && now_ms() - began < PATIENCE_MS) {
		struct pollfd fd = { .fd = p->master, .events = POLLIN };

		pty_send(p, keys);
		usleep(20000);
		poll(&fd, 1, 10);
		drain(p);
		so = pty_find(p, text) >= 0;
	}
	return so;
}

void pty_send_n(struct pty *p, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = write(p->master, bytes, n);

		if (sent < 0 && errno == EAGAIN) {
			drain(p);
			continue;
		}
		assert_true(sent > 0);
		bytes += sent;
		n -= (size_t)sent;
	}
}

void pty_send(struct pty *p, const char *bytes)
{
	pty_send_n(p, bytes, strlen(bytes));
}

void pty_type(struct pty *p, const char *bytes)
{
	pty_send(p, bytes);
	if (!pty_settle(p))
		fail_msg("the program did not come to rest after \"%s\"", bytes);
}

void pty_resize(struct pty *p, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns };

	p->rows = rows;
	p->columns = columns;
	vterm_set_size(p->vt, rows, columns);
	assert_int_equal(ioctl(p->master, TIOCSWINSZ, &size), 0);
}

int pty_wait(struct pty *p)
{
	const struct timespec pause = { .tv_nsec = 5000000 };
	int status = -1;

	for (int waited = 0; waited < PATIENCE_MS; waited += 5) {
		pid_t done = waitpid(p->pid, &status, WNOHANG);

		drain(p);
		if (done == p->pid) {
			drain(p);
			p->pid = 0;
			return status;
		}
		nanosleep(&pause, NULL);
	}
	fail_msg("the program did not end");
	return status;
}

bool pty_restored(struct pty *p)
{
	struct termios now;

	if (tcgetattr(p->slave, &now) != 0)
		return false;
	return now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag &&
	       now.c_lflag == p->before.c_lflag &&
	       memcmp(now.c_cc, p->before.c_cc, sizeof(now.c_cc)) == 0;
}

void pty_end(struct pty *p)
{
	if (p->pid > 0) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	close(p->master);
	close(p->slave);
	close(p->idle);
	vterm_free(p->vt);
	free(p->raw);
	*p = (struct pty){ .master = -1 };
}

static size_t put_char(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

const char *pty_line(struct pty *p, int row, char out[4096])
{
	size_t n = 0, end = 0;

	for (int column = 0; column < p->columns && n + 32 < 4096; column++) {
		VTermScreenCell cell;

		memset(&cell, 0, sizeof(cell));
		vterm_screen_get_cell(
			p->screen, (VTermPos){ .row = row, .col = column }, &cell);
		if (cell.chars[0] == (uint32_t)-1) /* right half of a wide one */
			continue;
		if (cell.chars[0] == 0) {
			out[n++] = ' ';
			continue;
		}
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			n += put_char(out + n, cell.chars[i]);
		if (cell.chars[0] != ' ')
			end = n;
	}
	out[end] = '\0';
	return out;
}

int pty_find(struct pty *p, const char *text)
{
	char line[4096];

	for (int row = 0; row < p->rows; row++)
		if (strstr(pty_line(p, row, line), text))
			return row;
	return -1;
}

bool pty_wrote(const struct pty *p, size_t from, const char *bytes)
{
	return p->raw_n > from && strstr(p->raw + from, bytes) != NULL;
}

enum { MODES = 64, MODE_TEXT = 16 };

/* Those that are not as they usually are: on, but for the cursor and the wrapping. */
struct modes {
	char name[MODES][MODE_TEXT];
	bool on[MODES];
	int n;
};

static void set_mode(struct modes *m, const char *name, size_t n, bool on)
{
	int i = 0;

	while (i < m->n && (strlen(m->name[i]) != n || memcmp(m->name[i], name, n) != 0))
		i++;
	assert_true(i < MODES && n < MODE_TEXT);
	if (i == m->n)
		snprintf(m->name[m->n++], MODE_TEXT, "%.*s", (int)n, name);
	m->on[i] = on;
}

const char *pty_mode_left(const struct pty *p)
{
	static char left[MODE_TEXT + 2];
	struct modes m = { .n = 0 };

	for (const char *s = p->raw; s && (s = strchr(s, '\033')); s++) {
		const char *end;

		if (s[1] == '=' || s[1] == '>')
			set_mode(&m, "=", 1, s[1] == '=');
		if (s[1] != '[' || s[2] != '?')
			continue;
		end = s + 3 + strspn(s + 3, "0123456789;");
		if (*end != 'h' && *end != 'l')
			continue;
		for (const char *d = s + 3; d < end; d += *d == ';') {
			const size_t n = strcspn(d, ";hl");
			const bool usual = (n == 2 && memcmp(d, "25", 2) == 0) ||
					   (n == 1 && *d == '7');

			set_mode(&m, d, n, (*end == 'h') != usual);
			d += n;
		}
	}
	for (int i = 0; i < m.n; i++)
		if (m.on[i]) {
			snprintf(left, sizeof(left), "?%s", m.name[i]);
			return left;
		}
	return NULL;
}

void pty_cursor(struct pty *p, int *row, int *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
	*row = at.row;
	*column = at.col;
}

bool pty_coloured(const struct pty *p, size_t from)
{
	for (const char *s = p->raw + from; (s = strstr(s, "\033[")); s++) {
		const char *end = s + 2 + strspn(s + 2, "0123456789;:");
		int number = 0;

		if (*end != 'm')
			continue;
		for (const char *d = s + 2; d <= end; d++) {
			if (*d >= '0' && *d <= '9') {
				number = number * 10 + *d - '0';
				continue;
			}
			if ((number >= 30 && number <= 48 && number != 39) ||
				number >= 90)
				return true;
			number = 0;
		}
	}
	return false;
}
