#include "core/play_mail.h"

#include "core/task.h"

struct finding {
	const struct play *play;
	int32_t today;
	struct play_mail *out;
};

/* Whatever waits before what went out; of those that wait the one that does for longest,
 * of the others the newest. */
static bool comes_first(int32_t made, int32_t went, const struct play_mail *before)
{
	if (before->made == DAY_NONE)
		return true;
	if ((went == DAY_NONE) != (before->sent == DAY_NONE))
		return went == DAY_NONE;
	return went == DAY_NONE ? made < before->made : made >= before->made;
}

static enum status take(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct finding *f = arg;
	const int32_t made = cell_day(&c[F_MESSAGE_MADE]);
	const int32_t sent = cell_day(&c[F_MESSAGE_SENT]);
	const int32_t went = sent > f->today ? DAY_NONE : sent;
	struct play_mail *out = f->out;

	(void)id;
	(void)e;
	if (!text_eq(cell_as_text(&c[F_MESSAGE_PLAY]), text_of(f->play->name)) ||
		!text_eq(cell_as_text(&c[F_MESSAGE_KIND]), TEXT("customer")))
		return ST_OK;
	if (made > f->today && (out->next == DAY_NONE || made < out->next))
		out->next = made;
	if (made > f->today || !comes_first(made, went, out))
		return ST_OK;
	out->made = made;
	out->sent = went;
	out->tries = c[F_MESSAGE_TRIES].type == CELL_INT ? c[F_MESSAGE_TRIES].i : 0;
	return ST_OK;
}

enum status play_mail_of(struct book *b, uint32_t account, const struct play *p,
	int32_t since, struct play_mail *out, struct err *e)
{
	struct finding f = { p, b->clock.today, out };

	*out = (struct play_mail){ DAY_NONE, DAY_NONE, 0, DAY_NONE };
	return b->store->ops->unended(b->store, REC_MESSAGE, account, since, take, &f, e);
}
