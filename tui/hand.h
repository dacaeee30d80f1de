/*
 * By hand: what a person does to the account under the cursor or, when accounts are
 * marked, to all of these: log touches, write notes, edit, assign, lock, tag. Each is a
 * form and one step of undo.
 */
#ifndef TUI_HAND_H
#define TUI_HAND_H

#include "tui/form.h"

/* Opens the form of the action, or undoes; false: not an action done by hand. */
bool hand_act(struct app *a, enum action action);
/* How many marked accounts it is done to, in the place of the one under the cursor. */
uint32_t hand_marks(const struct app *a);
/* Takes back what the person did last, or does it again. What concerns another account
 * than the one under the cursor, or was done before this start, it asks about. */
void hand_undo_last(struct app *a, bool redo);
/* Takes one operation back and says so; false: it stands, and a message says why. */
bool hand_undo(struct app *a, int64_t operation, const char *what, bool redo);
/* The script of a play that runs on the account under the cursor. 0: of the one that was
 * started just now, else of the only one that has any; where several have, it is asked
 * which. */
void hand_script(struct app *a, int64_t task);

/* ---- for its own files ---- */

/* What a form is about. */
struct hand {
	uint32_t *id; /* owned */
	uint32_t n;
	bool marked;   /* they are it because they are marked */
	char who[160]; /* "Northwind Traders", "12 marked accounts" */
};
/* The name of an account, cut to what fits. */
void hand_name(struct app *a, uint32_t id, char *out, size_t size);
/* Of the app as it is now. */
void hand_targets(struct app *a, struct hand *out);
/* Of a form that was opened by hand_form. */
void hand_of_form(struct app *a, const struct form *f, struct hand *out);
void hand_clear(struct hand *h);

/* A form for the targets of now, with its subtitle. Returns owned. */
struct form *hand_form(struct app *a, const struct form_spec *spec);
/* Opens it; takes it. */
void hand_open(struct app *a, struct form *f);
/* Columns that its lines have. */
int hand_form_columns(const struct app *a);
enum { HAND_NAMED = 3 }; /* of many, at most */
/* "Cedar, Oak and 3 more": the first n of so many, as far as they fit, and always one. */
void hand_names(struct app *a, const uint32_t *id, uint32_t n, uint32_t of, int columns,
	char *out, size_t size);
/* What was typed on a line, trimmed. */
void hand_words(const struct form *f, int line, char out[INPUT_MAX + 1]);
void hand_set_day(struct form *f, int line, int32_t day);

/* Whether so many accounts, or marked ones that the list does not show, are worth a
 * question; what: "assign", to: " to the pool". */
bool hand_many(struct app *a, const struct form *f, const char *what, const char *to,
	char *question, size_t size);
/* One row of the record for every account, as one operation; cells[account] is filled
 * in for each. */
enum status hand_add(struct app *a, const struct hand *h, enum record_kind kind,
	struct cell *cells, int account, const char *title, struct err *e) MUST_USE;
/* Columns that a message has for what was done, the key that takes it back apart. */
int hand_room(struct app *a, const struct hand *h);
/* Says what was done and the key that takes it back; the data is loaded anew. Marks
 * that it was done by are used up. h: NULL where marks don't count. */
void hand_done(struct app *a, const struct hand *h, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Loads the data anew, and keeps what the key takes back from now on, or does again: so
 * soon nobody is asked whether it is meant. */
void hand_settle(struct app *a, bool redo);

void hand_touch(struct app *a);
void hand_note(struct app *a);
void hand_note_of(struct app *a, struct text t); /* begun with this */
void hand_assign(struct app *a);
void hand_lock(struct app *a);
void hand_tag(struct app *a);
void hand_edit(struct app *a);
void hand_tier(struct app *a); /* another tier, under the caps */
/* A warning of what goes on there and is not made for that tier; else out stays. */
void hand_tier_leaves(
	struct app *a, uint32_t account, uint8_t tier, char *out, size_t size);
void hand_tier_request(struct app *a); /* somebody wants it in another one */

/* ---- alerts, plays and the pool; alert 0: all that are in sight, or the worst ---- */

void hand_snooze(struct app *a, int64_t alert);
void hand_close(struct app *a, int64_t alert);
void hand_vote(struct app *a, int64_t alert, bool useful);
void hand_claim(struct app *a);
void hand_deal(struct app *a);

/* What the book says of a colleague: on Capacity of the one under the cursor. */
void hand_csm(struct app *a);
void hand_csm_remove(struct app *a);

/* Ticks the step that comes next, or ends the play before its last one. */
struct task;
void hand_tick(struct app *a, const struct task *t);
void hand_end(struct app *a, const struct task *t);
/* Starts the n-th play of the library on the targets. */
void hand_start(struct app *a, int play);

#endif
