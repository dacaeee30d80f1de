/* review: who changes tier, and why. */
#include "cli/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/rows.h"
#include "core/json.h"

#define PLACEMENTS_SHOWN 1000
#define WAITING_SHOWN 5u

/* Keys of the accounts that a review speaks of, looked up once. */
struct naming {
	struct store *store;
	struct arena arena;
	struct text *move, *pair, *wait;
	uint32_t placed; /* placements that the table leaves out */
};

static struct text *look_up(struct naming *n, const uint32_t *ids, uint32_t count,
	enum status *st, struct err *e)
{
	struct text *keys = arena_alloc(&n->arena, ((size_t)count + 1) * sizeof(*keys));

	if (*st == ST_OK && !keys)
		*st = err_set(e, ST_NOMEM, "not enough memory for the review");
	if (*st == ST_OK && count)
		*st = n->store->ops->account_keys(
			n->store, ids, count, &n->arena, keys, e);
	return keys;
}

static enum status name_pairs(
	struct naming *n, const struct review *r, uint32_t *ids, struct err *e)
{
	struct text *found;
	uint32_t count = 0;
	enum status st = ST_OK;

	for (uint32_t k = 0; k < r->moves_n; k++)
		if (r->moves[k].pair)
			ids[count++] = r->moves[k].pair;
	found = look_up(n, ids, count, &st, e);
	n->pair = arena_alloc(&n->arena, ((size_t)r->moves_n + 1) * sizeof(*n->pair));
	if (st == ST_OK && !n->pair)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	count = 0;
	for (uint32_t k = 0; st == ST_OK && k < r->moves_n; k++)
		n->pair[k] = r->moves[k].pair ? found[count++] : TEXT("");
	return st;
}

static enum status name_all(struct naming *n, const struct review *r, struct err *e)
{
	const uint32_t room = r->moves_n > r->waitlist_n ? r->moves_n : r->waitlist_n;
	uint32_t *ids = malloc(((size_t)room + 1) * sizeof(*ids));
	enum status st =
		ids ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for the review");

	for (uint32_t k = 0; st == ST_OK && k < r->moves_n; k++)
		ids[k] = r->moves[k].account;
	n->move = look_up(n, ids, r->moves_n, &st, e);
	if (st == ST_OK)
		st = name_pairs(n, r, ids, e);
	for (uint32_t k = 0; st == ST_OK && k < r->waitlist_n; k++)
		ids[k] = r->waitlist[k].account;
	n->wait = look_up(n, ids, r->waitlist_n, &st, e);
	free(ids);
	return st;
}

/* Nobody reads a million lines that all say "placed": when there are very many, the
 * table is about the other moves. Returns how many it leaves out. */
static uint32_t leave_out_placements(struct review *r)
{
	uint32_t placed = 0, kept = 0;

	for (uint32_t k = 0; k < r->moves_n; k++)
		placed += r->moves[k].cause == CAUSE_PLACEMENT;
	if (placed <= PLACEMENTS_SHOWN)
		return 0;
	for (uint32_t k = 0; k < r->moves_n; k++)
		if (r->moves[k].cause != CAUSE_PLACEMENT)
			r->moves[kept++] = r->moves[k];
	r->moves_n = kept;
	return placed;
}

static void json_caps(struct json *j, const struct review *r)
{
	json_key(j, "caps");
	json_array(j);
	for (int t = 0; t < TIER_COUNT; t++) {
		json_object(j);
		json_key(j, "tier");
		json_int(j, t + 1);
		json_key(j, "pct");
		json_number(j, r->cap[t].share_bp / 100.0, 2);
		json_key(j, "limit");
		json_int(j, r->cap[t].limit);
		json_key(j, "before");
		json_int(j, r->cap[t].before);
		json_key(j, "after");
		json_int(j, r->cap[t].after);
		json_end_object(j);
	}
	json_end_array(j);
}

static void json_move(struct json *j, const struct policy *p, const struct tier_move *m,
	struct text account, struct text pair)
{
	char reason[256];

	review_reason(p, m, pair, reason, sizeof(reason));
	json_object(j);
	json_pair(j, "account", account);
	json_key(j, "from");
	json_number(j, m->from ? (double)m->from : NAN, 0);
	json_key(j, "to");
	json_int(j, m->to);
	json_pair(j, "cause", text_of(move_cause_name[m->cause]));
	json_pair(j, "pair", m->pair ? pair : (struct text){ NULL, 0 });
	json_key(j, "tier_score");
	json_number(j, m->score, 4);
	json_pair(j, "reason", text_of(reason));
	json_end_object(j);
}

static void json_rest(struct json *j, const struct review *r, const struct naming *n)
{
	json_key(j, "waitlist");
	json_array(j);
	for (uint32_t k = 0; k < r->waitlist_n; k++) {
		json_object(j);
		json_pair(j, "account", n->wait[k]);
		json_key(j, "tier_score");
		json_number(j, r->waitlist[k].score, 4);
		json_key(j, "tier");
		json_int(j, r->waitlist[k].tier);
		json_end_object(j);
	}
	json_end_array(j);
	json_key(j, "violations");
	json_array(j);
	for (uint32_t k = 0; k < r->violations_n; k++) {
		json_object(j);
		json_key(j, "tier");
		json_int(j, r->violations[k].tier);
		json_key(j, "over");
		json_int(j, r->violations[k].over);
		json_end_object(j);
	}
	json_end_array(j);
}

static enum status review_json(const struct policy *p, const struct review *r,
	const struct naming *n, struct err *e)
{
	struct json doc, *j = &doc;

	call_json(j);
	json_object(j);
	json_key(j, "as_of");
	json_day(j, r->as_of);
	json_key(j, "active");
	json_int(j, r->active);
	json_caps(j, r);
	json_key(j, "moves");
	json_array(j);
	for (uint32_t k = 0; k < r->moves_n; k++)
		json_move(j, p, &r->moves[k], n->move[k], n->pair[k]);
	json_end_array(j);
	json_rest(j, r, n);
	json_end_object(j);
	return call_json_end(j, ST_OK, e);
}

/* ---- for people: what comes of it first, then why ---- */

static void print_outcome(
	const struct call *c, const struct review *r, const struct naming *n)
{
	char day[DAY_TEXT_MAX], of[40] = "";

	if (!n->placed)
		review_accounts_text(r, of);
	printf("%s as of %s: %u active, %u move%s%s, %u waiting\n",
		c->option[OPT_APPLY] ? "review applied"
				     : "proposal (--apply makes it so)",
		day_format(r->as_of, day), r->active, r->moves_n + n->placed,
		TEXT_S(r->moves_n + n->placed), of, r->waitlist_n);
	for (int t = 0; t < TIER_COUNT - 1; t++)
		printf("  tier %d: %u -> %u of at most %u\n", t + 1, r->cap[t].before,
			r->cap[t].after, r->cap[t].limit);
	printf("  tier %d: %u -> %u\n", TIER_COUNT, r->cap[TIER_COUNT - 1].before,
		r->cap[TIER_COUNT - 1].after);
	for (uint32_t k = 0; k < r->violations_n; k++)
		printf("  tier %d is %u over its cap, held there by locks: nobody is "
		       "promoted "
		       "into it\n",
			r->violations[k].tier, r->violations[k].over);
	if (n->placed)
		printf("%u account%s that had no tier placed; --format json names "
		       "all\n",
			n->placed, TEXT_S(n->placed));
}

static enum status move_row(struct table *t, const struct policy *p,
	const struct tier_move *m, const struct list_row *row, struct text pair,
	struct err *e)
{
	char key[256], name[256], way[8], reason[256];
	const char *cells[] = { key, name, way, move_cause_name[m->cause], reason };

	snprintf(key, sizeof(key), "%.*s", (int)row->id.n, row->id.s ? row->id.s : "");
	snprintf(name, sizeof(name), "%.*s", (int)row->name.n,
		row->name.s ? row->name.s : "");
	if (m->from)
		snprintf(way, sizeof(way), "%u>%u", m->from, m->to);
	else
		snprintf(way, sizeof(way), " >%u", m->to);
	review_reason(p, m, pair, reason, sizeof(reason));
	return table_row(t, cells, e);
}

static enum status move_table(struct book *b, const struct review *r,
	const struct naming *n, const struct list_row *rows, struct err *e)
{
	static const char *const titles[] = { "Id", "Account", "Tier", "Cause", "_Why" };
	struct table *t = malloc(sizeof(*t));
	enum status st = ST_OK, ended;

	if (!t)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	rows_table(t, 5, titles);
	for (uint32_t k = 0; st == ST_OK && k < r->moves_n; k++)
		st = move_row(t, book_policy(b), &r->moves[k], &rows[k], n->pair[k], e);
	ended = table_finish(t, st == ST_OK ? e : NULL);
	free(t);
	return st == ST_OK ? ended : st;
}

static enum status print_moves(
	struct book *b, const struct review *r, struct naming *n, struct err *e)
{
	struct list_row *rows =
		arena_alloc(&n->arena, ((size_t)r->moves_n + 1) * sizeof(*rows));
	uint32_t *ids = arena_alloc(&n->arena, ((size_t)r->moves_n + 1) * sizeof(*ids));
	enum status st;

	if (!rows || !ids)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	for (uint32_t k = 0; k < r->moves_n; k++)
		ids[k] = r->moves[k].account;
	putchar('\n');
	st = book_rows(b, ids, r->moves_n, &n->arena, rows, e);
	return st == ST_OK ? move_table(b, r, n, rows, e) : st;
}

/* One who waits, by name and id. */
static enum status print_waiter(
	struct book *b, uint32_t account, double score, struct err *e)
{
	char id[256], name[256];
	struct list_row row;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = book_rows(b, &account, 1, &a, &row, e);
	if (st == ST_OK) {
		text_sanitise(row.id, id, sizeof(id), 30, false);
		text_sanitise(row.name, name, sizeof(name), 40, false);
		printf("  %s%s%s  %.1f\n", id, *name ? "  " : "", name, score);
	}
	arena_clear(&a);
	return st;
}

static enum status print_waiting(struct book *b, const struct review *r, struct err *e)
{
	enum status st = ST_OK;

	for (uint8_t tier = 1; tier < TIER_COUNT; tier++) {
		uint32_t count = 0;

		for (uint32_t k = 0; st == ST_OK && k < r->waitlist_n; k++) {
			if (r->waitlist[k].tier != tier || ++count > WAITING_SHOWN)
				continue;
			if (count == 1)
				printf("\nwaiting for a place in the full tier:\n");
			st = print_waiter(
				b, r->waitlist[k].account, r->waitlist[k].score, e);
		}
		if (count > WAITING_SHOWN)
			printf("  and %u more (--format json has all)\n",
				count - WAITING_SHOWN);
		if (count)
			printf("nobody in tier %u who isn't locked has a tier score "
			       "%g points "
			       "lower than theirs\n",
				tier, book_policy(b)->swap_margin);
	}
	return st;
}

static enum status review_text(const struct call *c, struct book *b,
	const struct review *r, struct naming *n, struct err *e)
{
	enum status st = ST_OK;

	print_outcome(c, r, n);
	if (r->moves_n)
		st = print_moves(b, r, n, e);
	if (st == ST_OK)
		st = print_waiting(b, r, e);
	return st;
}

enum status verb_review(struct call *c, struct err *e)
{
	struct book *b = NULL;
	struct review r;
	struct naming n = { 0 };
	enum status st = call_book(c, false, &b, e);

	memset(&r, 0, sizeof(r));
	arena_init(&n.arena);
	if (st == ST_OK)
		st = book_review(b, c->option[OPT_APPLY] != NULL, &r, e);
	if (st == ST_OK) {
		n.store = book_store(b);
		if (c->format != FORMAT_JSON)
			n.placed = leave_out_placements(&r);
		st = name_all(&n, &r, e);
	}
	if (st == ST_OK)
		st = c->format == FORMAT_JSON ? review_json(book_policy(b), &r, &n, e)
					      : review_text(c, b, &r, &n, e);
	arena_clear(&n.arena);
	review_clear(&r);
	book_free(&b);
	return st;
}
