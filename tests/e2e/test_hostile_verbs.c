/*
 * Every verb over a book whose texts want to be more than text, and with such arguments:
 * what it prints for people and as JSON holds nothing that a terminal could take for a
 * command. (CSV is for programs: it has the very bytes.)
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/hostile.h"
#include "tests/support/running.h"

enum { SAID = 1 << 22, ACCOUNTS = 300 };

static char folder[512], db[600];
static char *said; /* by the command that ran last */
static struct arena arena;

/* ---- the book ------------------------------------------------------------------- */

/* What is no UTF-8 is in no file that is taken. */
static void put_quoted(FILE *to, int i)
{
	struct text t = hostile_text(i, &arena);

	if (text_invalid_at(t) < t.n)
		t.n = text_invalid_at(t);
	fprintf(to, "\"%03d ", i);
	for (size_t k = 0; k < t.n; k++) {
		if (t.s[k] == '"')
			fputc('"', to);
		fputc(t.s[k], to);
	}
	fputc('"', to);
}

/* A file with a row for each account: @ in the pattern stands for its text, # for its
 * number. */
static void make(const char *kind, const char *header, const char *pattern)
{
	char path[700];
	int status;
	FILE *to;

	snprintf(path, sizeof(path), "%s/%s.csv", folder, kind);
	to = fopen(path, "wb");
	assert_non_null(to);
	fprintf(to, "%s\n", header);
	for (int i = 0; i < ACCOUNTS; i++) {
		for (const char *s = pattern; *s; s++)
			if (*s == '@')
				put_quoted(to, i % HOSTILE_N);
			else if (*s == '#')
				fprintf(to, "%03d", i);
			else
				fputc(*s, to);
		fputc('\n', to);
	}
	assert_int_equal(fclose(to), 0);
	/* 4: some were rejected, such as names that were there before */
	status = running_line("'%s' --db '%s' --as-of " RUNNING_DAY
			      " import %s '%s' --skip-bad >/dev/null 2>&1",
		running_program(), db, kind, path);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 4)
		fail_msg("%s: %d", kind, WEXITSTATUS(status));
}

static int make_book(void **state)
{
	const char *home = getenv("HOME");

	(void)state;
	if (!home || !running_program())
		return -1;
	snprintf(folder, sizeof(folder), "%.400s/verbs", home);
	snprintf(db, sizeof(db), "%s/book.db", folder);
	said = malloc(SAID);
	arena_init(&arena);
	if (running_line("rm -rf '%s'; mkdir '%s' && '%s' --db '%s' --as-of " RUNNING_DAY
			 " init >/dev/null 2>&1",
		    folder, folder, running_program(), db) != 0)
		return -1;
	make("csms", "name,email,team,role,regions,segments,languages",
		"@,@,@,csm,@,@,@");
	make("accounts",
		"account_id,name,arr,csm,segment,industry,region,tags,complexity,"
		"renewal_date,contract_start",
		"N#,@,9#000,@,@,@,@,@,5,2026-06-30,2025-01-01");
	make("contacts", "account_id,name,email,role", "N#,@,@,champion");
	make("tickets", "account_id,ticket_id,opened,severity,root_cause",
		"N#,@,2026-03-20,@,@");
	make("surveys", "account_id,date,kind,score,comment", "N#,2026-03-01,nps,3,@");
	make("touches", "account_id,date,kind,purpose,outcome,actor",
		"N#,2026-03-05,@,@,@,@");
	make("contracts", "account_id,contract_id,start,end,arr",
		"N#,@,2025-01-01,2026-06-30,9#000");
	make("movements", "account_id,date,kind,arr_delta",
		"N#,2026-02-01,expansion,100");
	make("signals", "account_id,date,signal,value", "N#,2026-03-25,active_days,1#");
	make("fixes", "account_id,cause,text,link,actor,date", "N#,@,@,@,@,2026-03-22");
	return 0;
}

static int remove_book(void **state)
{
	(void)state;
	arena_clear(&arena);
	free(said);
	return running_line("rm -rf '%s'", folder);
}

/* ---- what is printed ------------------------------------------------------------ */

static bool is_command(int32_t code)
{
	return (code < 0x20 && code != '\n') || (code >= 0x7f && code < 0xa0) ||
	       code == 0x61c || code == 0x200e || code == 0x200f || code == 0xfeff ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) ||
	       (code >= 0xe0000 && code <= 0xe007f);
}

static void run(const char *line)
{
	char all[2048];
	size_t n;
	int status;
	FILE *f;

	snprintf(all, sizeof(all),
		"cd '%s' && '%s' --db '%s' --as-of " RUNNING_DAY
		" --actor \"$EVIL\" %s 2>&1 </dev/null",
		folder, running_program(), db, line);
	f = popen(all, "r");
	assert_non_null(f);
	n = fread(said, 1, SAID - 1, f);
	said[n] = '\0';
	status = pclose(f);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 126);
	for (struct text rest = { said, n }; rest.n > 0;) {
		int32_t code;
		const size_t bytes = text_decode(rest, &code);

		/* a page, which has rules of its own, is set in with tabs */
		if (is_command(code) && !(code == '\t' && *said == '<'))
			fail_msg("%s: byte %zu of %zu is %X: %.60s", line, n - rest.n, n,
				(unsigned)code,
				rest.s - (n - rest.n > 30 ? 30 : n - rest.n));
		rest.s += bytes;
		rest.n -= bytes;
	}
}

/* In the order of a life; $EVIL and $ID are texts and the number of an account. */
static const char *const lines[] = { "recalc", "review", "review --apply",
	"queue --csm all", "alerts --csm all", "tasks --csm all", "list",
	"list --all --columns name,csm,segment,region", "list --where \"$EVIL\"",
	"list --sort \"$EVIL\"", "show $ID", "show \"$EVIL\"", "trend", "trend $ID",
	"capacity", "service", "time", "causes", "tiers", "tiers --check",
	"revenue --by segment", "revenue --by owner", "features", "insights", "questions",
	"backtest", "plays", "policy show", "log", "verify", "verify \"$EVIL\"", "help",
	"help \"$EVIL\"", "touch $ID --kind \"$EVIL\" --outcome \"$EVIL\"",
	"touch \"$EVIL\" --kind call", "note $ID \"$EVIL\"",
	"fix $ID --cause \"$EVIL\" --text \"$EVIL\"",
	"assign $ID --to pool --reason \"$EVIL\"", "assign $ID --to \"$EVIL\"",
	"lock $ID --until 2026-12-31 --reason \"$EVIL\"", "unlock $ID",
	"unlock \"$EVIL\"", "tier request $ID 1 --by \"$EVIL\" --reason \"$EVIL\"",
	"tier $ID 1 --reason \"$EVIL\"", "claim $ID", "release $ID --reason \"$EVIL\"",
	"deal", "task start $ID recovery", "task start $ID \"$EVIL\"", "task show 1",
	"task tick 1 --outcome \"$EVIL\"", "snooze 1 --until 2w --reason \"$EVIL\"",
	"snooze \"$EVIL\" --until \"$EVIL\"", "close 1 --outcome \"$EVIL\"", "vote 1 y",
	"outbox", "csm \"$EVIL\" --until 2026-12-15",
	"csm \"$EVIL\" --new --team \"$EVIL\"", "policy diff \"$EVIL\"",
	"import accounts \"$EVIL\"", "import \"$EVIL\" accounts.csv",
	"import accounts contacts.csv", "import accounts tickets.csv --map \"$EVIL\"",
	"export notes", "export \"$EVIL\"", "report", "report \"$EVIL\"",
	"report --out \"$EVIL/x.html\"", "log --actor \"$EVIL\"", "undo", "redo",
	"rebalance --csm \"$EVIL\"", "rebalance --share \"$EVIL=0\"",
	"demo --accounts \"$EVIL\"", "init", "backup \"$EVIL/x.db\"", "backup copy.db",
	"restore \"$EVIL\"", "\"$EVIL\"", "--format \"$EVIL\" list", "--$EVIL",
	"--db \"$EVIL\" list" };

static const char *const evil[] = { "\033]0;owned\007", "\302\23331mred", "a\r\nb\b\b\t",
	"\342\200\256txet", "\xff\xfe%n%s" };

static void test_texts(void **state)
{
	unsigned shown = 0;

	(void)state;
	setenv("ID", "N000", 1);
	for (size_t k = 0; k < sizeof(lines) / sizeof(*lines); k++) {
		setenv("EVIL", evil[k % (sizeof(evil) / sizeof(*evil))], 1);
		run(lines[k]);
		shown += strstr(said, "<1B>") != NULL;
	}
	print_message("%u of them showed an escape as <1B>\n", shown);
	assert_true(shown >= 10);
}

/* Arguments of all kinds, and data as JSON. */
static void test_arguments(void **state)
{
	static const char *const some[] = { "show \"$EVIL\"", "list --where \"$EVIL\"",
		"\"$EVIL\"", "import accounts \"$EVIL\"", "note N001 \"$EVIL\"",
		"help \"$EVIL\"", "--format json list --all", "--format json show N001",
		"--format json log", "--format json queue --csm all",
		"--format json causes", "--format json insights" };

	(void)state;
	for (size_t i = 0; i < sizeof(evil) / sizeof(*evil); i++)
		for (size_t k = 0; k < sizeof(some) / sizeof(*some); k++) {
			setenv("EVIL", evil[i], 1);
			run(some[k]);
		}
}

/* No verb of the help is left out. */
static void test_all_verbs(void **state)
{
	char help[1 << 15], verb[32], start[40];
	const char *line;
	int n = 0;

	(void)state;
	setenv("EVIL", "x", 1);
	run("--help");
	snprintf(help, sizeof(help), "%s", said);
	for (line = strchr(help, '\n'); line && strncmp(line, "\nOptions of", 11) != 0;
		line = strchr(line + 1, '\n')) {
		bool found = false;

		if (strncmp(line, "\n  ", 3) != 0 ||
			sscanf(line, "\n  %31[a-z]", verb) != 1 || line[3] == ' ')
			continue;
		n++;
		for (size_t k = 0; k < sizeof(lines) / sizeof(*lines); k++) {
			const size_t length = strlen(verb);

			snprintf(start, sizeof(start), "%s", lines[k]);
			found |= strncmp(start, verb, length) == 0 &&
				 (start[length] == ' ' || !start[length]);
		}
		if (!found)
			fail_msg("%s is not tried", verb);
	}
	assert_true(n > 40);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_all_verbs),
	};

	return cmocka_run_group_tests(tests, make_book, remove_book);
}
