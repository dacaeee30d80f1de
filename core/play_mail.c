#include "core/play_mail.h"

#include "core/task.h"

struct finding {
	const struct play *play;
	int32_t today;
	struct play_mail *out;
};

static enum status take(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct finding *f = arg;
	const int32_t made = cell_day(&c[F_MESSAGE_MADE]);
	const int32_t sent = cell_day(&c[F_MESSAGE_SENT]);

	(void)id;
	(void)e;
	if (made > f->today || made < f->out->made ||
		!text_eq(cell_as_text(&c[F_MESSAGE_PLAY]), text_of(f->play->name)) ||
		!text_eq(cell_as_text(&c[F_MESSAGE_KIND]), TEXT("customer")))
		return ST_OK;
	*f->out = (struct play_mail){ made, sent > f->today ? DAY_NONE : sent,
		c[F_MESSAGE_TRIES].type == CELL_INT ? c[F_MESSAGE_TRIES].i : 0 };
	return ST_OK;
}

enum status play_mail_of(struct book *b, uint32_t account, const struct play *p,
	int32_t since, struct play_mail *out, struct err *e)
{
	struct finding f = { p, b->clock.today, out };

	*out = (struct play_mail){ DAY_NONE, DAY_NONE, 0 };
	return b->store->ops->unended(b->store, REC_MESSAGE, account, since, take, &f, e);
}
