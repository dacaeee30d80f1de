/* What the files of the plays in use share; nobody else includes it. */
#ifndef CORE_BOOK_PLAY_USE_INTERNAL_H
#define CORE_BOOK_PLAY_USE_INTERNAL_H

#include "core/book_internal.h"
#include "core/book_play_use.h"

struct play_reading {
	struct book *b;
	struct play_uses *out;
	const struct plays *library;
	bool tasks;           /* alone */
	bool pilots;          /* of plays that have one, in the version there is */
	uint32_t rows;        /* read so far */
	struct play_case *of; /* by account; owned, as is mail */
	uint32_t n, room;
	struct play_case *mail; /* by account; goes to the others */
	uint32_t mails, mails_room;
};

enum status play_use_no_memory(struct err *e);
/* The tasks that began in the span, by account. */
enum status play_use_tasks(struct play_reading *r, struct err *e) MUST_USE;
/* From time to time: whoever waits may have gone. Nobody waits for pilots. */
enum status play_use_wait(const struct play_reading *r, struct err *e) MUST_USE;

/* book_play_use_after.c: the first case of an account, or of a later one; what became of
 * it. */
uint32_t play_use_first(const struct play_reading *r, uint32_t account);
enum status play_use_alerts(struct play_reading *r, struct err *e) MUST_USE;
enum status play_use_accounts(struct play_reading *r, struct err *e) MUST_USE;
enum status play_use_healths(struct play_reading *r, struct err *e) MUST_USE;
/* book_play_use_when.c: of plays that a signal starts, whether the customer did it. */
enum status play_use_behaviour(struct play_reading *r, struct err *e) MUST_USE;
/* book_play_use_sum.c: all of it added up, by play, version and CSM. */
enum status play_use_sum(struct play_reading *r, struct err *e) MUST_USE;

#endif
