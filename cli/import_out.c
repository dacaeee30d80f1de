/* What an import did, or would do: for the shell and for programs. */
#include "cli/import_out.h"

#include "core/json.h"

static void json_effect(struct json *j, const struct import_effect *x, bool done)
{
	struct import_effect_line said[IMPORT_EFFECTS];
	const uint32_t n = import_effect_say(x, done, said);

	json_key(j, "base");
	json_object(j);
	json_key(j, "active_before");
	json_int(j, (int64_t)x->active_before);
	json_key(j, "active_after");
	json_int(j, (int64_t)x->active_after);
	json_key(j, "arr_before_cents");
	json_money(j, x->arr_before);
	json_key(j, "arr_after_cents");
	json_money(j, x->arr_after);
	json_key(j, "left");
	json_int(j, (int64_t)x->left);
	json_key(j, "left_arr_cents");
	json_money(j, x->left_arr);
	json_key(j, "active_again");
	json_int(j, (int64_t)x->back);
	json_key(j, "owners_changed");
	json_int(j, (int64_t)x->owners);
	json_key(j, "new_churned");
	json_int(j, (int64_t)x->churned);
	json_key(j, "said");
	json_array(j);
	for (uint32_t k = 0; k < n; k++)
		json_text(j, text_of(said[k].text));
	json_end_array(j);
	json_end_object(j);
}

static void json_fault(
	struct json *j, uint32_t column, const char *field, const char *message)
{
	json_key(j, "column");
	json_int(j, column);
	json_pair(j, "field", text_of(field));
	json_pair(j, "message", text_of(message));
}

static void json_reasons(struct json *j, const struct import_reasons *r)
{
	json_key(j, "reasons");
	json_array(j);
	for (uint32_t i = 0; i < r->n; i++) {
		const struct import_reason *x = &r->of[i];

		json_object(j);
		json_key(j, "rows");
		json_int(j, (int64_t)x->rows);
		json_fault(j, x->column, x->field, x->text);
		json_key(j, "lines");
		json_array(j);
		for (uint32_t k = 0; k < x->shown; k++)
			json_int(j, (int64_t)x->first[k].line);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "others");
	json_int(j, (int64_t)r->others);
}

static void json_result(struct json *j, const struct import_request *q,
	const struct import_result *r, bool taken)
{
	json_object(j);
	json_pair(j, "kind", text_of(record_of(q->kind)->name));
	json_pair(j, "file", text_of(q->name));
	json_key(j, "dry_run");
	json_bool(j, q->dry_run);
	json_key(j, "applied");
	json_bool(j, taken);
	json_key(j, "read");
	json_int(j, (int64_t)r->read);
	json_key(j, "inserted");
	json_int(j, (int64_t)r->inserted);
	json_key(j, "updated");
	json_int(j, (int64_t)r->updated);
	json_key(j, "unchanged");
	json_int(j, (int64_t)r->unchanged);
	json_key(j, "rejected");
	json_int(j, (int64_t)r->rejected);
	if (r->effect.counted)
		json_effect(j, &r->effect, taken);
	json_reasons(j, &r->reasons);
	json_key(j, "errors");
	json_array(j);
	for (uint32_t k = 0; k < r->error_count; k++) {
		const struct import_error *x = &r->errors[k];

		json_object(j);
		json_key(j, "line");
		json_int(j, (int64_t)x->line);
		json_fault(j, x->column, x->field, x->message);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "notes");
	json_array(j);
	for (uint32_t k = 0; k < r->note_count; k++)
		json_text(j, text_of(r->notes[k]));
	json_end_array(j);
	json_end_object(j);
}

enum status import_out_json(const struct import_request *q, const struct import_result *r,
	bool taken, struct err *e)
{
	struct json doc, *j = &doc;

	call_json(j);
	json_result(j, q, r, taken);
	return call_json_end(j, ST_OK, e);
}

/* "file:line:column: field: message", without what is not known. */
static void print_error(const struct import_request *q, const struct import_error *x)
{
	char column[16] = "";

	if (x->column)
		snprintf(column, sizeof(column), ":%u", x->column);
	call_note(&(struct call){ 0 }, "%s:%llu%s: %s%s%s", q->name,
		(unsigned long long)x->line, column, x->field ? x->field : "",
		x->field ? ": " : "", x->message);
}

/* Rows of one reason together, the first ones of many. */
static void print_errors(const struct call *c, const struct import_request *q,
	const struct import_result *r)
{
	uint64_t left = r->rejected;

	for (uint32_t i = 0; i < r->reasons.n; i++) {
		const struct import_reason *x = &r->reasons.of[i];
		char said[IMPORT_REASON_MAX];

		if (import_reason_said(x, said))
			call_note(c, "%s: %s", q->name, said);
		for (uint32_t k = 0; k < x->shown; k++)
			print_error(q, &x->first[k]);
		left -= x->shown;
	}
	if (left && !c->option[OPT_ERRORS])
		call_note(c, "... and %llu more; --errors FILE writes them all",
			(unsigned long long)left);
}

static void print_effect(const struct import_effect *x, bool taken)
{
	struct import_effect_line said[IMPORT_EFFECTS];
	const uint32_t n = import_effect_say(x, taken, said);

	for (uint32_t k = 0; k < n; k++)
		printf("%s%s\n", said[k].warning ? "warning: " : "", said[k].text);
}

void import_out_text(const struct call *c, const struct import_request *q,
	const struct import_result *r, bool taken)
{
	for (uint32_t k = 0; k < r->note_count; k++)
		call_note(c, "%s", r->notes[k]);
	print_errors(c, q, r);
	printf("%s%llu read = %llu inserted + %llu updated + %llu unchanged + %llu "
	       "rejected\n",
		c->option[OPT_DRY_RUN] ? "dry run, nothing was changed: "
		: taken                ? ""
				       : "nothing was changed; it would have been: ",
		(unsigned long long)r->read, (unsigned long long)r->inserted,
		(unsigned long long)r->updated, (unsigned long long)r->unchanged,
		(unsigned long long)r->rejected);
	print_effect(&r->effect, taken);
	if (taken && r->inserted + r->updated > 0 && q->kind != REC_CSM)
		call_note(c,
			"the figures are older than the data now: run `tierdesk recalc`");
}
