/* The words that plays are written in. */
#include "core/play.h"

const char *const play_stage_word[PLAY_STAGES] = { "onboarding", "adoption", "renewal",
	"expansion", "risk" };
const char *const play_driver_word[PLAY_DRIVERS] = { "results", "ease", "trust",
	"relationship", "skill" };
const char *const play_purpose_word[PLAY_PURPOSES] = { "value", "commercial" };
const char *const play_touch_word[PLAY_TOUCHES] = { "one-to-one", "one-to-few",
	"automated" };
const char *const play_owner_word[PLAY_OWNERS] = { "csm", "lead", "executive", "sales",
	"support", "automation" };
const char *const play_step_kind_word[PLAY_STEP_KINDS] = { "call", "mail", "meeting",
	"task", "message" };
const char *const play_gate_word[PLAY_GATES] = { "no-open-risk", "no-severe-ticket",
	"onboarded", "two-stakeholders", "value-first" };
const char *const play_gate_help[PLAY_GATES] = {
	"no alert that is open or snoozed is critical or a warning",
	"no open ticket has the highest severity",
	"no onboarding waits for its first value", "the contacts have two roles or more",
	"in 90 days there were more touches for value than commercial ones"
};

const struct play_word_row play_words[PLAY_WORDS] = {
#define WORD(id, name, neutral, internal, help) { name, neutral, internal, help },
#include "core/play_word.def"
};

bool play_name_valid(struct text name)
{
	if (name.n == 0 || name.n >= PLAY_NAME_MAX || name.s[0] < 'a' || name.s[0] > 'z')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		const char c = name.s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return true;
}

/* The step that what speaks for the whole play is sent at; 0: it has no message. */
static int first_message(const struct play *p)
{
	for (int k = 0; k < p->steps; k++)
		if (p->step[k].kind == PLAY_MESSAGE)
			return k + 1;
	return 0;
}

bool play_follows_up(const struct play *p, int step)
{
	const struct play_step *s = &p->step[step - 1];

	return s->kind == PLAY_MESSAGE && s->subject && step != first_message(p);
}

bool play_by_renewal(const struct play *p)
{
	for (int k = 0; k < p->steps; k++)
		if (p->step[k].by_renewal)
			return true;
	return false;
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

int32_t play_step_day(const struct play *p, int step, int32_t started, int32_t renewal)
{
	const bool known = renewal != DAY_NONE && play_by_renewal(p);
	int32_t day = started;

	for (int k = 0; k < step; k++) {
		const struct play_step *s = &p->step[k];
		int32_t own = started + s->due;

		if (known && s->by_renewal)
			own = renewal - s->before;
		else if (known && own > renewal)
			own = renewal;
		day = later(day, own);
	}
	return day;
}

int play_step_after(const struct play *p, int step, int32_t started, int32_t renewal)
{
	while (++step <= p->steps) {
		const struct play_step *s = &p->step[step - 1];

		if (s->kind != PLAY_MESSAGE || !s->by_renewal || renewal == DAY_NONE ||
			renewal - s->before > started)
			return step;
	}
	return 0;
}

struct play_said play_texts(const struct play *p, int step)
{
	const struct play_step *s =
		step >= 1 && step <= p->steps ? &p->step[step - 1] : NULL;

	return s && s->subject ? (struct play_said){ s->subject, s->body, p->script }
			       : (struct play_said){ p->subject, p->body, p->script };
}

struct play_said play_first_texts(const struct play *p)
{
	return play_texts(p, first_message(p));
}

int play_unwritten(const struct play *p)
{
	for (int k = first_message(p); p->subject && k > 0 && k < p->steps; k++)
		if (p->step[k].kind == PLAY_MESSAGE && !p->step[k].subject)
			return k + 1;
	return 0;
}
