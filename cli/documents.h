/*
 * Documents: what is written about the program, made from the tables it is made of.
 * `make update-documents` writes it anew, a test says when it is stale.
 */
#ifndef CLI_DOCUMENTS_H
#define CLI_DOCUMENTS_H

#include <stdio.h>

#include "tui/keys.h"

struct documents_verb {
	const char *name, *group, *arguments, *options, *help, *examples;
};
struct documents_option {
	const char *name, *value;
	bool global;
	const char *help;
};
/* Both end with an empty name; verbs without a sentence are not for people. */
extern const struct documents_verb documents_verbs[];
extern const struct documents_option documents_options[];

/* The option as the verb has it. */
struct documents_option documents_option_of(
	const struct documents_option *o, const char *verb);
/* The i-th example, as it is typed after "tierdesk"; false: there are no more. */
bool documents_example(const struct documents_verb *v, int i, char out[256]);
/* Whether it is the first row of its action in its scope. */
bool documents_first(const struct binding *b);

/* All verbs, or one of them, for a person at a terminal. */
void documents_help(FILE *to, const char *verb);

/* Each writes one file. */
void documents_conf(FILE *to);          /* tierdesk.conf */
void documents_sheet(FILE *to);         /* the keys for the README */
void documents_manual(FILE *to);        /* tierdesk(1) */
void documents_manual_conf(FILE *to);   /* tierdesk.conf(5) */
void documents_manual_policy(FILE *to); /* tierdesk-policy(5) */
void documents_manual_play(FILE *to);   /* tierdesk-play(5) */
void documents_manual_json(FILE *to);   /* tierdesk-json(5) */
void documents_bash(FILE *to);
void documents_zsh(FILE *to);
void documents_fish(FILE *to);

#endif
