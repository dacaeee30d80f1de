/*
 * The five questions of a founder, each answered in one sentence with its number, from
 * figures that were made elsewhere: here is only what is said of them. book_questions.h
 * reads them from the book (RULES.md, questions).
 */
#ifndef CORE_QUESTIONS_H
#define CORE_QUESTIONS_H

#include "core/backtest.h"
#include "core/book_revenue.h"
#include "core/book_time.h"
#include "core/causes.h"

enum question {
#define QUESTION(id, name, asked, verb) QUESTION_##id,
#include "core/question.def"
	QUESTIONS
};

struct question_row {
	const char *name, *asked, *verb;
};
extern const struct question_row question_rows[QUESTIONS];

enum answer_state {
	ANSWER_COUNTING, /* still to come */
	ANSWER_UNMADE,   /* by a backtest, and none was made */
	ANSWER_MISSING,  /* the book does not say; the text says what it lacks */
	ANSWER_KNOWN
};

enum {
	ANSWER_SUBJECT_MAX = 96,
	ANSWER_FIGURES = 8,
	QUESTION_TELLING = 3 /* so many behaviours are named at most */
};

struct answer_figure {
	const char *name; /* of the JSON */
	double value;     /* NaN: not known */
};

struct answer {
	enum answer_state state;
	char text[TEXT_SAID_MAX];
	char rule[TEXT_SAID_MAX];         /* of which time, and how it is counted */
	char subject[ANSWER_SUBJECT_MAX]; /* the behaviour, the issue; "": none */
	struct answer_figure figure[ANSWER_FIGURES];
	int figures;
};

/* What became of the customers of a day within a year, and the tickets of that year. */
struct question_year {
	int32_t from, to;       /* closes */
	double grr, nrr, logos; /* percent; NaN: there was no cohort, or of survivors */
	bool survivors;         /* there was one, and who left is not on record */
	struct observed observed;
	uint32_t active; /* at the close */
	uint32_t tickets;
	bool ticketed; /* tickets are on record for all of it */
};
struct question_year question_year_of(const struct revenue *r);

/* Each sets all of *out. */
void question_value(const struct revenue *r, struct answer *out);
/* NULL: none was made. */
void question_churn(const struct backtest *t, struct answer *out);
void question_time(struct book *b, const struct book_time *t, struct answer *out);
void question_issue(const struct causes *c, struct answer *out);
void question_retention(const struct question_year *now,
	const struct question_year *before, struct answer *out);

#endif
