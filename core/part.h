/*
 * A part: the raw material of up to PART_ACCOUNTS neighbouring accounts, as the
 * store hands it to the rules: undated columns as entered, dated rows of the
 * children, and the newest signals on or before the day that was asked for.
 *
 * Accounts have dense positive ids; part p holds the ids p * PART_ACCOUNTS + 1
 * onward, and `at` (0-based) is the position inside the part. Nothing here is
 * judged: base.c turns a part into the base as of a day.
 *
 * Missing is NaN, DAY_NONE or MONEY_NONE. All arrays belong to the part.
 */
#ifndef CORE_PART_H
#define CORE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "core/day.h"
#include "core/err.h"
#include "core/money.h"

#define PART_ACCOUNTS 4096u

/* Signal kinds that the rules read; the store keeps others too. The order is that of
 * the ids in the book: kind i has the id i + 1 in every book. Of logins the newest value
 * is the newest above 0: the last day that somebody came. */
enum known_signal {
	SIG_ACTIVE_DAYS,
	SIG_LOGINS,
	SIG_FEATURES_USED,
	SIG_SEATS_ACTIVE,
	SIG_TICKETS_90D,
	SIG_NPS,
	SIG_CSAT,
	SIG_PULSE,
	SIG_KNOWN
};
extern const char *const known_signal_name[SIG_KNOWN];
static inline uint32_t known_signal_id(enum known_signal s)
{
	return (uint32_t)s + 1;
}
/* Whether a value of a kind (id - 1) can be the newest of it. */
static inline bool known_signal_counts(int64_t kind, double value)
{
	return kind != SIG_LOGINS || value > 0;
}

enum account_flag {
	ACC_PRESENT = 1, /* an account has this id; the lowest bit (book_listable) */
	ACC_CHURNED = 2, /* status says churned */
	ACC_REFERENCE = 4,
	ACC_MARQUEE = 8,
	ACC_ADVOCATE = 16,
	ACC_PARENT_EXPANSION = 32,
};

/* Currencies are numbered by the store: 0 is "not given", the base currency. */
typedef uint8_t currency_id;

struct part_tickets {
	uint32_t n, capacity;
	uint16_t *at;
	int32_t *opened;
};
struct part_surveys { /* nps and csat with a score; ascending by at, day, entry */
	uint32_t n, capacity;
	uint16_t *at;
	int32_t *day;
	uint8_t *is_csat;
	double *score;
};
struct part_touches { /* two-way ones only */
	uint32_t n, capacity;
	uint16_t *at;
	int32_t *day;
};
struct part_contacts { /* champions and sponsors only */
	uint32_t n, capacity;
	uint16_t *at;
	uint8_t *is_sponsor;
	int32_t *since, *left;
};
struct part_contracts {
	uint32_t n, capacity;
	uint16_t *at;
	int32_t *start, *end; /* end exclusive, DAY_NONE: open */
	int64_t *arr;
	currency_id *currency;
};
struct part_movements {
	uint32_t n, capacity;
	uint16_t *at;
	int32_t *day;
	uint8_t *kind; /* enum movement_kind */
	int64_t *delta;
	currency_id *currency;
};

enum movement_kind { MOVE_NEW, MOVE_EXPANSION, MOVE_CONTRACTION, MOVE_CHURN, MOVE_BACK };

struct part {
	bool brief; /* set by who reads it: growth and all that follows is not needed,
		     * nor are lists but that of the contracts */
	uint32_t first_id; /* id of position 0 */
	uint32_t n;        /* positions in use, some perhaps not PRESENT */
	/* one element per position, each array PART_ACCOUNTS long */
	uint8_t *flags; /* enum account_flag */
	currency_id *currency;
	int64_t *arr;
	int32_t *csm; /* id, 0: pool */
	int32_t *contract_start, *renewal, *churned_on, *onboarding, *first_value;
	double *growth, *complexity, *maturity, *stakeholders, *seats_purchased,
		*features_available;
	/* newest on or before the day, per known signal */
	int32_t *signal_day[SIG_KNOWN];
	double *signal_value[SIG_KNOWN];
	/* dated rows of every day, ascending by position (and then by day) */
	struct part_tickets tickets;
	struct part_surveys surveys;
	struct part_touches touches;
	struct part_contacts contacts;
	struct part_contracts contracts;
	struct part_movements movements;
	void *memory; /* owned */
};

enum status part_init(struct part *p, struct err *e) MUST_USE;
void part_clear(struct part *p);
/* Empties it and sets every array of n positions to missing. */
void part_reset(struct part *p, uint32_t first_id, uint32_t n);
/* Makes room for n elements in one of the lists of dated rows. */
enum status part_tickets_room(struct part_tickets *l, uint32_t n, struct err *e) MUST_USE;
enum status part_surveys_room(struct part_surveys *l, uint32_t n, struct err *e) MUST_USE;
enum status part_touches_room(struct part_touches *l, uint32_t n, struct err *e) MUST_USE;
enum status part_contacts_room(
	struct part_contacts *l, uint32_t n, struct err *e) MUST_USE;
enum status part_contracts_room(
	struct part_contracts *l, uint32_t n, struct err *e) MUST_USE;
enum status part_movements_room(
	struct part_movements *l, uint32_t n, struct err *e) MUST_USE;

#endif
