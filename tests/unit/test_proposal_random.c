/* What no proposal may do, on books by chance: whatever is wrong with a book, held ones
 * stay, words hold, no limit is broken further, and the way back leaves nothing. */
#include "core/proposal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/proposing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/sanitized.h"

enum { BOOKS = 60, ACCOUNTS = 90, CSMS = 5, MORE = 96 };

enum language { GERMAN, FRENCH, NO_LANGUAGE };

enum hold { FREE, LOCKED, RENEWAL, CRITICAL, HOLDS };

struct made {
	struct lot lot[ACCOUNTS];
	char more[ACCOUNTS][MORE];
	uint32_t n;
	enum hold hold[ACCOUNTS];
	bool apac[ACCOUNTS];   /* else EMEA */
	int speaks[ACCOUNTS];  /* a language; NO_LANGUAGE: any will do */
	unsigned spoken[CSMS]; /* bits of languages; 0: all */
	bool emea_only[CSMS], gone[CSMS];
	/* Of some the accounts are large, others have a small share of a book: what is
	 * above a limit of ARR tempts to fill books beyond that of accounts. */
	bool large[CSMS], part[CSMS];
	struct proposal_options options;
	struct proposal_pin pin;
};

static const char *const csm_name[] = { "Ana", "Ben", "Cid", "Dot", "Eve" };

static const char *const language_field[] = { "|language=German", "|language=french",
	"" };
static const char *const languages_field[] = { "", "|languages=German",
	"|languages=French", "|languages=French; German" };

static void make_account(struct made *m, uint32_t i, uint64_t *seed)
{
	static const char *const renews[] = { "2026-12-24", "2026-12-24", "2026-05-01",
		"2026-12-24" };
	const uint32_t owner = rules_throw(seed, 4);
	const int tier = rules_throw(seed, 3) ? 2 : 1;

	m->hold[i] = rules_throw(seed, 3) ? FREE : (enum hold)rules_throw(seed, HOLDS);
	m->apac[i] = rules_throw(seed, 3) == 0;
	m->speaks[i] = (int)rules_throw(seed, NO_LANGUAGE + 1);
	snprintf(m->more[i], MORE, "region=%s|renewal_date=%s%s",
		m->apac[i] ? "APAC" : "EMEA", renews[m->hold[i]],
		language_field[m->speaks[i]]);
	m->lot[i] = (struct lot){
		.owner = owner * rules_throw(seed, 3) < 3 ? csm_name[owner] : csm_name[0],
		.tier = rules_throw(seed, 8) ? tier : 3,
		.n = 1,
		.dollars = (int)(m->large[owner] ? 150000 + rules_throw(seed, 400000)
						 : 20000 + rules_throw(seed, 60000)),
		.more = m->more[i]
	};
	if (rules_throw(seed, 12) == 0)
		m->lot[i].owner = "";
}

static void put_csms(const struct made *m, char *out, size_t size)
{
	size_t n = 0;

	for (int j = 0; j < CSMS; j++)
		n += (size_t)snprintf(out + n, size - n, "name=%s%s%s%s%s\n", csm_name[j],
			languages_field[m->spoken[j]], m->part[j] ? "|capacity=0.3" : "",
			m->emea_only[j] ? "|regions=EMEA" : "",
			m->gone[j] ? "|active_until=2026-03-30" : "");
}

static void put_holds(const struct made *m, struct store *s)
{
	for (uint32_t i = 0; i < m->n; i++) {
		char line[128];

		if (m->hold[i] == LOCKED) {
			snprintf(line, sizeof(line),
				"account_id=A%u|until=2026-12-31|reason=x\n", i + 1);
			rows_put(s, REC_LOCK, line);
		}
		if (m->hold[i] == CRITICAL) {
			snprintf(line, sizeof(line),
				"account_id=A%u|kind=health-red|opened_on=2026-03-30|"
				"x=40|severity=critical|state=open\n",
				i + 1);
			rows_put(s, REC_ALERT, line);
		}
	}
}

static struct book *make(struct made *m, uint64_t seed)
{
	char csms[1024];
	struct book *b;

	*m = (struct made){ .n = 20 + rules_throw(&seed, ACCOUNTS - 20) };
	for (int j = 0; j < CSMS; j++) {
		m->emea_only[j] = rules_throw(&seed, 4) == 0;
		m->spoken[j] = rules_throw(&seed, 3) ? 0 : rules_throw(&seed, 4);
		m->gone[j] = rules_throw(&seed, 6) == 0;
		m->large[j] = rules_throw(&seed, 2) == 0;
		m->part[j] = rules_throw(&seed, 2) == 0;
	}
	for (uint32_t i = 0; i < m->n; i++)
		make_account(m, i, &seed);
	m->options.moves_max = rules_throw(&seed, 3) ? 0 : 1 + rules_throw(&seed, 9);
	m->options.csm_moves_max = rules_throw(&seed, 3) ? 0 : 1 + rules_throw(&seed, 5);
	m->pin = (struct proposal_pin){ 1 + rules_throw(&seed, m->n),
		1 + rules_throw(&seed, CSMS) };
	if (rules_throw(&seed, 2)) {
		m->options.pin = &m->pin;
		m->options.pins = 1;
	}
	put_csms(m, csms, sizeof(csms));
	b = proposing_book(csms, m->lot, m->n);
	put_holds(m, book_store(b));
	return b;
}

/* ---- what must hold ---- */

static bool is_gone(const struct made *m, const struct proposal *p, uint32_t row)
{
	return row != CAPACITY_POOL && m->gone[p->before->row[row].csm - 1];
}

static bool serves(const struct made *m, uint32_t i, uint32_t csm)
{
	if (m->apac[i] && m->emea_only[csm])
		return false;
	return m->speaks[i] == NO_LANGUAGE || !m->spoken[csm] ||
	       m->spoken[csm] >> m->speaks[i] & 1;
}

static const char *wrong_move(
	const struct made *m, const struct proposal *p, const struct proposal_move *x)
{
	const uint32_t i = x->account - 1;
	const bool said = m->options.pins && m->pin.account == x->account;

	if (x->from == x->to)
		return "stays and is told as a move";
	if (m->hold[i] == LOCKED && x->from != CAPACITY_POOL)
		return "is locked";
	if (m->hold[i] != FREE && x->from != CAPACITY_POOL && !is_gone(m, p, x->from) &&
		!said)
		return "is held";
	if (x->to == CAPACITY_POOL)
		return is_gone(m, p, x->from) ? NULL : "loses an owner who is there";
	if (is_gone(m, p, x->to))
		return "goes to who is not there";
	if (!serves(m, i, p->before->row[x->to].csm - 1) && !said)
		return "goes to who can't serve it";
	return NULL;
}

/* Hundredths begun, as the limits count them. */
static double too_much(double load, double share)
{
	return load > share ? ceil((load - share) * 100 - 1e-6) : 0;
}

static void books_hold(const struct proposal *p, uint64_t seed)
{
	for (uint32_t k = 0; k < p->before->rows; k++) {
		const struct capacity_row *x = &p->before->row[k], *y = &p->after->row[k];

		if (too_much(y->load.count_max, y->share) >
				too_much(x->load.count_max, x->share) ||
			too_much(y->load.arr_max, y->share) >
				too_much(x->load.arr_max, x->share))
			fail_msg("%d: %.*s is fuller than it may be", (int)seed,
				(int)x->name.n, x->name.s);
	}
}

static void limits_hold(const struct made *m, const struct proposal *p)
{
	const uint32_t each = m->options.csm_moves_max;

	/* what goes to the pool since its tier has no owners is no move of the limits */
	for (uint32_t row = 0; each && row < p->before->rows; row++) {
		uint32_t n = 0;

		for (uint32_t k = 0; k < p->moves; k++)
			n += p->move[k].tier < 3 &&
			     (p->move[k].from == row || p->move[k].to == row);
		assert_true(n <= each);
	}
	if (m->options.moves_max) {
		uint32_t n = 0;

		for (uint32_t k = 0; k < p->moves; k++)
			n += p->move[k].tier < 3;
		assert_true(n <= m->options.moves_max);
	}
}

static void word_holds(const struct made *m, const struct proposal *p, uint64_t seed)
{
	const struct lot *lot = &m->lot[m->pin.account - 1];
	bool there = strcmp(lot->owner, csm_name[m->pin.csm - 1]) == 0;

	if (!m->options.pins)
		return;
	for (uint32_t k = 0; k < p->moves; k++)
		if (p->move[k].account == m->pin.account)
			there = p->move[k].to != CAPACITY_POOL &&
				p->before->row[p->move[k].to].csm == m->pin.csm;
	if (!there)
		fail_msg("%d: A%u is not where it was said to be", (int)seed,
			m->pin.account);
}

/* Applied, taken back, applied again and taken back. */
static void leaves_nothing(struct book *b, const struct proposal *p, uint64_t before)
{
	struct store *s = book_store(b);
	struct operation o;
	struct arena a;
	uint64_t applied;

	assert_int_equal(fake_digest(s), before);
	if (!proposal_changes(p, DAY_NONE))
		return;
	MUST(book_apply(b, p, DAY_NONE, NULL, &e));
	applied = fake_digest(s);
	assert_int_not_equal(applied, before);
	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	MUST(book_undo(b, o.id, &e));
	assert_int_equal(fake_digest(s), before);
	arena_clear(&a);
}

static uint32_t books(void)
{
	return sanitized() ? BOOKS / 3 : BOOKS;
}

static void nothing_forbidden(void **state)
{
	uint32_t proposed = 0, moves = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= books(); seed++) {
		struct made m;
		struct book *b = make(&m, seed);
		const uint64_t before = fake_digest(book_store(b));
		struct proposal *p;
		struct err why = { .text = "" };

		if (book_propose(b, &m.options, &p, &why) != ST_OK) {
			/* only a word that can't hold is refused */
			if (!m.options.pins)
				fail_msg("%d: %s", (int)seed, why.text);
			book_free(&b);
			continue;
		}
		for (uint32_t k = 0; k < p->moves; k++) {
			const char *wrong = wrong_move(&m, p, &p->move[k]);

			if (wrong)
				fail_msg("%d: A%u %s: %s", (int)seed, p->move[k].account,
					wrong, proposing_moves(p));
		}
		books_hold(p, seed);
		limits_hold(&m, p);
		word_holds(&m, p, seed);
		proposing_adds_up(p);
		leaves_nothing(b, p, before);
		proposed++;
		moves += p->moves;
		proposal_free(&p);
		book_free(&b);
	}
	/* and it was no empty test */
	assert_true(proposed > books() / 2 && moves > 5 * books());
}

/* Each move is said to hold, alone and with all before it: nothing else becomes of that.
 */
static void kept_moves_change_nothing(void **state)
{
	uint32_t kept = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= books(); seed++) {
		struct made m;
		struct book *b = make(&m, seed);
		struct proposal_pin pin[ACCOUNTS + 1];
		struct proposal *p, *q;
		char moves[1 << 14];

		m.options.pins = 0;
		m.options.pin = pin;
		p = proposing(b, &m.options);
		snprintf(moves, sizeof(moves), "%s", proposing_moves(p));
		m.options.before = p;
		for (uint32_t k = 0; k < 2 * p->moves; k++, kept++) {
			const struct proposal_move *x = &p->move[k % p->moves];
			const bool alone = k < p->moves;

			m.options.pins = alone ? 0 : k - p->moves;
			pin[m.options.pins++] = (struct proposal_pin){ x->account,
				x->to == CAPACITY_POOL ? 0 : p->before->row[x->to].csm };
			q = proposing(b, &m.options);
			if (strcmp(proposing_moves(q), moves) != 0)
				fail_msg("%d: A%u kept: %s instead of %s", (int)seed,
					x->account, proposing_moves(q), moves);
			assert_int_equal(q->cost, p->cost);
			assert_int_equal(q->bound, p->bound);
			assert_int_equal(q->optimal, p->optimal);
			proposal_free(&q);
		}
		proposal_free(&p);
		book_free(&b);
	}
	assert_true(kept > 5 * books());
}

/* One move is refused, and that is taken back: the proposal is as good as at first. */
static void taken_back(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= books(); seed += 3) {
		struct made m;
		struct book *b = make(&m, seed);
		struct proposal_pin pin;
		struct proposal *p, *refused, *again;

		m.options.pins = 0;
		p = proposing(b, &m.options);
		if (p->moves) {
			const struct proposal_move *x = &p->move[p->moves / 2];

			pin = (struct proposal_pin){ x->account,
				x->from == CAPACITY_POOL ? 0
							 : p->before->row[x->from].csm };
			m.options.pin = &pin;
			m.options.pins = 1;
			m.options.before = p;
			refused = proposing(b, &m.options);
			assert_int_equal(proposal_row(refused, x->account), x->from);
			m.options.pins = 0;
			m.options.before = refused;
			again = proposing(b, &m.options);
			assert_true(rebalance_compare(
					    &again->score_after, &p->score_after) <= 0);
			proposal_free(&again);
			proposal_free(&refused);
		}
		proposal_free(&p);
		book_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_forbidden),
		cmocka_unit_test(kept_moves_change_nothing),
		cmocka_unit_test(taken_back) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
