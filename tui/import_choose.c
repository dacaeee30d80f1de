/* The popups of the guided import: what a column is, what kind of rows these are, which
 * mapping and which options to use. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/choices.h"
#include "core/convert.h"
#include "tui/choice.h"
#include "tui/confirm.h"
#include "tui/import_state.h"
#include "tui/mem.h"
#include "tui/save_file.h"

#define MAPPINGS "mappings/"
#define KEPT_SECTION "mappings"
enum { NOT_TAKEN = -1, VALUES = -2, GUESS = -1, KEPT_FIRST = 10000, SHOWN = 30 };

void import_guess(struct importing *s)
{
	s->mapping = NULL;
	s->mapping_name = "guessed";
	s->changed = s->settled = false;
}

/* ---- the field of a column ------------------------------------------------------ */

bool import_settle(struct app *a, struct importing *s)
{
	const char *text;
	struct err e = { .status = ST_OK };

	if (import_mapping(&s->preview, &s->base, &s->names, &text, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	s->base.monthly = import_monthly(&s->preview, &s->base);
	s->mapping = text;
	s->mapping_name = "changed by you";
	s->changed = s->settled = true;
	return true;
}

/* The column under the cursor has the field that the other one had. */
static void say_moved(struct app *a, const struct importing *s, const char *other)
{
	const struct import_column *x = &s->preview.columns[s->column];
	const struct text from = text_of(other), to = text_of(x->header);

	app_say(a, "%.*s is not taken any more: %s is %.*s now",
		convert_shown(from, SHOWN), from.s,
		record_of(s->kind)->fields[x->field].name, convert_shown(to, SHOWN),
		to.s);
}

static void field_chosen(struct app *a, int64_t value)
{
	const int field = (int)value;
	struct importing *s = importing_of(a);
	struct import_column *columns = s->preview.columns;
	int before = NOT_TAKEN;
	uint32_t other = s->preview.column_count;

	if (!s->shown)
		return;
	if (field == VALUES) {
		import_choose_value(a, s);
		return;
	}
	before = columns[s->column].field;
	for (uint32_t i = 0; field != NOT_TAKEN && i < s->preview.column_count; i++)
		if (columns[i].field == field)
			other = i;
	if (other < s->preview.column_count)
		columns[other].field = NOT_TAKEN;
	columns[s->column].field = field;
	if (import_settle(a, s)) {
		if (other < s->preview.column_count && other != (uint32_t)s->column)
			say_moved(a, s, columns[other].header);
		import_look(a, s);
		if (field != NOT_TAKEN)
			import_greet_values(a, s);
		return;
	}
	if (other < s->preview.column_count)
		columns[other].field = field;
	columns[s->column].field = before;
}

static bool is_taken(const struct importing *s, int field)
{
	for (uint32_t i = 0; i < s->preview.column_count; i++)
		if (s->preview.columns[i].field == field)
			return true;
	return false;
}

void import_choose_field(struct app *a, struct importing *s)
{
	struct choice c = { .title = "This column goes to", .chosen = field_chosen };
	const struct record *r = record_of(s->kind);
	int now;

	if (!s->shown)
		return;
	now = s->preview.columns[s->column].field;
	if (now >= 0 && r->fields[now].type == FT_CHOICE)
		choice_add(&c, "what its values become",
			"Say what each value of the file means here.", VALUES);
	choice_add(&c, "not taken", "The column is left out.", NOT_TAKEN);
	for (int f = 0; f < r->count; f++) {
		choice_add(&c, r->fields[f].name, r->fields[f].help, f);
		c.line[c.n - 1].note =
			r->fields[f].flags & FIELD_REQUIRED
				? (is_taken(s, f) ? "required, has a column" : "required")
			: is_taken(s, f) ? "has a column"
					 : NULL;
		if (now == f && !import_strange_values(s, (uint32_t)s->column))
			c.at = c.n - 1;
	}
	choice_open(a, &c);
}

/* ---- the kind of rows ----------------------------------------------------------- */

/* What a person said of the columns is not thrown away without a word. */
static void instead(
	struct app *a, int wanted, const char *question, void (*yes)(struct app *a))
{
	struct importing *s = importing_of(a);
	char text[120];

	s->wanted = wanted;
	if (!s->changed) {
		yes(a);
		return;
	}
	snprintf(text, sizeof(text), "%s What you said about the columns is lost.",
		question);
	confirm_open(a, text, yes);
}

static void use_kind(struct app *a)
{
	struct importing *s = importing_of(a);
	struct mapping m;

	mapping_init(
		&m, (enum record_kind)s->wanted); /* fields are others, the file is not */
	m.dates = s->base.dates;
	m.decimal = s->base.decimal;
	m.drop_signs = s->base.drop_signs;
	m.delimiter = s->base.delimiter;
	m.encoding = s->base.encoding;
	mapping_clear(&s->base);
	s->base = m;
	s->kind = m.kind;
	import_guess(s);
	s->settled = true;
	import_look(a, s);
}

static void kind_chosen(struct app *a, int64_t kind)
{
	instead(a, (int)kind, "Take other rows?", use_kind);
}

void import_choose_kind(struct app *a, struct importing *s)
{
	struct choice c = { .title = "What the rows are", .chosen = kind_chosen };

	for (int k = 0; k < (int)REC_IMPORTABLE; k++) {
		const struct record *r = record_of((enum record_kind)k);

		choice_add(&c, r->name, r->help, k);
		if (k == (int)s->kind)
			c.at = c.n - 1;
	}
	choice_open(a, &c);
}

/* ---- mappings ------------------------------------------------------------------- */

bool import_use_mapping(
	struct app *a, struct importing *s, const char *text, const char *name)
{
	struct mapping m;
	struct err e = { .status = ST_OK };

	mapping_init(&m, mapping_kind(text, s->kind));
	if (mapping_parse(&m, text, name, &e) != ST_OK) {
		mapping_clear(&m);
		app_fail(a, &e);
		return false;
	}
	mapping_clear(&s->base);
	s->base = m;
	s->kind = m.kind;
	s->mapping = arena_strdup(&s->names, text);
	s->mapping_name = arena_strdup(&s->names, name);
	s->changed = false;
	s->settled = true;
	if (!s->mapping || !s->mapping_name)
		import_guess(s);
	import_look(a, s);
	return true;
}

static void use_file(struct app *a, struct importing *s, const struct kept_line *line)
{
	struct host_file file;
	struct err e = { .status = ST_OK };
	char *text;

	if (a->host->read(a->host->ctx, line->value, &file, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	text = mem_new(file.size + 1, 1);
	if (file.size)
		memcpy(text, file.bytes, file.size);
	a->host->unread(a->host->ctx, &file);
	(void)import_use_mapping(a, s, text, line->key);
	free(text);
}

static void use_wanted(struct app *a)
{
	struct importing *s = importing_of(a);
	const int value = s->wanted;

	if (value >= KEPT_FIRST) {
		use_file(a, s, kept_at(a, KEPT_SECTION, (size_t)(value - KEPT_FIRST)));
	} else if (value >= 0) {
		const struct asset *x = asset_at((size_t)value);

		(void)import_use_mapping(a, s, x->text, x->name + strlen(MAPPINGS));
	} else {
		mapping_clear(&s->base);
		mapping_init(&s->base, s->kind);
		import_guess(s);
		import_look(a, s);
	}
}

static void mapping_chosen(struct app *a, int64_t value)
{
	instead(a, (int)value, "Take this mapping?", use_wanted);
}

/* Whether a mapping is for rows of this kind. */
static bool is_for(const char *text, enum record_kind kind)
{
	struct mapping m;
	bool good;

	mapping_init(&m, kind);
	good = mapping_parse(&m, text, "", NULL) == ST_OK;
	mapping_clear(&m);
	return good;
}

void import_choose_mapping(struct app *a, struct importing *s)
{
	struct choice c = { .title = "Mapping", .chosen = mapping_chosen };
	const struct kept_line *line;
	const struct asset *x;

	choice_add(&c, "guessed", "By the headers of the file.", GUESS);
	for (size_t i = 0; (line = kept_at(a, KEPT_SECTION, i)) != NULL; i++)
		choice_add(&c, line->key, line->value, KEPT_FIRST + (int)i);
	for (size_t i = 0; (x = asset_at(i)) != NULL; i++) {
		char label[64];

		if (strncmp(x->name, MAPPINGS, strlen(MAPPINGS)) != 0 ||
			!is_for(x->text, s->kind))
			continue;
		snprintf(label, sizeof(label), "%.*s",
			(int)(strlen(x->name) - strlen(MAPPINGS) - strlen(".ini")),
			x->name + strlen(MAPPINGS));
		choice_add(&c, label, "Comes with the program.", (int)i);
	}
	choice_open(a, &c);
}

/* ---- saving one ----------------------------------------------------------------- */

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct importing *s = importing_of(a);
	char name[64];
	const char *written, *text = s->mapping, *slash;
	enum status st = save_file_able(a, e);

	*line = 0;
	if (st == ST_OK && !text)
		st = import_mapping(&s->preview, &s->base, &s->names, &text, e);
	if (st == ST_OK)
		st = save_file(a, f, 0, NULL, text_of(text), &written, line, e);
	if (st != ST_OK)
		return st;
	slash = strrchr(written, '/');
	snprintf(name, sizeof(name), "%s", slash ? slash + 1 : written);
	kept_set(a, KEPT_SECTION, name, written);
	s->changed = false;
	app_say(a, "the mapping is in %s", written);
	return ST_OK;
}

void import_save_mapping(struct app *a, struct importing *s)
{
	static const struct form_line lines[] = {
		SAVE_FILE_LINES(
			"~/ is your home folder; the next import offers it, and so does "
			"import --map FILE."),
	};
	static const struct form_spec spec = { "Save the mapping", "save", lines, 2, save,
		NULL };
	struct form f = { .spec = &spec };
	char path[96];

	if (!s->shown)
		return;
	snprintf(path, sizeof(path), "~/%s-mapping.ini", record_of(s->kind)->name);
	save_file_begin(&f, 0, path);
	form_open(a, &f);
}

/* ---- options -------------------------------------------------------------------- */

enum { DATES, DECIMAL, SIGNS, DELIMITER, ENCODING, INTERVAL, OPTIONS };
enum { TIERS = OPTIONS, KNOWN };

static const struct {
	const char *name, *title, *words, *help;
} options[OPTIONS] = {
	[DATES] = { "dates", "Dates", "auto|iso|dmy|mdy",
		"Which of 3/4/2026 is the day; auto finds out." },
	[DECIMAL] = { "decimal", "Decimal mark", "auto|.|,", "Of amounts and numbers." },
	[SIGNS] = { "signs", "Currency signs", "refuse|drop",
		"Whether $ 5 is an error, or 5 in the currency of the row or the book." },
	[DELIMITER] = { "delimiter", "Between the cells", "auto|comma|semicolon|tab|pipe",
		"What stands between the cells of a row." },
	[ENCODING] = { "encoding", "Encoding", "auto|utf-8|utf-16|latin-1|cp1252",
		"How letters are written; change it when names look broken." },
	[INTERVAL] = { "interval", "Amounts are", "yearly|monthly",
		"Monthly amounts are taken times 12." },
};
#define TIERS_TITLE "Tiers of the file"

/* "o, Dates: dmy or mdy" */
static void say(char out[IMPORT_WORDS_MAX], const char *title, const char *then)
{
	snprintf(out, IMPORT_WORDS_MAX, "%s, %s%s",
		keys_word(SCOPE_IMPORT, ACT_IMPORT_OPTIONS), title, then);
}

/* What a file of one column wants is said without its name: another delimiter. */
void import_name_option(struct importing *s, const char *message)
{
	const char *first = NULL;

	if (s->shown && s->preview.missing && s->preview.column_count == 1)
		s->named = DELIMITER;
	for (int i = 0; i <= TIERS; i++) {
		char name[IMPORT_WORDS_MAX];
		const char *at;

		say(name, i == TIERS ? TIERS_TITLE : options[i].title, "");
		at = strstr(message, name);
		if (at && (!first || at < first)) {
			first = at;
			s->named = i;
		}
	}
}

const struct import_words *import_own_words(struct importing *s)
{
	say(s->said[0], options[DATES].title, ": dmy or mdy");
	say(s->said[1], options[DECIMAL].title, ": . or ,");
	say(s->said[2], options[SIGNS].title, ": drop leaves them out");
	say(s->said[3], options[ENCODING].title, ":");
	say(s->said[4], TIERS_TITLE, "");
	snprintf(s->said[5], IMPORT_WORDS_MAX, "%s on the column",
		keys_word(SCOPE_IMPORT, ACT_CHOOSE));
	snprintf(s->said[6], IMPORT_WORDS_MAX, "Policy, %s,",
		keys_word(SCOPE_SCREEN, ACT_SCREEN_POLICY));
	s->words = (struct import_words){ .dates = s->said[0],
		.decimal = s->said[1],
		.signs = s->said[2],
		.encoding = s->said[3],
		.tiers = s->said[4],
		.map = s->said[5],
		.currency = s->said[6],
		.room = "make room on the disk" };
	return &s->words;
}

static void value_chosen(struct app *a, int64_t value)
{
	struct importing *s = importing_of(a);
	struct mapping before = s->base;
	const bool interval = value / 16 == INTERVAL;
	const struct text chosen =
		choices_at(options[value / 16].words, (int)(value % 16));
	char word[16];

	snprintf(word, sizeof(word), "%.*s", (int)chosen.n, chosen.s);
	if (mapping_option(&s->base, options[value / 16].name, word, NULL) != ST_OK)
		return;
	/* What a person says of amounts counts, whatever their headers say. */
	for (uint32_t i = 0; interval && i < s->preview.column_count; i++)
		s->preview.columns[i].monthly = false;
	/* What is in the text of a mapping counts there. */
	if ((s->mapping || interval) && s->shown && !import_settle(a, s))
		s->base = before;
	else
		s->settled = true;
	import_look(a, s);
}

static void option_chosen(struct app *a, int64_t option)
{
	struct importing *s = importing_of(a);
	struct choice c = { .chosen = value_chosen };
	const char *now, *words;
	struct text one;

	s->settled |= option == TIERS || option == KNOWN;
	if (option == TIERS) {
		s->ignore_tiers = !s->ignore_tiers;
		import_look(a, s);
		return;
	}
	if (option == KNOWN) {
		s->update_only = !s->update_only;
		return;
	}
	c.title = options[option].title;
	words = options[option].words;
	now = mapping_word(&s->base, options[option].name);
	for (int i = 0; (one = choices_next(&words)).n > 0; i++) {
		char word[16];

		snprintf(word, sizeof(word), "%.*s", (int)one.n, one.s);
		if (strcmp(word, now) == 0)
			c.at = c.n;
		choice_add(&c, word, options[option].help, option * 16 + i);
	}
	choice_open(a, &c);
}

void import_choose_option(struct app *a, struct importing *s)
{
	struct choice c = { .title = "How the file is written", .chosen = option_chosen };

	for (int i = 0; i < OPTIONS; i++) {
		choice_add(&c, options[i].title, options[i].help, i);
		c.at = i == s->named ? c.n - 1 : c.at;
		c.line[c.n - 1].note = mapping_word(&s->base, options[i].name);
	}
	if (s->kind == REC_ACCOUNT) {
		choice_add(&c, TIERS_TITLE,
			"Whether a column with tiers is taken as where accounts begin.",
			TIERS);
		c.at = s->named == TIERS ? c.n - 1 : c.at;
		c.line[c.n - 1].note = s->ignore_tiers ? "left out" : "taken";
		choice_add(&c, "Accounts not in the book",
			"Whether rows of other accounts than the book has are added or "
			"can't be taken.",
			KNOWN);
		c.line[c.n - 1].note = s->update_only ? "refused" : "added";
	}
	choice_open(a, &c);
}
