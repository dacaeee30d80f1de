#include "core/policy_section.h"

#include <string.h>

static const struct policy_section sections[] = {
#define SECTION(name, title, formula, touches) { name, title, formula, touches },
#include "core/policy_section.def"
};

/* The longest that it is, or is part of; before: shorter than so many letters. */
static const struct policy_section *above(const char *name, size_t before)
{
	const struct policy_section *found = NULL;
	size_t most = 0;

	for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
		const size_t n = strlen(sections[i].name);

		if (n < before && n > most && strncmp(name, sections[i].name, n) == 0 &&
			(name[n] == '\0' || name[n] == '.')) {
			found = &sections[i];
			most = n;
		}
	}
	return found;
}

struct policy_section policy_section_of(const char *name)
{
	struct policy_section out = { name, name, "", "" };
	const struct policy_section *x = above(name, strlen(name) + 1);

	if (x && strcmp(x->name, name) == 0)
		out.title = x->title;
	for (; x && !(*out.formula && *out.touches); x = above(name, strlen(x->name))) {
		out.formula = *out.formula ? out.formula : x->formula;
		out.touches = *out.touches ? out.touches : x->touches;
	}
	return out;
}
