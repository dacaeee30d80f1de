/*
 * The user's own plays: the files *.ini in $XDG_CONFIG_HOME/tierdesk/plays, usually
 * ~/.config/tierdesk/plays, in byte order of their names.
 */
#ifndef CLI_OWN_PLAYS_H
#define CLI_OWN_PLAYS_H

#include "core/plays.h"

/* Hears one line about each file that is left out. */
typedef void (*own_plays_fn)(void *arg, const char *line);

/* The library in force: what is shipped and over it what can be read of the user's. out
 * is initialised here; plays_clear it, also on failure. */
enum status own_plays_load(
	struct plays *out, own_plays_fn fn, void *arg, struct err *e) MUST_USE;

/* The play of that name; ST_NOTFOUND suggests another one. */
enum status own_plays_find(const struct plays *p, const char *name,
	const struct play **out, struct err *e) MUST_USE;

#endif
