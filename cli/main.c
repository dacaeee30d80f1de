/* tierdesk: the book of business in a terminal. Options, surroundings, then one verb. */
#include "config.h"

#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/documents.h"
#include "cli/verbs.h"
#include "db/db.h"

#define CHANGED "the change is in the book: `tierdesk log` shows it"
#define UNSURE "whether the change is in the book is not known: `tierdesk log` shows it"

/* The first is a flag that all work looks at; the second ends at once, but for a commit
 * that is under way: nobody could say what became of it. */
static void on_signal(int number)
{
	static const char said[] = "tierdesk: interrupted, but " CHANGED "\n",
			  unsure[] = "tierdesk: interrupted; " UNSURE "\n";

	if (!call_cancelled) {
		call_cancelled = number;
	} else if (call_changed == DB_CHANGED) {
		(void)!write(STDERR_FILENO, said, sizeof(said) - 1);
		_exit(EXIT_CHANGED);
	} else if (call_changed == DB_UNSURE) {
		(void)!write(STDERR_FILENO, unsure, sizeof(unsure) - 1);
		_exit(EXIT_CHANGED);
	} else if (call_changed == DB_UNCHANGED) {
		signal(number, SIG_DFL);
		raise(number);
	}
}

/* Reading and writing go on until the flag is looked at. */
static void catch_signals(void)
{
	struct sigaction cancel = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGINT, &cancel, NULL);
	sigaction(SIGTERM, &cancel, NULL);
	sigaction(SIGHUP, &cancel, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGXFSZ, &ignore, NULL);
}

/* $COLUMNS helps a terminal that does not know its size. */
static int terminal_room(void)
{
	const char *given = getenv("COLUMNS");
	struct winsize size;
	int columns = 0;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		columns = size.ws_col;
	if (columns == 0 && given)
		columns = (int)strtol(given, NULL, 10);
	return columns > 0 ? columns : 80;
}

static int64_t seconds_now(const struct clock *c)
{
	(void)c;
	return (int64_t)time(NULL);
}

static enum status set_clock(struct call *c, struct err *e)
{
	const time_t now = time(NULL);
	const char *given = c->option[OPT_AS_OF];
	struct tm local;

	c->clock.now = seconds_now;
	if (localtime_r(&now, &local))
		c->clock.east = (int32_t)local.tm_gmtoff;
	if (given) {
		if (!day_parse(text_of(given), DAY_ISO, &c->clock.today) ||
			strlen(given) != 10)
			return err_set(
				e, ST_USAGE, "--as-of %s: a day as YYYY-MM-DD", given);
		return ST_OK;
	}
	if (!localtime_r(&now, &local) ||
		!day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
			&c->clock.today))
		return err_set(e, ST_USAGE,
			"the clock of this machine is off; say --as-of DATE");
	return ST_OK;
}

static char *join(const char *folder, const char *rest)
{
	const size_t n = strlen(folder) + strlen(rest) + 1;
	char *path = malloc(n);

	if (path)
		snprintf(path, n, "%s%s", folder, rest);
	return path;
}

/* --db, $TIERDESK_DB, $XDG_DATA_HOME, $HOME; folders that are not absolute don't count.
 */
static enum status set_path(struct call *c, struct err *e)
{
	const char *given = c->option[OPT_DB] ? c->option[OPT_DB] : getenv("TIERDESK_DB");
	const char *xdg = getenv("XDG_DATA_HOME");
	const char *home = getenv("HOME");

	c->default_place = !given || !*given;
	if (!c->default_place)
		c->db = strdup(given);
	else if (xdg && xdg[0] == '/')
		c->db = join(xdg, "/tierdesk/book.db");
	else if (home && home[0] == '/')
		c->db = join(home, "/.local/share/tierdesk/book.db");
	else
		return err_set(e, ST_USAGE,
			"where is the book? Say --db PATH or set $TIERDESK_DB");
	return c->db ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
}

static enum status set_actor(struct call *c, struct err *e)
{
	const char *name = c->option[OPT_ACTOR];
	const struct passwd *login;

	if (!name || !*name)
		name = getenv("TIERDESK_ACTOR");
	c->named_actor = name && *name;
	if (!c->named_actor) {
		login = getpwuid(getuid());
		name = login ? login->pw_name : "unknown";
	}
	c->actor = strdup(name);
	if (text_invalid_at(text_of(name)) < strlen(name))
		return err_set(e, ST_USAGE, "--actor: the name is not valid UTF-8");
	return c->actor ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
}

static enum status run(struct call *c, struct err *e)
{
	enum status st = set_clock(c, e);

	if (st == ST_OK)
		st = set_path(c, e);
	if (st == ST_OK)
		st = set_actor(c, e);
	if (st != ST_OK)
		return st;
	return c->verb ? c->verb->run(c, e) : verb_console(c, e);
}

static int end(const struct call *c, enum status st, const struct err *e)
{
	if (st == ST_OK)
		return c->answer_no ? 1 : c->exit_code;
	if (st == ST_IO && call_reader_gone)
		return 0; /* the reader has seen enough */
	if (call_changed == DB_CHANGED) {
		call_note(&(struct call){ 0 }, "tierdesk: " CHANGED ", but then: %s",
			e->text);
		return EXIT_CHANGED;
	}
	call_note(&(struct call){ 0 }, "tierdesk: %s", e->text);
	return call_changed == DB_UNSURE ? EXIT_CHANGED : err_exit_code(st);
}

int main(int argc, char **argv)
{
	struct err e = { ST_OK, "", NULL };
	struct call c;
	enum status st;
	int code;

	setlocale(LC_CTYPE, "");
	catch_signals();
	call_room = terminal_room();
	st = call_parse(&c, argc, argv, &e);
	if (st == ST_OK && c.option[OPT_VERSION])
		puts("tierdesk " PACKAGE_VERSION);
	else if (st == ST_OK && c.option[OPT_HELP])
		documents_help(stdout, c.verb ? c.verb->name : NULL);
	else if (st == ST_OK)
		st = run(&c, &e);
	if (st == ST_OK)
		st = call_flush(&e);
	code = end(&c, st, &e);
	call_clear(&c);
	return code;
}
