/*
 * Covering: of a book that holds too much, which accounts go, at the least cost. A
 * knapsack with two demands, units of room by accounts and a weight (ARR), by dynamic
 * programming over both after Lagrangian multipliers of the demands have left only the
 * items that can matter (Martello, Toth 1990, chapter 2).
 */
#ifndef CORE_REBALANCE_COVER_H
#define CORE_REBALANCE_COVER_H

#include <stdbool.h>
#include <stdint.h>

struct cover_item {
	double cost; /* of its going; below 0: it had better go anyway */
	double weight;
	uint32_t units;
	uint32_t tag; /* the caller's */
	bool goes;    /* set by cover_least */
};

struct cover {
	struct cover_item *item; /* n of them, room for as many as cover_new was told */
	uint32_t n;
	uint32_t units; /* what those that go must add up to, at least */
	double weight;
	uint32_t cells; /* of the table to be used, up to COVER_CELLS: the more, the finer
			 */
	struct cover_work *work;
};

/* Units times steps of the weight. */
enum { COVER_CELLS = 1 << 18, COVER_CELLS_LEAST = 1 << 10 };

/* For up to `items` items. Returns owned, NULL without memory. */
struct cover *cover_new(uint32_t items);
void cover_free(struct cover **c);

/* Less than this no set costs that meets both demands; INFINITY: not even all do. Sets
 * who goes: a set that costs as much, whose weight may be short by as many steps of the
 * table as it has items. */
double cover_bound(struct cover *c);

/* Sets who goes: a set that does meet both demands, by as little more than the bound as
 * the table is fine. Returns what it costs; INFINITY: none was found. */
double cover_find(struct cover *c);

#endif
