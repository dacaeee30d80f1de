/* New versions of the policy. */
#include "core/book_internal.h"
#include "core/book_record.h"

#include <string.h>

/* Under the policy that the book has now. */
static enum status picture_anew(struct book *b, struct err *e)
{
	struct err why = { .status = ST_OK };
	enum status st;

	book_forget(b);
	st = book_need_columns(b, &why);
	if (st == ST_OK)
		st = book_save_picture(b, &why);
	return book_run_best_effort(st, &why, e);
}

/* Inside a change; what is in force is the version before. */
static enum status save(struct book *b, const struct policy *next, const char *reason,
	int32_t *version, struct err *e)
{
	struct policy_version v = { 0, b->clock.now(&b->clock), b->me, reason, NULL };
	const struct policy own = b->policy;
	struct arena a;
	enum status st = book_check_rates(b, next, e);

	arena_init(&a);
	if (st == ST_OK && !(v.text = policy_write(next, &a)))
		st = err_set(e, ST_NOMEM, "not enough memory for the policy");
	if (st == ST_OK)
		st = b->store->ops->policy_save(b->store, &v, next->cap_bp, version, e);
	if (st == ST_OK)
		st = book_record_policy(b, &own, next, *version, reason, e);
	if (st == ST_OK) {
		b->policy = *next;
		b->policy_version = *version;
		st = picture_anew(b, e);
	}
	arena_clear(&a);
	return st;
}

/* What the next version is, by that of now. */
typedef enum status (*next_fn)(
	struct book *b, const void *arg, struct policy *next, struct err *e);

static enum status change(struct book *b, next_fn fn, const void *arg, const char *reason,
	int32_t *version, struct err *e)
{
	struct policy own, next;
	int32_t own_version;
	enum status st = book_run_begin(b, e);

	if (st != ST_OK)
		return st;
	own = b->policy;
	own_version = b->policy_version;
	st = fn(b, arg, &next, e);
	if (st == ST_OK)
		st = save(b, &next, reason, version, e);
	st = book_run_finish(b, st, e);
	if (st != ST_OK) {
		b->policy = own;
		b->policy_version = own_version;
	}
	return st;
}

struct file {
	const char *text, *name;
};

static enum status merge(
	struct book *b, const void *arg, struct policy *next, struct err *e)
{
	const struct file *f = arg;

	return policy_merge(&b->policy, f->text, f->name, next, NULL, e);
}

enum status book_policy_apply(struct book *b, const char *text, const char *name,
	const char *reason, int32_t *version, struct err *e)
{
	const struct file f = { text, name };

	return change(b, merge, &f, reason, version, e);
}

static bool differs(const struct policy *a, const struct policy *b)
{
	struct arena arena;
	const char *one, *other;
	bool yes;

	arena_init(&arena);
	one = policy_write(a, &arena);
	other = policy_write(b, &arena);
	yes = !one || !other || strcmp(one, other) != 0;
	arena_clear(&arena);
	return yes;
}

static enum status older(
	struct book *b, const void *arg, struct policy *next, struct err *e)
{
	const int32_t version = *(const int32_t *)arg;
	enum status st = ST_OK;

	if (version < 1 || version > b->policy_version)
		return err_set(e, ST_NOTFOUND,
			"there is no version %d of the policy: they go from 1 to %d",
			version, b->policy_version);
	st = book_policy_of(b, version, next, e);
	if (st == ST_OK && !differs(next, &b->policy))
		st = err_set(e, ST_FORBIDDEN,
			"version %d says what is in force already, version %d", version,
			b->policy_version);
	return st;
}

enum status book_policy_return(
	struct book *b, int32_t to, const char *reason, int32_t *version, struct err *e)
{
	return change(b, older, &to, reason, version, e);
}
