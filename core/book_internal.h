/* What the files of the book service share; nobody else includes it. */
#ifndef CORE_BOOK_INTERNAL_H
#define CORE_BOOK_INTERNAL_H

#include "core/book.h"
#include "core/picture.h"
#include "core/policy.h"
#include "core/queue.h"

enum book_mark {
	BOOK_CONTRACTED = 1, /* has a contract running on the day */
	BOOK_SLOW = 2,       /* by triage_is_slow */
	BOOK_LOCKED = 4      /* in its tier, on the day */
};

/* Figures and facts of all accounts by id - 1, loaded once per state of the file. What
 * can be worked out from the others, as the money at risk, is not among them. */
struct book_columns {
	bool loaded;
	int64_t version; /* the store's data_version then */
	bool summed;     /* sums is what book_summary last found */
	struct book_summary sums;
	uint32_t n;
	struct figures scores; /* the newest snapshot on or before the as-of day */
	struct snapshot_day day;
	uint8_t *tier;
	uint8_t *active;
	uint8_t *flags; /* enum account_flag, as of the day */
	uint8_t *marks; /* enum book_mark */
	int8_t *change; /* of health; CHANGE_NONE */
	struct amounts arr;
	struct shorts csm, renewal;
	struct shorts since; /* in its tier */
	int32_t review_day;
	int32_t until; /* the first later day on which any of it may be another */
	void *memory;
};

/* Their texts, each field loaded when a list first asks for it, and likewise the days
 * that hardly any list asks for. */
#define BOOK_DAYS (1u << TXT_COUNT)
struct book_texts {
	uint32_t loaded;           /* bits by enum account_text, and BOOK_DAYS */
	uint32_t parts[TXT_COUNT]; /* that are there of each; all of them: it is loaded */
	struct texts of[TXT_COUNT];
	/* From TXT_SEGMENT on accounts share texts: by id - 1 the number, or TEXTS_NONE.
	 */
	uint32_t *which[TXT_COUNT];
	/* of the CSMs by id - 1, of the others by their numbers */
	struct texts csm, team, status, band, quadrant;
	int32_t *started, *first_value; /* by id - 1; the first owns both */
};

/* Orders are kept, so that lists with another filter only leave accounts out. */
struct book_orders {
	uint32_t n;       /* accounts in the book */
	uint32_t *base;   /* owned; ids: by tier score, value and account_id */
	uint32_t *sorted; /* owned; the same ids by `by`; NULL: none yet */
	struct list_sort by;
};

struct backtest;
struct book_work;
struct tier_view;

/* What the last list left in, where the next letter of its filter starts from. */
struct book_listed {
	struct arena arena;
	const struct filter *f; /* lives there; NULL: none yet */
	bool all;               /* as in struct list_query, as are these */
	int32_t only_csm;
	bool only_team;
	uint8_t *keep; /* owned; 0 or 1 by id - 1 */
};

/* The queue that was asked for last, without its filter. */
struct book_queued {
	struct queue *whole; /* owned; NULL: none */
	enum queue_scope scope;
	uint32_t csm;
	uint8_t *in; /* owned; 0 or 1 by id - 1; NULL: no filter needed it yet */
	struct book_listed last;
};

/* Who of the CSMs is at the keyboard, in one state of the book. */
struct book_mine {
	bool known;
	uint32_t csm;
	uint64_t generation;
	int64_t version;
};

struct book {
	struct store *store;
	const char *path; /* the store's */
	struct clock clock;
	char *me;
	struct book_mine mine;
	struct policy policy;
	int32_t policy_version;
	int64_t data_version;
	uint64_t generation;
	const struct progress *progress; /* borrowed, NULL: nobody wants to know */
	bool (*gone)(void *arg);         /* whoever waits; NULL: stays */
	void *gone_arg;
	struct text offered;     /* a picture that was kept; borrowed, empty: none */
	struct picture *picture; /* held; NULL: none, or none that holds */
	bool begins_with_queue;  /* then this one is looked for */
	enum queue_scope begin_scope;
	uint32_t begin_csm;
	bool no_alerts; /* recalculations don't look for them */
	bool go_ahead;  /* they do also for days that are still to come */
	bool looked;    /* for it, in this state of the book */
	struct book_columns columns;
	struct book_texts texts;
	struct book_orders orders;
	struct book_work *work;      /* at hand; held; NULL: none (core/book_work.h) */
	struct book_work *live;      /* room for that of one account; owned */
	struct tier_view *tier_view; /* owned; NULL: nobody asked in this state */
	struct backtest
		*backtest;        /* owned, the last made, without the green ones; NULL */
	struct plays *plays;      /* owned; NULL: nobody needed them yet */
	book_plays_fn plays_from; /* NULL: the shipped ones */
	void *plays_arg;
	struct book_listed listed;
	struct book_queued queued;
	struct arena names;    /* of the CSMs */
	struct text *csm_name; /* by id - 1 */
	struct text *csm_team; /* the same */
	uint32_t csms;
};

/* Make sure they are there: the columns, and with them in one state of the book the
 * texts of some fields (bits by enum account_text, and BOOK_DAYS). */
enum status book_need_columns(struct book *b, struct err *e) MUST_USE;
enum status book_need_texts(struct book *b, uint32_t fields, struct err *e) MUST_USE;
/* Forget what was loaded: the book changed. */
void book_forget(struct book *b);

/* The newest policy of the file; on failure the book keeps the one it has. */
enum status book_load_policy(struct book *b, struct err *e) MUST_USE;
/* A sentence about a move speaks of the rules that were in force, which are read once for
 * all moves under them; where they can't be read any more, of those there are. Begins as
 * { b->policy_version, b->policy }. */
struct rules_then {
	int32_t version;
	struct policy policy;
};
enum status book_rules_then(
	struct book *b, int32_t version, struct rules_then *r, struct err *e) MUST_USE;

/* book_columns.c: loads the columns under a hold. */
enum status book_load_columns(struct book *b, struct err *e) MUST_USE;
void book_forget_columns(struct book *b);

/* Cents, by core/triage.h; MONEY_NONE: not active, no figures or no ARR. */
int64_t book_at_risk(const struct book *b, uint32_t i);

/* The same from what was just computed and saved, in its transaction: facts has the
 * arrays that book_take_facts fills from the base, by id - 1; it and the scores are
 * taken over, also on failure. tiers NULL: they are other ones by now, and
 * read. */
enum status book_begin_facts(
	struct book_columns *facts, uint32_t n, struct err *e) MUST_USE;
enum status book_take_facts(struct book_columns *facts, const struct policy *p,
	const struct base *base, struct err *e) MUST_USE;
enum status book_adopt_columns(struct book *b, struct book_columns *facts,
	struct scores *scores, const struct tiers *tiers, struct err *e) MUST_USE;
void book_clear_columns(struct book_columns *c);
/* Adds the accounts to *out, all 0 before; the rest is not in the columns. */
enum status book_sum_columns(
	struct book *b, struct book_summary *out, struct err *e) MUST_USE;

/* ST_CANCELLED when whoever waits has gone. */
enum status book_wait(const struct book *b, struct err *e) MUST_USE;

/* book_run.c. Begins a change, with the policy as it is now: from here on nobody else can
 * set one. Ends it: everything or nothing. */
enum status book_run_begin(struct book *b, struct err *e) MUST_USE;
enum status book_run_finish(struct book *b, enum status st, struct err *e) MUST_USE;
/* Without a picture the console begins a little later; what it was to show is saved. */
enum status book_run_best_effort(
	enum status st, const struct err *why, struct err *e) MUST_USE;

/* book_picture.c: what stands in for the columns; NULL when they are there, and when no
 * picture holds. */
const struct picture *book_picture(struct book *b);
/* Makes all of them from the columns and saves them; inside the transaction. */
enum status book_save_picture(struct book *b, struct err *e) MUST_USE;
void book_forget_picture(struct book *b);
void book_picture_drop(struct picture **p); /* by one of its holders */
/* For those of queues. From when to when one holds that is made now; that of queues a
 * day: what is said of them is of the day. */
void book_picture_dates(const struct book *b, bool queue, struct picture *p);
/* Bytes that are not of this state are to be kept outside of the book: fill makes them,
 * of a picture that has its name and dates. */
struct picture_making {
	enum status (*name)(struct book *b, const void *q, struct arena *a,
		struct text *out, struct err *e);
	enum status (*fill)(
		struct book *b, const void *q, struct picture *p, struct err *e);
	bool queue;
};
enum status book_picture_keep(struct book *b, const struct picture_making *how,
	const void *q, struct arena *a, struct text *out, struct err *e) MUST_USE;
/* queue_picture.c */
uint32_t queue_picture_number(enum queue_scope scope, uint32_t csm);
enum status queue_picture_name(
	struct book *b, const void *q, struct arena *a, struct text *out, struct err *e);
/* queue_best.c */
enum status queue_save_pictures(
	struct book *b, const struct book_summary *sums, struct err *e) MUST_USE;
/* Its row of an account; NULL: it has none. */
const struct list_row *book_picture_row(
	const struct picture *p, uint32_t id, const uint8_t **spark);
/* Day of the figures, by the columns or the picture that is there. */
int32_t book_figures_day(const struct book *b);

/* book_weakest.c: of the members of a tier who can give up their places the last in the
 * order of a review; 0: nobody. The columns are loaded. */
struct book_members {
	const uint8_t *tier; /* of as many accounts as the columns have */
	uint8_t of;
	bool (*stays)(const void *arg, uint32_t id);
	const void *arg;
};
enum status book_weakest(struct book *b, const struct book_members *of, uint32_t *found,
	struct err *e) MUST_USE;

/* book_order.c: by which the base order goes first. */
uint64_t book_score_key(const struct figures *f, uint32_t i);

/* The account_ids of those that are marked, by id - 1 among n; they live in the arena. */
enum status book_read_ids(struct book *b, const uint8_t *marked, uint32_t n,
	struct text *id, struct arena *a, struct err *e) MUST_USE;

/* The first day as a customer, or else the day onboarding began; DAY_NONE: neither is
 * there by the day. */
int32_t book_started(int32_t contract, int32_t onboarding, int32_t as_of);
/* book_account.c: its children's rows of some kinds (bits by enum record_kind) alone, in
 * a view that is all 0, with its arena ready. */
enum status book_account_rows(struct book *b, uint32_t id, uint32_t kinds,
	struct account_view *v, struct err *e) MUST_USE;
/* book_texts.c. The texts and days of list fields (bits by enum list_field) of the
 * accounts. */
uint32_t book_texts_for(uint32_t list_fields);
enum status book_load_texts(struct book *b, uint32_t fields, struct err *e) MUST_USE;
void book_forget_texts(struct book *b);
/* Texts of a list field that is one. */
struct texts *book_texts_of(struct book *b, enum list_field field);

/* book_order.c: the ids by tier score, value and account_id, of which the first `scored`
 * have figures; borrowed until the columns are loaded anew. */
enum status book_need_base_order(
	struct book *b, const uint32_t **ids, uint32_t *scored, struct err *e) MUST_USE;
/* Makes sure that the ids in b->orders.sorted are by this sort. */
enum status book_need_order(
	struct book *b, const struct list_sort *sort, struct err *e) MUST_USE;
void book_forget_orders(struct book *b);
void book_rest_orders(struct book *b);      /* lets go of what book_warm makes again */
void book_forget_listed(struct book *b);    /* book_list.c */
void book_forget_queued(struct book *b);    /* queue.c */
void book_forget_tier_view(struct book *b); /* tier_view.c */

/* book_list.c: has what a filter asks for read, the columns as well. */
enum status book_need_filter(struct book *b, struct text where, struct filter_error *bad,
	struct err *e) MUST_USE;
/* Who may be in a list, all or the active, by id - 1: the lowest bit of each, which of
 * the flags is ACC_PRESENT. */
const uint8_t *book_listable(const struct book *b, bool all);
/* Of those that are marked in `among` (by id - 1, the lowest bit) whom the filter lets
 * through, in last->keep: looked for among those of `last` where it left those of a
 * filter that this one narrows. What the filter asks for is there. */
enum status book_sieve(struct book *b, struct text where, const uint8_t *among,
	struct book_listed *last, struct filter_error *bad, struct err *e) MUST_USE;
void book_listed_clear(struct book_listed *l);

/* book_source.c: accounts as filters and sorts read them; the texts must be there. */
struct list_source book_source(struct book *b);
/* The names of states, quadrants and CSMs, which every list may ask for. */
enum status book_name_states(struct book *b, struct err *e) MUST_USE;
enum quadrant book_quadrant(const struct book *b, uint32_t id);
/* As of the day, whatever the record says of other days. */
struct text book_status(const struct book *b, uint32_t id);

/* Calls fn for the base of every part of the accounts 1..n as of the day. n is what the
 * arrays of the caller have room for: another program may add accounts meanwhile. */
/* brief: only active, flags, arr, contracted, csm and renewal are asked for. */
typedef enum status (*book_base_fn)(void *arg, const struct base *base, struct err *e);
enum status book_each_base(struct book *b, uint32_t n, bool brief, book_base_fn fn,
	void *arg, struct err *e) MUST_USE;
/* The same part by part, by the rates and windows of a policy, which is borrowed. The
 * part and the base are to be cleared, also on failure. */
struct book_reading {
	const struct policy *policy;
	struct book_info info;
	struct rates rates;
	struct part part;
	int32_t as_of;
};
enum status book_begin_reading(struct book *b, const struct policy *p, int32_t as_of,
	struct book_reading *r, struct base *base, struct err *e) MUST_USE;
enum status book_read_base(struct book *b, struct book_reading *r, uint32_t part,
	struct base *base, struct err *e) MUST_USE;
/* ST_INVALID, naming it: a currency of the book that has a rate would have none under the
 * policy, and no figure of the book could be made. */
enum status book_check_rates(
	struct book *b, const struct policy *next, struct err *e) MUST_USE;
/* The base of the one part that holds the account; base_clear it. */
enum status book_base_of(struct book *b, uint32_t id, int32_t as_of, struct base *out,
	struct err *e) MUST_USE;
/* Of that account alone, at position 0: it costs as much as its own rows. ST_NOTFOUND:
 * there is none. */
enum status book_base_of_one(struct book *b, uint32_t id, int32_t as_of, struct base *out,
	struct err *e) MUST_USE;
/* book_tiers.c. Tiers of exactly n accounts, as they are now, whatever the day, for what
 * changes them; tiers_clear them. */
enum status book_load_tiers(
	struct book *b, uint32_t n, struct tiers *out, struct err *e) MUST_USE;
/* As they were on the book's day: nothing dated later is in them, but that something done
 * by the day was undone. */
enum status book_tiers_on(
	struct book *b, uint32_t n, struct tiers *out, struct err *e) MUST_USE;

#endif
