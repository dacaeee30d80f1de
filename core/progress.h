/* Progress: how long work tells how far it is, and learns that it is to stop. */
#ifndef CORE_PROGRESS_H
#define CORE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	/* Called now and then, at least every 50 ms of work; false: stop, ST_CANCELLED.
	 * total 0: not known. */
	bool (*tell)(void *arg, const char *what, uint64_t done, uint64_t total);
	void *arg;
};

#endif
