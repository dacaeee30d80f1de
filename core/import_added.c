/* A CSM that nobody knows may be a slip of the pen: all of them stand in one sentence. */
#include "core/import_added.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/import_result.h"

enum { NOTED = 20, NAME_SHOWN = 60 };

void import_added_csm(struct import_added *x, struct text name, const char *known,
	struct import_result *r)
{
	char line[2 * NAME_SHOWN + 32] = "";
	int n = snprintf(line, sizeof(line), "%s%.*s", x->named ? ", " : "",
		convert_shown(name, NAME_SHOWN), name.s);
	const size_t at = strlen(x->names);

	x->csms++;
	if (known && !r->slip) {
		r->slip = arena_copy(&r->arena, name.s, name.n);
		r->meant = r->slip ? arena_strdup(&r->arena, known) : NULL;
	}
	if (known)
		n += snprintf(line + n, sizeof(line) - (size_t)n, " (not %.*s?)",
			convert_shown(text_of(known), NAME_SHOWN), known);
	if (x->named + 1 < x->csms || x->named == IMPORT_CSMS_NAMED ||
		(size_t)n >= sizeof(x->names) - at)
		return;
	snprintf(x->names + at, sizeof(x->names) - at, "%s", line);
	x->named++;
}

void import_added_signal(
	struct import_added *x, struct text name, struct import_result *r)
{
	if (++x->signals <= NOTED)
		import_result_note(
			r, "new signal: %.*s", convert_shown(name, 100), name.s);
}

void import_added_alike(struct import_added *x, struct text name, struct text known,
	struct import_result *r)
{
	if (++x->alike <= NOTED)
		import_result_note(r, "CSM %.*s is taken for %.*s",
			convert_shown(name, 100), name.s, convert_shown(known, 100),
			known.s);
}

void import_added_contract(struct import_added *x, struct text id)
{
	if (x->contracts++ == 0)
		snprintf(x->contract, sizeof(x->contract), "%.*s",
			convert_shown(id, IMPORT_CONTRACT_SHOWN), id.s);
}

void import_added_notes(const struct import_added *x, struct import_result *r)
{
	char more[40] = "";

	if (x->contracts)
		import_result_note(r,
			"%" PRIu64 " row%s %s a contract, as %s, where an account is "
			"wanted: the account that it is of is meant",
			x->contracts, TEXT_S(x->contracts),
			x->contracts == 1 ? "names" : "name", x->contract);
	if (x->signals > NOTED)
		import_result_note(r, "%" PRIu32 " more signals", x->signals - NOTED);
	if (x->alike > NOTED)
		import_result_note(r,
			"%" PRIu32 " more CSMs are taken for ones written otherwise",
			x->alike - NOTED);
	if (x->csms == 0)
		return;
	if (x->csms > x->named)
		snprintf(more, sizeof(more), " and %" PRIu32 " more", x->csms - x->named);
	r->csms = import_result_note(r, "%" PRIu32 " new CSM%s: %s%s", x->csms,
		TEXT_S(x->csms), x->names, more);
}
