/*
 * A manager's day at 80x24, by somebody who has read README.md and nothing else: one
 * health, one score and one tier, to the last point, held against what the verbs say.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/newcomer.h"

enum { COMPONENTS = 8 };
struct part {
	char name[TOLD_NAME];
	int points;
};

/* Takes the headings "usage ───── 23 points" that are on the screen, each once. */
static void read_points(struct person *d, struct part part[COMPONENTS], int *n)
{
	char line[4096];

	for (int row = NEWCOMER_FIRST_ROW; row <= NEWCOMER_LAST_ROW; row++) {
		char *name = strstr(pty_line(&d->p, row, line), "│ ");
		char *rule = strstr(line, " ──"), *points = strstr(line, "─ ");
		bool known = false;

		if (!name || !rule || !points || !strstr(points, " point"))
			continue;
		name += strlen("│ ");
		*rule = '\0';
		for (int i = 0; i < *n; i++)
			known |= strcmp(part[i].name, name) == 0;
		if (known)
			continue;
		assert_true(*n < COMPONENTS);
		snprintf(part[*n].name, TOLD_NAME, "%s", name);
		part[(*n)++].points = atoi(points + strlen("─ "));
	}
}

/* Reads an explanation page by page to its end. */
static void read_all_points(struct person *d, struct part part[COMPONENTS], int *n)
{
	*n = 0;
	read_points(d, part, n);
	for (int pages = 1; pty_find(&d->p, "▼ │") >= 0; pages++) {
		if (pages == 9)
			person_fails(d, "no end of it");
		person_presses(d, "PgDn", "PgDn C-f | One screenful down.");
		read_points(d, part, n);
	}
	person_sees(d, "as of " TOLD_DAY ", figures of " TOLD_DAY);
}

static void go_left_to(struct person *d, const char *title)
{
	char here[4096];
	int column, before = -1;

	while (strncmp(newcomer_column(d, &column, here), title, strlen(title)) != 0) {
		if (column == before)
			person_fails(d, "no column %s to the left", title);
		before = column;
		person_presses(d, "h", "h l between columns");
	}
}

static void explain_health(struct person *d, const struct account *a, const char *show)
{
	struct part part[COMPONENTS];
	const char *s = strstr(show, "\"components\":");
	int n, sum = 0;

	person_presses(d, "=", "= on any number explains it");
	person_sees(d, "─ Health ─");
	person_sees(d, "│ %s", a->name);
	person_sees(d, " %d  │", a->health);
	read_all_points(d, part, &n);
	assert_int_equal(n, COMPONENTS);
	assert_non_null(s);
	for (int i = 0; i < n; i++) {
		char name[TOLD_NAME];

		s = strstr(s + 1, "{\"name\":");
		assert_non_null(s);
		assert_string_equal(part[i].name, told_value(s, "name", name));
		assert_int_equal(part[i].points, told_whole(s, "points"));
		sum += part[i].points;
	}
	assert_int_equal(sum, a->health);
	assert_int_equal(sum, told_whole(show, "health"));
	person_presses(d, "Esc", "Esc back");
}

static void shows_score(struct person *d, const struct account *a)
{
	person_sees(d, "%.1f = 0.7 x value rank %.1f + 0.3 x effort %.1f", a->score,
		a->value_rank, a->effort);
	assert_true(a->score - (0.7 * a->value_rank + 0.3 * a->effort) < 0.001);
	assert_true(a->score - (0.7 * a->value_rank + 0.3 * a->effort) > -0.001);
}

static void explain_score(struct person *d, const struct account *a)
{
	go_left_to(d, "Scor");
	person_presses(d, "=", "= on any number explains it");
	person_sees(d, "│ %s", a->name);
	shows_score(d, a);
	person_presses(d, "Esc", "Esc back");
}

/* The number behind a key of the policy. */
static int policy_number(const char *policy, const char *section, const char *key)
{
	const char *s = strstr(policy, section);
	char line[TOLD_NAME];

	snprintf(line, sizeof(line), "\n%s = ", key);
	s = s ? strstr(s, line) : NULL;
	if (!s)
		fail_msg("the policy has no %s in %s", key, section);
	return atoi(s + strlen(line));
}

static void explain_tier(struct person *d, const struct account *a)
{
	char *tiers = told_by("tiers --format json"), *policy = told_by("policy show");
	const int active = told_whole(tiers, "active");

	go_left_to(d, "T↑1");
	person_presses(d, "=", "= explain");
	person_sees(d, "│ %s", a->name);
	person_sees(d, "│  tier %d", a->tier);
	person_sees(d, "TIER SCORE ");
	person_sees(d, "─ %.1f of 100", a->score);
	shows_score(d, a);
	person_sees(d,
		"tier 1 from %d, tier 2 from %d; to move, a score must be %d beyond",
		policy_number(policy, "[tiers]", "tier1_from"),
		policy_number(policy, "[tiers]", "tier2_from"),
		policy_number(policy, "[review]", "hysteresis"));
	for (int tier = 1; tier <= 2; tier++) {
		char key[TOLD_NAME];
		const char *s;

		snprintf(key, sizeof(key), "{\"tier\":%d,", tier);
		s = strstr(tiers, key);
		assert_non_null(s);
		person_sees(d,
			"tier %d: %d of %d places taken; the cap is %d %% of %d active",
			tier, told_whole(s, "accounts"), told_whole(s, "limit"),
			told_whole(s, "pct"), active);
	}
	free(tiers);
	free(policy);
	person_presses(d, "Esc", "Esc back");
}

static void test_manager(void **state)
{
	const struct account *risk = NULL, *top = NULL;
	char *show;
	struct person d;

	(void)state;
	for (int i = 0; i < newcomer_book.n; i++) {
		const struct account *a = &newcomer_book.row[i];

		if (a->health >= 0 && a->health < 50 && (!risk || a->arr > risk->arr))
			risk = a;
		if (a->tier == 1 && (!top || a->score > top->score))
			top = a;
	}
	if (!risk || !top) {
		fail_msg("the demo has nobody at risk, or nobody in tier 1");
		return;
	}
	show = told_by("show %s --format json", risk->id);
	newcomer_begins(&d, "Mona Manager");
	person_takes_view(&d, "At risk, biggest first");
	newcomer_row_is(&d, NEWCOMER_FIRST_ROW, risk);
	go_left_to(&d, "Health");
	explain_health(&d, risk, show);
	person_takes_view(&d, "Tiers by score");
	newcomer_row_is(&d, NEWCOMER_FIRST_ROW, top);
	explain_score(&d, top);
	explain_tier(&d, top);
	person_ends(&d, "a manager explains one health, one score and one tier");
	free(show);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_manager),
	};

	return cmocka_run_group_tests(tests, newcomer_setup, newcomer_teardown);
}
