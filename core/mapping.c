/* Mapping files: sections and options are rows of tables. */
#include "core/mapping.h"

#include <stdio.h>
#include <string.h>

#include "core/ini.h"

struct word {
	const char *text;
	int value;
};

static const struct word date_words[] = { { "auto", DATES_AUTO }, { "iso", DATES_ISO },
	{ "dmy", DATES_DMY }, { "mdy", DATES_MDY }, { NULL, 0 } };
static const struct word decimal_words[] = { { "auto", 0 }, { ".", '.' }, { ",", ',' },
	{ NULL, 0 } };
static const struct word sign_words[] = { { "refuse", false }, { "drop", true },
	{ NULL, 0 } };
static const struct word delimiter_words[] = { { "auto", 0 }, { "comma", ',' },
	{ "semicolon", ';' }, { "tab", '\t' }, { "pipe", '|' }, { ",", ',' },
	{ ";", ';' }, { "|", '|' }, { "\t", '\t' }, { NULL, 0 } };
static const struct word encoding_words[] = { { "auto", ENC_AUTO }, { "utf-8", ENC_UTF8 },
	{ "utf-16", ENC_UTF16 }, { "latin-1", ENC_LATIN1 }, { "cp1252", ENC_CP1252 },
	{ NULL, 0 } };
static const struct word skip_words[] = { { "yes", false }, { "no", true }, { NULL, 0 } };
static const struct word interval_words[] = { { "yearly", false }, { "monthly", true },
	{ NULL, 0 } };
static const struct word conflict_words[] = { { "overwrite", PUT_OVERWRITE },
	{ "fill", PUT_FILL }, { "keep", PUT_KEEP }, { NULL, 0 } };

static void set_dates(struct mapping *m, int value)
{
	m->dates = (enum mapping_dates)value;
}

static int get_dates(const struct mapping *m)
{
	return (int)m->dates;
}

static void set_decimal(struct mapping *m, int value)
{
	m->decimal = (char)value;
}

static int get_decimal(const struct mapping *m)
{
	return m->decimal;
}

static void set_signs(struct mapping *m, int value)
{
	m->drop_signs = value != 0;
}

static int get_signs(const struct mapping *m)
{
	return m->drop_signs;
}

static void set_delimiter(struct mapping *m, int value)
{
	m->delimiter = (char)value;
}

static int get_delimiter(const struct mapping *m)
{
	return m->delimiter;
}

static void set_encoding(struct mapping *m, int value)
{
	m->encoding = (enum encoding)value;
}

static int get_encoding(const struct mapping *m)
{
	return (int)m->encoding;
}

static void set_blank_lines(struct mapping *m, int value)
{
	m->keep_blank_lines = value != 0;
}

static int get_blank_lines(const struct mapping *m)
{
	return m->keep_blank_lines;
}

static void set_interval(struct mapping *m, int value)
{
	m->monthly = value != 0;
}

static int get_interval(const struct mapping *m)
{
	return m->monthly;
}

static void set_conflict(struct mapping *m, int value)
{
	m->on_conflict = (enum put_mode)value;
}

static int get_conflict(const struct mapping *m)
{
	return (int)m->on_conflict;
}

static const struct option {
	const char *name;
	const struct word *words;
	void (*set)(struct mapping *m, int value);
	int (*get)(const struct mapping *m);
} options[] = {
	{ "dates", date_words, set_dates, get_dates },
	{ "decimal", decimal_words, set_decimal, get_decimal },
	{ "signs", sign_words, set_signs, get_signs },
	{ "delimiter", delimiter_words, set_delimiter, get_delimiter },
	{ "encoding", encoding_words, set_encoding, get_encoding },
	{ "skip_blank_lines", skip_words, set_blank_lines, get_blank_lines },
	{ "interval", interval_words, set_interval, get_interval },
	{ "on_conflict", conflict_words, set_conflict, get_conflict },
};

#define OPTIONS (sizeof(options) / sizeof(options[0]))

void mapping_init(struct mapping *m, enum record_kind kind)
{
	*m = (struct mapping){ .kind = kind };
	arena_init(&m->arena);
}

void mapping_clear(struct mapping *m)
{
	arena_clear(&m->arena);
}

static void append(char *list, size_t size, const char *word)
{
	size_t n = strlen(list);
	snprintf(list + n, size - n, "%s%s", n > 0 ? ", " : "", word);
}

enum status mapping_option(
	struct mapping *m, const char *name, const char *value, struct err *e)
{
	char known[ERR_TEXT_MAX / 2] = "";
	for (size_t i = 0; i < OPTIONS; i++) {
		const struct option *o = &options[i];
		if (strcmp(o->name, name) != 0) {
			append(known, sizeof(known), o->name);
			continue;
		}
		known[0] = '\0';
		for (const struct word *w = o->words; w->text != NULL; w++) {
			if (text_ieq(text_of(w->text), text_of(value))) {
				o->set(m, w->value);
				return ST_OK;
			}
			if (*w->text != '\t')
				append(known, sizeof(known), w->text);
		}
		return err_set(
			e, ST_INVALID, "%s: \"%s\" is not one of %s", name, value, known);
	}
	return err_set(
		e, ST_INVALID, "\"%s\" is not an option; there are %s", name, known);
}

/* ---- sections -------------------------------------------------------------------- */

static enum status find_field(
	const struct mapping *m, struct text name, int *field, struct err *e)
{
	const struct record *r = record_of(m->kind);
	*field = record_field(r, name);
	if (*field >= 0)
		return ST_OK;
	char known[ERR_TEXT_MAX / 2] = "";
	for (int i = 0; i < r->count; i++)
		append(known, sizeof(known), r->fields[i].name);
	return err_set(e, ST_INVALID, "%s have no field \"%.*s\"; they have %s", r->name,
		(int)name.n, name.s, known);
}

static enum status set_text(
	struct mapping *m, const char **slot, const struct ini_key *key, struct err *e)
{
	if (*slot != NULL)
		return err_set(e, ST_INVALID, "%s is set twice in [%s]", key->name,
			key->section);
	if (*key->value == '\0')
		return err_set(e, ST_INVALID, "%s has no value", key->name);
	*slot = arena_strdup(&m->arena, key->value);
	return *slot != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
}

static enum status take_kind(struct mapping *m, const struct ini_key *key, struct err *e)
{
	if (strcmp(key->name, "kind") != 0)
		return err_set(e, ST_INVALID,
			"\"%s\" stands before the first section; "
			"only kind = ... may",
			key->name);
	enum record_kind kind = record_by_name(text_of(key->value));
	if ((int)kind >= REC_IMPORTABLE)
		return err_set(
			e, ST_INVALID, "kind: \"%s\" is not a kind of file", key->value);
	if (kind != m->kind)
		return err_set(e, ST_USAGE, "this mapping is for %s, not for %s",
			record_of(kind)->name, record_of(m->kind)->name);
	return ST_OK;
}

static enum status take_column(
	struct mapping *m, const struct ini_key *key, struct err *e)
{
	int field;
	enum status st = find_field(m, text_of(key->name), &field, e);
	return st == ST_OK ? set_text(m, &m->header[field], key, e) : st;
}

static enum status take_option(
	struct mapping *m, const struct ini_key *key, struct err *e)
{
	return mapping_option(m, key->name, key->value, e);
}

static enum status take_constant(
	struct mapping *m, const struct ini_key *key, struct err *e)
{
	int field;
	enum status st = find_field(m, text_of(key->name), &field, e);
	return st == ST_OK ? set_text(m, &m->constant[field], key, e) : st;
}

static enum status take_value(struct mapping *m, const struct ini_key *key, struct err *e)
{
	const char *dot = strchr(key->name, '.');
	if (dot == NULL)
		return err_set(e, ST_INVALID,
			"\"%s\": write field.From = to, as in status.Active = active",
			key->name);
	struct mapping_value *v = arena_alloc(&m->arena, sizeof(*v));
	char *from = arena_strdup(&m->arena, dot + 1);
	char *to = arena_strdup(&m->arena, key->value);
	if (v == NULL || from == NULL || to == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	v->from = text_of(from);
	v->to = text_of(to);
	v->next = m->values;
	enum status st = find_field(
		m, (struct text){ key->name, (size_t)(dot - key->name) }, &v->field, e);
	struct text twice;
	if (st == ST_OK && mapping_replace(m, v->field, v->from, &twice))
		return err_set(e, ST_INVALID, "%s is set twice in [values]", key->name);
	m->values = v;
	return st;
}

static const struct section {
	const char *name;
	enum status (*take)(struct mapping *m, const struct ini_key *key, struct err *e);
} sections[] = {
	{ "", take_kind },
	{ "columns", take_column },
	{ "options", take_option },
	{ "constants", take_constant },
	{ "values", take_value },
};

static enum status take_key(void *arg, const struct ini_key *key, struct err *e)
{
	struct mapping *m = arg;
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		if (strcmp(sections[i].name, key->section) != 0)
			continue;
		if (sections[i].take == take_column)
			m->has_columns = true;
		return sections[i].take(m, key, e);
	}
	return err_set(e, ST_INVALID,
		"section [%s] is not known; there are [columns], [options], [constants] "
		"and [values]",
		key->section);
}

enum status mapping_parse(
	struct mapping *m, const char *text, const char *file, struct err *e)
{
	return ini_read(text, file, take_key, m, e);
}

static enum status find_kind(void *arg, const struct ini_key *key, struct err *e)
{
	enum record_kind *kind = arg;
	(void)e;
	if (*key->section == '\0' && strcmp(key->name, "kind") == 0)
		*kind = record_by_name(text_of(key->value));
	return ST_OK;
}

enum record_kind mapping_kind(const char *text, enum record_kind usual)
{
	enum record_kind kind = usual;
	const enum status st = ini_read(text, "", find_kind, &kind, NULL);
	return st == ST_OK && (int)kind < REC_IMPORTABLE ? kind : usual;
}

bool mapping_replace(
	const struct mapping *m, int field, struct text cell, struct text *to)
{
	for (const struct mapping_value *v = m->values; v != NULL; v = v->next) {
		if (v->field == field && text_ieq(v->from, cell)) {
			*to = v->to;
			return true;
		}
	}
	return false;
}

/* A copy of the list without what it says of the value, behind *end. */
static bool copy_others(
	struct mapping *m, int field, struct text from, struct mapping_value **end)
{
	for (const struct mapping_value *v = m->values; v != NULL; v = v->next) {
		if (v->field == field && text_ieq(v->from, from))
			continue;
		*end = arena_alloc(&m->arena, sizeof(**end));
		if (*end == NULL)
			return false;
		**end = *v;
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return true;
}

enum status mapping_set_value(
	struct mapping *m, int field, struct text from, const char *to, struct err *e)
{
	struct mapping_value *first = NULL, *others = NULL;
	bool good = copy_others(m, field, from, &others);
	if (good && to != NULL) {
		first = arena_alloc(&m->arena, sizeof(*first));
		char *of = arena_copy(&m->arena, from.s, from.n);
		char *into = arena_strdup(&m->arena, to);
		good = first != NULL && of != NULL && into != NULL;
		if (good)
			*first = (struct mapping_value){ field, { of, from.n },
				text_of(into), others };
	}
	if (!good)
		return err_set(e, ST_NOMEM, "out of memory");
	m->values = first != NULL ? first : others;
	return ST_OK;
}

/* ---- writing --------------------------------------------------------------------- */

static const char *word_of(const struct option *o, const struct mapping *m)
{
	const struct word *w = o->words;
	while (w->value != o->get(m))
		w++;
	return w->text;
}

const char *mapping_word(const struct mapping *m, const char *name)
{
	for (size_t i = 0; i < OPTIONS; i++) {
		if (strcmp(options[i].name, name) == 0)
			return word_of(&options[i], m);
	}
	return NULL;
}

struct writing {
	struct arena *a;
	const char *text; /* NULL: no memory */
	const char *section;
};

static void put(struct writing *w, const char *name, const char *value)
{
	char line[INI_LINE_BYTES + 2];
	int n = snprintf(line, sizeof(line), "%s = %s", name, value);
	size_t head = w->section != NULL ? strlen(w->section) : 0;
	size_t room = strlen(w->text != NULL ? w->text : "") + head + (size_t)n + 6;
	char *text = w->text != NULL ? arena_alloc(w->a, room) : NULL;
	if (text != NULL)
		snprintf(text, room, "%s%s%s%s%s\n", w->text, head > 0 ? "\n[" : "",
			head > 0 ? w->section : "", head > 0 ? "]\n" : "", line);
	w->text = text;
	w->section = NULL;
}

static void put_fields(struct writing *w, const struct mapping *m,
	const char *const value[RECORD_FIELDS_MAX], const char *section)
{
	const struct record *r = record_of(m->kind);
	w->section = section;
	for (int f = 0; f < r->count; f++) {
		if (value[f] != NULL)
			put(w, r->fields[f].name, value[f]);
	}
}

static void put_options(struct writing *w, const struct mapping *m)
{
	struct mapping initial;
	mapping_init(&initial, m->kind);
	w->section = "options";
	for (size_t i = 0; i < OPTIONS; i++) {
		if (options[i].get(m) != options[i].get(&initial))
			put(w, options[i].name, word_of(&options[i], m));
	}
	mapping_clear(&initial);
}

/* The list is newest first; a file is read from its beginning. */
static void put_values(
	struct writing *w, const struct mapping *m, const struct mapping_value *v)
{
	char name[INI_LINE_BYTES + 2];
	if (v == NULL)
		return;
	put_values(w, m, v->next);
	snprintf(name, sizeof(name), "%s.%s", record_of(m->kind)->fields[v->field].name,
		v->from.s);
	put(w, name, v->to.s);
}

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_values(const struct mapping_value *a, const struct mapping_value *b)
{
	while (a != NULL && b != NULL && a->field == b->field &&
		text_eq(a->from, b->from) && text_eq(a->to, b->to)) {
		a = a->next;
		b = b->next;
	}
	return a == b;
}

/* What was written must be read as it was meant. */
static enum status read_again(const struct mapping *m, const char *text, struct err *e)
{
	struct mapping again;
	const char *bad = NULL;
	mapping_init(&again, m->kind);
	enum status st = mapping_parse(&again, text, "mapping", NULL);
	for (int f = 0; f < RECORD_FIELDS_MAX && bad == NULL; f++) {
		if (!same(m->header[f], again.header[f]))
			bad = m->header[f];
		else if (!same(m->constant[f], again.constant[f]))
			bad = m->constant[f];
	}
	if (bad == NULL && !same_values(m->values, again.values))
		bad = "values";
	if (st == ST_NOMEM)
		st = err_set(e, st, "out of memory");
	else if (bad != NULL || st != ST_OK)
		st = err_set(e, ST_INVALID,
			"\"%.60s\" can't be written into a mapping: it is too long or "
			"holds signs that mean something there",
			bad != NULL ? bad : "");
	mapping_clear(&again);
	return st;
}

enum status mapping_write(
	const struct mapping *m, struct arena *a, const char **out, struct err *e)
{
	struct writing w = { .a = a, .text = "" };
	put(&w, "kind", record_of(m->kind)->name);
	put_fields(&w, m, m->header, "columns");
	put_options(&w, m);
	put_fields(&w, m, m->constant, "constants");
	w.section = "values";
	put_values(&w, m, m->values);
	if (w.text == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	*out = w.text;
	return read_again(m, w.text, e);
}
