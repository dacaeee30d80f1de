/*
 * Sheets: one CSM's book for a one-to-one with the lead; one account for a business
 * review with the customer, which says nothing of tiers, value, effort, alerts, risk,
 * notes or comments.
 */
#ifndef REPORT_SHEETS_H
#define REPORT_SHEETS_H

#include "core/book.h"
#include "report/doc.h"

enum status csm_sheet(
	struct book *b, uint32_t csm, struct doc *d, struct err *e) MUST_USE;
/* What an account paid and used over a year, and the reviews held in it; part of its
 * sheet. */
enum status account_return(struct book *b, uint32_t account, const struct account_view *v,
	struct doc *d, struct err *e) MUST_USE;
enum status account_sheet(
	struct book *b, uint32_t account, struct doc *d, struct err *e) MUST_USE;

#endif
