/*
 * The service level of an account: what its tier is entitled to, how often it wants a
 * talk and a business review, how much of what is sent and said comes from people, and
 * whether the account gets it. A pure function of the account's rows and the policy.
 *
 * A business review is a touch that says so in its kind or its purpose ("business
 * review", "QBR"), or a strategic-business-review that was played to its end. As an empty
 * ritual it does not count: a touch has to say what came of it, and the plan what comes
 * next.
 */
#ifndef CORE_SERVICE_H
#define CORE_SERVICE_H

#include "core/book.h"

struct service {
	int32_t cadence; /* days between talks that were answered; 0: the tier has none */
	int32_t last;    /* the newest of these; DAY_NONE: none */
	bool late;
	int32_t days;        /* that the next two are of */
	uint32_t human;      /* touches by people */
	uint32_t digital;    /* messages to the customer that were sent */
	int share, target;   /* of people, percent; share -1: neither was there */
	bool off;            /* farther from it than the policy lets pass */
	int reviews;         /* business reviews that the tier gets a year; 0: none */
	int32_t review_days; /* between two of them */
	int32_t review;      /* the newest that counts; DAY_NONE: none */
	uint32_t rituals;    /* since so many days: those that don't */
	bool review_late;
	uint32_t commercial; /* of the touches above those that sell */
	bool oversold;       /* sold to rather than served */
};

/* The tier it is in, or none. */
void service_of(const struct policy *p, const struct account_view *v, int tier,
	int32_t as_of, struct service *out);

/* Whether a touch is a business review, an empty one or not; and whether one counts, the
 * plan having a next step or not. */
bool service_is_review(const struct cell *touch);
bool service_review_counts(const struct cell *touch, bool next);
/* Whether a plan says what comes next. */
bool service_plan_goes_on(const struct cell *plan);
/* The play that is a business review. */
bool service_review_play(struct text play);

/* How an account is judged, for whoever adds up many of them. Days between talks; 0: the
 * tier has none. */
int32_t service_cadence(const struct policy *p, int tier);
bool service_late(int32_t cadence, int32_t last, int32_t as_of);
/* Business reviews a year, and the days between two of them; 0: none. */
int service_reviews(const struct policy *p, int tier);
int32_t service_review_days(int reviews);
int service_share(uint32_t human, uint32_t digital);
bool service_off(const struct policy *p, int share, int target);
bool service_message(const struct cell *message); /* it was to the customer */
/* So many touches that sell are a matter, and those of value are not as many. */
bool service_oversold(const struct policy *p, uint32_t commercial, uint32_t value);

/* The same in words for people: a line each, "" where there is nothing to say. */
enum service_line {
	SERVICE_LEVEL, /* what the tier is entitled to */
	SERVICE_TALKS,
	SERVICE_REVIEWS,
	SERVICE_MIX,
	SERVICE_SELLING, /* only when the account is sold to */
	SERVICE_LINES
};
#define SERVICE_TEXT_MAX 160
char *service_text(const struct service *s, int tier, int32_t as_of,
	enum service_line line, char out[SERVICE_TEXT_MAX]);
/* Whether that line tells of something that is not kept. */
bool service_missed(const struct service *s, enum service_line line);

#endif
