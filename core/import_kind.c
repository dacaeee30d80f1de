/* Which kind of rows a file has, as its headers say. */
#include "core/import.h"

/* Points of a column that is taken, of nothing missing or something, and what another
 * kind must have more than accounts. */
enum { HEAD_BYTES = 65536, TAKEN = 4, COMPLETE = 6, INCOMPLETE = -2, DOUBT = 2 };

/* How well the headers fit: columns taken, and nothing required missing. */
static int fit(enum record_kind kind, const char *bytes, size_t size)
{
	struct import_request q = { .kind = kind,
		.bytes = bytes,
		.size = size < HEAD_BYTES ? size : HEAD_BYTES,
		.name = "" };
	struct import_preview p;
	int points = 0;

	if (import_preview(&q, &p, NULL) == ST_OK) {
		for (uint32_t i = 0; i < p.column_count; i++)
			points += p.columns[i].field >= 0;
		if (points)
			points = TAKEN * points + (p.missing ? INCOMPLETE : COMPLETE);
	}
	import_preview_clear(&p);
	return points;
}

enum record_kind import_kind_guess(const char *bytes, size_t size)
{
	enum record_kind best = REC_ACCOUNT;
	int points = fit(best, bytes, size) + DOUBT;

	for (int k = REC_ACCOUNT + 1; k < (int)REC_IMPORTABLE; k++) {
		const int here = fit((enum record_kind)k, bytes, size);

		if (here > points) {
			points = here;
			best = (enum record_kind)k;
		}
	}
	return best;
}
