/* What every verb needs of its surroundings: the book, the clock, stdout. */
#include "cli/call.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/host.h"
#include "cli/own_plays.h"
#include "db/db.h"

enum { LINE_COLUMNS = 1000 }; /* where a line is cut, whatever it says */

volatile sig_atomic_t call_cancelled;
volatile sig_atomic_t call_changed;
bool call_reader_gone;
int call_room;
struct lock_wait call_waiting;

static bool go_on(void *arg, const char *what, uint64_t done, uint64_t total)
{
	(void)arg;
	(void)what;
	(void)done;
	(void)total;
	return !call_cancelled;
}

const struct progress call_interruptible = { go_on, NULL };

static enum status no_book(const struct call *c, struct err *e)
{
	return err_set(e, ST_UNOPENED,
		"there is no book at %s: --db PATH names another one, `tierdesk demo` "
		"makes one to look at, `tierdesk init` an empty one",
		c->db);
}

enum status call_store(struct call *c, bool create, struct store **out, struct err *e)
{
	const struct db_options o = {
		.create = create,
		.make_dirs = create && c->default_place,
		.cancel = &call_cancelled,
		/* Of a book in the making nothing is told, and the console tells itself.
		 */
		.changed = create || !c->verb ? NULL : &call_changed,
		.waiting = &call_waiting,
	};
	const enum status st = db_open(c->db, &o, out, e);

	return st == ST_NOTFOUND ? no_book(c, e) : st;
}

static void note_play(void *arg, const char *line)
{
	call_note(arg, "%s", line);
}

/* The user's own plays over the shipped ones. */
static enum status load_plays(void *call, struct plays *out, struct err *e)
{
	return own_plays_load(out, note_play, call, e);
}

enum status call_book(struct call *c, bool create, struct book **out, struct err *e)
{
	struct store *store;
	enum status st = call_store(c, create, &store, e);

	if (st == ST_OK)
		st = book_open(store, &c->clock, c->actor, out, e);
	if (st != ST_OK)
		return st;
	book_plays_from(*out, load_plays, c);
	if (c->verb && !c->named_actor) /* the console asks for itself */
		st = host_take_up_me(c, *out, e);
	if (st != ST_OK)
		book_free(out);
	return st;
}

enum status call_account(struct call *c, struct book **out, uint32_t *id, struct err *e)
{
	const enum status st = call_book(c, false, out, e);

	return st == ST_OK ? book_find(*out, text_of(c->arg[0]), id, e) : st;
}

enum status call_sink(void *file, const char *bytes, size_t n, struct err *e)
{
	if (fwrite(bytes, 1, n, file) == n && fflush(file) == 0)
		return ST_OK;
	call_reader_gone = errno == EPIPE;
	return err_set(e, ST_IO, "can't write the result: %s", strerror(errno));
}

void call_put(struct text t, int columns)
{
	char safe[4096];

	text_sanitise(t, safe, sizeof(safe), columns, false);
	fputs(safe, stdout);
}

void call_json(struct json *j)
{
	json_init(j, call_sink, stdout);
}

enum status call_json_end(struct json *j, enum status st, struct err *e)
{
	return st == ST_OK ? json_finish(j, e) : st;
}

void call_line(const char *mark, struct text t)
{
	fputs(mark, stdout);
	call_put(t, LINE_COLUMNS);
	putchar('\n');
}

void call_paragraph(const char *title, const char *lines)
{
	printf("\n%s\n", title);
	while (*lines) {
		const size_t n = strcspn(lines, "\n");

		call_line(n ? "  " : "", (struct text){ lines, n });
		lines += n + (lines[n] == '\n');
	}
}

enum status call_flush(struct err *e)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	if (!ferror(stdout))
		return call_sink(stdout, "", 0, e);
	/* A printf failed, some time ago: of a pipe, the system knows whether it has a
	 * reader. */
	call_reader_gone = poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
	return err_set(e, ST_IO, "can't write the result");
}

void call_note(const struct call *c, const char *format, ...)
{
	char line[1024], safe[4096];
	va_list ap;

	if (c->option[OPT_QUIET])
		return;
	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	text_sanitise(text_of(line), safe, sizeof(safe), LINE_COLUMNS, false);
	fprintf(stderr, "%s\n", safe);
}
