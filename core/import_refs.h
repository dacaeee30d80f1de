/*
 * References of an import: the accounts, CSMs and signals that its rows name become ids.
 * Names of CSMs and signals that nobody has are added; a CSM stays with its row, and
 * only where it becomes the owner.
 */
#ifndef CORE_IMPORT_REFS_H
#define CORE_IMPORT_REFS_H

#include "core/import_added.h"
#include "core/import_history.h"
#include "core/import_names.h"
#include "core/intake.h"
#include "core/key_cache.h"

struct import_refs {
	struct store *store;
	const struct intake *in;
	const char *file; /* its name, for messages */
	struct import_history *history;
	struct import_result *result;
	bool owner_left; /* the row at hand names an owner whom it does not bring */
	/* from here on for import_refs.c alone */
	struct key_cache *keys;
	struct import_names names; /* of the CSMs */
	struct import_added added;
	uint32_t fresh; /* CSM that the row at hand adds, till it is taken; 0: none */
	struct text fresh_name;
};

/* The first members are set; clear it in any case. */
enum status import_refs_begin(struct import_refs *x, struct err *e) MUST_USE;
void import_refs_clear(struct import_refs *x);

/* Turns the references of a row into ids, those to CSMs or the others. false in *good: no
 * such account. */
enum status import_refs_resolve(struct import_refs *x, struct cell *row, bool csms,
	bool *good, struct intake_fault *fault, struct err *e) MUST_USE;
/* Fails the import as a whole: its rows are good one by one. */
enum status import_refs_check_team(
	const struct import_refs *x, uint32_t id, int field, struct err *e) MUST_USE;
/* The row is taken: its CSM is told in the history before it. */
enum status import_refs_keep(struct import_refs *x, struct err *e) MUST_USE;
/* The row is not: it makes no CSM. */
enum status import_refs_drop(struct import_refs *x, struct err *e) MUST_USE;
/* What is to be said when all rows were read. */
void import_refs_notes(const struct import_refs *x);

#endif
