/*
 * Why customers leave: the root-cause class of a reason somebody wrote (churn.def), and
 * whether customer success can do anything about it.
 */
#ifndef CORE_CHURN_H
#define CORE_CHURN_H

#include <stdbool.h>

#include "core/text.h"

enum churn_class {
#define CHURN_CLASS(id, name, ours, help) CHURN_##id,
#include "core/churn.def"
	CHURN_CLASSES
};

struct churn_class_row {
	const char *name, *help;
	bool ours; /* customer success can do something about it */
};
extern const struct churn_class_row churn_classes[CHURN_CLASSES];

enum churn_class churn_class_of(struct text reason);
/* What follows a word of a reason, capitals or not; {NULL, 0}: it is not in it, or it is
 * denied, as in "has not switched". */
struct text churn_behind(struct text reason, struct text word);
/* The one that it says itself, "price: ..."; CHURN_CLASSES: it does not. */
enum churn_class churn_class_named(struct text reason);

#endif
