/* Files of others, every one as every kind: it gets in, all rows counted, or is refused
 * with the file and the line named, and nothing of it stays. */
#include "core/import.h"

#include <dirent.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "core/asset.h"
#include "tests/support/buffer.h"
#include "tests/support/fake_store.h"
#include "tests/support/store_text.h"

#define PATH_SIZE 4096

static const char *data(void)
{
	static char path[PATH_SIZE];
	const char *root = getenv("TIERDESK_SHARED");
	struct stat st;
	snprintf(path, sizeof(path), "%s/data", root != NULL ? root : "");
	if (root == NULL || stat(path, &st) != 0) {
		print_message("skipped: no collection of files at hand\n");
		skip();
	}
	return path;
}

/* map: INI text of a mapping, bad rows are skipped then; NULL: guess. */
static enum status run(struct store *s, enum record_kind kind, const char *path,
	const char *map, struct import_result *r, struct err *e)
{
	struct buffer b = { 0 };
	if (!buffer_read_file(&b, path))
		fail_msg("%s can't be read", path);
	const char *slash = strrchr(path, '/');
	struct import_request q = { .kind = kind,
		.bytes = b.s != NULL ? b.s : "",
		.size = b.n,
		.name = slash + 1,
		.mapping_text = map,
		.skip_bad = map != NULL,
		.as_of = 20000,
		.cap_bp = { 1000, 3000, 10000 } };
	*e = (struct err){ .status = ST_OK };
	enum status st = import_run(s, &q, r, e);
	buffer_clear(&b);
	return st;
}

struct tally {
	int files, taken, refused, forced;
};

static void try_kind(
	const char *path, const char *name, enum record_kind kind, struct tally *tally)
{
	struct store *s = fake_store_new();
	struct import_result r;
	struct err e;
	uint64_t before = fake_digest(s);
	enum status st = run(s, kind, path, NULL, &r, &e);
	if (st == ST_OK) {
		tally->taken++;
		if (r.read != r.inserted + r.updated + r.unchanged + r.rejected ||
			r.rejected != 0)
			fail_msg("%s as %s: rows don't add up", path,
				record_of(kind)->name);
		import_result_clear(&r);
		uint64_t once = fake_digest(s);
		assert_int_equal(run(s, kind, path, NULL, &r, &e), ST_OK);
		assert_int_equal(r.inserted + r.updated, 0);
		assert_int_equal(fake_digest(s), once);
	} else {
		tally->refused++;
		size_t n = strlen(name);
		if (st != ST_INVALID || strncmp(e.text, name, n) != 0 || e.text[n] != ':')
			fail_msg("%s as %s: status %d: %s", path, record_of(kind)->name,
				st, e.text);
		if (r.rejected > 0) {
			char line[32];
			snprintf(line, sizeof(line), ":%" PRIu64, r.errors[0].line);
			assert_ptr_equal(strstr(e.text, line), e.text + n);
		}
		assert_int_equal(fake_digest(s), before);
	}
	import_result_clear(&r);
	s->ops->close(s);
}

/* The first two columns as id and name, whatever they are: far more rows get a chance. */
static void try_forced(const char *path, const char *name, struct tally *tally)
{
	struct store *s = fake_store_new();
	struct import_preview p;
	struct import_result r;
	struct err e;
	char map[512] = "[columns]\naccount_id = x\n";
	struct buffer b = { 0 };
	if (!buffer_read_file(&b, path))
		fail_msg("%s can't be read", path);
	struct import_request q = { .kind = REC_ACCOUNT,
		.bytes = b.s != NULL ? b.s : "",
		.size = b.n,
		.name = name };
	if (import_preview(&q, &p, &e) == ST_OK)
		snprintf(map, sizeof(map),
			"[columns]\naccount_id = %.150s\nname = %.150s\n",
			p.columns[0].header,
			p.column_count > 1 ? p.columns[1].header : "none");
	import_preview_clear(&p);
	buffer_clear(&b);
	if (run(s, REC_ACCOUNT, path, map, &r, &e) == ST_OK) {
		struct book_info info;
		tally->forced++;
		if (r.read != r.inserted + r.rejected)
			fail_msg("%s: rows don't add up", path);
		assert_int_equal(s->ops->info(s, &info, &e), ST_OK);
		assert_int_equal(info.last_id, r.inserted);
	} else {
		assert_int_equal(strncmp(e.text, name, strlen(name)), 0);
	}
	import_result_clear(&r);
	s->ops->close(s);
}

static bool is_table(const char *name)
{
	static const char *const ends[] = { ".csv", ".tsv", ".txt", ".dat" };
	size_t n = strlen(name);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (n > 4 && strcmp(name + n - 4, ends[i]) == 0)
			return true;
	}
	return false;
}

static void try_folder(const char *folder, struct tally *tally)
{
	DIR *d = opendir(folder);
	struct dirent *entry;
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		char path[PATH_SIZE];
		struct stat st;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || stat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			try_folder(path, tally);
		} else if (is_table(entry->d_name)) {
			tally->files++;
			for (int kind = 0; kind < REC_IMPORTABLE; kind++)
				try_kind(path, entry->d_name, (enum record_kind)kind,
					tally);
			try_forced(path, entry->d_name, tally);
		}
	}
	closedir(d);
}

static void try_collection(const char *name, int files, int taken)
{
	char folder[PATH_SIZE];
	struct tally tally = { 0 };
	snprintf(folder, sizeof(folder), "%s/%s", data(), name);
	try_folder(folder, &tally);
	print_message("%s: %d files, %d imports taken, %d refused, %d forced\n", name,
		tally.files, tally.taken, tally.refused, tally.forced);
	assert_true(tally.files >= files);
	assert_true(tally.taken >= taken);
	assert_true(2 * tally.forced >= files);
}

static void nasty_csv(void **state)
{
	(void)state;
	try_collection("nasty_csv", 150, 1);
}

static void telco(void **state)
{
	(void)state;
	try_collection("telco", 4, 3);
}

static void saas(void **state)
{
	(void)state;
	try_collection("saas_mit_1000", 4, 1);
}

static void ravenstack(void **state)
{
	(void)state;
	try_collection("ravenstack", 10, 2);
}

static void vendor_exports(void **state)
{
	(void)state;
	try_collection("vendor_exports", 90, 20);
}

/* ---- books made of several files -----------------------------------------------------
 */

static struct store *raven_book(const char *folder, const char *tickets)
{
	const struct {
		enum record_kind kind;
		const char *name;
		uint64_t rows;
	} files[] = { { REC_ACCOUNT, "ravenstack_accounts.csv", 500 },
		{ REC_CONTRACT, "ravenstack_subscriptions.csv", 5000 },
		{ REC_TICKET, tickets, 2000 } };
	struct store *s = fake_store_new();
	for (size_t i = 0; i < 3; i++) {
		char path[PATH_SIZE];
		struct import_result r;
		struct err e;
		snprintf(path, sizeof(path), "%s/ravenstack/%s/%s", data(), folder,
			files[i].name);
		if (run(s, files[i].kind, path, NULL, &r, &e) != ST_OK)
			fail_msg("%s", e.text);
		assert_int_equal(r.inserted, files[i].rows);
		import_result_clear(&r);
	}
	return s;
}

/* Once through a spreadsheet program and back: other dates, other booleans, same book. */
static void a_resaved_book_is_the_same(void **state)
{
	(void)state;
	(void)data();
	struct store *iso = raven_book("iso", "ravenstack_support_tickets.csv");
	struct store *resaved =
		raven_book("excel_resave", "ravenstack_supports_ticket.csv");
	for (int kind = 0; kind < REC_IMPORTABLE; kind++) {
		char *a = store_text_rows(iso, (enum record_kind)kind, 0);
		char *b = store_text_rows(resaved, (enum record_kind)kind, 0);
		if (strcmp(a, b) != 0)
			fail_msg("%s differ", record_of((enum record_kind)kind)->name);
		free(a);
		free(b);
	}
	assert_int_equal(fake_digest(iso), fake_digest(resaved));
	iso->ops->close(iso);
	resaved->ops->close(resaved);
}

struct running {
	int32_t day;
	int64_t arr;
	char last[64];
	int accounts;
};

/* Contracts come by id; accounts are counted in a second reading by account. */
static enum status add_contract(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct running *r = arg;
	(void)id;
	(void)e;
	bool ended = cells[F_CONTRACT_UNTIL].type == CELL_INT &&
		     cells[F_CONTRACT_UNTIL].i <= r->day;
	if (cells[F_CONTRACT_FROM].i <= r->day && !ended)
		r->arr += cells[F_CONTRACT_ARR].i;
	return ST_OK;
}

static void contracts_add_up(void **state)
{
	struct running all = { .day = 20088 }; /* 2024-12-31 */
	struct err e = { 0 };
	int paying = 0;
	(void)state;
	(void)data();
	struct store *s = raven_book("iso", "ravenstack_support_tickets.csv");
	assert_int_equal(s->ops->rows(s, REC_CONTRACT, 0, add_contract, &all, &e), ST_OK);
	assert_int_equal(all.arr, 12191529600);
	for (uint32_t id = 1; id <= 500; id++) {
		struct running one = { .day = all.day };
		assert_int_equal(
			s->ops->rows(s, REC_CONTRACT, id, add_contract, &one, &e), ST_OK);
		paying += one.arr > 0;
	}
	assert_int_equal(paying, 500);
	s->ops->close(s);
}

static void monthly_values_become_arr(void **state)
{
	char path[PATH_SIZE];
	struct running all = { .day = 19723 }; /* 2024-01-01 */
	const char *root = data(); /* first: it skips the test when there is none */
	struct store *s = fake_store_new();
	struct import_result r;
	struct err e;
	(void)state;
	snprintf(path, sizeof(path), "%s/saas_mit_1000/customers.csv", root);
	assert_int_equal(run(s, REC_ACCOUNT, path, NULL, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1000);
	import_result_clear(&r);
	snprintf(path, sizeof(path), "%s/saas_mit_1000/subscriptions.csv", root);
	assert_int_equal(run(s, REC_CONTRACT, path, NULL, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1000);
	import_result_clear(&r);
	assert_int_equal(s->ops->rows(s, REC_CONTRACT, 0, add_contract, &all, &e), ST_OK);
	assert_int_equal(all.arr, 12 * 32753257); /* the author's own MRR of that month */
	s->ops->close(s);
}

/* The shipped mappings, on files they were written for. */
static void presets_fit(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *map, *file;
		uint64_t rows;
	} files[] = {
		{ REC_ACCOUNT, "mappings/salesforce-accounts.ini",
			"salesforce_dataloader/Account.csv", 94 },
		{ REC_CONTRACT, "mappings/salesforce-opportunities.ini",
			"salesforce_dataloader/Opportunity.csv", 58 },
		{ REC_TICKET, "mappings/salesforce-cases.ini",
			"salesforce_dataloader/Case.csv", 40 },
	};
	const char *root = data();
	struct store *s = fake_store_new();
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[PATH_SIZE];
		struct import_result r;
		struct err e;
		const struct asset *map = asset_find(files[i].map);
		assert_non_null(map);
		snprintf(path, sizeof(path), "%s/vendor_exports/%s", root, files[i].file);
		if (run(s, files[i].kind, path, map->text, &r, &e) != ST_OK)
			fail_msg("%s", e.text);
		assert_int_equal(r.rejected, 0);
		assert_int_equal(r.inserted, files[i].rows);
		import_result_clear(&r);
	}
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nasty_csv),
		cmocka_unit_test(telco),
		cmocka_unit_test(saas),
		cmocka_unit_test(ravenstack),
		cmocka_unit_test(vendor_exports),
		cmocka_unit_test(a_resaved_book_is_the_same),
		cmocka_unit_test(contracts_add_up),
		cmocka_unit_test(monthly_values_become_arr),
		cmocka_unit_test(presets_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
