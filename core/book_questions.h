/*
 * The five questions of a founder, answered from a book in steps, each with the figures
 * of the last: revenue of the year until the as-of day and of the one before, touches and
 * tickets of the last quarter. What predicts churn is taken from the last backtest that
 * was made of this book on this day by this policy (book_backtest.h); none is made here,
 * for it takes long.
 */
#ifndef CORE_BOOK_QUESTIONS_H
#define CORE_BOOK_QUESTIONS_H

#include "core/questions.h"

struct questions {
	int32_t as_of;
	struct answer answer[QUESTIONS];
	bool done; /* none is ANSWER_COUNTING any more */
};

struct book_questions;
enum status book_questions_new(
	struct book *b, struct book_questions **out, struct err *e) MUST_USE;
void book_questions_free(struct book_questions **q);
/* One step on; nothing when it is done. After a failure the rest stays as it is. */
enum status book_questions_step(struct book_questions *q, struct err *e) MUST_USE;
/* All of them. */
enum status book_questions_all(struct book_questions *q, struct err *e) MUST_USE;
/* What is known so far; borrowed until the next step. */
const struct questions *book_questions_known(const struct book_questions *q);

#endif
