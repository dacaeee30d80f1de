/*
 * An account changes owners, by hand or by a rebalance: what runs on it goes along, and
 * the new owner begins with the hand-over play. Inside an operation that is under way.
 */
#ifndef CORE_OWNER_CHANGE_H
#define CORE_OWNER_CHANGE_H

#include "core/change_work.h"

/* The account is nobody's (0) or a CSM's, and another one's from now on; what the former
 * owner had claimed of it goes along. ST_STALE: it is with somebody else by now. */
enum status owner_change(struct work *w, uint32_t account, uint32_t from, uint32_t to,
	struct err *e) MUST_USE;
/* A task is the owner's of the account unless somebody claimed it: what the CSM had
 * claimed of the account (0: of all) is the owner's from now on. */
enum status owner_carry_tasks(
	struct work *w, uint32_t account, uint32_t from, struct err *e) MUST_USE;
/* How many open tasks the CSM has claimed. */
enum status owner_claimed(
	struct store *s, uint32_t csm, uint32_t *n, struct err *e) MUST_USE;

/* A hand-over task on each of the accounts (they are sorted by id, so that neighbours are
 * read in one go) where none runs yet; no customer gets mail of it. *tasks: how many were
 * made, none where no play is named hand-over. */
enum status owner_hand_over(struct work *w, uint32_t *id, uint32_t n, const char *reason,
	uint32_t *tasks, struct err *e) MUST_USE;

#endif
