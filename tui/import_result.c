/* What a check found and what an import did, as a page. */
#include <inttypes.h>
#include <stdio.h>

#include "tui/import_state.h"

enum { COUNT_WIDTH = 12, BAR_WIDTH = 24, INDENT = 2 };

static const char *key(enum action action)
{
	return keys_text(SCOPE_IMPORT, action);
}

/* "1,234" */
static const char *grouped(uint64_t n, char out[32])
{
	char plain[24];
	int length = snprintf(plain, sizeof(plain), "%" PRIu64, n), to = 0;

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			out[to++] = ',';
		out[to++] = plain[i];
	}
	out[to] = '\0';
	return out;
}

static void count(struct page *p, uint64_t n, enum role role, const char *what)
{
	const int row = page_line(p);
	char text[32];

	canvas_put_right(&p->c, row, 0, COUNT_WIDTH, role, text_of(grouped(n, text)));
	canvas_put(&p->c, row, COUNT_WIDTH + 2, p->c.columns, ROLE_TEXT, text_of(what));
}

static void counts(struct importing *s)
{
	const struct import_result *r = &s->result;
	struct page *p = &s->page;
	const bool done = s->step == IMPORT_DONE;

	count(p, r->read, ROLE_STRONG, "rows read, of which");
	count(p, r->inserted, ROLE_TEXT, done ? "came in new" : "are new");
	count(p, r->updated, ROLE_TEXT,
		done ? "changed what was there" : "change what is there");
	count(p, r->unchanged, ROLE_TEXT, "say what the book says already");
	count(p, r->rejected, r->rejected ? ROLE_BAD : ROLE_TEXT,
		done ? "were rejected and left out" : "can't be taken");
}

static void errors(struct importing *s)
{
	const struct import_result *r = &s->result;
	struct page *p = &s->page;

	if (r->rejected == 0)
		return;
	page_line(p);
	page_heading(p, "Rows that can't be taken", "line, column, reason");
	for (uint32_t i = 0; i < r->error_count; i++) {
		const struct import_error *x = &r->errors[i];
		char where[48];

		if (x->column)
			snprintf(where, sizeof(where), "%" PRIu64 ":%" PRIu32, x->line,
				x->column);
		else
			snprintf(where, sizeof(where), "%" PRIu64, x->line);
		page_print(p, INDENT, ROLE_TEXT, "%s  %s%s%s", where,
			x->field ? x->field : "", x->field ? ": " : "", x->message);
	}
	if (r->rejected > r->error_count)
		page_print(p, INDENT, ROLE_QUIET,
			"... and %" PRIu64
			" more; the file of rejected rows has them all",
			r->rejected - r->error_count);
}

static void notes(struct importing *s)
{
	struct page *p = &s->page;

	if (s->result.note_count == 0)
		return;
	page_line(p);
	page_heading(p, "Notes", NULL);
	for (uint32_t i = 0; i < s->result.note_count; i++)
		page_text(p, INDENT, ROLE_QUIET, text_of(s->result.notes[i]));
}

static void what_to_do(struct importing *s)
{
	struct page *p = &s->page;
	const struct import_result *r = &s->result;

	page_line(p);
	if (r->inserted + r->updated == 0)
		page_print(p, INDENT, ROLE_INFO,
			"There is nothing to take. %s goes back to the columns.",
			key(ACT_BACK));
	else if (r->rejected)
		page_print(p, INDENT, ROLE_INFO,
			"%s takes the good rows and leaves the others out; %s saves the "
			"others to a file with their reasons; %s goes back to the "
			"columns.",
			key(ACT_CHOOSE), key(ACT_IMPORT_REJECTED), key(ACT_BACK));
	else
		page_print(p, INDENT, ROLE_INFO,
			"%s takes them into the book; %s goes back to the columns.",
			key(ACT_CHOOSE), key(ACT_BACK));
	if (s->file_of_rejected[0])
		page_print(p, INDENT, ROLE_INFO, "The rejected rows are in %s.",
			s->file_of_rejected);
}

static void what_next(struct app *a, struct importing *s)
{
	struct page *p = &s->page;
	const bool figures =
		s->kind != REC_CSM && s->result.inserted + s->result.updated > 0;

	page_line(p);
	page_heading(p, "What next", NULL);
	if (figures)
		page_print(p, INDENT, ROLE_TEXT,
			"%s recalculates: health, value and tiers are older than the "
			"data now.",
			key(ACT_CHOOSE));
	page_print(
		p, INDENT, ROLE_TEXT, "%s imports another file.", key(ACT_IMPORT_FILE));
	if (s->was_empty && s->kind == REC_ACCOUNT)
		page_print(p, INDENT, ROLE_TEXT,
			"%s shows the set-up worksheet: usage and contacts come next, "
			"then the first review places every account in a tier.",
			keys_text(SCOPE_SCREEN, ACT_SETUP));
	page_print(p, INDENT, ROLE_TEXT, "%s goes to the book.", key(ACT_BACK));
	(void)a;
}

void import_result_page(struct app *a, struct importing *s)
{
	struct page *p = &s->page;
	const bool done = s->step == IMPORT_DONE;
	char title[160];

	snprintf(title, sizeof(title),
		done ? "Imported %.100s" : "Import %.100s: checked", s->name);
	page_heading(
		p, title, done ? "step 3 of 3" : "step 2 of 3, nothing is changed yet");
	page_line(p);
	counts(s);
	if (done)
		what_next(a, s);
	else
		what_to_do(s);
	errors(s);
	notes(s);
}
