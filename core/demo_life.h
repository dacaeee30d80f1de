/*
 * The life of one account of the demo: every fact that its rows are made from, found
 * from its number alone, so that each kind of rows can be written in a pass of its own.
 */
#ifndef CORE_DEMO_LIFE_H
#define CORE_DEMO_LIFE_H

#include "core/day.h"
#include "core/demo.h"
#include "core/demo_story.h"
#include "core/demo_words.h"

#define DEMO_LARGE 20000u /* accounts; above, the history is coarse and short */

/* The world all accounts live in. */
struct demo_world {
	const struct demo_request *r;
	struct demo_words words;
	uint32_t total, churned; /* accounts ever, and those of them that left */
	uint32_t *rank;          /* by active account: place in the order of ARR; owned */
	uint32_t rank_of_last;   /* of the account that takes what rounding left */
	int64_t raw_sum;         /* of the sizes of the active accounts */
	int64_t rest;            /* cents that rounding left over */
	int32_t begin;           /* first day of the history */
	int32_t signals_from;    /* first day of measurements, tickets, touches ... */
	bool large;
};

enum status demo_world_init(
	struct demo_world *w, const struct demo_request *r, struct err *e) MUST_USE;
/* First day of a request's measurements. */
int32_t demo_world_signals_from(const struct demo_request *r);
void demo_world_clear(struct demo_world *w);

#define STEPS_MAX 12

/* ARR changes at renewals and, now and then, within a term. */
struct demo_step {
	int32_t day;
	bool renewal;
	int64_t before, after; /* cents */
};

#define NOBODY UINT32_MAX
#define DEMO_KEY_MAX 16
#define DEMO_NAME_MAX 96

struct demo_life {
	const struct demo_world *world;
	uint32_t index;     /* 0..total-1 */
	uint32_t parent;    /* index, NOBODY: none */
	uint32_t ppm;       /* share of larger accounts, parts per million */
	uint32_t company;   /* number that the name is made from */
	uint32_t city, csm; /* csm NOBODY: the pool */
	enum demo_size size;
	enum demo_tale tale;
	bool churned, blind, owned;
	bool priced_out; /* one of the small ones that new prices drove away together */
	bool no_contacts, no_seats, no_features, no_profile, no_surveys;
	int32_t start, churned_on, renewal; /* churned_on: DAY_NONE unless churned */
	int32_t end;                        /* last day with anything to tell */
	int32_t turn, onboarding, first_value;
	int term; /* months */
	int64_t arr;
	struct demo_step step[STEPS_MAX]; /* ascending */
	int steps;
	uint32_t seats, features;
	int level, adoption, seats_percent; /* permille, percent, percent at full level */
	int complexity, maturity, stakeholders;
	char key[DEMO_KEY_MAX];
};

void demo_life_make(const struct demo_world *w, uint32_t index, struct demo_life *out);
void demo_life_name(const struct demo_life *l, char out[DEMO_NAME_MAX]);
/* The part of e-mail addresses behind the '@'. */
void demo_life_domain(const struct demo_life *l, char out[DEMO_NAME_MAX]);
struct text demo_life_industry(const struct demo_life *l);
struct text demo_life_region(const struct demo_life *l);
/* A stream of dice of this account for one purpose. */
struct dice demo_life_dice(const struct demo_life *l, uint64_t purpose);
/* How much of the possible is used on a day, permille, without noise. */
int demo_life_level(const struct demo_life *l, int32_t day);
/* Start of the term that the day is in, and of the one after it. */
int32_t demo_life_term(const struct demo_life *l, int32_t day, int32_t *next);

/* CSMs: which places they work for, and names. */
#define CSM_PLACES 6u
struct demo_place {
	const char *team, *regions; /* regions of the city list, separated by ';' */
};
const struct demo_place *demo_life_place(uint32_t csm);
void demo_life_csm(const struct demo_world *w, uint32_t csm, char out[DEMO_NAME_MAX]);

#endif
