/* A policy as a commented INI text. */
#include "core/policy_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/ini.h"
#include "core/money.h"

#define POLICY_TEXT_MAX (32u << 10)

struct writing {
	const struct policy *p;
	const char *section; /* the last one written */
	char *text;
	size_t used, size;
};

__attribute__((format(printf, 2, 3))) static void put(
	struct writing *w, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(w->text + w->used, w->size - w->used, format, ap);
	va_end(ap);
	w->used += (size_t)n;
	if (w->used >= w->size)
		w->used = w->size - 1;
}

static void put_number(struct writing *w, double v)
{
	char text[NUMBER_TEXT_MAX];

	put(w, "%s", number_exact(v, text));
}

static void put_value(struct writing *w, const struct policy_entry *x)
{
	const void *at = (const char *)w->p + x->offset;
	const struct curve *curve = at;

	switch (x->type) {
	case PT_NUMBER:
	case PT_WHOLE:
		put_number(w, *(const double *)at);
		break;
	case PT_AGE:
		if (*(const int *)at == AGE_NEVER) {
			put(w, "never");
			break;
		}
		/* fall through */
	case PT_INT:
		put(w, "%d", *(const int *)at);
		break;
	case PT_PERCENT:
		put_number(w, *(const uint32_t *)at / 100.0);
		break;
	case PT_CODE:
		put(w, "%s", (const char *)at);
		break;
	case PT_SEVERITY:
		for (int t = 0; t < TIER_COUNT; t++)
			put(w, "%s%s", t ? " " : "",
				alert_severity_word[((const uint8_t *)at)[t]]);
		break;
	case PT_PLAY:
		for (int t = 0; t < TIER_COUNT; t++) {
			const char *name = (const char *)at + t * PLAY_NAME_MAX;

			put(w, "%s%s", t ? " " : "", *name ? name : POLICY_NO_PLAY);
		}
		break;
	case PT_CURVE:
		for (int k = 0; k < curve->n; k++) {
			put(w, "%s", k ? " " : "");
			put_number(w, curve->x[k]);
			put(w, ":");
			put_number(w, curve->y[k]);
		}
		break;
	case PT_RATES:
		put(w, "%s", w->p->fx_count ? "" : POLICY_NO_RATE);
		for (int k = 0; k < w->p->fx_count; k++) {
			put(w, "%s%s:", k ? " " : "", w->p->fx_code[k]);
			put_number(w, w->p->fx_rate[k]);
		}
		break;
	}
}

char *policy_entry_text(const struct policy *p, const struct policy_entry *x,
	char out[POLICY_TEXT_VALUE_MAX])
{
	struct writing w = { p, NULL, out, 0, POLICY_TEXT_VALUE_MAX };

	out[0] = '\0';
	put_value(&w, x);
	return out;
}

/* What is said of a section as a whole. */
static const struct {
	const char *section, *remark;
} remarks[] = {
	{ "fx", "one unit of a currency in units of the base currency, e.g. EUR = 1.08; "
		"\"none\" takes it away" },
	{ "alerts.severity",
		"in tier 1, 2 and 3: critical, warning, info, opportunity or "
		"off" },
	{ "alerts.plays", "what an alert starts in tier 1, 2 and 3; " POLICY_NO_PLAY
			  " is nothing" },
};

static void put_section(struct writing *w, const char *section)
{
	if (w->section && strcmp(w->section, section) == 0)
		return;
	put(w, "%s[%s]\n", w->section ? "\n" : "", section);
	for (size_t i = 0; i < sizeof(remarks) / sizeof(*remarks); i++)
		if (strcmp(remarks[i].section, section) == 0)
			put(w, "; %s\n", remarks[i].remark);
	w->section = section;
}

static void put_entry(struct writing *w, const struct policy_entry *x)
{
	size_t from;

	put_section(w, x->section);
	from = w->used;
	put(w, "%s = ", x->key);
	put_value(w, x);
	/* A long curve goes without its words: the line must stay one that can be read.
	 */
	if (x->help && w->used - from + strlen(x->help) + 3 <= INI_LINE_BYTES)
		put(w, " ; %s", x->help);
	put(w, "\n");
}

bool policy_same_rules(const struct policy *p, int tier, int part)
{
	const struct health_rules *a = &p->health[0], *b = &p->health[tier];

	return part == 0   ? memcmp(a->weight, b->weight, sizeof(a->weight)) == 0
	       : part == 1 ? memcmp(a->curve, b->curve, sizeof(a->curve)) == 0
			   : memcmp(a->max_age, b->max_age, sizeof(a->max_age)) == 0;
}

/* Rules of a tier are written only where they differ from the general ones. */
static void put_health(struct writing *w, int tier)
{
	for (int part = 0; part < POLICY_HEALTH_PARTS; part++) {
		char section[32];

		if (tier && policy_same_rules(w->p, tier, part))
			continue;
		for (int c = 0; c < COMP_COUNT; c++) {
			const struct policy_entry x =
				policy_health_entry(tier, c, part, section);

			put_entry(w, &x);
		}
		w->section = ""; /* the buffer of the name is about to change */
	}
}

static void put_fx(struct writing *w)
{
	put_section(w, "fx");
	for (int k = 0; k < w->p->fx_count; k++) {
		put(w, "%s = ", w->p->fx_code[k]);
		put_number(w, w->p->fx_rate[k]);
		put(w, "\n");
	}
}

const char *policy_write(const struct policy *p, struct arena *a)
{
	struct writing w = { p, NULL, arena_alloc(a, POLICY_TEXT_MAX), 0,
		POLICY_TEXT_MAX };

	if (!w.text)
		return NULL;
	put(&w, "; The policy of a book: every rule and limit that may be set.\n"
		"; Curves are points x:y, linear between them, flat beyond both ends.\n"
		"; [health.tier1], [health.tier1.curves] ... override [health] for one "
		"tier.\n\n");
	for (size_t i = 0; i < policy_entries_n; i++) {
		const struct policy_entry *x = &policy_entries[i];

		if (strcmp(x->section, "bands") == 0 && strcmp(x->key, "healthy") == 0) {
			put(&w, "; weights of the components, they total 100\n");
			for (int tier = 0; tier <= TIER_COUNT; tier++)
				put_health(&w, tier);
		}
		if (x->type == PT_RATES)
			put_fx(&w);
		else
			put_entry(&w, x);
	}
	return w.text;
}

/* ---- what differs ---- */

struct comparing {
	const struct policy *was, *is;
	policy_change_fn fn;
	void *arg;
};

static void compare_entry(const struct comparing *c, const struct policy_entry *x)
{
	char was[POLICY_TEXT_VALUE_MAX], is[POLICY_TEXT_VALUE_MAX];

	policy_entry_text(c->was, x, was);
	policy_entry_text(c->is, x, is);
	if (strcmp(was, is) != 0)
		c->fn(c->arg, x->section, x->key, was, is);
}

/* A tier that follows the general rules in both says nothing of its own. */
static void compare_health(const struct comparing *c, int tier)
{
	for (int part = 0; part < POLICY_HEALTH_PARTS; part++)
		for (int k = 0; k < COMP_COUNT; k++) {
			char section[32];
			const struct policy_entry x =
				policy_health_entry(tier, k, part, section);

			if (!tier || !policy_same_rules(c->was, tier, part) ||
				!policy_same_rules(c->is, tier, part))
				compare_entry(c, &x);
		}
}

static const char *rate_text(const struct policy *p, int k, char out[NUMBER_TEXT_MAX])
{
	return k < p->fx_count ? number_exact(p->fx_rate[k], out) : POLICY_NO_RATE;
}

/* Both in the order of their codes. */
static void compare_rates(const struct comparing *c)
{
	const struct policy *a = c->was, *b = c->is;

	for (int i = 0, k = 0; i < a->fx_count || k < b->fx_count;) {
		char was[NUMBER_TEXT_MAX], is[NUMBER_TEXT_MAX];
		const int order = i == a->fx_count ? 1
				  : k == b->fx_count
					  ? -1
					  : strcmp(a->fx_code[i], b->fx_code[k]);

		if (order || a->fx_rate[i] != b->fx_rate[k])
			c->fn(c->arg, "fx", order > 0 ? b->fx_code[k] : a->fx_code[i],
				rate_text(a, order > 0 ? FX_MAX : i, was),
				rate_text(b, order < 0 ? FX_MAX : k, is));
		i += order <= 0;
		k += order >= 0;
	}
}

void policy_compare(
	const struct policy *was, const struct policy *is, policy_change_fn fn, void *arg)
{
	const struct comparing c = { was, is, fn, arg };

	for (size_t i = 0; i < policy_entries_n; i++)
		if (policy_entries[i].type != PT_RATES)
			compare_entry(&c, &policy_entries[i]);
	for (int tier = 0; tier <= TIER_COUNT; tier++)
		compare_health(&c, tier);
	compare_rates(&c);
}
