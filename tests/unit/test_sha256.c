/* SHA-256 against the examples of FIPS 180-4 and at the edges of its blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/sha256.h"

static void test_known(void **state)
{
	static const struct {
		const char *text, *name;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb924"
		      "27ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223"
			 "b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039"
			"a33ce45964ff2167f6ecedd419db06c1" },
	};
	struct sha256 h;
	char hex[SHA256_HEX];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sha256_init(&h);
		sha256_add(&h, rows[i].text, strlen(rows[i].text));
		sha256_end(&h, hex);
		assert_string_equal(hex, rows[i].name);
	}
	sha256_init(&h);
	for (int i = 0; i < 1000000; i++)
		sha256_add(&h, "a", 1);
	sha256_end(&h, hex);
	assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67"
				 "f1809a48a497200e046d39ccc7112cd0");
}

/* Whatever the pieces are, the whole has one name. */
static void test_pieces(void **state)
{
	char text[200], whole[SHA256_HEX], parts[SHA256_HEX];
	struct sha256 h;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)('a' + i % 26);
	for (size_t n = 0; n <= sizeof(text); n++) {
		sha256_init(&h);
		sha256_add(&h, text, n);
		sha256_end(&h, whole);
		for (size_t cut = 0; cut <= n; cut += 9) {
			sha256_init(&h);
			sha256_add(&h, text, cut);
			sha256_add(&h, text + cut, n - cut);
			sha256_end(&h, parts);
			assert_string_equal(parts, whole);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
