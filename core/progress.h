/* Progress: how long work, and who waits for it, tells how far it is and learns that it
 * is to stop. */
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

/* Told while another program has the book: how long one waits for it by now, from the
 * first moment on and then every 50 ms; false: it is not waited for any longer. */
struct lock_wait {
	bool (*tell)(void *arg, int64_t milliseconds); /* NULL: nobody is told */
	void *arg;
};

#endif
