#include "cli/call.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/verbs.h"
#include "core/alike.h"

struct option_def {
	const char *name, *value;
	bool global;
	const char *help;
};

static const struct option_def options[OPT_COUNT] = {
#define OPTION(id, name, value, global, help) [OPT_##id] = { name, value, global, help },
#include "cli/options.def"
};

static const struct verb verbs[] = {
#define VERB(name, group, arguments, options, forms, function, help, examples) \
	{ name, arguments, options, forms, function, help },
#include "cli/verbs.def"
};

#define VERBS (sizeof(verbs) / sizeof(*verbs))

enum status call_find_verb(const char *name, const struct verb **out, struct err *e)
{
	struct alike near;

	alike_begin(&near, text_of(name));
	for (size_t i = 0; i < VERBS; i++) {
		*out = &verbs[i];
		if (strcmp(verbs[i].name, name) == 0)
			return ST_OK;
		if (*verbs[i].help)
			alike_try(&near, verbs[i].name);
	}
	*out = NULL;
	return err_set(e, ST_USAGE, "there is no verb \"%s\"; %s%s%s", name,
		near.word ? "did you mean " : "see tierdesk help",
		near.word ? near.word : "", near.word ? "?" : "");
}

const struct verb *call_verb(struct text letters)
{
	for (size_t i = 0; letters.n && i < VERBS; i++)
		if (*verbs[i].help && strlen(verbs[i].name) >= letters.n &&
			text_ieq((struct text){ verbs[i].name, letters.n }, letters))
			return &verbs[i];
	return NULL;
}

bool call_list_has(const char *list, const char *word)
{
	const size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)) != NULL; at += n)
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

/* "--name", "--name=value": *value is NULL without "=". */
static int find_option(const char *arg, const char **value)
{
	const char *name = arg + 2;
	const char *equals = strchr(name, '=');
	const size_t n = equals ? (size_t)(equals - name) : strlen(name);

	*value = equals ? equals + 1 : NULL;
	for (int o = 0; o < OPT_COUNT; o++)
		if (strlen(options[o].name) == n && memcmp(options[o].name, name, n) == 0)
			return o;
	return OPT_COUNT;
}

static enum status no_option(const char *arg, struct err *e)
{
	const size_t n = strcspn(arg + 2, "=");
	struct alike near;

	alike_begin(&near, (struct text){ arg + 2, n });
	for (int o = 0; o < OPT_COUNT; o++)
		alike_try(&near, options[o].name);
	return err_set(e, ST_USAGE, "there is no option --%.*s; %s%s%s", (int)n, arg + 2,
		near.word ? "did you mean --" : "see tierdesk help",
		near.word ? near.word : "", near.word ? "?" : "");
}

static enum status take_option(
	struct call *c, int argc, char **argv, int *i, struct err *e)
{
	const char *value;
	const int o = find_option(argv[*i], &value);

	if (o == OPT_COUNT)
		return no_option(argv[*i], e);
	if (!options[o].value && value)
		return err_set(e, ST_USAGE, "--%s takes no value", options[o].name);
	if (options[o].value && !value) {
		if (*i + 1 >= argc)
			return err_set(e, ST_USAGE, "--%s needs a value: %s",
				options[o].name, options[o].value);
		value = argv[++*i];
	}
	c->option[o] = value ? value : "";
	return ST_OK;
}

static bool ends_with(const char *word, const char *end)
{
	const size_t n = strlen(word), m = strlen(end);

	return n > m && strcmp(word + n - m, end) == 0;
}

/* What begins a line that does something with a file that is there, or with what only a
 * file is named like; NULL: it is a word like any other. */
static const char *meant_with_file(const char *word)
{
	struct stat about;

	if (ends_with(word, ".csv"))
		return "to bring its rows in: tierdesk import KIND";
	if (strchr(word, '/') || ends_with(word, ".db") ||
		(stat(word, &about) == 0 && S_ISREG(about.st_mode)))
		return "to open a book: tierdesk --db";
	return NULL;
}

static enum status take_word(struct call *c, const char *word, struct err *e)
{
	const char *meant, *quote = strchr(word, ' ') ? "'" : "";
	enum status st;

	if (c->verb) {
		c->arg[c->args++] = word;
		return ST_OK;
	}
	st = call_find_verb(word, &c->verb, e);
	meant = st == ST_OK ? NULL : meant_with_file(word);
	return meant ? err_set(e, st, "there is no verb \"%s\"; %s %s%s%s", word, meant,
			       quote, word, quote)
		     : st;
}

enum status call_usage(const struct call *c, struct err *e)
{
	return err_set(e, ST_USAGE, "usage: tierdesk %s%s%s", c->verb->name,
		*c->verb->arguments ? " " : "", c->verb->arguments);
}

/* As many arguments as the verb's help names, or any number where it says "..."; those
 * in brackets may be left out, and all of them for what is asked of the program instead
 * of a book. */
static enum status check_arguments(const struct call *c, struct err *e)
{
	int least = 0, most = 0;

	if (!c->verb)
		return ST_OK;
	for (const char *at = c->verb->arguments; *at; at++)
		if (*at != ' ' && (at == c->verb->arguments || at[-1] == ' ')) {
			most++;
			least += *at != '[';
		}
	if (strstr(c->verb->arguments, "..."))
		most = INT_MAX;
	if (c->option[OPT_LIST_MAPS] || c->option[OPT_SHOW_MAP])
		least = 0;
	if (c->args < least || c->args > most)
		return call_usage(c, e);
	return ST_OK;
}

static enum status check_options(const struct call *c, struct err *e)
{
	for (int o = 0; o < OPT_COUNT; o++) {
		if (!c->option[o] || options[o].global)
			continue;
		if (!call_list_has(c->verb ? c->verb->options : CALL_CONSOLE_OPTIONS,
			    options[o].name))
			return err_set(e, ST_USAGE,
				"%s takes no option --%s; see tierdesk help%s%s",
				c->verb ? c->verb->name : "the console", options[o].name,
				c->verb ? " " : "", c->verb ? c->verb->name : "");
	}
	return ST_OK;
}

static enum status choose_color(const struct call *c, struct err *e)
{
	const char *color = c->option[OPT_COLOR];

	if (!color || strcmp(color, "auto") == 0 || strcmp(color, "always") == 0 ||
		strcmp(color, "never") == 0)
		return ST_OK;
	return err_set(e, ST_USAGE, "--color %s: auto, always or never", color);
}

static enum status choose_format(struct call *c, struct err *e)
{
	static const struct {
		const char *name;
		char form;
	} formats[] = { { "text", 'T' }, { "json", 'J' }, { "csv", 'C' } };
	const char *given = c->option[OPT_FORMAT];

	for (int f = 0; given && f < 3; f++) {
		if (strcmp(formats[f].name, given) != 0)
			continue;
		c->format = (enum format)f;
		if (c->verb && !strchr(c->verb->forms, formats[f].form))
			return err_set(e, ST_USAGE, "%s does not write %s", c->verb->name,
				given);
		return ST_OK;
	}
	return given ? err_set(e, ST_USAGE, "--format %s: text, json or csv", given)
		     : ST_OK;
}

enum status call_parse(struct call *c, int argc, char **argv, struct err *e)
{
	bool only_words = false;
	enum status st = ST_OK;

	memset(c, 0, sizeof(*c));
	c->arg = calloc((size_t)argc + 1, sizeof(*c->arg));
	if (!c->arg)
		st = err_set(e, ST_NOMEM, "not enough memory");
	for (int i = 1; st == ST_OK && i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0)
			only_words = true;
		else if (!only_words && strcmp(argv[i], "-h") == 0)
			c->option[OPT_HELP] = "";
		else if (!only_words && argv[i][0] == '-' && argv[i][1] == '-')
			st = take_option(c, argc, argv, &i, e);
		else if (!only_words && argv[i][0] == '-' && argv[i][1] != '\0')
			st = err_set(e, ST_USAGE,
				"there is no option %s; see tierdesk help", argv[i]);
		else
			st = take_word(c, argv[i], e);
	}
	if (st == ST_OK)
		st = check_options(c, e);
	if (st == ST_OK && !c->option[OPT_HELP])
		st = check_arguments(c, e);
	if (st == ST_OK)
		st = choose_color(c, e);
	return st == ST_OK ? choose_format(c, e) : st;
}

void call_clear(struct call *c)
{
	free(c->arg);
	free(c->db);
	free(c->actor);
}

enum status call_number(const struct call *c, enum option o, uint64_t initial,
	uint64_t max, uint64_t *out, struct err *e)
{
	const char *text = c->option[o];
	uint64_t v = 0;

	*out = initial;
	if (!text)
		return ST_OK;
	for (const char *at = text; *at; at++) {
		if (*at < '0' || *at > '9' || v > max)
			return err_set(e, ST_USAGE, "--%s %s: a whole number up to %llu",
				options[o].name, text, (unsigned long long)max);
		v = v * 10 + (uint64_t)(*at - '0');
	}
	if (!*text || v > max)
		return err_set(e, ST_USAGE, "--%s %s: a whole number up to %llu",
			options[o].name, text, (unsigned long long)max);
	*out = v;
	return ST_OK;
}

enum status call_weeks(const struct call *c, int32_t days, int32_t *weeks, struct err *e)
{
	enum { WEEK = 7, WEEKS_MAX = 520 };
	uint64_t n;
	const enum status st =
		call_number(c, OPT_WEEKS, (uint64_t)days / WEEK, WEEKS_MAX, &n, e);

	if (st != ST_OK)
		return st;
	if (n == 0)
		return err_set(e, ST_USAGE, "%s: --weeks is at least 1", c->verb->name);
	*weeks = (int32_t)n;
	return ST_OK;
}
