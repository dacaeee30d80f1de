/* Help at a terminal: all verbs by whose work they are, or one with its options. */
#include "cli/documents.h"

#include <string.h>

#include "cli/call.h"

enum { LINE = 79, VERB_ROOM = 13, OPTION_ROOM = 30 };

static const char exit_codes[] = "Exit codes: 0 done, 1 the answer is no, 2 wrong usage, "
				 "3 the book can't be opened, "
				 "4 errors in the input, 5 a rule forbids it, 6 I/O "
				 "error, 7 the book was changed, "
				 "but what was to follow failed, 130 interrupted; from 2 "
				 "on, but for 7, nothing was "
				 "changed.";

/* The text from this column on, in as many lines as it takes; the first has begun. */
static void put_wrapped(FILE *to, int column, const char *text, size_t n)
{
	const size_t room = (size_t)(LINE - column);

	while (n > 0) {
		size_t k = n;

		if (n > room) {
			for (k = room; k > 0 && text[k] != ' '; k--)
				continue;
			k = k ? k : room;
		}
		fprintf(to, "%.*s\n", (int)k, text);
		k += k < n && text[k] == ' ';
		text += k;
		n -= k;
		if (n > 0)
			fprintf(to, "%*s", column, "");
	}
}

static void put_options(FILE *to, const char *list, const char *verb)
{
	for (const struct documents_option *o = documents_options; *o->name; o++) {
		const struct documents_option x = documents_option_of(o, verb);
		char left[96];
		int n;

		if (list ? !call_list_has(list, o->name) : !o->global)
			continue;
		n = snprintf(left, sizeof(left), "  --%s%s%s", x.name, x.value ? " " : "",
			x.value ? x.value : "");
		if (n > OPTION_ROOM - 2)
			fprintf(to, "%s\n%*s", left, OPTION_ROOM, "");
		else
			fprintf(to, "%-*s", OPTION_ROOM, left);
		put_wrapped(to, OPTION_ROOM, x.help, strlen(x.help));
	}
}

static void put_verb(FILE *to, const struct documents_verb *v)
{
	char example[256];

	fprintf(to, "usage: tierdesk %s%s%s [options]\n\n", v->name,
		*v->arguments ? " " : "", v->arguments);
	put_wrapped(to, 0, v->help, strlen(v->help));
	for (int i = 0; documents_example(v, i, example); i++)
		fprintf(to, "%s  tierdesk %s\n", i ? "" : "\nFor example:\n", example);
	if (*v->options)
		fputs("\nOptions:\n", to);
	put_options(to, v->options, v->name);
}

static void put_verbs(FILE *to)
{
	const char *group = "";

	fputs("usage: tierdesk             open the console\n"
	      "       tierdesk VERB ...    do one thing and exit\n",
		to);
	for (const struct documents_verb *v = documents_verbs; *v->name; v++) {
		if (!*v->help)
			continue;
		if (strcmp(group, v->group) != 0)
			fprintf(to, "\n%c%s:\n", v->group[0] - 'a' + 'A', v->group + 1);
		group = v->group;
		fprintf(to, "  %-*s", VERB_ROOM - 2, v->name);
		put_wrapped(to, VERB_ROOM, v->help, strcspn(v->help, ";"));
	}
	fputs("\n`tierdesk help VERB` says more about one, with its options and "
	      "examples.\n\nOptions of the console:\n",
		to);
	put_options(to, CALL_CONSOLE_OPTIONS, "");
}

void documents_help(FILE *to, const char *verb)
{
	const struct documents_verb *v = documents_verbs;

	while (verb && strcmp(v->name, verb) != 0)
		v++;
	if (verb)
		put_verb(to, v);
	else
		put_verbs(to);
	fputs("\nEverywhere:\n", to);
	put_options(to, NULL, "");
	fputc('\n', to);
	put_wrapped(to, 0, exit_codes, strlen(exit_codes));
}
