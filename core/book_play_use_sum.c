/* The starts of plays added up: by play, by its versions, by CSM. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"
#include "core/plays.h"

struct summing {
	struct play_reading *r;
	struct text *name; /* of CSMs, by id; owned; its texts are the uses' */
	uint32_t names, names_room;
	struct survival *part, *whole; /* owned */
};

/* ---- order ---- */

static int by_csm(const void *x, const void *y)
{
	const struct play_case *a = x, *b = y;

	return a->play != b->play ? (a->play > b->play) - (a->play < b->play)
				  : (a->csm < b->csm) - (a->csm > b->csm);
}

/* The newest version first. */
static int by_version(const void *x, const void *y)
{
	const struct play_case *a = x, *b = y;
	const uint32_t p = (uint32_t)a->version, q = (uint32_t)b->version;

	return a->play != b->play ? (a->play > b->play) - (a->play < b->play)
				  : (p < q) - (p > q);
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

/* ---- sums ---- */

/* Where the cases of the same part as the one at `from` end. */
static uint32_t end_of(const struct play_reading *r, uint32_t from, bool versions)
{
	uint32_t to = from + 1;

	while (to < r->n &&
		(versions ? by_version : by_csm)(&r->of[to], &r->of[from]) == 0)
		to++;
	return to;
}

/* Of the cases from..to-1. */
static struct play_use_part part_of(
	const struct summing *s, uint32_t from, uint32_t to, bool versions)
{
	const struct play_reading *r = s->r;
	const struct play_case *first = &r->of[from];
	struct play_use_part p = { .play = first->play };

	*s->part = (struct survival){ .n = 0 };
	for (uint32_t i = from; i < to; i++)
		play_use_add(&p.use, s->part, &r->of[i], r->out->as_of);
	p.median = survival_median(s->part);
	if (versions)
		p.version = first->version;
	else
		p.csm = first->csm;
	if (!versions && p.csm < s->names)
		p.name = s->name[p.csm];
	return p;
}

/* Cases are many, parts few. */
static enum status add_parts(const struct summing *s, bool versions,
	struct play_use_part **parts, uint32_t *n, struct err *e)
{
	struct play_reading *r = s->r;
	uint32_t count = 0;

	if (r->n)
		qsort(r->of, r->n, sizeof(*r->of), versions ? by_version : by_csm);
	for (uint32_t from = 0; from < r->n; from = end_of(r, from, versions))
		count++;
	*parts = malloc(((size_t)count + 1) * sizeof(**parts));
	if (!*parts)
		return play_use_no_memory(e);
	*n = 0;
	for (uint32_t from = 0, to; from < r->n; from = to) {
		to = end_of(r, from, versions);
		(*parts)[(*n)++] = part_of(s, from, to, versions);
	}
	return ST_OK;
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
	const struct summing *s, uint32_t play, uint32_t *at, struct play_use_row *out)
{
	const struct play_reading *r = s->r;

	*s->whole = (struct survival){ .n = 0 };
	for (; *at < r->n && r->of[*at].play == play; ++*at)
		play_use_add(&out->use, s->whole, &r->of[*at], r->out->as_of);
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
	uint32_t at = 0, version = 0, csm = 0;

	for (uint32_t play = 0; play < u->n; play++) {
		struct play_use_row *row = &u->row[play];
		const uint32_t first = csm;

		*row = (struct play_use_row){ .median = -1 };
		name_row(s->r, play, row);
		add_row(s, play, &at, row);
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
	uint32_t csms = 0, versions = 0;
	enum status st = add_library(s->r, e);

	if (st == ST_OK)
		st = book_csms(s->r->b, take_csm, s, e);
	if (st != ST_OK)
		return st;
	u->n = u->plays.n;
	s->part = malloc(sizeof(*s->part));
	s->whole = malloc(sizeof(*s->whole));
	u->row = malloc(((size_t)u->n + 1) * sizeof(*u->row));
	st = s->part && s->whole && u->row ? ST_OK : play_use_no_memory(e);
	if (st == ST_OK)
		st = add_parts(s, false, &u->csm, &csms, e);
	if (st == ST_OK)
		st = add_parts(s, true, &u->version, &versions, e);
	if (st != ST_OK) {
		u->n = 0;
		return st;
	}
	add_rows(s, versions, csms);
	return keep_titles(u, e);
}

enum status play_use_sum(struct play_reading *r, struct err *e)
{
	struct summing s = { .r = r };
	const enum status st = sum(&s, e);

	free(s.name);
	free(s.part);
	free(s.whole);
	return st;
}
