/*
 * A linear program in bounded variables by the dual simplex on a dense tableau (Lemke
 * 1954; bounds as by Wagner 1958, long steps over flipped bounds as by Maros 2003). For
 * branch and bound over some hundred rows: bounds may change between two solutions, and
 * the next one goes on from where the last one ended.
 *
 * Least is c.x, where x are the columns and each row is a sum of columns; columns and
 * rows have bounds alike. Variables are numbered columns first, then rows.
 */
#ifndef CORE_SIMPLEX_H
#define CORE_SIMPLEX_H

#include <stdbool.h>
#include <stdint.h>

struct simplex; /* opaque */

enum simplex_end {
	SIMPLEX_LEAST, /* solved */
	SIMPLEX_NONE,  /* nothing keeps to the bounds */
	SIMPLEX_ABOVE, /* the least is above the cutoff */
	SIMPLEX_STUCK  /* out of pivots: not known */
};

/* Everything 0, columns from 0 to 1, rows free. Returns owned, NULL without memory. */
struct simplex *simplex_new(uint32_t columns, uint32_t rows);
void simplex_free(struct simplex **s);

void simplex_cost(struct simplex *s, uint32_t column, double cost);
void simplex_put(struct simplex *s, uint32_t row, uint32_t column, double is);
/* After the last cost and number. false: without memory. */
bool simplex_begin(struct simplex *s);

/* Columns need both bounds finite, rows one of them at least or none. */
void simplex_bound(struct simplex *s, uint32_t variable, double low, double high);
double simplex_low(const struct simplex *s, uint32_t variable);
double simplex_high(const struct simplex *s, uint32_t variable);

/* cutoff: ends as soon as it is known that nothing below it is left. In at most so many
 * pivots; also stuck, there is a least. */
enum simplex_end simplex_solve(struct simplex *s, double cutoff, uint32_t pivots);

/* No x within the bounds costs less: by the prices of the rows in the numbers as given,
 * so that it does not depend on how exact the tableau is. */
double simplex_least(const struct simplex *s);
double simplex_value(const struct simplex *s, uint32_t variable);

/* Effort so far: cells of the tableau that were worked through. */
uint64_t simplex_effort(const struct simplex *s);

#endif
