/* Marks: the accounts a person has picked out, by id. They outlive filters. */
#ifndef TUI_MARKS_H
#define TUI_MARKS_H

#include "core/book.h"

struct marks {
	uint8_t *on; /* owned; by id - 1 */
	uint32_t size;
	uint32_t n;       /* how many are marked */
	uint64_t changes; /* another number whenever something was marked or taken off */
};

void marks_clear(struct marks *m);
bool marks_has(const struct marks *m, uint32_t id);
void marks_set(struct marks *m, uint32_t id, bool on);
/* Marks the whole list, or, when all of it is marked already, nothing at all. */
void marks_toggle_all(struct marks *m, const struct list *l);
/* Those that the list does not show. */
uint32_t marks_hidden(const struct marks *m, const struct list *l);
/* Takes the marks off; they are kept in `before` in the place of older ones. */
void marks_use(struct marks *m, struct marks *before);
/* Sets those of `before` too. */
void marks_again(struct marks *m, const struct marks *before);
/* Takes off those that are no longer in the book, of both. */
void marks_drop_gone(struct marks *m, struct marks *before, struct book *b);
/* Their ARR; MONEY_NONE when it can't be had. */
int64_t marks_arr(const struct marks *m, struct book *b);

#endif
