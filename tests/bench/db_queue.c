/*
 * db_queue BOOK DAY [ROUNDS]: what the queues of the day take in a book, in milliseconds
 * of processor time, medians: the queue of a CSM from the open book on ("cold"), with the
 * figures there as a console has them ("first"), again ("again"), and that of everybody.
 */
#include "core/queue.h"
#include "tests/bench/db_book.h"

static double ask(struct book *b, enum queue_scope scope, uint32_t *rows)
{
	const struct queue_query query = { .scope = scope, .csm = 1 };
	struct err e = { .status = ST_OK };
	struct queue *q;
	const double begun = now();
	double ms;

	must(book_queue(b, &query, &q, NULL, &e), &e);
	ms = now() - begun;
	*rows = q->n;
	queue_free(&q);
	return ms;
}

static void report(const char *what, double *ms, int n, uint32_t rows)
{
	qsort(ms, (size_t)n, sizeof(*ms), ascending);
	printf("%s %.2f %.2f %u\n", what, ms[n / 2], ms[0], rows);
}

int main(int argc, char **argv)
{
	double ms[4][ROUNDS_MAX];
	int32_t day;
	int rounds = argc > 3 ? atoi(argv[3]) : 9;
	uint32_t rows = 0, all = 0;

	if (argc < 3 || !day_parse(text_of(argv[2]), DAY_ISO, &day) || rounds < 1 ||
		rounds > ROUNDS_MAX)
		return 2;
	for (int i = 0; i < rounds; i++) {
		struct err e = { .status = ST_OK };
		struct book_figures figures;
		struct book *b = open_book(argv[1], day);

		ms[0][i] = ask(b, QUEUE_OF_CSM, &rows);
		book_free(&b);
		b = open_book(argv[1], day);
		must(book_figures(b, &figures, &e), &e);
		ms[1][i] = ask(b, QUEUE_OF_CSM, &rows);
		ms[2][i] = ask(b, QUEUE_OF_CSM, &rows);
		ms[3][i] = ask(b, QUEUE_OF_ANYBODY, &all);
		book_free(&b);
	}
	report("cold", ms[0], rounds, rows);
	report("first", ms[1], rounds, rows);
	report("again", ms[2], rounds, rows);
	report("anybody", ms[3], rounds, all);
	return 0;
}
