/* Imports: a mapping and a file of any bytes, as any kind. Rows add up, a refusal leaves
 * no trace, the same file again changes nothing, and what got in comes back from its
 * export. The first byte picks the kind, a zero byte ends the mapping. */
#include "core/import.h"

#include <string.h>

#include "core/export.h"
#include "tests/support/buffer.h"
#include "tests/support/fake_store.h"
#include "tests/support/fuzz.h"

static struct store *book(void)
{
	static const char accounts[] = "account_id,csm\nA,Ann\nB,\nC,\n";
	struct import_request q = { .kind = REC_ACCOUNT,
		.bytes = accounts,
		.size = sizeof(accounts) - 1,
		.name = "f" };
	struct import_result r;
	struct store *s = fake_store_new();
	REQUIRE(import_run(s, &q, &r, NULL) == ST_OK);
	import_result_clear(&r);
	return s;
}

static enum status run(struct store *s, const struct import_request *q, bool *changed)
{
	struct import_result r;
	struct err e = { .status = ST_OK };
	uint64_t before = fake_digest(s);
	enum status st = import_run(s, q, &r, &e);
	*changed = st == ST_OK && r.inserted + r.updated > 0;
	REQUIRE(r.error_count <= r.rejected);
	if (st == ST_OK)
		REQUIRE(r.read == r.inserted + r.updated + r.unchanged + r.rejected);
	else
		REQUIRE(fake_digest(s) == before && e.text[0] != '\0' &&
			strncmp(e.text, "f:", 2) == 0);
	import_result_clear(&r);
	return st;
}

static void export_comes_back(struct store *s, enum record_kind kind)
{
	struct buffer b = { NULL, 0, 0 };
	struct export_options o = { .raw = false };
	bool changed;
	REQUIRE(export_kind(s, kind, &o, buffer_sink, &b, NULL) == ST_OK);
	struct import_request q = { .kind = kind,
		.bytes = b.s,
		.size = b.n,
		.name = "f",
		.cap_bp = { 1000, 3000, 10000 } };
	REQUIRE(run(s, &q, &changed) == ST_OK && !changed);
	buffer_clear(&b);
}

/* Files without the columns they need are not worth a book. */
static bool is_promising(const struct import_request *q)
{
	struct import_preview p;
	bool good = import_preview(q, &p, NULL) == ST_OK && p.missing == NULL;
	import_preview_clear(&p);
	return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	const char *text = (const char *)data + 1;
	const char *end = memchr(text, 0, size - 1);
	size_t map = end != NULL ? (size_t)(end - text) + 1 : 0;
	struct import_request q = { .kind = (enum record_kind)(data[0] % REC_IMPORTABLE),
		.bytes = text + map,
		.size = size - 1 - map,
		.name = "f",
		.mapping_text = map > 1 ? text : NULL,
		.mapping_name = "m",
		.skip_bad = (data[0] & 0x80) != 0,
		.as_of = 20000,
		.cap_bp = { 1000, 3000, 10000 } };
	bool changed;
	if (!is_promising(&q))
		return 0;
	struct store *s = book();
	if (run(s, &q, &changed) == ST_OK) {
		bool again;
		REQUIRE(run(s, &q, &again) == ST_OK);
		REQUIRE(!again);
		export_comes_back(s, q.kind);
	}
	s->ops->close(s);
	return 0;
}
