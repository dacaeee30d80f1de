/* tierdesk-json(5): what verbs say with --format json. */
#include "cli/documents.h"

#include <string.h>

#include "cli/roff.h"
#include "cli/show_rows.h"

struct row {
	const char *name, *shape, *help;
};
static const struct row shapes[] = {
#define JSON_SHAPE(call, shape) { call, shape, "" },
#include "cli/json.def"
};
static const struct row parts[] = {
#define JSON_PART(name, shape, help) { name, shape, help },
#include "cli/json.def"
};
static const struct row keys[] = {
#define JSON_KEY(names, help) { names, "", help },
#include "cli/json.def"
};
enum {
	SHAPES = sizeof(shapes) / sizeof(*shapes),
	PARTS = sizeof(parts) / sizeof(*parts),
	KEYS = sizeof(keys) / sizeof(*keys)
};

static void put_shapes(FILE *to)
{
	fputs(".SH ANSWERS\n", to);
	for (int k = 0; k < SHAPES; k++) {
		roff_term(to, shapes[k].name, NULL);
		roff_line(to, shapes[k].shape);
	}
}

static bool is_part(const char *kind)
{
	char name[32];

	snprintf(name, sizeof(name), "@%s", kind);
	for (int k = 0; k < SHAPES; k++)
		if (strstr(shapes[k].shape, name))
			return true;
	return false;
}

/* The fields of a row, as they are called here. */
static void put_fields(FILE *to, const struct record *r)
{
	const char *before = "{";

	for (int f = 0; f < r->count; f++) {
		char text[SHOW_KEY_MAX];
		const char *key = show_key(&r->fields[f], text);

		if (!key)
			continue;
		fputs(before, to);
		roff_put(to, key);
		before = ", ";
	}
	fputs("}: ", to);
	roff_line(to, r->help);
}

static void put_parts(FILE *to)
{
	fputs(".SH PARTS\nWhat several answers have, as @\\fIname\\fR above; the last "
	      "ones "
	      "are rows as they were entered.\n",
		to);
	for (int k = 0; k < PARTS; k++) {
		roff_term(to, parts[k].name, NULL);
		roff_put(to, parts[k].shape);
		fputs(": ", to);
		roff_line(to, parts[k].help);
	}
	for (int k = 0; k < REC_COUNT; k++) {
		const struct record *r = record_of((enum record_kind)k);

		if (!is_part(r->name))
			continue;
		roff_term(to, r->name, NULL);
		put_fields(to, r);
	}
}

static void put_keys(FILE *to)
{
	fputs(".SH KEYS\nThose whose name does not say it all:\n", to);
	for (int k = 0; k < KEYS; k++) {
		roff_term(to, keys[k].name, NULL);
		roff_line(to, keys[k].help);
	}
}

void documents_manual_json(FILE *to)
{
	roff_head(to, "tierdesk-json", 5, "what verbs say with --format json");
	fputs(".nh\n.ad l\n.SH DESCRIPTION\n" /* keys stay whole */
	      "A verb that has an answer gives it with \\fB\\-\\-format json\\fR as one "
	      "document: the keys below, in\nthis order. New ones may come; ask for them "
	      "by name.\n.PP\n"
	      "What is missing or not known is null. Days are 2026\\-11\\-30; money is "
	      "whole cents of the base\ncurrency, in keys that end in \\fB_cents\\fR. "
	      "Keys that end in \\fB_pct\\fR are percent, in \\fB_days\\fR days.\n"
	      "Numbers have a point and no more digits than are known. Two runs on the "
	      "same book and\nday are the same bytes, but for \\fBelapsed_ms\\fR.\n.PP\n"
	      "Below, [] is a list of plain values, and a key with ? is not in every "
	      "answer.\nSome verbs take \\fB\\-\\-format csv\\fR as well, with the same "
	      "names.\n",
		to);
	put_shapes(to);
	put_parts(to);
	put_keys(to);
	fputs(".SH SEE ALSO\n.BR tierdesk (1),\n.BR tierdesk\\-play (5)\n", to);
}
