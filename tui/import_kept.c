/* What a person said of the columns of a file: whoever opens it again, mended or not,
 * need not say it twice while the console runs. */
#include <stdlib.h>
#include <string.h>

#include "core/fnv.h"
#include "tui/import.h"
#include "tui/import_state.h"
#include "tui/mem.h"

/* Of the last file that anything was said of. */
struct import_kept {
	char *path, *mapping; /* owned */
	uint64_t headers;
	enum record_kind kind;
	bool ignore_tiers, update_only, changed;
};

static uint64_t headers_of(const struct importing *s)
{
	uint64_t hash = s->preview.column_count;

	for (uint32_t i = 0; i < s->preview.column_count; i++)
		hash = fnv_step(hash, fnv_of(text_of(s->preview.columns[i].header)));
	return hash;
}

static char *copy(const char *text)
{
	const size_t n = strlen(text) + 1;
	char *to = mem_new(n, 1);

	memcpy(to, text, n);
	return to;
}

void import_kept_end(struct app *a)
{
	if (!a->import_kept)
		return;
	free(a->import_kept->path);
	free(a->import_kept->mapping);
	free(a->import_kept);
	a->import_kept = NULL;
}

/* The mapping that is in use, or that the guess and what was said of it come to. */
static const char *text_of_mapping(struct importing *s)
{
	struct mapping m = s->base;
	const char *text = NULL;

	if (s->mapping)
		return s->mapping;
	for (uint32_t i = 0; i < s->preview.column_count; i++)
		m.monthly |= s->preview.columns[i].monthly;
	return import_mapping(&s->preview, &m, &s->names, &text, NULL) == ST_OK ? text
										: NULL;
}

void import_keep(struct app *a, struct importing *s)
{
	const char *text;

	if (!s->shown || !s->path[0])
		return;
	if (!s->settled) {
		if (a->import_kept && strcmp(a->import_kept->path, s->path) == 0)
			import_kept_end(a);
		return;
	}
	text = text_of_mapping(s);
	if (!text)
		return;
	import_kept_end(a);
	a->import_kept = mem_new(1, sizeof(*a->import_kept));
	*a->import_kept = (struct import_kept){ .path = copy(s->path),
		.mapping = copy(text),
		.headers = headers_of(s),
		.kind = s->kind,
		.ignore_tiers = s->ignore_tiers,
		.update_only = s->update_only,
		.changed = s->changed };
}

bool import_recall(struct app *a, struct importing *s)
{
	const struct import_kept *k = a->import_kept;
	enum record_kind guessed;

	if (!k || !s->shown || strcmp(k->path, s->path) != 0 ||
		k->headers != headers_of(s))
		return false;
	guessed = s->kind;
	s->kind = k->kind;
	if (!import_use_mapping(a, s, k->mapping, "as you said before")) {
		s->kind = guessed;
		return false;
	}
	s->ignore_tiers = k->ignore_tiers;
	s->update_only = k->update_only;
	s->changed = k->changed;
	import_look(a, s);
	return true;
}
