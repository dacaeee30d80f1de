/* Opening the console on a book that is open already. */
#ifndef CLI_CONSOLE_H
#define CLI_CONSOLE_H

#include "cli/call.h"

/* Takes the book. */
enum status console_run(struct call *c, struct book *b, struct err *e) MUST_USE;

#endif
