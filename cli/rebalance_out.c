#include "cli/rebalance_out.h"

#include "cli/capacity_out.h"
#include "cli/rows.h"
#include "cli/table.h"
#include "core/convert.h"
#include "core/handover_sheet.h"

enum { NAME_SHOWN = 100 };

/* ---- names ---- */

/* The keys and names of accounts that are listed, some at a time. */
struct named {
	struct book *b;
	struct arena a;
	struct list_row row;
};

static enum status name_account(struct named *n, uint32_t account, struct err *e)
{
	arena_clear(&n->a);
	return book_rows(n->b, &account, 1, &n->a, &n->row, e);
}

/* ---- as JSON ---- */

static double full_books(int64_t hundredths)
{
	return (double)hundredths / 100;
}

static void put_number(struct json *j, const char *key, double v, int decimals)
{
	json_key(j, key);
	json_number(j, v, decimals);
}

static enum status put_moves(
	struct json *j, struct named *n, const struct proposal *p, struct err *e)
{
	enum status st = ST_OK;

	json_key(j, "moves");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < p->moves; k++) {
		const struct proposal_move *m = &p->move[k];

		st = name_account(n, m->account, e);
		if (st != ST_OK)
			break;
		json_object(j);
		json_pair(j, "account", n->row.id);
		json_pair(j, "from", proposal_owner(p, m->from));
		json_pair(j, "to", proposal_owner(p, m->to));
		json_pair(j, "reason", text_of(m->reason));
		json_pair(j, "receiver", text_of(m->receiver));
		json_key(j, "tier");
		json_int(j, m->tier);
		json_key(j, "arr_cents");
		json_money(j, m->arr);
		put_number(j, "cost", (double)m->cost / REBALANCE_UNIT, 6);
		json_end_object(j);
	}
	json_end_array(j);
	return st;
}

static void put_books(struct json *j, const char *key, const struct capacity *c)
{
	json_key(j, key);
	json_array(j);
	for (uint32_t k = 0; k < c->rows; k++)
		capacity_out_row(j, &c->row[k]);
	capacity_out_row(j, &c->pool);
	json_end_array(j);
}

static enum status put_obstacles(
	struct json *j, struct named *n, const struct proposal *p, struct err *e)
{
	enum status st = ST_OK;

	json_key(j, "obstacles");
	json_array(j);
	for (uint32_t k = 0; st == ST_OK && k < p->obstacles; k++) {
		st = name_account(n, p->obstacle[k].account, e);
		if (st != ST_OK)
			break;
		json_object(j);
		json_pair(j, "account", n->row.id);
		json_pair(j, "from", proposal_owner(p, p->obstacle[k].from));
		json_pair(j, "why", text_of(p->obstacle[k].why));
		json_end_object(j);
	}
	json_end_array(j);
	return st;
}

static void put_scores(struct json *j, const struct proposal *p)
{
	const struct rebalance_score *was = &p->score_before, *is = &p->score_after;

	put_number(j, "violation_before", full_books(was->over), 2);
	put_number(j, "violation_after", full_books(is->over), 2);
	put_number(j, "cost", (double)p->cost / REBALANCE_UNIT, 6);
	put_number(j, "bound", (double)p->bound / REBALANCE_UNIT, 6);
	json_key(j, "optimal");
	json_bool(j, p->optimal);
	json_key(j, "unowned_before");
	json_int(j, p->before->unowned[0] + p->before->unowned[1]);
	json_key(j, "unowned_after");
	json_int(j, p->after->unowned[0] + p->after->unowned[1]);
	put_number(j, "under_before", full_books(was->under), 2);
	put_number(j, "under_after", full_books(is->under), 2);
	json_key(j, "interrupted");
	json_bool(j, p->interrupted);
}

/* What became of a kept one; not there when none was opened. */
static void put_since(struct json *j, const struct rebalance_kept_opened *o)
{
	if (!o)
		return;
	json_key(j, "since");
	json_array(j);
	for (uint32_t k = 0; k < o->said.n; k++)
		json_text(j, o->said.line[k]);
	json_end_array(j);
}

static enum status as_json(struct named *n, const struct proposal *p,
	const struct rebalance_kept_opened *o, struct err *e)
{
	struct json doc, *j = &doc;
	enum status st;

	call_json(j);
	json_object(j);
	st = put_moves(j, n, p, e);
	put_books(j, "before", p->before);
	put_books(j, "after", p->after);
	put_scores(j, p);
	if (st == ST_OK)
		st = put_obstacles(j, n, p, e);
	put_since(j, o);
	json_end_object(j);
	return call_json_end(j, st, e);
}

/* ---- as text and CSV ---- */

static const struct rows_column columns[] = {
	{ "T", "account", "account" },
	{ "T", "name", "name" },
	{ "T", "tier", "+tier" },
	{ "T", "arr_cents", "+ARR" },
	{ "T", "from", "from" },
	{ "T", "to", "to" },
	{ "T", "reason", "_why" },
	{ NULL, NULL, NULL },
};

static enum status list_moves(
	const struct call *c, struct named *n, const struct proposal *p, struct err *e)
{
	struct rows *r;
	enum status st = rows_begin(&r, c, columns, e);

	for (uint32_t k = 0; st == ST_OK && k < p->moves; k++) {
		const struct proposal_move *m = &p->move[k];
		char money[MONEY_TEXT_MAX], why[PROPOSAL_MOVE_MAX];

		st = name_account(n, m->account, e);
		if (st != ST_OK)
			break;
		rows_row(r);
		rows_text(r, n->row.id);
		rows_text(r, n->row.name);
		rows_int(r, m->tier);
		rows_cents(r, m->arr,
			money_said(m->arr, book_policy(n->b)->currency, money));
		rows_text(r, proposal_owner(p, m->from));
		rows_text(r, proposal_owner(p, m->to));
		proposal_move_text(m, why);
		rows_text(r, text_of(why));
		st = rows_end_row(r, e);
	}
	return rows_end(&r, st, e);
}

static const char *load_text(const struct capacity_row *r, char out[16])
{
	snprintf(out, 16, "%.0f %%", capacity_percent(capacity_fills(&r->load)));
	return out;
}

static enum status list_books(const struct proposal *p, struct err *e)
{
	static const char *const titles[] = { "csm", "+tier 1", "+tier 2", "+load",
		"state", "+tier 1", "+tier 2", "+load", "state after" };
	struct table t;
	enum status st = ST_OK, ended;

	rows_table(&t, 9, titles);
	for (uint32_t k = 0; st == ST_OK && k < p->before->rows; k++) {
		const struct capacity_row *x = &p->before->row[k], *y = &p->after->row[k];
		char name[128], n[4][16], load[2][16];
		const char *cells[9];

		snprintf(name, sizeof(name), "%.*s", convert_shown(x->name, NAME_SHOWN),
			x->name.s);
		for (int i = 0; i < 4; i++)
			snprintf(n[i], sizeof(n[i]), "%u",
				(i < 2 ? x : y)->book.accounts[i % 2]);
		cells[0] = name;
		cells[1] = n[0];
		cells[2] = n[1];
		cells[3] = load_text(x, load[0]);
		cells[4] = capacity_state_text(x);
		cells[5] = n[2];
		cells[6] = n[3];
		cells[7] = load_text(y, load[1]);
		cells[8] = capacity_state_text(y);
		st = table_row(&t, cells, e);
	}
	ended = table_finish(&t, st == ST_OK ? e : NULL);
	return st == ST_OK ? ended : st;
}

static void print_line(void *arg, enum capacity_line kind, const char *text)
{
	(void)arg;
	call_line(kind == CAPACITY_WARNS ? "! " : "", text_of(text));
}

/* Whoever leaves keeps all, unless somebody asks what if they were away. */
static void print_leaves(const struct proposal *p)
{
	uint32_t accounts, more;
	const struct capacity_row *r = proposal_leaves_later(p, &accounts, &more);
	char name[4 * NAME_SHOWN], day[DAY_TEXT_MAX];

	if (!r)
		return;
	text_sanitise(r->name, name, sizeof(name), NAME_SHOWN, false);
	printf("! %s leaves on %s and keeps %u account%s: --share 'NAME=0' hands "
	       "%s over",
		name, day_format(r->until, day), accounts, TEXT_S(accounts),
		accounts == 1 ? "it" : "them");
	if (more)
		printf(" (+%u more)", more);
	printf("\n");
}

/* "A-1072 Yarrow Staffing" */
static enum status print_account(
	struct named *n, uint32_t account, const char *before, struct err *e)
{
	char id[256], who[256];
	const enum status st = name_account(n, account, e);

	if (st != ST_OK)
		return st;
	text_sanitise(n->row.id, id, sizeof(id), 40, false);
	text_sanitise(n->row.name, who, sizeof(who), 30, false);
	printf("%s%s%s%s", before, id, *who ? " " : "", who);
	return ST_OK;
}

/* Each reason once, with the largest accounts that it is about. */
static enum status list_obstacles(
	struct named *n, const struct proposal *p, struct err *e)
{
	enum { REASONS = 20, ACCOUNTS = 4 };
	enum status st = ST_OK;
	uint32_t told = 0;

	for (uint32_t k = 0; st == ST_OK && k < p->whys && k < REASONS; k++) {
		const struct proposal_why *w = &p->why[k];
		uint32_t at = w->first, i = 0;
		char why[4 * PROPOSAL_TEXT_MAX], money[MONEY_TEXT_MAX];

		text_sanitise(text_of(p->obstacle[at].why), why, sizeof(why),
			PROPOSAL_TEXT_MAX, false);
		printf("! %u account%s, %s: %s", w->n, TEXT_S(w->n),
			money_said(w->arr, p->before->policy.currency, money), why);
		for (; st == ST_OK && i < ACCOUNTS && at < p->obstacles;
			at = proposal_why_next(p, at), i++)
			st = print_account(
				n, p->obstacle[at].account, i ? ", " : ": ", e);
		if (w->n > i)
			printf(" and %u more", w->n - i);
		printf("\n");
		told += w->n;
	}
	if (p->obstacles > told)
		printf("! and %u more\n", p->obstacles - told);
	return st;
}

static void print_since(const struct rebalance_kept_opened *o)
{
	for (uint32_t k = 0; o && k < o->said.n; k++)
		call_line("", o->said.line[k]);
}

static enum status as_text(const struct call *c, struct named *n,
	const struct proposal *p, const struct rebalance_kept_opened *o, struct err *e)
{
	const bool listed = p->moves && !c->option[OPT_OUT];
	enum status st = listed ? list_moves(c, n, p, e) : ST_OK;

	if (st == ST_OK && listed)
		printf("\n");
	if (st == ST_OK)
		st = list_books(p, e);
	if (st != ST_OK)
		return st;
	printf("\n");
	print_since(o);
	proposal_say(p, print_line, NULL);
	print_leaves(p);
	return list_obstacles(n, p, e);
}

enum status rebalance_out(const struct call *c, struct book *b, const struct proposal *p,
	const struct rebalance_kept_opened *o, struct err *e)
{
	struct named n = { .b = b };
	enum status st;

	arena_init(&n.a);
	st = c->format == FORMAT_JSON  ? as_json(&n, p, o, e)
	     : c->format == FORMAT_CSV ? handover_moves(b, p, call_sink, stdout, e)
				       : as_text(c, &n, p, o, e);
	arena_clear(&n.a);
	return st;
}
