/* What belongs to one account, as tables: its contacts, surveys, touches and so on. */
#ifndef CLI_SHOW_ROWS_H
#define CLI_SHOW_ROWS_H

#include "core/book.h"

/* Whether rows of the kind are shown as they are, and by nothing else. */
bool show_is_child(const struct account_view *v, int kind);
enum status show_children(const struct account_view *v, struct err *e) MUST_USE;

#endif
