#include "core/import_reasons.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct import_reason *find(struct import_reasons *r, const struct import_error *x,
	const char *text, struct arena *a)
{
	struct import_reason *to;

	for (uint32_t i = 0; i < r->n; i++)
		if (r->of[i].column == x->column && strcmp(r->of[i].text, text) == 0)
			return &r->of[i];
	if (!r->of)
		r->of = arena_alloc(a, IMPORT_REASONS_KEPT * sizeof(*r->of));
	if (!r->of || r->n == IMPORT_REASONS_KEPT)
		return NULL;
	to = &r->of[r->n];
	*to = (struct import_reason){
		.column = x->column, .field = x->field, .text = arena_strdup(a, text)
	};
	if (!to->text)
		return NULL;
	r->n++;
	return to;
}

void import_reasons_add(struct import_reasons *r, const struct import_error *x,
	const char *kind, struct arena *a)
{
	struct import_reason *to = find(r, x, kind, a);

	if (!to) {
		r->others++;
		return;
	}
	to->rows++;
	if (to->shown < IMPORT_REASON_LINES) {
		struct import_error *line = &to->first[to->shown];

		*line = *x;
		line->message = arena_strdup(a, x->message);
		to->shown += line->message != NULL;
	}
}

bool import_reason_said(const struct import_reason *x, char out[IMPORT_REASON_MAX])
{
	if (x->rows <= IMPORT_REASON_LINES)
		return false;
	snprintf(out, IMPORT_REASON_MAX, "%" PRIu64 " rows: %s%s%s", x->rows,
		x->field ? x->field : "", x->field ? ": " : "", x->text);
	return true;
}
