/* The two lines above the screens: the book and what is listed of it, and the tabs. */
#include "tui/frame_internal.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/words.h"

enum { FILTER_LEAST = 14 }; /* columns of it that are shown before tabs are cut */

static const char *file_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path ? path : "";
}

/* The screen shows all accounts, so that neither whose nor the filter is about it. */
static bool shows_whole(const struct app *a)
{
	return screen_def(app_base(a))->ops->whole;
}

/* Nobody is left out of what is shown. */
static bool shows_all(const struct app *a)
{
	return shows_whole(a) || (a->view.whose == WHOSE_ALL && a->view.filter.n == 0);
}

/* "mine: 12 of 600 accounts" */
static void describe_part(const struct app *a, bool brief, char *out, size_t size)
{
	const char *whose[WHOSE_COUNT] = { "", "mine", a->view.owner, "pool",
		a->view.owner };
	char name[sizeof(a->view.owner) + 8];

	text_sanitise(text_of(whose[a->view.whose]), name, sizeof(name),
		a->canvas.columns / (brief ? 5 : 1), a->canvas.ascii);
	snprintf(out, size, "%s%s%u of %u%s", name,
		a->view.whose == WHOSE_ALL ? "" : ": ",
		a->view.list ? a->view.list->n : 0,
		a->view.inactive ? a->summary.accounts : a->summary.active,
		brief ? "" : " accounts");
}

/* How many, and whose. In brief the word that everybody knows is left out, and names are
 * cut. */
static void describe_list(const struct app *a, bool brief, char *out, size_t size)
{
	const uint32_t shown = a->view.list ? a->view.list->n : 0;

	if (shows_whole(a) && brief)
		snprintf(out, size, "all %u", a->summary.active);
	else if (shows_whole(a))
		snprintf(out, size, "all %u account%s", a->summary.active,
			TEXT_S(a->summary.active));
	else if (shows_all(a) && !a->view.inactive)
		snprintf(out, size, "%u account%s", shown, TEXT_S(shown));
	else
		describe_part(a, brief, out, size);
}

/* The figures are those of the data, and of the day. */
static bool is_fresh(const struct app *a)
{
	return !a->newer && a->summary.figures_day == book_as_of(a->book);
}

/* From long to short; in doubt, why the figures are not to be relied on goes before the
 * day. */
enum { DAYS_ALL, DAYS_ONE, DAYS_DOUBT, DAYS_LEAST };

/* What is known about the figures. */
static void describe_days(const struct app *a, int detail, char *out, size_t size)
{
	const char *dot = canvas_glyph_text(&a->canvas, GLYPH_DOT);
	char as_of[DAY_TEXT_MAX], figures[64], review[48], age[WORDS_MAX];
	int32_t today = book_as_of(a->book);
	const bool newer = a->newer && a->summary.figures_day != DAY_NONE;

	day_format(today, as_of);
	if (newer)
		snprintf(figures, sizeof(figures), "data newer than figures: %s",
			keys_word(SCOPE_SCREEN, ACT_RECALCULATE));
	else if (a->summary.figures_day == DAY_NONE)
		snprintf(figures, sizeof(figures), "never recalculated");
	else if (a->summary.figures_day == today)
		snprintf(figures, sizeof(figures), "recalculated");
	else
		snprintf(figures, sizeof(figures), "recalculated %d d ago",
			(int)(today - a->summary.figures_day));
	if (a->summary.review_day == DAY_NONE)
		snprintf(review, sizeof(review), "no review yet");
	else
		snprintf(review, sizeof(review), "%s %s",
			a->summary.review_day == today ? "reviewed" : "review",
			words_age(a->summary.review_day, today, age));
	if (detail == DAYS_ALL)
		snprintf(out, size, "as of %s %s %s %s %s", as_of, dot, figures, dot,
			review);
	else if (detail == DAYS_ONE)
		snprintf(out, size, "as of %s %s %s", as_of, dot,
			is_fresh(a) ? review : figures);
	else if (detail == DAYS_DOUBT && !is_fresh(a))
		snprintf(out, size, "%s", figures);
	else
		snprintf(out, size, "as of %s", as_of);
}

static void put_dot(struct canvas *c, int *at)
{
	canvas_glyph(c, 0, *at + 1, ROLE_QUIET, GLYPH_DOT);
	*at += 3;
}

/* From there on. */
static bool has_room(const struct app *a, int detail, const struct canvas *c, int at)
{
	char days[160];

	describe_days(a, detail, days, sizeof(days));
	return at + 3 + text_columns(text_of(days)) <= c->columns;
}

/* What a part of the book is worth, where the day has room beside it; its columns. */
static int put_arr(const struct app *a, struct canvas *c, int at)
{
	const struct view *v = &a->view;
	const int days = is_fresh(a)                    ? DAYS_LEAST
			 : has_room(a, DAYS_ONE, c, at) ? DAYS_ONE
							: DAYS_DOUBT;
	char money[MONEY_TEXT_MAX], text[MONEY_TEXT_MAX + 8];

	if (!v->list || v->list->n == 0 || shows_all(a))
		return 0;
	snprintf(text, sizeof(text), ", %s ARR",
		words_money(book_policy(a->book), v->list->arr, money));
	if (!has_room(a, days, c, at + text_columns(text_of(text))))
		return 0;
	return canvas_put(c, 0, at, c->columns - at, ROLE_TEXT, text_of(text));
}

static void paint_book(struct app *a, struct canvas *c)
{
	char list[192], days[160];
	int at = 1, left, from;

	at += canvas_put(c, 0, at, c->columns, ROLE_BRAND, TEXT("tierdesk")) + 2;
	at += canvas_put(
		c, 0, at, c->columns / 4, ROLE_STRONG, text_of(file_name(app_path(a))));
	if (at > 11)
		put_dot(c, &at);
	if (a->summary.read_only) {
		at += canvas_put(c, 0, at, 10, ROLE_ERROR, TEXT("read-only"));
		put_dot(c, &at);
	}
	describe_list(a, false, list, sizeof(list));
	if (!has_room(a, is_fresh(a) && !shows_whole(a) ? DAYS_LEAST : DAYS_ONE, c,
		    at + text_columns(text_of(list))))
		describe_list(a, true, list, sizeof(list));
	from = at;
	at += canvas_put(c, 0, at, c->columns - at, ROLE_TEXT, text_of(list));
	at += put_arr(a, c, at);
	frame_zone(a, 0, from, at, ACT_WHOSE_PICK);
	left = c->columns - at - 3;
	for (int detail = DAYS_ALL; detail <= DAYS_LEAST; detail++) {
		describe_days(a, detail, days, sizeof(days));
		if (text_columns(text_of(days)) <= left) {
			canvas_put_right(c, 0, at, left + 2, ROLE_QUIET, text_of(days));
			break;
		}
	}
}

/* What the tabs say, the more the more room there is; the one that is open keeps its
 * title longest. From TIGHT on the filter is cut as well. */
enum { TABS_WIDE, TABS_WHOLE, TABS_BRIEF, TABS_TIGHT, TABS_SMALL, TABS_KEYS };

static const char *tab_title(const struct app *a, enum screen_id id, int form)
{
	static const char *const brief[SCREEN_COUNT] = {
#define BRIEF(id, title) [SCREEN_##id] = title,
#include "tui/screens.def"
	};

	if (form < TABS_BRIEF || (a->stack[0] == id && form != TABS_SMALL))
		return screen_def(id)->title;
	if (form == TABS_KEYS)
		return "";
	return brief[id] ? brief[id] : screen_def(id)->title;
}

static int tab_columns(const struct app *a, enum screen_id id, int form)
{
	static const int blanks[] = { 3, 2, 2, 2, 2, 1 };
	const char *key;

	if (screen_def(id)->kind != SCREEN_TAB)
		return 0;
	key = keys_text(SCOPE_SCREEN, screen_def(id)->action);
	return text_columns(text_of(tab_title(a, id, form))) +
	       (key ? text_columns(text_of(key)) : 1) +
	       (a->stack[0] == id ? 3 : blanks[form]);
}

static int put_tabs(struct app *a, struct canvas *c, int form)
{
	int at = 1;

	for (int i = 0; i < SCREEN_COUNT; i++) {
		const enum screen_id id = (enum screen_id)i;
		const struct screen_def *def = screen_def(id);
		const int width = tab_columns(a, id, form);
		const bool here = a->stack[0] == id;
		const char *key;

		if (width == 0)
			continue;
		key = keys_text(SCOPE_SCREEN, def->action);
		/* Not a blank more than there is room for: it would cut the title. */
		canvas_print(c, 1, at, width, here ? ROLE_TAB_HERE : ROLE_TAB,
			" %s%s%s%s", key ? key : " ", here || form < TABS_KEYS ? " " : "",
			tab_title(a, id, form), here || form == TABS_WIDE ? " " : "");
		frame_zone(a, 1, at, at + width, def->action);
		at += width;
	}
	return at;
}

/* Before the filter: what it is or, as where it is typed, its key. */
static const char *filter_word(int form)
{
	const char *key = keys_text(SCOPE_SCREEN, ACT_FILTER);

	return form < TABS_TIGHT || !key ? "filter" : key;
}

/* The most of the tabs that leaves the marks and the filter room: all of it, or as much
 * as says which filter it is, as long as there is more to be left out. */
static int tabs_form(const struct app *a, int columns, int marks, int filter)
{
	int form = TABS_WIDE;

	for (; form < TABS_KEYS; form++) {
		const int shown = form < TABS_TIGHT ? filter : FILTER_LEAST;
		int sum = (marks + filter ? 3 : 2) + marks;

		if (filter)
			sum += text_columns(text_of(filter_word(form))) + 1 +
			       (shown < filter ? shown : filter);
		for (int i = 0; i < SCREEN_COUNT; i++)
			sum += tab_columns(a, (enum screen_id)i, form);
		if (sum <= columns)
			break;
	}
	return form;
}

/* Tabs to the left, what is marked and filtered to the right. */
static void paint_tabs(struct app *a, struct canvas *c)
{
	const uint32_t hidden = marks_hidden(&a->marks, app_list(a));
	char marks[48] = "";
	const struct text filter = input_text(&a->view.filter);
	const bool filtered = filter.n && !a->filter_line.open && !shows_whole(a);
	const int end = c->columns - 1;
	int form, right, at;

	if (a->marks.n)
		snprintf(marks, sizeof(marks),
			hidden ? "%u marked, %u not shown" : "%u marked", a->marks.n,
			hidden);
	form = tabs_form(a, c->columns, marks[0] ? (int)strlen(marks) + 2 : 0,
		filtered ? text_columns(filter) : 0);
	at = put_tabs(a, c, form) + 1;
	right = (int)strlen(marks);
	if (filtered)
		right += (right ? 2 : 0) + text_columns(text_of(filter_word(form))) + 1 +
			 text_columns(filter);
	if (right < end - at)
		at = end - right;
	at += canvas_put(c, 1, at, end - at, ROLE_MARK, text_of(marks));
	if (!filtered)
		return;
	at += marks[0] ? 2 : 0;
	frame_zone(a, 1, at, end, ACT_FILTER);
	at += canvas_put(c, 1, at, end - at, ROLE_QUIET, text_of(filter_word(form))) + 1;
	canvas_put(c, 1, at, end - at, a->view.bad ? ROLE_ERROR : ROLE_KEY, filter);
}

void frame_top(struct app *a, struct canvas *c)
{
	if (a->book) {
		paint_book(a, c);
		paint_tabs(a, c);
	} else {
		canvas_put(c, 0, 1, c->columns, ROLE_BRAND, TEXT("tierdesk"));
	}
}
