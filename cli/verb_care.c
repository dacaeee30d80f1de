/* init, verify, backup, restore: care for the file. */
#include "cli/verbs.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit.h"
#include "core/convert.h"
#include "core/json.h"
#include "db/db.h"

enum status verb_init(struct call *c, struct err *e)
{
	struct book *b = NULL;
	struct stat there;
	enum status st = ST_OK;

	/* An empty one is what an init that failed leaves behind. */
	if (stat(c->db, &there) == 0 && there.st_size > 0)
		st = err_set(e, ST_UNOPENED,
			"there is a file at %s already; it was left as it is", c->db);
	if (st == ST_OK)
		st = call_book(c, true, &b, e);
	if (st == ST_OK)
		call_note(c,
			"an empty book is at %s; next: tierdesk import accounts FILE.csv",
			c->db);
	book_free(&b);
	return st;
}

/* ---- verify ---- */

struct verdict {
	uint32_t n;
	struct json *j;     /* NULL: text */
	const char *anchor; /* NULL: none was given */
	bool anchor_holds;
	struct history_seal head;
};

static void take_damage(void *arg, const char *text)
{
	struct verdict *v = arg;

	v->n++;
	if (v->j) {
		json_text(v->j, text_of(text));
		return;
	}
	call_line("! ", text_of(text));
}

/* What contradicts itself in the data is said as well: it is damage of another kind. */
static enum status take_finding(void *arg, const struct audit_finding *f, struct err *e)
{
	(void)e;
	if (strcmp(f->check->name, "churned-but-paying") == 0)
		take_damage(arg, f->text);
	return ST_OK;
}

static enum status check_anchor(struct store *s, struct verdict *v, struct err *e)
{
	const uint32_t before = v->n;
	enum status st = ST_OK;

	if (v->anchor)
		st = history_anchor(s, text_of(v->anchor), take_damage, v, e);
	v->anchor_holds = v->anchor && v->n == before;
	return st;
}

static enum status check_all(struct book *b, struct verdict *v, struct err *e)
{
	struct store *s = book_store(b);
	enum status st = check_anchor(s, v, e); /* what is no anchor is said at once */

	if (st == ST_OK)
		st = s->ops->verify(s, take_damage, v, e);
	if (st == ST_OK)
		st = audit_run(b, take_finding, v, e);
	return st == ST_OK ? s->ops->sealed(s, 0, &v->head, e) : st;
}

/* The seals show that entries were changed by who did not seal them anew; a head that was
 * noted elsewhere shows it of everybody. Neither keeps anybody from it. */
static void tell_head(const struct verdict *v)
{
	const long long last = v->head.operation;

	if (last == 0) {
		printf("no operation of the history is sealed yet\n");
		return;
	}
	printf("history sealed up to operation %lld, head %lld:%.*s\n", last, last,
		HISTORY_SEAL_SHORT, v->head.hex);
	if (v->head.upgraded)
		printf("up to operation %lld it was sealed when the book was brought up "
		       "to date: what was changed before that is not detectable\n",
			(long long)v->head.upgraded);
	if (v->head.after)
		printf("%u later operation%s of other programs: sealed with the next "
		       "change\n",
			v->head.after, TEXT_S(v->head.after));
	if (v->anchor_holds)
		printf("it goes on from the anchor\n");
	else if (!v->anchor)
		printf("whether its end was cut off, or all seals were made anew, is not "
		       "detectable without --anchor, a head noted before\n");
}

static void write_head(struct json *j, const struct verdict *v)
{
	const struct text head = text_of(v->head.hex), none = { NULL, 0 };

	json_key(j, "history");
	json_object(j);
	json_key(j, "sealed_up_to");
	json_id(j, v->head.operation);
	json_pair(j, "head", head.n ? head : none);
	json_key(j, "sealed_at_upgrade_up_to");
	json_id(j, v->head.upgraded);
	json_key(j, "unsealed");
	json_int(j, v->head.after);
	json_key(j, "anchor_holds");
	if (v->anchor)
		json_bool(j, v->anchor_holds);
	else
		json_null(j);
	json_pair(j, "truncation",
		v->anchor_holds ? TEXT("none before the anchor")
		: v->anchor     ? TEXT("see findings")
				: TEXT("not detectable"));
	json_end_object(j);
}

enum status verb_verify(struct call *c, struct err *e)
{
	struct verdict v = { .anchor = c->option[OPT_ANCHOR] };
	struct book *b = NULL;
	struct json doc;
	enum status st = call_book(c, false, &b, e);

	if (c->format == FORMAT_JSON) {
		v.j = &doc;
		call_json(v.j);
		json_object(v.j);
		json_key(v.j, "findings");
		json_array(v.j);
	}
	if (st == ST_OK)
		st = check_all(b, &v, e);
	if (v.j) {
		json_end_array(v.j);
		write_head(v.j, &v);
		json_end_object(v.j);
		st = call_json_end(v.j, st, e);
	} else if (st == ST_OK) {
		if (v.n == 0)
			printf("the book is sound\n");
		tell_head(&v);
	}
	c->answer_no = st == ST_OK && v.n > 0;
	book_free(&b);
	return st;
}

enum status verb_backup(struct call *c, struct err *e)
{
	struct store *s = NULL;
	char head[HISTORY_HEAD_MAX];
	enum status st = call_store(c, false, &s, e);

	if (st == ST_OK)
		st = history_head(s, head, e); /* before: the copy has it, too */
	if (st == ST_OK)
		st = s->ops->backup(s, c->arg[0], c->option[OPT_FORCE] != NULL, e);
	if (st == ST_OK)
		call_note(c, "a verified copy of %s is at %s", c->db, c->arg[0]);
	if (st == ST_OK && head[0])
		call_note(c, "%s", head);
	if (s)
		s->ops->close(s);
	return st;
}

enum status verb_restore(struct call *c, struct err *e)
{
	const struct db_options o = { .cancel = &call_cancelled,
		.changed = &call_changed };
	const char *slash = strrchr(c->arg[0], '/');
	char title[160];
	struct operation entry = { .kind = OPERATION_RESTORE,
		.at = c->clock.now(&c->clock),
		.actor = text_of(c->actor) };
	const struct text file = text_of(slash && slash[1] ? slash + 1 : c->arg[0]);
	enum status st = ST_OK;

	snprintf(title, sizeof(title), "restore %.*s", convert_shown(file, 100), file.s);
	entry.title = text_of(title);

	if (access(c->arg[0], F_OK) != 0)
		st = err_set(e, ST_USAGE, "there is no backup at %s", c->arg[0]);
	if (st == ST_OK && !c->option[OPT_YES] && access(c->db, F_OK) == 0)
		st = err_set(e, ST_FORBIDDEN,
			"%s would be replaced (and kept as %s.before-restore): say --yes",
			c->db, c->db);
	if (st == ST_OK)
		st = db_restore(c->arg[0], c->db, &o, &entry, e);
	if (st == ST_OK)
		call_note(c, "%s now holds the book of %s", c->db, c->arg[0]);
	return st;
}
