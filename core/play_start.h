/*
 * What a play leaves in the book when it starts on an account: a task for people, or a
 * message for the outbox; and the messages that tell an owner or a second recipient of an
 * alert. Used by recalculations, which write rows, and by people, whose rows go through
 * the history: the caller says how a row is added.
 */
#ifndef CORE_PLAY_START_H
#define CORE_PLAY_START_H

#include "core/alert_life.h"
#include "core/book_internal.h"
#include "core/plays.h"

/* Figures of the account on the day, for templates; NaN, MONEY_NONE and DAY_NONE where
 * they are not known. */
struct start_facts {
	uint8_t tier, health;
	int64_t arr;
	int32_t renewal, last_touch;
	double active_days, seats_active, seats_purchased, tickets;
};
void start_facts_of(const struct base *base, uint32_t i, uint8_t tier, uint8_t health,
	struct start_facts *out);

/* The same of any account: of one alone from its own rows, of more that are neighbours
 * from their part, which is read once. Begins as { 0 }; to be cleared. */
struct start_reader {
	struct base base;
	uint32_t first, n; /* the accounts that were read; n = 0: none */
};
enum status start_reader_facts(struct start_reader *r, struct book *b, uint32_t account,
	struct start_facts *out, struct err *e) MUST_USE;
void start_reader_clear(struct start_reader *r);

struct starter {
	struct book *b;
	enum status (*add)(void *arg, enum record_kind kind, const struct cell *cells,
		int64_t *id, struct err *e);
	void *arg;
	struct arena people; /* of the CSMs, read once */
	struct start_person *person;
	uint32_t persons;
	bool knows_people;
	struct arena work; /* of the account at hand */
};

/* Always to be cleared. */
void starter_init(struct starter *s, struct book *b,
	enum status (*add)(void *arg, enum record_kind kind, const struct cell *cells,
		int64_t *id, struct err *e),
	void *arg);
void starter_clear(struct starter *s);

/* A play that begins, and why. */
struct start {
	uint32_t account;
	const struct play *play;
	int64_t alert;              /* row; 0: by hand */
	const char *why;            /* one sentence; "" without an alert */
	const char *actor, *reason; /* by hand; NULL: an alert did it */
	const struct start_facts *facts;
	bool by_signal; /* what the customer left undone did it */
};

/* In tier 3 a play with a template is a message to the customer, everything else a task.
 * One that an alert or a signal started writes what follows it up as well, each for its
 * day: what is still to come then goes with the alert, or when the customer did it.
 * *id: of the row, 0 when the play runs there already and nothing was added. */
enum status start_play(
	struct starter *s, const struct start *x, int64_t *id, struct err *e) MUST_USE;

/* What the texts of a step (see play_texts) say of the account, in s until it looks at
 * another one. */
enum status start_text(struct starter *s, const struct start *x, int step,
	struct play_said *out, struct err *e) MUST_USE;

/* Tells the owner of an account (notice), or the lead or the executive (escalation), of
 * an alert. */
enum status start_notice(struct starter *s, const struct start *x, enum alert_kind kind,
	enum severity severity, bool escalation, struct err *e) MUST_USE;

#endif
