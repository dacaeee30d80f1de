/*
 * The contract of core/store.h as tests, which every implementation has to pass.
 */
#ifndef TESTS_SUPPORT_CONTRACT_H
#define TESTS_SUPPORT_CONTRACT_H

#include "core/store.h"

/* Gives a new and empty store, closed by the contract; fails the test when it can't. */
typedef struct store *(*contract_make)(void *arg);

/* Runs every test of the contract, each on a store of its own. Returns how many
 * failed. */
int contract_run(const char *name, contract_make make, void *arg);

/* Applies a sequence of random operations to two empty stores, some rolled back, and
 * fails the test where they answer or hold different things. Same seed, same
 * sequence. */
void contract_differential(
	struct store *a, struct store *b, uint64_t seed, int operations);
/* The same with batches of thousands of rows, which stores may treat otherwise. */
void contract_large_batches(
	struct store *a, struct store *b, uint64_t seed, int operations);

#endif
