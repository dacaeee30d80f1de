/* Completion for bash, zsh and fish. Names of accounts are not completed: that would open
 * the book at every press of a key. */
#include "cli/documents.h"

#include <string.h>

#include "cli/call.h"
#include "core/record.h"

/* What may stand in the place of a placeholder of the help texts. */
enum fill { FILL_NOTHING, FILL_FILES, FILL_WORDS };

static enum fill fill_of(const char *placeholder, char *words, size_t size)
{
	size_t n = 0;

	words[0] = '\0';
	if (strcmp(placeholder, "KIND") == 0) {
		for (int k = 0; k < REC_IMPORTABLE; k++)
			n += (size_t)snprintf(words + n, size - n, "%s%s", n ? " " : "",
				record_of((enum record_kind)k)->name);
		return FILL_WORDS;
	}
	if (strstr(placeholder, "FILE") || strstr(placeholder, "PATH"))
		return FILL_FILES;
	/* "a|b": all of it in small letters, or it names something. */
	if (!strchr(placeholder, '|') ||
		strpbrk(placeholder, "ABCDEFGHIJKLMNOPQRSTUVWXYZ[]"))
		return FILL_NOTHING;
	for (const char *s = placeholder; *s && n + 1 < size; s++)
		words[n++] = *s == '|' ? ' ' : *s;
	words[n] = '\0';
	return strpbrk(words, ",;.") ? FILL_NOTHING : FILL_WORDS;
}

/* The i-th argument of a verb, without brackets; false: there is none. */
static bool argument(const char *arguments, int i, char out[128])
{
	for (; *arguments; i--) {
		size_t n = strcspn(arguments, " ");

		if (i == 0) {
			const bool bracket = arguments[0] == '[';

			snprintf(out, 128, "%.*s", (int)(n - (bracket ? 2 : 0)),
				arguments + bracket);
			return true;
		}
		arguments += n + (arguments[n] == ' ');
	}
	return false;
}

static bool is_last(const struct documents_verb *v)
{
	return !*v->name;
}

/* ---- bash ----------------------------------------------------------------------- */

static void bash_case(FILE *to, const char *indent, const char *pattern, enum fill fill,
	const char *words)
{
	if (fill == FILL_FILES)
		fprintf(to,
			"%s%s) COMPREPLY=($(compgen -f -- \"$cur\")); compopt -o "
			"filenames "
			"2>/dev/null; return ;;\n",
			indent, pattern);
	else if (fill == FILL_WORDS)
		fprintf(to,
			"%s%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n",
			indent, pattern, words);
	else
		fprintf(to, "%s%s) return ;;\n", indent, pattern);
}

static void bash_values(FILE *to)
{
	char words[256], pattern[64];

	fputs("\tcase $prev in\n", to);
	for (const struct documents_option *o = documents_options; *o->name; o++) {
		if (!o->value)
			continue;
		snprintf(pattern, sizeof(pattern), "--%s", o->name);
		bash_case(to, "\t", pattern, fill_of(o->value, words, sizeof(words)),
			words);
	}
	fputs("\tesac\n", to);
}

static void bash_arguments(FILE *to, const struct documents_verb *v)
{
	char words[256], what[128], pattern[64];

	for (int i = 0; argument(v->arguments, i, what); i++) {
		const enum fill fill = fill_of(what, words, sizeof(words));

		snprintf(pattern, sizeof(pattern), "%s.%d", v->name, i);
		if (fill != FILL_NOTHING)
			bash_case(to, "\t", pattern, fill, words);
	}
}

/* "--a --b" of those that are global, or of the verb. */
static void put_options(FILE *to, const char *list)
{
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (list ? call_list_has(list, o->name) : o->global)
			fprintf(to, " --%s", o->name);
}

void documents_bash(FILE *to)
{
	const char *bar = "";

	fputs("# bash completion for tierdesk. Made from the program's tables.\n\n"
	      "_tierdesk()\n{\n"
	      "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	      "\tlocal verb= place=0 options= i\n\n",
		to);
	bash_values(to);
	fputs("\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\t[[ ${COMP_WORDS[i]} == -* ]] && continue\n"
	      "\t\tcase ${COMP_WORDS[i - 1]} in\n\t\t",
		to);
	for (const struct documents_option *o = documents_options; *o->name; o++) {
		if (!o->value)
			continue;
		fprintf(to, "%s--%s", bar, o->name);
		bar = " | ";
	}
	fputs(") continue ;;\n\t\tesac\n"
	      "\t\tif [[ -z $verb ]]; then verb=${COMP_WORDS[i]}; else ((place++)); fi\n"
	      "\tdone\n\tcase $verb in\n\t'') options='--no-mouse --theme' ;;\n",
		to);
	for (const struct documents_verb *v = documents_verbs; !is_last(v); v++) {
		if (!*v->help || !*v->options)
			continue;
		fprintf(to, "\t%s) options='", v->name);
		put_options(to, v->options);
		fputs("' ;;\n", to);
	}
	fputs("\tesac\n\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"", to);
	put_options(to, NULL);
	fputs(" $options\" -- \"$cur\"))\n\t\treturn\n\tfi\n"
	      "\tif [[ -z $verb ]]; then\n\t\tCOMPREPLY=($(compgen -W '",
		to);
	for (const struct documents_verb *v = documents_verbs; !is_last(v); v++)
		if (*v->help)
			fprintf(to, "%s%s", v == documents_verbs ? "" : " ", v->name);
	fputs("' -- \"$cur\"))\n\t\treturn\n\tfi\n\tcase $verb.$place in\n", to);
	for (const struct documents_verb *v = documents_verbs; !is_last(v); v++)
		if (*v->help)
			bash_arguments(to, v);
	fputs("\tesac\n}\n\ncomplete -F _tierdesk tierdesk\n", to);
}

/* ---- zsh ------------------------------------------------------------------------ */

/* Text inside '...' where [ ] and : mean something. */
static void zsh_text(FILE *to, const char *s)
{
	for (; *s; s++) {
		if (*s == '\'')
			fputs("'\\'", to);
		if (strchr("[]:\\", *s))
			fputc('\\', to);
		fputc(*s, to);
	}
}

static void zsh_fill(FILE *to, const char *placeholder)
{
	char words[256];
	const enum fill fill = fill_of(placeholder, words, sizeof(words));

	zsh_text(to, placeholder);
	fputc(':', to);
	if (fill == FILL_FILES)
		fputs("_files", to);
	else if (fill == FILL_WORDS)
		fprintf(to, "(%s)", words);
}

static void zsh_option(FILE *to, const char *indent, const struct documents_option *o)
{
	fprintf(to, "%s'--%s%s[", indent, o->name, o->value ? "=" : "");
	zsh_text(to, o->help);
	fputc(']', to);
	if (o->value) {
		fputc(':', to);
		zsh_fill(to, o->value);
	}
	fputs("'\n", to);
}

static void zsh_verb(FILE *to, const struct documents_verb *v)
{
	char what[128];

	fprintf(to, "\t%s)\n\t\trest=(\n", v->name);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (call_list_has(v->options, o->name)) {
			const struct documents_option x = documents_option_of(o, v->name);

			zsh_option(to, "\t\t\t", &x);
		}
	for (int i = 0; argument(v->arguments, i, what); i++) {
		fprintf(to, "\t\t\t'%d:", i + 1);
		zsh_fill(to, what);
		fputs("'\n", to);
	}
	fputs("\t\t)\n\t\t;;\n", to);
}

void documents_zsh(FILE *to)
{
	fputs("#compdef tierdesk\n# zsh completion for tierdesk. Made from the program's "
	      "tables.\n\n_tierdesk()\n{\n\tlocal state line\n\tlocal -a global verbs "
	      "rest\n"
	      "\tglobal=(\n",
		to);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (o->global)
			zsh_option(to, "\t\t", o);
	fputs("\t)\n\tverbs=(\n", to);
	for (const struct documents_verb *v = documents_verbs; !is_last(v); v++) {
		if (!*v->help)
			continue;
		fprintf(to, "\t\t'%s:", v->name);
		zsh_text(to, v->help);
		fputs("'\n", to);
	}
	fputs("\t)\n\t_arguments -C $global '1:verb:->verb' '*::argument:->rest' && "
	      "return\n"
	      "\tif [[ $state == verb ]]; then\n\t\t_describe verb "
	      "verbs\n\t\treturn\n\tfi\n"
	      "\tcase $words[1] in\n",
		to);
	for (const struct documents_verb *v = documents_verbs; !is_last(v); v++)
		if (*v->help)
			zsh_verb(to, v);
	fputs("\tesac\n\t_arguments $global $rest\n}\n\n_tierdesk \"$@\"\n", to);
}

/* ---- fish ----------------------------------------------------------------------- */

static void fish_text(FILE *to, const char *s)
{
	for (; *s; s++) {
		if (*s == '\'' || *s == '\\')
			fputc('\\', to);
		fputc(*s, to);
	}
}

static void fish_option(FILE *to, const char *condition, const struct documents_option *o)
{
	char words[256];
	const enum fill fill =
		o->value ? fill_of(o->value, words, sizeof(words)) : FILL_NOTHING;

	fprintf(to, "complete -c tierdesk %s-l %s", condition, o->name);
	if (o->value)
		fputs(fill == FILL_FILES ? " -r -F" : " -x", to);
	if (fill == FILL_WORDS)
		fprintf(to, " -a '%s'", words);
	fputs(" -d '", to);
	fish_text(to, o->help);
	fputs("'\n", to);
}

/* What stands before the cursor: whether it has that verb, and so many words after it.
 * The value of an option is no word. */
static void fish_place(FILE *to)
{
	fputs("# Whether this verb (\"\": none) was typed, and so many words after it.\n"
	      "function __tierdesk_at\n"
	      "\tset -l tokens (commandline -opc)\n"
	      "\tset -l verb ''\n\tset -l place 0\n\tset -l value 0\n"
	      "\tset -e tokens[1]\n"
	      "\tfor token in $tokens\n"
	      "\t\tif test $value = 1\n\t\t\tset value 0\n\t\t\tcontinue\n\t\tend\n"
	      "\t\tswitch $token\n\t\t\tcase",
		to);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (o->value)
			fprintf(to, " --%s", o->name);
	fputs("\n\t\t\t\tset value 1\n"
	      "\t\t\tcase '-*'\n"
	      "\t\t\tcase '*'\n"
	      "\t\t\t\tif test -z \"$verb\"\n\t\t\t\t\tset verb $token\n"
	      "\t\t\t\telse\n\t\t\t\t\tset place (math $place + 1)\n\t\t\t\tend\n"
	      "\t\tend\n\tend\n"
	      "\ttest \"$verb\" = \"$argv[1]\"; or return 1\n"
	      "\ttest (count $argv) -lt 2; or test $place = $argv[2]\n"
	      "end\n\n",
		to);
}

static void fish_verb(FILE *to, const struct documents_verb *v)
{
	char condition[96], what[128], words[256];

	fprintf(to, "complete -c tierdesk -n '__tierdesk_at \"\"' -a %s -d '", v->name);
	fish_text(to, v->help);
	fputs("'\n", to);
	snprintf(condition, sizeof(condition), "-n '__tierdesk_at %s' ", v->name);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (call_list_has(v->options, o->name)) {
			const struct documents_option x = documents_option_of(o, v->name);

			fish_option(to, condition, &x);
		}
	for (int i = 0; argument(v->arguments, i, what); i++) {
		const enum fill fill = fill_of(what, words, sizeof(words));

		snprintf(condition, sizeof(condition), "-n '__tierdesk_at %s %d' ",
			v->name, i);
		if (fill == FILL_WORDS)
			fprintf(to, "complete -c tierdesk %s-a '%s'\n", condition, words);
		else if (fill == FILL_FILES)
			fprintf(to, "complete -c tierdesk %s-F\n", condition);
	}
}

void documents_fish(FILE *to)
{
	fputs("# fish completion for tierdesk. Made from the program's tables.\n\n"
	      "complete -c tierdesk -f\n",
		to);
	fish_place(to);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (o->global)
			fish_option(to, "", o);
	for (const struct documents_verb *v = documents_verbs; !is_last(v); v++)
		if (*v->help)
			fish_verb(to, v);
}
