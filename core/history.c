#include "core/history.h"

#include "core/store.h"

const char *const operation_kind_name[OPERATION_KINDS] = { "hand", "import", "review",
	"policy", "recalc", "restore", "sql" };

enum status history_record(struct store *s, struct operation *o, struct err *e)
{
	enum status st = s->ops->history_last(s, &o->id, e);

	o->id++;
	return st == ST_OK ? s->ops->history_save(s, o, e) : st;
}
