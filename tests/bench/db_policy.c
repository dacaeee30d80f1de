/*
 * db_policy BOOK DAY [ROUNDS [CHANGE]]: what trying policies on a book takes:
 * milliseconds of processor time, median and best, for reading the facts and for one
 * change of each kind of value, or of that alone; the longest single step of it, and how
 * many accounts move.
 */
#include <string.h>

#include "core/policy_trial.h"
#include "tests/bench/db_book.h"

/* All steps; gives the milliseconds of all and of the longest one. */
static double run(struct policy_trial *t, double *longest)
{
	struct err e = { .status = ST_OK };
	const double begun = now();

	*longest = 0;
	while (!policy_trial_effect(t)) {
		const double from = now();
		double step;

		must(policy_trial_step(t, &e), &e);
		step = now() - from;
		*longest = step > *longest ? step : *longest;
	}
	return now() - begun;
}

static const struct {
	const char *what, *ini;
} changes[] = {
	{ "weights", "[health]\nusage = 35\nadoption = 10\n" },
	{ "curve", "[health.curves]\nusage = 0:0 6:30 12:70 20:100\n" },
	{ "threshold", "[tiers]\ntier1_from = 66\n" },
	{ "cap", "[tiers]\ntier1_cap = 12\n" },
	{ "score", "[tiers]\nvalue_weight = 0.6\neffort_weight = 0.4\n" },
	{ "value", "[value]\nreference = 0.4\n" },
	{ "effort", "[effort]\ncomplexity = 20\nmaturity = 25\n" },
	{ "alerts", "[alerts]\nred = 55\n" },
	{ "bands", "[bands]\nhealthy = 80\n" },
	{ "capacity", "[capacity]\ntier1_target = 12\n" },
};

static void try_change(struct book *b, struct policy_trial *t, size_t k, int rounds)
{
	double ms[ROUNDS_MAX], longest = 0, most = 0;
	struct err e = { .status = ST_OK };
	struct policy p;
	uint32_t moves = 0;

	must(policy_merge(book_policy(b), changes[k].ini, "change", &p, NULL, &e), &e);
	for (int i = 0; i < rounds; i++) {
		policy_trial_set(t, &p);
		ms[i] = run(t, &longest);
		most = longest > most ? longest : most;
		moves = policy_trial_effect(t)->moves;
		policy_trial_set(t, book_policy(b));
		run(t, &longest);
	}
	qsort(ms, (size_t)rounds, sizeof(*ms), ascending);
	printf("%-10s %8.2f %8.2f %8.2f %8u\n", changes[k].what, ms[rounds / 2], ms[0],
		most, moves);
}

int main(int argc, char **argv)
{
	struct err e = { .status = ST_OK };
	struct policy_trial *t;
	struct book *b;
	int32_t day;
	int rounds = argc > 3 ? atoi(argv[3]) : 9;
	double begun, longest;

	if (argc < 3 || !day_parse(text_of(argv[2]), DAY_ISO, &day) || rounds < 1 ||
		rounds > ROUNDS_MAX)
		return 2;
	b = open_book(argv[1], day);
	begun = now();
	must(policy_trial_new(b, &t, &e), &e);
	run(t, &longest);
	printf("%-10s %8s %8s %8s %8s\n", "change", "ms", "best", "step", "moves");
	printf("%-10s %8.2f %8s %8.2f %8u\n", "read", now() - begun, "", longest,
		policy_trial_effect(t)->active);
	for (size_t k = 0; k < sizeof(changes) / sizeof(*changes); k++)
		if (argc < 5 || strcmp(argv[4], changes[k].what) == 0)
			try_change(b, t, k, rounds);
	printf("facts %.1f MiB\n", (double)policy_trial_size(t) / (1 << 20));
	policy_trial_free(&t);
	book_free(&b);
	return 0;
}
