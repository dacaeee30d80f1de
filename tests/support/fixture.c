#include "tests/support/fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture_gone.h"

enum { ACCOUNTS = 36, WEEKS = 60 };

static const char *const names[ACCOUNTS] = {
	"Northwind Traders",
	"Fabrikam",
	"Tailspin Toys",
	"Adventure Works",
	"Litware",
	"株式会社さくら情報システム",
	"Łódź Logistyka Sp. z o.o.",
	"Crème Brûlée & Fils",
	"\033[31mRed Herring\033[0m",
	"Evil\r\nTwin \342\200\256gpj.exe",
	"Contoso",
	"Proseware",
	"Wide World Importers",
	"Graphic Design Institute of the Northern Territories",
	"Lucerne Publishing",
	"Margie's Travel",
	"Alpine Ski House",
	"Blue Yonder Airlines",
	"City Power & Light",
	"Coho Vineyard",
	"Consolidated Messenger",
	"한국전자",
	"Fourth Coffee",
	"Humongous Insurance",
	"Lamna Healthcare",
	"Munson's Pickles",
	"Nod Publishers",
	"Relecloud",
	"School of Fine Art",
	"Southridge Video",
	"The Phone Company",
	"Trey Research",
	"VanArsdel",
	"Wingtip Toys",
	"Woodgrove Bank",
	"Zażółć Gęślą",
};

static const char *const csms[] = { "Dana Reyes", "Ben Okafor", "Mei Tanaka" };

static void must(enum status st, const struct err *e)
{
	if (st == ST_OK)
		return;
	fprintf(stderr, "fixture: %s (%s)\n", e->text, e->origin);
	exit(99);
}

/* The same row of dice every time. */
static uint32_t dice(uint32_t a, uint32_t b, uint32_t sides)
{
	uint32_t x = (a + 1) * 2654435761u ^ (b + 7) * 2246822519u;

	x ^= x >> 15;
	x *= 2654435761u;
	x ^= x >> 13;
	return x % sides;
}

static int64_t fixed_now(const struct clock *c)
{
	return c->fixed;
}

static int32_t today(void)
{
	int32_t day;

	if (!day_from_civil(2026, 3, 31, &day))
		abort();
	return day;
}

struct filling {
	struct store *store;
	struct err e;
	uint64_t line;
};

static void start(struct filling *f, enum record_kind kind)
{
	struct put_batch batch = {
		.kind = kind, .mapped = UINT32_MAX, .mode = PUT_OVERWRITE
	};

	batch.mapped = (1u << record_of(kind)->count) - 1;
	must(f->store->ops->batch_begin(f->store, &batch, &f->e), &f->e);
	f->line = 1;
}

static void put(struct filling *f, const struct cell *cells)
{
	must(f->store->ops->put(f->store, cells, ++f->line, NULL, &f->e), &f->e);
}

static void stop(struct filling *f)
{
	struct put_counts counts;

	must(f->store->ops->batch_end(f->store, &counts, &f->e), &f->e);
}

static uint32_t id_of(struct filling *f, enum record_kind kind, const char *name)
{
	uint32_t id = 0;
	bool added;

	must(f->store->ops->find_or_add(
		     f->store, kind, text_of(name), &id, &added, &f->e),
		&f->e);
	return id;
}

static void put_csms(struct filling *f)
{
	start(f, REC_CSM);
	for (size_t i = 0; i < sizeof(csms) / sizeof(*csms); i++) {
		struct cell c[CSM_FIELDS] = { 0 };

		c[F_CSM_NAME] = CELL_OF_TEXT(text_of(csms[i]));
		put(f, c);
	}
	stop(f);
}

static void put_account(struct filling *f, uint32_t i, const uint32_t *csm)
{
	static const char *const segment[] = { "enterprise", "mid-market", "small" };
	static const char *const region[] = { "EMEA", "Americas", "APAC" };
	struct cell c[ACCOUNT_FIELDS] = { 0 };
	char id[16];

	snprintf(id, sizeof(id), "A-%03u", i + 1);
	c[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(id));
	c[F_NAME] = CELL_OF_TEXT(text_of(names[i]));
	c[F_SEGMENT] = CELL_OF_TEXT(text_of(segment[dice(i, 1, 3)]));
	c[F_REGION] = CELL_OF_TEXT(text_of(region[dice(i, 2, 3)]));
	if (dice(i, 3, 5))
		c[F_CSM] = CELL_OF_INT(csm[dice(i, 4, 3)]);
	c[F_ARR] = CELL_OF_INT(
		(int64_t)(3 + dice(i, 5, 40)) * (1 + dice(i, 6, 12)) * 100000);
	c[F_CONTRACT_START] = CELL_OF_INT(today() - 200 - (int32_t)dice(i, 7, 900));
	if (dice(i, 8, 12))
		c[F_RENEWAL_DATE] = CELL_OF_INT(today() - 5 + (int32_t)dice(i, 9, 360));
	if (dice(i, 10, 3) == 0)
		c[F_GROWTH] = CELL_OF_NUMBER(dice(i, 11, 60) / 100.0 - 0.2);
	if (dice(i, 12, 6) == 0)
		c[F_REFERENCE] = CELL_OF_INT(1);
	if (dice(i, 13, 4)) {
		c[F_COMPLEXITY] = CELL_OF_NUMBER(dice(i, 14, 100));
		c[F_MATURITY] = CELL_OF_NUMBER(dice(i, 15, 100));
		c[F_STAKEHOLDERS] = CELL_OF_NUMBER(1 + dice(i, 16, 9));
	}
	c[F_SEATS_PURCHASED] = CELL_OF_NUMBER(20 + dice(i, 17, 200));
	c[F_FEATURES_AVAILABLE] = CELL_OF_NUMBER(24);
	must(f->store->ops->put(f->store, c, ++f->line, NULL, &f->e), &f->e);
}

static void put_signals(struct filling *f)
{
	const char *const kind[] = { "active_days", "features_used", "seats_active",
		"nps" };
	uint32_t id[4];

	for (int k = 0; k < 4; k++)
		id[k] = id_of(f, REC_SIGNAL, kind[k]);
	start(f, REC_SIGNAL);
	for (uint32_t i = 0; i < ACCOUNTS; i++) {
		uint32_t level = dice(i, 20, 100), drift = dice(i, 21, 60);

		/* A few nobody knows anything about. */
		for (uint32_t w = 0; i % 11 != 7 && w <= WEEKS; w++) {
			uint32_t now = level + drift * w / WEEKS + dice(i, 100 + w, 12);
			double value[] = { now * 20 / 180, now * 24 / 180,
				(20 + dice(i, 17, 200)) * (now / 180.0), now * 10 / 180 };

			for (int k = 0; k < 4; k++) {
				struct cell c[SIGNAL_FIELDS] = { 0 };

				if (k == 3 && w % 13 != 12)
					continue;
				c[F_SIGNAL_ACCOUNT] = CELL_OF_INT(i + 1);
				c[F_SIGNAL_DATE] =
					CELL_OF_INT(today() - 7 * (int)(WEEKS - w));
				c[F_SIGNAL_KIND] = CELL_OF_INT(id[k]);
				c[F_SIGNAL_VALUE] = CELL_OF_NUMBER((double)(int)value[k]);
				put(f, c);
			}
		}
	}
	stop(f);
}

static void put_tickets(struct filling *f)
{
	static const char *const cause[] = { "defect", "how-to", "billing", "outage" };

	start(f, REC_TICKET);
	for (uint32_t i = 0; i < ACCOUNTS * 3; i++) {
		struct cell c[TICKET_FIELDS] = { 0 };
		char id[16];
		int32_t day = today() - (int32_t)dice(i, 30, 300);

		snprintf(id, sizeof(id), "T-%u", i + 1000);
		c[F_TICKET_ID] = CELL_OF_TEXT(text_of(id));
		c[F_TICKET_ACCOUNT] = CELL_OF_INT(1 + dice(i, 31, ACCOUNTS));
		c[F_TICKET_OPENED] = CELL_OF_INT(day);
		if (dice(i, 32, 4))
			c[F_TICKET_CLOSED] = CELL_OF_INT(day + 2);
		c[F_TICKET_SEVERITY] =
			CELL_OF_TEXT(text_of(dice(i, 33, 3) ? "normal" : "high"));
		c[F_TICKET_CAUSE] = CELL_OF_TEXT(text_of(cause[dice(i, 34, 4)]));
		put(f, c);
	}
	stop(f);
}

static void put_people(struct filling *f)
{
	static const char *const person[] = { "Ada Byron", "Tomáš Novák", "李小龍",
		"Sam O'Neil" };
	static const char *const kind[] = { "call", "mail", "meeting" };

	start(f, REC_CONTACT);
	for (uint32_t i = 0; i < ACCOUNTS; i++) {
		for (uint32_t k = 0; k < 2 && dice(i, 40 + k, 4); k++) {
			struct cell c[CONTACT_FIELDS] = { 0 };

			c[F_CONTACT_ACCOUNT] = CELL_OF_INT(i + 1);
			c[F_CONTACT_NAME] =
				CELL_OF_TEXT(text_of(person[dice(i, 42 + k, 4)]));
			c[F_CONTACT_ROLE] =
				CELL_OF_TEXT(text_of(k ? "sponsor" : "champion"));
			c[F_CONTACT_SINCE] = CELL_OF_INT(today() - 400);
			if (dice(i, 44 + k, 6) == 0)
				c[F_CONTACT_LEFT_ON] = CELL_OF_INT(today() - 12);
			put(f, c);
		}
	}
	stop(f);
	start(f, REC_TOUCH);
	for (uint32_t i = 0; i < ACCOUNTS * 4; i++) {
		struct cell c[TOUCH_FIELDS] = { 0 };

		c[F_TOUCH_ACCOUNT] = CELL_OF_INT(1 + dice(i, 50, ACCOUNTS));
		c[F_TOUCH_DATE] = CELL_OF_INT(today() - (int)dice(i, 51, 150));
		c[F_TOUCH_KIND] = CELL_OF_TEXT(text_of(kind[dice(i, 52, 3)]));
		c[F_TOUCH_TWO_WAY] = CELL_OF_INT(dice(i, 53, 2));
		c[F_TOUCH_ACTOR] = CELL_OF_TEXT(text_of(csms[dice(i, 54, 3)]));
		c[F_TOUCH_PURPOSE] = CELL_OF_TEXT(TEXT("check-in"));
		put(f, c);
	}
	stop(f);
}

static void put_contracts(struct filling *f)
{
	start(f, REC_CONTRACT);
	for (uint32_t i = 0; i < ACCOUNTS; i += 3) {
		struct cell c[CONTRACT_FIELDS] = { 0 };
		char id[16];

		snprintf(id, sizeof(id), "C-%u", i + 1);
		c[F_CONTRACT_ID] = CELL_OF_TEXT(text_of(id));
		c[F_CONTRACT_ACCOUNT] = CELL_OF_INT(i + 1);
		c[F_CONTRACT_FROM] = CELL_OF_INT(today() - 300);
		c[F_CONTRACT_ARR] = CELL_OF_INT((int64_t)(2 + dice(i, 60, 40)) * 700000);
		c[F_CONTRACT_STATUS] = CELL_OF_TEXT(TEXT("active"));
		put(f, c);
	}
	stop(f);
}

static void fill(struct filling *f)
{
	uint32_t csm[3];

	must(f->store->ops->begin(f->store, &f->e), &f->e);
	put_csms(f);
	for (int i = 0; i < 3; i++)
		csm[i] = id_of(f, REC_CSM, csms[i]);
	start(f, REC_ACCOUNT);
	for (uint32_t i = 0; i < ACCOUNTS; i++)
		put_account(f, i, csm);
	stop(f);
	put_signals(f);
	put_tickets(f);
	put_people(f);
	put_contracts(f);
	must(f->store->ops->commit(f->store, &f->e), &f->e);
}

/* ---- the days that were computed ------------------------------------------------- */

static struct book *open_at(struct store *store, int32_t day, const char *me)
{
	struct clock clock = { .today = day, .now = fixed_now, .fixed = 1774915200 };
	struct book *b = NULL;
	struct err e;

	must(book_open(store, &clock, me, &b, &e), &e);
	return b;
}

static void leave_open(struct store *s)
{
	(void)s;
}

/* An evening is a book of its own over the same store. */
static void compute_today(struct store *store)
{
	const struct store_ops *ops = store->ops;
	struct store_ops kept = *ops;
	struct recalc_result r;
	struct book *b;
	struct err e;

	kept.close = leave_open;
	store->ops = &kept;
	b = open_at(store, today(), "manager");
	must(book_recalc(b, &r, &e), &e);
	book_free(&b);
	store->ops = ops;
}

/* Each evening that was computed is a book of its own over the same store. */
static void compute_history(struct store *store)
{
	const struct store_ops *ops = store->ops;
	struct store_ops kept = *ops;

	kept.close = leave_open;
	store->ops = &kept;
	for (int week = WEEKS; week >= 0; week--) {
		struct book *b = open_at(store, today() - 7 * week, "manager");
		struct recalc_result r;
		struct review review;
		struct err e;
		int32_t version;

		if (week == 20)
			must(book_policy_apply(b, "[tiers]\n", "fixture.ini",
				     "yearly look", &version, &e),
				&e);
		must(book_recalc(b, &r, &e), &e);
		if (week == 40 || week == 24 || week == 14 || week == 5) {
			must(book_review(b, true, &review, &e), &e);
			review_clear(&review);
		}
		book_free(&b);
	}
	store->ops = ops;
}

/* Made once and copied: the history takes as long as everything that is tested on it. */
static struct store *store_of(enum fixture what)
{
	static struct store *made[FIXTURE_LATER];

	if (!made[what]) {
		struct filling f = { .store = fake_store_new() };

		if (what == FIXTURE_GONE)
			fixture_gone_fill(f.store, today());
		else if (what != FIXTURE_EMPTY)
			fill(&f);
		if (what == FIXTURE_COMPLETE)
			compute_history(f.store);
		if (what == FIXTURE_GONE)
			compute_today(f.store);
		made[what] = f.store;
	}
	return fake_store_copy(made[what]);
}

struct book *fixture_book(enum fixture what)
{
	if (what == FIXTURE_NONE)
		return NULL;
	if (what == FIXTURE_LATER)
		return open_at(store_of(FIXTURE_COMPLETE), today() + 3, "root");
	return open_at(store_of(what), today(), csms[0]);
}

int fixture_setup(void **state)
{
	*state = fixture_book(FIXTURE_COMPLETE);
	return 0;
}

int fixture_teardown(void **state)
{
	book_free((struct book **)state);
	return 0;
}
