/* Text from outside: whatever the bytes, what reaches a terminal or a file is sound. */
#include "core/text.h"

#include <string.h>

#include "core/json.h"
#include "core/recode.h"
#include "tests/support/buffer.h"
#include "tests/support/fuzz.h"

/* Valid UTF-8 in which nothing controls a terminal. */
static void check_harmless(struct text t)
{
	static const char *const bidi[] = { "\u061C", "\u200E", "\u200F", "\u202A",
		"\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068",
		"\u2069", "\u2028", "\u2029", "\uFEFF", "\U000E0067" };
	REQUIRE(text_invalid_at(t) == t.n);
	for (size_t i = 0; i < t.n; i++) {
		unsigned char c = (unsigned char)t.s[i];
		REQUIRE(c >= ' ' && c != 0x7F);
		REQUIRE(c != 0xC2 || (unsigned char)t.s[i + 1] >= 0xA0);
		for (size_t k = 0; k < sizeof(bidi) / sizeof(bidi[0]); k++) {
			size_t n = strlen(bidi[k]);
			REQUIRE(t.n - i < n || memcmp(t.s + i, bidi[k], n) != 0);
		}
	}
}

static void check_clusters(struct text t)
{
	size_t sum = 0;
	for (struct text rest = t; rest.n > 0;) {
		int columns = -1;
		size_t n = text_cluster(rest, &columns);
		REQUIRE(n >= 1 && n <= rest.n && n <= 64 && columns >= 0 && columns <= 2);
		sum += n;
		rest.s += n;
		rest.n -= n;
	}
	REQUIRE(sum == t.n);
}

static void check_sanitise(struct text t, int max, size_t size)
{
	char out[512];
	int all = text_columns(t);
	for (int ascii = 0; ascii < 2; ascii++) {
		int columns = text_sanitise(t, out, size, max, ascii == 1);
		REQUIRE(columns >= 0 && columns <= max);
		if (size == 0)
			continue;
		struct text shown = text_of(out);
		REQUIRE(shown.n < size);
		check_harmless(shown);
		REQUIRE(text_columns(shown) == columns);
		REQUIRE(ascii == 1 || size < sizeof(out) || all > max || t.n * 4 > 400 ||
			columns == all);
		for (size_t i = 0; ascii == 1 && i < shown.n; i++)
			REQUIRE((unsigned char)shown.s[i] < 0x80);
	}
}

static void check_json(struct text t)
{
	static struct json j;
	struct buffer b = { NULL, 0, 0 };
	json_init(&j, buffer_sink, &b);
	json_text(&j, t);
	REQUIRE(json_finish(&j, NULL) == ST_OK);
	check_harmless((struct text){ b.s, b.n - 1 });
	buffer_clear(&b);
}

static void check_recode(struct text t)
{
	for (int from = ENC_AUTO; from <= ENC_CP1252; from++) {
		struct recoded r;
		struct err e;
		enum status status =
			recode(t.s, t.n, (enum encoding)from, "--encoding", &r, &e);
		REQUIRE(status == ST_OK || status == ST_INVALID);
		struct text out = { r.text, r.size };
		REQUIRE(status != ST_OK || text_invalid_at(out) == out.n);
		recode_clear(&r);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	struct text t = { (const char *)data + 2, size - 2 };
	char folded[300];
	check_clusters(t);
	check_sanitise(t, data[0], data[1]);
	check_sanitise(t, data[0], 512);
	check_json(t);
	check_recode(t);
	size_t n = text_fold(t, folded, data[1]);
	REQUIRE(n <= data[1]);
	REQUIRE(text_invalid_at(t) < t.n ||
		text_invalid_at((struct text){ folded, n }) == n);
	return 0;
}
