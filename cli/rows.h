/* An account's figures as JSON, as `list` and `show` write them. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "core/book.h"
#include "core/json.h"

/* The key of a field in JSON and CSV. */
const char *rows_key(enum list_field f);
/* Key and value. */
void rows_json_field(struct json *j, const struct list_row *r, enum list_field f);

#endif
