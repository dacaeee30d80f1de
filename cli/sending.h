/*
 * Sending: the hook of the settings file, once for each message of the outbox that waits.
 * The message is taken before its hook starts, so that of two that send at once only one
 * does, and marked as sent after it ended with 0. Whoever kills the program between the
 * two has it sent again, with the same id, once its time is over: at least once.
 */
#ifndef CLI_SENDING_H
#define CLI_SENDING_H

#include "cli/call.h"
#include "cli/hook.h"
#include "core/act.h"
#include "core/json.h"

struct sending {
	struct hook hook;
	int seconds; /* that it may take for a message */
};
struct sending_result {
	uint32_t sent, failed;
	uint32_t elsewhere; /* that another sender has */
};

/* Reads the settings file. ST_USAGE: no hook is set, or it can't be run. */
enum status sending_prepare(
	const struct call *c, struct sending *out, struct err *e) MUST_USE;
/* Each once, the oldest first; what fails says why and stays. c->answer_no when something
 * did. Ctrl-C ends it between two messages, or with the one at hand unsent:
 * ST_CANCELLED. */
enum status sending_all(struct call *c, struct book *b, const struct sending *s,
	struct sending_result *out, struct err *e) MUST_USE;

/* A message as an object: what a hook reads, and what `outbox` lists. */
void sending_json(struct json *j, const struct message *m);

#endif
