/* Who is at the keyboard. */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

const char *book_me(const struct book *b)
{
	return b->me;
}

enum status book_set_me(struct book *b, const char *me, struct err *e)
{
	char *own = strdup(me);

	if (!own)
		return err_set(e, ST_NOMEM, "not enough memory");
	free(b->me);
	b->me = own;
	book_forget(b); /* lists may say "me" */
	return ST_OK;
}

enum { NAME_MAX_BYTES = 512 };

struct search {
	char want[NAME_MAX_BYTES], have[NAME_MAX_BYTES]; /* folded */
	size_t n;
	uint32_t found;
};

static enum status look_at(void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct search *s = arg;
	const struct text name = cell_shown(&cells[F_CSM_NAME]);

	(void)e;
	if (!s->found && text_fold(name, s->have, sizeof(s->have)) == s->n &&
		memcmp(s->want, s->have, s->n) == 0)
		s->found = (uint32_t)id;
	return ST_OK;
}

enum status book_my_csm(struct book *b, uint32_t *csm, struct err *e)
{
	struct book_mine *mine = &b->mine;
	struct search s = { .found = 0 };
	int64_t version;
	enum status st = b->store->ops->data_version(b->store, &version, e);

	*csm = 0;
	if (st == ST_OK && mine->known && mine->version == version &&
		mine->generation == b->generation) {
		*csm = mine->csm;
		return ST_OK;
	}
	s.n = text_fold(text_of(b->me), s.want, sizeof(s.want));
	if (st == ST_OK)
		st = book_csms(b, look_at, &s, e);
	if (st != ST_OK)
		return st;
	*csm = s.found;
	*mine = (struct book_mine){ true, s.found, b->generation, version };
	return ST_OK;
}
