/* Roff: pages of the manual, piece by piece. */
#ifndef CLI_ROFF_H
#define CLI_ROFF_H

#include <stdio.h>

/* The title and NAME of a page. */
void roff_head(FILE *to, const char *name, int section, const char *what);
/* Text as it is: hyphens that can be copied, nothing that roff understands. */
void roff_put(FILE *to, const char *s);
/* The same as a line of its own. */
void roff_line(FILE *to, const char *s);
/* What is explained next, in bold, then what follows it in italics (may be NULL). */
void roff_term(FILE *to, const char *bold, const char *italic);

#endif
