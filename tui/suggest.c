#include "tui/suggest.h"

#include <stdio.h>
#include <string.h>

#include "core/alike.h"
#include "tui/app.h"
#include "tui/draw.h"
#include "tui/letters.h"
#include "tui/popup.h"
#include "tui/rows.h"

enum { ROWS = 8, WIDTH = 76, TEXT_WIDTH = 24 };

/* What is being typed: the word before the cursor, taken apart. */
struct place {
	size_t word;           /* where it begins in the line, behind a "-" */
	size_t value;          /* where the last value begins; after a "field:" */
	enum list_field field; /* LIST_FIELDS: its name is being typed */
};

/* A word ends at a blank outside quotes, as in filter.c. */
static struct place place_of(const struct input *in)
{
	struct place p = { 0, 0, LIST_FIELDS };
	bool quoted = false;
	const char *colon;

	for (size_t i = 0; i < in->at; i++) {
		quoted ^= in->s[i] == '"';
		if (!quoted && in->s[i] == ' ')
			p.word = i + 1;
	}
	if (p.word < in->at && in->s[p.word] == '-')
		p.word++;
	colon = memchr(in->s + p.word, ':', in->at - p.word);
	if (!colon)
		return p;
	p.field = list_field_by_name(
		(struct text){ in->s + p.word, (size_t)(colon - in->s) - p.word });
	p.value = (size_t)(colon - in->s) + 1;
	if (p.value < in->at && in->s[p.value] == '"')
		p.value++;
	for (size_t i = p.value; i < in->at; i++)
		if (in->s[i] == ',')
			p.value = i + 1;
	return p;
}

/* ---- what can stand there ------------------------------------------------------- */

static void add(struct suggest *s, struct text text, bool field, const char *help)
{
	struct suggestion *item = &s->item[s->n];

	if (s->n == SUGGEST_ITEMS || text.n >= sizeof(item->text))
		return;
	snprintf(item->text, sizeof(item->text), "%.*s", (int)text.n, text.s);
	snprintf(item->help, sizeof(item->help), "%s", help);
	item->field = field;
	s->n++;
}

static bool begins(struct text t, struct text with)
{
	return t.n >= with.n && text_ieq((struct text){ t.s, with.n }, with);
}

static void add_fields(struct suggest *s, struct text typed)
{
	for (int f = 0; f < LIST_FIELDS; f++) {
		const struct list_field_def *d = list_field_def((enum list_field)f);
		char text[64];

		if (!begins(text_of(d->name), typed))
			continue;
		snprintf(text, sizeof(text), "%s:", d->name);
		add(s, text_of(text), true, d->help);
	}
}

static const struct {
	enum list_type type;
	const char *text, *help;
} examples[] = {
	{ LT_COUNT, "1", "tier 1" },
	{ LT_COUNT, "2", "tier 2" },
	{ LT_COUNT, "3", "tier 3" },
	{ LT_COUNT, "1,2", "one of them" },
	{ LT_HEALTH, "risk", "at risk" },
	{ LT_HEALTH, "watch", "to be watched" },
	{ LT_HEALTH, "healthy", "healthy" },
	{ LT_HEALTH, "<50", "below 50" },
	{ LT_HEALTH, ">=70", "70 or more" },
	{ LT_HEALTH, "40..60", "from 40 to 60" },
	{ LT_CHANGE, "<0", "fallen in 28 days" },
	{ LT_CHANGE, "<=-10", "fallen by 10 or more" },
	{ LT_CHANGE, ">=5", "risen by 5 or more" },
	{ LT_MONEY, ">50k", "more than 50,000" },
	{ LT_MONEY, "<=1.5m", "at most 1,500,000" },
	{ LT_MONEY, "10k..50k", "from 10,000 to 50,000" },
	{ LT_SHARE, "<0.6", "less than 60 %" },
	{ LT_SHARE, ">=0.8", "80 % or more" },
	{ LT_NUMBER, ">=70", "70 or more" },
	{ LT_NUMBER, "<30", "below 30" },
	{ LT_NUMBER, "40..60", "from 40 to 60" },
	{ LT_DAY, "<90d", "before the 90th day from now" },
	{ LT_DAY, "0d..6w", "within the next six weeks" },
	{ LT_DAY, ">-3m", "later than three months ago" },
	{ LT_DAY, "2026-01-01..2026-06-30", "between two days" },
};

static void add_examples(struct suggest *s, enum list_type type, struct text typed)
{
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++)
		if (examples[i].type == type && begins(text_of(examples[i].text), typed))
			add(s, text_of(examples[i].text), false, examples[i].help);
}

static void need_values(struct app *a, enum list_field field)
{
	struct suggest *s = &a->filter_line.suggest;
	struct err e = { .status = ST_OK };

	if (s->known && s->field == field)
		return;
	arena_clear(&s->arena);
	s->known = true;
	s->field = field;
	if (complete_values(a->book, field, a->view.inactive, &s->arena, &s->value,
		    &s->values, &e) != ST_OK)
		app_fail(a, &e);
}

/* Up to what a filter can't hold within a value. */
static struct text plain(struct text t)
{
	size_t n = 0;

	while (n < t.n && t.s[n] != ',' && t.s[n] != '"' && (unsigned char)t.s[n] >= ' ')
		n++;
	return text_trim((struct text){ t.s, n });
}

/* The values that have what was typed: at their beginning, or, second, not. */
static void add_values(struct suggest *s, struct text typed, bool at_beginning)
{
	struct letters l;
	char help[32];

	letters_init(&l, typed);
	for (uint32_t i = 0; i < s->values; i++) {
		const struct text t = plain(s->value[i].text);
		const int rank = letters_rank(&l, t);

		if (!t.n || rank < LETTERS_INSIDE ||
			(rank >= LETTERS_BEGINNING) != at_beginning)
			continue;
		snprintf(help, sizeof(help),
			s->value[i].accounts == 1 ? "%u account" : "%u accounts",
			s->value[i].accounts);
		add(s, t, false, help);
	}
}

/* What was typed may be a slip of a value, or of its first word. */
static void add_near(struct suggest *s, struct text typed)
{
	struct alike near;
	char one[INPUT_MAX] = "", best[INPUT_MAX];

	alike_begin(&near, typed);
	for (uint32_t i = 0; i < 2 * s->values; i++) {
		const struct text t = plain(s->value[i / 2].text);
		const char *blank = memchr(t.s, ' ', t.n);
		const size_t n = i % 2 && blank ? (size_t)(blank - t.s) : t.n;

		snprintf(one, sizeof(one), "%.*s", (int)n, t.s);
		alike_try(&near, one);
		if (near.word == one)
			near.word = memcpy(best, one, sizeof(best));
	}
	s->near = near.word != NULL;
	if (s->near)
		add_values(s, text_of(best), true);
}

static void add_word(
	struct suggest *s, const char *word, struct text typed, const char *help)
{
	if (begins(text_of(word), typed))
		add(s, text_of(word), false, help);
}

void suggest_update(struct app *a)
{
	struct suggest *s = &a->filter_line.suggest;
	const struct input *in = &a->view.filter;
	struct place p = place_of(in);
	struct text typed;

	s->n = s->at = s->top = 0;
	s->near = false;
	if (!s->open || !a->book)
		return;
	if (!p.value) {
		add_fields(s, (struct text){ in->s + p.word, in->at - p.word });
		return;
	}
	if (p.field == LIST_FIELDS)
		return;
	typed = (struct text){ in->s + p.value, in->at - p.value };
	if (p.field == LIST_CSM) {
		add_word(s, "me", typed, "your own accounts");
		add_word(s, "pool", typed, "accounts without an owner");
	}
	add_examples(s, list_field_def(p.field)->type, typed);
	need_values(a, p.field);
	add_values(s, typed, true);
	add_values(s, typed, false);
	add_word(s, "none", typed, "where it is missing");
	if (s->n == 0)
		add_near(s, typed);
}

/* ---- taking one ------------------------------------------------------------------ */

/* The line with what stands from `from` to the cursor replaced. */
static void replace(struct app *a, size_t from, const char *with)
{
	struct input *in = &a->view.filter;
	char line[2 * INPUT_MAX];
	int n = snprintf(line, sizeof(line), "%.*s%s%.*s", (int)from, in->s, with,
		(int)(in->n - in->at), in->s + in->at);
	size_t at = from + strlen(with);

	if (n < 0 || (size_t)n > INPUT_MAX) {
		app_say(a, "the filter is full");
		return;
	}
	input_set(in, (struct text){ line, (size_t)n });
	in->at = at;
	app_filter_changed(a);
}

/* field:value; the values are in quotes as soon as one of them has a blank. */
static void take_value(struct app *a, const struct place *p, const char *value)
{
	const struct input *in = &a->view.filter;
	const char *colon = memchr(in->s + p->word, ':', in->at - p->word);
	size_t from = (size_t)(colon - in->s) + 1;
	bool quoted = from < in->at && in->s[from] == '"';
	struct text before = { in->s + from + quoted, p->value - from - quoted };
	bool needed = quoted || strchr(value, ' ') ||
		      (before.n && memchr(before.s, ' ', before.n));
	char text[INPUT_MAX + 128];

	snprintf(text, sizeof(text), "%s%.*s%s%s%s", needed ? "\"" : "", (int)before.n,
		before.s, value, needed ? "\"" : "",
		in->at < in->n && in->s[in->at] == ' ' ? "" : " ");
	replace(a, from, text);
}

static void take(struct app *a)
{
	struct suggest *s = &a->filter_line.suggest;
	struct suggestion item = s->item[s->at];
	struct place p = place_of(&a->view.filter);

	if (item.field)
		replace(a, p.word, item.text);
	else
		take_value(a, &p, item.text);
	s->open = item.field;
	suggest_update(a);
}

/* ---- filters of before ------------------------------------------------------------ */

static void recall(struct app *a, int step)
{
	struct suggest *s = &a->filter_line.suggest;
	int to = s->recalled + step;

	if (to < 0 || to > s->histories)
		return;
	s->recalled = to;
	if (to == 0)
		input_set(&a->view.filter, TEXT(""));
	else
		input_set(&a->view.filter, input_text(&s->history[to - 1]));
	app_filter_changed(a);
}

static void remember(struct suggest *s, const struct input *in)
{
	int at = 0;

	while (at < s->histories && !text_eq(input_text(&s->history[at]), input_text(in)))
		at++;
	if (at == SUGGEST_HISTORY)
		at--;
	if (at == s->histories)
		s->histories++;
	memmove(s->history + 1, s->history, (size_t)at * sizeof(*s->history));
	s->history[0] = *in;
}

void suggest_leave(struct app *a, bool keep)
{
	struct suggest *s = &a->filter_line.suggest;

	if (keep && a->view.filter.n)
		remember(s, &a->view.filter);
	arena_clear(&s->arena);
	s->open = s->known = false;
	s->value = NULL;
	s->values = 0;
	s->n = s->recalled = 0;
}

/* ---- at the keyboard --------------------------------------------------------------- */

/* Only one thing can stand there: no need to choose, but where it is only near. */
static void unfold(struct app *a)
{
	a->filter_line.suggest.open = true;
	suggest_update(a);
	if (a->filter_line.suggest.n == 1 && !a->filter_line.suggest.near)
		take(a);
	else if (a->filter_line.suggest.n == 0)
		app_say(a, "there is nothing to suggest here");
	a->filter_line.suggest.open &= a->filter_line.suggest.n > 0;
}

static void step(struct suggest *s, int by)
{
	s->at = (s->at + by + s->n) % s->n;
}

bool suggest_shown(const struct app *a)
{
	return a->filter_line.suggest.open && a->filter_line.suggest.n > 0;
}

bool suggest_act(struct app *a, enum action action)
{
	struct suggest *s = &a->filter_line.suggest;
	bool shown = suggest_shown(a);

	switch (action) {
	case ACT_COMPLETE:
		if (shown)
			take(a);
		else
			unfold(a);
		return true;
	case ACT_MOVE_UP:
		if (shown)
			step(s, -1);
		else
			recall(a, 1);
		return true;
	case ACT_MOVE_DOWN:
		if (shown)
			step(s, 1);
		else if (s->recalled > 0)
			recall(a, -1);
		else
			unfold(a);
		return true;
	case ACT_ACCEPT:
		if (shown)
			take(a);
		return shown;
	case ACT_CANCEL:
		s->open = false;
		return shown;
	default:
		return false;
	}
}

void suggest_click(struct app *a, int row, int column)
{
	struct suggest *s = &a->filter_line.suggest;
	struct rect r = popup_inside(s->box);
	int at = s->top + row - r.row;

	if (!suggest_shown(a) || !canvas_hit(r, row, column) || at >= s->n)
		return;
	s->at = at;
	take(a);
}

void suggest_paint(struct app *a, struct canvas *c, int row)
{
	struct suggest *s = &a->filter_line.suggest;
	int rows = s->n < ROWS ? s->n : ROWS, width = WIDTH;
	struct rect r;

	if (!suggest_shown(a))
		return;
	if (width > c->columns)
		width = c->columns;
	rows_show(s->at, rows, &s->top);
	s->box = (struct rect){ row - rows - 2, 0, rows + 2, width };
	draw_box(c, s->box, NULL);
	r = popup_inside(s->box);
	for (int i = 0; i < rows; i++) {
		const struct suggestion *item = &s->item[s->top + i];
		struct rect line = { r.row + i, r.column, 1, r.columns };

		canvas_put(c, line.row, line.column, TEXT_WIDTH, ROLE_KEY,
			text_of(item->text));
		canvas_put(c, line.row, line.column + TEXT_WIDTH + 1,
			line.columns - TEXT_WIDTH - 1, ROLE_QUIET, text_of(item->help));
		if (s->top + i == s->at)
			canvas_focus(c, line);
	}
}
