#include "tests/support/store_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct writer {
	FILE *to;
	struct store *store;
	enum record_kind kind;  /* of the rows that come */
	const char (*codes)[4]; /* of currencies, by number; borrowed from the store */
	uint32_t codes_n;
};

static struct writer writer_open(struct store *s, char **text, size_t *size)
{
	struct writer w = { .to = open_memstream(text, size), .store = s };

	if (!w.to)
		abort();
	return w;
}

static void failed(struct writer *w, const char *what, enum status st)
{
	if (st != ST_OK)
		fprintf(w->to, "%s failed with status %d\n", what, (int)st);
}

/* Every NaN the same: they differ in a sign that means nothing. */
static double plain(double x)
{
	return isnan(x) ? (double)NAN : x;
}

/* ---- rows -------------------------------------------------------------------- */

static void write_cells(struct writer *w, enum record_kind kind, const struct cell *cells)
{
	const struct record *r = record_of(kind);
	char day[DAY_TEXT_MAX], number[NUMBER_TEXT_MAX];
	const char *between = "";

	for (int i = 0; i < r->count; i++) {
		const struct cell *c = &cells[i];

		if (c->type == CELL_MISSING)
			continue;
		fprintf(w->to, "%s%s=", between, r->fields[i].name);
		between = "|";
		if (c->type == CELL_TEXT)
			fwrite(c->t.s, 1, c->t.n, w->to);
		else if (c->type == CELL_NUMBER)
			fputs(number_exact(c->n, number), w->to);
		else if (r->fields[i].type == FT_DAY)
			fputs(day_format((int32_t)c->i, day), w->to);
		else
			fprintf(w->to, "%" PRId64, c->i);
	}
	fputc('\n', w->to);
}

static enum status write_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct writer *w = arg;

	(void)id;
	(void)e;
	write_cells(w, w->kind, cells);
	return ST_OK;
}

static enum status write_id_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct writer *w = arg;

	(void)e;
	fprintf(w->to, "%" PRId64 ": ", id);
	write_cells(w, REC_ACCOUNT, cells);
	return ST_OK;
}

static void write_rows(struct writer *w, enum record_kind kind, uint32_t account)
{
	w->kind = kind;
	failed(w, "rows",
		w->store->ops->rows(w->store, kind, account, write_row, w, NULL));
}

char *store_text_rows(struct store *s, enum record_kind kind, uint32_t account)
{
	char *text;
	size_t size;
	struct writer w = writer_open(s, &text, &size);

	write_rows(&w, kind, account);
	fclose(w.to);
	return text;
}

/* ---- parts ------------------------------------------------------------------- */

/* Numbers of currencies are the store's own: codes are compared. */
static const char *code(const struct writer *w, currency_id id)
{
	return id < w->codes_n ? w->codes[id] : "?";
}

static void write_account(struct writer *w, const struct part *p, uint32_t i)
{
	fprintf(w->to, "at %" PRIu32 " flags %d %s arr %" PRId64 " csm %" PRId32, i,
		p->flags[i], code(w, p->currency[i]), p->arr[i], p->csm[i]);
	fprintf(w->to, " days %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32,
		p->contract_start[i], p->renewal[i], p->churned_on[i], p->onboarding[i],
		p->first_value[i]);
	fprintf(w->to, " figures %a %a %a %a %a %a\n", plain(p->growth[i]),
		plain(p->complexity[i]), plain(p->maturity[i]), plain(p->stakeholders[i]),
		plain(p->seats_purchased[i]), plain(p->features_available[i]));
	for (int k = 0; k < SIG_KNOWN; k++)
		if (p->signal_day[k][i] != DAY_NONE)
			fprintf(w->to, "at %" PRIu32 " %s %" PRId32 " %a\n", i,
				known_signal_name[k], p->signal_day[k][i],
				p->signal_value[k][i]);
}

/* Rows without a promised order among themselves, written in one: a line each, all of
 * the same length, sorted. */
struct lines {
	char (*line)[160];
	uint32_t n;
};

static int compare_lines(const void *a, const void *b)
{
	return strcmp(a, b);
}

static struct lines lines_new(uint32_t n)
{
	struct lines l = { .line = calloc(n + 1u, sizeof(*l.line)) };

	if (!l.line)
		abort();
	return l;
}

static void lines_write(struct lines *l, FILE *to)
{
	qsort(l->line, l->n, sizeof(*l->line), compare_lines);
	for (uint32_t i = 0; i < l->n; i++)
		fputs(l->line[i], to);
	free(l->line);
}

static void write_contacts_contracts(struct writer *w, const struct part *p)
{
	struct lines l = lines_new(p->contacts.n + p->contracts.n);

	for (uint32_t i = 0; i < p->contacts.n; i++)
		snprintf(l.line[l.n++], sizeof(*l.line),
			"contact %d sponsor %d %" PRId32 " %" PRId32 "\n",
			p->contacts.at[i], p->contacts.is_sponsor[i],
			p->contacts.since[i], p->contacts.left[i]);
	for (uint32_t i = 0; i < p->contracts.n; i++)
		snprintf(l.line[l.n++], sizeof(*l.line),
			"contract %d %" PRId32 " %" PRId32 " %" PRId64 " %s\n",
			p->contracts.at[i], p->contracts.start[i], p->contracts.end[i],
			p->contracts.arr[i], code(w, p->contracts.currency[i]));
	lines_write(&l, w->to);
}

static void write_part(struct writer *w, const struct part *p)
{
	fprintf(w->to, "part from %" PRIu32 ", %" PRIu32 " accounts\n", p->first_id,
		p->n);
	for (uint32_t i = 0; i < p->n; i++)
		write_account(w, p, i);
	for (uint32_t i = 0; i < p->tickets.n; i++)
		fprintf(w->to, "ticket %d %" PRId32 "\n", p->tickets.at[i],
			p->tickets.opened[i]);
	for (uint32_t i = 0; i < p->surveys.n; i++)
		fprintf(w->to, "survey %d %" PRId32 " csat %d %a\n", p->surveys.at[i],
			p->surveys.day[i], p->surveys.is_csat[i], p->surveys.score[i]);
	for (uint32_t i = 0; i < p->touches.n; i++)
		fprintf(w->to, "touch %d %" PRId32 "\n", p->touches.at[i],
			p->touches.day[i]);
	for (uint32_t i = 0; i < p->movements.n; i++)
		fprintf(w->to, "movement %d %" PRId32 " %d %" PRId64 " %s\n",
			p->movements.at[i], p->movements.day[i], p->movements.kind[i],
			p->movements.delta[i], code(w, p->movements.currency[i]));
	write_contacts_contracts(w, p);
}

static void write_parts(struct writer *w, uint32_t last_id, int32_t as_of)
{
	struct part p;

	if (part_init(&p, NULL) != ST_OK)
		abort();
	fprintf(w->to, "as of %" PRId32 "\n", as_of);
	/* One more than there are: it has to be empty. */
	for (uint32_t i = 0; i <= (last_id + PART_ACCOUNTS - 1) / PART_ACCOUNTS; i++) {
		failed(w, "part", w->store->ops->part(w->store, i, as_of, &p, NULL));
		failed(w, "currencies",
			w->store->ops->currencies(
				w->store, &w->codes, &w->codes_n, NULL));
		write_part(w, &p);
	}
	part_clear(&p);
}

/* ---- figures ----------------------------------------------------------------- */

static void write_snapshot(struct writer *w, struct snapshot_day at, uint32_t n)
{
	struct scores s;
	uint8_t *tier = calloc(n + 1u, 1);

	if (!tier || scores_init(&s, n, NULL) != ST_OK)
		abort();
	fprintf(w->to, "snapshot %" PRId32 " policy %" PRId32, at.day, at.policy_version);
	failed(w, "snapshot_load",
		w->store->ops->snapshot_load(w->store, at.day, 0, &s, tier, NULL));
	fprintf(w->to, " active %" PRIu32 "\n", s.active);
	for (uint32_t i = 0; i < n; i++) {
		if (s.health[i] == HEALTH_NONE)
			continue;
		fprintf(w->to,
			"%" PRIu32 ": %d tier %d %a %a %a %" PRId64 " assumed %d:", i + 1,
			s.health[i], tier[i], plain(s.coverage[i]), plain(s.effort[i]),
			plain(s.score[i]), s.value[i], s.assumed[i]);
		for (int c = 0; c < COMP_COUNT; c++)
			fprintf(w->to, " %d", s.points[c][i]);
		fputc('\n', w->to);
	}
	scores_clear(&s);
	free(tier);
}

static void write_snapshots(struct writer *w, uint32_t accounts)
{
	struct snapshot_day at = { .day = DAY_MAX + 1 };

	for (;;) {
		enum status st =
			w->store->ops->snapshot_find(w->store, at.day - 1, &at, NULL);

		failed(w, "snapshot_find", st);
		if (st != ST_OK || at.day == DAY_NONE)
			return;
		write_snapshot(w, at, accounts);
	}
}

static enum status write_history(void *arg, const struct snapshot_row *row, struct err *e)
{
	struct writer *w = arg;

	(void)e;
	fprintf(w->to,
		"  %" PRId32 " policy %" PRId32 ": %d tier %d %a %a %a %" PRId64 ":",
		row->at.day, row->at.policy_version, row->health, row->tier,
		plain(row->coverage), plain(row->effort), plain(row->score), row->value);
	for (int c = 0; c < COMP_COUNT; c++)
		fprintf(w->to, " %d", row->points[c]);
	fputc('\n', w->to);
	return ST_OK;
}

static void write_histories(struct writer *w, uint32_t accounts)
{
	/* of a few accounts: a history may be found by reading all of them */
	for (uint32_t id = 1; id <= accounts && id <= 8; id++) {
		fprintf(w->to, "history %" PRIu32 "\n", id);
		failed(w, "snapshot_history",
			w->store->ops->snapshot_history(
				w->store, id, DAY_MIN, DAY_MAX, write_history, w, NULL));
	}
}

static void write_tiers(struct writer *w)
{
	struct tiers t = { .review_day = DAY_NONE };

	failed(w, "tiers_load", w->store->ops->tiers_load(w->store, &t, NULL));
	fprintf(w->to, "tiers of %" PRId32 "\n", t.review_day);
	for (uint32_t i = 0; i < t.n; i++) {
		const struct tier_lock *l = tiers_lock_of(&t, i + 1);

		if (t.tier[i] != TIER_NONE || l)
			fprintf(w->to,
				"%" PRIu32 ": %d since %" PRId32 " up %d down %d"
				" locked %" PRId32 " to %" PRId32 "\n",
				i + 1, t.tier[i], t.since[i], t.up[i], t.down[i],
				l ? l->from : DAY_NONE, l ? l->until : DAY_NONE);
	}
	tiers_clear(&t);
}

static enum status write_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct writer *w = arg;

	(void)e;
	fprintf(w->to,
		"move %" PRId64 " %" PRId32 " account %" PRIu32 " pair %" PRIu32
		" %d to %d cause %d %a %a\n",
		m->review, m->day, m->account, m->pair, m->from, m->to, m->cause,
		plain(m->score), plain(m->other));
	return ST_OK;
}

static void write_policies(struct writer *w)
{
	struct arena a;
	struct policy_version p;

	arena_init(&a);
	for (int32_t v = 1;
		w->store->ops->policy_load(w->store, v, &a, &p, NULL) == ST_OK; v++)
		fprintf(w->to, "policy %" PRId32 " at %" PRId64 " %s '%s'\n%s\n",
			p.version, p.at, p.author, p.reason, p.text);
	arena_clear(&a);
}

char *store_text(struct store *s, const int32_t *days, size_t n)
{
	char *text;
	size_t size;
	struct writer w = writer_open(s, &text, &size);
	struct book_info info = { 0 };

	failed(&w, "info", s->ops->info(s, &info, NULL));
	fprintf(w.to,
		"last %" PRIu32 " csms %" PRIu32 " first ticket %" PRId32
		" newest snapshot %" PRId32 "\n",
		info.last_id, info.csms, info.first_ticket, info.newest_snapshot);
	for (int kind = 0; kind < REC_COUNT; kind++) {
		fprintf(w.to, "%s:\n", record_of((enum record_kind)kind)->name);
		write_rows(&w, (enum record_kind)kind, 0);
	}
	failed(&w, "accounts_all", s->ops->accounts_all(s, write_id_row, &w, NULL));
	for (size_t i = 0; i < n; i++)
		write_parts(&w, info.last_id, days[i]);
	write_tiers(&w);
	write_snapshots(&w, info.last_id);
	write_histories(&w, info.last_id);
	failed(&w, "moves", s->ops->moves(s, 0, write_move, &w, NULL));
	write_policies(&w);
	fclose(w.to);
	return text;
}
