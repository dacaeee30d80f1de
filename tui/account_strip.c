#include "tui/account_strip.h"

#include <string.h>

enum { BODY_ROWS = 20 };

int account_strip_layout(struct account_strip *s, struct rect body)
{
	int columns = 1;

	for (int i = 0; i < ACCOUNT_SECTIONS; i++)
		columns += (int)strlen(account_section_name[i]) + 2;
	s->shown = body.columns > columns && body.rows >= BODY_ROWS;
	return s->shown;
}

void account_strip_paint(struct account_strip *s, struct canvas *c, int row, int here)
{
	int at = 0;

	for (int i = 0; s->shown && i < ACCOUNT_SECTIONS; i++) {
		s->tab[i].from = at;
		at += canvas_print(c, row, at, c->columns - at,
			i == here ? ROLE_HEADER_HERE : ROLE_TAB, " %s ",
			account_section_name[i]);
		s->tab[i].to = at;
	}
}

int account_strip_at(const struct account_strip *s, int column)
{
	for (int i = 0; s->shown && i < ACCOUNT_SECTIONS; i++)
		if (column >= s->tab[i].from && column < s->tab[i].to)
			return i;
	return -1;
}
