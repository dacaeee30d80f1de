/* All scenes there are goldens of, and each in all sizes: the last one has no name. */
#ifndef TESTS_SUPPORT_SCENES_H
#define TESTS_SUPPORT_SCENES_H

#include "tests/support/scene.h"

extern const struct scene scenes[];

#endif
