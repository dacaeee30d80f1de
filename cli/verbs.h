/* The functions behind the verbs; verbs.def has one row for each. */
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include "cli/call.h"

#define VERB(name, group, arguments, options, forms, function, help, examples) \
	enum status function(struct call *c, struct err *e);
#include "cli/verbs.def"

/* plays --used; of one play by CSM. */
enum status plays_used(struct call *c, struct err *e);

/* The console on the book of the call. */
enum status verb_console(struct call *c, struct err *e);

#endif
