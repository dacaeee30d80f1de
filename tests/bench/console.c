/*
 * console [-s ROWSxCOLUMNS] [-n STARTS] [-q|-k] PROGRAM BOOK [ARGUMENT...]: what the
 * console takes on a terminal of its own, in milliseconds from the key to the last byte
 * of the repaint: the first screen (of so many starts), cursor keys in a walk and one by
 * one with a pause before each, pages, 200 steps in one write, typed filters, sorts and
 * screens; of the Quadrant its first picture, the cursor, and steps of its lines on both
 * axes; of the Trends their first picture, with and without a filter, and until all of it
 * is counted; bytes per key; memory. Keys come one by one, each after the screen has been
 * quiet. -q: only the starts; -k: and the keys of a cursor.
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	KEYS_MAX = 400,
	BURST = 200,
	QUIET_MS = 25,
	REST_MS = 120,
	ALONE_MS = 400, /* a step after it is no walk */
	SETTLE_MS = 500,
	KEY_MS = 1000,
	STEP_MS = 200, /* less than the pause in which the console fills what a walk left
			  out */
	PATIENCE_MS = 10000,
	SCREEN_BYTES = 1000 /* less is no screen, but the terminal made ready */
};

struct figures {
	const char *what;
	double ms[KEYS_MAX], bytes[KEYS_MAX];
	int n;
};

static int terminal, idle;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Reads until nothing came for so long; gives the bytes and when the last one came. */
static double read_all(int first_ms, int quiet_ms, double *last)
{
	char buffer[65536];
	struct pollfd at = { .fd = terminal, .events = POLLIN };
	double bytes = 0;

	while (poll(&at, 1, bytes > 0 ? quiet_ms : first_ms) > 0) {
		const ssize_t n = read(terminal, buffer, sizeof(buffer));

		if (n <= 0)
			break;
		bytes += (double)n;
		*last = now();
	}
	return bytes;
}

/* Whether the key wrote something within the time; only then it is measured. */
static bool press(const char *key, int patience_ms, struct figures *f)
{
	const double begun = now();
	double last = begun, later, bytes;

	if (write(terminal, key, strlen(key)) < 0)
		exit(2);
	bytes = read_all(patience_ms, QUIET_MS, &last);
	if (bytes > 0 && f->n < KEYS_MAX) {
		f->bytes[f->n] = bytes;
		f->ms[f->n++] = last - begun;
	}
	read_all(REST_MS, REST_MS, &later); /* what waits for a pause */
	return bytes > 0;
}

static void fail(const char *what, const char *key)
{
	fprintf(stderr, "console: %s: ", what);
	for (; *key; key++)
		fprintf(stderr, *key == '\033' ? "Esc " : "%c", *key);
	fputs(" wrote nothing\n", stderr);
	exit(1);
}

static void measure(const char *key, struct figures *f)
{
	if (!press(key, KEY_MS, f))
		fail(f->what, key);
}

/* On the way to what is measured: it may be there already. */
static void go(const char *keys)
{
	struct figures rest = { .n = 0 };

	for (; *keys; keys++)
		press((char[]){ *keys, '\0' }, KEY_MS, &rest);
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void report(struct figures *f)
{
	double bytes = 0;

	if (f->n == 0)
		fail(f->what, "every key");
	for (int i = 0; i < f->n; i++)
		bytes += f->bytes[i] / f->n;
	qsort(f->ms, (size_t)f->n, sizeof(*f->ms), ascending);
	printf("%s %.2f %.2f %.0f %.2f\n", f->what, f->ms[f->n / 2],
		f->ms[f->n * 95 / 100], bytes, f->ms[0]);
}

static void repeat(const char *what, const char *key, int times)
{
	struct figures f = { .what = what };

	while (times-- > 0)
		measure(key, &f);
	report(&f);
}

/* So many steps, with the other key from where it goes no further. */
static void walk(const char *what, const char *forth, const char *back, int times)
{
	struct figures f = { .what = what };

	while (f.n < times)
		if (!press(forth, STEP_MS, &f)) {
			const char *key = forth;

			forth = back;
			back = key;
			measure(forth, &f);
		}
	report(&f);
}

/* Steps with a pause before each: what stands beside the list goes along. */
static void step_alone(int times)
{
	struct figures f = { .what = "step" };
	double last;

	while (f.n < times) {
		read_all(ALONE_MS, ALONE_MS, &last);
		measure(f.n % 4 < 2 ? "\033OB" : "\033OA", &f);
	}
	report(&f);
}

static void type_filters(void)
{
	static const char *const words[] = { "al", "nor", "health:<50", "xq" };
	struct figures f = { .what = "filter" }, first = { .what = "filter-first" };

	for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++) {
		go("/");
		for (size_t i = 0; words[w][i]; i++)
			measure((char[]){ words[w][i], '\0' }, w + i ? &f : &first);
		go("\033\\");
	}
	report(&first);
	report(&f);
}

static void move_lines(const char *what)
{
	static const char *const steps[] = { ")", "}", "(", "{" };
	struct figures f = { .what = what };

	for (int i = 0; i < 40; i++)
		measure(steps[i / 5 % 4], &f);
	report(&f);
}

/* The first press alone, as the data are not there yet, then the rest of them. */
static void look_at_quadrant(void)
{
	repeat("quadrant", "3", 1);
	walk("quadrant-cursor", "\033OB", "\033OA", 20);
	move_lines("quadrant-line");
	repeat("quadrant-money", "y", 1);
	move_lines("quadrant-money-line");
	go("y2");
}

/* Until all is done that it has seen keys for, what waited for a pause, too: it answers
 * with the byte that it was asked with, and another one as long as something is left. */
static void rest(void)
{
	static unsigned char asked;
	struct pollfd at[2] = { { .fd = terminal, .events = POLLIN },
		{ .fd = idle, .events = POLLIN } };
	unsigned char answer = 0;
	char buffer[65536];

	asked = asked % 100 + 1;
	if (write(idle, &asked, 1) != 1)
		exit(2);
	while (answer != asked && poll(at, 2, PATIENCE_MS) > 0) {
		if (at[0].revents && read(terminal, buffer, sizeof(buffer)) <= 0)
			break;
		if (at[1].revents && read(idle, &answer, 1) != 1)
			break;
	}
}

static void count_all(const char *what, const char *key, struct figures *first)
{
	struct figures all = { .what = what, .n = 1 };
	double begun;

	rest();
	begun = now();
	measure(key, first);
	rest();
	all.ms[0] = now() - begun;
	all.bytes[0] = first->bytes[first->n - 1];
	report(&all);
}

static void look_at_trends(void)
{
	struct figures first = { .what = "trends" }, some = { .what = "trends-filter" };

	count_all("trends-all", "4", &first);
	report(&first);
	walk("trends-cursor", "\033OD", "\033OC", 20);
	go("2/health:<50\r");
	count_all("trends-filter-all", "4", &some);
	report(&some);
	walk("trends-filter-cursor", "\033OD", "\033OC", 20);
	go("2\\");
}

static void print_memory(pid_t child)
{
	char path[64], line[256];
	FILE *from;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	from = fopen(path, "r");
	while (from && fgets(line, sizeof(line), from))
		if (strncmp(line, "VmRSS:", 6) == 0)
			printf("memory %ld\n", strtol(line + 6, NULL, 10) / 1024);
	if (from)
		fclose(from);
}

struct call {
	struct winsize size;
	int starts;
	bool quick, cursor; /* only the starts; only them and the cursor */
	char **argv;        /* of the program, the console's own in front */
};

static bool read_call(int argc, char **argv, struct call *c)
{
	static char of_book[] = "--db";
	char x;
	int option;

	*c = (struct call){ .size = { .ws_row = 40, .ws_col = 120 }, .starts = 1 };
	while ((option = getopt(argc, argv, "+s:n:qk")) != -1) {
		if (option == 'q')
			c->quick = true;
		else if (option == 'k')
			c->cursor = true;
		else if (option == 'n')
			c->starts = atoi(optarg);
		else if (option != 's' || sscanf(optarg, "%hu%c%hu", &c->size.ws_row, &x,
						  &c->size.ws_col) != 3)
			return false;
	}
	if (argc - optind < 2 || optind < 1 || c->starts < 1 || c->starts > KEYS_MAX)
		return false;
	c->argv = argv + optind - 1; /* PROGRAM BOOK becomes PROGRAM --db BOOK */
	c->argv[0] = c->argv[1];
	c->argv[1] = of_book;
	return true;
}

/* It waits for its last words to be read. */
static void end(pid_t child)
{
	char buffer[4096];

	kill(child, SIGTERM);
	while (read(terminal, buffer, sizeof(buffer)) > 0)
		;
	if (waitpid(child, NULL, 0) != child)
		exit(2);
	close(terminal);
}

static pid_t start(const struct call *c, struct figures *f)
{
	double begun, last, bytes = 0;
	char number[16];
	pid_t child;
	int wait[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, wait) != 0)
		exit(2);
	idle = wait[0];
	snprintf(number, sizeof(number), "%d", wait[1]);
	setenv("TIERDESK_IDLE_FD", number, 1);
	begun = last = now();
	child = forkpty(&terminal, NULL, NULL, &c->size);

	if (child == 0) {
		setenv("TERM", "xterm-256color", 1);
		execvp(c->argv[0], c->argv);
		_exit(127);
	}
	if (child < 0)
		exit(2);
	for (double some = 1; bytes < SCREEN_BYTES && some > 0; bytes += some)
		some = read_all(PATIENCE_MS, SETTLE_MS, &last);
	f->bytes[f->n] = bytes;
	f->ms[f->n++] = last - begun;
	return child;
}

/* As when somebody leans on a key while the program is busy. */
static void burst(const char *what)
{
	static char down[BURST * 3 + 1], up[BURST * 3 + 1];
	struct figures f = { .what = what };

	for (int i = 0; i < BURST; i++) {
		strcat(down, "\033OB");
		strcat(up, "\033OA");
	}
	for (int i = 0; i < 10; i++)
		measure(i % 2 ? up : down, &f);
	report(&f);
}

static void move_cursor(void)
{
	walk("cursor", "\033OB", "\033OA", 100);
	walk("page", "\033[6~", "\033[5~", 100);
	step_alone(20);
	go("g");
	burst("burst");
}

static void press_keys(void)
{
	struct figures screens = { .what = "screen" };

	type_filters();
	go("2"); /* Today has an order of its own */
	repeat("sort", "s", 6);
	look_at_quadrant();
	look_at_trends();
	for (int i = 0; i < 20; i++)
		measure(i % 2 ? "2" : i % 4 ? "4" : "3", &screens);
	report(&screens);
}

int main(int argc, char **argv)
{
	struct figures starts = { .what = "start" };
	struct call c;
	pid_t child;

	if (!read_call(argc, argv, &c))
		return 2;
	child = start(&c, &starts);
	while (starts.n < c.starts) {
		end(child);
		child = start(&c, &starts);
	}
	report(&starts);
	print_memory(child);
	if (!c.quick)
		move_cursor();
	if (!c.quick && !c.cursor) {
		press_keys();
		print_memory(child);
	}
	end(child);
	return 0;
}
