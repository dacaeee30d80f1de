/*
 * The queue of the day: accounts that somebody should look at, why, and what to do next,
 * ranked by the money at risk (RULES.md, triage). A row is an account: its live alerts
 * and the plays that run on it.
 */
#ifndef CORE_QUEUE_H
#define CORE_QUEUE_H

#include "core/alert_life.h"
#include "core/book.h"
#include "core/task.h"

enum queue_section {
	QUEUE_OVERDUE, /* a step of a play was due before today */
	QUEUE_NOW,
	QUEUE_OPPORTUNITY, /* something to win, and nothing to lose */
	QUEUE_BACK,        /* snoozed until today */
	QUEUE_SECTIONS
};
extern const char *const queue_section_word[QUEUE_SECTIONS]; /* "overdue", "now" ... */

enum queue_scope {
	QUEUE_OF_CSM,    /* the accounts of a CSM, and what they claimed */
	QUEUE_OF_TEAM,   /* the same of everybody in a team with that CSM */
	QUEUE_OF_POOL,   /* accounts without an owner, less what is claimed */
	QUEUE_OF_ANYBODY /* all of them */
};

struct queue_query {
	enum queue_scope scope;
	uint32_t csm;      /* of QUEUE_OF_CSM and QUEUE_OF_TEAM */
	struct text where; /* filter text, may be empty */
};

struct queue_row {
	uint32_t account;
	uint32_t claimed_by; /* who works on one of its tasks; 0: nobody claimed any */
	enum queue_section section;
	enum severity worst; /* of the alerts; SEV_OFF: none, a play alone */
	int64_t at_risk;     /* cents; MONEY_NONE: not known */
	double weight;       /* that it is ranked with */
	int64_t rank; /* cents: at risk times weight, or the share of an opportunity */
	const struct alert *const *alert; /* the worst first */
	const struct task *task;          /* that is due first; NULL: none */
	int alerts, tasks;
	const struct picture_work *said; /* its sentences; NULL: they are worked out */
};

/* An account whose alerts all sleep beyond today. */
struct queue_sleeper {
	uint32_t account;
	enum severity worst;
	int32_t until;   /* the day on which the first of them comes back */
	int64_t at_risk; /* cents; MONEY_NONE: not known */
};

struct queue {
	struct queue_row *row; /* by section, then rank */
	uint32_t n;
	uint32_t
		known; /* n, or of a queue of book_queue_first: the rows that are there */
	uint32_t in[QUEUE_SECTIONS]; /* rows */
	/* What is known of them, each as its row has it: at risk of those with something
	 * to lose, the ranks of those with nothing but an opportunity. */
	int64_t at_risk[QUEUE_SECTIONS], to_win[QUEUE_SECTIONS];
	uint32_t asleep; /* accounts that are snoozed beyond today */
	int64_t asleep_at_risk;
	/* These, the most at risk first; NULL: of a queue of book_queue_first. */
	struct queue_sleeper *sleeper;
	struct queue_memory *memory;
};

/* Whether what this one owns or claimed is in a queue of these two scopes. */
bool queue_is_of(
	const struct book *b, enum queue_scope scope, uint32_t csm, uint32_t who);

/* Stays valid, also of rows that are gone by then, until it is freed. */
enum status book_queue(struct book *b, const struct queue_query *q, struct queue **out,
	struct filter_error *where, struct err *e) MUST_USE;
void queue_free(struct queue **q);

/* The same at once, as long as nothing else was asked for: at least so many rows, if it
 * has them, and the list of all accounts whose queue it is, of which none is known yet.
 * The rows, sparklines, accounts and what is live of them can be had without reading the
 * book, as can the summary. NULL: there is no such picture; ask book_queue. */
enum status book_queue_first(struct book *b, const struct queue_query *q, uint32_t rows,
	struct queue **queue, struct list **list, struct err *e) MUST_USE;
/* What is looked for when a picture is first asked for; else it is that of the list. */
void book_begin_with(struct book *b, const struct queue_query *q);
/* What book_queue_first needs when the book is opened again as it is now, as
 * book_picture_of has it of lists. */
enum status book_picture_of_queue(struct book *b, const struct queue_query *q,
	struct arena *a, struct text *out, struct err *e) MUST_USE;

/* What an alert is about: a live one with the health and the tickets of now, one that
 * ended as it was on that day. Its account, where that is at hand; of NULL, and of a
 * brief one, what is asked is read. Returns out. */
char *queue_reason(const struct book *b, const struct alert *a,
	const struct account_view *v, char out[ALERT_SENTENCE_MAX]);

/* Why the account is here, at most two reasons and how many more, and what comes next:
 * the step of its play, else the mail that waits or went out, else the play there is for
 * it, and what holds it. For people, not sanitised. Return out. */
#define QUEUE_TEXT_MAX 256
char *queue_why(
	const struct book *b, const struct queue_row *r, char out[QUEUE_TEXT_MAX]);
char *queue_next(struct book *b, const struct queue_row *r, char out[QUEUE_TEXT_MAX]);

/* Who claimed the step that is due first, else another one; {NULL, 0}: nobody did. Who is
 * to do what comes next: who claimed that step, else the owner of the account, else who
 * claimed another; {NULL, 0}: whoever takes it from the pool. Borrowed until the book's
 * columns are loaded anew. */
struct text queue_claimer(const struct book *b, const struct queue_row *r);
struct text queue_who(const struct book *b, const struct queue_row *r);

#endif
