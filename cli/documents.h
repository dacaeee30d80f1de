/*
 * Documents: what is written about the program, made from the tables it is made of.
 * `make update-documents` writes it anew, a test says when it is stale.
 */
#ifndef CLI_DOCUMENTS_H
#define CLI_DOCUMENTS_H

#include <stdio.h>

#include "tui/keys.h"

struct documents_verb {
	const char *name, *arguments, *options, *help;
};
struct documents_option {
	const char *name, *value;
	bool global;
	const char *help;
};
/* Both end with an empty name; verbs without a sentence are not for people. */
extern const struct documents_verb documents_verbs[];
extern const struct documents_option documents_options[];

/* Where the keys of a scope work, as a title: "Everywhere", "Book". */
const char *documents_place(enum scope scope);
/* Whether it is the first row of its action in its scope. */
bool documents_first(const struct binding *b);

/* Each writes one file. */
void documents_conf(FILE *to);          /* tierdesk.conf */
void documents_sheet(FILE *to);         /* the keys for the README */
void documents_manual(FILE *to);        /* tierdesk(1) */
void documents_manual_conf(FILE *to);   /* tierdesk.conf(5) */
void documents_manual_policy(FILE *to); /* tierdesk-policy(5) */
void documents_manual_play(FILE *to);   /* tierdesk-play(5) */
void documents_bash(FILE *to);
void documents_zsh(FILE *to);
void documents_fish(FILE *to);

#endif
