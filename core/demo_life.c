#include "core/demo_life.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/demo_money.h"

#define MONTHS_A_YEAR 12
#define OLDEST_DAYS 2000 /* of customers before the history, in front of it */
#define LARGE_MONTHS 6   /* of measurements in a large book */
#define OWNED_PPM 400000 /* the larger ones have a CSM of their own */
#define NEW_DAYS 60      /* an account is new for so long */
#define PRICES_DAYS 150  /* since new prices drove some away, all in one month */
#define PRICES_MONTHS 9  /* only in a history of so many */
#define FAMILY 37u       /* one family in so many accounts */
#define FAMILY_PARENT 7u
#define KEY_FIRST 1001u

static const struct demo_place places[CSM_PLACES] = {
	{ "Americas", "North America;LATAM" },
	{ "EMEA", "EMEA" },
	{ "Americas", "North America" },
	{ "APAC", "APAC" },
	{ "EMEA", "EMEA" },
	{ "Americas", "North America;LATAM" },
};

enum purpose { OF_FACTS, OF_NAMES, OF_CSM, OF_ORDER };

/* ---- the world ---- */

static void shuffle(struct demo_world *w)
{
	struct dice d = dice_of(w->r->seed, 0, OF_ORDER);

	for (uint32_t i = 0; i < w->r->accounts; i++) {
		const uint32_t k = dice_below(&d, i + 1);

		w->rank[i] = w->rank[k];
		w->rank[k] = i;
	}
}

int32_t demo_world_signals_from(const struct demo_request *r)
{
	const bool is_short = r->accounts > DEMO_LARGE && r->months > LARGE_MONTHS;

	return day_add_months(r->today, is_short ? -LARGE_MONTHS : -r->months);
}

enum status demo_world_init(
	struct demo_world *w, const struct demo_request *r, struct err *e)
{
	const uint64_t months = (uint64_t)(r->months < 24 ? r->months : 24);
	enum status st;

	memset(w, 0, sizeof(*w));
	w->r = r;
	w->churned = (uint32_t)(r->accounts * months * 6 / (18 * 100));
	w->total = r->accounts + w->churned;
	w->large = r->accounts > DEMO_LARGE;
	w->begin = day_add_months(r->today, -r->months);
	w->signals_from = demo_world_signals_from(r);
	st = demo_words_read(&w->words, e);
	if (st != ST_OK)
		return st;
	w->rank = malloc(((size_t)r->accounts + 1) * sizeof(*w->rank));
	if (!w->rank)
		return err_set(e, ST_NOMEM, "not enough memory for the demo");
	shuffle(w);
	demo_money_settle(w);
	return ST_OK;
}

void demo_world_clear(struct demo_world *w)
{
	demo_words_clear(&w->words);
	free(w->rank);
	memset(w, 0, sizeof(*w));
}

/* How many of the accounts before this one left: they stand evenly among the older
 * three quarters. */
static uint32_t churned_before(const struct demo_world *w, uint32_t index)
{
	const uint32_t room = w->total / 4 * 3;

	if (index >= room)
		return w->churned;
	return (uint32_t)((uint64_t)index * w->churned / room);
}

static bool is_churned(const struct demo_world *w, uint32_t index)
{
	return churned_before(w, index + 1) > churned_before(w, index);
}

/* ---- names and places ---- */

struct dice demo_life_dice(const struct demo_life *l, uint64_t purpose)
{
	return dice_of(l->world->r->seed, l->index + UINT64_C(1), purpose + OF_ORDER);
}

static uint32_t divisor(uint32_t a, uint32_t b)
{
	while (b) {
		const uint32_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Companies and trades meet in pairs; every pair comes before one comes again. */
static uint32_t pairs_of(const struct demo_world *w)
{
	return w->words.n[WORDS_COMPANY] * w->words.n[WORDS_TRADE];
}

static uint32_t company_of(const struct demo_world *w, uint32_t index)
{
	const uint32_t pairs = pairs_of(w), round = index / pairs;
	struct dice d = dice_of(w->r->seed, 0, OF_NAMES);
	uint32_t stride = 7919;

	while (divisor(pairs, stride) != 1)
		stride++;
	return round * pairs +
	       (uint32_t)(((uint64_t)(index % pairs) * stride + dice_below(&d, pairs)) %
			  pairs);
}

static struct text trade_of(const struct demo_life *l)
{
	return demo_words_at(&l->world->words, WORDS_TRADE,
		l->company % pairs_of(l->world) / l->world->words.n[WORDS_COMPANY]);
}

struct text demo_life_industry(const struct demo_life *l)
{
	return demo_words_left(trade_of(l));
}

struct text demo_life_region(const struct demo_life *l)
{
	return demo_words_left(demo_words_at(&l->world->words, WORDS_CITY, l->city));
}

void demo_life_name(const struct demo_life *l, char out[DEMO_NAME_MAX])
{
	const struct demo_words *words = &l->world->words;
	const struct text first = demo_words_at(words, WORDS_COMPANY, l->company);
	const struct text trade = demo_words_right(trade_of(l));
	const struct text city =
		demo_words_right(demo_words_at(words, WORDS_CITY, l->city));
	const uint32_t round = l->company / pairs_of(l->world);
	int n = snprintf(out, DEMO_NAME_MAX, "%.*s %.*s", (int)first.n, first.s,
		(int)trade.n, trade.s);

	if (round > 0 || l->parent != NOBODY)
		n += snprintf(out + n, (size_t)(DEMO_NAME_MAX - n), " %.*s", (int)city.n,
			city.s);
	if (round > 1)
		snprintf(out + n, (size_t)(DEMO_NAME_MAX - n), " %" PRIu32, round);
}

static int append_lower(char *out, int n, struct text t)
{
	for (size_t i = 0; i < t.n; i++) {
		const char c = t.s[i];

		if (c >= 'A' && c <= 'Z')
			out[n++] = (char)(c - 'A' + 'a');
		else if (c >= 'a' && c <= 'z')
			out[n++] = c;
	}
	return n;
}

void demo_life_domain(const struct demo_life *l, char out[DEMO_NAME_MAX])
{
	int n = append_lower(
		out, 0, demo_words_at(&l->world->words, WORDS_COMPANY, l->company));

	out[n++] = '-';
	n = append_lower(out, n, demo_words_right(trade_of(l)));
	snprintf(out + n, (size_t)(DEMO_NAME_MAX - n), ".example");
}

const struct demo_place *demo_life_place(uint32_t csm)
{
	return &places[csm % CSM_PLACES];
}

/* Given names first, so that a team has no two of a name. */
void demo_life_csm(const struct demo_world *w, uint32_t csm, char out[DEMO_NAME_MAX])
{
	struct dice d = dice_of(w->r->seed, 0, OF_CSM);
	const uint32_t first = dice_below(&d, w->words.n[WORDS_GIVEN]);
	const struct text given = demo_words_at(&w->words, WORDS_GIVEN, first + csm * 25);
	const struct text family = demo_words_at(&w->words, WORDS_FAMILY,
		dice_below(&d, w->words.n[WORDS_FAMILY]) + csm * 31 +
			csm / w->words.n[WORDS_GIVEN]);

	snprintf(out, DEMO_NAME_MAX, "%.*s %.*s", (int)given.n, given.s, (int)family.n,
		family.s);
}

/* One of those who work for the region; anybody when nobody does. */
static uint32_t pick_csm(const struct demo_life *l, struct dice *d)
{
	const uint32_t csms = l->world->r->csms;
	const struct text region = demo_life_region(l);
	char name[DEMO_NAME_MAX];
	uint32_t at[CSM_PLACES], n = 0, serving;

	snprintf(name, sizeof(name), "%.*s", (int)region.n, region.s);
	for (uint32_t k = 0; k < CSM_PLACES; k++)
		if (strstr(places[k].regions, name))
			at[n++] = k;
	serving = csms / CSM_PLACES * n;
	for (uint32_t k = 0; k < n; k++)
		serving += at[k] < csms % CSM_PLACES;
	if (serving == 0)
		return dice_below(d, csms);
	serving = dice_below(d, serving);
	return serving / n * CSM_PLACES + at[serving % n];
}

/* ---- the life ---- */

static void find_family(struct demo_life *l, struct dice *d)
{
	const uint32_t place = l->index % FAMILY;
	const uint32_t parent = l->index - place + FAMILY_PARENT;
	const bool child = dice_chance(d, 600) && (place == 21 || place == 33);

	l->city = dice_below(d, l->world->words.n[WORDS_CITY] / 2) * 2 + (place == 33);
	l->parent = child && !is_churned(l->world, parent) ? parent : NOBODY;
	l->company = company_of(l->world, l->parent == NOBODY ? l->index : l->parent);
}

static void find_size(struct demo_life *l, struct dice *d)
{
	const struct demo_world *w = l->world;
	const uint32_t active = l->index - churned_before(w, l->index);
	const uint32_t rank = l->churned ? 0 : w->rank[active];
	const int largest = l->priced_out ? 620000 : 120000;

	l->ppm = l->churned ? (uint32_t)dice_range(d, largest, 990000)
			    : demo_money_ppm(w, rank);
	l->arr = demo_money_size(w, l->ppm) + (!l->churned && rank == 0 ? w->rest : 0);
	l->size = l->ppm < 160000   ? SIZE_ENTERPRISE
		  : l->ppm < 450000 ? SIZE_MIDDLE
				    : SIZE_SMALL;
	l->owned = l->ppm < OWNED_PPM;
	l->term = MONTHS_A_YEAR;
	if (!l->churned && l->size == SIZE_ENTERPRISE && dice_chance(d, 400))
		l->term *= dice_range(d, 2, 3);
}

/* Accounts are numbered as they came. */
static int32_t start_of(const struct demo_world *w, uint32_t index)
{
	const int months = w->r->months;
	const uint32_t recent =
		(uint32_t)((uint64_t)w->total * (unsigned)(months < 25 ? months : 25) *
			   12 / 1000);
	const uint32_t old = w->total - recent;
	const int64_t span = (int64_t)w->r->today - w->begin - 3;

	if (index < old)
		return w->begin - 1 -
		       (int32_t)((int64_t)(old - 1 - index) * OLDEST_DAYS / old);
	return w->begin + (int32_t)((index - old) * span / recent);
}

static void find_dates(struct demo_life *l, struct dice *d)
{
	const struct demo_world *w = l->world;
	int32_t leaving;
	int years;

	l->start = start_of(w, l->index);
	l->churned_on = DAY_NONE;
	l->end = w->r->today;
	if (!l->churned)
		return;
	leaving = w->r->today - dice_range(d, 7, w->r->today - w->begin - 14);
	if (l->priced_out)
		leaving =
			day_month_start(w->r->today - PRICES_DAYS) + dice_range(d, 2, 24);
	years = (leaving - l->start + 182) / 365;
	years = years < 1 ? 1 : years;
	l->start = day_add_months(leaving, -MONTHS_A_YEAR * years);
	l->churned_on = day_add_months(l->start, MONTHS_A_YEAR * years);
	l->end = l->churned_on - 1;
}

static enum demo_tale pick_tale(const struct demo_life *l, struct dice *d)
{
	const struct text industry = demo_life_industry(l);
	const int32_t age = l->end - l->start;
	const int roll = dice_range(d, 0, 999);

	if (l->priced_out)
		return TALE_STEADY;
	if (l->churned)
		return age < 370 && roll < 500 ? TALE_FAILED_START
		       : roll < 680            ? TALE_FADING
					       : TALE_CHAMPION_LEFT;
	if (age < NEW_DAYS)
		return TALE_NEW;
	if (l->ppm < 25000 && roll < 700)
		return TALE_GIANT;
	if (age < 330 && l->size != SIZE_ENTERPRISE && roll < 140)
		return TALE_FAILED_START;
	if ((text_eq(industry, TEXT("Retail")) || text_eq(industry, TEXT("Travel"))) &&
		roll < 550)
		return TALE_SEASONAL;
	return demo_story_draw(d, l->size);
}

static void find_tale(struct demo_life *l, struct dice *d)
{
	const struct demo_story *s;

	l->tale = pick_tale(l, d);
	s = demo_story_of(l->tale);
	l->turn = l->end - (l->churned ? dice_range(d, 130, 230)
				       : dice_range(d, s->turn_low, s->turn_high));
	if (l->turn < l->start + 20)
		l->turn = l->start + 20;
	l->level = dice_range(d, s->level_low, s->level_high);
	l->adoption = dice_range(d, 46, 90);
	l->seats_percent = dice_range(d, s->seats_low, s->seats_high);
}

static void find_onboarding(struct demo_life *l, struct dice *d)
{
	const bool known = !dice_chance(d, 60) || l->tale == TALE_NEW;
	const int days = dice_chance(d, 450) ? dice_range(d, 1, 7) : dice_range(d, 8, 38);
	const bool never = l->tale == TALE_FAILED_START ||
			   (l->tale == TALE_NEW && dice_chance(d, 300));

	l->onboarding = known ? l->start : DAY_NONE;
	l->first_value = l->start + days;
	if (never || !known || l->first_value > l->end)
		l->first_value = DAY_NONE;
}

/* What people have to be told about an account, by its size. */
static void find_profile(struct demo_life *l, struct dice *d)
{
	static const struct {
		int complexity[2], maturity[2], stakeholders[2], price[2], features;
		int no_contacts, no_seats, no_features, no_profile, no_surveys;
	} of[SIZE_COUNT] = {
		{ { 64, 95 }, { 22, 60 }, { 6, 14 }, { 320, 720 }, 42, 0, 10, 10, 0, 40 },
		{ { 36, 72 }, { 32, 76 }, { 3, 7 }, { 280, 600 }, 32, 30, 30, 30, 80,
			150 },
		{ { 8, 46 }, { 35, 88 }, { 1, 4 }, { 220, 480 }, 20, 120, 60, 60, 280,
			380 },
	};
	const int k = (int)l->size;
	const int64_t price = dice_range(d, of[k].price[0], of[k].price[1]);
	const int64_t seats = l->arr / 100 / price;

	l->complexity = dice_range(d, of[k].complexity[0], of[k].complexity[1]);
	l->maturity = dice_range(d, of[k].maturity[0], of[k].maturity[1]);
	l->stakeholders = dice_range(d, of[k].stakeholders[0], of[k].stakeholders[1]);
	l->seats = seats < 3 ? 3 : (uint32_t)seats;
	l->features = (uint32_t)of[k].features;
	l->no_contacts = dice_chance(d, of[k].no_contacts);
	l->no_seats = dice_chance(d, of[k].no_seats);
	l->no_features = dice_chance(d, of[k].no_features);
	l->no_profile = dice_chance(d, of[k].no_profile);
	l->no_surveys = dice_chance(d, of[k].no_surveys);
	l->blind = dice_chance(d, 14) && l->size != SIZE_ENTERPRISE && !l->churned;
}

void demo_life_make(const struct demo_world *w, uint32_t index, struct demo_life *l)
{
	struct dice d;

	memset(l, 0, sizeof(*l));
	l->world = w;
	l->index = index;
	l->churned = is_churned(w, index);
	l->priced_out = l->churned && w->r->months >= PRICES_MONTHS &&
			churned_before(w, index) % 5 < 2;
	d = demo_life_dice(l, OF_FACTS);
	find_family(l, &d);
	find_size(l, &d);
	find_dates(l, &d);
	find_tale(l, &d);
	find_onboarding(l, &d);
	find_profile(l, &d);
	l->csm = l->owned ? pick_csm(l, &d) : NOBODY;
	demo_life_term(l, l->end, &l->renewal);
	demo_money_steps(l, &d);
	if (w->total < 9000)
		snprintf(l->key, sizeof(l->key), "A-%04" PRIu32, index + KEY_FIRST);
	else
		snprintf(l->key, sizeof(l->key), "A-%07" PRIu32, index + 1);
}

int32_t demo_life_term(const struct demo_life *l, int32_t day, int32_t *next)
{
	int32_t from = l->start;
	int n = (day - l->start) / (l->term * 31 + 1); /* not too many terms yet */

	for (from = day_add_months(l->start, n * l->term);; from = *next) {
		*next = day_add_months(l->start, ++n * l->term);
		if (*next > day)
			return from;
	}
}

/* Percent of the year's best, by month. */
static const uint8_t season[3][MONTHS_A_YEAR] = {
	{ 100, 100, 100, 100, 100, 99, 97, 95, 100, 100, 100, 93 },
	{ 66, 64, 66, 70, 72, 74, 76, 80, 86, 95, 102, 104 },
	{ 72, 74, 80, 86, 94, 102, 104, 102, 90, 80, 72, 78 },
};

static int season_percent(const struct demo_life *l, int32_t day)
{
	const int kind = l->tale != TALE_SEASONAL                         ? 0
			 : text_eq(demo_life_industry(l), TEXT("Travel")) ? 2
									  : 1;

	return season[kind][day_civil(day).month - 1];
}

int demo_life_level(const struct demo_life *l, int32_t day)
{
	const int curve = demo_story_of(l->tale)->turn_high || l->churned
				  ? demo_story_curve(l->tale, day - l->turn)
				  : 100;
	const int32_t age = day - l->start;
	const int ramp = age < 100 && l->tale != TALE_NEW ? 45 + age * 55 / 100 : 100;

	return l->level * curve / 100 * season_percent(l, day) / 100 * ramp / 100;
}
