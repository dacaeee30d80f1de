/* The program with all kinds of names and locales: what a terminal gets of them. */
#include <setjmp.h>
#include <signal.h>
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

static char db[512], hostile_db[2][600], home[512];

static void end(struct pty *p)
{
	kill(p->pid, SIGTERM);
	running_ended(p, 128 + SIGTERM);
}

static void test_c_locale(void **state)
{
	static const char *const env[] = { "LC_ALL=C", NULL };
	struct pty p;

	(void)state;
	running_on(&p, 24, 80, hostile_db[1], env);
	assert_true(pty_find(&p, "Za???? G??l?") > 0);
	pty_type(&p, "\r");
	pty_type(&p, "3");
	pty_type(&p, "4");
	for (size_t i = 0; i < p.raw_n; i++)
		assert_true((unsigned char)p.raw[i] < 0x80);
	end(&p);
}

/* What is typed beyond ASCII arrives whole, also where it can't be shown. */
static void test_c_locale_typing(void **state)
{
	static const char *const env[] = { "LC_ALL=C", NULL };
	struct pty p;

	(void)state;
	running_on(&p, 24, 80, hostile_db[1], env);
	pty_type(&p, "/Za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 G");
	assert_true(pty_find(&p, "Za???? G??l?") > 0);
	assert_true(pty_find(&p, "No account is shown") < 0);
	pty_type(&p, "\033");
	pty_type(&p, "nGespr\xe4"
		     "ch");
	assert_true(pty_find(&p, "Gespr?ch") > 0);
	pty_type(&p, "\023"); /* nothing is saved half */
	assert_true(pty_find(&p, "a letter could not be read") > 0);
	end(&p);
}

/* ---- a codeset that is neither UTF-8 nor ASCII ------------------------------------ */

/* Whether the bytes of a terminal in EUC-JP, its escape sequences included, are whole
 * characters: two or three bytes from A1 on, or a byte after 8E. */
static bool is_euc(const char *raw, size_t n)
{
	const unsigned char *s = (const unsigned char *)raw;

	for (size_t i = 0; i < n; i++) {
		size_t more = s[i] < 0x80 ? 0 : s[i] == 0x8f ? 2 : 1;

		if (s[i] >= 0x80 && s[i] < 0xa1 && s[i] != 0x8e && s[i] != 0x8f)
			return false;
		for (; more > 0; more--)
			if (++i == n || s[i] < 0xa1)
				return false;
	}
	return true;
}

static bool has_euc_jp(void)
{
	if (running_line("mkdir -p '%.400s/locales' && localedef -f EUC-JP -i ja_JP "
			 "'%.400s/locales/ja_JP.eucJP' >/dev/null 2>&1",
		    home, home) == 0)
		return true;
	print_message(
		"skipped: localedef, EUC-JP or the sources of ja_JP are not here\n");
	return false;
}

/* What is typed in the codeset finds what the book has in UTF-8; nothing is taken for a
 * character that it is not, and nothing but whole characters is written. */
static void use_euc_jp(struct pty *p)
{
	static const char keys[] = "\r34,\033?\033:\033n\033";

	assert_true(pty_find(p, "Za???? G??l?") > 0);
	pty_type(p, "/\xb3\xf4\xbc\xb0");
	assert_true(pty_find(p, "No account is shown") < 0);
	assert_true(pty_find(p, "Za???? G??l?") < 0);
	pty_type(p, "\025kabu");
	assert_true(pty_find(p, "No account is shown") > 0);
	pty_type(p, "\025Za\x8f\xab\xf7"); /* a z with a dot above */
	assert_true(pty_find(p, "Za???? G??l?") > 0);
	pty_type(p, "\033");
	for (const char *key = keys; *key; key++) {
		const char one[2] = { *key, '\0' };

		pty_type(p, one);
	}
	assert_true(is_euc(p->raw, p->raw_n));
	assert_false(pty_wrote(p, 0, "\xe6\xa0\xaa")); /* as UTF-8 */
}

static void test_euc_jp(void **state)
{
	char path[600], config[600];
	const char *const env[] = { "LC_ALL=ja_JP.eucJP", path, config, NULL };
	struct pty p;

	(void)state;
	if (!has_euc_jp())
		skip();
	assert_false(is_euc("\xe6\xa0\xaa ", 4));
	snprintf(path, sizeof(path), "LOCPATH=%.400s/locales", home);
	snprintf(config, sizeof(config), "XDG_CONFIG_HOME=%.400s/euc", home);
	running_line("mkdir -p '%.400s/euc' && cp -r \"$XDG_CONFIG_HOME/tierdesk\" "
		     "'%.400s/euc/'",
		home, home);
	running_on(&p, 24, 80, hostile_db[1], env);
	use_euc_jp(&p);
	for (size_t i = 0; i < p.raw_n; i++)
		assert_true((unsigned char)p.raw[i] < 0x80);
	end(&p);
	/* Whoever wants more than ASCII gets what the codeset has. */
	assert_int_equal(
		running_line(
			"echo 'ascii = no' >>'%.400s/euc/tierdesk/tierdesk.conf'", home),
		0);
	running_on(&p, 24, 80, hostile_db[1], env);
	assert_true(pty_wrote(&p, 0, "\xb3\xf4\xbc\xb0\xb2\xf1\xbc\xd2"));
	use_euc_jp(&p);
	end(&p);
}

/* Wide signs at the last column neither wrap nor push. */
static void test_wide(void **state)
{
	struct pty p;

	(void)state;
	running_on(&p, 24, 80, hostile_db[1], NULL);
	for (int columns = 60; columns <= 130; columns += 7) {
		char line[4096];

		pty_resize(&p, 24, columns);
		assert_true(pty_settle(&p));
		assert_int_equal(pty_find(&p, "quit"), 23);
		pty_type(&p, "\014");
		assert_true(strstr(pty_line(&p, 0, line), "tierdesk") == line + 1);
		/* a blank less where the tabs have little room */
		assert_in_range(strstr(pty_line(&p, 1, line), "1 T") - line, 1, 2);
		assert_true(pty_find(&p, "株") >= 2);
		for (int row = 3; row < 22; row++)
			if (strstr(pty_line(&p, row, line), "株"))
				assert_non_null(strstr(line, "$"));
	}
	end(&p);
}

/* ---- names that want to be commands --------------------------------------------- */

enum { KINDS = 512 };
struct kinds {
	char name[KINDS][8];
	int n;
};

/* What follows an Esc, without its numbers: "[m", "[?h", "]", "(B". */
static void add_kind(struct kinds *k, const char *s)
{
	char name[8] = { s[1], '\0' };
	size_t n = 1;

	if (s[1] == '[') {
		const char *end = s + 2;

		if (strchr("?<=>!", *end) && *end)
			name[n++] = *end++;
		end += strspn(end, "0123456789;:");
		name[n++] = *end;
	} else if (s[1] && strchr("()#% ", s[1])) {
		name[n++] = s[2];
	}
	for (int i = 0; i < k->n; i++)
		if (strcmp(k->name[i], name) == 0)
			return;
	assert_true(k->n < KINDS);
	memcpy(k->name[k->n++], name, sizeof(name));
}

/* All kinds of sequences that were written, and every other control. */
static struct kinds *kinds_of(const struct pty *p)
{
	struct kinds *k = calloc(1, sizeof(*k));

	assert_non_null(k);
	for (size_t i = 0; i < p->raw_n; i++) {
		const unsigned char c = (unsigned char)p->raw[i];
		const unsigned char next = (unsigned char)p->raw[i + 1];
		char other[4] = { '\0', '^', (char)(c + '@'), '\0' };

		if (c == 0x1b)
			add_kind(k, p->raw + i);
		else if (c < ' ' || c == 0x7f)
			add_kind(k, other);
		/* C1 in UTF-8; alone it is no part of a character */
		if (c == 0xc2 && next < 0xa0)
			fail_msg("a C1 control was written");
	}
	return k;
}

/* Every screen, and every account that begins with this. */
static struct kinds *tour(const char *path)
{
	static const char *const keys[] = { "\r", "\033[6~", "\033[6~", "J", "J", "\033",
		"=", "\033", "e", "\033", "O", "\033", ":", "\033", "3", "4", "2",
		"/csm:", "\t", "\033", "\033", "x", "\033" };
	struct kinds *k;
	struct pty p;

	running_on(&p, 24, 80, path, NULL);
	for (int i = 0; i < 20; i++)
		pty_type(&p, "\033[6~");
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		pty_type(&p, keys[i]);
	for (int i = 0; i < 300; i++)
		pty_type(&p, "\033[A");
	k = kinds_of(&p);
	end(&p);
	return k;
}

/* The bytes hold no kind of sequence that plain names would not bring. */
static void test_hostile_names(void **state)
{
	struct kinds *evil = tour(hostile_db[0]), *plain = tour(hostile_db[1]);

	(void)state;
	assert_true(plain->n > 3);
	for (int i = 0; i < evil->n; i++) {
		int k = 0;

		while (k < plain->n && strcmp(plain->name[k], evil->name[i]) != 0)
			k++;
		if (k == plain->n)
			fail_msg("the names brought ESC %s", evil->name[i]);
	}
	print_message("%d kinds of sequences with hostile names, %d with plain ones\n",
		evil->n, plain->n);
	free(evil);
	free(plain);
}

/* ---- locales -------------------------------------------------------------------- */

static void test_locales(void **state)
{
	static const char *const names[] = { "tr_TR", "de_DE", "ar_SA" };
	static const char *const keys[] = { "\r", "\033", "3", "4", "2", "/ISTANBUL i" };
	static const char *const usual[] = { "LC_ALL=C.UTF-8", NULL };

	(void)state;
	running_line("mkdir -p '%s/locales'", home);
	for (size_t i = 0; i < 3; i++) {
		char path[600], all[64];
		const char *const env[] = { path, all, NULL };
		struct pty a, b;

		if (running_line("localedef -f UTF-8 -i %s '%s/locales/%s.UTF-8' "
				 ">/dev/null 2>&1",
			    names[i], home, names[i]) != 0) {
			print_message(
				"skipped: the locale %s can't be made here\n", names[i]);
			continue;
		}
		snprintf(path, sizeof(path), "LOCPATH=%s/locales", home);
		snprintf(all, sizeof(all), "LC_ALL=%s.UTF-8", names[i]);
		running_on(&a, 24, 80, db, usual);
		running_on(&b, 24, 80, db, env);
		for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++) {
			running_same(running_picture(&a), running_picture(&b));
			pty_type(&a, keys[k]);
			pty_type(&b, keys[k]);
		}
		running_same(running_picture(&a), running_picture(&b));
		end(&a);
		end(&b);
	}
}

/* ---- books ---------------------------------------------------------------------- */

static void put_quoted(FILE *f, struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		fprintf(f, t.s[i] == '"' ? "\"\"" : "%c", t.s[i]);
}

static void make_hostile(int plain)
{
	struct arena a;
	char csv[600];
	FILE *f;

	arena_init(&a);
	snprintf(csv, sizeof(csv), "%s/hostile%d.csv", home, plain);
	f = fopen(csv, "wb");
	assert_non_null(f);
	fputs("account_id,name,arr,csm,segment,region,industry,tags\n", f);
	for (int i = 0; i < HOSTILE_N; i++) {
		struct text t = hostile_text(i, &a);

		if (text_invalid_at(t) < t.n || t.n > 200)
			t = hostile_text(0, &a);
		if (plain)
			t = i % 3 ? TEXT("Zażółć Gęślą")
				  : TEXT("株式会社さくら情報システム");
		fprintf(f, "A%03d,", i);
		for (int k = 0; k < 6; k++) {
			if (k == 1)
				fprintf(f, "%d,", 90000 - i * 100);
			fprintf(f, "\"%03d ", k == 2 ? i % 9 : i);
			put_quoted(f, t);
			fputs(k == 5 ? "\"\n" : "\",", f);
		}
	}
	assert_int_equal(fclose(f), 0);
	arena_clear(&a);
	snprintf(
		hostile_db[plain], sizeof(hostile_db[0]), "%s/hostile%d.db", home, plain);
	unlink(hostile_db[plain]);
	assert_int_equal(
		running_line("'%s' --db '%s' --as-of 2026-03-31 init >/dev/null 2>&1",
			running_program(), hostile_db[plain]),
		0);
	assert_int_equal(
		running_line(
			"'%s' --db '%s' --as-of 2026-03-31 import accounts '%s' "
			">/dev/null 2>&1 && '%s' --db '%s' --as-of 2026-03-31 recalc "
			">/dev/null 2>&1",
			running_program(), hostile_db[plain], csv, running_program(),
			hostile_db[plain]),
		0);
}

static int make_books(void **state)
{
	(void)state;
	if (!running_demo("names.db", db))
		return -1;
	snprintf(home, sizeof(home), "%.400s", getenv("HOME"));
	make_hostile(0);
	make_hostile(1);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_c_locale),
		cmocka_unit_test(test_c_locale_typing),
		cmocka_unit_test(test_euc_jp),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_locales),
	};

	return cmocka_run_group_tests(tests, make_books, NULL);
}
