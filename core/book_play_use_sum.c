/* The starts of plays added up: by play, by its versions, by CSM. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"
#include "core/plays.h"

/* A use, by what it is to be added up. */
struct item {
	uint32_t play, key; /* key: version or CSM */
	const struct play_case *c;
};

struct summing {
	struct play_reading *r;
	struct item *item; /* owned, as are the others */
	uint32_t n;
	struct text *name; /* of CSMs, by id; its texts are the uses' */
	uint32_t names, names_room;
	struct survival *part, *whole;
};

/* ---- order ---- */

static int by_play(const void *x, const void *y)
{
	const struct item *a = x, *b = y;

	if (a->play != b->play)
		return a->play < b->play ? -1 : 1;
	return (a->key < b->key) - (a->key > b->key); /* the newest version first */
}

static int by_name(const void *x, const void *y)
{
	const struct play_use_part *a = x, *b = y;
	const int nobody = !a->name.s - !b->name.s, name = text_cmp(a->name, b->name);

	return nobody ? nobody : name ? name : (a->csm > b->csm) - (a->csm < b->csm);
}

static int by_use(const void *x, const void *y)
{
	const struct play_use_row *a = x, *b = y;
	const uint32_t p = play_use_started(&a->use), q = play_use_started(&b->use);

	return p != q ? (p < q) - (p > q) : text_cmp(a->play, b->play);
}

static void fill(struct summing *s, bool versions)
{
	const struct play_reading *r = s->r;

	for (uint32_t i = 0; i < r->n; i++)
		s->item[i] = (struct item){ r->of[i].play,
			versions ? (uint32_t)r->of[i].version : r->of[i].csm, &r->of[i] };
	s->n = r->n;
	if (s->n)
		qsort(s->item, s->n, sizeof(*s->item), by_play);
}

/* ---- sums ---- */

/* The items from..to-1 are of one play and one key. */
static struct play_use_part part_of(const struct summing *s, uint32_t from, uint32_t to)
{
	const struct item *first = &s->item[from];
	struct play_use_part p = { .play = first->play };

	*s->part = (struct survival){ .n = 0 };
	for (uint32_t i = from; i < to; i++)
		play_use_add(&p.use, s->part, s->item[i].c, s->r->out->as_of);
	p.median = survival_median(s->part);
	return p;
}

static uint32_t add_parts(struct summing *s, bool versions, struct play_use_part *out)
{
	uint32_t n = 0;

	fill(s, versions);
	for (uint32_t from = 0, to; from < s->n; from = to) {
		const uint32_t key = s->item[from].key;

		for (to = from + 1; to < s->n && s->item[to].play == s->item[from].play &&
				    s->item[to].key == key;)
			to++;
		out[n] = part_of(s, from, to);
		if (versions)
			out[n].version = (int32_t)key;
		else
			out[n].csm = key;
		if (!versions && key < s->names)
			out[n].name = s->name[key];
		n++;
	}
	return n;
}

/* The parts of a play are neighbours. */
static const struct play_use_part *parts_of(const struct play_use_part *all, uint32_t n,
	uint32_t *at, uint32_t play, uint32_t *found)
{
	const struct play_use_part *first = all + *at;

	for (*found = 0; *at < n && all[*at].play == play; ++*at)
		++*found;
	return first;
}

static void add_row(
	const struct summing *s, uint32_t play, uint32_t *item, struct play_use_row *out)
{
	*s->whole = (struct survival){ .n = 0 };
	for (; *item < s->n && s->item[*item].play == play; ++*item)
		play_use_add(&out->use, s->whole, s->item[*item].c, s->r->out->as_of);
	out->median = survival_median(s->whole);
}

static void name_row(
	const struct play_reading *r, uint32_t play, struct play_use_row *out)
{
	const struct text name = r->out->plays.word[play].text;
	const struct play *p = plays_find_text(r->library, name);

	out->play = name;
	if (p)
		out->title = text_of(p->title);
}

static void add_rows(struct summing *s, uint32_t versions, uint32_t csms)
{
	struct play_uses *u = s->r->out;
	uint32_t item = 0, version = 0, csm = 0;

	for (uint32_t play = 0; play < u->n; play++) {
		struct play_use_row *row = &u->row[play];
		const uint32_t first = csm;

		*row = (struct play_use_row){ .median = -1 };
		name_row(s->r, play, row);
		add_row(s, play, &item, row);
		row->version =
			parts_of(u->version, versions, &version, play, &row->versions);
		row->csm = parts_of(u->csm, csms, &csm, play, &row->csms);
		if (row->csms)
			qsort(&u->csm[first], row->csms, sizeof(*u->csm), by_name);
		play_use_spread(row->csm, row->csms, &row->spread);
	}
	qsort(u->row, u->n, sizeof(*u->row), by_use);
}

/* ---- names ---- */

static enum status take_csm(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct summing *s = arg;
	struct text name = cell_as_text(&c[F_CSM_NAME]);

	if (id < 1 || id > RECORD_CSM_MAX)
		return ST_OK;
	if (id >= s->names) {
		const uint32_t n = 2 * (uint32_t)id + 16;
		struct text *grown = realloc(s->name, n * sizeof(*grown));

		if (!grown)
			return play_use_no_memory(e);
		s->name = grown;
		for (; s->names < n; s->names++)
			grown[s->names] = (struct text){ NULL, 0 };
	}
	if (!arena_keep(&s->r->out->texts, &name))
		return play_use_no_memory(e);
	s->name[id] = name;
	return ST_OK;
}

/* Those of the library have rows, too, and their texts may go with the library. */
static enum status add_library(struct play_reading *r, struct err *e)
{
	for (int i = 0; i < r->library->n; i++) {
		uint32_t number;

		if (!word_set_add(
			    &r->out->plays, text_of(r->library->play[i]->name), &number))
			return play_use_no_memory(e);
	}
	return ST_OK;
}

static enum status keep_titles(struct play_uses *u, struct err *e)
{
	for (uint32_t i = 0; i < u->n; i++)
		if (!arena_keep(&u->texts, &u->row[i].title))
			return play_use_no_memory(e);
	return ST_OK;
}

/* ---- all of it ---- */

static enum status sum(struct summing *s, struct err *e)
{
	struct play_uses *u = s->r->out;
	const size_t most = (size_t)s->r->n + 1;
	uint32_t csms, versions;
	enum status st = add_library(s->r, e);

	if (st == ST_OK)
		st = book_csms(s->r->b, take_csm, s, e);
	if (st != ST_OK)
		return st;
	u->n = u->plays.n;
	s->item = malloc(most * sizeof(*s->item));
	s->part = malloc(sizeof(*s->part));
	s->whole = malloc(sizeof(*s->whole));
	u->version = malloc(most * sizeof(*u->version));
	u->csm = malloc(most * sizeof(*u->csm));
	u->row = malloc(((size_t)u->n + 1) * sizeof(*u->row));
	if (!s->item || !s->part || !s->whole || !u->version || !u->csm || !u->row) {
		u->n = 0;
		return play_use_no_memory(e);
	}
	csms = add_parts(s, false, u->csm);
	versions = add_parts(s, true, u->version);
	add_rows(s, versions, csms);
	return keep_titles(u, e);
}

enum status play_use_sum(struct play_reading *r, struct err *e)
{
	struct summing s = { .r = r };
	const enum status st = sum(&s, e);

	free(s.item);
	free(s.name);
	free(s.part);
	free(s.whole);
	return st;
}
