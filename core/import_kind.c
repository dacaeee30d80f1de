/* Which kind of rows a file has, as its headers say. */
#include "core/import.h"

/* Points of a column that is taken; of nothing missing, of the id of accounts that have
 * names, or of something missing; and what another kind must have more than accounts, and
 * where there are none. */
enum { HEAD_BYTES = 65536, TAKEN = 4, COMPLETE = 6, NAMED = 2, INCOMPLETE = -2 };
enum { DOUBT = 2, FIRST = 8 };

static int points_of(enum record_kind kind, const struct import_preview *p)
{
	const struct field *fields = record_of(kind)->fields;
	int taken = 0, own = 0;
	bool named = false;

	for (uint32_t i = 0; i < p->column_count; i++) {
		const int field = p->columns[i].field;

		if (field < 0)
			continue;
		taken++;
		own += fields[field].type != FT_ACCOUNT;
		named |= kind == REC_ACCOUNT && field == F_NAME;
	}
	if (own == 0) /* whose rows they are says nothing of what they are */
		return 0;
	return TAKEN * taken + (!p->missing ? COMPLETE : named ? NAMED : INCOMPLETE);
}

/* How well the headers fit: columns taken, and nothing required missing. */
static int fit(enum record_kind kind, const char *bytes, size_t size)
{
	struct import_request q = { .kind = kind,
		.bytes = bytes,
		.size = size < HEAD_BYTES ? size : HEAD_BYTES,
		.name = "" };
	struct import_preview p;
	enum status st = import_preview(&q, &p, NULL);
	int points = 0;

	if (st == ST_INVALID) { /* nobody said yet how its letters are written */
		import_preview_clear(&p);
		q.encoding = "cp1252";
		st = import_preview(&q, &p, NULL);
	}
	if (st == ST_OK)
		points = points_of(kind, &p);
	import_preview_clear(&p);
	return points;
}

enum record_kind import_kind_guess(const char *bytes, size_t size, bool no_accounts)
{
	enum record_kind best = REC_ACCOUNT;
	int points = fit(best, bytes, size) + DOUBT + (no_accounts ? FIRST : 0);

	for (int k = REC_ACCOUNT + 1; k < (int)REC_IMPORTABLE; k++) {
		const int here = fit((enum record_kind)k, bytes, size);

		if (here > points) {
			points = here;
			best = (enum record_kind)k;
		}
	}
	return best;
}
