/*
 * The keys of [play] and [step.N] as rows of a table: play_keys.c has them, play_parse.c
 * reads files by them. Private to the two.
 */
#ifndef CORE_PLAY_PARSE_H
#define CORE_PLAY_PARSE_H

#include "core/ini.h"
#include "core/play.h"

#define PLAY_TITLE_BYTES 80
#define PLAY_SENTENCE_BYTES 160

struct play_lines {
	char *text; /* arena, room for the whole file; NULL: no line yet */
	size_t used;
	int n;
};

struct play_parsing {
	struct play *p;
	struct arena *a;
	struct play_step *step; /* of the section being read */
	unsigned seen;          /* keys of [play], by their rows */
	unsigned step_seen[PLAY_STEPS_MAX];
	struct play_lines body, script;
	struct play_lines step_body[PLAY_STEPS_MAX];
	int step_line[PLAY_STEPS_MAX]; /* where its text begins in the file; 0: nowhere */
	size_t bytes;                  /* of the file */
	int internal_line;       /* first that names what is for colleagues, 0: none */
	enum play_word internal; /* the word there */
};

struct play_key {
	const char *name;
	enum status (*read)(
		struct play_parsing *r, const struct ini_key *key, struct err *e);
	bool required;
};
extern const struct play_key play_keys[], play_step_keys[];
extern const size_t play_keys_n, play_step_keys_n;

/* The value as an arena string of at most max bytes; blanks for tabs. */
enum status play_copy(struct play_parsing *r, const struct ini_key *key, size_t max,
	const char **out, struct err *e) MUST_USE;

#endif
