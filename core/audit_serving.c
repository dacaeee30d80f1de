/* The audit of whether owners serve what is theirs. */
#include "core/audit_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/capacity.h"
#include "core/serving.h"
#include "core/word_set.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the audits");
}

/* An owner, and what some of its accounts are served as. */
struct kind {
	uint32_t csm;
	struct serving_as as;
};

struct looking {
	struct book *b;
	unsigned limits;       /* somebody's */
	struct word_set kinds; /* struct kind */
	uint32_t *kind_of;     /* owned; number + 1 by account id - 1; 0: is not asked */
	uint8_t *lacks;        /* owned; of each kind, bits by enum serving_limit */
};

static enum status take_limits(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct looking *l = arg;

	(void)id;
	(void)e;
	l->limits |= serving_limits(c);
	return ST_OK;
}

/* Of tiers with owners, as proposals ask. */
static enum status find_kinds(struct looking *l, struct err *e)
{
	const struct book_columns *c = &l->b->columns;
	struct capacity_band band[TIER_COUNT];

	capacity_bands(&l->b->policy, band);
	l->kind_of = calloc((size_t)c->n + 1, sizeof(*l->kind_of));
	if (!l->kind_of)
		return no_memory(e);
	for (uint32_t i = 0; i < c->n; i++) {
		const int64_t csm = shorts_at(&c->csm, i);
		const struct kind k = { (uint32_t)csm, serving_of(l->b, i, l->limits) };

		if (!c->active[i] || csm < 1 || !capacity_owned(band, c->tier[i]))
			continue;
		if (!word_set_add(&l->kinds, (struct text){ (const char *)&k, sizeof(k) },
			    &l->kind_of[i]))
			return no_memory(e);
		l->kind_of[i]++;
	}
	return ST_OK;
}

static enum status take_lacks(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct looking *l = arg;

	(void)e;
	for (uint32_t n = 0; n < l->kinds.n; n++) {
		struct kind k;

		memcpy(&k, l->kinds.word[n].text.s, sizeof(k));
		if (k.csm == id)
			l->lacks[n] = (uint8_t)serving_lacks(l->b, &k.as, c);
	}
	return ST_OK;
}

static enum status note_unserved(struct audit *a, const struct looking *l,
	uint32_t by[SERVING_LIMITS], struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < l->b->columns.n; i++) {
		const unsigned lacks = l->kind_of[i] ? l->lacks[l->kind_of[i] - 1] : 0;

		for (int k = 0; k < SERVING_LIMITS; k++)
			by[k] += lacks >> k & 1;
		if (lacks)
			st = audit_note(a, i + 1, e);
	}
	return st;
}

/* "3 accounts have an owner who does not serve them: the region of 2, the language of 1"
 */
static enum status tell(struct audit *a, const uint32_t by[SERVING_LIMITS], struct err *e)
{
	static const char *const word[SERVING_LIMITS] = { "region", "segment",
		"language" };
	char parts[160] = "";
	size_t n = 0;

	for (int k = 0; k < SERVING_LIMITS; k++)
		if (by[k])
			n += (size_t)snprintf(parts + n, sizeof(parts) - n,
				"%s the %s of %u", n ? "," : "", word[k], by[k]);
	return audit_tell(a, e, "%u account%s an owner who does not serve %s:%s", a->n,
		a->n == 1 ? " has" : "s have", a->n == 1 ? "it" : "them", parts);
}

static enum status find(struct audit *a, struct looking *l, struct err *e)
{
	uint32_t by[SERVING_LIMITS] = { 0 };
	enum status st = book_csms(l->b, take_limits, l, e);

	if (st != ST_OK || !l->limits)
		return st;
	st = book_need_texts(l->b, serving_texts(l->limits), e);
	if (st == ST_OK)
		st = find_kinds(l, e);
	if (st == ST_OK && !(l->lacks = calloc((size_t)l->kinds.n + 1, 1)))
		st = no_memory(e);
	if (st == ST_OK)
		st = book_csms(l->b, take_lacks, l, e);
	if (st == ST_OK)
		st = note_unserved(a, l, by, e);
	return st == ST_OK && a->n ? tell(a, by, e) : st;
}

enum status audit_serving(struct audit *a, struct err *e)
{
	struct looking l = { .b = a->b };
	enum status st;

	word_set_init(&l.kinds);
	st = find(a, &l, e);
	word_set_clear(&l.kinds);
	free(l.kind_of);
	free(l.lacks);
	return st;
}
