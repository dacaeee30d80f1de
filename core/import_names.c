/* Names by what is left of them without case and blanks. */
#include "core/import_names.h"

#include <stdlib.h>
#include <string.h>

#include "core/alike.h"
#include "core/fnv.h"
#include "core/text.h"

enum { FOLDED_MAX = 256, PLACES_FIRST = 256 };

struct import_name {
	uint32_t id, hash;
	struct text name, folded;
};

void import_names_clear(struct import_names *x)
{
	if (x->loaded)
		arena_clear(&x->texts);
	free(x->name);
	free(x->place);
	*x = (struct import_names){ 0 };
}

/* Blanks in a row are one, those at the ends none; a no-break space is one. */
static struct text fold(struct text name, char out[FOLDED_MAX])
{
	char folded[FOLDED_MAX];
	const size_t n = text_fold(name, folded, sizeof(folded));
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		const bool wide =
			i + 1 < n && folded[i] == '\xC2' && folded[i + 1] == '\xA0';

		if (!wide && folded[i] != ' ' && folded[i] != '\t')
			out[to++] = folded[i];
		else if (to && out[to - 1] != ' ')
			out[to++] = ' ';
		i += wide;
	}
	to -= to && out[to - 1] == ' ';
	return (struct text){ out, to };
}

/* Where it is, or would be. */
static uint32_t *place_of(const struct import_names *x, struct text folded, uint32_t hash)
{
	uint32_t at = hash & (x->places - 1);

	while (x->place[at]) {
		const struct import_name *n = &x->name[x->place[at] - 1];

		if (n->hash == hash && text_eq(n->folded, folded))
			break;
		at = (at + 1) & (x->places - 1);
	}
	return &x->place[at];
}

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the names of the CSMs");
}

/* At most half of the places are taken. */
static enum status make_room(struct import_names *x, struct err *e)
{
	const uint32_t places = x->places ? 2 * x->places : PLACES_FIRST;
	struct import_name *name;
	uint32_t *place;

	if (2 * (x->n + 1) <= x->places)
		return ST_OK;
	name = realloc(x->name, places / 2 * sizeof(*name));
	if (!name)
		return no_memory(e);
	x->name = name;
	place = calloc(places, sizeof(*place));
	if (!place)
		return no_memory(e);
	free(x->place);
	x->place = place;
	x->places = places;
	for (uint32_t i = 0; i < x->n; i++)
		*place_of(x, name[i].folded, name[i].hash) = i + 1;
	return ST_OK;
}

enum status import_names_add(
	struct import_names *x, uint32_t id, struct text name, struct err *e)
{
	char room[FOLDED_MAX];
	struct import_name n = { .id = id, .name = name };
	uint32_t *place;
	enum status st;

	/* Longer ones are compared as they are. */
	if (!x->loaded || name.n >= FOLDED_MAX / 2)
		return ST_OK;
	st = make_room(x, e);
	if (st != ST_OK)
		return st;
	n.folded = fold(name, room);
	n.hash = (uint32_t)fnv_of(n.folded);
	place = place_of(x, n.folded, n.hash);
	if (*place) /* the book has two already: the first one is meant */
		return ST_OK;
	if (!arena_keep(&x->texts, &n.name) || !arena_keep(&x->texts, &n.folded))
		return no_memory(e);
	x->name[x->n++] = n;
	*place = x->n;
	return ST_OK;
}

static enum status take_csm(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	return import_names_add(arg, (uint32_t)id, cell_as_text(&c[F_CSM_NAME]), e);
}

enum status import_names_find(struct import_names *x, struct store *s, struct text name,
	uint32_t *id, struct text *known, struct err *e)
{
	char room[FOLDED_MAX];
	enum status st = ST_OK;

	*id = 0;
	if (name.n >= FOLDED_MAX / 2)
		return ST_OK;
	if (!x->loaded) {
		arena_init(&x->texts);
		x->loaded = true;
		st = s->ops->rows(s, REC_CSM, 0, take_csm, x, e);
	}
	if (st == ST_OK && x->n) {
		const struct text folded = fold(name, room);
		const uint32_t at = *place_of(x, folded, (uint32_t)fnv_of(folded));

		if (at) {
			*id = x->name[at - 1].id;
			*known = x->name[at - 1].name;
		}
	}
	return st;
}

const char *import_names_near(const struct import_names *x, struct text name)
{
	struct alike a;

	alike_begin(&a, name);
	for (uint32_t i = 0; i < x->n; i++)
		alike_try(&a, x->name[i].name.s);
	return a.word;
}
