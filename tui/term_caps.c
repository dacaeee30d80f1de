#include "tui/term_caps.h"

#include <curses.h>
#include <term.h>

#include <string.h>
#include <unistd.h>

bool caps_known(void)
{
	int why;

	if (setupterm(NULL, STDOUT_FILENO, &why) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}

bool caps_erase_in_colour(void)
{
	return tigetflag("bce") > 0;
}

/* Appends a capability without its padding. */
static size_t append(char *out, size_t n, size_t size, const char *s)
{
	if (!s || s == (const char *)-1)
		return n;
	while (*s && n < size) {
		const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;

		if (end)
			s = end + 1;
		else
			out[n++] = *s++;
	}
	return n;
}

size_t caps_reset(char *out, size_t size)
{
	const char *mouse = tigetstr("kmous");
	size_t n = append(out, 0, size, "\033[?2026l\033[?2004l");

	if (mouse && mouse != (const char *)-1)
		n = append(out, n, size, "\033[?1002l\033[?1006l\033[?1000l");
	n = append(out, n, size, tigetstr("sgr0"));
	n = append(out, n, size, tigetstr("rmkx"));
	n = append(out, n, size, tigetstr("rmcup"));
	return append(out, n, size, tigetstr("cnorm"));
}

void caps_shown_cursor(char *out, size_t size)
{
	out[append(out, 0, size - 1, tigetstr("cnorm"))] = '\0';
}
