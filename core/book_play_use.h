/*
 * How the plays of the book are used, over some weeks up to the as-of day: read from its
 * tasks, alerts, messages and snapshots, each gone through once.
 */
#ifndef CORE_BOOK_PLAY_USE_H
#define CORE_BOOK_PLAY_USE_H

#include "core/book.h"
#include "core/play_use.h"
#include "core/word_set.h"

struct play_use_row {
	struct text play, title; /* title: {NULL, 0} where the library has none */
	struct play_use use;
	int32_t median;
	/* Its versions, the newest first (0: of messages, which do not say theirs), and
	 * its CSMs by name, nobody last. */
	const struct play_use_part *version, *csm;
	uint32_t versions, csms;
	struct play_spread spread;
};

struct play_uses {
	int32_t as_of, weeks, from;
	/* Those used most first, then by name; those of the library that nobody used as
	 * well. Owned, as are the parts. */
	struct play_use_row *row;
	uint32_t n;
	struct play_use_part *version, *csm;
	struct word_set plays;
	struct arena texts;
};

/* weeks 1 or more. Clear it in any case. */
enum status play_uses_of(
	struct book *b, int32_t weeks, struct play_uses *out, struct err *e) MUST_USE;
/* The same of tasks and their alerts alone, which takes half as long: no mail, no health.
 */
enum status play_uses_of_tasks(
	struct book *b, int32_t weeks, struct play_uses *out, struct err *e) MUST_USE;
/* Tells the plays with a pilot what it showed by the day: of the tasks of their version
 * that an alert started the alerts, and those that were gone. Reads nothing where no play
 * has one. */
enum status play_pilots(struct book *b, struct plays *p, struct err *e) MUST_USE;
void play_uses_clear(struct play_uses *u);
/* NULL: neither used nor in the library. */
const struct play_use_row *play_uses_find(const struct play_uses *u, struct text play);

/* What it means, a sentence each, "" where there is nothing to say. */
enum play_use_line {
	PLAY_USE_SHORT, /* how often it was used, and ended in time */
	PLAY_USE_STARTS,
	PLAY_USE_TIME,
	PLAY_USE_ALERTS,    /* whether the alerts were gone after it */
	PLAY_USE_BEHAVIOUR, /* whether the customer did what started it */
	PLAY_USE_ACCOUNTS,
	PLAY_USE_SPREAD,
	PLAY_USE_VERSIONS,
	PLAY_USE_LINES
};
char *play_use_text(const struct play_uses *u, const struct play_use_row *r,
	enum play_use_line line, char out[TEXT_SAID_MAX]);
/* Whether that line tells of something to be looked at. */
bool play_use_warns(const struct play_use_row *r, enum play_use_line line);

#endif
