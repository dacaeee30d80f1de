/* What the files behind core/intake.h share. */
#ifndef CORE_INTAKE_INTERNAL_H
#define CORE_INTAKE_INTERNAL_H

#include "core/intake.h"

/* The row that the reader stands on has no text in any cell. */
bool intake_is_blank(const struct csv_reader *r);

#endif
