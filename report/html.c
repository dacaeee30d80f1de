#include "report/html.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/asset.h"
#include "core/markup.h"
#include "report/svg.h"

struct page {
	struct out *out;
	int charts;
};

static void put(struct page *p, const char *markup)
{
	out_text(p->out, text_of(markup));
}

static void data(struct page *p, struct text t)
{
	markup_text(p->out, t);
}

/* What may run from right to left, apart from what stands around it. */
static void name(struct page *p, struct text t)
{
	put(p, "<bdi>");
	data(p, t);
	put(p, "</bdi>");
}

/* ---- style -------------------------------------------------------------------- */

/* A string of CSS: whatever is no letter or digit as its number. */
static void css_string(struct page *p, struct text t)
{
	put(p, "\"");
	while (t.n) {
		int32_t code;
		const size_t n = text_decode(t, &code);
		char number[16];

		if ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
			(code >= 'a' && code <= 'z') || code == ' ')
			out_char(p->out, (char)code);
		else {
			/* The blank ends it. */
			snprintf(number, sizeof(number), "\\%x ",
				markup_legal(code) ? (unsigned)code : 0xfffd);
			put(p, number);
		}
		t.s += n;
		t.n -= n;
	}
	put(p, "\"");
}

/* What stands around every sheet of paper. */
static void put_sheet(struct page *p, const struct doc *d)
{
	put(p, "@page{size:A4;margin:20mm 15mm 22mm;font:7.5pt ");
	put(p, svg_fonts);
	put(p, ";color:#55606f;@top-left{content:");
	css_string(p, d->kind);
	put(p, " \"  \" ");
	css_string(p, d->name);
	put(p, "}@top-right{content:");
	css_string(p, d->day);
	put(p, "}@bottom-left{content:");
	css_string(p, d->made);
	if (d->head.n) {
		put(p, " \"\\a\" ");
		css_string(p, d->head);
	}
	put(p, ";white-space:pre;vertical-align:middle}"
	       "@bottom-right{content:\"page \" counter(page) \" of \" "
	       "counter(pages)}}\n");
}

static void put_style(struct page *p, const struct doc *d)
{
	const struct asset *rules = asset_find("report.css");

	put(p, "<style>\n:root{color-scheme:light dark;");
	svg_colours(p->out, false);
	put(p, "}\n@media (prefers-color-scheme:dark){:root{");
	svg_colours(p->out, true);
	put(p, "}}\n@media print{:root{color-scheme:light;");
	svg_colours(p->out, false);
	put(p, "}}\n");
	put_sheet(p, d);
	put(p, "body{font-family:");
	put(p, svg_fonts);
	put(p, "}\n");
	if (rules)
		out_text(p->out, (struct text){ rules->text, rules->size });
	svg_rules(p->out, true);
	put(p, "\n</style>\n");
}

/* ---- blocks ------------------------------------------------------------------- */

static const char *const tones[] = { "", "quiet", "ask", "alarm", "strong" };

static void put_class(struct page *p, bool number, enum tone tone)
{
	if (!number && tone == TONE_PLAIN)
		return;
	put(p, " class=\"");
	put(p, number ? "n" : "");
	put(p, number && tone != TONE_PLAIN ? " " : "");
	put(p, tones[tone]);
	put(p, "\"");
}

static void put_row(struct page *p, const struct doc_table *t, uint32_t row)
{
	put(p, "<tr>");
	for (int c = 0; c < t->columns; c++) {
		const struct doc_cell *x =
			&t->cell[row * (uint32_t)t->columns + (uint32_t)c];
		const bool head = c == 0;

		/* A word that names the row stays whole. */
		put(p, head && !t->column[c].data ? "<th scope=\"row\" class=\"key\""
			: head                    ? "<th scope=\"row\""
						  : "<td");
		if (!head)
			put_class(p, t->column[c].number, x->tone);
		put(p, ">");
		if (t->column[c].data)
			name(p, x->t);
		else
			data(p, x->t);
		put(p, head ? "</th>" : "</td>");
	}
	put(p, "</tr>\n");
}

static void put_table(struct page *p, const struct doc_table *t)
{
	put(p, "<div class=\"scroll\"><table>\n");
	if (t->caption.n) {
		put(p, "<caption>");
		data(p, t->caption);
		put(p, "</caption>\n");
	}
	put(p, "<thead><tr>");
	for (int c = 0; c < t->columns; c++) {
		put(p, t->column[c].number ? "<th scope=\"col\" class=\"n\">"
					   : "<th scope=\"col\">");
		data(p, text_of(t->column[c].title));
		put(p, "</th>");
	}
	put(p, "</tr></thead>\n<tbody>\n");
	for (uint32_t r = 0; r < doc_rows(t); r++)
		put_row(p, t, r);
	put(p, "</tbody></table></div>\n");
}

static void put_tiles(struct page *p, const struct block *b)
{
	put(p, doc_abreast(b->tiles) == 3 ? "<dl class=\"tiles three\">\n"
					  : "<dl class=\"tiles\">\n");
	for (int k = 0; k < b->tiles; k++) {
		const struct doc_tile *t = &b->tile[k];

		put(p, t->tone == TONE_ALARM  ? "<div class=\"t-alarm\"><dt>"
			: t->tone == TONE_ASK ? "<div class=\"t-ask\"><dt>"
					      : "<div><dt>");
		data(p, t->label);
		put(p, "</dt><dd class=\"value\">");
		data(p, t->value);
		put(p, "</dd>");
		if (t->note.n) {
			put(p, "<dd class=\"note\">");
			data(p, t->note);
			put(p, "</dd>");
		}
		put(p, "</div>\n");
	}
	put(p, "</dl>\n");
}

static void put_chart(struct page *p, const struct block *b)
{
	char id[16];

	snprintf(id, sizeof(id), "c%d", ++p->charts);
	put(p, "<figure><h3>");
	data(p, b->text);
	put(p, "</h3>\n");
	if (b->drawing)
		svg_inline(p->out, b->drawing, id, b->text, b->says);
	put(p, "<figcaption>");
	data(p, b->says);
	put(p, "</figcaption>\n");
	if (b->table) {
		put(p, "<details><summary>The numbers of this chart</summary>");
		put_table(p, b->table);
		put(p, "</details>\n");
	}
	put(p, "</figure>\n");
}

static void put_text(struct page *p, const struct block *b)
{
	put(p, "<p");
	put_class(p, false, b->tone);
	put(p, ">");
	data(p, b->text);
	put(p, "</p>\n");
}

/* Returns the block behind what was written: terms in a row make one list. */
static const struct block *put_terms(struct page *p, const struct block *b)
{
	put(p, "<dl class=\"terms\">\n");
	for (; b && b->kind == BLOCK_TERM; b = b->next) {
		put(p, "<dt>");
		data(p, b->text);
		put(p, "</dt><dd>");
		data(p, b->says);
		put(p, "</dd>\n");
	}
	put(p, "</dl>\n");
	return b;
}

static const struct block *put_block(struct page *p, const struct block *b)
{
	switch (b->kind) {
	case BLOCK_TEXT:
		put_text(p, b);
		break;
	case BLOCK_HEAD:
		put(p, "<h3>");
		data(p, b->text);
		put(p, "</h3>\n");
		break;
	case BLOCK_TILES:
		put_tiles(p, b);
		break;
	case BLOCK_TABLE:
		put_table(p, b->table);
		break;
	case BLOCK_CHART:
		put_chart(p, b);
		break;
	case BLOCK_TERM:
		return put_terms(p, b);
	}
	return b->next;
}

/* ---- the page ----------------------------------------------------------------- */

static void put_head(struct page *p, const struct doc *d)
{
	put(p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	       "'none'; style-src 'unsafe-inline'\">\n"
	       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	data(p, d->kind);
	put(p, ", ");
	data(p, d->name);
	put(p, ", ");
	data(p, d->day);
	put(p, "</title>\n");
	put_style(p, d);
	put(p, "</head>\n<body>\n<header>\n<h1>");
	data(p, d->kind);
	put(p, "</h1>\n<p>");
	name(p, d->name);
	put(p, " \xc2\xb7 ");
	data(p, d->day);
	put(p, "</p>\n<nav aria-label=\"Contents\"><ul>\n");
	for (const struct section *s = d->first; s; s = s->next) {
		put(p, "<li><a href=\"#");
		put(p, s->id);
		put(p, "\">");
		data(p, s->title);
		put(p, "</a></li>\n");
	}
	put(p, "</ul></nav>\n</header>\n<main>\n");
}

static void put_section(struct page *p, const struct section *s)
{
	put(p, "<section id=\"");
	put(p, s->id);
	put(p, "\" aria-labelledby=\"h-");
	put(p, s->id);
	put(p, "\">\n<h2 id=\"h-");
	put(p, s->id);
	put(p, "\">");
	data(p, s->title);
	put(p, "</h2>\n");
	for (const struct block *b = s->first; b;)
		b = put_block(p, b);
	put(p, "</section>\n");
}

enum status html_write(const struct doc *d, out_sink sink, void *arg, struct err *e)
{
	struct page p = { .out = malloc(sizeof(*p.out)) };
	enum status st;

	if (!p.out || d->failed) {
		free(p.out);
		return err_set(e, ST_NOMEM, "not enough memory for the report");
	}
	out_init(p.out, sink, arg);
	put_head(&p, d);
	for (const struct section *s = d->first; s; s = s->next)
		put_section(&p, s);
	put(&p, "</main>\n<footer><p>");
	data(&p, d->made);
	put(&p, "</p>");
	if (d->head.n) {
		put(&p, "<p>");
		data(&p, d->head);
		put(&p, "</p>");
	}
	put(&p, "</footer>\n</body>\n</html>\n");
	st = out_finish(p.out, e);
	free(p.out);
	return st;
}
