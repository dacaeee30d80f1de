/* What the files of an account's timeline share; nobody else includes it. */
#ifndef TUI_ACCOUNT_TIMELINE_H
#define TUI_ACCOUNT_TIMELINE_H

#include "tui/account_page.h"

struct happening {
	int32_t day;
	uint32_t order; /* of those on one day */
	enum account_events of;
	bool said; /* by a person, in words */
	enum role role;
	struct text word, text, follow;
	enum record_kind kind; /* REC_COUNT: no row of its own */
	int64_t row;
};

struct gathering {
	struct arena *arena;
	struct app *a;
	const struct account_view *v;
	struct happening *event; /* owned */
	uint32_t n, room;
};

/* Something that happened. Borrowed until the next. */
struct happening *account_timeline_add(struct gathering *g, enum account_events of,
	int32_t day, enum role role, struct text word, struct text t);
/* A text in the arena. */
struct text account_timeline_print(struct gathering *g, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Alerts, steps of plays and messages. */
void account_timeline_work(struct gathering *g);

#endif
