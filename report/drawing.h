/*
 * Drawing: what is on a page or in a chart, as a list of marks in points (1/72 inch) from
 * the upper left corner. Charts and pages are made once and come out as SVG (svg.h) or by
 * cairo (paint.h). Colours are roles (ink.def); texts are clean and fit their width.
 *
 * All of it lives in an arena. Without memory a drawing stops growing and says so in
 * `failed`; whoever made it looks once, at the end.
 */
#ifndef REPORT_DRAWING_H
#define REPORT_DRAWING_H

#include <stdint.h>

#include "core/arena.h"

enum ink {
#define INK(id, class, light, dark, use) INK_##id,
#include "report/ink.def"
	INKS
};
enum ink_use { INK_SURFACE, INK_FAINT, INK_SHAPE, INK_LETTERS };
struct ink_row {
	const char *class;
	uint32_t light, dark; /* 0xrrggbb */
	enum ink_use use;
};
extern const struct ink_row ink_rows[INKS];

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

struct spot {
	double x, y;
};

enum mark_kind {
	MARK_RECT,  /* filled: x, y, w, h */
	MARK_LINE,  /* x, y to w, h; thick */
	MARK_DOT,   /* filled: middle x, y, radius w */
	MARK_PATH,  /* thick, through the spots */
	MARK_AREA,  /* filled, between the spots */
	MARK_TEXT,  /* at x on the base line y; never wider than w, in whatever font */
	MARK_GROUP, /* begins one picture: text is its name, says what it shows */
	MARK_END,   /* of a group */
	MARK_TAG,   /* begins what `tag` says, for those who have the page read out */
	MARK_TAG_END
};

enum tag {
	TAG_TITLE,
	TAG_SECTION,
	TAG_HEAD,
	TAG_PARAGRAPH,
	TAG_CAPTION,
	TAG_TABLE,
	TAG_ROW,
	TAG_HEADING, /* of a column */
	TAG_CELL
};

struct mark {
	enum mark_kind kind;
	enum ink ink;
	enum anchor anchor;
	enum tag tag;
	bool dashed, bold;
	double x, y, w, h, thick, opacity;
	double size; /* of a text */
	struct text text, says;
	const struct spot *spot;
	uint32_t spots;
};

struct drawing {
	double w, h;
	struct mark *mark;
	uint32_t n, room;
	bool failed;
	struct arena *arena; /* borrowed */
};

/* NULL: no memory. */
struct drawing *drawing_new(struct arena *a, double w, double h);

void drawing_rect(
	struct drawing *d, double x, double y, double w, double h, enum ink ink);
void drawing_line(struct drawing *d, double x, double y, double x2, double y2,
	enum ink ink, double thick);
void drawing_dashes(struct drawing *d, double x, double y, double x2, double y2,
	enum ink ink, double thick);
void drawing_dot(
	struct drawing *d, double x, double y, double r, enum ink ink, double opacity);
/* The spots are copied. */
void drawing_path(struct drawing *d, const struct spot *spot, uint32_t n, enum ink ink,
	double thick, bool dashed);
void drawing_area(struct drawing *d, const struct spot *spot, uint32_t n, enum ink ink);
void drawing_group(struct drawing *d, struct text name, struct text says);
void drawing_end(struct drawing *d);
void drawing_tag(struct drawing *d, enum tag tag);
void drawing_tag_end(struct drawing *d, enum tag tag);

struct letters {
	double size;
	bool bold;
	enum ink ink;
	enum anchor anchor;
};
/* What does not fit is cut, with "…". */
void drawing_text(struct drawing *d, double x, double y, double width,
	const struct letters *how, struct text t);
void drawing_print(struct drawing *d, double x, double y, double width,
	const struct letters *how, const char *format, ...)
	__attribute__((format(printf, 6, 7)));
/* All marks of another one, moved; it lives as long as this one. */
void drawing_add(struct drawing *d, const struct drawing *other, double x, double y);

/* A clean copy: one line, without what no page may hold; {NULL, 0}: no memory. */
struct text drawing_clean(struct arena *a, struct text t);

/* The box of a text by the ruler. */
struct box {
	double x, y, w, h;
};
struct box drawing_box(const struct mark *text);
/* The first two texts that touch each other, or one (other UINT32_MAX) that leaves the
 * drawing; false: there are none. */
bool drawing_collides(const struct drawing *d, uint32_t *one, uint32_t *other);

#endif
