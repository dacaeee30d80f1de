/*
 * Views that have a name: whose accounts, the filter, the order and the columns. Some
 * come with the program (views.def), the others are a person's own and are kept. The
 * last one in use is kept too, without a name and a filter.
 */
#ifndef TUI_VIEWS_H
#define TUI_VIEWS_H

#include "tui/columns.h"
#include "tui/view.h"

struct app;

enum { VIEW_NAME_MAX = 64 };

struct saved_view {
	char name[VIEW_NAME_MAX];
	const char *help; /* NULL: a person's own */
	enum whose whose; /* WHOSE_COUNT: whoever's it is */
	char owner[128];  /* of WHOSE_ONE and WHOSE_TEAM, as in struct view */
	bool inactive;
	struct list_sort sort;
	bool has_columns;
	char columns[COLUMNS_TEXT_MAX];
	char filter[INPUT_MAX + 1];
};

/* All of them, a person's own first; *out is to be freed. Returns how many. */
int views_list(struct app *a, struct saved_view **out);
/* Columns that are others than a person's own are lent: whatever is changed in them, the
 * own ones come back with views_leave. */
void views_use(struct app *a, const struct saved_view *v);
/* What becomes of lent ones, to who has changed them. */
void views_say_lent(struct app *a);
void views_leave(struct app *a);
void views_drop(struct app *a, struct text name);

/* As the console was left last time; and for the next time. */
void views_resume(struct app *a);
void views_remember(struct app *a);
/* And what the book shows of it, or the queue of the day, so that the next start has it
 * at once. */
void views_picture(struct app *a, bool queue);

/* Asks for a name and keeps what is shown under it. */
void views_ask(struct app *a);

#endif
