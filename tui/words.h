/*
 * Words: figures as people read them, the same on every screen and in every
 * explanation. Each writes into out and returns it.
 */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

#include "core/book.h"
#include "tui/canvas.h"

#define WORDS_MAX 96

/* "$ 248k"; missing: "--". */
char *words_money(const struct policy *p, int64_t cents, char out[MONEY_TEXT_MAX]);
/* A number with so many decimals; missing: "--". */
char *words_number(double v, int decimals, char out[NUMBER_TEXT_MAX]);
/* Days ahead "41d", past "-3d"; missing: "--". */
char *words_ahead(int32_t day, int32_t as_of, char out[WORDS_MAX]);
/* "today", "3 d ago", "in 12 d"; not dated: "". */
char *words_age(int32_t day, int32_t as_of, char out[WORDS_MAX]);
/* "A, B and 2 more": of n items so many by name, at least one. */
char *words_some(
	const struct text *item, uint32_t n, uint32_t named, char *out, size_t size);
/* "3 more above, 12 below": what of a list has no room; "": all of it has. */
char *words_rest(int above, int below, char out[WORDS_MAX]);
/* A cell of a record as text; missing: "". */
char *words_cell(const struct field *f, const struct cell *cell, char *out, size_t size);

enum role words_band_role(enum health_band band);
enum glyph words_band_glyph(enum health_band band);
const char *words_band(enum health_band band);
enum role words_tier_role(unsigned tier);

#endif
