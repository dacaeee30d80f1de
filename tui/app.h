/*
 * The application: one book, the stack of screens, the frame around them. Takes
 * events, changes its state, paints a canvas; whoever feeds it shows the canvas.
 *
 * Handlers only say what is due (enum app_dirty); app_update does it, once, in the
 * order data, layout, paint.
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "core/book.h"
#include "tui/columns.h"
#include "tui/filter_line.h"
#include "tui/host.h"
#include "tui/kept.h"
#include "tui/marks.h"
#include "tui/messages.h"
#include "tui/pace.h"
#include "tui/screen.h"
#include "tui/seen.h"
#include "tui/settings.h"
#include "tui/view.h"
#include "tui/work.h"

enum app_dirty {
	APP_PAINT = 1,
	APP_DATA = 2,
	APP_LAYOUT = 4,
	APP_WHOLE = 8 /* with APP_DATA: the head of the list is not enough */
};

/* Where the next load puts the cursor. */
enum app_go_to {
	APP_STAY,
	APP_TO_FIRST, /* on the first row */
	APP_TO_MEANT  /* on the one that the filter's words mean, or else the first */
};

/* What the last look at the book could do. */
enum app_access {
	APP_READ,
	APP_FAILED,  /* the load did: it is not tried again by itself */
	APP_SHUT_OUT /* another program had it: it is read once it is free */
};

/* A place on the frame that does something when it is clicked on. */
struct app_zone {
	int row, from, to;
	enum action action;
};

enum { APP_DEPTH = 8, APP_DRAFTS = 8, APP_ZONES = 48, APP_RECENT = 8, APP_NEAR = 2 };
enum { APP_MESSAGE_KEYS = 2 };
enum { APP_MIN_ROWS = 15, APP_MIN_COLUMNS = 60 };

struct app {
	struct book *book;       /* NULL: none is open */
	bool own_book;           /* is closed with the console, or for another one */
	const struct host *host; /* borrowed; never NULL */
	struct kept kept;
	struct import_kept *import_kept; /* owned; of import_kept.c */
	struct work work;
	struct canvas canvas;
	/* What is due, and when. */
	unsigned dirty; /* enum app_dirty */
	enum app_go_to go_to;
	enum app_access access;
	struct pace pace;
	/* wishes to whoever runs it; the runner resets them, quit stays */
	bool quit, suspend, redraw;
	bool restyle; /* settings that the terminal must be told have changed */
	struct settings settings;
	char given[128]; /* the name that the program was started with: see me.h */

	struct book_summary summary;
	bool newer; /* rows came in since the figures were made, in this session */
	struct view view;
	struct list_columns columns;     /* of the table of accounts */
	struct list_columns columns_own; /* to come back to, when lent */
	bool columns_lent;               /* they are those of a view */
	uint32_t focus;                  /* id of the account under the cursor; 0: none */
	struct marks marks;
	struct marks marks_before; /* that the last change by hand used up */
	int64_t started;           /* UTC seconds: when the book was taken up */
	int64_t undo_asked;        /* the operation that a question is about */
	/* What was done last by hand here, and told of. */
	struct app_told {
		int64_t operation;   /* that the key takes back, or does again; 0: none */
		uint32_t from, left; /* account under the cursor before, and since */
		int64_t task;        /* the play that was started; 0: none */
	} told;
	int64_t script; /* the play whose script is open; 0: the one that comes first */
	struct seen seen;
	struct app_near {
		uint32_t of;           /* the account that it is about */
		uint32_t id[APP_NEAR]; /* beside it in the list; 0: none */
	} near;

	enum screen_id stack[APP_DEPTH];
	int depth;
	/* Book shows what was chosen on another tab: where that was, and what was listed
	 * there, without the list; see app_show_list */
	struct app_from {
		bool set;
		enum screen_id screen;
		struct view view;
		bool columns_lent;
	} from;
	void *state[SCREEN_COUNT]; /* owned; NULL: not open */

	/* Text that goes on when a key closed a form, or a field on the spot, and nothing
	 * was shown since: it is none of the commands of what is below. */
	struct app_beyond {
		bool closed, untold; /* untold: there is more of it than was said */
		struct input text;
	} beyond;
	struct filter_line filter_line;
	struct app_message {
		char text[ERR_TEXT_MAX]; /* "": nothing is said */
		bool bad;
		/* Keys that it names and a click on them does, as they stand in it. */
		struct app_message_key {
			size_t at, n;
			enum action action;
		} key[APP_MESSAGE_KEYS];
		int keys;
	} message;
	struct messages messages;
	struct form *draft[APP_DRAFTS]; /* owned; see form.h */
	char touch_kind[16];            /* of the last touch logged; "": none yet */
	struct {
		enum record_kind kind;
		int64_t row; /* 0: of none */
	} opens_at; /* the row that the Account screen has its cursor on when it opens */
	enum action recent[APP_RECENT]; /* run from the palette, the newest first */
	struct subject subject;         /* of the explanation */
	/* Where the last click was; on: a screen has something there taken hold of. */
	struct app_hold {
		bool on, moved; /* moved: it was dragged away since, or to and fro */
		enum screen_id top;
		int row, column;
	} hold;
	struct app_zone zone[APP_ZONES];
	int zones;
	/* Where the cursor is in a list that goes on beyond the screen, told as it is
	 * painted; of 0: in none */
	struct app_place {
		uint32_t at, of;
	} place;
};

struct app_start {
	struct book *book;       /* NULL: none is open */
	const struct host *host; /* NULL: nothing can be had of the world outside */
	int rows, columns;
	bool ascii;
	const struct settings *settings; /* loaded; copied */
};
void app_open(struct app *a, const struct app_start *start);
void app_close(struct app *a);
/* Shows another book, from its first screen on; takes it. The one before is closed,
 * unless it was lent. All screens are closed: whoever calls it is gone. */
void app_use(struct app *a, struct book *b);

void app_event(struct app *a, const struct event *ev);
/* Does what is due and paints; false: nothing was due. What is owed then: see pace.h. */
bool app_update(struct app *a, bool hurry);
/* In a pause, or where a walk came to an end: paints with what was put off, or where that
 * is done makes the columns that lists will ask for. False: neither was owed. */
bool app_catch_up(struct app *a);
/* When all that is done: reads one of the accounts that a step of the cursor may lead to,
 * which then costs no more than painting it. False: they are there, or nobody looks at
 * accounts one by one. */
bool app_look_ahead(struct app *a);

/* ---- for its own files ---- */
/* The line that is being typed; NULL: none. */
struct input *app_typing(struct app *a);
/* Loads and lays out what is due before somebody looks at it. */
void app_settle(struct app *a);
/* The same, with what others did to the book up to now, not up to the last look. */
void app_look_again(struct app *a);
void app_filter_changed(struct app *a);
/* Says what was typed beyond a form, if anything was. */
void app_tell_beyond(struct app *a);
/* Makes sure that the whole list is there, not only what the first picture had. */
void app_need_list(struct app *a);

/* ---- for screens ---- */
/* Of work in steps that is owed: whether one more is done before what is known by then is
 * shown. There are so many in a bite; without a terminal nobody looks on. */
bool app_go_on(const struct app *a, int steps, int bite);
void app_say(struct app *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A message that ends in what can be done next: "u takes it back, & marks again". A click
 * on a key does it. */
struct app_offer {
	enum scope scope;
	enum action action;
	const char *words;
};
void app_say_offers(struct app *a, const struct app_offer *offer, int n,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
/* How they end it, in columns. */
int app_offers_columns(const struct app_offer *offer, int n);
void app_fail(struct app *a, const struct err *e);
/* What was said is read when something else is done. */
void app_hush(struct app *a);
/* Why the action can't be done now, as a sentence; NULL: it can. */
const char *app_blocked(struct app *a, enum action action);
void app_act(struct app *a, enum action action);
/* The accounts that the screen with the tab lists; NULL until there are any. */
const struct list *app_list(const struct app *a);
/* Marks the account under the cursor, or takes the mark off. */
void app_mark(struct app *a);
void app_push(struct app *a, enum screen_id id);
void app_back(struct app *a);
void app_switch(struct app *a, enum screen_id id);
/* Before the view is narrowed to what Book is to list: app_from_here. Then app_show_list
 * goes there, says whose accounts these are, and Back leads to where it was, with the
 * view as it was. */
struct app_from app_from_here(const struct app *a);
void app_show_list(struct app *a, const struct app_from *from, struct text whose);
/* The topmost screen, and the topmost below its popups. */
enum screen_id app_top(const struct app *a);
enum screen_id app_base(const struct app *a);
int app_base_depth(const struct app *a); /* its place in the stack */
enum scope app_scope(struct app *a);
/* The account with everything; NULL (and a message) when it can't be had. Borrowed
 * until the next call or the next change of the data. */
const struct account_view *app_account(struct app *a, uint32_t id);
/* The same, or a brief one, for what only goes along with the cursor: NULL while that
 * can't be waited for (OWED_BESIDE), and never another account than this one. */
const struct account_view *app_account_beside(struct app *a, uint32_t id, bool brief);
/* Whether no account has this number any more: what brought it was taken back. */
bool app_is_gone(struct app *a, uint32_t id);
struct rect app_body(const struct app *a);
bool app_too_small(const struct app *a); /* only asks for a larger window */

const char *app_path(const struct app *a); /* of the open book; "": it has none */

#endif
