/*
 * Shorts: a whole number of every account, by id - 1, as a day or a CSM. In two bytes
 * each as long as all of them are within 32767 of one, which is half of what they else
 * take.
 */
#ifndef CORE_SHORTS_H
#define CORE_SHORTS_H

#include "core/day.h"
#include "core/err.h"

#define SHORTS_AROUND 32767      /* what is nearer to one fits */
#define SHORTS_DAYS 20000        /* near them: days from 1935 to 2114 */
#define SHORTS_IDS SHORTS_AROUND /* from 0 to 65534 */

struct shorts {
	uint32_t n;
	int32_t near;
	uint16_t *brief; /* owned; UINT16_MAX: DAY_NONE; NULL: they are in wide */
	int32_t *wide;   /* owned */
};

/* All the same, which fits. */
enum status shorts_init(
	struct shorts *s, uint32_t n, int32_t near, int32_t all, struct err *e) MUST_USE;
void shorts_clear(struct shorts *s);

static inline int32_t shorts_at(const struct shorts *s, uint32_t i)
{
	if (s->wide)
		return s->wide[i];
	return s->brief[i] == UINT16_MAX ? DAY_NONE
					 : s->near - SHORTS_AROUND + s->brief[i];
}

/* Sets n of them, and reads as many, from `first` on. */
enum status shorts_put(struct shorts *s, uint32_t first, const int32_t *from, uint32_t n,
	struct err *e) MUST_USE;
void shorts_get(const struct shorts *s, uint32_t first, uint32_t n, int32_t *to);

#endif
