/* The assets in the program are, byte for byte, the files of assets/. */
#include "core/asset.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void test_same_bytes(void **state)
{
	const char *root = getenv("TIERDESK_SRC");
	static char bytes[65536];

	(void)state;
	assert_non_null(root);
	for (size_t i = 0; asset_at(i); i++) {
		const struct asset *a = asset_at(i);
		char path[4096];

		snprintf(path, sizeof(path), "%s/assets/%s", root, a->name);
		FILE *f = fopen(path, "rb");
		if (!f)
			fail_msg("%s is embedded, but %s cannot be read", a->name, path);
		size_t n = fread(bytes, 1, sizeof(bytes), f);
		fclose(f);
		assert_int_equal(n, a->size);
		assert_memory_equal(bytes, a->text, n);
		assert_int_equal(a->text[a->size], 0);
	}
}

static void test_sorted_and_found(void **state)
{
	size_t n = 0;

	(void)state;
	for (; asset_at(n); n++) {
		assert_ptr_equal(asset_find(asset_at(n)->name), asset_at(n));
		if (n > 0)
			assert_true(strcmp(asset_at(n - 1)->name, asset_at(n)->name) < 0);
	}
	assert_true(n > 0);
	assert_null(asset_at(n + 1));
	assert_null(asset_at(SIZE_MAX));
}

static void test_unknown(void **state)
{
	(void)state;
	assert_null(asset_find(""));
	assert_null(asset_find("schema"));
	assert_null(asset_find("../LICENSE"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_sorted_and_found),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
