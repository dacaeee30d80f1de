/*
 * The book of $HOME as the verbs of $TIERDESK_BIN tell it on one day: what the console
 * is held against. Failures end the test.
 */
#ifndef TESTS_SUPPORT_TOLD_H
#define TESTS_SUPPORT_TOLD_H

#include <stdint.h>

#define TOLD_DAY "2026-03-31"

enum { TOLD_ACCOUNTS = 800, TOLD_NAME = 64 };

/* A row of `list`. */
struct account {
	char id[TOLD_NAME], name[TOLD_NAME], owner[TOLD_NAME]; /* owner "": the pool */
	int tier, health;                                      /* -1: not known */
	int64_t arr;                                           /* cents */
	int32_t renewal;                                       /* a day, or DAY_NONE */
	double value_rank, effort, score;
};

struct told {
	struct account row[TOLD_ACCOUNTS];
	int n;
};

/* What a command line of the program prints, owned by the caller. */
char *told_by(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The value of the first such key from there on, without quotes; null is "". */
const char *told_value(const char *json, const char *key, char out[TOLD_NAME]);
int told_whole(const char *json, const char *key); /* null is -1 */
double told_real(const char *json, const char *key);
int32_t told_day(const char *text);

void told_load(struct told *t); /* what `list` says */
int told_owned(const struct told *t, const char *owner);
const struct account *told_account(const struct told *t, const char *id);

#endif
