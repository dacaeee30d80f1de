/* report: the picture book for a board, the sheets of a CSM and of an account. */
#include "cli/verbs.h"

#include "cli/report_file.h"
#include "cli/whose.h"

static enum status kind_of(const struct call *c, enum report_kind *out, struct err *e)
{
	const char *given = c->option[OPT_KIND];

	*out = REPORT_BOARD;
	for (int k = 0; given && k < REPORT_KINDS; k++)
		if (text_eq(text_of(given), text_of(report_kind_name[k]))) {
			*out = (enum report_kind)k;
			given = NULL;
		}
	if (given)
		return err_set(e, ST_USAGE,
			"--kind: \"%.60s\" is no report: board, csm or account", given);
	if ((*out == REPORT_ACCOUNT) != (c->args > 0))
		return err_set(e, ST_USAGE,
			*out == REPORT_ACCOUNT
				? "which account? report --kind account ACCOUNT"
				: "an account has a report of its own: --kind account");
	if (c->option[OPT_CSM] && *out != REPORT_CSM)
		return err_set(e, ST_USAGE, "--csm goes with --kind csm");
	return ST_OK;
}

static enum status subject_of(const struct call *c, struct book *b, enum report_kind kind,
	uint32_t *out, struct err *e)
{
	enum queue_scope scope;
	enum status st;

	*out = 0;
	if (kind == REPORT_BOARD)
		return ST_OK;
	if (kind == REPORT_ACCOUNT)
		return book_find(b, text_of(c->arg[0]), out, e);
	st = whose(c, b, &scope, out, e);
	if (st == ST_OK && scope != QUEUE_OF_CSM)
		return err_set(e, ST_USAGE,
			"whose? report --kind csm --csm NAME, with the name of one CSM");
	return st;
}

static enum status write_it(struct call *c, struct book *b, enum report_kind kind,
	uint32_t subject, struct err *e)
{
	const char *out = c->option[OPT_OUT];
	enum status st;

	if (!out)
		return report_stream(b, kind, subject, call_sink, stdout, e);
	st = report_file(b, kind, subject, out, c->option[OPT_FORCE] != NULL, c->db, e);
	if (st == ST_OK)
		call_note(c, "the report is in %s", out);
	return st;
}

enum status verb_report(struct call *c, struct err *e)
{
	enum report_kind kind;
	struct book *b = NULL;
	uint32_t subject;
	enum status st = kind_of(c, &kind, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = subject_of(c, b, kind, &subject, e);
	if (st == ST_OK) {
		book_progress(b, &call_interruptible);
		st = write_it(c, b, kind, subject, e);
		book_progress(b, NULL);
	}
	book_free(&b);
	return st;
}
