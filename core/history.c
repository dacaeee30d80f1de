#include "core/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/store.h"

const char *const operation_kind_name[OPERATION_KINDS] = { "hand", "import", "review",
	"policy", "recalc", "restore", "sql" };

enum status history_record(struct store *s, struct operation *o, struct err *e)
{
	enum status st = s->ops->history_last(s, &o->id, e);

	o->id++;
	return st == ST_OK ? s->ops->history_save(s, o, e) : st;
}

/* ---- seals ---- */

enum status history_head(struct store *s, char out[HISTORY_HEAD_MAX], struct err *e)
{
	struct history_seal head;
	enum status st = s->ops->sealed(s, 0, &head, e);

	out[0] = '\0';
	if (st == ST_OK && head.operation != 0)
		snprintf(out, HISTORY_HEAD_MAX,
			"history sealed up to operation %" PRId64 ", head %" PRId64
			":%.*s",
			head.operation, head.operation, HISTORY_SEAL_SHORT, head.hex);
	return st;
}

struct anchor {
	int64_t operation;
	char hex[SHA256_HEX];
};

static bool parse_anchor(struct text t, struct anchor *out)
{
	enum { DIGITS_MIN = 8, NUMBER_MAX = 18 };
	size_t at = 0, n = 0;

	out->operation = 0;
	for (; at < t.n && at < NUMBER_MAX && t.s[at] >= '0' && t.s[at] <= '9'; at++)
		out->operation = 10 * out->operation + (t.s[at] - '0');
	if (at == t.n || t.s[at++] != ':' || out->operation == 0)
		return false;
	for (; at < t.n && n < SHA256_HEX - 1; at++, n++) {
		const char c = t.s[at];

		out->hex[n] = c >= 'A' && c <= 'F' ? (char)(c - 'A' + 'a') : c;
		if (!memchr("0123456789abcdef", out->hex[n], 16))
			return false;
	}
	out->hex[n] = '\0';
	return at == t.n && n >= DIGITS_MIN;
}

enum status history_anchor(struct store *s, struct text anchor,
	void (*found)(void *arg, const char *text), void *arg, struct err *e)
{
	struct history_seal head, seal = { .operation = 0 };
	struct anchor a;
	char line[200];
	enum status st;

	if (!parse_anchor(anchor, &a))
		return err_set(e, ST_USAGE,
			"\"%.*s\" is not an anchor: the number of an operation, a colon "
			"and its seal, as `verify` and `log --format json` give them",
			anchor.n < 100 ? (int)anchor.n : 100, anchor.s);
	st = s->ops->sealed(s, 0, &head, e);
	if (st == ST_OK)
		st = s->ops->sealed(s, a.operation, &seal, e);
	if (st != ST_OK)
		return st;
	if (seal.operation == 0)
		snprintf(line, sizeof(line),
			"history: it is sealed up to operation %" PRId64
			", the anchor is of operation %" PRId64
			": its end is gone, or an older copy of the book is in its place",
			head.operation, a.operation);
	else if (strncmp(seal.hex, a.hex, strlen(a.hex)) != 0)
		snprintf(line, sizeof(line),
			"history: up to operation %" PRId64
			" it is not the one that the anchor was taken of",
			a.operation);
	else
		return ST_OK;
	found(arg, line);
	return ST_OK;
}
