/* tierdesk-policy(5): every rule and limit, with its range and default. */
#include "cli/documents.h"

#include <stdlib.h>
#include <string.h>

#include "cli/roff.h"
#include "core/asset.h"
#include "core/ini.h"
#include "core/money.h"
#include "core/policy_table.h"

struct policy_page {
	FILE *to;
	char section[32];
};

static bool find_entry(const struct ini_key *key, struct policy_entry *out)
{
	char section[32];

	for (size_t i = 0; i < policy_entries_n; i++) {
		*out = policy_entries[i];
		if (strcmp(out->section, key->section) == 0 &&
			strcmp(out->key, key->name) == 0)
			return true;
	}
	for (int k = 0; k < COMP_COUNT * POLICY_HEALTH_PARTS; k++) {
		*out = policy_health_entry(
			0, k / POLICY_HEALTH_PARTS, k % POLICY_HEALTH_PARTS, section);
		if (strcmp(section, key->section) == 0 &&
			strcmp(out->key, key->name) == 0)
			return true;
	}
	return false;
}

static void put_range(FILE *to, const struct policy_entry *x)
{
	char min[NUMBER_TEXT_MAX], max[NUMBER_TEXT_MAX];

	switch (x->type) {
	case PT_NUMBER:
		fputs("A number", to);
		break;
	case PT_PERCENT:
		fputs("Percent", to);
		break;
	case PT_WHOLE:
	case PT_INT:
		fputs("A whole number", to);
		break;
	case PT_AGE:
		fputs("Days, or never: a whole number", to);
		break;
	case PT_CURVE:
		fputs("Points x:y, at most 12, x ascending; y", to);
		break;
	case PT_CODE:
	case PT_SEVERITY:
	case PT_PLAY:
	case PT_RATES:
		return; /* its sentence, or that of all, says it */
	}
	fputs(" from ", to);
	roff_put(to, number_format(x->min, 4, min));
	fputs(" to ", to);
	roff_put(to, number_format(x->max, 4, max));
	fputs(".\n", to);
}

static enum status put_policy(void *arg, const struct ini_key *key, struct err *e)
{
	struct policy_page *p = arg;
	struct policy_entry x;

	(void)e;
	if (!find_entry(key, &x))
		return ST_OK;
	if (strcmp(p->section, key->section) != 0) {
		fputs(".SH [", p->to);
		roff_put(p->to, key->section);
		fputs("]\n", p->to);
		snprintf(p->section, sizeof(p->section), "%s", key->section);
	}
	roff_term(p->to, key->name, key->value);
	if (x.help) {
		fputc(x.help[0] >= 'a' && x.help[0] <= 'z' ? x.help[0] - 'a' + 'A'
							   : x.help[0],
			p->to);
		roff_put(p->to, x.help + 1);
		fputs(".\n", p->to);
	}
	put_range(p->to, &x);
	return ST_OK;
}

void documents_manual_policy(FILE *to)
{
	struct policy_page p = { .to = to };

	roff_head(to, "tierdesk-policy", 5, "the rules and limits of a book");
	fputs(".SH DESCRIPTION\n"
	      "What \\fBtierdesk policy show\\fR prints and \\fBtierdesk policy "
	      "apply\\fR "
	      "takes: an INI file\nin which every line is \\fIkey\\fR = \\fIvalue\\fR. A "
	      "file changes only what it names. Each\nvalue below is the default. "
	      "Amounts "
	      "are in units of the base currency; currencies are three capital "
	      "letters.\n.PP\n"
	      "The section [fx] has a line for each other currency: one unit of it in "
	      "units of the\nbase currency; \"none\" takes it away. The sections "
	      "[health], [health.curves] and "
	      "[health.max_age] may be\nrepeated for a tier as [health.tier1], "
	      "[health.tier1.curves] and [health.tier1.max_age].\n"
	      "Weights total 100.\n.PP\n"
	      "[alerts.severity] has three words for each kind of alert, one for each "
	      "tier: critical,\nwarning, info or off; of expansion opportunity or off. "
	      "[alerts.plays] has the play that an\nalert starts in each tier, or -.\n",
		to);
	if (ini_read(asset_find("policy.ini")->text, "policy.ini", put_policy, &p,
		    NULL) != ST_OK)
		abort(); /* the program's own policy: a test reads it */
	fputs(".SH SEE ALSO\n.BR tierdesk (1)\n", to);
}
