#include "tui/messages.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"

void messages_add(struct messages *m, int64_t at, bool bad, const char *text)
{
	struct messages_line *x = &m->ring[(m->said + MESSAGES_KEPT - 1) % MESSAGES_KEPT];
	size_t n = strlen(text) + 1;

	if (x->text && x->bad == bad && strcmp(x->text, text) == 0) {
		x->at = at;
		return;
	}
	x = &m->ring[m->said++ % MESSAGES_KEPT];
	free(x->text);
	*x = (struct messages_line){ .text = mem_new(n, 1), .at = at, .bad = bad };
	memcpy(x->text, text, n);
}

void messages_clear(struct messages *m)
{
	for (int i = 0; i < MESSAGES_KEPT; i++)
		free(m->ring[i].text);
	*m = (struct messages){ .said = 0 };
}

const struct messages_line *messages_get(const struct messages *m, unsigned number)
{
	if (number >= m->said || number >= MESSAGES_KEPT)
		return NULL;
	return &m->ring[(m->said - 1 - number) % MESSAGES_KEPT];
}
