/* What the program says of itself at a terminal: every verb, option and example. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/call.h"
#include "cli/documents.h"

enum { WORDS_MAX = 32, COLUMNS_MAX = 80 };

static void every_verb_has_a_group(void **state)
{
	const char *group = "";
	char past[128] = " ";

	(void)state;
	for (const struct documents_verb *v = documents_verbs; *v->name; v++) {
		char word[32];

		if (!*v->help || strcmp(v->group, group) == 0)
			continue;
		group = v->group;
		snprintf(word, sizeof(word), " %s ", group);
		if (!*group || strstr(past, word))
			fail_msg("%s: its group \"%s\" stands in two places", v->name,
				group);
		strcat(past, word + 1);
	}
}

static void every_option_has_a_text(void **state)
{
	(void)state;
	for (const struct documents_verb *v = documents_verbs; *v->name; v++)
		for (const struct documents_option *o = documents_options; *o->name;
			o++) {
			const struct documents_option x = documents_option_of(o, v->name);

			if (!call_list_has(v->options, o->name)) {
				if (x.help != o->help)
					fail_msg("%s does not take --%s", v->name,
						o->name);
				continue;
			}
			if (!*x.help || !x.value != !o->value)
				fail_msg("%s: nothing is said of --%s", v->name, o->name);
		}
}

/* As a shell splits it; what goes into a file is left out. */
static int split(char *line, char *word[WORDS_MAX])
{
	int n = 0;

	word[n++] = (char[]){ "tierdesk" };
	for (char *at = line; *at;) {
		char *out = at;
		char quote = '\0';

		assert_true(n < WORDS_MAX);
		if (*at == '>')
			break;
		word[n++] = out;
		for (; *at && (quote || *at != ' '); at++)
			if (*at == '\'')
				quote = quote ? '\0' : '\'';
			else
				*out++ = *at;
		assert_int_equal(quote, '\0');
		at += *at == ' ';
		*out = '\0';
	}
	return n;
}

static void examples_are_understood(void **state)
{
	(void)state;
	for (const struct documents_verb *v = documents_verbs; *v->name; v++) {
		char line[256], whole[256], *word[WORDS_MAX];
		struct err e;
		struct call c;

		if (*v->help && !documents_example(v, 0, line))
			fail_msg("%s has no example", v->name);
		for (int i = 0; documents_example(v, i, line); i++) {
			snprintf(whole, sizeof(whole), "%s", line);
			if (call_parse(&c, split(line, word), word, &e) != ST_OK)
				fail_msg("%s: %s", whole, e.text);
			if (strcmp(c.verb->name, v->name) != 0)
				fail_msg("%s stands at %s", whole, v->name);
			call_clear(&c);
		}
	}
}

static char *help_of(const char *verb, size_t *n)
{
	char *out = NULL;
	FILE *f = open_memstream(&out, n);

	assert_non_null(f);
	documents_help(f, verb);
	assert_int_equal(fclose(f), 0);
	return out;
}

static void lines_fit(void **state)
{
	(void)state;
	for (const struct documents_verb *v = documents_verbs;; v++) {
		size_t n;
		char *text = help_of(*v->name ? v->name : NULL, &n);

		for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
			if (strlen(line) > COLUMNS_MAX &&
				strncmp(line, "  tierdesk ", 11) != 0 &&
				strncmp(line, "usage: ", 7) != 0)
				fail_msg("%s: %s", v->name, line);
		free(text);
		if (!*v->name)
			break;
	}
}

static void what_is_meant(void **state)
{
	static const struct {
		const char *verb, *error;
	} rows[] = {
		{ "queu", "there is no verb \"queu\"; did you mean queue?" },
		{ "rebal", "did you mean rebalance?" },
		{ "zzz", "there is no verb \"zzz\"; see tierdesk help" },
		{ "document", "there is no verb \"document\"; see tierdesk help" },
	};
	const struct verb *verb;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(call_find_verb(rows[i].verb, &verb, &e), ST_USAGE);
		if (!strstr(e.text, rows[i].error))
			fail_msg("%s: %s", rows[i].verb, e.text);
	}
	assert_int_equal(call_find_verb("queue", &verb, &e), ST_OK);
	assert_string_equal(verb->name, "queue");
}

static void says(const char *word, const char *error)
{
	char program[] = "tierdesk", own[64];
	struct call c;
	struct err e;

	snprintf(own, sizeof(own), "%s", word);
	assert_int_equal(
		call_parse(&c, 2, (char *[]){ program, own, NULL }, &e), ST_USAGE);
	call_clear(&c);
	if (!strstr(e.text, error))
		fail_msg("%s: %s", word, e.text);
}

/* Who has a file types just that. */
static void a_file_is_no_verb(void **state)
{
	char name[] = "book-XXXXXX", folder[] = "folder-XXXXXX";

	(void)state;
	says("my.db", "\"my.db\"; to open a book: tierdesk --db my.db");
	says("./my", "to open a book: tierdesk --db ./my");
	says("my book.db", "to open a book: tierdesk --db 'my book.db'");
	says("a.csv", "to bring its rows in: tierdesk import KIND a.csv");
	says(".db", "\".db\"; see tierdesk help");
	says("no-such-book", "\"no-such-book\"; see tierdesk help");
	says("queu", "did you mean queue?");
	assert_int_equal(close(mkstemp(name)), 0);
	says(name, "to open a book: tierdesk --db book-");
	assert_int_equal(unlink(name), 0);
	assert_non_null(mkdtemp(folder));
	says(folder, "see tierdesk help");
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_no_verb),
		cmocka_unit_test(every_verb_has_a_group),
		cmocka_unit_test(every_option_has_a_text),
		cmocka_unit_test(examples_are_understood),
		cmocka_unit_test(lines_fit),
		cmocka_unit_test(what_is_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
