/*
 * Plays: named motions with steps, for given tiers, started by an alert or by hand.
 * A play is an INI text:
 *
 *   [play]      name, title, tiers, alerts, version, stage, driver, purpose, touch,
 *               trigger, when, gates, pilot
 *   [step.1]    title, owner, due, kind, outcome_required; [step.2] ... in order
 *   [template]  subject, and a `line` for each line of the text, with {placeholders}
 *   [template.N] the same of step N alone, which is a mail or a message
 *   [script]    a `line` for each line of what to say in a call
 *
 * As everywhere in INI, what follows " ;" in a line is a comment.
 */
#ifndef CORE_PLAY_H
#define CORE_PLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/alert.h"
#include "core/arena.h"
#include "core/day.h"
#include "core/err.h"
#include "core/play_when.h"
#include "core/text.h"
#include "core/tiers.h"

#define PLAY_NAME_MAX 40 /* with its NUL */
#define PLAY_BYTES_MAX 65535
#define PLAY_STEPS_MAX 12
#define PLAY_DUE_MAX 730 /* days */
#define PLAY_VERSION_MAX 9999
#define PLAY_PILOT_MAX 1000
#define PLAY_NO_PILOT (-1) /* the file says nothing of one */

enum play_stage {
	PLAY_ONBOARDING,
	PLAY_ADOPTION,
	PLAY_RENEWAL,
	PLAY_EXPANSION,
	PLAY_RISK,
	PLAY_STAGES
};

/* Why a customer stays: what the play is meant to make stronger. */
enum play_driver {
	PLAY_RESULTS,      /* the customer reaches what it bought for */
	PLAY_EASE,         /* little effort in daily use */
	PLAY_TRUST,        /* promises kept, problems owned */
	PLAY_RELATIONSHIP, /* people who know each other */
	PLAY_SKILL,        /* the customer's people get better at their work */
	PLAY_DRIVERS
};

enum play_purpose { PLAY_VALUE, PLAY_COMMERCIAL, PLAY_PURPOSES };
enum play_touch { PLAY_ONE_TO_ONE, PLAY_ONE_TO_FEW, PLAY_AUTOMATED, PLAY_TOUCHES };

enum play_owner {
	PLAY_CSM,
	PLAY_LEAD,
	PLAY_EXECUTIVE,
	PLAY_SALES,
	PLAY_SUPPORT,
	PLAY_AUTOMATION,
	PLAY_OWNERS
};

enum play_step_kind {
	PLAY_CALL,
	PLAY_MAIL,
	PLAY_MEETING,
	PLAY_TASK,
	PLAY_MESSAGE,
	PLAY_STEP_KINDS
};

/* What must hold before the play may start; beside these a least health. */
enum play_gate {
	PLAY_NO_OPEN_RISK,
	PLAY_NO_SEVERE_TICKET,
	PLAY_ONBOARDED,
	PLAY_TWO_STAKEHOLDERS,
	PLAY_VALUE_FIRST,
	PLAY_GATES
};

/* The words of the file, by their enums. */
extern const char *const play_stage_word[PLAY_STAGES];
extern const char *const play_driver_word[PLAY_DRIVERS];
extern const char *const play_purpose_word[PLAY_PURPOSES];
extern const char *const play_touch_word[PLAY_TOUCHES];
extern const char *const play_owner_word[PLAY_OWNERS];
extern const char *const play_step_kind_word[PLAY_STEP_KINDS];
extern const char *const play_gate_word[PLAY_GATES];
extern const char *const play_gate_help[PLAY_GATES];

struct play_step {
	const char *title;
	enum play_owner owner;
	enum play_step_kind kind;
	int due;         /* days after the start, never before the step above */
	bool by_renewal; /* where the renewal is known, its day is counted from that: */
	int before;      /* so many days before it, never more than the step above */
	bool outcome_required;
	const char *subject, *body; /* its own text; NULL: that of the play */
};

struct play {
	const char *name, *title, *trigger; /* trigger: when to start it, a sentence */
	unsigned tiers;                     /* bit t for tier t, 1 to 3 */
	unsigned alerts;                    /* bit k for enum alert_kind k */
	struct play_when when;              /* starts it by itself; of tier 3 alone */
	int version;
	enum play_stage stage;
	enum play_driver driver;
	enum play_purpose purpose;
	enum play_touch touch;
	unsigned gates; /* bit g for enum play_gate g */
	int health_min; /* of the gates; 0: none */
	/* Of so many alerts it has to show what it does, with people sending it, before
	 * it writes to customers by itself; 0: it need not, PLAY_NO_PILOT likewise. */
	int pilot;
	int steps; /* 1 to PLAY_STEPS_MAX */
	struct play_step step[PLAY_STEPS_MAX];
	const char *subject, *body; /* templates, lines end in \n; NULL: none */
	const char *script;         /* NULL: none */
	const char *file;           /* where it was read from, for people */
	bool own;                   /* of the user's; else it came with the program */
	/* What the pilot of this version showed: alerts, and those that were gone (see
	 * core/book_play_use.h); none where the play was read without a book. */
	uint32_t pilot_alerts, pilot_gone;
};

/* Whether a play can be called so: a-z, 0-9 and '-', a letter first. */
bool play_name_valid(struct text name);

static inline bool play_runs_on(const struct play *p, int tier)
{
	return p->tiers >> tier & 1;
}

/* Nobody has to begin it. */
static inline bool play_starts_itself(const struct play *p)
{
	return p->alerts != 0 || p->when.signal;
}

/* Whether the pilot still has to show that the play works: too few results, or most
 * alerts were there again. */
static inline bool play_on_trial(const struct play *p)
{
	return p->pilot > 0 && (p->pilot_alerts < (uint32_t)p->pilot ||
				       2 * p->pilot_gone < p->pilot_alerts);
}

/* Where a tier is served by automation, a play with a template starts as a message to the
 * customer for the outbox; everywhere else, and while it is on trial, as a task for
 * people. Who is in no tier yet was not given to automation by anybody: no machine writes
 * to it. */
static inline bool play_is_mail(const struct play *p, int tier)
{
	return tier == TIER_COUNT && p->subject && !play_on_trial(p);
}

static inline bool play_started_by(const struct play *p, enum alert_kind kind)
{
	return p->alerts >> kind & 1;
}

/* Where a play is mail, its first message goes out when it starts, and steps behind that
 * follow it up which are messages with a text of their own: what speaks for the whole
 * play is sent once. */
bool play_follows_up(const struct play *p, int step);
/* The day of a step (from 1) of a play that started on a day, on an account that renews
 * on another (DAY_NONE: not known). What lies in the past by then is due at once, no step
 * before the one above it, and those of a play that goes by the renewal not after it. */
int32_t play_step_day(const struct play *p, int step, int32_t started, int32_t renewal);
/* The step that follows one (0: the first): a message whose day before the renewal was
 * over when the play started is left out, its text would not be true. 0: none follows. */
int play_step_after(const struct play *p, int step, int32_t started, int32_t renewal);
/* Whether any of its days is counted from the renewal. */
bool play_by_renewal(const struct play *p);
/* The first step that would follow it up and has no text; 0: none. */
int play_unwritten(const struct play *p);

/* Reads the n bytes of a file, a NUL after them, into *out, whose texts are in the arena.
 * Whatever the bytes, it ends with a sound play or with ST_INVALID and "file:line: ..."
 * (without the line where no single line is wrong). file and out->own stay the caller's.
 */
enum status play_parse(const char *bytes, size_t n, const char *file, struct arena *a,
	struct play *out, struct err *e) MUST_USE;

/* ---- templates ---- */

enum play_word {
#define WORD(id, name, neutral, internal, help) PLAY_WORD_##id,
#include "core/play_word.def"
	PLAY_WORDS
};

struct play_word_row {
	const char *name, *neutral;
	bool internal;
	const char *help;
};
extern const struct play_word_row play_words[PLAY_WORDS];

/* What stands for the words; {NULL, 0} for what is not known. */
struct play_values {
	struct text value[PLAY_WORDS];
};

#define PLAY_VALUE_BYTES 400 /* of one value; longer ones end in "…" */
#define PLAY_VALUE_MAX (PLAY_VALUE_BYTES + 4)

/* A value as it may stand in a line, without controls and what turns the text behind it
 * round; empty when nothing of it can be seen. It is in out. */
struct text play_value(struct text value, char out[PLAY_VALUE_MAX]);

/* The template with its words filled in: valid UTF-8 in which newlines, and only those
 * of the template, are the only controls. Braces in a value are just text. Arena string,
 * NULL without memory. */
const char *play_render(
	struct text template, const struct play_values *v, struct arena *a);

/* The texts of a play, as templates or filled in; NULL: it has none. */
struct play_said {
	const char *subject, *body, *script;
};
/* The templates of a step (from 1): its own, else those of the play. 0: those. */
struct play_said play_texts(const struct play *p, int step);
struct play_said play_first_texts(const struct play *p); /* of its first message */

/* The word of a placeholder at the start of t, "{contact}...", and its bytes; 0 bytes:
 * what stands there is none. */
size_t play_placeholder(struct text t, enum play_word *out);

#endif
