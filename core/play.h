/* Plays: named motions with steps. */
#ifndef CORE_PLAY_H
#define CORE_PLAY_H

#include <stdbool.h>

#include "core/text.h"

#define PLAY_NAME_MAX 40 /* with its NUL */

/* Whether a play can be called so: a-z, 0-9 and '-', a letter first. */
bool play_name_valid(struct text name);

#endif
