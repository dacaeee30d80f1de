#include "core/base_pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"

/* Every column begins with its form. The last value of a narrow form is "missing". */
enum form {
	SAME,  /* one value for all */
	BIT,   /* 0 or 1, of flags: eight in a byte */
	BYTE,  /* whole, 0..254; of days: before the day */
	SHORT, /* whole, 0..65534; of days: from 32767 before to 32767 after */
	STEPS, /* decimals of at most four places, -3.2767..3.2767, as rates are */
	FLOAT, /* numbers that are floats */
	WIDE,  /* as they are */
};

enum { BYTE_NONE = UINT8_MAX, SHORT_NONE = UINT16_MAX, AHEAD = 32767 };
#define STEPS_IN_1 1e4

/* ---- the columns ---------------------------------------------------------------- */

enum { NUMBERS = 10 + SIG_KNOWN, DAYS = 6 + SIG_KNOWN, FLAGS = 3 };

struct columns {
	double *number[NUMBERS];
	int32_t *day[DAYS];
	uint8_t *flag[FLAGS];
};

static struct columns columns_of(const struct base *b)
{
	struct columns c = { { b->growth, b->complexity, b->maturity, b->stakeholders,
				     b->seats_purchased, b->features_available,
				     b->tickets, b->tickets_now, b->tickets_before,
				     b->stakeholder },
		{ b->renewal, b->onboarding, b->first_value, b->tickets_day,
			b->last_touch, b->left },
		{ b->active, b->flags, b->left_sponsor } };

	for (int k = 0; k < SIG_KNOWN; k++) {
		c.number[10 + k] = b->signal[k];
		c.day[6 + k] = b->day[k];
	}
	return c;
}

/* ---- packing -------------------------------------------------------------------- */

static void put(uint8_t **to, const void *from, size_t n)
{
	memcpy(*to, from, n);
	*to += n;
}

static bool same_bits(double a, double b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

static bool is_whole(double v, double most)
{
	return isnan(v) || (v >= 0 && v <= most && v == floor(v) && !signbit(v));
}

static double in_steps(double v)
{
	return number_round(v * STEPS_IN_1) + 0.0; /* no -0 */
}

static bool is_decimal(double v)
{
	return isnan(v) ||
	       (fabs(in_steps(v)) <= AHEAD && same_bits(in_steps(v) / STEPS_IN_1, v));
}

static enum form form_of_numbers(const double *v, uint32_t n)
{
	bool same = true, byte = true, brief = true, decimal = true, single = true;

	for (uint32_t i = 0; i < n; i++) {
		same &= same_bits(v[i], v[0]);
		byte &= is_whole(v[i], BYTE_NONE - 1);
		brief &= is_whole(v[i], SHORT_NONE - 1);
		decimal &= is_decimal(v[i]);
		single &=
			isnan(v[i]) || (fabs(v[i]) < 1e30 && (double)(float)v[i] == v[i]);
	}
	return same      ? SAME
	       : byte    ? BYTE
	       : brief   ? SHORT
	       : decimal ? STEPS
	       : single  ? FLOAT
			 : WIDE;
}

static void put_numbers(uint8_t **to, const double *v, uint32_t n)
{
	const enum form form = form_of_numbers(v, n);

	*(*to)++ = (uint8_t)form;
	if (form == SAME || form == WIDE) {
		put(to, v, (form == SAME ? n > 0 : n) * sizeof(*v));
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		const double whole = form == STEPS ? in_steps(v[i]) + AHEAD : v[i];
		const uint16_t brief = isnan(v[i]) ? SHORT_NONE : (uint16_t)whole;
		const float single = (float)v[i];

		if (form == BYTE)
			*(*to)++ = isnan(v[i]) ? BYTE_NONE : (uint8_t)v[i];
		else if (form == SHORT || form == STEPS)
			put(to, &brief, sizeof(brief));
		else
			put(to, &single, sizeof(single));
	}
}

static enum form form_of_days(const int32_t *v, uint32_t n, int32_t as_of)
{
	bool same = true, byte = true, brief = true;

	for (uint32_t i = 0; i < n; i++) {
		const int64_t ahead = (int64_t)v[i] - as_of;

		same &= v[i] == v[0];
		byte &= v[i] == DAY_NONE || (ahead <= 0 && ahead > -BYTE_NONE);
		brief &= v[i] == DAY_NONE || (ahead >= -AHEAD && ahead < AHEAD);
	}
	return same ? SAME : byte ? BYTE : brief ? SHORT : WIDE;
}

static void put_days(uint8_t **to, const int32_t *v, uint32_t n, int32_t as_of)
{
	const enum form form = form_of_days(v, n, as_of);

	*(*to)++ = (uint8_t)form;
	if (form == SAME || form == WIDE) {
		put(to, v, (form == SAME ? n > 0 : n) * sizeof(*v));
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		const uint16_t brief =
			v[i] == DAY_NONE ? SHORT_NONE : (uint16_t)(v[i] - as_of + AHEAD);

		if (form == BYTE)
			*(*to)++ = v[i] == DAY_NONE ? BYTE_NONE : (uint8_t)(as_of - v[i]);
		else
			put(to, &brief, sizeof(brief));
	}
}

static void put_flags(uint8_t **to, const uint8_t *v, uint32_t n)
{
	bool same = true, bit = true;

	for (uint32_t i = 0; i < n; i++) {
		same &= v[i] == v[0];
		bit &= v[i] <= 1;
	}
	*(*to)++ = same ? SAME : bit ? BIT : BYTE;
	if (same || !bit) {
		put(to, v, same ? n > 0 : n);
		return;
	}
	for (uint32_t i = 0; i < n; i += 8) {
		uint8_t bits = 0;

		for (uint32_t k = 0; k < 8 && i + k < n; k++)
			bits |= (uint8_t)(v[i + k] << k);
		*(*to)++ = bits;
	}
}

static size_t room_for(uint32_t n)
{
	return (size_t)NUMBERS * (1 + n * sizeof(double)) +
	       (size_t)DAYS * (1 + n * sizeof(int32_t)) + (size_t)FLAGS * (1 + n) +
	       sizeof(double);
}

enum status base_pack(const struct base *b, struct base_pack *out, struct err *e)
{
	const struct columns c = columns_of(b);
	uint8_t *bytes = malloc(room_for(b->n)), *at = bytes, *fit;

	*out = (struct base_pack){ b->first_id, b->n, 0, b->as_of, b->spike_days, NULL };
	if (!bytes)
		return err_set(e, ST_NOMEM, "not enough memory to hold the base");
	for (int k = 0; k < NUMBERS; k++)
		put_numbers(&at, c.number[k], b->n);
	for (int k = 0; k < DAYS; k++)
		put_days(&at, c.day[k], b->n, b->as_of);
	for (int k = 0; k < FLAGS; k++)
		put_flags(&at, c.flag[k], b->n);
	out->size = (uint32_t)(at - bytes);
	fit = realloc(bytes, out->size ? out->size : 1);
	out->bytes = fit ? fit : bytes;
	return ST_OK;
}

/* ---- unpacking ------------------------------------------------------------------ */

static void get(const uint8_t **from, void *to, size_t n)
{
	memcpy(to, *from, n);
	*from += n;
}

/* What is missing comes as it likes: looked up, it costs no more than what is there. */
static void get_numbers(const uint8_t **from, double *v, uint32_t n)
{
	const enum form form = (enum form) * (*from)++;
	const uint8_t *at = *from;
	double of[UINT8_MAX + 1] = { 0, NAN }, one;

	switch (form) {
	case SAME:
		memcpy(&one, at, n ? sizeof(one) : 0);
		for (uint32_t i = 0; i < n; i++)
			v[i] = one;
		*from += n ? sizeof(one) : 0;
		break;
	case BYTE:
		for (int k = 0; k <= UINT8_MAX; k++)
			of[k] = k == BYTE_NONE ? (double)NAN : k;
		for (uint32_t i = 0; i < n; i++)
			v[i] = of[at[i]];
		*from += n;
		break;
	case SHORT:
		for (uint32_t i = 0; i < n; i++) {
			uint16_t x;

			memcpy(&x, at + i * sizeof(x), sizeof(x));
			of[0] = x;
			v[i] = of[x == SHORT_NONE];
		}
		*from += n * sizeof(uint16_t);
		break;
	case STEPS:
		for (uint32_t i = 0; i < n; i++) {
			uint16_t x;

			memcpy(&x, at + i * sizeof(x), sizeof(x));
			of[0] = (x - AHEAD) / STEPS_IN_1;
			v[i] = of[x == SHORT_NONE];
		}
		*from += n * sizeof(uint16_t);
		break;
	case FLOAT:
		for (uint32_t i = 0; i < n; i++) {
			float x;

			memcpy(&x, at + i * sizeof(x), sizeof(x));
			v[i] = x;
		}
		*from += n * sizeof(float);
		break;
	case BIT:
	case WIDE:
		get(from, v, n * sizeof(*v));
		break;
	}
}

static void get_days(const uint8_t **from, int32_t *v, uint32_t n, int32_t as_of)
{
	const enum form form = (enum form) * (*from)++;
	const uint8_t *at = *from;
	int32_t one;

	switch (form) {
	case SAME:
		memcpy(&one, at, n ? sizeof(one) : 0);
		for (uint32_t i = 0; i < n; i++)
			v[i] = one;
		*from += n ? sizeof(one) : 0;
		break;
	case BYTE:
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			v[i] = at[i] == BYTE_NONE ? DAY_NONE : as_of - at[i];
		*from += n;
		break;
	case SHORT:
#pragma omp simd
		for (uint32_t i = 0; i < n; i++) {
			uint16_t x;

			memcpy(&x, at + i * sizeof(x), sizeof(x));
			v[i] = x == SHORT_NONE ? DAY_NONE : as_of + x - AHEAD;
		}
		*from += n * sizeof(uint16_t);
		break;
	case BIT:
	case STEPS:
	case FLOAT:
	case WIDE:
		get(from, v, n * sizeof(*v));
		break;
	}
}

static void get_flags(const uint8_t **from, uint8_t *v, uint32_t n)
{
	const enum form form = (enum form) * (*from)++;
	const uint8_t *at = *from;

	if (form == SAME) {
		memset(v, n ? *at : 0, n);
		*from += n > 0;
	} else if (form == BIT) {
		for (uint32_t i = 0; i < n; i++)
			v[i] = at[i / 8] >> i % 8 & 1;
		*from += (n + 7) / 8;
	} else {
		get(from, v, n);
	}
}

void base_unpack(const struct base_pack *p, struct base *out)
{
	const struct columns c = columns_of(out);
	const uint8_t *at = p->bytes;

	out->first_id = p->first_id;
	out->n = p->n;
	out->as_of = p->as_of;
	out->spike_days = p->spike_days;
	for (int k = 0; k < NUMBERS; k++)
		get_numbers(&at, c.number[k], p->n);
	for (int k = 0; k < DAYS; k++)
		get_days(&at, c.day[k], p->n, p->as_of);
	for (int k = 0; k < FLAGS; k++)
		get_flags(&at, c.flag[k], p->n);
}

void base_pack_clear(struct base_pack *p)
{
	free(p->bytes);
	p->bytes = NULL;
}
