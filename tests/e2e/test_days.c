/*
 * Three days of work at 80x24, by somebody who has read README.md and nothing else: each
 * key pressed is named there or stands on the screen at that moment, and what was found
 * and done is held against what the verbs say of the book.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/day.h"
#include "tests/support/person.h"
#include "tests/support/told.h"

enum { FIRST_ROW = 3, LAST_ROW = 21, README_BYTES = 1 << 16 };

static char folder[512];
static char *readme; /* one line, without the marks around keys */
static struct told book;

/* As README.md says it, on a fixed day. What the console keeps of one person is not
 * there for the next. Who is none of the people of the book finds nothing else to choose.
 */
static void begin(struct person *d, const char *name)
{
	const char *const argv[] = { getenv("TIERDESK_BIN"), "--as-of", TOLD_DAY, NULL };
	char own[1100];

	snprintf(own, sizeof(own), "%s/%s", folder, name);
	assert_int_equal(setenv("XDG_STATE_HOME", own, 1), 0);
	person_begins(d, argv, readme);
	person_sees(d, "%d accounts", book.n);
	person_presses(d, "W", "press W to say who you are");
	person_types(d, name);
	person_presses(d, "Enter", "Enter choose");
	if (told_owned(&book, name)) {
		person_sees(d, "you are %s", name);
		return;
	}
	person_sees(d, "nobody has this name");
	person_presses(d, "C-u", "C-u erases it");
	person_types(d, "none of them");
	person_presses(d, "Enter", "Enter choose");
	person_sees(d, "everybody's accounts; your changes bear the name");
}

/* ---- what is on the screen ------------------------------------------------------ */

/* Text of a row from a column on, so many columns of it, without blanks around. */
static const char *part_of(
	struct person *d, int row, int column, int columns, char out[4096])
{
	char line[4096];
	const char *from = pty_line(&d->p, row, line), *to;

	for (int i = 0; *from && i < column; i++)
		do
			from++;
		while ((*from & 0xc0) == 0x80);
	for (to = from; *to && columns > 0; columns--)
		do
			to++;
		while ((*to & 0xc0) == 0x80);
	while (to > from && to[-1] == ' ')
		to--;
	while (from < to && *from == ' ')
		from++;
	memcpy(out, from, (size_t)(to - from));
	out[to - from] = '\0';
	return out;
}

/* The table has that account in this row; a long name is cut off with an ellipsis. */
static void row_is(struct person *d, int row, const struct account *a)
{
	char header[4096], shown[4096];
	const char *owner = strstr(part_of(d, 2, 5, 80, header), "Owner");
	const char *cut;

	assert_non_null(owner);
	part_of(d, row, 5, (int)(owner - header), shown);
	cut = strstr(shown, "…");
	if (cut ? strncmp(shown, a->name, (size_t)(cut - shown)) != 0
		: strcmp(shown, a->name) != 0)
		person_fails(d, "row %d should be %s", row, a->name);
}

/* The header that stands out: the column under the cursor. */
static const char *column_here(struct person *d, int *at, char out[4096])
{
	int from = -1, to = -1;

	for (int column = 0; column < d->p.columns; column++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(
			d->p.screen, (VTermPos){ .row = 2, .col = column }, &cell);
		if (VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
			continue;
		from = from < 0 ? column : from;
		to = column;
	}
	if (from < 0)
		person_fails(d, "no column stands out");
	*at = from;
	return part_of(d, 2, from, to - from + 1, out);
}

/* ---- a CSM: whom to call, and what was said ------------------------------------- */

enum { CALLS = 3 };

static bool is_weaker(const struct account *a, const struct account *b)
{
	return a->health != b->health ? a->health < b->health : a->arr > b->arr;
}

/* The weakest of the owner, in order; those nothing is known of don't count. */
static void find_weakest(const char *owner, const struct account *out[CALLS])
{
	int n = 0;

	for (int i = 0; i < book.n; i++) {
		const struct account *a = &book.row[i];
		int at = n;

		if (strcmp(a->owner, owner) != 0 || a->health < 0)
			continue;
		while (at > 0 && is_weaker(a, out[at - 1])) {
			if (at < CALLS)
				out[at] = out[at - 1];
			at--;
		}
		if (at < CALLS)
			out[at] = a;
		n += n < CALLS;
	}
	assert_int_equal(n, CALLS);
}

static void call(struct person *d, const struct account *a, const char *outcome)
{
	person_presses(d, "Enter", "Enter open");
	person_sees(d, "%s", a->name);
	person_sees(d, "HEALTH");
	person_sees(d, " %d/100", a->health);
	person_presses(d, "t", "t log a touch");
	person_sees(d, "Log a touch");
	person_sees(d, "│ %s", a->name);
	person_sees(d, "▸ Kind      [call]");
	person_presses(d, "Enter", "Enter go on");
	person_sees(d, "▸ Outcome");
	person_types(d, outcome);
	person_sees(d, "Outcome   %s", outcome);
	person_presses(d, "C-s", "C-s ends a form");
	person_sees(d, "logged a call with %s", a->name);
	person_sees(d, "last touch today, call");
	person_presses(d, "Esc", "Esc back");
}

/* The newest change of the log is that call. */
static const char *is_logged(
	const char *log, const struct account *a, const char *person, const char *outcome)
{
	const char *entry = strstr(log, "{\"id\":"), *next;
	char value[TOLD_NAME], *text, want[128];

	assert_non_null(entry);
	assert_string_equal(told_value(entry, "account", value), a->id);
	assert_string_equal(told_value(entry, "actor", value), person);
	assert_string_equal(told_value(entry, "title", value), "log a call");
	assert_string_equal(told_value(entry, "reversed_by", value), "");
	next = strstr(entry + 1, "{\"id\":");
	text = next ? strndup(entry, (size_t)(next - entry)) : strdup(entry);
	assert_non_null(text);
	assert_non_null(strstr(
		text, "\"field\":\"date\",\"before\":null,\"after\":\"" TOLD_DAY "\""));
	assert_non_null(
		strstr(text, "\"field\":\"kind\",\"before\":null,\"after\":\"call\""));
	snprintf(want, sizeof(want),
		"\"field\":\"outcome\",\"before\":null,"
		"\"after\":\"%s\"",
		outcome);
	assert_non_null(strstr(text, want));
	free(text);
	return next;
}

static void test_csm(void **state)
{
	static const char *const outcomes[CALLS] = { "training in May", "new sponsor",
		"no answer yet" };
	const struct account *weakest[CALLS];
	char person[TOLD_NAME] = "";
	const char *left;
	char *log;
	struct person d;

	(void)state;
	for (int i = 0; i < book.n; i++)
		if (book.row[i].owner[0] &&
			(!person[0] || strcmp(book.row[i].owner, person) < 0))
			snprintf(person, sizeof(person), "%s", book.row[i].owner);
	find_weakest(person, weakest);
	begin(&d, person);
	person_presses(&d, "2", "2 Book");
	person_takes_view(&d, "My book by health");
	person_sees(&d, "mine: %d of %d accounts", told_owned(&book, person), book.n);
	for (int i = 0; i < CALLS; i++)
		row_is(&d, FIRST_ROW + i, weakest[i]);
	for (int i = 0; i < CALLS; i++) {
		call(&d, weakest[i], outcomes[i]);
		row_is(&d, FIRST_ROW + i, weakest[i]);
		if (i + 1 < CALLS)
			person_presses(&d, "j", "Arrows or h j k l move");
	}
	person_ends(&d, "a CSM finds three accounts to call and logs the calls");
	log = told_by("log --format json");
	left = log;
	for (int i = CALLS - 1; i >= 0; i--) {
		assert_non_null(left);
		left = is_logged(left, weakest[i], person, outcomes[i]);
	}
	/* what the demo did before stands behind them */
	assert_true(!left || !strstr(left, "\"title\":\"log a call\""));
	free(log);
}

/* ---- a CSM: three rows of a morning --------------------------------------------- */

enum { WHY_ROW = 19 }; /* below the list: what is said of the row under the cursor */

/* Goes down to a row that has an alert; whose name is it? */
static void find_alert(struct person *d, char name[4096])
{
	static const char *const word[] = {
		"critical:", "warning:", "info:", "opportunity:"
	};
	char line[4096];

	for (int tries = 0; tries < 12; tries++) {
		for (int i = 0; i < 4; i++) {
			if (!strstr(pty_line(&d->p, WHY_ROW, line), word[i]))
				continue;
			part_of(d, pty_find(&d->p, "▸"), 5, 20, name);
			return;
		}
		person_presses(d, "j", "Arrows or h j k l move");
	}
	person_fails(d, "no row with an alert");
}

/* The row is gone, and the one that had stood below it is under the cursor. */
static void is_next(struct person *d, const char *gone, const char *next)
{
	char here[4096];
	const int row = pty_find(&d->p, "▸");

	if (row < 0)
		person_fails(d, "no row has the cursor");
	part_of(d, row, 5, 20, here);
	if (strcmp(here, gone) == 0 || strcmp(here, next) != 0)
		person_fails(d, "%s should be under the cursor, not %s", next, here);
}

/* Name of the row below the one with the cursor; it may be behind a heading. */
static void name_below(struct person *d, char name[4096])
{
	char line[4096];
	int row = pty_find(&d->p, "▸") + 1;

	if (!strstr(pty_line(&d->p, row, line), " T"))
		row++;
	part_of(d, row, 5, 20, name);
}

static void works_on(struct person *d, const char *key, const char *hint,
	const char *words, const char *said)
{
	char name[4096], next[4096];

	find_alert(d, name);
	name_below(d, next);
	person_presses(d, key, hint);
	person_types(d, words);
	if (pty_find(&d->p, "[goes on]") >= 0 || pty_find(&d->p, "goes on") >= 0) {
		person_presses(d, "Enter", "Enter go on"); /* of a play that has begun */
		person_types(d, "e");
		person_sees(d, "[ends too]");
	}
	person_presses(d, "C-s", "C-s ends a form");
	person_sees(d, "%s", said);
	is_next(d, name, next);
}

static void test_morning(void **state)
{
	static const char *const title[] = { "close", "snooze", "log a call" };
	char person[TOLD_NAME] = "", value[TOLD_NAME], *log;
	struct person d;
	const char *entry;

	(void)state;
	for (int i = 0; i < book.n; i++)
		if (told_owned(&book, book.row[i].owner) >
				(person[0] ? told_owned(&book, person) : 0) &&
			book.row[i].owner[0])
			snprintf(person, sizeof(person), "%s", book.row[i].owner);
	begin(&d, person);
	person_sees(&d, "mine: %d of", told_owned(&book, person));
	person_sees(&d, " at risk");
	person_presses(&d, "t", "t log a touch");
	person_presses(&d, "Enter", "Enter go on");
	person_types(&d, "back on Monday");
	person_presses(&d, "C-s", "C-s ends a form");
	person_sees(&d, "logged a call with");
	works_on(&d, "z", "z snooze", "on holidays", "snoozed ");
	works_on(&d, "d", "d done", "agreed on a training", "closed ");
	person_ends(&d, "a CSM works on three rows of the day");
	log = told_by("log --actor '%s' --format json", person);
	entry = log;
	for (int i = 0; i < 3; i++) {
		do { /* a play that was ended with its alerts has an entry of its own */
			entry = strstr(entry, "{\"id\":");
			assert_non_null(entry);
			told_value(entry, "title", value);
			entry++;
		} while (strncmp(value, "drop a play", 11) == 0 ||
			 strncmp(value, "tick", 4) == 0);
		entry--; /* at its beginning again */
		if (strncmp(value, title[i], strlen(title[i])) != 0)
			fail_msg("\"%s\" is not \"%s ...\"", value, title[i]);
		assert_string_equal(told_value(entry, "actor", value), person);
		assert_string_equal(told_value(entry, "reversed_by", value), "");
		entry++;
	}
	free(log);
}

/* ---- a team lead: the fullest book, and what renews there ----------------------- */

/* The owner with the most accounts, as the list on the screen has it. */
static void read_fullest(struct person *d, char out[TOLD_NAME])
{
	char line[4096];
	int most = 0;

	for (int row = person_choices(d); row <= LAST_ROW; row++) {
		const char *name = strstr(pty_line(&d->p, row, line), "│ "), *to;
		const char *number = strstr(line, " accounts ");
		int n;

		if (!name || !number)
			break;
		while (number > line && number[-1] != ' ')
			number--;
		n = atoi(number);
		name += strlen("│ ");
		to = strstr(name, "  ");
		if (n <= most || strncmp(name, "the pool", 8) == 0 ||
			strncmp(name, "team ", 5) == 0)
			continue;
		most = n;
		assert_true(to && to - name < TOLD_NAME);
		snprintf(out, TOLD_NAME, "%.*s", (int)(to - name), name);
	}
}

/* The fullest as the rows of `list` have it, and nobody else has as much. */
static void fullest_is(const char *owner)
{
	const int most = told_owned(&book, owner);

	for (int i = 0; i < book.n; i++)
		if (book.row[i].owner[0] && strcmp(book.row[i].owner, owner) != 0)
			assert_true(told_owned(&book, book.row[i].owner) < most);
}

static void test_lead(void **state)
{
	char owner[TOLD_NAME] = "", id[TOLD_NAME], line[4096], shown[4096], *due;
	const int32_t today = told_day(TOLD_DAY);
	int up = 0, row = FIRST_ROW;
	struct person d;

	(void)state;
	begin(&d, "Lena Lead");
	person_presses(&d, "O",
		"O lists everybody with the number and the ARR of their accounts");
	read_fullest(&d, owner);
	fullest_is(owner);
	person_chooses(&d, person_choices(&d), owner);
	person_sees(&d, "%s: %d of %d accounts", owner, told_owned(&book, owner), book.n);
	person_takes_view(&d, "Renewals in 90 days");
	for (int i = 0; i < book.n; i++)
		up += strcmp(book.row[i].owner, owner) == 0 &&
		      book.row[i].renewal >= today && book.row[i].renewal <= today + 90;
	assert_in_range(up, 3, LAST_ROW - FIRST_ROW + 1); /* all on one screen */
	person_sees(&d, "%s: %d of %d accounts", owner, up, book.n);
	person_sees(&d, "filter renewal:0d..90d");
	due = told_by("list --sort renewal,-arr --format json --where "
		      "'csm:\"%s\" renewal:0d..90d'",
		owner);
	for (const char *s = due; (s = strstr(s, "{\"id\":")); s++) {
		const struct account *a = told_account(&book, told_value(s, "id", id));

		assert_string_equal(a->owner, owner);
		row_is(&d, row, a);
		snprintf(line, sizeof(line), " %dd", (int)(a->renewal - today));
		assert_non_null(strstr(pty_line(&d.p, row, shown), line));
		row++;
	}
	free(due);
	assert_int_equal(row - FIRST_ROW, up);
	assert_string_equal(pty_line(&d.p, row, line), "");
	person_ends(&d, "a team lead finds the fullest book and its renewals");
}

/* ---- a manager: one health, one score and one tier, to the last point ----------- */

enum { COMPONENTS = 8 };
struct part {
	char name[TOLD_NAME];
	int points;
};

/* Takes the headings "usage ───── 23 points" that are on the screen, each once. */
static void read_points(struct person *d, struct part part[COMPONENTS], int *n)
{
	char line[4096];

	for (int row = FIRST_ROW; row <= LAST_ROW; row++) {
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

	while (strncmp(column_here(d, &column, here), title, strlen(title)) != 0) {
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
	for (int i = 0; i < book.n; i++) {
		const struct account *a = &book.row[i];

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
	begin(&d, "Mona Manager");
	person_takes_view(&d, "At risk, biggest first");
	row_is(&d, FIRST_ROW, risk);
	go_left_to(&d, "Health");
	explain_health(&d, risk, show);
	person_takes_view(&d, "Tiers by score");
	row_is(&d, FIRST_ROW, top);
	explain_score(&d, top);
	explain_tier(&d, top);
	person_ends(&d, "a manager explains one health, one score and one tier");
	free(show);
}

/* ---- the book and the README ---------------------------------------------------- */

static bool load_readme(void)
{
	const char *src = getenv("TIERDESK_SRC");
	char path[600], *to;
	FILE *f;

	snprintf(path, sizeof(path), "%s/README.md", src ? src : ".");
	f = fopen(path, "rb");
	readme = calloc(1, README_BYTES);
	if (!f || !readme || fread(readme, 1, README_BYTES - 1, f) == 0)
		return false;
	fclose(f);
	to = readme;
	for (const char *s = readme; *s; s++)
		if (*s != '`' && (*s != '\n' || s[1] != '\n'))
			*to++ = *s == '\n' ? ' ' : *s;
	*to = '\0';
	return true;
}

static int make_book(void **state)
{
	const char *home = getenv("HOME"), *binary = getenv("TIERDESK_BIN");

	(void)state;
	if (!home || !binary || access(binary, X_OK) != 0 || !load_readme())
		return -1;
	snprintf(folder, sizeof(folder), "%s/days.XXXXXX", home);
	if (!mkdtemp(folder) || setenv("HOME", folder, 1) != 0)
		return -1;
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("TIERDESK_ACTOR");
	free(told_by("demo --seed 7 --no-console"));
	told_load(&book);
	return 0;
}

static int drop_book(void **state)
{
	char line[600];

	(void)state;
	free(readme);
	snprintf(line, sizeof(line), "rm -rf '%s'", folder);
	return system(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csm),
		cmocka_unit_test(test_morning),
		cmocka_unit_test(test_lead),
		cmocka_unit_test(test_manager),
	};

	return cmocka_run_group_tests(tests, make_book, drop_book);
}
