#include "core/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/audit_internal.h"

static const struct audit_check checks[] = {
#define AUDIT(function, name, title, remedy) { name, title, remedy },
#include "core/audit.def"
};
enum { CHECKS = sizeof(checks) / sizeof(*checks) };

_Static_assert((int)COMP_COUNT <= 8, "a byte has a bit for each component");

static enum status (*const run[CHECKS])(struct audit *a, struct err *e) = {
#define AUDIT(function, ...) function,
#include "core/audit.def"
};

const struct audit_check *audit_checks(int *n)
{
	*n = CHECKS;
	return checks;
}

enum status audit_note(struct audit *a, uint32_t id, struct err *e)
{
	if (a->n == a->room) {
		const uint32_t room = a->room ? 2 * a->room : 64;
		uint32_t *grown = realloc(a->id, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the audits");
		a->id = grown;
		a->room = room;
	}
	a->id[a->n++] = id;
	return ST_OK;
}

enum status audit_tell(struct audit *a, struct err *e, const char *format, ...)
{
	struct audit_finding f = { .check = a->check, .count = a->n, .account = a->id };
	va_list args;

	va_start(args, format);
	vsnprintf(f.text, sizeof(f.text), format, args);
	va_end(args);
	a->n = 0;
	return a->fn(a->arg, &f, e);
}

static void take_components(const struct scores *s, uint8_t *out)
{
	for (int k = 0; k < COMP_COUNT; k++)
		for (uint32_t i = 0; i < s->n; i++)
			out[i] |= (uint8_t)((s->points[k][i] != POINTS_MISSING) << k);
}

enum status audit_need_components(struct audit *a, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	struct store *store = a->b->store;
	struct scores part;
	enum status st;

	if (a->components)
		return ST_OK;
	a->components = calloc((size_t)c->n + 1, 1);
	if (!a->components)
		return err_set(e, ST_NOMEM, "not enough memory for the audits");
	if (c->day.day == DAY_NONE)
		return ST_OK;
	st = scores_init(&part, PART_ACCOUNTS, e);
	for (uint32_t first = 0; st == ST_OK && first < c->n; first += PART_ACCOUNTS) {
		part.n = c->n - first < PART_ACCOUNTS ? c->n - first : PART_ACCOUNTS;
		st = store->ops->snapshot_load(store, c->day.day, first, &part, NULL, e);
		if (st == ST_OK)
			take_components(&part, a->components + first);
	}
	scores_clear(&part);
	return st;
}

enum status audit_run(struct book *b, audit_fn fn, void *arg, struct err *e)
{
	struct audit a = { .b = b, .fn = fn, .arg = arg };
	enum status st = book_summary(b, &a.sum, e);

	/* Sums may be known without the columns, which most checks read. */
	if (st == ST_OK)
		st = book_need_columns(b, e);
	for (int k = 0; st == ST_OK && k < CHECKS; k++) {
		a.check = &checks[k];
		a.n = 0;
		st = run[k](&a, e);
	}
	free(a.id);
	free(a.alerts.untaken);
	free(a.components);
	causes_clear(&a.causes);
	return st;
}
