/*
 * Export: rows of the book as a canonical file, which import takes back without a
 * change.
 *
 * The guard: spreadsheets run cells that begin with = + - @ as formulas, so such
 * texts get a leading '. Files written with guards carry a marker that no header
 * name is needed for: the cells of the header are the canonical ones in canonical
 * order and the last of them alone stands in quotes ("tags"). Import takes one guard
 * off each text of such a file and takes the texts as they stand otherwise.
 */
#ifndef CORE_EXPORT_H
#define CORE_EXPORT_H

#include "core/csv.h"
#include "core/record.h"
#include "core/store.h"

struct export_options {
	const uint32_t *ids; /* only rows of these accounts, in this order; NULL: all */
	uint32_t count;
	bool raw; /* for programs: no guards, no marker */
};

/* Writes header and rows; csms have no account and ignore ids. Accounts come with
 * their tier. Reads one consistent state only when the caller's store does. */
enum status export_kind(struct store *s, enum record_kind kind,
	const struct export_options *options, out_sink sink, void *arg,
	struct err *e) MUST_USE;

#endif
