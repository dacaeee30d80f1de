/* Colleagues: what the book says of a CSM: the last day, the share of a book, whom they
 * serve; and a new one. */
#include "tui/hand.h"

#include <stdio.h>

#include "core/change.h"
#include "core/convert.h"
#include "tui/app.h"
#include "tui/capacity.h"
#include "tui/choice.h"
#include "tui/form_cell.h"
#include "tui/people.h"

enum { CSM_LINES = 11, CSM_WHY = CSM_LINES - 1, CSM_NAME_LINE = 0, CSM_UNTIL_LINE = 1 };

static const struct form_line csm_lines[CSM_LINES] = {
	{ "Name", FORM_TEXT, NULL, "As accounts refer to it.", true },
	{ "Last day", FORM_DAY, NULL,
		"The last working day; empty: none. Proposals give nothing to who "
		"leaves, "
		"and empty the book when the day is over.",
		false },
	{ "First day", FORM_DAY, NULL, "The first working day; empty: is there.", false },
	{ "Share", FORM_NUMBER, NULL, "What they take of a whole book, 0 to 1; empty: 1.",
		false },
	{ "Regions", FORM_WORD, "region",
		"Which they serve, with ; or a comma between; empty: all.", false },
	{ "Segments", FORM_WORD, "segment",
		"Which they serve, with ; or a comma between; empty: all.", false },
	{ "Languages", FORM_WORD, "language",
		"Which they serve in, with ; or a comma between; empty: all.", false },
	{ "Team", FORM_WORD, "team", "The team.", false },
	{ "Role", FORM_TEXT, NULL, "Their role in the team.", false },
	{ "E-mail", FORM_TEXT, NULL, "The address.", false },
	{ "Why", FORM_TEXT, NULL, "For the history; may stay empty.", false },
};
static const int csm_fields[CSM_WHY] = { F_CSM_NAME, F_CSM_ACTIVE_UNTIL,
	F_CSM_ACTIVE_FROM, F_CSM_CAPACITY, F_CSM_REGIONS, F_CSM_SEGMENTS, F_CSM_LANGUAGES,
	F_CSM_TEAM, F_CSM_ROLE, F_CSM_EMAIL };

/* ---- what the book has ---- */

struct looking {
	const struct form *f;
	struct input *out;
	bool found;
};

static enum status take_csm(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct looking *l = arg;

	(void)e;
	if (id != l->f->row)
		return ST_OK;
	l->found = true;
	for (int i = 0; i < CSM_WHY; i++)
		form_cell_put(&l->out[i], &record_of(REC_CSM)->fields[csm_fields[i]],
			&c[csm_fields[i]]);
	return ST_OK;
}

static bool csm_now(struct app *a, const struct form *f, struct input out[FORM_LINES])
{
	struct looking l = { f, out, false };
	struct err e = { .status = ST_OK };

	if (book_csms(a->book, take_csm, &l, &e) != ST_OK)
		app_fail(a, &e);
	return l.found;
}

/* ---- saving ---- */

/* What the person sees next where a last day was written. */
static void say_saved(struct app *a, const struct form *f)
{
	const struct text name = form_value(f, CSM_NAME_LINE),
			  until = form_value(f, CSM_UNTIL_LINE);

	if (form_changed(f, CSM_UNTIL_LINE) && until.n)
		hand_done(a, NULL, "%.*s: last day %.*s", (int)name.n, name.s,
			(int)until.n, until.s);
	else
		hand_done(a, NULL, "%.*s is %s", (int)name.n, name.s,
			f->row ? "changed" : "in the book");
}

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct form_cells cells;
	struct change one = { .kind = REC_CSM, .row = f->row, .cells = cells.to };
	const struct text name = form_value(f, CSM_NAME_LINE);
	char reason[INPUT_MAX + 1], title[INPUT_MAX + 16];
	enum status st = form_cell_read(
		a, f, REC_CSM, csm_fields, CSM_WHY, f->row == 0, &cells, line, e);

	if (st != ST_OK)
		return st;
	one.fields = cells.fields;
	one.seen = f->row ? cells.seen : NULL;
	if (!one.fields) {
		app_say(a, "nothing was changed");
		return ST_OK;
	}
	hand_words(f, CSM_WHY, reason);
	snprintf(title, sizeof(title), "%s CSM %.*s", f->row ? "edit" : "add",
		(int)name.n, name.s);
	st = book_change(a->book, &one, 1, title, *reason ? reason : NULL, e);
	if (st == ST_OK)
		say_saved(a, f);
	return st;
}

/* Of the lists that were typed: a slip in one, and nobody is served. */
static bool ask_unknown(struct app *a, const struct form *f, char *question, size_t size)
{
	struct cell cells[CSM_FIELDS] = { { .type = CELL_MISSING } };
	char unknown[CSM_UNKNOWN_MAX];
	struct err e = { .status = ST_OK };

	for (int i = 0; i < CSM_WHY; i++)
		if (csm_lines[i].type == FORM_WORD && form_changed(f, i) &&
			form_value(f, i).n)
			cells[csm_fields[i]] = CELL_OF_TEXT(form_value(f, i));
	if (book_csm_unknown(a->book, cells, unknown, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	if (!*unknown)
		return false;
	unknown[0] = 'N'; /* "no account has" */
	snprintf(question, size, "%s: save it so?", unknown);
	return true;
}

/* ---- which one ---- */

static void open_form(struct app *a, uint32_t csm)
{
	static const struct form_spec edit = { "A colleague", "save", csm_lines,
		CSM_LINES, save, ask_unknown };
	static const struct form_spec add = { "A new colleague", "add", csm_lines,
		CSM_LINES, save, ask_unknown };
	struct form f = { .spec = csm ? &edit : &add, .kind = REC_CSM, .row = csm };

	if (csm) {
		f.now = csm_now;
		f.start = CSM_UNTIL_LINE;
		(void)csm_now(a, &f, f.value);
		snprintf(f.subtitle, sizeof(f.subtitle), "%.*s",
			convert_shown(
				form_value(&f, CSM_NAME_LINE), sizeof(f.subtitle) - 1),
			f.value[CSM_NAME_LINE].s);
	}
	form_open(a, &f);
}

static void chosen(struct app *a, int64_t value)
{
	open_form(a, (uint32_t)value);
}

/* With many colleagues Capacity, where all are listed, is the place. */
static void choose(struct app *a)
{
	struct choice c = { .title = "Which colleague?", .chosen = chosen };
	struct err e = { .status = ST_OK };
	struct people people;

	people_init(&people);
	choice_add(&c, "a new one", "Somebody who is not in the book yet.", 0);
	if (people_names(&people, a->book, &e) != ST_OK)
		app_fail(a, &e);
	for (uint32_t i = 0; i < people.n && c.n < CHOICE_LINES; i++) {
		char name[sizeof(c.line[0].label)];

		if (!people.person[i].csm)
			continue;
		snprintf(name, sizeof(name), "%.*s",
			convert_shown(people.person[i].name, sizeof(name) - 1),
			people.person[i].name.s);
		choice_add(&c, name,
			"Last day, share of a book, regions, languages, team.",
			people.person[i].csm);
	}
	people_clear(&people);
	choice_open(a, &c);
}

void hand_csm(struct app *a)
{
	const struct capacity_screen *s = a->state[SCREEN_CAPACITY];
	const struct capacity_row *r =
		s && app_base(a) == SCREEN_CAPACITY ? capacity_here(s) : NULL;

	if (r && r->csm)
		open_form(a, r->csm);
	else
		choose(a);
}

/* Who left is in the past of others; who came by a slip of a name goes. */
void hand_csm_remove(struct app *a)
{
	const struct capacity_screen *s = a->state[SCREEN_CAPACITY];
	const struct capacity_row *r =
		s && app_base(a) == SCREEN_CAPACITY ? capacity_here(s) : NULL;
	struct change one = { .kind = REC_CSM };
	struct err e = { .status = ST_OK };
	char name[64], title[sizeof(name) + 16];
	enum status st;

	if (!r || !r->csm) {
		app_say(a, "%s first: on Capacity, the colleague under the cursor goes",
			keys_word(SCOPE_SCREEN, ACT_SCREEN_CAPACITY));
		return;
	}
	one.row = r->csm;
	snprintf(name, sizeof(name), "%.*s", convert_shown(r->name, sizeof(name) - 1),
		r->name.s);
	snprintf(title, sizeof(title), "remove CSM %s", name);
	st = book_change(a->book, &one, 1, title, NULL, &e);
	if (st == ST_FORBIDDEN)
		app_say(a, "%s looks after accounts, or has plays: %s gives a last day",
			name, keys_text(SCOPE_CAPACITY, ACT_CSM));
	else if (st != ST_OK)
		app_fail(a, &e);
	else
		hand_done(a, NULL, "%s is removed", name);
}
