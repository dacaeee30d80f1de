/* The tests of the contract, by file; contract.c lists them. For contract*.c alone. */
#ifndef TESTS_SUPPORT_CONTRACT_TESTS_H
#define TESTS_SUPPORT_CONTRACT_TESTS_H

#include "core/store.h"

#define CONTRACT_ROWS(X)         \
	X(all_kinds_in_and_out)  \
	X(least_rows)            \
	X(apart_fields)          \
	X(order_of_rows)         \
	X(rows_of_one_account)   \
	X(callback_ends_reading) \
	X(rows_of_accounts)      \
	X(accounts_by_id)

#define CONTRACT_BATCH(X)       \
	X(counts_of_a_batch)    \
	X(modes)                \
	X(unmapped_fields_stay) \
	X(repeats_in_a_batch)   \
	X(key_that_fits_two)    \
	X(children_move)        \
	X(nth_of_equal_rows)    \
	X(refused_rows)

#define CONTRACT_WORK(X) \
	X(unended_rows)  \
	X(unended_names) \
	X(work_of_parts)

#define CONTRACT_NAMES(X) \
	X(dense_ids)      \
	X(names)          \
	X(keys_of_ids)    \
	X(any_text)       \
	X(long_text)

#define CONTRACT_SIGNALS(X)         \
	X(signals_out_of_order)     \
	X(signals_of_a_kind)        \
	X(signals_in_many_batches)  \
	X(signal_modes)             \
	X(signal_repeats)           \
	X(signal_repeat_that_fails) \
	X(signal_values)            \
	X(signals_newest)           \
	X(signals_of_many_accounts)

#define CONTRACT_PARTS(X)          \
	X(empty_part)              \
	X(part_of_accounts)        \
	X(part_of_missing_figures) \
	X(part_as_of)              \
	X(part_after_updates)      \
	X(part_boundary)           \
	X(part_inside_transaction) \
	X(newest_login)            \
	X(currency_numbers)

#define CONTRACT_PART_ROWS(X) \
	X(part_of_tickets)    \
	X(part_of_surveys)    \
	X(part_of_touches)    \
	X(part_of_contacts)   \
	X(part_of_contracts)  \
	X(part_of_movements)

#define CONTRACT_SNAPSHOTS(X)         \
	X(snapshot_round_trip)        \
	X(snapshot_rounding)          \
	X(snapshot_replaced)          \
	X(snapshot_of_a_smaller_book) \
	X(snapshot_newest)            \
	X(snapshot_histories)         \
	X(snapshot_briefly)           \
	X(snapshot_healths)           \
	X(snapshot_sums)              \
	X(tickets_of_days)

#define CONTRACT_TIERS(X)      \
	X(no_tiers_yet)        \
	X(tiers_round_trip)    \
	X(tiers_replace)       \
	X(locks_show_in_tiers) \
	X(caps)                \
	X(cap_of_a_small_base) \
	X(over_cap_may_shrink) \
	X(swap_at_the_cap)     \
	X(reviews_and_moves)   \
	X(review_days)         \
	X(policy_versions)     \
	X(policy_sets_caps)

#define CONTRACT_HISTORY(X)   \
	X(row_read)           \
	X(row_write)          \
	X(row_add_and_remove) \
	X(row_in_parts)       \
	X(history_operations) \
	X(history_changes)    \
	X(history_field)      \
	X(history_rolls_back)

#define CONTRACT_OPERATIONS(X) \
	X(operation_kinds)     \
	X(operation_tiers)     \
	X(tiers_recount)       \
	X(batch_tells)         \
	X(batch_asks)          \
	X(accounts_come_back)  \
	X(copies)              \
	X(deliveries)

#define CONTRACT_BOOK(X)           \
	X(book_info)               \
	X(rollback_restores)       \
	X(rollback_inside_batch)   \
	X(rollback_takes_names)    \
	X(commit_keeps)            \
	X(own_commits_are_no_news) \
	X(alerts_of_all_time)      \
	X(verify_is_content)

#define CONTRACT_ALL(X)        \
	CONTRACT_ROWS(X)       \
	CONTRACT_BATCH(X)      \
	CONTRACT_WORK(X)       \
	CONTRACT_NAMES(X)      \
	CONTRACT_SIGNALS(X)    \
	CONTRACT_PARTS(X)      \
	CONTRACT_PART_ROWS(X)  \
	CONTRACT_SNAPSHOTS(X)  \
	CONTRACT_TIERS(X)      \
	CONTRACT_HISTORY(X)    \
	CONTRACT_OPERATIONS(X) \
	CONTRACT_BOOK(X)

#define CONTRACT_DECLARE(test) void contract_##test(void **state);
CONTRACT_ALL(CONTRACT_DECLARE)
#undef CONTRACT_DECLARE

/* What several of them read parts with; contract_parts.c has them. */
struct part contract_part_new(void);
void contract_load(struct store *s, uint32_t part, int32_t as_of, struct part *p);
void contract_currency_is(struct store *s, currency_id id, const char *code);

#endif
