#include "tests/support/proposing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define BASE 1000 /* active accounts that the caps of the fixture are of */

enum { TEXT_MAX = 40000 };

struct book *proposing_book(const char *csms, const struct lot *lot, uint32_t lots)
{
	static char lines[TEXT_MAX];
	struct store *s = fake_store_new();
	struct tiers t = { 0 };
	uint32_t id = 0;
	size_t n = 0;

	if (*csms)
		rows_put(s, REC_CSM, csms);
	for (uint32_t k = 0; k < lots; k++)
		for (uint32_t i = 0; i < lot[k].n; i++)
			n += (size_t)snprintf(lines + n, sizeof(lines) - n,
				"account_id=A%u|csm=%s|arr=%d00%s%s\n", ++id,
				lot[k].owner, lot[k].dollars, lot[k].more ? "|" : "",
				lot[k].more ? lot[k].more : "");
	assert_true(n < sizeof(lines));
	rows_put(s, REC_ACCOUNT, lines);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_load(s, &t, &e));
	id = 0;
	for (uint32_t k = 0; k < lots; k++)
		for (uint32_t i = 0; i < lot[k].n; i++, id++) {
			t.tier[id] = (uint8_t)lot[k].tier;
			t.since[id] = day_of("2026-01-01");
		}
	MUST(s->ops->tiers_save(s, &t, day_of("2026-01-01"), BASE, &e));
	tiers_clear(&t);
	MUST(s->ops->commit(s, &e));
	return rules_book(s, PROPOSING_DAY, "Lea");
}

struct proposal *proposing(struct book *b, const struct proposal_options *o)
{
	static const struct proposal_options none = { .what = NULL };
	struct proposal *p;

	MUST(book_propose(b, o ? o : &none, &p, &e));
	return p;
}

static struct text name(const struct proposal *p, uint32_t row)
{
	return row == CAPACITY_POOL ? TEXT("pool") : p->before->row[row].name;
}

const char *proposing_moves(const struct proposal *p)
{
	static char out[TEXT_MAX];
	size_t n = 0;

	out[0] = '\0';
	for (uint32_t k = 0; k < p->moves; k++) {
		const struct text from = name(p, p->move[k].from),
				  to = name(p, p->move[k].to);

		n += (size_t)snprintf(out + n, sizeof(out) - n, "%sA%u %.*s>%.*s",
			k ? "; " : "", p->move[k].account, (int)from.n, from.s, (int)to.n,
			to.s);
	}
	return out;
}

uint32_t proposing_moved(const struct proposal *p, const char *from, const char *to)
{
	uint32_t n = 0;

	for (uint32_t k = 0; k < p->moves; k++)
		n += text_eq(name(p, p->move[k].from), text_of(from)) &&
		     text_eq(name(p, p->move[k].to), text_of(to));
	return n;
}

void proposing_adds_up(const struct proposal *p)
{
	int64_t cost = 0;

	for (uint32_t k = 0; k < p->moves; k++)
		cost += p->move[k].cost;
	assert_int_equal(cost, p->cost);
	assert_true(p->bound <= p->cost);
}
