/*
 * A call: one run of the program as the command line asked for it. Options and verbs
 * are rows of options.def and verbs.def.
 */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include <signal.h>
#include <stdio.h>

#include "core/book.h"
#include "core/err.h"
#include "core/json.h"
#include "core/out.h"

enum option {
#define OPTION(id, name, value, global, help) OPT_##id,
#include "cli/options.def"
	OPT_COUNT
};

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

struct call;

struct verb {
	const char *name, *arguments, *options, *forms;
	/* Returns the exit code when it is not decided by *e; fills e on failure. */
	enum status (*run)(struct call *c, struct err *e);
	const char *help;
};

struct call {
	const struct verb *verb;       /* NULL: open the console */
	const char *option[OPT_COUNT]; /* value, "" for a flag, NULL: not given */
	const char **arg; /* after the verb: owned, its texts those of argv */
	int args;
	enum format format;
	struct clock clock;
	char *db;           /* path of the book; owned */
	bool default_place; /* nobody named it: its folders may be made */
	char *actor;        /* owned */
	bool named_actor;   /* somebody said who it is, it is not just the login */
	bool answer_no;     /* the verb's answer is no: exit 1 */
	int exit_code;      /* of the console, when it ended by a signal */
};

extern volatile sig_atomic_t call_cancelled; /* Ctrl-C and TERM set it */
/* An enum db_changed: whether the verb changed the book, so that whatever fails later is
 * not told as if nothing was. */
extern volatile sig_atomic_t call_changed;
enum { EXIT_CHANGED = 7 }; /* the book was changed, or may be; what follows failed */

/* Reads argv into c; ST_USAGE with a message that says what to do. */
enum status call_parse(struct call *c, int argc, char **argv, struct err *e) MUST_USE;
void call_clear(struct call *c);
/* Whether the blank-separated list holds the word. */
bool call_list_has(const char *list, const char *word);
/* ST_USAGE with a word that is near when there is no such verb. */
enum status call_find_verb(
	const char *name, const struct verb **out, struct err *e) MUST_USE;
/* What the console takes beside the global options. */
#define CALL_CONSOLE_OPTIONS "no-mouse theme"
/* The first verb that begins with these letters; NULL: none does. */
const struct verb *call_verb(struct text letters);
/* ST_USAGE with the verb's line. Too few or too many arguments never reach a verb. */
enum status call_usage(const struct call *c, struct err *e);

/* A whole number option, or its default. */
enum status call_number(const struct call *c, enum option o, uint64_t initial,
	uint64_t max, uint64_t *out, struct err *e) MUST_USE;
/* --weeks of a verb that looks back ten years at most, or so many days. */
enum status call_weeks(
	const struct call *c, int32_t days, int32_t *weeks, struct err *e) MUST_USE;

/* The book of the call. create: make an empty one when there is none. */
enum status call_store(
	struct call *c, bool create, struct store **out, struct err *e) MUST_USE;
enum status call_book(
	struct call *c, bool create, struct book **out, struct err *e) MUST_USE;
/* And the account that the first word after the verb names. */
enum status call_account(
	struct call *c, struct book **out, uint32_t *id, struct err *e) MUST_USE;

/* The progress of work that the program's end ends, and nobody is told of. */
extern const struct progress call_interruptible;

/* Sink for writers on stdout, or on the FILE * given as arg. */
enum status call_sink(void *file, const char *bytes, size_t n, struct err *e);
/* Told while a book is waited for; the console fills it in. */
extern struct lock_wait call_waiting;
/* Columns of the terminal that stdout is when the program starts; 0: it is none. */
extern int call_room;
extern bool call_reader_gone; /* call_sink failed because nobody reads any more */
/* A text on stdout, sanitised, in at most so many columns. */
void call_put(struct text t, int columns);
/* A JSON document on stdout. Its end gives what went wrong before, and then writes no
 * more; else what writing it came to. */
void call_json(struct json *j);
enum status call_json_end(struct json *j, enum status st, struct err *e) MUST_USE;
/* The same as the rest of a line of any length, behind its mark: "! ". */
void call_line(const char *mark, struct text t);
/* A title above lines that are indented. */
void call_paragraph(const char *title, const char *lines);
/* Writes out what stdout holds; what failed on the way there is told now. */
enum status call_flush(struct err *e) MUST_USE;

/* A line for the person, on stderr, sanitised; not with --quiet. */
void call_note(const struct call *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
