/* Owners, locks and tags: how accounts are sorted among us. */
#include "tui/hand.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/change.h"
#include "core/handover.h"
#include "core/handover_sheet.h"
#include "tui/app.h"
#include "tui/mem.h"

/* ---- what they have now --------------------------------------------------------- */

/* The rows of all that the form is about. */
static struct list_row *rows_now(struct app *a, const struct hand *h, struct arena *arena)
{
	struct list_row *rows = mem_new(h->n, sizeof(*rows));
	struct err e = { .status = ST_OK };

	if (book_rows(a->book, h->id, h->n, arena, rows, &e) != ST_OK)
		app_fail(a, &e);
	return rows;
}

/* ---- owners --------------------------------------------------------------------- */

enum { OWNER, ASSIGN_WHY, ASSIGN_TASKS, ASSIGN_LINES };

static const struct form_line assign_lines[ASSIGN_LINES] = {
	{ "Owner", FORM_PERSON, NULL, "Letters of a name, me, or pool for nobody.",
		true },
	{ "Why", FORM_TEXT, NULL, "For the history; may stay empty.", false },
	{ "Hand-over tasks", FORM_CHOICE, "yes|no",
		"The new owner begins with the play hand-over on each account.", true },
};

static bool to_pool(const struct form *f)
{
	return text_ieq(form_value(f, OWNER), TEXT("pool"));
}

/* Nobody takes over what goes to the pool. */
static bool hands_over(const struct form *f)
{
	return text_eq(form_value(f, ASSIGN_TASKS), TEXT("yes")) && !to_pool(f);
}

/* "to Mei Tanaka", "to the pool" */
static void whom(const struct form *f, char *out, size_t size)
{
	const struct text owner = to_pool(f) ? TEXT("the pool") : form_value(f, OWNER);

	snprintf(out, size, " to %.*s", (int)owner.n, owner.s);
}

static void say_assigned(
	struct app *a, const struct form *f, const struct hand *h, uint32_t tasks)
{
	char to[160], also[48] = "";

	whom(f, to, sizeof(to));
	if (tasks)
		snprintf(also, sizeof(also), ", %u hand-over task%s", tasks,
			TEXT_S(tasks));
	else if (hands_over(f))
		snprintf(also, sizeof(also), ", no new hand-over tasks");
	hand_done(a, h, "assigned %s%s%s", h->who, to, also);
}

static enum status assign(struct app *a, const struct form *f, int *line, struct err *e)
{
	char reason[INPUT_MAX + 1];
	uint32_t csm, tasks = 0;
	struct hand h;
	bool begins;
	enum status st = form_person(a, f, OWNER, &csm, e);

	*line = OWNER;
	if (st != ST_OK)
		return st;
	*line = ASSIGN_TASKS;
	hand_of_form(a, f, &h);
	st = book_hand_over(a->book, h.id, h.n,
		hands_over(f) ? HAND_OVER_YES : HAND_OVER_NO, &begins, e);
	if (st == ST_OK) {
		*line = -1;
		hand_words(f, ASSIGN_WHY, reason);
		st = book_assign(a->book, h.id, h.n, csm, *reason ? reason : NULL,
			begins ? &tasks : NULL, e);
	}
	if (st == ST_OK)
		say_assigned(a, f, &h, tasks);
	hand_clear(&h);
	return st;
}

static bool ask_assign(struct app *a, const struct form *f, char *question, size_t size)
{
	char to[160];

	whom(f, to, sizeof(to));
	return hand_many(a, f, "assign", to, question, size);
}

static const struct form_spec assign_form = { "Assign an owner", "assign", assign_lines,
	ASSIGN_LINES, assign, ask_assign };

/* What the colleague would look for in vain. */
static void warn_assign(struct app *a, const struct form *f, char *out, size_t size)
{
	const struct account_view *v = NULL;
	char text[HANDOVER_TEXT_MAX];
	unsigned missing = 0;
	struct hand h;

	hand_of_form(a, f, &h);
	if (h.n == 1 && !to_pool(f))
		v = app_account(a, h.id[0]);
	if (v)
		missing = handover_missing_to_owner(
			book_policy(a->book), v, book_as_of(a->book));
	if (missing)
		snprintf(out, size, "missing for a hand-over: %s",
			handover_missing_text(missing, text));
	hand_clear(&h);
}

void hand_assign(struct app *a)
{
	struct form *f = hand_form(a, &assign_form);
	struct err e = { .status = ST_OK };
	struct hand h;
	bool due;

	f->warn = warn_assign;
	hand_of_form(a, f, &h);
	if (book_hand_over(a->book, h.id, h.n, HAND_OVER_AS_DUE, &due, &e) != ST_OK)
		app_fail(a, &e);
	hand_clear(&h);
	input_set(&f->value[ASSIGN_TASKS], due ? TEXT("yes") : TEXT("no"));
	hand_open(a, f);
}

/* ---- locks ---------------------------------------------------------------------- */

enum { LOCK_NOW, LOCK_WHAT, LOCK_UNTIL, LOCK_WHY, LOCK_LINES };

static const struct form_line lock_lines[LOCK_LINES] = {
	{ "Now", FORM_NOTE, NULL, NULL, false },
	{ "What", FORM_CHOICE, "lock|lift", "Lift takes a lock off before its time.",
		true },
	{ "Until", FORM_DAY, NULL,
		"The last day on which a review leaves the tier alone: 2026-12-31, 3m.",
		false },
	{ "Why", FORM_TEXT, NULL, "Everybody who meets the lock will read it.", false },
};

static bool lifts(const struct form *f)
{
	return text_eq(form_value(f, LOCK_WHAT), TEXT("lift"));
}

static enum status change_locks(struct app *a, const struct hand *h,
	const struct cell *cells, const char *reason, struct err *e)
{
	const uint32_t given = 1u << F_LOCK_UNTIL | 1u << F_LOCK_REASON |
			       1u << F_LOCK_ACTOR | 1u << F_LOCK_SINCE;
	struct change *changes = mem_new(h->n, sizeof(*changes));
	struct cell(*own)[LOCK_FIELDS] = mem_new(h->n, sizeof(*own));
	uint32_t n = 0;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < h->n; i++) {
		struct change *c = &changes[n];
		struct cell since;
		int64_t row;

		st = book_find_lock(a->book, h->id[i], &row, &since, e);
		if (st != ST_OK || (!cells && !row))
			continue;
		*c = (struct change){ .kind = REC_LOCK, .row = row };
		n++;
		if (!cells)
			continue;
		for (int k = 0; k < LOCK_FIELDS; k++)
			own[i][k] = cells[k];
		own[i][F_LOCK_ACCOUNT] = CELL_OF_INT(h->id[i]);
		own[i][F_LOCK_SINCE] = since;
		c->cells = own[i];
		c->fields = given | (row ? 0 : 1u << F_LOCK_ACCOUNT);
	}
	if (st == ST_OK && n == 0)
		st = err_set(e, ST_INVALID, "there is no lock to lift");
	if (st == ST_OK)
		st = book_change(a->book, changes, n,
			cells ? "lock the tier" : "lift a lock", reason, e);
	free(own);
	free(changes);
	return st;
}

static enum status set_lock(struct app *a, const struct form *f, const struct hand *h,
	int *line, struct err *e)
{
	struct text why = form_value(f, LOCK_WHY);
	struct cell cells[LOCK_FIELDS] = { 0 };
	char day[DAY_TEXT_MAX];
	int32_t until;
	enum status st = form_day(a, f, LOCK_UNTIL, &until, e);

	*line = LOCK_UNTIL;
	if (st == ST_OK && until == DAY_NONE)
		return err_set(
			e, ST_INVALID, "a lock needs a last day, as in 2026-12-31 or 3m");
	if (st == ST_OK && until < book_as_of(a->book))
		return err_set(e, ST_INVALID, "that day is over");
	if (st != ST_OK)
		return st;
	*line = LOCK_WHY;
	if (why.n == 0)
		return err_set(e, ST_INVALID, "a lock needs a reason");
	*line = -1;
	cells[F_LOCK_UNTIL] = CELL_OF_INT(until);
	cells[F_LOCK_REASON] = CELL_OF_TEXT(why);
	cells[F_LOCK_ACTOR] = CELL_OF_TEXT(text_of(book_me(a->book)));
	st = change_locks(a, h, cells, NULL, e);
	if (st == ST_OK)
		hand_done(a, h, "locked the tier of %s until %s", h->who,
			day_format(until, day));
	return st;
}

static enum status lift_lock(
	struct app *a, const struct form *f, const struct hand *h, struct err *e)
{
	struct text why = form_value(f, LOCK_WHY);
	char reason[INPUT_MAX + 1];
	enum status st;

	snprintf(reason, sizeof(reason), "%.*s", (int)why.n, why.s);
	st = change_locks(a, h, NULL, why.n ? reason : NULL, e);
	if (st == ST_OK)
		hand_done(a, h, "lifted the lock of %s", h->who);
	return st;
}

static enum status lock(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct hand h;
	enum status st;

	hand_of_form(a, f, &h);
	*line = LOCK_WHAT;
	st = lifts(f) ? lift_lock(a, f, &h, e) : set_lock(a, f, &h, line, e);
	hand_clear(&h);
	return st;
}

static bool ask_lock(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, lifts(f) ? "lift the locks of" : "lock the tiers of", "",
		question, size);
}

static const struct form_spec lock_form = { "Lock the tier", "save", lock_lines,
	LOCK_LINES, lock, ask_lock };

/* Of one account the lock it has, of several how many have one. */
static void say_locks(struct app *a, struct form *f)
{
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;
	char text[INPUT_MAX], day[DAY_TEXT_MAX];
	struct arena arena;
	struct hand h;
	struct list_row *rows;
	uint32_t locked = 0;

	arena_init(&arena);
	hand_of_form(a, f, &h);
	rows = rows_now(a, &h, &arena);
	for (uint32_t i = 0; i < h.n; i++)
		locked += rows[i].locked;
	if (locked == 0) {
		snprintf(text, sizeof(text), "not locked");
	} else if (v && v->rows[REC_LOCK].n) {
		const struct cell *c = v->rows[REC_LOCK].cells;

		snprintf(text, sizeof(text), "locked until %s: %.*s",
			day_format((int32_t)c[F_LOCK_UNTIL].i, day),
			(int)c[F_LOCK_REASON].t.n, c[F_LOCK_REASON].t.s);
	} else {
		snprintf(text, sizeof(text), "%u of %u are locked", locked, h.n);
	}
	input_set(&f->value[LOCK_NOW], text_of(text));
	free(rows);
	hand_clear(&h);
	arena_clear(&arena);
}

void hand_lock(struct app *a)
{
	struct form *f = hand_form(a, &lock_form);
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;
	int32_t until = DAY_NONE; /* of the lock it has */

	say_locks(a, f);
	if (v && v->row.locked && v->rows[REC_LOCK].n)
		until = (int32_t)v->rows[REC_LOCK].cells[F_LOCK_UNTIL].i;
	f->start = LOCK_UNTIL;
	input_set(&f->value[LOCK_WHAT], TEXT("lock"));
	if (until == DAY_NONE)
		input_set(&f->value[LOCK_UNTIL], TEXT("3m"));
	else
		hand_set_day(f, LOCK_UNTIL, until);
	hand_open(a, f);
}

/* ---- tags ----------------------------------------------------------------------- */

enum { TAG_NOW, TAG_WHAT, TAG_WORD, TAG_LINES };

static const struct form_line tag_lines[TAG_LINES] = {
	{ "Now", FORM_NOTE, NULL, NULL, false },
	{ "What", FORM_CHOICE, "add|take off", NULL, true },
	{ "Tag", FORM_WORD, "tags",
		"A tag of your own: words, but no \";\", as in pilot or Q3 risk.", true },
};

static bool adds(const struct form *f)
{
	return text_eq(form_value(f, TAG_WHAT), TEXT("add"));
}

static enum status tag(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct text word = form_value(f, TAG_WORD);
	struct hand h;
	enum status st;

	*line = TAG_WORD;
	hand_of_form(a, f, &h);
	st = book_tag(a->book, h.id, h.n, word, adds(f), e);
	if (st == ST_OK)
		hand_done(a, &h, adds(f) ? "tagged %s with %.*s" : "%s: %.*s taken off",
			h.who, (int)word.n, word.s);
	hand_clear(&h);
	return st;
}

static bool ask_tag(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, adds(f) ? "tag" : "take the tag off", "", question, size);
}

static const struct form_spec tag_form = { "Tag", "save", tag_lines, TAG_LINES, tag,
	ask_tag };

void hand_tag(struct app *a)
{
	struct form *f = hand_form(a, &tag_form);
	const struct account_view *v = f->account ? app_account(a, f->account) : NULL;

	if (v && v->row.tags.n)
		input_set(&f->value[TAG_NOW], v->row.tags);
	else
		input_set(&f->value[TAG_NOW],
			v ? TEXT("no tags") : TEXT("several accounts"));
	f->start = TAG_WORD;
	input_set(&f->value[TAG_WHAT], TEXT("add"));
	hand_open(a, f);
}
