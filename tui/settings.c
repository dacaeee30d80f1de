#include "tui/settings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/choices.h"
#include "tui/kept.h"
#include "tui/keys.h"
#include "tui/settings_file.h"
#include "tui/theme.h"

/* The titles of the screens with a tab: "auto|Today|Book|". */
#define TAB_CHOICE(title) title "|"
#define INNER_CHOICE(title)
#define POPUP_CHOICE(title)
#define SCREEN(id, title, scope, action, kind, ops) kind##_CHOICE(title)
static const char screen_choices[] = "auto|"
#include "tui/screens.def"
	;

static const struct setting_def defs[SETTING_COUNT] = {
#define SCREEN_CHOICES screen_choices
#define SETTING(id, name, type, initial, min, max, choices, effect, help)    \
	[SETTING_##id] = { name, SETTING_##type, initial, min, max, choices, \
		SETTING_##effect, help },
#include "tui/settings.def"
};

const struct setting_def *setting_def(enum setting s)
{
	return &defs[s];
}

/* ---- values --------------------------------------------------------------------- */

static enum status parse_bool(
	const struct setting_def *d, struct text t, int *out, struct err *e)
{
	static const char *const names[] = { "no", "yes", "off", "on", "false", "true" };

	for (int i = 0; i < 6; i++) {
		if (text_ieq(t, text_of(names[i]))) {
			*out = i & 1;
			return ST_OK;
		}
	}
	return err_set(e, ST_INVALID, "%s = %.*s: yes or no", d->name, (int)t.n, t.s);
}

static enum status parse_number(
	const struct setting_def *d, struct text t, int *out, struct err *e)
{
	int n = 0;
	size_t i = 0;

	while (i < t.n && t.s[i] >= '0' && t.s[i] <= '9' && n <= d->max)
		n = n * 10 + t.s[i++] - '0';
	if (t.n == 0 || i < t.n || n < d->min || n > d->max)
		return err_set(e, ST_INVALID, "%s = %.*s: a whole number from %d to %d",
			d->name, (int)t.n, t.s, d->min, d->max);
	*out = n;
	return ST_OK;
}

/* "a|b|c" as "a, b or c". */
static void list_choices(const char *choices, char *out, size_t size)
{
	struct text one, after;
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; (one = choices_at(choices, i)).s && n < size; i++) {
		after = choices_at(choices, i + 1);
		n += (size_t)snprintf(out + n, size - n, "%s%.*s",
			i == 0    ? ""
			: after.s ? ", "
				  : " or ",
			(int)one.n, one.s);
	}
}

static enum status parse_choice(
	const struct setting_def *d, struct text t, int *out, struct err *e)
{
	const int at = choices_find(d->choices, t);
	char list[160];

	if (at >= 0) {
		*out = at;
		return ST_OK;
	}
	list_choices(d->choices, list, sizeof(list));
	return err_set(e, ST_INVALID, "%s = %.*s: %s", d->name, (int)t.n, t.s, list);
}

static enum status check_line(const struct setting_def *d, struct text t, struct err *e)
{
	return t.n < SETTING_LINE_MAX && !(t.n && memchr(t.s, '\0', t.n))
		       ? ST_OK
		       : err_set(e, ST_INVALID, "%s: at most %d bytes", d->name,
				 SETTING_LINE_MAX - 1);
}

static enum status parse(
	const struct setting_def *d, struct text t, int *out, struct err *e)
{
	switch (d->type) {
	case SETTING_BOOL:
		return parse_bool(d, t, out, e);
	case SETTING_NUMBER:
		return parse_number(d, t, out, e);
	case SETTING_CHOICE:
		return parse_choice(d, t, out, e);
	case SETTING_LINE:
		break;
	}
	return check_line(d, t, e);
}

enum status settings_set(struct settings *s, enum setting which,
	enum settings_source source, struct text value, struct err *e)
{
	const struct setting_def *d = &defs[which];
	int v = 0;
	enum status st = parse(d, value, &v, e);

	if (d->type == SETTING_LINE && source != SETTINGS_DEFAULT &&
		source != SETTINGS_FILE)
		return err_set(
			e, ST_FORBIDDEN, "%s: only the settings file says it", d->name);
	if (st != ST_OK || source < s->source[which])
		return st;
	if (source >= SETTINGS_FILE && source <= SETTINGS_CALL)
		s->given[which] = source;
	s->value[which] = v;
	s->source[which] = source;
	if (d->type == SETTING_LINE)
		snprintf(s->line[which], SETTING_LINE_MAX, "%.*s", (int)value.n,
			value.n ? value.s : "");
	return ST_OK;
}

const char *settings_value_text(enum setting which, int value, char out[SETTING_TEXT_MAX])
{
	const struct setting_def *d = &defs[which];
	struct text choice;

	if (d->type == SETTING_BOOL) {
		snprintf(out, SETTING_TEXT_MAX, "%s", value ? "yes" : "no");
	} else if (d->type == SETTING_NUMBER) {
		snprintf(out, SETTING_TEXT_MAX, "%d", value);
	} else {
		choice = choices_at(d->choices, value);
		snprintf(out, SETTING_TEXT_MAX, "%.*s", (int)choice.n, choice.s);
	}
	return out;
}

const char *settings_text(
	const struct settings *s, enum setting which, char out[SETTING_TEXT_MAX])
{
	if (defs[which].type == SETTING_LINE)
		return s->line[which];
	return settings_value_text(which, s->value[which], out);
}

/* 1 below 10, 5 below 100, 50 below 1000 ... */
static int step_size(int v)
{
	int size = v < 10 ? 1 : 5;

	for (int limit = 100; v >= limit && size < 100000; limit *= 10)
		size *= 10;
	return size;
}

enum { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER }; /* the choices of colour */

bool settings_colourless(const struct settings *s)
{
	return s->value[SETTING_COLOUR] == COLOUR_NEVER ||
	       s->value[SETTING_THEME] == THEME_MONO;
}

const char *settings_step(const struct settings *s, enum setting which, int step,
	char out[SETTING_TEXT_MAX])
{
	const struct setting_def *d = &defs[which];
	int v = s->value[which], n = 2;

	if (d->type == SETTING_LINE)
		return s->line[which];
	if (d->type == SETTING_NUMBER) {
		v += step * step_size(step < 0 ? v - 1 : v);
		v = v < d->min ? d->min : v > d->max ? d->max : v;
	} else {
		while (d->choices && choices_at(d->choices, n).s)
			n++;
		v = (v + step + n) % n;
	}
	return settings_value_text(which, v, out);
}

const char *settings_look(struct look look, char out[SETTING_TEXT_MAX])
{
	static const struct {
		unsigned attribute;
		const char *name;
	} names[] = { { LOOK_BOLD, "bold" }, { LOOK_UNDERLINE, "underline" },
		{ LOOK_REVERSE, "reverse" } };
	char colour[12] = "default";
	size_t n;

	if (look.fg >= 0)
		snprintf(colour, sizeof(colour), "%d", look.fg);
	n = (size_t)snprintf(out, SETTING_TEXT_MAX, "%s", colour);
	if (look.bg >= 0)
		n += (size_t)snprintf(out + n, SETTING_TEXT_MAX - n, " on %d", look.bg);
	for (int i = 0; i < 3; i++)
		if (look.attributes & names[i].attribute)
			n += (size_t)snprintf(
				out + n, SETTING_TEXT_MAX - n, " %s", names[i].name);
	return out;
}

/* ---- all sources ---------------------------------------------------------------- */

enum status settings_init(struct settings *s, struct err *e)
{
	enum status st = keys_init(e);

	memset(s, 0, sizeof(*s));
	for (int i = 0; st == ST_OK && i < SETTING_COUNT; i++)
		st = settings_set(s, (enum setting)i, SETTINGS_DEFAULT,
			text_of(defs[i].initial), e);
	return st;
}

/* What was kept by another version and is no value any more is no problem of today:
 * false. */
static bool take_kept(struct settings *s, const struct kept_line *line)
{
	const struct text value = text_of(line->value);
	char place[KEYS_PLACE_MAX];

	if (strcmp(line->section, KEYS_SECTION) == 0) {
		kept_decode(text_of(line->key), place, sizeof(place));
		return keys_own(text_of(place), value, 0, NULL) == ST_OK;
	}
	for (int k = 0; k < SETTING_COUNT; k++)
		if (strcmp(line->section, "options") == 0 &&
			strcmp(line->key, defs[k].name) == 0)
			return settings_set(s, (enum setting)k, SETTINGS_KEPT, value,
				       NULL) == ST_OK;
	return false;
}

static void read_kept(struct settings *s, const char *text)
{
	struct kept kept;

	kept_init(&kept, text);
	for (size_t i = 0; i < kept.n; i++)
		(void)take_kept(s, &kept.line[i]);
	kept_clear(&kept);
}

static void read_values(struct settings *s, const char *const value[SETTING_COUNT],
	enum settings_source source, const char *where)
{
	struct err e;

	for (int i = 0; i < SETTING_COUNT; i++)
		if (value[i] && settings_set(s, (enum setting)i, source,
					text_of(value[i]), &e) != ST_OK)
			settings_file_tell(s, INT_MAX, "%s: %s", where, e.text);
}

enum status settings_load(
	struct settings *s, const struct settings_from *from, struct err *e)
{
	enum status st = settings_init(s, e);

	if (st != ST_OK)
		return st;
	if (from->kept)
		read_kept(s, from->kept);
	settings_file_read(s, from->file ? from->file : "", from->path);
	read_values(s, from->environment, SETTINGS_ENVIRONMENT, "environment");
	read_values(s, from->call, SETTINGS_CALL, "command line");
	return ST_OK;
}

void settings_environment(struct settings_from *from)
{
	const char *none = getenv("NO_COLOR"), *delay = getenv("ESCDELAY");

	if (none && *none)
		from->environment[SETTING_COLOUR] = "never";
	if (getenv("TIERDESK_ASCII"))
		from->environment[SETTING_ASCII] = "yes";
	if (delay && *delay)
		from->environment[SETTING_ESCAPE_DELAY] = delay;
}
