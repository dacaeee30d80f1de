/* The module of paint.h. */
#include "report/paint_tags.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>

/* Pixels of a point: 144 to the inch. An image of many pages is coarser, since cairo's
 * images end at 32767 lines. */
enum { SCALE = 2, LINES_MOST = 30000 };

struct painting {
	const struct paint_job *job;
	cairo_t *cr;
	PangoLayout *layout;
	bool refused; /* by the sink */
};

static cairo_status_t pass_on(void *arg, const unsigned char *bytes, unsigned n)
{
	struct painting *p = arg;

	p->refused |= !p->job->sink(p->job->arg, bytes, n);
	return p->refused ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void use_ink(struct painting *p, const struct mark *m)
{
	const uint32_t rgb = p->job->ink[m->ink].light;

	cairo_set_source_rgba(p->cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
		(rgb & 255) / 255.0, m->opacity);
}

static void trace(struct painting *p, const struct mark *m)
{
	for (uint32_t k = 0; k < m->spots; k++)
		cairo_line_to(p->cr, m->spot[k].x, m->spot[k].y);
}

static void stroke(struct painting *p, const struct mark *m)
{
	static const double dashes[] = { 3, 2 };

	cairo_set_line_width(p->cr, m->thick);
	cairo_set_dash(p->cr, dashes, m->dashed ? 2 : 0, 0);
	cairo_stroke(p->cr);
}

/* A text that a font makes wider than the ruler thought is drawn narrower. */
static void write(struct painting *p, const struct mark *m)
{
	PangoFontDescription *font = pango_font_description_from_string(p->job->fonts);
	PangoRectangle box;
	double w, shrink;

	pango_font_description_set_absolute_size(font, m->size * PANGO_SCALE);
	pango_font_description_set_weight(
		font, m->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(p->layout, font);
	pango_font_description_free(font);
	pango_layout_set_text(p->layout, m->text.s, (int)m->text.n);
	pango_layout_get_extents(p->layout, NULL, &box);
	w = (double)box.width / PANGO_SCALE;
	shrink = w > m->w ? m->w / w : 1;
	w *= shrink;
	cairo_save(p->cr);
	cairo_translate(p->cr,
		m->anchor == ANCHOR_START    ? m->x
		: m->anchor == ANCHOR_MIDDLE ? m->x - w / 2
					     : m->x - w,
		m->y);
	cairo_scale(p->cr, shrink, 1);
	cairo_move_to(p->cr, 0, 0);
	pango_cairo_show_layout_line(p->cr, pango_layout_get_line_readonly(p->layout, 0));
	cairo_restore(p->cr);
}

/* As PDF names them; what is drawn on pixels has no use for them. */
static const char *const tag_names[] = { [TAG_TITLE] = "H1",
	[TAG_SECTION] = "H2",
	[TAG_HEAD] = "H3",
	[TAG_PARAGRAPH] = "P",
	[TAG_CAPTION] = "Caption",
	[TAG_TABLE] = "Table",
	[TAG_ROW] = "TR",
	[TAG_HEADING] = "TH",
	[TAG_CELL] = "TD" };

static void paint(struct painting *p, const struct mark *m)
{
	use_ink(p, m);
	cairo_new_path(p->cr);
	switch (m->kind) {
	case MARK_RECT:
		cairo_rectangle(p->cr, m->x, m->y, m->w, m->h);
		cairo_fill(p->cr);
		break;
	case MARK_DOT:
		cairo_arc(p->cr, m->x, m->y, m->w, 0, 2 * M_PI);
		cairo_fill(p->cr);
		break;
	case MARK_LINE:
		cairo_move_to(p->cr, m->x, m->y);
		cairo_line_to(p->cr, m->w, m->h);
		stroke(p, m);
		break;
	case MARK_PATH:
		trace(p, m);
		stroke(p, m);
		break;
	case MARK_AREA:
		trace(p, m);
		cairo_fill(p->cr);
		break;
	case MARK_TEXT:
		write(p, m);
		break;
	case MARK_GROUP:
		cairo_tag_begin(p->cr, "Figure", NULL);
		break;
	case MARK_END:
		cairo_tag_end(p->cr, "Figure");
		break;
	case MARK_TAG:
		cairo_tag_begin(p->cr, tag_names[m->tag], NULL);
		break;
	case MARK_TAG_END:
		cairo_tag_end(p->cr, tag_names[m->tag]);
		break;
	}
}

static void paint_page(struct painting *p, const struct drawing *d)
{
	cairo_font_options_t *exact = cairo_font_options_create();

	/* Letters stand where the font wants them, not on whole points. */
	cairo_font_options_set_hint_style(exact, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(exact, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(exact, CAIRO_ANTIALIAS_GRAY);
	cairo_set_font_options(p->cr, exact);
	cairo_font_options_destroy(exact);
	p->layout = pango_cairo_create_layout(p->cr);
	pango_context_set_round_glyph_positions(
		pango_layout_get_context(p->layout), FALSE);
	/* The page has a direction, whatever a name begins with. */
	pango_layout_set_auto_dir(p->layout, FALSE);
	pango_layout_set_single_paragraph_mode(p->layout, TRUE);
	cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
	for (uint32_t k = 0; k < d->n; k++)
		paint(p, &d->mark[k]);
	g_object_unref(p->layout);
}

static cairo_status_t ended(cairo_surface_t *surface, cairo_t *cr)
{
	const cairo_status_t drawn = cairo_status(cr);

	cairo_destroy(cr);
	cairo_surface_finish(surface);
	return drawn != CAIRO_STATUS_SUCCESS ? drawn : cairo_surface_status(surface);
}

static cairo_status_t keep(void *arg, const unsigned char *bytes, unsigned n)
{
	g_string_append_len(arg, (const char *)bytes, n);
	return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t as_pdf(struct painting *p)
{
	const struct paint_job *job = p->job;
	GString *pdf = g_string_new(NULL);
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(
		keep, pdf, job->page[0]->w, job->page[0]->h);
	cairo_status_t st;
	int heading = 0;

	cairo_pdf_surface_restrict_to_version(s, CAIRO_PDF_VERSION_1_4);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, job->title);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "tierdesk");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, job->made);
	p->cr = cairo_create(s);
	for (int k = 0; k < job->pages; k++) {
		for (; heading < job->headings && job->heading[heading].page == k;
			heading++) {
			char place[64];

			snprintf(place, sizeof(place), "page=%d pos=[0 %d]", k + 1,
				(int)job->heading[heading].y);
			cairo_pdf_surface_add_outline(s, CAIRO_PDF_OUTLINE_ROOT,
				job->heading[heading].title, place, 0);
		}
		paint_page(p, job->page[k]);
		cairo_show_page(p->cr);
	}
	st = ended(s, p->cr);
	cairo_surface_destroy(s);
	if (st == CAIRO_STATUS_SUCCESS) {
		paint_tags(pdf, job);
		st = pass_on(p, (const unsigned char *)pdf->str, (unsigned)pdf->len);
	}
	g_string_free(pdf, TRUE);
	return st;
}

static cairo_status_t as_png(struct painting *p)
{
	const struct paint_job *job = p->job;
	const double w = job->page[0]->w, h = job->page[0]->h * job->pages;
	const double scale = h * SCALE > LINES_MOST ? LINES_MOST / h : SCALE;
	cairo_surface_t *s = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)ceil(w * scale), (int)ceil(h * scale));
	cairo_status_t st, written;

	p->cr = cairo_create(s);
	cairo_scale(p->cr, scale, scale);
	for (int k = 0; k < job->pages; k++) {
		paint_page(p, job->page[k]);
		cairo_translate(p->cr, 0, job->page[k]->h);
	}
	st = cairo_status(p->cr);
	cairo_destroy(p->cr);
	cairo_surface_flush(s);
	written = st == CAIRO_STATUS_SUCCESS
			  ? cairo_surface_write_to_png_stream(s, pass_on, p)
			  : st;
	cairo_surface_destroy(s);
	return written;
}

static bool run(const struct paint_job *job, char why[PAINT_WHY_MAX])
{
	struct painting p = { .job = job };
	const cairo_status_t st = job->format == PAINT_PDF ? as_pdf(&p) : as_png(&p);

	snprintf(why, PAINT_WHY_MAX, "%s", cairo_status_to_string(st));
	return st == CAIRO_STATUS_SUCCESS && !p.refused;
}

__attribute__((visibility("default"))) extern const struct paint_module paint_module;
const struct paint_module paint_module = { PAINT_SHAPES, run };
