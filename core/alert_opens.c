#include "core/alert_opens.h"

#include <stdio.h>
#include <string.h>

#include "core/policy_table.h"

/* "key", of [alerts], or "section.key"; NULL: there is none. */
static const struct policy_entry *limit_of(const char *name)
{
	const char *dot = strchr(name, '.');
	const struct text section =
		dot ? (struct text){ name, (size_t)(dot - name) } : TEXT("alerts");

	for (size_t i = 0; i < policy_entries_n; i++)
		if (text_eq(text_of(policy_entries[i].section), section) &&
			strcmp(policy_entries[i].key, dot ? dot + 1 : name) == 0)
			return &policy_entries[i];
	return NULL;
}

/* What stands in braces, with the tier for '@'. */
static void name_of(struct text in, int tier, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < in.n && n + 1 < size; i++)
		out[n++] = in.s[i] == '@' ? (char)('0' + tier) : in.s[i];
	out[n] = '\0';
}

char *alert_opens(
	const struct policy *p, enum alert_kind kind, int tier, char out[ALERT_OPENS_MAX])
{
	char name[64], value[POLICY_TEXT_VALUE_MAX];

	out[0] = '\0';
	for (const char *at = alert_kinds[kind].opens; *at;) {
		const size_t plain = strcspn(at, "{@"), within = strcspn(at, "}");
		const struct policy_entry *x;

		text_add(out, ALERT_OPENS_MAX, "%.*s", (int)plain, at);
		at += plain;
		if (*at == '@') {
			text_add(out, ALERT_OPENS_MAX, "%d", tier);
			at++;
			continue;
		}
		if (*at != '{')
			break;
		name_of((struct text){ at + 1, within - plain - 1 }, tier, name,
			sizeof(name));
		x = limit_of(name);
		if (!x) {
			snprintf(out, ALERT_OPENS_MAX, "not looked for in tier %d", tier);
			return out;
		}
		text_add(out, ALERT_OPENS_MAX, "%s", policy_entry_text(p, x, value));
		at += within - plain + 1;
	}
	return out;
}
