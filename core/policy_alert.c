/* What the policy says of alerts: a word for each tier. */
#include "core/policy_table.h"

#include <stddef.h>
#include <string.h>

/* The kind whose severities the entry holds. */
static enum alert_kind kind_of(const struct policy_entry *x)
{
	return (enum alert_kind)(
		(x->offset - offsetof(struct policy, alert_severity)) / TIER_COUNT);
}

/* A word for each tier, no more and no less. */
static enum status split_tiers(const struct policy_entry *x, const char *text,
	struct text word[TIER_COUNT], struct err *e)
{
	struct text rest = text_of(text);

	for (int t = 0; t < TIER_COUNT; t++)
		word[t] = text_word(&rest);
	if (word[TIER_COUNT - 1].n == 0 || text_trim(rest).n > 0)
		return err_set(e, ST_INVALID,
			"%s = %s: %d words, one for each tier from tier 1 on", x->key,
			text, TIER_COUNT);
	return ST_OK;
}

/* An opportunity ranks by what can be won, everything else by what can be lost: a kind
 * is the one or the other. */
static enum status check_severity(
	const struct policy_entry *x, const char *text, uint8_t severity, struct err *e)
{
	const uint8_t initial = alert_kinds[kind_of(x)].severity[0];

	if (severity == SEV_OFF ||
		(severity == SEV_OPPORTUNITY) == (initial == SEV_OPPORTUNITY))
		return ST_OK;
	return err_set(e, ST_INVALID,
		initial == SEV_OPPORTUNITY ? "%s = %s: it is an opportunity, or off"
					   : "%s = %s: it is no opportunity",
		x->key, text);
}

enum status policy_parse_severities(const struct policy_entry *x, const char *text,
	uint8_t out[TIER_COUNT], struct err *e)
{
	struct text word[TIER_COUNT];
	enum status st = split_tiers(x, text, word, e);

	for (int t = 0; st == ST_OK && t < TIER_COUNT; t++) {
		uint8_t s = 0;

		while (s < SEVERITIES &&
			!text_eq(word[t], text_of(alert_severity_word[s])))
			s++;
		if (s == SEVERITIES)
			return err_set(e, ST_INVALID,
				"%s: %.*s is not a severity: critical, warning, info, "
				"opportunity or off",
				x->key, (int)word[t].n, word[t].s);
		out[t] = s;
		st = check_severity(x, text, s, e);
	}
	return st;
}

enum status policy_parse_plays(const struct policy_entry *x, const char *text,
	char out[TIER_COUNT][PLAY_NAME_MAX], struct err *e)
{
	struct text word[TIER_COUNT];
	enum status st = split_tiers(x, text, word, e);

	for (int t = 0; st == ST_OK && t < TIER_COUNT; t++) {
		memset(out[t], 0, PLAY_NAME_MAX);
		if (text_eq(word[t], TEXT(POLICY_NO_PLAY)))
			continue;
		if (!play_name_valid(word[t]))
			return err_set(e, ST_INVALID,
				"%s: %.*s can't be the name of a play: a-z, 0-9 and -, a "
				"letter first, at most %d; - is none",
				x->key, (int)word[t].n, word[t].s, PLAY_NAME_MAX - 1);
		memcpy(out[t], word[t].s, word[t].n);
	}
	return st;
}
