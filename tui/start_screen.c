/* The first screen while no book is open, and the way to another book: a demo, one of
 * one's own data, one that is there. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/files.h"
#include "tui/form.h"
#include "tui/import.h"
#include "tui/page.h"
#include "tui/recent.h"
#include "tui/rows.h"
#include "tui/start.h"

enum { INDENT = 3, LEFT = 2 };
#define PATH_SIZE 4096

enum what { START_CREATE, START_NEW, START_DEMO, START_IMPORT, START_OPEN, START_RECENT };

struct line {
	enum what what;
	char label[160];
	const char *help;
	const char *path; /* of START_RECENT; borrowed from what is kept */
	int row;          /* on the page */
};

struct state {
	struct page page;
	struct line line[START_RECENT + RECENT_MAX];
	int n, at;
	bool welcome; /* the book that is open is one as start_offer says, or was */
};

static bool is_first(const struct app *a)
{
	const char *usual = a->host->usual_book;
	struct book_summary about;

	return a->book && usual && !a->host->named_book &&
	       strcmp(app_path(a), usual) == 0 &&
	       book_summary(a->book, &about, NULL) == ST_OK && about.accounts == 0;
}

bool start_offer(struct app *a)
{
	const bool first = is_first(a);

	if (first)
		app_push(a, SCREEN_START);
	return first;
}

/* ---- the choices ---------------------------------------------------------------- */

static struct line *add(struct state *s, enum what what, const char *help)
{
	struct line *x = &s->line[s->n++];

	*x = (struct line){ .what = what, .help = help };
	return x;
}

static void set_label(struct line *x, const char *label)
{
	snprintf(x->label, sizeof(x->label), "%s", label);
}

static void fill(struct app *a, struct state *s)
{
	const struct host *h = a->host;
	const bool own = a->book && !s->welcome;
	struct line *x;

	s->n = 0;
	if (!a->book && h->named_book) {
		x = add(s, START_CREATE,
			"An empty book is made there; nothing else is "
			"touched.");
		snprintf(x->label, sizeof(x->label), "Make a book at %s", h->usual_book);
	}
	set_label(add(s, START_DEMO,
			  "600 made-up customers with 18 months of history, in a book "
			  "of their own. The way to see what this does for you."),
		"Look at a demo book");
	set_label(
		add(s, START_IMPORT,
			import_into_demo(a)
				? "The book that is open is a demo: yours would be mixed "
				  "with the made-up customers. Begin a new book for them."
			: own ? "A file of customers, contacts, usage and so on comes "
				"into the book that is open, step by step."
			      : "A CSV file from Salesforce, HubSpot, Gainsight, a "
				"spreadsheet ...: you see what would happen before "
				"anything is taken."),
		own ? "Import into this book" : "Import your accounts");
	if (own)
		set_label(add(s, START_NEW,
				  "An empty book for customers of your own; this one "
				  "stays as it is."),
			"Begin a new book");
	set_label(add(s, START_OPEN, "Find the file of a book in your folders."),
		own ? "Open another book" : "Open a book");
	for (int i = 0; i < RECENT_MAX; i++) {
		const char *path = recent_at(a, i);

		if (!path || strcmp(path, app_path(a)) == 0)
			continue;
		x = add(s, START_RECENT, "Opened here before.");
		x->path = path;
		set_label(x, path);
	}
}

/* ---- what they do --------------------------------------------------------------- */

/* false: it can't, and a message says so. */
static bool can_open(struct app *a, const char *path)
{
	if (a->host->book && path)
		return true;
	app_say(a, "no other book can be had here");
	return false;
}

/* Opens, makes or fills one; false: it can't be had, and a message says why. */
static bool open_book(
	struct app *a, const char *path, enum host_book how, const char *title)
{
	struct err e = { .status = ST_OK };
	struct book *b = NULL;
	enum status st;

	if (!can_open(a, path))
		return false;
	st = a->host->book(a->host->ctx, path, how, work_start(a, title), &b, &e);
	work_stop(a);
	if (st == ST_OK)
		app_use(a, b);
	else if (st == ST_CANCELLED)
		app_say(a, "stopped: nothing was changed");
	else if (st != ST_DUPLICATE)
		app_fail(a, &e);
	return st == ST_OK || st == ST_DUPLICATE;
}

static bool open_there(struct app *a, const char *path)
{
	return open_book(a, path, HOST_BOOK_OPEN, "Opening the book");
}

/* The form is gone when it was made: with another book all screens are closed. */
static enum status make_new(struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct text given = form_value(f, 0);
	char path[INPUT_MAX + 1];
	struct book *b = NULL;
	enum status st;

	*line = 0;
	if (!a->host->book)
		return err_set(e, ST_FORBIDDEN, "no other book can be had here");
	snprintf(path, sizeof(path), "%.*s", (int)given.n, given.s);
	st = a->host->book(a->host->ctx, path, HOST_BOOK_CREATE,
		work_start(a, "Making the book"), &b, e);
	work_stop(a);
	if (st == ST_DUPLICATE)
		return err_set(e, st, "there is a file of this name: choose another one");
	if (st == ST_OK)
		app_use(a, b);
	return st;
}

/* In the usual place, or beside the book that is open. */
static void ask_new(struct app *a)
{
	static const struct form_line lines[] = {
		{ "File", FORM_TEXT, NULL,
			"Where the book is to be; ~/ is your home folder.", true },
	};
	static const struct form_spec spec = { "Begin a new book", "make it", lines, 1,
		make_new, NULL };
	const char *open = app_path(a);
	const char *slash = strrchr(open, '/'), *usual = a->host->usual_book;
	struct form f = { .spec = &spec };
	char path[PATH_SIZE];

	if (usual && strcmp(usual, open) != 0)
		snprintf(path, sizeof(path), "%s", usual);
	else
		snprintf(path, sizeof(path), "%.*smy-book.db",
			slash ? (int)(slash + 1 - open) : 0, open);
	input_set(&f.value[0], text_of(path));
	form_open(a, &f);
}

/* The demo is beside the usual book; one that was made before is looked at again. */
static void open_demo(struct app *a)
{
	const struct book *before = a->book;

	if (open_book(a, a->host->demo_book, HOST_BOOK_DEMO, "Making a demo book") &&
		a->book == before)
		(void)open_there(a, a->host->demo_book);
}

bool start_usual(struct app *a)
{
	if (open_book(a, a->host->usual_book, HOST_BOOK_CREATE, "Making the book") &&
		!a->book) /* somebody else made it meanwhile */
		(void)open_there(a, a->host->usual_book);
	return a->book != NULL;
}

/* Where there is no book yet, it is made when there is a file to be read. */
static void start_import(struct app *a)
{
	if (a->book || can_open(a, a->host->usual_book))
		import_open(a);
}

static void choose(struct app *a, struct state *s)
{
	static const struct files_request books = { "Open a book", FILES_BOOKS,
		open_there };
	const struct line *x = &s->line[s->at];
	char path[PATH_SIZE];

	switch (x->what) { /* s may be gone behind each of them */
	case START_CREATE:
		(void)open_book(
			a, a->host->usual_book, HOST_BOOK_CREATE, "Making the book");
		break;
	case START_NEW:
		ask_new(a);
		break;
	case START_DEMO:
		open_demo(a);
		break;
	case START_IMPORT:
		start_import(a);
		break;
	case START_OPEN:
		files_open(a, &books);
		break;
	case START_RECENT:
		snprintf(path, sizeof(path), "%s", x->path);
		(void)open_there(a, path);
		break;
	}
}

/* ---- the screen ----------------------------------------------------------------- */

static void open_start(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	page_init(&s->page, a->canvas.ascii);
}

/* With the first accounts, wherever they come from, the welcome has nothing to say any
 * more. What is on top of it comes back to it first. */
static void data_changed(struct app *a, void *state)
{
	struct state *s = state;
	const bool first = is_first(a);

	s->welcome |= first;
	fill(a, s);
	s->at = s->at < s->n ? s->at : s->n - 1;
	if (s->welcome && !first && app_top(a) == SCREEN_START)
		app_back(a); /* s is gone */
}

static void close_start(struct app *a, void *state)
{
	(void)a;
	page_clear(&((struct state *)state)->page);
}

static void intro(const struct app *a, const struct state *s, struct page *p)
{
	if (a->book && !s->welcome) {
		page_heading(p, "Another book", NULL);
		return;
	}
	page_heading(p, "Welcome", NULL);
	if (a->host->named_book)
		page_print(p, LEFT, ROLE_ERROR, "There is no book at %s.",
			a->host->usual_book);
	else
		page_text(p, LEFT, ROLE_TEXT,
			s->welcome ? TEXT("There are no customers in your book yet.")
				   : TEXT("No book is open yet. A book is one file with "
					  "your customers, their figures and their "
					  "history."));
	page_line(p);
}

/* Of a path that is too long the folders it begins with are left out. */
static void put_label(
	struct canvas *c, int row, int width, enum role role, struct text label)
{
	struct text rest = label;
	int at = LEFT + 2;

	while (text_columns(rest) + 3 > width && rest.n > 1) {
		const char *slash = memchr(rest.s + 1, '/', rest.n - 1);

		if (!slash)
			break;
		rest.n -= (size_t)(slash - rest.s);
		rest.s = slash;
	}
	if (text_columns(label) > width && rest.n < label.n)
		at += canvas_put(c, row, at, 3, role, TEXT("..."));
	else
		rest = label;
	canvas_put(c, row, at, LEFT + 2 + width - at, role, rest);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	page_reset(&s->page, body.columns - 2);
	intro(a, s, &s->page);
	for (int i = 0; i < s->n; i++) {
		struct line *x = &s->line[i];

		if (x->what == START_RECENT && s->line[i - 1].what != START_RECENT)
			page_print(&s->page, LEFT, ROLE_HEADER, "Opened before");
		x->row = page_line(&s->page);
		if (i == s->at)
			canvas_glyph(&s->page.c, x->row, LEFT, ROLE_KEY, GLYPH_HERE);
		put_label(&s->page.c, x->row, body.columns - 6,
			i == s->at ? ROLE_STRONG : ROLE_TEXT, text_of(x->label));
		if (i == s->at)
			page_text(&s->page, LEFT + 2 + INDENT, ROLE_QUIET,
				text_of(x->help));
	}
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	const struct rect r = { body.row, body.column + 1, body.rows, body.columns - 2 };
	int row;

	layout(a, s, body);
	row = s->line[s->at].row;
	if (row < s->page.top)
		s->page.top = row;
	if (row + 3 > s->page.top + r.rows)
		s->page.top = row + 3 - r.rows;
	page_paint(&s->page, c, r);
	if (row >= s->page.top && row < s->page.top + r.rows)
		canvas_cursor(c, r.row + row - s->page.top, r.column + LEFT);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	switch (action) {
	case ACT_CHOOSE:
		choose(a, s);
		return true;
	default:
		return rows_step(action, s->n, s->n, &s->at);
	}
}

/* There is a way back where there is a book. */
static bool offers(struct app *a, const void *state, enum action action)
{
	(void)state;
	return action != ACT_BACK || a->book;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	const int at = row - app_body(a).row + s->page.top;

	(void)column;
	for (int i = 0; i < s->n; i++)
		if (s->line[i].row == at) {
			s->at = i;
			choose(a, s);
			return;
		}
}

const struct screen_ops start_screen = {
	.size = sizeof(struct state),
	.open = open_start,
	.close = close_start,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.offers = offers,
	.click = click,
};
