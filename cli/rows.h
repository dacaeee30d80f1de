/* An account's figures as JSON, as `list` and `show` write them. */
#ifndef CLI_ROWS_H
#define CLI_ROWS_H

#include "core/book.h"
#include "core/json.h"

/* Key and value of a field. */
void rows_json_field(struct json *j, const struct list_row *r, enum list_field f);

#endif
