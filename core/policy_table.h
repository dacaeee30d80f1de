/*
 * The table behind policy*.c: every value of the policy by section and key. For them and
 * for what documents it; who shows and edits values takes policy_item.h.
 */
#ifndef CORE_POLICY_TABLE_H
#define CORE_POLICY_TABLE_H

#include "core/policy.h"

enum policy_type {
	PT_NUMBER,   /* double */
	PT_WHOLE,    /* double without a fraction */
	PT_INT,      /* int */
	PT_CURVE,    /* struct curve, "x:y x:y ..." */
	PT_AGE,      /* int days, or "never" */
	PT_PERCENT,  /* uint32_t hundredths of a percent, written in percent */
	PT_CODE,     /* char[4], a currency */
	PT_SEVERITY, /* uint8_t[TIER_COUNT], a word per tier */
	PT_PLAY,     /* char[TIER_COUNT][PLAY_NAME_MAX], a name or '-' per tier */
	PT_RATES,    /* all of [fx], "EUR:1.08 GBP:1.25"; a file has a key for each */
};

struct policy_entry {
	const char *section, *key;
	enum policy_type type;
	size_t offset; /* in struct policy */
	double min, max;
	const char *help;
};

/* One value from text and back, as files have it; text is at most size bytes. */
enum status policy_parse_entry(struct policy *p, const struct policy_entry *x,
	const char *text, struct err *e) MUST_USE;
#define POLICY_TEXT_VALUE_MAX 2048
char *policy_entry_text(const struct policy *p, const struct policy_entry *x,
	char out[POLICY_TEXT_VALUE_MAX]);

/* A tier whose rules were the general ones before follows them; one with rules of its own
 * keeps them. */
void policy_follow_general(const struct policy *before, struct policy *p);
/* Whether the rules of a tier are the general ones, in one of the parts. */
bool policy_same_rules(const struct policy *p, int tier, int part);

#define POLICY_NO_PLAY "-"

/* The words of an entry of alerts, one for each tier. */
enum status policy_parse_severities(const struct policy_entry *x, const char *text,
	uint8_t out[TIER_COUNT], struct err *e) MUST_USE;
enum status policy_parse_plays(const struct policy_entry *x, const char *text,
	char out[TIER_COUNT][PLAY_NAME_MAX], struct err *e) MUST_USE;

enum status policy_parse_number(const struct policy_entry *x, const char *text,
	double *out, struct err *e) MUST_USE;

#define POLICY_NO_RATE "none"
bool policy_is_code(const char *text); /* three capital letters */
/* One line of [fx]; "none" takes the rate away. */
enum status policy_set_rate(
	struct policy *p, const char *code, const char *text, struct err *e) MUST_USE;
/* Those that became others from one policy to the next; there is room for FX_MAX. */
void policy_carry_rates(
	struct policy *p, const struct policy *was, const struct policy *is);
/* All of them. */
enum status policy_parse_rates(struct policy *p, const struct policy_entry *x,
	const char *text, struct err *e) MUST_USE;

/* Entries that every policy has once, in the order of the file; [health] and its
 * overrides are made of health_entry. */
extern const struct policy_entry policy_entries[];
extern const size_t policy_entries_n;

#define POLICY_HEALTH_PARTS 3 /* weights, curves, ages: three entries per component */

/* Part 0..2 of a component under the rules of a tier (0: general). section is written
 * to a buffer of the caller's. */
struct policy_entry policy_health_entry(
	int tier, int component, int part, char section[32]);

#endif
