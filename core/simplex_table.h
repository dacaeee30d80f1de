/* The numbers of a linear program, and the tableau of one of its bases; what the files of
 * simplex.h share, nobody else includes it. */
#ifndef CORE_SIMPLEX_TABLE_H
#define CORE_SIMPLEX_TABLE_H

#include "core/simplex.h"

#define SIMPLEX_TINY 1e-9 /* a number this small is none */
#define SIMPLEX_NOWHERE UINT32_MAX

/* A column of the program, as it was given. */
struct entry {
	uint32_t row;
	double is;
};

struct candidate {
	uint32_t at;
	double ratio;
};

struct simplex {
	uint32_t columns, rows;
	double *cost, *given; /* [row * columns + column], until simplex_begin */
	struct entry *entry;  /* of column j: first[j] .. first[j + 1] - 1 */
	uint32_t *first;
	double *low, *high, *value; /* per variable */
	/* The tableau: a basic variable is the sum of its row times those that aren't. */
	double *table;     /* [row * columns + place] */
	double *reduced;   /* per place */
	uint32_t *basic;   /* per row: variable */
	uint32_t *outside; /* per place: variable */
	double *price;     /* per row of the program, of the last solution */
	struct candidate *candidate;
	uint32_t pivots, added_up; /* since the table was made; and when values were */
	bool is_added_up, fresh;   /* fresh: made anew in this solution */
	uint64_t effort;
	double least;
};

/* The variable of row p and the one at place q change sides. */
void simplex_table_pivot(struct simplex *s, uint32_t p, uint32_t q);
/* The same basis, from the numbers as given: what rounding made of it is gone. */
void simplex_table_renew(struct simplex *s);

#endif
