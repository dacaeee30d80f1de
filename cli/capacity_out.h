/* The books of CSMs as the JSON of `capacity` and `rebalance` has them. */
#ifndef CLI_CAPACITY_OUT_H
#define CLI_CAPACITY_OUT_H

#include "core/book_capacity.h"
#include "core/json.h"

void capacity_out_row(struct json *j, const struct capacity_row *r);

#endif
