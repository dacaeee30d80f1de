#include "tests/support/reporting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/pages.h"
#include "tests/support/rows_text.h"

struct doc report_doc(struct book *b, enum report_kind kind, uint32_t subject)
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

int report_check_pages(struct doc *d, const char *what)
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

struct buffer report_written(struct book *b, enum report_kind kind, uint32_t subject,
	enum report_format format)
{
	struct buffer out = { NULL, 0, 0 };
	struct doc d = report_doc(b, kind, subject);

	MUST(report_write(&d, format, NULL, buffer_sink, &out, &e));
	doc_clear(&d);
	return out;
}

void report_check_markup(const char *s, bool xml)
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
