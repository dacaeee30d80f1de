#include "cli/sending.h"

#include <stdlib.h>
#include <string.h>

#include "cli/host.h"
#include "db/db.h"
#include "tui/settings.h"

#define BATCH 512u /* messages that become one operation of the history */
/* Seconds beyond those of the hook: to end it, and for the book to be free both when the
 * message is taken and when it is said what came of it. */
#define MARGIN ((HOOK_GRACE_MS + 2 * DB_BUSY_MS) / 1000 + 5)

/* ---- a message ---- */

void sending_json(struct json *j, const struct message *m)
{
	json_object(j);
	json_key(j, "id");
	json_int(j, m->id);
	json_pair(j, "account", m->account_id);
	json_pair(j, "name", m->account_name);
	json_pair(j, "kind", m->kind);
	json_key(j, "made");
	json_day(j, m->made);
	json_pair(j, "recipient", m->recipient);
	json_pair(j, "subject", m->subject);
	json_pair(j, "body", m->body);
	json_pair(j, "play", m->play);
	json_key(j, "alert");
	json_id(j, m->alert);
	json_key(j, "tries");
	json_int(j, m->tries);
	json_pair(j, "failure", m->failure);
	json_pair(j, "sender", m->sender);
	json_end_object(j);
}

/* ---- the hook ---- */

enum status sending_prepare(const struct call *c, struct sending *out, struct err *e)
{
	struct settings *s = malloc(sizeof(*s));
	enum status st =
		s ? host_settings(c, s, e) : err_set(e, ST_NOMEM, "not enough memory");

	if (st == ST_OK) {
		st = hook_split(text_of(s->line[SETTING_HOOK]), &out->hook, e);
		if (st != ST_OK)
			(void)err_prefix(e, "outbox-hook in tierdesk.conf");
	}
	if (st == ST_OK && !out->hook.words && s->refused[SETTING_HOOK][0])
		st = err_set(e, ST_INVALID, "%s", s->refused[SETTING_HOOK]);
	else if (st == ST_OK && s->refused[SETTING_HOOK_SECONDS][0])
		st = err_set(e, ST_INVALID, "%s", s->refused[SETTING_HOOK_SECONDS]);
	if (st == ST_OK) {
		out->seconds = s->value[SETTING_HOOK_SECONDS];
		st = out->hook.words ? hook_check(&out->hook, e)
				     : err_set(e, ST_USAGE,
					       "nothing sends yet: set outbox-hook in "
					       "tierdesk.conf, see "
					       "tierdesk.conf(5)");
	}
	free(s);
	return st;
}

/* ---- one message ---- */

struct line {
	struct json json;
	char *bytes; /* owned; what the hook reads */
	size_t n;
};

static enum status append(void *arg, const char *bytes, size_t n, struct err *e)
{
	struct line *l = arg;
	char *grown = realloc(l->bytes, l->n + n);

	if (!grown)
		return err_set(e, ST_NOMEM, "not enough memory for a message");
	memcpy(grown + l->n, bytes, n);
	l->bytes = grown;
	l->n += n;
	return ST_OK;
}

static enum status write_line(void *arg, const struct message *m, struct err *e)
{
	struct line *l = arg;

	json_init(&l->json, append, l);
	sending_json(&l->json, m);
	return json_finish(&l->json, e);
}

static enum status interrupted(struct book *b, int64_t id, bool taken, struct err *e)
{
	const enum status st = taken ? book_let_go(b, id, e) : ST_OK;

	return st == ST_OK ? err_set(e, ST_CANCELLED,
				     "interrupted: message %lld and those behind it "
				     "still wait",
				     (long long)id)
			   : st;
}

/* It is out: that is written down, whoever wants an end. */
static enum status record(struct book *b, int64_t id, struct err *e)
{
	const sig_atomic_t wanted = call_cancelled;
	struct err why = { .status = ST_OK };
	enum status st;

	call_cancelled = 0;
	st = book_handed(b, id, NULL, &why);
	if (!call_cancelled)
		call_cancelled = wanted;
	return st == ST_OK ? ST_OK
			   : err_set(e, st,
				     "message %lld is out, but that is not in the book: "
				     "`tierdesk outbox %lld --mark-sent` (%s)",
				     (long long)id, (long long)id, why.text);
}

/* The hook of one that is taken. */
static enum status hand_over(struct call *c, struct book *b, const struct sending *s,
	int64_t id, const struct line *l, struct sending_result *out, struct err *e)
{
	char why[HOOK_REASON_MAX];

	if (hook_run(&s->hook, (struct text){ l->bytes, l->n }, s->seconds, why)) {
		out->sent++;
		return record(b, id, e);
	}
	if (call_cancelled)
		return interrupted(b, id, true, e);
	call_note(c, "message %lld: %s", (long long)id, why);
	out->failed++;
	return book_handed(b, id, why, e);
}

static enum status send(struct call *c, struct book *b, const struct sending *s,
	int64_t id, struct line *l, struct sending_result *out, struct err *e)
{
	enum status st;

	if (call_cancelled)
		return interrupted(b, id, false, e);
	l->n = 0;
	st = book_take(b, id, s->seconds + MARGIN, write_line, l, e);
	if (st == ST_NOTFOUND) { /* somebody else was faster */
		out->elsewhere++;
		return ST_OK;
	}
	return st == ST_OK ? hand_over(c, b, s, id, l, out, e) : st;
}

/* ---- all of them ---- */

struct batch {
	int64_t id[BATCH];
	uint32_t n;
	int64_t after; /* ids up to this one had their turn; they come ascending */
	uint32_t elsewhere;
};

static enum status take_id(void *arg, const struct message *m, struct err *e)
{
	struct batch *x = arg;

	(void)e;
	if (m->id <= x->after)
		return ST_OK;
	if (x->n == BATCH)
		return ST_CANCELLED; /* enough for now */
	x->after = m->id;
	x->elsewhere += m->sender.n > 0;
	if (!m->sender.n)
		x->id[x->n++] = m->id;
	return ST_OK;
}

/* The next ones that have not had their turn. */
static enum status fill(struct batch *x, struct book *b, bool *more, struct err *e)
{
	enum status st;

	x->n = x->elsewhere = 0;
	st = book_outbox(b, take_id, x, e);
	*more = st == ST_CANCELLED && x->n == BATCH;
	return *more ? ST_OK : st;
}

/* Whatever came in between: what went out is told. */
static enum status settle(struct book *b, enum status st, struct err *e)
{
	const enum status told = book_settle(b, st == ST_OK ? e : NULL);

	return st == ST_OK ? told : st;
}

enum status sending_all(struct call *c, struct book *b, const struct sending *s,
	struct sending_result *out, struct err *e)
{
	struct batch *x = calloc(1, sizeof(*x));
	enum status st = x ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
	struct line line = { .n = 0 };
	bool more = true;

	*out = (struct sending_result){ .sent = 0 };
	if (st == ST_OK)
		st = book_settle(b, e);
	while (st == ST_OK && more) {
		st = fill(x, b, &more, e);
		out->elsewhere += st == ST_OK ? x->elsewhere : 0;
		for (uint32_t i = 0; st == ST_OK && i < x->n; i++)
			st = send(c, b, s, x->id[i], &line, out, e);
		st = settle(b, st, e);
	}
	if (st == ST_OK && out->elsewhere)
		call_note(c, "%u %s with another sender; what it does not send waits",
			out->elsewhere,
			out->elsewhere == 1 ? "message is" : "messages are");
	c->answer_no |= st == ST_OK && out->failed > 0;
	free(line.bytes);
	free(x);
	return st;
}
