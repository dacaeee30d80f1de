/*
 * Why rows of an import were rejected: those of one reason together, whatever lines they
 * stand on and whatever values they have. Without memory a reason is lost, never the
 * import.
 */
#ifndef CORE_IMPORT_REASONS_H
#define CORE_IMPORT_REASONS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/err.h"

#define IMPORT_REASONS_KEPT 40u
#define IMPORT_REASON_LINES 3u
#define IMPORT_REASON_MAX (ERR_TEXT_MAX + 80)

struct import_error {
	uint64_t line;       /* of the row in the file, from 1 */
	uint32_t column;     /* from 1; 0: the row as a whole */
	const char *field;   /* name of the field, or NULL */
	const char *message; /* without file and line */
};

struct import_reason {
	uint64_t rows;
	uint32_t column;
	const char *field;
	const char *text; /* the kind of the complaint */
	struct import_error first[IMPORT_REASON_LINES];
	uint32_t shown; /* of those */
};

struct import_reasons {
	struct import_reason *of; /* in the order they came up; of the arena */
	uint32_t n;
	uint64_t others; /* rows of reasons that came after so many */
};

/* The message of x is borrowed, as is the kind of its complaint. Rows that have other
 * faults besides are of the reason, too. */
void import_reasons_add(struct import_reasons *r, const struct import_error *x,
	const char *kind, struct arena *a);
/* "248 rows: arr: "..." is not an amount"; false: they are so few that their lines say
 * it all. */
bool import_reason_said(const struct import_reason *x, char out[IMPORT_REASON_MAX]);

#endif
