/*
 * What the outbox has of a play: of its mails to a customer the one that waits for
 * longest, else the newest. Whoever starts a play asks so that nobody gets the same mail
 * twice, the queue to say what is waited for.
 */
#ifndef CORE_PLAY_MAIL_H
#define CORE_PLAY_MAIL_H

#include "core/book_internal.h"
#include "core/play.h"

struct play_mail {
	int32_t made;  /* DAY_NONE: there is none */
	int32_t sent;  /* DAY_NONE: it waits */
	int64_t tries; /* that failed */
	int32_t next;  /* day of the first that follows it up; DAY_NONE: none does */
};

/* Of an account, as of the book's day: one that waits, or went out on the day since or
 * later. */
enum status play_mail_of(struct book *b, uint32_t account, const struct play *p,
	int32_t since, struct play_mail *out, struct err *e) MUST_USE;

#endif
