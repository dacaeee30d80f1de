#include "tui/people.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

enum { NAME_MAX_BYTES = 512 };

void people_init(struct people *p)
{
	*p = (struct people){ .n = 0 };
	arena_init(&p->arena);
}

void people_clear(struct people *p)
{
	arena_clear(&p->arena);
	free(p->person);
	people_init(p);
}

static bool keep(struct people *p, struct text t, struct text *out)
{
	*out = (struct text){ arena_copy(&p->arena, t.n ? t.s : "", t.n), t.n };
	return out->s != NULL;
}

/* cells: of a CSM, NULL of the pool. */
static enum status add(
	struct people *p, int32_t csm, const struct cell *cells, struct err *e)
{
	struct person *x;

	p->person = mem_resize(p->person, p->n + 1, sizeof(*p->person));
	x = &p->person[p->n];
	*x = (struct person){ .csm = csm, .name = TEXT("the pool") };
	if (cells &&
		!(keep(p, cell_shown(&cells[F_CSM_NAME]), &x->name) &&
			keep(p, cell_shown(&cells[F_CSM_ROLE]), &x->role) &&
			keep(p, text_trim(cell_shown(&cells[F_CSM_TEAM])), &x->team)))
		return err_set(e, ST_NOMEM, "not enough memory for the CSMs");
	p->n++;
	if (cells)
		x->row = capacity_row_of(cells, p->today);
	return ST_OK;
}

static enum status take_csm(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	return add(arg, (int32_t)id, cells, e);
}

/* Where a CSM stands in the list, by id; whoever is not listed counts as the pool. */
static uint32_t *places(const struct people *p, int32_t *most)
{
	uint32_t *place;

	*most = 0;
	for (uint32_t i = 0; i < p->n; i++)
		if (p->person[i].csm > *most)
			*most = p->person[i].csm;
	place = mem_new((size_t)*most + 1, sizeof(*place));
	for (uint32_t i = 0; i < p->n; i++)
		place[p->person[i].csm] = i;
	return place;
}

/* What is beyond all money there is stays at the most. */
static void sum(int64_t *to, int64_t more)
{
	if (!money_add(*to, more, to))
		*to = MONEY_MAX;
}

static void count(
	struct people *p, const struct book_figures *f, const struct policy *policy)
{
	int32_t most;
	uint32_t *place = places(p, &most);

	for (uint32_t i = 0; i < f->n; i++) {
		const int32_t csm = shorts_at(f->csm, i);
		struct person *x = &p->person[place[csm > 0 && csm <= most ? csm : 0]];
		int tier;

		if (!f->active[i])
			continue;
		tier = tiers_served(f->tier[i]) - 1;
		x->row.book.accounts[tier]++;
		sum(&x->row.book.arr[tier], amounts_or_none(f->arr, i));
	}
	for (uint32_t i = 0; i < p->n; i++) {
		struct person *x = &p->person[i];

		for (int t = 0; t < TIER_COUNT; t++) {
			x->accounts += x->row.book.accounts[t];
			sum(&x->arr, x->row.book.arr[t]);
		}
		capacity_weigh(&x->row, policy, p->today);
	}
	free(place);
}

enum status people_names(struct people *p, struct book *b, struct err *e)
{
	enum status st;

	people_clear(p);
	p->today = book_as_of(b);
	st = add(p, 0, NULL, e);
	if (st != ST_OK)
		return st;
	return book_csms(b, take_csm, p, e);
}

enum status people_load(struct people *p, struct book *b, struct err *e)
{
	struct book_figures f;
	enum status st = people_names(p, b, e);

	if (st == ST_OK)
		st = book_figures(b, &f, e);
	if (st == ST_OK)
		count(p, &f, book_policy(b));
	return st;
}

static enum status add_team(struct people *p, struct person who, struct err *e)
{
	const size_t n = who.team.n + 5;
	char *name = arena_alloc(&p->arena, n);

	if (!name)
		return err_set(e, ST_NOMEM, "not enough memory for the teams");
	memcpy(name, "team ", 5);
	memcpy(name + 5, who.team.s, who.team.n);
	p->person = mem_resize(p->person, p->n + 1, sizeof(*p->person));
	p->person[p->n++] = (struct person){ .name = { name, n },
		.role = TEXT(""),
		.team = who.team,
		.csm = who.csm,
		.all = true,
		.accounts = who.accounts,
		.arr = who.arr };
	return ST_OK;
}

enum status people_teams(struct people *p, struct err *e)
{
	const uint32_t people = p->n;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < people; i++) {
		const struct person x = p->person[i];
		uint32_t k = people;

		if (x.csm == 0 || x.team.n == 0)
			continue;
		while (k < p->n && !text_ieq(p->person[k].team, x.team))
			k++;
		if (k == p->n) {
			st = add_team(p, x, e);
			continue;
		}
		p->person[k].accounts += x.accounts;
		if (!money_add(p->person[k].arr, x.arr, &p->person[k].arr))
			p->person[k].arr = MONEY_MAX;
	}
	return st;
}

void people_everybody(struct people *p)
{
	struct person all = { .csm = EVERYBODY, .name = TEXT("everybody") };

	for (uint32_t i = 0; i < p->n; i++) {
		const struct person *x = &p->person[i];

		if (x->all) /* whose people are counted */
			continue;
		all.accounts += x->accounts;
		if (!money_add(all.arr, x->arr, &all.arr))
			all.arr = MONEY_MAX;
	}
	p->person = mem_resize(p->person, p->n + 1, sizeof(*p->person));
	p->person[p->n++] = all;
}

const struct person *people_find(const struct people *p, struct text name)
{
	char want[NAME_MAX_BYTES], have[NAME_MAX_BYTES];
	size_t n = text_fold(name, want, sizeof(want));

	for (uint32_t i = 0; i < p->n; i++) {
		const struct person *x = &p->person[i];

		if (x->csm > 0 && !x->all &&
			text_fold(x->name, have, sizeof(have)) == n &&
			memcmp(want, have, n) == 0)
			return x;
	}
	return NULL;
}

const struct person *people_in(const struct people *p, struct text team)
{
	for (uint32_t i = 0; team.n && i < p->n; i++)
		if (p->person[i].csm && text_ieq(p->person[i].team, team))
			return &p->person[i];
	return NULL;
}
