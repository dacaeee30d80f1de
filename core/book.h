/*
 * The book: the one service that the screens and the verbs talk to. It holds the
 * store, the policy in force and the figures of the day, and reloads them when
 * somebody changed the file.
 *
 * "The figures" are those of the newest snapshot on or before the as-of day.
 */
#ifndef CORE_BOOK_H
#define CORE_BOOK_H

#include "core/axes.h"
#include "core/clock.h"
#include "core/figures.h"
#include "core/health.h"
#include "core/list.h"
#include "core/policy.h"
#include "core/progress.h"
#include "core/review.h"
#include "core/shorts.h"
#include "core/store.h"

struct book;

/* Takes the store (closes it on failure too). me: the person at the keyboard. */
enum status book_open(struct store *store, const struct clock *clock, const char *me,
	struct book **out, struct err *e) MUST_USE;
void book_free(struct book **b);

struct store *book_store(
	struct book *b); /* borrowed: import, export, care; not for screens */
const char *book_path(const struct book *b); /* its file; NULL: it has none */
/* The records of all CSMs, by id. */
enum status book_csms(struct book *b, row_fn fn, void *arg, struct err *e) MUST_USE;
/* One row as it stands, with references as ids; its texts live in the arena. */
enum status book_one_row(struct book *b, enum record_kind kind, int64_t row,
	struct arena *a, struct cell *out, bool *there, struct err *e) MUST_USE;
/* A version of the policy as it was saved, with who and why. */
enum status book_policy_saved(struct book *b, int32_t version, struct arena *a,
	struct policy_version *out, struct err *e) MUST_USE;
/* The rules of a version; below 1 the shipped one. ST_NOTFOUND, ST_INVALID: it is not
 * there, or can't be read any more. */
enum status book_policy_of(
	struct book *b, int32_t version, struct policy *out, struct err *e) MUST_USE;
const struct policy *book_policy(const struct book *b);
int32_t book_policy_version(const struct book *b);
int32_t book_as_of(const struct book *b);
const char *book_me(const struct book *b);
/* Another person is at the keyboard from here on. */
enum status book_set_me(struct book *b, const char *me, struct err *e) MUST_USE;
/* The CSM who has that name, case folded; 0: nobody of the book has it. */
enum status book_my_csm(struct book *b, uint32_t *csm, struct err *e) MUST_USE;
int64_t book_now(const struct book *b);  /* UTC seconds by its clock */
int32_t book_east(const struct book *b); /* as in struct clock */

/* Where the library of plays comes from, when one is first needed: fn fills *out, which
 * is initialised (plays_init). Without it is the shipped one. */
struct plays;
typedef enum status (*book_plays_fn)(void *arg, struct plays *out, struct err *e);
void book_plays_from(struct book *b, book_plays_fn fn, void *arg);
/* The library in force; borrowed until the book is freed. */
enum status book_plays(struct book *b, const struct plays **out, struct err *e) MUST_USE;

/* Another number whenever what was read from the book may be out of date. */
uint64_t book_generation(const struct book *b);
/* Reloads what changed in the file; *changed says whether anything did. */
enum status book_refresh(struct book *b, bool *changed, struct err *e) MUST_USE;
/* Whether no other program has it for itself. */
bool book_readable(struct book *b);

/* ---- what the top of every screen says ---- */
struct book_summary {
	uint32_t accounts, active, unknown; /* unknown health among the active */
	uint32_t csms;
	int64_t arr;                      /* of the active accounts */
	uint32_t in_tier[TIER_COUNT + 1]; /* [0] not placed */
	int64_t arr_in_tier[TIER_COUNT + 1];
	uint32_t limit[TIER_COUNT]; /* caps as places */
	uint32_t in_band[4];        /* enum health_band */
	/* of the active accounts too */
	uint32_t owned_in_tier[TIER_COUNT + 1]; /* by a CSM */
	uint32_t with_renewal, with_usage; /* a day; fresh usage when it was scored */
	double coverage;                   /* sum over those with figures */
	int32_t figures_day; /* day of the figures, DAY_NONE: never recalculated */
	int32_t review_day;  /* last applied review, DAY_NONE: none */
	bool read_only;
};
enum status book_summary(
	struct book *b, struct book_summary *out, struct err *e) MUST_USE;

/* ---- lists ---- */
#define LIST_POOL (-1)
struct list_query {
	struct text where; /* filter text, may be empty */
	struct list_sort sort;
	bool all;         /* also churned and not yet started */
	int32_t only_csm; /* accounts of this one; 0: all, LIST_POOL: nobody's */
	bool only_team;   /* and of everybody in a team with that one */
};

/* The result: ids in order. Stays valid (as a picture of that moment) until freed. */
struct list {
	uint32_t n;
	uint32_t known; /* n, or of a list of book_first: the ids that are there */
	uint32_t *id;   /* those that are not are 0 */
	int64_t arr;    /* sum of the rows */
	int32_t figures_day;
};
/* Whether who is in the team of csm; each is in that of its own. The names of the CSMs
 * have to be there, as after a list. */
bool book_in_team(const struct book *b, uint32_t csm, uint32_t who);
/* The team of a CSM, likewise; {NULL, 0}: none. Borrowed until the book is read anew. */
struct text book_team(const struct book *b, int32_t csm);
enum status book_list(struct book *b, const struct list_query *q, struct list **out,
	struct filter_error *where, struct err *e) MUST_USE;
/* Of the list of a filter the first whose name has all its bare words at the beginning of
 * words, as what was most likely meant; else, and without such words, 0. */
enum status book_list_meant(struct book *b, const struct list *l, struct text where,
	uint32_t *index, struct err *e) MUST_USE;
void list_free(struct list **l);
/* The same at once, as long as nothing else was asked for: its first ids alone, whose
 * rows, sparklines and accounts can be had without reading the book, as can the summary.
 * *out NULL: there is no such picture of this query; ask book_list. */
enum status book_first(struct book *b, const struct list_query *q, struct list **out,
	struct err *e) MUST_USE;
/* What book_first needs for this list when the book is opened again as it is now: bytes
 * in the arena, to be kept outside of the book. *out {NULL, 0}: there is nothing to keep,
 * since the lists were not read in this state, or what was offered is still right. */
enum status book_picture_of(struct book *b, const struct list_query *q, struct arena *a,
	struct text *out, struct err *e) MUST_USE;
/* What was kept; of another book, another state or damaged, it does no harm. Borrowed
 * until book_free. */
void book_offer_picture(struct book *b, struct text bytes);

/* One row as lists show it; texts live in the arena given. Missing: text {NULL,0},
 * NaN, MONEY_NONE, DAY_NONE; health HEALTH_NONE, change CHANGE_NONE. */
#define CHANGE_NONE INT8_MIN
/* A health to compare with is so many days old; an older one says nothing of the change.
 */
#define CHANGE_DAYS 28
#define CHANGE_DAYS_MAX 56
struct list_row {
	uint32_t account;
	struct text id, name, csm, team, segment, region, industry, parent, tags, status,
		language;
	uint8_t tier, health;
	int8_t change;
	enum quadrant quadrant;
	int64_t arr, value;
	double coverage, value_pct, effort, score;
	int32_t renewal, since;
	int32_t started, first_value; /* not after the as-of day */
	bool active, locked, assumed;
	struct text next; /* step of the plan; only where book_next_steps was asked */
};
/* Rows of ids[0..n-1] in that order, for a window of a screen or a verb's output. */
enum status book_rows(struct book *b, const uint32_t *ids, uint32_t n, struct arena *a,
	struct list_row *out, struct err *e) MUST_USE;
/* Further, what their plans say comes next: of rows of book_rows. */
enum status book_next_steps(struct book *b, const uint32_t *ids, uint32_t n,
	struct arena *a, struct list_row *rows, struct err *e) MUST_USE;
/* A row's field as text for people ("--", "$ 248k", "2026-03-01"), at most size bytes;
 * not sanitised. number: set to the value when it has one (for alignment, colour). */
int list_row_text(const struct book *b, const struct list_row *r, enum list_field f,
	char *out, size_t size);

/* The figures of all accounts at once, by id - 1, for pictures; borrowed until the
 * next call of a book function that is not const. */
struct book_figures {
	const struct figures *scores;
	const uint8_t *tier;
	const struct amounts *arr; /* on the as-of day, MONEY_NONE: not known */
	const uint8_t *active;
	const struct shorts *csm, *renewal;
	/* enum account_flag: what an import brought and undo took back leaves a number
	 * that nobody has, so that numbers go further than there are accounts. */
	const uint8_t *flags;
	uint32_t n;
};
enum status book_figures(
	struct book *b, struct book_figures *out, struct err *e) MUST_USE;
/* Whether an account has this number. */
bool book_figures_has(const struct book_figures *f, uint32_t id);

/* ---- one account ---- */
/* By account_id, else by a name that only one account has (case folded). */
enum status book_find(
	struct book *b, struct text key, uint32_t *id, struct err *e) MUST_USE;

struct account_view {
	struct list_row row;
	struct cell
		cells[RECORD_FIELDS_MAX]; /* the account's record, references as text */
	struct health_explained
		health; /* as of the day of the figures, from the data now */
	struct value_explained value;
	struct effort_explained effort;
	int32_t tickets_day;
	/* snapshots of the last 540 days, ascending */
	struct snapshot_row *trend;
	uint32_t trend_n;
	/* the newest snapshot 28 to 56 days before the figures; points_change adds up to
	 * the change from there to health above (the pulse has a share of its own) */
	struct snapshot_row before;
	bool has_before;
	int points_change[COMP_COUNT], pulse_change;
	struct tier_move *moves; /* tier history, oldest first */
	char (*move_reason)[200];
	struct text *move_pair; /* account_id of the pair, {NULL,0}: none */
	struct text *move_by;   /* who did it, or the review; {NULL,0}: not known */
	uint32_t moves_n;
	/* the children's rows, cells per row = fields of the record, newest first */
	struct account_rows {
		uint32_t n;
		struct cell *cells;
		int64_t *id; /* by which core/change.h knows the row */
	} rows[REC_COUNT];
	bool brief;
	struct arena arena; /* owns all of it */
};
enum status book_account(
	struct book *b, uint32_t id, struct account_view **out, struct err *e) MUST_USE;
/* What stands beside a list, for half the price: the trend begins ACCOUNT_BRIEF_DAYS
 * back, there are no moves (nor row.since), and of the children only contacts, plans,
 * touches, notes, alerts and tasks. */
#define ACCOUNT_BRIEF_DAYS 182
enum status book_account_brief(
	struct book *b, uint32_t id, struct account_view **out, struct err *e) MUST_USE;
void account_view_free(struct account_view **v);
/* Its i-th row of a kind. */
static inline const struct cell *account_view_row(
	const struct account_view *v, enum record_kind kind, uint32_t i)
{
	return v->rows[kind].cells + (size_t)i * (size_t)record_of(kind)->count;
}

/* The last n snapshots' health of an account for a sparkline, oldest first, spaced
 * `step` days back from the figures; HEALTH_NONE where there is none. */
enum status book_spark(struct book *b, const uint32_t *ids, uint32_t n, int points,
	int step, uint8_t *out, struct err *e) MUST_USE;

/* ---- what changes the book ---- */
struct recalc_result {
	int32_t as_of;
	uint32_t accounts, scored, unknown;
	uint32_t alerts_opened, alerts_resolved;
	int64_t elapsed_ms; /* 0 unless a clock with a stopwatch was given */
	/* Alerts stand at a day that is still to come, since this recalculation or one
	 * that left them alone here; DAY_NONE: they do not. */
	int32_t ahead_day;
	int64_t ahead_by; /* the operation that undo takes back for that; 0: none */
	/* The day is still to come, and alerts stay those of this one; DAY_NONE: not so.
	 */
	int32_t alerts_left;
};
/* What a person is to know of that; false: nothing. */
#define RECALC_AHEAD_MAX 200
bool recalc_ahead_text(const struct recalc_result *r, char out[RECALC_AHEAD_MAX]);
/* From here on whatever takes long tells how far it is; ended by that, it comes back
 * with ST_CANCELLED and nothing was changed. Borrowed until the next call; NULL: it works
 * in silence. */
void book_progress(struct book *b, const struct progress *p);
/* Reading that a screen waits for is given up when it says so, between two steps of a few
 * milliseconds, and comes back with ST_CANCELLED: asked again it goes on, or begins anew
 * where that is little. NULL: never.
 */
void book_patience(struct book *b, bool (*gone)(void *arg), void *arg);
/* Reads and makes what lists ask for first, and another order, ahead of the first letter
 * that is typed. Nothing when it is there. */
enum status book_warm(struct book *b, struct err *e) MUST_USE;
/* Lets go of it until it is asked for again: it takes as much room as all else. */
void book_rest(struct book *b);
/* Whether recalculations look for alerts; they do from the start. */
void book_look_for_alerts(struct book *b, bool yes);
/* Whether those of a day that is still to come take the alerts of a book that is in use
 * along to that day; they don't from the start. */
void book_go_ahead(struct book *b, bool yes);
/* Recalculates as of the day, saves the snapshot and looks for alerts. */
enum status book_recalc(
	struct book *b, struct recalc_result *out, struct err *e) MUST_USE;

/* Proposes the review of the as-of day, by figures made for it, and leaves the book as it
 * is; apply makes it so, in one transaction, with the recalculation of a day that has no
 * figures yet, and records it. r is cleared by review_clear. */
enum status book_review(
	struct book *b, bool apply, struct review *r, struct err *e) MUST_USE;
/* What it takes to come up from a tier into the one above. */
struct book_way_up {
	uint8_t to;
	bool full;
	uint32_t goes;     /* gives up the place where it is full; 0: nobody can */
	double goes_score; /* its tier score */
	double need;       /* from this tier score on */
};
enum status book_way_up(
	struct book *b, uint8_t tier, struct book_way_up *out, struct err *e) MUST_USE;
/* The proposal with the tiers and scores that it begins with (to be cleared; NULL: nobody
 * wants them). */
enum status book_review_look(struct book *b, struct review *r, struct tiers *tiers,
	struct scores *scores, struct err *e) MUST_USE;
/* Applies what somebody looked at, or a part of it (chosen as in review_choose; NULL: all
 * of it), as one operation. ST_STALE: something else would be proposed by now. */
struct review_choice {
	const struct review *seen;
	const uint8_t *chosen;
	const char *reason; /* for the history; may be NULL */
};
enum status book_review_take(struct book *b, const struct review_choice *choice,
	struct review *r, struct err *e) MUST_USE;

/* A new policy version: the one in force with what the INI text changes. */
enum status book_policy_apply(struct book *b, const char *text, const char *name,
	const char *reason, int32_t *version, struct err *e) MUST_USE;

/* One that says what an older version said. ST_NOTFOUND: there is none; ST_FORBIDDEN:
 * that is what is in force. */
enum status book_policy_return(struct book *b, int32_t to, const char *reason,
	int32_t *version, struct err *e) MUST_USE;

/* Moves the as-of day: the demo's history is made day by day, on its own instants. */
void book_set_day(struct book *b, const struct clock *clock);

#endif
