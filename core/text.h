/*
 * Text: UTF-8 as it is stored, and the one function through which every
 * string from outside passes on its way to a terminal.
 *
 * Columns are terminal cells, never bytes or code points. No locale anywhere.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A run of UTF-8 bytes, not NUL-terminated; borrowed from whoever made it. */
struct text {
	const char *s;
	size_t n;
};

#define TEXT(literal) ((struct text){ (literal), sizeof(literal) - 1 })
struct text text_of(const char *cstring); /* NULL gives {NULL, 0} */
bool text_eq(struct text a, struct text b);
bool text_ieq(struct text a, struct text b); /* ASCII case folding only */
/* Which of the words it is, as text_ieq compares; NULL ends them, and is none. */
const char *text_among(struct text t, const char *const *words);
/* Whether the word is in it, as text_ieq compares. */
bool text_icontains(struct text t, struct text word);
int text_cmp(struct text a, struct text b); /* byte order */
struct text text_trim(struct text t);       /* spaces and tabs at both ends */
/* The first word of *rest, which goes on behind it; n is 0 when there is none. */
struct text text_word(struct text *rest);

/* Writes behind the text that out has, as much as there is room for. */
void text_add(char *out, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same, of what is said in a sentence or a few. */
#define TEXT_SAID_MAX 400
void text_say(char out[TEXT_SAID_MAX], const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Offset of the first byte that is not valid UTF-8 (surrogates, overlong and
 * NUL are invalid), or n when all is valid. */
size_t text_invalid_at(struct text t);

/* Bytes of the first character of t (0 at the end) and its code point. A byte that
 * starts no valid character counts as one with code -1. */
size_t text_decode(struct text t, int32_t *code);
/* The bytes of a character; returns their number, 0 for what is none. */
size_t text_encode(int32_t code, char out[4]);

/* Grapheme-wise step: returns the bytes of the next cluster in t (0 at the end)
 * and its columns: 1 or 2, and 0 for what only a token can show. Such a control, bidi
 * control, noncharacter, invalid byte or mark without a base is a cluster of its own.
 * At most 4 marks join a cluster, joiners only inside emoji. */
size_t text_cluster(struct text t, int *columns);

/* Writes t into out (size bytes, NUL-terminated) as a terminal may see it:
 * C0, DEL, C1, bidi controls, U+2028/9, tags, BOM, noncharacters, private use
 * and invalid bytes become visible tokens such as <1B> or <202E>; so do unassigned
 * characters and whatever else has no width of its own. Clips to max columns and to
 * size (a clipped text ends in "…", or "~" when ascii). Returns the columns used.
 * With ascii set, other characters become '?'. */
int text_sanitise(struct text t, char *out, size_t size, int max_columns, bool ascii);

/* Columns text_sanitise would use without clipping. */
int text_columns(struct text t);

/* Case-folded NFC form for searching; returns bytes written (<= size, no NUL), cut
 * between characters. Text that is not valid UTF-8 is folded in its ASCII part. */
size_t text_fold(struct text t, char *out, size_t size);

/* What a regular English noun ends in when there are n of it, of whatever type. */
#define TEXT_S(n) ((n) == 1 ? "" : "s")

#endif
