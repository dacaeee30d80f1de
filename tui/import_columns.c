/* Which column of the file feeds which field: a line for each column with its field, or
 * why it is not taken, and its first values. */
#include <stdio.h>
#include <string.h>

#include "core/part.h"
#include "tui/import_state.h"
#include "tui/page.h"
#include "tui/rows.h"

#define FILE_COLUMN "column of the file"
enum {
	TOP_LINES = 4,
	BOTTOM_LINES = 3,
	PROBLEM_LINES = 5,
	COLUMNS_LEAST = 2, /* shown, whatever is to be said below them */
	HEADER_MAX = 28,
	WIDE = 110,
	GAP = 2,
	STEP_WIDTH = 13
};

void import_look(struct app *a, struct importing *s)
{
	char codes[FX_MAX + 1][4];
	struct import_request q;
	struct import_preview next;
	struct err e = { .status = ST_OK };

	import_request_of(a, s, &q, codes);
	s->problem[0] = '\0';
	s->named = -1;
	if (import_preview(&q, &next, &e) != ST_OK) {
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
		import_preview_clear(&next);
		import_preview_clear(&s->preview);
		s->shown = false;
		import_name_option(s, s->problem);
		return;
	}
	import_preview_clear(&s->preview);
	s->preview = next;
	s->shown = true;
	if (s->column >= (int)next.column_count)
		s->column = 0;
	import_name_option(s, "");
}

/* ---- painting ------------------------------------------------------------------- */

/* A header says that its amounts are monthly, where nobody said so of the file. */
static bool interval_by_column(const struct importing *s)
{
	return s->shown && !s->base.monthly && import_monthly(&s->preview, &s->base);
}

enum { SETTING_SHOWN = 7, SETTING_SIZE = 32 };

/* How the file is read, a word or two for each; what is as usual last. */
static int settings_words(
	const struct importing *s, char out[SETTING_SHOWN][SETTING_SIZE])
{
	static const char *const option[] = { "dates", "decimal", "delimiter", "encoding",
		"interval" };
	enum { INTERVAL = 4, OPTIONS_SHOWN = 5 };
	struct mapping usual;
	int n = 0;

	mapping_init(&usual, s->kind);
	if (s->base.drop_signs)
		snprintf(out[n++], SETTING_SIZE, "signs dropped");
	if (s->ignore_tiers)
		snprintf(out[n++], SETTING_SIZE, "tiers left out");
	for (int same = 0; same < 2; same++) {
		for (int i = 0; i < OPTIONS_SHOWN; i++) {
			const bool by_column = i == INTERVAL && interval_by_column(s);
			const char *word = by_column ? "by column"
						     : mapping_word(&s->base, option[i]);
			const bool is_usual =
				!strcmp(word, mapping_word(&usual, option[i]));

			if (is_usual == (same == 1))
				snprintf(
					out[n++], SETTING_SIZE, "%s %s", option[i], word);
		}
	}
	mapping_clear(&usual);
	return n;
}

/* Whole ones, as many as there is room for. */
static void paint_options(const struct importing *s, struct canvas *c, struct rect r)
{
	char words[SETTING_SHOWN][SETTING_SIZE];
	const int n = settings_words(s, words);
	int at = r.column;

	for (int i = 0; i < n; i++) {
		const int left = r.column + r.columns - at;
		const size_t name = strcspn(words[i], " ") + 1;

		if ((int)strlen(words[i]) > left)
			break;
		at += canvas_print(
			c, r.row, at, left, ROLE_QUIET, "%.*s", (int)name, words[i]);
		at += canvas_print(c, r.row, at, left, ROLE_KEY, "%s", words[i] + name);
		at += GAP;
	}
}

static void paint_settings(struct importing *s, struct canvas *c, struct rect r)
{
	const bool known = s->update_only && s->kind == REC_ACCOUNT;
	const char *help = known ? "no new ones" : record_of(s->kind)->help;
	int at = r.column;

	at += canvas_print(c, r.row, at, r.columns, ROLE_QUIET, "rows are ");
	at += canvas_print(c, r.row, at, r.column + r.columns - at, ROLE_KEY, "%s",
		record_of(s->kind)->name);
	if (at + text_columns(text_of(help)) + text_columns(text_of(s->mapping_name)) +
			(int)sizeof(" ()   mapping ") <=
		r.column + r.columns)
		at += canvas_print(c, r.row, at, r.columns, ROLE_QUIET, " (%s)", help);
	at += canvas_print(
		c, r.row, at, r.column + r.columns - at, ROLE_QUIET, "   mapping ");
	canvas_print(
		c, r.row, at, r.column + r.columns - at, ROLE_KEY, "%s", s->mapping_name);
	paint_options(s, c, (struct rect){ r.row + 1, r.column, 1, r.columns });
}

static int header_width(const struct importing *s, int columns)
{
	int width = text_columns(text_of(FILE_COLUMN));

	for (uint32_t i = 0; i < s->preview.column_count; i++) {
		const int n = text_columns(text_of(s->preview.columns[i].header));

		width = n > width ? n : width;
	}
	if (width > HEADER_MAX)
		width = HEADER_MAX;
	return width > columns / 3 ? columns / 3 : width;
}

/* Wide enough for the reasons why columns are not taken, where there is room. */
static int field_width(const struct importing *s, int columns)
{
	bool reasons = false;

	for (uint32_t i = 0; i < s->preview.column_count; i++)
		reasons |= s->preview.columns[i].field < 0 &&
			   s->preview.columns[i].why != NULL;
	return reasons && columns >= WIDE ? 44 : 20;
}

/* The first values of the column that are not blank, as many as fit. */
static void paint_values(struct importing *s, struct canvas *c, struct rect r, uint32_t i)
{
	const struct import_preview *p = &s->preview;
	const int end = r.column + r.columns;
	int at = r.column;

	for (uint32_t k = 0; k < p->row_count && at < end; k++) {
		const struct text cell =
			text_trim(text_of(p->cells[k * p->column_count + i]));

		if (cell.n == 0)
			continue;
		if (at > r.column)
			at += canvas_print(c, r.row, at, end - at, ROLE_QUIET, " %s ",
				canvas_glyph_text(c, GLYPH_DOT));
		if (at < end)
			at += canvas_put(c, r.row, at, end - at, ROLE_TEXT, cell);
	}
	if (at == r.column)
		canvas_put(c, r.row, at, end - at, ROLE_QUIET, TEXT("--"));
}

static void paint_column(struct importing *s, struct canvas *c, struct rect r, uint32_t i)
{
	const struct import_column *x = &s->preview.columns[i];
	const struct record *record = record_of(s->kind);
	const int width = header_width(s, r.columns), goes = field_width(s, r.columns);
	int at = r.column;

	canvas_put(c, r.row, at, width, x->field < 0 ? ROLE_QUIET : ROLE_TEXT,
		x->header[0] ? text_of(x->header) : TEXT("(no header)"));
	at += width + GAP;
	if (x->field < 0)
		canvas_print(c, r.row, at, goes, ROLE_QUIET, "not taken%s%s",
			x->why && goes > 20 ? ": " : "",
			x->why && goes > 20 ? x->why : "");
	else
		canvas_print(c, r.row, at, goes, ROLE_STRONG, "%s%s",
			record->fields[x->field].name, x->monthly ? " x 12" : "");
	at += goes + GAP;
	paint_values(s, c, (struct rect){ r.row, at, 1, r.column + r.columns - at }, i);
	if ((int)i == s->column)
		canvas_focus(c, r);
}

static void paint_table(struct importing *s, struct canvas *c, struct rect r)
{
	const int width = header_width(s, r.columns), goes = field_width(s, r.columns);
	const int n = (int)s->preview.column_count;

	rows_show(s->column, r.rows, &s->top);
	canvas_put(c, r.row - 1, r.column, width, ROLE_HEADER, text_of(FILE_COLUMN));
	canvas_put(
		c, r.row - 1, r.column + width + GAP, goes, ROLE_HEADER, TEXT("goes to"));
	canvas_put(c, r.row - 1, r.column + width + goes + 2 * GAP, r.columns,
		ROLE_HEADER, TEXT("first values"));
	for (int i = 0; i < r.rows && s->top + i < n; i++)
		paint_column(s, c, (struct rect){ r.row + i, r.column, 1, r.columns },
			(uint32_t)(s->top + i));
	page_signs(c, (struct rect){ r.row, r.column, r.rows, r.columns + 1 }, s->top, n);
	canvas_cursor(c, r.row + s->column - s->top, r.column);
}

static unsigned taken(const struct importing *s)
{
	unsigned n = 0;

	for (uint32_t i = 0; i < s->preview.column_count; i++)
		n += s->preview.columns[i].field >= 0;
	return n;
}

/* What the column under the cursor is. */
static void put_column(struct importing *s, struct page *p)
{
	const struct record *record = record_of(s->kind);
	const struct import_column *x = &s->preview.columns[s->column];
	const unsigned strange = import_strange_values(s, (uint32_t)s->column);

	if (strange)
		page_print(p, 0, ROLE_WATCH,
			"%s: %u of its values %s not known: %s says what they become",
			record->fields[x->field].name, strange,
			strange == 1 ? "is" : "are", keys_text(SCOPE_IMPORT, ACT_CHOOSE));
	else if (x->field >= 0)
		page_print(p, 0, x->why ? ROLE_WATCH : ROLE_QUIET, "%s: %s",
			record->fields[x->field].name,
			x->why ? x->why : record->fields[x->field].help);
	else
		page_print(p, 0, ROLE_QUIET, "not taken: %s",
			x->why ? x->why : "no field has a name like it");
}

/* Usage often comes as a sheet with a column for each measure, which can't be taken. */
static void put_signal_help(struct page *p)
{
	char names[200] = "";
	size_t n = 0;

	for (int i = 0; i < SIG_KNOWN; i++)
		n += (size_t)snprintf(names + n, sizeof(names) - n, "%s%s",
			i == 0              ? ""
			: i + 1 < SIG_KNOWN ? ", "
					    : " and ",
			known_signal_name[i]);
	page_print(p, 0, ROLE_INFO,
		"A file of signals has a row for each value: account_id, date, signal, "
		"value; a column for each measure can't be taken. Health knows the "
		"signals %s.",
		names);
}

/* A list that knows customers by their names alone has no other column to give. */
static bool names_will_do(const struct importing *s)
{
	bool named = false;

	for (uint32_t i = 0; i < s->preview.column_count; i++)
		named |= s->preview.columns[i].field == F_NAME;
	return s->kind == REC_ACCOUNT && named;
}

/* Whether the file can be checked. */
static void put_ready(const struct importing *s, struct page *p)
{
	if (s->preview.missing && s->preview.column_count == 1)
		page_print(p, 0, ROLE_ERROR,
			"not a table, it seems: every row is one cell (%s sets what is "
			"between)",
			keys_word(SCOPE_IMPORT, ACT_IMPORT_OPTIONS));
	else if (s->preview.missing)
		page_print(p, 0, ROLE_ERROR,
			"required and missing: %s: say which column it is%s",
			s->preview.missing,
			names_will_do(s) ? "; the names will do" : "");
	else
		page_print(p, 0, ROLE_INFO,
			"%u of %u columns are taken; %s checks the whole file", taken(s),
			s->preview.column_count,
			keys_text(SCOPE_IMPORT, ACT_IMPORT_CHECK));
	if (s->preview.missing)
		page_print(p, 0, ROLE_QUIET, "%s: these rows are something else",
			keys_word(SCOPE_IMPORT, ACT_IMPORT_KIND));
	if (s->preview.missing && s->kind == REC_SIGNAL)
		put_signal_help(p);
}

/* What stands below the columns takes what it needs, as long as some of them are seen. */
static struct rect paint_below(struct importing *s, struct canvas *c, struct rect r)
{
	const int least = s->problem[0] ? PROBLEM_LINES : BOTTOM_LINES;
	const int most = r.rows - TOP_LINES - COLUMNS_LEAST;
	struct page p;
	int rows;

	page_init(&p, c->ascii);
	page_reset(&p, r.columns);
	if (s->problem[0]) {
		page_text(&p, 0, ROLE_ERROR, text_of(s->problem));
	} else {
		put_column(s, &p);
		put_ready(s, &p);
	}
	rows = p.c.rows + 1 < least ? least : p.c.rows + 1 > most ? most : p.c.rows + 1;
	canvas_copy(c,
		(struct rect){ r.row + r.rows - rows + 1, r.column, rows - 1, r.columns },
		&p.c, 0);
	page_clear(&p);
	return (struct rect){ r.row + TOP_LINES, r.column, r.rows - TOP_LINES - rows,
		r.columns - 1 };
}

void import_paint_columns(
	struct app *a, struct importing *s, struct canvas *c, struct rect r)
{
	(void)a;
	canvas_print(c, r.row, r.column, r.columns - STEP_WIDTH, ROLE_STRONG,
		"Columns of %s", s->name ? s->name : "");
	canvas_put_right(c, r.row, r.column, r.columns, ROLE_QUIET, TEXT("step 1 of 3"));
	paint_settings(s, c, (struct rect){ r.row + 1, r.column, 2, r.columns });
	if (!s->shown) {
		struct page p;

		page_init(&p, c->ascii);
		page_reset(&p, r.columns);
		page_text(&p, 0, ROLE_ERROR, text_of(s->problem));
		canvas_copy(c,
			(struct rect){ r.row + TOP_LINES, r.column, r.rows - TOP_LINES,
				r.columns },
			&p.c, 0);
		page_clear(&p);
		return;
	}
	paint_table(s, c, paint_below(s, c, r));
}

/* ---- acting --------------------------------------------------------------------- */

bool import_act_columns(struct app *a, struct importing *s, enum action action)
{
	switch (action) {
	case ACT_CHOOSE:
		import_choose_field(a, s);
		return true;
	case ACT_IMPORT_KIND:
		import_choose_kind(a, s);
		return true;
	case ACT_IMPORT_MAPPING:
		import_choose_mapping(a, s);
		return true;
	case ACT_IMPORT_OPTIONS:
		import_choose_option(a, s);
		return true;
	case ACT_IMPORT_SAVE:
		import_save_mapping(a, s);
		return true;
	case ACT_IMPORT_CHECK:
		import_check(a, s);
		return true;
	default:
		return rows_step(action, s->rows - TOP_LINES,
			(int)s->preview.column_count, &s->column);
	}
}

void import_click_columns(struct app *a, struct importing *s, int line)
{
	const int at = s->top + line - TOP_LINES;

	if (!s->shown || line < TOP_LINES || at >= (int)s->preview.column_count)
		return;
	if (at == s->column)
		import_choose_field(a, s);
	s->column = at;
}
