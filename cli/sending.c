#include "cli/sending.h"

#include <stdlib.h>
#include <string.h>

#include "cli/host.h"
#include "tui/settings.h"

#define BATCH 4096u /* messages at once: the book is not held while their hooks run */

/* ---- a message ---- */

static void pair(struct json *j, const char *key, struct text t)
{
	json_key(j, key);
	json_text(j, t);
}

void sending_json(struct json *j, const struct message *m)
{
	json_object(j);
	json_key(j, "id");
	json_int(j, m->id);
	pair(j, "account", m->account_id);
	pair(j, "name", m->account_name);
	pair(j, "kind", m->kind);
	json_key(j, "made");
	json_day(j, m->made);
	pair(j, "recipient", m->recipient);
	pair(j, "subject", m->subject);
	pair(j, "body", m->body);
	pair(j, "play", m->play);
	json_key(j, "alert");
	if (m->alert)
		json_int(j, m->alert);
	else
		json_null(j);
	json_key(j, "tries");
	json_int(j, m->tries);
	pair(j, "failure", m->failure);
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

/* ---- batches ---- */

struct waiting {
	int64_t id;
	char *line; /* owned; what the hook reads */
	size_t n;
};

struct batch {
	struct waiting message[BATCH];
	uint32_t n;
	int64_t after; /* ids up to this one had their turn; they come ascending */
	struct json json;
};

struct line {
	char *bytes;
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

static enum status take(void *arg, const struct message *m, struct err *e)
{
	struct batch *x = arg;
	struct line line = { NULL, 0 };
	enum status st;

	if (m->id <= x->after)
		return ST_OK;
	if (x->n == BATCH)
		return ST_CANCELLED; /* enough for now */
	json_init(&x->json, append, &line);
	sending_json(&x->json, m);
	st = json_finish(&x->json, e);
	if (st != ST_OK) {
		free(line.bytes);
		return st;
	}
	x->message[x->n++] = (struct waiting){ m->id, line.bytes, line.n };
	return ST_OK;
}

static void drop(struct batch *x)
{
	for (uint32_t i = 0; i < x->n; i++)
		free(x->message[i].line);
	x->n = 0;
}

/* The next ones that have not had their turn. */
static enum status fill(struct batch *x, struct book *b, struct err *e)
{
	const enum status st = book_outbox(b, take, x, e);

	return st == ST_CANCELLED && x->n == BATCH ? ST_OK : st;
}

static enum status interrupted(int64_t id, struct err *e)
{
	return err_set(e, ST_CANCELLED,
		"interrupted: message %lld and those behind it still wait",
		(long long)id);
}

/* One that somebody else marked meanwhile is done with. */
static enum status mark(struct book *b, int64_t id, const char *why, struct err *e)
{
	const enum status st =
		why ? book_mark_failed(b, id, why, e) : book_mark_sent(b, &id, 1, e);

	return st == ST_NOTFOUND ? ST_OK : st;
}

static enum status send(struct call *c, struct book *b, const struct sending *s,
	const struct waiting *w, struct sending_result *out, struct err *e)
{
	char why[HOOK_REASON_MAX];

	if (call_cancelled)
		return interrupted(w->id, e);
	if (hook_run(&s->hook, (struct text){ w->line, w->n }, s->seconds, why)) {
		out->sent++;
		return mark(b, w->id, NULL, e);
	}
	if (call_cancelled)
		return interrupted(w->id, e);
	call_note(c, "message %lld: %s", (long long)w->id, why);
	out->failed++;
	return mark(b, w->id, why, e);
}

enum status sending_all(struct call *c, struct book *b, const struct sending *s,
	struct sending_result *out, struct err *e)
{
	struct batch *x = calloc(1, sizeof(*x));
	enum status st = x ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
	bool more = true;

	*out = (struct sending_result){ 0, 0 };
	while (st == ST_OK && more) {
		st = fill(x, b, e);
		more = x->n == BATCH;
		for (uint32_t i = 0; st == ST_OK && i < x->n; i++) {
			x->after = x->message[i].id;
			st = send(c, b, s, &x->message[i], out, e);
		}
		drop(x);
	}
	c->answer_no |= st == ST_OK && out->failed > 0;
	free(x);
	return st;
}
