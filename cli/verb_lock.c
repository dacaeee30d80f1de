/* tier, lock, unlock: a person's word on a tier. */
#include "cli/verbs.h"

#include <inttypes.h>
#include <string.h>

#include "cli/whose.h"
#include "core/book_live.h"
#include "core/change.h"
#include "core/tier_request.h"

static enum status parse_tier(const char *n, uint8_t *out, struct err *e)
{
	if (n[0] < '1' || n[0] > '3' || n[1] != '\0')
		return err_set(e, ST_USAGE, "\"%.20s\" is no tier: 1, 2 or 3", n);
	*out = (uint8_t)(n[0] - '0');
	return ST_OK;
}

/* ---- requests for a tier ---- */

static enum status ask(struct call *c, struct err *e)
{
	struct book *b = NULL;
	uint32_t account = 0;
	int64_t id = 0;
	uint8_t tier;
	enum status st = parse_tier(c->arg[2], &tier, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_find(b, text_of(c->arg[1]), &account, e);
	if (st == ST_OK)
		st = book_request_tier(b, account, tier, c->option[OPT_BY],
			c->option[OPT_REASON], &id, e);
	if (st == ST_OK) {
		printf("request %" PRId64 "\n", id);
		call_note(c, "`tierdesk tiers` says what the rules make of it");
	}
	book_free(&b);
	return st;
}

static enum status answer(struct call *c, bool grant, struct err *e)
{
	struct book *b = NULL;
	uint32_t demote = 0;
	int64_t id = 0;
	enum status st = whose_ids(c, 1, 2, "a request", &id, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK && c->option[OPT_DEMOTE])
		st = book_find(b, text_of(c->option[OPT_DEMOTE]), &demote, e);
	if (st == ST_OK)
		st = grant ? book_grant_request(b, id, demote, c->option[OPT_REASON], e)
			   : book_decline_request(b, id, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c, "request %" PRId64 " is %s; `tierdesk undo` takes it back",
			id, grant ? "granted" : "declined");
	book_free(&b);
	return st;
}

/* ---- by hand ---- */

static enum status move(struct call *c, struct err *e)
{
	const char *n = c->arg[1];
	struct book *b = NULL;
	char left[BOOK_LIVE_LEFT_MAX] = "";
	uint32_t id = 0, demote = 0;
	uint8_t tier;
	enum status st = parse_tier(n, &tier, e);

	if (st == ST_OK)
		st = call_account(c, &b, &id, e);
	if (st == ST_OK && c->option[OPT_DEMOTE])
		st = book_find(b, text_of(c->option[OPT_DEMOTE]), &demote, e);
	if (st == ST_OK)
		st = book_set_tier(b, id, tier, demote, c->option[OPT_REASON], e);
	if (st == ST_OK && book_live_left(b, id, tier, left, NULL) != ST_OK)
		left[0] = '\0';
	if (st == ST_OK)
		call_note(c, "%s is in tier %s%s%s%s; `tierdesk undo` takes it back",
			c->arg[0], n, demote ? ", and the other went down" : "",
			*left ? "; " : "", left);
	book_free(&b);
	return st;
}

enum status verb_tier(struct call *c, struct err *e)
{
	if (strcmp(c->arg[0], "request") == 0 && c->args == 3)
		return ask(c, e);
	if (c->args == 2 && strcmp(c->arg[0], "grant") == 0)
		return answer(c, true, e);
	if (c->args == 2 && strcmp(c->arg[0], "decline") == 0)
		return answer(c, false, e);
	if (c->args != 2 || strcmp(c->arg[0], "request") == 0)
		return err_set(e, ST_USAGE,
			"tier ACCOUNT N, tier request ACCOUNT N, tier grant ID or tier "
			"decline ID");
	return move(c, e);
}

enum status verb_lock(struct call *c, struct err *e)
{
	const char *until = c->option[OPT_UNTIL];
	struct book *b = NULL;
	uint32_t id = 0;
	int32_t day = DAY_NONE;
	enum status st = ST_OK;

	if (until && !day_parse(text_of(until), DAY_ISO, &day))
		st = err_set(
			e, ST_USAGE, "--until \"%.60s\" is no day: YYYY-MM-DD", until);
	else if (!until)
		st = err_set(e, ST_USAGE, "a lock wants a last day: --until YYYY-MM-DD");
	if (st == ST_OK)
		st = call_account(c, &b, &id, e);
	if (st == ST_OK)
		st = book_lock(b, id, day, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c,
			"the tier is locked through %s; `review` leaves it where it is",
			until);
	book_free(&b);
	return st;
}

enum status verb_unlock(struct call *c, struct err *e)
{
	struct book *b = NULL;
	uint32_t id = 0;
	enum status st = call_account(c, &b, &id, e);

	if (st == ST_OK)
		st = book_unlock(b, id, c->option[OPT_REASON], e);
	if (st == ST_OK)
		call_note(c,
			"the tier is not locked any more; the next review may move it");
	book_free(&b);
	return st;
}
