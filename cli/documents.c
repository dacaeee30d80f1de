#include "cli/documents.h"

#include <string.h>

#include "core/choices.h"
#include "tui/screen.h"
#include "tui/settings.h"

const struct documents_verb documents_verbs[] = {
#define VERB(name, group, arguments, options, forms, function, help, examples) \
	{ name, group, arguments, options, help, examples },
#include "cli/verbs.def"
	{ "", "", "", "", "", "" }
};

const struct documents_option documents_options[] = {
#define OPTION(id, name, value, global, help) { name, value, global, help },
#include "cli/options.def"
	{ "", NULL, false, "" }
};

static const struct {
	const char *name, *verb, *value, *help;
} of_verbs[] = {
#define OPTION(id, name, value, global, help) { name, NULL, NULL, NULL },
#define OPTION_OF(id, verb, value, help) { NULL, verb, value, help },
#include "cli/options.def"
};

struct documents_option documents_option_of(
	const struct documents_option *o, const char *verb)
{
	struct documents_option out = *o;
	bool here = false;

	for (size_t i = 0; i < sizeof(of_verbs) / sizeof(*of_verbs); i++) {
		if (of_verbs[i].name) {
			here = strcmp(of_verbs[i].name, o->name) == 0;
		} else if (here && strcmp(of_verbs[i].verb, verb) == 0) {
			out.value = of_verbs[i].value;
			out.help = of_verbs[i].help;
		}
	}
	return out;
}

bool documents_example(const struct documents_verb *v, int i, char out[256])
{
	const char *at = v->examples;

	for (; *at && i > 0; i--)
		at += strcspn(at, "\n") + (strchr(at, '\n') != NULL);
	snprintf(out, 256, "%.*s", (int)strcspn(at, "\n"), at);
	return *out != '\0';
}

static const struct binding *find(const struct binding *from, const struct binding *b)
{
	while (from->scope != b->scope || from->action != b->action)
		from++;
	return from;
}

bool documents_first(const struct binding *b)
{
	const struct binding *all;

	keys_bindings(&all);
	return find(all, b) == b;
}

/* All keys of the row's scope that do its action, each between before and after. */
static void put_keys(FILE *to, const struct binding *b, const char *before,
	const char *between, const char *after)
{
	const struct binding *all;
	const int n = keys_bindings(&all);
	bool any = false;

	for (int i = 0; i < n; i++) {
		if (all[i].scope != b->scope || all[i].action != b->action)
			continue;
		fprintf(to, "%s%s%s%s", any ? between : "", before, all[i].text, after);
		any = true;
	}
}

/* Text in lines of at most 78 columns that begin with the prefix. */
static void wrap(FILE *to, const char *prefix, const char *text)
{
	const size_t room = 78 - strlen(prefix);

	while (*text) {
		size_t n = strlen(text);

		if (n > room) {
			n = room;
			while (n > 0 && text[n] != ' ')
				n--;
			n = n ? n : room;
		}
		fprintf(to, "%s%.*s\n", prefix, (int)n, text);
		text += n + (text[n] == ' ');
	}
}

/* ---- the settings file ---------------------------------------------------------- */

static void write_options(FILE *to)
{
	fputs("[options]\n", to);
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_def *d = setting_def((enum setting)i);
		struct text one;

		fputc('\n', to);
		wrap(to, "; ", d->help);
		if (d->type == SETTING_NUMBER)
			fprintf(to, "; A number from %d to %d.\n", d->min, d->max);
		else if (d->type == SETTING_BOOL)
			fputs("; yes or no.\n", to);
		else if (d->type == SETTING_LINE)
			fputs("; A program and its arguments.\n", to);
		else
			for (int k = 0; (one = choices_at(d->choices, k)).s; k++)
				fprintf(to, "%s%.*s", k ? ", " : "; ", (int)one.n, one.s);
		if (d->type == SETTING_CHOICE)
			fputs(".\n", to);
		fprintf(to, ";%s =%s%s\n", d->name, *d->initial ? " " : "", d->initial);
	}
}

static void write_keys(FILE *to)
{
	const struct binding *b;
	const int n = keys_bindings(&b);

	fputs("\n[keys]\n\n", to);
	wrap(to, "; ",
		"place.key = action: the key does that there; none: it does nothing. "
		"Other "
		"keys of the action stay. A place takes over the keys of the one around "
		"it: "
		"always, in it screen, in it the screens; popup; input, in it forms and "
		"lists to pick from. Keys are characters and Enter, Esc, Tab, Space, "
		"Backspace, Ins, Del, Home, End, PgUp, PgDn, Up, Down, Left, Right, F1 "
		"to "
		"F12, with C- (Control), M- (Alt) and S- (Shift) before them.");
	for (int i = 0; i < n; i++) {
		if (i == 0 || b[i].scope != b[i - 1].scope)
			fputc('\n', to);
		fprintf(to, ";%s.%s = %s\n", keys_scope_name(b[i].scope), b[i].text,
			action_def(b[i].action)->name);
	}
}

static void write_theme(FILE *to)
{
	char look[SETTING_TEXT_MAX];

	fputs("\n[theme]\n\n", to);
	wrap(to, "; ",
		"role = a colour 0 to 255 or default, \"on\" a colour for the "
		"background, bold, "
		"underline, reverse. What stands here comes before the theme; below is "
		"the "
		"theme auto.");
	fputc('\n', to);
	for (int i = 0; i < ROLE_COUNT; i++) {
		fputc(';', to);
		for (const char *s = theme_role_name((enum role)i); *s; s++)
			fputc(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s, to);
		fprintf(to, " = %s\n",
			settings_look(theme_look((enum role)i, THEME_AUTO, 256), look));
	}
}

void documents_conf(FILE *to)
{
	wrap(to, "; ",
		"tierdesk.conf: options, keys and colours of the console. Every line "
		"below is "
		"what holds without it; take the ; away from the lines you change. The "
		"place "
		"of this file is $XDG_CONFIG_HOME/tierdesk/tierdesk.conf, usually "
		"~/.config/tierdesk/tierdesk.conf. See tierdesk.conf(5).");
	fputc('\n', to);
	write_options(to);
	write_keys(to);
	write_theme(to);
}

/* ---- the key sheet of the README ------------------------------------------------ */

static void write_sheet_of(FILE *to, enum scope scope)
{
	const struct binding *b;
	const int n = keys_bindings(&b);
	bool any = false;

	for (int i = 0; i < n; i++) {
		if (b[i].scope != scope || !documents_first(&b[i]))
			continue;
		if (!any)
			fprintf(to, "\n**%s**\n\n| key | does |\n| --- | --- |\n",
				screen_place(scope));
		any = true;
		fputs("| ", to);
		put_keys(to, &b[i], "`", " ", "`");
		fprintf(to, " | %s |\n", action_def(b[i].action)->help);
	}
}

void documents_sheet(FILE *to)
{
	write_sheet_of(to, SCOPE_ALWAYS);
	for (int s = 1; s < SCOPE_COUNT; s++)
		if (keys_within((enum scope)s, SCOPE_SCREEN))
			write_sheet_of(to, (enum scope)s);
	fputc('\n', to);
}
