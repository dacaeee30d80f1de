/*
 * Changing what stands on the Account screen: a field on the spot, contacts, milestones
 * and fixes through forms, and what one key does to a row.
 */
#ifndef TUI_ACCOUNT_EDIT_H
#define TUI_ACCOUNT_EDIT_H

#include "tui/account_page.h"
#include "tui/used.h"

struct conflict;

struct account_edit {
	bool open;
	uint32_t account;
	enum record_kind kind;
	int64_t row;
	int field;
	uint64_t about_whom;     /* of its draft */
	bool lost;               /* its field is not on the page any more */
	bool again;              /* it began with what was typed last time */
	struct input input, was; /* was: what the person saw, as it would be typed */
	char problem[ERR_TEXT_MAX];
	struct used used; /* of a text that many accounts share */
};

/* Opens the line of a field; says why where that can't be. */
void account_edit_open(struct account_edit *e, struct app *a, uint32_t account,
	const struct account_item *item);
/* A key of the line: moves in it, takes up a word that it completes, saves or leaves it.
 * When saving fails the line stays with the reason beside it. Where somebody else was
 * faster, the person decides whose stays: `decided` finds the line again and hands it on
 * to account_edit_decided. */
void account_edit_act(struct account_edit *e, struct app *a, enum action action,
	void (*decided)(struct app *a, const struct conflict *c));
void account_edit_decided(
	struct account_edit *e, struct app *a, const struct conflict *c);
void account_edit_close(struct account_edit *e);
/* The program ends: what was typed is there in the next run. */
void account_edit_end(const struct account_edit *e, struct app *a);
/* What was typed is never thrown away unasked. Its field left the page: the line stays,
 * and what it has can become a note. The page itself goes: it is said, and among the
 * messages from then on. */
void account_edit_lose(struct account_edit *e);
void account_edit_tell(const struct account_edit *e, struct app *a);
bool account_edit_is(const struct account_edit *e, const struct account_item *item);
/* The line at its place on the screen; what it takes, or what is wrong, below it. */
void account_edit_paint(const struct account_edit *e, struct canvas *c, struct rect line,
	struct rect body);

bool account_edit_has_form(enum record_kind kind);
/* Such a form; row 0: a new one, at the item under the cursor, if any. */
void account_edit_row(struct app *a, uint32_t account, enum record_kind kind, int64_t row,
	const struct account_item *at);
/* Ticks the milestone, or says that the contact left; once more takes it back. A fix goes
 * on to its next state. */
void account_edit_done(struct app *a, uint32_t account, const struct account_item *item);
void account_edit_remove(
	struct app *a, uint32_t account, const struct account_item *item);

/* Snooze, done and votes: of the alert under the cursor, elsewhere of all; the script of
 * the play under it. False: another action. item may be NULL. */
bool account_edit_work(
	struct app *a, const struct account_item *item, enum action action);

#endif
