#include "core/setup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *title, *help;
} steps[SETUP_STEPS] = {
	[SETUP_ACCOUNTS] = { "Accounts",
		"One file of customers: an id, a name, the yearly revenue, the owner, "
		"the renewal date." },
	[SETUP_OWNERS] = { "CSMs and owners",
		"A file of CSMs, and an owner for every account in tiers 1 and 2." },
	[SETUP_USAGE] = { "Usage signals",
		"A file of signals, a row for each value: account_id, date, signal, "
		"value. Health knows active_days, logins, features_used (with the "
		"accounts' features_available), seats_active (with seats_purchased), "
		"tickets_90d, nps, csat and pulse; it is unknown where usage is missing "
		"or old." },
	[SETUP_RENEWALS] = { "Renewal dates",
		"They come with the accounts or from a file of contracts. Contacts, a "
		"file "
		"of their own, say who champions and who sponsors: health asks for them, "
		"this step does not." },
	[SETUP_REVIEW] = { "First recalculation and review",
		"The recalculation scores every account; the first review places each "
		"of them in a tier." },
	[SETUP_POLICY] = { "Policy",
		"Weights, thresholds and caps: change them to yours, or keep the "
		"shipped ones on purpose." },
};

const char *setup_title(enum setup_step step)
{
	return steps[step].title;
}

const char *setup_help(enum setup_step step)
{
	return steps[step].help;
}

const char *setup_missing(const struct setup *s, enum setup_step step)
{
	if (step == SETUP_OWNERS && s->csms > 0 && s->owned < s->in_care)
		return s->placed ? "tier:1,2 csm:none" : "csm:none";
	if (step == SETUP_USAGE && s->done[step] && s->unknown > 0)
		return "health:none";
	if (step == SETUP_RENEWALS && s->done[step] && s->with_renewal < s->accounts)
		return "renewal:none";
	return NULL;
}

static unsigned percent(uint32_t part, uint32_t whole)
{
	return whole ? (unsigned)((uint64_t)part * 100 / whole) : 0;
}

static bool enough(uint32_t part, uint32_t whole)
{
	return whole > 0 && percent(part, whole) >= SETUP_ENOUGH;
}

static void judge(struct setup *s)
{
	const bool done[SETUP_STEPS] = {
		[SETUP_ACCOUNTS] = s->accounts > 0,
		[SETUP_OWNERS] = s->csms > 0 && s->accounts > 0 && s->owned == s->in_care,
		[SETUP_USAGE] = enough(s->with_usage, s->accounts) &&
				enough(s->accounts - s->unknown, s->accounts),
		[SETUP_RENEWALS] = enough(s->with_renewal, s->accounts),
		[SETUP_REVIEW] = s->figures_day != DAY_NONE && s->placed > 0,
		[SETUP_POLICY] = s->policy_version > 1 || s->policy_kept,
	};

	memcpy(s->done, done, sizeof(done));
	for (int i = 0; i < SETUP_STEPS; i++)
		s->steps_done += done[i];
}

enum status setup_read(struct book *b, bool policy_kept, struct setup *out, struct err *e)
{
	struct book_summary summary;
	enum status st = book_summary(b, &summary, e);

	*out = (struct setup){ .policy_kept = policy_kept };
	if (st != ST_OK)
		return st;
	out->accounts = summary.active;
	out->csms = summary.csms;
	out->figures_day = summary.figures_day;
	out->review_day = summary.review_day;
	out->scored = summary.figures_day != DAY_NONE;
	out->policy_version = book_policy_version(b);
	for (int t = 1; t <= TIER_COUNT; t++)
		out->placed += summary.in_tier[t];
	for (int t = 0; t <= TIER_COUNT; t++) {
		const bool cared = out->placed == 0 || t == 1 || t == 2;

		out->in_care += cared ? summary.in_tier[t] : 0;
		out->owned += cared ? summary.owned_in_tier[t] : 0;
	}
	out->with_renewal = summary.with_renewal;
	out->with_usage = summary.with_usage;
	out->unknown = summary.figures_day != DAY_NONE ? summary.unknown : 0;
	if (out->accounts)
		out->coverage = summary.coverage / out->accounts;
	judge(out);
	return ST_OK;
}

static void say_owners(const struct setup *s, char out[SETUP_TEXT_MAX])
{
	const char *which = s->placed ? " of tiers 1 and 2" : "";

	if (s->csms == 0)
		snprintf(out, SETUP_TEXT_MAX, "no CSMs yet");
	else if (s->owned == s->in_care)
		snprintf(out, SETUP_TEXT_MAX,
			"%" PRIu32 " CSM%s; every account%s has an owner", s->csms,
			TEXT_S(s->csms), which);
	else
		snprintf(out, SETUP_TEXT_MAX,
			"%" PRIu32 " CSM%s; without an owner: %" PRIu32 " of %" PRIu32
			" accounts%s",
			s->csms, TEXT_S(s->csms), s->in_care - s->owned, s->in_care,
			which);
}

static void say_usage(const struct setup *s, char out[SETUP_TEXT_MAX])
{
	if (!s->scored)
		snprintf(out, SETUP_TEXT_MAX, "counted by the first recalculation");
	else if (s->unknown && enough(s->with_usage, s->accounts))
		snprintf(out, SETUP_TEXT_MAX,
			"%" PRIu32 " of %" PRIu32 " accounts have fresh usage, but the "
			"health of %" PRIu32 " is unknown: it rests on %u %% of its "
			"weight. More signals, features_available, seats_purchased or "
			"contacts help",
			s->with_usage, s->accounts, s->unknown,
			(unsigned)(100 * s->coverage + 0.5));
	else
		snprintf(out, SETUP_TEXT_MAX,
			"%" PRIu32 " of %" PRIu32
			" accounts have fresh usage (%u %%); health rests on %u %% of "
			"its weight",
			s->with_usage, s->accounts, percent(s->with_usage, s->accounts),
			(unsigned)(100 * s->coverage + 0.5));
}

static void say_review(const struct setup *s, char out[SETUP_TEXT_MAX])
{
	char figures[DAY_TEXT_MAX], review[DAY_TEXT_MAX];

	if (!s->scored)
		snprintf(out, SETUP_TEXT_MAX, "never recalculated");
	else if (s->placed == 0)
		snprintf(out, SETUP_TEXT_MAX,
			"recalculated as of %s; no account is in a tier yet",
			day_format(s->figures_day, figures));
	else if (s->review_day == DAY_NONE)
		snprintf(out, SETUP_TEXT_MAX,
			"recalculated as of %s; %" PRIu32
			" accounts came with their tier",
			day_format(s->figures_day, figures), s->placed);
	else
		snprintf(out, SETUP_TEXT_MAX,
			"recalculated as of %s, reviewed as of %s: %" PRIu32
			" accounts are in a tier",
			day_format(s->figures_day, figures),
			day_format(s->review_day, review), s->placed);
}

const char *setup_state(
	const struct setup *s, enum setup_step step, char out[SETUP_TEXT_MAX])
{
	out[0] = '\0';
	if (step > SETUP_ACCOUNTS && step < SETUP_POLICY && s->accounts == 0) {
		snprintf(out, SETUP_TEXT_MAX, "waits for the accounts");
		return out;
	}
	switch (step) {
	case SETUP_ACCOUNTS:
		snprintf(out, SETUP_TEXT_MAX,
			s->accounts ? "%" PRIu32 " active account%s"
				    : "no active accounts yet",
			s->accounts, TEXT_S(s->accounts));
		break;
	case SETUP_OWNERS:
		say_owners(s, out);
		break;
	case SETUP_USAGE:
		say_usage(s, out);
		break;
	case SETUP_RENEWALS:
		snprintf(out, SETUP_TEXT_MAX,
			"%" PRIu32 " of %" PRIu32 " accounts have a renewal date (%u %%)",
			s->with_renewal, s->accounts,
			percent(s->with_renewal, s->accounts));
		break;
	case SETUP_REVIEW:
		say_review(s, out);
		break;
	case SETUP_POLICY:
	case SETUP_STEPS:
		if (s->policy_version > 1)
			snprintf(out, SETUP_TEXT_MAX, "your own, version %" PRId32,
				s->policy_version);
		else
			snprintf(out, SETUP_TEXT_MAX,
				s->policy_kept ? "the shipped one, kept on purpose"
					       : "the shipped one, nobody looked at it "
						 "yet");
		break;
	}
	return out;
}

const char *setup_write(const struct setup *s, const char *book, struct arena *a)
{
	const size_t size = 4096 + strlen(book);
	char *text = arena_alloc(a, size), state[SETUP_TEXT_MAX];
	size_t n;

	if (!text)
		return NULL;
	n = (size_t)snprintf(text, size, "Set-up of %s: %d of %d steps done\n", book,
		s->steps_done, SETUP_STEPS);
	for (int i = 0; i < SETUP_STEPS; i++)
		n += (size_t)snprintf(text + n, size - n,
			"\n[%c] %d %s\n    %s\n    %s\n", s->done[i] ? 'x' : ' ', i + 1,
			steps[i].title, setup_state(s, (enum setup_step)i, state),
			steps[i].help);
	return text;
}
