/* The console on a book. */
#include "cli/verbs.h"

#include <errno.h>
#ifdef __GLIBC__
#	include <malloc.h>
#endif
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/console.h"
#include "cli/host.h"
#include "tui/tui.h"

/* The command line's own names of what the settings file has too. */
static enum status read_options(
	const struct call *c, struct tui_options *o, struct err *e)
{
	static const struct {
		enum option option;
		enum setting setting;
		const char *value; /* of a flag */
	} same[] = { { OPT_THEME, SETTING_THEME, NULL },
		{ OPT_COLOR, SETTING_COLOUR, NULL },
		{ OPT_NO_MOUSE, SETTING_MOUSE, "no" } };
	struct settings checked = { .problems = 0 };
	enum status st = ST_OK;

	memset(o, 0, sizeof(*o));
	for (size_t i = 0; st == ST_OK && i < sizeof(same) / sizeof(*same); i++) {
		const char *given = c->option[same[i].option];

		if (!given)
			continue;
		o->given[same[i].setting] = same[i].value ? same[i].value : given;
		st = settings_set(&checked, same[i].setting, SETTINGS_CALL,
			text_of(o->given[same[i].setting]), e);
	}
	if (st != ST_OK)
		err_prefix(e, "command line");
	return st == ST_OK ? ST_OK : ST_USAGE;
}

static enum status run(struct call *c, struct book *b, struct cli_host *h, struct err *e)
{
	struct tui_options o;
	const enum status st = read_options(c, &o, e);
	int code;

	if (st != ST_OK) {
		book_free(&b);
		return st;
	}
	code = tui_run(b, &h->host, &o, e);
	if (code == 2)
		return ST_USAGE;
	if (code == 3)
		return ST_UNOPENED;
	c->exit_code = code;
	return ST_OK;
}

/* The console stays open for a day: what large lists needed only while they were made
 * goes back to the system, which glibc would keep up to 32 MiB at a time. */
static void keep_nothing(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, 512 * 1024);
#endif
}

enum status console_run(struct call *c, struct book *b, struct err *e)
{
	struct cli_host h;
	enum status st = host_init(&h, c, e);

	keep_nothing();
	if (st == ST_OK)
		st = run(c, b, &h, e);
	else
		book_free(&b);
	host_clear(&h);
	return st;
}

/* The console remembers the books it opened: a path must lead to the same one tomorrow.
 */
static enum status fix_path(struct call *c, struct err *e)
{
	char *full = host_absolute(c->db);

	if (!full)
		return err_set(e, ST_NOMEM, "not enough memory");
	free(c->db);
	c->db = full;
	return ST_OK;
}

/* Nobody said which book, and there is none in the usual place: the one that was shown
 * last. When it can't be opened, the console asks. */
static struct book *open_last(struct call *c)
{
	char *usual = c->db, *last = host_last_book(c);
	struct book *b = NULL;

	if (!last)
		return NULL;
	c->db = last;
	if (call_book(c, false, &b, NULL) != ST_OK) {
		c->db = usual;
		free(last);
		return NULL;
	}
	c->default_place = false;
	free(usual);
	return b;
}

enum status verb_console(struct call *c, struct err *e)
{
	const bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	enum status st = terminal ? fix_path(c, e) : ST_OK;
	struct book *b = NULL;
	struct stat about;
	const bool none =
		st == ST_OK && terminal && lstat(c->db, &about) != 0 && errno == ENOENT;

	/* At a terminal it asks for a book where there is none. */
	if (none && c->default_place)
		b = open_last(c);
	else if (st == ST_OK && !none)
		st = call_book(c, false, &b, e);
	return st == ST_OK ? console_run(c, b, e) : st;
}
