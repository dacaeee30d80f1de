#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "report/board.h"
#include "report/html.h"
#include "report/painter.h"
#include "report/sheets.h"
#include "report/svg.h"

const char *const report_kind_name[REPORT_KINDS] = { "board", "csm", "account" };
/* "html" ... */
static const char *const format_name[REPORT_FORMATS] = { "html", "pdf", "svg", "png" };

enum report_format report_format_of(struct text path)
{
	for (int k = 0; k < REPORT_FORMATS; k++) {
		const struct text ending = text_of(format_name[k]);

		if (path.n > ending.n && path.s[path.n - ending.n - 1] == '.' &&
			text_ieq((struct text){ path.s + path.n - ending.n, ending.n },
				ending))
			return (enum report_format)k;
	}
	return REPORT_FORMATS;
}

/* "demo" of ".../demo.db". */
static struct text name_of(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	struct text t = text_of(path ? slash ? slash + 1 : path : "book");

	if (t.n > 3 && text_ieq((struct text){ t.s + t.n - 3, 3 }, TEXT(".db")))
		t.n -= 3;
	return t;
}

static enum status set_out(struct book *b, struct doc *d, struct err *e)
{
	char as_of[DOC_FIGURE_MAX], figures[DOC_FIGURE_MAX], review[DOC_FIGURE_MAX];
	char head[HISTORY_HEAD_MAX];
	struct book_summary sum;
	enum status st = book_summary(b, &sum, e);
	const struct text name = name_of(book_path(b));

	if (st == ST_OK)
		st = history_head(book_store(b), head, e);
	if (st != ST_OK)
		return st;
	d->as_of = book_as_of(b);
	d->name = doc_text(d, "%.*s", convert_shown(name, 200), name.s);
	d->day = doc_text(d, "as of %s", doc_day(d->as_of, as_of));
	d->made = doc_text(d, "recalculated %s; last review %s; policy version %d",
		sum.figures_day == DAY_NONE ? "never" : doc_day(sum.figures_day, figures),
		sum.review_day == DAY_NONE ? "none" : doc_day(sum.review_day, review),
		(int)book_policy_version(b));
	d->head = doc_text(d, "%s", head);
	return ST_OK;
}

enum status report_make(struct book *b, enum report_kind kind, uint32_t subject,
	struct doc *out, struct err *e)
{
	enum status st = book_store(b)->ops->hold(book_store(b), e);

	doc_init(out);
	if (st != ST_OK)
		return st;
	st = set_out(b, out, e);
	if (st == ST_OK)
		st = kind == REPORT_BOARD ? board_make(b, out, e)
		     : kind == REPORT_CSM ? csm_sheet(b, subject, out, e)
					  : account_sheet(b, subject, out, e);
	book_store(b)->ops->release(book_store(b));
	if (st == ST_OK && out->failed)
		return err_set(e, ST_NOMEM, "not enough memory for the report");
	return st;
}

enum status report_write(struct doc *d, enum report_format format, const char *program,
	out_sink sink, void *arg, struct err *e)
{
	struct pages *p;
	enum status st;

	if (format == REPORT_HTML)
		return html_write(d, sink, arg, e);
	p = malloc(sizeof(*p));
	if (!p)
		return err_set(e, ST_NOMEM, "not enough memory for the pages");
	st = pages_make(d, p, e);
	if (st == ST_OK)
		st = format == REPORT_SVG
			     ? svg_file(d, p, sink, arg, e)
			     : painter_write(d, p,
				       format == REPORT_PDF ? PAINT_PDF : PAINT_PNG,
				       program, sink, arg, e);
	free(p);
	return st;
}
