/*
 * Settings: what a person may choose about the console, from wherever it was said. The
 * options are rows of settings.def; keys go to keys.h, looks of roles stay here.
 *
 * The text of a settings file has the sections [options] (name = value), [keys]
 * (place.key = action) and [theme] (role = look). Nothing in it stops the program: a
 * line that makes no sense is left out and told. A line is split at its last "=", of an
 * option at its first; comments begin with ; or #, or with ; after a blank.
 */
#ifndef TUI_SETTINGS_H
#define TUI_SETTINGS_H

#include "core/err.h"
#include "core/text.h"
#include "tui/theme.h"

enum setting {
#define SETTING(id, ...) SETTING_##id,
#include "tui/settings.def"
	SETTING_COUNT
};

enum setting_type { SETTING_BOOL, SETTING_NUMBER, SETTING_CHOICE, SETTING_LINE };
enum setting_effect { SETTING_NOW, SETTING_LOOK, SETTING_TERMINAL, SETTING_NEXT };

struct setting_def {
	const char *name;
	enum setting_type type;
	const char *initial;
	int min, max;
	const char *choices; /* "a|b|c"; NULL: not a choice */
	enum setting_effect effect;
	const char *help;
};
const struct setting_def *setting_def(enum setting s);

/* Where a value is from; a later one comes before an earlier one. */
enum settings_source {
	SETTINGS_DEFAULT,
	SETTINGS_KEPT, /* chosen on the options screen, some time */
	SETTINGS_FILE,
	SETTINGS_ENVIRONMENT,
	SETTINGS_CALL, /* the command line */
	SETTINGS_HERE, /* chosen on the options screen, for as long as it lasts */
	SETTINGS_SOURCES
};

enum { SETTINGS_PROBLEMS = 16, SETTING_TEXT_MAX = 32, SETTING_LINE_MAX = 1024 };

struct settings {
	int value[SETTING_COUNT]; /* 0 or 1, the number, or the place among the choices */
	char line[SETTING_COUNT][SETTING_LINE_MAX]; /* of those that are lines */
	enum settings_source source[SETTING_COUNT];
	/* The file, the environment or the command line, where they say something. */
	enum settings_source given[SETTING_COUNT];
	/* What is wrong with the line of the file that wanted to set it; "": nothing. */
	char refused[SETTING_COUNT][ERR_TEXT_MAX];
	struct theme_own own[ROLE_COUNT];
	/* What was wrong, or is not as it was chosen, one line each, the first ones;
	 * problems counts all. */
	char problem[SETTINGS_PROBLEMS][ERR_TEXT_MAX];
	int problem_line[SETTINGS_PROBLEMS]; /* ascending; of the file, INT_MAX: not of it
					      */
	int problems;
};

struct settings_from {
	/* Values as text, NULL: not said there. */
	const char *call[SETTING_COUNT], *environment[SETTING_COUNT];
	const char *file, *path; /* text and name of the settings file; NULL: none */
	const char *kept;        /* text of what was kept (tui/kept.h); NULL: nothing */
};

/* Everything at its default; the keys are those of the table. Fails as keys_init. */
enum status settings_init(struct settings *s, struct err *e) MUST_USE;
/* The same, then what was said elsewhere. */
enum status settings_load(
	struct settings *s, const struct settings_from *from, struct err *e) MUST_USE;
/* What the environment says: NO_COLOR, TIERDESK_ASCII, ESCDELAY. */
void settings_environment(struct settings_from *from);

/* Takes a value unless one from a source that comes before is there. */
enum status settings_set(struct settings *s, enum setting which,
	enum settings_source source, struct text value, struct err *e) MUST_USE;
/* The value as it is written in the file: in out, or, of a line, in s. */
const char *settings_text(
	const struct settings *s, enum setting which, char out[SETTING_TEXT_MAX]);
/* Any value of an option that is no line. Returns out. */
const char *settings_value_text(
	enum setting which, int value, char out[SETTING_TEXT_MAX]);
/* Whether a person wants no colours: what they would say has to be said otherwise. */
bool settings_colourless(const struct settings *s);
/* The next or the one before among the values, as text for settings_set; numbers take
 * steps of their size; lines stay. */
const char *settings_step(const struct settings *s, enum setting which, int step,
	char out[SETTING_TEXT_MAX]);

/* The look of a role in the file's words, such as "63 bold". */
const char *settings_look(struct look look, char out[SETTING_TEXT_MAX]);

#endif
