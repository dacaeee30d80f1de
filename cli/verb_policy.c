/* policy: the rules and limits as an INI file. */
#include "cli/verbs.h"

#include <string.h>

#include "cli/file.h"
#include "cli/policy_diff.h"
#include "core/money.h"
#include "core/over_cap.h"
#include "core/policy.h"

/* The text of the newest version. */
static enum status current(
	struct book *b, struct arena *a, struct policy_version *v, struct err *e)
{
	return book_store(b)->ops->policy_load(book_store(b), 0, a, v, e);
}

/* The whole policy in force, however much of it the last file named. */
static enum status show(struct call *c, struct err *e)
{
	const char *text;
	struct book *b = NULL;
	struct arena a;
	enum status st = call_book(c, false, &b, e);

	arena_init(&a);
	if (st == ST_OK) {
		text = policy_write(book_policy(b), &a);
		st = text ? call_sink(stdout, text, strlen(text), e)
			  : err_set(e, ST_NOMEM, "not enough memory for the policy");
	}
	arena_clear(&a);
	book_free(&b);
	return st;
}

static void print_doubt(void *arg, const char *sentence)
{
	call_note(arg, "note: %s", sentence);
}

/* The policy in force with what the file changes. */
static enum status read_policy(struct call *c, const struct policy *over,
	struct file_bytes *file, struct policy *p, struct err *e)
{
	const struct policy_warning warn = { print_doubt, c };
	enum status st = file_read(c->arg[1], true, file, e);

	if (st == ST_OK && strlen(file->bytes) != file->size)
		st = err_set(e, ST_INVALID, "%s holds NUL bytes; a policy is a text",
			c->arg[1]);
	return st == ST_OK ? policy_merge(over, file->bytes, c->arg[1], p, &warn, e) : st;
}

static enum status check(struct call *c, struct err *e)
{
	struct file_bytes file = { 0 };
	struct policy shipped, p;
	enum status st;

	policy_default(&shipped);
	st = read_policy(c, &shipped, &file, &p, e);
	if (st == ST_OK)
		printf("%s is a good policy\n", c->arg[1]);
	file_free(&file);
	return st;
}

/* A lower cap moves nobody by itself. */
static enum status say_caps(struct call *c, struct book *b, struct err *e)
{
	struct over_caps over;
	char text[OVER_CAPS_MAX];
	const enum status st = over_caps_now(b, &over, e);

	over_caps_text(&over, text);
	if (st == ST_OK && over.n)
		call_note(c, "%s", text);
	return st;
}

static enum status need_reason(const struct call *c, struct err *e)
{
	const char *reason = c->option[OPT_REASON];

	if (reason && *reason && text_invalid_at(text_of(reason)) == strlen(reason))
		return ST_OK;
	return err_set(e, ST_USAGE,
		"policy %s wants a reason for the history: --reason TEXT", c->arg[0]);
}

static enum status say_version(
	struct call *c, struct book *b, int32_t version, struct err *e)
{
	printf("policy version %d is in force; `recalc` makes its figures, "
	       "`review` says "
	       "who moves\n",
		version);
	return say_caps(c, b, e);
}

static enum status apply(struct call *c, struct err *e)
{
	const char *reason = c->option[OPT_REASON];
	struct file_bytes file = { 0 };
	struct book *b = NULL;
	struct policy p;
	int32_t version;
	enum status st = need_reason(c, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = read_policy(c, book_policy(b), &file, &p, e);
	if (st == ST_OK)
		st = book_policy_apply(b, file.bytes, c->arg[1], reason, &version, e);
	if (st == ST_OK)
		st = say_version(c, b, version, e);
	book_free(&b);
	file_free(&file);
	return st;
}

/* An older version comes back as a new one: the history goes on. */
static enum status go_back(struct call *c, struct err *e)
{
	struct book *b = NULL;
	double to;
	int32_t version;
	enum status st = need_reason(c, e);

	if (st == ST_OK && (!number_parse(text_of(c->arg[1]), '.', &to, NULL) ||
				   !(to >= 1 && to < INT32_MAX) || to != (int32_t)to))
		st = err_set(e, ST_USAGE,
			"%s is no version of a policy: a whole number, as `policy "
			"history` has them",
			c->arg[1]);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = book_policy_return(
			b, (int32_t)to, c->option[OPT_REASON], &version, e);
	if (st == ST_OK)
		st = say_version(c, b, version, e);
	book_free(&b);
	return st;
}

/* ---- diff ---- */

static enum status diff(struct call *c, struct err *e)
{
	struct file_bytes file = { 0 };
	struct book *b = NULL;
	struct policy p;
	enum status st = call_book(c, false, &b, e);

	if (st == ST_OK)
		st = read_policy(c, book_policy(b), &file, &p, e);
	if (st == ST_OK)
		st = policy_diff(c, b, &p, e);
	book_free(&b);
	file_free(&file);
	return st;
}

/* ---- history ---- */

static void print_line(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	uint32_t *lines = arg;

	printf("        [%s] %s: %s -> %s\n", section, key, was, is);
	++*lines;
}

/* What a version changed: of the first one, in the rules the program came with. */
static enum status print_version(
	const struct policy_version *v, struct policy *before, struct err *e)
{
	char day[DAY_TEXT_MAX], author[256], reason[512];
	struct policy is;
	uint32_t lines = 0;
	enum status st = policy_parse(v->text, "policy", &is, NULL, e);

	if (st != ST_OK)
		return st;
	text_sanitise(text_of(v->author), author, sizeof(author), 30, false);
	text_sanitise(text_of(v->reason), reason, sizeof(reason), 80, false);
	printf("%3d  %s  %s: %s\n", v->version,
		day_format((int32_t)(v->at / DAY_SECONDS), day), author, reason);
	policy_compare(before, &is, print_line, &lines);
	if (lines == 0 && v->version > 1)
		printf("        nothing differs from the version before\n");
	*before = is;
	return ST_OK;
}

static enum status history(struct call *c, struct err *e)
{
	struct policy_version v = { 0 };
	struct policy before;
	struct book *b = NULL;
	struct arena a;
	enum status st = call_book(c, false, &b, e);

	arena_init(&a);
	policy_default(&before);
	if (st == ST_OK)
		st = current(b, &a, &v, e);
	for (int32_t k = 1, last = v.version; st == ST_OK && k <= last; k++) {
		st = book_store(b)->ops->policy_load(book_store(b), k, &a, &v, e);
		if (st == ST_OK)
			st = print_version(&v, &before, e);
	}
	arena_clear(&a);
	book_free(&b);
	return st;
}

enum status verb_policy(struct call *c, struct err *e)
{
	static const struct {
		const char *name;
		bool more; /* a file, or a version */
		bool json; /* it has such a form */
		enum status (*run)(struct call *c, struct err *e);
	} parts[] = { { "show", false, false, show }, { "check", true, false, check },
		{ "apply", true, false, apply }, { "diff", true, true, diff },
		{ "history", false, false, history },
		{ "return", true, false, go_back } };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strcmp(c->arg[0], parts[i].name) == 0 &&
			c->args == 1 + parts[i].more &&
			(parts[i].json || c->format == FORMAT_TEXT))
			return parts[i].run(c, e);
	return call_usage(c, e);
}
