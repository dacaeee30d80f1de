/* The one source of time. Everything that needs "today" is handed a clock. */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdint.h>

struct clock {
	int32_t today; /* the as-of day: --as-of, else the local calendar day */
	int64_t (*now)(const struct clock *c); /* UTC seconds, for histories */
	int64_t fixed;                         /* used by clock_fixed */
	int32_t east; /* seconds that clocks here are ahead of UTC, for people */
};

#endif
