/* What belongs to one account, as tables: its contacts, surveys, touches and so on. */
#ifndef CLI_SHOW_ROWS_H
#define CLI_SHOW_ROWS_H

#include "core/book.h"

/* Whether rows of the kind are shown as they are, and by nothing else. */
bool show_is_child(const struct account_view *v, int kind);
/* Its name in JSON; NULL: it has no place in the row. */
#define SHOW_KEY_MAX 64
const char *show_key(const struct field *f, char out[SHOW_KEY_MAX]);
enum status show_children(const struct account_view *v, struct err *e) MUST_USE;

#endif
