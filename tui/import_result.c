/* What the check found, then what the import did: the second and the third step. */
#include <inttypes.h>
#include <stdio.h>

#include "tui/hand.h"
#include "tui/import.h"
#include "tui/import_state.h"
#include "tui/page.h"

enum { COUNT_WIDTH = 12, INDENT = 2, STEP_WIDTH = 26 };

struct state {
	struct page page;
	int rows; /* height of the body */
};

static const char *key(enum action action)
{
	return keys_text(SCOPE_IMPORT_RESULT, action);
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

/* What it does to the base: what is to be looked at twice with a sign. */
static void effects(struct page *p, const struct importing *s)
{
	struct import_effect_line line[IMPORT_EFFECTS];
	const uint32_t n =
		import_effect_say(&s->result.effect, s->step == IMPORT_DONE, line);

	for (uint32_t i = 0; i < n; i++)
		if (line[i].warning)
			page_print(p, INDENT, ROLE_WATCH, "%s %s.",
				canvas_glyph_text(&p->c, GLYPH_WATCH), line[i].text);
		else
			page_print(p, INDENT, ROLE_TEXT, "%s.", line[i].text);
}

static void counts(struct page *p, const struct importing *s)
{
	const struct import_result *r = &s->result;
	const bool done = s->step == IMPORT_DONE;

	count(p, r->read, ROLE_STRONG, "rows read, of which");
	count(p, r->inserted, ROLE_TEXT, done ? "came in new" : "are new");
	count(p, r->updated, ROLE_TEXT,
		done ? "changed what was there" : "change what is there");
	count(p, r->unchanged, ROLE_TEXT, "say what the book says already");
	count(p, r->rejected, r->rejected ? ROLE_BAD : ROLE_TEXT,
		done ? "were rejected and left out" : "can't be taken");
	if (r->currency)
		page_print(p, INDENT, ROLE_INFO, "Currency: %s.", r->currency);
	effects(p, s);
	if (r->csms)
		page_print(p, INDENT, ROLE_WATCH, done ? "It made %s." : "It makes %s.",
			r->csms);
	if (r->meant && !done)
		page_print(p, INDENT, ROLE_INFO,
			"%s takes %s for %s, here and in the "
			"mapping that is saved.",
			key(ACT_IMPORT_SAME), r->slip, r->meant);
}

static void put_error(struct page *p, int indent, const struct import_error *x)
{
	char where[48];

	if (x->column)
		snprintf(
			where, sizeof(where), "%" PRIu64 ":%" PRIu32, x->line, x->column);
	else
		snprintf(where, sizeof(where), "%" PRIu64, x->line);
	page_print(p, indent, ROLE_TEXT, "%s  %s%s%s", where, x->field ? x->field : "",
		x->field ? ": " : "", x->message);
}

static void errors(struct page *p, const struct importing *s)
{
	const struct import_reasons *r = &s->result.reasons;

	if (s->result.rejected == 0)
		return;
	page_line(p);
	page_heading(p, "Rows that can't be taken", "line, column, reason");
	for (uint32_t i = 0; i < r->n; i++) {
		char said[IMPORT_REASON_MAX];
		const bool many = import_reason_said(&r->of[i], said);

		if (many)
			page_text(p, INDENT, ROLE_STRONG, text_of(said));
		for (uint32_t k = 0; k < r->of[i].shown; k++)
			put_error(p, many ? 2 * INDENT : INDENT, &r->of[i].first[k]);
		if (many)
			page_print(p, 2 * INDENT, ROLE_QUIET, "... and %" PRIu64 " more",
				r->of[i].rows - r->of[i].shown);
	}
	if (r->others)
		page_print(p, INDENT, ROLE_QUIET,
			"%" PRIu64
			" more row%s for other reasons; the file of rejected rows "
			"has them all",
			r->others, TEXT_S(r->others));
}

static void notes(struct page *p, const struct importing *s)
{

	if (s->result.note_count == 0)
		return;
	page_line(p);
	page_heading(p, "Notes", NULL);
	for (uint32_t i = 0; i < s->result.note_count; i++)
		if (s->result.notes[i] != s->result.csms &&
			s->result.notes[i] != s->result.currency) /* stand above */
			page_text(p, INDENT, ROLE_QUIET, text_of(s->result.notes[i]));
}

static void what_to_do(struct page *p, const struct importing *s)
{
	const struct import_result *r = &s->result;

	page_line(p);
	if (r->inserted + r->updated == 0 && r->rejected)
		page_print(p, INDENT, ROLE_INFO,
			"There is nothing to take. %s goes back to the columns, where %s "
			"says how dates, decimals and currency signs are written, and %s "
			"on a column what its words mean; %s saves the rejected rows "
			"with their reasons.",
			key(ACT_BACK), keys_text(SCOPE_IMPORT, ACT_IMPORT_OPTIONS),
			keys_text(SCOPE_IMPORT, ACT_CHOOSE), key(ACT_IMPORT_REJECTED));
	else if (r->inserted + r->updated == 0)
		page_print(p, INDENT, ROLE_INFO,
			"There is nothing to take. %s goes back to the columns.",
			key(ACT_BACK));
	else if (r->rejected)
		page_print(p, INDENT, ROLE_INFO,
			"%s takes the good rows and leaves the others out; %s saves the "
			"others to a file with their reasons; %s goes back to the "
			"columns.",
			key(ACT_IMPORT_TAKE), key(ACT_IMPORT_REJECTED), key(ACT_BACK));
	else
		page_print(p, INDENT, ROLE_INFO,
			"%s takes them into the book; %s goes back to the columns.",
			key(ACT_IMPORT_TAKE), key(ACT_BACK));
	if (r->no_rate) /* can't be said of the file, but of the book */
		page_print(p, INDENT, ROLE_INFO,
			"The currency of the book and the rates of others stand on the "
			"Policy screen: leave the import, %s, and begin again.",
			keys_word(SCOPE_SCREEN, ACT_SCREEN_POLICY));
	if (s->file_of_rejected[0])
		page_print(p, INDENT, ROLE_INFO, "The rejected rows are in %s.",
			s->file_of_rejected);
}

static void what_next(struct page *p, const struct importing *s)
{
	const bool figures =
		s->kind != REC_CSM && s->result.inserted + s->result.updated > 0;

	page_line(p);
	page_heading(p, "What next", NULL);
	if (figures && s->was_empty)
		page_print(p, INDENT, ROLE_TEXT,
			"%s recalculates and shows the set-up worksheet: usage and "
			"contacts come next, and the first review, which places every "
			"account in a tier.",
			key(ACT_IMPORT_TAKE));
	else if (figures)
		page_print(p, INDENT, ROLE_TEXT,
			"%s recalculates: health, value and effort are older than the "
			"data now.",
			key(ACT_IMPORT_TAKE));
	if (s->file_of_rejected[0])
		page_print(p, INDENT, ROLE_TEXT, "The rejected rows are in %s.",
			s->file_of_rejected);
	else if (s->result.rejected)
		page_print(p, INDENT, ROLE_TEXT,
			"%s saves the rejected rows to a file, with their reasons.",
			key(ACT_IMPORT_REJECTED));
	page_print(p, INDENT, ROLE_TEXT, "%s takes it all back; %s imports another file.",
		key(ACT_UNDO), key(ACT_IMPORT_FILE));
	page_print(p, INDENT, ROLE_TEXT, "%s leaves the import.", key(ACT_BACK));
}

static void fill(struct page *p, const struct importing *s)
{
	const bool done = s->step == IMPORT_DONE;
	char title[160], name[128];

	text_sanitise(text_of(s->name), name, sizeof(name), p->c.columns - STEP_WIDTH,
		p->c.ascii);
	snprintf(title, sizeof(title), done ? "Imported %s" : "Check of %s", name);
	page_heading(p, title, done ? "step 3 of 3" : "step 2 of 3");
	if (!done)
		page_print(p, INDENT, ROLE_QUIET, "Nothing is changed yet.");
	page_line(p);
	counts(p, s);
	if (done)
		what_next(p, s);
	else
		what_to_do(p, s);
	errors(p, s);
	notes(p, s);
}

/* ---- the screen ----------------------------------------------------------------- */

static void open_result(struct app *a, void *state)
{
	page_init(&((struct state *)state)->page, a->canvas.ascii);
}

static void close_result(struct app *a, void *state)
{
	struct importing *s = importing_of(a);

	page_clear(&((struct state *)state)->page);
	if (s)
		import_clear_result(s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	const struct importing *x = importing_of(a);

	s->rows = body.rows;
	page_reset(&s->page, body.columns - 2);
	if (x && x->has_result)
		fill(&s->page, x);
	page_paint(&s->page, c,
		(struct rect){ body.row, body.column + 1, body.rows, body.columns - 2 });
}

/* What there is to be taken, what was taken or rejected, and where two names are alike.
 */
static bool offers(struct app *a, const void *state, enum action action)
{
	const struct importing *x = importing_of(a);
	const bool done = x && x->step == IMPORT_DONE;

	(void)state;
	if (!x || !x->has_result)
		return true;
	switch (action) {
	case ACT_IMPORT_TAKE:
		return done || x->result.inserted + x->result.updated > 0;
	case ACT_UNDO:
		return done;
	case ACT_IMPORT_SAME:
		return !done && x->result.meant;
	case ACT_IMPORT_REJECTED:
		return x->result.rejected > 0;
	default:
		return true;
	}
}

/* The key that took the rows goes on from there. */
static const char *title(struct app *a, const void *state, enum action action)
{
	const struct importing *x = importing_of(a);

	(void)state;
	if (action != ACT_IMPORT_TAKE || !x || x->step != IMPORT_DONE)
		return NULL;
	return x->kind == REC_CSM ? "go on" : "recalculate";
}

/* This import, whatever was done since; where it stands, so does its result. */
static void undo(struct app *a, const struct importing *x)
{
	char what[IMPORT_PATH_MAX + 8];

	if (x->step != IMPORT_DONE) {
		app_say(a, "nothing is imported yet");
		return;
	}
	snprintf(what, sizeof(what), "import %s", x->name);
	if (!hand_undo(a, x->result.operation, what, false))
		return;
	app_back(a);
	app_back(a);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	struct importing *x = importing_of(a);
	const bool done = x && x->step == IMPORT_DONE;

	if (!x)
		return false;
	switch (action) {
	case ACT_IMPORT_TAKE:
		s->page.top = 0;
		import_take(a, x);
		return true;
	case ACT_UNDO:
		undo(a, x);
		return true;
	case ACT_IMPORT_SAME:
		s->page.top = 0;
		import_take_for(a, x);
		return true;
	case ACT_IMPORT_REJECTED:
		import_save_rejected(a, x);
		return true;
	case ACT_IMPORT_FILE:
		import_open(a);
		return true;
	case ACT_BACK:
		if (done)
			import_leave(a);
		else
			app_back(a); /* to the columns */
		return true;
	default:
		return page_act(&s->page, action, s->rows);
	}
}

const struct screen_ops import_result_screen = {
	.size = sizeof(struct state),
	.open = open_result,
	.close = close_result,
	.paint = paint,
	.act = act,
	.offers = offers,
	.title = title,
};
