/* Recent: the books opened last, kept from run to run. */
#ifndef TUI_RECENT_H
#define TUI_RECENT_H

struct app;

enum { RECENT_MAX = 6 };
/* Where the newest one stands among what is kept. */
#define RECENT_SECTION "recent"
#define RECENT_LAST "book1"

/* A relative path is not remembered: it leads elsewhere tomorrow. */
void recent_add(struct app *a, const char *path);
/* The i-th, newest first; NULL past the last. Borrowed until one is added. */
const char *recent_at(const struct app *a, int i);

#endif
