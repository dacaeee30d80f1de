/* questions: the five questions of a founder, each answered in a sentence. */
#include "cli/verbs.h"

#include <stdio.h>

#include "core/book_backtest.h"
#include "core/book_questions.h"
#include "core/json.h"

static void put_text(const struct questions *q)
{
	for (int k = 0; k < QUESTIONS; k++) {
		const struct answer *x = &q->answer[k];

		printf("%s%s\n", k ? "\n" : "", question_rows[k].asked);
		call_line(x->state == ANSWER_KNOWN ? "  " : "! ", text_of(x->text));
		printf("  %s\n  more: tierdesk %s\n", x->rule, question_rows[k].verb);
	}
}

static void put_answer(struct json *j, enum question k, const struct answer *x)
{
	json_object(j);
	json_pair(j, "question", text_of(question_rows[k].name));
	json_key(j, "known");
	json_bool(j, x->state == ANSWER_KNOWN);
	json_pair(j, "answer", text_of(x->text));
	json_pair(j, "rule", text_of(x->rule));
	json_pair(j, "subject",
		x->subject[0] ? text_of(x->subject) : (struct text){ NULL, 0 });
	json_key(j, "figures");
	json_object(j);
	for (int i = 0; i < x->figures; i++) {
		json_key(j, x->figure[i].name);
		json_number(j, x->figure[i].value, 4);
	}
	json_end_object(j);
	json_pair(j, "more", text_of(question_rows[k].verb));
	json_end_object(j);
}

static enum status put_json(const struct questions *q, struct err *e)
{
	struct json j;

	call_json(&j);
	json_object(&j);
	json_key(&j, "as_of");
	json_day(&j, q->as_of);
	json_key(&j, "questions");
	json_array(&j);
	for (int k = 0; k < QUESTIONS; k++)
		put_answer(&j, (enum question)k, &q->answer[k]);
	json_end_array(&j);
	json_end_object(&j);
	return call_json_end(&j, ST_OK, e);
}

enum status verb_questions(struct call *c, struct err *e)
{
	struct book_questions *q = NULL;
	struct book *b = NULL;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK) {
		book_progress(b, &call_interruptible);
		st = book_backtest_need(b, e);
		book_progress(b, NULL);
	}
	if (st == ST_OK)
		st = book_questions_new(b, &q, e);
	if (st == ST_OK)
		st = book_questions_all(q, e);
	if (st == ST_OK && c->format == FORMAT_JSON)
		st = put_json(book_questions_known(q), e);
	else if (st == ST_OK)
		put_text(book_questions_known(q));
	book_questions_free(&q);
	book_free(&b);
	return st;
}
