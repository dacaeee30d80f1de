/* The manual: tierdesk(1) and tierdesk.conf(5). */
#include "cli/documents.h"

#include <string.h>

#include "cli/call.h"
#include "cli/roff.h"
#include "core/choices.h"
#include "core/list.h"
#include "tui/reach.h"
#include "tui/settings.h"

/* ---- tierdesk(1) ---------------------------------------------------------------- */

static void put_option(FILE *to, const struct documents_option *o)
{
	char name[48];

	snprintf(name, sizeof(name), "--%s", o->name);
	roff_term(to, name, o->value);
	roff_line(to, o->help);
}

static void put_examples(FILE *to, const struct documents_verb *v)
{
	char example[256];

	for (int i = 0; documents_example(v, i, example); i++) {
		fputs(i ? "" : ".sp\n.nf\n", to);
		roff_put(to, "tierdesk ");
		roff_line(to, example);
	}
	fputs(".fi\n", to);
}

static void put_verbs(FILE *to)
{
	const char *group = "";

	fputs(".SH VERBS\n", to);
	for (const struct documents_verb *v = documents_verbs; *v->name; v++) {
		bool any = false;

		if (!*v->help)
			continue;
		if (strcmp(group, v->group) != 0)
			fprintf(to, ".SS %c%s\n", v->group[0] - 'a' + 'A', v->group + 1);
		group = v->group;
		roff_term(to, v->name, v->arguments);
		roff_put(to, v->help);
		for (const struct documents_option *o = documents_options; *o->name;
			o++) {
			if (!call_list_has(v->options, o->name))
				continue;
			fprintf(to, "%s\\fB\\-\\-", any ? ", " : ".\nOptions: ");
			roff_put(to, o->name);
			fputs("\\fR", to);
			any = true;
		}
		fputs(".\n", to);
		put_examples(to, v);
	}
}

/* What verbs say of an option each their own way. */
static void put_option_of_verbs(FILE *to, const struct documents_option *o)
{
	char after[96];

	for (const struct documents_verb *v = documents_verbs; *v->name; v++) {
		const struct documents_option x = documents_option_of(o, v->name);

		if (!call_list_has(v->options, o->name) || x.help == o->help)
			continue;
		snprintf(after, sizeof(after), "%s%s(%s)", x.value ? x.value : "",
			x.value ? " " : "", v->name);
		put_option(
			to, &(struct documents_option){ x.name, after, false, x.help });
	}
}

static void put_options(FILE *to)
{
	fputs(".SH OPTIONS\nThese stand before or after any verb:\n", to);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (o->global)
			put_option(to, o);
	fputs(".PP\nThese belong to the verbs named above; "
	      "\\fB\\-\\-no\\-mouse\\fR and \\fB\\-\\-theme\\fR also to the console:\n",
		to);
	for (const struct documents_option *o = documents_options; *o->name; o++)
		if (!o->global) {
			if (*o->help)
				put_option(to, o);
			put_option_of_verbs(to, o);
		}
}

static void put_keys(FILE *to)
{
	const struct binding *b;
	const int n = keys_bindings(&b);

	fputs(".SH KEYS\nA key that a place does not have means what it means around it. "
	      "The keys can be changed: on the keys screen (\\fB",
		to);
	roff_put(to, keys_text(SCOPE_SCREEN, ACT_KEYS));
	fputs("\\fR), or as in\n.BR tierdesk.conf (5).\n", to);
	for (int s = 1; s < SCOPE_COUNT; s++) {
		bool any = false;

		for (int i = 0; i < n; i++) {
			if (b[i].scope != (enum scope)s || !documents_first(&b[i]))
				continue;
			if (!any) {
				fputs(".SS \"", to);
				roff_put(to, screen_place((enum scope)s));
				fputs("\"\n", to);
			}
			any = true;
			fputs(".TP\n\\fB", to);
			for (int k = i, more = 0; k < n; k++) {
				if (b[k].scope != b[i].scope ||
					b[k].action != b[i].action)
					continue;
				if (more++)
					fputs("\\fR, \\fB", to);
				roff_put(to, b[k].text);
			}
			fputs("\\fR\n", to);
			roff_line(to, action_def(b[i].action)->help);
		}
	}
}

/* How the action is done on a screen; "": it is not, or only elsewhere. */
static const char *reach(int screen, enum action action)
{
	const char *how = screen_def((enum screen_id)screen)->kind == SCREEN_POPUP
				  ? ""
				  : action_reach((enum screen_id)screen, action);

	return strncmp(how, "only", 4) == 0 ? "" : how;
}

/* "Book, Account: key t; Start: palette." */
static void put_reach(FILE *to, enum action action)
{
	bool done[SCREEN_COUNT] = { false }, any = false;
	char how[64];

	for (int i = 0; i < SCREEN_COUNT; i++) {
		snprintf(how, sizeof(how), "%s", reach(i, action));
		if (done[i] || !*how)
			continue;
		fputs(any ? "; " : "", to);
		any = true;
		for (int k = i; k < SCREEN_COUNT; k++) {
			if (strcmp(reach(k, action), how) != 0)
				continue;
			fputs(k == i ? "" : ", ", to);
			roff_put(to, screen_def((enum screen_id)k)->title);
			done[k] = true;
		}
		fputs(": ", to);
		roff_put(to, how);
	}
	fputs(any ? ".\n" : "", to);
}

static void put_actions(FILE *to)
{
	fputs(".SH ACTIONS\nEverything the console can do, by the name that settings and "
	      "the palette know, and how it is done on which screen. Actions without a "
	      "screen belong to popups and lines of text.\n",
		to);
	for (int i = 1; i < ACT_COUNT; i++) {
		const struct action_def *d = action_def((enum action)i);

		roff_term(to, d->name, NULL);
		roff_line(to, d->help);
		put_reach(to, (enum action)i);
	}
}

static void put_filter(FILE *to)
{
	static const char *const examples[][2] = {
		{ "tier:1 health:<50", "Both must hold." },
		{ "renewal:<90d csm:me",
			"Days ahead; d, w, m and y are days, weeks, months "
			"and years. \"me\" is the actor." },
		{ "arr:50k..200k -segment:smb",
			"A range; a minus in front turns it round." },
		{ "csm:diego,mina",
			"One of several; text matches from the beginning of a "
			"word." },
		{ "csm:pool health:none", "Nobody's; not known." },
		{ "cedar \"north wind\"",
			"Parts of name or id, or how words of owner or tags begin." },
	};

	fputs(".SH FILTERS\nThe same language everywhere: behind \\fB\\-\\-where\\fR, "
	      "and "
	      "in the line that\nthe key for \\(dqfilter\\(dq opens.\n",
		to);
	for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
		roff_term(to, examples[i][0], NULL);
		roff_line(to, examples[i][1]);
	}
	fputs(".PP\nFields, also for \\fB\\-\\-sort\\fR and \\fB\\-\\-columns\\fR:\n",
		to);
	for (int i = 0; i < LIST_FIELDS; i++) {
		const struct list_field_def *d = list_field_def((enum list_field)i);

		roff_term(to, d->name, NULL);
		roff_line(to, d->help);
	}
}

static void put_surroundings(FILE *to)
{
	static const char *const rows[][2] = {
		{ "TIERDESK_DB", "The book, where --db does not say it." },
		{ "TIERDESK_ACTOR",
			"Who you are, where --actor does not say it. Where neither does, "
			"you are who you chose to be in the console, in this book, else "
			"your login." },
		{ "TIERDESK_ASCII", "When set: no signs outside of ASCII." },
		{ "NO_COLOR", "When set and not empty: no colours." },
		{ "ESCDELAY", "Milliseconds after which Esc is a key of its own." },
		{ "TERM", "The type of the terminal; the console needs one that can move "
			  "its "
			  "cursor." },
		{ "XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_CACHE_HOME",
			"Where files are, instead of the usual folders in HOME. Only "
			"absolute paths count." },
	};
	static const char *const files[][2] = {
		{ "~/.local/share/tierdesk/book.db", "The book in its usual place." },
		{ "~/.config/tierdesk/tierdesk.conf", "Options, keys and colours." },
		{ "~/.config/tierdesk/plays/*.ini",
			"Plays of your own; one with the name of a shipped play takes "
			"its place." },
		{ "~/.local/state/tierdesk/",
			"What the console remembers: columns, views, "
			"the books opened last." },
		{ "~/.cache/tierdesk/first-screen",
			"The rows of the book that the console will begin with, for "
			"its owner alone; it may be removed at any time." },
	};

	fputs(".SH ENVIRONMENT\n", to);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		roff_term(to, rows[i][0], NULL);
		roff_line(to, rows[i][1]);
	}
	fputs(".SH FILES\n", to);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		roff_term(to, files[i][0], NULL);
		roff_line(to, files[i][1]);
	}
}

static void put_exit(FILE *to)
{
	static const char *const codes[][2] = { { "0", "Done." },
		{ "1", "The answer is no." }, { "2", "Wrong usage." },
		{ "3", "The book can't be opened, or the terminal can't show it." },
		{ "4", "Errors in the input." }, { "5", "A rule forbids it." },
		{ "6", "I/O error." },
		{ "7", "The book was changed, but what was to follow failed: the result "
		       "could not be written, or a signal came. Or nobody knows whether "
		       "it was, because the disk failed at the very end: the log shows "
		       "it." },
		{ "130", "Interrupted." } };

	fputs(".SH EXIT STATUS\n", to);
	for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
		roff_term(to, codes[i][0], NULL);
		roff_line(to, codes[i][1]);
	}
	fputs(".PP\nFrom 2 on, but for 7, nothing was changed.\n", to);
}

void documents_manual(FILE *to)
{
	roff_head(to, "tierdesk", 1, "the book of business in a terminal");
	fputs(".SH SYNOPSIS\n.B tierdesk\n[\\fIoptions\\fR]\n.br\n.B tierdesk\n"
	      "\\fIverb\\fR [\\fIarguments\\fR] [\\fIoptions\\fR]\n"
	      ".SH DESCRIPTION\n"
	      "Which customers a company has, who looks after them, how well they are "
	      "doing,\nwhich of three service tiers each belongs to, and why.\n"
	      "Everything is in one SQLite file, the book.\n.PP\n"
	      "Without a verb the console opens. A verb does one thing and exits.\n",
		to);
	put_verbs(to);
	put_options(to);
	put_keys(to);
	put_actions(to);
	put_filter(to);
	put_surroundings(to);
	put_exit(to);
	fputs(".SH SEE ALSO\n.BR tierdesk.conf (5),\n.BR tierdesk\\-policy (5),\n.BR "
	      "tierdesk\\-play (5),\n.BR tierdesk\\-json (5)\n",
		to);
}

/* ---- tierdesk.conf(5) ----------------------------------------------------------- */

static void put_settings(FILE *to)
{
	fputs(".SH OPTIONS\nIn the section [options], each as \\fIname\\fR = "
	      "\\fIvalue\\fR:\n",
		to);
	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting_def *d = setting_def((enum setting)i);
		struct text one;

		roff_term(to, d->name, d->initial);
		roff_line(to, d->help);
		if (d->type == SETTING_NUMBER)
			fprintf(to, "A number from %d to %d.\n", d->min, d->max);
		else if (d->type == SETTING_BOOL)
			fputs("yes or no.\n", to);
		for (int k = 0; d->choices && (one = choices_at(d->choices, k)).s; k++) {
			char word[SETTING_TEXT_MAX];

			snprintf(word, sizeof(word), "%.*s", (int)one.n, one.s);
			fputs(k ? ", " : "", to);
			roff_put(to, word);
		}
		fputs(d->choices ? ".\n" : "", to);
	}
}

static void put_places(FILE *to)
{
	fputs(".SH KEYS\nThe keys screen of the console lists every key and changes it; "
	      "its command for a\nline shows what would stand here.\n"
	      "In the section [keys], each as "
	      "\\fIplace\\fR.\\fIkey\\fR = \\fIaction\\fR; the actions are listed in\n"
	      ".BR tierdesk (1),\nand \\fBnone\\fR takes a key away.\n"
	      "Keys are characters and Enter, Esc, Tab, Space, Backspace, Ins, Del, "
	      "Home, "
	      "End,\nPgUp, PgDn, Up, Down, Left, Right, F1 to F12, with C\\- (Control), "
	      "M\\- (Alt) and\nS\\- (Shift) in front.\n"
	      "A key that would leave quit, back or the commands, or what stands in no "
	      "list of\ncommands, without any key is not taken, and the console says "
	      "so when it starts.\nPlaces, with the one around each:\n",
		to);
	for (int s = 1; s < SCOPE_COUNT; s++) {
		enum scope around = keys_around((enum scope)s);

		roff_term(to, keys_scope_name((enum scope)s), NULL);
		roff_put(to, screen_place((enum scope)s));
		if (around != SCOPE_NONE) {
			fputs("; around it: ", to);
			roff_put(to, keys_scope_name(around));
		}
		fputs(".\n", to);
	}
}

static void put_roles(FILE *to)
{
	fputs(".SH COLOURS\nIn the section [theme], each as \\fIrole\\fR = \\fIlook\\fR: "
	      "a "
	      "colour 0 to 255 or\n\\fBdefault\\fR, \\fBon\\fR and a colour for the "
	      "background, \\fBbold\\fR, \\fBunderline\\fR,\n\\fBreverse\\fR. A terminal "
	      "with fewer colours takes the attributes only. Roles:\n",
		to);
	for (int i = 0; i < ROLE_COUNT; i++) {
		fputs(i ? ", " : "", to);
		for (const char *s = theme_role_name((enum role)i); *s; s++)
			fputc(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s, to);
	}
	fputs(".\n", to);
}

static void put_hook(FILE *to)
{
	fputs(".SH OUTBOX HOOK\n\\fBtierdesk outbox \\-\\-send\\fR and \\fBtierdesk "
	      "recalc "
	      "\\-\\-send\\fR start the program that\n\\fBoutbox\\-hook\\fR names "
	      "by its full path, once for each message, the oldest first.\n"
	      "The line is split at blanks; \\(dq...\\(dq and \\(aq...\\(aq keep words "
	      "together, and a backslash takes the\nnext character as it is. There is no "
	      "shell, and nothing is expanded.\n.PP\n"
	      "It reads one line of JSON, an object with id, account, name, kind "
	      "(customer,\nnotice, escalation), made, recipient, subject, body, play, "
	      "alert, tries, failure\nand sender. Texts come from outside: nothing of "
	      "them may "
	      "become a header or a command.\n.PP\n"
	      "Exit status 0 marks the message as sent. Anything else, a signal, or more "
	      "seconds than\n\\fBoutbox\\-timeout\\fR keeps it in the outbox with the "
	      "first line of the standard error as the\nreason, and the next one "
	      "follows. "
	      "Of two that\nsend at the same time only one gets a message. It is marked "
	      "after "
	      "its hook ended, so it\nis sent at least once: once more when the program "
	      "is killed just between the two, at the\nearliest outbox\\-timeout and "
	      "10 seconds later, and with the same id: no other message ever\ngets it, "
	      "so "
	      "that a receiver can drop the repeat.\n.PP\n"
	      "Exit status of \\fB\\-\\-send\\fR: 1 when some messages failed; 2 when "
	      "no hook is set or it can't be run;\n4 when a line of tierdesk.conf that "
	      "wants to set it makes no sense or stands outside of\n[options]. Of 2 and "
	      "4 nothing is sent, and the line is named as on the screen.\n.PP\n"
	      "Hooks to copy are in the folder examples of the documentation.\n",
		to);
}

void documents_manual_conf(FILE *to)
{
	roff_head(to, "tierdesk.conf", 5, "options, keys and colours of the console");
	fputs(".SH DESCRIPTION\n"
	      "A text file of sections in brackets and lines with one = in them.\n"
	      "Lines that begin with ; or # are comments, and so is what follows a blank "
	      "and ;\nin a line.\n"
	      "Its place is \\fI$XDG_CONFIG_HOME/tierdesk/tierdesk.conf\\fR, usually\n"
	      "\\fI~/.config/tierdesk/tierdesk.conf\\fR.\n"
	      "A line that makes no sense is left out; the console tells them when it "
	      "starts.\n.PP\nThe command line comes before the environment, this before "
	      "the file, the file before\nwhat was chosen on the options and keys "
	      "screens "
	      "of the console, which keeps these choices\nelsewhere "
	      "(\\fI$XDG_STATE_HOME/tierdesk/state.ini\\fR) and never writes this "
	      "file.\n",
		to);
	put_settings(to);
	put_hook(to);
	put_places(to);
	put_roles(to);
	fputs(".SH EXAMPLE\n.nf\n[options]\ntheme = dark\n\n[keys]\nscreen.F5 = "
	      "recalculate\n"
	      "book.t = none\n\n[theme]\nbad = 196 bold\n.fi\n"
	      ".SH SEE ALSO\n.BR tierdesk (1)\n",
		to);
}
