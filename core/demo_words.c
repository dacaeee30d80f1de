#include "core/demo_words.h"

#include <stdlib.h>
#include <string.h>

#include "core/asset.h"

static const char *const asset_name[WORDS_COUNT] = {
	[WORDS_COMPANY] = "demo/company.txt",
	[WORDS_TRADE] = "demo/trade.txt",
	[WORDS_CITY] = "demo/city.txt",
	[WORDS_GIVEN] = "demo/given.txt",
	[WORDS_FAMILY] = "demo/family.txt",
	[WORDS_CAUSE] = "demo/cause.txt",
	[WORDS_REASON] = "demo/reason.txt",
	[WORDS_PRAISE] = "demo/praise.txt",
	[WORDS_MIXED] = "demo/mixed.txt",
	[WORDS_COMPLAINT] = "demo/complaint.txt",
	[WORDS_PURPOSE] = "demo/purpose.txt",
	[WORDS_OUTCOME] = "demo/outcome.txt",
	[WORDS_DOUBT] = "demo/doubt.txt",
	[WORDS_SILENCE] = "demo/silence.txt",
	[WORDS_TAG] = "demo/tag.txt",
};

static uint32_t count_lines(const struct asset *a)
{
	uint32_t n = 0;

	for (size_t i = 0; i < a->size; i++)
		n += a->text[i] == '\n';
	return n;
}

static enum status read_list(struct demo_words *w, enum demo_list list, struct err *e)
{
	const struct asset *a = asset_find(asset_name[list]);
	const uint32_t lines = a ? count_lines(a) : 0;
	const char *at;

	if (lines == 0)
		return err_set(e, ST_NOTFOUND,
			"the program was built without the words of assets/%s",
			asset_name[list]);
	w->list[list] = malloc(lines * sizeof(**w->list));
	if (!w->list[list])
		return err_set(e, ST_NOMEM, "not enough memory for the demo");
	at = a->text;
	while (w->n[list] < lines) {
		const char *end = strchr(at, '\n');

		w->list[list][w->n[list]++] = (struct text){ at, (size_t)(end - at) };
		at = end + 1;
	}
	return ST_OK;
}

enum status demo_words_read(struct demo_words *w, struct err *e)
{
	enum status st = ST_OK;

	memset(w, 0, sizeof(*w));
	for (int list = 0; st == ST_OK && list < WORDS_COUNT; list++)
		st = read_list(w, (enum demo_list)list, e);
	return st;
}

void demo_words_clear(struct demo_words *w)
{
	for (int list = 0; list < WORDS_COUNT; list++)
		free(w->list[list]);
	memset(w, 0, sizeof(*w));
}

struct text demo_words_at(const struct demo_words *w, enum demo_list list, uint32_t at)
{
	return w->list[list][at % w->n[list]];
}

static size_t bar(struct text entry)
{
	size_t i = 0;

	while (i < entry.n && entry.s[i] != '|')
		i++;
	return i;
}

struct text demo_words_left(struct text entry)
{
	return (struct text){ entry.s, bar(entry) };
}

struct text demo_words_right(struct text entry)
{
	const size_t i = bar(entry);

	return i < entry.n ? (struct text){ entry.s + i + 1, entry.n - i - 1 } : entry;
}
