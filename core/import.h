/*
 * Import: a file of rows becomes changes of the book, in one transaction.
 *
 * bytes -> recode -> csv -> mapping (given, or guessed from the headers by
 * synonym.def) -> convert -> store. All or nothing unless skip_bad; a refused
 * import, a dry run and a cancelled one leave the book exactly as it was. Every
 * row read is counted once: read = inserted + updated + unchanged + rejected.
 *
 * Rejected rows can be had as a file that, mended, is imported like any other. Where a
 * header ends with exactly line,column,message,row, which are the columns that stand
 * behind the others there, a row whose message is not blank is rejected again: who mends
 * a row empties its message, and nothing comes in for having been passed on unread.
 *
 * Memory is constant beside the bytes of the file, which are borrowed.
 */
#ifndef CORE_IMPORT_H
#define CORE_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/csv.h"
#include "core/import_effect.h"
#include "core/import_reasons.h"
#include "core/import_words.h"
#include "core/mapping.h"
#include "core/policy.h"
#include "core/record.h"
#include "core/recode.h"
#include "core/store.h"
#include "core/tiers.h"

#define IMPORT_ERRORS_KEPT 100u
#define IMPORT_SAID_MAX 120
#define IMPORT_PREVIEW_ROWS 200u

struct import_request {
	enum record_kind kind; /* one of the REC_IMPORTABLE first */
	const char *bytes;     /* the file; borrowed during the call */
	size_t size;
	const char *name; /* of the file, for messages; "-" is fine */
	const char
		*mapping_text; /* INI text of a mapping; NULL: guess from the headers */
	const char *mapping_name; /* its file, for messages */
	/* Overrides of the mapping's [options], spelled as there; NULL: as mapped. */
	const char *encoding, *delimiter, *dates, *decimal, *signs;
	/* Of whoever asks, for messages; NULL: those of the command line. */
	const struct import_words *words;
	bool dry_run;      /* everything is done, then undone */
	bool skip_bad;     /* take the good rows */
	bool ignore_tiers; /* leave the tier column of an accounts file out */
	bool update_only; /* of accounts, and rejects those that the book does not have */
	/* Who imports, and when: for the entry in the history; actor NULL: none is made.
	 * A large file, and signals, are not told row by row: a copy of the book is kept
	 * for the way back, unless no_backup. */
	const char *actor;
	int64_t at; /* UTC seconds */
	bool no_backup;
	int32_t as_of;               /* day from which tiers of the file are dated */
	uint32_t cap_bp[TIER_COUNT]; /* caps of the policy in hundredths of a percent */
	/* Currency codes the policy can convert; a row in another one is rejected.
	 * count 0: not checked. */
	const char (*currencies)[4];
	uint32_t currency_count;
	const struct policy *policy; /* whose rates tell what amounts come to, or NULL */
	/* Gets every rejected row as CSV in UTF-8 (with its mark, where the file was
	 * not), otherwise written as the file is: its cells, then line, column, message
	 * and the row as it stands in the file (cells beyond the header are only there).
	 * NULL: not wanted. A failing sink fails the import. */
	out_sink error_sink;
	void *error_arg;
	/* Called with error_arg when error_sink has got everything and only the commit is
	 * left to do; a failure fails the import. NULL: nothing to settle. */
	enum status (*before_commit)(void *error_arg, struct err *e);
	/* Called now and then; false cancels. May be NULL. bytes counts UTF-8. */
	bool (*progress)(
		void *arg, uint64_t bytes_done, uint64_t bytes_total, uint64_t rows);
	void *progress_arg;
};

struct import_result {
	uint64_t read, inserted, updated, unchanged, rejected;
	int64_t operation; /* its entry in the history; 0: none */
	struct import_effect effect;
	uint64_t no_rate; /* of the rejected: the policy can't convert their currency */
	struct import_error *errors;   /* in file order where the store allows */
	uint32_t error_count;          /* kept; rejected counts all */
	struct import_reasons reasons; /* of all that are rejected */
	/* Lines for the person: the mapping ("account_id <- Account ID"), columns not
	 * taken and why, CSMs added, warnings. */
	const char **notes;
	uint32_t note_count;
	const char *csms; /* the one that says which CSMs it makes; NULL: none */
	const char
		*currency; /* the one that says which currency the book gets; or NULL */
	/* The first of those CSMs that is nearly written like one of the book, and that
	 * one; NULL: none is. */
	const char *slip, *meant;
	uint32_t error_capacity, note_capacity;
	struct arena arena; /* owns all of the above */
};

/* Fills result in any case; import_result_clear it afterwards.
 * ST_INVALID: the file, its mapping or some of its rows have errors; the message names
 * the first, result->errors lists them. ST_FORBIDDEN: more accounts in a tier than its
 * cap allows. ST_USAGE: the options contradict each other. ST_CANCELLED, ST_IO,
 * ST_NOMEM, ST_UNOPENED. In all these cases nothing was changed. */
enum status import_run(struct store *s, const struct import_request *request,
	struct import_result *result, struct err *e) MUST_USE;
void import_result_clear(struct import_result *result);

/* The one currency that the file says its amounts are in, by a header, by its first cells
 * or by the mapping; said: a clause that tells which of them. False: none or several, or
 * it can't be read. amounts: whether it has some. */
bool import_currency(const struct import_request *q, char code[4],
	char said[IMPORT_SAID_MAX], bool *amounts);

/* What import_run would make of the headers, and the first rows as they stand: for a
 * person who is asked whether the guess is right. Nothing is stored. */
struct import_column {
	const char *header; /* "" when the cell is empty */
	int field;          /* index in record_of(kind)->fields, -1: not taken */
	bool monthly;       /* its amounts are taken times 12 */
	const char *why;    /* why it is not taken, or may not be meant; or NULL */
};

struct import_preview {
	enum encoding encoding;
	char delimiter;
	struct import_column *columns;
	uint32_t column_count;
	const char **cells;  /* row_count * column_count, "" for missing ones */
	uint32_t row_count;  /* at most IMPORT_PREVIEW_ROWS */
	const char *missing; /* required fields without a column, ", " between; or NULL */
	struct arena arena;
};

/* Required fields without a column are no error here; dates and decimals that can be
 * read in two ways are none either. Clear it afterwards, in any case. */
enum status import_preview(const struct import_request *request,
	struct import_preview *out, struct err *e) MUST_USE;
void import_preview_clear(struct import_preview *p);

/* The kind whose fields the headers of a file fit best; accounts in doubt, all the more
 * where the book has none yet, which nearly all others refer to. */
enum record_kind import_kind_guess(const char *bytes, size_t size, bool no_accounts);

/* Whether amounts are monthly, as the mapping or the headers of those columns say that
 * are taken. */
bool import_monthly(const struct import_preview *p, const struct mapping *base);
/* The mapping that the columns of a preview make, with the fields a person gave them, as
 * a text for mapping_text and for a file (arena string); all but its columns is base's.
 * ST_INVALID: no column is taken, or one whose header can't name it, being blank, double
 * or not fit for a mapping. */
enum status import_mapping(const struct import_preview *p, const struct mapping *base,
	struct arena *a, const char **text, struct err *e) MUST_USE;

/* What the policy says about imports: the caps, and which currencies can be converted;
 * codes is borrowed by the request. */
void import_under(
	struct import_request *r, const struct policy *p, char codes[FX_MAX + 1][4]);

#endif
