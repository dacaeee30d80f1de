#include "tui/recent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"

static const char *name_of(int i, char name[16])
{
	snprintf(name, 16, "book%d", i + 1);
	return name;
}

const char *recent_at(const struct app *a, int i)
{
	char name[16];

	return i < RECENT_MAX ? kept_get(a, RECENT_SECTION, name_of(i, name)) : NULL;
}

void recent_add(struct app *a, const char *path)
{
	char *last, name[16];

	if (!path || path[0] != '/' || !kept_fits(path))
		return;
	last = strdup(path);
	for (int i = 0; i < RECENT_MAX && last; i++) {
		const char *there = recent_at(a, i);
		char *next = there && strcmp(there, path) != 0 ? strdup(there) : NULL;
		const bool was_here = there && strcmp(there, path) == 0;

		kept_set(a, RECENT_SECTION, name_of(i, name), last);
		free(last);
		last = was_here ? NULL : next;
	}
	free(last);
}
