#include "core/stakeholders.h"

#include <stdio.h>

void stakeholders_add(struct stakeholders *s, const struct cell *contact, int32_t day)
{
	/* in the order of the bits */
	static const char *const roles[] = { "champion", "sponsor", "user", "billing" };
	const struct text role = cell_as_text(&contact[F_CONTACT_ROLE]);

	if (!record_contact_there(contact, day))
		return;
	s->people++;
	for (size_t i = 0; i < sizeof(roles) / sizeof(*roles); i++)
		if (role.s && text_ieq(role, text_of(roles[i]))) {
			s->roles |= 1u << i;
			s->placed++;
		}
}

void stakeholders_of(const struct account_view *v, int32_t day, struct stakeholders *out)
{
	*out = (struct stakeholders){ 0 };
	for (uint32_t i = 0; i < v->rows[REC_CONTACT].n; i++)
		stakeholders_add(out, account_view_row(v, REC_CONTACT, i), day);
}

bool stakeholders_fragile(const struct stakeholders *s)
{
	return s->people < 2 || !(s->roles & (s->roles - 1));
}

char *stakeholders_text(const struct stakeholders *s, char out[STAKEHOLDERS_TEXT_MAX])
{
	snprintf(out, STAKEHOLDERS_TEXT_MAX,
		s->people == 0          ? "no stakeholder is known"
		: s->people == 1        ? "only %u stakeholder is known"
		: s->roles == 0         ? "no role is known of %u stakeholders"
		: s->placed < s->people ? "one role is known of %u stakeholders"
					: "all %u stakeholders known have one role",
		s->people);
	return out;
}
