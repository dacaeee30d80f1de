/* documents: the files that are written about the program, for those who build it; help:
 * what is said of it at a terminal. */
#include "cli/verbs.h"

#include <errno.h>
#include <string.h>

#include "cli/documents.h"
#include "tui/svg.h"
#include "tui/tui.h"

/* Screens as they are shown in the README: the keys that lead there. */
static const struct picture {
	const char *name, *title, *keys;
} pictures[] = {
	{ "book", "The book: accounts with their figures", "2 Home j j" },
	{ "account", "An account, its health explained", "2 Home j j Enter" },
	{ "quadrant", "The quadrant: value against effort", "2 Home 3" },
	{ "trends", "Trends: health over time", "4" },
	/* the last one: from here on the book knows who is at the keyboard */
	{ "today", "Today: whom to call, and why", "W Enter j j" },
};

static enum status open_file(
	const struct call *c, const char *name, FILE **out, struct err *e)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", c->arg[0], name);
	*out = fopen(path, "wb");
	return *out ? ST_OK : err_set(e, ST_IO, "%s: %s", path, strerror(errno));
}

static enum status close_file(FILE *f, const char *name, struct err *e)
{
	const bool bad = ferror(f) != 0;

	return fclose(f) == 0 && !bad ? ST_OK
				      : err_set(e, ST_IO, "%s: can't be written", name);
}

static enum status write_texts(const struct call *c, struct err *e)
{
	static const struct {
		const char *name;
		void (*write)(FILE *to);
	} files[] = {
		{ "tierdesk.conf", documents_conf },
		{ "keys.md", documents_sheet },
		{ "man/tierdesk.1", documents_manual },
		{ "man/tierdesk.conf.5", documents_manual_conf },
		{ "man/tierdesk-policy.5", documents_manual_policy },
		{ "man/tierdesk-play.5", documents_manual_play },
		{ "man/tierdesk-json.5", documents_manual_json },
		{ "completions/tierdesk", documents_bash },
		{ "completions/_tierdesk", documents_zsh },
		{ "completions/tierdesk.fish", documents_fish },
	};
	struct settings s;
	enum status st = settings_init(&s, e);

	for (size_t i = 0; st == ST_OK && i < sizeof(files) / sizeof(*files); i++) {
		FILE *f;

		st = open_file(c, files[i].name, &f, e);
		if (st != ST_OK)
			break;
		files[i].write(f);
		st = close_file(f, files[i].name, e);
	}
	return st;
}

static enum status write_picture(const struct call *c, const struct tui *t,
	const struct picture *p, bool dark, struct err *e)
{
	char name[64];
	FILE *f;
	enum status st;

	snprintf(name, sizeof(name), "pictures/%s-%s.svg", p->name,
		dark ? "dark" : "light");
	st = open_file(c, name, &f, e);
	if (st != ST_OK)
		return st;
	svg_write(f, tui_canvas(t), dark ? THEME_DARK : THEME_LIGHT, p->title);
	return close_file(f, name, e);
}

static enum status write_pictures(const struct call *c, struct book *b, struct err *e)
{
	enum status st = ST_OK;

	for (size_t i = 0; st == ST_OK && i < sizeof(pictures) / sizeof(*pictures); i++) {
		struct tui *t = NULL;

		st = tui_open(b, NULL, 24, 80, false, &t, e);
		if (st == ST_OK)
			st = tui_feed(t, pictures[i].keys, e);
		for (int dark = 0; st == ST_OK && dark < 2; dark++)
			st = write_picture(c, t, &pictures[i], dark, e);
		tui_free(&t);
	}
	return st;
}

enum status verb_documents(struct call *c, struct err *e)
{
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = write_texts(c, e);
	if (st == ST_OK)
		st = write_pictures(c, b, e);
	book_free(&b);
	return st;
}

enum status verb_help(struct call *c, struct err *e)
{
	const struct verb *verb = NULL;
	enum status st = ST_OK;

	if (c->args == 1)
		st = call_find_verb(c->arg[0], &verb, e);
	if (st == ST_OK)
		documents_help(stdout, verb ? verb->name : NULL);
	return st;
}
