/* Files that others change while they are read, or after. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/file.h"

static char folder[64], path[96];

static int begin(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/tierdesk-file.XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	snprintf(path, sizeof(path), "%s/many.csv", folder);
	return 0;
}

static int end(void **state)
{
	(void)state;
	return unlink(path) != 0 || rmdir(folder) != 0;
}

static void write_lines(uint32_t n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (uint32_t i = 0; i < n; i++)
		fprintf(f, "%09u\n", i);
	assert_int_equal(fclose(f), 0);
}

/* Another program cuts it short, then writes it anew: what was read stays. */
static void test_cut_short(void **state)
{
	static const uint32_t lines[] = { 1000, 2000000 };

	(void)state;
	for (size_t k = 0; k < sizeof(lines) / sizeof(*lines); k++) {
		struct file_bytes f;
		struct err e = { .status = ST_OK };

		write_lines(lines[k]);
		assert_int_equal(file_read(path, false, &f, &e), ST_OK);
		assert_int_equal(f.size, (size_t)lines[k] * 10);
		assert_int_equal(truncate(path, 0), 0);
		for (uint32_t i = 0; i < lines[k]; i++)
			assert_int_equal(strtoul(f.bytes + (size_t)i * 10, NULL, 10), i);
		write_lines(7);
		assert_memory_equal(f.bytes + f.size - 10, "00", 2);
		file_free(&f);
	}
}

static void test_no_room(void **state)
{
	struct file_bytes f;
	struct err e = { .status = ST_OK };

	(void)state;
	write_lines(2000000);
	setenv("TMPDIR", "/nowhere", 1);
	assert_int_equal(file_read(path, false, &f, &e), ST_IO);
	assert_non_null(strstr(e.text, "many.csv"));
	write_lines(1000); /* needs none */
	assert_int_equal(file_read(path, false, &f, &e), ST_OK);
	file_free(&f);
	unsetenv("TMPDIR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_no_room),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
