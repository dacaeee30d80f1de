/* The settings file: its lines, and what is wrong with them. */
#include "tui/settings_file.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tui/keys.h"

enum section { SECTION_NONE, SECTION_OPTIONS, SECTION_KEYS, SECTION_THEME, SECTIONS };

struct reading {
	struct settings *s;
	const char *path;
	int line;
	enum section section;
	bool told; /* that there is no such section */
};

/* In the order of the lines, whichever was found first. */
void settings_file_tell(struct settings *s, int line, const char *format, ...)
{
	int at = s->problems < SETTINGS_PROBLEMS ? s->problems : SETTINGS_PROBLEMS,
	    n = at;
	va_list args;

	while (at > 0 && s->problem_line[at - 1] > line)
		at--;
	s->problems++;
	if (at == SETTINGS_PROBLEMS)
		return;
	n -= n == SETTINGS_PROBLEMS;
	memmove(s->problem[at + 1], s->problem[at],
		(size_t)(n - at) * sizeof(s->problem[0]));
	memmove(&s->problem_line[at + 1], &s->problem_line[at],
		(size_t)(n - at) * sizeof(s->problem_line[0]));
	va_start(args, format);
	vsnprintf(s->problem[at], sizeof(s->problem[0]), format, args);
	va_end(args);
	s->problem_line[at] = line;
}

/* Names as "a, b, c" in small letters, for who wrote another one. */
static const char *list_names(const char *(*name)(int i), int n, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (int i = 0; i < n && used < size; i++)
		used += (size_t)snprintf(
			out + used, size - used, "%s%s", i ? ", " : "", name(i));
	for (char *c = out; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 'a' - 'A');
	return out;
}

static const char *option_name(int i)
{
	return setting_def((enum setting)i)->name;
}

static const char *role_name(int i)
{
	return theme_role_name((enum role)i);
}

/* The file comes before what was chosen on the options screen; nobody is to wonder why
 * that does not hold any more. */
static enum status take_value(
	struct reading *r, enum setting which, struct text value, struct err *e)
{
	const bool chosen = r->s->source[which] == SETTINGS_KEPT;
	const int before = r->s->value[which];
	char is[SETTING_TEXT_MAX], was[SETTING_TEXT_MAX];
	enum status st = settings_set(r->s, which, SETTINGS_FILE, value, e);

	if (st == ST_OK && chosen && r->s->value[which] != before)
		settings_file_tell(r->s, r->line,
			"%s:%d: %s = %s comes before %s, chosen under options", r->path,
			r->line, setting_def(which)->name, settings_text(r->s, which, is),
			settings_value_text(which, before, was));
	return st;
}

static enum setting option_called(struct text name)
{
	int i = 0;

	while (i < SETTING_COUNT &&
		!text_eq(name, text_of(setting_def((enum setting)i)->name)))
		i++;
	return (enum setting)i;
}

/* Where keys and looks stand, or nothing does, it would go unnoticed. */
static enum status misplaced(struct reading *r, enum setting which, struct err *e)
{
	static const char *const where[SECTIONS] = { "in no section that there is",
		"[options]", "under [keys]", "under [theme]" };

	return err_set(e, ST_INVALID, "%s stands %s: it goes under [options]",
		setting_def(which)->name, where[r->section]);
}

static enum status take_option(
	struct reading *r, struct text name, struct text value, struct err *e)
{
	const enum setting which = option_called(name);
	char names[320];

	if (which < SETTING_COUNT)
		return take_value(r, which, value, e);
	return err_set(e, ST_INVALID, "there is no option \"%.*s\", but %s", (int)name.n,
		name.s, list_names(option_name, SETTING_COUNT, names, sizeof(names)));
}

static enum status take_look(
	struct reading *r, struct text name, struct text value, struct err *e)
{
	enum role role = theme_role_by_name(name);
	struct look look;
	char names[400];

	if (role == ROLE_COUNT)
		return err_set(e, ST_INVALID, "there is no role \"%.*s\", but %s",
			(int)name.n, name.s,
			list_names(role_name, ROLE_COUNT, names, sizeof(names)));
	if (!theme_parse_look(value, &look))
		return err_set(e, ST_INVALID,
			"%.*s = %.*s: a colour 0..255 or default, on another one, bold, "
			"underline, reverse",
			(int)name.n, name.s, (int)value.n, value.s);
	r->s->own[role] = (struct theme_own){ true, look };
	return ST_OK;
}

/* As with options, nobody is to wonder why a choice does not hold any more. */
static enum status take_key(
	struct reading *r, struct text place, struct text action, struct err *e)
{
	const enum action chosen = keys_chosen(place);
	enum status st = keys_own(place, action, r->line, e);

	if (st == ST_OK && chosen != ACT_COUNT &&
		!text_eq(action, text_of(keys_action_name(chosen))))
		settings_file_tell(r->s, r->line,
			"%s:%d: %.*s = %.*s comes before %s, chosen under keys", r->path,
			r->line, (int)place.n, place.s, (int)action.n, action.s,
			keys_action_name(chosen));
	return st;
}

static enum status take_section(struct reading *r, struct text t, struct err *e)
{
	static const char *const names[SECTIONS] = { "", "[options]", "[keys]",
		"[theme]" };

	for (int i = 1; i < SECTIONS; i++) {
		if (text_ieq(t, text_of(names[i]))) {
			r->section = (enum section)i;
			return ST_OK;
		}
	}
	r->section = SECTION_NONE;
	r->told = true;
	return err_set(e, ST_INVALID,
		"%.*s: the sections are [options], [keys] and "
		"[theme]; what follows is left out",
		(int)t.n, t.s);
}

/* The line without its comment. */
static struct text bare(struct text t)
{
	t = text_trim(t);
	if (t.n && (t.s[0] == ';' || t.s[0] == '#'))
		return (struct text){ t.s, 0 };
	for (size_t i = 1; i < t.n; i++)
		if (t.s[i] == ';' && (t.s[i - 1] == ' ' || t.s[i - 1] == '\t'))
			t.n = i;
	return text_trim(t);
}

/* Behind the "=" that a line is split at: a key may be "=", a value of an option have
 * some. 0: there is none. */
static size_t behind_equals(const struct reading *r, struct text t)
{
	size_t at = 0;

	for (size_t i = 0; i < t.n; i++)
		if (t.s[i] == '=' && (at == 0 || r->section != SECTION_OPTIONS))
			at = i + 1;
	return at;
}

static enum status take_line(struct reading *r, struct text t, struct err *e)
{
	size_t at;
	struct text name, value;

	if (t.n == 0)
		return ST_OK;
	if (text_invalid_at(t) < t.n)
		return err_set(e, ST_INVALID, "the line is not UTF-8");
	if (t.s[0] == '[' && t.s[t.n - 1] == ']')
		return take_section(r, t, e);
	at = behind_equals(r, t);
	if (at == 0)
		return err_set(e, ST_INVALID, "neither [section] nor name = value");
	name = text_trim((struct text){ t.s, at - 1 });
	value = text_trim((struct text){ t.s + at, t.n - at });
	if (r->section != SECTION_OPTIONS && option_called(name) < SETTING_COUNT)
		return misplaced(r, option_called(name), e);
	switch (r->section) {
	case SECTION_OPTIONS:
		return take_option(r, name, value, e);
	case SECTION_KEYS:
		return take_key(r, name, value, e);
	case SECTION_THEME:
		return take_look(r, name, value, e);
	default:
		return r->told ? ST_OK /* the section was */
			       : err_set(e, ST_INVALID,
					 "stands above the first section: [options], "
					 "[keys] or [theme]");
	}
}

/* Says what is wrong with the line; what it wanted to set is remembered. */
static void refuse(struct reading *r, struct text line, const struct err *e)
{
	const char *equals = line.n ? memchr(line.s, '=', line.n) : NULL;
	const struct text name = text_trim(
		(struct text){ line.s, equals ? (size_t)(equals - line.s) : 0 });

	if (option_called(name) < SETTING_COUNT)
		snprintf(r->s->refused[option_called(name)], sizeof(r->s->refused[0]),
			"%.80s:%d: %.400s", r->path, r->line, e->text);
	settings_file_tell(r->s, r->line, "%s:%d: %s", r->path, r->line, e->text);
}

void settings_file_read(struct settings *s, const char *text, const char *path)
{
	/* Its place is known; a long one would push the reason off the line. */
	const char *slash = path ? strrchr(path, '/') : NULL;
	struct reading r = { .s = s,
		.path = slash  ? slash + 1
			: path ? path
			       : "settings" };
	struct err e;

	if (strncmp(text, "\xEF\xBB\xBF", 3) == 0)
		text += 3;
	while (*text) {
		size_t n = strcspn(text, "\n"),
		       end = n && text[n - 1] == '\r' ? n - 1 : n;

		r.line++;
		if (take_line(&r, bare((struct text){ text, end }), &e) != ST_OK)
			refuse(&r, bare((struct text){ text, end }), &e);
		text += n + (text[n] == '\n');
	}
	while (keys_take_back(&r.line, &e)) {
		if (r.line)
			settings_file_tell(
				s, r.line, "%s:%d: %s", r.path, r.line, e.text);
		else
			settings_file_tell(s, INT_MAX, "chosen under keys: %s", e.text);
	}
}
