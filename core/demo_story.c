#include "core/demo_story.h"

#define DAYS_A_WEEK 7

#define FLAT                                                    \
	{                                                       \
		{ 0, 100 }, { 1, 100 }, { 2, 100 }, { 3, 100 }, \
		{                                               \
			4, 100                                  \
		}                                               \
	}

/* clang-format off */
static const struct demo_story stories[TALE_COUNT] = {
	/* share of sizes, level, turn, curve, seats,
	 * answer, tickets, touches, renewal, growth within a term */
	[TALE_STEADY] = { { 290, 305, 335 }, 730, 1000, 0, 0, FLAT, 68, 92,
		0, 100, 100, 0, 5, 60, 5, 12 },
	[TALE_MIDDLING] = { { 105, 135, 130 }, 480, 680, 0, 0, FLAT, 55, 75,
		-1, 130, 110, -3, 2, 0, 0, 0 },
	[TALE_GROWING] = { { 120, 130, 110 }, 860, 1000, 240, 420,
		{ { 0, 60 }, { 12, 72 }, { 26, 88 }, { 40, 97 }, { 52, 104 } }, 74, 92,
		0, 90, 90, 2, 8, 450, 8, 20 },
	[TALE_CHAMPION_LEFT] = { { 145, 95, 65 }, 850, 980, 12, 150,
		{ { 0, 100 }, { 2, 84 }, { 5, 56 }, { 10, 36 }, { 22, 25 } }, 70, 90,
		-1, 90, 120, -18, -4, 0, 0, 0 },
	[TALE_TICKET_BURST] = { { 90, 70, 40 }, 850, 980, 8, 260,
		{ { 0, 100 }, { 2, 76 }, { 6, 70 }, { 12, 92 }, { 16, 100 } }, 70, 92,
		-1, 110, 80, -4, 2, 0, 0, 0 },
	[TALE_FADING] = { { 110, 105, 145 }, 800, 960, 60, 220,
		{ { 0, 100 }, { 6, 82 }, { 12, 55 }, { 20, 30 }, { 30, 8 } }, 64, 86,
		0, 40, 200, -30, -10, 0, 0, 0 },
	[TALE_EXPANSION] = { { 120, 110, 70 }, 920, 1000, 0, 0, FLAT, 97, 103,
		1, 100, 100, 1, 6, 700, 12, 35 },
	[TALE_IDLE] = { { 20, 50, 60 }, 150, 290, 0, 0, FLAT, 60, 85,
		6, 40, 90, 0, 0, 0, 0, 0 },
	[TALE_OVERSERVED] = { { 0, 0, 45 }, 700, 900, 0, 0, FLAT, 60, 80,
		0, 220, 15, 0, 2, 0, 0, 0 },
	[TALE_GIANT] = { { 0, 0, 0 }, 820, 980, 0, 0, FLAT, 72, 92,
		0, 130, 70, 2, 6, 350, 5, 15 },
	[TALE_SEASONAL] = { { 0, 0, 0 }, 900, 1000, 0, 0, FLAT, 76, 96,
		0, 100, 100, 0, 5, 60, 5, 12 },
	[TALE_NEW] = { { 0, 0, 0 }, 650, 950, 0, 0, FLAT, 55, 80,
		0, 160, 45, 0, 0, 0, 0, 0 },
	[TALE_FAILED_START] = { { 0, 0, 0 }, 190, 330, 60, 160,
		{ { 0, 100 }, { 4, 90 }, { 8, 70 }, { 16, 45 }, { 24, 30 } }, 45, 70,
		-1, 130, 110, -25, -10, 0, 0, 0 },
};
/* clang-format on */

const struct demo_story *demo_story_of(enum demo_tale tale)
{
	return &stories[tale];
}

enum demo_tale demo_story_draw(struct dice *d, enum demo_size size)
{
	int left = dice_range(d, 0, 999);

	for (int tale = 0; tale < TALE_CHOSEN; tale++) {
		left -= stories[tale].share[size];
		if (left < 0)
			return (enum demo_tale)tale;
	}
	return TALE_STEADY;
}

int demo_story_curve(enum demo_tale tale, int32_t days)
{
	const struct demo_story *s = &stories[tale];
	int k = 1;

	if (days <= s->curve[0].weeks * DAYS_A_WEEK)
		return s->curve[0].percent;
	while (k < STORY_POINTS && days >= s->curve[k].weeks * DAYS_A_WEEK)
		k++;
	if (k == STORY_POINTS)
		return s->curve[k - 1].percent;

	const int from = s->curve[k - 1].weeks * DAYS_A_WEEK;
	const int to = s->curve[k].weeks * DAYS_A_WEEK;
	const int rise = s->curve[k].percent - s->curve[k - 1].percent;

	return s->curve[k - 1].percent + rise * (days - from) / (to - from);
}
