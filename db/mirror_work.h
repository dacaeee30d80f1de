/*
 * Mirrors of work, for mirror_work*.c: the alerts that are of weight and the tasks that
 * run, as lists of core's structs and as blobs.
 */
#ifndef DB_MIRROR_WORK_H
#define DB_MIRROR_WORK_H

#include <string.h>

#include "db/mirror.h"

enum mirror_work_type {
	WORK_AT,      /* uint32_t account; position in the part, ascending */
	WORK_ID,      /* int64_t */
	WORK_DAY,     /* int32_t, or DAY_NONE */
	WORK_CERTAIN, /* int32_t day */
	WORK_NUMBER,  /* double */
	WORK_CODE,    /* int or uint32_t, 0..most */
	WORK_TEXT,    /* struct text */
};

struct work_column {
	enum mirror_work_type type;
	size_t offset;
	int32_t most;
};

struct work {
	enum record_kind kind;
	int source;
	size_t size;           /* of an item, a struct of core */
	size_t account, ended; /* offsets in it */
	const struct work_column *columns;
	unsigned n;
	bool (*from_row)(int64_t id, const struct cell *cells, void *out);
};

#define MIRROR_WORKS 2
extern const struct work mirror_works[MIRROR_WORKS];

struct work_list {
	char *items; /* owned */
	uint32_t n;
	size_t bytes; /* of memory: lists are used for one kind of work after the other */
};

static inline uint32_t work_account(const struct work *w, const char *item)
{
	uint32_t account;
	memcpy(&account, item + w->account, sizeof(account));
	return account;
}

/* Room for n items. */
enum status mirror_work_room(
	struct work_list *l, const struct work *w, uint32_t n, struct err *e) MUST_USE;
/* The items of a part, ascending by account, as a blob and back. The blob is empty where
 * they are more than a mirror is to hold. Texts then live in the arena, which may be NULL
 * where there are none. ST_CORRUPT: it is damaged. */
enum status mirror_work_encode(const struct work *w, uint32_t part,
	const struct work_list *l, struct pack *out, struct err *e) MUST_USE;
enum status mirror_work_decode(const struct work *w, uint32_t part, const uint8_t *data,
	size_t n, struct arena *a, struct work_list *out, struct err *e) MUST_USE;

#endif
