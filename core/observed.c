#include "core/observed.h"

#include <stdio.h>

#include "core/base.h"

static enum status take_first(void *arg, const struct snapshot_sums *sums, struct err *e)
{
	struct observed *o = arg;

	(void)e;
	if (o->since == DAY_NONE)
		o->since = sums->at.day;
	return ST_OK;
}

enum status observed_begin(
	struct store *s, int32_t as_of, struct observed *out, struct err *e)
{
	*out = (struct observed){ .since = DAY_NONE, .left_on = DAY_NONE };
	return s->ops->snapshot_sums(s, DAY_MIN, as_of, take_first, out, e);
}

/* Nobody says when (DAY_NONE) comes before all days. */
static void note(struct observed *o, int32_t day)
{
	if (!o->left || day < o->left_on)
		o->left_on = day;
	o->left = true;
}

/* Contracts lie by account: who has none that runs on, left with the last of them. */
static void add_ended(
	struct observed *o, const struct part *p, const int64_t *arr, int32_t as_of)
{
	const struct part_contracts *c = &p->contracts;

	for (uint32_t k = 0; k < c->n;) {
		const uint16_t at = c->at[k];
		int32_t last = DAY_NONE;
		bool over = true;

		for (; k < c->n && c->at[k] == at; k++) {
			over = over && c->end[k] != DAY_NONE && c->end[k] <= as_of;
			last = c->end[k] > last ? c->end[k] : last;
		}
		if (over && arr[at] <= 0)
			note(o, last);
	}
}

void observed_add(
	struct observed *o, const struct part *p, const int64_t *arr, int32_t as_of)
{
	const struct part_movements *m = &p->movements;

	for (uint32_t i = 0; i < p->n; i++) {
		const bool left = (p->flags[i] & ACC_CHURNED) != 0;

		if ((p->flags[i] & ACC_PRESENT) &&
			base_churned(p->churned_on[i], left, as_of))
			note(o, p->churned_on[i]);
	}
	for (uint32_t k = 0; k < m->n; k++)
		if (m->kind[k] == MOVE_CHURN && m->day[k] <= as_of)
			note(o, m->day[k]);
	add_ended(o, p, arr, as_of);
}

bool observed_from(const struct observed *o, int32_t opening)
{
	const bool kept = o->since != DAY_NONE && opening >= o->since;

	return kept || (o->left && (o->since == DAY_NONE || o->left_on < o->since));
}

char *observed_text(const struct observed *o, int32_t to, char out[OBSERVED_TEXT_MAX])
{
	char since[DAY_TEXT_MAX], until[DAY_TEXT_MAX];

	if (o->since == DAY_NONE)
		snprintf(out, OBSERVED_TEXT_MAX,
			"nothing was calculated in this book yet, and nobody who left is "
			"on record");
	else if (to < o->since)
		snprintf(out, OBSERVED_TEXT_MAX,
			"the book has been kept since %s, and of those who left up to "
			"%s, none is on record",
			day_format(o->since, since), day_format(to, until));
	else
		snprintf(out, OBSERVED_TEXT_MAX,
			"the book has been kept since %s, and of those who left before, "
			"none is on record",
			day_format(o->since, since));
	return out;
}
