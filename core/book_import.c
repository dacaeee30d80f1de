#include "core/book_import.h"

#include <stdio.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/import_result.h"
#include "core/over_cap.h"

/* Accounts that left take places with them. The rows are in, whatever this comes to. */
static void note_caps(struct book *b, struct import_result *r)
{
	struct over_caps over;
	char text[OVER_CAPS_MAX];

	if (over_caps_now(b, &over, NULL) != ST_OK || !over.n)
		return;
	over_caps_text(&over, text);
	import_result_note(r, "%s", text);
}

/* ---- the currency of a book that has none of its own yet ---- */

struct begun {
	bool other;  /* the file is in another one than the book, which takes it */
	bool silent; /* it has amounts, and nothing says what they are in */
	char was[4]; /* that of the book */
	struct policy policy; /* with that of the file */
	char codes[FX_MAX + 1][4];
	char said[IMPORT_SAID_MAX]; /* what says so */
};

/* Only what nobody said is taken from the file: a currency that is not the shipped one,
 * or a rate, is somebody's word. */
static enum status begin(
	struct book *b, struct import_request *q, struct begun *x, struct err *e)
{
	const struct policy *p = &b->policy;
	struct policy shipped;
	struct book_info info;
	char code[4] = "";
	bool amounts;
	enum status st;

	x->other = x->silent = false;
	memcpy(x->was, p->currency, sizeof(x->was));
	policy_default(&shipped);
	if (q->kind != REC_ACCOUNT || q->policy == NULL || p->fx_count > 0 ||
		strcmp(p->currency, shipped.currency) != 0)
		return ST_OK;
	st = b->store->ops->info(b->store, &info, e);
	if (st != ST_OK || info.last_id > 0)
		return st;
	x->other = import_currency(q, code, x->said, &amounts) &&
		   strcmp(code, p->currency) != 0;
	x->silent = amounts && code[0] == '\0';
	if (!x->other)
		return ST_OK;
	x->policy = *p;
	memcpy(x->policy.currency, code, sizeof(code));
	import_under(q, &x->policy, x->codes);
	return ST_OK;
}

static void note_currency(const struct begun *x, const struct import_request *q,
	bool taken, struct import_result *r)
{
	if (q->dry_run ? x->other && r->inserted > 0 : taken)
		r->currency =
			import_result_note(r, "the book %s kept in %s instead of %s, %s",
				q->dry_run ? "would be" : "is", x->policy.currency,
				x->was, x->said);
	else if (x->silent)
		r->currency = import_result_note(r,
			"the file names no currency: its amounts count as %s, that of "
			"the "
			"book; %s sets another",
			x->was, import_words_of(q)->currency);
}

/* The policy comes before the rows, so that each can be taken back; and only when some of
 * them will come. */
static enum status take_currency(struct book *b, const struct begun *x,
	const struct import_request *q, struct err *e)
{
	struct import_request dry = *q;
	struct import_result r;
	char text[64], reason[IMPORT_SAID_MAX + 32];
	int32_t version;
	enum status st;
	bool come;

	dry.dry_run = true;
	dry.error_sink = NULL;
	st = import_run(b->store, &dry, &r, e);
	come = st == ST_OK && r.inserted > 0;
	import_result_clear(&r);
	if (st == ST_CANCELLED || !come)
		return st == ST_CANCELLED ? st : ST_OK;
	snprintf(text, sizeof(text), "[policy]\ncurrency = %s\n", x->policy.currency);
	snprintf(reason, sizeof(reason), "first import, %s", x->said);
	return book_policy_apply(b, text, "import", reason, &version, e);
}

enum status book_import(struct book *b, const struct import_request *request,
	struct import_result *result, struct err *e)
{
	struct import_request told = *request;
	const int32_t before = b->policy_version;
	struct begun begun;
	int32_t version;
	enum status st;

	told.actor = b->me;
	told.at = b->clock.now(&b->clock);
	import_result_init(result);
	st = begin(b, &told, &begun, e);
	if (st == ST_OK && begun.other && !told.dry_run)
		st = take_currency(b, &begun, &told, e);
	if (st != ST_OK)
		return st;
	st = import_run(b->store, &told, result, e);
	if (st != ST_OK && b->policy_version != before)
		(void)!book_policy_return(
			b, before, "the import was not taken", &version, NULL);
	book_forget(b);
	if (st == ST_OK)
		note_currency(&begun, &told, b->policy_version != before, result);
	if (st == ST_OK && told.kind == REC_ACCOUNT && !told.dry_run)
		note_caps(b, result);
	return st;
}
