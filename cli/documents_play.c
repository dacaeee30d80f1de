/* tierdesk-play(5): how a play of one's own is written. */
#include "cli/documents.h"

#include "cli/roff.h"
#include "core/asset.h"
#include "core/play.h"

#define EXAMPLE "plays/wake-up.ini"

static void put_words(FILE *to, const char *const *words, int n)
{
	for (int i = 0; i < n; i++) {
		fputs(i == 0 ? "" : i == n - 1 ? " or " : ", ", to);
		roff_put(to, words[i]);
	}
	fputs(".\n", to);
}

static void put_key(FILE *to, const char *name, const char *what)
{
	roff_term(to, name, NULL);
	roff_line(to, what);
}

static void put_choice(
	FILE *to, const char *name, const char *what, const char *const *words, int n)
{
	roff_term(to, name, NULL);
	roff_put(to, what);
	put_words(to, words, n);
}

static const char when_help[] =
	"What a customer did, or left undone, that starts the play by itself, "
	"for `tiers = 3` alone: a signal, =, !=, <, <=, > or >=, a number, and "
	"from which day of the onboarding to which, as in `invited_users = 0 "
	"after 3 to 60 days` (without an end: `after 3 days`). Any signal that "
	"`import signals` brought will do; its newest value counts, if it was "
	"measured since the onboarding began and is no older than usage may be "
	"for health. Without one nothing is sent. Each recalculation looks; an "
	"account gets the play once, and what was not sent yet is taken back "
	"when the customer did it, unless a person started it. [service] "
	"by_signal = 0 in the policy stops "
	"all of them.";

static void put_play(FILE *to)
{
	const char *alerts[ALERT_KINDS];

	for (int k = 0; k < ALERT_KINDS; k++)
		alerts[k] = alert_kinds[k].name;
	fputs(".SH [play]\n", to);
	put_key(to, "name",
		"How policies and verbs call it: a-z, 0-9 and -, a letter first, at most "
		"39. A play with the name of a shipped one takes its place.");
	put_key(to, "title", "How people call it.");
	put_key(to, "tiers",
		"Where it runs: one or more of 1, 2, 3. Each tier needs a play that no "
		"other tier runs.");
	put_key(to, "version",
		"A whole number; raise it with each change, so that what came of a play "
		"can be told by version.");
	put_key(to, "trigger", "When to start it, a sentence.");
	put_choice(to, "alerts",
		"The alerts that may start it, none when it is started by hand: ", alerts,
		ALERT_KINDS);
	put_key(to, "when", when_help);
	put_choice(to, "stage", "Where in its life the account is: ", play_stage_word,
		PLAY_STAGES);
	put_choice(to, "driver",
		"Why the customer stays, the reason that the play makes stronger: ",
		play_driver_word, PLAY_DRIVERS);
	put_choice(to, "purpose", "Whom it is for first: ", play_purpose_word,
		PLAY_PURPOSES);
	put_choice(to, "touch", "How many it reaches at once: ", play_touch_word,
		PLAY_TOUCHES);
	roff_term(to, "gates", NULL);
	roff_put(to,
		"What must hold before it may start, separated by blanks; a play for "
		"expansion needs some: health>=N");
	for (int g = 0; g < PLAY_GATES; g++) {
		fputs(g == PLAY_GATES - 1 ? " or " : ", ", to);
		roff_put(to, play_gate_word[g]);
		fputs(" (", to);
		roff_put(to, play_gate_help[g]);
		fputs(")", to);
	}
	fputs(".\n", to);
	put_key(to, "pilot",
		"Of so many alerts a play that writes to customers by itself shows what "
		"it "
		"does first: people send it until 28 days after so many were done, and "
		"go "
		"on where fewer than half of the alerts were gone by then. A new version "
		"begins anew. 0: it need not.");
}

static void put_steps(FILE *to)
{
	fputs(".SH [step.1], [step.2] ...\n", to);
	put_key(to, "title", "What to do.");
	put_choice(to, "owner", "Who does it: ", play_owner_word, PLAY_OWNERS);
	put_choice(to, "kind", "How: ", play_step_kind_word, PLAY_STEP_KINDS);
	put_key(to, "due",
		"Days after the start, 0 to 730; never before the step above.");
	put_key(to, "before_renewal",
		"Days before the renewal of the account, 0 to 730; never more than a "
		"step above. Where that day is known, the step is due then instead: at "
		"once when it is over, and a message is left out. The other steps of "
		"such "
		"a play are not due after the renewal.");
	put_key(to, "outcome_required",
		"yes: it is done only when what came of it is written down.");
}

static void put_template(FILE *to)
{
	fputs(".SH [template]\n"
	      "The mail of the play: \\fBsubject\\fR, and a \\fBline\\fR for each line "
	      "of "
	      "it. A play that is\nautomated, or started by alerts on tier 3, needs one. "
	      "These words in braces are filled\nin; what is not known becomes the word "
	      "beside it:\n",
		to);
	for (int w = 0; w < PLAY_WORDS; w++) {
		char name[32];

		snprintf(name, sizeof(name), "{%s}", play_words[w].name);
		roff_term(to, name, play_words[w].neutral);
		roff_put(to, play_words[w].help);
		fputs(play_words[w].internal ? "; for colleagues, refused in what is "
					       "sent unread.\n"
					     : ".\n",
			to);
	}
	fputs(".SH [template.1], [template.2] ...\n"
	      "The same of one step, which is a mail or a message; a step without one "
	      "has "
	      "the text of the\nplay. On tier 3, where an alert starts the play, the "
	      "first "
	      "message goes out at once, and\nthose that follow it each on the day that "
	      "its step is due, as long as the alert is there:\nonly steps of the kind "
	      "message with a text of their own do. All of them are filled in\nwhen the "
	      "play starts.\n",
		to);
	fputs(".SH [script]\nA \\fBline\\fR for each line of what to say in a call.\n",
		to);
}

static void put_example(FILE *to)
{
	const char *s = asset_find(EXAMPLE)->text;
	char line[256];

	fputs(".SH EXAMPLE\n.nf\n", to);
	while (*s) {
		size_t n = 0;

		while (s[n] && s[n] != '\n' && n + 1 < sizeof(line)) {
			line[n] = s[n];
			n++;
		}
		line[n] = '\0';
		roff_line(to, line);
		s += n + (s[n] == '\n');
	}
	fputs(".fi\n", to);
}

void documents_manual_play(FILE *to)
{
	roff_head(to, "tierdesk-play", 5, "a named motion with steps");
	fputs(".SH DESCRIPTION\n"
	      "A play is what is done about an account, step by step. An alert starts "
	      "one, as the\npolicy says in [alerts.plays], or a person does.\n"
	      "\\fBtierdesk plays\\fR lists those in force, and \\fBtierdesk plays "
	      "\\-\\-check\\fR says what is\nwrong with them.\n.PP\n"
	      "Plays of your own are files \\fI*.ini\\fR of at most 64 KiB in\n"
	      "\\fI$XDG_CONFIG_HOME/tierdesk/plays\\fR, usually "
	      "\\fI~/.config/tierdesk/plays\\fR. What can't\nbe read is told and left "
	      "out. Lines that begin with ; or # are comments, and so is what\nfollows "
	      "a blank and ; in a line.\n",
		to);
	put_play(to);
	put_steps(to);
	put_template(to);
	put_example(to);
	fputs(".SH SEE ALSO\n.BR tierdesk (1),\n.BR tierdesk\\-policy (5)\n", to);
}
