#include "core/list_html.h"

#include <stdio.h>

#include "core/markup.h"

static void put(struct list_html *h, const char *markup)
{
	out_text(&h->out, text_of(markup));
}

static void put_text(struct list_html *h, struct text t)
{
	markup_text(&h->out, t);
}

static bool is_number(enum list_field f)
{
	const enum list_type type = list_field_def(f)->type;

	return type != LT_TEXT && type != LT_QUADRANT;
}

static void put_titles(struct list_html *h)
{
	put(h, "<table>\n<thead><tr>");
	for (int k = 0; k < h->x->fields; k++) {
		const enum list_field f = h->x->field[k];

		put(h, is_number(f) ? "<th class=\"n\" title=\"" : "<th title=\"");
		put_text(h, text_of(list_field_def(f)->help));
		put(h, "\">");
		put_text(h, text_of(list_title(f)));
		put(h, "</th>");
	}
	put(h, "</tr></thead>\n<tbody>\n");
}

void list_html_init(
	struct list_html *h, const struct list_export *x, out_sink sink, void *arg)
{
	char day[DAY_TEXT_MAX], rows[48];

	h->x = x;
	out_init(&h->out, sink, arg);
	put(h, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	       "'none'; style-src 'unsafe-inline'\">\n"
	       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
	put_text(h, x->title);
	put(h, "</title>\n<style>\n"
	       ":root { color-scheme: light dark }\n"
	       "body { font: 15px/1.4 system-ui, sans-serif; margin: 2em }\n"
	       "table { border-collapse: collapse }\n"
	       "th, td { padding: .25em .7em; text-align: left; "
	       "border-bottom: 1px solid #8885 }\n"
	       "th { position: sticky; top: 0; background: Canvas }\n"
	       ".n { text-align: right; font-variant-numeric: tabular-nums }\n"
	       "p { color: GrayText }\n"
	       "</style>\n</head>\n<body>\n<h1><bdi>");
	put_text(h, x->title);
	put(h, "</bdi></h1>\n<p>");
	snprintf(rows, sizeof(rows), "%u account%s", x->n, TEXT_S(x->n));
	put(h, rows);
	if (x->about.n) {
		put(h, " \xc2\xb7 <bdi>");
		put_text(h, x->about);
		put(h, "</bdi>");
	}
	put(h, " \xc2\xb7 as of ");
	put(h, day_format(book_as_of(x->book), day));
	put(h, "</p>\n");
	put_titles(h);
}

void list_html_row(struct list_html *h, const struct list_row *r)
{
	char text[64];

	put(h, "<tr>");
	for (int k = 0; k < h->x->fields; k++) {
		const enum list_field f = h->x->field[k];
		struct text whole = list_text(r, f);

		if (f == LIST_NAME && !whole.s)
			whole = r->id;
		list_row_text(h->x->book, r, f, text, sizeof(text));
		put(h, is_number(f) ? "<td class=\"n\">" : "<td><bdi>");
		put_text(h, whole.s ? whole : text_of(text));
		put(h, is_number(f) ? "</td>" : "</bdi></td>");
	}
	put(h, "</tr>\n");
}

enum status list_html_finish(struct list_html *h, const char *foot, struct err *e)
{
	put(h, "</tbody>\n</table>\n");
	if (foot[0]) {
		put(h, "<p>");
		put_text(h, text_of(foot));
		put(h, "</p>\n");
	}
	put(h, "</body>\n</html>\n");
	return out_finish(&h->out, e);
}
