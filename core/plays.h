/*
 * The library of plays in force: those that came with the program, and over them the
 * user's own. A play of the user's takes the place of a shipped one of its name.
 */
#ifndef CORE_PLAYS_H
#define CORE_PLAYS_H

#include "core/play.h"
#include "core/policy.h"

#define PLAYS_MAX 256

struct plays {
	int n;
	/* By name, in byte order. A shipped one is read when somebody asks for it; until
	 * then it has a name and a file, and no step (see plays_at). */
	struct play *play[PLAYS_MAX];
	struct arena arena;    /* owns them and their texts */
	struct arena *shipped; /* the texts of shipped ones; NULL: none were added */
	uint64_t own; /* tells the user's own ones from others; 0: there are none */
};

/* Tells the library from others in which something else is said of a start: the user's
 * own ones, and those on trial. 0: it is the shipped one, without a trial. */
uint64_t plays_told(const struct plays *p);

void plays_init(struct plays *p);
void plays_clear(struct plays *p);

/* Adds every shipped play, and takes the memory that reading them will take: they are
 * sound, none has a pilot, and a play is called as its file is. Tests hold all of it. */
enum status plays_add_shipped(struct plays *p, struct err *e) MUST_USE;

/* Reads one of the user's own (see play_parse). ST_DUPLICATE when another of their
 * files has the name. On failure the library stays as it was. */
enum status plays_add_own(struct plays *p, const char *bytes, size_t n, const char *file,
	struct err *e) MUST_USE;

/* The i-th, of 0 to n - 1. All plays are borrowed until plays_clear. */
const struct play *plays_at(const struct plays *p, int i);

/* The play of that name, or NULL: there is none. */
const struct play *plays_find(const struct plays *p, const char *name);
const struct play *plays_find_text(const struct plays *p, struct text name);

/* The next play of a tier behind the one given (NULL: the first), by name; NULL: no
 * more. */
const struct play *plays_of_tier(
	const struct plays *p, int tier, const struct play *after);

/* Hears each thing that is wrong: one sentence that says what to do. */
typedef void (*plays_finding_fn)(void *arg, const char *sentence);

/* What is wrong with the library under a policy: tiers without a play that no other tier
 * runs, alerts bound to a play that is not there, does not run on their tier or does not
 * name them, messages that nobody wrote, own ones that write by themselves without a
 * pilot. Returns how many there are; fn may be NULL. */
int plays_check(const struct plays *p, const struct policy *policy, plays_finding_fn fn,
	void *arg);

/* The same in a book, and own ones that wait for a signal which it never saw. */
struct book;
enum status book_plays_check(struct book *b, const struct plays *p, plays_finding_fn fn,
	void *arg, struct err *e) MUST_USE;

#endif
