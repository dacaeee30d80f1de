#include "tui/moment.h"

#include <stdio.h>

static int32_t day_of(int64_t at)
{
	return (int32_t)((at - (at % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS) /
			 DAY_SECONDS);
}

char *moment_words(const struct book *b, int64_t at, char out[MOMENT_MAX])
{
	int64_t here = at + book_east(b), now = book_now(b) + book_east(b);
	int minute = (int)((here % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS / 60);
	char day[DAY_TEXT_MAX] = "";

	out[0] = '\0';
	if (at == 0)
		return out;
	if (day_of(here) != day_of(now))
		day_format(day_of(here), day);
	snprintf(out, MOMENT_MAX, "%s%s%02d:%02d", day, day[0] ? " " : "", minute / 60,
		minute % 60);
	return out;
}
