/* The five questions of a founder, behind where the base stands. */
#include "report/board_internal.h"

#include "core/book_backtest.h"
#include "core/book_questions.h"

static void put_answers(struct board *x, const struct questions *q)
{
	doc_section(x->d, "questions", "Five questions");
	for (int k = 0; k < QUESTIONS; k++) {
		const struct answer *a = &q->answer[k];

		doc_head(x->d, question_rows[k].asked);
		doc_say(x->d, a->state == ANSWER_KNOWN ? TONE_STRONG : TONE_ASK, "%s",
			a->text);
		doc_say(x->d, TONE_QUIET, "%s", a->rule);
	}
}

enum status board_questions(struct board *x, struct err *e)
{
	struct book_questions *q = NULL;
	enum status st = book_backtest_need(x->b, e);

	if (st == ST_OK)
		st = book_questions_new(x->b, &q, e);
	if (st == ST_OK)
		st = book_questions_all(q, e);
	if (st == ST_OK)
		put_answers(x, book_questions_known(q));
	book_questions_free(&q);
	return st;
}
