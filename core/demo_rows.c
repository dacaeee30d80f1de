#include "core/demo_rows.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/demo_money.h"

#define ID_MAX 32
#define MAIL_MAX (2 * DEMO_NAME_MAX)

enum status demo_rows_put(struct demo_pass *p, const struct cell *cells, struct err *e)
{
	return p->store->ops->put(p->store, cells, ++p->line, NULL, e);
}

static struct cell day_or_missing(int32_t day)
{
	return day == DAY_NONE ? (struct cell){ 0 } : CELL_OF_INT(day);
}

static struct cell yes_or_missing(bool yes)
{
	return yes ? CELL_OF_INT(1) : (struct cell){ 0 };
}

static struct cell number_unless(bool missing, int64_t value)
{
	return missing ? (struct cell){ 0 } : CELL_OF_NUMBER((double)value);
}

/* "given.family@domain" in small ASCII letters. */
static void mail_of(const char *name, const char *domain, char out[MAIL_MAX])
{
	int n = 0;

	for (; *name; name++) {
		const char c = *name;

		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a'
				  : c == ' '           ? '.'
						       : c);
	}
	snprintf(out + n, (size_t)(MAIL_MAX - n), "@%s", domain);
}

enum status demo_rows_csms(struct demo_pass *p, struct err *e)
{
	const struct demo_world *w = p->world;
	const bool all_regions = w->r->csms < CSM_PLACES;

	for (uint32_t k = 0; k < w->r->csms; k++) {
		const struct demo_place *place = demo_life_place(k);
		struct cell cells[CSM_FIELDS] = { { 0 } };
		char name[DEMO_NAME_MAX], mail[MAIL_MAX];
		enum status st;

		demo_life_csm(w, k, name);
		mail_of(name, "ourcompany.example", mail);
		cells[F_CSM_NAME] = CELL_OF_TEXT(text_of(name));
		cells[F_CSM_EMAIL] = CELL_OF_TEXT(text_of(mail));
		cells[F_CSM_TEAM] = CELL_OF_TEXT(
			text_of(all_regions ? "Customer Success" : place->team));
		cells[F_CSM_ROLE] = CELL_OF_TEXT(text_of(k == 0 ? "lead" : "csm"));
		/* one works four days a week */
		cells[F_CSM_CAPACITY] = CELL_OF_NUMBER(k % CSM_PLACES == 4 ? 0.8 : 1);
		if (!all_regions)
			cells[F_CSM_REGIONS] = CELL_OF_TEXT(text_of(place->regions));
		cells[F_CSM_ACTIVE_FROM] =
			CELL_OF_INT(w->begin - 900 + (int32_t)(k % 8) * 97);
		st = p->store->ops->put(p->store, cells, ++p->line, &p->csm_id[k], e);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static void add_flags(const struct demo_life *l, struct dice *d, struct cell *cells)
{
	const bool big = l->size == SIZE_ENTERPRISE;
	const bool glad = l->tale == TALE_EXPANSION || l->tale == TALE_IDLE ||
			  l->tale == TALE_GROWING;

	cells[F_REFERENCE] = yes_or_missing(dice_chance(d, big ? 110 : glad ? 60 : 15));
	cells[F_MARQUEE] =
		yes_or_missing(dice_chance(d, l->tale == TALE_GIANT ? 400 : 0));
	cells[F_ADVOCATE] = yes_or_missing(dice_chance(d, glad ? 140 : 15));
	cells[F_PARENT_EXPANSION] =
		yes_or_missing(l->parent != NOBODY && dice_chance(d, 500));
	if (l->owned && dice_chance(d, 80))
		cells[F_GROWTH] = CELL_OF_NUMBER(dice_range(d, 1, 6) * 5 / 100.0);
	if (dice_chance(d, 300))
		cells[F_TAGS] = CELL_OF_TEXT(
			demo_words_at(&l->world->words, WORDS_TAG, dice_below(d, 1000)));
}

/* The first reasons of the list belong to certain stories. */
static struct text reason_of(const struct demo_life *l, struct dice *d)
{
	enum { CHAMPION_LEFT, FAILED_START, NEW_PRICES, OTHERS };
	const struct demo_words *w = &l->world->words;
	uint32_t at = OTHERS + dice_below(d, w->n[WORDS_REASON] - OTHERS);

	if (l->priced_out)
		at = NEW_PRICES;
	else if (l->tale == TALE_CHAMPION_LEFT)
		at = CHAMPION_LEFT;
	else if (l->tale == TALE_FAILED_START)
		at = FAILED_START;
	return demo_words_at(w, WORDS_REASON, at);
}

static void add_life(
	const struct demo_pass *p, const struct demo_life *l, struct cell *cells)
{
	cells[F_SEGMENT] = CELL_OF_TEXT(l->size == SIZE_ENTERPRISE ? TEXT("Enterprise")
					: l->size == SIZE_MIDDLE   ? TEXT("Mid-market")
								   : TEXT("SMB"));
	cells[F_INDUSTRY] = CELL_OF_TEXT(demo_life_industry(l));
	cells[F_REGION] = CELL_OF_TEXT(demo_life_region(l));
	if (l->csm != NOBODY)
		cells[F_CSM] = CELL_OF_INT(p->csm_id[l->csm]);
	cells[F_ARR] = CELL_OF_INT(l->arr);
	cells[F_CONTRACT_START] = CELL_OF_INT(l->start);
	cells[F_RENEWAL_DATE] = day_or_missing(l->churned ? DAY_NONE : l->renewal);
	cells[F_AUTO_RENEW] = CELL_OF_INT(l->size == SIZE_SMALL);
	cells[F_STATUS] = CELL_OF_TEXT(l->churned ? TEXT("churned") : TEXT("active"));
	cells[F_CHURNED_ON] = day_or_missing(l->churned_on);
	cells[F_COMPLEXITY] = number_unless(l->no_profile, l->complexity);
	cells[F_MATURITY] = number_unless(l->no_profile, l->maturity);
	cells[F_STAKEHOLDERS] = number_unless(l->no_profile, l->stakeholders);
	cells[F_SEATS_PURCHASED] = number_unless(l->no_seats, l->seats);
	cells[F_FEATURES_AVAILABLE] = number_unless(l->no_features, l->features);
	cells[F_ONBOARDING_STARTED] = day_or_missing(l->onboarding);
	cells[F_FIRST_VALUE_ON] = day_or_missing(l->first_value);
}

enum status demo_rows_account(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	struct dice d = demo_life_dice(l, DICE_ACCOUNT);
	struct cell cells[ACCOUNT_FIELDS] = { { 0 } };
	char name[DEMO_NAME_MAX];
	struct demo_life parent;

	demo_life_name(l, name);
	cells[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(l->key));
	cells[F_NAME] = CELL_OF_TEXT(text_of(name));
	if (l->parent != NOBODY) {
		demo_life_make(l->world, l->parent, &parent);
		cells[F_PARENT_ID] = CELL_OF_TEXT(text_of(parent.key));
	}
	add_life(p, l, cells);
	add_flags(l, &d, cells);
	if (l->churned)
		cells[F_CHURN_REASON] = CELL_OF_TEXT(reason_of(l, &d));
	return p->store->ops->put(
		p->store, cells, ++p->line, &p->account_id[l->index], e);
}

struct person {
	const char *role;
	int32_t since, left_on;
};

/* Names within an account are stepped through, so that nobody is there twice. */
static enum status put_person(struct demo_pass *p, const struct demo_life *l, int nth,
	const struct person *who, struct err *e)
{
	const struct demo_words *w = &l->world->words;
	struct dice d = demo_life_dice(l, DICE_CONTACTS);
	const uint32_t given = dice_below(&d, w->n[WORDS_GIVEN]) + (uint32_t)nth * 37;
	const uint32_t family = dice_below(&d, w->n[WORDS_FAMILY]) + (uint32_t)nth * 41;
	const struct text a = demo_words_at(w, WORDS_GIVEN, given);
	const struct text b = demo_words_at(w, WORDS_FAMILY, family);
	struct cell cells[CONTACT_FIELDS] = { { 0 } };
	char name[DEMO_NAME_MAX], domain[DEMO_NAME_MAX], mail[MAIL_MAX];

	snprintf(name, sizeof(name), "%.*s %.*s", (int)a.n, a.s, (int)b.n, b.s);
	demo_life_domain(l, domain);
	mail_of(name, domain, mail);
	cells[F_CONTACT_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_CONTACT_NAME] = CELL_OF_TEXT(text_of(name));
	cells[F_CONTACT_EMAIL] = CELL_OF_TEXT(text_of(mail));
	cells[F_CONTACT_ROLE] = CELL_OF_TEXT(text_of(who->role));
	cells[F_CONTACT_SINCE] = CELL_OF_INT(who->since);
	cells[F_CONTACT_LEFT_ON] = day_or_missing(who->left_on);
	return demo_rows_put(p, cells, e);
}

/* Champion and sponsor, one of whom may have been followed by another. */
static int add_leaders(const struct demo_life *l, struct dice *d, struct person *out)
{
	static const int sponsored[SIZE_COUNT] = { 960, 800, 350 };
	const int32_t change = l->start + (l->end - l->start) / 2;
	int n = 0;

	out[n++] = (struct person){ "champion", l->start,
		l->tale == TALE_CHAMPION_LEFT ? l->turn : DAY_NONE };
	if (l->tale == TALE_CHAMPION_LEFT && dice_chance(d, 250) &&
		l->turn + 50 <= l->end)
		out[n++] = (struct person){ "champion", l->turn + 50, DAY_NONE };
	if (!dice_chance(d, sponsored[l->size]))
		return n;
	if (l->end - l->start > 500 && dice_chance(d, 90) && !l->world->large) {
		out[n++] = (struct person){ "sponsor", l->start, change };
		out[n++] = (struct person){ "sponsor", change + 21, DAY_NONE };
	} else {
		out[n++] = (struct person){ "sponsor", l->start, DAY_NONE };
	}
	return n;
}

enum status demo_rows_contacts(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	static const int users[SIZE_COUNT] = { 4, 2, 1 };
	struct dice d = demo_life_dice(l, DICE_PEOPLE);
	struct person who[16];
	int n = 0;

	if (l->no_contacts)
		return ST_OK;
	n = add_leaders(l, &d, who);
	for (int k = dice_range(&d, 0, users[l->size]); k > 0 && !l->world->large; k--)
		who[n++] = (struct person){ "user",
			l->start + dice_range(&d, 0, (l->end - l->start) / 2), DAY_NONE };
	if (!l->world->large && dice_chance(&d, 550))
		who[n++] = (struct person){ "billing", l->start, DAY_NONE };
	for (int k = 0; k < n; k++) {
		const enum status st = put_person(p, l, k, &who[k], e);

		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

struct contract {
	int32_t from, until;
	int64_t arr;
};

static enum status put_contract(struct demo_pass *p, const struct demo_life *l, int nth,
	const struct contract *c, struct err *e)
{
	const bool ended = c->until <= l->world->r->today;
	struct cell cells[CONTRACT_FIELDS] = { { 0 } };
	char id[ID_MAX];

	snprintf(id, sizeof(id), "C%s-%02d", l->key + 1, nth);
	cells[F_CONTRACT_ID] = CELL_OF_TEXT(text_of(id));
	cells[F_CONTRACT_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_CONTRACT_FROM] = CELL_OF_INT(c->from);
	cells[F_CONTRACT_UNTIL] = CELL_OF_INT(c->until);
	cells[F_CONTRACT_ARR] = CELL_OF_INT(c->arr);
	cells[F_CONTRACT_AUTO_RENEW] = CELL_OF_INT(l->size == SIZE_SMALL);
	cells[F_CONTRACT_STATUS] =
		CELL_OF_TEXT(!ended                      ? TEXT("active")
			     : c->until == l->churned_on ? TEXT("not renewed")
							 : TEXT("ended"));
	return demo_rows_put(p, cells, e);
}

/* One contract per term (in a large book the past terms are one), and an amendment to
 * the end of the term for what is bought in between. */
enum status demo_rows_contracts(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	const int32_t last = demo_life_term(l, l->end, &(int32_t){ 0 });
	int32_t from = l->start, until;
	int n = 0;
	enum status st = ST_OK;

	for (; st == ST_OK && from <= l->end; from = until) {
		demo_life_term(l, from, &until);
		if (l->world->large && from < last)
			until = last;
		st = put_contract(p, l, ++n,
			&(struct contract){ from, until, demo_money_on(l, from) }, e);
		for (int k = 0; st == ST_OK && k < l->steps; k++) {
			const struct demo_step *s = &l->step[k];

			if (s->day > from && s->day < until)
				st = put_contract(p, l, ++n,
					&(struct contract){
						s->day, until, s->after - s->before },
					e);
		}
	}
	return st;
}

static enum status put_movement(struct demo_pass *p, const struct demo_life *l,
	int32_t day, struct text kind, int64_t delta, struct err *e)
{
	struct cell cells[MOVEMENT_FIELDS] = { { 0 } };

	cells[F_MOVEMENT_ACCOUNT] = CELL_OF_INT(p->account_id[l->index]);
	cells[F_MOVEMENT_DATE] = CELL_OF_INT(day);
	cells[F_MOVEMENT_KIND] = CELL_OF_TEXT(kind);
	cells[F_MOVEMENT_DELTA] = CELL_OF_INT(delta);
	return demo_rows_put(p, cells, e);
}

enum status demo_rows_movements(
	struct demo_pass *p, const struct demo_life *l, struct err *e)
{
	enum status st =
		put_movement(p, l, l->start, TEXT("new"), demo_money_on(l, l->start), e);

	for (int k = 0; st == ST_OK && k < l->steps; k++) {
		const int64_t delta = l->step[k].after - l->step[k].before;

		if (delta != 0)
			st = put_movement(p, l, l->step[k].day,
				delta > 0 ? TEXT("expansion") : TEXT("contraction"),
				delta, e);
	}
	if (st == ST_OK && l->churned)
		st = put_movement(p, l, l->churned_on, TEXT("churn"), -l->arr, e);
	return st;
}
