/* The causes of tickets, in sentences. */
#include "core/causes.h"

#include "core/alike.h"
#include "core/convert.h"

enum { NAMES = 3, NAME = 60 };

static unsigned share(uint32_t part, uint32_t of)
{
	return of ? (unsigned)((100 * (uint64_t)part + of / 2) / of) : 0;
}

static void add_name(char *out, struct text name)
{
	text_say(out, "%.*s", convert_shown(name, NAME), name.s);
}

/* "first, second, third and 2 more": the causes of a verdict, the most frequent first. */
static void add_names(char *out, const struct causes *c, enum fix_verdict verdict)
{
	uint32_t told = 0;

	for (uint32_t i = 0; i < c->n && told < NAMES; i++) {
		if (c->row[i].verdict != verdict)
			continue;
		text_say(out, "%s", told++ ? ", " : "");
		add_name(out, c->row[i].name);
	}
	if (c->verdicts[verdict] > told)
		text_say(out, " and %u more", c->verdicts[verdict] - told);
}

static void say_tickets(const struct causes *c, char *out)
{
	text_say(
		out, "%u ticket%s in %d d", c->tickets, TEXT_S(c->tickets), (int)c->days);
	if (c->active)
		text_say(out, ", %.2f per account", c->tickets / (double)c->active);
	text_say(out, "; %u in the %d d before", c->before, (int)c->days);
}

static void say_again(const struct causes *c, char *out)
{
	if (c->repeated)
		text_say(out,
			"%u of them, %u %%, are of a cause that the account had before",
			c->repeated, share(c->repeated, c->tickets));
}

static void say_nameless(const struct causes *c, char *out)
{
	if (c->nameless)
		text_say(out, "%u of them, %u %%, have no root cause", c->nameless,
			share(c->nameless, c->tickets));
}

static void say_loop(const struct causes *c, char *out)
{
	const uint32_t *n = c->reached;

	if (!c->fixes)
		return;
	text_say(out, "fixes: of %u noticed %u documented, %u automated, %u verified",
		n[FIX_NOTICED], n[FIX_DOCUMENTED], n[FIX_AUTOMATED], n[FIX_VERIFIED]);
	if (c->open_age >= 0)
		text_say(out, "; those not verified are %d d old (median)",
			(int)c->open_age);
}

static void say_eliminated(const struct causes *c, char *out)
{
	const uint32_t n = c->verdicts[FIX_ELIMINATED];

	if (!n)
		return;
	text_say(out, "%u cause%s eliminated: ", n, TEXT_S(n));
	add_names(out, c, FIX_ELIMINATED);
}

static void say_holds(const struct causes *c, char *out)
{
	if (!c->verdicts[FIX_HOLDS])
		return;
	text_say(out, "no ticket for %d d or more, verify: ", FIX_QUIET);
	add_names(out, c, FIX_HOLDS);
}

static void say_back(const struct causes *c, char *out)
{
	if (!c->verdicts[FIX_BACK])
		return;
	text_say(out, "came back after the fix: ");
	add_names(out, c, FIX_BACK);
}

static void say_suggested(const struct causes *c, char *out)
{
	const struct cause_row *r = c->suggested;

	if (!r)
		return;
	text_say(out, "suggested: ");
	add_name(out, r->name);
	text_say(out, " has no fix; %u of %u ticket%s come%s again, at %u account%s",
		r->repeated, r->tickets, TEXT_S(r->tickets), r->repeated == 1 ? "s" : "",
		r->accounts, TEXT_S(r->accounts));
	if (r->tier1)
		text_say(out, ", %u of them in tier 1", r->tier1);
	text_say(out, "; begin with ");
	add_name(out, c->begin);
}

const char *causes_text(
	const struct causes *c, enum causes_line line, char out[TEXT_SAID_MAX])
{
	static void (*const say[CAUSES_LINES])(const struct causes *c,
		char *out) = { say_tickets, say_again, say_nameless, say_loop,
		say_eliminated, say_holds, say_back, say_suggested };

	out[0] = '\0';
	say[line](c, out);
	return out;
}

bool causes_warns(enum causes_line line)
{
	return line == CAUSES_AGAIN || line == CAUSES_NAMELESS || line == CAUSES_BACK;
}

bool causes_know(const struct causes *c, struct text cause, char else_what[TEXT_SAID_MAX])
{
	const struct cause_row *r = c->row, *end = c->row + c->n;
	struct alike near;
	int told = 0;

	else_what[0] = '\0';
	alike_begin(&near, cause);
	for (; r < end; r++) {
		if (r->last == DAY_NONE) /* a fix has it, and no ticket */
			continue;
		if (text_eq(r->name, cause))
			return true;
		alike_try(&near, r->name.s); /* it ends with a NUL: word_set.h */
	}
	if (near.word) {
		text_say(else_what, "did you mean ");
		add_name(else_what, text_of(near.word));
		text_say(else_what, "?");
		return false;
	}
	for (r = c->row; r < end && told < NAMES; r++) {
		if (r->last == DAY_NONE)
			continue;
		text_say(else_what, "%s", told++ ? ", " : "the most frequent are ");
		add_name(else_what, r->name);
	}
	text_say(else_what, told ? "." : "there is none at all.");
	return false;
}
