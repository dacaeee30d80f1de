#include "tui/hand.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/convert.h"
#include "tui/app.h"
#include "tui/mem.h"

/* ---- whom it is about ----------------------------------------------------------- */

void hand_name(struct app *a, uint32_t id, char *out, size_t size)
{
	const struct account_view *v = app_account(a, id);
	struct text name = v ? (v->row.name.n ? v->row.name : v->row.id) : TEXT("");

	snprintf(out, size, "%.*s", (int)name.n, name.s ? name.s : "");
}

static void one_account(struct app *a, uint32_t id, struct hand *out)
{
	*out = (struct hand){ .id = mem_new(1, sizeof(*out->id)), .n = 1 };
	out->id[0] = id;
	hand_name(a, id, out->who, sizeof(out->who));
}

static void marked_accounts(struct app *a, struct hand *out)
{
	*out = (struct hand){ .id = mem_new(a->marks.n, sizeof(*out->id)),
		.marked = true };
	for (uint32_t id = 1; id <= a->marks.size; id++)
		if (marks_has(&a->marks, id))
			out->id[out->n++] = id;
	if (out->n == 1)
		hand_name(a, out->id[0], out->who, sizeof(out->who));
	else
		snprintf(out->who, sizeof(out->who), "%u marked accounts", out->n);
}

/* What is shown whole is what is meant: marks count where accounts are listed. */
uint32_t hand_marks(const struct app *a)
{
	return app_base(a) == SCREEN_ACCOUNT ? 0 : a->marks.n;
}

void hand_targets(struct app *a, struct hand *out)
{
	if (hand_marks(a))
		marked_accounts(a, out);
	else
		one_account(a, a->focus, out);
}

void hand_of_form(struct app *a, const struct form *f, struct hand *out)
{
	if (hand_marks(a))
		marked_accounts(a, out);
	else
		one_account(a, f->account, out);
}

void hand_clear(struct hand *h)
{
	free(h->id);
	*h = (struct hand){ .n = 0 };
}

/* ---- forms ---------------------------------------------------------------------- */

/* The first of the marked ones, or of those that are not shown. */
static uint32_t pick_some(
	struct app *a, const struct hand *h, bool hidden, uint32_t id[HAND_NAMED])
{
	uint8_t *shown = mem_new((size_t)a->marks.size + 1, 1);
	const struct list *l = app_list(a);
	uint32_t n = 0;

	for (uint32_t i = 0; hidden && l && i < l->n; i++)
		if (l->id[i] <= a->marks.size)
			shown[l->id[i]] = 1;
	for (uint32_t i = 0; n < HAND_NAMED && i < h->n; i++)
		if (!shown[h->id[i]])
			id[n++] = h->id[i];
	free(shown);
	return n;
}

int hand_form_columns(const struct app *a)
{
	enum { BORDERS = 4 };
	const int columns = a->canvas.columns - BORDERS;

	return columns < FORM_COLUMNS ? columns : FORM_COLUMNS;
}

enum { NAME_SHOWN = 40 };

void hand_names(struct app *a, const uint32_t *id, uint32_t n, uint32_t of, int columns,
	char *out, size_t size)
{
	char more[32] = "", next[ERR_TEXT_MAX];
	struct list_row row;
	struct arena arena;

	out[0] = '\0';
	arena_init(&arena);
	for (uint32_t i = 0; i < n; i++) {
		char after[32] = "";

		if (book_rows(a->book, &id[i], 1, &arena, &row, NULL) != ST_OK)
			break;
		if (row.name.n == 0)
			row.name = row.id;
		if (i + 1 < of)
			snprintf(after, sizeof(after), " and %u more", of - i - 1);
		snprintf(next, sizeof(next), "%s%s%.*s", out, i ? ", " : "",
			convert_shown(row.name, NAME_SHOWN), row.name.s);
		if (i && text_columns(text_of(next)) + text_columns(text_of(after)) >
				 columns)
			break;
		snprintf(out, size, "%s", next);
		memcpy(more, after, sizeof(more));
	}
	arena_clear(&arena);
	snprintf(out + strlen(out), size - strlen(out), "%s", more);
}

/* "14 marked, 5 not shown: Cedar, Oak and 3 more" */
static void name_marked(struct app *a, const struct hand *h, char *out, size_t size)
{
	const uint32_t hidden = marks_hidden(&a->marks, app_list(a));
	char shown[32] = "";
	uint32_t id[HAND_NAMED], n = pick_some(a, h, hidden > 0, id);
	size_t at;

	if (hidden)
		snprintf(shown, sizeof(shown), ", %u not shown", hidden);
	at = (size_t)snprintf(out, size, "%u marked%s: ", h->n, shown);
	hand_names(a, id, n, hidden ? hidden : h->n,
		hand_form_columns(a) - text_columns(text_of(out)), out + at, size - at);
}

struct form *hand_form(struct app *a, const struct form_spec *spec)
{
	struct form *f = mem_new(1, sizeof(*f));
	struct hand h;

	hand_targets(a, &h);
	f->spec = spec;
	f->account = h.n == 1 ? h.id[0] : 0;
	f->marked = h.n != 1;
	if (h.marked)
		name_marked(a, &h, f->subtitle, sizeof(f->subtitle));
	else
		snprintf(f->subtitle, sizeof(f->subtitle), "%s", h.who);
	hand_clear(&h);
	return f;
}

void hand_open(struct app *a, struct form *f)
{
	form_open(a, f);
	free(f);
}

void hand_words(const struct form *f, int line, char out[INPUT_MAX + 1])
{
	const struct text t = form_value(f, line);

	snprintf(out, INPUT_MAX + 1, "%.*s", (int)t.n, t.n ? t.s : "");
}

void hand_set_day(struct form *f, int line, int32_t day)
{
	char text[DAY_TEXT_MAX];

	input_set(&f->value[line], text_of(day_format(day, text)));
}

bool hand_many(struct app *a, const struct form *f, const char *what, const char *to,
	char *question, size_t size)
{
	const uint32_t n = hand_marks(a), hidden = marks_hidden(&a->marks, app_list(a));
	char shown[48] = "";

	(void)f;
	if (!n || (!hidden && (int)n <= a->settings.value[SETTING_CONFIRM]))
		return false;
	if (hidden)
		snprintf(shown, sizeof(shown), " (%u of them not shown)", hidden);
	snprintf(question, size, "%s %u account%s%s%s?", what, n, TEXT_S(n),
		hidden == 1 && n == 1 ? " (not shown)" : shown, to);
	if (question[0] >= 'a' && question[0] <= 'z')
		question[0] = (char)(question[0] + 'A' - 'a');
	return true;
}

enum status hand_add(struct app *a, const struct hand *h, enum record_kind kind,
	struct cell *cells, int account, const char *title, struct err *e)
{
	size_t fields = (size_t)record_of(kind)->count;
	struct change *changes = mem_new(h->n, sizeof(*changes));
	struct cell *all = mem_new(h->n * fields, sizeof(*all));
	uint32_t given = 1u << account;
	enum status st;

	for (size_t i = 0; i < fields; i++)
		if (cells[i].type != CELL_MISSING)
			given |= 1u << i;
	for (uint32_t i = 0; i < h->n; i++) {
		struct cell *own = all + i * fields;

		memcpy(own, cells, fields * sizeof(*own));
		own[account] = CELL_OF_INT(h->id[i]);
		changes[i] =
			(struct change){ .kind = kind, .fields = given, .cells = own };
	}
	st = book_change(a->book, changes, h->n, title, NULL, e);
	free(changes);
	free(all);
	return st;
}

/* What takes it back, and of marks that are used up, what brings them back. */
static const struct app_offer ways_back[] = { { SCOPE_SCREEN, ACT_UNDO, "takes it back" },
	{ SCOPE_BOOK, ACT_MARK_AGAIN, "marks again" } };

static int ways(const struct hand *h)
{
	return h && h->marked ? 2 : 1;
}

int hand_room(struct app *a, const struct hand *h)
{
	enum { BORDERS = 2, DOT = 3 };

	return a->canvas.columns - BORDERS - DOT - app_offers_columns(ways_back, ways(h));
}

void hand_done(struct app *a, const struct hand *h, const char *format, ...)
{
	char text[ERR_TEXT_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (h && h->marked)
		marks_use(&a->marks, &a->marks_before);
	hand_settle(a, false);
	app_say_offers(a, ways_back, ways(h), "%s %s ", text,
		canvas_glyph_text(&a->canvas, GLYPH_DOT));
}

/* ---- actions -------------------------------------------------------------------- */

bool hand_act(struct app *a, enum action action)
{
	switch (action) {
	case ACT_TOUCH:
		hand_touch(a);
		break;
	case ACT_NOTE:
		hand_note(a);
		break;
	case ACT_EDIT:
		hand_edit(a);
		break;
	case ACT_ASSIGN:
		hand_assign(a);
		break;
	case ACT_LOCK:
		hand_lock(a);
		break;
	case ACT_TAG:
		hand_tag(a);
		break;
	case ACT_TIER_SET:
		hand_tier(a);
		break;
	case ACT_TIER_REQUEST:
		hand_tier_request(a);
		break;
	case ACT_SNOOZE:
		hand_snooze(a, 0);
		break;
	case ACT_DONE:
		hand_close(a, 0);
		break;
	case ACT_USEFUL:
	case ACT_USELESS:
		hand_vote(a, 0, action == ACT_USEFUL);
		break;
	case ACT_CLAIM:
		hand_claim(a);
		break;
	case ACT_DEAL:
		hand_deal(a);
		break;
	case ACT_CSM_REMOVE:
		hand_csm_remove(a);
		break;
	case ACT_CSM:
		hand_csm(a);
		break;
	case ACT_SCRIPT:
		hand_script(a, 0);
		break;
	case ACT_UNDO:
	case ACT_REDO:
		hand_undo_last(a, action == ACT_REDO);
		break;
	default:
		return false;
	}
	return true;
}
