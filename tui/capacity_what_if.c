/* What if: colleagues more or fewer, parts of a week, other bands and sizes of tiers. */
#include "tui/capacity.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "tui/form.h"
#include "tui/mem.h"
#include "tui/words.h"

static const double STEP = 0.1; /* of a week */
enum { ADDED_MAX = 99 };

/* ---- in words ---------------------------------------------------------------------- */

static void add(char *out, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void add(char *out, size_t size, const char *format, ...)
{
	size_t n = strlen(out);
	va_list ap;

	if (n && n < size)
		n += (size_t)snprintf(out + n, size - n, ", ");
	va_start(ap, format);
	if (n < size)
		vsnprintf(out + n, size - n, format, ap);
	va_end(ap);
}

static struct text name_of(const struct capacity_screen *s, uint32_t csm)
{
	for (uint32_t k = 0; s->found && k < s->found->rows; k++)
		if (s->found->row[k].csm == csm)
			return s->found->row[k].name;
	return TEXT("?");
}

/* Where they differ from those in force. */
static void say_bands(
	const struct app *a, const struct capacity_screen *s, char *out, size_t size)
{
	static const struct {
		enum policy_number number;
		const char *of, *what;
	} bands[] = { { POLICY_CAP_T1_TARGET, "tier 1", "per CSM" },
		{ POLICY_CAP_T1_MAX, "tier 1", "at most" },
		{ POLICY_CAP_T2_TARGET, "tier 2", "per CSM" },
		{ POLICY_CAP_T2_MAX, "tier 2", "at most" } };
	const double *was = book_policy(a->book)->number, *is = s->policy.number;

	if (!s->other_bands)
		return;
	for (size_t k = 0; k < sizeof(bands) / sizeof(*bands); k++)
		if (is[bands[k].number] < was[bands[k].number] ||
			is[bands[k].number] > was[bands[k].number])
			add(out, size, "%s: %s %g", bands[k].of, bands[k].what,
				is[bands[k].number]);
	if ((is[POLICY_CAP_T2_POOLED] > 0) != (was[POLICY_CAP_T2_POOLED] > 0))
		add(out, size, "tier 2 %s",
			is[POLICY_CAP_T2_POOLED] > 0 ? "pooled" : "with named owners");
}

char *capacity_what_text(
	const struct app *a, const struct capacity_screen *s, char *out, size_t size)
{
	out[0] = '\0';
	if (s->what.added)
		add(out, size, "%u CSM%s more", s->what.added, TEXT_S(s->what.added));
	for (uint32_t k = 0; k < s->what.changed_n; k++) {
		const struct text name = name_of(s, s->what.changed[k].csm);

		if (s->what.changed[k].share > 0)
			add(out, size, "%.*s for %.1f of a book", (int)name.n, name.s,
				s->what.changed[k].share);
		else
			add(out, size, "%.*s away", (int)name.n, name.s);
	}
	if (s->what.only)
		add(out, size, "no other book changes hands");
	for (int t = 0; t < CAPACITY_NAMED; t++)
		if (s->what.sized[t])
			add(out, size, "%u accounts in tier %d", s->what.size[t], t + 1);
	say_bands(a, s, out, size);
	return out;
}

/* ---- people ------------------------------------------------------------------------ */

static void change_added(struct app *a, struct capacity_screen *s, int by)
{
	const struct capacity_row *r = capacity_here(s);

	if (by < 0 && s->what.added == 0 && r && r->csm) {
		app_say(a, "nobody was added; %s takes time from %.*s",
			keys_word(SCOPE_CAPACITY, ACT_CAPACITY_LESS), (int)r->name.n,
			r->name.s);
		return;
	}
	if ((by < 0 && s->what.added == 0) || (by > 0 && s->what.added == ADDED_MAX))
		return;
	s->what.added += (uint32_t)by;
	capacity_make(a, s);
}

static struct capacity_change *change_of(struct capacity_screen *s, uint32_t csm)
{
	for (uint32_t k = 0; k < s->what.changed_n; k++)
		if (s->what.changed[k].csm == csm)
			return &s->what.changed[k];
	s->what.changed = mem_resize(
		s->what.changed, s->what.changed_n + 1, sizeof(*s->what.changed));
	s->what.changed[s->what.changed_n].csm = csm;
	return &s->what.changed[s->what.changed_n++];
}

/* Nothing is asked about whoever has the share of the record again. */
static void forget_if_same(struct app *a, struct capacity_screen *s, uint32_t csm)
{
	struct capacity_change *x = change_of(s, csm);
	struct capacity *is = NULL;
	struct err e;

	if (book_capacity(a->book, NULL, &is, &e) != ST_OK)
		return;
	for (uint32_t k = 0; k < is->rows; k++)
		if (is->row[k].csm == csm && !(is->row[k].share < x->share) &&
			!(is->row[k].share > x->share)) {
			*x = s->what.changed[--s->what.changed_n];
			break;
		}
	capacity_free(&is);
}

static void change_share(struct app *a, struct capacity_screen *s, double by)
{
	const struct capacity_row *r = capacity_here(s);
	double share;

	if (!r || !r->csm) {
		app_say(a, "this is nobody's time: choose a CSM");
		return;
	}
	/* In tenths, so that as many steps back are where it began. */
	share = (double)(int)((r->share + by) * 10 + 0.5 + 1e-9) / 10;
	share = share < 0 ? 0 : share > 1 ? 1 : share;
	if (share < r->share || share > r->share) {
		if (s->what.only == r->csm)
			s->what.only = 0;
		change_of(s, r->csm)->share = share;
		forget_if_same(a, s, r->csm);
		capacity_make(a, s);
	}
}

void capacity_what_away(struct app *a, struct capacity_screen *s, uint32_t csm)
{
	change_of(s, csm)->share = 0;
	forget_if_same(a, s, csm);
	capacity_make(a, s);
}

/* Whoever leaves hands over what they have. */
void capacity_what_leavers(struct app *a, struct capacity_screen *s)
{
	bool any = s->what.only != 0;

	s->what.only = 0;
	for (uint32_t k = 0; s->found && k < s->found->rows; k++) {
		const struct capacity_row *r = &s->found->row[k];

		if (!r->leaves || !capacity_accounts(r))
			continue;
		change_of(s, r->csm)->share = 0;
		any = true;
	}
	if (any)
		capacity_make(a, s);
}

void capacity_what_stay(struct app *a, struct capacity_screen *s)
{
	uint32_t n = 0;

	s->what.only = 0;
	for (uint32_t k = 0; k < s->what.changed_n; k++)
		if (s->what.changed[k].share > 0)
			s->what.changed[n++] = s->what.changed[k];
	s->what.changed_n = n;
	capacity_make(a, s);
}

static void hand_over(struct app *a, struct capacity_screen *s)
{
	const struct capacity_row *r = capacity_here(s);

	if (!r || !r->csm) {
		app_say(a, "this is nobody's book: choose a CSM");
		return;
	}
	s->what.only = r->csm;
	capacity_what_away(a, s, r->csm);
	app_push(a, SCREEN_REBALANCE);
}

/* ---- bands and sizes --------------------------------------------------------------- */

static void take_policy(struct app *a, struct capacity_screen *s)
{
	if (!s->other_bands)
		s->policy = *book_policy(a->book);
	s->other_bands = true;
	s->what.policy = &s->policy;
}

static void toggle_pooled(struct app *a, struct capacity_screen *s)
{
	take_policy(a, s);
	s->policy.number[POLICY_CAP_T2_POOLED] =
		s->policy.number[POLICY_CAP_T2_POOLED] > 0 ? 0 : 1;
	capacity_make(a, s);
}

enum { T1_TARGET, T1_MAX, T2_TARGET, T2_MAX, T1_SIZE, T2_SIZE, LINES };

static const struct {
	const char *key;
	enum policy_number number;
} band_keys[] = { { "tier1_target", POLICY_CAP_T1_TARGET },
	{ "tier1_max", POLICY_CAP_T1_MAX }, { "tier2_target", POLICY_CAP_T2_TARGET },
	{ "tier2_max", POLICY_CAP_T2_MAX } };

static enum status take_size(
	const struct app *a, const struct form *f, int line, uint32_t *out, struct err *e)
{
	if (form_whole(f, line, a->summary.active, out))
		return ST_OK;
	return err_set(e, ST_INVALID, "a whole number up to %u, all that are active",
		a->summary.active);
}

static enum status take_bands(
	struct app *a, const struct form *f, struct policy *out, struct err *e)
{
	char ini[1024] = "[capacity]\n";

	for (int k = T1_TARGET; k <= T2_MAX; k++) {
		const struct text v = form_value(f, k);
		const size_t n = strlen(ini);
		char text[64];
		enum status st;

		if (memchr(v.s, '\n', v.n))
			return err_set(e, ST_INVALID, "a number");
		st = convert_typed_text(v, text, sizeof(text), e);
		if (st != ST_OK)
			return st;
		snprintf(ini + n, sizeof(ini) - n, "%s = %s\n", band_keys[k].key, text);
	}
	return policy_merge(book_policy(a->book), ini, "bands", out, NULL, e);
}

static enum status bands_done(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	struct capacity_screen *s = a->state[SCREEN_CAPACITY];
	struct capacity_what_if w;
	struct policy p;
	enum status st;

	*line = -1;
	if (!s)
		return ST_OK;
	w = s->what;
	st = take_bands(a, f, &p, e);
	for (int t = 0; st == ST_OK && t < CAPACITY_NAMED; t++) {
		w.sized[t] = form_value(f, T1_SIZE + t).n > 0;
		*line = T1_SIZE + t;
		if (w.sized[t])
			st = take_size(a, f, *line, &w.size[t], e);
	}
	if (st == ST_OK && (w.sized[0] || w.sized[1]) &&
		a->summary.figures_day == DAY_NONE)
		st = err_set(e, ST_FORBIDDEN,
			"sizes of tiers go by the tier score: recalculate first");
	if (st != ST_OK)
		return st;
	p.number[POLICY_CAP_T2_POOLED] = s->other_bands
						 ? s->policy.number[POLICY_CAP_T2_POOLED]
						 : p.number[POLICY_CAP_T2_POOLED];
	s->what = w;
	take_policy(a, s);
	s->policy = p;
	capacity_make(a, s);
	return ST_OK;
}

static void edit_bands(struct app *a, const struct capacity_screen *s)
{
	static const struct form_line lines[LINES] = {
		{ "Tier 1 per CSM", FORM_NUMBER, NULL, "Accounts that are the target.",
			true },
		{ "at most", FORM_NUMBER, NULL, "Accounts that fill a book.", true },
		{ "Tier 2 per CSM", FORM_NUMBER, NULL, "Accounts that are the target.",
			true },
		{ "at most", FORM_NUMBER, NULL, "Accounts that fill a book.", true },
		{ "Size of tier 1", FORM_NUMBER, NULL,
			"So many of the best by tier score; empty: as it is.", false },
		{ "Size of tier 2", FORM_NUMBER, NULL,
			"So many of those that follow; empty: as it is.", false },
	};
	static const struct form_spec spec = { "What if the bands were others", "try",
		lines, LINES, bands_done, NULL };
	const struct policy *p = s->other_bands ? &s->policy : book_policy(a->book);
	struct form f = { .spec = &spec };
	char text[NUMBER_TEXT_MAX];

	for (int k = T1_TARGET; k <= T2_MAX; k++)
		input_set(&f.value[k],
			text_of(words_number(p->number[band_keys[k].number], 0, text)));
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		snprintf(text, sizeof(text), "%u", s->what.size[t]);
		if (s->what.sized[t])
			input_set(&f.value[T1_SIZE + t], text_of(text));
	}
	form_open(a, &f);
}

void capacity_what_take(
	struct app *a, struct capacity_screen *s, const struct capacity_what_if *what)
{
	struct capacity_change *changed = NULL;

	if (what->changed_n) {
		changed = mem_new(what->changed_n, sizeof(*changed));
		memcpy(changed, what->changed, what->changed_n * sizeof(*changed));
	}
	free(s->what.changed);
	s->what = *what;
	s->what.changed = changed;
	s->other_bands = what->policy != NULL;
	if (what->policy)
		s->policy = *what->policy;
	s->what.policy = what->policy ? &s->policy : NULL;
	capacity_make(a, s);
}

static void reset(struct app *a, struct capacity_screen *s)
{
	capacity_what_take(a, s, &(struct capacity_what_if){ .policy = NULL });
}

bool capacity_what_act(struct app *a, struct capacity_screen *s, enum action action)
{
	switch (action) {
	case ACT_CAPACITY_ADD:
		change_added(a, s, 1);
		return true;
	case ACT_CAPACITY_FEWER:
		change_added(a, s, -1);
		return true;
	case ACT_CAPACITY_LESS:
		change_share(a, s, -STEP);
		return true;
	case ACT_CAPACITY_MORE:
		change_share(a, s, STEP);
		return true;
	case ACT_CAPACITY_HAND_OVER:
		hand_over(a, s);
		return true;
	case ACT_CAPACITY_POOLED:
		toggle_pooled(a, s);
		return true;
	case ACT_CAPACITY_BANDS:
		edit_bands(a, s);
		return true;
	case ACT_CAPACITY_RESET:
		reset(a, s);
		return true;
	default:
		return false;
	}
}
