/*
 * View: which accounts the screens show: whose, the filter, the order, and the list
 * that the book made of it. Book, Quadrant and Account look at the same one.
 */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "core/book.h"
#include "core/queue.h"
#include "tui/input.h"

enum whose { WHOSE_ALL, WHOSE_MINE, WHOSE_TEAM, WHOSE_POOL, WHOSE_ONE, WHOSE_COUNT };

struct view {
	enum whose whose;
	/* of WHOSE_ONE, as in struct book_figures; of WHOSE_TEAM somebody of the team */
	int32_t csm;
	char owner[128]; /* its name, or the team's */
	struct input filter;
	struct list_sort sort;
	struct list_sort before; /* by which it was sorted: decides where all is equal */
	bool inactive;           /* also churned and not yet started */
	/* what came of it; the last good list stays while the filter has an error */
	struct list *list; /* owned; NULL until the first load */
	bool stranger;     /* "mine" is empty since no CSM has the name of the actor */
	bool bad;
	struct filter_error where; /* in the filter's text, when bad */
	char problem[ERR_TEXT_MAX];
};

void view_init(struct view *v);
void view_clear(struct view *v);
/* Asks the book. A filter that makes no sense is not a failure: see bad. */
enum status view_load(struct view *v, struct book *b, struct err *e) MUST_USE;

/* The same from a first picture, which has the head of one list: false when it does not
 * have this one, and nothing was done. view_glance_queue: of the queue instead, at least
 * so many rows of it, which becomes the caller's; of the list only what it adds up to. */
bool view_glance(struct view *v, struct book *b);
bool view_glance_queue(
	struct view *v, struct book *b, uint32_t rows, struct queue **queue);
/* The picture for the next time, see book_picture_of; queue: of the queue instead. */
enum status view_picture(const struct view *v, struct book *b, bool queue,
	struct arena *a, struct text *out, struct err *e) MUST_USE;
/* What the queue of the day is asked for: it borrows the filter. */
enum status view_queue(const struct view *v, struct book *b, struct queue_query *out,
	struct err *e) MUST_USE;
/* Rows of the list that can be shown; less than it has while only its head is there. */
uint32_t view_known(const struct view *v);
bool view_whole(const struct view *v);

/* On to the next of everybody's, mine, those of the team that I am in, if I am, and the
 * pool's. */
enum status view_whose_next(struct view *v, struct book *b, struct err *e) MUST_USE;
void view_show_everybody(struct view *v);
/* The accounts of one CSM; csm 0: the pool. view_team: of a team with that CSM. */
void view_owner(struct view *v, int32_t csm, struct text name);
void view_team(struct view *v, int32_t csm, struct text team);
/* Adds a word to the filter in force; false: there is no room for it. */
bool view_narrow(struct view *v, struct text word);

/* Sorts by the field in its natural order, and where it is equal in the order so far;
 * where it is the first key already, this is reversed and the further keys stay. */
void view_sort(struct view *v, enum list_field field);
/* The field as a further key, or reverses the key it is; false: there are too many. */
bool view_sort_more(struct view *v, enum list_field field);
/* Which key the field is, from 1, and how it sorts; 0: none. */
int view_sort_rank(const struct view *v, enum list_field field, bool *descending);
/* The fields that sort or that the filter names, as bits: 1 << LIST_ARR ... */
uint32_t view_fields(const struct view *v, const struct book *b);
/* Whether nobody is left out, but who is not active. */
bool view_everybody(const struct view *v);
/* Who is meant, former customers too, by id - 1; NULL: everybody. Owned by the caller. */
enum status view_members(const struct view *v, struct book *b, uint8_t **in, uint32_t *n,
	struct err *e) MUST_USE;
/* Position of an account in the list; false: not in it. */
bool view_find(const struct view *v, uint32_t account, uint32_t *index);

#endif
