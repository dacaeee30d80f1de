/* What the files of the audits share; nobody else includes it. */
#ifndef CORE_AUDIT_INTERNAL_H
#define CORE_AUDIT_INTERNAL_H

#include "core/audit.h"
#include "core/book_internal.h"
#include "core/causes.h"

/* What the alerts of the last half year say, read once for the checks about them. */
struct audit_alerts {
	bool read;
	uint32_t votes[ALERT_KINDS], useful[ALERT_KINDS];
	uint32_t closed, voted; /* closed by people; voted on, however they ended */
	uint32_t untouched[TIER_COUNT + 1]; /* accounts whose talk is late, by tier */
	uint32_t *untaken;                  /* owned */
	uint32_t untaken_n, untaken_room;
};

struct audit {
	struct book *b;
	struct book_summary sum;
	/* owned; by id - 1 the components of its health that were present, as bits by
	 * enum component; NULL: not yet */
	uint8_t *components;
	struct audit_alerts alerts;
	struct causes causes;            /* days 0: not read yet */
	const struct audit_check *check; /* the one that runs */
	uint32_t *id;                    /* owned; of the finding at hand */
	uint32_t n, room;
	audit_fn fn;
	void *arg;
};

/* An account that the finding at hand is about. */
enum status audit_note(struct audit *a, uint32_t id, struct err *e) MUST_USE;
/* Tells of the finding, with what was noted, and begins the next. */
enum status audit_tell(struct audit *a, struct err *e, const char *format, ...)
	__attribute__((format(printf, 3, 4))) MUST_USE;
/* Has the components read. */
enum status audit_need_components(struct audit *a, struct err *e) MUST_USE;

#define AUDIT(function, ...) \
	enum status function(struct audit *a, struct err *e) MUST_USE;
#include "core/audit.def"

#endif
