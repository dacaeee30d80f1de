/* Reports of books whose texts are hostile: whatever is in a name comes out as text, and
 * as nothing else. */
#include "tests/support/reporting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/markup.h"
#include "tests/support/fake_store.h"
#include "tests/support/hostile.h"
#include "tests/support/hostile_book.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static bool holds(const struct buffer *page, struct text t)
{
	struct buffer want = { NULL, 0, 0 };
	struct out *o = malloc(sizeof(*o));
	bool found;

	assert_non_null(o);
	out_init(o, buffer_sink, &want);
	markup_text(o, t);
	MUST(out_finish(o, &e));
	found = !want.n || strstr(page->s, want.s);
	buffer_clear(&want);
	free(o);
	return found;
}

static void hostile_texts(void **state)
{
	struct book *b = hostile_book(false, true);
	struct book_figures f;
	uint32_t seen = 0;

	(void)state;
	MUST(book_figures(b, &f, &e));
	assert_true(f.n >= HOSTILE_N);
	for (uint32_t id = 1; id <= HOSTILE_N; id++) {
		struct buffer page = report_written(b, REPORT_ACCOUNT, id, REPORT_HTML);
		struct arena a;
		struct list_row row;

		arena_init(&a);
		MUST(book_rows(b, &id, 1, &a, &row, &e));
		report_check_markup(page.s, false);
		assert_int_equal(
			text_invalid_at((struct text){ page.s, page.n }), page.n);
		/* Longer ones are cut in the title. */
		if (row.name.n <= 400) {
			assert_true(holds(&page, row.name));
			seen++;
		}
		buffer_clear(&page);
		arena_clear(&a);
		if (id % 10 == 0) {
			struct doc d = report_doc(b, REPORT_ACCOUNT, id);

			report_check_pages(&d, "hostile account");
			doc_clear(&d);
			page = report_written(b, REPORT_ACCOUNT, id, REPORT_SVG);
			report_check_markup(page.s, true);
			buffer_clear(&page);
		}
	}
	assert_true(seen > HOSTILE_N / 2);
	book_free(&b);
}

static void hostile_books(void **state)
{
	struct book *b = hostile_book(false, true);

	(void)state;
	for (uint32_t csm = 0; csm <= 60; csm += 15) {
		const enum report_kind kind = csm ? REPORT_CSM : REPORT_BOARD;
		struct buffer html = report_written(b, kind, csm, REPORT_HTML);
		struct buffer svg = report_written(b, kind, csm, REPORT_SVG);
		struct doc d = report_doc(b, kind, csm);

		report_check_pages(&d, "hostile book");
		report_check_markup(html.s, false);
		report_check_markup(svg.s, true);
		doc_clear(&d);
		buffer_clear(&html);
		buffer_clear(&svg);
	}
	book_free(&b);
}

/* A name that is cut, in the head of every page, is cut between two letters. */
static void cut_names(void **state)
{
	struct book *b = rules_book(fake_store_new(), "2026-03-31", "Dana Reyes");
	char line[320];

	(void)state;
	for (int n = 196; n <= 200; n++) {
		struct doc d;

		snprintf(line, sizeof(line), "name=%0*d\xe6\xa0\xaa\xe6\xa0\xaa", n, n);
		rows_put(book_store(b), REC_CSM, line);
		d = report_doc(b, REPORT_CSM, (uint32_t)n - 195);
		assert_true(d.name.n > 196);
		assert_null(strstr(d.name.s, "\xef\xbf\xbd"));
		doc_clear(&d);
	}
	book_free(&b);
}

/* What is too long for a sheet says that it goes on. */
static void cut_goals(void **state)
{
	struct book *b = rules_book(fake_store_new(), "2026-03-31", "Dana Reyes");
	char line[1200], want[1000];

	(void)state;
	for (int n = 900; n <= 901; n++) {
		struct buffer page;

		snprintf(line, sizeof(line), "account_id=A|name=%0*d", n - 500, 0);
		rows_put(book_store(b), REC_ACCOUNT, line);
		snprintf(line, sizeof(line), "account_id=A|goal=%0*d", n, 0);
		rows_put(book_store(b), REC_PLAN, line);
		page = report_written(b, REPORT_ACCOUNT, 1, REPORT_HTML);
		snprintf(want, sizeof(want), "<p class=\"strong\">%0900d%s</p>", 0,
			n > 900 ? "..." : "");
		assert_non_null(strstr(page.s, want));
		snprintf(want, sizeof(want), "<p><bdi>%0400d%s</bdi>", 0,
			n > 900 ? "..." : "");
		assert_non_null(strstr(page.s, want));
		buffer_clear(&page);
	}
	book_free(&b);
}

/* ---- every text there is, on a board ---- */

enum { SHOWN = 20, LISTED_MOST = 1024 };

/* Accounts that the first review placed: a board names them all among its movements. */
static struct book *placed(void)
{
	struct book *b = rules_book(fake_store_new(), "2026-03-31", "Dana Reyes");
	struct recalc_result recalculated;
	struct review review;
	char line[96];

	for (int k = 1; k <= SHOWN; k++) {
		snprintf(line, sizeof(line),
			"account_id=A%02d|arr=%d|contract_start=2024-01-01|status=active",
			k, k * 100000);
		rows_put(book_store(b), REC_ACCOUNT, line);
	}
	MUST(book_recalc(b, &recalculated, &e));
	MUST(book_review(b, true, &review, &e));
	review_clear(&review);
	return b;
}

static void rename_all(struct book *b, const struct text *name, size_t n)
{
	struct store *s = book_store(b);
	struct put_batch batch = { .kind = REC_ACCOUNT,
		.mapped = 1u << F_ACCOUNT_ID | 1u << F_NAME,
		.mode = PUT_OVERWRITE };
	struct put_counts counts;
	char id[24];

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	for (size_t k = 0; k < n; k++) {
		struct cell c[RECORD_FIELDS_MAX] = { [F_NAME] = CELL_OF_TEXT(name[k]) };

		snprintf(id, sizeof(id), "A%02zu", k + 1);
		c[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(id));
		MUST(s->ops->put(s, c, k + 2, NULL, &e));
	}
	MUST(s->ops->batch_end(s, &counts, &e));
	MUST(s->ops->commit(s, &e));
}

/* What a browser would show: without elements, the signs for & and its kin put back. */
static struct text shown_of(const struct buffer *page, struct arena *a)
{
	static const char *const signs[][2] = { { "&amp;", "&" }, { "&lt;", "<" },
		{ "&gt;", ">" }, { "&quot;", "\"" }, { "&#39;", "'" } };
	char *out = arena_alloc(a, page->n + 1);
	size_t n = 0;

	assert_non_null(out);
	for (const char *at = strstr(page->s, "<body>"); *at;) {
		if (*at == '<') {
			at = strchr(at, '>') + 1;
			out[n++] = '\n';
			continue;
		}
		out[n] = *at;
		for (size_t k = 0; *at == '&'; k++) {
			assert_true(k < sizeof(signs) / sizeof(*signs));
			if (strncmp(at, signs[k][0], strlen(signs[k][0])) != 0)
				continue;
			out[n] = signs[k][1][0];
			at += strlen(signs[k][0]) - 1;
			break;
		}
		n++;
		at++;
	}
	return (struct text){ out, n };
}

/* The name stands alone in its element. */
static bool names(struct text shown, struct text name, struct arena *a)
{
	const struct text clean = drawing_clean(a, name);
	char *line = arena_alloc(a, clean.n + 3);

	assert_non_null(line);
	snprintf(line, clean.n + 3, "\n%.*s\n", (int)clean.n, clean.s);
	return strstr(shown.s, line) != NULL;
}

static void check_board(struct book *b, const struct text *name, size_t n)
{
	struct buffer html, svg;
	struct arena a;
	struct text shown;

	rename_all(b, name, n);
	html = report_written(b, REPORT_BOARD, 0, REPORT_HTML);
	svg = report_written(b, REPORT_BOARD, 0, REPORT_SVG);
	report_check_markup(html.s, false);
	report_check_markup(svg.s, true);
	arena_init(&a);
	shown = shown_of(&html, &a);
	for (size_t k = 0; k < n; k++)
		if (!names(shown, name[k], &a))
			fail_msg("not on the board: %.*s", (int)name[k].n, name[k].s);
	arena_clear(&a);
	buffer_clear(&html);
	buffer_clear(&svg);
}

static void check_boards(const struct text *name, size_t n)
{
	struct book *b = placed();

	for (size_t k = 0; k < n; k += SHOWN)
		check_board(b, name + k, n - k < SHOWN ? n - k : SHOWN);
	book_free(&b);
}

static void own_texts_on_boards(void **state)
{
	struct text name[HOSTILE_N];
	struct arena a;

	(void)state;
	arena_init(&a);
	for (int k = 0; k < HOSTILE_N; k++)
		name[k] = hostile_text(k, &a);
	check_boards(name, HOSTILE_N);
	arena_clear(&a);
}

static void listed_texts_on_boards(void **state)
{
	static struct text name[LISTED_MOST];
	struct buffer file = { 0 };
	const size_t n = hostile_listed(&file, name, LISTED_MOST);

	(void)state;
	if (n == 0) {
		print_message("skipped: no list of naughty strings\n");
		skip();
	}
	assert_true(n + HOSTILE_N >= 715);
	check_boards(name, n);
	buffer_clear(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_texts),
		cmocka_unit_test(hostile_books),
		cmocka_unit_test(cut_names),
		cmocka_unit_test(cut_goals),
		cmocka_unit_test(own_texts_on_boards),
		cmocka_unit_test(listed_texts_on_boards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
