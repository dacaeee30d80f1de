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
/* The one that it says itself, "price: ..."; CHURN_CLASSES: it does not. */
enum churn_class churn_class_named(struct text reason);

#endif
