/* What an act on alerts is about. */
#include "tui/hand_live.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/app.h"
#include "tui/mem.h"

static struct text keep(struct hand_live *x, struct text t)
{
	const char *copy = t.n ? arena_copy(&x->arena, t.s, t.n) : NULL;

	return copy ? (struct text){ copy, t.n } : TEXT("");
}

/* The worst first, as in the queue. */
static void add_alert(struct hand_live *out, const struct alert *x)
{
	uint32_t at = out->alerts++;

	for (; at > 0 && (x->severity > out->alert[at - 1].severity ||
				 (x->severity == out->alert[at - 1].severity &&
					 x->kind < out->alert[at - 1].kind));
		at--)
		out->alert[at] = out->alert[at - 1];
	out->alert[at] = *x;
}

static void take(
	struct hand_live *out, const struct book_live *x, int64_t only, int32_t today)
{
	const uint32_t before = out->alerts;

	out->alert =
		mem_resize(out->alert, out->alerts + x->alerts + 1, sizeof(*out->alert));
	out->task = mem_resize(out->task, out->tasks + x->tasks + 1, sizeof(*out->task));
	for (uint32_t i = 0; i < x->alerts; i++)
		if (only ? x->alert[i].id == only : !alert_sleeps(&x->alert[i], today))
			add_alert(out, &x->alert[i]);
	for (uint32_t i = 0; i < x->tasks; i++) {
		struct task *t = &out->task[out->tasks++];

		*t = x->task[i];
		t->play = keep(out, t->play);
		t->title = keep(out, t->title);
		t->next = keep(out, t->next);
	}
	out->without += out->alerts == before;
}

/* only 0: all that are in sight. To be cleared also when it fails. */
static enum status live_of(struct app *a, const struct hand *h, int64_t only,
	struct hand_live *out, struct err *e)
{
	enum status st = ST_OK;

	*out = (struct hand_live){ .alerts = 0 };
	arena_init(&out->arena);
	for (uint32_t i = 0; st == ST_OK && i < h->n; i++) {
		struct book_live x;

		st = book_live(a->book, h->id[i], &x, e);
		if (st == ST_OK)
			take(out, &x, only, book_as_of(a->book));
	}
	return st;
}

void hand_live_clear(struct hand_live *x)
{
	free(x->alert);
	free(x->task);
	arena_clear(&x->arena);
	*x = (struct hand_live){ .alerts = 0 };
}

bool hand_live_now(struct app *a, int64_t only, struct hand_live *out)
{
	struct err e = { .text = "" };
	struct hand h;
	enum status st;

	hand_targets(a, &h);
	st = live_of(a, &h, only, out, &e);
	hand_clear(&h);
	if (st == ST_OK)
		return true;
	app_fail(a, &e);
	hand_live_clear(out);
	return false;
}

void hand_live_without(
	const struct hand_live *x, const struct hand *h, char *out, size_t size)
{
	out[0] = '\0';
	if (x->without && h->n > 1)
		snprintf(out, size, "; %u had no alert", x->without);
}

static void free_about(void *about)
{
	struct hand_live *x = about;

	hand_live_clear(x);
	free(x);
}

struct form *hand_live_form(
	struct app *a, const struct form_spec *spec, int64_t alert, struct hand_live *x)
{
	struct form *f = hand_form(a, spec);
	struct hand_live *about = mem_new(1, sizeof(*about));

	*about = *x;
	*x = (struct hand_live){ .alerts = 0 };
	f->kind = REC_ALERT;
	f->row = alert;
	f->about = about;
	f->about_free = free_about;
	return f;
}

const struct hand_live *hand_live_about(const struct form *f)
{
	return f->about;
}

struct act_shown hand_live_shown(const struct hand_live *x)
{
	return (struct act_shown){ x->alert, x->alerts, x->task, x->tasks };
}

void hand_live_since(
	struct app *a, const struct form *f, const struct hand *h, char *out, size_t size)
{
	struct hand_live now;
	struct err ignored;

	out[0] = '\0';
	if (live_of(a, h, f->row, &now, &ignored) == ST_OK && now.alerts)
		snprintf(out, size, "; %u came meanwhile", now.alerts);
	hand_live_clear(&now);
}
