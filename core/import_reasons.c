#include "core/import_reasons.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ELLIPSIS "..."

/* ---- what a message says beside its values --------------------------------------- */

/* Behind the quote that ends the value beginning at s, which may hold some itself: a
 * message says of it what it "is" when it begins with it, else it ends in it. */
static const char *behind_quoted(const char *s, bool first)
{
	const char *is = NULL, *const last = strrchr(s, '"');

	for (const char *at = s; first && (at = strstr(at, "\" is ")) != NULL; at++)
		is = at;
	if (is)
		return is + 1;
	return last && !last[1] ? last + 1 : NULL;
}

static size_t day_at(const char *s)
{
	static const char shape[] = "dddd-dd-dd";
	size_t i = 0;

	while (shape[i] && (shape[i] == 'd' ? s[i] >= '0' && s[i] <= '9' : s[i] == '-'))
		i++;
	return shape[i] ? 0 : i;
}

/* A number that the message begins with. */
static size_t number_at(const char *s)
{
	const size_t n = strspn(s, "-+.0123456789");

	return s[n] == ' ' ? n : 0;
}

static void put(char *out, size_t *n, const char *s, size_t length)
{
	const size_t room = ERR_TEXT_MAX - 1 - *n;

	length = length < room ? length : room;
	memcpy(out + *n, s, length);
	*n += length;
	out[*n] = '\0';
}

static void without_values(const char *s, char out[ERR_TEXT_MAX])
{
	const char *const message = s;
	size_t n = 0, skip = number_at(s);
	const char *end;

	out[0] = '\0';
	while (*s) {
		if (!skip)
			skip = day_at(s);
		end = *s == '"' ? behind_quoted(s + 1, s == message) : NULL;
		if (end) {
			put(out, &n, "\"" ELLIPSIS "\"", sizeof(ELLIPSIS) + 1);
			s = end;
		} else if (skip) {
			put(out, &n, ELLIPSIS, sizeof(ELLIPSIS) - 1);
			s += skip;
		} else {
			put(out, &n, s, 1);
			s++;
		}
		skip = 0;
	}
}

/* ---- collecting ------------------------------------------------------------------ */

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

/* Rows that have other faults besides are of the reason, too. */
static const char *first_fault(const struct import_error *x, char out[ERR_TEXT_MAX])
{
	if (!x->first)
		return x->message;
	snprintf(out, ERR_TEXT_MAX, "%.*s", (int)x->first, x->message);
	return out;
}

void import_reasons_add(
	struct import_reasons *r, const struct import_error *x, struct arena *a)
{
	char text[ERR_TEXT_MAX], first[ERR_TEXT_MAX];
	struct import_reason *to;

	without_values(first_fault(x, first), text);
	to = find(r, x, text, a);
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
