/* Lines for the person, collected in the arena of the result. */
#include "core/import_result.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/money.h"

#define NAMES_SHOWN 12
#define NAME_SHOWN_MAX 60

void import_result_init(struct import_result *r)
{
	memset(r, 0, sizeof(*r));
	arena_init(&r->arena);
}

void import_result_clear(struct import_result *r)
{
	arena_clear(&r->arena);
	import_result_init(r);
}

/* Room for one more in an array of the arena; the old one stays until the end. */
static bool make_room(
	struct arena *a, void *array, uint32_t n, uint32_t *capacity, size_t size)
{
	void *old, *grown;
	if (n < *capacity)
		return true;
	uint32_t room = *capacity == 0 ? 8 : *capacity * 2;
	grown = arena_alloc(a, room * size);
	if (grown == NULL)
		return false;
	memcpy(&old, array, sizeof(old));
	if (n > 0)
		memcpy(grown, old, n * size);
	memcpy(array, &grown, sizeof(grown));
	*capacity = room;
	return true;
}

const char *import_result_note(struct import_result *r, const char *format, ...)
{
	char line[ERR_TEXT_MAX];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	char *copy = arena_strdup(&r->arena, line);
	if (copy != NULL && make_room(&r->arena, &r->notes, r->note_count,
				    &r->note_capacity, sizeof(*r->notes)))
		r->notes[r->note_count++] = copy;
	return copy;
}

void import_result_reject(
	struct import_result *r, uint64_t line, const struct intake_fault *fault)
{
	const struct import_error x = { .line = line,
		.column = fault->column,
		.field = fault->field,
		.message = fault->what.message };
	r->rejected++;
	import_reasons_add(&r->reasons, &x, fault->what.kind, &r->arena);
	if (r->error_count == IMPORT_ERRORS_KEPT)
		return;
	char *message = arena_strdup(&r->arena, x.message);
	if (message != NULL && make_room(&r->arena, &r->errors, r->error_count,
				       &r->error_capacity, sizeof(*r->errors))) {
		r->errors[r->error_count] = x;
		r->errors[r->error_count++].message = message;
	}
}

enum status import_result_refuse(
	const struct import_result *r, const char *file, struct err *e)
{
	const struct import_error *first = &r->errors[0];
	char column[16] = "", more[64] = "";
	if (r->error_count == 0)
		return err_set(e, ST_NOMEM, "%s: out of memory", file);
	if (first->column > 0)
		snprintf(column, sizeof(column), ":%" PRIu32, first->column);
	if (r->rejected > 1)
		snprintf(more, sizeof(more), "; %" PRIu64 " rows have errors",
			r->rejected);
	return err_set(e, ST_INVALID, "%s:%" PRIu64 "%s: %s%s%s%s; nothing was changed",
		file, first->line, column, first->field != NULL ? first->field : "",
		first->field != NULL ? ": " : "", first->message, more);
}

static int shown(struct text t)
{
	return convert_shown(t, NAME_SHOWN_MAX);
}

/* Columns nothing is known about, in one line. */
static void note_unknown(struct import_result *r, const struct intake *in)
{
	char list[ERR_TEXT_MAX / 2] = "";
	size_t n = 0;
	uint32_t more = 0, listed = 0;
	for (uint32_t i = 0; i < in->header_count; i++) {
		const struct header *h = &in->headers[i];
		if (h->field >= 0 || h->why != NULL || h->churn_flag || h->text.n == 0)
			continue;
		if (listed == NAMES_SHOWN || n + NAME_SHOWN_MAX + 3 > sizeof(list)) {
			more++;
			continue;
		}
		n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%.*s",
			listed > 0 ? ", " : "", shown(h->text), h->text.s);
		listed++;
	}
	if (more > 0)
		import_result_note(r, "not taken: %s and %u more", list, more);
	else if (listed > 0)
		import_result_note(r, "not taken: %s", list);
}

/* Headers of the mapping that the file doesn't have. */
static void note_absent(struct import_result *r, const struct intake *in)
{
	for (int f = 0; f < in->record->count; f++) {
		if (in->map.header[f] != NULL && !(in->given >> f & 1))
			import_result_note(r, "%s is left out: no column \"%s\"",
				in->record->fields[f].name, in->map.header[f]);
	}
}

/* Whether the currency is that of a header. */
static bool is_taken(const struct intake *in, const char *currency)
{
	for (int f = 0; f < in->record->count; f++) {
		if (currency[0] != '\0' && in->map.constant[f] == currency)
			return true;
	}
	return false;
}

/* "; one counts as 1.08 USD", where the book counts in another one. */
static const char *rate_said(
	const struct import_request *q, const char code[4], char out[80])
{
	const double rate = q->policy != NULL ? policy_rate(q->policy, code) : 1;
	char number[NUMBER_TEXT_MAX];
	*out = '\0';
	if (rate != 1 && rate > 0)
		snprintf(out, 80, "; one counts as %s %s", number_format(rate, 6, number),
			q->policy->currency);
	return out;
}

void import_result_headers(
	struct import_result *r, const struct intake *in, const struct import_request *q)
{
	const struct import_words *words = import_words_of(q);
	char rate[80];
	for (uint32_t i = 0; i < in->header_count; i++) {
		const struct header *h = &in->headers[i];
		if (h->field < 0) {
			if (h->why != NULL)
				import_result_note(r, "not taken: %.*s (%s%s%s%s)",
					shown(h->text), h->text.s, h->why,
					h->doubtful ? ": " : "",
					h->doubtful ? words->map : "",
					h->doubtful ? " takes it as it is" : "");
			continue;
		}
		const char *name = in->record->fields[h->field].name;
		if (!text_eq(h->text, text_of(name)))
			import_result_note(r, "%s <- %.*s%s%s%s%s", name, shown(h->text),
				h->text.s, in->how[h->field].monthly ? " times 12" : "",
				h->why != NULL ? " (" : "", h->why != NULL ? h->why : "",
				h->why != NULL ? ")" : "");
		if (is_taken(in, h->currency))
			import_result_note(r, "%s: amounts are in %s, as its %s say%s%s",
				name, h->currency, h->by_sign ? "signs" : "header",
				h->by_sign ? "" : "s", rate_said(q, h->currency, rate));
	}
	note_absent(r, in);
	if (!in->map.has_columns)
		note_unknown(r, in);
}

/* New accounts without these are of little use: better known before than after. */
static void note_missing(struct import_result *r, const struct intake *in)
{
	static const int wanted[] = { F_NAME, F_ARR, F_CSM, F_RENEWAL_DATE };
	char list[64] = "";
	size_t n = 0;
	if (in->record != record_of(REC_ACCOUNT) || r->inserted == 0)
		return;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (!(in->given >> wanted[i] & 1))
			n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s",
				n > 0 ? ", " : "", in->record->fields[wanted[i]].name);
	}
	if (n > 0)
		import_result_note(
			r, "no column gives %s: new accounts are without", list);
}

/* What was left to the file to say, where it is not the usual. */
static void note_found_out(struct import_result *r, const struct intake *in)
{
	for (int i = 0; i < in->fed_count; i++) {
		const struct convert *c = &in->how[in->fed[i]];
		const bool day = c->field->type == FT_DAY;
		if (!c->found)
			continue;
		if (day && in->map.dates == DATES_AUTO && c->dates != DAY_ISO)
			import_result_note(r, "%s: 3/4/2026 is read as %s",
				c->field->name,
				c->dates == DAY_DMY ? "3 April" : "March 4");
		else if (!day && in->map.decimal == 0 && c->decimal == ',')
			import_result_note(
				r, "%s: 1,5 is read as one and a half", c->field->name);
	}
}

/* Marks that stand for nothing where a number or a day is wanted. */
static void note_nothings(struct import_result *r, const struct intake *in)
{
	for (int i = 0; i < in->fed_count; i++) {
		const struct convert *c = &in->how[in->fed[i]];
		if (c->nothings > 0)
			import_result_note(r,
				"%s: %" PRIu64 " cell%s such as \"%s\" %s read as blank",
				c->field->name, c->nothings, TEXT_S(c->nothings),
				c->nothing, c->nothings == 1 ? "is" : "are");
	}
}

/* Words that were taken for one of the choices. */
static void note_meanings(struct import_result *r, const struct intake *in)
{
	for (int k = 0; k < in->fed_count; k++) {
		const struct convert *c = &in->how[in->fed[k]];
		const char *cell, *choice;
		for (int i = 0; (cell = convert_meaning(c, i, &choice)) != NULL; i++) {
			if (cell[0] != '\0')
				import_result_note(r, "%s: \"%s\" is read as %s",
					c->field->name, cell, choice);
		}
	}
}

void import_result_rows(struct import_result *r, const struct intake *in)
{
	bool dated = in->record == record_of(REC_ACCOUNT) &&
		     ((in->given >> F_STATUS | in->given >> F_CHURNED_ON) & 1);
	if (in->flagged > 0 && !dated) {
		struct text name = in->headers[in->flag_column].text;
		import_result_note(r,
			"warning: %.*s says churned for %" PRIu64
			" account%s but gives no "
			"date: not taken; to use it, give it to status and say which of "
			"its values are churned and which active",
			shown(name), name.s, in->flagged, TEXT_S(in->flagged));
	}
	note_missing(r, in);
	note_found_out(r, in);
	note_nothings(r, in);
	note_meanings(r, in);
	if (in->tier_dropped)
		import_result_note(
			r, "not taken: tier (none of its values is 1, 2 or 3)");
	if (in->footer > 0)
		import_result_note(r,
			"passed over %" PRIu64 " line%s of a report's footer at the end",
			in->footer, TEXT_S(in->footer));
}
