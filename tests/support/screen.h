/*
 * Goldens: what a screen must look like, kept in files below tests/screen/golden.
 * With TIERDESK_UPDATE_GOLDENS set they are written instead of compared.
 */
#ifndef TESTS_SUPPORT_SCREEN_H
#define TESTS_SUPPORT_SCREEN_H

/* Fails the test when the dumps differ, and shows the first line that does. */
void screen_same(const char *name, const char *want, const char *got);
/* The same with the file of that name. */
void screen_golden(const char *name, const char *dump);

#endif
