/* For tests of what is changed by hand on the screen: the account that is changed, and
 * somebody else who changes it meanwhile. All of it fails the test when the book does. */
#ifndef TESTS_SUPPORT_BY_HAND_H
#define TESTS_SUPPORT_BY_HAND_H

#include "core/book.h"
#include "tests/support/scene.h"

/* On a book of its own (scene_fresh), at 80x24: a filter that leaves one account, then
 * the keys. */
struct tui *by_hand_on(const char *id, const char *keys);
/* All of an account of the scene's own book; account_view_free it. */
struct account_view *by_hand_account(const char *id);
/* An empty text: the cell is missing. */
void by_hand_text_is(const struct cell *c, const char *want);
/* A text of an account is this. */
void by_hand_account_is(const char *id, int field, const char *want);
/* Somebody else's change of a text, on another desk. */
void by_hand_elsewhere(const char *id, int field, const char *text);

#endif
