#include "tui/moment.h"

#include <stdio.h>
#include <time.h>

char *moment_words(int64_t at, int64_t now, char out[MOMENT_MAX])
{
	time_t then = (time_t)at, here = (time_t)now;
	struct tm x, y;

	out[0] = '\0';
	out[0] = '\0';
	if (at == 0 || !localtime_r(&then, &x) || !localtime_r(&here, &y))
		return out;
	if (x.tm_year == y.tm_year && x.tm_yday == y.tm_yday)
		snprintf(out, MOMENT_MAX, "%02d:%02d", x.tm_hour, x.tm_min);
	else
		snprintf(out, MOMENT_MAX, "%04d-%02d-%02d %02d:%02d",
			(x.tm_year + 1900) % 10000, x.tm_mon + 1, x.tm_mday, x.tm_hour,
			x.tm_min);
	return out;
}
