/*
 * Clinics: one hour of a person for many customers at once, in the place of a talk with
 * each. A touch is of one when its kind says clinic, webinar or office hours; those of
 * one kind, one host and one day are one clinic, however these are spelled. It lasted as
 * long as the longest of them says, and its time is shared evenly among the accounts.
 * What was asked stands in the outcomes, with ';' between two questions.
 */
#ifndef CORE_CLINIC_H
#define CORE_CLINIC_H

#include "core/record.h"
#include "core/touch_class.h"
#include "core/word_set.h"

bool clinic_is(const struct cell *kind);

struct clinic_visit { /* of an account, each once */
	uint32_t account;
	uint32_t row; /* what the caller gave */
	bool sells;   /* else it serves: what could be done for many is done so */
	int32_t day;
	uint32_t kind, host; /* numbers in `word` */
	double minutes;      /* that its touch says; NaN: none. Settled: its share */
	bool answered;
	uint32_t clinic; /* settled: index of it */
};

struct clinic {
	int32_t day;
	struct text kind, host;
	uint32_t accounts;
	double minutes; /* NaN: nobody said */
};

struct clinic_question {
	struct text text; /* as it was asked first */
	uint32_t clinics; /* two or more */
	int32_t last;     /* day of the newest */
};

struct clinics {
	struct clinic_visit *visit; /* settled: by clinic and account */
	uint32_t visits, visits_room;
	struct clinic *clinic; /* by day, kind and host */
	uint32_t clinics;
	/* What came up again: in most clinics first, then the newest, then by text. */
	struct clinic_question *question;
	uint32_t questions;
	/* Of those that say how long they were. */
	uint32_t timed, served; /* clinics; accounts in them, each time counted */
	double minutes;
	struct clinic_asked *asked;
	uint32_t asked_n, asked_room;
	struct word_set word;
};

/* Always to be cleared; texts of it live in it. */
void clinics_init(struct clinics *x);
void clinics_clear(struct clinics *x);
/* A touch of a clinic. */
enum status clinics_add(struct clinics *x, const struct cell *touch, uint32_t account,
	uint32_t row, struct err *e) MUST_USE;
/* After the last. Who said no length counts for `unsaid` minutes. */
enum status clinics_settle(struct clinics *x, double unsaid, struct err *e) MUST_USE;

/* Customers for an hour of a person's; NaN: nothing is known. */
double clinics_per_hour(double customers, double minutes);

#endif
