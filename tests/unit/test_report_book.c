/* Reports of books: no text touches another on any page, whatever the names are; all that
 * is hostile comes out as text; the numbers are those of the book. */
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/markup.h"
#include "report/pages.h"
#include "tests/support/buffer.h"
#include "tests/support/fixture.h"
#include "tests/support/hostile.h"
#include "tests/support/hostile_book.h"
#include "tests/support/rows_text.h"

/* ---- pages ---- */

static struct doc doc_of(struct book *b, enum report_kind kind, uint32_t subject)
{
	struct doc d;

	MUST(report_make(b, kind, subject, &d, &e));
	assert_false(d.failed);
	return d;
}

static void check_page(const struct drawing *p, const char *what, int number)
{
	uint32_t one, other;

	if (!drawing_collides(p, &one, &other))
		return;
	fail_msg("%s, page %d: \"%s\" at %.0f,%.0f touches \"%s\"", what, number,
		p->mark[one].text.s, p->mark[one].x, p->mark[one].y,
		other == UINT32_MAX ? "the edge" : p->mark[other].text.s);
}

static int check_pages(struct doc *d, const char *what)
{
	struct pages *p = malloc(sizeof(*p));
	int n;

	assert_non_null(p);
	MUST(pages_make(d, p, &e));
	for (int k = 0; k < p->n; k++)
		check_page(p->page[k], what, k + 1);
	for (int k = 1; k < p->heads; k++)
		assert_true(p->head[k].page >= p->head[k - 1].page);
	n = p->n;
	free(p);
	return n;
}

static void no_texts_touch(void **state)
{
	static const enum fixture books[] = { FIXTURE_EMPTY, FIXTURE_RAW,
		FIXTURE_COMPLETE, FIXTURE_LATER };

	(void)state;
	for (size_t k = 0; k < sizeof(books) / sizeof(*books); k++) {
		struct book *b = fixture_book(books[k]);
		struct doc d = doc_of(b, REPORT_BOARD, 0);
		struct book_figures f;

		assert_true(check_pages(&d, "board") >= 2);
		doc_clear(&d);
		MUST(book_figures(b, &f, &e));
		for (uint32_t id = 1; id <= f.n; id++) {
			d = doc_of(b, REPORT_ACCOUNT, id);
			check_pages(&d, "account");
			doc_clear(&d);
		}
		for (uint32_t id = 1; f.n && id <= 3; id++) {
			d = doc_of(b, REPORT_CSM, id);
			check_pages(&d, "csm");
			doc_clear(&d);
		}
		book_free(&b);
	}
}

/* The check sees what it is for: a text of a page moved onto its neighbour. */
static void touching_is_seen(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct doc d = doc_of(b, REPORT_BOARD, 0);
	struct pages *p = malloc(sizeof(*p));
	uint32_t one, other, last = UINT32_MAX;

	(void)state;
	assert_non_null(p);
	MUST(pages_make(&d, p, &e));
	for (uint32_t k = 0; k < p->page[0]->n; k++) {
		struct mark *m = &p->page[0]->mark[k];

		if (m->kind == MARK_TEXT && last != UINT32_MAX) {
			m->x = p->page[0]->mark[last].x;
			m->y = p->page[0]->mark[last].y + 2;
			break;
		}
		if (m->kind == MARK_TEXT)
			last = k;
	}
	assert_true(drawing_collides(p->page[0], &one, &other));
	free(p);
	doc_clear(&d);
	book_free(&b);
}

/* ---- what comes out ---- */

static struct buffer written(struct book *b, enum report_kind kind, uint32_t subject,
	enum report_format format)
{
	struct buffer out = { NULL, 0, 0 };
	struct doc d = doc_of(b, kind, subject);

	MUST(report_write(&d, format, NULL, buffer_sink, &out, &e));
	doc_clear(&d);
	return out;
}

/* Elements are opened and closed in order, attributes have their quotes, and neither an
 * element nor an attribute is there that a report has no use for. */
static void check_markup(const char *s, bool xml)
{
	static const char *const alone[] = { "meta", "!DOCTYPE" };
	static const char *const bad[] = { "script", "iframe", "object", "embed", "link",
		"img", "image", "use", "foreignObject", "base", "form", "input" };
	char open[64][24];
	int depth = 0;

	for (const char *at = s; (at = strchr(at, '<'));) {
		char name[24];
		const bool closes = at[1] == '/';
		const char *word = at + 1 + closes, *end = word;
		char quote = '\0';

		if (xml && strncmp(at, "<?xml", 5) == 0) {
			at = strchr(at, '>') + 1;
			continue;
		}
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, " />\n"), word);
		for (; *end && (quote || *end != '>'); end++) {
			if (*end == '"')
				quote = quote ? '\0' : '"';
			assert_true(*end != '<');
			if (!quote && strncmp(end, " on", 3) == 0)
				fail_msg("a handler in %.60s", at);
		}
		assert_true(*end == '>');
		for (size_t k = 0; k < sizeof(bad) / sizeof(*bad); k++)
			if (strcmp(name, bad[k]) == 0)
				fail_msg("an element that has no place: %.60s", at);
		at = end + 1;
		if (closes) {
			assert_true(depth > 0);
			assert_string_equal(open[--depth], name);
		} else if (end[-1] != '/' && strcmp(name, alone[0]) != 0 &&
			   strcmp(name, alone[1]) != 0) {
			assert_true(depth < 64);
			memcpy(open[depth++], name, sizeof(name));
		}
		/* The style is no markup. */
		if (!closes && strcmp(name, "style") == 0)
			at = strstr(at, "</style>");
	}
	assert_int_equal(depth, 0);
}

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
	struct book *b = hostile_book(false);
	struct book_figures f;
	uint32_t seen = 0;

	(void)state;
	MUST(book_figures(b, &f, &e));
	assert_true(f.n >= HOSTILE_N);
	for (uint32_t id = 1; id <= HOSTILE_N; id++) {
		struct buffer page = written(b, REPORT_ACCOUNT, id, REPORT_HTML);
		struct arena a;
		struct list_row row;

		arena_init(&a);
		MUST(book_rows(b, &id, 1, &a, &row, &e));
		check_markup(page.s, false);
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
			struct doc d = doc_of(b, REPORT_ACCOUNT, id);

			check_pages(&d, "hostile account");
			doc_clear(&d);
			page = written(b, REPORT_ACCOUNT, id, REPORT_SVG);
			check_markup(page.s, true);
			buffer_clear(&page);
		}
	}
	assert_true(seen > HOSTILE_N / 2);
	book_free(&b);
}

static void hostile_books(void **state)
{
	struct book *b = hostile_book(false);

	(void)state;
	for (uint32_t csm = 0; csm <= 60; csm += 15) {
		const enum report_kind kind = csm ? REPORT_CSM : REPORT_BOARD;
		struct buffer html = written(b, kind, csm, REPORT_HTML);
		struct buffer svg = written(b, kind, csm, REPORT_SVG);
		struct doc d = doc_of(b, kind, csm);

		check_pages(&d, "hostile book");
		check_markup(html.s, false);
		check_markup(svg.s, true);
		doc_clear(&d);
		buffer_clear(&html);
		buffer_clear(&svg);
	}
	book_free(&b);
}

static void the_same_twice(void **state)
{
	static const enum report_format formats[] = { REPORT_HTML, REPORT_SVG };
	struct book *b = fixture_book(FIXTURE_COMPLETE);

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct buffer one = written(b, REPORT_BOARD, 0, formats[k]);
		struct buffer two = written(b, REPORT_BOARD, 0, formats[k]);

		assert_int_equal(one.n, two.n);
		assert_memory_equal(one.s, two.s, one.n);
		buffer_clear(&one);
		buffer_clear(&two);
	}
	book_free(&b);
}

/* A page that is for the customer says nothing of how the customer is rated. */
static void nothing_internal(void **state)
{
	static const char *const words[] = { "Tier", "tier", "Effort", "quadrant",
		"at risk", "Alert", "churn" };
	struct book *b = fixture_book(FIXTURE_COMPLETE);

	(void)state;
	for (uint32_t id = 1; id <= 30; id++) {
		struct buffer page = written(b, REPORT_ACCOUNT, id, REPORT_HTML);
		const char *body = strstr(page.s, "<body>");

		assert_non_null(body);
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++) {
			const char *found = strstr(body, words[k]);

			/* Classes of colours are no words. */
			while (found && (found[-1] == '-' || found[-1] == '"'))
				found = strstr(found + 1, words[k]);
			if (found)
				fail_msg("account %u: %.60s", id, found - 20);
		}
		buffer_clear(&page);
	}
	book_free(&b);
}

static void policy_marks(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct buffer page = written(b, REPORT_BOARD, 0, REPORT_HTML);

	(void)state;
	assert_non_null(strstr(page.s, ">policy 2</text>"));
	assert_non_null(strstr(page.s, "the rules, not the accounts"));
	buffer_clear(&page);
	book_free(&b);
}

/* The rules have the numbers of the policy, not some near them. */
static void exact_rules(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct buffer page;
	int32_t version;

	(void)state;
	MUST(book_policy_apply(b,
		"[health]\nmin_coverage = 0.425\n[tiers]\ntier1_from = "
		"62.125\n[review]\nswap_margin = 1.0625\n",
		"p.ini", "", &version, &e));
	page = written(b, REPORT_BOARD, 0, REPORT_HTML);
	assert_non_null(strstr(page.s, "less than 42.5 % of the weights"));
	assert_non_null(strstr(page.s, "Tier 1 from 62.125,"));
	assert_non_null(strstr(page.s, "by a margin of 1.0625."));
	buffer_clear(&page);
	book_free(&b);
}

static void who_is_not_there(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct err e = { .status = ST_OK };
	struct doc d;

	(void)state;
	assert_int_equal(report_make(b, REPORT_ACCOUNT, 999999, &d, &e), ST_NOTFOUND);
	doc_clear(&d);
	assert_int_equal(report_make(b, REPORT_CSM, 999999, &d, &e), ST_NOTFOUND);
	doc_clear(&d);
	book_free(&b);
}

static void formats(void **state)
{
	(void)state;
	assert_int_equal(report_format_of(TEXT("a/b.HTML")), REPORT_HTML);
	assert_int_equal(report_format_of(TEXT("b.c.pdf")), REPORT_PDF);
	assert_int_equal(report_format_of(TEXT("b.png")), REPORT_PNG);
	assert_int_equal(report_format_of(TEXT(".svg")), REPORT_SVG);
	assert_int_equal(report_format_of(TEXT("pdf")), REPORT_FORMATS);
	assert_int_equal(report_format_of(TEXT("b.txt")), REPORT_FORMATS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_texts_touch),
		cmocka_unit_test(touching_is_seen),
		cmocka_unit_test(hostile_texts),
		cmocka_unit_test(hostile_books),
		cmocka_unit_test(the_same_twice),
		cmocka_unit_test(nothing_internal),
		cmocka_unit_test(policy_marks),
		cmocka_unit_test(exact_rules),
		cmocka_unit_test(who_is_not_there),
		cmocka_unit_test(formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
