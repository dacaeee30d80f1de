/* What every verb needs of its surroundings: the book, the clock, stdout. */
#include "cli/call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"

volatile sig_atomic_t call_cancelled;

static enum status no_book(const struct call *c, struct err *e)
{
	return err_set(e, ST_UNOPENED,
		"there is no book at %s: `tierdesk demo` makes one to look at, `tierdesk "
		"init` an "
		"empty one",
		c->db);
}

enum status call_store(struct call *c, bool create, struct store **out, struct err *e)
{
	const struct db_options o = {
		.create = create,
		.make_dirs = create && !c->option[OPT_DB] && !getenv("TIERDESK_DB"),
		.cancel = &call_cancelled,
	};
	const enum status st = db_open(c->db, &o, out, e);

	return st == ST_NOTFOUND ? no_book(c, e) : st;
}

enum status call_book(struct call *c, bool create, struct book **out, struct err *e)
{
	struct store *store;
	const enum status st = call_store(c, create, &store, e);

	return st == ST_OK ? book_open(store, &c->clock, c->actor, out, e) : st;
}

enum status call_sink(void *file, const char *bytes, size_t n, struct err *e)
{
	if (fwrite(bytes, 1, n, file) == n && fflush(file) == 0)
		return ST_OK;
	return err_set(e, ST_IO, "can't write the result: %s", strerror(errno));
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
	text_sanitise(text_of(line), safe, sizeof(safe), 1000, false);
	fprintf(stderr, "%s\n", safe);
}
