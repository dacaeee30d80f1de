/* Alerts by hand: done with, and what becomes of the plays that run there. */
#include "tui/hand_live.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/queue.h"
#include "tui/app.h"
#include "tui/words.h"

/* The form begins with what it will do: so many lines of alerts and of plays as there are
 * of each, the last standing for the rest; below them what is filled in. */
enum { DONE_SAID = 4, DONE_PLAYS = 3 };

/* clang-format off */
#define DONE_TAIL \
	{ "Outcome", FORM_TEXT, NULL, "What came of it, in a few words.", true }, \
	{ "Play", FORM_CHOICE, "goes on|ends too", \
		"A play that has begun goes on until its last step, or is ended here.", \
		true }
#define CLOSES { "Closes", FORM_NOTE, NULL, NULL, false }
#define RUNS { "Runs", FORM_NOTE, NULL, NULL, false }
static const struct form_line done_lines[DONE_PLAYS + 1][DONE_SAID + DONE_PLAYS + 2] = {
	{ CLOSES, CLOSES, CLOSES, CLOSES, DONE_TAIL },
	{ CLOSES, CLOSES, CLOSES, CLOSES, RUNS, DONE_TAIL },
	{ CLOSES, CLOSES, CLOSES, CLOSES, RUNS, RUNS, DONE_TAIL },
	{ CLOSES, CLOSES, CLOSES, CLOSES, RUNS, RUNS, RUNS, DONE_TAIL },
};
/* clang-format on */

static bool goes_on(const struct hand_live *x, const struct task *t)
{
	const struct act_shown shown = hand_live_shown(x);

	return act_goes_on(&shown, t);
}

static const struct form_line *line_of(const struct form *f, const char *label, int *at)
{
	for (*at = 0; *at < f->spec->n; ++*at)
		if (strcmp(f->spec->lines[*at].label, label) == 0)
			return &f->spec->lines[*at];
	return NULL;
}

static bool ends_too(const struct form *f)
{
	int line;

	return line_of(f, "Play", &line) &&
	       text_eq(form_value(f, line), TEXT("ends too"));
}

static bool runs_still(const struct book_live *now, int64_t task)
{
	for (uint32_t i = 0; i < now->tasks; i++)
		if (now->task[i].id == task)
			return true;
	return false;
}

enum { TASKS_SAID = 32 }; /* of one account; of more the numbers */

/* The plays that ended, or that go on. */
struct said_plays {
	const char *before, *after; /* the title of one */
	const char *one, *many;     /* behind "1 play", "3 plays" */
	struct text title[TASKS_SAID];
	uint32_t n, named;
};

static void say_some(const struct said_plays *x, char *out, size_t size)
{
	char names[320];

	out[0] = '\0';
	if (x->n && x->named == 0)
		snprintf(out, size, "; %u play%s", x->n, x->n == 1 ? x->one : x->many);
	else if (x->n == 1)
		snprintf(out, size, "; %s%.*s%s", x->before, (int)x->title[0].n,
			x->title[0].s, x->after);
	else if (x->n)
		snprintf(out, size, "; %u play%s: %s", x->n, x->many,
			words_some(x->title, x->n, x->named, names, sizeof(names)));
}

/* What became of the plays of one account, as the end of a message: as many names as the
 * room has. */
static void say_plays_of_one(struct app *a, uint32_t account, const struct hand_live *x,
	int room, char *out, size_t size)
{
	struct said_plays ended = { "ended ", "", " ended", "s ended", { { 0 } }, 0, 0 };
	struct said_plays on = { "", " goes on", " goes on", "s go on", { { 0 } }, 0, 0 };
	char first[200], second[200];
	struct book_live now;
	struct err ignored;

	out[0] = '\0';
	if (book_live(a->book, account, &now, &ignored) != ST_OK)
		return;
	for (uint32_t i = 0; i < x->tasks && i < TASKS_SAID; i++) {
		struct said_plays *to = runs_still(&now, x->task[i].id) ? &on : &ended;

		to->title[to->n++] = x->task[i].title;
	}
	ended.named = ended.n;
	on.named = on.n;
	for (bool fits = false, least = false; !fits;) {
		say_some(&ended, first, sizeof(first));
		say_some(&on, second, sizeof(second));
		if (ended.n && on.n && on.named == 0)
			snprintf(second, sizeof(second), "; %u go%s on", on.n,
				on.n == 1 ? "es" : "");
		snprintf(out, size, "%s%s", first, least && ended.n ? "" : second);
		fits = least || text_columns(text_of(out)) <= room;
		if (on.named && on.named >= ended.named)
			on.named--;
		else if (ended.named)
			ended.named--;
		else
			least = true; /* who goes on is seen in the queue */
	}
}

/* The same of several: the numbers. */
static void say_plays(struct app *a, const struct hand *h, const struct hand_live *x,
	int room, char *out, size_t size)
{
	unsigned n = 0;

	out[0] = '\0';
	if (h->n == 1) {
		say_plays_of_one(a, h->id[0], x, room, out, size);
		return;
	}
	for (uint32_t i = 0; i < x->tasks; i++)
		n += !goes_on(x, &x->task[i]);
	if (n)
		snprintf(out, size, "; %u play%s ended", n, TEXT_S(n));
}

/* Says what was closed and what became of the plays. */
static void say_done(struct app *a, const struct form *f, const struct hand *h,
	const struct hand_live *x)
{
	const uint32_t n = x->alerts;
	char what[256], without[64], since[64], plays[ERR_TEXT_MAX];
	int room = hand_room(a, h);

	hand_live_without(x, h, without, sizeof(without));
	hand_live_since(a, f, h, since, sizeof(since));
	if (n)
		snprintf(what, sizeof(what), "closed %u alert%s of %s", n, TEXT_S(n),
			h->who);
	else
		snprintf(what, sizeof(what), "%s", h->who);
	room -= text_columns(text_of(what)) + text_columns(text_of(without)) +
		text_columns(text_of(since));
	say_plays(a, h, x, room, plays, sizeof(plays));
	if (since[0] && text_columns(text_of(plays)) > room)
		plays[0] = '\0'; /* what is still open matters more */
	hand_done(a, h, "%s%s%s%s%s", what, plays[0] || n ? "" : ": ended", plays,
		without, since);
}

/* Without an alert it is the plays that end. */
static enum status close_alerts(
	struct app *a, const struct form *f, const struct hand *h, struct err *e)
{
	const struct hand_live *x = hand_live_about(f);
	const struct act_shown shown = hand_live_shown(x);
	char outcome[INPUT_MAX + 1];
	int line;
	enum status st;

	(void)line_of(f, "Outcome", &line);
	hand_words(f, line, outcome);
	st = book_close_shown(a->book, &shown, x->alerts == 0 || ends_too(f), outcome, e);
	if (st == ST_OK)
		say_done(a, f, h, x);
	return st;
}

static enum status finish(struct app *a, const struct form *f, int *line, struct err *e)
{
	struct hand h;
	enum status st;

	*line = -1;
	hand_of_form(a, f, &h);
	st = close_alerts(a, f, &h, e);
	hand_clear(&h);
	return st;
}

static bool ask_done(struct app *a, const struct form *f, char *question, size_t size)
{
	return hand_many(a, f, "close the alerts of", "", question, size);
}

/* By how many alerts and plays are said, and whether it is asked about plays. */
#define SPEC(alerts, plays, asks)                                                  \
	{                                                                          \
		(alerts) ? "Done" : "End the play", (alerts) ? "close" : "end it", \
			done_lines[plays] + DONE_SAID - (alerts),                  \
			(alerts) + (plays) + 1 + (asks), finish, ask_done          \
	}
#define SPECS(alerts, asks)                                                          \
	{                                                                            \
		SPEC(alerts, 0, asks), SPEC(alerts, 1, asks), SPEC(alerts, 2, asks), \
			SPEC(alerts, 3, asks)                                        \
	}
static const struct form_spec done_forms[2][DONE_SAID + 1][DONE_PLAYS + 1] = {
	{ SPECS(0, 0), SPECS(1, 0), SPECS(2, 0), SPECS(3, 0), SPECS(4, 0) },
	{ SPECS(0, 1), SPECS(1, 1), SPECS(2, 1), SPECS(3, 1), SPECS(4, 1) },
};

static int least(uint32_t n, int most)
{
	return n < (uint32_t)most ? (int)n : most;
}

/* "critical: no login for 9 d", as Today says it; on the last line how many more */
static void put_alerts(
	struct app *a, struct form *f, const struct hand_live *x, int lines)
{
	char said[ALERT_SENTENCE_MAX], text[INPUT_MAX + 1];

	for (int i = 0; i < lines; i++) {
		const struct alert *t = &x->alert[i];

		if (i == lines - 1 && x->alerts > (uint32_t)lines)
			snprintf(text, sizeof(text), "%u more", x->alerts - (uint32_t)i);
		else
			snprintf(text, sizeof(text), "%s: %s",
				alert_severity_word[t->severity],
				queue_reason(a->book, t, NULL, said));
		input_set(&f->value[i], text_of(text));
	}
}

static void put_plays(
	struct form *f, const struct hand_live *x, int at, int lines, bool end, bool asks)
{
	char text[INPUT_MAX + 1];

	for (int i = 0; i < lines; i++) {
		const struct task *t = &x->task[i];

		if (i == lines - 1 && x->tasks > (uint32_t)lines)
			snprintf(text, sizeof(text), "%u more plays",
				x->tasks - (uint32_t)i);
		else
			snprintf(text, sizeof(text), "%.*s: %s",
				convert_shown(t->title, 80), t->title.s,
				end              ? "ends"
				: !goes_on(x, t) ? "ends, nobody began it"
				: asks           ? "goes on, or as chosen below"
						 : "goes on");
		input_set(&f->value[at + i], text_of(text));
	}
}

/* Of several accounts the numbers. */
static void put_counts(struct form *f, const struct hand_live *x, int alerts, int plays)
{
	char text[INPUT_MAX + 1];
	unsigned on = 0;

	for (uint32_t i = 0; i < x->tasks; i++)
		on += goes_on(x, &x->task[i]);
	snprintf(text, sizeof(text), "%u alert%s", x->alerts, TEXT_S(x->alerts));
	if (alerts)
		input_set(&f->value[0], text_of(text));
	snprintf(text, sizeof(text), "%u go%s on, %u end%s: nobody began %s", on,
		on == 1 ? "es" : "", x->tasks - on, x->tasks - on == 1 ? "s" : "",
		x->tasks - on == 1 ? "it" : "them");
	if (plays)
		input_set(&f->value[alerts], text_of(text));
}

/* So many lines of each that nothing scrolls; the last one says how many more. */
static void fit_lines(const struct app *a, int *alerts, int *plays)
{
	enum { AROUND = 7 }; /* rows: the frame, the head, what is asked, the help */
	const int room = app_body(a).rows - AROUND;

	while (*alerts + *plays > room && (*alerts > 1 || *plays > 1))
		--*(*plays > 1 && *plays >= *alerts - 1 ? plays : alerts);
}

/* It takes x. */
static struct form *done_form(struct app *a, struct hand_live *x, int64_t alert)
{
	const bool many = hand_marks(a) > 1;
	int alerts = least(x->alerts, many ? 1 : DONE_SAID);
	int plays = least(x->tasks, many ? 1 : DONE_PLAYS);
	bool begun = false;
	struct form *f;

	for (uint32_t i = 0; i < x->tasks; i++)
		begun |= goes_on(x, &x->task[i]);
	begun = begun && alerts && !alert && !many;
	fit_lines(a, &alerts, &plays);
	f = hand_live_form(a, &done_forms[begun][alerts][plays], alerts ? alert : 0, x);
	x = f->about;
	f->start = alerts + plays;
	if (many) {
		put_counts(f, x, alerts, plays);
	} else {
		put_alerts(a, f, x, alerts);
		put_plays(f, x, alerts, plays, alerts == 0, begun);
	}
	input_set(&f->value[alerts + plays + 1], TEXT("goes on"));
	return f;
}

void hand_close(struct app *a, int64_t alert)
{
	struct hand_live x;
	struct form *f = NULL;

	if (!hand_live_now(a, alert, &x))
		return;
	if (x.alerts || (x.tasks && x.without == 1))
		f = done_form(a, &x, alert);
	hand_live_clear(&x);
	if (f)
		hand_open(a, f);
	else
		app_say(a, "no alert is open here, and no play runs: nothing to close");
}
