/* The console on a book. */
#include "cli/verbs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/console.h"
#include "cli/host.h"
#include "tui/tui.h"

static enum status read_options(
	const struct call *c, struct tui_options *o, struct err *e)
{
	const char *theme = c->option[OPT_THEME], *color = c->option[OPT_COLOR];

	memset(o, 0, sizeof(*o));
	o->no_mouse = c->option[OPT_NO_MOUSE] != NULL;
	o->color = !color || strcmp(color, "auto") == 0 ? TUI_COLOR_AUTO
		   : strcmp(color, "always") == 0       ? TUI_COLOR_ALWAYS
							: TUI_COLOR_NEVER;
	o->theme = THEME_AUTO;
	if (theme && strcmp(theme, "dark") == 0)
		o->theme = THEME_DARK;
	else if (theme && strcmp(theme, "light") == 0)
		o->theme = THEME_LIGHT;
	else if (theme && strcmp(theme, "auto") != 0)
		return err_set(e, ST_USAGE, "--theme %s: auto, dark or light", theme);
	return ST_OK;
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

enum status console_run(struct call *c, struct book *b, struct err *e)
{
	struct cli_host h;
	enum status st = host_init(&h, c, e);

	if (st == ST_OK)
		st = run(c, b, &h, e);
	else
		book_free(&b);
	host_clear(&h);
	return st;
}

/* At a terminal the console asks for a book where there is none. */
static bool is_missing(const struct call *c)
{
	struct stat about;

	return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) &&
	       lstat(c->db, &about) != 0 && errno == ENOENT;
}

enum status verb_console(struct call *c, struct err *e)
{
	struct book *b = NULL;
	enum status st = is_missing(c) ? ST_OK : call_book(c, false, &b, e);

	return st == ST_OK ? console_run(c, b, e) : st;
}
