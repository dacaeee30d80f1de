/* Import: rows of an intake become changes of a store, in one transaction. */
#include "core/import.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/import_history.h"
#include "core/import_refs.h"
#include "core/import_repeat.h"
#include "core/import_result.h"
#include "core/import_taken.h"
#include "core/import_tiers.h"
#include "core/intake.h"
#include "core/record_check.h"
#include "core/money.h"

#define PROGRESS_ROWS 8192u

struct run {
	struct store *s;
	const struct import_request *q;
	struct import_result *result;
	struct intake in;
	struct import_refs refs;
	struct import_tiers tiers;
	struct import_history history;
	struct csv_writer *errors; /* rejected rows; NULL: not wanted */
	struct import_taken taken;
	struct import_effect_count effect;
	size_t looked; /* bytes, for rows that were repeated */
	/* Of the row at hand; here, so that nobody clears them for each row anew. */
	struct cell row[RECORD_FIELDS_MAX];
	struct err refused;
	struct intake_fault fault;
};

/* ---- what a row must satisfy as a whole ------------------------------------------- */

static bool check_currency(
	const struct run *r, const struct cell *row, struct intake_fault *fault)
{
	const struct record *record = r->in.record;
	for (int f = 0; f < record->count; f++) {
		if (record->fields[f].type != FT_CURRENCY || row[f].type != CELL_TEXT)
			continue;
		uint32_t i = 0;
		while (i < r->q->currency_count &&
			memcmp(r->q->currencies[i], row[f].t.s, 3) != 0)
			i++;
		if (i < r->q->currency_count)
			return true;
		r->result->no_rate++;
		intake_blame(&r->in, f, fault);
		complaint_say(&fault->what, NULL, NULL,
			"the book is in %.3s and the policy has no rate for %.3s: add it "
			"to [fx]",
			r->q->currencies[0], row[f].t.s);
		return false;
	}
	return true;
}

static bool check_row(
	const struct run *r, const struct cell *row, struct intake_fault *fault)
{
	struct record_flaw flaw;
	if (r->q->currency_count > 0 && !check_currency(r, row, fault))
		return false;
	if (record_check(r->q->kind, row, r->in.given, &flaw))
		return true;
	intake_blame(&r->in, flaw.field, fault);
	fault->what = flaw.what;
	return false;
}

/* ---- rejected rows ---------------------------------------------------------------- */

/* Those of the file itself; what was rejected before has ours behind them. */
static uint32_t own_columns(const struct run *r)
{
	return r->in.header_count -
	       (r->in.message_column >= 0 ? INTAKE_REJECTED_COLUMNS : 0);
}

/* In the way of the file, so that what reads it reads this one; but for the encoding,
 * which is UTF-8 and says so where the file's is another. */
static void write_error_header(struct run *r)
{
	r->errors->delimiter = r->in.csv.delimiter;
	if (r->in.text.from != ENC_UTF8)
		out_text(&r->errors->out, TEXT(RECODE_MARK));
	for (uint32_t i = 0; i < own_columns(r); i++)
		csv_text(r->errors, r->in.headers[i].text);
	for (uint32_t i = 0; i < INTAKE_REJECTED_COLUMNS; i++)
		csv_plain(r->errors, intake_rejected_column[i]);
	csv_end_row(r->errors);
}

/* The row that the reader stands on, as it is in the file, without its end of line. */
static struct text raw_row(const struct run *r)
{
	struct text row = { r->in.csv.bytes + r->in.csv.row_at,
		r->in.csv.at - r->in.csv.row_at };

	while (row.n > 0 && (row.s[row.n - 1] == '\n' || row.s[row.n - 1] == '\r'))
		row.n--;
	return row;
}

/* with_cells: the reader stands on the row. */
static void reject(
	struct run *r, uint64_t line, bool with_cells, const struct intake_fault *fault)
{
	char number[24];
	import_result_reject(r->result, line, fault);
	if (r->errors == NULL)
		return;
	/* What was not mended since stays as it is: its message is the first one. */
	const bool again = with_cells && intake_was_rejected(&r->in);
	for (uint32_t i = 0; i < (again ? r->in.header_count : own_columns(r)); i++) {
		if (with_cells && i < r->in.csv.columns)
			csv_kept(r->errors, r->in.csv.field[i], r->in.csv.quoted[i]);
		else
			csv_plain(r->errors, "");
	}
	if (again) {
		csv_end_row(r->errors);
		return;
	}
	snprintf(number, sizeof(number), "%" PRIu64, line);
	csv_plain(r->errors, number);
	snprintf(number, sizeof(number), "%" PRIu32, fault->column);
	csv_plain(r->errors, number);
	csv_text(r->errors, text_of(fault->what.message));
	csv_text(r->errors, with_cells ? raw_row(r) : (struct text){ "", 0 });
	csv_end_row(r->errors);
}

/* The store found that a row it took repeats an earlier one. */
static enum status on_repeated(void *arg, uint64_t line, struct err *e)
{
	struct run *r = arg;
	struct intake_fault fault = { .column = 0 };
	(void)e;
	import_repeat_tell(&r->in, line, &r->looked, &fault);
	reject(r, line, false, &fault);
	return ST_OK;
}

/* ---- rows -------------------------------------------------------------------------- */

/* What the book has of the row beside the file is held to the same as the file's part. */
static enum status on_becomes(void *arg, uint32_t id, const struct cell *before,
	const struct cell *cells, uint32_t changed, struct err *e)
{
	struct run *r = arg;
	struct record_flaw flaw;
	if (record_check(r->q->kind, cells, changed, &flaw)) {
		if (r->q->kind == REC_ACCOUNT)
			import_effect_changed(&r->effect, id, before, cells);
		return ST_OK;
	}
	intake_blame(&r->in, flaw.field, &r->fault);
	r->fault.what = flaw.what;
	return err_set(e, ST_INVALID, "%s", flaw.what.message);
}

static enum status put_row(struct run *r, bool *good, struct err *e)
{
	const struct cell *row = r->row;
	struct intake_fault *fault = &r->fault;
	uint32_t id = 0;
	fault->column = 0;
	fault->field = NULL;
	fault->what.message[0] = '\0';
	enum status st = r->s->ops->put(r->s, row, r->in.csv.line, &id, &r->refused);
	*good = st == ST_OK;
	if (st == ST_DUPLICATE || st == ST_INVALID) {
		if (st == ST_DUPLICATE)
			import_repeat_tell(&r->in, r->in.csv.line, &r->looked, fault);
		else if (!fault->what.message[0])
			complaint_say(&fault->what, NULL, NULL, "%s", r->refused.text);
		return ST_OK;
	}
	if (st != ST_OK) {
		if (e != NULL)
			*e = r->refused;
		return st;
	}
	if (r->q->kind == REC_CSM)
		return import_refs_check_team(&r->refs, id, F_CSM_NAME, e);
	if (r->q->kind == REC_ACCOUNT)
		import_effect_added(&r->effect, id, row);
	if (r->q->kind == REC_ACCOUNT && row[F_TIER].type == CELL_INT)
		return import_tiers_want(&r->tiers, id, (uint8_t)row[F_TIER].i, e);
	return ST_OK;
}

/* Of a file that is only to update. */
static enum status check_known(struct run *r, bool *good, struct err *e)
{
	const struct text key = cell_as_text(&r->row[F_ACCOUNT_ID]);
	char shown[100 + 1];
	uint32_t id;
	enum status st = r->s->ops->find(r->s, REC_ACCOUNT, key, &id, e);
	*good = st == ST_OK && id != 0;
	if (st != ST_OK || *good)
		return st;
	intake_blame(&r->in, F_ACCOUNT_ID, &r->fault);
	snprintf(shown, sizeof(shown), "%.*s", convert_shown(key, 100), key.s);
	complaint_say(&r->fault.what, shown, NULL,
		"\"{}\" is no account of the book, and none is to be added");
	return ST_OK;
}

static enum status take_row(struct run *r, bool *good, struct err *e)
{
	memcpy(r->row, r->in.cells, (size_t)r->in.record->count * sizeof(r->row[0]));
	enum status st = import_refs_resolve(&r->refs, r->row, false, good, &r->fault, e);
	if (st == ST_OK && *good && r->q->update_only)
		st = check_known(r, good, e);
	if (st != ST_OK || !*good)
		return st;
	*good = check_row(r, r->row, &r->fault);
	if (!*good)
		return ST_OK;
	/* A row that is refused makes no CSM. */
	st = import_refs_resolve(&r->refs, r->row, true, good, &r->fault, e);
	if (st == ST_OK)
		st = put_row(r, good, e);
	if (st == ST_OK)
		st = *good ? import_refs_keep(&r->refs, e)
			   : import_refs_drop(&r->refs, e);
	if (st == ST_OK && *good && r->q->kind == REC_ACCOUNT)
		import_taken_row(&r->taken, r->q, r->row,
			r->refs.owner_left ? r->in.given & ~(1u << F_CSM) : r->in.given);
	return st;
}

static bool go_on(const struct run *r)
{
	return r->q->progress == NULL || r->result->read % PROGRESS_ROWS != 0 ||
	       r->q->progress(r->q->progress_arg, r->in.csv.at, r->in.text.size,
		       r->result->read);
}

static enum status take_rows(struct run *r, struct err *e)
{
	for (;;) {
		enum intake_row got;
		enum status st = intake_next(&r->in, &got, &r->fault, e);
		if (st != ST_OK)
			return err_prefix(e, "%s", r->q->name), st;
		if (got == INTAKE_END)
			return ST_OK;
		bool good = got == INTAKE_GOOD;
		if (good)
			st = take_row(r, &good, e);
		if (st != ST_OK)
			return st;
		if (!good)
			reject(r, r->in.csv.line, true, &r->fault);
		r->result->read++;
		if (!go_on(r))
			return err_set(e, ST_CANCELLED,
				"%s: cancelled, nothing was changed", r->q->name);
	}
}

static enum status on_changed(void *arg, const struct row_change *c, struct err *e)
{
	struct run *r = arg;
	const enum status st = import_refs_keep(&r->refs, e);
	return st == ST_OK ? import_history_row(&r->history, c, e) : st;
}

static enum status take_batch(struct run *r, struct err *e)
{
	struct put_batch batch = { .kind = r->q->kind,
		.mapped = r->in.given,
		.mode = r->in.map.on_conflict,
		.repeated = on_repeated,
		.becomes = on_becomes,
		.changed = r->history.rows ? on_changed : NULL,
		.arg = r };
	struct put_counts counts = { 0 };
	if (r->q->kind == REC_ACCOUNT)
		batch.mapped &= ~(1u << F_TIER);
	enum status st = ST_OK;
	if (r->q->kind == REC_ACCOUNT)
		st = import_effect_begin(&r->effect, &r->result->effect, r->s,
			r->q->policy, r->q->as_of, e);
	if (st == ST_OK)
		st = r->s->ops->batch_begin(r->s, &batch, e);
	if (st == ST_OK)
		st = take_rows(r, e);
	if (st == ST_OK)
		st = r->s->ops->batch_end(r->s, &counts, e);
	if (st == ST_OK && r->q->kind == REC_ACCOUNT)
		import_effect_end(&r->effect);
	if (st != ST_OK)
		return st;
	r->result->inserted = counts.inserted;
	r->result->updated = counts.updated;
	r->result->unchanged = counts.unchanged;
	if (r->result->read !=
		counts.inserted + counts.updated + counts.unchanged + r->result->rejected)
		return err_set(e, ST_CORRUPT,
			"%s: rows read and rows stored don't add up", r->q->name);
	return ST_OK;
}

static enum status run_in_transaction(struct run *r, struct err *e)
{
	enum status st = import_history_begin(&r->history, r->s, r->q, e);
	if (st == ST_OK)
		st = take_batch(r, e);
	if (st != ST_OK)
		return st;
	if (r->result->rejected > 0 && !r->q->skip_bad)
		return import_result_refuse(r->result, r->q->name, e);
	st = intake_one_currency(&r->in, e);
	if (st != ST_OK)
		return err_prefix(e, "%s", r->q->name), st;
	import_result_rows(r->result, &r->in);
	import_taken_notes(&r->taken, r->result);
	st = import_tiers_save(&r->tiers, r->s, r->q, &r->history, r->result, e);
	import_refs_notes(&r->refs);
	return st == ST_OK ? import_history_end(&r->history, r->result, e) : st;
}

static enum status run_opened(struct run *r, struct err *e)
{
	enum status st = intake_complete(&r->in, import_words_of(r->q), e);
	if (st != ST_OK)
		return err_prefix(e, "%s", r->q->name), st;
	import_result_headers(r->result, &r->in, r->q);
	if (r->errors != NULL)
		write_error_header(r);
	st = r->s->ops->begin(r->s, e);
	if (st != ST_OK)
		return st;
	st = run_in_transaction(r, e);
	if (r->errors != NULL) {
		enum status written = csv_finish(r->errors, st == ST_OK ? e : NULL);
		st = st == ST_OK ? written : st;
	}
	if (st == ST_OK && !r->q->dry_run && r->q->before_commit != NULL)
		st = r->q->before_commit(r->q->error_arg, e);
	if (st == ST_OK && !r->q->dry_run)
		st = r->s->ops->commit(r->s, e);
	if (st != ST_OK || r->q->dry_run)
		r->s->ops->rollback(r->s);
	return st;
}

enum status import_run(struct store *s, const struct import_request *q,
	struct import_result *result, struct err *e)
{
	struct csv_writer errors;
	struct run r = { .s = s, .q = q, .result = result };
	r.refs = (struct import_refs){ .store = s,
		.in = &r.in,
		.file = q->name,
		.history = &r.history,
		.result = result };
	import_result_init(result);
	if (q->update_only && q->kind != REC_ACCOUNT)
		return err_set(e, ST_USAGE,
			"only of accounts it can be said that none "
			"is to be added");
	enum status st = intake_open(&r.in, q, e);
	if (st != ST_OK)
		err_prefix(e, "%s", q->name);
	if (st == ST_OK)
		st = import_refs_begin(&r.refs, e);
	if (st == ST_OK && q->error_sink != NULL) {
		csv_writer_init(&errors, q->error_sink, q->error_arg, true);
		r.errors = &errors;
	}
	if (st == ST_OK)
		st = run_opened(&r, e);
	import_tiers_clear(&r.tiers);
	import_effect_clear(&r.effect);
	import_history_clear(&r.history);
	import_refs_clear(&r.refs);
	intake_close(&r.in);
	return st;
}
