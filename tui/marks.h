/* Marks: the accounts a person has picked out, by id. They outlive filters. */
#ifndef TUI_MARKS_H
#define TUI_MARKS_H

#include "core/book.h"

struct marks {
	uint8_t *on; /* owned; by id - 1 */
	uint32_t size;
	uint32_t n; /* how many are marked */
};

void marks_clear(struct marks *m);
bool marks_has(const struct marks *m, uint32_t id);
void marks_set(struct marks *m, uint32_t id, bool on);
/* Marks the whole list, or, when all of it is marked already, nothing at all. */
void marks_toggle_all(struct marks *m, const struct list *l);
/* Their ARR; MONEY_NONE when it can't be had. */
int64_t marks_arr(const struct marks *m, struct book *b);

#endif
