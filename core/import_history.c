#include "core/import_history.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/convert.h"

/* Whether the file has at most so many lines; what is quoted only counts too much. */
static bool is_short(const struct import_request *q)
{
	const uint32_t most = IMPORT_TOLD_ROWS + 1; /* and the header */
	uint32_t ends = 0;

	/* An end of line is LF, CR LF or CR alone. */
	for (size_t i = 0; i < q->size && ends <= most; i++)
		ends += q->bytes[i] == '\n' ||
			(q->bytes[i] == '\r' &&
				(i + 1 == q->size || q->bytes[i + 1] != '\n'));
	return ends <= most;
}

static enum status keep(struct import_history *h, struct err *e)
{
	enum status st =
		h->store->ops->keep(h->store, h->op.id, &h->arena, &h->op.backup, e);
	if (st == ST_IO)
		return err_prefix(e,
			       "no copy of the book could be made before the import; %s",
			       import_words_of(h->request)->room),
		       st;
	return st;
}

enum status import_history_begin(struct import_history *h, struct store *s,
	const struct import_request *q, struct err *e)
{
	arena_init(&h->arena);
	if (q->actor == NULL)
		return ST_OK;
	h->store = s;
	h->request = q;
	h->op = (struct operation){
		.kind = OPERATION_IMPORT, .at = q->at, .actor = text_of(q->actor)
	};
	h->rows = q->kind != REC_SIGNAL && is_short(q);
	enum status st = s->ops->history_last(s, &h->op.id, e);
	h->op.id++;
	if (st == ST_OK && !h->rows && !q->no_backup && !q->dry_run)
		st = keep(h, e);
	return st;
}

void import_history_clear(struct import_history *h)
{
	arena_clear(&h->arena);
}

enum status import_history_row(
	struct import_history *h, const struct row_change *c, struct err *e)
{
	if (h->op.changes > 0 && h->op.concerns != c->account)
		h->several = true;
	h->op.concerns = c->account;
	return h->store->ops->history_add(h->store, h->op.id, ++h->op.changes, c, e);
}

enum status import_history_csm(
	struct import_history *h, uint32_t id, struct text name, struct err *e)
{
	const struct cell cells[CSM_FIELDS] = { [F_CSM_NAME] = CELL_OF_TEXT(name) };
	const struct row_change c = {
		.kind = REC_CSM, .row = id, .fields = 1u << F_CSM_NAME, .after = cells
	};
	return h->rows ? import_history_row(h, &c, e) : ST_OK;
}

enum status import_history_tiers(
	struct import_history *h, const struct tiers *after, struct err *e)
{
	struct tiers before = { 0 };
	struct tier_past p = { .n = 0 };
	h->tiers = true;
	if (h->store == NULL || !h->rows)
		return ST_OK;
	enum status st = h->store->ops->tiers_load(h->store, &before, e);
	if (st == ST_OK)
		st = tier_past_between(&before, after, &p, e);
	if (st == ST_OK && tier_past_tells(&p))
		st = h->store->ops->history_tiers_add(h->store, h->op.id, &p, e);
	tier_past_clear(&p);
	tiers_clear(&before);
	return st;
}

/* The last part of a path. */
static struct text file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return text_of(slash != NULL && slash[1] != '\0' ? slash + 1 : path);
}

enum status import_history_end(
	struct import_history *h, struct import_result *r, struct err *e)
{
	char title[160];
	if (h->store == NULL ||
		(r->inserted + r->updated == 0 && h->op.changes == 0 && !h->tiers))
		return ST_OK;
	const struct text file = file_name(h->request->name);
	snprintf(title, sizeof(title),
		"import %s %.*s: %" PRIu64 " new, %" PRIu64 " changed",
		record_of(h->request->kind)->name, convert_shown(file, 60), file.s,
		r->inserted, r->updated);
	h->op.title = text_of(title);
	if (h->several || h->tiers)
		h->op.concerns = 0;
	r->operation = h->op.id;
	return h->store->ops->history_save(h->store, &h->op, e);
}
