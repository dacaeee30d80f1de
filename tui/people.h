/* People: the CSMs of the book and the pool, with what they look after. */
#ifndef TUI_PEOPLE_H
#define TUI_PEOPLE_H

#include "core/book_capacity.h"

enum { EVERYBODY = -1 };

struct person {
	struct text name; /* borrowed from the people, as all texts; "the pool" */
	struct text role, team;
	int32_t csm;       /* as in struct book_figures; 0: the pool; or EVERYBODY */
	bool all;          /* all of the team, of whom csm is one: "team North" */
	uint32_t accounts; /* active ones */
	int64_t arr;       /* of these */
	struct capacity_row row; /* how full they are, as Capacity has it; of a CSM */
};

struct people {
	struct arena arena;    /* owns the names */
	struct person *person; /* owned; the pool first, the rest by name */
	uint32_t n;
	int32_t today; /* by which they are read */
};

void people_init(struct people *p);
void people_clear(struct people *p);
/* Everybody, anew; names: without what they look after. */
enum status people_names(struct people *p, struct book *b, struct err *e) MUST_USE;
enum status people_load(struct people *p, struct book *b, struct err *e) MUST_USE;
/* Adds the teams, each with what its people look after together. */
enum status people_teams(struct people *p, struct err *e) MUST_USE;
/* Adds, last, everybody with what they and the pool have. */
void people_everybody(struct people *p);
/* The CSM of that name (case folded); NULL: none. */
const struct person *people_find(const struct people *p, struct text name);
/* Somebody of that team; NULL: there is none. */
const struct person *people_in(const struct people *p, struct text team);

#endif
