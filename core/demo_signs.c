/* What is seen of a customer in the course of time: usage, tickets, answers, touches. */
#include "core/demo_features.h"
#include "core/demo_fixes.h"
#include "core/demo_rows.h"

#include <stdio.h>

#define ID_MAX 32
#define WEEK 7
#define QUARTER 91
#define BURST_WEEKS 5
#define LARGE_THINNING 4 /* a large book has so many times fewer of everything */
#define DOUBTFUL 560     /* permille: below, calls go less well */
#define LONELY_EVERY 3   /* one account in so many invites nobody */
#define INVITING_DAYS 60
#define SILENT 100 /* permille: below, nobody logs in any more */

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static int clamp(int x, int low, int high)
{
	return x < low ? low : x > high ? high : x;
}

static int thinning(const struct demo_life *l)
{
	return l->world->large ? LARGE_THINNING : 1;
}

/* ---- signals ---- */

static int active_days(const struct demo_life *l, int32_t day, struct dice *d)
{
	return clamp((demo_life_level(l, day) * 23 + 500) / 1000 + dice_range(d, -1, 1),
		0, 28);
}

/* Falls slower than use, and takes months to unfold. */
static int features_used(const struct demo_life *l, int32_t day, struct dice *d)
{
	const int32_t age = day - l->start;
	const int unfolded = age < 270 ? 70 + age * 30 / 270 : 100;
	const int level = (demo_life_level(l, day) * 9 + 500) / 86; /* percent */
	const int used = (int)l->features * l->adoption * level / 10000 * unfolded / 100 +
			 dice_range(d, 0, 1);

	return clamp(used, 0, (int)l->features);
}

static int seats_active(const struct demo_life *l, int32_t day, struct dice *d)
{
	const int level = (demo_life_level(l, day) * 3 + 300) / 30; /* percent */
	const int64_t seats = (int64_t)l->seats * l->seats_percent * level *
			      dice_range(d, 97, 103) / 1000000;

	return clamp((int)seats, 1, (int)l->seats + (int)l->seats / 20);
}

static int logins(const struct demo_life *l, int32_t day, struct dice *d)
{
	const int level = demo_life_level(l, day);
	const int64_t usual =
		(int64_t)l->seats * l->seats_percent / 100 * level / 1000 * 4;

	if (level < SILENT)
		return 0;
	return (int)(usual * dice_range(d, 85, 115) / 100) + 1;
}

/* A CSM's own judgement, once a month on the larger ones. */
static int pulse(const struct demo_life *l, int32_t day, struct dice *d)
{
	const int level = demo_life_level(l, day);
	const bool doubt = dice_chance(d, 500);

	return level < 420 && doubt ? 1 : level < 720 ? 2 : 3;
}

/* Of those that find nobody to invite some never do. */
static int invited_users(const struct demo_life *l, int32_t day, struct dice *d)
{
	const bool alone = l->index % LONELY_EVERY == 0;
	const int weeks = (day - l->start) / WEEK;
	const int more = dice_range(d, 0, 1);

	return alone ? 0 : clamp(weeks + more, 0, (int)l->seats - 1);
}

/* What is done in the first weeks is counted in these alone. */
static enum status put_invited(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_SIGNALS + (uint64_t)SIG_KNOWN * 100);
	struct cell cells[SIGNAL_FIELDS];
	bool added;
	enum status st = ST_OK;

	if (!p->invited)
		st = p->store->ops->find_or_add(p->store, REC_SIGNAL,
			TEXT("invited_users"), &p->invited, &added, e);
	cells[F_SIGNAL_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_SIGNAL_KIND] = CELL_OF_INT(p->invited);
	for (uint32_t k = 0; st == ST_OK && k < p->measures; k++) {
		const int32_t day = p->measure[k];

		if (day < l->start || day > l->end || day > l->start + INVITING_DAYS)
			continue;
		cells[F_SIGNAL_DATE] = CELL_OF_INT(day);
		cells[F_SIGNAL_VALUE] = CELL_OF_NUMBER(invited_users(l, day, &d));
		st = demo_rows_put(p, cells, e);
	}
	return st;
}

typedef int (*measure_fn)(const struct demo_life *l, int32_t day, struct dice *d);

static enum status put_series(struct demo_pass *p, const struct demo_life *l,
	enum known_signal kind, measure_fn measure, struct err *e)
{
	const uint32_t stride = kind == SIG_PULSE ? 4 : 1;
	struct dice d = demo_life_dice(l, DICE_SIGNALS + (uint64_t)kind * 100);
	const uint32_t first = stride > 1 ? p->measures % stride : 0;
	struct cell cells[SIGNAL_FIELDS];
	enum status st = ST_OK;

	cells[F_SIGNAL_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_SIGNAL_KIND] = CELL_OF_INT((int64_t)kind + 1);
	for (uint32_t k = first; st == ST_OK && k < p->measures; k += stride) {
		const int32_t day = p->measure[k];

		if (day < l->start + 3 || day > l->end)
			continue;
		cells[F_SIGNAL_DATE] = CELL_OF_INT(day);
		cells[F_SIGNAL_VALUE] = CELL_OF_NUMBER(measure(l, day, &d));
		st = demo_rows_put(p, cells, e);
	}
	return st;
}

enum status demo_signs_signals(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	const bool large = l->world->large;
	enum status st;

	if (l->blind)
		return ST_OK;
	st = put_series(p, l, SIG_ACTIVE_DAYS, active_days, e);
	if (st == ST_OK && !large)
		st = put_series(p, l, SIG_LOGINS, logins, e);
	if (st == ST_OK)
		st = put_series(p, l, SIG_FEATURES_USED, features_used, e);
	if (st == ST_OK)
		st = put_series(p, l, SIG_SEATS_ACTIVE, seats_active, e);
	if (st == ST_OK && !large && l->size == SIZE_ENTERPRISE)
		st = put_series(p, l, SIG_PULSE, pulse, e);
	if (st == ST_OK && !large)
		st = put_invited(p, l, e);
	return st == ST_OK ? demo_features_rows(p, l, e) : st;
}

/* ---- tickets ---- */

static bool in_burst(const struct demo_life *l, int32_t day)
{
	return l->tale == TALE_TICKET_BURST && day >= l->turn &&
	       day < l->turn + BURST_WEEKS * WEEK;
}

/* Tickets of a week. */
static int tickets_in(const struct demo_life *l, int32_t day, struct dice *d)
{
	static const int usual[SIZE_COUNT] = { 400, 180, 45 };
	static const int burst[SIZE_COUNT] = { 2600, 1700, 900 };
	int permille = usual[l->size] * demo_story_of(l->tale)->tickets / 100;

	if (in_burst(l, day))
		permille += burst[l->size];
	permille = permille * 2 / 3 / thinning(l);
	return permille / 1000 + dice_chance(d, permille % 1000) +
	       dice_chance(d, permille / 2);
}

static enum status put_ticket(struct demo_pass *p, const struct demo_life *l,
	int32_t opened, int nth, struct err *e)
{
	static const char *const severity[] = { "low", "normal", "high", "urgent" };
	const struct demo_words *w = &l->world->words;
	struct dice d = demo_life_dice(l, DICE_TICKETS + (uint64_t)nth * 100);
	struct dice of_burst = demo_life_dice(l, DICE_TICKETS);
	const bool burst = in_burst(l, opened);
	const int grade = dice_chance(&d, 550) ? 1 : dice_range(&d, 0, 2) + burst;
	const int32_t closed = opened + dice_range(&d, 0, burst ? 24 : 11);
	uint32_t cause = burst && dice_chance(&d, 750)
				 ? dice_below(&of_burst, w->n[WORDS_CAUSE])
				 : dice_below(&d, w->n[WORDS_CAUSE]);
	struct cell cells[TICKET_FIELDS] = { { 0 } };
	char id[ID_MAX];

	while (demo_fixes_stopped(l->world, demo_words_at(w, WORDS_CAUSE, cause), opened))
		cause = dice_below(&d, w->n[WORDS_CAUSE]);
	snprintf(id, sizeof(id), "T%s-%03d", l->key + 1, nth);
	cells[F_TICKET_ID] = CELL_OF_TEXT(text_of(id));
	cells[F_TICKET_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_TICKET_OPENED] = CELL_OF_INT(opened);
	cells[F_TICKET_SEVERITY] = CELL_OF_TEXT(text_of(severity[grade]));
	cells[F_TICKET_CAUSE] = CELL_OF_TEXT(demo_words_at(w, WORDS_CAUSE, cause));
	if (closed <= l->end)
		cells[F_TICKET_CLOSED] = CELL_OF_INT(closed);
	if (closed <= l->end && dice_chance(&d, 500))
		cells[F_TICKET_CSAT] = CELL_OF_NUMBER(
			burst ? dice_range(&d, 1, 3) : dice_range(&d, 3, 5));
	return demo_rows_put(p, cells, e);
}

enum status demo_signs_tickets(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_TICKETS);
	int nth = 0;
	enum status st = ST_OK;

	for (int32_t week = later(l->start, l->world->signals_from);
		st == ST_OK && week + WEEK <= l->end + 1; week += WEEK) {
		const int n = tickets_in(l, week, &d);

		for (int k = 0; st == ST_OK && k < n; k++) /* in the order of days */
			st = put_ticket(p, l,
				week + (k * WEEK + dice_range(&d, 0, 6)) / n, ++nth, e);
	}
	return st;
}

/* ---- surveys ---- */

/* Willingness to recommend, 0..10. */
static int answer(const struct demo_life *l, int32_t day, struct dice *d)
{
	const int mood = in_burst(l, day) ? -2 : 0;

	return clamp((demo_life_level(l, day) + 65) / 130 + 2 +
			     demo_story_of(l->tale)->answer + mood + dice_range(d, -1, 1),
		0, 10);
}

static enum status put_survey(struct demo_pass *p, const struct demo_life *l, int32_t day,
	struct dice *d, struct err *e)
{
	const int score = answer(l, day, d);
	const enum demo_list words = score >= 9   ? WORDS_PRAISE
				     : score >= 7 ? WORDS_MIXED
						  : WORDS_COMPLAINT;
	struct cell cells[SURVEY_FIELDS] = { { 0 } };

	cells[F_SURVEY_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_SURVEY_DATE] = CELL_OF_INT(day);
	cells[F_SURVEY_KIND] = CELL_OF_TEXT(l->no_surveys ? TEXT("csat") : TEXT("nps"));
	cells[F_SURVEY_SCORE] =
		CELL_OF_NUMBER(l->no_surveys ? clamp((score + 1) / 2, 1, 5) : score);
	if (dice_chance(d, 400))
		cells[F_SURVEY_COMMENT] = CELL_OF_TEXT(
			demo_words_at(&l->world->words, words, dice_below(d, 1000)));
	return demo_rows_put(p, cells, e);
}

static enum status put_exit(
	struct demo_pass *p, const struct demo_life *l, struct dice *d, struct err *e)
{
	struct cell cells[SURVEY_FIELDS] = { { 0 } };

	cells[F_SURVEY_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_SURVEY_DATE] = CELL_OF_INT(l->end - dice_range(d, 1, 20));
	cells[F_SURVEY_KIND] = CELL_OF_TEXT(TEXT("exit"));
	cells[F_SURVEY_SCORE] = CELL_OF_NUMBER(dice_range(d, 1, 6));
	cells[F_SURVEY_COMMENT] = CELL_OF_TEXT(
		demo_words_at(&l->world->words, WORDS_COMPLAINT, dice_below(d, 1000)));
	return demo_rows_put(p, cells, e);
}

/* Asked every quarter; who has no surveys answers now and then after a ticket. */
enum status demo_signs_surveys(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_SURVEYS);
	const int chance = (l->no_surveys ? 250 : 720) / (l->world->large ? 2 : 1);
	const int32_t from = later(l->start + 45, l->world->signals_from);
	enum status st = ST_OK;

	if (l->blind)
		return ST_OK;
	for (int32_t day = l->end - dice_range(&d, 0, QUARTER - 1);
		st == ST_OK && day >= from; day -= QUARTER)
		if (dice_chance(&d, chance))
			st = put_survey(p, l, day, &d, e);
	if (st == ST_OK && l->churned && dice_chance(&d, 500))
		st = put_exit(p, l, &d, e);
	return st;
}

/* ---- touches ---- */

/* Days between two touches. */
static int gap_of(const struct demo_life *l)
{
	const int usual = !l->owned ? 150 : l->size == SIZE_ENTERPRISE ? 18 : 38;

	return clamp(usual * demo_story_of(l->tale)->touches / 100, 4, 400) * thinning(l);
}

static bool answers(const struct demo_life *l, int32_t day, struct dice *d)
{
	const bool turned = day > l->turn + 14 &&
			    (l->tale == TALE_CHAMPION_LEFT || l->tale == TALE_FADING ||
				    l->tale == TALE_FAILED_START);

	return dice_chance(d, turned ? 300 : l->owned ? 850 : 500);
}

static struct text purpose_of(const struct demo_life *l, int32_t day, struct dice *d)
{
	int32_t next;

	demo_life_term(l, day, &next);
	if (day - l->start < 60)
		return TEXT("onboarding session");
	if (next - day <= 60)
		return TEXT("renewal talk");
	if (in_burst(l, day - 10))
		return TEXT("follow-up on tickets");
	return demo_words_at(&l->world->words, WORDS_PURPOSE, dice_below(d, 1000));
}

/* What the quarter of a large customer begins with: a business review, then a talk about
 * risks, unless there was no time for them. */
static struct text quarterly(const struct demo_life *l, int32_t day, struct text usual)
{
	const int part = (day - l->start) % QUARTER / gap_of(l);

	if (!l->owned || l->size != SIZE_ENTERPRISE || day - l->start < QUARTER ||
		part > 1)
		return usual;
	return part == 0 ? TEXT("business review") : TEXT("risk review");
}

/* Whom nobody looks after by name comes to the open hour of the week, and listens. */
static void make_clinic(const struct demo_life *l, struct cell *touch)
{
	static const char *const asked[] = { "how to invite a team", "what a seat costs",
		"how to export to a sheet", "who may see what", "how to undo an import",
		"why a report is empty" };
	const int64_t day = touch[F_TOUCH_DATE].i;
	const int64_t held = day - day % WEEK;

	touch[F_TOUCH_DATE] = CELL_OF_INT(held > l->start ? held : day);
	touch[F_TOUCH_KIND] = CELL_OF_TEXT(TEXT("clinic"));
	touch[F_TOUCH_PURPOSE] = CELL_OF_TEXT(TEXT("open hour"));
	touch[F_TOUCH_OUTCOME] = CELL_OF_TEXT(
		text_of(asked[(day + l->index) % (int)(sizeof(asked) / sizeof(*asked))]));
	touch[F_TOUCH_MINUTES] = CELL_OF_NUMBER(60);
}

static enum status put_touch(struct demo_pass *p, const struct demo_life *l, int32_t day,
	struct dice *d, struct err *e)
{
	static const char *const kinds[] = { "call", "meeting", "mail" };
	const bool two_way = answers(l, day, d);
	const int kind = l->owned ? dice_range(d, 0, 2) : 2;
	const bool doubtful = demo_life_level(l, day) < DOUBTFUL;
	const enum demo_list words = !two_way   ? WORDS_SILENCE
				     : doubtful ? WORDS_DOUBT
						: WORDS_OUTCOME;
	struct cell cells[TOUCH_FIELDS] = { { 0 } };
	char actor[DEMO_NAME_MAX] = "Pool desk";

	if (l->csm != NOBODY)
		demo_life_csm(l->world, l->csm, actor);
	cells[F_TOUCH_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_TOUCH_DATE] = CELL_OF_INT(day);
	cells[F_TOUCH_KIND] = CELL_OF_TEXT(text_of(kinds[kind]));
	cells[F_TOUCH_TWO_WAY] = CELL_OF_INT(two_way);
	cells[F_TOUCH_PURPOSE] = CELL_OF_TEXT(quarterly(l, day, purpose_of(l, day, d)));
	cells[F_TOUCH_OUTCOME] =
		CELL_OF_TEXT(demo_words_at(&l->world->words, words, dice_below(d, 1000)));
	if (two_way && kind < 2)
		cells[F_TOUCH_MINUTES] = CELL_OF_NUMBER(dice_range(d, 3, 12) * 5);
	else if (!l->owned && !two_way)
		make_clinic(l, cells);
	cells[F_TOUCH_ACTOR] = CELL_OF_TEXT(text_of(actor));
	return demo_rows_put(p, cells, e);
}

enum status demo_signs_touches(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_TOUCHES);
	const int32_t from = later(l->start, l->world->signals_from);
	const int gap = gap_of(l);
	enum status st = ST_OK;

	for (int32_t day = l->end - dice_range(&d, 1, gap); st == ST_OK && day >= from;
		day -= dice_range(&d, gap * 7 / 10, gap * 13 / 10))
		st = put_touch(p, l, day, &d, e);
	return st;
}
