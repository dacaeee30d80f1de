/*
 * The page of the Account screen: its sections as lines, and on them the places where
 * the cursor can stand and what they are. Built anew whenever the data, the size or what
 * is expanded changes; the cursor is the screen's business.
 */
#ifndef TUI_ACCOUNT_PAGE_H
#define TUI_ACCOUNT_PAGE_H

#include "tui/app.h"
#include "tui/input.h"
#include "tui/page.h"

enum account_section {
	SECTION_FACTS,
	SECTION_HEALTH,
	SECTION_TREND,
	SECTION_WORK,
	SECTION_PLAN,
	SECTION_TIMELINE,
	SECTION_CONTACTS,
	SECTION_CONTRACTS,
	SECTION_TICKETS,
	SECTION_SURVEYS,
	SECTION_VALUE,
	SECTION_TIER,
	ACCOUNT_SECTIONS
};
extern const char *const account_section_name[ACCOUNT_SECTIONS];

/* What of the timeline is shown. */
enum account_events {
	EVENTS_SAID, /* touches, notes, and surveys with a comment */
	EVENTS_ALL,
	EVENTS_SURVEYS,
	EVENTS_TICKETS,
	EVENTS_MONEY,
	EVENTS_TIERS,
	EVENTS_PEOPLE,
	EVENTS_WORK, /* alerts, steps of plays, messages */
	ACCOUNT_EVENTS
};

enum account_item_type {
	ITEM_NUMBER, /* a figure that can be explained */
	ITEM_FIELD,  /* one field of a row, edited on the spot */
	ITEM_ROW,    /* a row as a whole */
	ITEM_ADD,    /* "none yet": adds the first */
	ITEM_MORE,   /* shows the rest of its section, or less again */
	ITEM_TREND,  /* the picture with its reading cursor */
};

enum { NOT_EXPLAINED = -1 };

struct account_item {
	enum account_item_type type;
	enum account_section section;
	struct rect at;             /* on the page */
	int value;                  /* column where the value of a field stands */
	int explain;                /* enum list_field, or NOT_EXPLAINED */
	enum subject_figure figure; /* where it is another one than a field */
	int part;                   /* as in struct subject */
	enum record_kind kind;
	int64_t row;        /* id of the row; 0: there is none yet */
	int field;          /* of ITEM_FIELD */
	struct cell cell;   /* of ITEM_FIELD, as it is now; borrowed from the account */
	struct text follow; /* account_id of an account to go to; {NULL, 0}: none */
};

struct account_page {
	struct page page;
	struct account_item *item; /* owned; in the order of the page */
	int n, room;
	int first[ACCOUNT_SECTIONS];  /* rows of the headings */
	enum account_section section; /* being built */
	struct arena arena;           /* texts made for the page */
	/* what is shown */
	bool all[ACCOUNT_SECTIONS];
	enum account_events events;
	struct input find; /* words that what the timeline shows has; blank: all */
	int reading;       /* snapshot of the trend, -1: the newest */
};

enum { SHOWN = 8 }; /* rows of a section that is not expanded */

void account_page_init(struct account_page *p, bool ascii);
void account_page_clear(struct account_page *p);
/* Everything; v may be NULL: an empty page. */
void account_page_build(
	struct account_page *p, struct app *a, const struct account_view *v, int columns);

/* ---- for its own files ---- */
/* A new item on the rows from `row` to the end of the page. Borrowed until the next. */
struct account_item *account_item(
	struct account_page *p, enum account_item_type type, int row);
/* A row of the section: heading with how many of how many, and "n more" at the end. */
uint32_t account_shown(const struct account_page *p, uint32_t n);
void account_heading(struct account_page *p, const char *title, uint32_t n);
void account_more(struct account_page *p, uint32_t n);
/* " label     value" as a field that can be edited. */
void account_field(struct account_page *p, const char *label, enum record_kind kind,
	int64_t row, int field, struct cell cell);
/* What an empty section says; the key of the action (may be ACT_NONE) is put before. */
void account_none(
	struct account_page *p, const char *text, enum action add, enum record_kind kind);

void account_work(struct account_page *p, struct app *a, const struct account_view *v);
void account_plan(struct account_page *p, struct app *a, const struct account_view *v);
void account_timeline(
	struct account_page *p, struct app *a, const struct account_view *v);
void account_contacts(
	struct account_page *p, struct app *a, const struct account_view *v);
void account_contracts(
	struct account_page *p, struct app *a, const struct account_view *v);
void account_fixes(struct account_page *p, struct app *a, const struct account_view *v);
void account_tickets(struct account_page *p, struct app *a, const struct account_view *v);
void account_surveys(struct account_page *p, struct app *a, const struct account_view *v);

#endif
