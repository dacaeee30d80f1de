/*
 * JSON writer: one document, keys in the order written, numbers without
 * locale, strings escaped so that any bytes that are valid UTF-8 survive
 * (controls, DEL, C1, bidi controls, tags and noncharacters as \uXXXX: safe on a
 * terminal too). A byte that is not UTF-8 becomes U+FFFD.
 *
 * Groups must be closed in order before json_finish: a wrong order is a bug of the
 * caller and asserted.
 */
#ifndef CORE_JSON_H
#define CORE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/out.h"

#define JSON_DEPTH_MAX 16

struct json {
	struct out out;
	int depth;
	bool first[JSON_DEPTH_MAX]; /* nothing stands in that group yet */
	bool key_pending;
};

void json_init(struct json *j, out_sink sink, void *arg);
void json_object(struct json *j);
void json_end_object(struct json *j);
void json_array(struct json *j);
void json_end_array(struct json *j);
void json_key(struct json *j, const char *key);
void json_text(struct json *j, struct text t); /* t.s NULL gives null */
/* A member of an object that is a text. */
void json_pair(struct json *j, const char *key, struct text t);
void json_int(struct json *j, int64_t v);
void json_number(struct json *j, double v, int decimals); /* NaN gives null */
void json_exact(struct json *j, double v); /* reads back the same; not finite: null */
void json_id(struct json *j, int64_t id);  /* 0 gives null */
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
void json_day(struct json *j, int32_t day);     /* DAY_NONE gives null */
void json_money(struct json *j, int64_t cents); /* cents; MONEY_NONE gives null */
enum status json_finish(struct json *j, struct err *e) MUST_USE; /* newline, flush */

#endif
