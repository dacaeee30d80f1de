#include "tui/term_keys.h"

#include <curses.h>

#include <stdbool.h>
#include <string.h>

#include "tui/keys.h"

/* Shift, Alt and Control with one of these keys have no code of their own in curses but
 * a name: "kUP5" is Control with Up. */
static int32_t modified(wint_t code)
{
	static const struct {
		const char *name;
		int32_t key;
	} keys[] = { { "kUP", KEY_UP_ }, { "kDN", KEY_DOWN_ }, { "kLFT", KEY_LEFT_ },
		{ "kRIT", KEY_RIGHT_ }, { "kPRV", KEY_PAGE_UP_ },
		{ "kNXT", KEY_PAGE_DOWN_ }, { "kHOM", KEY_HOME_ }, { "kEND", KEY_END_ },
		{ "kDC", KEY_DELETE_ }, { "kIC", KEY_INSERT_ } };
	const char *name = keyname((int)code);

	for (size_t i = 0; name && i < sizeof(keys) / sizeof(*keys); i++) {
		const size_t n = strlen(keys[i].name);
		int bits;

		if (strncmp(name, keys[i].name, n) != 0)
			continue;
		bits = name[n] ? name[n] - '1' : 1;
		return keys[i].key | (bits & 1 ? KEY_SHIFTED_ : 0) |
		       (bits & 2 ? KEY_ALT_ : 0) | (bits & 4 ? KEY_CONTROL_ : 0);
	}
	return 0;
}

int32_t term_key(wint_t code)
{
	static const struct {
		wint_t code;
		int32_t key;
	} keys[] = {
		{ KEY_UP, KEY_UP_ },
		{ KEY_DOWN, KEY_DOWN_ },
		{ KEY_LEFT, KEY_LEFT_ },
		{ KEY_RIGHT, KEY_RIGHT_ },
		{ KEY_PPAGE, KEY_PAGE_UP_ },
		{ KEY_NPAGE, KEY_PAGE_DOWN_ },
		{ KEY_HOME, KEY_HOME_ },
		{ KEY_A1, KEY_HOME_ },
		{ KEY_END, KEY_END_ },
		{ KEY_C1, KEY_END_ },
		{ KEY_DC, KEY_DELETE_ },
		{ KEY_IC, KEY_INSERT_ },
		{ KEY_SR, KEY_UP_ | KEY_SHIFTED_ },
		{ KEY_SF, KEY_DOWN_ | KEY_SHIFTED_ },
		{ KEY_SLEFT, KEY_LEFT_ | KEY_SHIFTED_ },
		{ KEY_SRIGHT, KEY_RIGHT_ | KEY_SHIFTED_ },
		{ KEY_SPREVIOUS, KEY_PAGE_UP_ | KEY_SHIFTED_ },
		{ KEY_SNEXT, KEY_PAGE_DOWN_ | KEY_SHIFTED_ },
		{ KEY_SHOME, KEY_HOME_ | KEY_SHIFTED_ },
		{ KEY_SEND, KEY_END_ | KEY_SHIFTED_ },
		{ KEY_SDC, KEY_DELETE_ | KEY_SHIFTED_ },
		{ KEY_SIC, KEY_INSERT_ | KEY_SHIFTED_ },
		{ KEY_BTAB, KEY_BACK_TAB_ },
		{ KEY_BACKSPACE, KEY_BACKSPACE_ },
		{ KEY_ENTER, KEY_ENTER_ },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].code == code)
			return keys[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEY_F1_ + (int32_t)code - KEY_F(1);
	return modified(code);
}
