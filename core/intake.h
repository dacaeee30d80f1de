/*
 * Intake: the reading half of an import. Bytes of a file in, rows of cells out, in the
 * order of the record's fields; no storage, constant memory, one pass (a column
 * whose days or decimals can be read in two ways is looked through once more).
 */
#ifndef CORE_INTAKE_H
#define CORE_INTAKE_H

#include "core/convert.h"
#include "core/csv.h"
#include "core/headers.h"
#include "core/import.h"

/* What is wrong with a row. */
struct intake_fault {
	uint32_t column;   /* from 1; 0: the row as a whole */
	const char *field; /* name of the field, or NULL */
	/* Its message may say more behind the kind: of further faults, of other rows. */
	struct complaint what;
};

/* The columns that a file of rejected rows has behind those of the file they stood in. */
#define INTAKE_REJECTED_COLUMNS 4u
extern const char *const intake_rejected_column[INTAKE_REJECTED_COLUMNS];

enum intake_row { INTAKE_END, INTAKE_GOOD, INTAKE_BAD };

struct intake {
	const struct record *record;
	struct mapping map;
	struct recoded text;
	struct csv_reader csv; /* its row is the one the cells were made from */
	struct header *headers;
	uint32_t header_count;
	uint32_t given; /* bit i: field i has a column or a constant */
	struct cell cells[RECORD_FIELDS_MAX]; /* texts live until the next row */
	uint64_t flagged;                     /* rows so far whose churn flag says yes */
	uint64_t footer;   /* rows of a report's footer that were passed over */
	bool tier_dropped; /* the tier column held no tiers and was left */
	/* from here on for intake.c and import_result.c alone */
	struct convert how[RECORD_FIELDS_MAX];
	struct cell constant[RECORD_FIELDS_MAX];
	uint8_t fed[RECORD_FIELDS_MAX];     /* fields with a column */
	uint16_t column[RECORD_FIELDS_MAX]; /* of each of those, from 0 */
	int fed_count;
	int flag_column; /* -1: none */
	/* Of a file of rejected rows its column "message", the last but one; -1: the file
	 * is none. */
	int message_column;
	bool marked; /* a guarded export of ours: every row counts, every byte too */
	bool after_blank, tier_seen;
	struct err bad; /* of the CSV reader; here, so that no row has to clear it */
	size_t no_footer_before; /* offset in text up to which no footer begins */
	struct arena arena;
};

/* Reads as far as the header row and settles which column feeds which field. Failures
 * don't name the file. intake_close it in any case. */
enum status intake_open(
	struct intake *in, const struct import_request *request, struct err *e) MUST_USE;
void intake_close(struct intake *in);

/* ST_INVALID when a required field has neither column nor constant: names it, lists the
 * headers found and says what to do. */
enum status intake_complete(const struct intake *in, const struct import_words *words,
	struct err *e) MUST_USE;
/* Those fields, ", " between, with the headers the mapping wants for them; false when
 * there are none. */
bool intake_missing(const struct intake *in, char *out, size_t size);

/* Number of the column that feeds the field, from 1; 0: none. */
uint32_t intake_column(const struct intake *in, int field);
/* Says of a fault which field it is of, and its column. */
void intake_blame(const struct intake *in, int field, struct intake_fault *fault);

/* When all rows were read: ST_INVALID when amounts of one column had signs of different
 * currencies, and no column says which currency a row is in. */
enum status intake_one_currency(const struct intake *in, struct err *e) MUST_USE;

/* Whether the row that the reader stands on was rejected before, and still says why. */
bool intake_was_rejected(const struct intake *in);

/* The next row that is not blank. Only a failure of the file as a whole is no ST_OK. */
enum status intake_next(struct intake *in, enum intake_row *row,
	struct intake_fault *fault, struct err *e) MUST_USE;

#endif
