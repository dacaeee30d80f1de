/* What pages are made of: the ruler, clean texts that fit, colours that can be told
 * apart, axes with round numbers; and the check that texts do not touch sees when they
 * do. */
#include "report/drawing.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "report/doc.h"
#include "report/pages.h"
#include "report/plot.h"
#include "report/ruler.h"
#include "tests/support/hostile.h"

static const struct letters plain = { 10, false, INK_TEXT, ANCHOR_START };

enum { MARGIN = (PAGES_WIDTH - DOC_WIDTH) / 2 };

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

/* ---- the ruler ---- */

static void widths(void **state)
{
	(void)state;
	assert_true(fabs(ruler_width(TEXT("0000"), 10, false) - 4 * 5.56) < 1e-9);
	assert_true(
		ruler_width(TEXT("ab"), 10, true) > ruler_width(TEXT("ab"), 10, false));
	assert_true(fabs(ruler_width(TEXT("\xe5\xad\x97"), 10, false) - 10) < 1e-9);
	assert_true(ruler_width(TEXT("\xf0\x9f\x98\x80"), 10, false) > 10);
	assert_int_equal(ruler_fit(TEXT("0000"), 10, false, 3 * 5.56 + 0.1), 3);
	/* A mark stays with its letter. */
	assert_int_equal(ruler_fit(TEXT("e\xcc\x81x"), 10, false, 6.5), 3);
}

static void check_lines(const char *text, double width, const char *const *want, int n)
{
	struct text rest = text_of(text);

	assert_int_equal(ruler_lines(rest, 10, false, width), n);
	for (int k = 0; k < n; k++) {
		const struct text line = ruler_line(&rest, 10, false, width);

		assert_int_equal(line.n, strlen(want[k]));
		assert_memory_equal(line.s, want[k], line.n);
	}
	assert_int_equal(rest.n, 0);
}

static void lines(void **state)
{
	static const char *const words[] = { "one two", "three" };
	static const char *const units[] = { "renewal in", "20 d" };
	static const char *const long_word[] = { "00000", "00000", "0" };

	(void)state;
	check_lines("one two three", 45, words, 2);
	check_lines("renewal in 20 d", 62, units, 2);
	check_lines("00000000000", 5 * 5.56 + 0.1, long_word, 3);
	check_lines("", 45, NULL, 0);
	/* Nothing fits: a character a line, and an end. */
	assert_int_equal(ruler_lines(TEXT("abc"), 10, false, 0), 3);
}

/* Whatever the text, lines get on, none is wider than it may be, nothing is lost but
 * blanks. */
static void hostile_lines(void **state)
{
	(void)state;
	for (int i = 0; i < HOSTILE_N; i++) {
		const struct text t = drawing_clean(&arena, hostile_text(i, &arena));
		size_t kept = 0, all = 0;
		struct text rest = text_trim(t);
		int guard = 0;

		for (size_t k = 0; k < t.n; k++)
			all += t.s[k] != ' ';
		while (rest.n) {
			const struct text line = ruler_line(&rest, 8, false, 60);

			assert_true(ruler_width(line, 8, false) <= 60.01);
			for (size_t k = 0; k < line.n; k++)
				kept += line.s[k] != ' ';
			assert_true(++guard < 8000);
		}
		assert_int_equal(kept, all);
	}
}

/* ---- texts ---- */

static void clean_texts(void **state)
{
	const struct text t = drawing_clean(&arena, TEXT("a\nb\tc\x1b[2J\x7f\xff<&"));

	(void)state;
	assert_int_equal(text_invalid_at(t), t.n);
	assert_string_equal(t.s, "a b c\xef\xbf\xbd[2J\xef\xbf\xbd\xef\xbf\xbd<&");
}

static void cut_texts(void **state)
{
	struct drawing *d = drawing_new(&arena, 200, 100);

	(void)state;
	drawing_text(d, 0, 20, 40, &plain, TEXT("Meridian Toys and Games"));
	drawing_text(d, 0, 40, 200, &plain, TEXT("Meridian"));
	assert_int_equal(d->n, 2);
	assert_string_equal(d->mark[0].text.s, "Meridia\xe2\x80\xa6");
	assert_true(drawing_box(&d->mark[0]).w <= 40);
	assert_string_equal(d->mark[1].text.s, "Meridian");
}

static void collisions(void **state)
{
	struct drawing *d = drawing_new(&arena, 200, 100);
	const struct letters end = { 10, false, INK_TEXT, ANCHOR_END };
	uint32_t one, other;

	(void)state;
	drawing_text(d, 10, 20, 90, &plain, TEXT("left"));
	drawing_text(d, 190, 20, 90, &end, TEXT("right"));
	drawing_text(d, 10, 31, 90, &plain, TEXT("below"));
	assert_false(drawing_collides(d, &one, &other));
	drawing_text(d, 20, 24, 90, &plain, TEXT("across"));
	assert_true(drawing_collides(d, &one, &other));
	assert_int_equal(one, 0);
	assert_int_equal(other, 3);
	d->n--;
	drawing_text(d, 180, 60, 90, &plain, TEXT("over the edge"));
	assert_true(drawing_collides(d, &one, &other));
	assert_int_equal(one, 3);
	assert_int_equal(other, UINT32_MAX);
}

static void moved(void **state)
{
	struct drawing *d = drawing_new(&arena, 200, 100);
	struct drawing *page = drawing_new(&arena, 400, 400);
	const struct spot spot[] = { { 1, 2 }, { 3, 4 } };

	(void)state;
	drawing_line(d, 1, 2, 3, 4, INK_TEXT, 1);
	drawing_path(d, spot, 2, INK_TEXT, 1, false);
	drawing_add(page, d, 100, 200);
	assert_true(fabs(page->mark[0].w - 103) < 1e-9);
	assert_true(fabs(page->mark[0].h - 204) < 1e-9);
	assert_true(fabs(page->mark[1].spot[1].y - 204) < 1e-9);
	assert_true(fabs(d->mark[1].spot[1].y - 4) < 1e-9); /* the other is as it was */
}

/* ---- colours ---- */

static double channel(uint32_t c)
{
	const double v = (c & 255) / 255.0;

	return v <= 0.03928 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
	return 0.2126 * channel(rgb >> 16) + 0.7152 * channel(rgb >> 8) +
	       0.0722 * channel(rgb);
}

static double contrast(uint32_t a, uint32_t b)
{
	const double x = luminance(a), y = luminance(b);

	return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* WCAG: letters 4.5 to 1, shapes 3 to 1, on either ground, light and dark. */
static void inks(void **state)
{
	static const enum ink ground[] = { INK_PAPER, INK_PANEL };

	(void)state;
	assert_true(fabs(contrast(0x000000, 0xffffff) - 21) < 0.01);
	for (int k = 0; k < INKS; k++) {
		const struct ink_row *ink = &ink_rows[k];
		const double least = ink->use == INK_LETTERS ? 4.5
				     : ink->use == INK_SHAPE ? 3
							     : 1;

		for (int g = 0; g < (ink->use == INK_LETTERS ? 2 : 1); g++) {
			if (contrast(ink->light, ink_rows[ground[g]].light) < least)
				fail_msg("%s: too faint on a light page", ink->class);
			if (contrast(ink->dark, ink_rows[ground[g]].dark) < least)
				fail_msg("%s: too faint on a dark page", ink->class);
		}
	}
}

/* ---- axes and figures ---- */

static void check_scale(double from, double to, enum plot_unit unit, double begin,
	double end, double step)
{
	const struct plot_scale s = plot_scale(from, to, 5, unit);

	assert_true(fabs(s.from - begin) < 1e-9);
	assert_true(fabs(s.to - end) < 1e-9);
	assert_true(fabs(s.step - step) < 1e-9);
}

static void scales(void **state)
{
	(void)state;
	check_scale(0, 360, PLOT_COUNT, 0, 400, 100);
	check_scale(0, 1, PLOT_COUNT, 0, 1, 1); /* no half accounts */
	check_scale(0, 0, PLOT_COUNT, 0, 1, 1);
	check_scale(94.2, 101.9, PLOT_PERCENT, 94, 102, 2);
	check_scale(0, 1e12, PLOT_MONEY, 0, 1e12, 2e11);
}

static void check_figure(const char *is, const char *want)
{
	assert_string_equal(is, want);
}

static void figures(void **state)
{
	char a[DOC_FIGURE_MAX], n[PLOT_NUMBER_MAX];

	(void)state;
	check_figure(doc_count(0, a), "0");
	check_figure(doc_count(999, a), "999");
	check_figure(doc_count(1000, a), "1,000");
	check_figure(doc_count(-1234567, a), "-1,234,567");
	check_figure(doc_percent((double)NAN, a), "--");
	check_figure(doc_percent(95.87, a), "95.9 %");
	check_figure(doc_change(true, -12, a), "-12");
	check_figure(doc_change(true, 0, a), "0");
	check_figure(doc_change(false, 5, a), "--");
	check_figure(plot_number(2.5e8, PLOT_MONEY, "USD", n), "$ 2.5M");
	check_figure(plot_number(20, PLOT_PERCENT, NULL, n), "20 %");
	check_figure(plot_number(20000, PLOT_COUNT, NULL, n), "20,000");
}

/* Bars with the longest names there are, and with none. */
static void long_bars(void **state)
{
	struct plot_bar bar[40];
	struct plot_bars p = { .bar = bar,
		.parts = 1,
		.part = { { "load", INK_ACCENT, false, false } },
		.limit = "what this CSM takes",
		.most = 100,
		.unit = PLOT_PERCENT,
		.title = "% of a whole book" };
	uint32_t one, other;

	(void)state;
	for (uint32_t n = 0; n <= 40; n += 20) {
		const struct drawing *d;

		p.n = n;
		for (uint32_t k = 0; k < n; k++)
			bar[k] = (struct plot_bar){ .label = hostile_text((int)k, &arena),
				.part = { k * 1e4 },
				.limit = 100,
				.value = hostile_text((int)k + 50, &arena) };
		d = plot_bars(&arena, &p);
		assert_false(d->failed);
		if (drawing_collides(d, &one, &other))
			fail_msg("%.*s touches %.*s", (int)d->mark[one].text.n,
				d->mark[one].text.s,
				other == UINT32_MAX ? 4 : (int)d->mark[other].text.n,
				other == UINT32_MAX ? "edge" : d->mark[other].text.s);
	}
}

/* Lines over any span of time and number of policies. */
static void long_times(void **state)
{
	static const int spans[] = { 1, 6, 29, 80, 400, 1500, 20000 };
	struct plot_event event[12];

	(void)state;
	for (size_t s = 0; s < sizeof(spans) / sizeof(*spans); s++) {
		int32_t day[50];
		double y[50];
		struct plot_time p = { .day = day,
			.n = 50,
			.series = { { { "net revenue retention, 12 months", INK_ACCENT,
					      true, false },
				y } },
			.count = 1,
			.most = (double)NAN,
			.unit = PLOT_MONEY,
			.currency = "USD",
			.title = "ARR",
			.event = event,
			.events = 12,
			.height = 160 };
		uint32_t one, other;
		const struct drawing *d;

		for (int k = 0; k < 50; k++) {
			day[k] = k * spans[s] / 50 + 10000;
			y[k] = k % 7 ? k * 1e13 : (double)NAN;
		}
		for (int k = 0; k < 12; k++)
			event[k] = (struct plot_event){ 10000 + k * spans[s] / 12,
				"policy 123" };
		d = plot_time(&arena, &p);
		assert_false(d->failed);
		if (drawing_collides(d, &one, &other))
			fail_msg("%d days: %s touches %s", spans[s], d->mark[one].text.s,
				other == UINT32_MAX ? "the edge" : d->mark[other].text.s);
	}
}

/* ---- tables ---- */

/* As many figures, and as wide, as a base whose revenue came from next to nothing has. */
static void wide_tables(void **state)
{
	static const char *const figures[] = { "tier 1", "999,999", "CHF 999.9M",
		"-CHF 999.9M", "-CHF 999.9M", "CHF 999.9M", "CHF 999.9M", "1234567.8 %",
		"100.0 %", "1234567.8 %", "100.0 %", "by the targets" };
	struct doc_column column[DOC_COLUMNS];
	struct doc_table *t;
	struct pages *p = malloc(sizeof(*p));
	struct doc d;
	uint32_t one, other;

	(void)state;
	assert_non_null(p);
	for (int c = 0; c < DOC_COLUMNS; c++)
		column[c] = (struct doc_column){ "Of a column", c && c + 1 < DOC_COLUMNS,
			false };
	doc_init(&d);
	doc_section(&d, "s", "Section");
	t = doc_table(&d, "", column, DOC_COLUMNS);
	for (int c = 0; c < DOC_COLUMNS; c++)
		doc_cell(&d, t, TONE_STRONG, text_of(figures[c]));
	doc_show(&d, t);
	assert_int_equal(pages_make(&d, p, NULL), ST_OK);
	assert_int_equal(p->n, 1);
	assert_false(drawing_collides(p->page[0], &one, &other));
	for (uint32_t k = 0; k < p->page[0]->n; k++) {
		const struct mark *m = &p->page[0]->mark[k];
		const struct box box = drawing_box(m);

		if (m->kind != MARK_TEXT || m->y < 100 || m->y > PAGES_HEIGHT - 60)
			continue;
		if (box.x < MARGIN - 0.1 || box.x + box.w > PAGES_WIDTH - MARGIN + 0.1)
			fail_msg("\"%s\" is beyond the margin", m->text.s);
		if (strstr(m->text.s, "\xe2\x80\xa6"))
			fail_msg("\"%s\" is cut", m->text.s);
	}
	doc_clear(&d);
	free(p);
}

/* A name that runs from right to left ends where it ends; one that asks for more is not
 * heard. */
static void straight_sentences(void **state)
{
	static const char *const names[][2] = {
		{ "\xe2\x80\xaegnp.exe", "gnp.exe is over" },
		{ "\xe2\x81\xa7x\xe2\x81\xa9", "x is over" },
		{ "\xd7\xa9\xd7\x9c", "\xd7\xa9\xd7\x9c is over" },
		{ "\xe2\x80\x8f"
		  "a",
			"\xe2\x80\x8f"
			"a is over" },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
		struct doc d;

		doc_init(&d);
		doc_section(&d, "s", "Section");
		doc_say(&d, TONE_PLAIN, "%s is over", names[k][0]);
		assert_true(text_eq(d.first->first->text, text_of(names[k][1])));
		doc_clear(&d);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(widths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(hostile_lines, set_up, tear_down),
		cmocka_unit_test_setup_teardown(clean_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cut_texts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(collisions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(moved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(inks, set_up, tear_down),
		cmocka_unit_test_setup_teardown(scales, set_up, tear_down),
		cmocka_unit_test_setup_teardown(figures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_bars, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_times, set_up, tear_down),
		cmocka_unit_test(wide_tables),
		cmocka_unit_test(straight_sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
