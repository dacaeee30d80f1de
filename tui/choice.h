/*
 * Choice: a popup with a few things to choose from, found by letters of their names; the
 * sentence that belongs to the chosen one stands below.
 */
#ifndef TUI_CHOICE_H
#define TUI_CHOICE_H

#include <stdint.h>

struct app;

enum { CHOICE_LINES = 64 };

struct choice_line {
	char label[64];
	const char *note; /* at the right end; borrowed while it is open, or NULL */
	const char *help; /* the same */
	int64_t value;
};

struct choice {
	const char *title; /* borrowed while it is open */
	struct choice_line line[CHOICE_LINES];
	int n, at; /* at: the one to begin with */
	/* The popup is closed already. */
	void (*chosen)(struct app *a, int64_t value);
};

/* Opens it; c is copied. */
void choice_open(struct app *a, const struct choice *c);
void choice_add(struct choice *c, const char *label, const char *help, int64_t value);

#endif
