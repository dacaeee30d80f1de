/* What the files of policy_trial share; nobody else includes it. */
#ifndef CORE_POLICY_TRIAL_INTERNAL_H
#define CORE_POLICY_TRIAL_INTERNAL_H

#include "core/base_pack.h"
#include "core/book_alerts.h"
#include "core/book_internal.h"
#include "core/policy_trial.h"

/* What is to be made anew. Effort goes along with health where it depends on it. */
enum todo {
	TODO_HEALTH = 1,
	TODO_VALUE = 2,
	TODO_EFFORT = 4,
	TODO_ALERTS = 8,
	TODO_RISK = 16,
	TODO_PARTS = 31, /* all of these go account by account */
	TODO_RANK = 32,
	TODO_REVIEW = 64, /* with the tier scores that it goes by */
	TODO_SUM = 128,
	TODO_ALL = 255,
};

/* One that somebody closed, which may keep its condition quiet. */
struct closed {
	uint32_t account;
	struct alert alert;
};

struct policy_trial {
	struct book *b;      /* borrowed */
	struct policy first; /* the one in force, that others are compared with */
	struct policy tried; /* at first the same */
	struct policy next;  /* that is to be tried after it */
	struct policy read;  /* by whose rates and windows the facts are */
	int32_t as_of;
	uint32_t n, parts;
	struct tiers tiers; /* their days are in `since`, but while a review is held */
	struct shorts since;
	struct policy_effect effect;
	struct policy_kept was; /* of the first one, once another one is tried */
	struct policy_figures is;
	/* facts, by part or by id - 1; owned */
	uint32_t parts_read;
	struct base_pack *pack;
	struct book_reading reading;    /* while there are parts to read */
	struct base base;               /* of the part at hand, while there is one */
	struct book_alerts *peaks;      /* scratch */
	double coverage[PART_ACCOUNTS]; /* of the part whose health was made last */
	uint8_t *peak, *ago;
	uint16_t *critical;          /* by id - 1: as alert_only keeps it */
	struct alert_counts *counts; /* by part: of what is live */
	struct closed *closed;       /* ascending by account */
	uint32_t closed_n, closed_room;
	uint32_t *closed_from; /* by part: its first one, and that of the next */
	struct amounts arr;
	bool shares;        /* them with the lists */
	uint32_t *by_value; /* the active ids; equal values by external id */
	uint32_t ranked;    /* how many there are; 0: not made yet */
	uint8_t *revalued;  /* by id - 1: its place there is to be found again; NULL: of
				none */
	bool ids_ascend;    /* external ids as the own ones */
	/* what is being made */
	unsigned todo;
	unsigned kinds; /* of alerts, that are to be looked for: a bit for each */
	uint32_t part;  /* the next one of TODO_PARTS */
	bool settled;   /* what the first one makes of it was found */
	bool summed;    /* the effect is of the policy that is tried */
};

/* policy_trial_todo.c: what is to be made anew when p is tried instead of was; kinds of
 * alerts, a bit for each; and whether facts are the same for both. */
unsigned policy_trial_todo(const struct policy *was, const struct policy *p);
unsigned policy_trial_kinds(const struct policy *was, const struct policy *p);
bool policy_trial_reads_alike(const struct policy *was, const struct policy *p);

/* policy_trial_make.c and policy_trial_rank.c: the figures of the policy that is tried,
 * stage by stage. */
enum status policy_trial_parts(/* some parts of TODO_PARTS */
	struct policy_trial *t, struct err *e) MUST_USE;
enum status policy_trial_rank(struct policy_trial *t, struct err *e) MUST_USE;
enum status policy_trial_review(struct policy_trial *t, struct err *e) MUST_USE;

#endif
