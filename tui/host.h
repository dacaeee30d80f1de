/*
 * Host: what the console needs of the world outside of book and terminal: files,
 * folders, other books, and what a person set or left behind last time. The program
 * gives real ones; tests give some in memory.
 *
 * Every function may be NULL: then what needs it says that it can't be had here.
 */
#ifndef TUI_HOST_H
#define TUI_HOST_H

#include <signal.h>

#include "core/book.h"
#include "core/progress.h"

struct host_entry {
	struct text name;
	bool folder;
	uint64_t size;
	int32_t day; /* of the last change; DAY_NONE: not known */
};
typedef enum status (*host_entry_fn)(
	void *arg, const struct host_entry *entry, struct err *e);

/* Bytes of a file that was read; host->unread gives them back. */
struct host_file {
	const char *bytes;
	size_t size;
	void *owner;
};

enum host_book {
	HOST_BOOK_OPEN,   /* one that is there */
	HOST_BOOK_CREATE, /* an empty one where none is */
	HOST_BOOK_DEMO,   /* a new one with the demo in it */
};

struct host_verb { /* as in "tierdesk backup FILE", and what it does */
	const char *name, *arguments, *help;
};

enum host_report { HOST_REPORT_BOARD, HOST_REPORT_CSM, HOST_REPORT_ACCOUNT };

struct host {
	void *ctx;
	/* Set as soon as a signal asks the console to end: what the host does for it, and
	 * its books, are to give up. Borrowed; may be NULL. */
	volatile sig_atomic_t *ended;
	/* Who tells while the host's books wait for another program: the console fills it
	 * in while it runs. Borrowed; may be NULL. */
	struct lock_wait *waiting;
	/* The settings file's text and path; NULL: there is none. Borrowed. */
	const char *settings, *settings_path;
	/* What was kept last time; NULL: nothing. Borrowed. See kept.h. */
	const char *kept;
	enum status (*keep)(void *ctx, const char *text, struct err *e);
	/* May be NULL. The same text as it is by now, since there may be several
	 * consoles; returns owned, NULL: there is none. */
	char *(*kept_again)(void *ctx);
	/* The picture of the list that was shown last, so that the next start has it at
	 * once; empty: none. Borrowed. When it can't be kept, that start takes longer. */
	struct text picture;
	void (*keep_picture)(void *ctx, struct text bytes);

	/* The target is the old or the new content, never a part. ST_DUPLICATE: there is
	 * a file and replace was not said. A path that begins with ~/ is in the home
	 * folder; *written (may be NULL) tells where it went, borrowed until the next
	 * call. */
	enum status (*write)(void *ctx, const char *path, struct text bytes, bool replace,
		const char **written, struct err *e);
	/* A report about the book in such a file, by its ending: HTML, PDF, SVG or PNG;
	 * the rest as with write. subject: id of the CSM or the account. */
	enum status (*report)(void *ctx, struct book *b, enum host_report what,
		uint32_t subject, const char *path, bool replace, const char **written,
		struct err *e);
	enum status (*read)(
		void *ctx, const char *path, struct host_file *out, struct err *e);
	void (*unread)(void *ctx, struct host_file *f);
	/* Entries of a folder, folders first, by name; "" is where the program was
	 * started. path_out has room for size bytes and gets its full path. */
	enum status (*folder)(void *ctx, const char *path, char *path_out, size_t size,
		host_entry_fn fn, void *arg, struct err *e);

	/* Another book; the one before stays open until book_free. ST_NOTFOUND: there is
	 * none to open; ST_DUPLICATE: something is in the place of the new one. progress
	 * may be NULL; cancelled, nothing is left behind. */
	enum status (*book)(void *ctx, const char *path, enum host_book how,
		const struct progress *progress, struct book **out, struct err *e);
	const char *demo_book;  /* where a demo is made; NULL: not known */
	const char *usual_book; /* where a book is looked for; NULL: not known */
	/* No book was opened, since there is none at usual_book, which the person named.
	 */
	bool named_book;
	bool named_actor; /* the person said who it is when it started the program */
	/* What the command line has for these letters: the first verb that begins with
	 * them. False: there is none. */
	bool (*verb)(void *ctx, struct text letters, struct host_verb *out);
};

#endif
