#include "core/play.h"

bool play_name_valid(struct text name)
{
	if (name.n == 0 || name.n >= PLAY_NAME_MAX || name.s[0] < 'a' || name.s[0] > 'z')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		const char c = name.s[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return true;
}
