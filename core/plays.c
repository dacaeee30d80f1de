#include "core/plays.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/fnv.h"

#define FOLDER "plays/"
#define ENDING ".ini"

/* What reading the shipped plays takes is below so many times their files' bytes. */
enum { ROOM = 3 };

void plays_init(struct plays *p)
{
	p->n = 0;
	p->own = 0;
	p->shipped = NULL;
	arena_init(&p->arena);
}

void plays_clear(struct plays *p)
{
	if (p->shipped)
		arena_clear(p->shipped);
	arena_clear(&p->arena);
	plays_init(p);
}

/* Where the name is, or would be. */
static int place(const struct plays *p, struct text name, bool *there)
{
	int low = 0, high = p->n;

	*there = false;
	while (low < high) {
		const int middle = (low + high) / 2;
		const int order = text_cmp(text_of(p->play[middle]->name), name);

		if (order == 0)
			*there = true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum status put(struct plays *p, const struct play *x, struct err *e)
{
	bool there;
	const int at = place(p, text_of(x->name), &there);
	struct play *kept;

	if (there && p->play[at]->own)
		return err_set(e, ST_DUPLICATE,
			"%s: %s is in %s already: give one of them another name", x->file,
			x->name, p->play[at]->file);
	if (!there && p->n == PLAYS_MAX)
		return err_set(e, ST_INVALID, "%s: there are %d plays already", x->file,
			PLAYS_MAX);
	kept = arena_alloc(&p->arena, sizeof(*kept));
	if (!kept)
		return err_set(e, ST_NOMEM, "not enough memory for the plays");
	*kept = *x;
	if (!there) {
		memmove(p->play + at + 1, p->play + at,
			(size_t)(p->n - at) * sizeof(*p->play));
		p->n++;
	}
	p->play[at] = kept;
	return ST_OK;
}

/* ---- shipped ones ---- */

static enum status add_unread(struct plays *p, const char *file, struct err *e)
{
	const size_t folder = sizeof(FOLDER) - 1, ending = sizeof(ENDING) - 1;
	const struct play x = { .name = arena_copy(&p->arena, file + folder,
					strlen(file) - folder - ending),
		.file = file };

	return x.name ? put(p, &x, e)
		      : err_set(e, ST_NOMEM, "not enough memory for the plays");
}

enum status plays_add_shipped(struct plays *p, struct err *e)
{
	const struct asset *x;
	enum status st = ST_OK;
	size_t bytes = 0;

	for (size_t i = 0; st == ST_OK && (x = asset_at(i)) != NULL; i++)
		if (strncmp(x->name, FOLDER, sizeof(FOLDER) - 1) == 0) {
			st = add_unread(p, x->name, e);
			bytes += x->size;
		}
	if (st != ST_OK)
		return st;
	p->shipped = arena_alloc(&p->arena, sizeof(*p->shipped));
	if (!p->shipped || !arena_reserve(p->shipped, ROOM * bytes))
		return err_set(e, ST_NOMEM, "not enough memory for the plays");
	return ST_OK;
}

static const struct play *look_at(const struct plays *p, struct play *x)
{
	const struct asset *from = x->steps ? NULL : asset_find(x->file);
	const char *file = x->file;
	struct err e;

	if (!from)
		return x;
	if (play_parse(from->text, from->size, file, p->shipped, x, &e) != ST_OK)
		abort(); /* there is room for it, and a test reads it */
	x->file = file;
	return x;
}

/* ---- own ones ---- */

enum status plays_add_own(
	struct plays *p, const char *bytes, size_t n, const char *file, struct err *e)
{
	struct play x;
	enum status st = play_parse(bytes, n, file, &p->arena, &x, e);

	if (st != ST_OK)
		return st;
	x.own = true;
	x.file = arena_strdup(&p->arena, file);
	st = x.file ? put(p, &x, e)
		    : err_set(e, ST_NOMEM, "not enough memory for the plays");
	for (size_t i = 0; st == ST_OK && i <= n; i++) /* and its end */
		p->own = fnv_step(p->own, i < n ? (unsigned char)bytes[i] : 0x100u);
	return st;
}

/* ---- looking up ---- */

uint64_t plays_told(const struct plays *p)
{
	uint64_t told = p->own;

	for (int i = 0; i < p->n; i++)
		if (play_on_trial(p->play[i]))
			told = fnv_step(told, (uint64_t)(i + 1));
	return told;
}

const struct play *plays_at(const struct plays *p, int i)
{
	return look_at(p, p->play[i]);
}

const struct play *plays_find(const struct plays *p, const char *name)
{
	return plays_find_text(p, text_of(name));
}

const struct play *plays_find_text(const struct plays *p, struct text name)
{
	bool there;
	const int at = place(p, name, &there);

	return there ? plays_at(p, at) : NULL;
}

const struct play *plays_of_tier(
	const struct plays *p, int tier, const struct play *after)
{
	bool there = false;
	int i = after ? place(p, text_of(after->name), &there) + 1 : 0;

	while (i < p->n && !play_runs_on(plays_at(p, i), tier))
		i++;
	return i < p->n ? p->play[i] : NULL;
}

/* ---- what is wrong ---- */

struct checking {
	plays_finding_fn fn;
	void *arg;
	int found;
};

__attribute__((format(printf, 2, 3))) static void find(
	struct checking *c, const char *format, ...)
{
	char line[ERR_TEXT_MAX];
	va_list ap;

	c->found++;
	if (!c->fn)
		return;
	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	c->fn(c->arg, line);
}

/* The same plays at another pace are no service of its own. */
static void check_tier(struct checking *c, const struct plays *p, int tier)
{
	for (const struct play *x = NULL; (x = plays_of_tier(p, tier, x)) != NULL;)
		if (x->tiers == 1u << tier)
			return;
	find(c,
		"tier %d has no play that no other tier runs: write one with `tiers = "
		"%d`",
		tier, tier);
}

static void check_binding(struct checking *c, const struct plays *p,
	const struct policy *policy, enum alert_kind kind, int tier)
{
	const char *name = policy->alert_play[kind][tier - 1];
	const char *alert = alert_kinds[kind].name;
	const struct play *x;

	if (*name == '\0')
		return;
	x = plays_find(p, name);
	if (!x)
		find(c, "[alerts.plays] %s: there is no play %s for tier %d", alert, name,
			tier);
	else if (!play_runs_on(x, tier))
		find(c,
			"[alerts.plays] %s: the play %s does not run on tier %d: name "
			"another, or add the tier to its `tiers`",
			alert, name, tier);
	else if (!play_started_by(x, kind))
		find(c,
			"[alerts.plays] %s: the play %s is not for this alert: name "
			"another, or add the alert to its `alerts`",
			alert, name);
}

/* Nobody would write it, and nothing would be sent. */
static void check_messages(struct checking *c, const struct play *x)
{
	const int step = play_is_mail(x, TIER_COUNT) && play_runs_on(x, TIER_COUNT)
				 ? play_unwritten(x)
				 : 0;

	if (step)
		find(c,
			"play %s: nobody writes the message of step %d in tier %d, and "
			"so "
			"none is sent: give it a [template.%d]",
			x->name, step, TIER_COUNT, step);
}

/* What does not work goes wrong faster by itself. */
static void check_pilot(struct checking *c, const struct play *x)
{
	if (x->own && x->pilot == PLAY_NO_PILOT && x->alerts && x->subject &&
		play_runs_on(x, TIER_COUNT))
		find(c,
			"play %s: writes to customers in tier %d by itself, and no pilot "
			"showed that it works: say `pilot = 10`, and people send it for "
			"the first 10 alerts, or `pilot = 0`",
			x->name, TIER_COUNT);
}

int plays_check(const struct plays *p, const struct policy *policy, plays_finding_fn fn,
	void *arg)
{
	struct checking c = { fn, arg, 0 };

	for (int tier = 1; tier <= TIER_COUNT; tier++)
		check_tier(&c, p, tier);
	for (int k = 0; k < ALERT_KINDS; k++)
		for (int tier = 1; tier <= TIER_COUNT; tier++)
			check_binding(&c, p, policy, (enum alert_kind)k, tier);
	for (int i = 0; i < p->n; i++) {
		check_messages(&c, plays_at(p, i));
		check_pilot(&c, p->play[i]);
	}
	return c.found;
}
