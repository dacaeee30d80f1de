/* Exports of lists: the same rows in three shapes, whatever stands in the names. */
#include "core/list_export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/buffer.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const enum list_field usual[] = { LIST_ID, LIST_NAME, LIST_CSM, LIST_ARR,
	LIST_TIER, LIST_HEALTH, LIST_RENEWAL, LIST_COVERAGE };

static struct book *book_of(const char *lines)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_ACCOUNT, lines);
	return rules_book(s, "2026-03-31", "Dana");
}

static struct buffer written(
	struct book *b, enum list_format format, const enum list_field *field, int fields)
{
	struct buffer out = { 0 };
	struct list_query q = { .all = true };
	struct list *l = NULL;
	struct list_export x = { .book = b,
		.field = field,
		.fields = fields,
		.title = TEXT("a <b> & \"c\""),
		.about = TEXT("health:<50, Dana's") };

	MUST(list_sort_parse(TEXT("id"), &q.sort, &e));
	MUST(book_list(b, &q, &l, NULL, &e));
	x.ids = l->id;
	x.n = l->n;
	buffer_add_string(&out, "");
	MUST(list_export(&x, format, buffer_sink, &out, &e));
	list_free(&l);
	return out;
}

static struct book *two(void)
{
	return book_of("account_id=A1|name=North, \"wind\"|csm=Dana|arr=123456|"
		       "renewal_date=2026-04-30\n"
		       "account_id=A2|name==1+1");
}

static void csv_is_guarded(void **state)
{
	struct book *b = two();
	struct buffer out = written(b, LIST_CSV, usual, LENGTH(usual));

	(void)state;
	assert_string_equal(out.s,
		"id,name,csm,arr_cents,tier,health,renewal,coverage\n"
		"A1,\"North, \"\"wind\"\"\",Dana,123456,,,2026-04-30,\n"
		"A2,\"'=1+1\",,,,,,\n");
	buffer_clear(&out);
	book_free(&b);
}

/* For people: the titles of the screen, and no cents to be wrong by 100 with. */
static void a_sheet_has_titles_and_amounts(void **state)
{
	struct book *b = two();
	struct buffer out = written(b, LIST_SHEET, usual, LENGTH(usual));

	(void)state;
	assert_string_equal(out.s,
		"Id,Account,Owner,ARR,Tier,Health,Renewal,Cover\n"
		"A1,\"North, \"\"wind\"\"\",Dana,1234.56,,,2026-04-30,\n"
		"A2,\"'=1+1\",,,,,,\n");
	buffer_clear(&out);
	book_free(&b);
}

static void json_has_nulls(void **state)
{
	struct book *b = two();
	struct buffer out = written(b, LIST_JSON, usual, LENGTH(usual));

	(void)state;
	assert_string_equal(out.s,
		"[{\"id\":\"A1\",\"name\":\"North, \\\"wind\\\"\",\"csm\":\"Dana\","
		"\"arr_cents\":123456,\"tier\":null,\"health\":null,"
		"\"renewal\":\"2026-04-30\",\"coverage\":null},"
		"{\"id\":\"A2\",\"name\":\"=1+1\",\"csm\":null,\"arr_cents\":null,"
		"\"tier\":null,\"health\":null,\"renewal\":null,\"coverage\":null}]\n");
	buffer_clear(&out);
	book_free(&b);
}

/* ---- the page --------------------------------------------------------------------- */

/* Every "<" of a page is one that the writer means. */
static void has_only_known_tags(const char *page)
{
	static const char *const tags[] = { "!DOCTYPE html>", "html lang=\"en\">",
		"/html>", "head>", "/head>", "meta charset=\"utf-8\">",
		("meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
		 "'none'; style-src 'unsafe-inline'\">"),
		"meta name=\"viewport\" content=\"width=device-width\">", "title>",
		"/title>", "style>", "/style>", "body>", "/body>", "h1>", "/h1>", "p>",
		"/p>", "bdi>", "/bdi>", "table>", "/table>", "thead>", "/thead>",
		"tbody>", "/tbody>", "tr>", "/tr>", "th title=\"",
		"th class=\"n\" title=\"", "/th>", "td>", "td class=\"n\">", "/td>" };

	for (const char *s = page; (s = strchr(s, '<')) != NULL; s++) {
		size_t i = 0;

		while (i < LENGTH(tags) && strncmp(s + 1, tags[i], strlen(tags[i])) != 0)
			i++;
		if (i == LENGTH(tags))
			fail_msg("an unknown tag: %.40s", s);
	}
}

static void has_no_controls(const struct buffer *page)
{
	assert_int_equal(text_invalid_at((struct text){ page->s, page->n }), page->n);
	for (size_t i = 0; i < page->n; i++) {
		unsigned char c = (unsigned char)page->s[i];

		assert_true(c >= ' ' || c == '\n');
		assert_int_not_equal(c, 0x7f);
	}
}

static void page_is_whole(void **state)
{
	struct book *b = two();
	struct buffer out = written(b, LIST_HTML, usual, LENGTH(usual));

	(void)state;
	assert_non_null(strstr(out.s, "<title>a &lt;b&gt; &amp; &quot;c&quot;</title>"));
	assert_non_null(strstr(out.s, "<p>2 accounts \xc2\xb7 <bdi>health:&lt;50, "
				      "Dana&#39;s</bdi> \xc2\xb7 as of 2026-03-31</p>"));
	assert_non_null(strstr(out.s, "<td><bdi>North, &quot;wind&quot;</bdi></td>"));
	assert_non_null(strstr(out.s, "<td class=\"n\">$ 1.2k</td>"));
	assert_non_null(strstr(out.s, ">Tier</th>"));
	assert_non_null(strstr(out.s, "</html>\n"));
	assert_null(strstr(out.s, "://")); /* nothing is fetched */
	has_only_known_tags(out.s);
	buffer_clear(&out);
	book_free(&b);
}

/* Names that break out of careless pages. */
static void hostile_names_stay_text(void **state)
{
	static const char *const names[] = { "<script>alert(1)</script>",
		"\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
		"</td></tr></table><h1>x", "</bdi><bdi dir=rtl>", "<!--", "]]>",
		"&lt;script&gt;", "javascript:alert(1)", "\033[31mred", "\001\002\177",
		"\xc2\x85\xc2\x9b", "\xe2\x80\xae gnp.exe", "\xef\xbf\xbf", "{{7*7}}",
		"${7*7}", "<\xef\xbc\x9cscript\xef\xbc\x9e", "a\tb",
		"Ω≈ç√∫ 田中さん 👩‍👩‍👧" };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct book *b;
		struct buffer out;
		char line[256];

		snprintf(line, sizeof(line), "account_id=A1|name=%s|csm=%s|tags=%s",
			names[i], names[i], names[i]);
		b = book_of(line);
		out = written(b, LIST_HTML,
			(const enum list_field[]){ LIST_NAME, LIST_CSM, LIST_TAGS }, 3);
		has_only_known_tags(out.s);
		has_no_controls(&out);
		buffer_clear(&out);
		book_free(&b);
	}
}

static enum status refuse(void *arg, const char *bytes, size_t n, struct err *e)
{
	(void)arg;
	(void)bytes;
	(void)n;
	return err_set(e, ST_IO, "the disk is full");
}

static void failures_are_told(void **state)
{
	struct book *b = two();
	const uint32_t ids[] = { 1, 2 };
	const struct list_export x = {
		.book = b, .ids = ids, .n = 2, .field = usual, .fields = 2
	};
	struct err e;

	(void)state;
	for (int format = LIST_CSV; format <= LIST_HTML; format++) {
		e.text[0] = '\0';
		assert_int_equal(
			list_export(&x, (enum list_format)format, refuse, NULL, &e),
			ST_IO);
		assert_string_equal(e.text, "the disk is full");
	}
	book_free(&b);
}

/* More rows than are fetched at once, none lost and none twice. */
static void many_rows(void **state)
{
	enum { MANY = 1203 };
	struct store *s = fake_store_new();
	struct book *b;
	struct buffer out;
	size_t lines = 0;

	(void)state;
	rows_add_accounts(s, MANY);
	b = rules_book(s, "2026-03-31", "Dana");
	out = written(b, LIST_CSV, usual, 1);
	for (size_t i = 0; i < out.n; i++)
		lines += out.s[i] == '\n';
	assert_int_equal(lines, MANY + 1);
	assert_non_null(strstr(out.s, "\n1203\n"));
	assert_non_null(strstr(out.s, "\n500\n"));
	assert_non_null(strstr(out.s, "\n501\n"));
	buffer_clear(&out);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_is_guarded),
		cmocka_unit_test(a_sheet_has_titles_and_amounts),
		cmocka_unit_test(json_has_nulls),
		cmocka_unit_test(page_is_whole),
		cmocka_unit_test(hostile_names_stay_text),
		cmocka_unit_test(failures_are_told),
		cmocka_unit_test(many_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
