/* The values of the policy as lines under headings, and the cursor among them. */
#include "tui/policy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"
#include "tui/rows.h"

static int item_at(const struct policy_screen *s, int row)
{
	return row >= 0 && row < s->rows ? s->row[row].item : -1;
}

void policy_here(const struct policy_screen *s, struct policy_item *out)
{
	const int item = item_at(s, s->at);

	policy_item(item < 0 ? 0 : item, out);
}

/* Rules of a tier that follow the general ones are not listed unless asked for. */
bool policy_rows_has(const struct policy_screen *s, const struct policy_item *x)
{
	return s->tiers || policy_item_own(&s->edited, x) || policy_item_own(&s->base, x);
}

static void add(struct policy_screen *s, int item, const char *section)
{
	struct policy_row *r = &s->row[s->rows++];

	r->item = item;
	snprintf(r->section, sizeof(r->section), "%s", section);
}

void policy_rows(struct policy_screen *s)
{
	const int here = item_at(s, s->at);
	const char *section = "";

	if (!s->row)
		s->row = mem_new((size_t)policy_items() * 2, sizeof(*s->row));
	s->rows = 0;
	for (int i = 0; i < policy_items(); i++) {
		struct policy_item x;

		policy_item(i, &x);
		if (!policy_rows_has(s, &x))
			continue;
		if (strcmp(section, x.section) != 0)
			add(s, -1, x.section);
		add(s, i, x.section);
		section = s->row[s->rows - 1].section;
	}
	s->at = 1;
	if (here >= 0)
		policy_rows_find(s, here);
}

void policy_rows_find(struct policy_screen *s, int item)
{
	for (int k = 0; k < s->rows; k++)
		if (s->row[k].item == item)
			s->at = k;
}

void policy_rows_go(struct policy_screen *s, int row)
{
	const int step = row < s->at ? -1 : 1;

	while (row > 0 && row < s->rows - 1 && s->row[row].item < 0)
		row += step;
	if (row < 1)
		row = 1;
	if (row >= 0 && row < s->rows && s->row[row].item >= 0)
		s->at = row;
}

/* To the first value of a section. */
static void go_section(struct policy_screen *s, int by)
{
	int row = s->at;

	/* From inside a section back to its own heading first. */
	while (row > 0 && s->row[row].item >= 0)
		row--;
	if (by > 0 || row == s->at - 1)
		for (row += by; row > 0 && row < s->rows && s->row[row].item >= 0;)
			row += by;
	if (row >= s->rows || row < 0)
		return;
	s->at = row + 1;
}

bool policy_rows_act(struct policy_screen *s, enum action action)
{
	int at = s->at;

	if (action == ACT_SECTION_NEXT || action == ACT_SECTION_PREVIOUS) {
		go_section(s, action == ACT_SECTION_NEXT ? 1 : -1);
		return true;
	}
	if (!rows_step(action, s->list.rows, s->rows, &at))
		return false;
	policy_rows_go(s, at);
	return true;
}
