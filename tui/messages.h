/* Messages: what the console said, kept for whoever looked away. */
#ifndef TUI_MESSAGES_H
#define TUI_MESSAGES_H

#include <stdbool.h>
#include <stdint.h>

enum { MESSAGES_KEPT = 200 };

struct messages_line {
	char *text; /* owned */
	int64_t at; /* UTC seconds; 0: no clock yet */
	bool bad;
};

struct messages {
	struct messages_line ring[MESSAGES_KEPT];
	unsigned said; /* how many ever */
};

/* What is said over and over, as a book that can't be read any more at every look at it,
 * is one message, of the last time. */
void messages_add(struct messages *m, int64_t at, bool bad, const char *text);
void messages_clear(struct messages *m);
/* The newest is number 0; NULL: no more are kept. */
const struct messages_line *messages_get(const struct messages *m, unsigned number);

#endif
