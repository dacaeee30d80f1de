/* What a person said of the columns of a file: whoever opens it again, mended or not,
 * need not say it twice while the console runs. */
#include <stdlib.h>
#include <string.h>

#include "core/fnv.h"
#include "tui/import.h"
#include "tui/import_state.h"
#include "tui/mem.h"

/* Of a file that anything was said of. */
struct import_kept {
	struct import_kept *next; /* owned */
	char *path, *mapping;     /* owned */
	uint64_t headers;
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

/* The link that leads to what is kept of a path, or to nothing at the end. */
static struct import_kept **find(struct app *a, const char *path)
{
	struct import_kept **at = &a->import_kept;

	while (*at && strcmp((*at)->path, path) != 0)
		at = &(*at)->next;
	return at;
}

static void drop(struct import_kept **at)
{
	struct import_kept *gone = *at;

	if (!gone)
		return;
	*at = gone->next;
	free(gone->path);
	free(gone->mapping);
	free(gone);
}

void import_kept_end(struct app *a)
{
	while (a->import_kept)
		drop(&a->import_kept);
}

/* The mapping that is in use, or that the guess and what was said of it come to. */
static const char *text_of_mapping(struct importing *s)
{
	const char *text = NULL;

	if (s->mapping)
		return s->mapping;
	return import_mapping(&s->preview, &s->base, &s->names, &text, NULL) == ST_OK
		       ? text
		       : NULL;
}

void import_keep(struct app *a, struct importing *s)
{
	const char *text;
	struct import_kept *to;

	if (!s->shown || !s->path[0])
		return;
	text = s->settled ? text_of_mapping(s) : NULL;
	if (s->settled && !text) /* headers that no mapping can name */
		return;
	drop(find(a, s->path));
	if (!text)
		return;
	to = mem_new(1, sizeof(*to));
	*to = (struct import_kept){ .next = a->import_kept,
		.path = copy(s->path),
		.mapping = copy(text),
		.headers = headers_of(s),
		.ignore_tiers = s->ignore_tiers,
		.update_only = s->update_only,
		.changed = s->changed };
	a->import_kept = to;
}

/* As the file was found, before it was read as somebody said of one with its path. */
static void read_as_guessed(struct app *a, struct importing *s, enum record_kind guessed)
{
	s->kind = guessed;
	mapping_clear(&s->base);
	mapping_init(&s->base, guessed);
	import_guess(s);
	import_look(a, s);
}

bool import_recall(struct app *a, struct importing *s)
{
	const struct import_kept *k = *find(a, s->path);
	const enum record_kind guessed = s->kind;

	if (!k || !import_use_mapping(a, s, k->mapping, "as you said before"))
		return false;
	/* Without what was said of its encoding and the like, its headers may be others,
	 * or none. */
	if (!s->shown || k->headers != headers_of(s)) {
		read_as_guessed(a, s, guessed);
		return false;
	}
	s->ignore_tiers = k->ignore_tiers;
	s->update_only = k->update_only;
	s->changed = k->changed;
	import_look(a, s);
	return true;
}
