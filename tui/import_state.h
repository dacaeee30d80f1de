/* The guided import as its files share it; nobody else includes it. */
#ifndef TUI_IMPORT_STATE_H
#define TUI_IMPORT_STATE_H

#include "core/import.h"
#include "tui/app.h"

#define IMPORT_PATH_MAX 4096
#define IMPORT_WORDS_MAX 64
#define IMPORT_WORDS 7

enum import_step { IMPORT_COLUMNS, IMPORT_CHECKED, IMPORT_DONE };

struct importing {
	enum import_step step;
	char path[IMPORT_PATH_MAX];
	const char *name; /* the last part of path */
	struct host_file file;
	enum record_kind kind;

	/* The mapping: one that was chosen, or the guess; and what a person changed. */
	struct mapping base;      /* its options, constants and values */
	const char *mapping_name; /* "guessed" or what was chosen; of names */
	const char *mapping;      /* text in use; NULL: guess. Of names */
	struct arena names;
	bool ignore_tiers, update_only;
	bool changed; /* the columns are as a person said, and not saved */
	bool settled; /* how the file is read is not the guess alone */
	int wanted;   /* the mapping or kind that they would be lost for */

	struct import_preview preview;
	bool shown; /* the preview can be looked at */
	char problem[ERR_TEXT_MAX];
	int named;       /* option that what was said last names; -1: none */
	int column, top; /* under the cursor; the first one shown */
	int value;       /* of the column, that is being given a meaning */

	struct import_result result;
	bool has_result;
	bool was_empty; /* the book had no accounts before */
	char file_of_rejected[IMPORT_PATH_MAX];
	int rows; /* height of the body */

	struct import_words words; /* of said: what messages are asked to say */
	char said[IMPORT_WORDS][IMPORT_WORDS_MAX];
};

/* The open import; NULL: none is. */
struct importing *importing_of(struct app *a);
void import_request_of(struct app *a, struct importing *s, struct import_request *q,
	char codes[FX_MAX + 1][4]);

/* ---- import_columns.c: which column feeds which field ---- */
/* Looks at the file anew with what is set. */
void import_look(struct app *a, struct importing *s);
void import_paint_columns(
	struct app *a, struct importing *s, struct canvas *c, struct rect r);
bool import_act_columns(struct app *a, struct importing *s, enum action action);
void import_click_columns(struct app *a, struct importing *s, int line);

/* ---- import_choose.c: the popups ---- */
/* The options open at the one that a message names first; as they are when it names none.
 */
void import_name_option(struct importing *s, const char *message);
void import_choose_field(struct app *a, struct importing *s);
void import_choose_kind(struct app *a, struct importing *s);
void import_choose_mapping(struct app *a, struct importing *s);
void import_choose_option(struct app *a, struct importing *s);
/* How messages are to say what is set here; good until they are asked for again. */
const struct import_words *import_own_words(struct importing *s);
void import_save_mapping(struct app *a, struct importing *s);
/* From what the columns say now, a mapping; on refusal all is as before. */
bool import_settle(struct app *a, struct importing *s);
/* Uses the text of a mapping, which is copied, and the kind of rows that it is for; on
 * refusal all is as before. */
bool import_use_mapping(
	struct app *a, struct importing *s, const char *text, const char *name);
/* A mapping with nothing in it but the guess. */
void import_guess(struct importing *s);

/* ---- import_kept.c: what was said of a file, as long as the console runs ---- */
/* Of the file that is at hand, when somebody said anything of it. */
void import_keep(struct app *a, struct importing *s);
/* Of this file, with these headers, it is said again; false: nothing is kept. */
bool import_recall(struct app *a, struct importing *s);

/* ---- import_values.c: what the values of a column with choices become ---- */
/* How many of them, among the first rows, are none of the choices. */
unsigned import_strange_values(const struct importing *s, uint32_t column);
/* A column was just given to its field: yes and no get a meaning where the field is
 * status, and what is left open is asked. */
void import_greet_values(struct app *a, struct importing *s);
void import_choose_value(struct app *a, struct importing *s);

/* ---- import_run.c: the check, and the import itself ---- */
void import_check(struct app *a, struct importing *s);
/* Takes the CSM of the file that is nearly written like one of the book for that one,
 * and checks again. */
void import_take_for(struct app *a, struct importing *s);
void import_take(struct app *a, struct importing *s);
/* From what was imported out of it all, the state included, to the book that has it. */
void import_leave(struct app *a);
void import_save_rejected(struct app *a, struct importing *s);
void import_clear_result(struct importing *s);

#endif
