/* The sections of a policy as people read them: rows of policy_section.def. */
#ifndef CORE_POLICY_SECTION_H
#define CORE_POLICY_SECTION_H

struct policy_section {
	const char *name, *title;
	const char *formula; /* how its values are used */
	const char *touches; /* what a change of one is seen in */
};

/* Also of "health.tier1.curves", what is said of the sections it is part of. The title is
 * the name where it has none of its own. */
struct policy_section policy_section_of(const char *name);

#endif
