/* The file browser; what is in the folders says the host. */
#include "tui/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/day.h"
#include "tui/app.h"
#include "tui/mem.h"
#include "tui/pick.h"
#include "tui/popup.h"

#define PATH_SIZE 4096
#define KEPT_SECTION "folders"
enum { WIDTH = 72, ROWS = 18, DAY_WIDTH = 11, SIZE_WIDTH = 9, ENTRIES_MAX = 100000 };
enum { CLASS = 10000 }; /* more than any rank by letters */

struct entry {
	char *name; /* owned */
	bool folder, wanted;
	uint64_t size;
	int32_t day;
};

struct state {
	struct pick pick; /* first */
	const struct files_request *request;
	struct entry *entry; /* owned */
	uint32_t n;
	char path[PATH_SIZE];  /* of the folder that is listed */
	char base[PATH_SIZE];  /* which paths that are typed begin at */
	char asked[PATH_SIZE]; /* the folder of the path that is typed; "": none is */
};

static const char *const kept_key[] = { "tables", "books" };

static bool ends_in(struct text name, const char *ending)
{
	const size_t n = strlen(ending);

	return name.n > n && text_ieq((struct text){ name.s + name.n - n, n },
				     (struct text){ ending, n });
}

static bool is_wanted(enum files_kind kind, struct text name)
{
	static const char *const ending[2][4] = { { ".csv", ".tsv", ".txt", NULL },
		{ ".db", ".tierdesk", NULL } };

	for (int i = 0; i < 4 && ending[kind][i]; i++)
		if (ends_in(name, ending[kind][i]))
			return true;
	return false;
}

static void forget(struct state *s)
{
	for (uint32_t i = 0; i < s->n; i++)
		free(s->entry[i].name);
	s->n = 0;
}

static bool is_path(struct text t)
{
	return t.n > 0 && memchr(t.s, '/', t.n) != NULL;
}

/* What terminals paste of a file that is dragged into them stands in quotes: that is
 * whole, and needs no list. */
static bool follows(struct text t)
{
	return is_path(t) && *t.s != '\'' && *t.s != '"';
}

/* Behind the last slash. */
static struct text last_part(struct text t)
{
	size_t at = t.n;

	while (at > 0 && t.s[at - 1] != '/')
		at--;
	return (struct text){ t.s + at, t.n - at };
}

static bool begins(const char *name, struct text letters)
{
	return strlen(name) >= letters.n &&
	       text_ieq((struct text){ name, letters.n }, letters);
}

/* How well an entry goes on with a path: 0: not at all. */
static int goes_on(const struct entry *x, struct text letters)
{
	return !begins(x->name, letters)      ? 0
	       : strlen(x->name) == letters.n ? 3 * CLASS
					      : 1;
}

static int count(struct app *a, void *state)
{
	(void)a;
	return (int)((struct state *)state)->n;
}

/* Folders, then files of the kind that is asked for; the best fit first, else as the host
 * has them. Of a path that is typed, what it may become. */
static int rank(struct app *a, void *state, int item, struct text typed)
{
	const struct entry *x = &((struct state *)state)->entry[item];
	const int fit = follows(typed)   ? goes_on(x, last_part(typed))
			: is_path(typed) ? 0
					 : pick_rank(text_of(x->name), typed);

	(void)a;
	return fit ? fit + CLASS * (x->folder ? 2 : x->wanted) : 0;
}

static enum status take(void *arg, const struct host_entry *x, struct err *e)
{
	struct state *s = arg;
	struct entry *to;

	if (s->n == ENTRIES_MAX)
		return err_set(e, ST_FORBIDDEN, "the folder has too many files");
	if ((s->n & (s->n + 1)) == 0)
		s->entry =
			mem_resize(s->entry, 2 * ((size_t)s->n + 1), sizeof(*s->entry));
	to = &s->entry[s->n++];
	*to = (struct entry){ .name = mem_new(x->name.n + 1, 1),
		.folder = x->folder,
		.wanted = s->request && is_wanted(s->request->kind, x->name),
		.size = x->size,
		.day = x->day };
	memcpy(to->name, x->name.s, x->name.n);
	return ST_OK;
}

/* Lists a folder; false: it is none, all is as before. */
static bool list_folder(struct app *a, struct state *s, const char *path, struct err *e)
{
	struct state next = { .request = s->request };

	if (!a->host->folder)
		return err_set(e, ST_FORBIDDEN, "no files can be had here"), false;
	if (a->host->folder(a->host->ctx, path, next.path, sizeof(next.path), take, &next,
		    e) != ST_OK) {
		forget(&next);
		free(next.entry);
		return false;
	}
	forget(s);
	free(s->entry);
	s->entry = next.entry;
	s->n = next.n;
	memcpy(s->path, next.path, sizeof(s->path));
	return true;
}

/* The same, and paths begin there. */
static bool go(struct app *a, struct state *s, const char *path, struct err *e)
{
	if (!list_folder(a, s, path, e))
		return false;
	memcpy(s->base, s->path, sizeof(s->base));
	s->asked[0] = '\0';
	input_set(&s->pick.search, TEXT(""));
	pick_refill(a, &s->pick);
	return true;
}

void files_open(struct app *a, const struct files_request *r)
{
	struct err e = { .status = ST_OK };
	const char *last = kept_get(a, KEPT_SECTION, kept_key[r->kind]);
	struct state *s;

	app_push(a, SCREEN_FILES);
	if (app_top(a) != SCREEN_FILES)
		return;
	s = a->state[SCREEN_FILES];
	s->request = r;
	s->pick.title = r->title;
	if ((!last || !go(a, s, last, NULL)) && !go(a, s, "", &e))
		app_fail(a, &e);
}

static void close_files(struct app *a, void *state)
{
	struct state *s = state;

	forget(s);
	free(s->entry);
	pick_close(a, state);
}

static void size_text(uint64_t n, char out[16])
{
	static const char *const unit[] = { "B", "kB", "MB", "GB", "TB" };
	int u = 0;

	while (n >= 10000 && u < 4) {
		n /= 1000;
		u++;
	}
	snprintf(out, 16, "%u %s", (unsigned)(n < 10000 ? n : 9999), unit[u]);
}

static void paint_entry(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct entry *x = &((struct state *)state)->entry[item];
	const enum role role = x->folder   ? ROLE_STRONG
			       : x->wanted ? ROLE_TEXT
					   : ROLE_QUIET;
	char text[16], day[DAY_TEXT_MAX];
	int width = r.columns - DAY_WIDTH - SIZE_WIDTH - 1;

	(void)a;
	canvas_print(
		c, r.row, r.column, width, role, "%s%s", x->name, x->folder ? "/" : "");
	if (!x->folder) {
		size_text(x->size, text);
		canvas_put_right(c, r.row, r.column, r.columns - DAY_WIDTH, ROLE_QUIET,
			text_of(text));
	}
	if (x->day != DAY_NONE)
		canvas_put_right(c, r.row, r.column, r.columns, ROLE_QUIET,
			text_of(day_format(x->day, day)));
}

static void paint_place(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const char *up = keys_text(SCOPE_FILES, ACT_ERASE),
		   *complete = keys_text(SCOPE_FILES, ACT_COMPLETE);

	(void)a;
	(void)item;
	canvas_put(c, r.row, r.column, r.columns, ROLE_HEADER,
		text_of(((struct state *)state)->path));
	canvas_print(c, r.row + 1, r.column, r.columns, ROLE_QUIET,
		"%s: the folder around; or type or paste a path%s%s%s", up ? up : "",
		complete ? ", " : "", complete ? complete : "",
		complete ? " completes it" : "");
}

static const char *why_empty(struct app *a, void *state)
{
	const struct state *s = state;

	(void)a;
	return s->asked[0] && !s->path[0]             ? "there is no such folder"
	       : is_path(input_text(&s->pick.search)) ? "looks for this path"
	       : s->n                                 ? "nothing here has these letters"
						      : "nothing is in this folder";
}

/* Path of something in a folder; false: too long. */
static bool path_in(const char *folder, const char *name, char out[PATH_SIZE])
{
	const bool root = strcmp(folder, "/") == 0;
	const int n = snprintf(out, PATH_SIZE, "%s/%s", root ? "" : folder, name);

	return n > 0 && n < PATH_SIZE;
}

/* What a path that is typed stands for. */
static bool path_of(const struct state *s, struct text t, char out[PATH_SIZE])
{
	char name[INPUT_MAX + 1];

	snprintf(name, sizeof(name), "%.*s", (int)t.n, t.s);
	if (name[0] != '/' && name[0] != '~')
		return path_in(s->base, name, out);
	snprintf(out, PATH_SIZE, "%s", name);
	return true;
}

/* Lists the folder that is typed, or the one before when no path is any more. */
static void follow(struct app *a, struct state *s)
{
	const struct text t = text_trim(input_text(&s->pick.search));
	struct text folder = { t.s, t.n - last_part(t).n };
	char asked[PATH_SIZE] = "";

	while (folder.n > 1 && folder.s[folder.n - 1] == '/')
		folder.n--;
	if (follows(t) && !path_of(s, folder, asked))
		return;
	if (strcmp(asked, s->asked) == 0)
		return;
	memcpy(s->asked, asked, sizeof(asked));
	if (!list_folder(a, s, asked[0] ? asked : s->base, NULL)) {
		forget(s);
		s->path[0] = '\0';
	}
	pick_refill(a, &s->pick);
}

/* Where the file is, the next one is looked for. */
static void keep_folder(struct app *a, enum files_kind kind, const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_SIZE];

	if (!slash)
		return;
	snprintf(folder, sizeof(folder), "%.*s", slash == path ? 1 : (int)(slash - path),
		path);
	kept_set(a, KEPT_SECTION, kept_key[kind], folder);
}

static void chosen(struct app *a, struct state *s, const char *path)
{
	const struct files_request *r = s->request;
	const struct input typed = s->pick.search;
	char *own = mem_new(strlen(path) + 1, 1);

	memcpy(own, path, strlen(path));
	keep_folder(a, r->kind, own);
	app_back(a); /* s is gone from here on */
	if (!r->chosen(a, own)) {
		files_open(a, r);
		s = app_top(a) == SCREEN_FILES ? a->state[SCREEN_FILES] : NULL;
		if (s) {
			s->pick.search = typed;
			follow(a, s);
			pick_refill(a, &s->pick);
		}
	}
	free(own);
}

static void go_up(struct app *a, struct state *s)
{
	char path[PATH_SIZE], *slash;
	struct err e = { .status = ST_OK };

	memcpy(path, s->path, sizeof(path));
	slash = strrchr(path, '/');
	if (!slash || !slash[1])
		return;
	slash[slash == path] = '\0';
	if (!go(a, s, path, &e))
		app_fail(a, &e);
}

/* What terminals paste of a file that is dragged into them stands in quotes. */
static void choose_path(struct app *a, struct state *s, struct text typed)
{
	char path[PATH_SIZE];
	struct text t = text_trim(typed);

	if (t.n > 1 && (t.s[0] == '\'' || t.s[0] == '"') && t.s[t.n - 1] == t.s[0])
		t = (struct text){ t.s + 1, t.n - 2 };
	if (path_of(s, t, path) && !go(a, s, path, NULL))
		chosen(a, s, path);
}

static void choose(struct app *a, void *state, int item)
{
	struct state *s = state;
	const struct text typed = input_text(&s->pick.search);
	struct err e = { .status = ST_OK };
	char path[PATH_SIZE];

	/* The path itself, unless it is only the beginning of what the cursor is on. */
	if (is_path(typed) && (item < 0 || (!last_part(typed).n && !s->pick.at)))
		choose_path(a, s, typed);
	else if (item < 0)
		return;
	else if (!path_in(s->path, s->entry[item].name, path))
		app_say(a, "the path is too long");
	else if (!s->entry[item].folder)
		chosen(a, s, path);
	else if (!go(a, s, path, &e))
		app_fail(a, &e);
}

/* As far as all that go on with what is typed are alike; of a folder that is the only one
 * its slash. */
static void complete(struct app *a, struct state *s)
{
	const struct text typed = input_text(&s->pick.search),
			  letters = is_path(typed) ? last_part(typed) : typed;
	const struct entry *only = NULL;
	size_t same = 0;
	int found = 0;
	char text[INPUT_MAX + 1];

	for (uint32_t i = 0; i < s->n; i++) {
		const struct entry *x = &s->entry[i];
		size_t n = 0;

		if (!begins(x->name, letters))
			continue;
		while (found && n < same && x->name[n] == only->name[n])
			n++;
		same = found++ ? n : strlen(x->name);
		only = only ? only : x;
	}
	while (same > 0 && only->name[same] && (only->name[same] & 0xC0) == 0x80)
		same--;
	if (same < letters.n || !found || (is_path(typed) && !follows(typed)))
		return;
	snprintf(text, sizeof(text), "%.*s%.*s%s", (int)(typed.n - letters.n), typed.s,
		(int)same, only->name, found == 1 && only->folder ? "/" : "");
	input_set(&s->pick.search, text_of(text));
	follow(a, s);
	pick_refill(a, &s->pick);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_COMPLETE) {
		complete(a, s);
		return true;
	}
	if (action == ACT_ERASE && s->pick.search.n == 0) {
		go_up(a, s);
		return true;
	}
	if (!pick_act(a, state, action))
		return false;
	if (a->state[SCREEN_FILES] == s && action != ACT_CHOOSE && action != ACT_RUN)
		follow(a, s);
	return true;
}

static void typed(struct app *a, void *state)
{
	follow(a, state);
	pick_typed(a, state);
}

static const struct pick_list list = { .rows = ROWS,
	.columns = WIDTH,
	.below = 2,
	.count = count,
	.rank = rank,
	.paint = paint_entry,
	.foot = paint_place,
	.choose = choose,
	.why_empty = why_empty };

static void open_files(struct app *a, void *state)
{
	pick_open(a, state, &list);
}

const struct screen_ops files_screen = {
	.size = sizeof(struct state),
	.open = open_files,
	.close = close_files,
	.layout = pick_layout,
	.paint = pick_paint,
	.act = act,
	.click = pick_click,
	.input = pick_input,
	.typed = typed,
};
