#include "core/demo_programme.h"

enum { WEEK = 7, WEEKS = 13 };

/* In so many weeks out of so many an account hears of the programme. */
static const struct {
	uint32_t heard, of;
} pace[TIER_COUNT + 1] = { [2] = { 2, 3 }, [3] = { 1, 4 } };

static const struct {
	const char *subject, *body;
} letters[] = {
	{ "What is new this month",
		"Three changes, and the one that saves most time.\n" },
	{ "The routine of a team like yours",
		"Seven minutes on Mondays, step by step.\n" },
	{ "Your month in four numbers",
		"They are on the start page, with last month's.\n" },
	{ "Answers from the last clinic",
		"What was asked most, with the page for each.\n" },
	{ "A shortcut you may not know",
		"It does in one step what takes most people five.\n" },
};

enum { LETTERS = sizeof(letters) / sizeof(*letters) };

static enum status write(
	struct store *s, uint32_t account, int32_t day, uint32_t week, struct err *e)
{
	struct cell c[MESSAGE_FIELDS] = { { .type = CELL_MISSING } };
	const uint32_t k = (account + week) % LETTERS;
	int64_t id = 0;

	c[F_MESSAGE_ACCOUNT] = CELL_OF_INT(account);
	c[F_MESSAGE_MADE] = CELL_OF_INT(day);
	c[F_MESSAGE_KIND] = CELL_OF_TEXT(TEXT("customer"));
	c[F_MESSAGE_SUBJECT] = CELL_OF_TEXT(text_of(letters[k].subject));
	c[F_MESSAGE_BODY] = CELL_OF_TEXT(text_of(letters[k].body));
	c[F_MESSAGE_SENT] = CELL_OF_INT(day);
	return s->ops->row_add(s, REC_MESSAGE, c, &id, e);
}

enum status demo_programme(
	struct store *s, const struct demo_request *r, int32_t day, struct err *e)
{
	const int32_t ago = r->today - day;
	const uint32_t week = (uint32_t)ago / WEEK;
	struct tiers t = { .n = 0 };
	enum status st = ST_OK;

	if (ago < WEEK || ago % WEEK || week > WEEKS)
		return ST_OK;
	st = s->ops->tiers_load(s, &t, e);
	for (uint32_t i = 0; st == ST_OK && i < t.n; i++) {
		const uint32_t of = pace[t.tier[i]].of;

		if (of && (i + week) % of < pace[t.tier[i]].heard)
			st = write(s, i + 1, day, week, e);
	}
	tiers_clear(&t);
	return st;
}
