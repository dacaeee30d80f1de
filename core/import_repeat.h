/* Rows of a file that repeat an earlier one. */
#ifndef CORE_IMPORT_REPEAT_H
#define CORE_IMPORT_REPEAT_H

#include "core/intake.h"

/* What is wrong with the row on this line, which the store knows to repeat another: which
 * fields say so, what is in them, and the line of the first, as far as looking for it
 * costs little. *looked, 0 at first, is what was looked through by now. */
void import_repeat_tell(const struct intake *in, uint64_t line, size_t *looked,
	struct intake_fault *fault);

#endif
