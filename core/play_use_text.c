/* The use of plays, in sentences. */

#include "core/book_play_use.h"
#include "core/convert.h"

enum { NAME = 40, VERSIONS = 3 };

static void add_name(char *out, struct text name)
{
	text_say(out, "%.*s", convert_shown(name, NAME), name.s ? name.s : "");
}

static void say_short(const struct play_uses *u, const struct play_use_row *r, char *out)
{
	const uint32_t n = play_use_started(&r->use);

	if (n == 0) {
		text_say(out, "not used in %d week%s", (int)u->weeks, TEXT_S(u->weeks));
		return;
	}
	text_say(out, "used %u time%s in %d week%s", n, TEXT_S(n), (int)u->weeks,
		TEXT_S(u->weeks));
	if (r->use.by_mail)
		text_say(out, r->use.by_mail == n ? ", as mail" : ", %u as mail",
			r->use.by_mail);
	if (r->use.done)
		text_say(out, ", %u of %u ended in time", r->use.in_time, r->use.done);
}

static void say_starts(const struct play_use *x, char *out)
{
	if (x->by_alert + x->by_hand)
		text_say(out,
			"%u started by alerts, %u by hand: %u run%s (%u overdue), %u "
			"done, %u dropped",
			x->by_alert, x->by_hand, x->running, x->running == 1 ? "s" : "",
			x->overdue, x->done, x->dropped);
	if (x->sent || x->by_mail)
		text_say(out, "%s%u begun as mail, %u message%s sent", *out ? "; " : "",
			x->by_mail, x->sent, TEXT_S(x->sent));
}

static void say_time(const struct play_use_row *r, char *out)
{
	const uint32_t cases = play_use_cases(&r->use);

	if (cases == 0)
		return;
	text_say(out, "%u of %u in time (those done, and those overdue by now)",
		r->use.in_time, cases);
	if (r->median >= 0)
		text_say(out, "; half are done within %d day%s", (int)r->median,
			TEXT_S(r->median));
}

static int percent(double share)
{
	return (int)floor(100 * share + 0.5);
}

static void say_alerts(const struct play_use *x, char *out)
{
	const struct interval w = interval_wilson(x->gone, x->alerts);

	if (x->alerts == 0)
		return;
	text_say(out, "%d d after the end the alert was gone at %u of %u", PLAY_USE_AFTER,
		x->gone, x->alerts);
	if (x->alerts < PLAY_USE_FEW)
		text_say(out, ": too few to say what the play does");
	else
		text_say(out,
			", %d %% (%d to %d): what was seen, no proof that the play did "
			"it",
			percent((double)x->gone / x->alerts), percent(w.low),
			percent(w.high));
}

static void say_behaviour(const struct play_use *x, char *out)
{
	if (x->asked == 0)
		return;
	text_say(out,
		"started by a signal at %u customer%s: %u did since, within its days, "
		"what was left undone",
		x->asked, TEXT_S(x->asked), x->came);
	if (x->waits)
		text_say(out, ", %u other%s may still", x->waits, TEXT_S(x->waits));
	if (x->came)
		text_say(out, ": what was seen, no proof that the play did it");
}

static void say_accounts(const struct play_use *x, char *out)
{
	if (x->judged == 0)
		return;
	text_say(out, "of %u that ended %d d ago or earlier %u left within these days",
		x->judged, PLAY_USE_AFTER, x->left);
	if (x->healths)
		text_say(out,
			"; health is known of %u: up by %d points or more at %u, down at "
			"%u",
			x->healths, PLAY_USE_MOVED, x->up, x->down);
}

static void add_share(char *out, const struct play_use_part *p)
{
	add_name(out, p->name);
	text_say(out, " %u of %u", p->use.in_time, play_use_cases(&p->use));
}

static void say_spread(const struct play_use_row *r, char *out)
{
	const struct play_spread *s = &r->spread;

	if (r->csms < 2 || play_use_cases(&r->use) == 0)
		return;
	if (!s->told) {
		text_say(out, "too few cases to compare CSMs");
		return;
	}
	text_say(out,
		"CSMs differ by up to %d points in time: ", percent(s->gap.difference));
	add_share(out, &r->csm[s->high]);
	text_say(out, ", ");
	add_share(out, &r->csm[s->low]);
	text_say(out, " (%d to %d); %s; standard deviation of %u CSMs %.0f points",
		percent(s->gap.range.low), percent(s->gap.range.high),
		s->sure ? "more than chance" : "may be chance", s->csms, s->deviation);
}

static void say_versions(const struct play_use_row *r, char *out)
{
	uint32_t known = 0;

	for (uint32_t i = 0; i < r->versions; i++)
		known += r->version[i].version > 0;
	if (known < 2)
		return;
	for (uint32_t i = 0, told = 0; i < r->versions && told < VERSIONS; i++) {
		const struct play_use_part *p = &r->version[i];

		if (p->version <= 0)
			continue;
		text_say(out, "%sversion %d: %u in time of %u, alert gone at %u of %u",
			told++ ? "; " : "", (int)p->version, p->use.in_time,
			play_use_cases(&p->use), p->use.gone, p->use.alerts);
	}
}

char *play_use_text(const struct play_uses *u, const struct play_use_row *r,
	enum play_use_line line, char out[TEXT_SAID_MAX])
{
	*out = '\0';
	switch (line) {
	case PLAY_USE_SHORT:
		say_short(u, r, out);
		break;
	case PLAY_USE_STARTS:
		say_starts(&r->use, out);
		break;
	case PLAY_USE_TIME:
		say_time(r, out);
		break;
	case PLAY_USE_ALERTS:
		say_alerts(&r->use, out);
		break;
	case PLAY_USE_BEHAVIOUR:
		say_behaviour(&r->use, out);
		break;
	case PLAY_USE_ACCOUNTS:
		say_accounts(&r->use, out);
		break;
	case PLAY_USE_SPREAD:
		say_spread(r, out);
		break;
	case PLAY_USE_VERSIONS:
		say_versions(r, out);
		break;
	case PLAY_USE_LINES:
		break;
	}
	return out;
}

bool play_use_warns(const struct play_use_row *r, enum play_use_line line)
{
	return line == PLAY_USE_ALERTS   ? play_use_in_vain(&r->use)
	       : line == PLAY_USE_SPREAD ? r->spread.sure
					 : false;
}
