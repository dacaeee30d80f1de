#include "core/interval.h"

#include <math.h>

static const double z95 = 1.959963984540054; /* of 97.5 % */
static const double z80 = 0.841621233572914;

struct interval interval_wilson(uint64_t hits, uint64_t n)
{
	const double size = (double)n, p = (double)hits / size, z2 = z95 * z95;
	const double whole = 1 + z2 / size, centre = p + z2 / (2 * size);
	const double half = z95 * sqrt(p * (1 - p) / size + z2 / (4 * size * size));
	struct interval out = { NAN, NAN };

	if (n == 0)
		return out;
	/* Both ends are exact on paper, and a few last digits off here. */
	out.low = hits == 0 ? 0 : (centre - half) / whole;
	out.high = hits >= n ? 1 : (centre + half) / whole;
	return out;
}

struct interval_pair interval_compare(
	uint64_t hits_a, uint64_t n_a, uint64_t hits_b, uint64_t n_b)
{
	struct interval_pair out = { NAN, { NAN, NAN }, NAN, NAN, true };
	const struct interval a = interval_wilson(hits_a, n_a),
			      b = interval_wilson(hits_b, n_b);
	const double na = (double)n_a, nb = (double)n_b;
	const double pa = (double)hits_a / na, pb = (double)hits_b / nb;
	const double pool = ((double)hits_a + (double)hits_b) / (na + nb);
	const double rare = pool < 0.5 ? pool : 1 - pool;

	if (n_a == 0 || n_b == 0)
		return out;
	out.difference = pa - pb;
	out.range.low = out.difference - hypot(pa - a.low, b.high - pb);
	out.range.high = out.difference + hypot(a.high - pa, pb - b.low);
	out.small = rare * (na < nb ? na : nb) < 5;
	if (pool > 0 && pool < 1) {
		out.z = out.difference / sqrt(pool * (1 - pool) * (1 / na + 1 / nb));
		out.p = erfc(fabs(out.z) / sqrt(2));
	}
	return out;
}

uint64_t interval_group_size(double a, double b)
{
	const double mean = (a + b) / 2;
	const double way =
		z95 * sqrt(2 * mean * (1 - mean)) + z80 * sqrt(a * (1 - a) + b * (1 - b));
	const double n = way * way / ((a - b) * (a - b));

	if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1) || !(n < 1e15))
		return 0;
	return (uint64_t)ceil(n - 1e-9);
}

struct interval_nps interval_nps(uint64_t promoters, uint64_t detractors, uint64_t n)
{
	const double size = (double)n, p = (double)promoters / size,
		     d = (double)detractors / size;
	struct interval_nps out = { NAN, NAN };

	if (n == 0)
		return out;
	out.score = 100 * (p - d);
	out.margin = 100 * z95 * sqrt((p + d - (p - d) * (p - d)) / size);
	return out;
}
